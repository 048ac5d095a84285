//! Top PyPI Packages: the packages of PyPI that were downloaded most in a month, as CSV or JSON.

use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, has_all};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;

const FORMAT: &Format = &Format {
    name: "top-pypi-packages",
    publisher: Some("PyPI"),
    files: "CSV, JSON",
    obtained: "hugovk.github.io/top-pypi-packages",
    numbers: "downloads of the last 30 days, which overlap",
    basis: |_, _| Some(Basis::Window),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    recognise: |sheet| {
        let fits = sheet.names.len() == 2 && has_all(sheet, &["download_count", "project"]);
        let columns = columns(sheet, Some("project"), &["download_count"]);
        fits.then(|| Known { columns, ..Known::default() })
    },
    ..UNKNOWN
};
