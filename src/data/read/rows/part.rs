//! Rows at hand with what is known of their columns. The names of the columns are copied for a part of a table only
//! where somebody asks for them.

use super::layout::Layout;
use crate::data::rows::table::Table;
use crate::data::shape::sheet::Sheet;

/// A table, or a part of one.
pub(super) struct Part<'p> {
    pub(super) table: &'p Table<'p>,
    known: &'p Sheet<'p, 'p>,
    is_whole: bool,
    sheet: Option<Sheet<'p, 'p>>,
}

impl<'p> Part<'p> {
    /// Rows whose columns are known.
    pub(super) fn new(table: &'p Table<'p>, layout: &'p Layout<'_, '_, '_>) -> Self {
        Part { table, known: layout.sheet, is_whole: layout.is_whole, sheet: None }
    }

    /// The rows with the names of their columns.
    pub(super) fn sheet(&mut self) -> &Sheet<'p, 'p> {
        if self.is_whole { self.known } else { self.sheet.get_or_insert_with(|| self.known.part(self.table)) }
    }

    /// A cell; empty where the row is too short.
    pub(super) fn text(&self, row: usize, column: usize) -> &'p str {
        self.table.cell(row, column).unwrap_or("")
    }
}
