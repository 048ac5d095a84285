//! Google Trends, as its pages export it. `data/trends.rs` finds the layouts that no header gives away.

use super::super::measure::UNNAMED_MEASURE;
use super::super::{Basis, Columns};
use super::{Format, Known, NONE, columns, has_all, splits};

const PUBLISHER: Option<&str> = Some("Google Trends");

/// Search interest over time.
pub(in super::super) const CURVES: &Format = &Format {
    name: "google-trends",
    publisher: PUBLISHER,
    is_scaled: true,
    words: |_| Some("search interest".into()),
    basis: |_, _| Some(Basis::Index),
    ..NONE
};

/// The old report, which ended with the week that was running, and left it empty.
pub(in super::super) const REPORT: &Format =
    &Format { name: "google-trends-report", ends_empty: true, ..*CURVES };

/// Search interest by place, of one term.
pub(in super::super) const MAP: &Format = &Format {
    name: "google-trends-map",
    // The subjects of a map of one term are its places.
    words: |term| match term {
        UNNAMED_MEASURE => Some("search interest".into()),
        _ => Some(format!("search interest in {term}")),
    },
    ..*CURVES
};

/// A map that compares terms: their shares of the searches in each place.
pub(in super::super) const SHARES: &Format = &Format {
    name: "google-trends-map-shares",
    publisher: PUBLISHER,
    is_shared_out: true,
    words: |_| Some("percentage of searches for these terms".into()),
    basis: |_, _| Some(Basis::Share),
    ..NONE
};

/// Related queries.
pub(in super::super) const QUERIES: &Format = &Format {
    name: "google-trends-queries",
    words: |name| Some(name.to_owned()),
    has_distinct_rows: |sheet| sheet.names == ["query", "search interest"],
    recognise: |sheet| {
        has_all(sheet, &["query", "search interest", "increase percent"]).then(|| Known {
            columns: columns(sheet, Some("query"), &["search interest"]),
            note: Some("Left out `increase percent`, which is not search interest."),
            ..Known::default()
        })
    },
    ..*CURVES
};

/// What is searched now.
pub(in super::super) const NOW: &Format = &Format {
    name: "google-trends-now",
    publisher: PUBLISHER,
    words: |_| Some("search volume (at least)".into()),
    basis: |_, _| Some(Basis::AtLeast),
    recognise: |sheet| {
        has_all(sheet, &["Trends", "Search volume", "Started", "Ended"]).then(|| Known {
            columns: Columns {
                group: splits(sheet, "Category").then(|| "Category".to_owned()),
                ..columns(sheet, Some("Trends"), &["Search volume"])
            },
            note: Some("Search volumes are those reached at least."),
            ..Known::default()
        })
    },
    ..NONE
};
