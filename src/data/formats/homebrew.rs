//! Homebrew's analytics: how often formulae and casks were installed in the last 30, 90 or 365 days.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, date, text};
use crate::time::moment::DAY;

const FORMAT: &Format = &Format {
    name: "homebrew-analytics",
    publisher: Some("Homebrew"),
    files: "JSON",
    obtained: "formulae.brew.sh/api/analytics/install/30d.json (90d, 365d; cask-install), or /api/formula/NAME.json",
    numbers: "installs of the last 30, 90 or 365 days, which overlap",
    basis: |_, _| Some(Basis::Window),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let is_list = values.first().is_some_and(is_list);
        let is_known = is_list || values.first().and_then(windows).is_some();
        if is_known {
            let read = if is_list { list } else { package };
            values.iter().for_each(|value| read(answer, value));
        }
        is_known
    },
    ..UNKNOWN
};

/// Whether a value is a list of all that was installed in a span.
fn is_list(value: &Json) -> bool {
    let has = |key| text(value, &[key]).is_some();
    has("category") && has("start_date") && has("end_date") && rows(value).next().is_some()
}

/// The rows of a list: all in order, or under the name of each formula or cask, of which each was counted with several
/// sets of options.
fn rows(value: &Json) -> impl Iterator<Item = &Json> {
    let items = value.get("items").and_then(Json::as_array).into_iter().flatten();
    let keyed = ["formulae", "casks"].into_iter().filter_map(|key| value.get(key)?.as_object());
    items.chain(keyed.flat_map(Map::values).filter_map(Json::as_array).flatten())
}

/// What a row counts; of `wget --HEAD` that is `wget`.
fn name(row: &Json) -> Option<&str> {
    let name = text(row, &["formula", "cask", "os_version", "command"])?;
    Some(name.split(" --").next().unwrap_or(name))
}

/// What was counted, as its category has it.
fn counted(category: &str) -> &'static str {
    match category {
        _ if category.contains("error") => "build errors",
        _ if category.contains("on_request") || category.contains("on-request") => "installs on request",
        _ if category.contains("install") => "installs",
        _ => "events",
    }
}

fn list(answer: &mut Answer<'_, '_, '_>, value: &Json) {
    let (start, end) = (text(value, &["start_date"]).unwrap_or(""), text(value, &["end_date"]).unwrap_or(""));
    let counted = counted(text(value, &["category"]).unwrap_or(""));
    let days = date(start).zip(date(end)).map(|(start, end)| (end.seconds() - start.seconds()) / DAY);
    let measure = days.map_or(counted.to_owned(), |days| format!("{counted} in {days} days"));
    answer.findings.note(format!("The {counted} are those from {start} to {end}."));
    answer.facts.span = Some(format!("{start} - {end}"));
    let mut added = Added::default();
    for row in rows(value) {
        let number = answer.number(row, "count");
        added.take(name(row).unwrap_or("(empty)"), number, row);
    }
    added.push(answer, &measure);
}

/// The installs of one package by window: `{"30d": {"wget": 5, "wget --HEAD": 1}}`.
fn windows(value: &Json) -> Option<&Map<String, Json>> {
    text(value, &["name", "token", "full_name"])?;
    value.pointer("/analytics/install")?.as_object()
}

fn package(answer: &mut Answer<'_, '_, '_>, value: &Json) {
    let own = text(value, &["token", "full_name", "name"]).unwrap_or("(empty)");
    for (window, counts) in windows(value).into_iter().flatten() {
        let mut added = Added::default();
        for (options, count) in counts.as_object().into_iter().flatten() {
            let number = answer.number(counts, options);
            added.take(own, number, count);
        }
        added.push(answer, &format!("installs in {} days", window.trim_end_matches('d')));
    }
    answer.findings.note(format!("The installs of {own} are those of the days before the answer."));
}

/// Numbers by name, in the order in which names came.
#[derive(Default)]
struct Added<'v> {
    sums: Vec<(String, Value, &'v Json)>,
    known: BTreeMap<String, usize>,
    is_sum: bool,
}

impl<'v> Added<'v> {
    /// Adds a number to those of its name.
    fn take(&mut self, name: &str, number: Value, row: &'v Json) {
        match self.known.get(name).and_then(|at| self.sums.get_mut(*at)) {
            Some((_, sum, _)) => {
                self.is_sum = true;
                if let (Value::Number(sum), Value::Number(more)) = (sum, number) {
                    *sum += more;
                }
            }
            None => {
                self.known.insert(name.to_owned(), self.sums.len());
                self.sums.push((name.to_owned(), number, row));
            }
        }
    }

    fn push(self, answer: &mut Answer<'_, '_, '_>, measure: &str) {
        if self.is_sum {
            answer.findings.note("Added up the installs of a package with different options.");
        }
        let measure = answer.builder.measures.index(measure);
        for (name, number, row) in self.sums {
            let subject = answer.builder.subjects.index(&name);
            answer.push(row, None, subject, measure, number);
        }
    }
}
