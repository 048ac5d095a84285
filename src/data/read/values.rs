//! How the columns of numbers are read: whom each is of, what it measures, and what a comma in it means, which only
//! all of its cells say.

use std::collections::BTreeSet;

use crate::diag::{self, listed, quoted};

use crate::data::build::builder::Builder;
use crate::data::cells::calendar::plain_year;
use crate::data::cells::date_column::{self, Stand};
use crate::data::cells::dates::{self, Bare, Style};
use crate::data::cells::numbers::{self, Decimal, Evidence};
use crate::data::model::columns;
use crate::data::model::findings::Findings;
use crate::data::model::observation::Value;
use crate::data::read::named;
use crate::data::read::rows::faults;
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::Sheet;
use crate::time::moment::Moment;

/// What a value column is in each of its rows.
pub(crate) struct ValueColumn {
    pub(crate) column: usize,
    /// Its place among all columns of numbers, some of which may be left out.
    pub(crate) place: usize,
    pub(crate) decimal: Decimal,
    /// The subject, group or date that the column is of, where each column has its own.
    pub(crate) subject: Option<usize>,
    pub(crate) group: Option<usize>,
    pub(crate) time: Option<Moment>,
    pub(crate) measure: usize,
}

/// Decides how each column of numbers is read and whom it is of, by what its cells say; `evidence` has an entry for
/// each.
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
        let value = of_column(sheet, roles, (at, column), (decimal, style), builder, findings);
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

/// Whom a column of numbers is of, and what it measures.
fn of_column(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    (place, column): (usize, usize),
    (decimal, style): (Decimal, Style),
    builder: &mut Builder,
    findings: &mut Findings<'_>,
) -> ValueColumn {
    let name = sheet.name(column);
    let measure = named::measure(sheet, roles, column, builder);
    let (subject, group, time) = (None, None, None);
    let mut value = ValueColumn { column, place, decimal, subject, group, time, measure };
    match (&roles.who, roles.across) {
        // Each of several spanning titles has them all.
        (Who::Header, _) if sheet.span(column).is_some() => {
            value.subject = Some(builder.subjects.index(name))
        }
        (Who::Header, _) => {
            let called = roles.called(place, name);
            let (index, renamed) = builder.subjects.index_of_new(called);
            if let Some(renamed) = renamed {
                tell_renamed("columns", called, &renamed, None, findings);
            }
            value.subject = Some(index);
        }
        (_, Across::Groups) => value.group = Some(builder.groups.index_of_new(name).0),
        (_, Across::Times) => value.time = title_time(name, style),
        (Who::Only(subject), _) => value.subject = Some(builder.subjects.index(subject)),
        _ => {}
    }
    value
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
            faults::check_said((order, year_starts), Stand::Header, &roles.said, findings);
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

/// Tells that one of several columns or rows of one name is called otherwise.
pub(crate) fn tell_renamed(
    what: &str,
    name: &str,
    renamed: &str,
    line: Option<u32>,
    findings: &mut Findings<'_>,
) {
    let message = format!("several {what} are called {}; one was read as {}", quoted(name), quoted(renamed));
    findings.warn("repeated-names", line, message, &format!("give the {what} different names"));
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
