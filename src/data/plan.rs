//! The plan of a table: which column plays which part, for whoever reads its rows. It must not know how that is
//! found out.

use super::calendar::plain_year;
use super::date_part::Part;
use super::dates::Bare;
use super::sheet::Sheet;

/// Who is compared in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// The text of this column (long).
    Cell(usize),
    /// The name of the value's column (wide).
    Header,
    /// One subject in the whole file.
    Only(String),
}

/// What the value columns are, where they are not subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Across {
    /// A measure each: `stars`, `forks`.
    Measures,
    /// A group each: the portals of a table of keywords.
    Groups,
    /// A date each: years beside each other.
    Times,
}

/// The parts of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) date: Option<usize>,
    /// What bare numbers of the date column are.
    pub(super) bare: Bare,
    /// The month that belongs to a date column of years.
    pub(super) month: Option<usize>,
    /// Further columns that hold parts of the dates, beside one of years.
    pub(super) parts: Vec<(Part, usize)>,
    pub(super) who: Who,
    pub(super) across: Across,
    pub(super) group: Option<usize>,
    pub(super) values: Vec<usize>,
    pub(super) same: Vec<usize>,
    pub(super) only: Vec<(usize, Vec<String>)>,
    /// Columns that hold in every row what the date or the subject says.
    pub(super) copies: Vec<usize>,
    /// Whether every row is another subject, though some have the same name.
    pub(super) distinct: bool,
}

impl Roles {
    /// Whether the dates, of rows or of columns, are written as years and nothing more.
    pub(super) fn in_years(&self, sheet: &Sheet<'_, '_>) -> bool {
        let titles = || self.values.iter().map(|&column| plain_year(sheet.title(column)));
        match self.across {
            Across::Times => titles().all(|title| title.len() == 4),
            _ => self.date.is_some() && self.bare == Bare::Year && self.parts.is_empty(),
        }
    }
}
