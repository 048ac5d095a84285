//! From a file's bytes to observations: what was counted, of whom, when.
//!
//! The room finds out how a file is written (encoding, delimiter, preamble,
//! dates, numbers, long or wide) and tells what it found in [`Facts`]. It must
//! not know figures, subjects of the manifest or pixels.
//!
//! After this room every number is finite and an absent one is absent: zero,
//! NaN and sentinels never stand for it.

mod alike;
mod anchor;
mod basis;
mod build;
mod calendar;
mod cell;
mod completeness;
mod date_column;
mod date_parts;
mod date_role;
mod dates;
mod decode;
mod delimited;
mod dialect;
mod events;
mod facts;
mod findings;
mod format;
mod formats;
mod fragment;
mod join;
mod json;
mod line;
mod line_ends;
mod locate;
mod measure;
pub mod narrow;
mod numbers;
mod roles;
mod rows;
mod shape;
mod sheet;
mod signature;
mod step;
mod strays;
mod stream;
mod stuffed;
mod subject_role;
mod table;
mod tally;
mod unpack;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};

use crate::diag::{self, Diagnostic, Place, Report, quoted};
use crate::moment::Moment;

pub use completeness::Completeness;
pub use facts::{Facts, Shape};
pub use format::Format;
pub use measure::{Basis, Measure, Refusal, UNNAMED_MEASURE, Unit};

pub use alike::{JoinKeys, measure_words};
pub use anchor::{Anchor, Anchored};
use findings::Findings;
pub use findings::stem;
pub use join::{Joining, join, rename};
pub use line::Line;

/// How far from zero a number may be. Nothing that anybody counts comes near it, and below it sums and squares
/// are finite, scales have ticks and every number can be printed in digits.
pub const LIMIT: f64 = 1e30;

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Reading {
    /// A finite number, less than [`LIMIT`] from zero.
    Number(f64),
    /// Only known to be above zero and below this bound: Google's `<1`.
    Below(f64),
    /// Nothing: a gap.
    Missing,
}

/// One cell of the data with everything that says what it counts.
#[derive(Debug, Clone, PartialEq)]
pub struct Observation {
    /// Start of the period, or the moment, it was counted for; `None` in a table without dates.
    pub time: Option<Moment>,
    /// Index into [`Dataset::subjects`].
    pub subject: usize,
    /// Index into [`Dataset::measures`].
    pub measure: usize,
    /// Index into [`Dataset::groups`]; `None` where the dataset is not split.
    pub group: Option<usize>,
    /// Index into [`Dataset::kinds`]: how it was counted.
    pub kind: usize,
    /// What was counted.
    pub value: Reading,
    /// Where it stands.
    pub line: Line,
}

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// As messages name it.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// The observations of a file, or of several that were joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Where they stand, in order.
    pub files: Vec<DataFile>,
    /// Who is compared, as the file spells them (less a region suffix that all share), in file order.
    pub subjects: Vec<String>,
    /// What is counted: one for each value column of a long table, one named `value` for a wide one.
    pub measures: Vec<Measure>,
    /// What splits the measures (portal, conference), in file order; empty where nothing does.
    pub groups: Vec<String>,
    /// The distinct contents of the columns named in [`Columns::same`], as `column: text; …`; observations
    /// of different kinds must not be drawn together. One empty text where no column is named.
    pub kinds: Vec<String>,
    /// Every cell, in file order.
    pub observations: Vec<Observation>,
    /// How the file was read; of several, what holds for all.
    pub facts: Facts,
    /// How exports were put on one scale; `None` where nothing was rescaled.
    pub anchored: Option<Anchored>,
}

impl Dataset {
    /// The file, or the first of several, as messages name it.
    #[must_use]
    pub fn file(&self) -> &str {
        self.files.first().map_or("", |file| &file.name)
    }

    /// A line as a place.
    #[must_use]
    pub fn place(&self, line: Line) -> Place {
        let file = usize::try_from(line.file).ok().and_then(|index| self.files.get(index));
        Place { line: Some(line.number), ..Place::file(file.map_or("", |file| &file.name)) }
    }

    /// A series' name: the subject alone as far as that tells series apart, else
    /// `subject, measure` among several measures and `group: subject` among several groups.
    #[must_use]
    pub fn series_name(&self, subject: usize, measure: usize, group: Option<usize>) -> String {
        let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
        let mut label = name(&self.subjects, subject);
        if self.measures.len() > 1 {
            label = format!("{label}, {}", self.measures.get(measure).map_or("", |measure| &measure.name));
        }
        match group {
            Some(group) => format!("{}: {label}", name(&self.groups, group)),
            None => label,
        }
    }

    /// The files as messages name them.
    #[must_use]
    pub fn file_names(&self) -> Vec<&str> {
        self.files.iter().map(|file| file.name.as_str()).collect()
    }
}

impl Dataset {
    /// What the measures are called.
    #[must_use]
    pub fn measure_names(&self) -> Vec<&str> {
        self.measures.iter().map(|measure| measure.name.as_str()).collect()
    }
}

/// Which column plays which part; what is `None` is found out, and [`Facts::notes`] says how.
/// Names are those of the header, compared without case; in JSON only `values` may be named.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The date.
    pub date: Option<String>,
    /// Who is compared (long tables).
    pub subject: Option<String>,
    /// What splits the measure.
    pub group: Option<String>,
    /// The value columns to keep (all numeric ones when empty).
    pub values: Vec<String>,
    /// Columns that must not differ between observations drawn together (a query, a method).
    pub same: Vec<String>,
    /// Rows to keep: each column named here must hold one of these texts.
    pub only: Vec<(String, Vec<String>)>,
    /// Where each of these names was given, where a file says it.
    pub places: BTreeMap<String, Place>,
}

impl Columns {
    /// That a file has no column of a name, told where the name was given, or else at this place in the file.
    fn unknown(&self, name: &str, place: Place) -> Diagnostic {
        match self.places.get(name) {
            Some(given) => {
                let message = format!("unknown column {} in {}", quoted(name), place.file);
                diag::error("unknown-column", message).at(given.clone())
            }
            None => diag::error("unknown-column", format!("unknown column {}", quoted(name))).at(place),
        }
    }
}

/// What becomes of several values of one date and series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// The mean of those that are there.
    Mean,
    /// Their sum; missing where one is missing.
    Sum,
    /// The last, in the order of the file, that is there.
    Last,
}

/// Reads a file. Warnings (duplicates, unsorted rows, what was left out) come with the dataset.
///
/// `file` names it in messages; its last part is also what names a series that the file itself leaves
/// nameless, and what tells when a Google Trends export was made.
///
/// # Errors
/// Every fault of the file up to a limit, each with line and column.
pub fn read(file: &str, bytes: &[u8], columns: &Columns) -> Result<(Dataset, Report), Report> {
    read_whole(file, bytes, columns, None)
}

/// Reads a file as [`read`] does, with one observation for all values of one date and series, by date; each
/// has the line of the first of its rows. A large long table is read in chunks on all threads of the pool at
/// hand, in memory that follows the number of dates and series, not of rows.
///
/// # Errors
/// Every fault of the file up to a limit, each with line and column; that the file cannot be read.
pub fn read_file(
    path: &Path,
    file: &str,
    columns: &Columns,
    aggregate: Aggregate,
) -> io::Result<Result<(Dataset, Report), Report>> {
    stream::read(path, file, columns, aggregate, &stream::Sizes::default())
}

/// Reads bytes as [`read`] does, with one observation for all values of one date and series, as [`read_file`] has it.
///
/// # Errors
/// Every fault of the file up to a limit, each with line and column.
pub fn read_grouped(
    file: &str,
    bytes: &[u8],
    columns: &Columns,
    aggregate: Aggregate,
) -> Result<(Dataset, Report), Report> {
    read_whole(file, bytes, columns, Some(aggregate))
}

/// Reads bytes that are all there.
fn read_whole(
    file: &str,
    bytes: &[u8],
    columns: &Columns,
    aggregate: Option<Aggregate>,
) -> Result<(Dataset, Report), Report> {
    let unpacked = unpack::unpacked(file, bytes)?;
    let decoded = decode::decode(file, &unpacked.bytes)?;
    if let Some(diagnostic) = decode::other_text(file, &decoded.text) {
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
    let mut read = builder.finish(findings, facts, hexadecimal(Sha256::digest(bytes).as_slice()));
    let (Ok((_, report)) | Err(report)) = &mut read;
    // Reading from memory cannot fail.
    let _ = show_lines(report, file, decoded.text.as_bytes());
    read
}

/// Shows lines of a file that were only spoken of after it was read. Of what cannot be read nothing is shown.
pub fn show(report: &mut Report, file: &str, bytes: &[u8]) {
    if let Ok(unpacked) = unpack::unpacked(file, bytes)
        && let Ok(decoded) = decode::decode(file, &unpacked.bytes)
    {
        // Reading from memory cannot fail.
        let _ = show_lines(report, file, decoded.text.as_bytes());
    }
}

/// Shows the lines of the file that the diagnostics speak of.
fn show_lines(report: &mut Report, file: &str, text: impl io::BufRead) -> io::Result<()> {
    let lines = line_ends::lines(text, &report.lines_to_show(file))?;
    report.show_lines(file, &lines);
    Ok(())
}

fn hexadecimal(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(64);
    for byte in bytes {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}
