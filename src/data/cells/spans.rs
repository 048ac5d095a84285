//! Halves and fiscal years with their parts, in the ways that reports write them: `H1 2020`, `1S20`, `FY2021`,
//! `Q3 FY21`, `2020/21`. In which month a fiscal year begins is its column's choice.

use crate::time::moment::Moment;

use crate::data::cells::calendar::{day, full_year};
use crate::data::cells::style::Style;

/// More characters than any has.
const LONGEST: usize = 32;

/// A part of a year, by its number from 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Span {
    Half(u32),
    Quarter(u32),
}

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Named {
    fiscal: bool,
    part: Option<Span>,
    /// The year with the number of its digits, and whether the one after it stands behind it.
    year: (u32, usize),
    pair: bool,
}

/// The first moment of a half, of a fiscal year or of a part of one.
pub(crate) fn parse(cell: &str, style: Style) -> Option<Moment> {
    let named = named(cell)?;
    // A calendar quarter by its own name is a date as others are; two years alone may be a name.
    if !named.fiscal && named.part.is_none() && !style.seasons {
        return None;
    }
    let (year, width) = named.year;
    let year = full_year(year, width, style.since)?;
    let starts = if named.fiscal || named.pair { style.year_starts.clamp(1, 12) } else { 1 };
    // A fiscal year has the name of the year it ends in.
    let first = if starts > 1 && !named.pair { year.checked_sub(1)? } else { year };
    let passed = match named.part {
        Some(Span::Half(number)) => (number - 1) * 6,
        Some(Span::Quarter(number)) => (number - 1) * 3,
        None => 0,
    };
    let months = starts - 1 + passed;
    day(first + months / 12, months % 12 + 1, 1)
}

/// Whether a cell names a half.
pub(crate) fn is_half(cell: &str) -> bool {
    named(cell).is_some_and(|named| matches!(named.part, Some(Span::Half(_))))
}

/// Whether a cell names a fiscal year.
pub(crate) fn is_fiscal(cell: &str) -> bool {
    named(cell).is_some_and(|named| named.fiscal || (named.pair && named.part.is_some()))
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

fn named(cell: &str) -> Option<Named> {
    let is_day = [4, 7].iter().all(|&at| cell.as_bytes().get(at) == Some(&b'-'));
    if is_day || cell.len() > LONGEST || !cell.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let upper = cell.to_uppercase();
    let (mut fiscal, mut half, mut quarter) = (false, false, false);
    let (mut number, mut year, mut pair) = (None, None, is_season(cell));
    let mut rest = upper.as_str();
    while let Some(c) = rest.chars().next() {
        let kind = |c: char| (c.is_ascii_digit(), c.is_alphabetic());
        let end = rest.find(|other| kind(other) != kind(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at_checked(end)?;
        rest = after;
        match (kind(c), word) {
            ((false, false), _) if word.chars().all(|c| " -_/.,'’°–".contains(c)) => {}
            ((true, _), _) => match (word.len(), word.parse::<u32>().ok()?) {
                (1, digit) if number.is_none() => number = Some(digit),
                (4, full) if year.is_none() => year = Some((full, 4)),
                (2, short) if year.is_none() => year = Some((short, 2)),
                (2 | 4, next) => {
                    let (before, _) = year.filter(|_| !pair || is_season(cell))?;
                    let follows = (before + 1) % 100 == next % 100 && (word.len() == 2 || next == before + 1);
                    pair = follows.then_some(true)?;
                }
                (6, both) if year.is_none() => {
                    year = Some((both / 100, 4));
                    pair = ((both / 100 + 1) % 100 == both % 100).then_some(true)?;
                }
                _ => return None,
            },
            (_, "FY" | "FISCAL" | "GJ" | "EJERCICIO" | "EXERCICE") if !fiscal => fiscal = true,
            (_, "YEAR") if fiscal => {}
            (_, "FIRST") if number.is_none() => number = Some(1),
            (_, "SECOND") if number.is_none() => number = Some(2),
            (_, "H" | "HY" | "HJ" | "S" | "HALF" | "HALBJAHR" | "SEM" | "SEMESTER" | "SEMESTRE") if !half => {
                half = true
            }
            (_, "Q" | "QTR" | "T" | "QUARTER" | "TRIMESTRE" | "QUARTAL" | "TRIM") if !quarter => {
                quarter = true
            }
            (_, "HFY" | "SFY") if !half && !fiscal => (half, fiscal) = (true, true),
            (_, "QFY" | "TFY") if !quarter && !fiscal => (quarter, fiscal) = (true, true),
            (_, "ST" | "ND" | "RD" | "TH" | "ER" | "OF" | "DE") if number.is_some() => {}
            _ => return None,
        }
    }
    let part = match (half, quarter, number) {
        (true, false, Some(number @ 1..=2)) => Some(Span::Half(number)),
        (false, true, Some(number @ 1..=4)) => Some(Span::Quarter(number)),
        (false, false, None) => None,
        _ => return None,
    };
    (fiscal || pair || part.is_some()).then_some(())?;
    Some(Named { fiscal, part, year: year?, pair })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(cell: &str, year_starts: u32) -> Option<String> {
        let style = Style { year_starts, seasons: is_season(cell), ..Style::default() };
        parse(cell, style).map(|moment| moment.to_string())
    }

    #[test]
    fn halves_are_of_calendar_years() {
        for (cell, date) in [
            ("2020-H1", "2020-01-01"),
            ("2020H2", "2020-07-01"),
            ("H1 2020", "2020-01-01"),
            ("H2-2020", "2020-07-01"),
            ("H1/20", "2020-01-01"),
            ("1H20", "2020-01-01"),
            ("2H 2020", "2020-07-01"),
            ("2H'20", "2020-07-01"),
            ("S1 2020", "2020-01-01"),
            ("2S20", "2020-07-01"),
            ("HY2 2021", "2021-07-01"),
            ("2. Halbjahr 2020", "2020-07-01"),
            ("1er semestre 2020", "2020-01-01"),
            ("Second half of 2020", "2020-07-01"),
            ("T3 2020", "2020-07-01"),
        ] {
            assert_eq!(at(cell, 4).as_deref(), Some(date), "{cell}");
        }
    }

    #[test]
    fn fiscal_years_begin_when_the_column_says() {
        for (cell, calendar, october) in [
            ("FY2021", "2021-01-01", "2020-10-01"),
            ("FY21", "2021-01-01", "2020-10-01"),
            ("FY 21", "2021-01-01", "2020-10-01"),
            ("FY'21", "2021-01-01", "2020-10-01"),
            ("FY2020/21", "2020-01-01", "2020-10-01"),
            ("FY2020-2021", "2020-01-01", "2020-10-01"),
            ("FY202021", "2020-01-01", "2020-10-01"),
            ("2020/21", "2020-01-01", "2020-10-01"),
            ("2010-11", "2010-01-01", "2010-10-01"),
            ("FY21 Q3", "2021-07-01", "2021-04-01"),
            ("FY2021-Q1", "2021-01-01", "2020-10-01"),
            ("Q3 FY2021", "2021-07-01", "2021-04-01"),
            ("Q4FY21", "2021-10-01", "2021-07-01"),
            ("3QFY21", "2021-07-01", "2021-04-01"),
            ("H2 FY2021", "2021-07-01", "2021-04-01"),
            ("Q1 2020/21", "2020-01-01", "2020-10-01"),
            ("Fiscal year 2021", "2021-01-01", "2020-10-01"),
        ] {
            assert_eq!(at(cell, 1).as_deref(), Some(calendar), "{cell}");
            assert_eq!(at(cell, 10).as_deref(), Some(october), "{cell}");
        }
        assert!(
            is_fiscal("FY2021") && is_fiscal("Q1 2020/21") && !is_fiscal("H1 2020") && !is_fiscal("2020")
        );
    }

    #[test]
    fn what_names_no_span_is_left_alone() {
        for cell in [
            "H3 2020",
            "FY",
            "H1",
            "Q5 FY2021",
            "H100",
            "S20",
            "2020",
            "20",
            "H2O 2020",
            "Nifty20",
            "S05 2020",
            "H1 H2 2020",
            "FY2020/22",
            "version 2",
            "1 2020",
            "FY1",
            "H1 202",
            "2020-12-01",
        ] {
            assert_eq!(at(cell, 1), None, "{cell}");
        }
    }
}
