//! Rows to observations: who, what, in which group, how counted. Numbers are read here, because only their
//! whole column says what a comma in them means.

use crate::diag::{Diagnostic, quoted};

use super::build::Builder;
use super::findings::Findings;
use super::numbers::{self, Decimal, Evidence};
use super::roles::{Roles, Who};
use super::rows::Dated;
use super::sheet::Sheet;
use super::{Observation, cell, dates};

/// What a value column is in each of its rows.
pub(super) struct Value {
    pub(super) column: usize,
    pub(super) decimal: Decimal,
    /// The subject of a wide table's column.
    pub(super) subject: Option<usize>,
    pub(super) measure: usize,
}

/// Reads the observations of rows; what is no number is a fault.
pub(super) fn observe(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    rows: &[Dated],
    delimiter: u8,
    findings: &mut Findings<'_>,
) -> Builder {
    let mut builder = Builder::default();
    if roles.same.is_empty() {
        builder.kinds.index("");
    }
    let values = values(sheet, roles, rows, delimiter, &mut builder, findings);
    builder.observations.reserve_exact(rows.len().saturating_mul(values.len()).min(sheet.table.cell_count()));
    let short = observe_rows(sheet, roles, rows, &values, &mut builder, findings);
    if let Some((line, count)) = short {
        tell_short(line, count, findings);
    }
    builder
}

/// Reads the observations of rows whose columns are decided. Gives the line of the first row that lacks
/// values because it is short, and how many there are.
pub(super) fn observe_rows(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    rows: &[Dated],
    values: &[Value],
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Option<(u32, usize)> {
    let mut short = None;
    for dated in rows {
        let before = builder.observations.len();
        let width = sheet.table.width(dated.row);
        if width > sheet.names.len() {
            too_wide(sheet, dated.row, findings);
        }
        if observe_row(sheet, roles, *dated, values, builder, findings) && width < sheet.names.len() {
            let (_, count) = *short.get_or_insert((dated.row, 0_usize));
            let lacking = builder.observations.len() - before < values.len();
            short = short.map(|(row, _)| (row, count + usize::from(lacking)));
        }
    }
    short.filter(|(_, count)| *count > 0).map(|(row, count)| (sheet.table.line(row), count))
}

/// Tells of rows that lack values.
pub(super) fn tell_short(line: u32, count: usize, findings: &mut Findings<'_>) {
    let rows = if count == 1 { "1 row is".into() } else { format!("{count} rows are") };
    findings.warn(Some(line), format!("{rows} shorter than the header, which leaves gaps"), "");
}

/// Decides how each value column is read and whom it is of.
fn values(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    rows: &[Dated],
    delimiter: u8,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Vec<Value> {
    let evidence = |column: usize| {
        let mut evidence = Evidence::default();
        let cells = rows.iter().filter_map(|dated| sheet.table.cell(dated.row, column));
        cells.for_each(|cell| evidence.join(Evidence::of(cell)));
        evidence
    };
    let columns: Vec<(usize, Evidence)> =
        roles.values.iter().map(|&column| (column, evidence(column))).collect();
    let mut file = Evidence::default();
    columns.iter().for_each(|(_, evidence)| file.join(*evidence));
    let per_cent = columns.iter().filter(|(_, evidence)| evidence.percent).count();
    let mixed = roles.who == Who::Header && per_cent > 0 && per_cent < columns.len();
    let mut values = Vec::new();
    for (column, evidence) in columns {
        let name = sheet.name(column);
        if mixed && evidence.percent {
            let message = format!("left out column `{name}`: it holds per cent, other columns hold counts");
            findings.warn(None, message, "name the columns to keep in `values`");
            continue;
        }
        let decimal = decimal(name, evidence, file, delimiter, findings);
        let (subject, measure) = match &roles.who {
            Who::Header => (Some(subject(name, builder, findings)), builder.measures.index("value")),
            Who::Only(subject) => {
                (Some(builder.subjects.index(subject)), builder.measures.index_of_new(name).0)
            }
            Who::Cell(_) => (None, builder.measures.index_of_new(name).0),
        };
        values.push(Value { column, decimal, subject, measure });
    }
    values
}

fn subject(name: &str, builder: &mut Builder, findings: &mut Findings<'_>) -> usize {
    let (index, renamed) = builder.subjects.index_of_new(name);
    if let Some(renamed) = renamed {
        let message =
            format!("several columns are called {}; one was read as {}", quoted(name), quoted(&renamed));
        findings.warn(None, message, "give the columns different names");
    }
    index
}

/// What a comma or a point means in a column: its own cells decide, then those of other columns, then the
/// delimiter, because a file with commas between its cells seldom has them in its numbers.
pub(super) fn decimal(
    name: &str,
    own: Evidence,
    file: Evidence,
    delimiter: u8,
    findings: &mut Findings<'_>,
) -> Decimal {
    let habit = if delimiter == b',' { Decimal::Point } else { Decimal::Comma };
    match own {
        Evidence { comma: true, point: false, .. } => Decimal::Comma,
        Evidence { comma: false, point: true, .. } => Decimal::Point,
        Evidence { comma: true, point: true, .. } => habit,
        Evidence { open_comma: false, open_point: false, .. } => Decimal::Point,
        _ if file.comma && !file.point => Decimal::Comma,
        _ if file.point && !file.comma => Decimal::Point,
        Evidence { open_comma: true, .. } if delimiter == b',' => Decimal::Point,
        Evidence { open_comma: true, .. } => {
            let message =
                format!("every comma in column `{name}` could separate thousands; they were read as decimal");
            findings.warn(None, message, "write thousands without a separator");
            Decimal::Comma
        }
        _ => {
            if delimiter == b';' {
                let message = format!(
                    "every point in column `{name}` could separate thousands; they were read as decimal"
                );
                findings.warn(None, message, "write thousands without a separator");
            }
            Decimal::Point
        }
    }
}

/// Whether a row could be read as far as its names; its faulty numbers are told.
fn observe_row(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    dated: Dated,
    values: &[Value],
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> bool {
    let text = |column: usize| sheet.table.cell(dated.row, column).unwrap_or("");
    let of_row = match roles.who {
        Who::Cell(column) if text(column).is_empty() => {
            let file = findings.file;
            findings.fault(|| {
                let error =
                    Diagnostic::error("missing a name in this row").at(sheet.place(file, dated.row, column));
                error.hint("write who is counted, or delete the row")
            });
            return false;
        }
        Who::Cell(column) => Some(builder.subjects.index(text(column))),
        _ => None,
    };
    let group = roles.group.map(|column| match text(column) {
        "" => builder.groups.index("(empty)"),
        text => builder.groups.index(text),
    });
    let kind = match roles.same.as_slice() {
        [] => 0,
        same => {
            let parts = same.iter().map(|&column| format!("{}: {}", sheet.name(column), text(column)));
            builder.kinds.index(&parts.collect::<Vec<_>>().join("; "))
        }
    };
    let line = sheet.table.line(dated.row);
    for value in values {
        let Some(cell) = sheet.table.cell(dated.row, value.column) else { continue };
        let Some(reading) = numbers::parse(cell, value.decimal) else {
            no_number(sheet, dated.row, value.column, cell, findings);
            continue;
        };
        let Some(subject) = of_row.or(value.subject) else { continue };
        let (time, measure) = (dated.time, value.measure);
        builder.observations.push(Observation { time, subject, measure, group, kind, value: reading, line });
    }
    true
}

fn no_number(sheet: &Sheet<'_, '_>, row: usize, column: usize, text: &str, findings: &mut Findings<'_>) {
    let file = findings.file;
    findings.fault(|| {
        let error = match two_delimiters(text) {
            Some(other) => {
                Diagnostic::error(format!("expected one delimiter in all rows, found also {}", quoted(other)))
                    .hint("separate all cells with the same character")
            }
            None => Diagnostic::error(format!("expected a number, found {}", quoted(text)))
                .hint("correct the cell, or leave it empty to draw a gap"),
        };
        error.at(sheet.place(file, row, column))
    });
}

/// The second delimiter in a cell that is a row of its own.
pub(super) fn two_delimiters(text: &str) -> Option<&'static str> {
    let is_value = |part: &str| {
        let part = cell::trimmed(part);
        cell::is_missing(part) || numbers::is_number(part) || dates::is_date(part)
    };
    [";", "\t", "|", ","]
        .into_iter()
        .find(|&delimiter| text.contains(delimiter) && text.split(delimiter).all(is_value))
}

fn too_wide(sheet: &Sheet<'_, '_>, row: usize, findings: &mut Findings<'_>) {
    let (expected, found) = (sheet.names.len(), sheet.table.width(row));
    if sheet.table.cells(row).skip(expected).all(str::is_empty) {
        return;
    }
    let place = sheet.table.place(findings.file, row, expected);
    findings.fault(|| {
        Diagnostic::error(format!("expected {expected} cells, found {found}"))
            .at(place)
            .hint("put a cell that holds the delimiter in double quotes")
    });
}
