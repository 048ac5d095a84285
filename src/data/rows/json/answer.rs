//! An answer in JSON: its values, what is made of it, and what is told where a value is not what it should be.
//! Which source answers so, its own file knows.

use serde_json::Value as Json;

use crate::diag::{self, Place, quoted};
use crate::time::moment::Moment;

use crate::data::build::builder::Builder;
use crate::data::cells::dates::{self, Style};
use crate::data::cells::{cell, numbers};
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::model::observation::{Observation, Value};
use crate::data::rows::json::spot::Spots;

/// What to do with a number that is none.
const GAP: &str = "correct it, or write `null` for a gap";

/// An answer, and the dataset that is made of it.
pub(crate) struct Answer<'a, 'f, 'n> {
    pub(crate) facts: &'a mut Facts,
    pub(crate) findings: &'f mut Findings<'n>,
    pub(crate) spots: Spots<'a>,
    pub(crate) builder: Builder,
}

impl Answer<'_, '_, '_> {
    /// The moment under one of these keys; what is none is a fault.
    pub(crate) fn time(&mut self, value: &Json, keys: &[&str]) -> Option<Moment> {
        let found = keys.iter().find_map(|key| value.get(key));
        let time = found.and_then(Json::as_str).and_then(|text| dates::parse(text, Style::default()));
        if time.is_none() {
            self.tell_odd(value, "a date", found, keys, "write dates as 2020-01-31");
        }
        time
    }

    /// The number under a key; `null` is a gap, and what is no number a fault.
    pub(crate) fn number(&mut self, value: &Json, key: &str) -> Value {
        match value.get(key) {
            Some(found) => self.number_of(value, found, key),
            None => {
                self.tell_odd(value, "a number", None, &[key], GAP);
                Value::Missing
            }
        }
    }

    /// The number that stands under a key of a record, as [`number`](Self::number) has it.
    pub(crate) fn number_of(&mut self, record: &Json, found: &Json, key: &str) -> Value {
        reading(found).unwrap_or_else(|| {
            self.tell_odd(record, "a number", Some(found), &[key], GAP);
            Value::Missing
        })
    }

    /// The number under a key, where the value has it.
    pub(crate) fn counted(&mut self, value: &Json, key: &str) -> Option<Value> {
        value.get(key).map(|found| self.number_of(value, found, key))
    }

    /// Tells of what stands under the first of these keys of a record.
    pub(crate) fn tell_odd(
        &mut self,
        record: &Json,
        expected: &str,
        found: Option<&Json>,
        keys: &[&str],
        hint: &str,
    ) {
        let found = match found {
            None | Some(Json::Null) => "nothing".into(),
            Some(Json::String(text)) => quoted(text),
            Some(Json::Array(_)) => "a list".into(),
            Some(Json::Object(_)) => "an object".into(),
            Some(other) => quoted(&other.to_string()),
        };
        let place = Place::file(self.findings.file).in_field(keys.first().copied().unwrap_or(""));
        let spots = &self.spots;
        self.findings.fault(|| {
            let error = diag::error("unexpected-value", format!("expected {expected}, found {found}"));
            spots.of(record).told(error.at(place).hint(hint))
        });
    }

    /// The line that a value begins on.
    pub(crate) fn line(&self, value: &Json) -> u32 {
        self.spots.line(value).unwrap_or(1)
    }

    /// Adds what a record says.
    pub(crate) fn push(
        &mut self,
        record: &Json,
        time: Option<Moment>,
        subject: usize,
        measure: usize,
        value: Value,
    ) {
        let (group, kind, line) = (None, 0, self.line(record));
        self.builder.kinds.index("");
        self.builder.observations.push(Observation {
            time,
            subject,
            measure,
            group,
            kind,
            value,
            line: line.into(),
        });
    }
}

/// The first text under one of these keys.
pub(crate) fn text<'v>(value: &'v Json, keys: &[&str]) -> Option<&'v str> {
    keys.iter().find_map(|key| value.get(key)).and_then(Json::as_str)
}

/// The first number under one of these keys.
pub(crate) fn count(value: &Json, keys: &[&str]) -> Option<Value> {
    keys.iter().find_map(|key| value.get(key)).and_then(reading)
}

/// The number that a value is, or that a text has.
pub(crate) fn reading(value: &Json) -> Option<Value> {
    match value {
        Json::Number(number) => number.as_f64().filter(|n| numbers::is_countable(*n)).map(Value::Number),
        Json::String(text) => numbers::parse(cell::trimmed(text), numbers::Decimal::Point),
        Json::Null => Some(Value::Missing),
        _ => None,
    }
}

/// The moment that a text is.
pub(crate) fn date(text: &str) -> Option<Moment> {
    dates::is_date(text).then(|| dates::parse(text, Style::default())).flatten()
}
