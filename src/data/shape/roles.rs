//! Which column plays which part. What the user names is taken; the rest is chosen by what the columns hold
//! and by the words above them, and every choice between several columns is noted.

use std::collections::BTreeSet;

use crate::diag::{self, Diagnostic, Place, listed, quoted};

use crate::data::cells::cell;
use crate::data::cells::date_column::is_date_word;
use crate::data::cells::dates::Bare;
use crate::data::cells::numbers;
use crate::data::cells::words::{self, Meaning};
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::model::writing::ValueColumns;
use crate::data::shape::choice::Choice;
use crate::data::shape::evidence::{Candidates, Reason, Role};
use crate::data::shape::left_out;
use crate::data::shape::plan::{Habits, Roles, Who};
use crate::data::shape::sheet::{Holds, Sheet};

/// Chooses the parts; `None` after a fault. Without value columns the rows are events. `habits` are
/// those of a recognised source.
pub(crate) fn choose(
    sheet: &Sheet<'_, '_>,
    columns: &Columns,
    habits: Habits,
    findings: &mut Findings<'_>,
) -> Option<Roles> {
    let mut find = |name: &String| sheet.find(name, columns, findings);
    let [date, subject, group] =
        [&columns.date, &columns.subject, &columns.group].map(|name| name.as_ref().and_then(&mut find));
    let values: Vec<usize> = columns.values.iter().filter_map(&mut find).collect();
    let same: Vec<usize> = columns.same.iter().filter_map(&mut find).collect();
    let only = columns.only.iter().filter_map(|(name, texts)| Some((find(name)?, texts.clone())));
    let only: Vec<(usize, Vec<String>)> = only.collect();
    let decimals = columns.decimal.iter().flat_map(|decimal| &decimal.named);
    decimals.for_each(|(name, _)| _ = find(name));
    let left_out = left_out::find(sheet, columns, findings);
    let values: Vec<usize> = values.into_iter().filter(|column| !left_out.columns.contains(column)).collect();
    if findings.failed() {
        return None;
    }
    let mut choice = Choice { sheet, findings, taken: BTreeSet::new(), decided: Vec::new() };
    choice.taken.extend(same.iter().copied().chain(subject).chain(group));
    choice.taken.extend(&left_out.columns);
    choice.take_filtered(&only, subject.is_some());
    let when = choice.when(date, habits);
    let date = when.date;
    if date.is_none() && values.is_empty() {
        choice.tell_serials();
    }
    if choice.findings.failed() {
        return None;
    }
    let asked = subject.map(|column| (column, Reason::Asked));
    let numbered = match columns.values_are {
        Some(ValueColumns::Subjects) => None,
        _ if asked.is_some() => None,
        _ => choice.numbered_subject(date).map(|column| (column, Reason::Titled(0))),
    };
    let chosen = asked.or(numbered);
    let subject = chosen.as_ref().map(|(column, _)| *column);
    choice.taken.extend(subject);
    let copies =
        date.into_iter().chain(subject).flat_map(|column| choice.take_copies(column, &values)).collect();
    let values = choice.values(&values, date);
    let distinct = group.is_none() && date.is_none() && habits.distinct_rows;
    let said = columns.clone();
    let mut roles = Roles { group, values, same, only, copies, distinct, left_out, said, ..when };
    choice.play(&mut roles, columns, habits, chosen)?;
    roles.decided = choice.decided;
    Some(roles)
}

/// That a table counts nothing.
pub(crate) fn no_numbers() -> Diagnostic {
    diag::error("no-numbers", "expected at least one column of numbers, found none")
        .hint("a table of words is drawn with `values_are = \"words\"` (`--values-are words`), or choose a file that counts something")
        .hint("if it counts, say with `header` (`--header`) where its columns are named, and with `values` which count")
}

impl Choice<'_, '_, '_, '_, '_> {
    /// Decides the parts that hang on which columns are values.
    fn play(
        &mut self,
        roles: &mut Roles,
        columns: &Columns,
        habits: Habits,
        subject: Option<(usize, Reason)>,
    ) -> Option<()> {
        if roles.values.is_empty() {
            if columns.values_are.is_some() {
                let file = self.findings.file;
                self.findings.fault(|| columns.unsuited("values_are", "it has no column of numbers", file));
            }
            return self.events(roles, subject.map(|(column, _)| column));
        }
        self.taken.extend(&roles.values);
        let values_are = columns.values_are.unwrap_or(ValueColumns::Subjects);
        if habits.wide && subject.is_none() && values_are == ValueColumns::Subjects {
            roles.group = roles.group.or_else(|| (roles.date.is_none()).then_some(0));
            let why = Reason::Header("its source has a column for each");
            self.decided.push(Candidates::best_of(Role::Subject, Vec::new()).instead(why));
            return Some(());
        }
        match columns.values_are {
            Some(said) => self.as_said(said, roles, subject)?,
            None => self.who(roles, subject)?,
        }
        let copies = self.note_ignored(roles);
        roles.copies.extend(copies);
        Some(())
    }

    /// The columns that say when; nothing else is decided yet.
    fn when(&mut self, named: Option<usize>, habits: Habits) -> Roles {
        let (date, bare) = self.date(named);
        self.taken.extend(date);
        let month = date.filter(|_| bare == Bare::Year).and_then(|date| self.month(date));
        self.taken.extend(month);
        let parts = if month.is_none() { self.parts(date, bare) } else { Vec::new() };
        self.taken.extend(parts.iter().map(|(_, column)| column));
        // Of an export whose columns are terms, one may be called a day.
        let parted = date.filter(|_| !habits.wide);
        let finer = bare != Bare::Year || month.is_some() || !parts.is_empty();
        self.take_repeated_parts(parted.filter(|_| finer));
        Roles { date, bare, month, parts, ..Roles::default() }
    }

    /// A column of which one text is kept splits nothing any more, unless it is the only one of texts and may
    /// name the subject.
    fn take_filtered(&mut self, only: &[(usize, Vec<String>)], named: bool) {
        for (column, _) in only.iter().filter(|(_, texts)| texts.len() == 1) {
            let rest = named || self.texts(Holds::Text).iter().any(|other| other != column);
            if rest && !matches!(self.meaning(*column), Meaning::Subject(_)) {
                self.taken.insert(*column);
            }
        }
    }

    /// Takes the columns of numbers that hold in every row what another one holds, unless they are named or all
    /// there is to count.
    fn take_copies(&mut self, of: usize, named: &[usize]) -> Vec<usize> {
        let numbers = self.sheet.holding(Holds::Numbers).into_iter();
        let free = numbers.filter(|column| *column != of && !self.taken.contains(column));
        let (copies, rest): (Vec<usize>, Vec<usize>) =
            free.partition(|column| !named.contains(column) && self.sheet.repeats(*column, of));
        if copies.is_empty() || rest.is_empty() {
            return Vec::new();
        }
        self.note_copies(&copies, of);
        self.taken.extend(&copies);
        copies
    }

    fn note_copies(&mut self, copies: &[usize], of: usize) {
        let verb = if copies.len() == 1 { "repeats" } else { "repeat" };
        let names = listed(copies.iter().map(|&column| self.sheet.name(column)));
        self.findings.note(format!("Left out {names}, which {verb} `{}` in every row.", self.sheet.name(of)));
    }

    /// Rows without a number are events, where there is not much more to them than a date.
    fn events(&mut self, roles: &mut Roles, subject: Option<usize>) -> Option<()> {
        let alone = self.sheet.names.len() == 1;
        let unfilled =
            self.sheet.holding(Holds::Nothing).iter().any(|&column| !self.sheet.title(column).is_empty());
        let dated =
            roles.date.filter(|_| !unfilled).filter(|&date| alone || is_date_word(self.sheet.name(date)));
        if dated.is_none() {
            self.no_numbers();
            return None;
        }
        let named = |column: &usize| {
            // What is called otherwise in every row is the event itself.
            matches!(self.meaning(*column), Meaning::Subject(_)) && !self.names_rows(*column)
        };
        roles.who = match subject.or_else(|| self.texts(Holds::Text).into_iter().find(named)) {
            Some(column) => Who::Cell(column),
            None => Who::Only(self.findings.stem().to_owned()),
        };
        self.tell_damaged_numbers(roles);
        Some(())
    }

    /// Tells of columns some of whose cells are numbers, where the rows are counted instead: the others may be
    /// slips of the pen.
    fn tell_damaged_numbers(&mut self, roles: &Roles) {
        for column in self.texts(Holds::Text).into_iter().filter(|&column| roles.who != Who::Cell(column)) {
            let present = || self.sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
            let numbers = present().filter(|cell| numbers::is_number(cell)).count();
            if numbers * 5 < present().count() || words::is_key(self.sheet.name(column)) {
                continue;
            }
            let text = |&row: &usize| {
                let cell = self.sheet.table.cell(row, column).unwrap_or("");
                !cell::is_missing(cell) && !numbers::is_number(cell)
            };
            let Some(row) = self.sheet.sample().find(text) else { continue };
            let found = quoted(self.sheet.table.cell(row, column).unwrap_or(""));
            let message = format!(
                "counted the rows instead of reading column `{}`, which holds numbers and also texts such as {found}",
                self.sheet.name(column)
            );
            let line = Some(self.sheet.table.line(row));
            self.findings.warn(
                "counted-rows",
                line,
                message,
                "correct its texts, or leave those cells empty, or name other columns in `values` (`--values`)",
            );
        }
    }

    fn no_numbers(&mut self) {
        let place = Place::file(self.findings.file);
        let empty = self.sheet.holding(Holds::Nothing);
        let empty: Vec<&str> = empty
            .into_iter()
            .map(|column| self.sheet.title(column))
            .filter(|title| !title.is_empty())
            .collect();
        if !empty.is_empty() {
            let place =
                Place { line: self.sheet.located.header.map(|row| self.sheet.table.line(row)), ..place };
            let verb = if empty.len() == 1 { "holds" } else { "hold" };
            let names = listed(empty.iter().take(8));
            return self.findings.fault(|| {
                diag::error(
                    "no-numbers",
                    format!("expected numbers, found only gaps: {names} {verb} nothing"),
                )
                .at(place)
                .hint("look whether the export is complete, or export a longer time")
            });
        }
        self.findings.fault(|| no_numbers().at(place));
    }

    /// Tells of text columns without a part; where they differ, rows may not be comparable. Gives those that only
    /// repeat the subject.
    fn note_ignored(&mut self, roles: &Roles) -> Vec<usize> {
        let used = |column: &usize| {
            self.taken.contains(column)
                || roles.group == Some(*column)
                || roles.who == Who::Cell(*column)
                || roles.owner == Some(*column)
        };
        let texts = self.sheet.holding(Holds::Text).into_iter().filter(|column| !used(column));
        let subject = match roles.who {
            Who::Cell(column) => Some(column),
            _ => None,
        };
        let repeats = |column: &usize| subject.is_some_and(|subject| self.sheet.repeats(*column, subject));
        let (copies, left): (Vec<usize>, Vec<usize>) = texts.partition(repeats);
        if let Some(subject) = subject.filter(|_| !copies.is_empty()) {
            self.note_copies(&copies, subject);
        }
        let left: Vec<&str> = left.into_iter().map(|column| self.sheet.name(column)).collect();
        if !left.is_empty() {
            let names = listed(left);
            let sentence =
                "name a column in `same` where rows with different texts in it must not be drawn together";
            self.findings.note(format!("Ignored {names}; {sentence}."));
        }
        copies
    }
}
