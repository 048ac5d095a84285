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
    obtained: "api.github.com/repos/OWNER/NAME/releases, GraphQL, or `gh release view --json tagName,assets`",
    numbers: "downloads of each release's files until it was asked",
    basis: |_, _| Some(Basis::Cumulative),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let is_known = values.first().is_some_and(is_release);
        if is_known {
            releases(answer, &values.iter().collect::<Vec<_>>());
        }
        is_known
    },
    within: |answer, values| {
        let mut found = Vec::new();
        releases_among(values.iter(), DEPTH, &mut found);
        if !found.is_empty() {
            releases(answer, &found);
        }
        !found.is_empty()
    },
    ..UNKNOWN
};

/// So deep in an answer of GraphQL releases are looked for.
const DEPTH: usize = 7;

/// The files of a release.
fn files(value: &Json) -> Option<&Vec<Json>> {
    let found = value.get("assets").or_else(|| value.pointer("/releaseAssets/nodes"));
    found?.as_array().filter(|_| text(value, &["tag_name", "tagName"]).is_some())
}

/// Whether a value is a release with its files.
fn is_release(value: &Json) -> bool {
    files(value).is_some()
}

/// The releases in an answer.
fn releases_among<'v>(values: impl Iterator<Item = &'v Json>, depth: usize, found: &mut Vec<&'v Json>) {
    for value in values {
        match (value, depth.checked_sub(1)) {
            _ if is_release(value) => found.push(value),
            (Json::Object(object), Some(depth)) => releases_among(object.values(), depth, found),
            (Json::Array(rows), Some(depth)) => releases_among(rows.iter(), depth, found),
            _ => {}
        }
    }
}

/// The repository of a release, as the addresses in it tell: `https://api.github.com/repos/OWNER/NAME/releases/1`.
fn repository(value: &Json) -> Option<&str> {
    let own = text(value, &["url", "html_url"]);
    let of_file = |file| text(file, &["browser_download_url", "downloadUrl", "url"]);
    let address = own.or_else(|| files(value)?.first().and_then(of_file))?;
    let (repository, _) = address.split_once("/releases/")?;
    let (_, name) = repository.split_once("/repos/").or_else(|| repository.split_once("github.com/"))?;
    Some(name)
}

fn releases(answer: &mut Answer<'_, '_, '_>, values: &[&Json]) {
    let first = values.first().and_then(|value| repository(value));
    let several = values.iter().any(|value| repository(value) != first);
    let measure = answer.builder.measures.index("downloads");
    for value in values {
        let tag = text(value, &["tag_name", "tagName"]).unwrap_or("(empty)");
        let name = match repository(value).filter(|_| several) {
            Some(repository) => format!("{repository} {tag}"),
            None => tag.to_owned(),
        };
        let mut sum = 0.0;
        for asset in files(value).into_iter().flatten() {
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
