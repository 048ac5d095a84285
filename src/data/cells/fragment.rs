//! Cells that tell of time and are no date: a time of day, a day or a month without its year, and spans that begin
//! at a date which only their author knows.

use crate::diag::{self, Diagnostic, quoted};

use crate::data::cells::calendar::month;
use crate::data::cells::cell;

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
    /// `H1 2020`
    Half,
    /// `FY2020`
    Fiscal,
    /// `2010/11`
    Season,
}

/// What a trimmed cell tells; `None` where it is something else.
pub(crate) fn of(cell: &str) -> Option<Fragment> {
    if is_clock(cell) {
        return Some(Fragment::Clock);
    }
    if is_season(cell) {
        return Some(Fragment::Season);
    }
    let span = of_year(cell);
    if span.is_some() {
        return span;
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

/// Whether a trimmed cell is two years that follow each other: `2010-11`, `2010/2011`.
pub(crate) fn is_season(cell: &str) -> bool {
    let Some((first, second)) = cell.split_once(['-', '/', '–']) else { return false };
    let digits = [first, second].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    let Some(next) = first.parse::<u32>().ok().filter(|_| digits && first.len() == 4).map(|year| year + 1)
    else {
        return false;
    };
    match second.len() {
        2 => second.parse() == Ok(next % 100),
        4 => second.parse() == Ok(next),
        _ => false,
    }
}

/// A half or a fiscal year: what is left without a year and separators says which.
fn of_year(cell: &str) -> Option<Fragment> {
    let upper = cell.to_ascii_uppercase();
    let mut words = upper.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let joined: String = words.by_ref().take(3).collect();
    if words.next().is_some() || joined.len() > 10 {
        return None;
    }
    let year = |text: &str| matches!(text.len(), 2 | 4) && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = joined.strip_prefix("FY") {
        return (year(rest) || rest.len() == 6 && rest.bytes().all(|b| b.is_ascii_digit()))
            .then_some(Fragment::Fiscal);
    }
    let before = ["H1", "H2", "1H", "2H"].iter().find_map(|half| joined.strip_prefix(half));
    let after = ["H1", "H2"].iter().find_map(|half| joined.strip_suffix(half));
    [before, after].into_iter().flatten().any(year).then_some(Fragment::Half)
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
            ("H1 2020", Fragment::Half),
            ("2020-H2", Fragment::Half),
            ("2H20", Fragment::Half),
            ("FY2020", Fragment::Fiscal),
            ("FY 20", Fragment::Fiscal),
            ("FY2020/21", Fragment::Fiscal),
            ("2012/13", Fragment::Season),
            ("2010/2011", Fragment::Season),
            ("1999–00", Fragment::Season),
        ] {
            assert_eq!((of(cell), is_date(cell)), (Some(part), false), "{cell}");
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
            "Nifty20",
            "20-Jan-2020",
        ] {
            assert_eq!(of(cell), None, "{cell}");
        }
    }
}
