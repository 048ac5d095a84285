//! What is wrong with a row or a cell, and what a row is that is none of the data: sums, remarks, further tables.

use std::collections::BTreeSet;

use crate::diag::{self, Diagnostic, nearest, quoted};
use crate::time::moment::Moment;

use super::summary::Summary;
use crate::data::cells::calendar;
use crate::data::cells::cell;
use crate::data::cells::date_column::Stand;
use crate::data::cells::dates;
use crate::data::cells::fragment;
use crate::data::cells::numbers::Decimal;
use crate::data::cells::{numbers, words};
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::model::writing::DateOrder;
use crate::data::shape::foreign_lines::{self, ForeignLine};
use crate::data::shape::plan::{Roles, Who};
use crate::data::shape::sheet::Sheet;

/// What a row of a table without dates is.
pub(super) enum Kind {
    /// A row of data.
    Row,
    /// A line that begins as a remark does.
    Comment,
    /// A sum or a remark below the data.
    Footer,
    ForeignLine(ForeignLine),
}

/// A text to keep that no row has is a slip of the pen; the column's texts are known.
pub(crate) fn check_only(
    sheet: &Sheet<'_, '_>,
    (column, texts): &(usize, Vec<String>),
    known: &BTreeSet<&str>,
    findings: &mut Findings<'_>,
) {
    for text in texts.iter().filter(|text| !known.contains(cell::trimmed(text))) {
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

/// That keys say something of dates, of a table that has none.
pub(super) fn tell_dateless(said: &Columns, findings: &mut Findings<'_>) {
    let keys = [("dates", said.dates.is_some()), ("year_starts", said.year_starts.is_some())];
    for (key, _) in keys.into_iter().filter(|(_, said)| *said) {
        let file = findings.file;
        findings.fault(|| said.unsuited(key, "it has no column of dates", file));
    }
}

/// The month of a year that stands in another cell.
pub(super) fn month_of(year: Moment, month: &str) -> Option<Moment> {
    let year = u32::try_from(year.date().year()).ok()?;
    calendar::day(year, month.parse().ok()?, 1)
}

/// What is wrong with a row within the data that has no date.
pub(super) fn no_date(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    row: usize,
    column: usize,
    file: &str,
) -> Diagnostic {
    let mut error = plain_no_date(sheet, row, column, file);
    let is_pair = sheet.table.cell(row, column).is_some_and(|cell| dates::small_pair(cell).is_some());
    if let Some(said) = roles.said.dates.filter(|_| is_pair) {
        error.hints = vec![format!("correct it, or the key `dates`, which is \"{}\"", said.name())];
    }
    error
}

fn plain_no_date(sheet: &Sheet<'_, '_>, row: usize, column: usize, file: &str) -> Diagnostic {
    if let Some(foreign) = foreign_lines::of(sheet, row, column) {
        return foreign_lines::told(foreign, sheet, row, column, file);
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

/// Tells of a row that does not say whom it counts.
pub(super) fn no_name(sheet: &Sheet<'_, '_>, row: usize, column: usize, findings: &mut Findings<'_>) {
    let file = findings.file;
    findings.fault(|| {
        let error =
            diag::error("missing-name", "missing a name in this row").at(sheet.place(file, row, column));
        error.hint("write who is counted, or delete the row")
    });
}

/// Tells of a cell that is no number.
pub(super) fn no_number(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    row: usize,
    column: usize,
    findings: &mut Findings<'_>,
) {
    let file = findings.file;
    let text = sheet.table.cell(row, column).unwrap_or("");
    let said = roles.said.decimal.as_ref().and_then(|decimal| decimal.of(sheet.name(column)));
    findings.fault(|| {
        let other_decimal =
            [Decimal::Point, Decimal::Comma].iter().any(|&d| numbers::parse(text, d).is_some());
        let error = match two_delimiters(text, sheet.table.delimiter()) {
            _ if said.is_some() && other_decimal => {
                let sign = said.map_or("", Decimal::name);
                let message =
                    format!("expected a number with the decimal sign `{sign}`, found {}", quoted(text));
                diag::error("not-a-number", message).hint("correct the cell, or the key `decimal`")
            }
            Some(other) => foreign_lines::two_delimiters(sheet.table.delimiter(), other),
            None if other_decimal => {
                let key = "use the same decimal sign in the whole column; which one, `decimal` says";
                diag::error("not-a-number", format!("expected a number, found {}", quoted(text))).hint(key)
            }
            None => diag::error("not-a-number", format!("expected a number, found {}", quoted(text)))
                .hint("correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)"),
        };
        error.at(sheet.place(file, row, column))
    });
}

/// The second delimiter in a cell that is several values.
pub(crate) fn two_delimiters(text: &str, own: u8) -> Option<char> {
    let is_value = |part: &str| {
        let part = cell::trimmed(part);
        cell::is_missing(part) || numbers::is_number(part) || dates::is_date(part)
    };
    [';', '\t', '|', ',']
        .into_iter()
        .filter(|delimiter| *delimiter != char::from(own))
        .find(|&delimiter| text.contains(delimiter) && text.split(delimiter).all(is_value))
}

/// Tells of a row with more cells than there are names.
pub(super) fn too_wide(sheet: &Sheet<'_, '_>, row: usize, findings: &mut Findings<'_>) {
    let (expected, found) = (sheet.names.len(), sheet.table.width(row));
    if sheet.table.cells(row).skip(expected).all(str::is_empty) {
        return;
    }
    let place = sheet.table.place(findings.file, row, expected);
    findings.fault(|| {
        diag::error("too-many-cells", format!("expected {expected} cells, found {found}")).at(place).hint(
            "name the further column in the header, or put a cell that holds the delimiter in double quotes",
        )
    });
}
/// Whether a row below the data is a sum or a remark: it says so, or it has no number where values stand.
pub(super) fn is_footer(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize) -> bool {
    if roles.date.is_some_and(|column| foreign_lines::of(sheet, row, column).is_some()) {
        return false;
    }
    let dated = roles.date.and_then(|column| sheet.table.cell(row, column));
    sheet.table.cells(row).take(2).chain(dated).any(words::is_footer) || !counts(sheet, roles, row)
}

/// How a row of sums or remarks begins.
pub(super) fn footer_text(sheet: &Sheet<'_, '_>, row: usize) -> String {
    let text = sheet.table.cells(row).find(|cell| !cell.is_empty() && !numbers::is_number(cell));
    text.or_else(|| sheet.table.cell(row, 0)).unwrap_or("").to_owned()
}

/// The column that says first what a row is of.
pub(super) fn first_column(roles: &Roles) -> usize {
    match (roles.date, &roles.who) {
        (Some(date), _) => date,
        (None, Who::Cell(column)) => *column,
        _ => 0,
    }
}

/// What a row of a table without dates is; `is_below` says whether sums stand above it.
pub(super) fn without_date(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize, is_below: &mut bool) -> Kind {
    let (table, subject) = (sheet.table, first_column(roles));
    if let Some(foreign) = foreign_lines::of(sheet, row, subject).or_else(|| foreign_lines::of(sheet, row, 0))
    {
        return Kind::ForeignLine(foreign);
    }
    let counts = counts(sheet, roles, row);
    if foreign_lines::is_comment(sheet, row, None) && !counts {
        return Kind::Comment;
    }
    // An index, or nothing, may stand before what names the row.
    let counted = || table.cells(row).take(subject).all(|cell| cell.is_empty() || numbers::is_number(cell));
    let lonely = table.width(row) == 1 && sheet.names.len() > 1;
    let sum = |column| table.cell(row, column).is_some_and(words::is_footer);
    let is_sum = lonely || sum(0) || (counted() && sum(subject));
    *is_below |= is_sum;
    // What has no value below the sums, or counts pages, is of the print.
    let is_footer = is_sum || (!counts && (*is_below || foreign_lines::is_page_number(sheet, row)));
    if is_footer { Kind::Footer } else { Kind::Row }
}

/// Whether a row has a number where values stand.
fn counts(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize) -> bool {
    let mut values = roles.values.iter().filter_map(|&column| sheet.table.cell(row, column));
    values.any(numbers::is_number)
}

/// Tells of rows that were left out, and of those that lack values.
pub(super) fn tell_left_out(summary: &mut Summary<'_>, is_dated: bool) {
    let rest = std::mem::take(&mut summary.rest);
    if is_dated {
        tell_rest(&rest, summary);
    }
    let (comments, footers, sums) = (&summary.comments, &summary.footers, &summary.sums);
    if comments.count > 0 {
        let (line, text) = (comments.line, quoted(&comments.text));
        summary.findings.note(match comments.count {
            1 => format!("Left out line {line}, a remark: {text}."),
            count => format!("Left out {count} lines that are remarks, first line {line}: {text}."),
        });
    }
    for found in [footers, sums].into_iter().filter(|found| found.count > 0) {
        foreign_lines::warn_footers(found.count, found.line, &found.text, &mut summary.findings);
    }
    if !is_dated {
        tell_rest(&rest, summary);
    }
}

/// Tells of what stands below a blank row: a further table, which is left out, unless it is one more of the same
/// kind, of which nobody knows whether it was meant.
fn tell_rest(rest: &super::summary::Several, summary: &mut Summary<'_>) {
    if rest.count == 0 || summary.is_told {
        return;
    }
    if let Some((_, error)) = summary.begun.take() {
        return summary.findings.fault(|| error);
    }
    let count = if rest.count == 1 { "1 row".into() } else { format!("{} rows", rest.count) };
    let message = format!("left out {count} below a blank row, first {}", quoted(&rest.text));
    let hint = "put a further table into a file of its own";
    summary.findings.warn("left-out-rest", Some(rest.line), message, hint);
}

/// Tells of rows that lack values.
pub(super) fn tell_short(short: Option<(u32, usize)>, findings: &mut Findings<'_>) {
    let Some((line, count)) = short.filter(|(_, count)| *count > 0) else { return };
    let rows = if count == 1 { "1 row is".into() } else { format!("{count} rows are") };
    let message = format!("{rows} shorter than the header, which leaves gaps");
    findings.warn("short-rows", Some(line), message, "look whether the file is complete");
}
