//! The Data Explorer of Stack Exchange.

use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, has_all};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::shape::sheet::{Holds, Sheet};

const FORMAT: &Format = &Format {
    name: "stack-exchange",
    publisher: Some("Stack Exchange"),
    obtained: "data.stackexchange.com, Download CSV below a query",
    numbers: "what the query counts; a period without a row counts nothing",
    last_period: Completeness::Unsure,
    ..NONE
};

pub(super) const SOURCE: &Source =
    &Source { format: FORMAT, recognise: |sheet| monthly(sheet).or_else(|| explored(sheet)), ..UNKNOWN };

/// The query of questions by month and tag.
fn monthly(sheet: &Sheet<'_, '_>) -> Option<Known> {
    has_all(sheet, &["m", "TagName"]).then(|| Known {
        columns: columns(sheet, Some("TagName"), &[]),
        note: Some("A month without a row has no questions; the export leaves it out."),
        ..Known::default()
    })
}

/// Other queries, which name their columns as they please. All cells are quoted, numbers too, but not the header: no other program does that.
fn explored(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let header = sheet.located.header?;
    let quoted = |row: usize| {
        let (raw, width) = (sheet.table.raw(row), sheet.table.width(row));
        raw.starts_with('"') && raw.ends_with('"') && raw.matches("\",\"").count() + 1 >= width
    };
    let wide = sheet.names.len() > 1 && sheet.table.delimiter() == b',';
    if !wide || sheet.table.raw(header).contains('"') || !sheet.sample().take(20).all(quoted) {
        return None;
    }
    let dated = !sheet.holding(Holds::Dates).is_empty();
    let note = dated.then_some("A period without a row counts nothing; the export leaves it out.");
    Some(Known { note, ..Known::default() })
}
