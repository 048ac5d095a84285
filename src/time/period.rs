//! A day, month or year as a person writes it, and as a sentence says it.
//!
//! It must not know data: which observations a period holds is asked of it.

use std::fmt;

use crate::time::moment::{DAY, Moment};

/// The months of a year.
pub const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// How exactly a date is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Precision {
    /// A year.
    Year,
    /// A quarter of a year.
    Quarter,
    /// A month of a year.
    Month,
    /// Seven days from a Monday on.
    Week,
    /// A day.
    Day,
    /// A minute: what is counted more than once a day.
    Minute,
    /// A second: what is counted more than once a minute.
    Second,
    /// A day of age: the time since a series began, whose beginning stands at 1970-01-01.
    Age,
}

/// A day, a month or a year of the calendar; in data counted more often, a minute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Period {
    first: Moment,
    precision: Precision,
}

impl Period {
    /// What a moment falls in.
    #[must_use]
    pub fn around(moment: Moment, precision: Precision) -> Self {
        let date = moment.date();
        let first = match precision {
            Precision::Year => Moment::ymd(date.year(), 1, 1),
            Precision::Quarter => Moment::ymd(date.year(), (date.month() - 1) / 3 * 3 + 1, 1),
            Precision::Month => Moment::ymd(date.year(), date.month(), 1),
            Precision::Week => {
                let day = moment.days();
                // 1970-01-01 was a Thursday.
                Some(Moment::from_seconds((day - (day + 3).rem_euclid(7)) * DAY))
            }
            Precision::Day | Precision::Age => Moment::ymd(date.year(), date.month(), date.day()),
            Precision::Minute => Some(moment.floor(60)),
            Precision::Second => Some(moment),
        };
        Period { first: first.unwrap_or(moment), precision }
    }

    /// Reads `2020`, `2020-06`, `2020-06-30` or, as tables have them, `2020-Q2`; `None` for anything else and for
    /// days that do not exist.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if let Some((year, quarter)) = text.split_once("-Q") {
            let (year, quarter) = (digits(year, 4)?, i8::try_from(digits(quarter, 1)?).ok()?);
            let first = (1..=4).contains(&quarter).then(|| Moment::ymd(year, quarter * 3 - 2, 1))??;
            return Some(Period { first, precision: Precision::Quarter });
        }
        let mut parts = text.split('-');
        let year = digits(parts.next()?, 4)?;
        let month = parts.next().map(|part| digits(part, 2));
        let day = parts.next().map(|part| digits(part, 2));
        if parts.next().is_some() {
            return None;
        }
        let precision = match (month, day) {
            (None, _) => Precision::Year,
            (Some(_), None) => Precision::Month,
            (Some(_), Some(_)) => Precision::Day,
        };
        let month = i8::try_from(month.unwrap_or(Some(1))?).ok()?;
        let day = i8::try_from(day.unwrap_or(Some(1))?).ok()?;
        Some(Period { first: Moment::ymd(year, month, day)?, precision })
    }

    /// Its first moment.
    #[must_use]
    pub fn first(self) -> Moment {
        self.first
    }

    /// The first moment after it.
    #[must_use]
    pub fn end(self) -> Moment {
        let date = self.first.date();
        let new_year = || date.year().checked_add(1).and_then(|year| Moment::ymd(year, 1, 1));
        let after = match self.precision {
            Precision::Year => new_year(),
            Precision::Quarter if date.month() > 9 => new_year(),
            Precision::Quarter => Moment::ymd(date.year(), date.month() + 3, 1),
            Precision::Month if date.month() == 12 => new_year(),
            Precision::Month => Moment::ymd(date.year(), date.month() + 1, 1),
            Precision::Week => Some(Moment::from_seconds(self.first.seconds().saturating_add(7 * DAY))),
            Precision::Day | Precision::Age => date.tomorrow().ok().map(Moment::from),
            Precision::Minute => Some(Moment::from_seconds(self.first.seconds().saturating_add(60))),
            Precision::Second => Some(Moment::from_seconds(self.first.seconds().saturating_add(1))),
        };
        after.unwrap_or(Moment::from_seconds(i64::MAX))
    }

    /// How exactly it is known.
    #[must_use]
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// Whether a moment falls in it.
    #[must_use]
    pub fn contains(self, moment: Moment) -> bool {
        self.first <= moment && moment < self.end()
    }

    /// Whether it and another have a moment in common.
    #[must_use]
    pub fn meets(self, other: Period) -> bool {
        self.first < other.end() && other.first < self.end()
    }

    /// For a sentence: `30 June 2020`, `June 2020`, `2020`.
    #[must_use]
    pub fn in_words(self) -> String {
        self.with_month(|name| name)
    }

    /// When something happened: `on 30 June 2020`, `in June 2020`, `in 2020`, `after 18 months`.
    #[must_use]
    pub fn as_time(self) -> String {
        let preposition = match self.precision {
            Precision::Age if self.days() == 0 => "at",
            Precision::Age => "after",
            Precision::Day | Precision::Minute | Precision::Second => "on",
            Precision::Week | Precision::Month | Precision::Quarter | Precision::Year => "in",
        };
        format!("{preposition} {}", self.in_words())
    }

    /// For a source line: `30 Jun 2020`, `Jun 2020`, `2020`.
    #[must_use]
    pub fn in_short(self) -> String {
        self.with_month(|name| name.get(..3).unwrap_or(name))
    }

    /// Days since 1970-01-01.
    fn days(self) -> i64 {
        self.first.days()
    }

    /// `the start`, `45 days`, `18 months`, `5.4 years`.
    fn age_in_words(self) -> String {
        let days = self.days();
        match days {
            0 => "the start".into(),
            1 => "1 day".into(),
            2..=59 => format!("{days} days"),
            // A month has 30.44 days on average.
            60..=729 => format!("{} months", (days * 100 + 1522) / 3044),
            _ => {
                let tenths = (days * 10 * 100 + 18_262) / 36_525;
                format!("{}.{} years", tenths / 10, tenths % 10)
            }
        }
    }

    fn with_month(self, shape: fn(&'static str) -> &'static str) -> String {
        let date = self.first.date();
        let month = usize::try_from(date.month() - 1).ok().and_then(|i| MONTHS.get(i)).copied();
        let month = shape(month.unwrap_or_default());
        match self.precision {
            Precision::Year => format!("{}", date.year()),
            Precision::Quarter => format!("Q{} {}", (date.month() - 1) / 3 + 1, date.year()),
            Precision::Month => format!("{month} {}", date.year()),
            Precision::Week => format!("the week of {} {month} {}", date.day(), date.year()),
            Precision::Day => format!("{} {month} {}", date.day(), date.year()),
            Precision::Age => self.age_in_words(),
            Precision::Second => {
                let second = self.first.second_of_day();
                let clock = format!("{:02}:{:02}:{:02}", second / 3600, second / 60 % 60, second % 60);
                format!("{} {month} {}, {clock}", date.day(), date.year())
            }
            Precision::Minute => {
                let minute = self.first.second_of_day() / 60;
                format!("{} {month} {}, {:02}:{:02}", date.day(), date.year(), minute / 60, minute % 60)
            }
        }
    }
}

/// ISO 8601, as far as it is known: `2020`, `2020-06`, `2020-06-30`, `P45D` for an age.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = self.first.date();
        match self.precision {
            Precision::Year => write!(f, "{:04}", date.year()),
            Precision::Quarter => write!(f, "{:04}-Q{}", date.year(), (date.month() - 1) / 3 + 1),
            Precision::Month => write!(f, "{:04}-{:02}", date.year(), date.month()),
            Precision::Week | Precision::Day => write!(f, "{date}"),
            Precision::Age => write!(f, "P{}D", self.days()),
            Precision::Minute | Precision::Second => write!(f, "{}", self.first),
        }
    }
}

fn digits(text: &str, count: usize) -> Option<i16> {
    (text.len() == count && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_four_precisions() {
        for (text, words, short) in [
            ("2020", "2020", "2020"),
            ("2020-Q1", "Q1 2020", "Q1 2020"),
            ("2020-Q4", "Q4 2020", "Q4 2020"),
            ("2020-06", "June 2020", "Jun 2020"),
            ("2024-02-29", "29 February 2024", "29 Feb 2024"),
        ] {
            let period = Period::parse(text).unwrap();
            assert_eq!(period.to_string(), text);
            assert_eq!(period.in_words(), words);
            assert_eq!(period.in_short(), short);
        }
    }

    #[test]
    fn quarters_are_told_by_their_number() {
        let quarter = |text: &str| Period::around(Period::parse(text).unwrap().first(), Precision::Quarter);
        let (spring, winter) = (quarter("2024-05-17"), quarter("2024-12"));
        assert_eq!((spring.in_words().as_str(), spring.to_string().as_str()), ("Q2 2024", "2024-Q2"));
        assert_eq!(
            (spring.first(), spring.end()),
            (Moment::ymd(2024, 4, 1).unwrap(), Moment::ymd(2024, 7, 1).unwrap())
        );
        assert_eq!(
            (winter.as_time().as_str(), winter.end()),
            ("in Q4 2024", Moment::ymd(2025, 1, 1).unwrap())
        );
    }

    #[test]
    fn ages_are_told_as_the_time_that_passed() {
        for (days, words, when) in [
            (0, "the start", "at the start"),
            (1, "1 day", "after 1 day"),
            (59, "59 days", "after 59 days"),
            (60, "2 months", "after 2 months"),
            (365, "12 months", "after 12 months"),
            (729, "24 months", "after 24 months"),
            (730, "2.0 years", "after 2.0 years"),
            (1973, "5.4 years", "after 5.4 years"),
        ] {
            let age = Period::around(Moment::from_seconds(days * DAY + 5), Precision::Age);
            assert_eq!((age.in_words().as_str(), age.as_time().as_str()), (words, when));
            assert_eq!(age.to_string(), format!("P{days}D"));
        }
    }

    #[test]
    fn refuses_what_the_calendar_has_not() {
        for text in [
            "",
            "20",
            "2020-Q0",
            "2020-Q5",
            "2020-Q",
            "2020-Q12",
            "2020-Q1-Q1",
            "2020-01-Q1",
            "2020-6",
            "2020-13",
            "2023-02-29",
            "2020-06-01-01",
            "june 2020",
            "2020-06-+1",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn holds_its_first_and_last_second_and_no_other() {
        for text in ["2020", "2020-06", "2020-12", "2020-12-31"] {
            let period = Period::parse(text).unwrap();
            let after = period.end();
            assert!(period.contains(period.first()));
            assert!(period.contains(Moment::from_seconds(after.seconds() - 1)));
            assert!(!period.contains(after));
            assert!(!period.contains(Moment::from_seconds(period.first().seconds() - 1)));
        }
        assert_eq!(Period::parse("2020-12").unwrap().end(), Moment::ymd(2021, 1, 1).unwrap());
    }
}
