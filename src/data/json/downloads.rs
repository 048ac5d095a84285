//! What the registries of packages answer: npm, PyPI Stats, PePy, crates.io and Hugging Face.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use crate::diag::listed;
use crate::moment::Moment;

use super::super::dates::{self, Style};
use super::super::{Reading, formats, words};
use super::{Answer, count, reading, text};

/// Keys that say of what an answer is.
const NAMES: [&str; 6] = ["package", "name", "full_name", "project", "repository", "id"];

/// Whether a value is npm's answer for one package, or for all of them.
pub(super) fn is_npm(value: &Value) -> bool {
    let spanned = value.get("package").is_some() || value.get("start").is_some();
    match value.get("downloads") {
        Some(Value::Array(days)) => days.iter().all(|day| day.get("day").is_some()),
        Some(Value::Object(versions)) => spanned && !versions.keys().all(|key| date(key).is_some()),
        Some(total) => spanned && reading(total).is_some(),
        None => false,
    }
}

/// Whether a value is a model of Hugging Face.
pub(super) fn is_model(value: &Value) -> bool {
    let named = text(value, &["id", "modelId"]).is_some();
    named && value.get("downloads").is_some() && value.get("likes").is_some()
}

/// Whether a value is a row of PyPI Stats.
pub(super) fn is_category(value: &Value) -> bool {
    ["category", "date", "downloads"].iter().all(|key| value.get(*key).is_some())
}

fn date(text: &str) -> Option<Moment> {
    dates::is_date(text).then(|| dates::parse(text, Style::default())).flatten()
}

impl Answer<'_, '_, '_> {
    /// npm's answer for several packages: an object of answers.
    pub(super) fn bulk(&mut self, value: &Value) -> bool {
        let Some(packages) = value.as_object() else { return false };
        let answers = || packages.values().filter(|answer| !answer.is_null());
        if answers().next().is_none() || !answers().all(is_npm) {
            return false;
        }
        let unknown: Vec<&String> =
            packages.iter().filter(|(_, answer)| answer.is_null()).map(|(name, _)| name).collect();
        if !unknown.is_empty() {
            self.findings.note(format!("npm knows no package {}.", listed(unknown)));
        }
        answers().for_each(|answer| self.npm(answer));
        true
    }

    /// npm's answer for one package: downloads of each day, or of one span.
    pub(super) fn npm(&mut self, value: &Value) {
        self.facts.format = formats::npm::FORMAT;
        let name = text(value, &["package", "name"]).unwrap_or("all packages");
        if let Some(Value::Object(versions)) = value.get("downloads") {
            return self.versions(name, versions);
        }
        let subject = self.builder.subjects.index(name);
        let measure = self.builder.measures.index("downloads");
        match value.get("downloads") {
            Some(Value::Array(days)) => {
                for day in days {
                    let (time, value) = (self.time(day, &["day"]), self.number(day, "downloads"));
                    self.push(time, subject, measure, value);
                }
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
    pub(super) fn pypistats(&mut self, value: &Value, rows: &[Value]) {
        self.facts.format = formats::pypi_stats::FORMAT;
        let name = text(value, &["package"]).unwrap_or(self.findings.stem());
        let subject = self.builder.subjects.index(name);
        let measure = self.builder.measures.index("downloads");
        let category = |row| text(row, &["category"]).unwrap_or("");
        let mirrors = rows.iter().any(|row| category(row) == "without_mirrors");
        if mirrors && rows.iter().any(|row| category(row) == "with_mirrors") {
            self.findings.note("Left out downloads by mirrors.");
        }
        for row in rows.iter().filter(|row| !mirrors || category(row) == "without_mirrors") {
            let (time, value) = (self.time(row, &["date"]), self.number(row, "downloads"));
            self.push(time, subject, measure, value);
            if !mirrors {
                let group = self.builder.groups.index(category(row));
                self.builder.observations.last_mut().into_iter().for_each(|o| o.group = Some(group));
            }
        }
    }

    /// PyPI Stats' sums of the last day, week and month.
    pub(super) fn recent(&mut self, value: &Value, recent: &Map<String, Value>) {
        self.facts.format = formats::pypi_stats::FORMAT;
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

    /// npm's downloads of each version of a package.
    fn versions(&mut self, name: &str, versions: &Map<String, Value>) {
        self.findings.note(format!("The subjects are the versions of {name}."));
        let measure = self.builder.measures.index("downloads");
        for (version, value) in versions {
            let subject = self.builder.subjects.index(version);
            self.push(None, subject, measure, reading(value).unwrap_or(Reading::Missing));
        }
    }

    /// crates.io: the downloads of one crate by day and version, or crates with their totals.
    pub(super) fn crates(&mut self, value: &Value) -> bool {
        let listed = value.get("crates").and_then(Value::as_array).map(Vec::as_slice);
        let counted = |value: &&Value| value.get("downloads").is_some() && text(value, &["id"]).is_some();
        let single = value.get("crate").map(std::slice::from_ref);
        if let Some(crates) = listed.or(single).filter(|crates| crates.first().is_some_and(|c| counted(&c))) {
            self.facts.format = formats::crates_io::FORMAT;
            for one in crates.iter().filter(counted) {
                let subject = self.builder.subjects.index(text(one, &["id"]).unwrap_or(""));
                for (key, measure) in [("downloads", "downloads"), ("recent_downloads", "recent downloads")] {
                    if let Some(value) = count(one, &[key]) {
                        let measure = self.builder.measures.index(measure);
                        self.push(None, subject, measure, value);
                    }
                }
            }
            return true;
        }
        let Some(rows) = value.get("version_downloads").and_then(Value::as_array) else { return false };
        let others = value.pointer("/meta/extra_downloads").and_then(Value::as_array);
        let mut days: BTreeMap<Moment, f64> = BTreeMap::new();
        for row in rows.iter().chain(others.into_iter().flatten()) {
            let (time, value) = (self.time(row, &["date"]), self.number(row, "downloads"));
            if let Some((time, Reading::Number(number))) = time.zip(Some(value)) {
                *days.entry(time).or_default() += number;
            }
        }
        self.facts.format = formats::crates_io::FORMAT;
        self.findings.note("Added up the downloads of all versions.");
        let subject = self.builder.subjects.index(self.findings.stem());
        let measure = self.builder.measures.index("downloads");
        for (time, sum) in days {
            self.push(Some(time), subject, measure, Reading::Number(sum));
        }
        true
    }

    /// Models, or datasets, of Hugging Face.
    pub(super) fn models(&mut self, values: &[Value]) {
        self.facts.format = formats::hugging_face::FORMAT;
        self.findings.note("Downloads are those of the 30 days before the answer.");
        for value in values {
            let Some(name) = text(value, &["id", "modelId"]) else { continue };
            let subject = self.builder.subjects.index(name);
            for key in ["downloads", "likes"] {
                if let Some(value) = count(value, &[key]) {
                    let measure = self.builder.measures.index(key);
                    self.push(None, subject, measure, value);
                }
            }
        }
    }

    /// Numbers by date, as members of an object: PePy, and what people collect day by day.
    pub(super) fn dated(&mut self, value: &Value) -> bool {
        let Some(answer) = value.as_object() else { return false };
        let is_dated = |value: &Map<String, Value>| {
            !value.is_empty() && value.iter().all(|(key, value)| date(key).is_some() && !value.is_array())
        };
        let own = text(value, &NAMES).unwrap_or(self.findings.stem());
        if is_dated(answer) {
            self.days(own, "value", answer);
        } else {
            let many = answer.values().filter(|value| value.as_object().is_some_and(is_dated)).count();
            for (key, days) in answer.iter().filter_map(|(key, value)| Some((key, value.as_object()?))) {
                if !is_dated(days) {
                    continue;
                }
                match text(value, &["metric"]).filter(|_| many == 1) {
                    Some(metric) => self.days(own, metric, days),
                    None if many == 1 || words::is_measure(key) => self.days(own, key, days),
                    None => self.days(key, "value", days),
                }
            }
            if many == 0 {
                return false;
            }
        }
        self.facts.format = if value.get("total_downloads").is_some() {
            formats::pepy::FORMAT
        } else {
            formats::plain::DATED
        };
        true
    }

    /// The days of one series; where a day has numbers of several versions, they are added up.
    fn days(&mut self, subject: &str, measure: &str, days: &Map<String, Value>) {
        let subject = self.builder.subjects.index(subject);
        let measure = self.builder.measures.index(measure);
        if days.values().any(Value::is_object) {
            self.findings.note("Added up the numbers of each day.");
        }
        for (day, value) in days {
            let value = match value.as_object() {
                Some(parts) => {
                    let numbers: Vec<Reading> = parts.keys().map(|part| self.number(value, part)).collect();
                    let number = |reading: &Reading| match reading {
                        Reading::Number(number) => *number,
                        _ => 0.0,
                    };
                    Reading::Number(numbers.iter().map(number).sum())
                }
                None => reading(value).unwrap_or_else(|| {
                    self.tell_odd(
                        value,
                        "a number",
                        Some(value),
                        &[day],
                        "correct it, or write `null` for a gap",
                    );
                    Reading::Missing
                }),
            };
            self.push(date(day), subject, measure, value);
        }
    }
}
