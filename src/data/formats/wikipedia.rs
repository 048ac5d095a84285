//! Wikipedia: how often articles, or all pages of a wiki, were viewed, as the interface of Wikimedia answers.

use serde_json::Value as Json;

use crate::data::cells::calendar;
use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::rows::json::answer::{Answer, text};
use crate::time::moment::Moment;

const FORMAT: &Format = &Format {
    name: "wikipedia-pageviews",
    publisher: Some("Wikimedia"),
    files: "JSON",
    obtained: "wikimedia.org/api/rest_v1/metrics/pageviews/per-article/…, /aggregate/… or /top/…",
    numbers: "views of each hour, day or month",
    last_period: Completeness::Unsure,
    basis: |_, _| Some(Basis::Count),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    answer: |answer, values| {
        let pages: Option<Vec<&Vec<Json>>> =
            values.iter().map(|value| value.get("items")?.as_array()).collect();
        let items: Vec<&Json> = pages.into_iter().flatten().flatten().collect();
        let Some(first) = items.first() else { return false };
        if is_dated(first) {
            views(answer, &items);
        } else if let ([one], Some(articles)) = (items.as_slice(), ranked(first)) {
            top(answer, one, articles);
        } else {
            return false;
        }
        true
    },
    ..UNKNOWN
};

/// Whether an item is the views of a period.
fn is_dated(item: &Json) -> bool {
    let texts = ["project", "timestamp", "granularity"].iter().all(|key| text(item, &[key]).is_some());
    texts && item.get("views").is_some()
}

/// The articles of a list of those viewed most.
fn ranked(item: &Json) -> Option<&Vec<Json>> {
    text(item, &["project"])?;
    item.get("articles")?.as_array()
}

/// A title as pages show it.
fn title(item: &Json) -> Option<String> {
    text(item, &["article"]).map(|title| title.replace('_', " "))
}

/// `2020010100`
fn moment(stamp: &str) -> Option<Moment> {
    let number = |from: usize, to: usize| stamp.get(from..to)?.parse::<u32>().ok();
    let day = calendar::day(number(0, 4)?, number(4, 6)?, number(6, 8)?)?;
    let hour = number(8, 10).filter(|hour| *hour < 24)?;
    (stamp.len() == 10).then(|| Moment::from_seconds(day.seconds() + i64::from(hour) * 3600))
}

fn views(answer: &mut Answer<'_, '_, '_>, items: &[&Json]) {
    let differs =
        |key: &str| items.iter().any(|item| items.first().and_then(|one| one.get(key)) != item.get(key));
    let (projects, split) =
        (differs("project"), [("access", differs("access")), ("agent", differs("agent"))]);
    let measure = answer.builder.measures.index("views");
    for item in items {
        let project = text(item, &["project"]).unwrap_or("(empty)");
        let name = match title(item) {
            Some(title) if projects => format!("{title} ({project})"),
            Some(title) => title,
            None => project.to_owned(),
        };
        let stamp = item.get("timestamp");
        let time = stamp.and_then(Json::as_str).and_then(moment);
        if time.is_none() {
            let hint = "write dates as 2020013100";
            answer.tell_odd(item, "a date", stamp, &["timestamp"], hint);
        }
        let subject = answer.builder.subjects.index(&name);
        let number = answer.number(item, "views");
        answer.push(item, time, subject, measure, number);
        let parts = split.iter().filter(|(_, differs)| *differs).filter_map(|(key, _)| text(item, &[key]));
        let group = parts.collect::<Vec<_>>().join(", ");
        if !group.is_empty() {
            let group = answer.builder.groups.index(&group);
            answer.builder.observations.last_mut().into_iter().for_each(|o| o.group = Some(group));
        }
    }
    tell_agents(answer, items);
}

/// The articles that were viewed most on a day or in a month.
fn top(answer: &mut Answer<'_, '_, '_>, list: &Json, articles: &[Json]) {
    let measure = answer.builder.measures.index("views");
    for item in articles {
        let subject = answer.builder.subjects.index(&title(item).unwrap_or_else(|| "(empty)".into()));
        let number = answer.number(item, "views");
        answer.push(item, None, subject, measure, number);
    }
    let part = |key| text(list, &[key]).unwrap_or("");
    let date = match (part("year"), part("month"), part("day")) {
        (year, month, "all-days" | "") => format!("{year}-{month}"),
        (year, month, day) => format!("{year}-{month}-{day}"),
    };
    answer.findings.note(format!("The views are those of {date} in {}.", part("project")));
    answer.facts.span = Some(date);
}

fn tell_agents(answer: &mut Answer<'_, '_, '_>, items: &[&Json]) {
    if items.iter().any(|item| text(item, &["agent"]) == Some("all-agents")) {
        answer.findings.note("The views are those of all agents, robots included.");
    }
}
