//! What a form of claims can do. It must not know any.

use crate::claim::checker::Checker;
use crate::diag::Diagnostic;
use crate::figure::Marked;
use crate::spec::grammar::{Word, Words};

/// A form of claims.
pub(crate) trait Form: Sync {
    /// What it is known by, as messages list it: a sign or a verb.
    fn marks(&self) -> &'static [&'static str];

    /// How claims of it are written.
    fn examples(&self) -> &'static [&'static str];

    /// Whether a word marks a claim of this form.
    fn is_mark(&self, word: &Word<'_>) -> bool {
        !word.quoted && self.marks().contains(&word.text)
    }

    /// Whether a mark may be the first word.
    fn may_begin(&self) -> bool {
        false
    }

    /// Reads a claim whose mark stands at an index.
    ///
    /// # Errors
    /// The first thing in it that cannot be read, with its place.
    fn read(&self, words: &Words<'_>, mark: usize) -> Result<Box<dyn Statement>, Diagnostic>;
}

/// What a claim says.
pub(crate) trait Statement {
    /// Holds it against a frame.
    ///
    /// # Errors
    /// Why it does not hold, is undecided or cannot be checked.
    fn check(&self, checker: &Checker<'_>) -> Result<(), Diagnostic>;

    /// The point of a line that it speaks of, where it holds.
    fn marked(&self, _: &Checker<'_>) -> Option<Marked> {
        None
    }
}
