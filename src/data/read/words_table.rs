//! A table whose values are words: what is said of each subject, criterion by criterion. Nobody finds that out,
//! for every table has words; the user says it. It must not know how numbers and dates are read.
//!
//! Three layouts, told apart by which columns are named: a column a subject below `group`, which names the
//! criteria (the first column where nothing is said); a row a subject, named by `subject`, with a column a
//! criterion; and, where both are named, a row for each criterion of each subject.

use crate::diag::{self, Report, listed, nearest, quoted};

use crate::data::build::builder::Builder;
use crate::data::model::columns::Columns;
use crate::data::model::facts::{Facts, Shape};
use crate::data::model::findings::Findings;
use crate::data::model::measure::UNNAMED_MEASURE;
use crate::data::model::observation::{Observation, Value};
use crate::data::model::writing::{Header, ValueColumns};
use crate::data::rows::table::Table;

/// Refuses to make one value of several that are words.
pub(crate) fn may_be_grouped(file: &str, columns: &Columns) -> Result<(), Report> {
    if columns.values_are != Some(ValueColumns::Words) {
        return Ok(());
    }
    let fault = columns.unsuited("values_are", "words have no sum, mean or last value", file);
    Err(fault.hint("or leave `aggregate` (`--aggregate`) out").into())
}

/// The columns of a table of words.
struct Parts {
    /// The row that names them.
    header: usize,
    names: Vec<String>,
    subject: Option<usize>,
    group: Option<usize>,
    values: Vec<usize>,
    /// Columns with what a row must hold there.
    only: Vec<(usize, Vec<String>)>,
}

/// Reads the rows; `None` after a fault.
pub(crate) fn read(
    table: &Table<'_>,
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    refuse_keys(columns, findings);
    let parts = parts(table, columns, findings).filter(|_| !findings.failed())?;
    facts.header_line = Some(table.line(parts.header));
    facts.preamble_lines = table.line(parts.header) - 1;
    facts.shape = Some(if parts.subject.is_some() { Shape::Long } else { Shape::Wide });
    facts.reading.header = Some(Header::Line(table.line(parts.header)));
    facts.reading.group = parts.group.and_then(|group| parts.names.get(group).cloned());
    let mut builder = Builder::default();
    builder.measures.index(UNNAMED_MEASURE);
    builder.kinds.index("");
    let mut rows = parts.header + 1..table.len();
    let end = rows.find(|&row| table.after_blank(row) && row > parts.header + 1).unwrap_or(table.len());
    for row in parts.header + 1..end {
        read_row(table, &parts, row, columns, &mut builder, findings);
    }
    if end < table.len() {
        findings
            .note(format!("Left out {}, which a blank line parts from the table.", lines(table.len() - end)));
    }
    Some(builder)
}

fn lines(count: usize) -> String {
    if count == 1 { "1 row".into() } else { format!("{count} rows") }
}

/// Keys that say how numbers and dates are read.
fn refuse_keys(columns: &Columns, findings: &mut Findings<'_>) {
    let keys = [
        ("date", columns.date.is_some()),
        ("dates", columns.dates.is_some()),
        ("year_starts", columns.year_starts.is_some()),
        ("decimal", columns.decimal.is_some()),
        ("unit", columns.unit.is_some()),
        ("basis", columns.basis.is_some()),
        ("same", !columns.same.is_empty()),
        ("header", columns.header == Some(Header::None)),
    ];
    let file = findings.file;
    for (key, _) in keys.into_iter().filter(|(_, is_said)| *is_said) {
        let why =
            if key == "header" { "words need the names of their columns" } else { "its values are words" };
        findings.fault(|| columns.unsuited(key, why, file));
    }
}

/// Finds the columns; what is unknown of them is a fault.
fn parts(table: &Table<'_>, columns: &Columns, findings: &mut Findings<'_>) -> Option<Parts> {
    let widest = (0..table.len()).map(|row| table.width(row)).max().unwrap_or(0);
    let header = match columns.header {
        Some(Header::Line(line)) => (0..table.len()).find(|&row| table.line(row) == line),
        _ => (0..table.len()).find(|&row| table.width(row) == widest && table.filled(row) + 1 >= widest),
    };
    let file = findings.file;
    let Some(header) = header.filter(|_| widest > 1) else {
        findings.fault(|| {
            diag::error("no-columns", "expected a table, found text without columns")
                .at(diag::Place::file(file))
                .hint("separate the cells with commas, semicolons or tabs, or say with `delimiter` (`--delimiter`) what does")
        });
        return None;
    };
    let names: Vec<String> = table.cells(header).map(|name| name.trim().to_owned()).collect();
    let mut position = |name: &str| {
        let found = names.iter().position(|known| known.to_lowercase() == name.trim().to_lowercase());
        if found.is_none() {
            let unknown = columns.unknown(name, table.place(file, header, 0));
            findings.fault(|| match nearest(name, names.iter().map(String::as_str)) {
                Some(near) => unknown.hint(format!("did you mean `{near}`?")),
                None => unknown.hint(format!("it has {}", listed(names.iter().take(8)))),
            });
        }
        found
    };
    let subject = columns.subject.as_deref().and_then(&mut position);
    let group = columns.group.as_deref().and_then(&mut position);
    let group = group.or_else(|| (columns.subject.is_none() && columns.group.is_none()).then_some(0));
    let only: Vec<(usize, Vec<String>)> =
        columns.only.iter().filter_map(|(name, texts)| Some((position(name)?, texts.clone()))).collect();
    let named: Vec<usize> = columns.values.iter().filter_map(|name| position(name)).collect();
    let is_left_out = |column: usize| {
        names.get(column).is_some_and(|name| columns.leave_out.iter().any(|left| left.trim() == name))
    };
    let is_value = |column: &usize| {
        let is_named = named.is_empty() || named.contains(column);
        let is_empty = names.get(*column).is_none_or(String::is_empty);
        let is_condition = only.iter().any(|(other, _)| other == column);
        is_named && !is_empty && !is_condition && !is_left_out(*column)
    };
    let is_other = |column: &usize| Some(*column) != subject && Some(*column) != group;
    let values: Vec<usize> = (0..names.len()).filter(is_other).filter(is_value).collect();
    if values.is_empty() || (subject.is_some() && group.is_some() && values.len() > 1) {
        let found = values.iter().filter_map(|column| names.get(*column));
        let found = if values.is_empty() { "none".to_owned() } else { listed(found) };
        findings.fault(|| {
            diag::error("no-words", format!("expected a column of words, found {found}"))
                .at(table.place(file, header, 0))
                .hint("say with `values` which columns hold what is said")
        });
    }
    Some(Parts { header, names, subject, group, values, only })
}

/// Adds what one row says.
fn read_row(
    table: &Table<'_>,
    parts: &Parts,
    row: usize,
    columns: &Columns,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) {
    let text = |column: usize| {
        let cell = table.cell(row, column).unwrap_or("");
        cell.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let holds = |(column, texts): &(usize, Vec<String>)| texts.iter().any(|wanted| *wanted == text(*column));
    if !parts.only.iter().all(holds) {
        return;
    }
    let named = [parts.subject, parts.group].into_iter().flatten();
    for column in named {
        let name = text(column);
        if columns.leave_out.iter().any(|left| left.trim() == name) {
            return;
        }
        if name.is_empty() {
            let (place, name) = (table.place(findings.file, row, column), parts.names.get(column));
            let message = format!(
                "expected a name in column {}, found an empty cell",
                quoted(name.map_or("", String::as_str))
            );
            findings.fault(|| {
                diag::error("empty-name", message).at(place).hint("name the row, or leave it out of the file")
            });
            return;
        }
    }
    for &column in &parts.values {
        let title = parts.names.get(column).map_or("", String::as_str);
        let subject = parts.subject.map_or_else(|| title.to_owned(), text);
        let group = parts.group.map_or_else(|| title.to_owned(), text);
        let said = text(column);
        let value = match u32::try_from(builder.words.index(&said)) {
            Ok(index) if !said.is_empty() => Value::Word(index),
            _ => Value::Missing,
        };
        builder.observations.push(Observation {
            time: None,
            subject: builder.subjects.index(&subject),
            measure: 0,
            group: Some(builder.groups.index(&group)),
            kind: 0,
            value,
            line: table.line(row).into(),
        });
    }
}
