//! What is to be told of the rows of a table, whoever read which of them: all of it knows its line.

use crate::data::model::findings::Findings;
use crate::diag::Diagnostic;

/// So many rows without a date are told one by one.
const TOLD: usize = 20;

/// Why a table cannot be read as its first rows say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Contradiction {
    /// The line it was found on, from 1.
    pub(super) line: u32,
    /// What was found.
    pub(super) why: &'static str,
}

/// Rows of one kind: how many, and the line and the text of the first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Several {
    pub(super) count: usize,
    pub(super) line: u32,
    pub(super) text: String,
}

impl Several {
    /// Counts a row.
    pub(super) fn add(&mut self, line: u32, text: &str) {
        if self.count == 0 || line < self.line {
            (self.line, self.text) = (line, text.to_owned());
        }
        self.count += 1;
    }

    fn join(&mut self, other: Several) {
        if other.count > 0 && (self.count == 0 || other.line < self.line) {
            (self.line, self.text) = (other.line, other.text);
        }
        self.count += other.count;
    }
}

/// A row that has no date: a fault, unless it is a remark below the data.
pub(super) struct Undated {
    pub(super) line: u32,
    /// How it begins, if it is a sum or a remark.
    pub(super) footer: Option<String>,
    /// What is wrong with it; of many only the first are told.
    pub(super) error: Option<Diagnostic>,
}

/// What is found in rows.
pub(super) struct Summary<'s> {
    pub(super) findings: Findings<'s>,
    /// How many rows were taken.
    pub(super) rows: u64,
    /// The last row that has a date.
    pub(super) last: u32,
    /// Rows without a date after that.
    pub(super) undated: Vec<Undated>,
    /// Rows that lack values because they are short.
    pub(super) short: Option<(u32, usize)>,
    pub(super) comments: Several,
    pub(super) footers: Several,
    /// Sums among dates whose parts stand in cells of their own.
    pub(super) sums: Several,
    /// Rows below the table.
    pub(super) rest: Several,
    /// What begins among them: their first line, and what is wrong with it.
    pub(super) begun: Option<(u32, Diagnostic)>,
    /// Whether what begins there was told already.
    pub(super) is_told: bool,
    /// The line that rows below the table begin on.
    pub(super) end: Option<u32>,
    /// The first row that stands below a blank one.
    pub(super) below_blank: Option<u32>,
    pub(super) contradiction: Option<Contradiction>,
}

/// The lesser of two, of which none may be there.
pub(super) fn first<T: Ord>(one: Option<T>, other: Option<T>) -> Option<T> {
    one.into_iter().chain(other).min()
}

impl<'s> Summary<'s> {
    pub(super) fn new(file: &'s str) -> Self {
        Summary {
            findings: Findings::new(file),
            rows: 0,
            last: 0,
            undated: Vec::new(),
            short: None,
            comments: Several::default(),
            footers: Several::default(),
            sums: Several::default(),
            rest: Several::default(),
            begun: None,
            is_told: false,
            end: None,
            below_blank: None,
            contradiction: None,
        }
    }

    /// Takes note of a row with a date: rows without one above it are faults.
    #[inline]
    pub(super) fn dated(&mut self, line: u32) {
        self.last = line;
        if !self.undated.is_empty() {
            self.undated_are_faults();
        }
    }

    #[cold]
    fn undated_are_faults(&mut self) {
        let (above, below): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.undated).into_iter().partition(|row| row.line < self.last);
        self.undated = below;
        for row in above {
            self.findings.fault_if_told(row.error);
        }
    }

    /// Keeps a row without a date. What is wrong with it is asked while there are few.
    pub(super) fn keep_undated(
        &mut self,
        line: u32,
        footer: Option<String>,
        error: impl FnOnce() -> Diagnostic,
    ) {
        let told = self.undated.iter().filter(|row| row.footer.is_none() == footer.is_none()).count();
        let error = if told < TOLD { Some(error()) } else { None };
        self.undated.push(Undated { line, footer, error });
    }

    /// Takes note of a row that lacks values.
    pub(super) fn short(&mut self, line: u32, lacks: bool) {
        let (first, count) = self.short.unwrap_or((line, 0));
        self.short = Some((first.min(line), count + usize::from(lacks)));
    }

    /// Adds what others found in other rows.
    pub(super) fn join(&mut self, other: Summary<'s>) {
        self.findings.absorb(other.findings);
        self.rows += other.rows;
        self.last = self.last.max(other.last);
        self.undated.extend(other.undated);
        self.short = match (self.short, other.short) {
            (Some(one), Some(two)) => Some((one.0.min(two.0), one.1 + two.1)),
            (one, two) => one.or(two),
        };
        self.comments.join(other.comments);
        self.footers.join(other.footers);
        self.sums.join(other.sums);
        self.rest.join(other.rest);
        let begun = self.begun.take().into_iter().chain(other.begun).min_by_key(|(line, _)| *line);
        self.begun = begun;
        self.is_told |= other.is_told;
        self.end = first(self.end, other.end);
        self.below_blank = first(self.below_blank, other.below_blank);
        self.contradiction = first(self.contradiction, other.contradiction);
    }

    /// Decides what rows without a date are, once all rows are known.
    pub(super) fn settle(&mut self) {
        self.undated.sort_by_key(|row| row.line);
        self.undated_are_faults();
        for row in std::mem::take(&mut self.undated) {
            match row.footer {
                Some(text) => self.footers.add(row.line, &text),
                None => self.findings.fault_if_told(row.error),
            }
        }
    }
}
