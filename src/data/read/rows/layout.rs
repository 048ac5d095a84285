//! How the rows of a table are read: what each of its columns is for. It must not know how that is found out, nor
//! where the rows come from.

use crate::data::build::aggregation::{Aggregate, Column};
use crate::data::build::builder::Names;
use crate::data::cells::dates::Style;
use crate::data::read::values::ValueColumn;
use crate::data::rows::split::narrow;
use crate::data::shape::plan::{Roles, Who};
use crate::data::shape::sheet::Sheet;

/// What a column of texts says of the series that a row is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Who is compared.
    Subject,
    /// Whose the subject is.
    Owner,
    /// What splits the measure.
    Group,
    /// How it was counted.
    Kind,
    /// What is measured.
    Measure,
}

/// A table as it is to be read.
pub(super) struct Layout<'s, 't, 'a> {
    /// The table, or as much of it as decides how the rest is read.
    pub(super) sheet: &'s Sheet<'t, 'a>,
    /// The file as messages name it.
    pub(super) file: &'s str,
    pub(super) roles: &'s Roles,
    pub(super) delimiter: u8,
    /// What becomes of several values of one date and series; `None` where they are kept.
    pub(super) how: Option<Aggregate>,
    /// The columns that say when, the date first.
    pub(super) dates: Vec<usize>,
    /// The columns that name the series.
    pub(super) names: Vec<(usize, Named)>,
    /// Whether all rows were looked at to decide that: then none of them speaks against it.
    pub(super) is_whole: bool,
    /// Columns that held one text only, as long as they hold no other.
    pub(super) constants: Vec<(usize, String)>,
    /// Columns that play no part, as long as they do not tell rows of one date and series apart.
    pub(super) idle: Vec<usize>,
    /// The column that marks a period which is not over.
    pub(super) flag: Option<usize>,
    /// The line that rows below the table begin on, where that is known.
    pub(super) end: Option<u32>,
    /// How dates are read.
    pub(super) style: Style,
    /// How each column of numbers is read.
    pub(super) values: Vec<ValueColumn>,
    /// Subjects and groups that no row names.
    pub(super) subjects: Names,
    pub(super) groups: Names,
}

impl<'s, 't, 'a> Layout<'s, 't, 'a> {
    /// The parts that columns play; how their cells are read is not decided.
    pub(super) fn new(
        sheet: &'s Sheet<'t, 'a>,
        roles: &'s Roles,
        file: &'s str,
        how: Option<Aggregate>,
    ) -> Self {
        let dates = roles.date.into_iter().chain(roles.month);
        let parts = roles.parts.iter().map(|(_, column)| *column);
        let subject = match roles.who {
            Who::Cell(column) => Some((column, Named::Subject)),
            _ => None,
        };
        let owner = roles.owner.map(|column| (column, Named::Owner));
        let group = roles.group.map(|column| (column, Named::Group));
        let kinds = roles.same.iter().map(|&column| (column, Named::Kind));
        let measure = roles.measured_by.map(|column| (column, Named::Measure));
        let names = owner.into_iter().chain(subject).chain(group).chain(kinds).chain(measure);
        let is_counted = roles.values.is_empty();
        Layout {
            sheet,
            file,
            roles,
            delimiter: sheet.table.delimiter(),
            how: how.filter(|_| !is_counted),
            dates: dates.chain(parts).collect(),
            // Of events only the subject is asked.
            names: names.filter(|(_, named)| !is_counted || *named == Named::Subject).collect(),
            is_whole: true,
            constants: Vec::new(),
            idle: Vec::new(),
            flag: None,
            end: None,
            style: Style::default(),
            values: Vec::new(),
            subjects: Names::default(),
            groups: Names::default(),
        }
    }

    /// Whether rows of which the texts are known need no further look.
    pub(super) fn is_plain(&self) -> bool {
        let roles = self.roles;
        let looked_at = [self.constants.is_empty(), self.idle.is_empty(), roles.only.is_empty()];
        let is_read = roles.left_out.rows.is_empty() && self.flag.is_none() && self.end.is_none();
        is_read && looked_at.iter().all(|is_empty| *is_empty) && !self.dates.is_empty() && !roles.distinct
    }

    /// Whether only the rows above a row say what it is: then they are read one after the other.
    pub(super) fn is_in_order(&self) -> bool {
        self.is_whole || self.how.is_none() || self.roles.date.is_none() || self.roles.distinct
    }

    /// What each column of numbers is of.
    pub(super) fn columns(&self) -> Vec<Column> {
        let by_row = self.roles.measured_by.is_some();
        let of = |(at, value): (usize, &ValueColumn)| Column {
            // Where rows name the measure, each of them has one for each column.
            measure: if by_row { at } else { value.measure },
            subject: value.subject.filter(|_| self.roles.who == Who::Header).map(narrow),
            group: value.group.map(narrow),
            time: value.time,
        };
        self.values.iter().enumerate().map(of).collect()
    }
}
