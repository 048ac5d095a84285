//! Github-Ranking: the repositories with the most stars, overall and by language.

use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, has_all, splits};
use crate::data::model::columns::Columns;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;

const FORMAT: &Format = &Format {
    name: "github-ranking",
    publisher: Some("GitHub"),
    obtained: "a day's file of github.com/EvanLi/Github-Ranking",
    numbers: "stars, forks and open issues at the day in the file's name",
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
