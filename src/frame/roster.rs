//! Who a dataset's spellings mean: declared subjects first, then everybody
//! else by first appearance, so that colours stay what they are.

use std::collections::BTreeMap;

use crate::data::Dataset;
use crate::diag::nearest;
use crate::figure::Ink;
use crate::manifest::{DatasetSpec, FigureSpec};

/// Somebody's place in a figure's roster.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Who(pub usize);

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
    let used = spec.datasets.iter().filter_map(|used| Some((used, datasets.get(&used.key)?)));
    for (used, name) in used.flat_map(|(used, data)| data.subjects.iter().map(move |name| (used, name))) {
        if find_in(used, &roster, name).is_none() {
            let taken = roster.iter().filter(|c| matches!(c.ink, Ink::Palette(_))).count();
            let ink = Ink::Palette(taken);
            roster.push(Candidate { label: name.trim().to_owned(), spellings: Vec::new(), ink, shown: None });
        }
    }
    roster
}

/// The candidate of a name, compared without case and outer space.
#[must_use]
pub fn find(roster: &[Candidate], name: &str) -> Option<Who> {
    let folded = fold(name);
    roster.iter().position(|candidate| candidate.is(&folded)).map(Who)
}

/// The candidate whom a dataset's spelling means.
pub(super) fn find_in(dataset: &DatasetSpec, roster: &[Candidate], name: &str) -> Option<Who> {
    let folded = fold(name);
    let own = dataset.names.iter().find(|(spelling, _)| fold(spelling) == folded);
    own.map(|(_, declared)| Who(*declared)).or_else(|| find(roster, name))
}

/// A candidate's name; empty for nobody.
#[must_use]
pub fn label(roster: &[Candidate], who: Who) -> &str {
    roster.get(who.0).map_or("", |candidate| candidate.label.as_str())
}

/// The label nearest to a mistyped name.
#[must_use]
pub fn nearest_label<'r>(roster: &'r [Candidate], name: &str) -> Option<&'r str> {
    nearest(name, roster.iter().map(|candidate| candidate.label.as_str()))
}

fn fold(name: &str) -> String {
    name.trim().to_lowercase()
}
