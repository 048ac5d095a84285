//! Large long tables in chunks: each row is read, checked and added to the values of its date and series, and
//! forgotten.
//!
//! The head of the file decides how the rest is read, as the reader of whole files would. Whatever the rest says
//! against it is gathered: then the file is read once more in the other way, or whole. Files of other shapes are
//! read whole from the start, so that both ways give the same.

mod found;
mod layout;
mod odd;
mod pass;
mod rows;
mod source;
mod words;

use std::fs::File;
use std::io::{self, Read as _};
use std::path::Path;

use crate::diag::{self, Diagnostic, Place, Report};

use crate::data::build::builder::Builder;
use crate::data::build::tally::Aggregate;
use crate::data::build::totals;
use crate::data::bytes::decode::{self, SIZE_LIMIT};
use crate::data::bytes::line_ends;
use crate::data::cells::dates::Style;
use crate::data::cells::words::{Meaning, meaning};
use crate::data::cells::{cell, date_column};
use crate::data::formats;
use crate::data::model::columns::Columns;
use crate::data::model::dataset::Dataset;
use crate::data::model::facts::{Facts, Shape};
use crate::data::model::findings::Findings;
use crate::data::read::{delimited, json, observe, reading, whole};
use crate::data::rows::table::Table;
use crate::data::rows::{dialect, other_text};
use crate::data::shape::plan::{Across, Habits, Roles, Who};
use crate::data::shape::sheet::{Holds, Sheet};
use crate::data::shape::{locate, roles, strays};

use found::{Found, Unfit};
use layout::{Layout, Part};
use source::Seekable;
use words::Ending;

/// A file may be read so often before it is read whole: once as its head says, once as the rest says, and once
/// more because dates and numbers may say so one after the other.
const ATTEMPTS: usize = 3;

/// How large things are, in bytes.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    /// Smaller files are read whole.
    pub(crate) least: u64,
    /// So much of a file decides how it is read.
    pub(crate) head: usize,
    /// Results must not depend on the number of threads, so this does not either.
    pub(crate) chunk: usize,
}

impl Default for Sizes {
    fn default() -> Self {
        Sizes { least: 1 << 20, head: 256 << 10, chunk: 1 << 20 }
    }
}

type Read = Result<(Dataset, Report), Report>;

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
    let mut unfit = None;
    if about.is_file() && about.len() >= sizes.least {
        let mut head = Vec::new();
        (&mut file).take(sizes.head as u64).read_to_end(&mut head)?;
        match in_chunks(&mut file, &head, name, columns, how, sizes)? {
            Ok(read) => return Ok(read),
            Err(why) => unfit = why,
        }
    }
    if about.len() > SIZE_LIMIT as u64 {
        return Ok(Err(too_large(name, unfit).into()));
    }
    let whole = if about.is_file() { File::open(path)? } else { file };
    let mut bytes = Vec::new();
    whole.take(SIZE_LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(whole::read(name, &bytes, columns, Some(how)))
}

fn too_large(name: &str, unfit: Option<Unfit>) -> Diagnostic {
    let error = match unfit {
        Some(Unfit { line, why }) => {
            diag::error("file-too-large", format!("cannot read more than 1 GiB row by row because of {why}"))
                .at(Place { line: Some(line), ..Place::file(name) })
        }
        None => diag::error("file-too-large", "expected a table of text, found more than 1 GiB")
            .at(Place::file(name)),
    };
    error.hint("split the file, or keep only the rows and columns to draw")
}

/// Reads a file in chunks; why that cannot be, where it cannot, and a line says so.
fn in_chunks<R: Seekable>(
    file: &mut R,
    head: &[u8],
    name: &str,
    columns: &Columns,
    how: Aggregate,
    sizes: &Sizes,
) -> io::Result<Result<Read, Option<Unfit>>> {
    if columns.is_written_otherwise() {
        return Ok(Err(None));
    }
    let Some((text, encoding, mark)) = head_text(name, head) else { return Ok(Err(None)) };
    let Some(delimiter) = dialect::delimiter(text) else { return Ok(Err(None)) };
    let text = text.get(..source::last_row_end(text.as_bytes(), delimiter)).unwrap_or("");
    let Ok(table) = Table::read(name, text, delimiter, usize::MAX) else { return Ok(Err(None)) };
    let mut facts = Facts {
        reading: columns.clone(),
        encoding: encoding.into(),
        shape: Some(Shape::Long),
        ..Facts::default()
    };
    reading::tell_encoding(&mut facts);
    facts.delimiter = Some(char::from(delimiter));
    let mut findings = Findings::new(name);
    let located = locate::locate(&table).filter(|located| located.block_end == table.len());
    let Some(located) = located else { return Ok(Err(None)) };
    let mut sheet = Sheet::new(&table, located);
    if delimited::has_rows_above(&sheet, &mut findings) {
        return Ok(Err(None));
    }
    delimited::tell_place(&sheet, &mut facts, &mut findings);
    if formats::recognise(&mut sheet, &mut findings).is_some() {
        return Ok(Err(None));
    }
    delimited::tell_headless(&sheet, &mut findings);
    let habits = Habits { wide: false, distinct_rows: formats::has_distinct_rows(&sheet) };
    let Some(roles) = roles::choose(&sheet, columns, habits, &mut findings) else { return Ok(Err(None)) };
    delimited::tell_empty(&sheet, &roles, &mut findings);
    delimited::tell_dates(&sheet, &roles, &mut facts);
    facts.decisions = roles.decisions(&sheet);
    let Some(mut layout) = layout(&sheet, name, &roles, delimiter, how, columns.subject.is_some()) else {
        return Ok(Err(None));
    };
    let start = mark + table.offset(located.first);
    for _ in 0..ATTEMPTS {
        let before = table.line(located.first) - 1;
        let (mut found, hash) = pass::run(file, &layout, before, start, sizes.chunk)?;
        if found.unfit.is_some() {
            return Ok(Err(found.unfit));
        }
        if found.dates.is_open() {
            return Ok(Err(None));
        }
        let (style, values) = decide(&layout, &found, &mut Builder::default(), &mut Findings::new(name));
        let same = values.iter().zip(&layout.values).all(|(new, old)| new.decimal == old.decimal);
        if style != layout.style || !same {
            (layout.style, layout.values) = (style, values);
            continue;
        }
        if found.more_undated > 0 || found.rows == 0 {
            return Ok(Err(None));
        }
        let mut builder = Builder::default();
        decide(&layout, &found, &mut builder, &mut findings);
        builder.dates = date_column::order(found.dates.cells(), layout.style);
        reading::tell(&sheet, &roles, &builder, &mut facts);
        found.end_lines(line_ends::of(text.get(..table.offset(located.first)).unwrap_or("")));
        facts.line_ends = found.line_ends.into();
        let mut read = finish(&layout, found, builder, findings, facts, whole::hexadecimal(&hash));
        file.seek(io::SeekFrom::Start(mark as u64))?;
        let (Ok((_, report)) | Err(report)) = &mut read;
        line_ends::show_lines(report, name, io::BufReader::new(file))?;
        return Ok(Ok(read));
    }
    Ok(Err(None))
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
    let other = json::is_json(text) || formats::rewrite(text).is_some();
    (!other && other_text::other_text(name, text).is_none()).then_some((text, decoded.encoding, mark))
}

/// How the rows are to be read as far as the head says; `None` for anything but a plain long table.
fn layout<'s, 't, 'a>(
    sheet: &'s Sheet<'t, 'a>,
    file: &'s str,
    roles: &'s Roles,
    delimiter: u8,
    how: Aggregate,
    named: bool,
) -> Option<Layout<'s, 't, 'a>> {
    let (Some(date), Who::Cell(subject)) = (roles.date, &roles.who) else { return None };
    let simple = roles.across == Across::Measures && roles.month.is_none() && roles.parts.is_empty();
    if !simple
        || roles.values.is_empty()
        || !roles.same.is_empty()
        || !roles.only.is_empty()
        || !roles.copies.is_empty()
        || roles.owner.is_some()
        || roles.measured_by.is_some()
    {
        return None;
    }
    let ignored = |column: usize| match sheet.held(column) {
        Holds::Constant | Holds::Nothing => {
            let mut cells = sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
            Part::Constant(cells.next().unwrap_or("").to_owned())
        }
        Holds::Text => Part::Text,
        _ => Part::Ignored,
    };
    let mut parts: Vec<Part> = (0..sheet.names.len()).map(ignored).collect();
    let values = roles.values.iter().enumerate().map(|(i, column)| (*column, Part::Value(i)));
    let chosen = [(date, Part::Date), (*subject, Part::Subject)];
    let mut taken = Vec::new();
    for (column, part) in chosen.into_iter().chain(roles.group.map(|c| (c, Part::Group))).chain(values) {
        if taken.contains(&column) {
            return None;
        }
        taken.push(column);
        *parts.get_mut(column)? = part;
    }
    // A text column more, and other rows could make another of them the subject or the group.
    let texts = parts.iter().filter(|part| **part == Part::Text).count();
    let named = named || matches!(meaning(sheet.name(*subject)), Meaning::Subject(_));
    if (texts > 0 && roles.group.is_some()) || (texts + usize::from(roles.group.is_some()) > 0 && !named) {
        return None;
    }
    let width = parts.len();
    let ending = |column: usize| Ending { delimiter, last: column + 1 == width };
    let parts: Vec<_> = parts.into_iter().enumerate().map(|(column, part)| (part, ending(column))).collect();
    let mut layout = Layout {
        sheet,
        file,
        roles,
        parts,
        date,
        delimiter,
        how,
        style: Style::default(),
        values: Vec::new(),
    };
    let rows = sheet.located.first..sheet.table.len();
    let mut found = Found::empty(file);
    rows.clone().filter_map(|row| sheet.table.cell(row, date)).for_each(|cell| found.dates.of(cell));
    found.evidence.extend(roles.values.iter().map(|&column| observe::evidence(sheet, column, rows.clone())));
    (layout.style, layout.values) =
        decide(&layout, &found, &mut Builder::default(), &mut Findings::new(file));
    Some(layout)
}

/// How dates and numbers are read, by what was found of them.
fn decide(
    layout: &Layout<'_, '_, '_>,
    found: &Found<'_>,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> (Style, Vec<observe::ValueColumn>) {
    let header = layout.sheet.name(layout.date);
    let style = date_column::decide(
        found.dates.cells(),
        date_column::Stand::Column(header),
        layout.roles.bare,
        &layout.roles.said,
        findings,
    );
    let (evidence, delimiter) = (&found.evidence, layout.delimiter);
    (style, observe::decide(layout.sheet, layout.roles, evidence, delimiter, builder, findings))
}

/// The dataset of what was found.
fn finish(
    layout: &Layout<'_, '_, '_>,
    mut found: Found<'_>,
    mut builder: Builder,
    mut findings: Findings<'_>,
    facts: Facts,
    sha256: String,
) -> Read {
    let mut footers = (0, None);
    for row in std::mem::take(&mut found.undated) {
        if row.footer {
            footers = (footers.0 + 1, footers.1.or(Some((row.line, row.text))));
        } else {
            findings.fault(|| row.error);
        }
    }
    if let (count, Some((line, text))) = footers {
        strays::warn_footers(count, line, &text, &mut findings);
    }
    if let Some((line, count)) = found.short {
        observe::tell_short(line, count, &mut findings);
    }
    findings.absorb(found.findings, 0);
    (builder.subjects, builder.groups) = (found.subjects, found.groups);
    if !findings.failed() {
        findings.note(layout.how.note(found.rows, found.tally.len()));
        builder.take(found.tally, &mut findings);
        totals::leave_out(&mut builder, &Columns::default(), &mut findings);
    }
    builder.finish(findings, facts, sha256)
}

#[cfg(test)]
mod tests;
