//! arXiv's monthly submissions, as its page of statistics exports them.

use super::super::{Basis, Completeness};
use super::{Format, Known, NONE, columns, has_all};

pub(super) const FORMAT: &Format = &Format {
    name: "arxiv-submissions",
    publisher: Some("arXiv"),
    basis: |_, _| Some(Basis::Count),
    last_period: Completeness::Unsure,
    recognise: |sheet| {
        has_all(sheet, &["month", "submissions", "historical_delta"]).then(|| Known {
            columns: columns(sheet, None, &["submissions"]),
            note: Some("Left out `historical_delta`, which corrects `submissions` and is no series."),
            ..Known::default()
        })
    },
    ..NONE
};
