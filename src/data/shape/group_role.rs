//! Which column splits the measure, beside a subject: a portal, a country, or the name of what is counted.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::cells::words::Meaning;
use crate::data::shape::choice::Choice;
use crate::data::shape::evidence::{Candidate, Candidates, Reason, Role};
use crate::data::shape::plan::Roles;
use crate::data::shape::sheet::Holds;
use crate::data::shape::unlike::{Size, are_unlike};

/// So many rows are looked at to find out whether a group is needed to tell them apart.
const KEYED: usize = 20_000;

/// More groups than these are no measures.
const MEASURES: usize = 12;

impl Choice<'_, '_, '_, '_, '_> {
    /// Fills in what splits the measure, or which column names the measure of each row.
    pub(crate) fn find_group(&mut self, roles: &mut Roles, subject: usize) {
        if let Some(group) = roles.group {
            let asked = Candidate::new(group, vec![Reason::Asked]);
            self.decided.push(Candidates::best_of(Role::Group, vec![asked]));
            return;
        }
        let Some(group) = self.group(roles.date, subject) else { return };
        let name = self.sheet.name(group);
        if self.names_measures(group, &roles.values) {
            self.tell_measures(group);
            roles.measured_by = Some(group);
        } else {
            self.findings.note(format!("Took column `{name}` as the group."));
            roles.group = Some(group);
        }
    }

    /// Tells that the texts of a column are measures.
    pub(crate) fn tell_measures(&mut self, column: usize) {
        let name = self.sheet.name(column);
        self.findings.note(format!(
            "Took each text of column `{name}` as a measure of its own, as their sizes tell them apart; \
             name it as `group` (`--group`) to have them on one axis."
        ));
    }

    /// What splits the measure: a column that is named as a group, or that is needed to tell rows of one subject
    /// and date apart.
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
        let candidate = |&column: &usize| {
            let (known, with) =
                (matches!(self.meaning(column), Meaning::Group | Meaning::Place), keys(Some(column)));
            // A group has fewer texts than rows of a subject, or it describes the row.
            let splits = (known || plain < rows) && with > plain;
            let reasons = vec![
                if known { Reason::Titled(0) } else { Reason::Untitled },
                Reason::Parts(rows - with),
                Reason::Texts(self.distinct(column)),
                Reason::Stands(column),
            ];
            Candidate::new(column, reasons).unless((!splits).then_some(Reason::PartsNothing))
        };
        let found = Candidates::best_of(Role::Group, texts.iter().map(candidate).collect());
        let group = found.chosen();
        self.decided.push(found);
        self.taken.extend(group);
        group
    }

    /// Whether a column names what is counted in its rows: their values are of other kinds and sizes.
    pub(crate) fn names_measures(&self, column: usize, values: &[usize]) -> bool {
        let several = self.distinct(column);
        (2..=MEASURES).contains(&several)
            && values.iter().any(|&value| {
                let mut cells: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
                for (name, cell) in self.sheet.sampled(column).zip(self.sheet.sampled(value)) {
                    cells.entry(name).or_default().push(cell);
                }
                let sizes = cells.iter().filter_map(|(name, cells)| Size::of(name, cells.iter().copied()));
                are_unlike(&sizes.collect::<Vec<_>>())
            })
    }

    /// Whether columns of numbers are of several kinds. Of names that may be subjects, one must say what it counts.
    pub(crate) fn are_unlike(&self, columns: &[usize], may_be_subjects: bool) -> bool {
        let size = |&column: &usize| Size::of(self.sheet.name(column), self.sheet.sampled(column));
        let sizes: Vec<Size> = columns.iter().filter_map(size).collect();
        are_unlike(&sizes) && (!may_be_subjects || sizes.iter().any(|size| size.is_named()))
    }
}
