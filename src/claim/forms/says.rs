//! `A is High in 'API level'`: what the words of a table say.

use super::form::{Form, Statement};
use crate::claim::checker::{Checker, in_words};
use crate::claim::values::{Slice, slices, subject};
use crate::diag::{Diagnostic, quoted};
use crate::frame::Value;
use crate::frame::roster::Who;
use crate::spec::grammar::{Name, Scope, Words};

pub(super) struct Says;

/// Of whom, what, and of which dates and groups.
struct Claim {
    who: Name,
    said: Name,
    scope: Scope,
}

impl Form for Says {
    fn marks(&self) -> &'static [&'static str] {
        &["is"]
    }

    fn examples(&self) -> &'static [&'static str] {
        &["A is WORDS in GROUP"]
    }

    fn read(&self, words: &Words<'_>, mark: usize) -> Result<Box<dyn Statement>, Diagnostic> {
        let end = words.scope_start(mark + 1);
        Ok(Box::new(Claim {
            who: words.name(0, mark, "a subject")?,
            said: words.name(mark + 1, end, "what is said of it")?,
            scope: words.scope(end)?,
        }))
    }
}

impl Statement for Claim {
    fn check(&self, checker: &Checker<'_>) -> Result<(), Diagnostic> {
        let who = subject(checker.frame, &self.who)?;
        let slices = slices(checker.spec, checker.frame, &self.scope.group)?;
        slices.iter().try_for_each(|slice| checker.says(slice, self, who))
    }
}

impl Checker<'_> {
    fn says(&self, slice: &Slice<'_>, claim: &Claim, who: Who) -> Result<(), Diagnostic> {
        let (label, within) = (self.label(who), in_words(slice));
        let dates = slice.dates(self.spec, claim.scope.when, &[who]);
        if dates.is_empty() {
            return Err(self.uncheckable(&format!("nothing is said of {label}{within}")));
        }
        for row in dates.iter().filter_map(|at| slice.row(*at, who)) {
            let Value::Word(_) = row.value else {
                return Err(self.uncheckable("the values are numbers").hint("compare them: `A > B`"));
            };
            let said = slice.panel.said(row.value);
            if said.to_lowercase() != claim.said.text.trim().to_lowercase() {
                return Err(self.broken(&format!("{label} is {}{within}", quoted(said))));
            }
        }
        Ok(())
    }
}
