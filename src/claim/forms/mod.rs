//! The forms of claims, one file each, and their registry: adding one is a file and a line here.
//!
//! A form reads its own words and holds them against the rows of a frame. It must not know its siblings.

mod form;
mod passes;
mod peaks;
mod ranking;
mod says;
mod trend;

use form::{Form, Statement};

use crate::diag::{Diagnostic, quoted};
use crate::spec::grammar::Words;
use crate::spec::source::Anchor;

/// Every form, in the order that messages list them.
static ALL: [&dyn Form; 5] = [&ranking::Ranking, &passes::Passes, &trend::Trend, &peaks::Peaks, &says::Says];

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
