//! Series side by side by age: each begins at its first value above zero.
//!
//! Months and longer periods are counted on the calendar, everything else in days. It must not know which rows are
//! drawn.

use std::collections::BTreeMap;

use super::transformation::{Asked, Transformation};
use crate::diag::Report;
use crate::figure::Unit;
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::Who;
use crate::frame::row::{Row, Value};
use crate::frame::wording::{list, number};
use crate::spec::Takes;
use crate::time::moment::{Moment, Step};
use crate::time::period::{Period, Precision};

pub(super) struct SinceStart;

/// Who begins with more than this part of their greatest value may have begun before the data.
const FROM_START: f64 = 0.05;

/// So many of them are named.
const NAMED: usize = 3;

impl Transformation for SinceStart {
    fn key(&self) -> &'static str {
        "since-start"
    }

    fn takes(&self) -> Takes {
        Takes::Switch
    }

    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        const LEAVE: &str = "leave one of them out";
        const WHY: &str = "an axis of ages has no dates";
        &[
            ("from", WHY, LEAVE),
            ("to", WHY, LEAVE),
            ("events", WHY, LEAVE),
            ("shaded", WHY, LEAVE),
            ("annotations", WHY, LEAVE),
        ]
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        if frame.written == Precision::Age || frame.rows.iter().any(|row| row.at.is_none()) {
            let why = if frame.written == Precision::Age {
                "dates are ages already"
            } else {
                "values have no dates"
            };
            let message = format!("cannot begin each of {} at its start: its {why}", frame.measure);
            report.push(asked.error("missing-dates", message).hint("leave `since-start` out"));
            return None;
        }
        let starts = starts(&frame.rows, &frame.raw);
        let members = asked.members(frame);
        let known = || members.iter().filter_map(|who| starts.get(who)).copied();
        let first =
            frame.rows.iter().chain(&frame.raw).filter(|row| row.is_known()).filter_map(|row| row.at).min();
        if members.len() > 1 && known().all(|start| Some(start) == first) {
            let message = format!(
                "cannot begin each of {} at its start: all begin with the data, at {}",
                frame.measure,
                first.map(|at| frame.date(at).to_string()).unwrap_or_default()
            );
            report.push(asked.error("nothing-to-align", message).hint("leave `since-start` out"));
            return None;
        }
        let begun: Vec<(Who, f64)> =
            members.iter().filter_map(|who| Some((*who, begun(frame, *who, &starts)?))).collect();
        let step = frame.step;
        let mut aged = |row: &Row| {
            let at = age(starts.get(&row.who).copied()?, row.at?, step)?;
            Some(Row { at: Some(at), period: Some(Period::around(at, Precision::Age)), ..*row })
        };
        frame.rows = frame.rows.iter().filter_map(&mut aged).collect();
        frame.raw = frame.raw.iter().filter_map(&mut aged).collect();
        frame.singles = frame.singles.iter().filter_map(&mut aged).collect();
        // Which period was not whole, an age does not tell.
        frame.hollow.clear();
        frame.changes.clear();
        frame.even.clear();
        (frame.written, frame.precision) = (Precision::Age, Precision::Age);
        frame.facts.push(Fact::stated("since the first value of each", &["since", "by age"]));
        if !begun.is_empty() {
            let had = |(who, value): &(Who, f64)| {
                format!("{} had {}", asked.label(*who), number(*value, Unit::Number))
            };
            let when = match begun.len() {
                1..=NAMED => list(&begun.iter().map(had).collect::<Vec<_>>()),
                count => {
                    let part = number(FROM_START * 100.0, Unit::Percent);
                    format!("{count} subjects had more than {part} of their greatest values")
                }
            };
            let said = format!("Ages count from the first values in the data, when {when}");
            frame.facts.push(Fact::Said(said));
        }
        Some(())
    }
}

/// When each has its first value above zero, in any group.
fn starts(rows: &[Row], raw: &[Row]) -> BTreeMap<Who, Moment> {
    let mut starts: BTreeMap<Who, Moment> = BTreeMap::new();
    let begun = |row: &&Row| match row.value {
        Value::Number(value) => value > 0.0,
        Value::Below(_) => true,
        Value::Missing | Value::Word(_) => false,
    };
    for row in rows.iter().chain(raw).filter(begun) {
        let Some(at) = row.at else { continue };
        let start = starts.entry(row.who).or_insert(at);
        *start = at.min(*start);
    }
    starts
}

/// What a series begins with, where that is more than a small part of what it comes to.
fn begun(frame: &PanelFrame, who: Who, starts: &BTreeMap<Who, Moment>) -> Option<f64> {
    let own = || frame.of(None, who).iter();
    let value = |row: &Row| if let Value::Number(value) = row.value { Some(value) } else { None };
    let most = own().filter_map(value).fold(0.0, f64::max);
    let first = own().find(|row| row.at == starts.get(&who).copied()).and_then(value);
    first.filter(|first| *first > most * FROM_START)
}

/// The moment that is as far from 1970-01-01 as one is from another; `None` for one before it.
fn age(start: Moment, at: Moment, step: Step) -> Option<Moment> {
    if at < start {
        return None;
    }
    if matches!(step, Step::Month | Step::Quarter | Step::Half | Step::Year) {
        let months = at.month_index() - start.month_index();
        let year = i16::try_from(1970 + months.div_euclid(12)).ok()?;
        return Moment::ymd(year, i8::try_from(months.rem_euclid(12) + 1).ok()?, 1);
    }
    Some(Moment::from_seconds(at.seconds() - start.seconds()))
}
