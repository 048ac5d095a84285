//! pytrends: search interest over time, with a column of flags, and related topics.

use super::super::Basis;
use super::super::sheet::{Holds, Sheet};
use super::{Format, Known, NONE, columns, has_all};

/// Titles of the related topics: those of one name are different topics.
const TOPICS: [&str; 3] = ["topic_title", "value", "formattedValue"];

pub(in super::super) const FORMAT: &Format = &Format {
    name: "pytrends",
    publisher: Some("Google Trends"),
    is_scaled: true,
    words: |_| Some("search interest".into()),
    basis: |_, _| Some(Basis::Index),
    has_distinct_rows: |sheet| has_all(sheet, &TOPICS),
    recognise: |sheet| {
        if has_all(sheet, &TOPICS) {
            let columns = columns(sheet, Some("topic_title"), &["value"]);
            return Some(Known { columns, ..Known::default() });
        }
        flag_column(sheet).map(|_| Known { wide: true, ..Known::default() })
    },
    ..NONE
};

/// The column in which periods that were still running are marked.
pub(in super::super) fn flag_column(sheet: &Sheet<'_, '_>) -> Option<usize> {
    sheet.titled("isPartial").filter(|&column| sheet.held(column) == Holds::Flags)
}
