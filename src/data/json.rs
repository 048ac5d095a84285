//! JSON as the interfaces of GitHub, npm, PyPI Stats and Google Trends answer: which answer it is, and what
//! of it is drawn. Pages that were written one behind the other, or one object a line, are one file.
//!
//! JSON values carry no line numbers here, so observations of a JSON file all say line 1.

use serde_json::{Map, Value};

use crate::diag::{Diagnostic, Place, listed, quoted};
use crate::moment::{DAY, Moment};

use super::build::Builder;
use super::dates::{self, Bare, Style};
use super::events::{self, Counted, Event};
use super::findings::Findings;
use super::{Columns, Facts, Observation, Reading, cell, numbers};

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

/// Reads a JSON text; `None` after a fault. Of the columns only `values` has a meaning: the measures to keep.
pub(super) fn read(
    text: &str,
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    facts.format = "json".into();
    if *columns != (Columns { values: columns.values.clone(), ..Columns::default() }) {
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error = Diagnostic::error("cannot choose columns in JSON, which has none").at(place);
            error.hint("name only `values`, the measures to keep")
        });
        return None;
    }
    if text.len() > SIZE_LIMIT {
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error = Diagnostic::error("expected at most 128 MiB of JSON, found more").at(place);
            error.hint("write the numbers as CSV, which takes less memory")
        });
        return None;
    }
    let mut values = Vec::new();
    for value in serde_json::Deserializer::from_str(unwrapped(text)).into_iter::<Value>() {
        match value {
            Ok(Value::Array(many)) => values.extend(many),
            Ok(one) => values.push(one),
            Err(error) => {
                let place = Place::at(findings.file, narrow(error.line()), narrow(error.column()));
                findings.fault(|| {
                    Diagnostic::error("expected JSON, found other text")
                        .at(place)
                        .hint("download the file again")
                });
                return None;
            }
        }
    }
    let mut answer = Answer { facts, findings, builder: Builder::default() };
    let known = answer.pages(&values) || matches!(values.as_slice(), [one] if answer.single(one));
    if !known {
        answer.unknown(&values);
        return None;
    }
    let builder = answer.builder;
    keep(builder, &columns.values, findings)
}

/// Keeps the measures of these names, where any are named.
fn keep(mut builder: Builder, names: &[String], findings: &mut Findings<'_>) -> Option<Builder> {
    if names.is_empty() {
        return Some(builder);
    }
    let all = std::mem::take(&mut builder.measures).into_names();
    for name in names.iter().filter(|name| !all.iter().any(|known| known.eq_ignore_ascii_case(name))) {
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error = Diagnostic::error(format!("unknown column {}", quoted(name))).at(place);
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
    builder: Builder,
}

impl Answer<'_, '_, '_> {
    /// Answers that are lists, whose pages may follow each other.
    fn pages(&mut self, values: &[Value]) -> bool {
        let Some(first) = values.first() else { return false };
        if first.get("starred_at").is_some() {
            self.stargazers(values.iter().filter_map(|value| text(value, &["starred_at"])));
        } else if first.get("week").is_some() && first.get("days").is_some_and(Value::is_array) {
            self.weeks(values);
        } else if stars(first).is_some() {
            values.iter().for_each(|value| self.repository(value));
            self.facts.format = "github-repositories".into();
        } else if first.get("downloads").is_some() {
            values.iter().for_each(|value| self.npm(value));
            self.facts.format = "npm-downloads".into();
        } else {
            return false;
        }
        true
    }

    /// Answers that are one object.
    fn single(&mut self, value: &Value) -> bool {
        let items = value.get("items").and_then(Value::as_array);
        if let Some(items) = items.filter(|items| items.first().and_then(stars).is_some()) {
            return self.pages(items);
        }
        if let Some(repository) = value.pointer("/data/repository") {
            let edges = repository.pointer("/stargazers/edges").and_then(Value::as_array);
            match edges.filter(|edges| !edges.is_empty()) {
                Some(edges) => self.stargazers(edges.iter().filter_map(|edge| text(edge, &["starredAt"]))),
                None if stars(repository).is_some() => self.repository(repository),
                None => return false,
            }
            return true;
        }
        for timeline in ["/interest_over_time/timeline_data", "/default/timelineData"] {
            if let Some(points) = value.pointer(timeline).and_then(Value::as_array) {
                self.trends(points);
                return true;
            }
        }
        match value.get("data") {
            Some(Value::Array(rows)) if rows.first().is_some_and(|row| row.get("downloads").is_some()) => {
                self.pypistats(value, rows);
            }
            Some(Value::Object(recent)) if recent.contains_key("last_month") => self.recent(value, recent),
            _ => return self.bulk(value),
        }
        true
    }

    /// npm's answer for several packages: an object of answers.
    fn bulk(&mut self, value: &Value) -> bool {
        let Some(packages) = value.as_object() else { return false };
        let answers = || packages.values().filter(|answer| !answer.is_null());
        if answers().next().is_none() || !answers().all(|answer| answer.get("downloads").is_some()) {
            return false;
        }
        let unknown: Vec<&String> =
            packages.iter().filter(|(_, answer)| answer.is_null()).map(|(name, _)| name).collect();
        if !unknown.is_empty() {
            self.findings.note(format!("npm knows no package {}.", listed(unknown)));
        }
        self.facts.format = "npm-downloads".into();
        answers().for_each(|answer| self.npm(answer));
        true
    }

    fn push(&mut self, time: Option<Moment>, subject: usize, measure: usize, value: Reading) {
        let (group, kind, line) = (None, 0, 1);
        self.builder.kinds.index("");
        self.builder.observations.push(Observation { time, subject, measure, group, kind, value, line });
    }

    /// A page of stars, each with its moment.
    fn stargazers<'v>(&mut self, stamps: impl Iterator<Item = &'v str>) {
        self.facts.format = "github-stargazers".into();
        let subject = self.builder.subjects.index(self.findings.stem());
        let measure = self.builder.measures.index("stars");
        self.builder.kinds.index("");
        let event = |stamp| Some(Event { time: dates::parse(stamp, Style::default())?, subject, line: 1 });
        let events: Vec<Event> = stamps.filter_map(event).collect();
        events::count(&events, Counted::Total, measure, &mut self.builder, self.findings);
        self.findings.note("Stars are those still held: a star taken back is missing from its day on.");
        // 400 pages of 100 are all that GitHub ever gave.
        if events.len() == 40_000 {
            let message =
                "the list ends at 40000 stars, where GitHub stops; the curve ends before the present";
            self.findings.warn(None, message, "use the repository's weekly star history instead");
        }
        self.facts.partial_last = "possible".into();
    }

    /// GitHub's star history: weeks with seven days, newest first, and days to come as zeros.
    fn weeks(&mut self, values: &[Value]) {
        self.facts.format = "github-star-history".into();
        let mut days: Vec<(Moment, u64)> = Vec::new();
        for value in values {
            let Some(week) = value.get("week").and_then(Value::as_i64).filter(|week| week.abs() < 1 << 38)
            else {
                continue;
            };
            let counts = value.get("days").and_then(Value::as_array).into_iter().flatten().take(7);
            days.extend(
                (0..)
                    .zip(counts)
                    .map(|(i, count)| (Moment::from_seconds(week + i * DAY), count.as_u64().unwrap_or(0))),
            );
        }
        days.sort_unstable();
        days.dedup();
        let length = days.len();
        let newest = days.iter().rev().take(7).take_while(|(_, count)| *count == 0).count();
        days.truncate(length - newest);
        if newest > 0 {
            self.findings.note(format!("Dropped {newest} days without stars at the end of the newest week, which may be still to come."));
        }
        self.findings.note("Stars are those still held: a star taken back is missing from its day on.");
        self.findings.note("Totals count from the first week in the file.");
        let subject = self.builder.subjects.index(self.findings.stem());
        let (total, new) = (self.builder.measures.index("stars"), self.builder.measures.index("new stars"));
        let mut sum = 0_u64;
        for (time, count) in days {
            sum = sum.saturating_add(count);
            self.push(Some(time), subject, total, whole(sum));
            self.push(Some(time), subject, new, whole(count));
        }
        self.facts.partial_last = "possible".into();
    }

    /// One repository's counts, from the REST interface, GraphQL or `gh`.
    fn repository(&mut self, value: &Value) {
        let name =
            text(value, &["full_name", "nameWithOwner", "fullName", "name"]).unwrap_or(self.findings.stem());
        let subject = self.builder.subjects.index(name);
        let watchers = count(value, &["subscribers_count"])
            .or_else(|| value.pointer("/watchers/totalCount").and_then(reading));
        if watchers.is_none() && value.get("watchers_count").is_some() {
            let note = "Left out `watchers_count`, which repeats the stars; watchers are `subscribers_count` of a single repository.";
            if !self.findings.notes.iter().any(|known| known == note) {
                self.findings.note(note);
            }
        }
        let counts = [
            ("stars", stars(value)),
            ("forks", count(value, &["forks_count", "forkCount", "forksCount"])),
            ("watchers", watchers),
            ("open issues", count(value, &["open_issues_count", "openIssuesCount"])),
        ];
        for (measure, value) in counts {
            if let Some(value) = value {
                let measure = self.builder.measures.index(measure);
                self.push(None, subject, measure, value);
            }
        }
    }

    /// npm's answer for one package: downloads of each day, or of one span.
    fn npm(&mut self, value: &Value) {
        let name = text(value, &["package"]).unwrap_or("all packages");
        let subject = self.builder.subjects.index(name);
        let measure = self.builder.measures.index("downloads");
        match value.get("downloads") {
            Some(Value::Array(days)) => {
                for day in days {
                    let time = text(day, &["day"]).and_then(|day| dates::parse(day, Style::default()));
                    let value = count(day, &["downloads"]).unwrap_or(Reading::Missing);
                    if time.is_some() {
                        self.push(time, subject, measure, value);
                    }
                }
                self.facts.partial_last = "possible".into();
            }
            Some(total) => {
                let span = text(value, &["start"]).zip(text(value, &["end"]));
                if let Some((start, end)) = span {
                    self.findings.note(format!("The downloads of {name} are those from {start} to {end}."));
                }
                self.push(None, subject, measure, reading(total).unwrap_or(Reading::Missing));
            }
            None => {}
        }
    }

    /// PyPI Stats, day by day: categories are groups, and of the two ways to count mirrors only one is taken.
    fn pypistats(&mut self, value: &Value, rows: &[Value]) {
        self.facts.format = "pypistats".into();
        let name = text(value, &["package"]).unwrap_or(self.findings.stem());
        let subject = self.builder.subjects.index(name);
        let measure = self.builder.measures.index("downloads");
        let category = |row| text(row, &["category"]).unwrap_or("");
        let mirrors = rows.iter().any(|row| category(row) == "without_mirrors");
        if mirrors && rows.iter().any(|row| category(row) == "with_mirrors") {
            self.findings.note("Left out downloads by mirrors.");
        }
        for row in rows.iter().filter(|row| !mirrors || category(row) == "without_mirrors") {
            let Some(time) = text(row, &["date"]).and_then(|date| dates::parse(date, Style::default()))
            else {
                continue;
            };
            self.push(Some(time), subject, measure, count(row, &["downloads"]).unwrap_or(Reading::Missing));
            if !mirrors {
                let group = self.builder.groups.index(category(row));
                self.builder.observations.last_mut().into_iter().for_each(|o| o.group = Some(group));
            }
        }
        self.facts.partial_last = "possible".into();
    }

    /// PyPI Stats' sums of the last day, week and month.
    fn recent(&mut self, value: &Value, recent: &Map<String, Value>) {
        self.facts.format = "pypistats".into();
        let subject = self.builder.subjects.index(text(value, &["package"]).unwrap_or(self.findings.stem()));
        for (key, measure) in
            [("last_month", "last month"), ("last_week", "last week"), ("last_day", "last day")]
        {
            if let Some(value) = recent.get(key).and_then(reading) {
                let measure = self.builder.measures.index(measure);
                self.push(None, subject, measure, value);
            }
        }
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

    fn unknown(&mut self, values: &[Value]) {
        let keys = match values.first() {
            Some(Value::Object(object)) => listed(object.keys().take(8)),
            _ => "no object".into(),
        };
        let place = Place::file(self.findings.file);
        self.findings.fault(|| {
            Diagnostic::error(format!(
                "expected an answer of GitHub, npm, PyPI Stats or Google Trends, found {keys}"
            ))
            .at(place)
            .hint("write the numbers as CSV, with a column for the date and one for each subject")
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

fn stars(value: &Value) -> Option<Reading> {
    count(value, &["stargazers_count", "stargazerCount", "stargazersCount"])
}

fn reading(value: &Value) -> Option<Reading> {
    match value {
        Value::Number(number) => number.as_f64().filter(|n| numbers::is_countable(*n)).map(Reading::Number),
        Value::String(text) => numbers::parse(cell::trimmed(text), numbers::Decimal::Point),
        Value::Null => Some(Reading::Missing),
        _ => None,
    }
}

fn whole(number: u64) -> Reading {
    #[expect(clippy::cast_precision_loss, reason = "no repository has 2^53 stars")]
    Reading::Number(number as f64)
}
