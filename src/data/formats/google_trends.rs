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
use crate::diag::{self, Place};
use crate::time::moment::Moment;

const PUBLISHER: Option<&str> = Some("Google Trends");

/// Search interest over time.
const CURVES: &Format = &Format {
    name: "google-trends",
    publisher: PUBLISHER,
    files: "CSV, JSON",
    obtained: "trends.google.com, the download button of Interest over time; its answers, or SerpApi",
    numbers: "search interest, an index of 100 for the highest value of its own export",
    is_scaled: true,
    words: |_| Some("search interest".into()),
    basis: |_, _| Some(Basis::Index),
    last_period: Completeness::Unsure,
    ..NONE
};

const CURVES_SOURCE: &Source = &Source {
    format: CURVES,
    answer: |answer, values| {
        let found: Option<Vec<&Vec<Json>>> = values.iter().map(timeline).collect();
        match found.as_deref() {
            None | Some([]) => return false,
            Some([one]) => points(answer, one),
            Some(several) => refuse_several(answer, several.len()),
        }
        true
    },
    ..UNKNOWN
};

/// The old report, which ended with the week that was running, and left it empty.
const REPORT: &Format = &Format {
    name: "google-trends-report",
    files: "CSV",
    obtained: "`report.csv`, as it was exported until 2016",
    ends_empty: true,
    ..*CURVES
};

pub(super) const REPORT_SOURCE: &Source = &Source { format: REPORT, ..UNKNOWN };

/// Search interest by place, of one term.
const MAP: &Format = &Format {
    name: "google-trends-map",
    obtained: "trends.google.com, the download button of Interest by region, of one term",
    numbers: "search interest by place, an index of 100 for the highest of them",
    last_period: Completeness::Whole,
    // The subjects of a map of one term are its places.
    words: |term| match term {
        UNNAMED_MEASURE => Some("search interest".into()),
        _ => Some(format!("search interest in {term}")),
    },
    ..*CURVES
};

pub(super) const MAP_SOURCE: &Source =
    &Source { format: MAP, answer: |answer, values| map(answer, values, false), ..UNKNOWN };

/// A map that compares terms: their shares of the searches in each place.
const SHARES: &Format = &Format {
    name: "google-trends-map-shares",
    publisher: PUBLISHER,
    files: "CSV, JSON",
    obtained: "trends.google.com, the download button of Compared breakdown by region",
    numbers: "each term's share of the searches for all terms in a place, in per cent",
    is_shared_out: true,
    words: |_| Some("percentage of searches for these terms".into()),
    basis: |_, _| Some(Basis::Share),
    ..NONE
};

pub(super) const SHARES_SOURCE: &Source =
    &Source { format: SHARES, answer: |answer, values| map(answer, values, true), ..UNKNOWN };

/// Related queries.
const QUERIES: &Format = &Format {
    name: "google-trends-queries",
    obtained: "trends.google.com, the download button of Related queries",
    numbers: "how often each was searched, an index of 100 for the highest",
    last_period: Completeness::Whole,
    words: |name| Some(name.to_owned()),
    ..*CURVES
};

/// What was searched most, and beside it what rose.
fn top_queries(value: &Json) -> Option<&Vec<Json>> {
    let lists = ["/default/rankedList/0/rankedKeyword", "/related_queries/top"];
    lists.into_iter().find_map(|list| value.pointer(list)?.as_array())
}

pub(super) const QUERIES_SOURCE: &Source = &Source {
    format: QUERIES,
    answer: |answer, values| match values {
        [value] => top_queries(value).is_some_and(|queries| related(answer, queries)),
        _ => false,
    },
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
    obtained: "trends.google.com/trending, Export, Download CSV",
    numbers: "searches, at least so many",
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

/// Reads related queries or topics; those of one name are different topics.
fn related(answer: &mut Answer<'_, '_, '_>, queries: &[Json]) -> bool {
    let measure = answer.builder.measures.index("search interest");
    for (i, query) in queries.iter().enumerate() {
        let topic = query.get("topic").and_then(|topic| text(topic, &["title"]));
        let name = text(query, &["query"]).or(topic).unwrap_or("(empty)");
        let subject = answer.builder.subjects.index_of_new(name).0;
        let number = value_of(answer, query, i, query);
        answer.push(query, None, subject, measure, number);
    }
    answer.findings.note("Took what was searched most; how much other searches rose is no count.");
    true
}

/// The points of a curve in an answer.
fn timeline(value: &Json) -> Option<&Vec<Json>> {
    let timelines = ["/interest_over_time/timeline_data", "/default/timelineData"];
    timelines.into_iter().find_map(|timeline| value.pointer(timeline)?.as_array())
}

/// Tells of several answers in one file, which nothing puts on one scale.
fn refuse_several(answer: &mut Answer<'_, '_, '_>, count: usize) {
    let place = Place::file(answer.findings.file);
    answer.findings.fault(|| {
        let told = format!(
            "cannot draw {count} answers in one file on one axis: each is scaled to its own highest value, 100"
        );
        let hint = "put each into a file of its own, and the same term into all, named with `anchor` (`--anchor`)";
        diag::error("unanchored-exports", told).at(place).hint(hint)
    });
}

/// Points of a Google Trends curve, as its own page or a reseller hands them out.
fn points(answer: &mut Answer<'_, '_, '_>, points: &[Json]) {
    let measure = answer.builder.measures.index("value");
    let mut partial = false;
    for point in points {
        let time = moment(answer, point);
        partial = [point.get("partial_data"), point.get("isPartial")].contains(&Some(&Json::Bool(true)));
        let values = point.get("values").or_else(|| point.get("value")).and_then(Json::as_array);
        for (i, value) in values.into_iter().flatten().enumerate() {
            let unnamed =
                if i == 0 { answer.findings.stem().to_owned() } else { format!("column {}", i + 1) };
            let term = text(value, &["query"]).map_or(unnamed, str::to_owned);
            let subject = answer.builder.subjects.index(&term);
            let read = value_of(answer, point, i, value);
            answer.push(point, time, subject, measure, read);
        }
    }
    answer.facts.last_period = if partial { Completeness::Partial } else { Completeness::Whole };
    answer.facts.last_period_because = "`isPartial` says so".into();
}

/// The moment of a point, in seconds since 1970.
fn moment(answer: &mut Answer<'_, '_, '_>, point: &Json) -> Option<Moment> {
    let seconds = Style { bare: Bare::Seconds, ..Style::default() };
    let found = point.get("timestamp").or_else(|| point.get("time"));
    let time = found.and_then(Json::as_str).and_then(|stamp| dates::parse(stamp, seconds));
    if time.is_none() {
        let hint = "write the seconds since 1970 as text, or download the file again";
        answer.tell_odd(point, "a moment", found, &["time"], hint);
    }
    time
}

/// One of a point's values, as it is shown: `<1` is 0 in numbers. What has no data is missing.
fn value_of(answer: &mut Answer<'_, '_, '_>, point: &Json, index: usize, value: &Json) -> Value {
    if point.get("hasData").and_then(|all| all.get(index)) == Some(&Json::Bool(false)) {
        return Value::Missing;
    }
    let shown = point.get("formattedValue").and_then(|all| all.get(index)).and_then(reading);
    let own = value.get("value").and_then(reading).or(shown).or_else(|| reading(value));
    own.unwrap_or_else(|| {
        let hint = "correct it, or write `null` for a gap";
        answer.tell_odd(point, "a number", Some(value), &["value"], hint);
        Value::Missing
    })
}

/// The places of a map, as the page of Google Trends or a reseller has them.
fn places(values: &[Json]) -> Option<&Vec<Json>> {
    let [value] = values else { return None };
    let lists = ["/default/geoMapData", "/interest_by_region", "/compared_breakdown_by_region"];
    lists.into_iter().find_map(|list| value.pointer(list)?.as_array())
}

/// The values of a place: one, or one of each term.
fn values_in(place: &Json) -> &[Json] {
    let list = place.get("values").or_else(|| place.get("value")).and_then(Json::as_array);
    list.map_or(std::slice::from_ref(place), Vec::as_slice)
}

/// Reads a map, of one term or of shares of several; whether it is such.
fn map(answer: &mut Answer<'_, '_, '_>, values: &[Json], are_shares: bool) -> bool {
    let Some(places) = places(values) else { return false };
    if places.iter().any(|place| values_in(place).len() > 1) != are_shares {
        return false;
    }
    let measure = answer.builder.measures.index("value");
    for place in places {
        let name = text(place, &["geoName", "location", "geoCode", "geo"]).unwrap_or("(empty)");
        for (i, value) in values_in(place).iter().enumerate() {
            let term = text(value, &["query"]).map_or_else(|| format!("column {}", i + 1), str::to_owned);
            let subject = answer.builder.subjects.index(if are_shares { &term } else { name });
            let read = value_of(answer, place, i, value);
            answer.push(place, None, subject, measure, read);
            if are_shares {
                let group = answer.builder.groups.index(name);
                answer.builder.observations.last_mut().into_iter().for_each(|o| o.group = Some(group));
            }
        }
    }
    if are_shares {
        answer.builder.percent = true;
        answer.builder.in_percent.insert(measure);
    }
    true
}
