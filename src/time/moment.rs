//! Civil time as popularity data have it: a moment without a time zone, and
//! the step from one observation of a series to the next.
//!
//! How dates are read is `data`'s business, where ticks fall is `scale`'s.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::num::NonZeroI64;

use jiff::civil::{Date, DateTime};
use serde::Serialize;

/// A moment of civil time: seconds since 1970-01-01 00:00 on the wall clock of
/// whoever counted. Time zones are never applied: a date stays the date that
/// the file says.
///
/// Where the clocks of a file differ, as they do before and after summer time, its moments are counted on the first of
/// them, so that they are in order and as far apart as they were. Each knows how far its own clock is ahead of that: its
/// date and its time of day are what the file says.
#[derive(Clone, Copy)]
pub struct Moment {
    /// What is packed, with its highest bit turned, so that it never is zero: a moment that may be missing then takes no
    /// more room than one.
    held: NonZeroI64,
}

/// Further from 1970 are only bounds that no moment reaches.
const FURTHEST: i64 = 1 << 54;

/// What a clock is ahead comes in quarters of an hour.
const QUARTER: i64 = 900;

/// Seconds in a day.
pub const DAY: i64 = 86_400;

impl Moment {
    /// The moment that many seconds after 1970-01-01 00:00.
    #[must_use]
    pub fn from_seconds(seconds: i64) -> Self {
        Moment::of(seconds.clamp(-FURTHEST, FURTHEST) << 8)
    }

    /// Seconds in all bits but the lowest eight, which are the quarters of an hour that its own clock is ahead.
    fn of(packed: i64) -> Self {
        Moment { held: NonZeroI64::new(packed ^ i64::MIN).unwrap_or(NonZeroI64::MIN) }
    }

    fn packed(self) -> i64 {
        self.held.get() ^ i64::MIN
    }

    /// A moment by a clock, told by another one that is so many seconds ahead of it, of which quarters of an hour count.
    #[must_use]
    pub fn on_clock(seconds: i64, ahead: i64) -> Self {
        let quarters = (ahead / QUARTER).clamp(-127, 127);
        Moment::of(Moment::from_seconds(seconds).packed() | (quarters & 0xff))
    }

    /// Seconds since 1970-01-01 00:00.
    #[must_use]
    pub fn seconds(self) -> i64 {
        self.packed() >> 8
    }

    /// Seconds since 1970-01-01 00:00 as its own clock tells them.
    fn told(self) -> i64 {
        let quarters = self.packed() & 0xff;
        self.seconds() + if quarters > 127 { quarters - 256 } else { quarters } * QUARTER
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub fn days(self) -> i64 {
        self.told().div_euclid(DAY)
    }

    /// The last moment at or before it, told by the same clock, that is a multiple of so many seconds from midnight.
    #[must_use]
    pub fn floor(self, seconds: i64) -> Self {
        let passed = self.told().rem_euclid(seconds);
        Moment::of(self.packed().saturating_sub(passed << 8))
    }

    /// The start of a day; `None` where the calendar has no such day.
    #[must_use]
    pub fn ymd(year: i16, month: i8, day: i8) -> Option<Self> {
        Date::new(year, month, day).ok().map(Moment::from)
    }

    /// The calendar date it falls on. Moments outside the years -9999 to 9999 give the nearest day within.
    #[must_use]
    pub fn date(self) -> Date {
        let days = self.days();
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
        self.told().rem_euclid(DAY)
    }

    /// Months since January of year 0: what separates two months is the difference.
    #[must_use]
    pub fn month_index(self) -> i32 {
        let date = self.date();
        i32::from(date.year()) * 12 + i32::from(date.month()) - 1
    }
}

impl fmt::Debug for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Moment({self})")
    }
}

impl PartialEq for Moment {
    fn eq(&self, other: &Self) -> bool {
        self.seconds() == other.seconds()
    }
}

impl Eq for Moment {}

impl PartialOrd for Moment {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Moment {
    fn cmp(&self, other: &Self) -> Ordering {
        self.seconds().cmp(&other.seconds())
    }
}

impl Hash for Moment {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.seconds().hash(state);
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
        Moment::from_seconds(time.duration_since(epoch).as_secs())
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
    /// So many seconds, below a minute or a few.
    Seconds(u32),
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
    /// Six calendar months.
    Half,
    /// A calendar year.
    Year,
    /// None that holds for most of the series.
    Irregular,
}

impl Step {
    /// What one step is called: `week`, `month`, … and for minutes `8m`, for seconds `5s`.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Step::Seconds(n) => format!("{n}s"),
            Step::Minutes(n) => format!("{n}m"),
            Step::Hour => "hour".into(),
            Step::Day => "day".into(),
            Step::Week => "week".into(),
            Step::Month => "month".into(),
            Step::Quarter => "quarter".into(),
            Step::Half => "half".into(),
            Step::Year => "year".into(),
            Step::Irregular => "irregular".into(),
        }
    }

    /// Whether observations at two moments have at least one missing between
    /// them. Calendar steps are counted on the calendar, so that 31 January,
    /// 28 February and 31 March are neighbours. Never for `Irregular`.
    #[must_use]
    pub fn is_gap(self, from: Moment, to: Moment) -> bool {
        let seconds = to.seconds() - from.seconds();
        let months = to.month_index() - from.month_index();
        match self {
            Step::Seconds(n) => seconds * 2 > i64::from(n) * 3,
            Step::Minutes(n) => seconds * 2 > i64::from(n) * 60 * 3,
            Step::Hour => seconds * 2 > 3600 * 3,
            Step::Day => seconds * 2 > DAY * 3,
            Step::Week => seconds * 2 > DAY * 7 * 3,
            Step::Month => months > 1,
            Step::Quarter => months > 4,
            Step::Half => months > 8,
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
