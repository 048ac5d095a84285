//! Text to rows of trimmed cells, each of which can be found again in the file.
//!
//! Quotes are the csv crate's business; without any, lines and delimiters are all there is to find. The crate's
//! line numbers count LF only and its positions lie before the blank lines it skips, so lines are counted here.
//! Blank rows are no rows, but the row after one knows it. This file does not know what any cell means.

mod grid;

use std::borrow::Cow;

use crate::diag::{self, Diagnostic, Place};

use crate::data::cells::cell::{contents, is_blank, trimmed};

/// More cells in a row than any export has; a file beyond is something else.
const WIDTH_LIMIT: usize = 16_384;
/// Bytes in a cell: more means that a quote was never closed, or that the file is no table.
const CELL_LIMIT: usize = 1 << 20;

/// Rows of cells.
pub(crate) struct Table<'a> {
    source: &'a str,
    delimiter: u8,
    /// What the cells are slices of: the source itself, or its cells without their quotes.
    text: Cow<'a, str>,
    cells: Vec<Cell>,
    rows: Vec<Row>,
    /// In which column of a sheet the first cells stand, from 0; `None` where the rows are lines of a text.
    left: Option<u32>,
    wrapped: Option<Wrapped>,
}

/// Cells that a spreadsheet keeps as texts: how many, and the line and the text of the first.
pub(crate) struct Wrapped {
    pub(crate) count: usize,
    pub(crate) line: u32,
    pub(crate) text: String,
}

#[derive(Clone, Copy)]
struct Cell {
    start: u32,
    end: u32,
}

#[derive(Clone, Copy)]
struct Row {
    cell: u32,
    offset: u32,
    line: u32,
    after_blank: bool,
}

impl<'a> Table<'a> {
    /// Splits a text of less than 4 GiB into at most `limit` rows.
    ///
    /// # Errors
    /// A quote that is never closed; cells or rows of absurd size.
    pub(crate) fn read(file: &str, source: &'a str, delimiter: u8, limit: usize) -> Result<Self, Diagnostic> {
        let quoted = memchr::memchr(b'"', source.as_bytes()).is_some();
        let text = if quoted { Cow::Owned(String::new()) } else { Cow::Borrowed(source) };
        let lines = memchr::memchr_iter(b'\n', source.as_bytes()).take(limit).count();
        // A row has some bytes, so a file of nothing but line ends reserves little.
        let lines = lines.min(source.len() / 8 + 1);
        let (cells, rows) = (Vec::with_capacity(lines.saturating_mul(3)), Vec::with_capacity(lines + 1));
        let mut table = Table { source, delimiter, text, cells, rows, left: None, wrapped: None };
        let read = if quoted { table.split_quoted(limit) } else { table.split(limit) };
        read.map_err(|absurd| absurd.told(file))?;
        let open = if quoted && limit == usize::MAX { table.unclosed() } else { None };
        match open {
            Some(line) => Err(diag::error("unclosed-quote", "missing the closing quote of a quoted cell")
                .at(Place::at(file, line, 1))
                .hint("close the quote, or double it where it belongs to the text")),
            None => Ok(table),
        }
    }

    /// Splits a text without quotes.
    fn split(&mut self, limit: usize) -> Result<(), Absurd> {
        let bytes = self.source.as_bytes();
        let (mut line, mut after_blank, mut blank) = (1_u32, false, true);
        let (mut row, mut first, mut start) = (0, 0, 0);
        for at in memchr::memchr3_iter(self.delimiter, b'\n', b'\r', bytes).chain([bytes.len()]) {
            let mark = bytes.get(at).copied();
            let is_rest_of_end =
                mark == Some(b'\n') && at == row && at > 0 && bytes.get(at - 1) == Some(&b'\r');
            if is_rest_of_end {
                (row, start) = (at + 1, at + 1);
                continue;
            }
            let raw = self.source.get(start..at).unwrap_or("");
            let text = self.unwrapped(trimmed(raw), line);
            if text.len() > CELL_LIMIT {
                return Err(Absurd { line, size: Size::Cell(text.len()) });
            }
            // It begins with no blank, so it is found where it stands.
            let front = if text.len() == raw.len() { 0 } else { raw.find(text).unwrap_or(0) };
            self.cells.push(Cell { start: narrow(start + front), end: narrow(start + front + text.len()) });
            if self.cells.len() - first > WIDTH_LIMIT {
                return Err(Absurd { line, size: Size::Row });
            }
            blank &= text.is_empty();
            start = at + 1;
            if mark != Some(self.delimiter) {
                self.end_row(first, row, line, &mut after_blank, blank)?;
                (line, blank, row, first) = (line.saturating_add(1), true, at + 1, self.cells.len());
                if self.rows.len() >= limit {
                    break;
                }
            }
        }
        Ok(())
    }

    /// Splits a text with quotes.
    fn split_quoted(&mut self, limit: usize) -> Result<(), Absurd> {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.delimiter)
            .buffer_capacity(self.source.len().clamp(1, 1 << 16))
            .from_reader(self.source.as_bytes());
        let mut record = csv::StringRecord::new();
        let mut lines = Lines { source: self.source.as_bytes(), offset: 0, line: 1, skipped_blank: false };
        let mut text = String::with_capacity(if limit == usize::MAX { self.source.len() } else { 0 });
        let mut after_blank = false;
        while self.rows.len() < limit && matches!(reader.read_record(&mut record), Ok(true)) {
            let begin = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(usize::MAX));
            let begin = lines.first_of(begin);
            after_blank |= lines.skipped_blank;
            let first = self.cells.len();
            let mut blank = true;
            for cell in &record {
                if cell.len() > CELL_LIMIT {
                    return Err(Absurd { line: lines.line, size: Size::Cell(cell.len()) });
                }
                let start = narrow(text.len());
                text.push_str(self.unwrapped(trimmed(cell), lines.line));
                self.cells.push(Cell { start, end: narrow(text.len()) });
                blank &= start == narrow(text.len());
            }
            self.end_row(first, begin, lines.line, &mut after_blank, blank)?;
        }
        self.text = Cow::Owned(text);
        Ok(())
    }

    /// The contents of a cell; that they were wrapped is kept to be told.
    fn unwrapped<'c>(&mut self, cell: &'c str, line: u32) -> &'c str {
        let inner = contents(cell);
        if inner.len() != cell.len() {
            let new = || Wrapped { count: 0, line, text: cell.to_owned() };
            self.wrapped.get_or_insert_with(new).count += 1;
        }
        inner
    }

    /// The cells that a spreadsheet keeps as texts, which were read without what does so.
    pub(crate) fn wrapped(&self) -> Option<&Wrapped> {
        self.wrapped.as_ref()
    }

    /// Takes the cells from `first` on as a row, or forgets them where they are all blank.
    fn end_row(
        &mut self,
        first: usize,
        offset: usize,
        line: u32,
        after_blank: &mut bool,
        blank: bool,
    ) -> Result<(), Absurd> {
        let width = self.cells.len() - first;
        if width > WIDTH_LIMIT {
            return Err(Absurd { line, size: Size::Row });
        }
        if blank {
            self.cells.truncate(first);
        } else {
            self.rows.push(Row {
                cell: narrow(first),
                offset: narrow(offset),
                line,
                after_blank: *after_blank,
            });
        }
        *after_blank = blank;
        Ok(())
    }

    /// The line of the last row, where that row runs into the end of the file inside quotes: then a line
    /// added to the file adds no row.
    fn unclosed(&self) -> Option<u32> {
        let last = self.rows.last()?;
        let raw = self.source.get(index(last.offset)..)?;
        if !raw.contains('"') {
            return None;
        }
        let rows = |text: &str| {
            let mut reader = csv::ReaderBuilder::new();
            let reader = reader.has_headers(false).flexible(true).delimiter(self.delimiter);
            reader.from_reader(text.as_bytes()).records().count()
        };
        (rows(raw) == rows(&format!("{raw}\nx"))).then_some(last.line)
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

    fn row(&self, row: usize) -> &[Cell] {
        let Some(this) = self.rows.get(row) else { return &[] };
        let end = self.rows.get(row + 1).map_or(self.cells.len(), |next| index(next.cell));
        self.cells.get(index(this.cell)..end).unwrap_or_default()
    }

    fn text_of(&self, cell: Cell) -> &str {
        self.text.get(index(cell.start)..index(cell.end)).unwrap_or("")
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
        self.row(row).iter().rposition(|cell| cell.start < cell.end).map_or(0, |last| last + 1)
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

/// Counts lines up to ever later offsets; the csv crate's positions may lie before line ends it skips.
struct Lines<'a> {
    source: &'a [u8],
    offset: usize,
    line: u32,
    skipped_blank: bool,
}

impl Lines<'_> {
    /// The offset of the first byte at or after `offset` that is not a line end.
    fn first_of(&mut self, offset: usize) -> usize {
        let offset = offset.min(self.source.len());
        self.count(offset);
        let rest = self.source.get(offset..).unwrap_or_default();
        let ends = rest.iter().take_while(|b| matches!(b, b'\n' | b'\r')).count();
        // The LF of a CRLF whose CR ended the row before is left over, and no blank line.
        let before = self.line;
        self.count(offset + ends);
        self.skipped_blank = self.line > before && !(ends == 1 && self.ends_crlf(offset));
        self.offset
    }

    fn ends_crlf(&self, offset: usize) -> bool {
        offset > 0 && self.source.get(offset - 1..=offset) == Some(b"\r\n")
    }

    fn count(&mut self, to: usize) {
        let span = self.source.get(self.offset..to).unwrap_or_default();
        for at in memchr::memchr2_iter(b'\n', b'\r', span) {
            let at = self.offset + at;
            if self.source.get(at) == Some(&b'\n') || self.source.get(at + 1) != Some(&b'\n') {
                self.line = self.line.saturating_add(1);
            }
        }
        self.offset = to;
    }
}

/// A row or cell of a size that no table has.
struct Absurd {
    line: u32,
    size: Size,
}

enum Size {
    /// Too many cells in a row.
    Row,
    /// So many bytes in a cell.
    Cell(usize),
}

impl Absurd {
    fn told(&self, file: &str) -> Diagnostic {
        let error = match self.size {
            Size::Row => diag::error(
                "row-too-wide",
                format!("expected at most {WIDTH_LIMIT} cells in a row, found more"),
            )
            .hint("turn the table round, or keep only the columns to draw"),
            Size::Cell(bytes) => diag::error(
                "cell-too-large",
                format!("expected a cell of at most 1 MiB, found {bytes} bytes"),
            )
            .hint("look for a quote that is never closed"),
        };
        error.at(Place::at(file, self.line, 1))
    }
}

/// Offsets fit: the file's size is limited to less than 4 GiB before.
fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
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
