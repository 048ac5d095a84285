//! Numbers by date, as members of an object: what interfaces answer and people collect day by day.

use serde_json::{Map, Value as Json};

use crate::data::cells::words;
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, date, text};

/// Keys that say of what an answer is.
const NAMES: [&str; 6] = ["package", "name", "full_name", "project", "repository", "id"];

impl Answer<'_, '_, '_> {
    /// Reads the numbers of an object by date; whether it has any.
    pub(crate) fn dated(&mut self, value: &Json) -> bool {
        let Some(answer) = value.as_object() else { return false };
        let is_dated = |value: &Map<String, Json>| {
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
        true
    }

    /// The days of one series; where a day has numbers of several versions, they are added up.
    fn days(&mut self, subject: &str, measure: &str, days: &Map<String, Json>) {
        let subject = self.builder.subjects.index(subject);
        let measure = self.builder.measures.index(measure);
        if days.values().any(Json::is_object) {
            self.findings.note_once("Added up the numbers of each day.");
        }
        for (day, record) in days {
            let value = match record.as_object() {
                Some(parts) => {
                    let numbers: Vec<Value> = parts.keys().map(|part| self.number(record, part)).collect();
                    let number = |reading: &Value| match reading {
                        Value::Number(number) => *number,
                        _ => 0.0,
                    };
                    Value::Number(numbers.iter().map(number).sum())
                }
                None => self.number_of(record, record, day),
            };
            self.push(record, date(day), subject, measure, value);
        }
    }
}
