//! Rows of a sheet, whose cells need no taking apart. What stands in a row is shown as a text with tabs, and a place
//! is a row and a column of the sheet.

use super::{Table, index};
use crate::data::rows::split::{Cell, REWRITTEN, Row, narrow};
use crate::data::rows::workbook::grid::Grid;
use crate::diag::Place;

impl Table<'_> {
    /// The cells of a sheet. Columns that are empty before the first are no columns; rows are as wide as the widest,
    /// but a title above the table is as narrow as a preamble is.
    pub(crate) fn of_grid(grid: Grid) -> Table<'static> {
        let first = grid.cells.iter().map(|cell| cell.column).min().unwrap_or(0);
        let width = grid.cells.iter().map(|cell| cell.column - first + 1).max().unwrap_or(0);
        let (mut cells, mut rows): (Vec<Cell>, Vec<Row>) = (Vec::new(), Vec::new());
        let mut is_wide = false;
        for of_row in grid.cells.chunk_by(|a, b| a.row == b.row) {
            let Some(line) = of_row.first().map(|cell| cell.row.saturating_add(1)) else { continue };
            let after_blank = line > rows.last().map_or(0, |row| row.line) + 1;
            let begin = cells.len();
            is_wide |= of_row.len() > 1;
            for cell in of_row {
                cells.resize(begin + index(cell.column - first), Cell { start: 0, end: 0 });
                cells.push(Cell { start: cell.start | REWRITTEN, end: cell.end | REWRITTEN });
            }
            if is_wide {
                cells.resize(begin + index(width), Cell { start: 0, end: 0 });
            }
            rows.push(Row { cell: narrow(begin), offset: 0, line, after_blank });
        }
        Table { source: "", delimiter: b',', cells, rows, rewritten: grid.text, left: Some(first) }
    }

    /// A row as a text with tabs between its cells, and where a cell of it begins and ends.
    fn joined(&self, row: usize, column: usize) -> (String, std::ops::Range<usize>) {
        let (mut text, mut span) = (String::new(), 0..0);
        for (i, cell) in self.cells(row).enumerate() {
            if i > 0 {
                text.push('\t');
            }
            let start = text.len();
            text.push_str(cell);
            if i == column {
                span = start..text.len();
            }
        }
        let span = if column < self.width(row) { span } else { text.len()..text.len() };
        (text, span)
    }

    /// Where a cell of a sheet stands whose table begins in some column.
    pub(super) fn place_in_grid(&self, file: &str, row: usize, column: usize, left: u32) -> Place {
        let (text, span) = self.joined(row, column);
        Place::at(file, self.line(row), left.saturating_add(narrow(column)).saturating_add(1))
            .showing(&text, span)
    }

    /// A row of a sheet as it is shown, by its number there; `None` where it is empty.
    pub(crate) fn shown_line(&self, line: u32) -> Option<String> {
        let row = self.rows.binary_search_by_key(&line, |row| row.line).ok()?;
        Some(self.joined(row, 0).0)
    }

    /// The text of a sheet that has one column, as people paste a whole file into it; each row on its line.
    pub(crate) fn pasted(&self) -> Option<String> {
        if self.left.is_none() || (0..self.len()).any(|row| self.width(row) > 1) {
            return None;
        }
        let mut text = String::new();
        let mut line = 1;
        for row in 0..self.len() {
            while line < self.line(row) {
                text.push('\n');
                line += 1;
            }
            text.push_str(self.cell(row, 0).unwrap_or(""));
        }
        text.push('\n');
        Some(text)
    }
}
