//! pytrends: search interest over time, with a column of flags, and related topics.

use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, flags, has_all};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;

/// The column that marks periods that were still running.
const FLAGS: &str = "isPartial";

/// Titles of the related topics: those of one name are different topics.
const TOPICS: [&str; 3] = ["topic_title", "value", "formattedValue"];

const FORMAT: &Format = &Format {
    name: "pytrends",
    publisher: Some("Google Trends"),
    obtained: "`interest_over_time().to_csv()` of pytrends",
    numbers: "search interest, an index of 100 for the highest value of its own query",
    is_scaled: true,
    words: |_| Some("search interest".into()),
    basis: |_, _| Some(Basis::Index),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    flags: Some(FLAGS),
    has_distinct_rows: |sheet| has_all(sheet, &TOPICS),
    recognise: |sheet| {
        if has_all(sheet, &TOPICS) {
            let columns = columns(sheet, Some("topic_title"), &["value"]);
            return Some(Known { columns, ..Known::default() });
        }
        flags(sheet, FLAGS).map(|_| Known { wide: true, ..Known::default() })
    },
    ..UNKNOWN
};
