//! Where the data stand in a table: which row is the first of them, which is their header, and where their
//! block ends. The data are looked for, not the header: preambles have any number of lines, or none.

use std::collections::BTreeSet;

use crate::data::cells::calendar::is_year;
use crate::data::cells::date_column::is_date_word;
use crate::data::cells::words::{self, Meaning};
use crate::data::cells::{cell, dates, numbers};
use crate::data::model::writing::Header;
use crate::data::rows::table::Table;

/// So many rows below another are looked at to find out whether it is one of them.
const KIN: usize = 4;

/// The data's place among the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Located {
    /// The row that names the columns.
    pub(crate) header: Option<usize>,
    /// The first row of data.
    pub(crate) first: usize,
    /// The first row after the first that stands after a blank one, or the number of rows.
    pub(crate) block_end: usize,
}

/// Finds the data; `None` where no row has a date or a number.
pub(crate) fn locate(table: &Table<'_>) -> Option<Located> {
    let rows = 0..table.len();
    let narrowest = if rows.clone().any(|row| table.width(row) >= 2) { 2 } else { 1 };
    let first_of = |kind: fn(&str) -> bool| {
        let fits = |&row: &usize| table.width(row) >= narrowest && begins(table, row, kind);
        rows.clone().filter(fits).find(|&row| !is_header(table, row))
    };
    // 2005.7 is a month only where a title says so: a row of dates has others.
    let is_date = |cell: &str| dates::is_date(cell) && !numbers::is_number(cell);
    let first = match first_of(is_date) {
        // A date on its own may be a remark below the table.
        Some(row) if row > 1 && row + 1 >= table.len() => first_of(counts).or(Some(row)),
        Some(row) => Some(row),
        None => first_of(counts),
    }?;
    let first = if begins(table, first, is_date) { first } else { first_named(table, first) };
    let first = first_damaged(table, first);
    let block_end = (first + 1..table.len()).find(|&row| table.after_blank(row)).unwrap_or(table.len());
    let header = header(table, first);
    Some(Located { header, first, block_end })
}

/// Whether a cell is a number, or can only be meant as one.
fn counts(cell: &str) -> bool {
    numbers::is_number(cell) || numbers::is_endless(cell)
}

/// The data of a table whose header the user says; `None` where no row begins on its line, or none follows.
pub(crate) fn below(table: &Table<'_>, header: Header) -> Option<Located> {
    let found = locate(table);
    let row = match header {
        Header::None => None,
        Header::Line(line) => Some((0..table.len()).find(|&row| table.line(row) == line)?),
    };
    let is_apart = |found: &Located, row: usize| {
        found.header.is_none() && found.first == row + 1 && table.width(row) < table.width(found.first)
    };
    let as_found = match (found, row) {
        (Some(found), None) => found.header.is_none(),
        (Some(found), Some(row)) => found.header == Some(row) || is_apart(&found, row),
        (None, _) => false,
    };
    if as_found {
        return found;
    }
    let first = match row {
        Some(row) => (row + 1..table.len()).find(|&below| !is_rule(table, below))?,
        None => found.and_then(|found| found.header).unwrap_or(0),
    };
    let block_end = (first + 1..table.len()).find(|&row| table.after_blank(row)).unwrap_or(table.len());
    Some(Located { header: row, first, block_end })
}

/// The first of the rows right above the first number that have a name and no value yet, as the places of a map
/// have that nobody searched in: they are data where a row above them names the columns.
fn first_named(table: &Table<'_>, first: usize) -> usize {
    let width = table.width(first);
    let lacks_values = |row: usize| {
        let named = table.cell(row, 0).is_some_and(|name| !name.is_empty());
        named && table.width(row) == width && table.cells(row).skip(1).all(cell::is_missing)
    };
    let preamble = |row: usize| is_padded_preamble(table, row) || table.after_blank(row + 1);
    let above = (0..first).rev().take_while(|&row| lacks_values(row) && !preamble(row)).last();
    let Some(top) = above.filter(|_| width > 1) else { return first };
    let titled = |row: usize| table.width(row) == width && table.cells(row).skip(1).all(|c| !c.is_empty());
    if top.checked_sub(1).is_some_and(titled) { top } else { first }
}

/// The first of the rows right above the data that have numbers below a row of words: their date is no date, or
/// their number no number, which is a fault to tell and no header. Rows of a year without a value go along: below
/// them a number such as 3879.7 looks like a date.
fn first_damaged(table: &Table<'_>, first: usize) -> usize {
    let width = table.width(first);
    let starts = |cell: &str| cell.starts_with(|c: char| c.is_ascii_digit()) && !dates::is_date(cell);
    let damaged = |row: usize| {
        let attached = table.width(row) == width && !table.after_blank(row + 1);
        let header = is_header(table, row);
        let values = || table.cells(row).skip(1);
        let hollow = table.cell(row, 0).is_some_and(starts) && values().all(cell::is_missing);
        attached && !header && (hollow || values().any(|cell| numbers::is_number(cell) || starts(cell)))
    };
    let Some(top) = (0..first).rev().take_while(|&row| damaged(row)).last() else { return first };
    // A title may be empty, or begin with a number; what counts nothing and has words names the columns.
    let named = |row: usize| {
        let mut words = table.cells(row).filter(|cell| !cell.is_empty());
        let first =
            table.cell(row, 0).is_some_and(|cell| cell.is_empty() || cell.starts_with(char::is_alphabetic));
        table.width(row) == width && first && words.all(|cell| !numbers::is_number(cell))
    };
    if top.checked_sub(1).is_some_and(named) { top } else { first }
}

/// Whether a row has a cell of a kind, and the rows after it go on so: one of the next three has that kind in
/// the same column, or none of them has anything there. More than one are asked because a single bad cell is a fault to tell, and no preamble.
fn begins(table: &Table<'_>, row: usize, kind: fn(&str) -> bool) -> bool {
    let next = || (row + 1..(row + 4).min(table.len())).take_while(|&row| !table.after_blank(row));
    let goes_on = |column| {
        let below =
            || next().filter_map(|row| table.cell(row, column)).filter(|cell| !cell::is_missing(cell));
        below().next().is_none() || below().any(kind)
    };
    table.cells(row).enumerate().any(|(column, cell)| kind(cell) && goes_on(column))
}

/// Whether a row that has numbers names the columns all the same.
fn is_header(table: &Table<'_>, row: usize) -> bool {
    names_years(table, row) || counts_columns(table, row) || titles_with_numbers(table, row)
}

/// Whether a row is a header of years: words, then only years, and a row of other numbers below. Below a row that
/// names the columns, each in its own words, it is data: 2,040 downloads look like a year. So is a row whose words
/// stand below once more, and one whose years are in no order.
fn names_years(table: &Table<'_>, row: usize) -> bool {
    let years = |row: usize| {
        table
            .cells(row)
            .skip(1)
            .skip_while(|cell| cell.starts_with(char::is_alphabetic))
            .filter(|cell| !cell.is_empty())
            .collect::<Vec<_>>()
    };
    let all_years = |row: usize| !years(row).is_empty() && years(row).iter().all(|cell| is_year(cell));
    let first = table.cell(row, 0).unwrap_or("");
    let words = !numbers::is_number(first) && !dates::is_date(first);
    let is_named = || row.checked_sub(1).is_some_and(|above| names_columns(table, above, table.width(row)));
    let in_order = || {
        let found = years(row);
        let pairs = || found.iter().zip(found.iter().skip(1));
        match found.as_slice() {
            // One year may be a number like any other.
            [_] => first.is_empty() || is_date_word(first) || words::meaning(first) != Meaning::Unknown,
            // They may begin anew, below another title that spans them.
            all => {
                let anew = |year: &&str| Some(year) == all.first();
                pairs().all(|(one, next)| one <= next || anew(next))
                    || pairs().all(|(one, next)| one >= next || anew(next))
            }
        }
    };
    let recurs = || {
        let texts = table.cells(row).enumerate().filter(|(_, cell)| cell.starts_with(char::is_alphabetic));
        let below = || row + 1..(row + 1 + KIN).min(table.len());
        texts.into_iter().any(|(column, cell)| below().any(|other| table.cell(other, column) == Some(cell)))
    };
    words
        && all_years(row)
        && row + 1 < table.len()
        && !all_years(row + 1)
        && !is_named()
        && in_order()
        && !recurs()
}

/// Whether the first row of all names columns though some of its titles are numbers, such as `10%`: one is a word
/// above numbers, or none of the numbers below is in per cent as they are.
fn titles_with_numbers(table: &Table<'_>, row: usize) -> bool {
    let named = table.cell(row, 0).is_some_and(|cell| cell.starts_with(char::is_alphabetic));
    let below = || row + 1..(row + 1 + KIN).min(table.len());
    if row > 0 || !named || table.len() < 2 || below().any(|other| table.width(other) != table.width(row)) {
        return false;
    }
    let numbers_below = |column: usize| {
        let cells =
            below().filter_map(|other| table.cell(other, column)).filter(|cell| !cell::is_missing(cell));
        let cells: Vec<&str> = cells.collect();
        !cells.is_empty() && cells.iter().all(|cell| numbers::is_number(cell) && !cell.contains('%'))
    };
    let all = || table.cells(row).enumerate().skip(1);
    let word = |cell: &str| {
        cell.starts_with(char::is_alphabetic) && !cell::is_missing(cell) && !dates::is_date(cell)
    };
    let worded = all().any(|(column, cell)| word(cell) && numbers_below(column));
    let in_per_cent = all().all(|(column, cell)| cell.ends_with('%') && numbers_below(column));
    worded || (in_per_cent && table.width(row) > 1)
}

/// Whether a row of a width has a word of its own for each column.
fn names_columns(table: &Table<'_>, row: usize, width: usize) -> bool {
    let is_word = |cell: &str| !cell.is_empty() && !numbers::is_number(cell) && !dates::is_date(cell);
    let names: BTreeSet<String> =
        table.cells(row).filter(|cell| is_word(cell)).map(str::to_lowercase).collect();
    table.width(row) == width && names.len() == width && !table.after_blank(row + 1)
}

/// Whether a row only counts the columns, `Year,0,1,2`, above one that names them.
fn counts_columns(table: &Table<'_>, row: usize) -> bool {
    let words = |row: usize| table.cells(row).all(|cell| !numbers::is_number(cell) && !cell.is_empty());
    let counts = table.cells(row).skip(1).zip(0_u32..).all(|(cell, count)| cell.parse() == Ok(count));
    let named = row + 1 < table.len() && table.width(row + 1) == table.width(row) && words(row + 1);
    table.width(row) > 2 && counts && named && table.cell(row, 0).is_some_and(|c| !numbers::is_number(c))
}

/// The nearest row above of the same width. A row right above that is one wider or narrower will do where it
/// has neither dates nor numbers, because people add and lose a delimiter.
fn header(table: &Table<'_>, first: usize) -> Option<usize> {
    let width = table.width(first);
    let above = (0..first).rev().filter(|&row| !is_rule(table, row));
    // A remark below the names of the columns may be as wide; one above may be these names.
    let is_remark = |row: usize| table.cell(row, 0).is_some_and(|cell| cell.starts_with('#'));
    let names = above.clone().find(|&row| table.width(row) == width && !is_remark(row));
    let mut alike = above.clone().filter(|&row| {
        table.width(row) == width && (!is_remark(row) || names.is_none_or(|names| names > row))
    });
    if let Some(row) = alike.next() {
        let titles = alike.next().filter(|&titles| titles + 1 == row && has_units(table, titles, row));
        return titles.or_else(|| (!is_padded_preamble(table, row)).then_some(row));
    }
    let nearest = above.clone().next()?;
    // A delimiter too many at the end of a row is no column.
    let (titles, cells) = (table.filled(nearest), table.filled(first));
    let is_close = |titles: usize, cells: usize| titles >= 2 && titles.abs_diff(cells) <= 1;
    let close = is_close(table.width(nearest), width) || is_close(titles, width) || is_close(titles, cells);
    let words = table.cells(nearest).all(|c| !dates::is_date(c) && !numbers::is_number(c));
    (close && words).then_some(nearest)
}

/// Whether a row is the line that Markdown draws below a header.
fn is_rule(table: &Table<'_>, row: usize) -> bool {
    table.cells(row).all(|cell| cell.bytes().all(|b| matches!(b, b'-' | b':' | b'=')))
}

/// Whether a row only says what all columns are counted in, below one that names them: `(month),(%),(%)`.
fn has_units(table: &Table<'_>, titles: usize, row: usize) -> bool {
    let words =
        |row: usize| table.cells(row).skip(1).all(|cell| !cell.is_empty() && !numbers::is_number(cell));
    let alike = |row: usize| {
        let mut cells = table.cells(row).skip(1);
        cells.next().is_some_and(|first| cells.all(|cell| cell == first))
    };
    let bracketed = |row: usize| table.cells(row).skip(1).all(|cell| cell.starts_with(['(', '[']));
    let several = table.width(row) > 2 && words(titles) && words(row) && !table.after_blank(row);
    several
        && !alike(titles)
        && (alike(row) || bracketed(row))
        && table.cells(titles).all(|cell| !dates::is_date(cell))
}

/// `Category: All categories,,` is what a spreadsheet makes of a preamble, or of a sentence.
fn is_padded_preamble(table: &Table<'_>, row: usize) -> bool {
    let mut cells = table.cells(row);
    let sentence = |cell: &str| cell.contains([':', '：']) || cell.split(' ').count() > 3;
    let text = cells.next().is_some_and(sentence);
    text && table.width(row) > 1 && cells.all(str::is_empty)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn located(text: &str) -> Option<(Option<usize>, usize, usize)> {
        let table = Table::read("f.csv", text, b',', usize::MAX).unwrap();
        locate(&table).map(|l| (l.header, l.first, l.block_end))
    }

    #[test]
    fn the_header_is_the_row_above_the_data() {
        for (text, expected) in [
            ("Week,a\n2020-01-05,1\n", Some((Some(0), 1, 2))),
            ("Category: All categories\n\nWeek,a\n2020-01-05,1\n", Some((Some(1), 2, 3))),
            ("Category: All categories,\n,\nWeek,a\n2020-01-05,1\n", Some((Some(1), 2, 3))),
            ("\nWeek,a\n2020-01-05,1\n", Some((Some(0), 1, 2))),
            ("2020-01-05,1\n2020-01-12,2\n", Some((None, 0, 2))),
            ("Category: All categories,\n2020-01-05,1\n2020-01-12,2\n", Some((None, 1, 3))),
            ("portal,Alpha,Beta\nA,1,2\nB,3,4\n", Some((Some(0), 1, 3))),
            ("Language,2018,2019\nA,1,2\nB,3,4\n", Some((Some(0), 1, 3))),
            ("Rank,Language,2018,2019\n1,A,1,2\n2,B,3,4\n", Some((Some(0), 1, 3))),
            ("year,n\n2018,1\n2019,2\n", Some((Some(0), 1, 3))),
            ("Exported,2020-01-05\nWeek,a\n2020-01-05,1\n2020-01-12,1\n", Some((Some(1), 2, 4))),
            ("Week,a,b,\n2020-01-05,1,2\n", Some((Some(0), 1, 2))),
            ("Week,a\n2020-01-05,1\n\nregion,a\nX,5\n", Some((Some(0), 1, 2))),
            ("name,a,b\nX,1,2\nY,3,4\nnote,5\n\"Oct. 10, 2018\",,\n", Some((Some(0), 1, 5))),
            ("a,b\n--,:-:\nX,1\nY,2\n", Some((Some(0), 2, 4))),
            ("name,n\nX,\nY,NA\nZ,1\nW,2\n", Some((Some(0), 1, 5))),
            ("Category: All categories,,\nWeek,a,\nX,1,2\nY,3,4\n", Some((Some(1), 2, 4))),
            ("keyword,alpha,alpha\nregion,US,\ndate,,\n2020-01-05,1,2\n", Some((Some(2), 3, 4))),
            ("Category: All,\n,\nplace,a\nX,\nY,NA\nZ,5\n", Some((Some(1), 2, 5))),
            ("place,a,b\nX,,\nY,,\nZ,5,6\n", Some((Some(0), 1, 4))),
            ("Total:,\nplace,a\nX,5\n", Some((Some(1), 2, 3))),
            ("X,\nY,\nZ,5\n", Some((Some(1), 2, 3))),
            ("Week,a\n2020-02-3x,5\nx,6\n2020-01-05,1\n2020-01-12,2\n", Some((Some(0), 1, 5))),
            ("place,a\nX,1OO\nY,5\nZ,6\n", Some((Some(0), 1, 4))),
            ("measure,share,share\nLanguage,2018,2019\nA,1,2\nB,3,4\n", Some((Some(1), 2, 4))),
            ("date,name,n\n2023-02-01,A,2040\n2023-02-01,B,6\n2023-02-02,A,7\n", Some((Some(0), 1, 4))),
            ("name,n\nA,2040\nB,6\nC,7\n", Some((Some(0), 1, 4))),
            ("A,2019\nB,7\n", Some((None, 0, 2))),
            ("A,2019,2011,2015\nB,7,8,9\nC,9,5,4\n", Some((None, 0, 3))),
            ("Ada,2000\nAda,7\n", Some((None, 0, 2))),
            ("portal,x,1950\nportal,y,1336\nboard,x,2106\n", Some((None, 0, 3))),
            ("who,n\nAda,2000\n", Some((Some(0), 1, 2))),
            ("country,2019\nA,7\nB,8\n", Some((Some(0), 1, 3))),
            ("date,10%,20%\n2020-01,2,3\n2020-02,3,4\n", Some((Some(0), 1, 3))),
            ("country,10%,30 %,share\nA,1,2,3\nB,3,4,7\n", Some((Some(0), 1, 3))),
            (",x,,,y,\nparty,2019,2023,2024,2019,2023\nA,1,2,3,4,5\nB,5,6,7,8,9\n", Some((Some(1), 2, 4))),
            (",2019,,2020,\nregion,a,b,a,b\nX,1,2,3,4\nY,5,6,7,8\n", Some((Some(1), 2, 4))),
            ("Year,,b\n1996,,\n1997,2005.7,\n1998,2011.3,5\n1999,1,2006.1\n", Some((Some(0), 1, 5))),
            ("year,2010 est.,b\n1996,,\n1997,2005.7,\n1998,2011.3,5\n", Some((Some(0), 1, 4))),
            ("name,n,m\nA,2040,1990\nB,6,5\nC,7,8\n", Some((Some(0), 1, 4))),
            ("Year,0,1\nWords,a,b\n2004,5,6\n2005,7,8\n", Some((Some(1), 2, 4))),
            ("What was searched most in August,\nX,5\nY,6\n", Some((None, 1, 3))),
            ("year,a,b\n(y),(%),(%)\n2018,1,2\n2019,3,4\n", Some((Some(0), 2, 4))),
            ("term,a,b\nregion,US,GB\n2018,1,2\n2019,3,4\n", Some((Some(1), 2, 4))),
            ("geo,2020-01-05,2020-01-12\nX,5,6\nY,7,NA\n", Some((Some(0), 1, 3))),
            ("date\n2020-01-05\n2020-01-06\n", Some((Some(0), 1, 3))),
            ("date,a\nJanwar 2020,1\n2020-02,2\n2020-03,3\n", Some((Some(0), 1, 4))),
            ("year,a\n1900,1\n1903,\n1904,3879.7\n1905,\n1906,\n1907,\n1908,5\n", Some((Some(0), 1, 8))),
            ("date,1,2\n2020-02,2,3\n2020-03,3,4\n", Some((Some(0), 1, 3))),
            ("criterion,a\nFirst release,27 March 2015\nSpeed,fast\n", None),
            ("just a sentence, and another one\n", None),
        ] {
            assert_eq!(located(text), expected, "{text}");
        }
    }
}
