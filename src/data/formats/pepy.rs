//! PePy: downloads of Python packages by day and version.

use serde_json::Value as Json;

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
    answer: |answer, values| {
        let is_project = |value: &Json| value.get("total_downloads").is_some();
        let is_known = !values.is_empty() && values.iter().all(is_project);
        // All are read, whatever one of them lacks.
        is_known && values.iter().filter(|value| answer.dated(value)).count() > 0
    },
    ..UNKNOWN
};
