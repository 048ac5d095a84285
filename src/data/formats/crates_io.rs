//! crates.io: crates with their totals, or the downloads of one crate by day.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, text};
use crate::time::moment::Moment;

const FORMAT: &Format = &Format {
    name: "crates-io",
    publisher: Some("crates.io"),
    files: "JSON",
    obtained: "crates.io/api/v1/crates/NAME or /downloads",
    numbers: "downloads of all time; of the last 90 days, which overlap; of each day",
    basis: |name, is_dated| match name {
        // Of the last 90 days.
        "recent downloads" => Some(Basis::Window),
        _ if is_dated => Some(Basis::Count),
        _ => Some(Basis::Cumulative),
    },
    last_period: Completeness::Unsure,
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let pages: Option<Vec<&[Json]>> = values.iter().map(crates).collect();
        match (pages, values) {
            (Some(pages), [_, ..]) => pages.into_iter().flatten().for_each(|one| totals(answer, one)),
            (_, [one]) => return by_day(answer, one),
            _ => return false,
        }
        true
    },
    ..UNKNOWN
};

/// The crates of a page, or the one of an answer, with their totals.
fn crates(value: &Json) -> Option<&[Json]> {
    let counted = |value: &Json| value.get("downloads").is_some() && text(value, &["id"]).is_some();
    let listed = value.get("crates").and_then(Json::as_array).map(Vec::as_slice);
    let all = listed.or(value.get("crate").map(std::slice::from_ref))?;
    all.first().is_some_and(counted).then_some(all)
}

fn totals(answer: &mut Answer<'_, '_, '_>, value: &Json) {
    let subject = answer.builder.subjects.index(text(value, &["id"]).unwrap_or("(empty)"));
    for (key, measure) in [("downloads", "downloads"), ("recent_downloads", "recent downloads")] {
        if let Some(number) = answer.counted(value, key) {
            let measure = answer.builder.measures.index(measure);
            answer.push(value, None, subject, measure, number);
        }
    }
}

/// The downloads of one crate by day and version.
fn by_day(answer: &mut Answer<'_, '_, '_>, value: &Json) -> bool {
    let Some(rows) = value.get("version_downloads").and_then(Json::as_array) else { return false };
    let others = value.pointer("/meta/extra_downloads").and_then(Json::as_array);
    let mut days: BTreeMap<Moment, f64> = BTreeMap::new();
    for row in rows.iter().chain(others.into_iter().flatten()) {
        let (time, value) = (answer.time(row, &["date"]), answer.number(row, "downloads"));
        if let Some((time, Value::Number(number))) = time.zip(Some(value)) {
            *days.entry(time).or_default() += number;
        }
    }
    answer.findings.note("Added up the downloads of all versions.");
    let subject = answer.builder.subjects.index(answer.findings.stem());
    let measure = answer.builder.measures.index("downloads");
    for (time, sum) in days {
        answer.push(value, Some(time), subject, measure, Value::Number(sum));
    }
    true
}
