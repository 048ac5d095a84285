//! Civil time as popularity data have it: a moment without a time zone, and
//! the step from one observation of a series to the next.
//!
//! How dates are read is `data`'s business, where ticks fall is `scale`'s.

use std::fmt;

use jiff::civil::{Date, DateTime};
use serde::Serialize;

/// A moment of civil time: seconds since 1970-01-01 00:00 on the wall clock of
/// whoever counted. Time zones are never applied: a date stays the date that
/// the file says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(i64);

/// Seconds in a day.
pub const DAY: i64 = 86_400;

impl Moment {
    /// The moment that many seconds after 1970-01-01 00:00.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Moment(seconds)
    }

    /// Seconds since 1970-01-01 00:00.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.0
    }

    /// The start of a day; `None` where the calendar has no such day.
    #[must_use]
    pub fn ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Moment::from)
    }

    /// The calendar date it falls on. Moments outside the years -9999 to 9999 give the nearest day within.
    #[must_use]
    pub fn date(self) -> Date {
        let days = self.0.div_euclid(DAY);
        let epoch = jiff::civil::date(1970, 1, 1);
        let limit = if days < 0 { Date::MIN } else { Date::MAX };
        i32::try_from(days)
            .ok()
            .and_then(|days| epoch.checked_add(jiff::Span::new().try_days(days).ok()?).ok())
            .unwrap_or(limit)
    }

    /// Seconds into its day.
    #[must_use]
    pub fn second_of_day(self) -> i64 {
        self.0.rem_euclid(DAY)
    }

    /// Months since January of year 0: what separates two months is the difference.
    #[must_use]
    pub fn month_index(self) -> i32 {
        let date = self.date();
        i32::from(date.year()) * 12 + i32::from(date.month()) - 1
    }
}

impl From<Date> for Moment {
    fn from(date: Date) -> Self {
        Moment::from(date.at(0, 0, 0, 0))
    }
}

impl From<DateTime> for Moment {
    fn from(time: DateTime) -> Self {
        let epoch = jiff::civil::date(1970, 1, 1).at(0, 0, 0, 0);
        Moment(time.duration_since(epoch).as_secs())
    }
}

/// ISO 8601: the date, and the time of day where it is not midnight.
impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.date())?;
        match self.second_of_day() {
            0 => Ok(()),
            s if s % 60 == 0 => write!(f, "T{:02}:{:02}", s / 3600, s / 60 % 60),
            s => write!(f, "T{:02}:{:02}:{:02}", s / 3600, s / 60 % 60, s % 60),
        }
    }
}

/// The usual distance between neighbouring observations of a series.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Step {
    /// So many minutes, below an hour.
    Minutes(u32),
    /// An hour.
    Hour,
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A calendar month.
    Month,
    /// Three calendar months.
    Quarter,
    /// A calendar year.
    Year,
    /// None that holds for most of the series.
    Irregular,
}

impl Step {
    /// What one step is called: `week`, `month`, … and for minutes `8m`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Step::Minutes(n) => format!("{n}m"),
            Step::Hour => "hour".into(),
            Step::Day => "day".into(),
            Step::Week => "week".into(),
            Step::Month => "month".into(),
            Step::Quarter => "quarter".into(),
            Step::Year => "year".into(),
            Step::Irregular => "irregular".into(),
        }
    }

    /// Whether observations at two moments have at least one missing between
    /// them. Calendar steps are counted on the calendar, so that 31 January,
    /// 28 February and 31 March are neighbours. Never for `Irregular`.
    #[must_use]
    pub fn is_gap(self, from: Moment, to: Moment) -> bool {
        let seconds = to.0 - from.0;
        let months = to.month_index() - from.month_index();
        match self {
            Step::Minutes(n) => seconds * 2 > i64::from(n) * 60 * 3,
            Step::Hour => seconds * 2 > 3600 * 3,
            Step::Day => seconds * 2 > DAY * 3,
            Step::Week => seconds * 2 > DAY * 7 * 3,
            Step::Month => months > 1,
            Step::Quarter => months > 4,
            Step::Year => months > 18,
            Step::Irregular => false,
        }
    }
}

impl Serialize for Step {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.name())
    }
}
