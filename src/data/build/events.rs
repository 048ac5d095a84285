//! Events to counts: a list of moments (a star given, an article published) becomes how many there were in
//! each period, or how many there had been by its end.

use std::collections::BTreeMap;

use crate::time::moment::{DAY, Moment, Step};

use crate::data::build::builder::Builder;
use crate::data::cells::calendar;
use crate::data::model::findings::Findings;
use crate::data::model::observation::{Observation, Value};

/// A moment something happened to a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Event {
    pub(crate) time: Moment,
    /// Index of the subject in the builder.
    pub(crate) subject: usize,
    pub(crate) line: u32,
}

/// What the counts say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Counted {
    /// Events within each period.
    Each,
    /// Events up to the end of each period.
    Total,
}

/// Empty periods between events are zeros, but no more of them in all than this for each event: a list with
/// one date far off would otherwise fill the memory.
const FILL: usize = 400;

/// Counts events in the periods that suit their span.
pub(crate) fn count(
    events: &[Event],
    counted: Counted,
    measure: usize,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) {
    let times = || events.iter().map(|event| event.time);
    let Some((first, last)) = times().min().zip(times().max()) else { return };
    let step = period((last.seconds() - first.seconds()) / DAY);
    let total = if counted == Counted::Total { "running total of " } else { "" };
    findings.note(format!("Counted the {total}events of each {}: {} in all.", step.name(), events.len()));
    let mut counts: BTreeMap<(usize, Moment), (u32, usize)> = BTreeMap::new();
    for event in events {
        let entry = counts.entry((event.subject, start(event.time, step))).or_insert((event.line, 0));
        entry.1 += 1;
    }
    let mut fill = events.len().saturating_mul(FILL);
    let mut before: Option<(usize, Moment, usize)> = None;
    for ((subject, time), (line, count)) in counts {
        let mut sum = 0;
        if let Some((_, mut past, known)) = before.filter(|(known, ..)| *known == subject) {
            sum = known;
            while let Some(next) = next(past, step).filter(|&next| next < time && fill > 0) {
                let value = if counted == Counted::Total { sum } else { 0 };
                push(builder, next, subject, measure, value, line);
                (past, fill) = (next, fill - 1);
            }
        }
        sum += count;
        push(builder, time, subject, measure, if counted == Counted::Total { sum } else { count }, line);
        before = Some((subject, time, sum));
    }
}

fn push(builder: &mut Builder, time: Moment, subject: usize, measure: usize, count: usize, line: u32) {
    #[expect(clippy::cast_precision_loss, reason = "not above 2^53, as a file has no more bytes")]
    let value = Value::Number(count as f64);
    builder.observations.push(Observation {
        time: Some(time),
        subject,
        measure,
        group: None,
        kind: 0,
        value,
        line: line.into(),
    });
}

/// A period of which a span has neither too few nor too many.
fn period(days: i64) -> Step {
    match days {
        ..=92 => Step::Day,
        93..=1100 => Step::Week,
        _ => Step::Month,
    }
}

/// The start of the period a moment lies in; weeks start on Monday.
fn start(time: Moment, step: Step) -> Moment {
    let day = time.days();
    match step {
        // 1970-01-01 was a Thursday.
        Step::Week => Moment::from_seconds((day - (day + 3).rem_euclid(7)) * DAY),
        Step::Month => {
            let date = time.date();
            Moment::ymd(date.year(), date.month(), 1).unwrap_or(time)
        }
        _ => Moment::from_seconds(day * DAY),
    }
}

fn next(time: Moment, step: Step) -> Option<Moment> {
    match step {
        Step::Week => Some(Moment::from_seconds(time.seconds() + 7 * DAY)),
        Step::Month => {
            let index = u32::try_from(time.month_index() + 1).ok()?;
            calendar::day(index / 12, index % 12 + 1, 1)
        }
        _ => Some(Moment::from_seconds(time.seconds() + DAY)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(days: &[i64], counted: Counted) -> Vec<(String, f64)> {
        let mut builder = Builder::default();
        let event = |day: &i64| Event { time: Moment::from_seconds(day * DAY + 5), subject: 0, line: 1 };
        let events: Vec<Event> = days.iter().map(event).collect();
        count(&events, counted, 0, &mut builder, &mut Findings::new("f"));
        let value = |o: &Observation| match o.value {
            Value::Number(number) => number,
            _ => f64::NAN,
        };
        builder.observations.iter().map(|o| (o.time.unwrap().to_string(), value(o))).collect()
    }

    #[test]
    fn periods_without_events_count_zero() {
        let expected =
            [("1970-01-02".to_string(), 2.0), ("1970-01-03".into(), 0.0), ("1970-01-04".into(), 1.0)];
        assert_eq!(counted(&[1, 3, 1], Counted::Each), expected);
        let totals: Vec<f64> = counted(&[1, 3, 1], Counted::Total).into_iter().map(|(_, n)| n).collect();
        assert_eq!(totals, [2.0, 2.0, 3.0]);
    }

    #[test]
    fn the_period_suits_the_span() {
        assert_eq!(counted(&[0, 100], Counted::Each).first().unwrap().0, "1969-12-29");
        assert_eq!(counted(&[0, 5000], Counted::Each).len(), 165);
        assert_eq!(counted(&[0, 2_900_000], Counted::Each).len(), 802);
    }
}
