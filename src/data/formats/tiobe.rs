//! The TIOBE index of programming languages: the table of a month, and the long-term history.

use crate::data::cells::cell;
use crate::data::formats::signature::{Known, Source, UNKNOWN};
use crate::data::model::columns::Columns;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::shape::sheet::{Holds, Sheet};

/// Ratings of a month.
const RATINGS: &Format = &Format {
    name: "tiobe",
    publisher: Some("TIOBE"),
    obtained: "the table of a month of tiobe.com/tiobe-index, copied, or of all its months",
    numbers: "ratings: shares of what searches find in a month, in per cent",
    // A rating is a language's part of what was found for all, in per cent.
    basis: |_, _| Some(Basis::Share),
    ..NONE
};

pub(super) const RATINGS_SOURCE: &Source =
    &Source { format: RATINGS, recognise: |sheet| ratings(sheet).or_else(|| history(sheet)), ..UNKNOWN };

/// Languages that have been rated since the index began.
const LASTING: [&str; 6] = ["C", "C++", "Java", "JavaScript", "Perl", "Python"];

/// Ranks by year.
const RANKS: &Format = &Format {
    name: "tiobe-ranks",
    publisher: Some("TIOBE"),
    obtained: "the table of long-term history of tiobe.com/tiobe-index, copied",
    numbers: "ranks of each year, of which 1 is the highest",
    basis: |_, _| Some(Basis::Rank),
    measure: Some("rank"),
    ..NONE
};

pub(super) const RANKS_SOURCE: &Source = &Source { format: RANKS, recognise: ranks, ..UNKNOWN };

/// Ranks of two months, a language, its rating and the change of that.
fn ratings(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let called = |wanted: &[&str]| {
        let plain = |name: &str| name.to_lowercase().replace([' ', '_', '(', ')', '%'], "");
        sheet.names.iter().find(|name| wanted.contains(&plain(name).as_str())).cloned()
    };
    let subject = Some(called(&["programminglanguage", "language"])?);
    let values = vec![called(&["ratings"])?];
    called(&["change"]).filter(|_| sheet.holding(Holds::Dates).is_empty())?;
    let columns = Columns { subject, values, ..Columns::default() };
    let note = Some("Took the ratings; ranks and changes are left out.");
    Some(Known { columns, note, ..Known::default() })
}

/// Ratings of all months: a date in words, a column for each language, and nothing where one was not rated yet.
fn history(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let rated = LASTING.iter().filter(|language| sheet.names.iter().any(|name| name == *language));
    let in_words = |cell: &str| cell.starts_with(|c: char| c.is_ascii_alphabetic());
    let fits = sheet.title(0) == "DATE" && sheet.sampled(0).all(in_words) && rated.count() > 1;
    let note = Some("A language without a rating is not listed in that month.");
    fits.then_some(Known { wide: true, note, ..Known::default() })
}

/// A row for each language, a column for each year, and ranks.
fn ranks(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let columns = 1..sheet.names.len();
    let is_year = |column: usize| matches!(sheet.title(column).parse::<u32>(), Ok(1900..=2100));
    let ranks = |column: usize| {
        let mut cells = sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
        cells.all(|cell| matches!(cell.parse::<u32>(), Ok(1..=999)))
    };
    let fits = sheet.title(0).eq_ignore_ascii_case("Programming Language")
        && columns.len() > 1
        && columns.clone().all(|column| is_year(column) && ranks(column));
    let note = Some("The numbers are ranks, of which 1 is the highest.");
    fits.then_some(Known { note, ..Known::default() })
}
