//! PyPI Stats: downloads of Python packages by day, or of the last day, week and month.

use serde_json::Value as Json;

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::rows::json::answer::{Answer, text};

const FORMAT: &Format = &Format {
    name: "pypistats",
    publisher: Some("PyPI"),
    files: "JSON",
    obtained: "pypistats.org/api/packages/NAME/overall, /recent, /python_major or /system",
    numbers: "downloads of each day without mirrors; those of the last day, week and month overlap",
    last_period: Completeness::Unsure,
    basis: |name, _| match name {
        "last day" | "last week" | "last month" => Some(Basis::Window),
        _ => Some(Basis::Count),
    },
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let is_known = !values.is_empty() && values.iter().all(is_package);
        if is_known {
            values.iter().for_each(|value| package(answer, value));
        }
        is_known
    },
    ..UNKNOWN
};

/// Whether a value is the answer for one package.
fn is_package(value: &Json) -> bool {
    match value.get("data") {
        Some(Json::Array(rows)) => rows.first().is_some_and(is_category),
        Some(sums) => sums.get("last_month").is_some(),
        None => false,
    }
}

/// The answer for one package: days, or sums.
fn package(answer: &mut Answer<'_, '_, '_>, value: &Json) {
    match value.get("data") {
        Some(Json::Array(rows)) => days(answer, value, rows),
        Some(sums) => recent(answer, value, sums),
        None => {}
    }
}

/// Whether a value is a row of the days.
fn is_category(value: &Json) -> bool {
    ["category", "date", "downloads"].iter().all(|key| value.get(*key).is_some())
}

/// PyPI Stats, day by day: categories are groups, and of the two ways to count mirrors only one is taken.
fn days(answer: &mut Answer<'_, '_, '_>, value: &Json, rows: &[Json]) {
    let name = text(value, &["package"]).unwrap_or(answer.findings.stem());
    let subject = answer.builder.subjects.index(name);
    let measure = answer.builder.measures.index("downloads");
    let category = |row| text(row, &["category"]).unwrap_or("");
    let mirrors = rows.iter().any(|row| category(row) == "without_mirrors");
    if mirrors && rows.iter().any(|row| category(row) == "with_mirrors") {
        answer.findings.note_once("Left out downloads by mirrors.");
    }
    for row in rows.iter().filter(|row| !mirrors || category(row) == "without_mirrors") {
        let (time, value) = (answer.time(row, &["date"]), answer.number(row, "downloads"));
        answer.push(row, time, subject, measure, value);
        if !mirrors {
            let group = answer.builder.groups.index(category(row));
            answer.builder.observations.last_mut().into_iter().for_each(|o| o.group = Some(group));
        }
    }
}

/// PyPI Stats' sums of the last day, week and month.
fn recent(answer: &mut Answer<'_, '_, '_>, value: &Json, recent: &Json) {
    let subject = answer.builder.subjects.index(text(value, &["package"]).unwrap_or(answer.findings.stem()));
    for (key, measure) in [("last_month", "last month"), ("last_week", "last week"), ("last_day", "last day")]
    {
        if let Some(number) = answer.counted(recent, key) {
            let measure = answer.builder.measures.index(measure);
            answer.push(value, None, subject, measure, number);
        }
    }
}
