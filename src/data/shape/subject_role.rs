//! Which column names the subjects and which splits the measure, or whether the value columns are subjects
//! themselves.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use crate::diag::{self, Place, listed};

use crate::data::cells::calendar::{is_year, plain_year};
use crate::data::cells::dates;
use crate::data::cells::spans;
use crate::data::cells::words::{self, Meaning};
use crate::data::shape::choice::Choice;
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::Holds;

/// So many rows are looked at to find out whether a group is needed to tell them apart.
const KEYED: usize = 20_000;

impl Choice<'_, '_, '_, '_, '_> {
    /// Fills in who is compared, what splits the measure, and what the value columns are.
    pub(crate) fn who(&mut self, roles: &mut Roles, subject: Option<usize>) -> Option<()> {
        if let Some(column) = subject {
            roles.who = Who::Cell(column);
            if !roles.distinct {
                roles.group = roles.group.or_else(|| self.group(roles.date, column));
            }
            return Some(());
        }
        let texts = self.texts(Holds::Text);
        let Some((best, place)) = self.best(&texts, roles) else { return self.without_text(roles) };
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
            || self.is_index(best, roles.values.len(), measures)
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
                _ if place == Some(best) => "which has another text in every row",
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
            let kept = roles.values.iter().filter(|column| signs == roles.values.len() || !per_cent(column));
            let names = listed(kept.take(8).map(|&column| self.sheet.name(column)));
            self.findings.note(format!("Took the columns of numbers as groups of one measure: {names}."));
            return Some(());
        }
        roles.group = roles.group.or_else(|| self.group(roles.date, best));
        Some(())
    }

    /// The column of texts that names the subjects best, and a place of its own in every row: where there is no
    /// date, that is who is counted, whatever else of unknown meaning a row says.
    pub(crate) fn best(&self, texts: &[usize], roles: &Roles) -> Option<(usize, Option<usize>)> {
        let order = |&column: &usize| (self.meaning(column), self.distinct(column), column);
        let best = texts.iter().copied().min_by_key(order)?;
        let place = |column: &usize| self.meaning(*column) == Meaning::Place && self.names_rows(*column);
        let place = texts.iter().copied().find(place);
        let place = place.filter(|_| roles.date.is_none() && self.meaning(best) == Meaning::Unknown);
        Some((place.unwrap_or(best), place))
    }

    /// Whether a column of texts is that of a data frame's rows, which has no name: they are subjects where most
    /// columns name what is counted, or where the rows are by far too many for groups.
    fn is_index(&self, column: usize, values: usize, measures: usize) -> bool {
        let rows = self.sheet.located.block_end - self.sheet.located.first;
        let nameless = column == 0 && self.sheet.title(0).is_empty() && self.sheet.has_titles();
        nameless && (measures * 2 >= values || (rows > 12 && rows >= 4 * values))
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
                diag::error("no-names-or-dates", "missing a column of dates or of names")
                    .at(place)
                    .hint("add a column that says what each row is, or name it with `date` or `subject` (`--date`, `--subject`)")
            });
            return None;
        }
        if all_measures && one_measure(&values.iter().map(|&c| self.sheet.title(c)).collect::<Vec<_>>()) {
            let sentence = "Took the columns of numbers as subjects, as all are called after one measure.";
            self.findings.note(sentence);
            return Some(());
        }
        let bare = |column: usize| {
            self.sheet.title(column).is_empty() || words::is_anonymous(self.sheet.title(column))
        };
        let untitled = values.len() == 1 && values.iter().all(|&column| bare(column));
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
    pub(crate) fn group(&mut self, date: Option<usize>, subject: usize) -> Option<usize> {
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
            (Reverse(known), Reverse(keys(Some(column))), self.distinct(column), column)
        };
        let group = texts.into_iter().filter(splits).min_by_key(order)?;
        self.findings.note(format!("Took column `{}` as the group.", self.sheet.name(group)));
        self.taken.insert(group);
        Some(group)
    }

    /// A column of numbers that names the subjects where no text does: versions, categories or keys whose dates
    /// repeat, or of which every row has its own.
    pub(crate) fn numbered_subject(&mut self, date: Option<usize>) -> Option<usize> {
        let free = |column: &usize| !self.taken.contains(column);
        let numbers: Vec<usize> = self.sheet.holding(Holds::Numbers).into_iter().filter(free).collect();
        let texts = self.texts(Holds::Text).len() + self.texts(Holds::Constant).len();
        let rows = |column| self.sheet.sampled(column).count();
        let dates_repeat = date.is_none_or(|date| self.distinct(date) < rows(date));
        if texts > 0 || numbers.len() < 2 || !dates_repeat {
            return None;
        }
        let named = |column: &usize| {
            let (key, meaning) = (words::is_key(self.sheet.name(*column)), self.meaning(*column));
            let (own, subject) =
                (self.distinct(*column) == rows(*column), matches!(meaning, Meaning::Subject(_)));
            match date {
                Some(_) => subject || (!own && (key || meaning == Meaning::Group)),
                None => own && (key || subject || meaning == Meaning::Group),
            }
        };
        let subject = numbers.into_iter().find(named)?;
        self.findings
            .note(format!("Took column `{}` as the subject, by its name.", self.sheet.name(subject)));
        Some(subject)
    }

    /// Whether the value columns are called by dates.
    pub(crate) fn are_times(&self, values: &[usize]) -> bool {
        let titles = || values.iter().map(|&column| self.sheet.title(column));
        let seasons = titles().all(spans::is_season);
        values.len() > 1
            && !seasons
            && (titles().all(dates::is_date) || titles().all(|title| is_year(plain_year(title))))
    }
}

/// Whether titles name one measure and differ only in of whom: `Search interest in Keras`, `Keras downloads`.
fn one_measure(titles: &[&str]) -> bool {
    let words: Vec<Vec<String>> =
        titles.iter().map(|title| title.split(' ').map(str::to_lowercase).collect()).collect();
    let Some((first, others)) = words.split_first().filter(|(_, others)| !others.is_empty()) else {
        return false;
    };
    let shortest = words.iter().map(Vec::len).min().unwrap_or(0);
    let alike = |at: &usize| others.iter().all(|other| other.get(*at) == first.get(*at));
    let head = (0..shortest).take_while(alike).count();
    let from_end = |words: &[String], at: usize| words.iter().rev().nth(at).cloned();
    let same_end = |at: &usize| others.iter().all(|other| from_end(other, *at) == from_end(first, *at));
    let tail = (0..shortest - head).take_while(same_end).count();
    let rest = |words: &Vec<String>| words.get(head..words.len() - tail).unwrap_or_default().join(" ");
    let shared: Vec<String> = first.iter().take(head).chain(first.iter().rev().take(tail)).cloned().collect();
    words::is_measure(&shared.join(" "))
        && words.iter().map(rest).all(|rest| !rest.is_empty() && !words::is_measure(&rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_of_one_measure_differ_in_the_subject() {
        for titles in
            [["Search interest in Ann B", "Search interest in Bob"], ["Keras downloads", "Torch Downloads"]]
        {
            assert!(one_measure(&titles), "{titles:?}");
        }
        for titles in [
            ["stars", "forks"],
            ["total stars", "new stars"],
            ["Keras", "Torch"],
            ["downloads", "downloads a"],
        ] {
            assert!(!one_measure(&titles), "{titles:?}");
        }
        assert!(!one_measure(&["downloads"]));
    }
}
