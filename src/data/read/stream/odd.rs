//! Rows that are not plain: quotes within quotes, blanks, numbers in groups, gaps, too many cells. They are
//! split and read by what reads whole files, so that a cell means the same wherever it stands.

use super::found::{Found, Undated, Unfit};
use super::layout::{Layout, Part, marked};
use super::words::narrow;
use crate::data::build::builder::Builder;
use crate::data::build::tally::Key;
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
}

impl Odd<'_, '_, '_, '_> {
    /// Reads whole rows of any kind.
    pub(super) fn read(&mut self, text: &str) {
        let mut findings = Findings::new(self.layout.file);
        match Table::read(self.layout.file, text, self.layout.delimiter, usize::MAX) {
            Err(fault) => findings.fault(|| fault),
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
            self.found.dates.of(cell);
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
        for (value, evidence) in self.layout.values.iter().zip(&mut self.found.evidence) {
            let cells = dated.iter().filter_map(|dated| table.cell(dated.row, value.column));
            cells.for_each(|cell| evidence.join(Evidence::of(cell)));
        }
        let mut builder = Builder::default();
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
        let texts: Vec<usize> = (0..)
            .zip(&self.layout.parts)
            .filter(|(_, (part, _))| *part == Part::Text)
            .map(|(column, _)| column)
            .collect();
        let mark = |line| {
            let place = rows.binary_search_by_key(&line, |dated| sheet.table.line(dated.row)).ok()?;
            let row = rows.get(place)?;
            let cells = texts.iter().map(|&column| sheet.table.cell(row.row, column).unwrap_or(""));
            Some(cells.fold(0, marked))
        };
        let found = &mut *self.found;
        for o in &builder.observations {
            let subject = found.subjects.index(builder.subjects.get(o.subject));
            let group = o.group.map_or(0, |group| found.groups.index(builder.groups.get(group)) + 1);
            let key = Key { time: o.time, subject: narrow(subject), group: narrow(group), kind: 0 };
            let place = found.tally.place(key, found.lines.saturating_add(o.line.number));
            if !texts.is_empty() && !mark(o.line.number).is_none_or(|mark| found.tally.marks_as(place, mark))
            {
                found.told_apart(found.lines.saturating_add(o.line.number));
            }
            found.tally.add(place, o.measure, o.value);
        }
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
