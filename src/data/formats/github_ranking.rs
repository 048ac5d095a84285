//! Github-Ranking: the repositories with the most stars, overall and by language.

use super::super::{Basis, Columns};
use super::{Format, Known, NONE, columns, has_all, splits};

pub(super) const FORMAT: &Format = &Format {
    name: "github-ranking",
    publisher: Some("GitHub"),
    basis: |name, _| match name {
        "stars" | "forks" => Some(Basis::Cumulative),
        "issues" => Some(Basis::Count),
        _ => None,
    },
    recognise: |sheet| {
        has_all(sheet, &["rank", "item", "repo_name", "stars", "forks", "username"]).then(|| Known {
            columns: Columns {
                group: splits(sheet, "item").then(|| "item".to_owned()),
                ..columns(sheet, Some("repo_name"), &["stars", "forks", "issues"])
            },
            ..Known::default()
        })
    },
    ..NONE
};
