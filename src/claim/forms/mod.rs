//! The forms of claims, one file each, and their registry: adding one is a file and a line here.
//!
//! A form reads its own words and holds them against the rows of a frame. It must not know its siblings.

mod passes;
mod peaks;
mod ranking;
mod trend;

use crate::claim::Checker;
use crate::diag::{Diagnostic, quoted};
use crate::spec::grammar::{Word, Words};
use crate::spec::source::Anchor;

/// A form of claims.
pub(super) trait Form: Sync {
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
pub(super) trait Statement {
    /// Holds it against a frame.
    ///
    /// # Errors
    /// Why it does not hold, is undecided or cannot be checked.
    fn check(&self, checker: &Checker<'_>) -> Result<(), Diagnostic>;
}

/// Every form, in the order that messages list them.
static ALL: [&dyn Form; 4] = [&ranking::Ranking, &passes::Passes, &trend::Trend, &peaks::Peaks];

/// Reads a claim.
///
/// # Errors
/// The first thing in it that cannot be read, with its place inside the string.
pub(super) fn parse(text: &str, anchor: &Anchor) -> Result<Box<dyn Statement>, Diagnostic> {
    let words = Words::split(text, anchor)?;
    let marked = |form: &dyn Form| {
        let from = usize::from(!form.may_begin());
        words.all().iter().skip(from).position(|word| form.is_mark(word)).map(|at| at + from)
    };
    // Signs decide; of several verbs the first does.
    let found = ALL.into_iter().filter_map(|form| Some((!form.may_begin(), marked(form)?, form)));
    match found.min_by_key(|(is_verb, at, _)| (*is_verb, *at)) {
        Some((_, at, form)) => form.read(&words, at),
        None => {
            let marks = || ALL.into_iter().flat_map(|form| form.marks()).map(|mark| format!("`{mark}`"));
            let message = format!("expected {} in {}", or(marks().collect()), quoted(text));
            let examples = ALL.into_iter().flat_map(|form| form.examples()).map(|text| format!("`{text}`"));
            let hint = format!("claims are written {}", or(examples.collect()));
            Err(words.fault(words.len().min(1), message).hint(hint))
        }
    }
}

/// `a, b or c`.
fn or(mut names: Vec<String>) -> String {
    let last = names.pop().unwrap_or_default();
    if names.is_empty() { last } else { format!("{} or {last}", names.join(", ")) }
}
