//! Lines that pass each other, and when, as exactly as it can be said.
//!
//! The thresholds are those of the figure's reader, not of a statistician: what cannot be seen is not told.

use crate::frame::Value;
use crate::time::moment::{DAY, Moment, Step};
use crate::time::period::{Period, Precision};

/// Part of the figure's range below which a lead counts as none.
const LEAD: f64 = 0.03;
/// For how many dates a lead must last.
const LASTING: usize = 3;
/// How many times as long as the time that is told the data must be.
const LONGER: i64 = 2;

/// One line passing another for good.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Crossing {
    /// When it is ahead first.
    pub(super) at: Moment,
    /// Index of the line that passes.
    pub(super) who: usize,
    /// Index of the line that is passed.
    pub(super) whom: usize,
    /// When, in words: a time in which they cross only once.
    pub(super) when: String,
}

/// How the dates of a figure are told.
#[derive(Debug, Clone, Copy)]
pub(super) struct Dating {
    /// The usual distance of dates.
    pub(super) step: Step,
    /// How exactly they are known.
    pub(super) precision: Precision,
}

/// Every crossing that lasts for three dates and is wide enough to be seen on both sides, in order of time.
pub(super) fn crossings(lines: &[&[(Moment, Value)]], range: f64, dating: Dating) -> Vec<Crossing> {
    let ends = lines.iter().flat_map(|line| [line.first(), line.last()]).flatten().map(|(at, _)| *at);
    let span = ends.clone().max().zip(ends.min()).map_or(0, |(last, first)| last.seconds() - first.seconds());
    let mut found = Vec::new();
    for (a, one) in lines.iter().enumerate() {
        for (b, other) in lines.iter().enumerate().skip(a + 1) {
            let leads = leads(one, other);
            let runs: Vec<&[(Moment, f64)]> = leads.chunk_by(|a, b| (a.1 > 0.0) == (b.1 > 0.0)).collect();
            let starts: Vec<Moment> = runs.iter().skip(1).filter_map(|run| Some(run.first()?.0)).collect();
            for (at, first_ahead) in lasting(&runs, range) {
                let (who, whom) = if first_ahead { (a, b) } else { (b, a) };
                let when = dating.told(at, span, &starts);
                found.extend(when.map(|when| Crossing { at, who, whom, when }));
            }
        }
    }
    found.sort_unstable();
    found
}

/// By how much one line is ahead of another where that is known, without ties.
fn leads(one: &[(Moment, Value)], other: &[(Moment, Value)]) -> Vec<(Moment, f64)> {
    // Lines mostly have the same dates.
    let same = |place: usize, at: Moment| other.get(place).is_some_and(|(other, _)| *other == at);
    let lead = |(place, (at, value)): (usize, &(Moment, Value))| {
        let found =
            if same(place, *at) { place } else { other.binary_search_by_key(at, |(at, _)| *at).ok()? };
        Some((*at, lead(*value, other.get(found)?.1)?))
    };
    one.iter().enumerate().filter_map(lead).filter(|(_, lead)| *lead != 0.0).collect()
}

/// A value less another; of one that is below a bound only the sign may be known.
fn lead(one: Value, other: Value) -> Option<f64> {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => Some(one - other),
        (Value::Number(value), Value::Below(bound)) if value >= bound || value <= 0.0 => {
            Some(value - bound / 2.0)
        }
        (Value::Below(_), Value::Number(_)) => lead(other, one).map(|lead| -lead),
        _ => None,
    }
}

/// When the lead changes for good, and whether the first line is ahead then.
fn lasting(runs: &[&[(Moment, f64)]], range: f64) -> Vec<(Moment, bool)> {
    let wide = |run: &&&[(Moment, f64)]| run.iter().any(|(_, lead)| libm::fabs(*lead) > LEAD * range);
    let lasting: Vec<&&[(Moment, f64)]> =
        runs.iter().filter(|run| run.len() >= LASTING).filter(wide).collect();
    let changes = lasting.windows(2).filter_map(|pair| match pair {
        [before, after] => Some((before.first()?.1 > 0.0, after.first()?)),
        _ => None,
    });
    changes
        .filter(|(was_ahead, after)| *was_ahead != (after.1 > 0.0))
        .map(|(was_ahead, after)| (after.0, !was_ahead))
        .collect()
}

impl Dating {
    /// When something happened, no more exactly than needed: `in June 2020`, `in early 2022` from noisy days
    /// and weeks; `None` where it happened several times in the shortest time that can be told.
    fn told(self, at: Moment, span: i64, all: &[Moment]) -> Option<String> {
        let once = |from: Moment, until: Moment| {
            all.partition_point(|other| *other < until) - all.partition_point(|other| *other < from) == 1
        };
        let noisy =
            matches!(self.step, Step::Seconds(_) | Step::Minutes(_) | Step::Hour | Step::Day | Step::Week);
        let third = third_of_year(at);
        if noisy
            && self.precision != Precision::Age
            && let Some((from, until, words)) = third
            && (until.seconds() - from.seconds()) * LONGER <= span
            && once(from, until)
        {
            return Some(words);
        }
        let precisions = match self.precision {
            Precision::Age => vec![Precision::Age],
            exact => vec![exact.min(Precision::Month), exact.min(Precision::Day), exact],
        };
        let periods = precisions.into_iter().map(|precision| Period::around(at, precision));
        let fits = |period: &Period| {
            !noisy
                || period.precision() >= self.precision
                || (period.end().seconds() - period.first().seconds()).max(DAY) * LONGER <= span
        };
        periods.filter(fits).find(|period| once(period.first(), period.end())).map(Period::as_time)
    }
}

/// `in early 2022`, with its first moment and the first after it.
fn third_of_year(at: Moment) -> Option<(Moment, Moment, String)> {
    let date = at.date();
    let (part, first, after) = match date.month() {
        1..=4 => ("early ", 1, Moment::ymd(date.year(), 5, 1)),
        5..=8 => ("mid-", 5, Moment::ymd(date.year(), 9, 1)),
        _ => ("late ", 9, date.year().checked_add(1).and_then(|year| Moment::ymd(year, 1, 1))),
    };
    Some((Moment::ymd(date.year(), first, 1)?, after?, format!("in {part}{}", date.year())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[f64]) -> Vec<(Moment, Value)> {
        let at = |year| Moment::ymd(year, 1, 1).unwrap();
        (2000..).zip(values).map(|(year, value)| (at(year), Value::Number(*value))).collect()
    }

    const YEARS: Dating = Dating { step: Step::Year, precision: Precision::Year };

    #[test]
    fn a_crossing_lasts_and_can_be_seen() {
        let flat = line(&[10.0; 8]);
        for (values, crossed) in [
            (&[1.0, 2.0, 5.0, 8.0, 12.0, 15.0, 18.0, 20.0][..], Some("in 2004")),
            (&[1.0, 2.0, 5.0, 12.0, 8.0, 15.0, 8.0, 20.0], None),
            (&[9.9, 9.9, 9.9, 9.9, 10.1, 10.1, 10.1, 10.1], None),
            (&[1.0, 2.0, 5.0, 8.0, 9.0, 8.0, 12.0, 20.0], None),
        ] {
            let found = crossings(&[&line(values), &flat], 20.0, YEARS);
            let when: Vec<&str> = found.iter().map(|crossing| crossing.when.as_str()).collect();
            assert_eq!(when, crossed.into_iter().collect::<Vec<_>>(), "{values:?}");
            assert!(found.iter().all(|crossing| (crossing.who, crossing.whom) == (0, 1)));
        }
    }

    #[test]
    fn what_is_only_known_to_be_lower_is_passed_by_what_is_higher() {
        let below = Value::Below(1.0);
        assert_eq!(lead(Value::Number(1.0), below), Some(0.5));
        assert_eq!(lead(below, Value::Number(0.0)), Some(0.5));
        assert_eq!(lead(below, Value::Number(0.3)), None);
        assert_eq!(lead(below, below), None);
    }

    #[test]
    fn a_crossing_has_a_time_in_which_it_is_the_only_one() {
        let day = |month, day| Moment::ymd(2022, month, day).unwrap();
        let days = Dating { step: Step::Day, precision: Precision::Day };
        let year = 366 * DAY;
        let told = |at, span, all: &[Moment]| days.told(at, span, all);
        assert_eq!(told(day(3, 1), year, &[day(3, 1)]).as_deref(), Some("in early 2022"));
        assert_eq!(told(day(3, 1), year, &[day(2, 1), day(3, 1)]).as_deref(), Some("in March 2022"));
        assert_eq!(told(day(3, 1), 90 * DAY, &[day(3, 1)]).as_deref(), Some("in March 2022"));
        assert_eq!(told(day(3, 1), 9 * DAY, &[day(3, 1)]).as_deref(), Some("on 1 March 2022"));
        assert_eq!(told(day(3, 1), year, &[day(3, 1), day(3, 2)]).as_deref(), Some("on 1 March 2022"));
        assert_eq!(told(day(3, 1), year, &[day(3, 1), day(3, 1)]), None);
    }
}
