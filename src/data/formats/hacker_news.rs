//! Hacker News, as its search answers: how many posts there are of a query, or each with its moment.

use serde_json::Value as Json;

use crate::data::build::events::{self, Counted, Event};
use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::rows::json::answer::{Answer, text};

const FORMAT: &Format = &Format {
    name: "hacker-news",
    publisher: Some("Hacker News"),
    files: "JSON",
    obtained: "hn.algolia.com/api/v1/search_by_date?query=TERM, all pages; with hitsPerPage=0 their number alone",
    numbers: "posts of each period, or of all time",
    last_period: Completeness::Unsure,
    basis: |_, is_dated| Some(if is_dated { Basis::Count } else { Basis::Cumulative }),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let is_known = !values.is_empty() && values.iter().all(is_search);
        if is_known {
            let are_totals = values.iter().all(|value| hits(value).is_empty());
            if are_totals { totals(answer, values) } else { posts(answer, values) }
        }
        is_known
    },
    ..UNKNOWN
};

fn hits(value: &Json) -> &[Json] {
    value.get("hits").and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// Whether a value is what the search of Hacker News answers; others answer by the same program.
fn is_search(value: &Json) -> bool {
    let is_post =
        |hit: &Json| ["created_at_i", "created_at", "objectID"].iter().all(|key| hit.get(key).is_some());
    let own = text(value, &["params"]).is_some_and(|params| params.contains("analyticsTags=backend"));
    value.get("nbHits").is_some() && hits(value).first().map_or(own, is_post)
}

/// What was searched for.
fn query(value: &Json) -> Option<&str> {
    text(value, &["query"]).filter(|query| !query.is_empty())
}

fn totals(answer: &mut Answer<'_, '_, '_>, values: &[Json]) {
    let measure = answer.builder.measures.index("posts");
    for value in values {
        let name = query(value).unwrap_or(answer.findings.stem());
        let subject = answer.builder.subjects.index(name);
        let number = answer.number(value, "nbHits");
        answer.push(value, None, subject, measure, number);
        if value.get("exhaustiveNbHits") == Some(&Json::Bool(false)) {
            answer.findings.note(format!("The number of posts of {name} is one that the search estimates."));
        }
    }
}

/// Counts posts by their moments. A page is a part of what was found.
fn posts(answer: &mut Answer<'_, '_, '_>, values: &[Json]) {
    let measure = answer.builder.measures.index("posts");
    answer.builder.kinds.index("");
    let (mut found, mut known): (Vec<Event>, Vec<(usize, u64, u64)>) = (Vec::new(), Vec::new());
    for value in values {
        let name = query(value).unwrap_or(answer.findings.stem());
        let subject = answer.builder.subjects.index(name);
        for hit in hits(value) {
            let line = answer.line(hit);
            found.extend(answer.time(hit, &["created_at"]).map(|time| Event { time, subject, line }));
        }
        let (here, all) = (hits(value).len() as u64, value.get("nbHits").and_then(Json::as_u64).unwrap_or(0));
        match known.iter_mut().find(|(one, ..)| *one == subject) {
            Some((_, sum, most)) => (*sum, *most) = (*sum + here, all.max(*most)),
            None => known.push((subject, here, all)),
        }
    }
    events::count(&found, Counted::Each, measure, &mut answer.builder, answer.findings);
    for (subject, here, all) in known.into_iter().filter(|(_, here, all)| here < all) {
        let name = answer.builder.subjects.get(subject).to_owned();
        let message = format!("the file has {here} of {all} posts of {name}; counts miss the others");
        let hint = "ask for all pages, of up to 1000 posts each, and put them one behind the other";
        answer.findings.warn("truncated-list", None, message, hint);
    }
}
