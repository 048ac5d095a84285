//! The interface of Google Trends: search interest on one scale for all questions, unlike what its pages export.

use serde_json::Value as Json;

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::rows::json::answer::{Answer, text};
use crate::diag;

/// What the interface counts; exports have another scale, so it is called otherwise.
const MEASURE: &str = "search interest (consistent scale)";

const FORMAT: &Format = &Format {
    name: "google-trends-api",
    publisher: Some("Google Trends"),
    files: "JSON",
    obtained: "searchtrends.googleapis.com, the finished operation of a time series or a breakdown by place",
    numbers: "search interest, an index on one scale for all answers, which may stand side by side",
    basis: |_, _| Some(Basis::Index),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let is_known = !values.is_empty() && values.iter().all(|value| points(value).is_some());
        if is_known {
            read(answer, values);
        }
        is_known
    },
    lacking: |value| {
        let is_asked =
            value.pointer("/metadata/spec/expression").is_some() && value.get("response").is_none();
        let error = || diag::error("refused-by-source", "expected data, found an operation that still runs");
        is_asked.then(|| error().hint("ask for the operation again, and keep the file when it is `done`"))
    },
    ..UNKNOWN
};

/// The points of an answer, over time or by place.
fn points(value: &Json) -> Option<&Vec<Json>> {
    let inner = value.get("response").unwrap_or(value);
    let found = ["/timeSeries/points", "/geoBreakdown/points"].iter().find_map(|at| inner.pointer(at));
    let found = found?.as_array()?;
    found.iter().all(|point| point.get("searchInterest").is_some()).then_some(found)
}

/// What was searched for.
fn term(value: &Json) -> Option<String> {
    let terms = value.pointer("/metadata/spec/expression/terms")?.as_array()?;
    let terms: Vec<&str> = terms.iter().filter_map(|term| text(term, &["value"])).collect();
    (!terms.is_empty()).then(|| terms.join(" + "))
}

/// Where it was searched for.
fn place(value: &Json) -> Option<&str> {
    value.pointer("/metadata/spec/geo/code").and_then(Json::as_str)
}

fn read(answer: &mut Answer<'_, '_, '_>, values: &[Json]) {
    let shared = values.first().and_then(place);
    let several = values.iter().any(|value| place(value) != shared);
    answer.facts.region = shared.filter(|_| !several).map(str::to_owned);
    let measure = answer.builder.measures.index(MEASURE);
    let are_terms = values.len() > 1;
    let mut partial = false;
    for value in values {
        let named = term(value).unwrap_or_else(|| answer.findings.stem().to_owned());
        let named = match place(value).filter(|_| several) {
            Some(place) => format!("{named} ({place})"),
            None => named,
        };
        for point in points(value).into_iter().flatten() {
            let by_place = point.pointer("/subGeo/code").and_then(Json::as_str);
            let number = answer.number(point, "searchInterest");
            let Some(place) = by_place else {
                let span = point.get("timeRange");
                let time = match span {
                    Some(span) => answer.time(span, &["startTime"]),
                    None => answer.time(point, &["date"]),
                };
                partial = point.get("isPartial") == Some(&Json::Bool(true));
                let subject = answer.builder.subjects.index(&named);
                answer.push(point, time, subject, measure, number);
                continue;
            };
            // Of one term the places are compared.
            let subject = answer.builder.subjects.index(if are_terms { &named } else { place });
            answer.push(point, None, subject, measure, number);
            if are_terms {
                let group = answer.builder.groups.index(place);
                answer.builder.observations.last_mut().into_iter().for_each(|o| o.group = Some(group));
            }
        }
        tell_span(answer, value);
    }
    answer.facts.last_period = if partial { Completeness::Partial } else { Completeness::Whole };
    answer.facts.last_period_because = "`isPartial` says so".into();
    let note = "Took `searchInterest`, which has one scale in all answers; `scaledSearchInterest` has its own in each.";
    answer.findings.note(note);
}

/// The time that values by place are of.
fn tell_span(answer: &mut Answer<'_, '_, '_>, value: &Json) {
    let is_map = value.pointer("/response/geoBreakdown").is_some();
    let Some(span) = value.pointer("/metadata/spec/timeRange").filter(|_| is_map) else { return };
    let day = |key| text(span, &[key]).and_then(|moment| moment.split('T').next());
    if let (Some(from), Some(to)) = (day("startTime"), day("endTime")) {
        answer.facts.span = Some(format!("{from} - {to}"));
    }
}
