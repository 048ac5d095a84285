//! Rows to observations: who, what, in which group, how counted. Numbers are read here, because only their
//! whole column says what a comma in them means.

use std::collections::BTreeSet;

use crate::diag::{self, listed, quoted};

use crate::data::build::builder::Builder;
use crate::data::cells::calendar::plain_year;
use crate::data::cells::cell;
use crate::data::cells::date_column::{self, Stand};
use crate::data::cells::dates::{self, Bare, Style};
use crate::data::cells::numbers::{self, Decimal, Evidence};
use crate::data::model::columns;
use crate::data::model::findings::{Finding, Findings};
use crate::data::model::observation::{Observation, Value};
use crate::data::read::named;
use crate::data::read::rows;
use crate::data::shape::plan::{Across, Dated, Roles, Who};
use crate::data::shape::sheet::Sheet;
use crate::data::shape::strays;
use crate::time::moment::Moment;

/// What a value column is in each of its rows.
pub(crate) struct ValueColumn {
    pub(crate) column: usize,
    pub(crate) decimal: Decimal,
    /// The subject, group or date that the column is of, where each column has its own.
    pub(crate) subject: Option<usize>,
    pub(crate) group: Option<usize>,
    time: Option<Moment>,
    pub(crate) measure: usize,
}

/// Reads the observations of rows; what is no number is a fault.
pub(crate) fn observe(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    rows: &[Dated],
    delimiter: u8,
    findings: &mut Findings<'_>,
) -> Builder {
    let mut builder = Builder::default();
    if roles.same.is_empty() {
        builder.kinds.index("");
    }
    let values = values(sheet, roles, rows, delimiter, &mut builder, findings);
    builder.observations.reserve_exact(rows.len().saturating_mul(values.len()).min(sheet.table.cell_count()));
    let short = observe_rows(sheet, roles, rows, &values, &mut builder, findings);
    if let Some((line, count)) = short {
        tell_short(line, count, findings);
    }
    builder
}

/// Reads the observations of rows whose columns are decided. Gives the line of the first row that lacks
/// values because it is short, and how many there are.
pub(crate) fn observe_rows(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    rows: &[Dated],
    values: &[ValueColumn],
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Option<(u32, usize)> {
    let mut short = None;
    for dated in rows {
        let before = builder.observations.len();
        let width = sheet.table.width(dated.row);
        if width > sheet.names.len() {
            too_wide(sheet, dated.row, findings);
        }
        if observe_row(sheet, roles, *dated, values, builder, findings) && width < sheet.names.len() {
            let (_, count) = *short.get_or_insert((dated.row, 0_usize));
            let lacking = builder.observations.len() - before < values.len();
            short = short.map(|(row, _)| (row, count + usize::from(lacking)));
        }
    }
    short.filter(|(_, count)| *count > 0).map(|(row, count)| (sheet.table.line(row), count))
}

/// Tells of rows that lack values.
pub(crate) fn tell_short(line: u32, count: usize, findings: &mut Findings<'_>) {
    let rows = if count == 1 { "1 row is".into() } else { format!("{count} rows are") };
    let message = format!("{rows} shorter than the header, which leaves gaps");
    findings.warn("short-rows", Some(line), message, "look whether the file is complete");
}

/// Decides how each value column is read and whom it is of.
fn values(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    rows: &[Dated],
    delimiter: u8,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Vec<ValueColumn> {
    let rows = rows.iter().map(|dated| dated.row);
    let evidence: Vec<Evidence> =
        roles.values.iter().map(|&column| evidence(sheet, column, rows.clone())).collect();
    decide(sheet, roles, &evidence, delimiter, builder, findings)
}

/// What the cells of a column of numbers say of how they are written.
pub(crate) fn evidence(sheet: &Sheet<'_, '_>, column: usize, rows: impl Iterator<Item = usize>) -> Evidence {
    let mut evidence = Evidence::default();
    rows.filter_map(|row| sheet.table.cell(row, column)).for_each(|cell| evidence.join(Evidence::of(cell)));
    evidence
}

/// Decides the same by what the columns' cells say; `evidence` has an entry for each.
pub(crate) fn decide(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    evidence: &[Evidence],
    delimiter: u8,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Vec<ValueColumn> {
    let columns: Vec<(usize, Evidence)> = roles
        .values
        .iter()
        .zip(evidence)
        .map(|(&column, cells)| (column, named::titled(sheet, column, *cells)))
        .collect();
    let mut file = Evidence::default();
    columns.iter().for_each(|(_, evidence)| file.join(*evidence));
    let per_cent = columns.iter().filter(|(_, evidence)| evidence.percent).count();
    let mixed = (roles.who == Who::Header || roles.across == Across::Groups)
        && per_cent > 0
        && per_cent < columns.len();
    let signed: Vec<&str> =
        columns.iter().filter(|(_, e)| e.percent && !mixed).map(|&(column, _)| sheet.name(column)).collect();
    if !signed.is_empty() {
        findings.note(format!("Numbers with a per cent sign: {}.", listed(signed)));
    }
    let mut kept = columns.iter().map(|(_, e)| *e);
    let all = kept.all(|e| e.percent || e == Evidence::default());
    builder.percent = roles.measured_by.is_none() && per_cent > 0 && !mixed && all;
    let style = title_style(sheet, roles, builder, findings);
    let (mut values, mut left_out, mut unsigned) = (Vec::new(), Vec::new(), BTreeSet::new());
    for (at, (column, evidence)) in columns.into_iter().enumerate() {
        if evidence.rise {
            tell_rise(sheet, column, findings);
        }
        let name = sheet.name(column);
        tell_signs(name, evidence, findings);
        if mixed && evidence.percent {
            left_out.push(name);
            continue;
        }
        let said = roles.said.decimal.as_ref().and_then(|decimal| decimal.of(name));
        let decimal = said.unwrap_or_else(|| decimal(name, evidence, file, delimiter, findings));
        builder.decimals.push((column, evidence.has_sign().then_some(decimal)));
        let mut value = ValueColumn { column, decimal, subject: None, group: None, time: None, measure: 0 };
        value.measure = named::measure(sheet, roles, column, builder);
        match (&roles.who, roles.across) {
            // Each of several spanning titles has them all.
            (Who::Header, _) if sheet.span(column).is_some() => {
                value.subject = Some(builder.subjects.index(name))
            }
            (Who::Header, _) => {
                value.subject = Some(distinct(roles.called(at, name), "columns", None, builder, findings));
            }
            (_, Across::Groups) => value.group = Some(builder.groups.index_of_new(name).0),
            (_, Across::Times) => value.time = title_time(name, style),
            (Who::Only(subject), _) => value.subject = Some(builder.subjects.index(subject)),
            _ => {}
        }
        match evidence {
            _ if roles.measured_by.is_some() => {}
            _ if evidence.percent => _ = builder.in_percent.insert(value.measure),
            _ if evidence == Evidence::default() => {}
            _ => _ = unsigned.insert(value.measure),
        }
        values.push(value);
    }
    builder.in_percent.retain(|measure| !unsigned.contains(measure));
    tell_left_out(&left_out, findings);
    values
}

/// Marks of negative numbers at all numbers of a column may mean something else.
fn tell_signs(name: &str, evidence: Evidence, findings: &mut Findings<'_>) {
    if !evidence.marked || evidence.unmarked {
        return;
    }
    let message = format!(
        "every number of column `{name}` stands in brackets or before a minus; they were read as negative ones"
    );
    let hint = "write negative numbers with a minus before them, and others bare";
    findings.warn("unclear-sign", None, message, hint);
}

/// A rise in per cent below counts is of another kind than they.
fn tell_rise(sheet: &Sheet<'_, '_>, column: usize, findings: &mut Findings<'_>) {
    let rows = sheet.located.first..sheet.located.block_end;
    let find =
        |kind: fn(&str) -> bool| rows.clone().find(|&row| sheet.table.cell(row, column).is_some_and(kind));
    let counted = |cell: &str| {
        let number = numbers::parse(cell, Decimal::Point);
        !cell.contains('%') && matches!(number, Some(Value::Number(number)) if number > 0.0)
    };
    let (Some(row), Some(_)) = (find(|cell| Evidence::of(cell).rise), find(counted)) else { return };
    let place = sheet.place(findings.file, row, column);
    let text = quoted(sheet.table.cell(row, column).unwrap_or(""));
    findings.fault(|| {
        diag::error(
            "rise-among-counts",
            format!("expected a count, as other rows have, found a rise, {text}"),
        )
        .at(place)
        .hint("keep rows of one kind only")
    });
}

/// Tells of columns of per cent that stand beside counts.
fn tell_left_out(names: &[&str], findings: &mut Findings<'_>) {
    let message = match names {
        [] => return,
        [name] => format!("left out column `{name}`: it holds per cent, other columns hold counts"),
        _ => format!("left out columns {}: they hold per cent, other columns hold counts", listed(names)),
    };
    findings.warn(
        "left-out-columns",
        None,
        message,
        "to keep other columns, name them in `values` (`--values`)",
    );
}

/// How the dates that columns are called by are to be read, which only all of them say.
fn title_style(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> Style {
    let titles = roles.values.iter().map(|&column| sheet.title(column));
    match roles.across {
        Across::Times => {
            let style = date_column::decide(titles.clone(), Stand::Header, Bare::No, &roles.said, findings);
            let order = date_column::order(titles.clone(), style);
            let year_starts = date_column::year_starts(titles, style);
            rows::check_said((order, year_starts), Stand::Header, &roles.said, findings);
            (builder.dates, builder.year_starts) = (order, year_starts);
            style
        }
        _ => Style::default(),
    }
}

/// The date that a column is called by.
fn title_time(title: &str, style: Style) -> Option<Moment> {
    let title = plain_year(title);
    let bare = date_column::bare([title].into_iter());
    dates::parse(title, Style { bare: if bare == Bare::Year { bare } else { Bare::No }, ..style })
}

/// The subject of a column or a row that is another one than all before.
fn distinct(
    name: &str,
    what: &str,
    line: Option<u32>,
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> usize {
    let (index, renamed) = builder.subjects.index_of_new(name);
    if let Some(renamed) = renamed {
        let message =
            format!("several {what} are called {}; one was read as {}", quoted(name), quoted(&renamed));
        findings.warn("repeated-names", line, message, &format!("give the {what} different names"));
    }
    index
}

/// What a comma or a point means in a column: its own cells decide, then those of other columns, then the
/// delimiter, because a file with commas between its cells seldom has them in its numbers.
fn decimal(name: &str, own: Evidence, file: Evidence, delimiter: u8, findings: &mut Findings<'_>) -> Decimal {
    let habit = if matches!(delimiter, b',' | b'|') { Decimal::Point } else { Decimal::Comma };
    match own {
        Evidence { comma: true, point: false, .. } => Decimal::Comma,
        Evidence { comma: false, point: true, .. } => Decimal::Point,
        Evidence { comma: true, point: true, .. } => habit,
        Evidence { open_comma: false, open_point: false, .. } => Decimal::Point,
        _ if file.comma && !file.point => {
            findings.note(format!("Read column `{name}` with decimal commas, as other columns have them."));
            Decimal::Comma
        }
        _ if file.point && !file.comma => {
            findings.note(format!("Read column `{name}` with decimal points, as other columns have them."));
            Decimal::Point
        }
        Evidence { open_comma: true, .. } if matches!(delimiter, b',' | b'|') => Decimal::Point,
        _ if thousands(own, delimiter) || (one_sign(own) && thousands(file, delimiter)) => {
            let sign = if own.open_comma { "commas" } else { "points" };
            findings.note(format!(
                "Read the {sign} of column `{name}` as separators of thousands, as no number below 1000 has one."
            ));
            if own.open_comma { Decimal::Point } else { Decimal::Comma }
        }
        Evidence { open_comma: true, .. } if delimiter != b';' => {
            let message = format!(
                "every comma in column `{name}` could be decimal; they were read as separating thousands"
            );
            tell_sign(message, Decimal::Comma, findings);
            Decimal::Point
        }
        Evidence { open_comma: true, .. } => {
            let message =
                format!("every comma in column `{name}` could separate thousands; they were read as decimal");
            tell_sign(message, Decimal::Point, findings);
            Decimal::Comma
        }
        // Where semicolons separate the cells, a decimal sign is a comma.
        _ if delimiter == b';' && !own.large => {
            let message = format!(
                "every point in column `{name}` could be decimal; they were read as separating thousands"
            );
            tell_sign(message, Decimal::Point, findings);
            Decimal::Comma
        }
        _ if delimiter == b';' => {
            let message =
                format!("every point in column `{name}` could separate thousands; they were read as decimal");
            tell_sign(message, Decimal::Comma, findings);
            Decimal::Point
        }
        _ => Decimal::Point,
    }
}

/// Tells how a sign was read that could mean something else, and how to have it read so.
fn tell_sign(message: String, other: Decimal, findings: &mut Findings<'_>) {
    let hint = format!("to read it the other way, {}", columns::set("decimal", other.name()));
    findings.warn("unclear-separator", None, message, &hint);
}

/// Whether what could separate thousands does so: all numbers from 1000 on have it, those below have none, as a
/// column of fractions hardly would. A point is decimal unless semicolons separate the cells.
fn thousands(own: Evidence, delimiter: u8) -> bool {
    one_sign(own) && own.small && !own.large && (own.open_comma || delimiter == b';')
}

fn one_sign(evidence: Evidence) -> bool {
    evidence.open_comma != evidence.open_point
}

/// Whether a row could be read as far as its names; its faulty numbers are told.
fn observe_row(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    dated: Dated,
    values: &[ValueColumn],
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> bool {
    let text = |column: usize| sheet.table.cell(dated.row, column).unwrap_or("");
    let of_row = match roles.who {
        Who::Cell(column) if text(column).is_empty() => {
            let file = findings.file;
            findings.fault(|| {
                let error = diag::error("missing-name", "missing a name in this row")
                    .at(sheet.place(file, dated.row, column));
                error.hint("write who is counted, or delete the row")
            });
            return false;
        }
        Who::Cell(column) if roles.distinct => {
            let place = Some(sheet.table.line(dated.row));
            Some(distinct(text(column), "rows", place, builder, findings))
        }
        Who::Cell(column) => Some(named::subject(roles, column, text, builder)),
        _ => None,
    };
    let group = roles.group.map(|column| match text(column) {
        "" => builder.groups.index("(empty)"),
        text => builder.groups.index(text),
    });
    let kind = named::kind(sheet, roles, text, builder);
    let line = sheet.table.line(dated.row);
    for value in values {
        let Some(cell) = sheet.table.cell(dated.row, value.column) else { continue };
        let Some(reading) = numbers::parse(cell, value.decimal) else {
            no_number(sheet, roles, dated.row, value.column, findings);
            continue;
        };
        match reading {
            Value::Missing if cell::is_error(cell) => findings.cells(Finding::Error, 1, line, cell),
            Value::Number(number) if number < 0.0 => {
                numbers::minus(cell).into_iter().for_each(|minus| findings.cells(minus, 1, line, cell));
            }
            _ => {}
        }
        let Some(subject) = of_row.or(value.subject) else { continue };
        let measure = named::measure_of_row(
            sheet,
            roles,
            (value.column, value.measure),
            (values.len(), cell),
            text,
            builder,
        );
        let (time, group) = (dated.time.or(value.time), group.or(value.group));
        builder.observations.push(Observation {
            time,
            subject,
            measure,
            group,
            kind,
            value: reading,
            line: line.into(),
        });
    }
    true
}

fn no_number(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize, column: usize, findings: &mut Findings<'_>) {
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
            Some(other) => strays::two_delimiters(sheet.table.delimiter(), other),
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

fn too_wide(sheet: &Sheet<'_, '_>, row: usize, findings: &mut Findings<'_>) {
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
