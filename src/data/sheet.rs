//! A table whose data are located and whose columns have names.

use crate::diag::{Diagnostic, Place, listed, nearest, quoted};

use super::cell;
use super::dates;
use super::findings::Findings;
use super::locate::Located;
use super::numbers;
use super::table::Table;

/// About so many rows are looked at to find out what a column holds.
const SAMPLE: usize = 4000;

/// What most cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    /// Dates that can be nothing else.
    Dates,
    /// Numbers, bounds.
    Numbers,
    /// `True` and `False` only.
    Flags,
    /// Other text.
    Text,
    /// The same text in every row.
    Constant,
    /// Nothing.
    Nothing,
}

/// A located table.
pub(super) struct Sheet<'t, 'a> {
    pub(super) table: &'t Table<'a>,
    pub(super) located: Located,
    /// The columns' names; a column without one is `column 3`.
    pub(super) names: Vec<String>,
    /// What the columns hold.
    pub(super) holds: Vec<Holds>,
    /// How far the header's cells stand left of their columns.
    shift: usize,
}

impl<'t, 'a> Sheet<'t, 'a> {
    /// Names the columns and finds out what they hold.
    pub(super) fn new(table: &'t Table<'a>, located: Located) -> Self {
        let mut sheet = Sheet { table, located, names: Vec::new(), holds: Vec::new(), shift: 0 };
        let body = sheet.sample().map(|row| table.width(row));
        let width = match located.header.map(|row| table.width(row)) {
            None => body.max().unwrap_or(0),
            // R names one column less than it writes: the first holds the rows' names.
            Some(header) if body.clone().all(|width| width == header + 1) => {
                sheet.shift = 1;
                header + 1
            }
            Some(header) => header,
        };
        let name = |column: usize| match sheet.title(column) {
            "" => format!("column {}", column + 1),
            title => title.to_owned(),
        };
        sheet.names = (0..width).map(name).collect();
        sheet.holds = (0..width).map(|column| sheet.look(column)).collect();
        sheet
    }

    /// Further rows of the same file, below those that named the columns.
    pub(super) fn part<'u, 'b>(&self, table: &'u Table<'b>) -> Sheet<'u, 'b> {
        let located = Located { header: None, first: 0, block_end: table.len() };
        Sheet { table, located, names: self.names.clone(), holds: self.holds.clone(), shift: self.shift }
    }

    /// What the file itself calls a column; empty where it does not.
    pub(super) fn title(&self, column: usize) -> &str {
        let cell = |row| self.table.cell(row, column.checked_sub(self.shift)?);
        self.located.header.and_then(cell).unwrap_or("")
    }

    /// The first rows of the data.
    pub(super) fn sample(&self) -> std::ops::Range<usize> {
        self.located.first..self.located.block_end.min(self.located.first.saturating_add(SAMPLE))
    }

    /// Cells of a column from all over the data; empty where a row is too short.
    pub(super) fn sampled(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        let rows = self.located.first..self.located.block_end;
        let stride = rows.len() / SAMPLE + 1;
        rows.step_by(stride).map(move |row| self.table.cell(row, column).unwrap_or(""))
    }

    /// All cells of a column in the data.
    fn all(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        (self.located.first..self.located.block_end).filter_map(move |row| self.table.cell(row, column))
    }

    fn look(&self, column: usize) -> Holds {
        match Self::most(self.sampled(column)) {
            // One number in a long column of gaps, one other name: a sample may miss it.
            Holds::Nothing | Holds::Constant => Self::most(self.all(column)),
            holds => holds,
        }
    }

    fn most<'c>(cells: impl Iterator<Item = &'c str>) -> Holds {
        let (mut dates, mut numbers, mut flags, mut present) = (0, 0, 0, 0);
        let mut first = None;
        let mut constant = true;
        for cell in cells.filter(|cell| !cell::is_missing(cell)) {
            present += 1;
            constant = constant && *first.get_or_insert(cell) == cell;
            if numbers::is_number(cell) {
                numbers += 1;
            } else if cell::flag(cell).is_some() {
                flags += 1;
            } else if dates::is_date(cell) {
                dates += 1;
            }
        }
        match present {
            0 => Holds::Nothing,
            _ if flags == present => Holds::Flags,
            _ if numbers * 2 >= present => Holds::Numbers,
            _ if dates * 2 >= present => Holds::Dates,
            _ if constant && present > 1 => Holds::Constant,
            _ => Holds::Text,
        }
    }

    /// What a column holds.
    pub(super) fn held(&self, column: usize) -> Holds {
        self.holds.get(column).copied().unwrap_or(Holds::Nothing)
    }

    /// The columns that hold something of a kind.
    pub(super) fn holding(&self, kind: Holds) -> Vec<usize> {
        (0..self.names.len()).filter(|&column| self.held(column) == kind).collect()
    }

    /// A column's name; empty past the last.
    pub(super) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The column of a name; what is unknown is a fault that names the known ones.
    pub(super) fn find(&self, name: &str, findings: &mut Findings<'_>) -> Option<usize> {
        let wanted = cell::trimmed(name).to_lowercase();
        let found = self.names.iter().position(|known| known.to_lowercase() == wanted);
        let found = found.or_else(|| (0..self.names.len()).find(|&c| self.title(c).to_lowercase() == wanted));
        if found.is_none() {
            let place = Place {
                line: self.located.header.map(|row| self.table.line(row)),
                ..Place::file(findings.file)
            };
            findings.fault(|| {
                let error = Diagnostic::error(format!("unknown column {}", quoted(name))).at(place);
                let error = match nearest(name, self.names.iter().map(String::as_str)) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error,
                };
                error.hint(format!("the columns are {}", listed(self.names.iter().take(40))))
            });
        }
        found
    }

    /// Where a cell stands, with its column's name.
    pub(super) fn place(&self, file: &str, row: usize, column: usize) -> Place {
        self.table.place(file, row, column).in_field(self.name(column))
    }
}
