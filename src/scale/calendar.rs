//! The time scale: true time, and ticks at one uniform calendar step.
//!
//! Years are anchored to multiples of their step, months to January, weeks to
//! Monday, days and shorter to midnight. Where ticks fall and how they read are
//! separate questions; which step is fine enough to be read is the layout's,
//! who knows how wide a label is.

use std::ops::Range;

use jiff::civil::{Date, Weekday};
use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

use super::between;
use crate::time::moment::{DAY, Moment, Step};

/// A uniform calendar distance between ticks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeStep {
    /// So many seconds.
    Seconds(u16),
    /// So many minutes.
    Minutes(u16),
    /// So many hours.
    Hours(u16),
    /// So many days.
    Days(u16),
    /// So many weeks from a Monday.
    Weeks(u16),
    /// So many months from a January.
    Months(u16),
    /// So many years from a multiple of them.
    Years(u16),
}

/// Every step, fine to coarse.
pub const STEPS: [TimeStep; 29] = [
    TimeStep::Seconds(1),
    TimeStep::Seconds(5),
    TimeStep::Seconds(10),
    TimeStep::Seconds(30),
    TimeStep::Minutes(1),
    TimeStep::Minutes(2),
    TimeStep::Minutes(5),
    TimeStep::Minutes(15),
    TimeStep::Minutes(30),
    TimeStep::Hours(1),
    TimeStep::Hours(3),
    TimeStep::Hours(6),
    TimeStep::Hours(12),
    TimeStep::Days(1),
    TimeStep::Days(2),
    TimeStep::Weeks(1),
    TimeStep::Weeks(2),
    TimeStep::Months(1),
    TimeStep::Months(2),
    TimeStep::Months(3),
    TimeStep::Months(6),
    TimeStep::Years(1),
    TimeStep::Years(2),
    TimeStep::Years(5),
    TimeStep::Years(10),
    TimeStep::Years(25),
    TimeStep::Years(50),
    TimeStep::Years(100),
    TimeStep::Years(1000),
];

/// A time axis from its first to its last moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeScale {
    /// First moment shown.
    pub start: Moment,
    /// Last moment shown, after `start`.
    pub end: Moment,
}

impl TimeScale {
    /// A scale over the data's own extent; a single moment gets half a step either side.
    #[must_use]
    pub fn over(first: Moment, last: Moment, step: Step) -> TimeScale {
        if first < last {
            return TimeScale { start: first, end: last };
        }
        let half = match step {
            Step::Seconds(_) => 30,
            Step::Minutes(_) | Step::Hour => 1800,
            Step::Year => 183 * DAY,
            Step::Month | Step::Quarter | Step::Half => 15 * DAY,
            Step::Day | Step::Week | Step::Irregular => DAY,
        };
        let at = first.seconds();
        TimeScale { start: Moment::from_seconds(at - half), end: Moment::from_seconds(at + half) }
    }

    /// How long the axis is, in seconds.
    #[must_use]
    pub fn seconds(&self) -> i64 {
        self.end.seconds() - self.start.seconds()
    }

    /// How far a moment is from the first shown to the last; 0 to 1 inside the domain.
    #[must_use]
    pub fn fraction(&self, at: Moment) -> f64 {
        (at.seconds() - self.start.seconds()) as f64 / self.seconds() as f64
    }

    /// The ticks of a step inside the domain, ascending; `None` where there would be more than `most`.
    #[must_use]
    pub fn ticks(&self, step: TimeStep, most: usize) -> Option<Vec<Moment>> {
        let mut ticks = Vec::new();
        let mut next = floor(self.start, step)?;
        while next <= self.end {
            if next >= self.start {
                if ticks.len() == most {
                    return None;
                }
                ticks.push(next);
            }
            let Some(after) = add(next, step) else { break };
            next = after;
        }
        Some(ticks)
    }
}

impl Ranged for TimeScale {
    type FormatOption = DefaultFormatting;
    type ValueType = Moment;

    fn map(&self, value: &Moment, limit: (i32, i32)) -> i32 {
        between(limit, self.fraction(*value))
    }

    fn key_points<Hint: KeyPointHint>(&self, hint: Hint) -> Vec<Moment> {
        STEPS.iter().find_map(|&step| self.ticks(step, hint.max_num_points())).unwrap_or_default()
    }

    fn range(&self) -> Range<Moment> {
        self.start..self.end
    }
}

/// The last tick at or before a moment.
fn floor(at: Moment, step: TimeStep) -> Option<Moment> {
    let date = at.date();
    let clock = |seconds: i64| {
        let passed = at.second_of_day();
        Moment::from_seconds(at.seconds() - passed + passed.div_euclid(seconds) * seconds)
    };
    Some(match step {
        TimeStep::Seconds(n) => clock(i64::from(n)),
        TimeStep::Minutes(n) => clock(i64::from(n) * 60),
        TimeStep::Hours(n) => clock(i64::from(n) * 3600),
        TimeStep::Days(n) => {
            let days = at.seconds().div_euclid(DAY);
            Moment::from_seconds(days.div_euclid(i64::from(n)) * i64::from(n) * DAY)
        }
        TimeStep::Weeks(n) => {
            let since = i64::from(date.weekday().since(Weekday::Monday));
            let monday = at.seconds().div_euclid(DAY) - since;
            // 1970-01-05 was a Monday; every n-th week is counted from there.
            let weeks = (monday - 4).div_euclid(7 * i64::from(n)) * i64::from(n);
            Moment::from_seconds((weeks * 7 + 4) * DAY)
        }
        TimeStep::Months(n) => {
            let n = i8::try_from(n).ok()?;
            Date::new(date.year(), (date.month() - 1) / n * n + 1, 1).ok()?.into()
        }
        TimeStep::Years(n) => {
            let n = i16::try_from(n).ok()?;
            Date::new(date.year().div_euclid(n) * n, 1, 1).ok()?.into()
        }
    })
}

/// The next tick; `None` at the calendar's end.
fn add(at: Moment, step: TimeStep) -> Option<Moment> {
    let seconds = |n: u16, each: i64| Some(Moment::from_seconds(at.seconds() + i64::from(n) * each));
    match step {
        TimeStep::Seconds(n) => seconds(n, 1),
        TimeStep::Minutes(n) => seconds(n, 60),
        TimeStep::Hours(n) => seconds(n, 3600),
        TimeStep::Days(n) => seconds(n, DAY),
        TimeStep::Weeks(n) => seconds(n, 7 * DAY),
        TimeStep::Months(n) => {
            let months = at.month_index() + i32::from(n);
            let year = i16::try_from(months.div_euclid(12)).ok()?;
            let month = i8::try_from(months.rem_euclid(12) + 1).ok()?;
            Moment::ymd(year, month, 1)
        }
        TimeStep::Years(n) => Moment::ymd(at.date().year().checked_add(i16::try_from(n).ok()?)?, 1, 1),
    }
}

/// How ticks read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum YearStyle {
    /// `2016`, `2017`.
    Full,
    /// `2016`, `’17`, `’18`, in full again at a century.
    Short,
}

/// The labels of ticks of one step, in their order.
#[must_use]
pub fn labels(ticks: &[Moment], step: TimeStep, years: YearStyle) -> Vec<String> {
    match step {
        TimeStep::Years(_) => year_labels(ticks, years),
        TimeStep::Months(_) => {
            let all = carry_year(ticks) * 2 >= ticks.len();
            with_context(
                ticks,
                |tick, changed| {
                    let name = month_name(tick.date());
                    if changed || all { format!("{name} {}", tick.date().year()) } else { name.into() }
                },
                |a, b| a.date().year() == b.date().year(),
            )
        }
        TimeStep::Days(_) | TimeStep::Weeks(_) => with_context(
            ticks,
            |tick, changed| {
                let date = tick.date();
                let day = format!("{}\u{a0}{}", date.day(), month_name(date));
                if changed { format!("{day} {}", date.year()) } else { day }
            },
            |a, b| a.date().year() == b.date().year(),
        ),
        TimeStep::Hours(_) | TimeStep::Minutes(_) | TimeStep::Seconds(_) => with_context(
            ticks,
            |tick, changed| {
                let s = tick.second_of_day();
                let mut time = format!("{:02}:{:02}", s / 3600, s / 60 % 60);
                if matches!(step, TimeStep::Seconds(_)) {
                    time.push_str(&format!(":{:02}", s % 60));
                }
                let date = tick.date();
                if changed { format!("{}\u{a0}{}, {time}", date.day(), month_name(date)) } else { time }
            },
            |a, b| a.date() == b.date(),
        ),
    }
}

/// The labels of ticks at quarters: `Q1 2024`, `Q2`.
#[must_use]
pub fn quarter_labels(ticks: &[Moment]) -> Vec<String> {
    with_context(
        ticks,
        |tick, changed| {
            let quarter = format!("Q{}", (tick.date().month() - 1) / 3 + 1);
            if changed { format!("{quarter} {}", tick.date().year()) } else { quarter }
        },
        |a, b| a.date().year() == b.date().year(),
    )
}

/// How many ticks would carry a year: the first, and each in a year unlike the one before.
fn carry_year(ticks: &[Moment]) -> usize {
    let changes =
        ticks.windows(2).filter(|pair| matches!(pair, [a, b] if a.date().year() != b.date().year()));
    changes.count() + usize::from(!ticks.is_empty())
}

fn with_context(
    ticks: &[Moment],
    text: impl Fn(Moment, bool) -> String,
    same: impl Fn(Moment, Moment) -> bool,
) -> Vec<String> {
    let mut before = None;
    ticks
        .iter()
        .map(|&tick| {
            let changed = before.is_none_or(|before| !same(before, tick));
            before = Some(tick);
            text(tick, changed)
        })
        .collect()
}

fn year_labels(ticks: &[Moment], style: YearStyle) -> Vec<String> {
    let year = |tick: &Moment| tick.date().year();
    ticks
        .iter()
        .enumerate()
        .map(|(i, tick)| match style {
            YearStyle::Short if i > 0 && year(tick) % 100 != 0 => {
                format!("\u{2019}{:02}", year(tick).rem_euclid(100))
            }
            _ => year(tick).to_string(),
        })
        .collect()
}

/// The month's short English name.
#[must_use]
pub fn month_name(date: Date) -> &'static str {
    const NAMES: [&str; 12] =
        ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    usize::try_from(date.month() - 1).ok().and_then(|month| NAMES.get(month)).copied().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Moment {
        text.parse::<Date>().unwrap().into()
    }

    fn texts(from: &str, to: &str, step: TimeStep) -> Vec<String> {
        let scale = TimeScale { start: day(from), end: day(to) };
        labels(&scale.ticks(step, 100).unwrap(), step, YearStyle::Full)
    }

    #[test]
    fn ticks_are_anchored() {
        assert_eq!(texts("2015-03-31", "2019-07-31", TimeStep::Years(1)), ["2016", "2017", "2018", "2019"]);
        assert_eq!(texts("2015-03-31", "2026-07-31", TimeStep::Years(5)), ["2020", "2025"]);
        assert_eq!(texts("2020-02-01", "2021-02-01", TimeStep::Months(6)), ["Jul 2020", "Jan 2021"]);
        assert_eq!(
            texts("2020-01-01", "2021-06-01", TimeStep::Months(3)),
            ["Jan 2020", "Apr", "Jul", "Oct", "Jan 2021", "Apr"]
        );
        assert_eq!(texts("2024-01-03", "2024-01-16", TimeStep::Weeks(1)), ["8\u{a0}Jan 2024", "15\u{a0}Jan"]);
    }

    #[test]
    fn short_years_are_full_at_the_start_and_at_a_century() {
        let scale = TimeScale { start: day("1998-01-01"), end: day("2002-01-01") };
        let ticks = scale.ticks(TimeStep::Years(1), 9).unwrap();
        let labels = labels(&ticks, TimeStep::Years(1), YearStyle::Short);
        assert_eq!(labels, ["1998", "\u{2019}99", "2000", "\u{2019}01", "\u{2019}02"]);
    }

    /// Every month from 1970 to 2100 as a start, every step, several spans: ticks lie inside, ascend and are anchored.
    #[test]
    fn ticks_lie_inside_for_every_month_and_step() {
        for month in 1970 * 12..2100 * 12 {
            let start = Moment::ymd(month / 12, i8::try_from(month % 12 + 1).unwrap(), 17).unwrap();
            for days in [3, 40, 400, 4000] {
                let scale = TimeScale { start, end: Moment::from_seconds(start.seconds() + days * DAY) };
                for step in STEPS {
                    let Some(ticks) = scale.ticks(step, 30) else { continue };
                    assert!(ticks.is_sorted_by(|a, b| a < b));
                    assert!(
                        ticks
                            .iter()
                            .all(|&t| t >= scale.start && t <= scale.end && floor(t, step) == Some(t))
                    );
                }
            }
        }
    }

    #[test]
    fn a_single_moment_has_a_domain() {
        let scale = TimeScale::over(day("2020-01-01"), day("2020-01-01"), Step::Month);
        assert!(scale.start < scale.end);
    }
}
