//! Rows whose values wait to be read: a column of many cells is read faster than a row of few, and what their groups
//! need of memory is fetched side by side. It must not know what a row is of.

use std::collections::BTreeSet;

use super::faults;
use super::layout::Layout;
use super::part::Part;
use super::sink::{Read, Sink};
use super::summary::Summary;
use super::texts::content;
use crate::data::build::aggregation::readings::Readings;
use crate::data::cells::cell;
use crate::data::cells::digits;
use crate::data::cells::numbers::{self, Decimal, Evidence};
use crate::data::model::findings::Finding;
use crate::data::model::observation::Value;
use crate::data::rows::split::Row;
use crate::data::rows::table::Table;

/// So many rows wait together.
const ROWS: usize = 256;

/// Of more columns than a few, so many cells.
const CELLS: usize = 1024;

/// Whole numbers below this are decimals whatever stands before their point.
const MOST: u64 = 1_000_000_000_000_000;

/// Where a row stands.
#[derive(Debug, Clone, Copy)]
struct Place {
    at: usize,
    row: Row,
    width: usize,
}

/// Rows whose values wait to be read.
pub(super) struct Batch {
    places: Vec<Place>,
    rows: Vec<Read>,
    readings: Readings,
    most: usize,
    /// What the cells of each column say of how numbers are written.
    pub(super) evidence: Vec<Evidence>,
    /// The kinds of digits that each column is known to have, a bit each.
    kinds: Vec<u64>,
    /// Cells that are no numbers, by row and column.
    faults: Vec<(usize, usize)>,
}

impl Batch {
    /// No rows yet.
    pub(super) fn new(layout: &Layout<'_, '_, '_>) -> Self {
        let columns = layout.values.len();
        let most = (CELLS / columns.max(1)).clamp(1, ROWS);
        Batch {
            places: Vec::with_capacity(most),
            rows: Vec::with_capacity(most),
            readings: Readings::new(columns, most),
            most,
            evidence: vec![Evidence::default(); columns],
            kinds: vec![0; columns],
            faults: Vec::new(),
        }
    }

    /// Adds a row of so many cells.
    #[inline]
    pub(super) fn push(&mut self, at: usize, row: Row, width: usize, read: Read) {
        self.places.push(Place { at, row, width });
        self.rows.push(read);
    }

    /// Whether no more should be added.
    #[inline]
    pub(super) fn is_full(&self) -> bool {
        self.rows.len() >= self.most
    }

    /// Reads the values of all rows and hands them over.
    pub(super) fn put(
        &mut self,
        part: &mut Part<'_>,
        layout: &Layout<'_, '_, '_>,
        sink: &mut Sink,
        (summary, in_percent): (&mut Summary<'_>, &mut BTreeSet<(String, usize)>),
    ) {
        if self.rows.is_empty() {
            return;
        }
        self.readings.clear();
        for (column, value) in layout.values.iter().enumerate() {
            self.column(part.table, column, (value.column, value.decimal), summary);
            if let Some(named) = layout.roles.measured_by {
                let per_cent = |place: &&Place| part.text(place.at, value.column).contains('%');
                let named = self.places.iter().filter(per_cent).map(|place| part.text(place.at, named));
                in_percent.extend(named.map(|named| (named.to_owned(), column)));
            }
        }
        self.faults.sort_unstable();
        for (at, column) in self.faults.drain(..) {
            faults::no_number(part.sheet(), layout.roles, at, column, &mut summary.findings);
        }
        sink.take(&self.rows, &self.readings);
        self.places.clear();
        self.rows.clear();
    }

    /// Reads the cells of a column.
    fn column(
        &mut self,
        table: &Table<'_>,
        column: usize,
        (of, decimal): (usize, Decimal),
        summary: &mut Summary<'_>,
    ) {
        let mark = if decimal == Decimal::Point { b'.' } else { b',' };
        let mut kinds = self.kinds.get(column).copied().unwrap_or(0);
        let known = kinds;
        let mut evidence = Evidence::default();
        let mut readings = self.readings.column(column);
        for (at, place) in self.places.iter().enumerate() {
            let cell = if of < place.width { table.cell_at(place.row.cell as usize + of) } else { None };
            let Some(cell) = cell else {
                readings.set_other(at, None);
                continue;
            };
            let (bytes, start, end) = table.bytes(cell);
            if let Some((digits, negative)) = digits::within(bytes, start, end, mark) {
                let kind = 1 << digits.kind(negative);
                if kinds & kind == 0 {
                    kinds |= kind;
                    evidence.join(Evidence::of_digits(digits, negative, decimal));
                }
                // Of more digits some stand for no decimal.
                if digits.number < MOST {
                    readings.set(at, digits.signed_number(negative), digits.fraction.unwrap_or(0));
                } else {
                    let number = digits::value(digits.signed_number(negative), digits.fraction.unwrap_or(0));
                    readings.set_other(at, Some(Value::Number(number)));
                }
                continue;
            }
            let text = content(bytes.get(start..end).unwrap_or_default());
            evidence.join(Evidence::of(text));
            let value = any_number(text, decimal, place.row.line, summary);
            if value.is_none() {
                self.faults.push((place.at, of));
            }
            readings.set_other(at, value);
        }
        if kinds != known
            && let Some(own) = self.kinds.get_mut(column)
        {
            *own = kinds;
        }
        if let Some(own) = self.evidence.get_mut(column) {
            own.join(evidence);
        }
    }
}

/// Reads a number that is not only digits; what is peculiar to it is told.
#[cold]
fn any_number(text: &str, decimal: Decimal, line: u32, summary: &mut Summary<'_>) -> Option<Value> {
    let value = numbers::parse(text, decimal)?;
    match value {
        Value::Missing if cell::is_error(text) => summary.findings.cells(Finding::Error, 1, line, text),
        Value::Number(number) if number < 0.0 => {
            numbers::minus(text).into_iter().for_each(|minus| summary.findings.cells(minus, 1, line, text));
        }
        _ => {}
    }
    Some(value)
}
