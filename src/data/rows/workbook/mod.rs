//! Spreadsheets: the sheets of a workbook as cells of text, as the program that wrote it shows them.
//!
//! A workbook is known by what its archive holds, not by its name. What it unpacks to is counted before anything is
//! kept of it. It must not know which sheet is meant, nor where a table stands on it.

mod excel;
pub(crate) mod grid;
mod open_document;

use std::io::{self, Cursor, Read as _};
use std::panic::{AssertUnwindSafe, catch_unwind};

use zip::ZipArchive;

use crate::data::model::format::{self, Format};
use crate::data::rows::workbook::grid::{Grid, Refusal, Room};
use crate::diag::{Diagnostic, Place};

/// So much may the parts of a workbook unpack to.
const UNPACKED_LIMIT: u64 = 512 << 20;

/// A workbook's sheets.
pub(crate) struct Workbook {
    /// Which program's it is.
    pub(crate) format: &'static Format,
    pub(crate) grids: Vec<Grid>,
}

/// Reads a workbook; `None` where the bytes are none.
///
/// # Errors
/// A workbook that is damaged or locked, or made to fill the memory.
pub(crate) fn open(file: &str, bytes: &[u8]) -> Result<Option<Workbook>, Diagnostic> {
    let [b'P', b'K', 3, 4, ..] = bytes else { return Ok(None) };
    let holds = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
    // A binary workbook of Excel has its parts in the same folder.
    let is_excel = holds(b"xl/") && !holds(b"xl/workbook.bin");
    let is_open = || holds(b"opendocument.spreadsheet") || (holds(b"mimetype") && says_open(bytes));
    if !is_excel && !is_open() {
        return Ok(None);
    }
    let mut room = Room::default();
    let format = if is_excel { format::XLSX } else { format::ODS };
    let read = measured(bytes).and_then(|()| match is_excel {
        true => contained(|| excel::read(bytes, &mut room)),
        false => open_document::read(bytes, &mut room),
    });
    let settled = read.and_then(|mut grids| {
        grids.iter_mut().try_for_each(Grid::settle)?;
        Ok(Workbook { format, grids })
    });
    settled.map(Some).map_err(|refusal| refusal.told().at(Place::file(file)))
}

/// The result of a reader that counts on what a file says of itself, and panics where that is absurd.
fn contained<T>(read: impl FnOnce() -> Result<T, Refusal>) -> Result<T, Refusal> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or(Err(Refusal::Damaged))
}

/// Whether an archive says that it is a sheet of OpenDocument, which most write as it is, and some pack.
fn says_open(bytes: &[u8]) -> bool {
    let mut said = String::new();
    let Ok(mut archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let Ok(kind) = archive.by_name("mimetype") else { return false };
    kind.take(100).read_to_string(&mut said).is_ok() && said.contains("opendocument.spreadsheet")
}

/// Unpacks all parts that are read, keeping nothing: sizes that an archive tells of itself are no proof.
fn measured(bytes: &[u8]) -> Result<(), Refusal> {
    let known = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    let mut left = known.saturating_mul(200).saturating_add(1 << 20).min(UNPACKED_LIMIT);
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Refusal::Damaged)?;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| Refusal::Damaged)?;
        if part.encrypted() {
            return Err(Refusal::Locked);
        }
        let unpacked = io::copy(&mut part.take(left.saturating_add(1)), &mut io::sink())?;
        left = left.checked_sub(unpacked).ok_or(Refusal::Inflating)?;
    }
    Ok(())
}
