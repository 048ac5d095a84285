//! Exports that their header gives away, and what is special about each: which column is the subject, which
//! numbers are no series. A file that is not known is read all the same; this only spares the user options.

use super::sheet::{Holds, Sheet};
use super::{Columns, cell};

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

const PATTERNS: [Pattern; 8] = [
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
        format: "google-trends-now",
        titles: &["Trends", "Search volume", "Started", "Ended"],
        subject: Some("Trends"),
        group: None,
        values: &["Search volume"],
        note: Some("Search volumes are those reached at least."),
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

/// Titles of the related topics that pytrends writes.
const TOPICS: [&str; 3] = ["topic_title", "value", "formattedValue"];

/// Whether every row is another query or topic: topics of one name are different topics.
pub(super) fn has_topics(sheet: &Sheet<'_, '_>) -> bool {
    let pytrends = TOPICS.iter().all(|title| sheet.titled(title).is_some());
    pytrends || sheet.names == ["query", "search interest"]
}

/// Recognises a file by its header.
pub(super) fn recognise(sheet: &Sheet<'_, '_>) -> Option<Known> {
    if TOPICS.iter().all(|title| sheet.titled(title).is_some()) {
        let columns = Columns {
            subject: TOPICS.first().map(|&title| title.to_owned()),
            values: TOPICS.get(1).map(|&title| title.to_owned()).into_iter().collect(),
            ..Columns::default()
        };
        return Some(Known { format: "pytrends", columns, ..Known::default() });
    }
    if flag_column(sheet).is_some() {
        return Some(Known { format: "pytrends", wide: true, ..Known::default() });
    }
    let fits = |pattern: &&Pattern| {
        let all = pattern.titles.iter().all(|title| sheet.titled(title).is_some());
        all && (pattern.format != "star-history" || is_sampled(sheet))
    };
    let Some(pattern) = PATTERNS.iter().find(fits) else {
        return totals(sheet)
            .or_else(|| postings(sheet))
            .or_else(|| ratings(sheet))
            .or_else(|| ranks(sheet))
            .or_else(|| related(sheet))
            .or_else(|| explored(sheet));
    };
    let owned = |title: &str| title.to_owned();
    let split = |format: &str| match format {
        "gtrendsR" => Some("geo"),
        "google-trends-now" => Some("Category"),
        _ => None,
    };
    let group = pattern.group.or_else(|| split(pattern.format));
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

/// Whether a table of repositories, dates and stars is a star history of some points: that of its web page has
/// no other columns, and the dates of a script.
fn is_sampled(sheet: &Sheet<'_, '_>) -> bool {
    let titles = (0..sheet.names.len()).filter(|&column| !sheet.title(column).is_empty());
    let mut dates = sheet.titled("Date").into_iter().flat_map(|column| sheet.sampled(column));
    titles.count() == 3 && dates.any(|cell| cell.contains(" GMT"))
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

/// The Data Explorer of Stack Exchange quotes all cells, numbers too, but not the header: no other program
/// does, and its queries name their columns as they please.
fn explored(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let header = sheet.located.header?;
    let quoted = |row: usize| {
        let (raw, width) = (sheet.table.raw(row), sheet.table.width(row));
        raw.starts_with('"') && raw.ends_with('"') && raw.matches("\",\"").count() + 1 >= width
    };
    let wide = sheet.names.len() > 1 && sheet.table.delimiter() == b',';
    if !wide || sheet.table.raw(header).contains('"') || !sheet.sample().take(20).all(quoted) {
        return None;
    }
    let dated = !sheet.holding(Holds::Dates).is_empty();
    let note = dated.then_some("A period without a row counts nothing; the export leaves it out.");
    Some(Known { format: "stack-exchange", running: true, note, ..Known::default() })
}

/// Related queries or topics as gtrendsR writes them: `subject` is how often each was searched, and only those
/// on top have it; how much others rose stands in the same column.
fn related(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let kind = ["related_queries", "related_topics"].into_iter().find(|kind| sheet.titled(kind).is_some())?;
    let (subject, value) = (sheet.titled("subject")?, sheet.titled("value")?);
    let top = sheet.titled(kind).is_some_and(|kind| sheet.sampled(kind).any(|cell| cell == "top"));
    let keywords: Vec<&str> =
        sheet.titled("keyword").into_iter().flat_map(|keyword| sheet.sampled(keyword)).collect();
    let several = keywords.iter().any(|keyword| Some(keyword) != keywords.first());
    let columns = Columns {
        subject: Some(sheet.name(value).to_owned()),
        group: several.then(|| "keyword".to_owned()),
        values: vec![sheet.name(subject).to_owned()],
        only: vec![(kind.to_owned(), vec!["top".to_owned()])],
        ..Columns::default()
    };
    let note = Some("Took what was searched most; how much other searches rose is no count.");
    top.then_some(Known { format: "gtrendsR", columns, wide: false, running: false, note })
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

/// The long-term history of the TIOBE index: a row for each language, a column for each year, and ranks.
fn ranks(sheet: &Sheet<'_, '_>) -> Option<Known> {
    let columns = 1..sheet.names.len();
    let is_year = |column: usize| matches!(sheet.title(column).parse::<u32>(), Ok(1900..=2100));
    let ranks = |column: usize| {
        let mut cells = sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
        cells.all(|cell| matches!(cell.parse::<u32>(), Ok(1..=999)))
    };
    let fits = sheet.title(0).eq_ignore_ascii_case("Programming Language")
        && columns.len() > 1
        && columns.clone().all(|column| is_year(column) && ranks(column));
    let note = Some("The numbers are ranks, of which 1 is the highest.");
    fits.then_some(Known { format: TIOBE_RANKS, note, ..Known::default() })
}

/// The format of a table of ranks.
pub(super) const TIOBE_RANKS: &str = "tiobe-ranks";

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
        columns.only.extend(known.only);
    }
    columns
}
