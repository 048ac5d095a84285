//! Periods as places beside each other: the how-manieth each is, and what it is called. It must not know what stands there.

use crate::time::moment::{DAY, Moment, Step};
use crate::time::period::{Period, Precision};

/// The place of a moment among periods of a step.
pub(in crate::kind) fn place(at: Moment, step: Step) -> i64 {
    match step {
        Step::Seconds(seconds) => at.seconds().div_euclid(i64::from(seconds.max(1))),
        Step::Minutes(minutes) => at.seconds().div_euclid(i64::from(minutes.max(1)) * 60),
        Step::Hour => at.seconds().div_euclid(3600),
        Step::Day | Step::Irregular => at.seconds().div_euclid(DAY),
        Step::Week => at.seconds().div_euclid(DAY * 7),
        Step::Month => i64::from(at.month_index()),
        Step::Quarter => i64::from(at.month_index()).div_euclid(3),
        Step::Half => i64::from(at.month_index()).div_euclid(6),
        Step::Year => i64::from(at.date().year()),
    }
}

/// How many places lie between two moments.
pub(in crate::kind) fn distance(from: Moment, to: Moment, step: Step) -> i64 {
    place(to, step) - place(from, step)
}

/// The moment that far from another in periods of a step, where the calendar has one.
pub(in crate::kind) fn moment(first: Moment, step: Step, periods: i64) -> Option<Moment> {
    let months = |months: i64| {
        let index = i64::from(first.month_index()) + months;
        let (year, month) = (index.div_euclid(12), index.rem_euclid(12) + 1);
        Moment::ymd(i16::try_from(year).ok()?, i8::try_from(month).ok()?, 1)
    };
    let seconds = |seconds: i64| Some(Moment::from_seconds(first.seconds() + seconds * periods));
    match step {
        Step::Year => months(12 * periods),
        Step::Quarter => months(3 * periods),
        Step::Half => months(6 * periods),
        Step::Month => months(periods),
        Step::Week => seconds(7 * DAY),
        Step::Day | Step::Irregular => seconds(DAY),
        Step::Hour => seconds(3600),
        Step::Seconds(each) => seconds(i64::from(each)),
        Step::Minutes(minutes) => seconds(i64::from(minutes) * 60),
    }
}

/// A period as its tick has it: `2020`, `Q1 2020`, `Jan 2020`, `5 Jan 2020`.
pub(in crate::kind) fn named(at: Moment, step: Step) -> String {
    let precision = match step {
        Step::Year => Precision::Year,
        Step::Quarter => Precision::Quarter,
        Step::Month | Step::Half => Precision::Month,
        Step::Week | Step::Day | Step::Irregular => Precision::Day,
        Step::Minutes(_) | Step::Hour => Precision::Minute,
        Step::Seconds(_) => Precision::Second,
    };
    Period::around(at, precision).in_short()
}
