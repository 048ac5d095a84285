//! PyPI Stats: downloads of Python packages by day, or of the last day, week and month. `data/json` reads them.

use super::super::{Basis, Completeness};
use super::{Format, NONE};

pub(in super::super) const FORMAT: &Format = &Format {
    name: "pypistats",
    publisher: Some("PyPI"),
    basis: |name, _| match name {
        "last day" | "last week" | "last month" => Some(Basis::Window),
        _ => Some(Basis::Count),
    },
    last_period: Completeness::Unsure,
    ..NONE
};
