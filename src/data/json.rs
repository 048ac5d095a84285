//! JSON as the interfaces of GitHub, package registries and Google Trends answer: which answer it is, and what
//! of it is drawn; a list of objects that none of them writes is read as a table. Pages that were written one
//! behind the other, or one object a line, are one file.
//!
//! JSON values carry no line numbers here, so observations of a JSON file all say line 1. A fault says in which
//! record of a list it is, and on which line where each line is a record.

mod downloads;
mod github;
mod records;
mod spot;

use serde_json::Value;

use crate::diag::{self, Diagnostic, Place, listed, quoted};
use crate::moment::Moment;

use super::build::Builder;
use super::dates::{self, Bare, Style};
use super::findings::Findings;
use super::{Columns, Facts, Observation, Reading, cell, delimited, numbers};

pub(super) use spot::Spot;
use spot::Spots;

/// So deep in an answer repositories and stars are looked for.
const DEPTH: usize = 6;
/// JSON takes many times its size in memory.
const SIZE_LIMIT: usize = 128 << 20;

/// Whether a text is meant to be JSON: a table may begin with a bracket, but not with these two signs.
pub(super) fn is_json(text: &str) -> bool {
    let mut signs = unwrapped(text).chars().filter(|&c| !cell::is_blank(c));
    matches!((signs.next(), signs.next()), (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | ']')))
}

/// The text without what Google puts in front against hijacking.
fn unwrapped(text: &str) -> &str {
    let text = text.trim_start_matches(cell::is_blank);
    let text = text.strip_prefix(")]}'").unwrap_or(text);
    text.trim_start_matches(',').trim_start_matches(cell::is_blank)
}

/// Reads a JSON text; `None` after a fault. Of the columns only `values` has a meaning, the measures to keep,
/// but in a list of objects, whose keys are columns.
pub(super) fn read(
    text: &str,
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    facts.format = "json".into();
    let (values, lines) = parsed(text, findings)?;
    let only_values =
        Columns { values: columns.values.clone(), places: columns.places.clone(), ..Columns::default() };
    if *columns != only_values {
        if let Some(table) = records::table(&values) {
            return tabled(&table, &lines, columns, facts, findings);
        }
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error =
                diag::error("columns-in-json", "cannot choose columns in JSON, which has none").at(place);
            error.hint("name only `values`, the measures to keep")
        });
        return None;
    }
    let spots = Spots { values: &values, lines: &lines };
    let mut answer = Answer { facts, findings, spots, builder: Builder::default() };
    let known = answer.pages(&values)
        || matches!(values.as_slice(), [one] if answer.single(one))
        || answer.nested(&values);
    if known {
        let builder = answer.builder;
        return keep(builder, columns, findings);
    }
    if answer.refused(&values) {
        return None;
    }
    let Some(table) = records::table(&values) else {
        answer.unknown(&values);
        return None;
    };
    tabled(&table, &lines, columns, facts, findings)
}

/// The values of a JSON text, those of lists one by one, and the lines they begin on where the file is no list;
/// `None` after a fault.
fn parsed(text: &str, findings: &mut Findings<'_>) -> Option<(Vec<Value>, Vec<u32>)> {
    if text.len() > SIZE_LIMIT {
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error =
                diag::error("file-too-large", "expected at most 128 MiB of JSON, found more").at(place);
            error.hint("write the numbers as CSV, which takes less memory")
        });
        return None;
    }
    let (mut values, mut lines) = (Vec::new(), spot::Lines::new(text, unwrapped(text)));
    let mut listed = false;
    let mut all = serde_json::Deserializer::from_str(unwrapped(text)).into_iter::<Value>();
    while let Some(value) = all.next() {
        lines.pass(all.byte_offset());
        match value {
            Ok(Value::Array(many)) => {
                listed = true;
                many.into_iter().for_each(|value| match value {
                    // Pages that were put into one list.
                    Value::Array(page) if page.first().is_none_or(Value::is_object) => values.extend(page),
                    one => values.push(one),
                });
            }
            Ok(one) => values.push(one),
            Err(error) => {
                // serde_json counts bytes.
                let line = unwrapped(text).split('\n').nth(error.line().saturating_sub(1));
                let before = line.and_then(|line| line.get(..error.column().saturating_sub(1)));
                let column = before.map_or(error.column(), |before| before.chars().count() + 1);
                let place = Place::at(findings.file, narrow(error.line()), narrow(column));
                findings.fault(|| unreadable(&error).at(place));
                return None;
            }
        }
    }
    Some((values, if listed { Vec::new() } else { lines.found }))
}

/// Why a text is not read as JSON.
fn unreadable(error: &serde_json::Error) -> Diagnostic {
    let again = "download the file again";
    let (fault, hint) = match error.to_string() {
        _ if error.is_eof() => {
            (diag::error("broken-json", "expected JSON, found the end of the file"), again)
        }
        text if text.starts_with("recursion limit exceeded") => (
            diag::error("broken-json", "expected JSON of less than 128 levels, found more"),
            "write the numbers as CSV, with a column for the date and one for each subject",
        ),
        text if text.starts_with("number out of range") => (
            diag::error("broken-json", "expected a number, found one that no computer counts with"),
            "correct it",
        ),
        _ => (diag::error("broken-json", "expected JSON, found other text"), again),
    };
    fault.hint(hint)
}

/// Reads a list of objects that was rewritten as a table, whose lines are not those of the file.
fn tabled(
    table: &records::Written,
    lines: &[u32],
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    let mut builder = delimited::read(&table.text, columns, facts, findings);
    findings.unplace(|line| Spot { record: table.record(line), line: None }.on(lines));
    if facts.format == "csv" {
        facts.format = "json".into();
    }
    (facts.delimiter, facts.header_line, facts.preamble_lines) = (None, None, 0);
    builder.iter_mut().flat_map(|builder| &mut builder.observations).for_each(|o| o.line = 1);
    builder
}

/// Keeps the measures of these names, where any are named.
fn keep(mut builder: Builder, columns: &Columns, findings: &mut Findings<'_>) -> Option<Builder> {
    let names = &columns.values;
    if names.is_empty() {
        return Some(builder);
    }
    let all = std::mem::take(&mut builder.measures).into_names();
    for name in names.iter().filter(|name| !all.iter().any(|known| known.eq_ignore_ascii_case(name))) {
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error = columns.unknown(name, place);
            error.hint(format!("the measures are {}", listed(&all)))
        });
    }
    let kept = |name: &String| names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
    let index: Vec<Option<usize>> =
        all.iter().map(|name| kept(name).then(|| builder.measures.index(name))).collect();
    builder.observations.retain_mut(|o| match index.get(o.measure) {
        Some(Some(measure)) => {
            o.measure = *measure;
            true
        }
        _ => false,
    });
    Some(builder)
}

fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

struct Answer<'a, 'f, 'n> {
    facts: &'a mut Facts,
    findings: &'f mut Findings<'n>,
    spots: Spots<'a>,
    builder: Builder,
}

impl Answer<'_, '_, '_> {
    /// Answers that are lists, whose pages may follow each other.
    fn pages(&mut self, values: &[Value]) -> bool {
        let Some(first) = values.first() else { return false };
        if github::starred(first).is_some() {
            self.stargazers(values.iter());
        } else if first.get("week").is_some() && first.get("days").is_some_and(Value::is_array) {
            self.weeks(values);
        } else if github::is_event(first) {
            self.happenings(values);
        } else if github::stars(first).is_some() {
            self.repositories(values.iter());
        } else if downloads::is_npm(first) {
            values.iter().for_each(|value| self.npm(value));
        } else if downloads::is_model(first) {
            self.models(values);
        } else {
            return false;
        }
        true
    }

    /// Stars or repositories somewhere in one or more answers.
    fn nested(&mut self, values: &[Value]) -> bool {
        let stars: Vec<&Value> =
            values.iter().filter_map(|value| github::stargazers_in(value, DEPTH)).flatten().collect();
        if !stars.is_empty() {
            self.stargazers(stars.into_iter());
            return true;
        }
        let mut repositories = Vec::new();
        github::repositories_among(values.iter(), DEPTH, &mut repositories);
        self.repositories(repositories.iter().copied());
        !repositories.is_empty()
    }

    /// Answers that are one object.
    fn single(&mut self, value: &Value) -> bool {
        for timeline in ["/interest_over_time/timeline_data", "/default/timelineData"] {
            if let Some(points) = value.pointer(timeline).and_then(Value::as_array) {
                self.trends(points);
                return true;
            }
        }
        match value.get("data") {
            Some(Value::Array(rows)) if rows.first().is_some_and(downloads::is_category) => {
                self.pypistats(value, rows);
            }
            Some(Value::Object(recent)) if recent.contains_key("last_month") => self.recent(value, recent),
            _ => return self.crates(value) || self.bulk(value) || self.dated(value),
        }
        true
    }

    /// The moment under one of these keys; what is none is a fault.
    fn time(&mut self, value: &Value, keys: &[&str]) -> Option<Moment> {
        let found = keys.iter().find_map(|key| value.get(key));
        let time = found.and_then(Value::as_str).and_then(|text| dates::parse(text, Style::default()));
        if time.is_none() {
            self.tell_odd(value, "a date", found, keys, "write dates as 2020-01-31");
        }
        time
    }

    /// The number under a key; `null` is a gap, and what is no number a fault.
    fn number(&mut self, value: &Value, key: &str) -> Reading {
        let found = value.get(key);
        found.and_then(reading).unwrap_or_else(|| {
            self.tell_odd(value, "a number", found, &[key], "correct it, or write `null` for a gap");
            Reading::Missing
        })
    }

    /// Tells of what stands under the first of these keys of a record.
    fn tell_odd(&mut self, record: &Value, expected: &str, found: Option<&Value>, keys: &[&str], hint: &str) {
        let found = match found {
            None | Some(Value::Null) => "nothing".into(),
            Some(Value::String(text)) => quoted(text),
            Some(Value::Array(_)) => "a list".into(),
            Some(Value::Object(_)) => "an object".into(),
            Some(other) => quoted(&other.to_string()),
        };
        let place = Place::file(self.findings.file).in_field(keys.first().copied().unwrap_or(""));
        let spots = self.spots;
        self.findings.fault(|| {
            let error = diag::error("unexpected-value", format!("expected {expected}, found {found}"));
            spots.of(record).told(error.at(place).hint(hint))
        });
    }

    fn push(&mut self, time: Option<Moment>, subject: usize, measure: usize, value: Reading) {
        let (group, kind, line) = (None, 0, 1);
        self.builder.kinds.index("");
        self.builder.observations.push(Observation { time, subject, measure, group, kind, value, line });
    }

    /// Points of a Google Trends curve, as its own page or a reseller hands them out.
    fn trends(&mut self, points: &[Value]) {
        self.facts.format = "google-trends".into();
        let measure = self.builder.measures.index("value");
        let seconds = Style { bare: Bare::Seconds, ..Style::default() };
        let mut partial = false;
        for point in points {
            let stamp = text(point, &["timestamp", "time"]);
            let Some(time) = stamp.and_then(|stamp| dates::parse(stamp, seconds)) else { continue };
            partial = [point.get("partial_data"), point.get("isPartial")].contains(&Some(&Value::Bool(true)));
            let values = point.get("values").or_else(|| point.get("value")).and_then(Value::as_array);
            for (i, value) in values.into_iter().flatten().enumerate() {
                let has_data = point.get("hasData").and_then(|all| all.get(i)) != Some(&Value::Bool(false));
                let shown = point.get("formattedValue").and_then(|all| all.get(i));
                let own = text(value, &["value"]).map(|text| Value::String(text.to_owned()));
                let value_read = own.as_ref().or(shown).and_then(reading).or_else(|| reading(value));
                let unnamed =
                    if i == 0 { self.findings.stem().to_owned() } else { format!("column {}", i + 1) };
                let term = text(value, &["query"]).map_or(unnamed, str::to_owned);
                let subject = self.builder.subjects.index(&term);
                let read = value_read.filter(|_| has_data).unwrap_or(Reading::Missing);
                self.push(Some(time), subject, measure, read);
            }
        }
        self.facts.partial_last = if partial { "yes" } else { "no" }.into();
        self.facts.partial_because = "`isPartial` says so".into();
    }

    /// Tells of answers that hold nothing to draw, and why.
    fn refused(&mut self, values: &[Value]) -> bool {
        let place = Place::file(self.findings.file);
        let fault = if let Some(told) = records::refusal(values) {
            diag::error("refused-by-source", format!("expected data, found the answer {}", quoted(told)))
                .hint("ask the interface again, and keep the file when it has an answer")
        } else if values.first().is_some_and(github::is_person) {
            diag::error("stars-without-dates", "expected stars with their dates, found only who gave them")
                .hint("ask GitHub for them with the header `Accept: application/vnd.github.star+json`")
        } else {
            return false;
        };
        self.findings.fault(|| fault.at(place));
        true
    }

    fn unknown(&mut self, values: &[Value]) {
        let convert = "write the numbers as CSV, with a column for the date and one for each subject";
        let look = "look whether the query has found anything";
        let (keys, hint) = match values.first() {
            Some(Value::Object(object)) if object.is_empty() => ("an empty object".into(), look),
            Some(Value::Object(object)) => (listed(object.keys().take(8)), convert),
            Some(Value::Array(_)) => ("lists".into(), convert),
            Some(_) => ("no object".into(), convert),
            None => ("an empty list".into(), look),
        };
        let place = Place::file(self.findings.file);
        self.findings.fault(|| {
            diag::error(
                "unknown-json",
                format!("expected an answer of GitHub, npm, PyPI Stats or Google Trends, found {keys}"),
            )
            .at(place)
            .hint(hint)
        });
    }
}

/// The first text under one of these keys.
fn text<'v>(value: &'v Value, keys: &[&str]) -> Option<&'v str> {
    keys.iter().find_map(|key| value.get(key)).and_then(Value::as_str)
}

/// The first number under one of these keys.
fn count(value: &Value, keys: &[&str]) -> Option<Reading> {
    keys.iter().find_map(|key| value.get(key)).and_then(reading)
}

fn reading(value: &Value) -> Option<Reading> {
    match value {
        Value::Number(number) => number.as_f64().filter(|n| numbers::is_countable(*n)).map(Reading::Number),
        Value::String(text) => numbers::parse(cell::trimmed(text), numbers::Decimal::Point),
        Value::Null => Some(Reading::Missing),
        _ => None,
    }
}
