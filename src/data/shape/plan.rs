//! The plan of a table: which column plays which part, for whoever reads its rows. It must not know how that is
//! found out.

use crate::data::cells::calendar::plain_year;
use crate::data::cells::date_part::Part;
use crate::data::cells::dates::Bare;
use crate::data::model::columns::Columns;
use crate::data::model::decision::Decision;
use crate::data::shape::evidence::Candidates;
use crate::data::shape::left_out::Unread;
use crate::data::shape::sheet::Sheet;

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
    /// The column that says whose each subject is: a repository is known by its owner and its name.
    pub(crate) owner: Option<usize>,
    /// The column that names the measure of each row.
    pub(crate) measured_by: Option<usize>,
    /// What is counted in columns that are subjects, where their titles say it.
    pub(crate) measure: Option<String>,
    /// The subjects that columns are of, in the order of the values, where their titles say more than these.
    pub(crate) called: Vec<String>,
    /// Why each part is played by whom.
    pub(crate) decided: Vec<Candidates>,
    /// What is not read at all.
    pub(crate) left_out: Unread,
    /// What the user says of how dates and numbers are written.
    pub(crate) said: Columns,
}

impl Default for Roles {
    fn default() -> Self {
        Roles {
            date: None,
            bare: Bare::No,
            month: None,
            parts: Vec::new(),
            who: Who::Header,
            across: Across::Measures,
            group: None,
            values: Vec::new(),
            same: Vec::new(),
            only: Vec::new(),
            copies: Vec::new(),
            distinct: false,
            owner: None,
            measured_by: None,
            measure: None,
            called: Vec::new(),
            decided: Vec::new(),
            left_out: Unread::default(),
            said: Columns::default(),
        }
    }
}

impl Roles {
    /// What plays which part and why, in words.
    pub(crate) fn decisions(&self, sheet: &Sheet<'_, '_>) -> Vec<Decision> {
        self.decided.iter().map(|candidates| candidates.decision(sheet)).collect()
    }

    /// What the subject of the value column at this place of all is called.
    pub(crate) fn called<'s>(&'s self, at: usize, title: &'s str) -> &'s str {
        self.called.get(at).map_or(title, String::as_str)
    }

    /// Whether the dates, of rows or of columns, are written as years and nothing more.
    pub(crate) fn in_years(&self, sheet: &Sheet<'_, '_>) -> bool {
        let titles = || self.values.iter().map(|&column| plain_year(sheet.title(column)));
        match self.across {
            Across::Times => titles().all(|title| title.len() == 4),
            _ => self.date.is_some() && self.bare == Bare::Year && self.parts.is_empty(),
        }
    }
}
