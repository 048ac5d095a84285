//! What tells an export of Google Trends, which no header does: the region behind every term, and the end of the export in a file name.
//!
//! No word of any language is looked for: an export in another interface language has the same shape.

use crate::diag;
use crate::time::moment::Moment;

use super::{CURVES, CURVES_SOURCE, MAP, QUERIES, REPORT, SHARES};
use crate::data::cells::{calendar, cell, date_part, dates};
use crate::data::formats::signature::{Known, Source};
use crate::data::model::findings::Findings;
use crate::data::model::format::Format;
use crate::data::shape::locate::Located;
use crate::data::shape::sheet::{Holds, Sheet};

/// Search interest over time, with the exports of all layouts.
pub(crate) const SOURCE: &Source =
    &Source { export: |sheet, findings| recognise(findings.file, sheet, findings), ..*CURVES_SOURCE };

/// What is known of an export.
#[derive(Debug, Clone)]
struct Export {
    /// Which of its layouts it has.
    layout: &'static Format,
    /// The region all series share.
    region: Option<String>,
    /// The time that all values are of, where it has no dates.
    span: Option<String>,
    /// When it was downloaded, where the file's name tells.
    end: Option<Moment>,
    /// Whether each value column is a subject.
    wide: bool,
}

/// Recognises an export, and takes off the terms what is not their name.
fn recognise(
    file: &str,
    sheet: &mut Sheet<'_, '_>,
    findings: &mut Findings<'_>,
) -> Option<(&'static Format, Known)> {
    let Export { layout, region, span, end, wide } = export(file, sheet, findings)?;
    Some((layout, Known { region, span, made: end, wide, ..Known::default() }))
}

fn export(file: &str, sheet: &mut Sheet<'_, '_>, findings: &mut Findings<'_>) -> Option<Export> {
    let dated = sheet.table.cells(sheet.located.first).any(dates::is_date);
    let stamp = Stamp::of(file).filter(|stamp| (stamp.kind == "time_series") == dated);
    let end = stamp.as_ref().filter(|_| dated).map(|stamp| stamp.end);
    let export = Export { layout: CURVES, region: None, span: None, end, wide: true };
    if let Some(export) = suffixed(&export, dated, sheet, findings) {
        return Some(export);
    }
    let on_top = sheet.located.header == Some(0);
    if let Some(stamp) = stamp.filter(|_| on_top) {
        let export = Export { region: Some(stamp.region), ..export };
        if dated {
            return Some(export);
        }
        let span = format!("{} - {}", stamp.start, stamp.end);
        return Some(map(export, Some(span), sheet.holding(Holds::Numbers).len() > 1, sheet, findings));
    }
    let quoted = |row: usize, start: &str| sheet.table.raw_starts_with(row, start);
    let curves = sheet.holding(Holds::Text).is_empty();
    if on_top && curves && quoted(0, "\"Time\",\"") && quoted(sheet.located.first, "\"") {
        return Some(export);
    }
    if dated && let Some(region) = report_region(sheet) {
        return Some(Export { layout: REPORT, region: Some(region), ..export });
    }
    if dated && (queried(sheet).is_some() || has_weeks(sheet)) {
        return Some(Export { region: queried(sheet).flatten(), ..export });
    }
    if is_related(sheet) {
        let (term, span, region) = asked(sheet);
        let measure = term.map_or("search interest".into(), |term| format!("searches related to {term}"));
        sheet.names = vec!["query".into(), measure];
        // People ask for years, too.
        sheet.holds = vec![Holds::Text, Holds::Numbers];
        return Some(Export { layout: QUERIES, span, region, wide: false, ..export });
    }
    tell_rising(sheet, findings);
    category(sheet).map(|region| Export { region: Some(region), ..export })
}

/// A map: a row for each place. Where it compares terms, its numbers are the terms' shares of the searches in
/// each place, with a per cent sign.
fn map(
    export: Export,
    span: Option<String>,
    wide: bool,
    sheet: &Sheet<'_, '_>,
    findings: &mut Findings<'_>,
) -> Export {
    let columns = sheet.holding(Holds::Numbers);
    let shares = columns.into_iter().any(|column| sheet.sampled(column).any(|cell| cell.contains('%')));
    if let Some(span) = &span {
        findings.note(format!("The values are of {}.", span.trim_end_matches('.')));
    }
    let layout = if shares { SHARES } else { MAP };
    let span = span.map(|span| span.replace(['～', '〜'], " – "));
    Export { layout, span, wide, ..export }
}

/// An export in which every column of numbers is called `term: (region)`, or `term: (from - to)` in a map.
fn suffixed(
    export: &Export,
    dated: bool,
    sheet: &mut Sheet<'_, '_>,
    findings: &mut Findings<'_>,
) -> Option<Export> {
    // People and spreadsheets add an index on the left and empty columns on the right.
    let counts = |column: &usize| match sheet.held(*column) {
        Holds::Dates => false,
        Holds::Nothing => !sheet.title(*column).is_empty(),
        Holds::Numbers => !date_part::repeats_date(sheet.title(*column), sheet.sampled(*column)),
        _ => true,
    };
    let split: Option<Vec<(usize, String, String)>> = (1..sheet.names.len())
        .filter(counts)
        .map(|column| suffix(sheet.name(column)).map(|(term, end)| (column, term.to_owned(), end.to_owned())))
        .collect();
    let split = split.filter(|split| !split.is_empty())?;
    let is_map = !dated && split.iter().all(|(_, _, suffix)| is_span(suffix));
    let shared = split.first().map(|(_, _, suffix)| suffix.clone());
    let shared = shared.filter(|shared| split.iter().all(|(_, _, suffix)| suffix == shared));
    let wide = split.len() > 1;
    if shared.is_some() {
        for (column, term, _) in split {
            sheet.names.get_mut(column).into_iter().for_each(|name| name.clone_from(&term));
        }
    }
    if is_map {
        return Some(map(export.clone(), shared, wide, sheet, findings));
    }
    Some(Export { region: shared, ..export.clone() })
}

/// Whether what stands behind a term is a span of time instead of a region: it begins with a number, and is
/// a year or has more than one number.
fn is_span(suffix: &str) -> bool {
    let numbers = suffix.split(|c: char| !c.is_numeric()).filter(|part| !part.is_empty());
    let year = suffix.len() == 4 && numbers.clone().all(|part| part.len() == 4);
    suffix.starts_with(char::is_numeric) && (year || numbers.count() > 3)
}

/// Whether a row is one text, whatever delimiters a spreadsheet has put behind it.
fn is_lonely(sheet: &Sheet<'_, '_>, row: usize) -> bool {
    let mut cells = sheet.table.cells(row);
    cells.next().is_some_and(|text| !text.is_empty()) && cells.all(str::is_empty)
}

/// Whether the first row is a title such as `Category: All categories`.
fn has_title(sheet: &Sheet<'_, '_>) -> bool {
    sheet.table.cell(0, 0).is_some_and(|cell| cell.contains([':', '：']))
}

/// The region of a report of 2012 to 2016: a title, a region and its years, and the name of the section above
/// the header. Titles and regions may hold commas.
fn report_region(sheet: &Sheet<'_, '_>) -> Option<String> {
    let section = sheet.located.header == Some(3) && is_lonely(sheet, 2) && sheet.table.after_blank(2);
    let line: Vec<&str> = sheet.table.cells(1).filter(|cell| !cell.is_empty()).collect();
    let line = line.join(", ");
    let digit = line.find(|c: char| c.is_ascii_digit()).filter(|_| section && has_title(sheet))?;
    if let Some((region, _)) = line.split_once(';') {
        return Some(cell::trimmed(region).to_owned());
    }
    // `Worldwide Jul 2014`
    let region = cell::trimmed(line.get(..digit)?);
    let shorter = region.rsplit_once(' ').filter(|(_, word)| calendar::month(word).is_some());
    Some(shorter.map_or(region, |(region, _)| region).to_owned())
}

/// The region of an export whose second line is its query, `term: (from - to, region)`; `Some(None)` where
/// that line has none.
fn queried(sheet: &Sheet<'_, '_>) -> Option<Option<String>> {
    let placed = sheet.located.header == Some(2) && has_title(sheet);
    let line: Vec<&str> = sheet.table.cells(1).filter(|cell| !cell.is_empty()).collect();
    let line = line.join(", ");
    let (_, end) = suffix(&line).filter(|(_, end)| placed && is_span(end))?;
    let region = end.rsplit_once(", ").map(|(_, region)| region);
    Some(region.filter(|region| !region.contains(char::is_numeric)).map(str::to_owned))
}

/// Whether dates are spans of a week below a title and a blank line.
fn has_weeks(sheet: &Sheet<'_, '_>) -> bool {
    let placed = sheet.located.header == Some(1) && is_lonely(sheet, 0) && has_title(sheet);
    let first = sheet.table.cell(sheet.located.first, 0).unwrap_or("");
    let ends = first.split_once(" - ");
    placed && sheet.table.after_blank(1) && ends.is_some_and(|(from, to)| from.len() == 10 && to.len() == 10)
}

/// Whether this is an export of related queries: a title of one cell, then rows of a query and a number.
fn is_related(sheet: &Sheet<'_, '_>) -> bool {
    let Located { header, first, block_end } = sheet.located;
    header.is_none_or(|row| is_lonely(sheet, row))
        && sheet.names.len() == 2
        && first >= 2
        && (0..first).all(|row| is_lonely(sheet, row))
        && has_title(sheet)
        && !(first..block_end).any(|row| rises(sheet, row))
        && (block_end..sheet.table.len()).next().is_none_or(|row| is_lonely(sheet, row))
}

/// What the queries are related to, of which time and region, as the line above them has it:
/// `airpod: (12/2/18 - 12/2/19, United States)`.
fn asked(sheet: &Sheet<'_, '_>) -> (Option<String>, Option<String>, Option<String>) {
    let found = (0..sheet.located.first).find_map(|row| suffix(sheet.table.cell(row, 0)?));
    let Some((term, (span, region))) =
        found.map(|(term, end)| (term, end.split_once(", ").unwrap_or((end, ""))))
    else {
        return (None, None, None);
    };
    let told = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    if is_span(span) { (told(term), told(span), told(region)) } else { (told(term), None, None) }
}

/// Whether a row tells how much a query rose instead of how often it was searched.
fn rises(sheet: &Sheet<'_, '_>, row: usize) -> bool {
    sheet.table.cell(row, 1).is_some_and(|cell| cell.contains('%'))
}

/// Tells that an export of related queries holds only rising ones, whose first is no header.
fn tell_rising(sheet: &Sheet<'_, '_>, findings: &mut Findings<'_>) {
    let Located { header, first, block_end } = sheet.located;
    let top = header.unwrap_or(first);
    let related = top >= 2
        && sheet.table.width(top) == 2
        && has_title(sheet)
        && (0..top).all(|row| is_lonely(sheet, row))
        && (first..block_end).all(|row| rises(sheet, row));
    if related {
        let place = sheet.table.place(findings.file, top, 0);
        findings.fault(|| {
            diag::error("only-rising-queries", "expected the most searched queries, found only rising ones")
                .at(place)
                .hint("a rise in per cent is no count; export a longer time or a term that is searched more")
        });
    }
}

/// An export of a category without a term: one column `Geo: Region`, named by the preamble.
fn category(sheet: &mut Sheet<'_, '_>) -> Option<String> {
    let region = sheet.name(1).strip_prefix("Geo: ")?.to_owned();
    let header = sheet.located.header.filter(|&row| row > 0 && sheet.names.len() == 2)?;
    let preamble = sheet.table.cell(0, 0).filter(|_| header >= 1 && sheet.table.width(0) == 1)?;
    let category = preamble.split_once([':', '：']).map(|(_, category)| cell::trimmed(category))?.to_owned();
    *sheet.names.get_mut(1)? = category;
    Some(region)
}

/// Splits `term: (region)`. Both may hold colons and brackets, so the end decides.
fn suffix(header: &str) -> Option<(&str, &str)> {
    let open = header.strip_suffix(')')?;
    open.rmatch_indices(['(', '（']).find_map(|(at, bracket)| {
        let term = open.get(..at)?.trim_end_matches(cell::is_blank).strip_suffix([':', '：'])?;
        Some((term.trim_end_matches(cell::is_blank), open.get(at + bracket.len()..)?))
    })
}

/// What the name of an export tells, such as `time_series_US_20040101-0800_20260202-0337.csv`.
struct Stamp {
    /// `time_series` or `by_region`.
    kind: &'static str,
    region: String,
    start: Moment,
    end: Moment,
}

impl Stamp {
    fn of(file: &str) -> Option<Self> {
        let name = file.rsplit(['/', '\\']).next()?;
        let kinds = ["time_series", "by_region"].into_iter();
        let (kind, rest) = kinds.filter_map(|kind| Some((kind, name.strip_prefix(kind)?))).next()?;
        let mut parts = rest.strip_prefix('_')?.split('_');
        let (region, start, end) = (parts.next()?, parts.next()?, parts.next()?);
        Some(Stamp { kind, region: region.to_owned(), start: stamped(start)?, end: stamped(end)? })
    }
}

/// `20260202-0337`, with or without its time of day.
fn stamped(text: &str) -> Option<Moment> {
    let number = |from: usize, to: usize| text.get(from..to).and_then(|text| text.parse::<u32>().ok());
    let day = calendar::day(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
    let clock = text.get(8..9) == Some("-");
    let (hours, minutes) = number(9, 11).zip(number(11, 13)).filter(|_| clock).unwrap_or((0, 0));
    Some(Moment::from_seconds(day.seconds() + i64::from(hours) * 3600 + i64::from(minutes) * 60))
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
            "2019/08/18～2024/08/18",
            "12/7/23, 8:29 PM - 12/14/23, 8:29 PM",
            "07/12/23, 20.29 - 14/12/23, 20.29",
            "2018",
        ] {
            assert!(is_span(span), "{span}");
        }
        assert!(!["United States", "Eugene OR", "2", "807", "3 Rivers"].iter().any(|region| is_span(region)));
    }

    #[test]
    fn a_file_name_tells_region_and_end() {
        let stamp = Stamp::of("a/time_series_US_20040101-0800_20260202-0337.csv").unwrap();
        assert_eq!((stamp.region.as_str(), stamp.end.to_string().as_str()), ("US", "2026-02-02T03:37"));
        let stamp = Stamp::of("by_region_807_20250101_20260320-2 (1).csv").unwrap();
        assert_eq!((stamp.kind, stamp.start.to_string().as_str()), ("by_region", "2025-01-01"));
        assert_eq!(stamp.end.to_string(), "2026-03-20");
        assert!(Stamp::of("multiTimeline.csv").is_none() && Stamp::of("time_series_a_b_c.csv").is_none());
    }
}
