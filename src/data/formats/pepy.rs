//! PePy: downloads of Python packages by day and version.

use super::super::{Basis, Completeness};
use super::{Format, NONE};

pub(super) const FORMAT: &Format = &Format {
    name: "pepy",
    publisher: Some("PyPI"),
    last_period: Completeness::Unsure,
    basis: |_, _| Some(Basis::Count),
    answer: |answer, values| match values {
        [one] => one.get("total_downloads").is_some() && answer.dated(one),
        _ => false,
    },
    ..NONE
};
