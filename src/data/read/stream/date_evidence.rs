//! What the dates of a column say of how they are written, in whatever order and by whomever they are read.

use std::collections::BTreeSet;

use crate::data::cells::dates::{self, Style};
use crate::data::cells::spans;

/// Dates that decide how the others of their column are read: the first example for each thing there is to say.
#[derive(Default)]
pub(super) struct DateEvidence {
    first_over: Option<(u64, String)>,
    second_over: Option<(u64, String)>,
    open: Option<(u64, String)>,
    weeks: Option<(u64, String)>,
    /// A date that begins with its year.
    year: Option<(u64, String)>,
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
    /// Adds what a cell says that stands at a place.
    pub(super) fn of(&mut self, cell: &str, at: u64) {
        let keep = |place: &mut Option<(u64, String)>, when: bool| {
            if when && place.is_none() {
                *place = Some((at, cell.to_owned()));
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

    /// Adds what other rows say.
    pub(super) fn join(&mut self, later: DateEvidence) {
        let first = |own: &mut Option<(u64, String)>, other: Option<(u64, String)>| {
            *own = own.take().into_iter().chain(other).min();
        };
        first(&mut self.first_over, later.first_over);
        first(&mut self.second_over, later.second_over);
        first(&mut self.open, later.open);
        first(&mut self.weeks, later.weeks);
        first(&mut self.year, later.year);
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
            .filter_map(|cell| cell.as_ref().map(|(_, cell)| cell.as_str()))
    }
}

/// Whether a date has two digits for its year, whichever of its numbers is the day.
fn has_short_year(cell: &str) -> bool {
    let short = |day_first| dates::short_year(cell, Style { day_first, ..Style::default() }).is_some();
    short(false) || short(true)
}
