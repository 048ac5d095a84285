//! From a file's bytes to observations: what was counted, of whom, when.
//!
//! The room finds out how a file is written (encoding, delimiter, preamble,
//! dates, numbers, long or wide) and tells what it found in [`Facts`]. It must
//! not know figures, subjects of the manifest or pixels.
//!
//! It has floors, each of which knows only those below (`architecture` holds it):
//!
//! | floor | turns what into what |
//! |---|---|
//! | `model` | what is read: datasets, observations, measures; what users say of columns; what is found on the way |
//! | `cells` | one cell, or one column's evidence: dates, numbers, blanks |
//! | `bytes` | archives and encodings to text |
//! | `build` | observations to a dataset, one by one or grouped |
//! | `rows` | text to rows of cells, or to records of JSON |
//! | `shape` | the head of the rows to a plan: where the data stand, which column plays which part |
//! | `formats` | one file a source: what gives it away, what its numbers are |
//! | `read` | a plan and its rows to a dataset, in memory or in chunks |
//! | `join` | several files as one dataset |
//!
//! After this room every number is finite and an absent one is absent: zero,
//! NaN and sentinels never stand for it.

mod build;
mod bytes;
mod cells;
mod formats;
mod join;
mod model;
mod read;
mod rows;
mod shape;

use std::io;
use std::path::Path;

use crate::diag::Report;

pub use build::aggregation::Aggregate;
pub use bytes::decode::SIZE_LIMIT;
pub use join::alike::{JoinKeys, measure_words};
pub use join::anchor::Anchor;
pub use join::joining::{Joining, join, rename};
pub use join::narrow;
pub use model::columns::Columns;
pub use model::completeness::Completeness;
pub use model::dataset::{Anchored, DataFile, Dataset};
pub use model::decision::Decision;
pub use model::facts::{Facts, Shape};
pub use model::findings::stem;
pub use model::format::Format;
pub use model::line::Line;
pub use model::measure::{Basis, Measure, Refusal, UNNAMED_MEASURE, Unit};
pub use model::observation::{LIMIT, Observation, Value};
pub use model::writing::{DateOrder, Decimal, Delimiter, Each, Encoding, Header, ValueColumns, month_named};
pub use read::whole::show;

/// All formats that are known by name, in the order of their names.
#[must_use]
pub fn known_formats() -> Vec<&'static Format> {
    formats::all()
}

/// Reads a file. Warnings (duplicates, unsorted rows, what was left out) come with the dataset.
///
/// `file` names it in messages; its last part is also what names a series that the file itself leaves
/// nameless, and what tells when some exports were made.
///
/// # Errors
/// Every fault of the file up to a limit, each with line and column.
pub fn read(file: &str, bytes: &[u8], columns: &Columns) -> Result<(Dataset, Report), Report> {
    read::whole::read(file, bytes, columns, None)
}

/// Reads a file as [`read()`] does, with one observation for all values of one date and series, by date; each
/// has the line of the first of its rows. A large table is read in chunks on all threads of the pool at
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
    if let Err(refusal) = read::words_table::may_be_grouped(file, columns) {
        return Ok(Err(refusal));
    }
    read::rows::stream::read(path, file, columns, aggregate, &read::rows::stream::Sizes::default())
}

/// Reads bytes as [`read()`] does, with one observation for all values of one date and series, as [`read_file`] has it.
///
/// # Errors
/// Every fault of the file up to a limit, each with line and column.
pub fn read_grouped(
    file: &str,
    bytes: &[u8],
    columns: &Columns,
    aggregate: Aggregate,
) -> Result<(Dataset, Report), Report> {
    read::words_table::may_be_grouped(file, columns)?;
    read::whole::read(file, bytes, columns, Some(aggregate))
}
