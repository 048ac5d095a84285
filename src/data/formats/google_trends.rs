//! Google Trends, as its pages export it and its interfaces answer.

pub(super) mod exports;

use serde_json::Value as Json;

use crate::data::cells::dates::{self, Bare, Style};
use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, has_all, splits};
use crate::data::model::columns::Columns;
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::{Basis, UNNAMED_MEASURE};
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, reading, text};

const PUBLISHER: Option<&str> = Some("Google Trends");

/// Search interest over time.
const CURVES: &Format = &Format {
    name: "google-trends",
    publisher: PUBLISHER,
    is_scaled: true,
    words: |_| Some("search interest".into()),
    basis: |_, _| Some(Basis::Index),
    last_period: Completeness::Unsure,
    ..NONE
};

pub(super) const CURVES_SOURCE: &Source = &Source {
    format: CURVES,
    answer: |answer, values| {
        let [value] = values else { return false };
        let timelines = ["/interest_over_time/timeline_data", "/default/timelineData"];
        let found = timelines.into_iter().find_map(|timeline| value.pointer(timeline)?.as_array());
        found.into_iter().for_each(|found| points(answer, found));
        found.is_some()
    },
    ..UNKNOWN
};

/// The old report, which ended with the week that was running, and left it empty.
const REPORT: &Format = &Format { name: "google-trends-report", ends_empty: true, ..*CURVES };

/// Search interest by place, of one term.
const MAP: &Format = &Format {
    name: "google-trends-map",
    // The subjects of a map of one term are its places.
    words: |term| match term {
        UNNAMED_MEASURE => Some("search interest".into()),
        _ => Some(format!("search interest in {term}")),
    },
    ..*CURVES
};

/// A map that compares terms: their shares of the searches in each place.
const SHARES: &Format = &Format {
    name: "google-trends-map-shares",
    publisher: PUBLISHER,
    is_shared_out: true,
    words: |_| Some("percentage of searches for these terms".into()),
    basis: |_, _| Some(Basis::Share),
    last_period: Completeness::Unsure,
    ..NONE
};

/// Related queries.
const QUERIES: &Format =
    &Format { name: "google-trends-queries", words: |name| Some(name.to_owned()), ..*CURVES };

pub(super) const QUERIES_SOURCE: &Source = &Source {
    format: QUERIES,
    has_distinct_rows: |sheet| sheet.names == ["query", "search interest"],
    recognise: |sheet| {
        has_all(sheet, &["query", "search interest", "increase percent"]).then(|| Known {
            columns: columns(sheet, Some("query"), &["search interest"]),
            note: Some("Left out `increase percent`, which is not search interest."),
            ..Known::default()
        })
    },
    ..UNKNOWN
};

/// What is searched now.
const NOW: &Format = &Format {
    name: "google-trends-now",
    publisher: PUBLISHER,
    words: |_| Some("search volume (at least)".into()),
    basis: |_, _| Some(Basis::AtLeast),
    ..NONE
};

pub(super) const NOW_SOURCE: &Source = &Source {
    format: NOW,
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
    ..UNKNOWN
};

/// Points of a Google Trends curve, as its own page or a reseller hands them out.
fn points(answer: &mut Answer<'_, '_, '_>, points: &[Json]) {
    let measure = answer.builder.measures.index("value");
    let seconds = Style { bare: Bare::Seconds, ..Style::default() };
    let mut partial = false;
    for point in points {
        let stamp = text(point, &["timestamp", "time"]);
        let Some(time) = stamp.and_then(|stamp| dates::parse(stamp, seconds)) else { continue };
        partial = [point.get("partial_data"), point.get("isPartial")].contains(&Some(&Json::Bool(true)));
        let values = point.get("values").or_else(|| point.get("value")).and_then(Json::as_array);
        for (i, value) in values.into_iter().flatten().enumerate() {
            let has_data = point.get("hasData").and_then(|all| all.get(i)) != Some(&Json::Bool(false));
            let shown = point.get("formattedValue").and_then(|all| all.get(i));
            let own = text(value, &["value"]).map(|text| Json::String(text.to_owned()));
            let value_read = own.as_ref().or(shown).and_then(reading).or_else(|| reading(value));
            let unnamed =
                if i == 0 { answer.findings.stem().to_owned() } else { format!("column {}", i + 1) };
            let term = text(value, &["query"]).map_or(unnamed, str::to_owned);
            let subject = answer.builder.subjects.index(&term);
            let read = value_read.filter(|_| has_data).unwrap_or(Value::Missing);
            answer.push(Some(time), subject, measure, read);
        }
    }
    answer.facts.last_period = if partial { Completeness::Partial } else { Completeness::Whole };
    answer.facts.last_period_because = "`isPartial` says so".into();
}
