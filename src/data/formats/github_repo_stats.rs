//! github-repo-stats: clones, views, forks and stars of a repository, a file each.

use crate::data::formats::signature::{Known, Source, UNKNOWN, has_all};
use crate::data::model::format::{Format, NONE};

const FORMAT: &Format = &Format {
    name: "github-repo-stats",
    publisher: Some("GitHub"),
    obtained: "a file of jgehrcke/github-repo-stats, which runs as a GitHub action",
    numbers: "stars or forks in total; views and clones of each day",
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    recognise: |sheet| has_all(sheet, &["time_iso8601"]).then(Known::default),
    ..UNKNOWN
};
