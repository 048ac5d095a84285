//! PePy: downloads of Python packages by day and version.

use super::super::completeness::Completeness;
use super::super::format::{Format, NONE};
use super::super::measure::Basis;
use super::super::signature::{Source, UNKNOWN};

const FORMAT: &Format = &Format {
    name: "pepy",
    publisher: Some("PyPI"),
    last_period: Completeness::Unsure,
    basis: |_, _| Some(Basis::Count),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| match values {
        [one] => one.get("total_downloads").is_some() && answer.dated(one),
        _ => false,
    },
    ..UNKNOWN
};
