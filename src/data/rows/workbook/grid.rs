//! A sheet as cells of text, and how much of a workbook is kept. It must not know which program wrote it.

use std::io;

use crate::data::cells::cell::{is_error, trimmed};
use crate::diag::{self, Diagnostic};

/// So many cells are read of all sheets together: more than any table that a spreadsheet can hold and people use.
const CELL_LIMIT: usize = 4_000_000;
/// So many bytes of text: one long text may be the content of many cells.
const TEXT_LIMIT: usize = 256 << 20;
/// So many places has a sheet from its first cell to its last, with the empty ones between.
const AREA_LIMIT: u64 = 32_000_000;
/// Columns of the widest sheet.
pub(super) const WIDTH_LIMIT: u32 = 16_384;

/// What an error is called that has no known name.
const ERROR: &str = "#N/A";

/// A sheet's cells that hold anything, row by row.
#[derive(Default)]
pub(crate) struct Grid {
    pub(crate) name: String,
    pub(crate) is_hidden: bool,
    /// What the cells are slices of.
    pub(crate) text: String,
    pub(crate) cells: Vec<GridCell>,
    /// The row, from 1, of the first formula that nobody has saved a value of.
    pub(crate) uncounted: Option<u32>,
}

/// A cell: row and column from 0, and its slice of the text.
#[derive(Clone, Copy)]
pub(crate) struct GridCell {
    pub(crate) row: u32,
    pub(crate) column: u32,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Why a workbook is not read.
pub(super) enum Refusal {
    /// It does not hold what it says.
    Damaged,
    /// It unpacks to more than the limit.
    Inflating,
    /// It has more cells than are read.
    Large,
    /// It cannot be read without a password.
    Locked,
}

impl From<io::Error> for Refusal {
    fn from(_: io::Error) -> Self {
        Refusal::Damaged
    }
}

impl Grid {
    pub(super) fn named(name: &str, is_hidden: bool) -> Self {
        Grid { name: name.to_owned(), is_hidden, ..Grid::default() }
    }

    /// Adds a cell, unless it is blank.
    pub(super) fn push(&mut self, row: u32, column: u32, text: &str, room: &mut Room) -> Result<(), Refusal> {
        let text = trimmed(text);
        if text.is_empty() {
            return Ok(());
        }
        room.take(text.len())?;
        let start = self.text.len();
        self.text.push_str(text);
        let narrow = |offset: usize| u32::try_from(offset).map_err(|_| Refusal::Large);
        self.cells.push(GridCell { row, column, start: narrow(start)?, end: narrow(self.text.len())? });
        Ok(())
    }

    /// Adds a cell that holds an error, in words that are known as one.
    pub(super) fn push_error(
        &mut self,
        row: u32,
        column: u32,
        text: &str,
        room: &mut Room,
    ) -> Result<(), Refusal> {
        self.push(row, column, if is_error(text) { text } else { ERROR }, room)
    }

    /// Brings the cells into the order of the sheet, of which a file need not take notice.
    pub(super) fn settle(&mut self) -> Result<(), Refusal> {
        if !self.cells.is_sorted_by_key(|cell| (cell.row, cell.column)) {
            self.cells.sort_by_key(|cell| (cell.row, cell.column));
        }
        self.cells.dedup_by_key(|cell| (cell.row, cell.column));
        let columns = || self.cells.iter().map(|cell| cell.column);
        let width = columns().max().unwrap_or(0) - columns().min().unwrap_or(0) + 1;
        let rows = self.cells.chunk_by(|a, b| a.row == b.row).map(|_| u64::from(width));
        if rows.sum::<u64>() > AREA_LIMIT { Err(Refusal::Large) } else { Ok(()) }
    }
}

/// How much more is read of a workbook.
pub(super) struct Room {
    cells: usize,
    text: usize,
}

impl Default for Room {
    fn default() -> Self {
        Room { cells: CELL_LIMIT, text: TEXT_LIMIT }
    }
}

impl Room {
    fn take(&mut self, bytes: usize) -> Result<(), Refusal> {
        self.cells = self.cells.checked_sub(1).ok_or(Refusal::Large)?;
        self.text = self.text.checked_sub(bytes).ok_or(Refusal::Large)?;
        Ok(())
    }
}

impl Refusal {
    pub(super) fn told(&self) -> Diagnostic {
        let expected = "expected a spreadsheet, found";
        match self {
            Refusal::Damaged => diag::error("damaged-archive", format!("{expected} a damaged one"))
                .hint("open it in a spreadsheet program and save it again, or save the sheet as CSV (UTF-8)"),
            Refusal::Inflating => diag::error(
                "inflating-archive",
                format!("{expected} an archive that unpacks to 200 times its size, or to more than 512 MiB"),
            )
            .hint("save the sheet as CSV (UTF-8)"),
            Refusal::Large => {
                let limit = "4 million cells, or of 32 million with the empty ones between them";
                diag::error("file-too-large", format!("{expected} one of more than {limit}"))
                    .hint("delete what lies far from the table, or save its sheet as CSV (UTF-8)")
            }
            Refusal::Locked => diag::error("spreadsheet", format!("{expected} one with a password"))
                .hint("save it without a password, or save the sheet as CSV (UTF-8)"),
        }
    }
}

/// A number as a cell shows it, of 15 digits at most, as spreadsheets have it: 0.1 + 0.2 is 0.3 there. Three decimals look
/// like thousands to who reads a column of text.
pub(super) fn shown(number: f64) -> String {
    let rounded: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let mut text = rounded.to_string();
    if text.split_once('.').is_some_and(|(_, decimals)| decimals.len() == 3) {
        text.push('0');
    }
    text
}

/// A share as per cent: 0.07 is 7 %, not 7.000000000000001 %.
pub(super) fn per_cent(share: f64) -> String {
    let scaled = format!("{share:.14e}");
    let shifted = scaled.split_once('e').and_then(|(digits, exponent)| {
        let exponent: i32 = exponent.parse().ok()?;
        format!("{digits}e{}", exponent.saturating_add(2)).parse().ok()
    });
    shown(shifted.unwrap_or(share * 100.0)) + "%"
}

/// A date in ISO 8601 without the midnight that it begins with.
pub(super) fn day_or_time(iso: &str) -> &str {
    let iso = iso.trim_end_matches('Z');
    let (day, time) = iso.split_once('T').unwrap_or((iso, ""));
    let is_midnight = time.chars().all(|c| matches!(c, '0' | ':' | '.'));
    if is_midnight { day } else { iso }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_are() {
        assert_eq!(
            [1.0, 0.5, 1.234, 1234.0, 1e21].map(shown),
            ["1", "0.5", "1.2340", "1234", "1000000000000000000000"]
        );
        assert_eq!(
            [0.07, 0.25, 0.1 + 0.2, -0.005, 1.5, 0.0].map(per_cent),
            ["7%", "25%", "30%", "-0.5%", "150%", "0%"]
        );
    }

    #[test]
    fn a_midnight_is_no_time() {
        assert_eq!(day_or_time("2024-01-31T00:00:00"), "2024-01-31");
        assert_eq!(day_or_time("2024-01-31T12:30:00"), "2024-01-31T12:30:00");
        assert_eq!(day_or_time("2024-01-31"), "2024-01-31");
    }
}
