//! Cells that tell a part of a date only: a time of day, a day or a month without its year.

use super::calendar::month;
use super::cell;

/// What a cell tells of a moment that is no date yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fragment {
    /// `7:40 PM`
    Clock,
    /// `Jan 04`, whose number is a day or a year.
    Month,
    /// `8/6 20:56`
    Day,
}

/// What a trimmed cell tells; `None` where it is something else.
pub(super) fn of(cell: &str) -> Option<Fragment> {
    if is_clock(cell) {
        return Some(Fragment::Clock);
    }
    let (first, rest) = cell.split_once(cell::is_blank)?;
    let rest = cell::trimmed(rest);
    if let Some((day, month)) = first.split_once('/') {
        return (small(day) && small(month) && is_clock(rest)).then_some(Fragment::Day);
    }
    month(first.trim_end_matches('.'))?;
    (rest.len() == 2 && small(rest)).then_some(Fragment::Month)
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
    use crate::data::dates::is_date;

    #[test]
    fn parts_of_dates_are_told_from_dates() {
        for (cell, part) in [
            ("7:40 PM ET", Fragment::Clock),
            ("19:40", Fragment::Clock),
            ("00:00:00", Fragment::Clock),
            ("Jan 04", Fragment::Month),
            ("Dez. 07", Fragment::Month),
            ("8/6 20:56 EST", Fragment::Day),
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
        ] {
            assert_eq!(of(cell), None, "{cell}");
        }
    }
}
