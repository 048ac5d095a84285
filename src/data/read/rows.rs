//! Which rows of a sheet are data: those that `only` keeps, up to where the table ends. Sums, remarks and
//! further tables below are left out and told; a row within the data that has no date is a fault.

use std::collections::BTreeSet;

use crate::diag::{self, Diagnostic, nearest, quoted};
use crate::time::moment::Moment;

use crate::data::cells::calendar;
use crate::data::cells::date_column::{self, Stand};
use crate::data::cells::dates;
use crate::data::cells::fragment;
use crate::data::cells::{numbers, words};
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::model::writing::DateOrder;
use crate::data::shape::plan::{Across, Dated, Roles, Who};
use crate::data::shape::sheet::Sheet;
use crate::data::shape::strays::{self, Stray};

/// The rows of data, the order of day, month and year in them, and the month that their fiscal years begin with.
pub(crate) fn of(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    findings: &mut Findings<'_>,
) -> (Vec<Dated>, (Option<DateOrder>, Option<u8>)) {
    for only in &roles.only {
        let rows = sheet.located.first..sheet.table.len();
        let known = rows.filter_map(|row| sheet.table.cell(row, only.0)).collect();
        check_only(sheet, only, &known, findings);
    }
    match roles.date {
        Some(column) => dated(sheet, roles, column, findings),
        None => {
            if roles.across != Across::Times {
                let said = [
                    ("dates", roles.said.dates.is_some()),
                    ("year_starts", roles.said.year_starts.is_some()),
                ];
                for (key, _) in said.into_iter().filter(|(_, said)| *said) {
                    let file = findings.file;
                    findings.fault(|| roles.said.unsuited(key, "it has no column of dates", file));
                }
            }
            (undated(sheet, roles, findings), (None, None))
        }
    }
}

/// Whether a blank row stands before this one, or before rows right above it that are left out.
fn is_below_blank(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize) -> bool {
    let above = (0..row).rev().take_while(|above| roles.left_out.rows.contains(above));
    std::iter::once(row).chain(above).any(|row| sheet.table.after_blank(row))
}

fn keeps(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize) -> bool {
    let fits = |(column, texts): &(usize, Vec<String>)| {
        let cell = sheet.table.cell(row, *column).unwrap_or("");
        texts.iter().any(|text| crate::data::cells::cell::trimmed(text) == cell)
    };
    !roles.left_out.rows.contains(&row) && roles.only.iter().all(fits)
}

/// A text to keep that no row has is a slip of the pen; the column's texts are known.
pub(crate) fn check_only(
    sheet: &Sheet<'_, '_>,
    (column, texts): &(usize, Vec<String>),
    known: &BTreeSet<&str>,
    findings: &mut Findings<'_>,
) {
    for text in texts.iter().filter(|text| !known.contains(crate::data::cells::cell::trimmed(text))) {
        let name = sheet.name(*column);
        let place = crate::diag::Place::file(findings.file).in_field(name);
        findings.fault(|| {
            let error =
                diag::error("unmatched-only", format!("no row has {} in column `{name}`", quoted(text)))
                    .at(place);
            match nearest(text, known.iter().copied()) {
                Some(near) => error.hint(format!("did you mean \"{near}\"?")),
                None => {
                    let shown: Vec<String> = known.iter().take(10).map(|text| quoted(text)).collect();
                    let more = if known.len() > shown.len() { ", …" } else { "" };
                    error.hint(format!("the column holds {}{more}", shown.join(", ")))
                }
            }
        });
    }
}

fn dated(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    column: usize,
    findings: &mut Findings<'_>,
) -> (Vec<Dated>, (Option<DateOrder>, Option<u8>)) {
    let table = sheet.table;
    let block = sheet.located.first..sheet.located.block_end;
    let cells = block.map(|row| table.cell(row, column).unwrap_or(""));
    let stand = Stand::Column(sheet.name(column));
    let style = date_column::decide(cells.clone(), stand, roles.bare, &roles.said, findings);
    let order = date_column::order(cells.clone(), style);
    let year_starts = date_column::year_starts(cells, style);
    check_said((order, year_starts), stand, &roles.said, findings);
    let mut rows = Vec::with_capacity(table.len() - sheet.located.first);
    let (mut undated, mut comments) = (Vec::new(), Vec::new());
    let mut last: Option<(&str, Option<Moment>)> = None;
    for row in (sheet.located.first..table.len()).filter(|&row| keeps(sheet, roles, row)) {
        let cell = table.cell(row, column).unwrap_or("");
        let time = match last {
            Some((before, time)) if before == cell => time,
            _ => dates::parse(cell, style),
        };
        last = Some((cell, time));
        let time = match (time, roles.month) {
            (Some(year), Some(month)) => month_of(year, table.cell(row, month).unwrap_or("")),
            _ => time,
        };
        if time.is_none() && strays::is_comment(sheet, row, Some(column)) {
            comments.push(row);
        } else if time.is_some() && !strays::is_cut(sheet, row, column) {
            undated.drain(..).for_each(|row| no_date(sheet, roles, row, column, findings));
            rows.push(Dated { row, time });
        } else if is_below_blank(sheet, roles, row) {
            let begun = undated.iter().any(|&row| strays::of(sheet, row, column) == Some(Stray::Preamble));
            if !begun {
                tell_rest(sheet, row, column, findings);
            }
            break;
        } else {
            undated.push(row);
        }
    }
    let (footers, faults): (Vec<usize>, Vec<usize>) =
        undated.into_iter().partition(|&row| is_footer(sheet, roles, row));
    faults.into_iter().for_each(|row| no_date(sheet, roles, row, column, findings));
    tell_comments(sheet, &comments, findings);
    tell_footers(sheet, &footers, findings);
    (rows, (order, year_starts))
}

/// What no date of a column can have was said of another file.
pub(crate) fn check_said(
    (order, year_starts): (Option<DateOrder>, Option<u8>),
    stand: Stand<'_>,
    said: &Columns,
    findings: &mut Findings<'_>,
) {
    if said.year_starts.is_some() && year_starts.is_none() {
        let why = format!("no date of {stand} is a fiscal year");
        let file = findings.file;
        findings.fault(|| said.unsuited("year_starts", &why, file));
    }
    if let Some(said_order) = said.dates.filter(|said| order != Some(*said)) {
        let begins = if said_order == DateOrder::YearFirst { "a year" } else { "day and month" };
        let why = format!("no date of {stand} begins with {begins} in numbers");
        let file = findings.file;
        findings.fault(|| said.unsuited("dates", &why, file));
    }
}

/// The month of a year that stands in another cell.
fn month_of(year: Moment, month: &str) -> Option<Moment> {
    let year = u32::try_from(year.date().year()).ok()?;
    calendar::day(year, month.parse().ok()?, 1)
}

fn no_date(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize, column: usize, findings: &mut Findings<'_>) {
    let file = findings.file;
    findings.fault(|| {
        let mut error = no_date_error(sheet, row, column, file);
        let is_pair = sheet.table.cell(row, column).is_some_and(|cell| dates::small_pair(cell).is_some());
        if let Some(said) = roles.said.dates.filter(|_| is_pair) {
            error.hints = vec![format!("correct it, or the key `dates`, which is \"{}\"", said.name())];
        }
        error
    });
}

/// What is wrong with a row within the data that has no date.
pub(crate) fn no_date_error(sheet: &Sheet<'_, '_>, row: usize, column: usize, file: &str) -> Diagnostic {
    if let Some(stray) = strays::of(sheet, row, column) {
        return strays::told(stray, sheet, row, column, file);
    }
    let error = match sheet.table.cell(row, column).unwrap_or("") {
        "" => diag::error("not-a-date", "expected a date, found nothing").hint("write dates as 2020-01-31"),
        cell => match fragment::of(cell) {
            Some(part) => {
                let mut error = fragment::told(part, cell);
                // What else a whole column could be does not help a row among others that have dates.
                error.hints.truncate(1);
                error
            }
            None => diag::error("not-a-date", format!("expected a date, found {}", quoted(cell)))
                .hint("write dates as 2020-01-31, or leave the row out with `leave_out` (`--leave-out`)"),
        },
    };
    error.at(sheet.place(file, row, column))
}

/// Whether a row below the data is a sum or a remark: it says so, or it has no number where values stand.
pub(crate) fn is_footer(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize) -> bool {
    if roles.date.is_some_and(|column| strays::of(sheet, row, column).is_some()) {
        return false;
    }
    let dated = roles.date.and_then(|column| sheet.table.cell(row, column));
    sheet.table.cells(row).take(2).chain(dated).any(words::is_footer) || !counts(sheet, roles, row)
}

fn undated(sheet: &Sheet<'_, '_>, roles: &Roles, findings: &mut Findings<'_>) -> Vec<Dated> {
    let table = sheet.table;
    let block = (sheet.located.first..sheet.located.block_end).filter(|&row| keeps(sheet, roles, row));
    let subject = match roles.who {
        Who::Cell(column) => column,
        _ => 0,
    };
    let stray = |row: usize| strays::of(sheet, row, subject).or_else(|| strays::of(sheet, row, 0));
    let (strange, block): (Vec<usize>, Vec<usize>) = block.partition(|&row| stray(row).is_some());
    let begun = strange.iter().any(|&row| stray(row) == Some(Stray::Preamble));
    for (row, stray) in strange.into_iter().filter_map(|row| Some((row, stray(row)?))) {
        let file = findings.file;
        findings.fault(|| strays::told(stray, sheet, row, 0, file));
    }
    // An index, or nothing, may stand before what names the row.
    let counted = |row: usize| {
        let before = table.cells(row).take(subject);
        before.into_iter().all(|cell| cell.is_empty() || numbers::is_number(cell))
    };
    let remark = |row: usize| {
        let lonely = table.width(row) == 1 && sheet.names.len() > 1;
        let sum = |column| table.cell(row, column).is_some_and(words::is_footer);
        lonely || sum(0) || (counted(row) && sum(subject))
    };
    let (comments, block): (Vec<usize>, Vec<usize>) = block
        .into_iter()
        .partition(|&row| strays::is_comment(sheet, row, None) && !counts(sheet, roles, row));
    let mut is_below = false;
    let (footers, rows): (Vec<usize>, Vec<usize>) = block.into_iter().partition(|&row| {
        let is_sum = remark(row);
        is_below |= is_sum;
        // What has no value below the sums, or counts pages, is of the print.
        is_sum || (!counts(sheet, roles, row) && (is_below || strays::is_page_number(sheet, row)))
    });
    tell_comments(sheet, &comments, findings);
    tell_footers(sheet, &footers, findings);
    let rest = (sheet.located.block_end..table.len()).find(|row| !roles.left_out.rows.contains(row));
    if let Some(rest) = rest.filter(|_| !begun) {
        tell_rest(sheet, rest, subject, findings);
    }
    rows.into_iter().map(|row| Dated { row, time: None }).collect()
}

/// Whether a row has a number where values stand.
fn counts(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize) -> bool {
    let mut values = roles.values.iter().filter_map(|&column| sheet.table.cell(row, column));
    values.any(numbers::is_number)
}

/// Tells of lines within the data that begin as those of remarks do.
fn tell_comments(sheet: &Sheet<'_, '_>, rows: &[usize], findings: &mut Findings<'_>) {
    let Some(&first) = rows.first() else { return };
    let (line, text) = (sheet.table.line(first), quoted(sheet.table.cell(first, 0).unwrap_or("")));
    findings.note(match rows.len() {
        1 => format!("Left out line {line}, a remark: {text}."),
        count => format!("Left out {count} lines that are remarks, first line {line}: {text}."),
    });
}

fn tell_footers(sheet: &Sheet<'_, '_>, rows: &[usize], findings: &mut Findings<'_>) {
    let Some(&first) = rows.first() else { return };
    let text = sheet.table.cells(first).find(|cell| !cell.is_empty() && !numbers::is_number(cell));
    let text = text.or_else(|| sheet.table.cell(first, 0)).unwrap_or("");
    strays::warn_footers(rows.len(), sheet.table.line(first), text, findings);
}

/// Tells of what stands below a blank row: a further table, which is left out, unless it is one more of the same
/// kind, of which nobody knows whether it was meant.
fn tell_rest(sheet: &Sheet<'_, '_>, row: usize, column: usize, findings: &mut Findings<'_>) {
    let begins = |row: usize| {
        let stray = strays::of(sheet, row, column)?;
        matches!(stray, Stray::Header { .. } | Stray::Preamble).then_some((row, stray))
    };
    if let Some((row, stray)) = (row..sheet.table.len()).find_map(begins) {
        let file = findings.file;
        return findings.fault(|| strays::told(stray, sheet, row, column, file));
    }
    let rest = sheet.table.len() - row;
    let count = if rest == 1 { "1 row".into() } else { format!("{rest} rows") };
    let text = quoted(sheet.table.cell(row, 0).unwrap_or(""));
    let message = format!("left out {count} below a blank row, first {text}");
    findings.warn(
        "left-out-rest",
        Some(sheet.table.line(row)),
        message,
        "put a further table into a file of its own",
    );
}
