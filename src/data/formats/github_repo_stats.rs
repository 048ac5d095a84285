//! github-repo-stats: clones, views, forks and stars of a repository, a file each.

use crate::data::formats::signature::{Known, Source, UNKNOWN, has_all};
use crate::data::model::format::{Format, NONE};

const FORMAT: &Format = &Format { name: "github-repo-stats", publisher: Some("GitHub"), ..NONE };

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    recognise: |sheet| has_all(sheet, &["time_iso8601"]).then(Known::default),
    ..UNKNOWN
};
