//! arXiv's monthly submissions, as its page of statistics exports them.

use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, has_all};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;

const FORMAT: &Format = &Format {
    name: "arxiv-submissions",
    publisher: Some("arXiv"),
    obtained: "arxiv.org/stats/monthly_submissions",
    numbers: "papers submitted in each month",
    basis: |_, _| Some(Basis::Count),
    last_period: Completeness::Unsure,
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    recognise: |sheet| {
        has_all(sheet, &["month", "submissions", "historical_delta"]).then(|| Known {
            columns: columns(sheet, None, &["submissions"]),
            note: Some("Left out `historical_delta`, which corrects `submissions` and is no series."),
            ..Known::default()
        })
    },
    ..UNKNOWN
};
