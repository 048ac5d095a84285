//! How the rows of a file are read in chunks: what each of its columns is for, and where its cells end. It must not
//! know how that is found out.

use super::found::Found;
use super::words::{Ending, hash};
use crate::data::build::builder::Names;
use crate::data::build::tally::{Aggregate, Tally};
use crate::data::cells::dates::Style;
use crate::data::cells::numbers::Evidence;
use crate::data::read::observe::ValueColumn;
use crate::data::shape::plan::Roles;
use crate::data::shape::sheet::Sheet;

/// What a column is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Part {
    /// The date.
    Date,
    /// Who is compared.
    Subject,
    /// What splits the measure.
    Group,
    /// A number, with its place among the measures.
    Value(usize),
    /// Nothing, as long as it holds no other text than this.
    Constant(String),
    /// Nothing, as long as it does not tell rows of one date and name apart.
    Text,
    /// Nothing.
    Ignored,
}

/// How the rows of a file are read.
pub(super) struct Layout<'s, 't, 'a> {
    /// The head of the file.
    pub(super) sheet: &'s Sheet<'t, 'a>,
    pub(super) file: &'s str,
    pub(super) roles: &'s Roles,
    /// What each column is for, and where its cells end.
    pub(super) parts: Vec<(Part, Ending)>,
    /// The columns of the date and of the subject.
    pub(super) date: usize,
    pub(super) delimiter: u8,
    pub(super) how: Aggregate,
    /// How dates are read.
    pub(super) style: Style,
    /// How each column of numbers is read.
    pub(super) values: Vec<ValueColumn>,
}

/// A row's mark with one more text; never 0.
pub(super) fn marked(mark: u64, text: &str) -> u64 {
    hash(text.as_bytes()).wrapping_add(mark.rotate_left(7)) | 1
}

impl Found<'_> {
    /// Nothing found yet, after so many lines.
    pub(super) fn new<'s>(layout: &Layout<'s, '_, '_>, lines: u32) -> Found<'s> {
        let measures = layout.values.len();
        Found {
            tally: Tally::new(layout.how, measures),
            subjects: Names::default(),
            groups: Names::default(),
            evidence: vec![Evidence::default(); measures],
            lines,
            ..Found::empty(layout.file)
        }
    }
}
