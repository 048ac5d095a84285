//! Rows that are not plain: quotes within quotes, blanks, numbers in groups, gaps, too many cells. They are
//! split and read by what reads whole files, so that a cell means the same wherever it stands.

use super::found::{Found, Undated, Unfit};
use super::gathered::{Gathered, place};
use super::layout::{Layout, Part, marked};
use super::words::narrow;
use crate::data::build::builder::Builder;
use crate::data::build::tally::{Column, Series};
use crate::data::cells::cell::{self, is_blank};
use crate::data::cells::dates;
use crate::data::cells::numbers::Evidence;
use crate::data::model::findings::Findings;
use crate::data::read::rows::{is_footer, no_date_error};
use crate::data::read::{delimited, observe};
use crate::data::rows::table::Table;
use crate::data::shape::plan::Dated;
use crate::data::shape::sheet::Sheet;
use crate::data::shape::strays;

/// Odd rows on their way to all others.
pub(super) struct Odd<'o, 's, 't, 'a> {
    pub(super) layout: &'o Layout<'s, 't, 'a>,
    pub(super) found: &'o mut Found<'s>,
    pub(super) gathered: &'o mut Gathered,
    pub(super) chunk: usize,
}

impl Odd<'_, '_, '_, '_> {
    /// Reads whole rows of any kind.
    pub(super) fn read(&mut self, text: &str) {
        let mut findings = Findings::new(self.layout.file);
        match Table::read(self.layout.file, text, self.layout.delimiter, usize::MAX) {
            Err(fault) => {
                self.found.unclosed = true;
                findings.fault(|| fault);
            }
            Ok(table) => {
                delimited::tell_wrapped(&table, &mut findings);
                let sheet = self.layout.sheet.part(&table);
                self.odd_rows(&sheet, &mut findings);
            }
        }
        self.found.findings.absorb(findings, self.found.lines);
        let last = text.trim_end_matches(['\n', '\r']);
        let last = last.rfind('\n').and_then(|at| last.get(at..)).unwrap_or(last);
        let ends_blank = text.ends_with("\n\n") || text.ends_with("\n\r\n") || self.is_blank(last);
        self.found.lines = self.found.lines.saturating_add(lines(text));
        if ends_blank {
            self.found.blank = Some(self.found.lines);
        }
    }

    fn is_blank(&self, row: &str) -> bool {
        row.chars().all(|c| is_blank(c) || c == '"' || c == char::from(self.layout.delimiter))
    }

    fn odd_rows(&mut self, sheet: &Sheet<'_, '_>, findings: &mut Findings<'_>) {
        let table = sheet.table;
        let mut dated = Vec::with_capacity(table.len());
        for row in 0..table.len() {
            let line = self.found.lines.saturating_add(table.line(row));
            if table.after_blank(row) {
                self.found.blank = Some(line);
            }
            self.found.content(line);
            self.check_constants(sheet, row, line);
            if self.found.unfit.is_some() {
                return;
            }
            let cell = table.cell(row, self.layout.date).unwrap_or("");
            self.gathered.dates.of(cell, place(self.chunk, line));
            if !self.keeps(sheet, row) {
                continue;
            }
            let time = dates::parse(cell, self.layout.style);
            if time.is_none() && strays::is_comment(sheet, row, Some(self.layout.date)) {
                self.found.unfit = self.found.unfit.or(Some(Unfit { line, why: "a remark within the rows" }));
                return;
            }
            if time.is_some() && !strays::is_cut(sheet, row, self.layout.date) {
                self.found.undated_are_faults();
                dated.push(Dated { row, time });
            } else {
                self.found.keep_undated(self.undated(sheet, row, line));
            }
        }
        for (value, evidence) in self.layout.values.iter().zip(&mut self.gathered.evidence) {
            let cells = dated.iter().filter_map(|dated| table.cell(dated.row, value.column));
            cells.for_each(|cell| evidence.join(Evidence::of(cell)));
        }
        let mut builder = Builder { subjects: self.layout.subjects.clone(), ..Builder::default() };
        builder.groups = self.layout.groups.clone();
        let (layout, lines) = (self.layout, self.found.lines);
        let short =
            observe::observe_rows(sheet, layout.roles, &dated, &layout.values, &mut builder, findings);
        if let Some((line, count)) = short {
            let (first, before) = self.found.short.unwrap_or((lines.saturating_add(line), 0));
            self.found.short = Some((first, before + count));
        }
        self.found.rows += dated.len() as u64;
        self.take(&builder, sheet, &dated);
    }

    /// Counts observations.
    fn take(&mut self, builder: &Builder, sheet: &Sheet<'_, '_>, rows: &[Dated]) {
        let texts = &self.layout.marks;
        let mark = |line| {
            let place = rows.binary_search_by_key(&line, |dated| sheet.table.line(dated.row)).ok()?;
            let row = rows.get(place)?;
            let cells = texts.iter().map(|&column| sheet.table.cell(row.row, column).unwrap_or(""));
            Some(cells.fold(0, marked))
        };
        let columns = self.layout.columns();
        for o in &builder.observations {
            let at = place(self.chunk, self.found.lines.saturating_add(o.line.number));
            let is_own = |column: &&Column| {
                column.measure == o.measure
                    && column.subject.is_none_or(|subject| subject as usize == o.subject)
                    && column.group.is_none_or(|group| Some(group as usize) == o.group)
            };
            let Some(column) = columns.iter().position(|column| is_own(&column)) else { continue };
            let decided = columns.get(column).copied().unwrap_or(Column::of(0));
            let own = &mut *self.gathered;
            let series = Series {
                subject: match decided.subject {
                    Some(_) => 0,
                    None => own.subjects.index(builder.subjects.get(o.subject), at),
                },
                group: match o.group.filter(|_| decided.group.is_none()) {
                    Some(group) => own.group(builder.groups.get(group), at) + 1,
                    None => 0,
                },
                kind: match builder.kinds.len() {
                    0 => 0,
                    _ => own.kinds.index(builder.kinds.get(o.kind), at),
                },
            };
            let (time, series) = (own.tally.time(o.time), own.tally.series(series));
            own.tally.turn_to(time, series, at);
            if let Some(mark) = mark(o.line.number).filter(|_| !texts.is_empty()) {
                own.tally.mark(mark, at);
            }
            own.tally.add(column, o.value, at);
        }
    }

    /// Whether a row is one of those to keep; its texts are known from then on.
    fn keeps(&mut self, sheet: &Sheet<'_, '_>, row: usize) -> bool {
        let mut keeps = true;
        for column in &self.layout.words {
            let Some((place, only)) = &column.only else { continue };
            // Past the end of a short row stands no text, though nothing is there as in an empty cell.
            let text = sheet.table.cell(row, column.column);
            if let (Some(text), Some(known)) = (text, self.gathered.only.get_mut(*place))
                && !known.contains(text)
            {
                known.insert(text.to_owned());
            }
            keeps &= only.iter().any(|only| cell::trimmed(only) == text.unwrap_or(""));
        }
        keeps
    }

    fn undated(&self, sheet: &Sheet<'_, '_>, row: usize, line: u32) -> Undated {
        let mut error = no_date_error(sheet, row, self.layout.date, self.layout.file);
        error.place.iter_mut().for_each(|place| place.move_down(self.found.lines));
        let text = sheet.table.cell(row, 0).unwrap_or("").to_owned();
        Undated { line, error, footer: is_footer(sheet, self.layout.roles, row), text }
    }

    fn check_constants(&mut self, sheet: &Sheet<'_, '_>, row: usize, line: u32) {
        for (column, (part, _)) in self.layout.parts.iter().enumerate() {
            let Part::Constant(text) = part else { continue };
            let found = sheet.table.cell(row, column).unwrap_or("");
            if found != text && !cell::is_missing(found) {
                let why = "another text in a column that held only one";
                self.found.unfit = self.found.unfit.or(Some(Unfit { line, why }));
            }
        }
    }
}

/// How many lines end in a text, as an editor counts them.
fn lines(text: &str) -> u32 {
    let bytes = text.as_bytes();
    let alone = |at: &usize| bytes.get(*at) == Some(&b'\n') || bytes.get(at + 1) != Some(&b'\n');
    narrow(memchr::memchr2_iter(b'\n', b'\r', bytes).filter(alone).count())
}
