//! A file whose rows are read in chunks, in memory that follows the number of dates and series and not of rows.
//!
//! Its head decides what its columns are. Where further rows speak against that, a longer head decides it; what only
//! all rows can decide is read in memory.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use super::layout::Layout;
use super::pass::{self, Start};
use super::source::Seekable;
use super::summary::Contradiction;
use super::{finish, settle};
use crate::data::build::aggregation::Aggregate;
use crate::data::build::totals;
use crate::data::bytes::decode::{self, SIZE_LIMIT};
use crate::data::bytes::line_ends;
use crate::data::cells::cell;
use crate::data::cells::words::{Meaning, meaning};
use crate::data::formats;
use crate::data::model::columns::Columns;
use crate::data::model::dataset::Dataset;
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::model::writing::Delimiter;
use crate::data::read::{delimited, json, reading, whole};
use crate::data::rows::table::Table;
use crate::data::rows::{dialect, other_text, pasted};
use crate::data::shape::locate;
use crate::data::shape::plan::Who;
use crate::data::shape::sheet::{Holds, Sheet};
use crate::diag::{self, Diagnostic, Place, Report};

/// A longer head is so many times as long.
const LONGER: usize = 16;
/// The longest head in bytes.
const LONGEST: usize = 64 << 20;

/// How large things are, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    /// Smaller files are read in memory.
    pub(crate) least: u64,
    /// So much of a file decides how it is read.
    pub(crate) head: usize,
    /// Results must not depend on the number of threads, so this does not either.
    pub(crate) chunk: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Sizes { least: 1 << 20, head: 256 << 10, chunk: 1 << 17 }
    }
}

pub(super) type Read = Result<(Dataset, Report), Report>;

/// Reads a file, in chunks where it is large and fit for that.
pub(crate) fn read(
    path: &Path,
    name: &str,
    columns: &Columns,
    how: Aggregate,
    sizes: &Sizes,
) -> io::Result<Read> {
    let mut file = File::open(path)?;
    let about = file.metadata()?;
    let mut why = None;
    let mut sizes = *sizes;
    while about.is_file() && about.len() >= sizes.least.max(sizes.head as u64) && sizes.head <= LONGEST {
        let mut head = Vec::new();
        io::Seek::rewind(&mut file)?;
        (&mut file).take(sizes.head as u64).read_to_end(&mut head)?;
        match in_chunks(&mut file, &head, name, columns, how, &sizes)? {
            Ok(read) => return Ok(read),
            Err(None) => break,
            Err(contradiction) => why = contradiction,
        }
        sizes.head *= LONGER;
    }
    if about.len() > SIZE_LIMIT as u64 {
        return Ok(Err(too_large(name, why).into()));
    }
    let whole = if about.is_file() { File::open(path)? } else { file };
    let mut bytes = Vec::new();
    whole.take(SIZE_LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(whole::read(name, &bytes, columns, Some(how)))
}

fn too_large(name: &str, why: Option<Contradiction>) -> Diagnostic {
    let error = match why {
        Some(Contradiction { line, why }) => {
            diag::error("file-too-large", format!("cannot read more than 1 GiB row by row because of {why}"))
                .at(Place { line: Some(line), ..Place::file(name) })
        }
        None => diag::error("file-too-large", "expected a table of text, found more than 1 GiB")
            .at(Place::file(name)),
    };
    error.hint("split the file, or keep only the rows and columns to draw")
}

/// Reads a file in chunks; why that cannot be, where it cannot, and a line says so.
pub(super) fn in_chunks<R: Seekable>(
    file: &mut R,
    head: &[u8],
    name: &str,
    columns: &Columns,
    how: Aggregate,
    sizes: &Sizes,
) -> io::Result<Result<Read, Option<Contradiction>>> {
    if columns.encoding.is_some() || columns.sheet.is_some() {
        return Ok(Err(None));
    }
    let Some((text, encoding, mark)) = head_text(name, head) else { return Ok(Err(None)) };
    let said = columns.delimiter.map(|Delimiter(sign)| sign);
    let found = said.or_else(|| dialect::delimiter(text));
    // Without any delimiter every line is a cell, whatever the table is told.
    let delimiter = found.unwrap_or(b',');
    let Some(table) = Table::head(text, delimiter) else { return Ok(Err(None)) };
    let mut facts = Facts { reading: columns.clone(), encoding: encoding.into(), ..Facts::default() };
    reading::tell_encoding(&mut facts);
    facts.delimiter = found.map(char::from);
    let mut findings = Findings::new(name);
    let located = match columns.header {
        Some(header) => locate::below(&table, header),
        None => locate::locate(&table),
    };
    let Some(located) = located else { return Ok(Err(None)) };
    let mut sheet = Sheet::new(&table, located);
    let plan = delimited::plan(&mut sheet, columns, &mut facts, &mut findings);
    // Faults of the head are told by who has all rows.
    let Some(plan) = plan.filter(|_| !findings.failed()) else { return Ok(Err(None)) };
    let mut layout = Layout::new(&sheet, &plan.roles, name, Some(how));
    layout.flag = formats::flag_column(&sheet);
    if !layout.is_said_by_head(plan.is_named) {
        return Ok(Err(None));
    }
    let start = Start { skip: mark, chunk: sizes.chunk };
    let settled = match settle(&mut layout, |layout| pass::in_chunks(file, layout, start))? {
        Ok(settled) => settled,
        Err(contradiction) => return Ok(Err(Some(contradiction))),
    };
    facts.line_ends = settled.passed.progress.line_ends_name().into();
    let hash = whole::hexadecimal(&settled.passed.hash);
    let rows = finish(&layout, settled, &mut findings);
    let asked = facts.reading.clone();
    let mut builder = delimited::conclude(&plan, &sheet, (rows, Some(how)), &mut facts, &mut findings);
    totals::leave_out(&mut builder, &asked, &mut findings);
    let mut read = builder.finish(findings, facts, hash);
    file.seek(io::SeekFrom::Start(mark as u64))?;
    let (Ok((_, report)) | Err(report)) = &mut read;
    line_ends::show_lines(report, name, io::BufReader::new(file))?;
    Ok(Ok(read))
}

/// The whole lines of a file's head, its encoding and the length of its mark; `None` where it is not UTF-8 text.
fn head_text<'h>(name: &str, head: &'h [u8]) -> Option<(&'h str, &'static str, usize)> {
    let head = head.get(..=memchr::memrchr(b'\n', head)?)?;
    let decoded = decode::decode(name, head, None).ok()?;
    let mark = match decoded.encoding {
        "UTF-8" => 0,
        "UTF-8 with BOM" => 3,
        _ => return None,
    };
    let text = std::str::from_utf8(head.get(mark..)?).ok()?;
    let other = json::is_json(text) || formats::rewrite(text).is_some() || pasted::opened(text).is_some();
    (!other && other_text::other_text(name, text).is_none()).then_some((text, decoded.encoding, mark))
}

impl Layout<'_, '_, '_> {
    /// Whether the head says how the rows are to be read, as far as the rest does not speak against it; and what it
    /// would be to speak against it.
    fn is_said_by_head(&mut self, is_named: bool) -> bool {
        let (sheet, roles) = (self.sheet, self.roles);
        let is_read = roles.copies.is_empty() && roles.left_out.rows.is_empty();
        if !is_read || roles.distinct || !roles.said.leave_out.is_empty() {
            return false;
        }
        self.is_whole = false;
        let only = || roles.only.iter().map(|(column, _)| *column);
        let names = self.names.iter().map(|(column, _)| *column).chain(only());
        let parts = self.dates.iter().copied().chain(names).chain(roles.values.iter().copied());
        let taken: Vec<usize> = parts.chain(self.flag).collect();
        for column in (0..sheet.names.len()).filter(|column| !taken.contains(column)) {
            match sheet.held(column) {
                Holds::Constant | Holds::Nothing => {
                    let mut cells = sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
                    self.constants.push((column, cells.next().unwrap_or("").to_owned()));
                }
                Holds::Text => self.idle.push(column),
                _ => {}
            }
        }
        // Several texts that are kept may tell rows of one date and name apart.
        let named = |column: &usize| self.names.iter().any(|(name, _)| name == column);
        let several = roles.only.iter().filter(|(column, kept)| kept.len() > 1 && !named(column));
        self.idle.extend(several.map(|(column, _)| *column));
        // A text column more, and other rows could make another of them the subject or the group.
        let texts = self.idle.len();
        let is_named = match roles.who {
            Who::Cell(subject) => is_named || matches!(meaning(sheet.name(subject)), Meaning::Subject(_)),
            _ => texts == 0,
        };
        let groups = usize::from(roles.group.is_some());
        if roles.values.is_empty() {
            // Events are counted, whatever else their rows say.
            self.idle.clear();
            return true;
        }
        (texts == 0 || groups == 0) && (texts + groups == 0 || is_named)
    }
}
