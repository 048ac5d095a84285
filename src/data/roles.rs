//! Which column plays which part. What the user names is taken; the rest is chosen by what the columns hold
//! and by the words above them, and every choice between several columns is noted.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Place, listed};

use super::Columns;
use super::date_column::{bare, is_date_word};
use super::dates::Bare;
use super::findings::Findings;
use super::sheet::{Holds, Sheet};
use super::words::{self, Meaning};

/// So many rows are looked at to find out whether a group is needed to tell them apart.
const KEYED: usize = 50_000;

/// Who is compared in a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Who {
    /// The text of this column (long).
    Cell(usize),
    /// The name of the value's column (wide).
    Header,
    /// One subject in the whole file.
    Only(String),
}

/// The parts of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) date: Option<usize>,
    /// What bare numbers of the date column are.
    pub(super) bare: Bare,
    pub(super) who: Who,
    pub(super) group: Option<usize>,
    pub(super) values: Vec<usize>,
    pub(super) same: Vec<usize>,
    pub(super) only: Vec<(usize, Vec<String>)>,
}

/// Chooses the parts; `None` after a fault. `wide` is what a recognised format says of its value columns:
/// that each is a subject.
pub(super) fn choose(
    sheet: &Sheet<'_, '_>,
    columns: &Columns,
    wide: bool,
    findings: &mut Findings<'_>,
) -> Option<Roles> {
    let mut named = |name: &Option<String>| name.as_ref().map(|name| sheet.find(name, findings));
    let (date, subject, group) = (named(&columns.date), named(&columns.subject), named(&columns.group));
    let values: Vec<_> = columns.values.iter().map(|name| sheet.find(name, findings)).collect();
    let same: Vec<_> = columns.same.iter().map(|name| sheet.find(name, findings)).collect();
    let only: Vec<_> =
        columns.only.iter().map(|(name, texts)| Some((sheet.find(name, findings)?, texts.clone()))).collect();
    if findings.failed() {
        return None;
    }
    let mut choice = Choice { sheet, findings, taken: BTreeSet::new() };
    let only: Vec<(usize, Vec<String>)> = only.into_iter().flatten().collect();
    let same: Vec<usize> = same.into_iter().flatten().collect();
    choice.taken.extend(only.iter().map(|(column, _)| *column).chain(same.iter().copied()));
    choice.taken.extend([subject, group].into_iter().flatten().flatten());
    let (date, bare) = choice.date(date.flatten());
    choice.taken.extend(date);
    let values = choice.values(values.into_iter().flatten().collect());
    if values.is_empty() {
        choice.no_numbers();
        return None;
    }
    choice.taken.extend(&values);
    if wide && subject.is_none() {
        return Some(Roles { date, bare, who: Who::Header, group: group.flatten(), values, same, only });
    }
    let (who, group) = choice.who(subject.flatten(), group.flatten(), date, &values)?;
    Some(Roles { date, bare, who, group, values, same, only })
}

struct Choice<'s, 'f, 't, 'a, 'n> {
    sheet: &'s Sheet<'t, 'a>,
    findings: &'f mut Findings<'n>,
    taken: BTreeSet<usize>,
}

impl Choice<'_, '_, '_, '_, '_> {
    fn date(&mut self, named: Option<usize>) -> (Option<usize>, Bare) {
        if let Some(column) = named {
            return (named, bare(self.sheet.sampled(column)));
        }
        let free = |column: &usize| !self.taken.contains(column);
        let dated: Vec<usize> = self.sheet.holding(Holds::Dates).into_iter().filter(free).collect();
        let by_name = |column: &&usize| is_date_word(self.sheet.name(**column));
        // Further right only a name tells a date of observation from one that describes a row (a last commit).
        let by_position = |column: &&usize| **column < 3;
        let chosen = dated.iter().find(by_name).or_else(|| dated.iter().find(by_position)).copied();
        if let Some(column) = chosen {
            let others = dated.iter().filter(|&&other| other != column).map(|&other| self.sheet.name(other));
            let others: Vec<&str> = others.collect();
            if !others.is_empty() {
                let sentence = format!(
                    "Dates are those of column `{}`; {} also holds dates.",
                    self.sheet.name(column),
                    listed(others)
                );
                self.findings.note(sentence);
            }
            return (Some(column), Bare::No);
        }
        let numbers = self.sheet.holding(Holds::Numbers);
        let found = numbers.into_iter().filter(free).find_map(|column| self.bare_date(column));
        found.map_or((None, Bare::No), |(column, bare)| (Some(column), bare))
    }

    /// A column of bare numbers is one of dates where its header says so, or where it is the first and holds
    /// every year once.
    fn bare_date(&self, column: usize) -> Option<(usize, Bare)> {
        let kind = bare(self.sheet.sampled(column));
        let named = is_date_word(self.sheet.name(column));
        let years_once = || {
            let mut seen = BTreeSet::new();
            column == 0 && kind == Bare::Year && self.sheet.sampled(column).all(|cell| seen.insert(cell))
        };
        (kind != Bare::No && (named || years_once())).then_some((column, kind))
    }

    fn values(&mut self, named: Vec<usize>) -> Vec<usize> {
        if !named.is_empty() {
            return named;
        }
        let numbers =
            self.sheet.holding(Holds::Numbers).into_iter().filter(|column| !self.taken.contains(column));
        let (left_out, values): (Vec<usize>, Vec<usize>) = numbers.partition(|&column| {
            words::is_identifier(self.sheet.name(column))
                || (column == 0 && self.sheet.title(0).is_empty() && self.counts_rows(0))
        });
        if values.is_empty() {
            return left_out;
        }
        if !left_out.is_empty() {
            let names = listed(left_out.iter().map(|&column| self.sheet.name(column)));
            self.findings.note(format!("Left out {names}, which numbers the rows."));
        }
        values
    }

    /// Whether a column only counts rows, as the index that pandas writes.
    fn counts_rows(&self, column: usize) -> bool {
        let start = self.sheet.sampled(column).next().and_then(|cell| cell.parse::<usize>().ok());
        start.is_some_and(|start| {
            (start..).zip(self.sheet.sampled(column)).all(|(n, cell)| cell.parse() == Ok(n))
        })
    }

    fn no_numbers(&mut self) {
        let place = Place::file(self.findings.file);
        self.findings.fault(|| {
            Diagnostic::error("expected at least one column of numbers, found none")
                .at(place)
                .hint("a table of words cannot be drawn; print it as a table, or choose a file that counts something")
        });
    }

    /// Text columns without a part yet.
    fn texts(&self, kind: Holds) -> Vec<usize> {
        self.sheet.holding(kind).into_iter().filter(|column| !self.taken.contains(column)).collect()
    }

    fn meaning(&self, column: usize) -> Meaning {
        words::meaning(self.sheet.name(column))
    }

    fn distinct(&self, column: usize) -> usize {
        self.sheet.sampled(column).collect::<BTreeSet<_>>().len()
    }

    fn who(
        &mut self,
        subject: Option<usize>,
        group: Option<usize>,
        date: Option<usize>,
        values: &[usize],
    ) -> Option<(Who, Option<usize>)> {
        if let Some(column) = subject {
            let group = group.or_else(|| self.group(date, column));
            return Some((Who::Cell(column), group));
        }
        let texts = self.texts(Holds::Text);
        let best =
            texts.iter().copied().min_by_key(|&column| (self.meaning(column), self.distinct(column), column));
        let Some(best) = best else { return self.without_text(group, date, values) };
        let all_measures = values.iter().all(|&column| words::is_measure(self.sheet.name(column)));
        let meaning = self.meaning(best);
        let names_subjects = matches!(meaning, Meaning::Subject(_)) || values.len() == 1 || all_measures;
        // Several numbers beside a text that names no subjects: their columns are the subjects.
        let wide = match date {
            Some(_) => meaning == Meaning::Group && !names_subjects,
            None => group.is_some() || !names_subjects,
        };
        if wide {
            let group = group.or_else(|| texts.first().copied());
            let by = group.map_or("", |column| self.sheet.name(column));
            self.findings.note(format!("Took the columns of numbers as subjects, and `{by}` as the group."));
            self.note_ignored(&texts, group);
            return Some((Who::Header, group));
        }
        self.taken.insert(best);
        if texts.len() > 1 {
            let why = match meaning {
                Meaning::Subject(_) => "by its name",
                _ => "which has the fewest distinct texts",
            };
            self.findings.note(format!("Took column `{}` as the subject, {why}.", self.sheet.name(best)));
        }
        let group = group.or_else(|| self.group(date, best));
        self.note_ignored(&texts, group);
        Some((Who::Cell(best), group))
    }

    /// No text tells rows apart: the value columns are subjects, or measures of one subject.
    fn without_text(
        &mut self,
        group: Option<usize>,
        date: Option<usize>,
        values: &[usize],
    ) -> Option<(Who, Option<usize>)> {
        let constants = self.texts(Holds::Constant);
        let all_measures = values.iter().all(|&column| words::is_measure(self.sheet.name(column)));
        let named = constants.iter().copied().min_by_key(|&column| self.meaning(column));
        let certain = named.is_some_and(|column| matches!(self.meaning(column), Meaning::Subject(_)));
        if let Some(column) = named.filter(|_| certain || (all_measures && constants.len() == 1)) {
            return Some((Who::Cell(column), group));
        }
        if date.is_none() && group.is_none() && self.sheet.sample().len() > 1 {
            let place = Place::file(self.findings.file);
            self.findings.fault(|| {
                Diagnostic::error("missing a column of dates or of names")
                    .at(place)
                    .hint("add a column that says what each row is, and name it in the first line")
            });
            return None;
        }
        let untitled = values.len() == 1 && values.iter().all(|&column| self.sheet.title(column).is_empty());
        if all_measures || untitled {
            let stem = self.findings.stem().to_owned();
            self.findings.note(format!(
                "Took the file's name as the subject, because only the measure is named: {stem}."
            ));
            return Some((Who::Only(stem), group));
        }
        Some((Who::Header, group))
    }

    /// What splits the measure, beside a subject: a column that is named as a group, or that is needed to
    /// tell rows of one subject and date apart.
    fn group(&mut self, date: Option<usize>, subject: usize) -> Option<usize> {
        self.taken.insert(subject);
        let texts = self.texts(Holds::Text);
        let rows = self.sheet.located.first..self.sheet.located.block_end;
        let rows = rows.start..rows.end.min(rows.start.saturating_add(KEYED));
        let keys = |extra: Option<usize>| {
            let cell =
                |row, column: Option<usize>| column.and_then(|c| self.sheet.table.cell(row, c)).unwrap_or("");
            let rows = rows.clone();
            let key = |row| (cell(row, date), cell(row, Some(subject)), cell(row, extra));
            rows.map(key).collect::<BTreeSet<_>>().len()
        };
        if texts.is_empty() {
            return None;
        }
        let (plain, rows) = (keys(None), rows.len());
        let splits = |&column: &usize| {
            let known = matches!(self.meaning(column), Meaning::Group | Meaning::Place);
            // A group has fewer texts than rows of a subject, or it describes the row.
            (known || plain < rows) && keys(Some(column)) > plain
        };
        let order = |&column: &usize| {
            let known = matches!(self.meaning(column), Meaning::Group | Meaning::Place);
            (std::cmp::Reverse(known), std::cmp::Reverse(keys(Some(column))), self.distinct(column), column)
        };
        let group = texts.into_iter().filter(splits).min_by_key(order)?;
        self.findings.note(format!("Took column `{}` as the group.", self.sheet.name(group)));
        self.taken.insert(group);
        Some(group)
    }

    /// Tells of text columns without a part; where they differ, rows may not be comparable.
    fn note_ignored(&mut self, texts: &[usize], group: Option<usize>) {
        let left: Vec<&str> = texts
            .iter()
            .filter(|&&column| Some(column) != group && !self.taken.contains(&column))
            .map(|&column| self.sheet.name(column))
            .collect();
        if !left.is_empty() {
            let names = listed(left);
            self.findings.note(format!("Ignored {names}; name a column in `same` where rows with different texts in it must not be drawn together."));
        }
    }
}
