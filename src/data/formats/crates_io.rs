//! crates.io: crates with their totals, or the downloads of one crate by day.

use super::super::{Basis, Completeness};
use super::{Format, NONE};

pub(in super::super) const FORMAT: &Format = &Format {
    name: "crates-io",
    publisher: Some("crates.io"),
    basis: |name, is_dated| match name {
        // Of the last 90 days.
        "recent downloads" => Some(Basis::Window),
        _ if is_dated => Some(Basis::Count),
        _ => Some(Basis::Cumulative),
    },
    last_period: Completeness::Unsure,
    ..NONE
};
