//! The rows of a table to a dataset under construction: rows in memory and rows of a file in chunks are two sources of
//! one loop, and what becomes of their values is the sink's business.
//!
//! How dates and numbers are written is guessed by the first rows. All rows say whether that is right; if not, they
//! are read once more.

mod batch;
pub(crate) mod faults;
mod layout;
mod names;
mod part;
mod pass;
mod reader;
mod sink;
mod source;
pub(crate) mod stream;
mod summary;
mod texts;

use std::collections::BTreeSet;
use std::io;

use crate::data::build::aggregation::Aggregate;
use crate::data::build::builder::{Builder, Names};
use crate::data::build::events::Event;
use crate::data::cells::date_column::{self, Stand};
use crate::data::cells::dates::Style;
use crate::data::cells::numbers::Evidence;
use crate::data::model::findings::Findings;
use crate::data::read::values::{self, ValueColumn};
use crate::data::shape::plan::{Across, Roles};
use crate::data::shape::sheet::Sheet;
use crate::time::moment::Moment;

use layout::Layout;
use names::{Gathered, RowNames};
use pass::Passed;
use sink::Sink;
use summary::Contradiction;

/// Rows are read so often at most: as the first of them say, as all say, and once more because dates, numbers and
/// the end of the table may say so one after the other.
const ATTEMPTS: usize = 5;

/// So many rows are looked at to guess how dates and numbers are written.
const SAMPLE: usize = 500;

/// What the rows of a table come to.
pub(crate) struct Rows {
    pub(crate) builder: Builder,
    /// Rows that are counted themselves.
    pub(crate) events: Vec<Event>,
    /// The last date, its last line, and whether a column says that its period is not over.
    pub(crate) latest: Option<(Moment, u32, bool)>,
}

/// What the cells say of how dates and numbers are written.
struct Said {
    /// The texts of the column of dates, each once, in the order of the file.
    dates: Vec<(u32, String)>,
    /// What those of each column of numbers say.
    evidence: Vec<Evidence>,
}

/// All rows, as they were read with the right decisions.
struct Settled<'s> {
    said: Said,
    gathered: Gathered<'s>,
    names: RowNames<Names>,
    passed: Passed<'s>,
}

/// Reads the rows of a table that is held in memory.
pub(crate) fn read(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    flag: Option<usize>,
    how: Option<Aggregate>,
    findings: &mut Findings<'_>,
) -> Rows {
    let mut layout = Layout::new(sheet, roles, findings.file, how);
    layout.flag = flag;
    // Nothing speaks against what all rows were asked for, and memory can be read.
    match settle(&mut layout, |layout| Ok(pass::in_memory(layout))) {
        Ok(Ok(settled)) => finish(&layout, settled, findings),
        _ => Rows { builder: Builder::default(), events: Vec::new(), latest: None },
    }
}

/// Reads the rows until they were read as they say; or what speaks against the parts of the columns.
fn settle<'s>(
    layout: &mut Layout<'s, '_, '_>,
    mut pass: impl FnMut(&Layout<'s, '_, '_>) -> io::Result<Passed<'s>>,
) -> io::Result<Result<Settled<'s>, Contradiction>> {
    let mut said = guessed(layout);
    let mut settled: Option<Settled<'s>> = None;
    for _ in 0..ATTEMPTS {
        let (style, values, names) = decided(layout, &said);
        let end = settled.as_ref().and_then(|settled| settled.gathered.summary.end);
        let place = |value: &ValueColumn| (value.place, value.decimal);
        let same = style == layout.style && values.iter().map(place).eq(layout.values.iter().map(place));
        if let Some(settled) = settled.filter(|_| same && end == layout.end) {
            return Ok(Ok(Settled { said, ..settled }));
        }
        (layout.style, layout.values, (layout.subjects, layout.groups)) = (style, values, names);
        layout.end = end;
        let mut passed = pass(layout)?;
        let several = passed.readers.len() > 1;
        let (gathered, names) = Gathered::join(std::mem::take(&mut passed.readers))
            .unwrap_or_else(|| (Gathered::new(layout), RowNames::default()));
        if let Some(contradiction) = gathered.contradiction() {
            return Ok(Err(contradiction));
        }
        // Read in order, rows below the table are known as such at once.
        if layout.is_in_order() {
            layout.end = gathered.summary.end;
        }
        said = said.with(layout, &gathered, several);
        let nothing = Said { dates: Vec::new(), evidence: Vec::new() };
        settled = Some(Settled { said: nothing, gathered, names, passed });
    }
    Ok(settled.map(|settled| Settled { said, ..settled }).ok_or(Contradiction { line: 1, why: "its dates" }))
}

/// What the first rows say.
fn guessed(layout: &Layout<'_, '_, '_>) -> Said {
    let (sheet, located) = (layout.sheet, layout.sheet.located);
    let rows = located.first..located.block_end.min(located.first.saturating_add(SAMPLE));
    let cells = |column: usize| rows.clone().filter_map(move |row| sheet.table.cell(row, column));
    let of_column = |&column: &usize| {
        let mut evidence = Evidence::default();
        cells(column).for_each(|cell| evidence.join(Evidence::of(cell)));
        evidence
    };
    let mut dates: Vec<(u32, String)> = Vec::new();
    for cell in layout.roles.date.into_iter().flat_map(cells) {
        if dates.last().is_none_or(|(_, last)| last != cell) {
            dates.push((0, cell.to_owned()));
        }
    }
    Said { dates, evidence: layout.roles.values.iter().map(of_column).collect() }
}

impl Said {
    /// What all rows say; of columns that were not read, what was known of them.
    fn with(mut self, layout: &Layout<'_, '_, '_>, gathered: &Gathered<'_>, several: bool) -> Said {
        for (value, own) in layout.values.iter().zip(&gathered.evidence) {
            if let Some(evidence) = self.evidence.get_mut(value.place) {
                *evidence = *own;
            }
        }
        // Below a blank row may stand something else.
        let below = gathered.summary.below_blank.unwrap_or(u32::MAX);
        let mut dates: Vec<(u32, String)> =
            gathered.dates.iter().filter(|(line, _)| *line < below).cloned().collect();
        if several {
            dates.sort_unstable_by(|a, b| (&a.1, a.0).cmp(&(&b.1, b.0)));
            dates.dedup_by(|a, b| a.1 == b.1);
            dates.sort_unstable_by_key(|(line, _)| *line);
        }
        Said { dates, evidence: self.evidence }
    }
}

/// How dates and numbers are read, and the names that columns have.
fn decided(layout: &Layout<'_, '_, '_>, said: &Said) -> (Style, Vec<ValueColumn>, (Names, Names)) {
    let (mut builder, mut findings) = (Builder::default(), Findings::new(layout.file));
    let style = decide_dates(layout, said, &mut builder, &mut findings);
    let values = decide_values(layout, said, &mut builder, &mut findings);
    (style, values, (builder.subjects, builder.groups))
}

fn decide_dates(
    layout: &Layout<'_, '_, '_>,
    said: &Said,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Style {
    let Some(date) = layout.roles.date else { return Style::default() };
    let (roles, stand) = (layout.roles, Stand::Column(layout.sheet.name(date)));
    let cells = said.dates.iter().map(|(_, cell)| cell.as_str());
    let style = date_column::decide(cells.clone(), stand, roles.bare, &roles.said, findings);
    (builder.dates, builder.year_starts) =
        (date_column::order(cells.clone(), style), date_column::year_starts(cells, style));
    faults::check_said((builder.dates, builder.year_starts), stand, &roles.said, findings);
    style
}

fn decide_values(
    layout: &Layout<'_, '_, '_>,
    said: &Said,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Vec<ValueColumn> {
    values::decide(layout.sheet, layout.roles, &said.evidence, layout.delimiter, builder, findings)
}

/// Puts together and tells what the rows come to.
fn finish<'s>(layout: &Layout<'s, '_, '_>, settled: Settled<'s>, findings: &mut Findings<'_>) -> Rows {
    let Settled { said, mut gathered, names, .. } = settled;
    let roles = layout.roles;
    for (only, known) in roles.only.iter().zip(&gathered.only) {
        let known: BTreeSet<&str> = known.iter().map(String::as_str).collect();
        faults::check_only(layout.sheet, only, &known, findings);
    }
    let mut builder = Builder::default();
    decide_dates(layout, &said, &mut builder, findings);
    if roles.date.is_none() && roles.across != Across::Times {
        faults::tell_dateless(&roles.said, findings);
    }
    let mut summary = std::mem::replace(&mut gathered.summary, summary::Summary::new(layout.file));
    summary.settle();
    let of_rows = std::mem::replace(&mut summary.findings, Findings::new(layout.file));
    faults::tell_left_out(&mut summary, roles.date.is_some());
    findings.absorb(summary.findings);
    if !roles.values.is_empty() {
        let order = (builder.dates, builder.year_starts);
        decide_values(layout, &said, &mut builder, findings);
        (builder.dates, builder.year_starts) = (builder.dates.or(order.0), builder.year_starts.or(order.1));
        faults::tell_short(summary.short, findings);
    }
    findings.absorb(of_rows);
    let RowNames { subjects, groups, kinds, measures } = names;
    (builder.subjects, builder.groups, builder.kinds) = (subjects, groups, kinds);
    let mut events = Vec::new();
    match gathered.sink {
        Sink::All(all) => (builder.observations, events) = (all.observations, all.events),
        Sink::Grouped(aggregation) if !findings.failed() => {
            let columns = layout.columns();
            findings.note(aggregation.how().note(summary.rows, aggregation.count(&columns)));
            let line = |at| u32::try_from(at).unwrap_or(u32::MAX);
            builder.observations = aggregation.observations(&columns, line, &builder.subjects, findings);
        }
        Sink::Grouped(_) => {}
    }
    if roles.measured_by.is_some() {
        measured_by_rows(layout, &measures, &gathered.in_percent, &mut builder);
    }
    Rows { builder, events, latest: gathered.latest }
}

/// Gives observations their measures, where rows name them.
fn measured_by_rows(
    layout: &Layout<'_, '_, '_>,
    named: &Names,
    in_percent: &BTreeSet<(String, usize)>,
    builder: &mut Builder,
) {
    let mut places = Vec::new();
    for index in 0..named.len() {
        for (at, value) in layout.values.iter().enumerate() {
            let name = match layout.values.len() {
                1 => named.get(index).to_owned(),
                _ => format!("{}, {}", named.get(index), layout.sheet.name(value.column)),
            };
            let measure = builder.measures.index(&name);
            places.push(measure);
            if in_percent.contains(&(named.get(index).to_owned(), at)) {
                builder.in_percent.insert(measure);
            }
        }
    }
    for o in &mut builder.observations {
        o.measure = places.get(o.measure).copied().unwrap_or(0);
    }
}

#[cfg(test)]
mod tests;
