//! Models and datasets of Hugging Face. `data/json` reads them.

use super::super::Basis;
use super::{Format, NONE};

pub(in super::super) const FORMAT: &Format = &Format {
    name: "hugging-face",
    publisher: Some("Hugging Face"),
    basis: |name, _| match name {
        // Of the 30 days before the answer.
        "downloads" => Some(Basis::Window),
        _ => Some(Basis::Cumulative),
    },
    ..NONE
};
