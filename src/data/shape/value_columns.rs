//! Who is compared, and what splits the measure, where the user says what the columns of values are. It must not know
//! how that is found out otherwise.

use crate::data::model::writing::ValueColumns;
use crate::data::shape::choice::Choice;
use crate::data::shape::plan::{Across, Roles, Who};
use crate::data::shape::sheet::Holds;

impl Choice<'_, '_, '_, '_, '_> {
    /// Fills in who is compared, what splits the measure, and what the value columns are.
    pub(crate) fn as_said(
        &mut self,
        said: ValueColumns,
        roles: &mut Roles,
        subject: Option<usize>,
    ) -> Option<()> {
        roles.across = match said {
            ValueColumns::Subjects | ValueColumns::Measures => Across::Measures,
            ValueColumns::Groups => Across::Groups,
            ValueColumns::Dates => Across::Times,
        };
        if said == ValueColumns::Subjects {
            let first = || self.texts(Holds::Text).first().copied();
            roles.group = roles.group.or_else(|| if roles.date.is_none() { first() } else { None });
            return self.alone("subject", subject, roles);
        }
        let subject = subject.or_else(|| self.best(&self.texts(Holds::Text), roles).map(|(best, _)| best));
        let constants = || self.texts(Holds::Constant).into_iter().min_by_key(|&column| self.meaning(column));
        roles.who = match subject.or_else(constants) {
            Some(column) => Who::Cell(column),
            None => Who::Only(self.findings.stem().to_owned()),
        };
        match said {
            ValueColumns::Groups => self.alone("group", roles.group, roles),
            ValueColumns::Dates if !self.are_times(&roles.values) => {
                self.refuse("they are not called by dates", roles)
            }
            ValueColumns::Dates => self.alone("date", roles.date, roles),
            ValueColumns::Subjects | ValueColumns::Measures => {
                let column = subject.filter(|_| !roles.distinct && roles.group.is_none());
                roles.group = column.and_then(|column| self.group(roles.date, column)).or(roles.group);
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
