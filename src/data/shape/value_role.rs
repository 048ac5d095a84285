//! Which columns of numbers are values, and which only describe the rows: ids, codes, degrees, years of birth.

use std::collections::BTreeSet;

use crate::diag::listed;

use crate::data::cells::calendar::is_year;
use crate::data::cells::date_column::is_date_word;
use crate::data::cells::numbers::{self, Decimal};
use crate::data::cells::{cell, describing, sums, words};
use crate::data::model::observation::Value;
use crate::data::shape::choice::Choice;
use crate::data::shape::evidence::{Candidate, Candidates, Reason, Role};
use crate::data::shape::sheet::Holds;

/// Of more columns than these only those are asked whether they are sums whose names say so.
const MANY: usize = 200;

/// So many rows are looked at first.
const SOME: usize = 32;

impl Choice<'_, '_, '_, '_, '_> {
    /// The columns of values.
    pub(crate) fn values(&mut self, named: &[usize], date: Option<usize>) -> Vec<usize> {
        let found = match named {
            [] => self.judged(date),
            named => {
                let asked =
                    |&column: &usize| Candidate::new(column, vec![Reason::Asked, Reason::Stands(column)]);
                Candidates::all_of(Role::Values, named.iter().map(asked).collect())
            }
        };
        self.tell_forbidden(&found);
        // The user's order is that of the panels.
        let columns = if named.is_empty() { found.columns().collect() } else { named.to_vec() };
        self.decided.push(found);
        columns
    }

    /// All columns of numbers without a part yet, and what speaks against each.
    fn judged(&self, date: Option<usize>) -> Candidates {
        let free =
            self.sheet.holding(Holds::Numbers).into_iter().filter(|column| !self.taken.contains(column));
        let plain = |column: usize| Candidate::new(column, vec![Reason::Numbers, Reason::Stands(column)]);
        let mut all: Vec<Candidate> =
            free.map(|column| plain(column).unless(self.describes_rows(column))).collect();
        let values: Vec<usize> = kept(&all);
        for candidate in all.iter_mut().filter(|candidate| candidate.against.is_none()) {
            candidate.against =
                self.is_beside(candidate.column).or_else(|| self.is_sum(candidate.column, &values));
        }
        if kept(&all).is_empty() {
            // A rank may be all there is to draw; the number by which something is known counts nothing.
            let alone = |candidate: &Candidate| match &candidate.against {
                Some(Reason::Counter | Reason::Code) => {
                    let name = self.sheet.name(candidate.column);
                    let told = words::is_rank(name) && candidate.column > 0;
                    if date.is_none() { !words::is_key(name) } else { told }
                }
                Some(Reason::Bookkeeping | Reason::Flag) => true,
                _ => false,
            };
            all.iter_mut()
                .filter(|candidate| alone(candidate))
                .for_each(|candidate| candidate.against = None);
        }
        Candidates::all_of(Role::Values, all)
    }

    /// Tells what is left out and why, a sentence for each reason.
    fn tell_forbidden(&mut self, found: &Candidates) {
        let mut told: Vec<(&Reason, Vec<usize>)> = Vec::new();
        for (column, reason) in found.forbidden() {
            match told.iter_mut().find(|(known, _)| known.predicate(true) == reason.predicate(true)) {
                Some((_, columns)) => columns.push(column),
                None => told.push((reason, vec![column])),
            }
        }
        for (reason, columns) in told {
            let names = listed(columns.iter().map(|&column| self.sheet.name(column)));
            let why = reason.predicate(columns.len() == 1);
            if matches!(reason, Reason::Counter | Reason::Code) {
                self.findings.note(format!("Left out {names}, which {why}."));
                continue;
            }
            let them = if columns.len() == 1 { "column" } else { "columns" };
            let message = format!("left out {them} {names}, which {why}");
            let hint = "to keep other columns, name them in `values` (`--values`)";
            self.findings.warn("left-out-columns", None, message, hint);
        }
    }

    /// What makes of a column of numbers a description of the rows.
    pub(crate) fn describes_rows(&self, column: usize) -> Option<Reason> {
        let name = self.sheet.name(column);
        let counter = words::is_identifier(name)
            || (column == 0 && self.sheet.title(0).is_empty() && self.counts_rows(0));
        let questions =
            || describing::is_question(name) && self.all_numbers(column, |n| n == 0.0 || n == 1.0);
        match () {
            () if counter => Some(Reason::Counter),
            () if self.is_code(column) => Some(Reason::Code),
            () if describing::is_version(name) && !self.sheet.holding(Holds::Text).is_empty() => {
                Some(Reason::Versions)
            }
            () if self.is_degrees(column) => Some(Reason::Coordinates),
            () if self.is_years(column) => Some(Reason::Years),
            () if describing::is_bookkeeping(name) => Some(Reason::Bookkeeping),
            () if questions() => Some(Reason::Flag),
            () => None,
        }
    }

    /// Whether a column holds degrees: it is called so, and there are degrees north beside those east.
    fn is_degrees(&self, column: usize) -> bool {
        let north = |column: usize| {
            describing::is_latitude(self.sheet.name(column)) && self.all_numbers(column, |n| n.abs() <= 90.0)
        };
        let east = describing::is_longitude(self.sheet.name(column))
            && self.all_numbers(column, |n| n.abs() <= 180.0);
        north(column) || (east && (0..self.sheet.names.len()).any(north))
    }

    /// Whether a column holds years that say something of the rows, and are not those of counting.
    fn is_years(&self, column: usize) -> bool {
        let name = self.sheet.name(column);
        let mut cells = self.sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
        (is_date_word(name) || describing::is_origin(name)) && cells.all(is_year)
    }

    fn all_numbers(&self, column: usize, fits: fn(f64) -> bool) -> bool {
        self.sheet.sampled(column).all(|cell| self.number(cell).is_none_or(fits))
    }

    /// A number, whichever sign is decimal.
    fn number(&self, cell: &str) -> Option<f64> {
        let read = |decimal| numbers::parse(cell, decimal);
        match read(Decimal::Point).or_else(|| read(Decimal::Comma))? {
            Value::Number(number) => Some(number),
            _ => None,
        }
    }

    /// Whether a column stands beside the title that spans others.
    fn is_beside(&self, column: usize) -> Option<Reason> {
        let title = (0..self.sheet.names.len()).find_map(|column| self.sheet.span(column))?;
        self.sheet.span(column).is_none().then(|| Reason::Beside(title.to_owned()))
    }

    /// Whether a column is the sum of the others: in all of many rows, or in all and its name says so, or its name
    /// says nothing else and it is nowhere below one of them.
    fn is_sum(&self, column: usize, values: &[usize]) -> Option<Reason> {
        let name = self.sheet.name(column);
        let others: Vec<usize> = values.iter().copied().filter(|other| *other != column).collect();
        let number =
            |row: usize, column: usize| self.number(self.sheet.table.cell(row, column).unwrap_or(""));
        if others.len() > MANY && !describing::is_sum(name) {
            return None;
        }
        let rows = |most: usize| {
            let split = self.sheet.sample().take(most).filter_map(|row| {
                let parts: Vec<f64> = others.iter().filter_map(|&other| number(row, other)).collect();
                Some((number(row, column)?, parts)).filter(|(_, parts)| parts.len() == others.len())
            });
            sums::is_sum(name, split)
        };
        // Some rows tell whether it is worth while to ask all of them.
        rows(SOME).and_then(|_| rows(usize::MAX)).map(|_| Reason::Sum)
    }

    /// Whether a column of numbers is the code of what a column of text names: its header says so, and the
    /// header of the names or their every repetition.
    fn is_code(&self, column: usize) -> bool {
        let code = self.sheet.title(column);
        if describing::is_postal(code) {
            return true;
        }
        let plain = describing::is_short(code) && !words::is_code(code);
        if plain || code.to_lowercase().starts_with("iso") {
            return describing::is_short(code);
        }
        if !words::is_code(code) {
            return false;
        }
        let follows = |text: usize| {
            let pairs = || self.sheet.sampled(text).zip(self.sheet.sampled(column));
            let (names, distinct) = (self.distinct(text), pairs().collect::<BTreeSet<_>>().len());
            names == distinct && names < pairs().count()
        };
        let texts = [Holds::Text, Holds::Constant].map(|kind| self.sheet.holding(kind));
        texts.iter().flatten().any(|&text| words::is_code_of(code, self.sheet.title(text)) || follows(text))
    }

    /// Whether a column only counts rows, as the index that pandas writes: consecutive, or rising below a
    /// header that does not name it.
    fn counts_rows(&self, column: usize) -> bool {
        let cell = |row| self.sheet.table.cell(row, column).unwrap_or("");
        // A sum below the rows has no number.
        let filled = self.sheet.sample().map(cell).filter(|cell| !cell.is_empty());
        let numbers: Option<Vec<usize>> = filled.map(|cell| cell.parse().ok()).collect();
        let steps = |fits: fn(usize) -> bool| {
            numbers.as_ref().is_some_and(|all| {
                all.iter().zip(all.iter().skip(1)).all(|(a, b)| b.checked_sub(*a).is_some_and(fits))
            })
        };
        if self.sheet.has_titles() { steps(|step| step > 0) } else { steps(|step| step == 1) }
    }
}

/// The columns that nothing speaks against.
fn kept(all: &[Candidate]) -> Vec<usize> {
    all.iter().filter(|candidate| candidate.against.is_none()).map(|candidate| candidate.column).collect()
}
