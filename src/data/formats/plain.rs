//! Files that nobody is known to write: a table, or a list of records.

use super::{Format, NONE};

/// A delimited table.
pub(in super::super) const CSV: &Format = &Format { name: "csv", ..NONE };

/// A list of JSON objects.
pub(in super::super) const JSON: &Format = &Format { name: "json", ..NONE };
