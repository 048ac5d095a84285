//! PePy: downloads of Python packages by day and version.

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;

const FORMAT: &Format = &Format {
    name: "pepy",
    publisher: Some("PyPI"),
    files: "JSON",
    obtained: "api.pepy.tech/api/v2/projects/NAME",
    numbers: "downloads of each day, all versions added up",
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
