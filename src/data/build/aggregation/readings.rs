//! Cells of numbers as they were read, column by column: many at a time are added faster than each alone.

use super::Aggregation;
use crate::data::build::sum;
use crate::data::cells::digits;
use crate::data::model::observation::Value;

/// Instead of places behind the point: the row ends before the cell, or it is at fault.
const ABSENT: u8 = u8::MAX;
/// Instead of places behind the point: the number is a place among the others.
const OTHER: u8 = u8::MAX - 1;

/// Cells of some columns and rows.
pub(crate) struct Readings {
    rows: usize,
    numbers: Vec<i64>,
    /// How many places behind the point each number has.
    places: Vec<u8>,
    others: Vec<Value>,
}

impl Readings {
    /// No cells, of so many columns.
    pub(crate) fn new(columns: usize, rows: usize) -> Self {
        let size = columns * rows;
        Readings { rows, numbers: vec![0; size], places: vec![ABSENT; size], others: Vec::new() }
    }

    /// The cells of a column, each to be set.
    pub(crate) fn column(&mut self, column: usize) -> OfColumn<'_> {
        let range = column * self.rows..(column + 1) * self.rows;
        OfColumn {
            numbers: self.numbers.get_mut(range.clone()).unwrap_or_default(),
            places: self.places.get_mut(range).unwrap_or_default(),
            others: &mut self.others,
        }
    }

    /// Forgets all cells.
    pub(crate) fn clear(&mut self) {
        self.others.clear();
    }

    /// A value; `None` where the cell is absent.
    pub(crate) fn value(&self, row: usize, column: usize) -> Option<Value> {
        let at = column * self.rows + row;
        let number = self.numbers.get(at).copied()?;
        match self.places.get(at).copied()? {
            ABSENT => None,
            OTHER => usize::try_from(number).ok().and_then(|at| self.others.get(at)).copied(),
            places => Some(Value::Number(digits::value(number, places))),
        }
    }
}

/// The cells of a column.
pub(crate) struct OfColumn<'r> {
    numbers: &'r mut [i64],
    places: &'r mut [u8],
    others: &'r mut Vec<Value>,
}

impl OfColumn<'_> {
    /// Sets a cell to a whole number over a power of ten.
    #[inline]
    pub(crate) fn set(&mut self, row: usize, number: i64, places: u8) {
        if let (Some(own), Some(of)) = (self.numbers.get_mut(row), self.places.get_mut(row)) {
            (*own, *of) = (number, places);
        }
    }

    /// Sets a cell to any value, or to none.
    pub(crate) fn set_other(&mut self, row: usize, value: Option<Value>) {
        match value {
            Some(value) => {
                self.others.push(value);
                self.set(row, i64::try_from(self.others.len() - 1).unwrap_or(0), OTHER);
            }
            None => self.set(row, 0, ABSENT),
        }
    }
}

impl Aggregation {
    /// Remembers the group at hand for the cells of the next row.
    #[inline]
    pub(crate) fn keep_turn(&mut self) {
        self.turns.push(self.group);
    }

    /// Adds the cells of as many rows as turns were kept; `at` is where each stands.
    pub(crate) fn add_all(&mut self, readings: &Readings, at: impl Fn(usize) -> u64) {
        let turns = std::mem::take(&mut self.turns);
        let width = self.columns;
        for column in 0..width {
            let from = column * readings.rows;
            let numbers = readings.numbers.get(from..).unwrap_or_default();
            let places = readings.places.get(from..).unwrap_or_default();
            for (row, ((&group, &number), &places)) in turns.iter().zip(numbers).zip(places).enumerate() {
                if !self.add_plain(group * width + column, (number, places), column) {
                    self.group = group;
                    if let Some(value) = readings.value(row, column) {
                        self.add(column, value, at(row));
                    }
                }
            }
        }
        self.turns = turns;
        self.turns.clear();
    }

    /// Adds a number where others were added before; false, and nothing added, for any other.
    #[inline]
    fn add_plain(&mut self, index: usize, (number, places): (i64, u8), column: usize) -> bool {
        let have = self.places.get(column).copied().unwrap_or(0);
        let Some(values) = self.values.get_mut(index) else { return false };
        if usize::from(places) > have || values.numbers == 0 || !self.adds {
            return false;
        }
        let scaled = match have - usize::from(places) {
            0 => Some(number),
            more => number.checked_mul(sum::ten(more)),
        };
        let Some(sum) = scaled.and_then(|number| values.sum.checked_add(number)) else { return false };
        values.sum = sum;
        values.numbers = values.numbers.saturating_add(1);
        true
    }
}
