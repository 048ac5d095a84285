//! PePy: downloads of Python packages by day. `data/json` reads them.

use super::super::{Basis, Completeness};
use super::{Format, NONE};

pub(in super::super) const FORMAT: &Format = &Format {
    name: "pepy",
    publisher: Some("PyPI"),
    basis: |_, _| Some(Basis::Count),
    last_period: Completeness::Unsure,
    ..NONE
};
