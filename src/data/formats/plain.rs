//! Files that nobody is known to write: a table, or a list of records.

use super::super::Completeness;
use super::{Format, NONE};

/// A delimited table.
pub(super) const CSV: &Format = &Format { name: "csv", ..NONE };

/// Numbers by date in JSON, as people collect them day by day.
pub(super) const DATED: &Format = &Format {
    last_period: Completeness::Unsure,
    answer: |answer, values| matches!(values, [one] if answer.dated(one)),
    ..*JSON
};

/// A list of JSON objects.
pub(super) const JSON: &Format = &Format { name: "json", ..NONE };
