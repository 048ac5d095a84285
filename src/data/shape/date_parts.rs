//! Dates whose parts stand in cells of their own: a year, and beside it a month, a quarter, a week or a day. And
//! the other way round: columns that repeat a part of a date that is there.

use crate::diag::{self, quoted};
use crate::time::moment::Moment;

use crate::data::cells::calendar::{day, week};
use crate::data::cells::cell;
use crate::data::cells::date_part::{Part, repeats_date};
use crate::data::cells::dates::Bare;
use crate::data::cells::words;
use crate::data::model::findings::Findings;
use crate::data::shape::choice::Choice;
use crate::data::shape::plan::Roles;
use crate::data::shape::sheet::{Holds, Sheet};

impl Choice<'_, '_, '_, '_, '_> {
    /// The columns of the parts that belong to one of years: at most one of months, quarters and weeks, and
    /// days beside months.
    pub(crate) fn parts(&self, date: Option<usize>, bare: Bare) -> Vec<(Part, usize)> {
        if date.is_none() || bare != Bare::Year {
            return Vec::new();
        }
        let column_of = |part: Part| {
            let column = (0..self.sheet.names.len()).find(|&column| {
                !self.taken.contains(&column) && Part::of(self.sheet.title(column)) == Some(part)
            })?;
            let fits =
                |cell: &str| cell::is_missing(cell) || part.number(cell).is_some() || words::is_footer(cell);
            let cells = || self.sheet.sampled(column);
            // Three in four, so that the others can be told as faults.
            let fitting = cells().filter(|cell| fits(cell)).count();
            (fitting * 4 >= cells().count() * 3).then_some((part, column))
        };
        let month = column_of(Part::Month);
        let finest = month.or_else(|| column_of(Part::Week)).or_else(|| column_of(Part::Quarter));
        finest.into_iter().chain(month.and_then(|_| column_of(Part::Day))).collect()
    }

    /// Takes columns that repeat a part of the dates that are there, which count nothing and name nobody.
    pub(crate) fn take_repeated_parts(&mut self, date: Option<usize>) {
        if date.is_none() {
            return;
        }
        let repeats = |&column: &usize| {
            !self.taken.contains(&column)
                && repeats_date(self.sheet.title(column), self.sheet.sampled(column))
        };
        let mut found: Vec<usize> = (0..self.sheet.names.len()).filter(repeats).collect();
        let numbers = self.sheet.holding(Holds::Numbers);
        if numbers.iter().all(|column| self.taken.contains(column) || found.contains(column)) {
            // Alone they are what there is to count.
            found.retain(|column| !numbers.contains(column));
        }
        if !found.is_empty() {
            let names = crate::diag::listed(found.iter().map(|&column| self.sheet.name(column)));
            self.findings.note(format!("Left out {names}, which the dates say already."));
        }
        self.taken.extend(found);
    }
}

/// Whether a row is the sum of a year: a part of its date says so.
pub(crate) fn is_sum(sheet: &Sheet<'_, '_>, roles: &Roles, row: usize) -> bool {
    let is_footer = |column| sheet.table.cell(row, column).is_some_and(words::is_footer);
    roles.parts.iter().any(|&(_, column)| is_footer(column))
}

/// Tells of the part that is none of a date, of a row of some year.
pub(crate) fn tell_no_part(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    row: usize,
    year: Option<Moment>,
    findings: &mut Findings<'_>,
) {
    if let Some(year) = year
        && let Err((part, column)) = completed(sheet, roles, row, year)
    {
        no_part(sheet, (row, year), part, column, findings);
    }
}

/// The date of a row, or the part that is none.
pub(crate) fn completed(
    sheet: &Sheet<'_, '_>,
    roles: &Roles,
    row: usize,
    year: Moment,
) -> Result<Moment, (Part, usize)> {
    let civil = u32::try_from(year.date().year()).unwrap_or(0);
    let mut time = Some(year);
    let mut month = 1;
    for &(part, column) in &roles.parts {
        let number = part.number(sheet.table.cell(row, column).unwrap_or("")).ok_or((part, column))?;
        time = match part {
            Part::Month => {
                month = number;
                day(civil, number, 1)
            }
            Part::Quarter => day(civil, number * 3 - 2, 1),
            Part::Week => week(civil, number),
            Part::Day => day(civil, month, number),
        };
        time.ok_or((part, column))?;
    }
    Ok(time.unwrap_or(year))
}

fn no_part(
    sheet: &Sheet<'_, '_>,
    (row, year): (usize, Moment),
    part: Part,
    column: usize,
    findings: &mut Findings<'_>,
) {
    let (file, year) = (findings.file, year.date().year());
    findings.fault(|| {
        let found = match sheet.table.cell(row, column) {
            None | Some("") => "nothing".to_owned(),
            Some(cell) => quoted(cell),
        };
        let known = sheet.table.cell(row, column).and_then(|cell| part.number(cell)).is_some();
        let expected = match part {
            Part::Week if known => format!("week of {year}, which has 52"),
            _ => part.name().to_owned(),
        };
        let error = diag::error("not-a-date-part", format!("expected a {expected}, found {found}"));
        let hint = match part {
            Part::Week if known => format!("the week after {year}-W52 is {}-W01", year.saturating_add(1)),
            Part::Month => "write months as 1 to 12 or in English".to_owned(),
            _ => format!("write {}s as 1 to {}", part.name(), part.most()),
        };
        error.at(sheet.place(file, row, column)).hint(hint)
    });
}
