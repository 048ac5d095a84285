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
mod choice;
mod columns;
mod completeness;
mod dataset;
mod date_column;
mod date_part;
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
mod observation;
mod plan;
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
mod whole;
mod words;

use std::io;
use std::path::Path;

use crate::diag::Report;

pub use alike::{JoinKeys, measure_words};
pub use anchor::Anchor;
pub use columns::Columns;
pub use completeness::Completeness;
pub use dataset::{Anchored, DataFile, Dataset};
pub use decode::SIZE_LIMIT;
pub use facts::{Facts, Shape};
pub use findings::stem;
pub use format::Format;
pub use join::{Joining, join, rename};
pub use line::Line;
pub use measure::{Basis, Measure, Refusal, UNNAMED_MEASURE, Unit};
pub use observation::{LIMIT, Observation, Value};
pub use tally::Aggregate;
pub use whole::show;

/// Reads a file. Warnings (duplicates, unsorted rows, what was left out) come with the dataset.
///
/// `file` names it in messages; its last part is also what names a series that the file itself leaves
/// nameless, and what tells when a Google Trends export was made.
///
/// # Errors
/// Every fault of the file up to a limit, each with line and column.
pub fn read(file: &str, bytes: &[u8], columns: &Columns) -> Result<(Dataset, Report), Report> {
    whole::read(file, bytes, columns, None)
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
    whole::read(file, bytes, columns, Some(aggregate))
}
