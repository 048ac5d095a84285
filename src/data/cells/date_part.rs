//! One part of a date: the month, quarter, week or day that a column is called by, and the number a cell says of it.
//! It must not know tables.

use crate::data::cells::calendar::{self, is_year};
use crate::data::cells::cell;

/// What a part of a date is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Month,
    Quarter,
    Week,
    Day,
}

/// Headers of columns that hold a part, in the languages exports come in.
const WORDS: [(Part, &[&str]); 4] = [
    (Part::Month, &["month", "months", "monat", "mois", "mes", "mês", "mese", "maand", "mon", "month_name"]),
    (Part::Quarter, &["quarter", "quarters", "qtr", "quartal", "trimestre", "kwartaal", "q"]),
    (Part::Week, &["week", "weeks", "weeknum", "woche", "kw", "semaine", "semana", "settimana", "iso_week"]),
    (Part::Day, &["day", "days", "tag", "jour", "día", "dia", "giorno", "dag"]),
];

/// Further columns that only say again what a date says.
const REPEATED: [&str; 11] = [
    "year",
    "jahr",
    "année",
    "año",
    "hour",
    "weekday",
    "day_of_week",
    "dayofweek",
    "day of week",
    "timestamp",
    "epoch",
];

impl Part {
    /// The part that a header names.
    pub(crate) fn of(header: &str) -> Option<Part> {
        let lower = header.to_lowercase();
        WORDS.iter().find(|(_, words)| words.contains(&lower.as_str())).map(|(part, _)| *part)
    }

    /// The number a cell says: `3`, `March`, `Q3`, `W03`.
    pub(crate) fn number(self, cell: &str) -> Option<u32> {
        let digits = match self {
            Part::Month => return calendar::month(cell).or_else(|| plain(cell, 12)),
            Part::Quarter => cell.strip_prefix(['Q', 'q', 'T']).unwrap_or(cell),
            Part::Week => cell.strip_prefix(['W', 'w']).unwrap_or(cell),
            Part::Day => cell,
        };
        plain(digits, self.most())
    }

    pub(crate) fn most(self) -> u32 {
        match self {
            Part::Month => 12,
            Part::Quarter => 4,
            Part::Week => 53,
            Part::Day => 31,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Part::Month => "month",
            Part::Quarter => "quarter",
            Part::Week => "week",
            Part::Day => "day",
        }
    }
}

/// A whole number from 1 to a limit; a data frame with gaps writes it with a fraction.
fn plain(cell: &str, most: u32) -> Option<u32> {
    let whole = cell.strip_suffix(".0").unwrap_or(cell);
    let short = whole.len() <= 2 && whole.bytes().all(|b| b.is_ascii_digit());
    whole.parse().ok().filter(|number| short && (1..=most).contains(number))
}

/// Whether a column of this title and these cells only says again what a date says.
pub(crate) fn repeats_date<'c>(title: &str, mut cells: impl Iterator<Item = &'c str>) -> bool {
    let lower = title.to_lowercase();
    let part = Part::of(&lower);
    let fits = |cell: &str| match part {
        _ if cell::is_missing(cell) => true,
        Some(part) => part.number(cell).is_some() || calendar::is_weekday(cell) || is_year(cell),
        None => {
            calendar::is_weekday(cell)
                || is_year(cell)
                || plain(cell, 24).is_some()
                || cell == "0"
                || is_epoch(cell)
        }
    };
    (part.is_some() || REPEATED.contains(&lower.as_str())) && cells.all(fits)
}

/// Seconds or milliseconds since 1970.
fn is_epoch(cell: &str) -> bool {
    let whole = cell.strip_suffix(".0").unwrap_or(cell);
    (9..=13).contains(&whole.len()) && whole.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_numbers_and_names() {
        for (part, cell, number) in [
            (Part::Month, "3", Some(3)),
            (Part::Month, "03", Some(3)),
            (Part::Month, "3.0", Some(3)),
            (Part::Month, "March", Some(3)),
            (Part::Month, "Sept", Some(9)),
            (Part::Month, "13", None),
            (Part::Month, "0", None),
            (Part::Quarter, "Q4", Some(4)),
            (Part::Quarter, "4", Some(4)),
            (Part::Quarter, "5", None),
            (Part::Week, "W53", Some(53)),
            (Part::Week, "54", None),
            (Part::Day, "31", Some(31)),
            (Part::Day, "+1", None),
        ] {
            assert_eq!(part.number(cell), number, "{part:?} {cell}");
        }
        assert_eq!(
            (Part::of("Monat"), Part::of("KW"), Part::of("monthly")),
            (Some(Part::Month), Some(Part::Week), None)
        );
    }
}
