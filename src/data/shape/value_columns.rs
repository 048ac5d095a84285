//! Who is compared, and what splits the measure, where the user says what the columns of values are. It must not know
//! how that is found out otherwise.

use crate::data::model::writing::ValueColumns;
use crate::data::shape::choice::Choice;
use crate::data::shape::evidence::{Candidate, Candidates, Reason, Role};
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::Holds;

impl Choice<'_, '_, '_, '_, '_> {
    /// Fills in who is compared, what splits the measure, and what the value columns are.
    pub(crate) fn as_said(
        &mut self,
        said: ValueColumns,
        roles: &mut Roles,
        subject: Option<(usize, Reason)>,
    ) -> Option<()> {
        roles.across = match said {
            // Words are read elsewhere, and only numbers come here.
            ValueColumns::Subjects | ValueColumns::Measures | ValueColumns::Words => Across::Measures,
            ValueColumns::Groups => Across::Groups,
            ValueColumns::Dates => Across::Times,
        };
        if said == ValueColumns::Subjects {
            let first = || self.subjects(roles.date).chosen();
            roles.group = roles.group.or_else(|| if roles.date.is_none() { first() } else { None });
            self.part_titles(roles);
            let asked = Reason::Header("`values_are` says so");
            self.decided.push(Candidates::best_of(Role::Subject, Vec::new()).instead(asked));
            return self.alone("subject", subject.map(|(column, _)| column), roles);
        }
        let candidates = match subject {
            Some((column, reason)) => {
                Candidates::best_of(Role::Subject, vec![Candidate::new(column, vec![reason])])
            }
            None => self.subjects(roles.date),
        };
        let constants = || self.texts(Holds::Constant).into_iter().min_by_key(|&column| self.meaning(column));
        let subject = candidates.chosen();
        if let Some(column) = subject.filter(|&column| self.names_only_measures(column, roles)) {
            self.take_only_measures(roles, column, candidates);
            return self.alone("subject", None, roles);
        }
        match subject.or_else(constants) {
            Some(column) => self.take_subject(roles, column),
            None => roles.who = Who::Only(self.findings.stem().to_owned()),
        }
        self.decided.push(candidates);
        match said {
            ValueColumns::Groups => self.alone("group", roles.group, roles),
            ValueColumns::Dates if !self.are_times(&roles.values) => {
                self.refuse("they are not called by dates", roles)
            }
            ValueColumns::Dates => self.alone("date", roles.date, roles),
            ValueColumns::Subjects | ValueColumns::Measures | ValueColumns::Words => {
                if let Some(column) = subject.filter(|_| !roles.distinct) {
                    self.find_group(roles, column);
                }
                Some(())
            }
        }
    }

    /// What the columns of values are cannot stand in another column as well.
    fn alone(&mut self, key: &str, column: Option<usize>, roles: &Roles) -> Option<()> {
        let Some(column) = column else { return Some(()) };
        self.refuse(&format!("column `{}` is the {key} already", self.sheet.name(column)), roles)
    }

    fn refuse(&mut self, why: &str, roles: &Roles) -> Option<()> {
        let file = self.findings.file;
        self.findings.fault(|| roles.said.unsuited("values_are", why, file));
        None
    }
}
