//! Docker Hub: how often the images of repositories were pulled.

use serde_json::Value as Json;

use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::rows::json::answer::{Answer, text};

const FORMAT: &Format = &Format {
    name: "docker-hub",
    publisher: Some("Docker Hub"),
    files: "JSON",
    obtained: "hub.docker.com/v2/repositories/OWNER/NAME, /v2/repositories/OWNER or a search",
    numbers: "pulls and stars in total until it was asked",
    basis: |_, _| Some(Basis::Cumulative),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let found: Vec<&Json> = values.iter().flat_map(repositories).collect();
        let is_known = found.first().is_some_and(|value| is_repository(value));
        if is_known {
            found.into_iter().for_each(|value| repository(answer, value));
            values.iter().for_each(|value| tell_rest(answer, value));
        }
        is_known
    },
    ..UNKNOWN
};

/// The repositories of a page, or the one that a value is.
fn repositories(value: &Json) -> &[Json] {
    match value.get("results").and_then(Json::as_array) {
        Some(page) => page,
        None => std::slice::from_ref(value),
    }
}

fn is_repository(value: &Json) -> bool {
    value.get("pull_count").is_some() && text(value, &["repo_name", "name"]).is_some()
}

fn repository(answer: &mut Answer<'_, '_, '_>, value: &Json) {
    let own = text(value, &["repo_name", "name"]).unwrap_or("(empty)");
    // Images of Docker itself go by their name alone.
    let owner = text(value, &["namespace"]).filter(|owner| !owner.is_empty() && *owner != "library");
    let name = match owner.filter(|_| value.get("repo_name").is_none()) {
        Some(owner) => format!("{owner}/{own}"),
        None => own.to_owned(),
    };
    let subject = answer.builder.subjects.index(&name);
    for (key, measure) in [("pull_count", "pulls"), ("star_count", "stars")] {
        if let Some(number) = answer.counted(value, key) {
            let measure = answer.builder.measures.index(measure);
            answer.push(value, None, subject, measure, number);
        }
    }
}

/// Tells of a list of which further pages are elsewhere.
fn tell_rest(answer: &mut Answer<'_, '_, '_>, page: &Json) {
    let (known, all) = (repositories(page).len() as u64, page.get("count").and_then(Json::as_u64));
    if let Some(all) = all.filter(|_| text(page, &["next"]).is_some_and(|next| !next.is_empty())) {
        answer.findings.note(format!("A page of the file has {known} of {all} repositories."));
    }
}
