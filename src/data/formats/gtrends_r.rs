//! gtrendsR: search interest over time, and related queries and topics.

use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, has_all, splits};
use crate::data::model::columns::Columns;
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::shape::sheet::Sheet;

const FORMAT: &Format = &Format {
    name: "gtrendsR",
    publisher: Some("Google Trends"),
    obtained: "`write.csv` of what `gtrends()` of gtrendsR gives",
    numbers: "search interest, an index of 100 for the highest value of its own query",
    is_scaled: true,
    words: |_| Some("search interest".into()),
    basis: |_, _| Some(Basis::Index),
    last_period: Completeness::Unsure,
    ..NONE
};

pub(super) const SOURCE: &Source =
    &Source { format: FORMAT, recognise: |sheet| curves(sheet).or_else(|| related(sheet)), ..UNKNOWN };

/// Search interest over time.
fn curves(sheet: &Sheet<'_, '_>) -> Option<Known> {
    has_all(sheet, &["date", "hits", "keyword", "geo", "gprop"]).then(|| Known {
        columns: Columns {
            group: splits(sheet, "geo").then(|| "geo".to_owned()),
            ..columns(sheet, Some("keyword"), &["hits"])
        },
        ..Known::default()
    })
}

/// Related queries or topics: `subject` is how often each was searched, and only those on top have it; how much others rose stands in the
/// same column.
fn related(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let kind = ["related_queries", "related_topics"].into_iter().find(|kind| sheet.titled(kind).is_some())?;
    let (subject, value) = (sheet.titled("subject")?, sheet.titled("value")?);
    let top = sheet.titled(kind).is_some_and(|kind| sheet.sampled(kind).any(|cell| cell == "top"));
    let columns = Columns {
        subject: Some(sheet.name(value).to_owned()),
        group: splits(sheet, "keyword").then(|| "keyword".to_owned()),
        values: vec![sheet.name(subject).to_owned()],
        only: vec![(kind.to_owned(), vec!["top".to_owned()])],
        ..Columns::default()
    };
    let note = Some("Took what was searched most; how much other searches rose is no count.");
    top.then_some(Known { columns, note, ..Known::default() })
}
