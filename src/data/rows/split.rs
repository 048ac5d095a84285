//! Text to rows and cells: where each begins and ends. There is no other tokenizer of delimited text.
//!
//! It looks at 64 bytes at a time for what may end a cell, and reads as the csv crate does: quotes around a whole
//! cell enclose it, two within it are one, and elsewhere a quote belongs to the text. What a cell means is not known
//! here, nor whether the bytes are text at all.

mod marks;

use crate::data::cells::cell::is_blank;
use marks::{BLOCK, Marks};

/// More cells in a row than any export has; a file beyond is something else.
const WIDTH_LIMIT: usize = 16_384;
/// Bytes in a cell: more means that a quote was never closed, or that the file is no table.
pub(crate) const CELL_LIMIT: usize = 1 << 20;

/// A cell without its quotes, by its bytes in the text, or in [`Split::rewritten`] where it begins beyond all texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Cell {
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// Where cells that were rewritten begin: texts are shorter.
pub(crate) const REWRITTEN: u32 = 1 << 31;

impl Cell {
    /// Where it stands, in which of two.
    #[inline]
    pub(crate) fn within<T>(self, text: T, rewritten: T) -> (T, usize, usize) {
        let start = (self.start & !REWRITTEN) as usize;
        let end = (self.end & !REWRITTEN) as usize;
        (if self.start < REWRITTEN { text } else { rewritten }, start, end)
    }
}

/// A row that is not blank.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its first cell.
    pub(crate) cell: u32,
    /// Where it begins in the text.
    pub(crate) offset: u32,
    /// The line it begins on, from 1.
    pub(crate) line: u32,
    /// Whether a blank row stands before it.
    pub(crate) after_blank: bool,
}

/// The rows and cells of a text.
#[derive(Default)]
pub(crate) struct Split {
    pub(crate) cells: Vec<Cell>,
    pub(crate) rows: Vec<Row>,
    /// Cells whose quotes were not only around them, as they read.
    pub(crate) rewritten: Vec<u8>,
}

/// How far a text has been split, in rows that are whole.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    /// Where the next row begins, in the text at hand.
    pub(crate) offset: usize,
    /// The line it begins on.
    pub(crate) line: u32,
    /// Whether the row before it is blank.
    pub(crate) after_blank: bool,
    /// The kinds of line ends outside quotes: LF, CRLF and CR, a bit each.
    pub(crate) line_ends: u8,
}

impl Default for Progress {
    fn default() -> Self {
        Progress { offset: 0, line: 1, after_blank: false, line_ends: 0 }
    }
}

impl Progress {
    /// How lines end: `LF`, `CRLF`, `CR`, `mixed`, or `none` where no line ends.
    pub(crate) fn line_ends_name(&self) -> &'static str {
        match self.line_ends {
            0 => "none",
            1 => "LF",
            2 => "CRLF",
            4 => "CR",
            _ => "mixed",
        }
    }
}

/// Why a text cannot be split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The line that the row at fault begins on.
    pub(crate) line: u32,
    pub(crate) kind: FaultKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FaultKind {
    /// Too many cells in a row.
    Wide,
    /// So many bytes in a cell.
    Large(usize),
    /// A quote that is never closed.
    Unclosed,
}

/// What is asked of a text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wanted {
    pub(crate) delimiter: u8,
    /// So many rows, and no more.
    pub(crate) rows: usize,
    /// Whether nothing follows the text, so that its end ends a row.
    pub(crate) is_end: bool,
}

/// The cell at hand.
#[derive(Debug, Clone, Copy, Default)]
struct Open {
    start: usize,
    /// Whether it begins with a quote.
    quoted: bool,
    /// Where its quotes were closed, while what is within them has no others.
    closed: Option<usize>,
    /// Whether two quotes stand for one in it.
    doubled: bool,
    /// The place after two quotes that stand for one.
    resume: usize,
}

impl Open {
    fn at(start: usize) -> Self {
        Open { start, ..Open::default() }
    }

    /// Whether what would end it belongs to it.
    fn is_within(&self) -> bool {
        self.quoted && self.closed.is_none()
    }
}

impl Split {
    /// Forgets all rows, but not the room for them.
    pub(crate) fn clear(&mut self) {
        self.cells.clear();
        self.rows.clear();
        self.rewritten.clear();
    }

    /// Splits the rows of a text that begin where `progress` says. Before each 64 bytes it tells how many of the
    /// text's bytes lie before them, which is a good moment to hash them.
    ///
    /// # Errors
    /// A quote that is never closed; cells or rows of absurd size.
    pub(crate) fn read(
        &mut self,
        text: &[u8],
        progress: Progress,
        wanted: Wanted,
        mut before_block: impl FnMut(usize),
    ) -> Result<Progress, Fault> {
        let mut walk =
            Walk { split: self, text, open: Open::at(progress.offset), first: 0, lines: 0, progress };
        walk.first = walk.split.cells.len();
        let mut base = progress.offset;
        (0..base).step_by(BLOCK).for_each(&mut before_block);
        while base < text.len() && walk.split.rows.len() < wanted.rows {
            before_block(base);
            let rest = text.get(base..).unwrap_or_default();
            let marks = Marks::of(rest, wanted.delimiter);
            let ends = marks.row_ends(rest, wanted.is_end);
            if marks.quotes == 0 && !walk.open.quoted {
                let before = base.checked_sub(1).and_then(|before| text.get(before));
                let line_end = marks.line_end(ends, before == Some(&b'\r'));
                walk.plain((base, wanted), marks.delimiters, ends, line_end)?;
            } else {
                walk.quoted(base, &marks, ends, wanted.rows)?;
            }
            base += BLOCK;
        }
        if wanted.is_end && walk.split.rows.len() < wanted.rows {
            walk.last_row(wanted.rows == usize::MAX)?;
        }
        let (first, progress) = (walk.first, walk.progress);
        // The cells of a row that is not whole.
        self.cells.truncate(first);
        Ok(progress)
    }

    /// A cell's bytes.
    pub(crate) fn bytes<'s>(&'s self, text: &'s [u8], cell: Cell) -> &'s [u8] {
        let (bytes, start, end) = cell.within(text, self.rewritten.as_slice());
        bytes.get(start..end).unwrap_or_default()
    }
}

struct Walk<'s, 't> {
    split: &'s mut Split,
    text: &'t [u8],
    open: Open,
    /// The first cell of the row at hand.
    first: usize,
    /// How many lines end within quotes of the row at hand.
    lines: u32,
    progress: Progress,
}

impl Walk<'_, '_> {
    /// Takes the cells that end in 64 bytes without quotes.
    #[inline]
    fn plain(
        &mut self,
        (base, wanted): (usize, Wanted),
        delimiters: u64,
        row_ends: u64,
        line_end: Option<u8>,
    ) -> Result<(), Fault> {
        let (mut marks, mut start) = (delimiters | row_ends, self.open.start);
        self.split.cells.reserve(BLOCK);
        while marks != 0 {
            let bit = marks & marks.wrapping_neg();
            let at = base + marks.trailing_zeros() as usize;
            marks ^= bit;
            // The CR of a CRLF is no text.
            let is_crlf = row_ends & bit != 0
                && line_end.map_or_else(|| self.ends_crlf(start, at), |line_end| line_end == 2);
            let end = at - usize::from(is_crlf);
            self.split.cells.push(Cell { start: narrow(start), end: narrow(end) });
            start = at + 1;
            if row_ends & bit != 0 {
                if !line_end.is_some_and(|kind| self.end_plain_row(at, wanted.delimiter, kind)) {
                    self.end_row(at)?;
                }
                if self.split.rows.len() >= wanted.rows {
                    break;
                }
            }
        }
        self.open.start = start;
        Ok(())
    }

    /// Takes the cells of the row at hand, which ends at this place with a line end of a kind, if it is as most are;
    /// false, and nothing taken, for any other.
    #[inline]
    fn end_plain_row(&mut self, at: usize, delimiter: u8, line_end: u8) -> bool {
        let Progress { offset, line, after_blank, .. } = self.progress;
        let begins = self.text.get(offset).copied().unwrap_or(0);
        let is_plain = begins > b'"' && begins <= b'~' && begins != b'=' && begins != delimiter;
        let next = self.split.cells.len();
        if !is_plain || next - self.first > WIDTH_LIMIT || at - offset > CELL_LIMIT || self.lines > 0 {
            return false;
        }
        let (cell, from) = (narrow(self.first), narrow(offset));
        self.split.rows.push(Row { cell, offset: from, line, after_blank });
        self.first = next;
        let line_ends = self.progress.line_ends | line_end;
        let line = line.saturating_add(1);
        self.progress = Progress { offset: at + 1, line, after_blank: false, line_ends };
        true
    }

    /// The same where quotes are.
    fn quoted(&mut self, base: usize, marks: &Marks, row_ends: u64, limit: usize) -> Result<(), Fault> {
        let mut all = marks.delimiters | row_ends | marks.quotes;
        while all != 0 {
            let bit = all & all.wrapping_neg();
            let at = base + all.trailing_zeros() as usize;
            all ^= bit;
            if marks.quotes & bit != 0 {
                self.quote(at);
            } else if self.open.is_within() {
                self.lines += u32::from(row_ends & bit != 0);
            } else {
                self.end_cell(at);
                if row_ends & bit != 0 {
                    self.end_row(at)?;
                    if self.split.rows.len() >= limit {
                        break;
                    }
                }
            }
        }
        Ok(())
    }

    fn quote(&mut self, at: usize) {
        let open = &mut self.open;
        if open.is_within() {
            if at < open.resume {
                return;
            }
            if self.text.get(at + 1) == Some(&b'"') {
                (open.doubled, open.resume) = (true, at + 2);
            } else {
                open.closed = Some(at);
            }
        } else if at == open.start {
            (open.quoted, open.resume) = (true, at + 1);
        }
    }

    /// Takes the cell at hand, which ends before this place.
    fn end_cell(&mut self, at: usize) {
        let Open { start, quoted, closed, doubled, .. } = std::mem::replace(&mut self.open, Open::at(at + 1));
        let closed = closed.unwrap_or(at);
        let rest = self.text.get(closed + usize::from(closed < at)..at).unwrap_or_default();
        let cell = match quoted {
            false => Cell { start: narrow(start), end: narrow(at - usize::from(self.ends_crlf(start, at))) },
            true if !doubled && matches!(rest, [] | [b'\r']) => {
                Cell { start: narrow(start + 1), end: narrow(closed) }
            }
            true => {
                let start_of = |rewritten: &Vec<u8>| narrow(rewritten.len()) | REWRITTEN;
                let begin = start_of(&self.split.rewritten);
                let mut inner = self.text.get(start + 1..closed).unwrap_or_default();
                while let Some(quote) = memchr::memchr(b'"', inner) {
                    let (front, back) = inner.split_at(quote + 1);
                    self.split.rewritten.extend_from_slice(front);
                    inner = back.get(1..).unwrap_or_default();
                }
                self.split.rewritten.extend_from_slice(inner);
                self.split.rewritten.extend_from_slice(rest);
                Cell { start: begin, end: start_of(&self.split.rewritten) }
            }
        };
        self.split.cells.push(cell);
    }

    /// Whether a cell that ends at this place does so with a CRLF.
    fn ends_crlf(&self, start: usize, at: usize) -> bool {
        at > start && self.text.get(at - 1..=at) == Some(b"\r\n")
    }

    /// Takes the cells of the row at hand, which ends at this place, or forgets them where they are all blank.
    #[inline]
    fn end_row(&mut self, at: usize) -> Result<(), Fault> {
        self.progress.line_ends |= match (self.text.get(at), at.checked_sub(1).and_then(|b| self.text.get(b)))
        {
            (Some(b'\n'), Some(b'\r')) => 2,
            (Some(b'\n'), _) => 1,
            (Some(_), _) => 4,
            (None, _) => 0,
        };
        let (offset, line) = (self.progress.offset, self.progress.line);
        let width = self.split.cells.len() - self.first;
        if width > WIDTH_LIMIT {
            return Err(Fault { line, kind: FaultKind::Wide });
        }
        if at - offset > CELL_LIMIT {
            self.check_cells(line)?;
        }
        let blank = self.is_blank();
        if blank {
            self.split.cells.truncate(self.first);
        } else {
            let after_blank = self.progress.after_blank;
            let (cell, offset) = (narrow(self.first), narrow(offset));
            self.split.rows.push(Row { cell, offset, line, after_blank });
        }
        self.first = self.split.cells.len();
        self.progress.after_blank = blank;
        self.progress.line = line.saturating_add(1 + std::mem::take(&mut self.lines));
        self.progress.offset = at + 1;
        Ok(())
    }

    #[inline]
    fn is_blank(&self) -> bool {
        let cells = self.split.cells.get(self.first..).unwrap_or_default();
        let begins = cells.first().and_then(|cell| self.split.bytes(self.text, *cell).first());
        if begins.is_some_and(|byte| (b'!'..=b'~').contains(byte) && *byte != b'=') {
            return false;
        }
        let blank = |cell: &Cell| match self.split.bytes(self.text, *cell) {
            [] | b"=\"\"" => true,
            bytes => std::str::from_utf8(bytes).is_ok_and(|text| text.chars().all(is_blank)),
        };
        cells.iter().all(blank)
    }

    fn check_cells(&self, line: u32) -> Result<(), Fault> {
        let cells = self.split.cells.get(self.first..).unwrap_or_default();
        match cells.iter().map(|cell| (cell.end - cell.start) as usize).find(|&size| size > CELL_LIMIT) {
            Some(size) => Err(Fault { line, kind: FaultKind::Large(size) }),
            None => Ok(()),
        }
    }

    /// Takes the row that the end of the text ends.
    fn last_row(&mut self, must_close: bool) -> Result<(), Fault> {
        let end = self.text.len();
        if self.progress.offset >= end {
            return Ok(());
        }
        let line = self.progress.line;
        let is_unclosed = self.open.is_within();
        self.end_cell(end);
        self.end_row(end)?;
        if is_unclosed && must_close { Err(Fault { line, kind: FaultKind::Unclosed }) } else { Ok(()) }
    }
}

/// Offsets fit: the file's size is limited to less than 4 GiB before.
pub(crate) fn narrow(offset: usize) -> u32 {
    u32::try_from(offset).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests;
