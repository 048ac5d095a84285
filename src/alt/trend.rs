//! What lines do, in words: trends of one, crossings of two.
//!
//! The thresholds are those of the figure's reader, not of a statistician: what
//! cannot be seen is not told.

use crate::figure::{Point, Series};
use crate::moment::{Moment, Step};
use crate::time::period::{Period, Precision};

/// Part of the figure's range below which a line counts as flat, or a lead as none.
const FLAT: f64 = 0.05;
const LEAD: f64 = 0.03;
/// Part of the steps that go one way in a steady line.
const STEADY: f64 = 0.8;
/// What is left of a peak after a fall worth telling.
const FALLEN: f64 = 0.8;
/// Part of a line at either end in which an extreme is no turning point.
const MARGIN: f64 = 0.1;
/// For how many dates a lead must last.
const LASTING: usize = 3;

/// A value with its moment.
pub(super) type Value = (Moment, f64);

/// What a line does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Trend {
    /// It hardly moves.
    Flat,
    /// Most steps go up, of those that go anywhere.
    RisesSteadily,
    /// Most steps go down.
    FallsSteadily,
    /// It turns down at a highest value.
    Peaks(Value),
    /// It turns up at a lowest value.
    Dips(Value),
    /// It ends higher than it starts.
    Rises,
    /// It ends lower than it starts.
    Falls,
    /// It goes up and down.
    Fluctuates(f64, f64),
}

/// The values that are there.
pub(super) fn values(points: &[Point]) -> Vec<Value> {
    points.iter().filter_map(|point| Some((point.at, point.value?))).collect()
}

/// What a line does, in a figure whose values span `range`.
pub(super) fn trend(values: &[Value], range: f64) -> Trend {
    let (Some((_, first)), Some((_, last))) = (values.first(), values.last()) else { return Trend::Flat };
    let by_value = |a: &&Value, b: &&Value| a.1.total_cmp(&b.1);
    let (Some(low), Some(high)) = (values.iter().min_by(by_value), values.iter().max_by(by_value)) else {
        return Trend::Flat;
    };
    let span = high.1 - low.1;
    if span <= FLAT * range {
        return Trend::Flat;
    }
    let steps: Vec<f64> = values.windows(2).map(pair_step).filter(|step| *step != 0.0).collect();
    let share = |way: fn(f64) -> bool| portion(steps.iter().filter(|step| way(**step)).count(), steps.len());
    let inside = |at: Moment| {
        let index = values.iter().position(|(other, _)| *other == at).unwrap_or(0);
        let part = portion(index, values.len().saturating_sub(1));
        part > MARGIN && part < 1.0 - MARGIN
    };
    if share(|step| step > 0.0) >= STEADY && last > first {
        Trend::RisesSteadily
    } else if share(|step| step < 0.0) >= STEADY && last < first {
        Trend::FallsSteadily
    } else if inside(high.0) && *last <= FALLEN * high.1 && *first <= FALLEN * high.1 {
        Trend::Peaks(*high)
    } else if inside(low.0) && low.1 <= FALLEN * last && low.1 <= FALLEN * first {
        Trend::Dips(*low)
    } else if libm::fabs(last - first) < span / 4.0 {
        Trend::Fluctuates(low.1, high.1)
    } else if last > first {
        Trend::Rises
    } else {
        Trend::Falls
    }
}

fn pair_step(pair: &[Value]) -> f64 {
    match pair {
        [(_, a), (_, b)] => b - a,
        _ => 0.0,
    }
}

fn portion(part: usize, whole: usize) -> f64 {
    let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
    if whole == 0 { 0.0 } else { number(part) / number(whole) }
}

/// One line passing another for good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Crossing {
    /// When it is ahead first.
    pub(super) at: Moment,
    /// Index of the series that passes.
    pub(super) who: usize,
    /// Index of the series that is passed.
    pub(super) whom: usize,
}

/// Every crossing that lasts for three dates and is wide enough to be seen on both sides, in order of time.
pub(super) fn crossings(series: &[Series], range: f64) -> Vec<Crossing> {
    let mut found = Vec::new();
    let lines: Vec<Vec<Value>> = series.iter().map(|series| values(&series.points)).collect();
    for (a, one) in lines.iter().enumerate() {
        for (b, other) in lines.iter().enumerate().skip(a + 1) {
            for (at, first_ahead) in crossings_of(one, other, range) {
                let (who, whom) = if first_ahead { (a, b) } else { (b, a) };
                found.push(Crossing { at, who, whom });
            }
        }
    }
    found.sort_unstable();
    found
}

fn crossings_of(one: &[Value], other: &[Value], range: f64) -> Vec<(Moment, bool)> {
    // Lines mostly have the same dates.
    let same = |place: usize, at: Moment| other.get(place).is_some_and(|(other, _)| *other == at);
    let lead = |(place, (at, value)): (usize, &Value)| {
        let found =
            if same(place, *at) { place } else { other.binary_search_by_key(at, |(at, _)| *at).ok()? };
        Some((*at, value - other.get(found)?.1))
    };
    let leads: Vec<Value> =
        one.iter().enumerate().filter_map(lead).filter(|(_, lead)| *lead != 0.0).collect();
    let runs: Vec<&[Value]> = leads.chunk_by(|a, b| (a.1 > 0.0) == (b.1 > 0.0)).collect();
    let wide = |run: &&&[Value]| run.iter().any(|(_, lead)| libm::fabs(*lead) > LEAD * range);
    let lasting: Vec<&&[Value]> = runs.iter().filter(|run| run.len() >= LASTING).filter(wide).collect();
    lasting
        .windows(2)
        .filter_map(|pair| match pair {
            [before, after] => Some((before.first()?.1 > 0.0, after.first()?)),
            _ => None,
        })
        .filter(|(was_ahead, after)| *was_ahead != (after.1 > 0.0))
        .map(|(was_ahead, after)| (after.0, !was_ahead))
        .collect()
}

/// When something happened, no more exactly than the data tell: `in June 2020`, or `in early 2022` from noisy
/// days and weeks.
pub(super) fn roughly(at: Moment, step: Step, precision: Precision) -> String {
    if precision == Precision::Age {
        return Period::around(at, precision).as_time();
    }
    let period = Period::around(at, precision.min(Precision::Month));
    if !matches!(step, Step::Minutes(_) | Step::Hour | Step::Day | Step::Week) {
        return period.as_time();
    }
    let date = at.date();
    let part = match date.month() {
        1..=4 => "early",
        5..=8 => "mid",
        _ => "late",
    };
    format!("in {part} {}", date.year())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[f64]) -> Vec<Value> {
        (2000..).zip(values).map(|(year, value)| (Moment::ymd(year, 1, 1).unwrap(), *value)).collect()
    }

    fn series(values: &[f64]) -> Series {
        let points = line(values).into_iter().map(|(at, value)| Point { at, value: Some(value) }).collect();
        Series {
            subject: 0,
            points,
            raw: Vec::new(),
            dots: Vec::new(),
            partial: false,
            partial_start: false,
            bounded: false,
        }
    }

    #[test]
    fn a_trend_is_what_the_eye_sees() {
        let at = |year| Moment::ymd(year, 1, 1).unwrap();
        for (values, trend_of_it) in [
            (&[1.0, 2.0, 3.0, 4.0, 9.0][..], Trend::RisesSteadily),
            (&[9.0, 4.0, 3.0, 2.0, 1.0], Trend::FallsSteadily),
            (&[50.0, 50.2, 50.1, 50.3, 50.0], Trend::Flat),
            (&[1.0, 9.0, 30.0, 12.0, 8.0], Trend::Peaks((at(2002), 30.0))),
            (&[30.0, 12.0, 3.0, 9.0, 25.0], Trend::Dips((at(2002), 3.0))),
            (&[10.0, 20.0, 11.0, 19.0, 12.0, 20.0, 11.0], Trend::Peaks((at(2005), 20.0))),
            (&[10.0, 12.0, 9.0, 12.0, 9.0, 11.0, 10.0], Trend::Fluctuates(9.0, 12.0)),
            (&[1.0, 5.0, 4.0, 8.0, 7.0, 9.0], Trend::Rises),
            (&[9.0, 7.0, 8.0, 4.0, 5.0, 1.0], Trend::Falls),
        ] {
            assert_eq!(trend(&line(values), 20.0), trend_of_it, "{values:?}");
        }
    }

    #[test]
    fn a_crossing_lasts_and_can_be_seen() {
        let flat = series(&[10.0; 8]);
        for (values, crossed) in [
            (&[1.0, 2.0, 5.0, 8.0, 12.0, 15.0, 18.0, 20.0][..], Some(2004)),
            (&[1.0, 2.0, 5.0, 12.0, 8.0, 15.0, 8.0, 20.0], None),
            (&[9.9, 9.9, 9.9, 9.9, 10.1, 10.1, 10.1, 10.1], None),
            (&[1.0, 2.0, 5.0, 8.0, 9.0, 8.0, 12.0, 20.0], None),
        ] {
            let found = crossings(&[series(values), flat.clone()], 20.0);
            let years: Vec<i16> = found.iter().map(|crossing| crossing.at.date().year()).collect();
            assert_eq!(years, crossed.into_iter().collect::<Vec<i16>>(), "{values:?}");
            assert!(found.iter().all(|crossing| (crossing.who, crossing.whom) == (0, 1)));
        }
    }
}
