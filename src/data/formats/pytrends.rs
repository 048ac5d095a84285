//! pytrends: search interest over time, with a column of flags, and related topics.

use super::super::Basis;
use super::{Format, Known, NONE, columns, flag_column, has_all};

/// Titles of the related topics: those of one name are different topics.
const TOPICS: [&str; 3] = ["topic_title", "value", "formattedValue"];

pub(super) const FORMAT: &Format = &Format {
    name: "pytrends",
    publisher: Some("Google Trends"),
    is_scaled: true,
    words: |_| Some("search interest".into()),
    basis: |_, _| Some(Basis::Index),
    flags: Some("isPartial"),
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
