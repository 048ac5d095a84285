//! Exports that their header gives away, and what is special about each: which column is the subject, which
//! numbers are no series. A file that is not known is read all the same; this only spares the user options.

use super::Columns;
use super::sheet::{Holds, Sheet};

/// What is known of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// What wrote it.
    pub(super) format: &'static str,
    /// The columns' parts, as far as the user does not name them.
    pub(super) columns: Columns,
    /// Whether each value column is a subject.
    pub(super) wide: bool,
    /// Whether the last period may still be running when the file is made.
    pub(super) running: bool,
    /// What of it is a silent choice.
    pub(super) note: Option<&'static str>,
}

/// A header and what it means.
struct Pattern {
    format: &'static str,
    /// Titles that must all be there.
    titles: &'static [&'static str],
    subject: Option<&'static str>,
    group: Option<&'static str>,
    values: &'static [&'static str],
    note: Option<&'static str>,
}

const PATTERNS: [Pattern; 7] = [
    Pattern {
        format: "gtrendsR",
        titles: &["date", "hits", "keyword", "geo", "gprop"],
        subject: Some("keyword"),
        group: None,
        values: &["hits"],
        note: None,
    },
    Pattern {
        format: "star-history",
        titles: &["Repository", "Date", "Stars"],
        subject: Some("Repository"),
        group: None,
        values: &["Stars"],
        note: Some("Dates between the few points of a star history are not observed."),
    },
    Pattern {
        format: "github-ranking",
        titles: &["rank", "item", "repo_name", "stars", "forks", "username"],
        subject: Some("repo_name"),
        group: Some("item"),
        values: &["stars", "forks", "issues"],
        note: None,
    },
    Pattern {
        format: "google-trends-queries",
        titles: &["query", "search interest", "increase percent"],
        subject: Some("query"),
        group: None,
        values: &["search interest"],
        note: Some("Left out `increase percent`, which is not search interest."),
    },
    Pattern {
        format: "arxiv-submissions",
        titles: &["month", "submissions", "historical_delta"],
        subject: None,
        group: None,
        values: &["submissions"],
        note: Some("Left out `historical_delta`, which corrects `submissions` and is no series."),
    },
    Pattern {
        format: "stack-exchange",
        titles: &["m", "TagName"],
        subject: Some("TagName"),
        group: None,
        values: &[],
        note: Some("A month without a row has no questions; the export leaves it out."),
    },
    Pattern {
        format: "github-repo-stats",
        titles: &["time_iso8601"],
        subject: None,
        group: None,
        values: &[],
        note: None,
    },
];

/// Recognises a file by its header.
pub(super) fn recognise(sheet: &Sheet<'_, '_>) -> Option<Known> {
    if flag_column(sheet).is_some() {
        return Some(Known { format: "pytrends", wide: true, ..Known::default() });
    }
    let fits = |pattern: &&Pattern| pattern.titles.iter().all(|title| sheet.titled(title).is_some());
    let Some(pattern) = PATTERNS.iter().find(fits) else {
        return totals(sheet).or_else(|| postings(sheet)).or_else(|| ratings(sheet));
    };
    let owned = |title: &str| title.to_owned();
    let group = pattern.group.or_else(|| (pattern.format == "gtrendsR").then_some("geo"));
    let columns = Columns {
        subject: pattern.subject.map(owned),
        group: group.filter(|group| splits(sheet, group)).map(owned),
        values: pattern
            .values
            .iter()
            .filter(|title| sheet.titled(title).is_some())
            .map(|title| owned(title))
            .collect(),
        ..Columns::default()
    };
    let running = ["gtrendsR", "arxiv-submissions", "stack-exchange"].contains(&pattern.format);
    Some(Known { format: pattern.format, columns, wide: false, running, note: pattern.note })
}

/// `date,day-stars,total-stars`: two series of different size, of which the total is the usual one.
fn totals(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let day = sheet.names.iter().find_map(|name| name.strip_prefix("day-"))?;
    let total = format!("total-{day}");
    sheet.titled(&total)?;
    let note = Some("Took the totals; name the column in `values` to draw what each day added.");
    let columns = Columns { values: vec![total], ..Columns::default() };
    Some(Known { format: "daily-stars-explorer", columns, wide: false, running: false, note })
}

/// Whether a column of this title is there and holds more than one text.
fn splits(sheet: &Sheet<'_, '_>, title: &str) -> bool {
    let mut cells = sheet.titled(title).into_iter().flat_map(|column| sheet.sampled(column));
    cells.next().is_some_and(|first| cells.any(|cell| cell != first))
}

/// An index of postings by Indeed: of countries, or of the sectors, states or cities of one.
fn postings(sheet: &Sheet<'_, '_>) -> Option<Known> {
    sheet.names.iter().find(|name| name.starts_with("indeed_job_postings_index"))?;
    let country = sheet.titled("jobcountry").map(|_| "jobcountry");
    let sector = sheet.titled("display_name").map(|_| "display_name");
    let varies = |title: &&str| splits(sheet, title);
    let groups = ["variable", "jobcountry"].into_iter().filter(|group| Some(*group) != sector.or(country));
    let columns = Columns {
        subject: sector.or(country).map(str::to_owned),
        group: country.and_then(|_| groups.into_iter().find(varies)).map(str::to_owned),
        ..Columns::default()
    };
    let note = Some("Indices are 100 on 1 February 2020.");
    Some(Known { format: "indeed-hiring-lab", columns, wide: false, running: false, note })
}

/// A month's table of the TIOBE index: ranks of two months, a language, its rating and the change of that.
fn ratings(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let called = |wanted: &[&str]| {
        let plain = |name: &str| name.to_lowercase().replace([' ', '_', '(', ')', '%'], "");
        sheet.names.iter().find(|name| wanted.contains(&plain(name).as_str())).cloned()
    };
    let subject = Some(called(&["programminglanguage", "language"])?);
    let values = vec![called(&["ratings"])?];
    called(&["change"]).filter(|_| sheet.holding(Holds::Dates).is_empty())?;
    let columns = Columns { subject, values, ..Columns::default() };
    let note = Some("Took the ratings; ranks and changes are left out.");
    Some(Known { format: "tiobe", columns, wide: false, running: false, note })
}

/// The column in which pytrends marks periods that were still running.
pub(super) fn flag_column(sheet: &Sheet<'_, '_>) -> Option<usize> {
    sheet.titled("isPartial").filter(|&column| sheet.held(column) == Holds::Flags)
}

/// The user's columns, and the known ones where the user names none.
pub(super) fn filled(user: &Columns, known: Columns) -> Columns {
    let mut columns = user.clone();
    columns.date = columns.date.or(known.date);
    if columns.subject.is_none() && columns.group.is_none() {
        (columns.subject, columns.group) = (known.subject, known.group);
    }
    if columns.values.is_empty() {
        columns.values = known.values;
    }
    columns
}
