//! github-repo-stats: clones, views, forks and stars of a repository, a file each.

use super::super::format::{Format, NONE};
use super::super::signature::{Known, Source, UNKNOWN, has_all};

const FORMAT: &Format = &Format { name: "github-repo-stats", publisher: Some("GitHub"), ..NONE };

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    recognise: |sheet| has_all(sheet, &["time_iso8601"]).then(Known::default),
    ..UNKNOWN
};
