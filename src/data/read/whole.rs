//! Files that are read whole: their bytes are all there. It must not know what a table or JSON looks like.

use std::fmt::Write;

use sha2::{Digest, Sha256};

use crate::diag::Report;

use crate::data::build::tally::Aggregate;
use crate::data::build::totals;
use crate::data::bytes::{decode, line_ends, unpack};
use crate::data::formats;
use crate::data::model::columns::Columns;
use crate::data::model::dataset::Dataset;
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::read::{delimited, json};
use crate::data::rows::other_text;

/// Reads bytes that are all there.
pub(crate) fn read(
    file: &str,
    bytes: &[u8],
    columns: &Columns,
    aggregate: Option<Aggregate>,
) -> Result<(Dataset, Report), Report> {
    let unpacked = unpack::unpacked(file, bytes)?;
    let decoded = decode::decode(file, &unpacked.bytes)?;
    if let Some(diagnostic) = other_text::other_text(file, &decoded.text) {
        return Err(diagnostic.into());
    }
    let mut findings = Findings::new(file);
    if let Some(format) = unpacked.format {
        findings.note(format!("Unpacked {} bytes with {format}.", unpacked.bytes.len()));
    }
    let mut facts = Facts {
        encoding: decoded.encoding.into(),
        line_ends: line_ends::of(&decoded.text).into(),
        ..Facts::default()
    };
    if decoded.guessed_from.is_some() {
        let message = "the file is not UTF-8 from here on and was read as windows-1252";
        findings.warn("guessed-encoding", decoded.guessed_from, message, "save it as UTF-8");
    }
    let builder = if json::is_json(&decoded.text) {
        json::read(&decoded.text, columns, &mut facts, &mut findings)
    } else if let Some((format, rewritten)) = formats::rewrite(&decoded.text) {
        let builder = delimited::read(&rewritten.table, columns, &mut facts, &mut findings);
        findings.drop_columns();
        facts.format = format;
        findings.note(rewritten.note);
        builder
    } else {
        delimited::read(&decoded.text, columns, &mut facts, &mut findings)
    };
    let mut builder = builder.unwrap_or_default();
    if let Some(how) = aggregate {
        builder.aggregate(how, &mut findings);
    }
    totals::leave_out(&mut builder, columns, &mut findings);
    let mut read = builder.finish(findings, facts, hexadecimal(Sha256::digest(bytes).as_slice()));
    let (Ok((_, report)) | Err(report)) = &mut read;
    // Value from memory cannot fail.
    let _ = line_ends::show_lines(report, file, decoded.text.as_bytes());
    read
}

/// Shows lines of a file that were only spoken of after it was read. Of what cannot be read nothing is shown.
pub fn show(report: &mut Report, file: &str, bytes: &[u8]) {
    if let Ok(unpacked) = unpack::unpacked(file, bytes)
        && let Ok(decoded) = decode::decode(file, &unpacked.bytes)
    {
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
