//! What is to be told of the rows of a file, chunk by chunk in the order of the file, and what speaks against the
//! way they were read.

use crate::diag::Diagnostic;

use crate::data::model::findings::Findings;

/// So many rows without a date are told one by one.
const UNDATED_LIMIT: usize = 64;

/// Why a file cannot be read in chunks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Unfit {
    /// The line it was found on, from 1.
    pub(super) line: u32,
    /// What was found.
    pub(super) why: &'static str,
}

/// A row that has no date: a fault, unless it is a remark below the data.
pub(super) struct Undated {
    pub(super) line: u32,
    pub(super) error: Diagnostic,
    pub(super) footer: bool,
    /// How it begins.
    pub(super) text: String,
}

/// What is found in rows. Lines count from the first of the chunk until it is appended.
pub(super) struct Found<'s> {
    pub(super) findings: Findings<'s>,
    /// How the lines end, as [`Facts::line_ends`](crate::data::model::facts::Facts::line_ends) says it.
    pub(super) line_ends: &'static str,
    /// How many rows have a date.
    pub(super) rows: u64,
    /// How many lines they take.
    pub(super) lines: u32,
    /// The first row that lacks values because it is short, and how many do.
    pub(super) short: Option<(u32, usize)>,
    /// Rows without a date after the last that has one; of more than a few only how many.
    pub(super) undated: Vec<Undated>,
    pub(super) more_undated: usize,
    /// The line of a blank row after the last other one.
    pub(super) blank: Option<u32>,
    /// The line of the first row that is not blank.
    pub(super) first: Option<u32>,
    pub(super) unfit: Option<Unfit>,
    /// Whether a quoted cell does not end, or not where rows were thought to.
    pub(super) unclosed: bool,
}

impl<'s> Found<'s> {
    pub(super) fn empty(file: &'s str) -> Self {
        Found {
            findings: Findings::new(file),
            line_ends: "none",
            rows: 0,
            lines: 0,
            short: None,
            undated: Vec::new(),
            more_undated: 0,
            blank: None,
            first: None,
            unfit: None,
            unclosed: false,
        }
    }

    /// Counts a row with a date, which stands on the line after those counted.
    #[inline]
    pub(super) fn dated(&mut self) {
        self.rows += 1;
        if self.first.is_none() || self.blank.is_some() || !self.undated.is_empty() {
            self.content(self.lines.saturating_add(1));
            self.undated_are_faults();
        }
    }

    /// Takes note of a row that is not blank. A table may end at a blank row; only the whole file says so.
    pub(super) fn content(&mut self, line: u32) {
        self.first = self.first.or(Some(line));
        if let Some(line) = self.blank {
            self.unfit = self.unfit.or(Some(Unfit { line, why: "a blank row between others" }));
        }
    }

    /// Counts a row that is left out, which stands on the line after those counted.
    #[inline]
    pub(super) fn left_out(&mut self) {
        if self.first.is_none() || self.blank.is_some() {
            self.content(self.lines.saturating_add(1));
        }
    }

    /// Takes note of how other lines end.
    pub(super) fn end_lines(&mut self, others: &'static str) {
        self.line_ends = match (self.line_ends, others) {
            ("none", ends) | (ends, "none") => ends,
            (own, ends) if own == ends => own,
            _ => "mixed",
        };
    }

    /// Keeps a row without a date.
    pub(super) fn keep_undated(&mut self, row: Undated) {
        if self.undated.len() < UNDATED_LIMIT {
            self.undated.push(row);
        } else {
            self.more_undated += 1;
        }
    }

    /// Rows without a date among others are faults.
    pub(super) fn undated_are_faults(&mut self) {
        let last = self.undated.last().map(|row| row.error.clone());
        for row in self.undated.drain(..) {
            self.findings.fault(|| row.error);
        }
        if let Some(last) = last {
            // Beyond the limit, where only their number is told.
            (0..std::mem::take(&mut self.more_undated)).for_each(|_| self.findings.fault(|| last.clone()));
        }
    }

    /// Adds the rows of the next chunk.
    pub(super) fn append(&mut self, later: Found<'_>) {
        let lines = self.lines;
        if let Some(first) = later.first {
            self.content(lines.saturating_add(first));
        }
        if later.rows > 0 {
            self.undated_are_faults();
        }
        self.findings.absorb(later.findings, lines);
        self.rows += later.rows;
        self.end_lines(later.line_ends);
        self.lines = lines.saturating_add(later.lines);
        if let Some((line, count)) = later.short {
            let (first, before) = self.short.unwrap_or((lines.saturating_add(line), 0));
            self.short = Some((first, before + count));
        }
        for mut row in later.undated {
            row.line = row.line.saturating_add(lines);
            row.error.place.iter_mut().for_each(|place| place.move_down(lines));
            self.keep_undated(row);
        }
        self.more_undated += later.more_undated;
        self.blank = later.blank.map(|line| line.saturating_add(lines)).or(self.blank);
        let moved = |unfit: Unfit| Unfit { line: unfit.line.saturating_add(lines), ..unfit };
        self.unfit = self.unfit.or(later.unfit.map(moved));
        self.unclosed |= later.unclosed;
    }
}
