//! What the rows of a file come to, chunk by chunk, and what they say of the decisions they were read by.

use std::collections::BTreeSet;

use crate::diag::Diagnostic;

use super::words::narrow;
use crate::data::build::builder::Names;
use crate::data::build::tally::{Aggregate, Key, Tally};
use crate::data::cells::dates::{self, Style};
use crate::data::cells::numbers::Evidence;
use crate::data::cells::spans;
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

/// Dates that decide how the others of their column are read: an example for each thing there is to say.
#[derive(Default)]
pub(super) struct DateEvidence {
    first_over: Option<String>,
    second_over: Option<String>,
    open: Option<String>,
    weeks: Option<String>,
    /// A date that begins with its year.
    year: Option<String>,
    /// A date as JavaScript prints them, which may be an age: only all dates together say so.
    scripted: bool,
    /// A date with two digits for its year, of which only all together say in which century they are.
    short_years: bool,
    /// Whether there are halves and fiscal years, and whether any other date.
    spans: (bool, bool),
    clocks: Clocks,
}

/// What times of day say of the clocks that they were told by.
#[derive(Default)]
struct Clocks {
    /// The zone of the first.
    zone: Option<String>,
    /// Whether another has another one.
    several: bool,
    /// The first few times that differ.
    times: BTreeSet<String>,
}

impl Clocks {
    fn of(&mut self, cell: &str) {
        let Some((time, rest)) = cell.get(11..16).zip(cell.get(16..)).filter(|(time, _)| time.contains(':'))
        else {
            return;
        };
        let zone = rest.find(['+', '-', 'Z', 'U', 'G']).and_then(|at| rest.get(at..)).unwrap_or("");
        self.several |= self.zone.get_or_insert_with(|| zone.to_owned()) != zone;
        if self.times.len() < 3 && !self.times.contains(time) {
            self.times.insert(time.to_owned());
        }
    }

    fn join(&mut self, later: Clocks) {
        self.several |=
            later.several || self.zone.as_ref().zip(later.zone.as_ref()).is_some_and(|(a, b)| a != b);
        self.zone = self.zone.take().or(later.zone);
        self.times.extend(later.times);
    }

    /// Whether there are several, or the times may all be midnights somewhere.
    fn are_open(&self) -> bool {
        let times = self.times.len() < 3 && self.times.iter().any(|time| time != "00:00");
        self.several || (times && self.zone.as_ref().is_some_and(|zone| !zone.is_empty()))
    }
}

impl DateEvidence {
    /// Adds what a cell says.
    pub(super) fn of(&mut self, cell: &str) {
        let keep = |place: &mut Option<String>, when: bool| {
            if when && place.is_none() {
                *place = Some(cell.to_owned());
            }
        };
        self.scripted |= cell.starts_with(|c: char| c.is_ascii_alphabetic()) && cell.contains(" GMT");
        self.clocks.of(cell);
        // Most dates have their year in full before a month or a day.
        if cell.as_bytes().get(4) != Some(&b'-') || spans::is_season(cell) {
            let span = spans::is_fiscal(cell) || spans::is_half(cell) || spans::is_season(cell);
            self.spans = (self.spans.0 || span, self.spans.1 || (!span && dates::is_date(cell)));
            self.short_years |= has_short_year(cell);
        } else {
            self.spans.1 = true;
        }
        if let Some((first, second)) = dates::small_pair(cell) {
            keep(&mut self.first_over, first > 12);
            keep(&mut self.second_over, second > 12);
            keep(&mut self.open, true);
        } else if self.weeks.is_none() {
            keep(&mut self.weeks, dates::year_part(cell).is_some_and(|part| (13..=53).contains(&part)));
        }
        if self.year.is_none() {
            keep(&mut self.year, dates::begins_with_year(cell));
        }
    }

    fn join(&mut self, later: DateEvidence) {
        self.first_over = self.first_over.take().or(later.first_over);
        self.second_over = self.second_over.take().or(later.second_over);
        self.open = self.open.take().or(later.open);
        self.weeks = self.weeks.take().or(later.weeks);
        self.year = self.year.take().or(later.year);
        self.scripted |= later.scripted;
        self.short_years |= later.short_years;
        self.spans = (self.spans.0 || later.spans.0, self.spans.1 || later.spans.1);
        self.clocks.join(later.clocks);
    }

    /// Whether only all dates in their order say how they are read, because none tells day and month apart, or a
    /// month beyond the twelfth may be a slip.
    pub(super) fn is_open(&self) -> bool {
        let untold = self.open.is_some() && self.first_over.is_none() && self.second_over.is_none();
        let spans = self.spans == (true, false);
        untold || self.scripted || self.short_years || spans || self.clocks.are_open() || self.weeks.is_some()
    }

    /// The examples.
    pub(super) fn cells(&self) -> impl Iterator<Item = &str> + Clone {
        [&self.weeks, &self.open, &self.first_over, &self.second_over, &self.year]
            .into_iter()
            .filter_map(|cell| cell.as_deref())
    }
}

/// Whether a date has two digits for its year, whichever of its numbers is the day.
fn has_short_year(cell: &str) -> bool {
    let short = |day_first| dates::short_year(cell, Style { day_first, ..Style::default() }).is_some();
    short(false) || short(true)
}

/// What rows come to. Lines count from the first of the chunk until it is appended.
pub(super) struct Found<'s> {
    pub(super) tally: Tally,
    pub(super) subjects: Names,
    pub(super) groups: Names,
    /// What the cells of each column of numbers say of its decimal separator.
    pub(super) evidence: Vec<Evidence>,
    pub(super) dates: DateEvidence,
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
}

impl<'s> Found<'s> {
    pub(super) fn empty(file: &'s str) -> Self {
        Found {
            tally: Tally::new(Aggregate::Last, 0),
            subjects: Names::default(),
            groups: Names::default(),
            evidence: Vec::new(),
            dates: DateEvidence::default(),
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

    /// Takes note that a column without a part tells rows of one date and name apart: it may be a group.
    pub(super) fn told_apart(&mut self, line: u32) {
        let why = "a column that tells rows of one date and name apart";
        self.unfit = self.unfit.or(Some(Unfit { line, why }));
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
        let translate = |own: &mut Names, later: &Names| -> Vec<u32> {
            (0..later.len()).map(|index| narrow(own.index(later.get(index)))).collect()
        };
        let subjects = translate(&mut self.subjects, &later.subjects);
        let groups = translate(&mut self.groups, &later.groups);
        let key = |key: Key| Key {
            subject: subjects.get(key.subject as usize).copied().unwrap_or(key.subject),
            group: (key.group as usize)
                .checked_sub(1)
                .and_then(|group| groups.get(group))
                .map_or(0, |group| group + 1),
            ..key
        };
        if let Some(line) = self.tally.append(&later.tally, lines, key) {
            self.told_apart(line);
        }
        self.evidence.iter_mut().zip(later.evidence).for_each(|(own, later)| own.join(later));
        self.dates.join(later.dates);
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
    }
}
