//! The choice of columns under way: what has no part yet, and what every question about a column asks. It must not
//! know the questions.

use std::collections::BTreeSet;

use crate::data::cells::cell;
use crate::data::cells::fragment::{self, Fragment};
use crate::data::cells::words::{self, Meaning};
use crate::data::model::findings::Findings;
use crate::data::shape::evidence::Candidates;
use crate::data::shape::sheet::{Holds, Sheet};

/// The choice under way. Each question about it, of dates, of subjects and groups, is answered in a file of its own.
pub(crate) struct Choice<'s, 'f, 't, 'a, 'n> {
    pub(crate) sheet: &'s Sheet<'t, 'a>,
    pub(crate) findings: &'f mut Findings<'n>,
    /// Columns that have a part, or must not get one.
    pub(crate) taken: BTreeSet<usize>,
    /// The candidates of all parts that are decided.
    pub(crate) decided: Vec<Candidates>,
}

impl Choice<'_, '_, '_, '_, '_> {
    /// Text columns without a part yet; those that are empty in most rows hold remarks, and have none.
    pub(crate) fn texts(&self, kind: Holds) -> Vec<usize> {
        let filled = |column: usize| {
            let empty = self.sheet.sampled(column).filter(|cell| cell.is_empty()).count();
            empty * 2 <= self.sheet.sampled(column).count()
        };
        let columns = self.sheet.holding(kind).into_iter();
        columns.filter(|&column| !self.taken.contains(&column) && filled(column)).collect()
    }

    /// What a column's name means; seasons are nobody who is compared, whatever they are called.
    pub(crate) fn meaning(&self, column: usize) -> Meaning {
        match self.sheet.held(column) {
            Holds::Text if self.fragment_of(column) == Some(Fragment::Season) => Meaning::Group,
            _ => words::meaning(self.sheet.name(column)),
        }
    }

    /// How many different texts a column holds.
    pub(crate) fn distinct(&self, column: usize) -> usize {
        self.sheet.sampled(column).collect::<BTreeSet<_>>().len()
    }

    /// Whether a column has another text in every row.
    pub(crate) fn names_rows(&self, column: usize) -> bool {
        let rows = self.sheet.sampled(column).count();
        rows > 1 && self.sheet.held(column) == Holds::Text && self.distinct(column) == rows
    }

    /// Which part of a date all cells of a column are.
    pub(crate) fn fragment_of(&self, column: usize) -> Option<Fragment> {
        let mut cells = self.sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
        let part = fragment::of(cells.next()?)?;
        cells.all(|cell| fragment::of(cell) == Some(part)).then_some(part)
    }
}
