//! Which column plays which part. What the user names is taken; the rest is chosen by what the columns hold
//! and by the words above them, and every choice between several columns is noted.

use std::collections::BTreeSet;

use crate::diag::{Diagnostic, Place, listed, quoted};

use super::Columns;
use super::cell;
use super::date_column::{bare, is_date_word};
use super::dates::{self, Bare};
use super::findings::Findings;
use super::sheet::{Holds, Sheet};
use super::words::{self, Meaning};

/// So many rows are looked at to find out whether a group is needed to tell them apart.
const KEYED: usize = 20_000;

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

/// What the value columns are, where they are not subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Across {
    /// A measure each: `stars`, `forks`.
    Measures,
    /// A group each: the portals of a table of keywords.
    Groups,
    /// A date each: years beside each other.
    Times,
}

/// The parts of the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Roles {
    pub(super) date: Option<usize>,
    /// What bare numbers of the date column are.
    pub(super) bare: Bare,
    /// The month that belongs to a date column of years.
    pub(super) month: Option<usize>,
    pub(super) who: Who,
    pub(super) across: Across,
    pub(super) group: Option<usize>,
    pub(super) values: Vec<usize>,
    pub(super) same: Vec<usize>,
    pub(super) only: Vec<(usize, Vec<String>)>,
}

/// Chooses the parts; `None` after a fault. Without value columns the rows are events. `wide` is what a
/// recognised format says of its value columns: that each is a subject.
pub(super) fn choose(
    sheet: &Sheet<'_, '_>,
    columns: &Columns,
    wide: bool,
    findings: &mut Findings<'_>,
) -> Option<Roles> {
    let mut named = |name: &Option<String>| name.as_ref().and_then(|name| sheet.find(name, findings));
    let (date, subject, group) = (named(&columns.date), named(&columns.subject), named(&columns.group));
    let mut all =
        |names: &[String]| names.iter().filter_map(|name| sheet.find(name, findings)).collect::<Vec<_>>();
    let (values, same) = (all(&columns.values), all(&columns.same));
    let only =
        columns.only.iter().filter_map(|(name, texts)| Some((sheet.find(name, findings)?, texts.clone())));
    let only: Vec<(usize, Vec<String>)> = only.collect();
    if findings.failed() {
        return None;
    }
    let mut choice = Choice { sheet, findings, taken: BTreeSet::new() };
    choice.taken.extend(same.iter().copied().chain(subject).chain(group));
    choice.take_filtered(&only);
    let (date, bare) = choice.date(date);
    choice.taken.extend(date);
    let month = date.filter(|_| bare == Bare::Year).and_then(|date| choice.month(date));
    choice.taken.extend(month);
    if choice.findings.failed() {
        return None;
    }
    let subject = subject.or_else(|| choice.numbered_subject(date));
    choice.taken.extend(subject);
    let values = choice.values(values, date);
    let mut roles =
        Roles { date, bare, month, who: Who::Header, across: Across::Measures, group, values, same, only };
    if roles.values.is_empty() {
        return choice.events(roles, subject);
    }
    choice.taken.extend(&roles.values);
    if wide && subject.is_none() {
        roles.group = group.or_else(|| (roles.date.is_none()).then_some(0));
        return Some(roles);
    }
    choice.who(&mut roles, subject)?;
    choice.note_ignored(&roles);
    Some(roles)
}

struct Choice<'s, 'f, 't, 'a, 'n> {
    sheet: &'s Sheet<'t, 'a>,
    findings: &'f mut Findings<'n>,
    taken: BTreeSet<usize>,
}

impl Choice<'_, '_, '_, '_, '_> {
    /// A column of which one text is kept splits nothing any more, unless it is the only one of texts.
    fn take_filtered(&mut self, only: &[(usize, Vec<String>)]) {
        for (column, _) in only.iter().filter(|(_, texts)| texts.len() == 1) {
            let rest = self.texts(Holds::Text).iter().any(|other| other != column);
            if rest && !matches!(self.meaning(*column), Meaning::Subject(_)) {
                self.taken.insert(*column);
            }
        }
    }

    /// The column of months beside one of years.
    fn month(&self, date: usize) -> Option<usize> {
        let small = |cell: &str| cell::is_missing(cell) || matches!(cell.parse::<u32>(), Ok(1..=12));
        let next = date + 1;
        let named = is_date_word(self.sheet.name(next)) || !self.sheet.has_titles();
        let repeat = self.distinct(date) < self.sheet.sampled(date).count();
        let months = repeat && self.sheet.held(next) == Holds::Numbers && self.sheet.sampled(next).all(small);
        (named && months && !self.taken.contains(&next)).then_some(next)
    }

    /// Rows without a number are events, where there is not much more to them than a date.
    fn events(&mut self, mut roles: Roles, subject: Option<usize>) -> Option<Roles> {
        let alone = self.sheet.names.len() == 1;
        let unfilled =
            self.sheet.holding(Holds::Nothing).iter().any(|&column| !self.sheet.title(column).is_empty());
        let dated =
            roles.date.filter(|_| !unfilled).filter(|&date| alone || is_date_word(self.sheet.name(date)));
        if dated.is_none() {
            self.no_numbers();
            return None;
        }
        let named = |column: &usize| matches!(self.meaning(*column), Meaning::Subject(_));
        roles.who = match subject.or_else(|| self.texts(Holds::Text).into_iter().find(named)) {
            Some(column) => Who::Cell(column),
            None => Who::Only(self.findings.stem().to_owned()),
        };
        Some(roles)
    }

    /// Whether the value columns are called by dates.
    fn are_times(&self, values: &[usize]) -> bool {
        let titles = || values.iter().map(|&column| self.sheet.title(column));
        values.len() > 1 && (titles().all(dates::is_date) || titles().all(is_year))
    }
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
        if let Some(column) = chosen.filter(|&column| self.describes(column)) {
            let sentence = format!(
                "Column `{}` describes each row; it is no date of counting.",
                self.sheet.name(column)
            );
            self.findings.note(sentence);
            return (None, Bare::No);
        }
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
        if found.is_none() {
            self.unreadable_date();
        }
        found.map_or((None, Bare::No), |(column, bare)| (Some(column), bare))
    }

    /// Whether a column of dates says something of the subjects, such as when each began: every row is another
    /// subject, named before its date.
    fn describes(&self, date: usize) -> bool {
        let cells = || self.sheet.sampled(date);
        let rows = cells().count();
        let differ = cells().any(|cell| Some(cell) != cells().next());
        let names = |column: usize| {
            let named = matches!(self.meaning(column), Meaning::Subject(_));
            named && self.sheet.held(column) == Holds::Text && self.distinct(column) == rows
        };
        rows > 1 && differ && (0..date).any(names)
    }

    /// A first column that is called a date but holds none is a fault: its numbers would be drawn as a series.
    fn unreadable_date(&mut self) {
        let title = self.sheet.title(0);
        let called = is_date_word(title) && self.sheet.held(0) == Holds::Numbers && !self.taken.contains(&0);
        let Some(cell) = self.sheet.sampled(0).find(|cell| !cell::is_missing(cell)).filter(|_| called) else {
            return;
        };
        let place = self.sheet.place(self.findings.file, self.sheet.located.first, 0);
        self.findings.fault(|| {
            Diagnostic::error(format!("expected a date, found {}", quoted(cell)))
                .at(place)
                .hint("write dates as 2020-01-31, or name the column that holds them")
        });
    }

    /// A column of bare numbers is one of dates where its header says so, or where it is the first and holds
    /// every year once.
    fn bare_date(&self, column: usize) -> Option<(usize, Bare)> {
        let kind = bare(self.sheet.sampled(column));
        let named = is_date_word(self.sheet.name(column)) || (!self.sheet.has_titles() && kind == Bare::Year);
        let years_once = || {
            let mut seen = BTreeSet::new();
            column == 0 && kind == Bare::Year && self.sheet.sampled(column).all(|cell| seen.insert(cell))
        };
        (kind != Bare::No && (named || years_once())).then_some((column, kind))
    }

    /// A column of numbers that names the subjects, as versions do: without any text, where dates repeat.
    fn numbered_subject(&mut self, date: Option<usize>) -> Option<usize> {
        let date = date?;
        let free = |column: &usize| !self.taken.contains(column);
        let numbers: Vec<usize> = self.sheet.holding(Holds::Numbers).into_iter().filter(free).collect();
        let texts = self.texts(Holds::Text).len() + self.texts(Holds::Constant).len();
        if texts > 0 || numbers.len() < 2 || self.distinct(date) == self.sheet.sampled(date).count() {
            return None;
        }
        let named = |column: &usize| matches!(self.meaning(*column), Meaning::Subject(_));
        let subject = numbers.into_iter().find(named)?;
        self.findings
            .note(format!("Took column `{}` as the subject, by its name.", self.sheet.name(subject)));
        Some(subject)
    }

    fn values(&mut self, named: Vec<usize>, date: Option<usize>) -> Vec<usize> {
        if !named.is_empty() {
            return named;
        }
        let numbers =
            self.sheet.holding(Holds::Numbers).into_iter().filter(|column| !self.taken.contains(column));
        let (left_out, values): (Vec<usize>, Vec<usize>) = numbers.partition(|&column| {
            words::is_identifier(self.sheet.name(column))
                || (column == 0 && self.sheet.title(0).is_empty() && self.counts_rows(0))
        });
        if values.is_empty() && date.is_none() {
            return left_out;
        }
        if !left_out.is_empty() {
            let names = listed(left_out.iter().map(|&column| self.sheet.name(column)));
            self.findings.note(format!("Left out {names}, which numbers the rows."));
        }
        values
    }

    /// Whether a column only counts rows, as the index that pandas writes: consecutive, or rising below a
    /// header that does not name it.
    fn counts_rows(&self, column: usize) -> bool {
        let cell = |row| self.sheet.table.cell(row, column).unwrap_or("");
        let numbers: Option<Vec<usize>> = self.sheet.sample().map(|row| cell(row).parse().ok()).collect();
        let steps = |fits: fn(usize) -> bool| {
            numbers.as_ref().is_some_and(|all| {
                all.iter().zip(all.iter().skip(1)).all(|(a, b)| b.checked_sub(*a).is_some_and(fits))
            })
        };
        if self.sheet.has_titles() { steps(|step| step > 0) } else { steps(|step| step == 1) }
    }

    fn no_numbers(&mut self) {
        let place = Place::file(self.findings.file);
        self.findings.fault(|| {
            Diagnostic::error("expected at least one column of numbers, found none")
                .at(place)
                .hint("a table of words cannot be drawn; print it as a table, or choose a file that counts something")
        });
    }

    /// Text columns without a part yet; those that are empty in most rows hold remarks, and have none.
    fn texts(&self, kind: Holds) -> Vec<usize> {
        let filled = |column: usize| {
            let empty = self.sheet.sampled(column).filter(|cell| cell.is_empty()).count();
            empty * 2 <= self.sheet.sampled(column).count()
        };
        let columns = self.sheet.holding(kind).into_iter();
        columns.filter(|&column| !self.taken.contains(&column) && filled(column)).collect()
    }

    fn meaning(&self, column: usize) -> Meaning {
        words::meaning(self.sheet.name(column))
    }

    fn distinct(&self, column: usize) -> usize {
        self.sheet.sampled(column).collect::<BTreeSet<_>>().len()
    }

    fn who(&mut self, roles: &mut Roles, subject: Option<usize>) -> Option<()> {
        if let Some(column) = subject {
            roles.who = Who::Cell(column);
            roles.group = roles.group.or_else(|| self.group(roles.date, column));
            return Some(());
        }
        let texts = self.texts(Holds::Text);
        let best =
            texts.iter().copied().min_by_key(|&column| (self.meaning(column), self.distinct(column), column));
        let Some(best) = best else { return self.without_text(roles) };
        if self.meaning(best) == Meaning::Group && self.constant_subject(roles, best) {
            return Some(());
        }
        if roles.date.is_none() && roles.group.is_none() && self.are_times(&roles.values) {
            (roles.who, roles.across) = (Who::Cell(best), Across::Times);
            self.findings.note("Took the header's dates as dates, and each row as a subject.");
            return Some(());
        }
        let measures =
            roles.values.iter().filter(|&&column| words::is_measure(self.sheet.name(column))).count();
        let meaning = self.meaning(best);
        let names_subjects = matches!(meaning, Meaning::Subject(_))
            || roles.values.len() == 1
            || measures == roles.values.len();
        // Several numbers beside a text that names no subjects: their columns are the subjects.
        let wide = match roles.date {
            Some(_) => meaning == Meaning::Group && !names_subjects,
            None => roles.group.is_some() || !names_subjects,
        };
        if wide {
            roles.group = roles.group.or_else(|| texts.first().copied());
            let by = roles.group.map_or("", |column| self.sheet.name(column));
            self.findings
                .note(format!("Took the columns of numbers as subjects, and column `{by}` as the group."));
            return Some(());
        }
        self.taken.insert(best);
        roles.who = Who::Cell(best);
        if texts.len() > 1 {
            let why = match meaning {
                Meaning::Subject(_) => "by its name",
                _ => "which has the fewest distinct texts",
            };
            self.findings.note(format!("Took column `{}` as the subject, {why}.", self.sheet.name(best)));
        }
        let per_cent = |column: &&usize| self.sheet.name(**column).contains('%');
        let signs = roles.values.iter().filter(per_cent).count();
        if roles.date.is_none()
            && roles.values.len() > 1 + signs
            && measures == signs
            && roles.group.is_none()
        {
            roles.across = Across::Groups;
            let names = listed(roles.values.iter().take(8).map(|&column| self.sheet.name(column)));
            self.findings.note(format!("Took the columns of numbers as groups of one measure: {names}."));
            return Some(());
        }
        roles.group = roles.group.or_else(|| self.group(roles.date, best));
        Some(())
    }

    /// Takes a subject that is the same in all rows, where the only texts that differ split its measure.
    fn constant_subject(&mut self, roles: &mut Roles, group: usize) -> bool {
        let named = |column: &usize| matches!(self.meaning(*column), Meaning::Subject(_));
        let Some(subject) = self.texts(Holds::Constant).into_iter().find(named) else { return false };
        roles.who = Who::Cell(subject);
        roles.group = roles.group.or(Some(group));
        let (subject, group) = (self.sheet.name(subject), self.sheet.name(group));
        self.findings
            .note(format!("Took column `{subject}` as the subject and column `{group}` as the group."));
        true
    }

    /// No text tells rows apart: the value columns are subjects, or measures of one subject.
    fn without_text(&mut self, roles: &mut Roles) -> Option<()> {
        let constants = self.texts(Holds::Constant);
        let values = &roles.values;
        let all_measures = values.iter().all(|&column| words::is_measure(self.sheet.name(column)));
        let named = constants.iter().copied().min_by_key(|&column| self.meaning(column));
        let certain = named.is_some_and(|column| matches!(self.meaning(column), Meaning::Subject(_)));
        let only = constants.len() == 1 && (all_measures || !self.sheet.has_titles());
        if let Some(column) = named.filter(|_| certain || only) {
            roles.who = Who::Cell(column);
            return Some(());
        }
        if roles.date.is_none() && roles.group.is_none() && self.sheet.sample().len() > 1 {
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
            self.findings
                .note(format!("Took the file's name as the subject, as only the measure is named: {stem}."));
            roles.who = Who::Only(stem);
        }
        Some(())
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
    fn note_ignored(&mut self, roles: &Roles) {
        let used = |column: &usize| {
            self.taken.contains(column) || roles.group == Some(*column) || roles.who == Who::Cell(*column)
        };
        let texts = self.sheet.holding(Holds::Text);
        let left: Vec<&str> =
            texts.iter().filter(|column| !used(column)).map(|&column| self.sheet.name(column)).collect();
        if !left.is_empty() {
            let names = listed(left);
            let sentence =
                "name a column in `same` where rows with different texts in it must not be drawn together";
            self.findings.note(format!("Ignored {names}; {sentence}."));
        }
    }
}

/// Whether a title is a year of our time.
fn is_year(title: &str) -> bool {
    title.len() == 4 && matches!(title.parse::<u32>(), Ok(1900..=2100))
}
