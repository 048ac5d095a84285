//! github-repo-stats: clones, views, forks and stars of a repository, a file each.

use super::{Format, Known, NONE, has_all};

pub(super) const FORMAT: &Format = &Format {
    name: "github-repo-stats",
    publisher: Some("GitHub"),
    recognise: |sheet| has_all(sheet, &["time_iso8601"]).then(Known::default),
    ..NONE
};
