//! npm's downloads of packages: of each day, of one span, or of each version.

use serde_json::{Map, Value as Json};

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, date, reading, text};
use crate::diag::listed;

const FORMAT: &Format = &Format {
    name: "npm-downloads",
    publisher: Some("npm"),
    files: "JSON",
    obtained: "api.npmjs.org/downloads/range/last-year/NAME, or /point/",
    numbers: "downloads of each day, of a span or of each version",
    last_period: Completeness::Unsure,
    basis: |_, _| Some(Basis::Count),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| match values {
        [first, ..] if is_answer(first) => {
            values.iter().for_each(|value| package(answer, value));
            true
        }
        [only] => bulk(answer, only),
        _ => false,
    },
    ..UNKNOWN
};

/// Whether a value is npm's answer for one package, or for all of them.
fn is_answer(value: &Json) -> bool {
    let spanned = value.get("package").is_some() || value.get("start").is_some();
    match value.get("downloads") {
        Some(Json::Array(days)) => days.iter().all(|day| day.get("day").is_some()),
        Some(Json::Object(versions)) => spanned && !versions.keys().all(|key| date(key).is_some()),
        Some(total) => spanned && reading(total).is_some(),
        None => false,
    }
}

/// npm's answer for several packages: an object of answers.
fn bulk(answer: &mut Answer<'_, '_, '_>, value: &Json) -> bool {
    let Some(packages) = value.as_object() else { return false };
    let known = || packages.values().filter(|value| !value.is_null());
    if known().next().is_none() || !known().all(is_answer) {
        return false;
    }
    let unknown: Vec<&String> =
        packages.iter().filter(|(_, value)| value.is_null()).map(|(name, _)| name).collect();
    if !unknown.is_empty() {
        answer.findings.note(format!("npm knows no package {}.", listed(unknown)));
    }
    known().for_each(|value| package(answer, value));
    true
}

/// npm's answer for one package: downloads of each day, or of one span.
fn package(answer: &mut Answer<'_, '_, '_>, value: &Json) {
    let name = text(value, &["package", "name"]).unwrap_or("all packages");
    if let Some(Json::Object(versions)) = value.get("downloads") {
        return self::versions(answer, name, versions);
    }
    let subject = answer.builder.subjects.index(name);
    let measure = answer.builder.measures.index("downloads");
    match value.get("downloads") {
        Some(Json::Array(days)) => {
            for day in days {
                let (time, value) = (answer.time(day, &["day"]), answer.number(day, "downloads"));
                answer.push(day, time, subject, measure, value);
            }
        }
        Some(total) => {
            let span = text(value, &["start"]).zip(text(value, &["end"]));
            if let Some((start, end)) = span {
                answer.findings.note(format!("The downloads of {name} are those from {start} to {end}."));
            }
            answer.push(value, None, subject, measure, reading(total).unwrap_or(Value::Missing));
        }
        None => {}
    }
}

/// npm's downloads of each version of a package.
fn versions(answer: &mut Answer<'_, '_, '_>, name: &str, versions: &Map<String, Json>) {
    answer.findings.note(format!("The subjects are the versions of {name}."));
    let measure = answer.builder.measures.index("downloads");
    for (version, value) in versions {
        let subject = answer.builder.subjects.index(version);
        let number = answer.number_of(value, value, version);
        answer.push(value, None, subject, measure, number);
    }
}
