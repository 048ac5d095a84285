//! Releases of a repository on GitHub: how often the files of each were downloaded.

use serde_json::Value as Json;

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, text};

const FORMAT: &Format = &Format {
    name: "github-releases",
    publisher: Some("GitHub"),
    files: "JSON",
    obtained: "api.github.com/repos/OWNER/NAME/releases, or `gh release view --json tagName,assets`",
    numbers: "downloads of each release's files until it was asked",
    basis: |_, _| Some(Basis::Cumulative),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let is_known = values.first().is_some_and(is_release);
        if is_known {
            releases(answer, values);
        }
        is_known
    },
    ..UNKNOWN
};

/// Whether a value is a release with its files.
fn is_release(value: &Json) -> bool {
    text(value, &["tag_name", "tagName"]).is_some() && value.get("assets").is_some_and(Json::is_array)
}

/// The repository of a release: `https://api.github.com/repos/OWNER/NAME/releases/1`.
fn repository(value: &Json) -> Option<&str> {
    let address = text(value, &["url"])?;
    let (repository, _) = address.split_once("/releases/")?;
    let (_, name) = repository.split_once("/repos/").or_else(|| repository.split_once("github.com/"))?;
    Some(name)
}

fn releases(answer: &mut Answer<'_, '_, '_>, values: &[Json]) {
    let first = values.first().and_then(repository);
    let several = values.iter().any(|value| repository(value) != first);
    let measure = answer.builder.measures.index("downloads");
    for value in values {
        let tag = text(value, &["tag_name", "tagName"]).unwrap_or("(empty)");
        let name = match repository(value).filter(|_| several) {
            Some(repository) => format!("{repository} {tag}"),
            None => tag.to_owned(),
        };
        let mut sum = 0.0;
        for asset in value.get("assets").and_then(Json::as_array).into_iter().flatten() {
            let key = if asset.get("downloadCount").is_some() { "downloadCount" } else { "download_count" };
            if let Value::Number(number) = answer.number(asset, key) {
                sum += number;
            }
        }
        let subject = answer.builder.subjects.index(&name);
        answer.push(value, None, subject, measure, Value::Number(sum));
    }
    answer.findings.note("Added up the downloads of the files of each release.");
    answer.findings.note("GitHub does not count the downloads of a release's source code.");
}
