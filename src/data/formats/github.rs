//! What GitHub answers: repositories with their counts, stars with their dates, weeks of stars, and events of
//! its archive. GraphQL nests them, so they are looked for at any depth.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use crate::diag::{self, listed};
use crate::time::moment::{DAY, Moment};

use crate::data::build::events::{self, Counted, Event};
use crate::data::formats::signature::{Source, UNKNOWN};
use crate::data::model::completeness::Completeness;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, count, reading, text};

const GITHUB: Format =
    Format { publisher: Some("GitHub"), files: "JSON", last_period: Completeness::Unsure, basis, ..NONE };

/// Of stars that are known one by one.
const HELD: &str = "Stars are those still held: a star taken back is missing from its day on.";

/// A repository's stars, each with its moment.
const STARGAZERS: &Format = &Format {
    name: "github-stargazers",
    files: "JSON, CSV",
    obtained: "api.github.com/repos/OWNER/NAME/stargazers of a repository of one's own, with dates",
    numbers: "stars in total, counted from the date of each star that is still held",
    ..GITHUB
};

pub(super) const STARGAZERS_SOURCE: &Source = &Source {
    format: STARGAZERS,
    answer: |answer, values| {
        let is_known = values.first().and_then(starred).is_some();
        if is_known {
            answer.stargazers(values.iter());
        }
        is_known
    },
    within: |answer, values| {
        let stars: Vec<&Json> =
            values.iter().filter_map(|value| stargazers_in(value, DEPTH)).flatten().collect();
        if !stars.is_empty() {
            answer.stargazers(stars.iter().copied());
        }
        !stars.is_empty()
    },
    lacking: |value| {
        let told = "expected stars with their dates, found only who gave them";
        let error = || diag::error("stars-without-dates", told);
        let hint = "ask GitHub for them with the header `Accept: application/vnd.github.star+json`";
        let other = "of a repository that is not yours take its history, `/stargazers/history`";
        is_person(value).then(|| error().hint(hint).hint(other))
    },
    events: |dates| {
        let is_known = |known: &str| known.eq_ignore_ascii_case(dates);
        ["starred_at", "starredAt", "starred at"].into_iter().any(is_known).then_some(("new stars", HELD))
    },
    ..UNKNOWN
};

/// The weekly star history of a repository.
const STAR_HISTORY: &Format = &Format {
    name: "github-star-history",
    obtained: "api.github.com/repos/OWNER/NAME/stargazers/history, all of its pages",
    numbers: "new stars of each day, and their running total",
    ..GITHUB
};

pub(super) const STAR_HISTORY_SOURCE: &Source = &Source {
    format: STAR_HISTORY,
    answer: |answer, values| {
        let is_week = |v: &Json| v.get("week").is_some() && v.get("days").is_some_and(Json::is_array);
        let is_known = values.first().is_some_and(is_week);
        if is_known {
            answer.weeks(values);
        }
        is_known
    },
    ..UNKNOWN
};

/// Repositories with their counts.
const REPOSITORIES: &Format = &Format {
    name: "github-repositories",
    obtained: "api.github.com/repos/OWNER/NAME, a search, GraphQL, or `gh --json`",
    numbers: "stars, forks, watchers and open issues when it was asked",
    last_period: Completeness::Whole,
    ..GITHUB
};

pub(super) const REPOSITORIES_SOURCE: &Source = &Source {
    format: REPOSITORIES,
    answer: |answer, values| {
        let is_known = values.first().and_then(stars).is_some();
        if is_known {
            answer.repositories(values.iter());
        }
        is_known
    },
    within: |answer, values| {
        let mut found = Vec::new();
        repositories_among(values.iter(), DEPTH, &mut found);
        answer.repositories(found.iter().copied());
        !found.is_empty()
    },
    ..UNKNOWN
};

/// Events of GH Archive, which are counted.
const ARCHIVE: &Format = &Format {
    name: "gh-archive",
    obtained: "hours of data.gharchive.org",
    numbers: "new stars and forks of each period",
    ..GITHUB
};

pub(super) const ARCHIVE_SOURCE: &Source = &Source {
    format: ARCHIVE,
    answer: |answer, values| {
        let is_known = values.first().is_some_and(is_event);
        if is_known {
            answer.happenings(values);
        }
        is_known
    },
    ..UNKNOWN
};

/// What is called new is of a day; issues are closed again.
fn basis(name: &str, _is_dated: bool) -> Option<Basis> {
    match name {
        "stars" | "forks" | "watchers" => Some(Basis::Cumulative),
        _ => Some(Basis::Count),
    }
}

/// So many weeks of stars a page holds at most.
const PAGE: usize = 30;

/// So deep in an answer repositories and stars are looked for.
const DEPTH: usize = 6;

/// Events of the archive that add to a count, and what they add.
const COUNTED: [(&str, &str); 2] = [("WatchEvent", "new stars"), ("ForkEvent", "new forks")];

/// Keys of what a repository is counted by.
const COUNTS: [&[&str]; 4] = [
    &["stargazers_count", "stargazerCount", "stargazersCount"],
    &["forks_count", "forkCount", "forksCount"],
    &["subscribers_count"],
    &["open_issues_count", "openIssuesCount"],
];

/// The moment of a star.
fn starred(value: &Json) -> Option<&str> {
    text(value, &["starred_at", "starredAt"])
}

/// Whether a value is an event of the archive.
fn is_event(value: &Json) -> bool {
    let kind = text(value, &["type"]).is_some_and(|kind| kind.ends_with("Event"));
    kind && value.pointer("/repo/name").is_some() && value.get("created_at").is_some()
}

/// Whether a value is a person without the date of a star.
fn is_person(value: &Json) -> bool {
    value.get("login").is_some() && value.get("avatar_url").is_some() && value.get("followers").is_none()
}

/// How many stars a repository has.
fn stars(value: &Json) -> Option<Value> {
    let own = count(value, COUNTS[0]);
    own.or_else(|| value.pointer("/stargazers/totalCount").and_then(reading))
}

/// What a repository is called.
fn name(value: &Json) -> Option<&str> {
    text(value, &["full_name", "nameWithOwner", "fullName", "name"])
}

fn forks(value: &Json) -> Option<Value> {
    let own = count(value, COUNTS[1]);
    own.or_else(|| value.pointer("/forks/totalCount").and_then(reading))
}

/// The list of stars in an answer.
fn stargazers_in(value: &Json, depth: usize) -> Option<&Vec<Json>> {
    match value {
        Json::Array(rows) if rows.first().and_then(starred).is_some() => Some(rows),
        Json::Object(object) if depth > 0 => {
            object.values().find_map(|value| stargazers_in(value, depth - 1))
        }
        _ => None,
    }
}

/// Whether a value is called as a repository is, whatever else it says.
fn is_called(value: &Json) -> bool {
    let name = text(value, &["full_name", "nameWithOwner", "fullName"]);
    name.or_else(|| forks(value).and_then(|_| text(value, &["name"]))).is_some()
}

/// The repositories in an answer, and those beside them of which it tells no stars.
fn repositories_among<'v>(
    values: impl Iterator<Item = &'v Json> + Clone,
    depth: usize,
    found: &mut Vec<&'v Json>,
) {
    let known = values.clone().any(|value| stars(value).is_some());
    for value in values {
        if stars(value).is_some() || (known && is_called(value)) {
            found.push(value);
        } else if let Some(depth) = depth.checked_sub(1) {
            match value {
                Json::Object(object) => repositories_among(object.values(), depth, found),
                Json::Array(rows) => repositories_among(rows.iter(), depth, found),
                _ => {}
            }
        }
    }
}

impl Answer<'_, '_, '_> {
    /// A page of stars, each with its moment.
    fn stargazers<'v>(&mut self, stars: impl Iterator<Item = &'v Json>) {
        let subject = self.builder.subjects.index(self.findings.stem());
        let measure = self.builder.measures.index("stars");
        self.builder.kinds.index("");
        let mut events = Vec::new();
        for star in stars {
            let keys = if star.get("starredAt").is_some() { ["starredAt"] } else { ["starred_at"] };
            let line = self.line(star);
            events.extend(self.time(star, &keys).map(|time| Event { time, subject, line }));
        }
        events::count(&events, Counted::Total, measure, &mut self.builder, self.findings);
        self.findings.note(HELD);
        // 400 pages of 100 are all that GitHub ever gave.
        if events.len() == 40_000 {
            let message =
                "the list ends at 40000 stars, where GitHub stops; the curve ends before the present";
            self.findings.warn(
                "truncated-list",
                None,
                message,
                "use the repository's weekly star history instead",
            );
        }
    }

    /// GitHub's star history: weeks with seven days, newest first, and days to come as zeros.
    fn weeks(&mut self, values: &[Json]) {
        let mut days: Vec<(Moment, u64, &Json)> = Vec::new();
        let hint = "correct it, or download the file again";
        for value in values {
            let week = value.get("week");
            let Some(start) = week.and_then(Json::as_i64).filter(|week| week.abs() < 1 << 38) else {
                self.tell_odd(value, "a week in seconds since 1970", week, &["week"], hint);
                continue;
            };
            let counts = value.get("days").and_then(Json::as_array).into_iter().flatten().take(7);
            for (i, count) in (0..).zip(counts) {
                match count.as_u64() {
                    Some(count) => days.push((Moment::from_seconds(start + i * DAY), count, value)),
                    None => self.tell_odd(value, "a number of stars", Some(count), &["days"], hint),
                }
            }
        }
        days.sort_by_key(|(time, count, _)| (*time, *count));
        days.dedup_by_key(|(time, count, _)| (*time, *count));
        let length = days.len();
        let newest = days.iter().rev().take(7).take_while(|(_, count, _)| *count == 0).count();
        days.truncate(length - newest);
        if newest > 0 {
            self.findings.note(format!("Dropped {newest} days without stars at the end of the newest week, which may be still to come."));
        }
        self.findings.note(HELD);
        self.findings.note("Totals count from the first week in the file.");
        if !values.is_empty() && values.len().is_multiple_of(PAGE) {
            let count = values.len();
            let pages = if count == PAGE { "a page holds" } else { "whole pages hold" };
            let message = format!(
                "the file has {count} weeks, as many as {pages}; if there are earlier ones, totals miss their stars"
            );
            let hint = "ask for all pages and put them one behind the other, or draw the measure `new stars`";
            self.findings.warn("truncated-list", None, message, hint);
        }
        let subject = self.builder.subjects.index(self.findings.stem());
        let (total, new) = (self.builder.measures.index("stars"), self.builder.measures.index("new stars"));
        let mut sum = 0_u64;
        for (time, count, week) in days {
            sum = sum.saturating_add(count);
            self.push(week, Some(time), subject, total, whole(sum));
            self.push(week, Some(time), subject, new, whole(count));
        }
    }

    /// Repositories; those without a number of stars are told.
    fn repositories<'v>(&mut self, repositories: impl Iterator<Item = &'v Json>) {
        let mut without = Vec::new();
        for value in repositories {
            self.repository(value);
            if stars(value).is_none() {
                without.push(name(value).unwrap_or("a record without a name"));
            }
        }
        if !without.is_empty() {
            let more = without.len().saturating_sub(8);
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let names = listed(without.iter().take(8));
            self.findings.note(format!("The file has no number of stars for {names}{more}."));
        }
    }

    /// One repository's counts, from the REST interface, GraphQL or `gh`.
    fn repository(&mut self, value: &Json) {
        let subject = self.builder.subjects.index(name(value).unwrap_or(self.findings.stem()));
        for key in COUNTS.into_iter().flatten().filter(|key| value.get(**key).is_some()) {
            self.number(value, key);
        }
        let watchers =
            count(value, COUNTS[2]).or_else(|| value.pointer("/watchers/totalCount").and_then(reading));
        if watchers.is_none() && value.get("watchers_count").is_some() {
            let note = "Left out `watchers_count`, which repeats the stars; watchers are `subscribers_count` of a single repository.";
            self.findings.note_once(note);
        }
        let counts = [
            ("stars", stars(value)),
            ("forks", forks(value)),
            ("watchers", watchers),
            ("open issues", count(value, COUNTS[3])),
        ];
        for (measure, count) in counts {
            if let Some(count) = count {
                let measure = self.builder.measures.index(measure);
                self.push(value, None, subject, measure, count);
            }
        }
    }

    /// Events of the archive: stars and forks of each repository.
    fn happenings(&mut self, values: &[Json]) {
        self.builder.kinds.index("");
        let kind = |value| text(value, &["type"]).unwrap_or("");
        for (of, measure) in COUNTED {
            let mut happened = Vec::new();
            for value in values.iter().filter(|value| kind(value) == of) {
                let time = self.time(value, &["created_at"]);
                let name = value.pointer("/repo/name").and_then(Json::as_str);
                let Some((name, time)) = name.zip(time) else { continue };
                let (subject, line) = (self.builder.subjects.index(name), self.line(value));
                happened.push(Event { time, subject, line });
            }
            if !happened.is_empty() {
                let measure = self.builder.measures.index(measure);
                events::count(&happened, Counted::Each, measure, &mut self.builder, self.findings);
            }
        }
        let mut others: BTreeMap<&str, usize> = BTreeMap::new();
        for value in values.iter().filter(|value| !COUNTED.iter().any(|(of, _)| *of == kind(value))) {
            *others.entry(kind(value)).or_default() += 1;
        }
        if !others.is_empty() {
            let count: usize = others.values().sum();
            let events = if count == 1 { "1 event".into() } else { format!("{count} events") };
            self.findings.note(format!("Left out {events} of other kinds: {}.", listed(others.keys())));
        }
    }
}

fn whole(number: u64) -> Value {
    #[expect(clippy::cast_precision_loss, reason = "no repository has 2^53 stars")]
    Value::Number(number as f64)
}
