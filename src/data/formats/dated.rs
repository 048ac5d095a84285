//! Numbers by date in JSON, as many interfaces answer and people collect them day by day.

use super::super::completeness::Completeness;
use super::super::format::{Format, JSON};
use super::super::signature::{Source, UNKNOWN};

pub(super) const SOURCE: &Source = &Source {
    format: &Format { last_period: Completeness::Unsure, ..*JSON },
    answer: |answer, values| matches!(values, [one] if answer.dated(one)),
    ..UNKNOWN
};
