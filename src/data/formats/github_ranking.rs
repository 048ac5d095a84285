//! Github-Ranking: the repositories with the most stars, overall and by language.

use super::super::columns::Columns;
use super::super::format::{Format, NONE};
use super::super::measure::Basis;
use super::super::signature::{Known, Source, UNKNOWN, columns, has_all, splits};

const FORMAT: &Format = &Format {
    name: "github-ranking",
    publisher: Some("GitHub"),
    basis: |name, _| match name {
        "stars" | "forks" => Some(Basis::Cumulative),
        "issues" => Some(Basis::Count),
        _ => None,
    },
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    recognise: |sheet| {
        has_all(sheet, &["rank", "item", "repo_name", "stars", "forks", "username"]).then(|| Known {
            columns: Columns {
                group: splits(sheet, "item").then(|| "item".to_owned()),
                ..columns(sheet, Some("repo_name"), &["stars", "forks", "issues"])
            },
            ..Known::default()
        })
    },
    ..UNKNOWN
};
