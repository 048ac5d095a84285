//! Delimited text to a dataset under construction: the order in which everything is found out.

use crate::diag::{Diagnostic, Place, quoted};

use super::build::Builder;
use super::findings::Findings;
use super::locate::Located;
use super::sheet::Sheet;
use super::table::Table;
use super::trends::{self, Export};
use super::{Columns, Facts, dialect, locate, roles, rows, shape};

/// Reads a text into observations and facts; `None` after a fault.
pub(super) fn read(
    text: &str,
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    let delimiter = dialect::delimiter(text);
    facts.format = "csv".into();
    facts.delimiter = delimiter.map(char::from);
    // Without any delimiter every line is a cell, whatever the table is told.
    let delimiter = delimiter.unwrap_or(b',');
    let table = match Table::read(findings.file, text, delimiter, usize::MAX) {
        Ok(table) => table,
        Err(fault) => {
            findings.fault(|| fault);
            return None;
        }
    };
    let Some(located) = locate::locate(&table) else {
        no_data(&table, findings);
        return None;
    };
    let mut sheet = Sheet::new(&table, located);
    tell_place(&sheet, located, facts, findings);
    let export = trends::recognise(findings.file, &mut sheet);
    if let Some(export) = &export {
        facts.format = "google-trends".into();
        facts.region.clone_from(&export.region);
    }
    let roles = roles::choose(&sheet, columns, export.is_some(), findings)?;
    let rows = rows::of(&sheet, &roles, findings);
    let builder = shape::observe(&sheet, &roles, &rows, delimiter, findings);
    if let Some(export) = export {
        facts.partial_last = partial(&export, &builder);
    }
    Some(builder)
}

/// Whether the last period of an export was still running.
fn partial(export: &Export, builder: &Builder) -> String {
    let moments: Vec<_> = builder.observations.iter().filter_map(|o| o.time).collect();
    let last = moments.iter().max().copied();
    let step = super::step::of(moments);
    match (export.end, last, step) {
        (Some(end), Some(last), Some(step)) if trends::is_partial(last, step, end) => "yes".into(),
        (Some(_), Some(_), Some(_)) => "no".into(),
        _ => "possible".into(),
    }
}

/// Tells what stands above the header, and where there is none.
pub(super) fn tell_place(
    sheet: &Sheet<'_, '_>,
    located: Located,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) {
    let top = located.header.unwrap_or(located.first);
    facts.preamble_lines = sheet.table.line(top) - 1;
    if top > 0 {
        let text = sheet.table.cell(0, 0).unwrap_or("");
        let lines = if facts.preamble_lines == 1 {
            "1 line".into()
        } else {
            format!("{} lines", facts.preamble_lines)
        };
        findings.note(format!("Skipped {lines} above the table: {}.", quoted(text)));
    }
    if located.header.is_none() {
        let line = Some(sheet.table.line(located.first));
        let message = format!(
            "missing a header; the columns are called {}",
            crate::diag::listed(sheet.names.iter().take(8))
        );
        findings.warn(line, message, "add a first line that names the columns");
    }
}

/// Why a table without dates and numbers cannot be read.
fn no_data(table: &Table<'_>, findings: &mut Findings<'_>) {
    let place = Place::file(findings.file);
    let rows = || 0..table.len();
    let mixed = rows().find_map(|row| {
        let mut cells = table.cells(row).enumerate();
        let found = cells.find_map(|(column, cell)| {
            Some((column, shape::two_delimiters(cell).filter(|_| cell.len() > 3)?))
        });
        found.filter(|_| table.width(row) > 1).map(|(column, other)| (row, column, other))
    });
    findings.fault(|| {
        if let Some((row, column, other)) = mixed {
            return Diagnostic::error(format!(
                "expected one delimiter in all rows, found also {}",
                quoted(other)
            ))
            .at(table.place(&place.file, row, column))
            .hint("separate all cells with the same character");
        }
        if rows().all(|row| table.width(row) < 2) {
            return Diagnostic::error("expected a table, found text without columns")
                .at(place)
                .hint("separate the cells with commas, semicolons or tabs");
        }
        Diagnostic::error("expected at least one column of numbers, found none").at(place).hint(
            "a table of words cannot be drawn; print it as a table, or choose a file that counts something",
        )
    });
}
