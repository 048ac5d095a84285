//! What GitHub's own interfaces and its archive answer. `data/json` reads them.

use super::super::Basis;
use super::{Format, NONE};

/// A repository's stars, each with its moment.
pub(in super::super) const STARGAZERS: &Format =
    &Format { name: "github-stargazers", publisher: Some("GitHub"), basis, ..NONE };

/// The weekly star history of a repository.
pub(in super::super) const STAR_HISTORY: &Format =
    &Format { name: "github-star-history", publisher: Some("GitHub"), basis, ..NONE };

/// Repositories with their counts.
pub(in super::super) const REPOSITORIES: &Format =
    &Format { name: "github-repositories", publisher: Some("GitHub"), basis, ..NONE };

/// Events of GH Archive, which are counted.
pub(in super::super) const ARCHIVE: &Format =
    &Format { name: "gh-archive", publisher: Some("GitHub"), basis, ..NONE };

/// What is called new is of a day; issues are closed again.
fn basis(name: &str, _is_dated: bool) -> Option<Basis> {
    match name {
        "stars" | "forks" | "watchers" => Some(Basis::Cumulative),
        _ => Some(Basis::Count),
    }
}
