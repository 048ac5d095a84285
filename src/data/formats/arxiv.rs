//! arXiv's monthly submissions, as its page of statistics exports them.

use super::super::{Basis, Completeness};
use super::{Format, Known, NONE, columns, has_all};

pub(in super::super) const FORMAT: &Format = &Format {
    name: "arxiv-submissions",
    publisher: Some("arXiv"),
    basis: |_, _| Some(Basis::Count),
    recognise: |sheet| {
        has_all(sheet, &["month", "submissions", "historical_delta"]).then(|| Known {
            columns: columns(sheet, None, &["submissions"]),
            last_period: Completeness::Unsure,
            note: Some("Left out `historical_delta`, which corrects `submissions` and is no series."),
            ..Known::default()
        })
    },
    ..NONE
};
