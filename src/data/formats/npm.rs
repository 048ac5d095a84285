//! npm's downloads of packages, by day or of one span. `data/json` reads them.

use super::super::{Basis, Completeness};
use super::{Format, NONE};

pub(in super::super) const FORMAT: &Format = &Format {
    name: "npm-downloads",
    publisher: Some("npm"),
    basis: |_, _| Some(Basis::Count),
    last_period: Completeness::Unsure,
    ..NONE
};
