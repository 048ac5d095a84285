//! How a file was read: every silent choice, for `inspect` and for notes.

use crate::time::moment::{Moment, Step};

use crate::data::model::columns::Columns;
use crate::data::model::completeness::Completeness;
use crate::data::model::decision::Decision;
use crate::data::model::format::Format;

/// How a file was read.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts {
    /// What a user would say to have it read so: what was said, and what was found where nothing was.
    pub reading: Columns,
    /// What wrote it, as far as that was recognised.
    pub format: &'static Format,
    /// `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, or another name of the WHATWG such as `windows-1252`.
    pub encoding: String,
    /// `LF`, `CRLF`, `CR`, `mixed`; `none` in a file of one line that does not end.
    pub line_ends: String,
    /// The sheet that was read, of a spreadsheet.
    pub sheet: Option<String>,
    /// The delimiter itself; `None` where the file is not delimited.
    pub delimiter: Option<char>,
    /// Lines before the header.
    pub preamble_lines: u32,
    /// Line of the header, from 1; `None` where there is none.
    pub header_line: Option<u32>,
    /// What the rows are; `None` where the file is no table.
    pub shape: Option<Shape>,
    /// The region that all series share, where the file tells one.
    pub region: Option<String>,
    /// The time that all values without dates are of, as the file has it.
    pub span: Option<String>,
    /// Whether all measures were written in per cent: each value column that holds anything has a per cent
    /// sign in one of its cells or in its title. The numbers are those the file shows, 70 for `70%`.
    pub percent: bool,
    /// Whether dates are written as years and nothing more.
    pub years: bool,
    /// Whether the subjects are months or weekdays without a date, which have their own order.
    pub calendar: bool,
    /// Whether the groups are.
    pub calendar_groups: bool,
    /// The distance of most neighbouring dates; `None` without dates.
    pub step: Option<Step>,
    /// First date.
    pub first: Option<Moment>,
    /// Last date.
    pub last: Option<Moment>,
    /// Whether all of the last period was counted; [`Completeness::Whole`] where nothing about the file says
    /// that it could be otherwise.
    pub last_period: Completeness,
    /// How that is known, as the end of a sentence; empty where nothing but a habit of the source says it.
    pub last_period_because: String,
    /// Which columns play which part of a table, and why.
    pub decisions: Vec<Decision>,
    /// Every silent choice in a sentence each.
    pub notes: Vec<String>,
}

/// What the rows of a table are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// A column for each subject.
    Wide,
    /// A row for each observation.
    Long,
    /// One subject, a column for each measure.
    Single,
    /// A row for each event, which are counted.
    Events,
}

impl Shape {
    /// As results name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Shape::Wide => "wide",
            Shape::Long => "long",
            Shape::Single => "single",
            Shape::Events => "events",
        }
    }
}

impl Facts {
    /// Whether dates that all begin a year stand for years: they are written so, or there are several of them a
    /// year apart. Two may be the same month of two years.
    #[must_use]
    pub fn means_years(&self, mut dates: impl Iterator<Item = Moment>) -> bool {
        let between =
            |at| self.first.is_some_and(|first| at > first) && self.last.is_some_and(|last| at < last);
        self.years || (self.step == Some(Step::Year) && dates.any(between))
    }

    /// Whether the dates are ages, counted from 1970: so this format writes them, and it counts nothing so old.
    #[must_use]
    pub fn is_by_age(&self) -> bool {
        let year = |at: Moment| at.date().year();
        self.format.ages_before.zip(self.last).is_some_and(|(first, last)| year(last) < first)
    }
}
