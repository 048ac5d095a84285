//! Rows of trimmed cells, each of which can be found again in the file.
//!
//! Blank rows are no rows, but the row after one knows it. This file does not know what any cell means.

mod grid;

use crate::diag::{self, Diagnostic, Place};

use crate::data::cells::cell::{contents, is_blank, trimmed};
use crate::data::rows::split::{Cell, Fault, FaultKind, Progress, Row, Split, Wanted, narrow};

/// Rows of cells.
pub(crate) struct Table<'a> {
    source: &'a str,
    delimiter: u8,
    /// The cells, as they stand in the source or behind it in what was rewritten.
    cells: Vec<Cell>,
    rows: Vec<Row>,
    rewritten: String,
    /// In which column of a sheet the first cells stand, from 0; `None` where the rows are lines of a text.
    left: Option<u32>,
}

/// Cells that a spreadsheet keeps as texts: how many, and the line and the text of the first.
pub(crate) struct Wrapped {
    pub(crate) count: usize,
    pub(crate) line: u32,
    pub(crate) text: String,
}

impl<'a> Table<'a> {
    /// Splits a text of less than 4 GiB into at most `limit` rows.
    ///
    /// # Errors
    /// A quote that is never closed; cells or rows of absurd size.
    pub(crate) fn read(file: &str, source: &'a str, delimiter: u8, limit: usize) -> Result<Self, Diagnostic> {
        let lines = memchr::memchr_iter(b'\n', source.as_bytes()).take(limit).count();
        // A row has some bytes, so a file of nothing but line ends reserves little.
        let lines = lines.min(source.len() / 8 + 1);
        let (cells, rows) = (Vec::with_capacity(lines.saturating_mul(3)), Vec::with_capacity(lines + 1));
        let mut split = Split { cells, rows, rewritten: Vec::new() };
        let wanted = Wanted { delimiter, rows: limit, is_end: true };
        let read = split.read(source.as_bytes(), Progress::default(), wanted, |_| {});
        read.map_err(|fault| told(fault, file))?;
        Ok(Table::of(source, delimiter, split))
    }

    /// The whole rows of the head of a text; `None` where it cannot be split.
    pub(crate) fn head(source: &'a str, delimiter: u8) -> Option<Self> {
        let mut split = Split::default();
        let wanted = Wanted { delimiter, rows: usize::MAX, is_end: false };
        let progress = split.read(source.as_bytes(), Progress::default(), wanted, |_| {}).ok()?;
        Some(Table::of(source.get(..progress.offset).unwrap_or(source), delimiter, split))
    }

    /// The rows of a text that has been split.
    pub(crate) fn of(source: &'a str, delimiter: u8, split: Split) -> Self {
        let Split { cells, rows, rewritten } = split;
        // What has been put together of texts at their ASCII characters is a text.
        let rewritten = String::from_utf8(rewritten).unwrap_or_default();
        Table { source, delimiter, cells, rows, rewritten, left: None }
    }

    /// The room for rows and cells, to be used again.
    pub(crate) fn into_split(self) -> Split {
        Split { cells: self.cells, rows: self.rows, rewritten: self.rewritten.into_bytes() }
    }

    /// The cells that a spreadsheet keeps as texts, which are read without what does so.
    pub(crate) fn wrapped(&self) -> Option<Wrapped> {
        let bytes = self.source.as_bytes();
        // Most stand within a name.
        let begins = |&at: &usize| {
            let before = at.checked_sub(1).and_then(|before| bytes.get(before));
            before.is_none_or(|&before| before == self.delimiter || !(b'#'..=b'~').contains(&before))
        };
        memchr::memchr2_iter(b'=', b'\'', bytes).find(begins)?;
        let mut found: Option<Wrapped> = None;
        for row in 0..self.len() {
            for &cell in self.row(row) {
                let text = trimmed(self.raw_cell(cell));
                if self.left.is_none() && contents(text).len() != text.len() {
                    let new = || Wrapped { count: 0, line: self.line(row), text: text.to_owned() };
                    found.get_or_insert_with(new).count += 1;
                }
            }
        }
        found
    }

    /// How many rows there are.
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// What separates the cells.
    pub(crate) fn delimiter(&self) -> u8 {
        self.delimiter
    }

    /// How many cells there are in all rows.
    pub(crate) fn cell_count(&self) -> usize {
        self.cells.len()
    }

    /// How many cells a row has; 0 past the end.
    pub(crate) fn width(&self, row: usize) -> usize {
        self.row(row).len()
    }

    /// A row; `None` past the last.
    pub(crate) fn at(&self, row: usize) -> Option<Row> {
        self.rows.get(row).copied()
    }

    /// A cell by its place among all.
    #[inline]
    pub(crate) fn cell_at(&self, cell: usize) -> Option<Cell> {
        self.cells.get(cell).copied()
    }

    /// The cells of a row.
    #[inline]
    pub(crate) fn row(&self, row: usize) -> &[Cell] {
        let Some(this) = self.rows.get(row) else { return &[] };
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |next| index(next.cell));
        self.cells.get(index(this.cell)..end).unwrap_or_default()
    }

    fn raw_cell(&self, cell: Cell) -> &str {
        let (text, start, end) = cell.within(self.source, self.rewritten.as_str());
        text.get(start..end).unwrap_or("")
    }

    /// Where a cell stands among bytes, as the file has it but for its quotes.
    #[inline]
    pub(crate) fn bytes(&self, cell: Cell) -> (&[u8], usize, usize) {
        cell.within(self.source.as_bytes(), self.rewritten.as_bytes())
    }

    fn text_of(&self, cell: Cell) -> &str {
        let text = self.raw_cell(cell);
        if self.left.is_some() { text } else { contents(trimmed(text)) }
    }

    /// A cell without blanks at its ends; `None` where the row is too short.
    pub(crate) fn cell(&self, row: usize, column: usize) -> Option<&str> {
        self.row(row).get(column).map(|&cell| self.text_of(cell))
    }

    /// The cells of a row.
    pub(crate) fn cells(&self, row: usize) -> impl Iterator<Item = &str> {
        self.row(row).iter().map(|&cell| self.text_of(cell))
    }

    /// How many cells a row has up to the last that holds anything.
    pub(crate) fn filled(&self, row: usize) -> usize {
        self.row(row).iter().rposition(|cell| !self.text_of(*cell).is_empty()).map_or(0, |last| last + 1)
    }

    /// The line a row begins on, from 1.
    pub(crate) fn line(&self, row: usize) -> u32 {
        self.rows.get(row).map_or(1, |r| r.line)
    }

    /// Where a row begins in the text, in bytes.
    pub(crate) fn offset(&self, row: usize) -> usize {
        self.rows.get(row).map_or(self.source.len(), |r| index(r.offset))
    }

    /// Whether a blank row stands before this one.
    pub(crate) fn after_blank(&self, row: usize) -> bool {
        self.rows.get(row).is_some_and(|r| r.after_blank)
    }

    /// Whether a row is the last, and the file ends without ending it.
    pub(crate) fn is_open(&self, row: usize) -> bool {
        row + 1 == self.rows.len() && self.left.is_none() && !self.source.ends_with(['\n', '\r'])
    }

    /// Whether a row's text begins with this in the file, quotes and all.
    pub(crate) fn raw_starts_with(&self, row: usize, text: &str) -> bool {
        let raw = self.rows.get(row).and_then(|r| self.source.get(index(r.offset)..));
        raw.is_some_and(|raw| raw.starts_with(text))
    }

    /// A row as it stands in the file, quotes and all.
    pub(crate) fn raw(&self, row: usize) -> &str {
        let end = self.rows.get(row + 1).map_or(self.source.len(), |next| index(next.offset));
        self.source.get(self.offset(row)..end).unwrap_or("").trim_matches(is_blank)
    }

    /// Where a cell stands: line and character, both from 1. Past the row's end it is where the cell would be.
    pub(crate) fn place(&self, file: &str, row: usize, column: usize) -> Place {
        let Some(this) = self.rows.get(row) else { return Place::file(file) };
        if let Some(left) = self.left {
            return self.place_in_grid(file, row, column, left);
        }
        let raw = self.source.get(index(this.offset)..).unwrap_or("");
        let mut walk = Walk { rest: raw, delimiter: char::from(self.delimiter), quoted: false, fresh: true };
        let (mut line, mut character) = (this.line, 1_u32);
        let mut left = column;
        while let Some(c) = walk.peek() {
            if left == 0 && (walk.is_at_delimiter() || !is_blank(c)) {
                break;
            }
            left -= usize::from(walk.is_at_delimiter());
            let Some(taken) = walk.step() else { break };
            if walk.has_ended_line(taken) {
                (line, character) = (line + 1, 1);
            } else {
                character = character.saturating_add(narrow(taken.chars().count()));
            }
        }
        let begin = raw.len() - walk.rest.len();
        while !walk.is_at_delimiter() && walk.step().is_some() {}
        let cell = raw.get(begin..raw.len() - walk.rest.len()).unwrap_or("").trim_end_matches(is_blank);
        let begin = index(this.offset) + begin;
        Place::at(file, line, character).showing(self.source, begin..begin + cell.len())
    }
}

/// Goes through a row as it stands in the file.
struct Walk<'a> {
    rest: &'a str,
    delimiter: char,
    quoted: bool,
    /// Whether a cell begins here, and so may begin with a quote.
    fresh: bool,
}

impl<'a> Walk<'a> {
    fn peek(&self) -> Option<char> {
        self.rest.chars().next()
    }

    fn is_at_delimiter(&self) -> bool {
        !self.quoted && self.peek() == Some(self.delimiter)
    }

    /// Takes a character, or a doubled quote; `None` where the row ends.
    fn step(&mut self) -> Option<&'a str> {
        let c = self.peek().filter(|c| self.quoted || !matches!(c, '\n' | '\r'))?;
        let doubled = self.quoted && self.rest.starts_with("\"\"");
        let delimits = self.is_at_delimiter();
        if c == '"' && !doubled && (self.fresh || self.quoted) {
            (self.quoted, self.fresh) = (!self.quoted, false);
        } else if !doubled {
            self.fresh = delimits;
        }
        let (taken, rest) = self.rest.split_at_checked(if doubled { 2 } else { c.len_utf8() })?;
        self.rest = rest;
        Some(taken)
    }

    fn has_ended_line(&self, taken: &str) -> bool {
        taken == "\n" || (taken == "\r" && !self.rest.starts_with('\n'))
    }
}

/// Why a text has no rows, in words.
pub(crate) fn told(Fault { line, kind }: Fault, file: &str) -> Diagnostic {
    let error = match kind {
        FaultKind::Wide => diag::error("row-too-wide", "expected at most 16384 cells in a row, found more")
            .hint("turn the table round, or keep only the columns to draw"),
        FaultKind::Large(bytes) => {
            diag::error("cell-too-large", format!("expected a cell of at most 1 MiB, found {bytes} bytes"))
                .hint("look for a quote that is never closed")
        }
        FaultKind::Unclosed => diag::error("unclosed-quote", "missing the closing quote of a quoted cell")
            .hint("close the quote, or double it where it belongs to the text"),
    };
    error.at(Place::at(file, line, 1))
}

fn index(offset: u32) -> usize {
    offset as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &str) -> Table<'_> {
        Table::read("f.csv", source, b',', usize::MAX).unwrap()
    }

    fn lines(source: &str) -> Vec<(u32, bool)> {
        let table = read(source);
        (0..table.len()).map(|row| (table.line(row), table.after_blank(row))).collect()
    }

    #[test]
    fn line_numbers_are_those_of_an_editor() {
        let expected = [(1, false), (3, true), (4, false)];
        assert_eq!(lines("a\n\nb\nc"), expected);
        assert_eq!(lines("a\r\n\r\nb\r\nc\r\n"), expected);
        assert_eq!(lines("a\r\rb\rc\r"), expected);
        assert_eq!(lines("a\n,,\nb\nc"), expected);
        assert_eq!(lines("\n\"a\nb\",c\nd"), [(2, true), (4, false)]);
    }

    #[test]
    fn cells_are_trimmed_and_rows_may_differ_in_width() {
        let table = read("a, b ,\"c,\"\"d\"\"\"\n\u{a0}e\n");
        assert_eq!(table.cells(0).collect::<Vec<_>>(), ["a", "b", "c,\"d\""]);
        assert_eq!(table.cells(1).collect::<Vec<_>>(), ["e"]);
        assert_eq!((table.cell(1, 1), table.width(1), table.width(2)), (None, 1, 0));
    }

    #[test]
    fn places_point_at_the_cell() {
        let table = read("x,y\n\"a,\"\"b\", 12,\"é\nf\",z\n");
        let place = |row, column| table.place("f", row, column).to_string();
        assert_eq!(place(0, 1), "f:1:3");
        assert_eq!(place(1, 0), "f:2:1");
        assert_eq!(place(1, 1), "f:2:10");
        assert_eq!(place(1, 2), "f:2:13");
        assert_eq!(place(1, 3), "f:3:4");
        let shown = |row, column| {
            let place = table.place("f", row, column);
            let excerpt = place.excerpt.unwrap();
            (excerpt.before, excerpt.marked, excerpt.after, place.length)
        };
        let pieces = |a: &str, b: &str, c: &str, length| (a.to_owned(), b.to_owned(), c.to_owned(), length);
        assert_eq!(shown(0, 0), pieces("", "x", ",y", Some(1)));
        assert_eq!(shown(0, 2), pieces("x,y", "", "", None));
        assert_eq!(shown(1, 0), pieces("", "\"a,\"\"b\"", ", 12,\"é", Some(7)));
        assert_eq!(shown(1, 2), pieces("\"a,\"\"b\", 12,", "\"é", "", Some(5)));
        assert_eq!(shown(1, 3), pieces("f\",", "z", "", Some(1)));
    }

    #[test]
    fn a_quote_that_is_never_closed_is_an_error() {
        let fault = Table::read("f.csv", "a,b\n1,\"2\n3,4\n", b',', usize::MAX).err().unwrap();
        assert_eq!(fault.message, "missing the closing quote of a quoted cell");
        assert_eq!(fault.place.unwrap().to_string(), "f.csv:2:1");
        assert_eq!(read("a,\"b\"").len(), 1);
        assert_eq!(read("a,5\" disk").len(), 1);
    }
}
