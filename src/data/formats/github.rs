//! What GitHub's own interfaces and its archive answer. `data/json` reads them.

use super::super::{Basis, Completeness, words};
use super::{Format, NONE};

const GITHUB: Format = Format { publisher: Some("GitHub"), last_period: Completeness::Unsure, basis, ..NONE };

/// Of stars that are known one by one.
pub(in super::super) const HELD: &str =
    "Stars are those still held: a star taken back is missing from its day on.";

/// A repository's stars, each with its moment.
pub(in super::super) const STARGAZERS: &Format = &Format {
    name: "github-stargazers",
    events: |dates| words::is_star_date(dates).then_some(("new stars", HELD)),
    ..GITHUB
};

/// The weekly star history of a repository.
pub(in super::super) const STAR_HISTORY: &Format = &Format { name: "github-star-history", ..GITHUB };

/// Repositories with their counts.
pub(in super::super) const REPOSITORIES: &Format = &Format { name: "github-repositories", ..GITHUB };

/// Events of GH Archive, which are counted.
pub(in super::super) const ARCHIVE: &Format = &Format { name: "gh-archive", ..GITHUB };

/// What is called new is of a day; issues are closed again.
fn basis(name: &str, _is_dated: bool) -> Option<Basis> {
    match name {
        "stars" | "forks" | "watchers" => Some(Basis::Cumulative),
        _ => Some(Basis::Count),
    }
}
