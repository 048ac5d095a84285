//! How series and sources are called where no manifest names them.

use crate::data::{Completeness, Dataset, Facts};

/// A series' name: the subject alone as far as that tells series apart, else
/// `subject, measure` among several measures and `group: subject` among several groups.
pub(super) fn series(dataset: &Dataset, subject: usize, measure: usize, group: Option<usize>) -> String {
    let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
    let mut label = name(&dataset.subjects, subject);
    if dataset.measures.len() > 1 {
        label = format!("{label}, {}", dataset.measures.get(measure).map_or("", |measure| &measure.name));
    }
    match group {
        Some(group) => format!("{}: {label}", name(&dataset.groups, group)),
        None => label,
    }
}

/// How it is known that a last period was complete, where it is only supposed.
pub(super) const NO_SIGN: &str = "nothing in the file says otherwise";

/// How it is known whether the last period was still running.
pub(super) fn partial_because(facts: &Facts) -> String {
    if facts.first.is_none() {
        return "the file has no dates".into();
    }
    match (facts.last_period_because.as_str(), facts.last_period) {
        ("", Completeness::Unsure) => "the file does not say when it was made".into(),
        ("", _) => NO_SIGN.into(),
        (because, _) => because.into(),
    }
}
