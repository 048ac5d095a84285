//! What a figure does to its values, and what it marks in the picture beside them: transformations, events,
//! annotations and shaded times.
//!
//! It must not know the rest of a figure.

use crate::diag;
use crate::figure::{Event, EventKind};
use crate::frame::transform::{self, Transformation};
use crate::manifest::parts;
use crate::manifest::table::{Reader, Table, Value};
use crate::spec::source::Span;
use crate::spec::{Annotation, Given, Shade, SubjectSpec, Takes, Transform};
use crate::time::period::Precision;

const EVENT: [&str; 3] = ["date", "label", "kind"];
const ANNOTATION: [&str; 3] = ["subject", "at", "text"];
const SHADE: [&str; 3] = ["from", "to", "text"];

/// The words for calendar periods.
pub(super) const PERIODS: [(&str, Precision); 5] = [
    ("day", Precision::Day),
    ("week", Precision::Week),
    ("month", Precision::Month),
    ("quarter", Precision::Quarter),
    ("year", Precision::Year),
];
const EVENT_KINDS: [(&str, EventKind); 2] =
    [("happened", EventKind::Happened), ("method-changed", EventKind::MethodChanged)];

/// What is done to the values, in the order in which it is done.
pub(super) fn transforms(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Vec<Transform> {
    let mut found = Vec::new();
    for transformation in transform::ALL {
        let key = transformation.key();
        let given = match transformation.takes() {
            Takes::Steps(range) => {
                let least = *range.start();
                let steps = reader.integer(table, key, range);
                steps.filter(|steps| *steps > least).map(Given::Steps)
            }
            Takes::Switch => reader.switch(table, key).filter(|is_on| *is_on).map(|_| Given::Done),
            Takes::Each => reader.word(table, key, &PERIODS).map(Given::Each),
            Takes::Base => reader.period(table, key).map(Given::Base),
        };
        let Some(given) = given else { continue };
        found.push(Transform { key, given });
        check_beside(reader, table, transformation);
    }
    found
}

/// Keys beside a transformation that make no sense with it.
fn check_beside(reader: &mut Reader<'_>, table: &Table<'_, '_>, transformation: &dyn Transformation) {
    let key = transformation.key();
    for (other, why, instead) in transformation.refuses() {
        let is_off = table.get(other).is_some_and(|value| value.get_ref().as_bool() == Some(false));
        if table.has(other) && !is_off {
            let message = format!("cannot use `{key}` with `{other}`: {why}");
            reader.error_with_hint("unusable-key", table.key_span(key), message, *instead);
        }
    }
}

/// The events in order of time, with where each stands.
pub(super) fn events(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Vec<(Event, Span)> {
    let mut events = Vec::new();
    for item in reader.elements(table, "events").unwrap_or_default() {
        let start = Span::from(item.span());
        let Some(table) = reader.open(item, start, "an event", &EVENT) else { continue };
        reader.require(&table, "date");
        let date = reader.period(&table, "date");
        let label = reader.required(&table, "label");
        let kind = reader.word(&table, "kind", &EVENT_KINDS).unwrap_or(EventKind::Happened);
        if let (Some(date), Some(label)) = (date, label) {
            events.push((Event { at: date.first(), label: label.value, kind }, start));
        }
    }
    events.sort_by_key(|(event, _)| event.at);
    events
}

/// The words at single values; who is named in them is added to who is known.
pub(super) fn annotations(
    reader: &mut Reader<'_>,
    table: &Table<'_, '_>,
    subjects: &mut Vec<SubjectSpec>,
) -> Vec<Annotation> {
    let items = reader.elements(table, "annotations").unwrap_or_default();
    let read = |item: &Value<'_>| {
        let start = Span::from(item.span());
        let table = reader.open(item, start, "an annotation", &ANNOTATION)?;
        let subject = reader.required(&table, "subject");
        reader.require(&table, "at");
        let at = reader.period(&table, "at");
        let text = reader.required(&table, "text");
        let (subject, at, text) = (subject?, at?, text?);
        let subject = parts::whom(subjects, &subject);
        Some(Annotation { subject, at, text: text.value, place: reader.place(start) })
    };
    items.iter().filter_map(read).collect()
}

/// The times with a ground of their own, in order.
pub(super) fn shaded(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Vec<Shade> {
    let mut found = Vec::new();
    for item in reader.elements(table, "shaded").unwrap_or_default() {
        let start = Span::from(item.span());
        let Some(table) = reader.open(item, start, "a shaded time", &SHADE) else { continue };
        reader.require(&table, "from");
        reader.require(&table, "to");
        let (from, to) = (reader.period(&table, "from"), reader.period(&table, "to"));
        let text = reader.string(&table, "text").map(|text| text.value).unwrap_or_default();
        let (Some(from), Some(to)) = (from, to) else { continue };
        if from.first() >= to.end() {
            let message = format!("`to` is before `from`: {to}, {from}");
            reader.error("to-before-from", table.key_span("to"), message);
            continue;
        }
        found.push(Shade { from, to, text, place: reader.place(start) });
    }
    found.sort_by_key(|shade| (shade.from, shade.to));
    for pair in found.windows(2) {
        if let [first, second] = pair
            && second.from.first() < first.to.end()
        {
            let message = format!("shaded times overlap: {} is in both", second.from);
            let fault = diag::error("overlapping-shades", message).at(second.place.clone());
            reader.push(fault.hint("end the first one earlier, or make them one"));
        }
    }
    found
}
