//! Section G: honesty of the data.

use super::rule::{Breach, Level, Picture, Rule};
use crate::data::Basis;
use crate::diag::quoted;
use Level::{Must, Should};

pub(super) static RULES: [Rule; 10] = [
    Rule::other(("G1", Must), "a period that is not whole is left out, or drawn as what it is"),
    Rule::checked(("G2", Must), "search interest is an index, and no number or share of searches", interest),
    Rule::other(("G3", Must), "exports of several scales are put on one, or refused"),
    Rule::other(("G4", Must), "what is below one is drawn by a rule that is told"),
    Rule::other(("G5", Should), "term, place and day of a search are told"),
    Rule::other(("G6", Should), "averages are centred, with their values beneath"),
    Rule::other(("G7", Must), "an index names its base"),
    Rule::other(("G8", Must), "what is cumulative says so"),
    Rule::checked(("G9", Must), "data carry the day they are of", dated),
    Rule::other(("G10", Should), "different measures do not share an axis"),
];

fn interest(picture: &Picture<'_>) -> Vec<Breach> {
    let is_index = picture.frame.panels.iter().any(|panel| panel.basis == Basis::Index);
    let trends = picture.words.source.contains("Google Trends");
    let says = |text: &str| text.to_lowercase().contains("searches");
    let wrong = [("title", &picture.words.title), ("subtitle", &picture.words.subtitle)];
    let wrong = wrong.into_iter().filter(|(_, text)| is_index && trends && says(text));
    wrong
        .map(|(key, _)| {
            Breach::new(key, "an index of interest is called searches", "write “search interest”")
        })
        .collect()
}

fn dated(picture: &Picture<'_>) -> Vec<Breach> {
    let undated = picture.spec.datasets.iter().filter(|dataset| dataset.retrieved.is_none());
    let found = |key: &str| format!("no day for dataset {}", quoted(key));
    undated.map(|dataset| Breach::new("dataset", found(&dataset.key), "add `retrieved` to it")).collect()
}
