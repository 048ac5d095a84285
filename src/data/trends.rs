//! What is special to Google Trends: the region behind every term, and the end of the export in a file name.
//!
//! No word of any language is looked for: an export in another interface language has the same shape.

use crate::moment::{DAY, Moment, Step};

use super::calendar;
use super::findings::Findings;
use super::locate::Located;
use super::sheet::Sheet;

/// What is known of an export.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Export {
    /// Which of its layouts it has, as [`Facts::format`](super::Facts::format) names it.
    pub(super) layout: &'static str,
    /// The region all series share.
    pub(super) region: Option<String>,
    /// When it was downloaded, where the file's name tells.
    pub(super) end: Option<Moment>,
    /// Whether each value column is a subject.
    pub(super) wide: bool,
}

/// Recognises an export, and takes off the terms what is not their name.
pub(super) fn recognise(
    file: &str,
    sheet: &mut Sheet<'_, '_>,
    findings: &mut Findings<'_>,
) -> Option<Export> {
    let export = Export { layout: "google-trends", region: None, end: None, wide: true };
    let (stamp_region, end) = from_name(file).unwrap_or_default();
    let split: Option<Vec<(String, String)>> = (1..sheet.names.len())
        .map(|column| suffix(sheet.name(column)).map(|(term, end)| (term.to_owned(), end.to_owned())))
        .collect();
    if let Some(split) = split.filter(|split| !split.is_empty()) {
        let shared = split.first().map(|(_, suffix)| suffix.clone());
        let shared = shared.filter(|shared| split.iter().all(|(_, suffix)| suffix == shared));
        let wide = split.len() > 1;
        if shared.is_some() {
            sheet.names.iter_mut().skip(1).zip(split).for_each(|(name, (term, _))| *name = term);
        }
        if let Some(span) = shared.as_deref().filter(|shared| is_span(shared)) {
            findings.note(format!("The values are of {span}."));
            return Some(Export { layout: "google-trends-map", wide, ..export });
        }
        return Some(Export { region: shared, end, ..export });
    }
    let header = sheet.located.header;
    let new_layout = header.is_some_and(|row| row == 0 && sheet.table.raw_starts_with(row, "\"Time\",\""))
        && sheet.table.raw_starts_with(sheet.located.first, "\"");
    if new_layout {
        return Some(Export { region: stamp_region, end, ..export });
    }
    if let Some(region) = report_region(sheet) {
        return Some(Export { layout: "google-trends-report", region: Some(region), ..export });
    }
    if is_related(sheet) {
        sheet.names = vec!["query".into(), "search interest".into()];
        return Some(Export { layout: "google-trends-queries", wide: false, ..export });
    }
    category(sheet).map(|region| Export { region: Some(region), ..export })
}

/// Whether what stands behind a term is a span of time instead of a region: it begins and ends in a number
/// or its full stop, in every language.
fn is_span(suffix: &str) -> bool {
    let ends = suffix.strip_suffix('.').unwrap_or(suffix);
    suffix.starts_with(|c: char| c.is_ascii_digit())
        && ends.ends_with(|c: char| c.is_ascii_digit())
        && suffix.contains(['-', '–', '~'])
}

/// The region of a report of 2012 to 2016: the preamble's second line is a region and years, and dates are
/// spans of a week or a month.
fn report_region(sheet: &Sheet<'_, '_>) -> Option<String> {
    let header = sheet.located.header.filter(|&row| row >= 2)?;
    let first = sheet.table.cell(sheet.located.first, 0)?;
    let span = sheet.table.cell(1, 0).filter(|_| (0..header).all(|row| sheet.table.width(row) == 1))?;
    let (region, _) = span.split_once(|c: char| c.is_ascii_digit())?;
    (first.contains(" - ") || first.len() == 7).then(|| super::cell::trimmed(region).to_owned())
}

/// Whether this is an export of related queries: a title of one cell, then rows of a query and a number.
fn is_related(sheet: &Sheet<'_, '_>) -> bool {
    let Located { header, first, block_end } = sheet.located;
    let lonely = |row: usize| sheet.table.width(row) == 1;
    let preamble = sheet.table.cell(0, 0).is_some_and(|cell| cell.contains([':', '：']));
    header.is_none()
        && sheet.names.len() == 2
        && first >= 2
        && (0..first).all(lonely)
        && preamble
        && (block_end..sheet.table.len()).next().is_none_or(lonely)
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
    let day = calendar::day(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
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
    fn a_span_of_time_is_no_region() {
        for span in [
            "1/1/04 - 12/15/17",
            "29/01/2020 – 29/01/2025",
            "17. 12. 11.~22. 12. 11.",
            "14.02.2018 - 14.02.2023",
        ] {
            assert!(is_span(span), "{span}");
        }
        assert!(!["United States", "Eugene OR", "2", "807"].iter().any(|region| is_span(region)));
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
