//! A workbook to a dataset under construction: which of its sheets is meant, and its rows as those of any table.

use crate::diag::{self, Place, listed, nearest, quoted};

use crate::data::build::aggregation::Aggregate;
use crate::data::build::builder::Builder;
use crate::data::model::columns::{Columns, set};
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::model::format;
use crate::data::read::delimited;
use crate::data::rows::dialect;
use crate::data::rows::table::Table;
use crate::data::rows::workbook::Workbook;
use crate::data::shape::locate;

/// A sheet as a table.
struct Page {
    name: String,
    is_hidden: bool,
    table: Table<'static>,
    uncounted: Option<u32>,
}

/// Reads the sheet that is named, or the one that has data; `None` after a fault. Gives its table for who shows lines
/// of it.
pub(crate) fn read(
    workbook: Workbook,
    (columns, how): (&Columns, Option<Aggregate>),
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> (Option<Builder>, Option<Table<'static>>) {
    let format = workbook.format;
    let Some(page) = chosen(workbook, columns, findings) else { return (None, None) };
    findings.sheet = Some(page.name.clone());
    if page.uncounted.is_some() {
        let message = "formulas have no values, from this row on, which leaves gaps";
        let hint = "open the file in a spreadsheet program and save it, which counts them";
        findings.warn("uncounted-formulas", page.uncounted, message, hint);
    }
    let builder = match page.table.pasted().filter(|text| dialect::delimiter(text).is_some()) {
        Some(text) => {
            findings.note("Each row stands in one cell of the sheet; took it apart.");
            let builder = delimited::read(&text, (columns, how), facts, findings);
            findings.drop_columns();
            builder
        }
        None => delimited::read_rows(&page.table, (columns, how), facts, findings),
    };
    if facts.format == format::CSV {
        facts.format = format;
    }
    facts.reading.sheet = Some(page.name.clone());
    facts.sheet = Some(page.name);
    (facts.delimiter, facts.reading.delimiter) = (None, None);
    (builder, Some(page.table))
}

/// The table that [`read`] reads of a workbook.
pub(crate) fn table(workbook: Workbook, columns: &Columns) -> Option<Table<'static>> {
    chosen(workbook, columns, &mut Findings::new("")).map(|page| page.table)
}

fn chosen(workbook: Workbook, columns: &Columns, findings: &mut Findings<'_>) -> Option<Page> {
    let mut pages: Vec<Page> = workbook
        .grids
        .into_iter()
        .map(|mut grid| Page {
            name: std::mem::take(&mut grid.name),
            is_hidden: grid.is_hidden,
            uncounted: grid.uncounted,
            table: Table::of_grid(grid),
        })
        .collect();
    let index = match &columns.sheet {
        Some(name) => named(&pages, name, columns, findings),
        None => with_data(&pages, findings),
    }?;
    (index < pages.len()).then(|| pages.swap_remove(index))
}

/// The sheet of a name.
fn named(pages: &[Page], name: &str, columns: &Columns, findings: &mut Findings<'_>) -> Option<usize> {
    let wanted = name.trim().to_lowercase();
    let found = pages.iter().position(|page| page.name == name);
    let found = found.or_else(|| pages.iter().position(|page| page.name.trim().to_lowercase() == wanted));
    if found.is_none() {
        let (file, names) = (findings.file, || pages.iter().map(|page| page.name.as_str()));
        findings.fault(|| {
            let error = diag::error("unknown-sheet", format!("unknown sheet {} in {file}", quoted(name)))
                .at(columns.place_of("sheet", Place::file(file)));
            match nearest(name, names()) {
                Some(near) => error.hint(format!("did you mean {}?", listed([near]))),
                None => error.hint(format!("the sheets are {}", listed(names().take(40)))),
            }
        });
    }
    found
}

/// The first sheet that has data, those that nobody sees last.
fn with_data(pages: &[Page], findings: &mut Findings<'_>) -> Option<usize> {
    let has_data = |page: &Page| locate::locate(&page.table).is_some() && page.table.cell_count() > 1;
    let mut found: Vec<usize> = (0..pages.len()).filter(|&at| pages.get(at).is_some_and(has_data)).collect();
    found.sort_by_key(|&at| pages.get(at).is_some_and(|page| page.is_hidden));
    let names = |of: &[usize]| listed(of.iter().filter_map(|&at| Some(pages.get(at)?.name.as_str())));
    match (found.as_slice(), pages) {
        // Whatever is wrong with the only sheet is told of its table.
        ([], [_]) => Some(0),
        ([], _) => {
            let place = Place::file(findings.file);
            let all: Vec<usize> = (0..pages.len()).collect();
            let hint = match pages {
                [] => "look whether it is complete".to_owned(),
                _ => format!("the sheets are {}", names(&all)),
            };
            findings.fault(|| {
                diag::error("no-numbers", "expected a sheet with numbers, found none").at(place).hint(hint)
            });
            None
        }
        ([only], _) => {
            let others: Vec<usize> = (0..pages.len()).filter(|at| at != only).collect();
            if !others.is_empty() {
                let verb = if others.len() == 1 { "has" } else { "have" };
                findings.note(format!("Read sheet {}; {} {verb} no table.", names(&[*only]), names(&others)));
            }
            Some(*only)
        }
        ([first, others @ ..], _) => {
            let verb = if others.len() == 1 { "has" } else { "have" };
            let message = format!("read sheet {}; {} {verb} data, too", names(&[*first]), names(others));
            let hint = format!("to read another, {}", set("sheet", "…"));
            findings.warn("several-sheets", None, message, &hint);
            Some(*first)
        }
    }
}
