//! Cells that tell of time and are no date: a time of day, a day or a month without its year, and spans that begin
//! at a date which only their author knows.

use crate::diag::{self, Diagnostic, quoted};

use crate::data::cells::calendar::month;
use crate::data::cells::cell;
use crate::data::cells::dates::{self, Fault};
use crate::data::cells::spans;

/// What a cell tells of a moment that is no date yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fragment {
    /// `7:40 PM`
    Clock,
    /// `Jan 04`, whose number is a day or a year.
    Month,
    /// `20-Jan`, whose number is a day or a year as well.
    DayMonth,
    /// `8/6 20:56`
    Day,
    /// `H1 2020`, among other dates.
    Half,
    /// `FY2020`, among other dates.
    Fiscal,
    /// `2021-W53`, of a year without it.
    Week(u32),
    /// `2020-01-31 11:59:60`
    Time,
    /// `2020-01-31 11:59+99:99`
    Offset,
    /// `2010/11`
    Season,
}

/// What a trimmed cell tells; `None` where it is something else.
pub(crate) fn of(cell: &str) -> Option<Fragment> {
    if is_clock(cell) {
        return Some(Fragment::Clock);
    }
    if spans::is_season(cell) {
        return Some(Fragment::Season);
    }
    if spans::is_fiscal(cell) {
        return Some(Fragment::Fiscal);
    }
    if spans::is_half(cell) {
        return Some(Fragment::Half);
    }
    match dates::fault(cell) {
        Some(Fault::Week(year)) => return Some(Fragment::Week(year)),
        Some(Fault::Time) => return Some(Fragment::Time),
        Some(Fault::Offset) => return Some(Fragment::Offset),
        None => {}
    }
    if let Some((_, name)) = cell.split_once(['-', ' ']).filter(|(day, _)| small(day)) {
        return month(name).map(|_| Fragment::DayMonth);
    }
    let (first, rest) = cell.split_once(cell::is_blank)?;
    let rest = cell::trimmed(rest);
    if let Some((day, month)) = first.split_once('/') {
        return (small(day) && small(month) && is_clock(rest)).then_some(Fragment::Day);
    }
    month(first.trim_end_matches('.'))?;
    small(rest).then_some(Fragment::Month)
}

/// What is wrong with a cell that ought to be a date.
pub(crate) fn told(part: Fragment, cell: &str) -> Diagnostic {
    let cell = quoted(cell);
    let (fault, hints) = match part {
        Fragment::Clock => (
            diag::error("time-without-day", format!("expected a date, found only a time of day, {cell}")),
            [
                "write the day before each time, as 2020-01-31 19:40",
                "or call the column something else to compare times of day",
            ],
        ),
        Fragment::Day => (
            diag::error("date-without-year", format!("expected a date with its year, found {cell}")),
            ["write dates as 2020-01-31 19:40", ""],
        ),
        Fragment::Month => (
            diag::error("date-without-year", format!("expected a date with its year, found {cell}")),
            ["write months as 2020-01", "or call the column something else to compare days"],
        ),
        Fragment::DayMonth => (
            diag::error("date-without-year", format!("expected a date with its year, found {cell}")),
            [
                "write dates as 2020-01-31 and months as 2020-01",
                "in a spreadsheet, format the column as yyyy-mm-dd and save it again",
            ],
        ),
        Fragment::Half => (
            diag::error("unclear-period", format!("expected a date, found a half of a year, {cell}")),
            ["write the month that each begins with, 2020-01 or 2020-07", ""],
        ),
        Fragment::Fiscal => (
            diag::error("unclear-period", format!("expected a date, found a fiscal year, {cell}")),
            ["write the month that each begins with, such as 2019-10", ""],
        ),
        Fragment::Week(year) => {
            let message = format!("expected a week of {year}, which has 52, found {cell}");
            let error = diag::error("not-a-date", message);
            return error.hint(format!("the week after {year}-W52 is {}-W01", year + 1));
        }
        Fragment::Time => (
            diag::error("not-a-date", format!("expected a time of day up to 23:59:59, found {cell}")),
            ["write times as 2020-01-31T19:40:00; the second after 59 is the first of the next minute", ""],
        ),
        Fragment::Offset => (
            diag::error("not-a-date", format!("expected an offset from -12:00 to +14:00, found {cell}")),
            ["write the offset from UTC in hours and minutes, as 2020-01-31T19:40:00+05:30", ""],
        ),
        Fragment::Season => (
            diag::error("unclear-period", format!("expected a date, found a season of two years, {cell}")),
            [
                "write the year that each begins with, such as 2010, or a month with its day, as 2010-11-01",
                "or call the column `season` to compare seasons by their names",
            ],
        ),
    };
    hints.into_iter().filter(|hint| !hint.is_empty()).fold(fault, Diagnostic::hint)
}

/// Whether a text begins with a time of day.
fn is_clock(text: &str) -> bool {
    let Some((hours, rest)) = text.split_once(':') else { return false };
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    small(hours) && end == 2
}

/// Whether a text is a number of one digit or two.
fn small(text: &str) -> bool {
    matches!(text.len(), 1 | 2) && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::cells::dates::is_date;

    #[test]
    fn parts_of_dates_are_told_from_dates() {
        for (cell, part) in [
            ("7:40 PM ET", Fragment::Clock),
            ("19:40", Fragment::Clock),
            ("00:00:00", Fragment::Clock),
            ("Jan 04", Fragment::Month),
            ("Dez. 07", Fragment::Month),
            ("8/6 20:56 EST", Fragment::Day),
            ("Jan 5", Fragment::Month),
            ("20-Jan", Fragment::DayMonth),
            ("5 Jan", Fragment::DayMonth),
            ("2021-W53", Fragment::Week(2021)),
            ("202153", Fragment::Week(2021)),
            ("W53 2021", Fragment::Week(2021)),
            ("2020-01-31 11:59:60", Fragment::Time),
            ("2016-12-31T23:59:60Z", Fragment::Time),
            ("2020-01-31 24:00", Fragment::Time),
            ("13/01/2020 11:60", Fragment::Time),
            ("2020-01-31T00:00:00+99:99", Fragment::Offset),
            ("2020-01-31T00:00:00+24:00", Fragment::Offset),
            ("2020-01-31 10:00 -1300", Fragment::Offset),
            ("2012/13", Fragment::Season),
            ("2010/2011", Fragment::Season),
            ("1999–00", Fragment::Season),
        ] {
            assert_eq!((of(cell), is_date(cell)), (Some(part), false), "{cell}");
        }
        for (cell, part) in [
            ("H1 2020", Fragment::Half),
            ("2020-H2", Fragment::Half),
            ("2H20", Fragment::Half),
            ("FY2020", Fragment::Fiscal),
            ("FY2020/21", Fragment::Fiscal),
        ] {
            assert_eq!((of(cell), is_date(cell)), (Some(part), true), "{cell}");
        }
        for cell in [
            "Jan 2004",
            "Jan",
            "1/2",
            "1/2/2020 9:00",
            "Monday",
            "week 10",
            "10",
            "2:1",
            "1:1:1",
            "Jan 04, 2020",
            "2010-12",
            "2010-10",
            "H3 2020",
            "FY",
            "2020-W53",
            "202013",
            "Nifty20",
            "20-Jan-2020",
        ] {
            assert_eq!(of(cell), None, "{cell}");
        }
    }
}
