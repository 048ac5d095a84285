//! From a file's bytes to observations: what was counted, of whom, when.
//!
//! The room finds out how a file is written (encoding, delimiter, preamble,
//! dates, numbers, long or wide) and tells what it found in [`Facts`]. It must
//! not know figures, subjects of the manifest or pixels.
//!
//! After this room every number is finite and an absent one is absent: zero,
//! NaN and sentinels never stand for it.

mod build;
mod calendar;
mod cell;
mod date_column;
mod date_parts;
mod date_role;
mod dates;
mod decode;
mod delimited;
mod dialect;
mod events;
mod findings;
mod fragment;
mod json;
mod known;
mod line_ends;
mod locate;
mod numbers;
mod roles;
mod rows;
mod script;
mod shape;
mod sheet;
mod step;
mod strays;
mod stream;
mod stuffed;
mod subject_role;
mod table;
mod tally;
mod trends;
mod unpack;
mod words;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::io;
use std::path::Path;

use serde::Serialize;
use sha2::{Digest, Sha256};

use crate::diag::{self, Diagnostic, Place, Report, quoted};
use crate::moment::{Moment, Step};

use findings::Findings;

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
    /// Line of the file it stands in, from 1; always 1 in JSON.
    pub line: u32,
}

/// A file of observations.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// The file as messages name it.
    pub file: String,
    /// Who is compared, as the file spells them (less a region suffix that all share), in file order.
    pub subjects: Vec<String>,
    /// What is counted: one for each value column of a long table, one named `value` for a wide one.
    pub measures: Vec<String>,
    /// What splits the measures (portal, conference), in file order; empty where nothing does.
    pub groups: Vec<String>,
    /// The distinct contents of the columns named in [`Columns::same`], as `column: text; …`; observations
    /// of different kinds must not be drawn together. One empty text where no column is named.
    pub kinds: Vec<String>,
    /// Every cell, in file order.
    pub observations: Vec<Observation>,
    /// SHA-256 of the file's bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// How the file was read.
    pub facts: Facts,
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

/// How a file was read: every silent choice, for `inspect` and for notes.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Facts {
    /// What wrote it, where that was recognised (`google-trends`, `pytrends`, `star-history`,
    /// `github-star-history`, `npm-downloads`, …), else `csv`.
    pub format: String,
    /// `UTF-8`, `UTF-8 with BOM`, `UTF-16LE`, `windows-1252`.
    pub encoding: String,
    /// `LF`, `CRLF`, `CR`, `mixed`; `none` in a file of one line that does not end.
    pub line_ends: String,
    /// The delimiter itself; `None` where the file is not delimited.
    pub delimiter: Option<char>,
    /// Lines before the header.
    pub preamble_lines: u32,
    /// Line of the header, from 1; `None` where there is none.
    pub header_line: Option<u32>,
    /// `wide` (a column for each subject), `long` (a row for each observation), `single` (one subject, a
    /// column for each measure) or `events` (a row for each event, which are counted); empty where the file
    /// is no table.
    pub shape: String,
    /// Region of a Google Trends export, where all series share one.
    pub region: Option<String>,
    /// The time that all values of a Google Trends map are of, as the file has it.
    pub span: Option<String>,
    /// Whether all measures were written in per cent: each value column that holds anything has a per cent
    /// sign in one of its cells or in its title. The numbers are those the file shows, 70 for `70%`.
    pub percent: bool,
    /// Whether dates are written as years and nothing more.
    #[serde(skip)]
    pub years: bool,
    /// The distance of most neighbouring dates; `None` without dates.
    pub step: Option<Step>,
    /// First date, ISO 8601.
    pub first: Option<String>,
    /// Last date, ISO 8601.
    pub last: Option<String>,
    /// `yes`, `no` or `possible`: whether the last period was still running when it was counted; `no` where
    /// nothing about the file says that it could be.
    pub partial_last: String,
    /// How that is known, as the end of a sentence; empty where nothing but a habit of the source says it.
    pub partial_because: String,
    /// Every silent choice in a sentence each.
    pub notes: Vec<String>,
}

impl Facts {
    /// Whether dates that all begin a year stand for years: they are written so, or there are several of them a
    /// year apart. Two may be the same month of two years.
    #[must_use]
    pub fn means_years(&self, mut dates: impl Iterator<Item = Moment>) -> bool {
        let (first, last) = (self.first.as_deref(), self.last.as_deref());
        let between = |at: Moment| {
            let text = at.to_string();
            first.is_some_and(|first| text.as_str() > first) && last.is_some_and(|last| text.as_str() < last)
        };
        self.years || (self.step == Some(Step::Year) && dates.any(between))
    }

    /// Whether the dates are ages: those of a star history of aligned repositories, which count from 1970. No star
    /// is older than 2008.
    #[must_use]
    pub fn is_by_age(&self) -> bool {
        self.format == "star-history" && self.last.as_deref().is_some_and(|last| last < "2008")
    }
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
    } else if let Some(table) = script::table(&decoded.text) {
        let builder = delimited::read(&table, columns, &mut facts, &mut findings);
        findings.drop_columns();
        facts.format = "pypl".into();
        findings.note("Shares are fractions of 1.");
        builder
    } else {
        delimited::read(&decoded.text, columns, &mut facts, &mut findings)
    };
    let mut builder = builder.unwrap_or_default();
    if let Some(how) = aggregate {
        builder.aggregate(how, &mut findings);
    }
    let mut read = builder.finish(findings, facts, hexadecimal(Sha256::digest(bytes).as_slice()));
    // Reading from memory cannot fail.
    let _ = show_lines(&mut read, file, decoded.text.as_bytes());
    read
}

/// Shows the lines of the file that the diagnostics speak of.
fn show_lines(
    read: &mut Result<(Dataset, Report), Report>,
    file: &str,
    text: impl io::BufRead,
) -> io::Result<()> {
    let (Ok((_, report)) | Err(report)) = read;
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
