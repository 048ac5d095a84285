//! The plan of a table: which column plays which part, for whoever reads its rows. It must not know how that is
//! found out.

use crate::data::cells::calendar::plain_year;
use crate::data::cells::date_part::Part;
use crate::data::cells::dates::Bare;
use crate::data::model::columns::Columns;
use crate::data::shape::left_out::Unread;
use crate::data::shape::sheet::Sheet;
use crate::time::moment::Moment;

/// Who is compared in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Who {
    /// The text of this column (long).
    Cell(usize),
    /// The name of the value's column (wide).
    Header,
    /// One subject in the whole file.
    Only(String),
}

/// What the value columns are, where they are not subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Across {
    /// A measure each: `stars`, `forks`.
    Measures,
    /// A group each: the portals of a table of keywords.
    Groups,
    /// A date each: years beside each other.
    Times,
}

/// What a source is known to do that its table does not show.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Habits {
    /// Each value column is a subject.
    pub(crate) wide: bool,
    /// Each row is another subject, though some have one name.
    pub(crate) distinct_rows: bool,
}

/// A row of data and its date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dated {
    pub(crate) row: usize,
    pub(crate) time: Option<Moment>,
}

/// The parts of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Roles {
    pub(crate) date: Option<usize>,
    /// What bare numbers of the date column are.
    pub(crate) bare: Bare,
    /// The month that belongs to a date column of years.
    pub(crate) month: Option<usize>,
    /// Further columns that hold parts of the dates, beside one of years.
    pub(crate) parts: Vec<(Part, usize)>,
    pub(crate) who: Who,
    pub(crate) across: Across,
    pub(crate) group: Option<usize>,
    pub(crate) values: Vec<usize>,
    pub(crate) same: Vec<usize>,
    pub(crate) only: Vec<(usize, Vec<String>)>,
    /// Columns that hold in every row what the date or the subject says.
    pub(crate) copies: Vec<usize>,
    /// Whether every row is another subject, though some have the same name.
    pub(crate) distinct: bool,
    /// What is not read at all.
    pub(crate) left_out: Unread,
    /// What the user says of how dates and numbers are written.
    pub(crate) said: Columns,
}

impl Roles {
    /// Whether the dates, of rows or of columns, are written as years and nothing more.
    pub(crate) fn in_years(&self, sheet: &Sheet<'_, '_>) -> bool {
        let titles = || self.values.iter().map(|&column| plain_year(sheet.title(column)));
        match self.across {
            Across::Times => titles().all(|title| title.len() == 4),
            _ => self.date.is_some() && self.bare == Bare::Year && self.parts.is_empty(),
        }
    }
}
