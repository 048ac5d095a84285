//! How series and sources are called where no manifest names them.

use crate::data::{Dataset, Facts};

/// The name that the data room gives to the measure of a table that names only subjects.
pub(super) const UNNAMED_MEASURE: &str = "value";

/// A series' name: the subject alone as far as that tells series apart, else
/// `subject, measure` among several measures and `group: subject` among several groups.
pub(super) fn series(dataset: &Dataset, subject: usize, measure: usize, group: Option<usize>) -> String {
    let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
    let mut label = name(&dataset.subjects, subject);
    if dataset.measures.len() > 1 {
        label = format!("{label}, {}", name(&dataset.measures, measure));
    }
    match group {
        Some(group) => format!("{}: {label}", name(&dataset.groups, group)),
        None => label,
    }
}

/// Who counted, where the format says so.
pub(super) fn publisher(format: &str) -> Option<&'static str> {
    Some(match format {
        "pytrends" | "gtrendsR" => "Google Trends",
        "star-history" | "daily-stars-explorer" | "gh-archive" => "GitHub",
        "npm-downloads" => "npm",
        "pypistats" | "pepy" => "PyPI",
        "crates-io" => "crates.io",
        "hugging-face" => "Hugging Face",
        "pypl" => "PYPL",
        "tiobe" | "tiobe-ranks" => "TIOBE",
        "indeed-hiring-lab" => "Indeed Hiring Lab",
        "arxiv-submissions" => "arXiv",
        "stack-exchange" => "Stack Exchange",
        _ if format.starts_with("google-trends") => "Google Trends",
        _ if format.starts_with("github-") => "GitHub",
        _ => return None,
    })
}

/// Whether values are scaled to the highest of their own export, so that those of two exports do not compare.
pub(super) fn is_scaled(format: &str) -> bool {
    let counts = format == "google-trends-now" || is_shared_out(format);
    publisher(format) == Some("Google Trends") && !counts
}

/// Whether values are shares of what was searched in each place, and add up to 100 % there.
pub(super) fn is_shared_out(format: &str) -> bool {
    format == "google-trends-map-shares"
}

/// How it is known that a last period was complete, where it is only supposed.
pub(super) const NO_SIGN: &str = "nothing in the file says otherwise";

/// How it is known whether the last period was still running.
pub(super) fn partial_because(facts: &Facts) -> String {
    if facts.first.is_none() {
        return "the file has no dates".into();
    }
    match (facts.partial_because.as_str(), facts.partial_last.as_str()) {
        ("", "possible") => "the file does not say when it was made".into(),
        ("", _) => NO_SIGN.into(),
        (because, _) => because.into(),
    }
}
