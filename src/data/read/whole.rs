//! Files that are read whole: their bytes are all there. It must not know what a table or JSON looks like.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::diag::{self, Diagnostic, Place, Report, quoted};

use crate::data::build::aggregation::Aggregate;
use crate::data::build::totals;
use crate::data::bytes::{decode, line_ends, unpack};
use crate::data::formats;
use crate::data::model::columns::{Columns, set};
use crate::data::model::dataset::Dataset;
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::read::{delimited, json, reading, spreadsheet};
use crate::data::rows::other_text;
use crate::data::rows::table::Table;
use crate::data::rows::workbook::{self, Workbook};

/// Reads bytes that are all there.
pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    columns: &Columns,
    aggregate: Option<Aggregate>,
) -> Result<(Dataset, Report), Report> {
    let unpacked = unpack::unpacked(file, bytes)?;
    let mut findings = Findings::new(file);
    if let Some(format) = unpacked.format {
        findings.note(format!("Unpacked {} bytes with {format}.", unpacked.bytes.len()));
    }
    let sha256 = hexadecimal(Sha256::digest(bytes).as_slice());
    if let Some(workbook) = workbook::open(file, &unpacked.bytes)? {
        return read_workbook(workbook, columns, aggregate, findings, sha256);
    }
    if let Some(name) = &columns.sheet {
        return Err(no_sheets(file, name, columns).into());
    }
    let decoded = decode::decode(file, &unpacked.bytes, columns.encoding)?;
    if let Some(diagnostic) = other_text::other_text(file, &decoded.text) {
        return Err(diagnostic.into());
    }
    let mut facts = Facts {
        reading: columns.clone(),
        encoding: decoded.encoding.into(),
        line_ends: line_ends::of(&decoded.text).into(),
        ..Facts::default()
    };
    if decoded.guessed_from.is_some() {
        let message = format!("the file is not UTF-8 from here on and was read as {}", decoded.encoding);
        let hint = format!("save it as UTF-8, or, where it is another, {}", set("encoding", "…"));
        findings.warn("guessed-encoding", decoded.guessed_from, message, &hint);
    }
    reading::tell_encoding(&mut facts);
    let builder = if json::is_json(&decoded.text) {
        reading::refuse_keys("JSON", columns, &mut findings);
        let mut builder = json::read(&decoded.text, columns, &mut facts, &mut findings);
        if let (Some(builder), Some(how)) = (&mut builder, aggregate) {
            builder.aggregate(how, &mut findings);
        }
        builder
    } else if let Some((format, rewritten)) = formats::rewrite(&decoded.text) {
        reading::refuse_keys("no table", columns, &mut findings);
        let builder = delimited::read(&rewritten.table, (columns, aggregate), &mut facts, &mut findings);
        findings.drop_columns();
        facts.format = format;
        (facts.reading.delimiter, facts.reading.header) = (columns.delimiter, columns.header);
        findings.note(rewritten.note);
        builder
    } else {
        delimited::read(&decoded.text, (columns, aggregate), &mut facts, &mut findings)
    };
    let mut builder = builder.unwrap_or_default();
    totals::leave_out(&mut builder, columns, &mut findings);
    let mut read = builder.finish(findings, facts, sha256);
    let (Ok((_, report)) | Err(report)) = &mut read;
    // Value from memory cannot fail.
    let _ = line_ends::show_lines(report, file, decoded.text.as_bytes());
    read
}

/// Reads a workbook.
fn read_workbook(
    workbook: Workbook,
    columns: &Columns,
    aggregate: Option<Aggregate>,
    mut findings: Findings<'_>,
    sha256: String,
) -> Result<(Dataset, Report), Report> {
    let file = findings.file;
    let mut facts = Facts { reading: columns.clone(), encoding: "UTF-8".into(), ..Facts::default() };
    if columns.delimiter.is_some() {
        findings.fault(|| columns.unsuited("delimiter", "it is a spreadsheet", file));
    }
    if columns.encoding.is_some() {
        findings.fault(|| columns.unsuited("encoding", "it is a spreadsheet", file));
    }
    let (builder, table) = spreadsheet::read(workbook, (columns, aggregate), &mut facts, &mut findings);
    let mut builder = builder.unwrap_or_default();
    totals::leave_out(&mut builder, columns, &mut findings);
    let mut read = builder.finish(findings, facts, sha256);
    let (Ok((_, report)) | Err(report)) = &mut read;
    table.iter().for_each(|table| show_rows(report, file, table));
    read
}

/// Shows the rows of a sheet that diagnostics speak of.
fn show_rows(report: &mut Report, file: &str, table: &Table<'_>) {
    let wanted = report.lines_to_show(file);
    let rows = wanted.into_iter().filter_map(|line| Some((line, table.shown_line(line)?)));
    report.show_lines(file, &rows.collect());
}

/// That a sheet is named of a file that has none.
fn no_sheets(file: &str, name: &str, columns: &Columns) -> Diagnostic {
    let place = columns.place_of("sheet", Place::file(file));
    let message = format!("cannot read sheet {} of a file that is no spreadsheet", quoted(name));
    diag::error("unknown-sheet", message).at(place).hint("leave the sheet out, or name a spreadsheet")
}

/// Shows lines of a file that were only spoken of after it was read. Of what cannot be read nothing is shown.
pub fn show(report: &mut Report, file: &str, bytes: &[u8], columns: &Columns) {
    let Ok(unpacked) = unpack::unpacked(file, bytes) else { return };
    if let Ok(Some(workbook)) = workbook::open(file, &unpacked.bytes) {
        let table = spreadsheet::table(workbook, columns);
        table.iter().for_each(|table| show_rows(report, file, table));
    } else if let Ok(decoded) = decode::decode(file, &unpacked.bytes, columns.encoding) {
        // Value from memory cannot fail.
        let _ = line_ends::show_lines(report, file, decoded.text.as_bytes());
    }
}

/// Bytes as two hexadecimal digits each.
pub(crate) fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
