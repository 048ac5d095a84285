//! PYPL: the shares of programming languages in searches for tutorials, in the script of its page.

use super::super::Basis;
use super::{Format, NONE};

/// What its numbers are.
pub(in super::super) const NOTE: &str = "Shares are fractions of 1.";

pub(in super::super) const FORMAT: &Format =
    &Format { name: "pypl", publisher: Some("PYPL"), basis: |_, _| Some(Basis::Share), ..NONE };
