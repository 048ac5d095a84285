//! Who a dataset's spellings mean: declared subjects first, then everybody
//! else by first appearance, so that colours stay what they are.

use std::collections::BTreeMap;

use crate::data::Dataset;
use crate::diag::{self, Report, listed, nearest, quoted, toml_key};
use crate::figure::Ink;
use crate::spec::{DatasetSpec, FigureSpec};

/// Somebody's place in a figure's roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who(u32);

impl Who {
    /// Who has this place.
    #[must_use]
    pub fn at(place: usize) -> Self {
        Who(u32::try_from(place).unwrap_or(u32::MAX))
    }

    /// The place.
    #[must_use]
    pub fn place(self) -> usize {
        self.0 as usize
    }
}

/// So many subjects are listed in a hint.
const LISTED: usize = 8;

/// Somebody who is declared or occurs in the data of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// The name in the figure.
    pub label: String,
    /// Other names the manifest knows, key first; empty for who is not declared.
    pub spellings: Vec<String>,
    /// The colour.
    pub ink: Ink,
    /// Index into [`Look::subjects`](crate::figure::Look::subjects); `None` for who is not shown.
    pub shown: Option<usize>,
}

impl Candidate {
    fn is(&self, folded: &str) -> bool {
        std::iter::once(&self.label).chain(&self.spellings).any(|name| fold(name) == folded)
    }
}

/// Everybody who is declared in the manifest, in order, then who else occurs in the figure's datasets.
pub(super) fn gather(spec: &FigureSpec, datasets: &BTreeMap<String, Dataset>) -> Vec<Candidate> {
    let mut roster: Vec<Candidate> = spec
        .declared
        .iter()
        .map(|subject| {
            let spellings = std::iter::once(&subject.key).chain(&subject.also).cloned().collect();
            Candidate { label: subject.label.clone(), spellings, ink: subject.ink, shown: None }
        })
        .collect();
    let mut spelled = vec![false; roster.len()];
    for (used, name) in spellings(spec, datasets) {
        let found = find_in(used, &roster, name).filter(|who| {
            let label = label(&roster, *who);
            // Two spellings of one dataset that nobody says are one are two subjects.
            let is_other = who.place() >= spec.declared.len() && label != name.trim();
            let mut names = datasets.get(&used.key).into_iter().flat_map(|data| &data.subjects);
            !(is_other && names.any(|name| name.trim() == label))
        });
        let Some(index) = found.map(Who::place) else {
            let (label, ink) = (name.trim().to_owned(), Ink::Palette(0));
            roster.push(Candidate { label, spellings: Vec::new(), ink, shown: None });
            continue;
        };
        // Who has no table is called as the data call them.
        let is_named = spec.declared.get(index).is_some_and(|subject| subject.named.is_some());
        if let (true, Some(who), Some(spelled)) = (is_named, roster.get_mut(index), spelled.get_mut(index))
            && !*spelled
            && who.is(&fold(name))
        {
            name.trim().clone_into(&mut who.label);
            *spelled = true;
        }
    }
    roster
}

/// Who the figure names though neither a table nor the data know them.
pub(super) fn strangers(
    spec: &FigureSpec,
    datasets: &BTreeMap<String, Dataset>,
    roster: &[Candidate],
) -> Report {
    let mut report = Report::default();
    for (index, subject) in spec.declared.iter().enumerate() {
        let Some(place) = &subject.named else { continue };
        let of_data = || spec.datasets.iter().flat_map(|used| &used.names).any(|(_, whom)| *whom == index);
        let is_asked = spec.shown.contains(&index) || spec.highlight.contains(&index) || of_data();
        let folded = fold(&subject.key);
        if !is_asked || spellings(spec, datasets).any(|(_, name)| fold(name) == folded) {
            continue;
        }
        let known = |(other, who): (usize, &Candidate)| {
            let is_known = spec.declared.get(other).is_none_or(|subject| subject.named.is_none());
            is_known.then(|| who.label.clone())
        };
        let known: Vec<String> = roster.iter().enumerate().filter_map(known).collect();
        let message = format!("unknown subject {}", quoted(&subject.key));
        let more = if known.len() > LISTED { ", …" } else { "" };
        let hint = match nearest(&subject.key, known.iter().map(String::as_str)) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("subjects are {}{more}", listed(known.iter().take(LISTED))),
        };
        let table = format!("[subjects.{}]", toml_key(&subject.key));
        let declare = format!("or declare it in a table `{table}`, with what the data call it in `also`");
        report.push(diag::error("unknown-subject", message).at(place.clone()).hint(hint).hint(declare));
    }
    report
}

/// Every spelling in the figure's data, with the dataset that has it.
fn spellings<'s>(
    spec: &'s FigureSpec,
    datasets: &'s BTreeMap<String, Dataset>,
) -> impl Iterator<Item = (&'s DatasetSpec, &'s String)> {
    let used = spec.datasets.iter().filter_map(|used| Some((used, datasets.get(&used.key)?)));
    used.flat_map(|(used, data)| data.subjects.iter().map(move |name| (used, name)))
}

/// The candidate of a name: who is spelled just so without being declared, or else whom it means without regard to
/// case and outer space.
#[must_use]
pub fn find(roster: &[Candidate], name: &str) -> Option<Who> {
    let (exact, folded) = (name.trim(), fold(name));
    let is_exact = |candidate: &Candidate| candidate.spellings.is_empty() && candidate.label == exact;
    if let Some(index) = roster.iter().position(is_exact) {
        return Some(Who::at(index));
    }
    roster.iter().position(|candidate| candidate.is(&folded)).map(Who::at)
}

/// The candidate whom a dataset's spelling means.
pub(super) fn find_in(dataset: &DatasetSpec, roster: &[Candidate], name: &str) -> Option<Who> {
    let folded = fold(name);
    let own = dataset.names.iter().find(|(spelling, _)| fold(spelling) == folded);
    own.map(|(_, declared)| Who::at(*declared)).or_else(|| find(roster, name))
}

/// A candidate's name; empty for nobody.
#[must_use]
pub fn label(roster: &[Candidate], who: Who) -> &str {
    roster.get(who.place()).map_or("", |candidate| candidate.label.as_str())
}

/// The label nearest to a mistyped name.
#[must_use]
pub fn nearest_label<'r>(roster: &'r [Candidate], name: &str) -> Option<&'r str> {
    nearest(name, roster.iter().map(|candidate| candidate.label.as_str()))
}

/// A name as it is compared.
pub(super) fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}
