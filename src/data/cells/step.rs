//! The usual distance between dates: the median gap between distinct ones. Neither a header nor the shape of
//! a date says it, because months are written as days and weeks as months.

use crate::time::moment::{DAY, Moment, Step};

/// The step of moments in any order; `None` without any.
pub(crate) fn of(mut moments: Vec<Moment>) -> Option<Step> {
    moments.sort_unstable();
    moments.dedup();
    moments.first()?;
    let pairs = || moments.iter().zip(moments.iter().skip(1)).map(|(from, to)| (*from, *to));
    let mut gaps: Vec<i64> = pairs().map(|(from, to)| to.seconds() - from.seconds()).collect();
    gaps.sort_unstable();
    let median = gaps.get(gaps.len() / 2).copied().unwrap_or(0);
    let step = named(median);
    let fitting = pairs().filter(|(from, to)| fits(step, *from, *to, median)).count();
    Some(if fitting * 2 > gaps.len() { step } else { Step::Irregular })
}

fn named(gap: i64) -> Step {
    match gap {
        1..3570 => {
            // Jobs that count once a minute do not start on the second.
            let minutes = (gap + 30) / 60;
            let near = minutes > 0 && (gap - minutes * 60).abs() * 20 <= gap;
            let step = |n: i64, of: fn(u32) -> Step| u32::try_from(n).map_or(Step::Irregular, of);
            if near || gap > 600 { step(minutes, Step::Minutes) } else { step(gap, Step::Seconds) }
        }
        3570..=3630 => Step::Hour,
        // Jobs that count once a day do not start on the second, and clocks change.
        64_800..=108_000 => Step::Day,
        _ => match (gap + DAY / 2) / DAY {
            7 => Step::Week,
            24..=38 => Step::Month,
            80..=100 => Step::Quarter,
            170..=195 => Step::Half,
            340..=390 => Step::Year,
            _ => Step::Irregular,
        },
    }
}

fn fits(step: Step, from: Moment, to: Moment, median: i64) -> bool {
    let months = || to.month_index() - from.month_index();
    match step {
        Step::Month => months() == 1,
        Step::Quarter => (2..=4).contains(&months()),
        Step::Half => (5..=7).contains(&months()),
        Step::Year => (10..=14).contains(&months()),
        Step::Day => to.days() - from.days() == 1,
        Step::Irregular => false,
        _ => (to.seconds() - from.seconds() - median).abs() * 10 <= median,
    }
}

/// Whether the period that starts at `last` was still running at `end`.
pub(crate) fn is_running(last: Moment, step: Step, end: Moment) -> bool {
    let months = |count: i32| last.month_index() + count > end.month_index();
    let within = |seconds: i64| end.seconds() < last.seconds() + seconds;
    match step {
        Step::Seconds(n) => within(i64::from(n)),
        Step::Minutes(n) => within(i64::from(n) * 60),
        Step::Hour => within(3600),
        Step::Day => within(DAY),
        Step::Week => within(7 * DAY),
        Step::Month => months(1),
        Step::Quarter => months(3),
        Step::Half => months(6),
        Step::Year => months(12),
        Step::Irregular => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(cells: &[&str]) -> Option<Step> {
        of(cells
            .iter()
            .map(|cell| crate::data::cells::dates::parse(cell, Default::default()).unwrap())
            .collect())
    }

    #[test]
    fn the_step_is_that_of_most_gaps() {
        assert_eq!(step(&["2020-01-31", "2020-02-29", "2020-03-31"]), Some(Step::Month));
        assert_eq!(
            step(&["2020-11-30", "2020-12-15", "2021-01-05", "2021-02-04", "2021-03-04"]),
            Some(Step::Month)
        );
        assert_eq!(step(&["2020-01-05", "2020-01-12", "2020-01-19", "2020-03-01"]), Some(Step::Week));
        assert_eq!(step(&["2011-01", "2013-01", "2014-01", "2015-01"]), Some(Step::Year));
        assert_eq!(
            step(&["2020-01-05T08:00", "2020-01-05T08:08", "2020-01-05T08:16"]),
            Some(Step::Minutes(8))
        );
        let seconds =
            ["2020-01-05T08:00:50", "2020-01-05T08:00:51", "2020-01-05T08:00:52", "2020-01-05T08:00:59"];
        assert_eq!(step(&seconds), Some(Step::Seconds(1)));
        assert_eq!(step(&["2020-01-05 08:00:00", "2020-01-05 08:01:30"]), Some(Step::Seconds(90)));
        assert_eq!(step(&["2020-01-05 08:00:00", "2020-01-05 08:07:59"]), Some(Step::Minutes(8)));
        assert_eq!(step(&["H1 2020", "H2 2020", "H1 2021"]), Some(Step::Half));
        assert_eq!(step(&["2020-01-05T08", "2020-01-05T09", "2020-01-05T10"]), Some(Step::Hour));
        assert_eq!(step(&["2020-01-05", "2020-01-06", "2020-01-06", "2020-01-07"]), Some(Step::Day));
        assert_eq!(step(&["2020-01-05 17:41", "2020-01-06 16:02", "2020-01-07 20:30"]), Some(Step::Day));
        assert_eq!(step(&["2020-Q1", "2020-Q2", "2020-Q3"]), Some(Step::Quarter));
    }

    #[test]
    fn no_step_without_a_rule() {
        assert_eq!(step(&["2020-01-05", "2020-01-07", "2020-05-01", "2023-01-01"]), Some(Step::Irregular));
        assert_eq!(step(&["2020-01-05"]), Some(Step::Irregular));
        assert_eq!(step(&[]), None);
    }

    #[test]
    fn a_period_is_running_until_its_end() {
        let day = |d| Moment::ymd(2026, 3, d).unwrap();
        assert!(is_running(day(1), Step::Month, day(20)));
        assert!(!is_running(day(1), Step::Month, Moment::ymd(2026, 4, 1).unwrap()));
        assert!(is_running(day(15), Step::Week, day(21)));
        assert!(!is_running(day(15), Step::Week, day(22)));
        assert!(is_running(day(2), Step::Day, day(2)));
    }
}
