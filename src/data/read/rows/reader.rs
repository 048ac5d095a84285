//! The one loop over rows, wherever they are from: what each row is of, and what its cells say. Where its values go is
//! the sink's business.
//!
//! Nothing is decided of the columns here: that is the [`Layout`]. What the rows say of those decisions is gathered,
//! so that the caller can hold it against them. What is known of a text is asked once: all further rows only find
//! their texts again.

use super::batch::Batch;
use super::faults;
use super::layout::{Layout, Named};
use super::names::Gathered;
use super::part::Part;
use super::summary::{Contradiction, first};
use super::texts::{OPEN, Pairs, Texts, content, marked};
use crate::data::build::aggregation::Series;
use crate::data::cells::cell;
use crate::data::cells::dates;
use crate::data::model::findings::Finding;
use crate::data::read::named::kind_of;
use crate::data::rows::split::{Cell, Row, narrow};
use crate::data::rows::table::Table;
use crate::data::shape::date_parts;
use crate::data::shape::foreign_lines;
use crate::time::moment::Moment;

/// What texts mean that are no date: nothing, a sum of a year, or a part that a date cannot have.
const UNDATED: u32 = OPEN - 1;
const SUM: u32 = OPEN - 2;
const NO_PART: u32 = OPEN - 3;
/// Texts that name nobody.
const NAMELESS: u32 = OPEN - 1;
/// No number that is given out is as high.
const LEAST: u32 = OPEN - 8;

/// Texts of some columns that stand in one row, as one number.
#[derive(Default)]
struct Columns {
    first: Option<(usize, Texts)>,
    others: Vec<(usize, Texts, Pairs)>,
    /// What each of these numbers means.
    meanings: Vec<u32>,
}

impl Columns {
    fn new(columns: impl IntoIterator<Item = usize>) -> Self {
        let mut columns = columns.into_iter();
        let first = columns.next().map(|column| (column, Texts::default()));
        let others = columns.map(|column| (column, Texts::default(), Pairs::default())).collect();
        Columns { first, others, meanings: Vec::new() }
    }

    /// The number of what stands in a row, and what it means.
    #[inline(always)]
    fn of(&mut self, table: &Table<'_>, cells: &[Cell]) -> (usize, u32) {
        let mut all = match &mut self.first {
            Some((column, texts)) => text_in(texts, table, cells, *column),
            None => 0,
        };
        for (column, texts, pairs) in &mut self.others {
            let text = text_in(texts, table, cells, *column);
            all = pairs.index((narrow(all), narrow(text)));
        }
        (all, self.meanings.get(all).copied().unwrap_or(OPEN))
    }

    /// How many texts the first column has.
    fn count(&self) -> usize {
        self.first.as_ref().map_or(0, |(_, texts)| texts.len())
    }

    fn define(&mut self, all: usize, meaning: u32) {
        if self.meanings.len() <= all {
            self.meanings.resize(all + 1, OPEN);
        }
        if let Some(own) = self.meanings.get_mut(all) {
            *own = meaning;
        }
    }
}

/// The number of the text of a cell; of a row that ends before it, that of nothing.
#[inline(always)]
fn text_in(texts: &mut Texts, table: &Table<'_>, cells: &[Cell], column: usize) -> usize {
    match cells.get(column) {
        Some(&cell) => {
            let (bytes, start, end) = table.bytes(cell);
            texts.index(bytes, start, end)
        }
        None => texts.index(&[], 0, 0),
    }
}

/// One part of a table after the other on its way.
pub(super) struct Reader<'l, 's, 't, 'a> {
    layout: &'l Layout<'s, 't, 'a>,
    dates: Columns,
    names: Columns,
    only: Vec<Texts>,
    batch: Batch,
    gathered: Gathered<'s>,
    /// Whether a blank row stands before the row at hand, or before rows right above it that are left out.
    is_below_blank: bool,
    /// Whether the row at hand is below sums, in a table without dates.
    is_below_sums: bool,
    first_line: u32,
}

impl<'l, 's, 't, 'a> Reader<'l, 's, 't, 'a> {
    /// No rows yet, of a table whose first stands on this line.
    pub(super) fn new(layout: &'l Layout<'s, 't, 'a>, first_line: u32) -> Self {
        let names = layout.names.iter().map(|(column, _)| *column);
        let mut gathered = Gathered::new(layout);
        gathered.summary.end = layout.end;
        Reader {
            layout,
            dates: Columns::new(layout.dates.clone()),
            names: Columns::new(names),
            only: std::iter::repeat_with(Texts::default).take(layout.roles.only.len()).collect(),
            batch: Batch::new(layout),
            gathered,
            is_below_blank: false,
            is_below_sums: false,
            first_line,
        }
    }

    /// Reads the rows of a table, or of a further part of it, from one on.
    pub(super) fn read(&mut self, table: &Table<'_>, from: usize) {
        let mut part = Part::new(table, self.layout);
        if let Some(wrapped) = table.wrapped() {
            let findings = &mut self.gathered.summary.findings;
            findings.cells(Finding::Wrapped, wrapped.count, wrapped.line, &wrapped.text);
        }
        let is_plain = self.layout.is_plain();
        for at in from..table.len() {
            let Some(row) = table.at(at).filter(|row| row.line >= self.first_line) else { continue };
            if !(is_plain && self.plain_row(table, at, row)) {
                self.row(&mut part, at, row);
            }
            if self.batch.is_full() {
                self.put(&mut part);
            }
            if self.gathered.summary.contradiction.is_some() {
                break;
            }
        }
        self.put(&mut part);
    }

    /// What all rows came to.
    pub(super) fn gathered(mut self) -> Gathered<'s> {
        for (own, texts) in self.gathered.only.iter_mut().zip(&self.only) {
            own.extend(texts.all().map(content).map(str::to_owned));
        }
        self.gathered.evidence.clone_from(&self.batch.evidence);
        self.gathered
    }

    /// Whether something was found that speaks against how the table is read.
    pub(super) fn is_contradicted(&self) -> bool {
        self.gathered.summary.contradiction.is_some()
    }

    /// Takes note that the table cannot be read as its first rows say.
    pub(super) fn contradict(&mut self, line: u32, why: &'static str) {
        let found = Some(Contradiction { line, why });
        self.gathered.summary.contradiction = first(self.gathered.summary.contradiction, found);
    }

    fn put(&mut self, part: &mut Part<'_>) {
        let Gathered { sink, summary, in_percent, .. } = &mut self.gathered;
        self.batch.put(part, self.layout, sink, (summary, in_percent));
    }

    /// Takes a row that has as many cells as there are columns, all texts of which are known; false, and nothing
    /// counted, for any other.
    #[inline]
    fn plain_row(&mut self, table: &Table<'_>, at: usize, row: Row) -> bool {
        let cells = table.row(at);
        if cells.len() != self.layout.sheet.names.len() || row.after_blank || self.is_below_blank {
            return false;
        }
        let (_, time) = self.dates.of(table, cells);
        let (_, series) = self.names.of(table, cells);
        let summary = &mut self.gathered.summary;
        if time.max(series) >= LEAST || summary.end.is_some() || table.is_open(at) {
            return false;
        }
        summary.dated(row.line);
        summary.rows += 1;
        self.batch.push(at, row, cells.len(), super::sink::Read { time, series, line: row.line, mark: 0 });
        true
    }

    fn row(&mut self, part: &mut Part<'_>, at: usize, row: Row) {
        let table = part.table;
        if self.gathered.summary.end.is_some_and(|end| row.line >= end) {
            return self.rest(part, at, row);
        }
        if row.after_blank && row.line > self.first_line {
            let below = &mut self.gathered.summary.below_blank;
            *below = first(*below, Some(row.line));
        }
        let cells = table.row(at);
        if !self.layout.constants.is_empty() {
            self.check_constants(part, at, row.line);
        }
        let Some(date) = self.layout.dates.first() else { return self.undated_row(part, at, row) };
        let (all, mut time) = self.dates.of(table, cells);
        if time == OPEN {
            time = self.new_date(part, at, row.line, all);
        }
        let left_out = self.is_left_out(at);
        self.is_below_blank |= row.after_blank;
        if left_out || !self.keeps(table, cells) {
            self.is_below_blank &= left_out;
            return;
        }
        if time < LEAST && !table.is_open(at) {
            self.gathered.summary.dated(row.line);
            self.take(part, (at, row), time);
        } else {
            self.odd_row(part, (at, row), *date, time);
        }
        self.is_below_blank = false;
    }

    /// Takes a row that has no date, or is the last of a file that does not end it.
    #[cold]
    fn odd_row(&mut self, part: &mut Part<'_>, (at, row): (usize, Row), date: usize, time: u32) {
        let roles = self.layout.roles;
        let is_below_blank = self.is_below_blank;
        let sheet = part.sheet();
        let file = self.layout.file;
        let summary = &mut self.gathered.summary;
        if time == UNDATED && foreign_lines::is_comment(sheet, at, Some(date)) {
            summary.comments.add(row.line, sheet.table.cell(at, 0).unwrap_or(""));
        } else if time != UNDATED && !foreign_lines::is_cut(sheet, at, date) {
            summary.dated(row.line);
            match time {
                SUM => summary.sums.add(row.line, sheet.table.cell(at, 0).unwrap_or("")),
                NO_PART => {
                    let year = dates::parse(sheet.table.cell(at, date).unwrap_or(""), self.layout.style);
                    date_parts::tell_no_part(sheet, roles, at, year, &mut summary.findings);
                    let time = self.gathered.sink.time(year);
                    self.take(part, (at, row), time);
                }
                time => self.take(part, (at, row), time),
            }
        } else if is_below_blank {
            self.end_table(part, (at, row));
        } else {
            summary.is_told |=
                foreign_lines::of(sheet, at, date) == Some(foreign_lines::ForeignLine::Preamble);
            let footer = faults::is_footer(sheet, roles, at).then(|| faults::footer_text(sheet, at));
            summary.keep_undated(row.line, footer, || faults::no_date(sheet, roles, at, date, file));
        }
    }

    /// Ends the table at a row below a blank one: what follows is another.
    fn end_table(&mut self, part: &mut Part<'_>, (at, row): (usize, Row)) {
        self.gathered.summary.end = Some(row.line);
        if self.layout.is_in_order() {
            self.rest(part, at, row);
        }
    }

    /// Takes note of a row below the table.
    #[cold]
    fn rest(&mut self, part: &mut Part<'_>, at: usize, row: Row) {
        if self.is_left_out(at) && self.gathered.summary.rest.count == 0 {
            return;
        }
        let (column, file) = (faults::first_column(self.layout.roles), self.layout.file);
        let sheet = part.sheet();
        let summary = &mut self.gathered.summary;
        summary.rest.add(row.line, sheet.table.cell(at, 0).unwrap_or(""));
        if summary.begun.is_none()
            && let Some(foreign) =
                foreign_lines::of(sheet, at, column).filter(|foreign| foreign.begins_table())
        {
            summary.begun = Some((row.line, foreign_lines::told(foreign, sheet, at, column, file)));
        }
    }

    /// Takes a row of a table without dates.
    #[cold]
    fn undated_row(&mut self, part: &mut Part<'_>, at: usize, row: Row) {
        let left_out = self.is_left_out(at);
        if row.after_blank && row.line > self.first_line {
            self.gathered.summary.end = Some(row.line);
            return self.rest(part, at, row);
        }
        if left_out || !self.keeps(part.table, part.table.row(at)) {
            return;
        }
        let (roles, file) = (self.layout.roles, self.layout.file);
        let sheet = part.sheet();
        let summary = &mut self.gathered.summary;
        match faults::without_date(sheet, roles, at, &mut self.is_below_sums) {
            faults::Kind::Row => {
                if self.dates.meanings.is_empty() {
                    let time = self.gathered.sink.time(None);
                    self.dates.define(0, time);
                }
                let time = self.dates.meanings.first().copied().unwrap_or(0);
                self.take(part, (at, row), time);
            }
            faults::Kind::Comment => summary.comments.add(row.line, sheet.table.cell(at, 0).unwrap_or("")),
            faults::Kind::Footer => summary.footers.add(row.line, &faults::footer_text(sheet, at)),
            faults::Kind::ForeignLine(foreign) => {
                summary.is_told |= foreign == foreign_lines::ForeignLine::Preamble;
                summary.findings.fault(|| foreign_lines::told(foreign, sheet, at, 0, file));
            }
        }
    }

    /// Takes a row of data.
    fn take(&mut self, part: &mut Part<'_>, (at, row): (usize, Row), time: u32) {
        let (table, layout) = (part.table, self.layout);
        let cells = table.row(at);
        let (all, mut series) = self.names.of(table, cells);
        if series >= LEAST {
            series = self.new_series(part, at, row.line, all);
        }
        let width = layout.sheet.names.len();
        if cells.len() != width {
            if cells.len() > width {
                faults::too_wide(part.sheet(), at, &mut self.gathered.summary.findings);
            } else if series != NAMELESS {
                let lacks = layout.values.iter().any(|value| value.column >= cells.len());
                self.gathered.summary.short(row.line, lacks);
            }
        }
        if series == NAMELESS {
            return;
        }
        let idle = layout.idle.iter().map(|column| part.text(at, *column));
        let mark = idle.fold(0, marked);
        if let Some(flag) = layout.flag {
            let time = self.gathered.sink.moment(time);
            let is_open = cell::flag(part.text(at, flag)) == Some(true);
            self.gathered.latest = self.gathered.latest.max(time.map(|time| (time, row.line, is_open)));
        }
        self.gathered.summary.rows += 1;
        self.batch.push(at, row, cells.len(), super::sink::Read { time, series, line: row.line, mark });
    }

    fn is_left_out(&self, at: usize) -> bool {
        !self.layout.roles.left_out.rows.is_empty() && self.layout.roles.left_out.rows.contains(&at)
    }

    /// Whether a row is one of those to keep; its texts are known from then on.
    #[inline]
    fn keeps(&mut self, table: &Table<'_>, cells: &[Cell]) -> bool {
        let mut keeps = true;
        for ((column, kept), texts) in self.layout.roles.only.iter().zip(&mut self.only) {
            let known = texts.len();
            let text = text_in(texts, table, cells, *column);
            if text == known {
                let own = content(texts.raw(text));
                let is_kept = kept.iter().any(|kept| cell::trimmed(kept) == own);
                texts.define(text, u32::from(is_kept));
            }
            keeps &= texts.meaning(text) > 0;
        }
        keeps
    }

    fn check_constants(&mut self, part: &Part<'_>, at: usize, line: u32) {
        for (column, known) in &self.layout.constants {
            let found = part.text(at, *column);
            if found != known && !cell::is_missing(found) {
                let why = "another text in a column that held only one";
                return self.contradict(line, why);
            }
        }
    }

    /// The date of what the row at hand has in all columns that say when.
    #[cold]
    fn new_date(&mut self, part: &mut Part<'_>, at: usize, line: u32, all: usize) -> u32 {
        let (roles, style) = (self.layout.roles, self.layout.style);
        let date = self.layout.dates.first().copied().unwrap_or(0);
        let text = part.text(at, date);
        if self.dates.count() > self.gathered.dates.len() {
            self.gathered.dates.push((line, text.to_owned()));
        }
        let time = dates::parse(text, style);
        let time = match (time, roles.month) {
            (Some(year), Some(month)) => faults::month_of(year, part.text(at, month)),
            _ => time,
        };
        let meaning = match time {
            None => UNDATED,
            Some(_) if date_parts::is_sum(part.sheet(), roles, at) => SUM,
            Some(year) => match date_parts::completed(part.sheet(), roles, at, year) {
                Ok(time) => self.number_of(time),
                Err(_) => NO_PART,
            },
        };
        self.dates.define(all, meaning);
        meaning
    }

    fn number_of(&mut self, time: Moment) -> u32 {
        self.gathered.sink.time(Some(time))
    }

    /// The series of what the row at hand has in all columns that name it.
    #[cold]
    fn new_series(&mut self, part: &mut Part<'_>, at: usize, line: u32, all: usize) -> u32 {
        let (layout, table) = (self.layout, part.table);
        let text = |column: usize| table.cell(at, column).unwrap_or("");
        let mut series = Series { subject: 0, group: 0, kind: 0, measure: 0 };
        let names = &mut self.gathered.names;
        let mut owner = "";
        for &(column, named) in &layout.names {
            let own = text(column);
            match named {
                Named::Owner => owner = own,
                Named::Subject if own.is_empty() && !layout.roles.values.is_empty() => {
                    let sheet = part.sheet();
                    faults::no_name(sheet, at, column, &mut self.gathered.summary.findings);
                    return NAMELESS;
                }
                Named::Subject if layout.roles.distinct => {
                    let (index, renamed) = names.subjects.index_of_new(own, line);
                    series.subject = index;
                    if let Some(renamed) = renamed {
                        let findings = &mut self.gathered.summary.findings;
                        crate::data::read::values::tell_renamed("rows", own, &renamed, Some(line), findings);
                    }
                }
                Named::Subject if owner.is_empty() => series.subject = names.subjects.index(own, line),
                Named::Subject => series.subject = names.subjects.index(&format!("{owner}/{own}"), line),
                Named::Group => {
                    let own = if own.is_empty() { "(empty)" } else { own };
                    series.group = names.groups.index(own, line) + 1;
                }
                Named::Measure => series.measure = names.measures.index(own, line),
                Named::Kind => {}
            }
        }
        if !layout.roles.same.is_empty() {
            series.kind = names.kinds.index(&kind_of(layout.sheet, layout.roles, text), line);
        }
        let known = self.gathered.sink.series(series);
        if !layout.roles.distinct {
            self.names.define(all, known);
        }
        known
    }
}
