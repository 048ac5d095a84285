//! How the rows of a file are read in chunks: what each of its columns is for, and where its cells end. It must not
//! know how that is found out.

use super::words::{Ending, hash, narrow};
use crate::data::build::builder::Names;
use crate::data::build::tally::{Aggregate, Column};
use crate::data::cells::dates::Style;
use crate::data::read::observe::ValueColumn;
use crate::data::shape::plan::{Roles, Who};
use crate::data::shape::sheet::Sheet;

/// What a column is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// The date.
    Date,
    /// A name of the series, or a text that decides whether the row is kept; with its place among these columns.
    Word(usize),
    /// A number, with its place among the columns of numbers.
    Value(usize),
    /// Nothing, as long as it holds no other text than this.
    Constant(String),
    /// Nothing, as long as it does not tell rows of one date and name apart.
    Text,
    /// Nothing.
    Ignored,
}

/// What a column of texts names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// Who is compared.
    Subject,
    /// What splits the measure.
    Group,
    /// How it was counted.
    Kind,
    /// Nothing.
    Nothing,
}

/// A column whose texts are known again.
#[derive(Debug, Clone)]
pub(super) struct WordColumn {
    pub(super) column: usize,
    pub(super) named: Named,
    /// The texts of the rows to keep, where others are left out, with the place of the column among those.
    pub(super) only: Option<(usize, Vec<String>)>,
}

impl WordColumn {
    /// Whether it may tell rows of one date and name apart: several of its texts are kept, and it names nothing.
    pub(super) fn marks(&self) -> bool {
        self.named == Named::Nothing && self.only.as_ref().is_some_and(|(_, texts)| texts.len() > 1)
    }
}

/// How the rows of a file are read.
pub(super) struct Layout<'s, 't, 'a> {
    /// The head of the file.
    pub(super) sheet: &'s Sheet<'t, 'a>,
    pub(super) file: &'s str,
    pub(super) roles: &'s Roles,
    /// What each column is for, and where its cells end.
    pub(super) parts: Vec<(Part, Ending)>,
    pub(super) words: Vec<WordColumn>,
    /// The columns that must not tell rows of one date and name apart: those of [`Part::Text`], then others.
    pub(super) marks: Vec<usize>,
    /// The column of the date.
    pub(super) date: usize,
    pub(super) delimiter: u8,
    pub(super) how: Aggregate,
    /// How dates are read.
    pub(super) style: Style,
    /// How each column of numbers is read.
    pub(super) values: Vec<ValueColumn>,
    /// Subjects and groups that no row names.
    pub(super) subjects: Names,
    pub(super) groups: Names,
}

impl Layout<'_, '_, '_> {
    /// What each column of numbers is of.
    pub(super) fn columns(&self) -> Vec<Column> {
        let of = |value: &ValueColumn| Column {
            measure: value.measure,
            subject: value.subject.filter(|_| self.roles.who == Who::Header).map(narrow),
            group: value.group.map(narrow),
        };
        self.values.iter().map(of).collect()
    }
}

/// A row's mark with one more text; never 0.
pub(super) fn marked(mark: u64, text: &str) -> u64 {
    hash(text.as_bytes()).wrapping_add(mark.rotate_left(7)) | 1
}
