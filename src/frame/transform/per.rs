//! What each period added to a counter: the difference of the counts at its ends.
//!
//! A count is one of the end of its date. Between two dates that are no further apart than the period and half of it,
//! a count at a period's end is interpolated, so that a date that was missed never gives its neighbour twice as much;
//! where they are, nothing is known of what was added. It must not know which rows are drawn.

use super::transformation::{Asked, Transformation};
use crate::data::{Basis, Line};
use crate::diag::{self, Place, Report};
use crate::figure::Unit;
use crate::frame::fact::Fact;
use crate::frame::pick::{Observed, Picked};
use crate::frame::resample::step_of;
use crate::frame::roster::Who;
use crate::frame::row::Value;
use crate::frame::wording::number;
use crate::spec::{Given, Takes};
use crate::time::moment::{Moment, Step};
use crate::time::period::{Period, Precision};

pub(super) struct Per;

/// Of an unlabelled number that falls at more of its steps nobody believes that it counts.
const FALLS: f64 = 0.1;

/// A counter that falls to less than this part of itself began again.
const RESTART: f64 = 0.5;

impl Transformation for Per {
    fn key(&self) -> &'static str {
        "per"
    }

    fn tells_changes(&self) -> bool {
        true
    }

    fn takes(&self) -> Takes {
        Takes::Each
    }

    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("each", "what each period added is a value of it already", "leave `each` and its `combine` out")]
    }

    fn prepare(&self, asked: &Asked<'_>, picked: &mut Picked, report: &mut Report) -> Option<()> {
        let Given::Each(period) = asked.given else { return Some(()) };
        check(asked, period, picked, report)?;
        let mut counters = counters(picked);
        if picked.basis == Basis::Unknown {
            refuse_no_counter(asked, &counters, picked, report)?;
        }
        let last = counters.iter().filter_map(|counter| Some(counter.counts.last()?.end)).max()?;
        let mut added: Vec<Observed> = Vec::new();
        let mut is_interpolated = false;
        for counter in &mut counters {
            let found = counter.added(period, last);
            is_interpolated |= found.iter().any(|(_, is_exact)| !is_exact);
            added.extend(found.into_iter().map(|(row, _)| row));
        }
        let word = step_of(period).name();
        if added.iter().all(|row| row.value == Value::Missing) {
            let message = format!("cannot tell what each {word} added to {}", picked.measure);
            let fault = asked.error("nothing-to-draw", format!("{message}: its dates are too far apart"));
            report.push(fault.hint("use a longer period in `per`"));
            return None;
        }
        tell_falls(asked, picked, &counters, report);
        if is_interpolated {
            let said =
                format!("Counts at the ends of {word}s are interpolated between the dates of the data");
            picked.facts.push(Fact::Said(said));
        }
        let adverb = if period == Precision::Day { "daily".into() } else { format!("{word}ly") };
        let known = [format!("each {word}"), format!("per {word}"), format!("a {word}"), adverb];
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        picked.facts.push(Fact::stated(format!("added each {word}"), &known));
        (picked.rows, picked.basis) = (added, Basis::Count);
        (picked.step, picked.precision) = (step_of(period), period);
        Some(())
    }
}

fn check(asked: &Asked<'_>, period: Precision, picked: &Picked, report: &mut Report) -> Option<()> {
    let word = step_of(period).name();
    let what = format!("tell what each {word} added to {}", picked.measure);
    if let Err(refusal) = picked.basis.may_be_taken_apart() {
        report.push(asked.refusal(&what, refusal));
        return None;
    }
    if picked.rows.iter().any(|row| row.at.is_none()) || picked.precision == Precision::Age {
        let fault = asked.error("missing-dates", format!("cannot {what}: its values have no dates"));
        report.push(fault.hint("leave `per` out"));
        return None;
    }
    if step_of(period) < picked.step && picked.step != Step::Irregular {
        let message = format!("cannot {what}: there is a value each {}", picked.step.name());
        report.push(asked.error("each-too-short", message).hint("use a longer period in `per`"));
        return None;
    }
    Some(())
}

/// A count of everything up to a moment.
struct Count {
    at: Moment,
    end: Moment,
    value: f64,
    kind: u32,
    line: Line,
}

/// The counts of one series, in order of time.
struct Counter {
    who: Who,
    group: Option<usize>,
    counts: Vec<Count>,
}

fn counters(picked: &Picked) -> Vec<Counter> {
    let end = |at: Moment| match picked.precision {
        Precision::Minute | Precision::Second | Precision::Age => at,
        precision => Period::around(at, precision).end(),
    };
    let count = |row: &&Observed| match (row.at, row.value) {
        (Some(at), Value::Number(value)) => {
            Some(Count { at, end: end(at), value, kind: row.kind, line: row.line })
        }
        _ => None,
    };
    let mut rows: Vec<&Observed> = picked.rows.iter().collect();
    rows.sort_by_key(|row| (row.group, row.who, row.at));
    let series = rows.chunk_by(|a, b| (a.group, a.who) == (b.group, b.who));
    let counter = |own: &[&Observed]| {
        let first = own.first()?;
        let mut counts: Vec<Count> = own.iter().filter_map(count).collect();
        // Of several counts of one time the last stands.
        counts.reverse();
        counts.dedup_by_key(|count| count.end);
        counts.reverse();
        Some(Counter { who: first.who, group: first.group, counts })
    };
    series.filter_map(counter).collect()
}

impl Counter {
    fn pairs(&self) -> impl Iterator<Item = (&Count, &Count)> {
        self.counts.iter().zip(self.counts.iter().skip(1))
    }

    /// What each period added, as far as it is known, and whether no count was interpolated for it. Of the period
    /// of the `last` count of all, what it added so far.
    fn added(&self, period: Precision, last: Moment) -> Vec<(Observed, bool)> {
        let mut found = Vec::new();
        let Some(end) = self.counts.last().map(|count| count.end) else { return found };
        let mut next = self.counts.first().map(|count| Period::around(count.end, period));
        while let Some(own) = next.filter(|own| own.first() < end) {
            let until = if end == last { own.end().min(end) } else { own.end() };
            let added = self.between(own, until);
            let following = Period::around(own.end(), period);
            next = match added {
                // Where counts are far apart, nothing is known before the period ahead of the next one.
                None => self.ahead(own, period).filter(|ahead| *ahead > following).or(Some(following)),
                Some(_) => Some(following),
            };
            next = next.filter(|next| *next > own);
            found.extend(added);
        }
        found
    }

    /// The period two before that of the first count after a period.
    fn ahead(&self, own: Period, period: Precision) -> Option<Period> {
        let count = self.counts.get(self.counts.partition_point(|count| count.end <= own.end()))?;
        let length = own.end().seconds() - own.first().seconds();
        Some(Period::around(Moment::from_seconds(count.end.seconds() - length * 2), period))
    }

    fn between(&self, own: Period, until: Moment) -> Option<(Observed, bool)> {
        let (from, to) = (own.first(), until);
        let reach = (own.end().seconds() - own.first().seconds()) * 3 / 2;
        let (before, is_exact) = self.at(from, reach)?;
        let (after, is_exact_too) = self.at(to, reach)?;
        let first = self.counts.partition_point(|count| count.end <= from).saturating_sub(1);
        let last = self.counts.partition_point(|count| count.end < to);
        let within = self.counts.get(first..=last)?;
        if within.iter().zip(within.iter().skip(1)).any(|(a, b)| breaks(a, b)) {
            return None;
        }
        let last = within.last()?;
        let row = Observed {
            who: self.who,
            group: self.group,
            at: Some(from),
            kind: last.kind,
            value: Value::Number(after - before),
            parts: None,
            line: last.line,
        };
        Some((row, is_exact && is_exact_too))
    }

    /// The count at a moment, and whether it was counted then.
    fn at(&self, moment: Moment, reach: i64) -> Option<(f64, bool)> {
        let place = self.counts.partition_point(|count| count.end < moment);
        let after = self.counts.get(place)?;
        if after.end == moment {
            return Some((after.value, true));
        }
        let before = self.counts.get(place.checked_sub(1)?)?;
        let (length, passed) =
            (after.end.seconds() - before.end.seconds(), moment.seconds() - before.end.seconds());
        let part = passed as f64 / length as f64;
        let is_near = length <= reach && !breaks(before, after);
        is_near.then_some((before.value + (after.value - before.value) * part, false))
    }
}

/// Whether one count does not go on where another ended.
fn breaks(before: &Count, after: &Count) -> bool {
    before.kind != after.kind || restarts(before, after)
}

fn restarts(before: &Count, after: &Count) -> bool {
    after.value < before.value * RESTART
}

fn refuse_no_counter(
    asked: &Asked<'_>,
    counters: &[Counter],
    picked: &Picked,
    report: &mut Report,
) -> Option<()> {
    let pairs = || counters.iter().flat_map(Counter::pairs).filter(|(a, b)| a.value != b.value);
    let (falls, steps) = (pairs().filter(|(a, b)| b.value < a.value).count(), pairs().count());
    if falls as f64 <= steps as f64 * FALLS {
        return Some(());
    }
    let message = format!(
        "cannot tell what was added to {}: it falls at {falls} of {steps} steps, and is no count of everything so far",
        picked.measure
    );
    let hint = "leave `per` out, or say `basis = \"cumulative\"` in the dataset if it is one";
    report.push(asked.error("unsuitable-basis", message).hint(hint));
    None
}

/// Where counters fall or begin again.
fn tell_falls(asked: &Asked<'_>, picked: &mut Picked, counters: &[Counter], report: &mut Report) {
    let mut falls = false;
    for counter in counters.iter().filter(|counter| asked.is_asked(counter.who)) {
        let own: Vec<(&Count, &Count)> = counter.pairs().filter(|(a, b)| b.value < a.value).collect();
        let Some((before, after)) = own.first() else { continue };
        let more = match own.len() - 1 {
            0 => String::new(),
            1 => ", and once more".into(),
            more => format!(", and {more} more times"),
        };
        let label = asked.label(counter.who);
        let count = |count: &Count| number(count.value, Unit::Count);
        let when = Period::around(after.at, picked.precision);
        let message =
            format!("the count of {label} falls from {} to {} at {when}{more}", count(before), count(after));
        let file = usize::try_from(after.line.file).ok().and_then(|file| picked.files.get(file));
        let place = Place { line: Some(after.line.number), ..Place::file(file.unwrap_or(&picked.file)) };
        let hint = "look whether it is one counter; what a fall takes off is told, and what is added \
                    where a counter begins again is not known";
        report.push(diag::warning("falling-counter", message).at(place).hint(hint));
        falls |= own.iter().any(|(before, after)| !restarts(before, after));
        for (_, after) in own.iter().filter(|(before, after)| restarts(before, after)) {
            let when = Period::around(after.at, picked.precision).in_words();
            let said =
                format!("The count of {label} began again before {when}: what was added then is not known");
            picked.facts.push(Fact::Said(said));
        }
    }
    if falls {
        picked.facts.push(Fact::Said("Where a count fell, the fall is taken off what was added".into()));
    }
}
