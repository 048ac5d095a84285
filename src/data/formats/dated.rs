//! Numbers by date in JSON, as many interfaces answer and people collect them day by day.

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, JSON};

pub(super) const SOURCE: &Source = &Source {
    format: &Format { last_period: Completeness::Unsure, ..*JSON },
    answer: |answer, values| matches!(values, [one] if answer.dated(one)),
    ..UNKNOWN
};
