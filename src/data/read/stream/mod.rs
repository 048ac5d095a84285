//! Large tables in chunks: each row is read, checked and added to the values of its date and series, and
//! forgotten.
//!
//! The head of the file decides how the rest is read, as the reader of whole files would. Whatever the rest says
//! against it is gathered: then the file is read once more in the other way, or whole. Files of other shapes are
//! read whole from the start, so that both ways give the same.

mod date_evidence;
mod found;
mod gathered;
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

use crate::data::build::builder::{Builder, Names};
use crate::data::build::tally::Aggregate;
use crate::data::build::totals;
use crate::data::bytes::decode::{self, SIZE_LIMIT};
use crate::data::bytes::line_ends;
use crate::data::cells::dates::Style;
use crate::data::cells::numbers::Evidence;
use crate::data::cells::words::{Meaning, meaning};
use crate::data::cells::{cell, date_column};
use crate::data::formats;
use crate::data::model::columns::Columns;
use crate::data::model::dataset::Dataset;
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::read::delimited::{self, Plan};
use crate::data::read::{json, observe, reading, rows as rows_of, whole};
use crate::data::rows::table::Table;
use crate::data::rows::{dialect, other_text};
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::{Holds, Sheet};
use crate::data::shape::{locate, strays};

use date_evidence::DateEvidence;
use found::Unfit;
use layout::{Layout, Named, Part, WordColumn};
use pass::Whole;
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
        Sizes { least: 1 << 20, head: 256 << 10, chunk: 1 << 19 }
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
    let mut facts = Facts { reading: columns.clone(), encoding: encoding.into(), ..Facts::default() };
    reading::tell_encoding(&mut facts);
    facts.delimiter = Some(char::from(delimiter));
    let mut findings = Findings::new(name);
    let located = locate::locate(&table).filter(|located| located.block_end == table.len());
    let Some(located) = located else { return Ok(Err(None)) };
    let mut sheet = Sheet::new(&table, located);
    let Some(plan) = delimited::plan(&mut sheet, columns, &mut facts, &mut findings) else {
        return Ok(Err(None));
    };
    // Flags of the last period, and faults of the head, are told by who has all rows.
    if findings.failed() || formats::flag_column(&sheet).is_some() {
        return Ok(Err(None));
    }
    let Some(mut layout) = layout(&sheet, name, &plan.roles, delimiter, how, plan.is_named) else {
        return Ok(Err(None));
    };
    let start = mark + table.offset(located.first);
    for _ in 0..ATTEMPTS {
        let before = table.line(located.first) - 1;
        let mut whole = pass::run(file, &layout, before, start, sizes.chunk)?;
        if let Some(unfit) = whole.unfit() {
            return Ok(Err(Some(unfit)));
        }
        if whole.gathered.dates.is_open() {
            return Ok(Err(None));
        }
        let evidence = (&whole.gathered.dates, whole.gathered.evidence.as_slice());
        let (style, values) = decide(&layout, evidence, &mut Builder::default(), &mut Findings::new(name));
        if values.len() != layout.values.len() {
            return Ok(Err(None));
        }
        let same = values.iter().zip(&layout.values).all(|(new, old)| new.decimal == old.decimal);
        if style != layout.style || !same {
            (layout.style, layout.values) = (style, values);
            continue;
        }
        if whole.found.more_undated > 0 || (whole.found.rows == 0 && plan.roles.only.is_empty()) {
            return Ok(Err(None));
        }
        let mut builder = Builder::default();
        decide(&layout, evidence, &mut builder, &mut findings);
        builder.dates = date_column::order(whole.gathered.dates.cells(), layout.style);
        whole.found.end_lines(line_ends::of(text.get(..table.offset(located.first)).unwrap_or("")));
        facts.line_ends = whole.found.line_ends.into();
        let mut read = finish(&layout, &plan, whole, builder, (findings, facts));
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

/// How the rows are to be read as far as the head says; `None` where only all of them say it.
fn layout<'s, 't, 'a>(
    sheet: &'s Sheet<'t, 'a>,
    file: &'s str,
    roles: &'s Roles,
    delimiter: u8,
    how: Aggregate,
    named: bool,
) -> Option<Layout<'s, 't, 'a>> {
    let date = roles.date?;
    let simple = roles.across != Across::Times && roles.month.is_none() && roles.parts.is_empty();
    let named_plainly = roles.owner.is_none() && roles.measured_by.is_none() && !roles.distinct;
    let all_read = roles.copies.is_empty() && roles.left_out.rows.is_empty();
    if !simple || !named_plainly || !all_read || roles.values.is_empty() {
        return None;
    }
    let words = word_columns(roles);
    let parts = parts(sheet, roles, date, &words)?;
    // A text column more, and other rows could make another of them the subject or the group.
    let is_text = |column: &usize| parts.get(*column) == Some(&Part::Text);
    let others = words.iter().filter(|words| words.marks()).map(|words| words.column);
    let marks: Vec<usize> = (0..parts.len()).filter(is_text).chain(others).collect();
    let texts = marks.len();
    let named = match roles.who {
        Who::Cell(subject) => named || matches!(meaning(sheet.name(subject)), Meaning::Subject(_)),
        _ => texts == 0,
    };
    if (texts > 0 && roles.group.is_some()) || (texts + usize::from(roles.group.is_some()) > 0 && !named) {
        return None;
    }
    let width = parts.len();
    let ending = |column: usize| Ending::new(delimiter, column + 1 == width);
    let parts: Vec<_> = parts.into_iter().enumerate().map(|(column, part)| (part, ending(column))).collect();
    let rows = sheet.located.first..sheet.table.len();
    let mut dates = DateEvidence::default();
    rows.clone().filter_map(|row| sheet.table.cell(row, date)).for_each(|cell| dates.of(cell, 0));
    let evidence = roles.values.iter().map(|&column| observe::evidence(sheet, column, rows.clone()));
    let evidence: Vec<_> = evidence.collect();
    let mut layout = Layout {
        sheet,
        file,
        roles,
        parts,
        words,
        marks,
        date,
        delimiter,
        how,
        style: Style::default(),
        values: Vec::new(),
        subjects: Names::default(),
        groups: Names::default(),
    };
    let mut builder = Builder::default();
    (layout.style, layout.values) =
        decide(&layout, (&dates, &evidence), &mut builder, &mut Findings::new(file));
    (layout.subjects, layout.groups) = (builder.subjects, builder.groups);
    let first = layout.values.first().map(|value| value.measure);
    let several = layout.values.iter().any(|value| Some(value.measure) != first);
    (layout.values.len() == evidence.len() && !(roles.who == Who::Header && several)).then_some(layout)
}

/// What each column is for; `None` where one has two parts.
fn parts(sheet: &Sheet<'_, '_>, roles: &Roles, date: usize, words: &[WordColumn]) -> Option<Vec<Part>> {
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
    let texts = words.iter().enumerate().map(|(i, words)| (words.column, Part::Word(i)));
    let mut taken = Vec::new();
    for (column, part) in [(date, Part::Date)].into_iter().chain(texts).chain(values) {
        if taken.contains(&column) {
            return None;
        }
        taken.push(column);
        *parts.get_mut(column)? = part;
    }
    Some(parts)
}

/// The columns of texts that name the series, or decide which rows are kept.
fn word_columns(roles: &Roles) -> Vec<WordColumn> {
    let subject = match roles.who {
        Who::Cell(column) => Some((column, Named::Subject)),
        _ => None,
    };
    let group = roles.group.map(|column| (column, Named::Group));
    let kinds = roles.same.iter().map(|&column| (column, Named::Kind));
    let mut words: Vec<WordColumn> = Vec::new();
    for (column, named) in subject.into_iter().chain(group).chain(kinds) {
        words.push(WordColumn { column, named, only: None });
    }
    for (place, (column, texts)) in roles.only.iter().enumerate() {
        let only = Some((place, texts.clone()));
        match words.iter_mut().find(|words| words.column == *column && words.only.is_none()) {
            Some(words) => words.only = only,
            None => words.push(WordColumn { column: *column, named: Named::Nothing, only }),
        }
    }
    words
}

/// How dates and numbers are read, by what was found of them.
fn decide(
    layout: &Layout<'_, '_, '_>,
    (dates, evidence): (&DateEvidence, &[Evidence]),
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> (Style, Vec<observe::ValueColumn>) {
    let header = layout.sheet.name(layout.date);
    let stand = date_column::Stand::Column(header);
    let style = date_column::decide(dates.cells(), stand, layout.roles.bare, &layout.roles.said, findings);
    (style, observe::decide(layout.sheet, layout.roles, evidence, layout.delimiter, builder, findings))
}

/// The dataset of what was found.
fn finish(
    layout: &Layout<'_, '_, '_>,
    plan: &Plan,
    mut whole: Whole<'_>,
    mut builder: Builder,
    (mut findings, mut facts): (Findings<'_>, Facts),
) -> Read {
    let mut footers = (0, None);
    for row in std::mem::take(&mut whole.found.undated) {
        if row.footer {
            footers = (footers.0 + 1, footers.1.or(Some((row.line, row.text))));
        } else {
            findings.fault(|| row.error);
        }
    }
    if let (count, Some((line, text))) = footers {
        strays::warn_footers(count, line, &text, &mut findings);
    }
    if let Some((line, count)) = whole.found.short {
        observe::tell_short(line, count, &mut findings);
    }
    findings.absorb(whole.found.findings, 0);
    for (only, known) in layout.roles.only.iter().zip(&whole.gathered.only) {
        let known = known.iter().map(String::as_str).collect();
        rows_of::check_only(layout.sheet, only, &known, &mut findings);
    }
    (builder.subjects, builder.groups, builder.kinds) =
        (whole.names.subjects, whole.names.groups, whole.names.kinds);
    if !findings.failed() {
        let (tally, columns) = (whole.gathered.tally, layout.columns());
        findings.note(layout.how.note(whole.found.rows, tally.count(&columns)));
        let line = |place| pass::line(&whole.lines, place);
        builder.observations = tally.observations(&columns, line, &builder.subjects, &mut findings);
    }
    let asked = facts.reading.clone();
    let hash = whole::hexadecimal(&whole.hash);
    let mut builder = delimited::conclude(plan, layout.sheet, builder, &mut facts);
    totals::leave_out(&mut builder, &asked, &mut findings);
    builder.finish(findings, facts, hash)
}

#[cfg(test)]
mod tests;
