//! Delimited text to a dataset under construction: the order in which everything is found out.

use crate::diag::{self, Diagnostic, Place, quoted};
use crate::time::moment::Moment;

use crate::data::build::aggregation::Aggregate;
use crate::data::build::builder::{Builder, Names};
use crate::data::build::events::{self, Counted, Event};
use crate::data::cells::{numbers, step, words};
use crate::data::formats;
use crate::data::formats::signature::Known;
use crate::data::model::columns::{self, Columns};
use crate::data::model::completeness::Completeness;
use crate::data::model::facts::{Facts, Shape};
use crate::data::model::findings::Findings;
use crate::data::model::format::{self, Format};
use crate::data::model::observation::{Observation, Value};
use crate::data::model::writing::{Delimiter, Header, ValueColumns};
use crate::data::read::reading;
use crate::data::read::rows::{self, Rows, faults};
use crate::data::read::words_table;
use crate::data::rows::table::Table;
use crate::data::rows::{dialect, pasted};
use crate::data::shape::plan::{Habits, Roles, Who};
use crate::data::shape::sheet::{Holds, Sheet};
use crate::data::shape::{foreign_lines, locate, roles};

/// Reads a text into observations and facts; `None` after a fault.
pub(crate) fn read(
    text: &str,
    (columns, how): (&Columns, Option<Aggregate>),
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    let Some(opened) = pasted::opened(text) else { return read_text(text, (columns, how), facts, findings) };
    findings.note("Each row stands in one cell of the file; took it apart.");
    let builder = read_text(&opened, (columns, how), facts, findings);
    findings.drop_columns();
    builder
}

fn read_text(
    text: &str,
    (columns, how): (&Columns, Option<Aggregate>),
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    let delimiter = match columns.delimiter {
        Some(Delimiter(sign)) if memchr::memchr(sign, text.as_bytes()).is_none() => {
            let file = findings.file;
            findings.fault(|| columns.unsuited("delimiter", "no line has it", file));
            return None;
        }
        said => said.map(|Delimiter(sign)| sign).or_else(|| dialect::delimiter(text)),
    };
    facts.delimiter = delimiter.map(char::from);
    // Without any delimiter every line is a cell, whatever the table is told.
    let delimiter = delimiter.unwrap_or(b',');
    let table = match Table::read(findings.file, text, delimiter, usize::MAX) {
        Ok(table) => table,
        Err(fault) => {
            findings.fault(|| fault);
            return None;
        }
    };
    read_rows(&table, (columns, how), facts, findings)
}

/// Reads rows of cells, wherever they are from.
pub(crate) fn read_rows(
    table: &Table<'_>,
    (columns, how): (&Columns, Option<Aggregate>),
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    facts.format = format::CSV;
    if columns.values_are == Some(ValueColumns::Words) {
        return words_table::read(table, columns, facts, findings);
    }
    let located = match columns.header {
        Some(header) => locate::below(table, header),
        None => locate::locate(table),
    };
    let Some(located) = located.filter(|_| table.cell_count() > 1) else {
        match columns.header {
            Some(header) => no_header(header, columns, findings),
            None => no_data(table, findings),
        }
        return None;
    };
    let mut sheet = Sheet::new(table, located);
    let plan = plan(&mut sheet, columns, facts, findings)?;
    let rows = rows::read(&sheet, &plan.roles, formats::flag_column(&sheet), how, findings);
    Some(conclude(&plan, &sheet, (rows, how), facts, findings))
}

/// How the rows of a table are read, by its head.
pub(crate) struct Plan {
    /// Which column plays which part.
    pub(crate) roles: Roles,
    /// Whether the subject is named by the user, or by what is known of the format.
    pub(crate) is_named: bool,
    format: &'static Format,
    /// When the file was made, where its name tells.
    made: Option<Moment>,
}

/// Finds out how the rows of a table are read, and tells it; `None` where nobody can know.
pub(crate) fn plan(
    sheet: &mut Sheet<'_, '_>,
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Plan> {
    if has_rows_above(sheet, findings) {
        return None;
    }
    tell_place(sheet, facts, findings);
    if let (Some(Header::None), Some(line)) = (columns.header, facts.header_line) {
        let why = format!("line {line} names the columns, with another delimiter between the names");
        let file = findings.file;
        findings.fault(|| columns.unsuited("header", &why, file));
        return None;
    }
    let known = formats::recognise(sheet, findings);
    if known.is_none() && columns.header != Some(Header::None) {
        tell_headless(sheet, findings);
    }
    let (format, known) = known.unwrap_or((format::CSV, Known::default()));
    (facts.format, facts.last_period) = (format, format.last_period);
    (facts.region, facts.span) = (known.region.clone(), known.span.clone());
    known.note.into_iter().for_each(|note| findings.note(note));
    let habits = Habits { wide: known.wide, distinct_rows: formats::has_distinct_rows(sheet) };
    let columns = known.filled(columns);
    let roles = roles::choose(sheet, &columns, habits, findings)?;
    if roles.date.is_none() {
        facts.last_period = Completeness::Whole;
    }
    tell_empty(sheet, &roles, findings);
    facts.shape = Some(shape_of(&roles));
    facts.decisions = roles.decisions(sheet);
    tell_dates(sheet, &roles, facts);
    Some(Plan { roles, is_named: columns.subject.is_some(), format, made: known.made })
}

/// What only all observations say of how they were read, and of what their source is known to do.
pub(crate) fn conclude(
    plan: &Plan,
    sheet: &Sheet<'_, '_>,
    (rows, how): (Rows, Option<Aggregate>),
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Builder {
    let Rows { mut builder, events, latest } = rows;
    if plan.roles.values.is_empty() {
        count_events(sheet, &plan.roles, &events, &mut builder, facts, findings);
        if let Some(how) = how {
            builder.aggregate(how, findings);
        }
    }
    reading::tell(sheet, &plan.roles, &builder, facts);
    if plan.roles.date.is_some() && plan.format.last_period == Completeness::Unsure {
        let (found, because) = completeness(plan.format, plan.made, &builder);
        (facts.last_period, facts.last_period_because) = (found, because.into());
    }
    if let Some(flags) = formats::flag_column(sheet) {
        let is_open = latest.is_some_and(|(.., is_open)| is_open);
        facts.last_period = if is_open { Completeness::Partial } else { Completeness::Whole };
        facts.last_period_because = format!("column `{}` says so", sheet.name(flags));
    }
    renamed(builder, facts.format.measure)
}

/// That a table cannot begin where it is said to.
fn no_header(header: Header, columns: &Columns, findings: &mut Findings<'_>) {
    let why = match header {
        Header::Line(line) => format!("no row begins on line {line}, or none follows"),
        Header::None => "it has no row".to_owned(),
    };
    let file = findings.file;
    findings.fault(|| columns.unsuited("header", &why, file));
}

/// Values whose column names do not say what they are, and what they are.
fn renamed(builder: Builder, measure: Option<&str>) -> Builder {
    let Some(measure) = measure else { return builder };
    let mut measures = Names::default();
    measures.index(measure);
    Builder { measures, ..builder }
}

/// Tells how dates are written. Of rows that all count from one date to one other, both are the time they are of.
fn tell_dates(sheet: &Sheet<'_, '_>, roles: &Roles, facts: &mut Facts) {
    facts.years = roles.in_years(sheet);
    let Some(from) = roles.date.filter(|&date| words::is_start(sheet.title(date))) else { return };
    let Some(to) = sheet.holding(Holds::Dates).into_iter().find(|&other| words::is_end(sheet.title(other)))
    else {
        return;
    };
    let only = |column: usize| {
        let mut cells = (sheet.located.first..sheet.located.block_end)
            .filter_map(|row| sheet.table.cell(row, column))
            .filter(|cell| !cell.is_empty());
        let first = cells.next()?;
        cells.all(|cell| cell == first).then_some(first)
    };
    if let (Some(from), Some(to)) = (only(from), only(to)) {
        facts.span = Some(format!("{from} - {to}"));
    }
}

/// What the rows of a table are, as [`Facts::shape`] names it.
fn shape_of(roles: &Roles) -> Shape {
    match roles.who {
        _ if roles.values.is_empty() => Shape::Events,
        Who::Header => Shape::Wide,
        Who::Cell(_) => Shape::Long,
        Who::Only(_) => Shape::Single,
    }
}

/// Counts rows that are events.
fn count_events(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    events: &[Event],
    builder: &mut Builder,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) {
    facts.last_period = Completeness::Unsure;
    if let Some(fault) = two_delimiters(sheet.table, findings.file) {
        findings.fault(|| fault);
    }
    if let Who::Only(name) = &roles.who {
        builder.subjects.index(name);
    }
    let mut measure = "events";
    if let Some((format, (counted, note))) = roles.date.and_then(|date| formats::of_events(sheet.name(date)))
    {
        (facts.format, measure) = (format, counted);
        findings.note(note);
    }
    let measure = builder.measures.index(measure);
    events::count(events, Counted::Each, measure, builder, findings);
}

/// Tells of columns that the file names but never fills.
fn tell_empty(sheet: &Sheet<'_, '_>, roles: &Roles, findings: &mut Findings<'_>) {
    let empty = sheet.holding(Holds::Nothing);
    let named = |column: &&usize| !sheet.title(**column).is_empty() && !roles.values.contains(column);
    let names: Vec<&str> = empty.iter().filter(named).map(|&column| sheet.name(column)).collect();
    if !names.is_empty() {
        let verb = if names.len() == 1 { "holds" } else { "hold" };
        findings.note(format!("Left out {}, which {verb} nothing.", crate::diag::listed(names)));
    }
}

/// Whether the last period was counted whole in a file that was made at some moment, and how that is known.
fn completeness(format: &Format, made: Option<Moment>, builder: &Builder) -> (Completeness, &'static str) {
    let moments: Vec<_> = builder.observations.iter().filter_map(|o| o.time).collect();
    let last = moments.iter().max().copied();
    let step = step::of(moments);
    let counted = |o: &Observation| o.time == last && o.value != Value::Missing;
    match (builder.observations.iter().any(counted), format.ends_empty) {
        (true, _) => {}
        (false, true) => return (Completeness::Partial, "it has no value yet"),
        (false, false) => return (Completeness::Whole, "it has no value"),
    }
    match (made, last, step) {
        (Some(made), Some(last), Some(step)) if step::is_running(last, step, made) => {
            (Completeness::Partial, "the file's name says that it was made within it")
        }
        (Some(_), Some(_), Some(_)) => {
            (Completeness::Whole, "the file's name says that it was made after it")
        }
        _ => (Completeness::Unsure, ""),
    }
}

/// Tells what stands above the header.
fn tell_place(sheet: &Sheet<'_, '_>, facts: &mut Facts, findings: &mut Findings<'_>) {
    facts.preamble_lines = sheet.table.line(sheet.top) - 1;
    let apart = sheet.located.header.is_none() && sheet.has_titles();
    if apart {
        findings.note("The names of the columns have another delimiter between them than the rows.");
    }
    let header = sheet.located.header.or(apart.then_some(sheet.top));
    facts.header_line = header.map(|row| sheet.table.line(row));
    if sheet.top > 0 {
        let text = sheet.table.cell(0, 0).unwrap_or("");
        let lines = if facts.preamble_lines == 1 {
            "1 line".into()
        } else {
            format!("{} lines", facts.preamble_lines)
        };
        findings.note(format!("Skipped {lines} above the table: {}.", quoted(text)));
    }
    if let Some(header) = sheet.located.header.filter(|_| sheet.title(0).is_empty())
        && sheet.table.filled(header) + 1 == sheet.names.len()
        && sheet.table.cell(header, 0).is_some_and(|title| !title.is_empty())
    {
        findings.note(
            "Each row has one cell more than the header; took its first as the row's name, as R writes it.",
        );
    }
    let between = sheet.located.header.map(|header| header + 1).filter(|&row| row < sheet.located.first);
    if let Some(row) =
        between.filter(|&row| sheet.table.cells(row).any(|cell| cell.contains(char::is_alphabetic)))
    {
        let text = sheet.table.cell(row, 1).or_else(|| sheet.table.cell(row, 0)).unwrap_or("");
        findings.note(format!("Skipped line {} below the header: {}.", sheet.table.line(row), quoted(text)));
    }
}

/// Tells that columns have no names.
fn tell_headless(sheet: &Sheet<'_, '_>, findings: &mut Findings<'_>) {
    if sheet.has_titles() || sheet.names.len() < 2 {
        return;
    }
    let names = crate::diag::listed(sheet.names.iter().take(8));
    let more = if sheet.names.len() > 8 { ", …" } else { "" };
    let message = format!("missing a header; the columns are called {names}{more}");
    let line = Some(sheet.table.line(sheet.located.first));
    let hint = format!("add a first line that names the columns, or {}", columns::set("header", "none"));
    findings.warn("missing-header", line, message, &hint);
}

/// Tells of rows above the data whose cells have another delimiter between them: they are no preamble, and where
/// the data are is then not known.
fn has_rows_above(sheet: &Sheet<'_, '_>, findings: &mut Findings<'_>) -> bool {
    let (table, width) = (sheet.table, sheet.names.len());
    let other = |row: usize| {
        let text = table.cell(row, 0).filter(|_| table.width(row) < width)?;
        foreign_lines::second_delimiter(text, table.delimiter(), |_| usize::MAX).map(|other| (row, other))
    };
    let file = findings.file;
    for (row, other) in (0..sheet.located.first).filter_map(other) {
        findings
            .fault(|| foreign_lines::two_delimiters(table.delimiter(), other).at(table.place(file, row, 0)));
    }
    let narrow =
        foreign_lines::narrow_rows(sheet, file).map(|fault| two_delimiters(table, file).unwrap_or(fault));
    if let Some(fault) = narrow.or_else(|| other_below(sheet, file)) {
        findings.fault(|| fault);
    }
    findings.failed()
}

/// That cells are several values with another delimiter between them, which stands between names of the header, too.
fn other_below(sheet: &Sheet<'_, '_>, file: &str) -> Option<Diagnostic> {
    let table = sheet.table;
    let is_above = |other: char| (0..sheet.names.len()).any(|column| sheet.title(column).contains(other));
    let several = |row: usize| {
        // A decimal comma is part of a number.
        let mut cells = table.cells(row).enumerate().filter(|(_, cell)| !numbers::is_number(cell));
        cells.find_map(|(column, cell)| {
            let other = faults::two_delimiters(cell, table.delimiter()).filter(|other| is_above(*other))?;
            Some((row, column, other))
        })
    };
    let rows = sheet.located.first..sheet.located.block_end.min(sheet.located.first.saturating_add(20));
    let found: Vec<(usize, usize, char)> = rows.clone().filter_map(several).collect();
    let (row, column, other) = found.first().copied().filter(|_| found.len() * 2 > rows.len())?;
    Some(foreign_lines::two_delimiters(table.delimiter(), other).at(table.place(file, row, column)))
}

/// That a cell is several cells with another delimiter between them.
fn two_delimiters(table: &Table<'_>, file: &str) -> Option<Diagnostic> {
    let (row, column, other) = (0..table.len()).filter(|row| table.width(*row) > 1).find_map(|row| {
        let mut cells = table.cells(row).enumerate().filter(|(_, cell)| cell.len() > 2);
        cells.find_map(|(column, cell)| Some((row, column, faults::two_delimiters(cell, table.delimiter())?)))
    })?;
    Some(foreign_lines::two_delimiters(table.delimiter(), other).at(table.place(file, row, column)))
}

/// Why a table without dates and numbers cannot be read.
fn no_data(table: &Table<'_>, findings: &mut Findings<'_>) {
    if table.cell_count() == 1 && locate::locate(table).is_some() {
        let place = table.place(findings.file, 0, 0);
        return findings.fault(|| {
            let error = diag::error("single-cell", "expected a table, found a single cell").at(place);
            error.hint("add a first line that names the columns, and a row for each date or subject")
        });
    }
    let place = Place::file(findings.file);
    let rows = || 0..table.len();
    if let Some(fault) = two_delimiters(table, findings.file) {
        return findings.fault(|| fault);
    }
    findings.fault(|| {
        let wide = rows().filter(|&row| table.width(row) > 1).count();
        if wide == 1 && table.width(table.len() - 1) > 1 {
            return diag::error("no-rows", "expected rows below the header, found none")
                .at(place)
                .hint("look whether the export is complete");
        }
        if rows().all(|row| table.width(row) < 2) {
            return diag::error("no-columns", "expected a table, found text without columns")
                .at(place)
                .hint("separate the cells with commas, semicolons or tabs, or say with `delimiter` (`--delimiter`) what does");
        }
        roles::no_numbers().at(place)
    });
}
