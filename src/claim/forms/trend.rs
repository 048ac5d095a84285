//! `A rises since 2022`, `A falls since 2022`: the last value against the first, and the slope of all.

use super::form::{Form, Statement};
use std::cmp::Ordering;

use crate::claim::checker::{Checker, told};
use crate::claim::ranges::{Comparison, Verdict, compare};
use crate::diag::Diagnostic;
use crate::frame::Row;
use crate::spec::grammar::{Name, Words};
use crate::time::period::Period;

/// From how many dates on a direction can be told.
const TREND_DATES: usize = 3;

pub(super) struct Trend;

/// Whose values, whether they rise or else fall, and from when on.
struct Claim {
    who: Name,
    rises: bool,
    since: Period,
}

impl Form for Trend {
    fn marks(&self) -> &'static [&'static str] {
        &["rises", "falls"]
    }

    fn examples(&self) -> &'static [&'static str] {
        &["A rises since 2020", "A falls since 2020"]
    }

    fn read(&self, words: &Words<'_>, mark: usize) -> Result<Box<dyn Statement>, Diagnostic> {
        let rises = words.all().get(mark).is_some_and(|word| word.is("rises"));
        let who = words.name(0, mark, "a subject")?;
        Ok(Box::new(Claim { who, rises, since: words.dated_tail(mark + 1, "since")? }))
    }
}

impl Statement for Claim {
    fn check(&self, checker: &Checker<'_>) -> Result<(), Diagnostic> {
        checker.trend(&self.who, self.rises, self.since)
    }
}

impl Checker<'_> {
    fn trend(&self, who: &Name, rises: bool, since: Period) -> Result<(), Diagnostic> {
        let (slice, _, rows) = self.rows(&[who], Some(since))?;
        let points: Vec<(Option<Period>, &Row)> =
            rows.iter().filter_map(|(at, values)| Some((*at, *values.first()?))).collect();
        let (Some((start, first)), Some((end, last))) = (points.first(), points.last()) else {
            return Ok(());
        };
        if points.len() < TREND_DATES {
            return Err(self.uncheckable(&format!("fewer than {TREND_DATES} values since {since}")));
        }
        let (Some(a), Some(b)) = (slice.range(first), slice.range(last)) else { return Ok(()) };
        let moved = if rises { compare(b, a, Comparison::Above) } else { compare(a, b, Comparison::Above) };
        let wanted = if rises { Ordering::Greater } else { Ordering::Less };
        let middles: Vec<(Option<Period>, f64)> = points
            .iter()
            .filter_map(|(at, row)| slice.range(row).map(|(low, high)| (*at, f64::midpoint(low, high))))
            .collect();
        let leans = slope(&middles).total_cmp(&0.0) == wanted;
        let digits = self.digits(&[first, last]);
        let side = |row: &Row, at: &Option<Period>| format!("{}{}", told(row, digits), slice.at_words(*at));
        let told = format!("{}, {}", side(first, start), side(last, end));
        match moved {
            Verdict::Holds if leans => Ok(()),
            Verdict::Open => {
                let rows = [*first, *last];
                Err(self.undecided(&format!("{told}: {}", Self::reason(rows.into_iter()))))
            }
            Verdict::Holds | Verdict::Fails => Err(self.broken(&told)),
        }
    }
}

/// The sign, and no more than the sign, of the slope of the least-squares line.
fn slope(points: &[(Option<Period>, f64)]) -> f64 {
    let seconds = |at: &Option<Period>| at.map_or(0, |at| at.first().seconds());
    let origin = points.first().map_or(0, |(at, _)| seconds(at));
    let minutes =
        |at: &Option<Period>| f64::from(i32::try_from((seconds(at) - origin) / 60).unwrap_or(i32::MAX));
    let count = f64::from(u32::try_from(points.len()).unwrap_or(u32::MAX));
    let mean_time = points.iter().map(|(at, _)| minutes(at)).sum::<f64>() / count;
    let mean_value = points.iter().map(|(_, value)| value).sum::<f64>() / count;
    points.iter().map(|(at, value)| (minutes(at) - mean_time) * (value - mean_value)).sum()
}
