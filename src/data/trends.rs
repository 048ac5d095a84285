//! What is special to Google Trends: the region behind every term, and the end of the export in a file name.
//!
//! No word of any language is looked for: an export in another interface language has the same shape.

use crate::moment::{DAY, Moment, Step};

use super::dates;
use super::sheet::Sheet;

/// What is known of an export.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Export {
    /// The region all series share.
    pub(super) region: Option<String>,
    /// When it was downloaded, where the file's name tells.
    pub(super) end: Option<Moment>,
}

/// Recognises an export, and takes a region that all terms share off their names.
pub(super) fn recognise(file: &str, sheet: &mut Sheet<'_, '_>) -> Option<Export> {
    let named = from_name(file);
    let split: Option<Vec<(String, String)>> = (1..sheet.names.len())
        .map(|column| suffix(sheet.name(column)).map(|(term, region)| (term.to_owned(), region.to_owned())))
        .collect();
    let regions = split.filter(|split| !split.is_empty());
    let new_layout = || {
        let header = sheet.located.header;
        header.is_some_and(|row| row == 0 && sheet.table.raw_starts_with(row, "\"Time\",\""))
            && sheet.table.raw_starts_with(sheet.located.first, "\"")
    };
    match regions {
        Some(split) => {
            let shared = split.first().map(|(_, region)| region.clone());
            let region = shared.filter(|shared| split.iter().all(|(_, region)| region == shared));
            if region.is_some() {
                sheet.names.iter_mut().skip(1).zip(split).for_each(|(name, (term, _))| *name = term);
            }
            Some(Export { region, end: named.and_then(|(_, end)| end) })
        }
        None if new_layout() => {
            let (region, end) = named.unwrap_or_default();
            Some(Export { region, end })
        }
        None => category(sheet).map(|region| Export { region: Some(region), end: None }),
    }
}

/// An export of a category without a term: one column `Geo: Region`, named by the preamble.
fn category(sheet: &mut Sheet<'_, '_>) -> Option<String> {
    let region = sheet.name(1).strip_prefix("Geo: ")?.to_owned();
    let header = sheet.located.header.filter(|&row| row > 0 && sheet.names.len() == 2)?;
    let preamble = sheet.table.cell(0, 0).filter(|_| header >= 1 && sheet.table.width(0) == 1)?;
    let category =
        preamble.split_once([':', '：']).map(|(_, category)| super::cell::trimmed(category))?.to_owned();
    *sheet.names.get_mut(1)? = category;
    Some(region)
}

/// Splits `term: (region)`. Both may hold colons and brackets, so the end decides.
fn suffix(header: &str) -> Option<(&str, &str)> {
    let open = header.strip_suffix(')')?;
    open.rmatch_indices(['(', '（']).find_map(|(at, bracket)| {
        let term = open.get(..at)?.trim_end_matches(super::cell::is_blank).strip_suffix([':', '：'])?;
        Some((term.trim_end_matches(super::cell::is_blank), open.get(at + bracket.len()..)?))
    })
}

/// Region and end of `time_series_US_20040101-0800_20260202-0337.csv`.
fn from_name(file: &str) -> Option<(Option<String>, Option<Moment>)> {
    let name = file.rsplit(['/', '\\']).next()?;
    let mut parts = name.strip_prefix("time_series_")?.split('_');
    let (region, _start, end) = (parts.next()?, parts.next()?, parts.next()?);
    let number = |from: usize, to: usize| end.get(from..to).and_then(|text| text.parse::<u32>().ok());
    let day = dates::day(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
    let clock = end.get(8..9) == Some("-");
    let (hours, minutes) = number(9, 11).zip(number(11, 13)).filter(|_| clock).unwrap_or((0, 0));
    let end = Moment::from_seconds(day.seconds() + i64::from(hours) * 3600 + i64::from(minutes) * 60);
    Some((Some(region.to_owned()), Some(end)))
}

/// Whether the period that starts at `last` was still running at `end`.
pub(super) fn is_partial(last: Moment, step: Step, end: Moment) -> bool {
    let months = |count: i32| last.month_index() + count > end.month_index();
    let within = |seconds: i64| end.seconds() < last.seconds() + seconds;
    match step {
        Step::Minutes(n) => within(i64::from(n) * 60),
        Step::Hour => within(3600),
        Step::Day => within(DAY),
        Step::Week => within(7 * DAY),
        Step::Month => months(1),
        Step::Quarter => months(3),
        Step::Year => months(12),
        Step::Irregular => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_what_stands_last_in_brackets_after_a_colon() {
        assert_eq!(suffix("Keras: (United States)"), Some(("Keras", "United States")));
        assert_eq!(suffix("C: (lang): (Sicilia)"), Some(("C: (lang)", "Sicilia")));
        assert_eq!(suffix("x: (Korea (South))"), Some(("x", "Korea (South)")));
        assert_eq!(suffix("x\u{a0}: (France)"), Some(("x", "France")));
        assert_eq!(suffix("TensorFlow (with Keras)"), None);
        assert_eq!(suffix("Keras: United States"), None);
        assert_eq!(suffix(")"), None);
    }

    #[test]
    fn a_file_name_tells_region_and_end() {
        let (region, end) = from_name("a/time_series_US_20040101-0800_20260202-0337.csv").unwrap();
        assert_eq!((region.as_deref(), end.unwrap().to_string().as_str()), (Some("US"), "2026-02-02T03:37"));
        let (_, end) = from_name("time_series_807_20250101_20260320-2 (1).csv").unwrap();
        assert_eq!(end.unwrap().to_string(), "2026-03-20");
        assert_eq!(from_name("multiTimeline.csv"), None);
    }

    #[test]
    fn a_period_is_partial_until_its_end() {
        let day = |d| Moment::ymd(2026, 3, d).unwrap();
        assert!(is_partial(day(1), Step::Month, day(20)));
        assert!(!is_partial(day(1), Step::Month, Moment::ymd(2026, 4, 1).unwrap()));
        assert!(is_partial(day(15), Step::Week, day(21)));
        assert!(!is_partial(day(15), Step::Week, day(22)));
        assert!(is_partial(day(2), Step::Day, day(2)));
    }
}
