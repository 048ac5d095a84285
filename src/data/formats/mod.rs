//! The sources that popchart knows: a file for each, and its lines here.
//!
//! A format says how its header is recognised, who publishes it, what its measures are, and what must be said of
//! them. Nobody outside of its file knows what it is called. A file that nobody knows is read all the same; a
//! format only spares the user options, and says what the numbers are.
//!
//! A format is a value with a default for everything instead of a trait, so that a file says only what is special
//! to its source, and what formats can say is read in one place.

mod arxiv;
mod crates_io;
mod daily_stars;
mod github;
mod github_ranking;
mod github_repo_stats;
mod google_trends;
mod gtrends_r;
mod hugging_face;
mod indeed;
mod npm;
mod pepy;
mod plain;
mod pypi_stats;
mod pypl;
mod pytrends;
mod stack_exchange;
mod star_history;
mod tiobe;
mod top_pypi;

use std::fmt;

use serde_json::Value;

use super::findings::Findings;
use super::json::Answer;
use super::sheet::{Holds, Sheet};
use super::{Basis, Columns, Completeness};
use crate::moment::Moment;

/// What is known of a source.
#[derive(Clone, Copy)]
pub struct Format {
    /// As results name it: `google-trends`.
    pub name: &'static str,
    /// Who counted; `None` where many do.
    pub publisher: Option<&'static str>,
    /// Whether values are scaled to the highest of their own export, so that those of two exports do not compare.
    pub is_scaled: bool,
    /// Whether values are shares of what was searched in each place, and add up to 100 % there.
    pub is_shared_out: bool,
    /// Dates before this year are ages, counted from 1970.
    pub ages_before: Option<i16>,
    /// What every figure of it must say; a sentence without its stop.
    pub said: Option<&'static str>,
    /// What the measure is called in words, by its name; `None` where the name says it.
    pub words: fn(&str) -> Option<String>,
    /// The basis of a measure of this name, dated or not; `None` where only the name and the values tell.
    pub(super) basis: fn(&str, bool) -> Option<Basis>,
    /// The measure's name where the names of the columns do not say what they hold.
    pub(super) measure: Option<&'static str>,
    /// Whether the last of its dates was counted whole, where nothing else tells.
    pub(super) last_period: Completeness,
    /// Whether a last period without any value was still running, instead of being left empty.
    pub(super) ends_empty: bool,
    /// The column in which periods that were still running are marked.
    pub(super) flags: Option<&'static str>,
    /// The measure and the note of rows that are events, where the name of their dates gives them away.
    pub(super) events: fn(&str) -> Option<(&'static str, &'static str)>,
    /// The table in a text that is neither a table nor JSON; `None` where the text is not of this format.
    pub(super) rewrite: fn(&str) -> Option<Rewritten>,
    /// Whether each row is another subject, though some have one name.
    pub(super) has_distinct_rows: fn(&Sheet<'_, '_>) -> bool,
    /// Reads an answer in JSON, the values of its lists one by one; whether it is of this format.
    pub(super) answer: fn(&mut Answer<'_, '_, '_>, &[Value]) -> bool,
    /// Reads what lies within an answer that no format knows as a whole.
    pub(super) within: fn(&mut Answer<'_, '_, '_>, &[Value]) -> bool,
    /// Whether an answer in JSON is of this format, but for the dates that make it one.
    pub(super) lacks_dates: fn(&Value) -> bool,
    /// What its header gives away; `None` where the table is not of this format.
    pub(super) recognise: fn(&Sheet<'_, '_>) -> Option<Known>,
}

/// A format of which nothing is known; others say what differs.
const NONE: Format = Format {
    name: "",
    publisher: None,
    is_scaled: false,
    is_shared_out: false,
    ages_before: None,
    said: None,
    words: |_| None,
    basis: |_, _| None,
    measure: None,
    last_period: Completeness::Whole,
    ends_empty: false,
    flags: None,
    events: |_| None,
    rewrite: |_| None,
    has_distinct_rows: |_| false,
    answer: |_, _| false,
    within: |_, _| false,
    lacks_dates: |_| false,
    recognise: |_| None,
};

/// The table of a file that nobody is known to write.
pub(super) const CSV: &Format = plain::CSV;

/// The JSON of a file that nobody is known to write.
pub(super) const JSON: &Format = plain::JSON;

/// All formats, in the order in which their headers are looked for.
const ALL: [&Format; 29] = [
    pytrends::FORMAT,
    gtrends_r::FORMAT,
    star_history::FORMAT,
    github_ranking::FORMAT,
    google_trends::QUERIES,
    google_trends::NOW,
    arxiv::FORMAT,
    github_repo_stats::FORMAT,
    daily_stars::FORMAT,
    indeed::FORMAT,
    tiobe::RATINGS,
    tiobe::RANKS,
    google_trends::CURVES,
    google_trends::REPORT,
    google_trends::MAP,
    google_trends::SHARES,
    github::STARGAZERS,
    github::STAR_HISTORY,
    github::REPOSITORIES,
    github::ARCHIVE,
    npm::FORMAT,
    pypi_stats::FORMAT,
    pepy::FORMAT,
    crates_io::FORMAT,
    hugging_face::FORMAT,
    pypl::FORMAT,
    top_pypi::FORMAT,
    stack_exchange::FORMAT,
    plain::DATED,
];

impl PartialEq for Format {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Format {}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

/// A table that stood in another text.
pub(super) struct Rewritten {
    /// The table, with as many lines.
    pub(super) table: String,
    /// What its numbers are.
    pub(super) note: &'static str,
}

/// What is known of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Known {
    /// The columns' parts, as far as the user does not name them.
    pub(super) columns: Columns,
    /// Whether each value column is a subject.
    pub(super) wide: bool,
    /// What of it is a silent choice.
    pub(super) note: Option<&'static str>,
    /// The region that all series share.
    pub(super) region: Option<String>,
    /// The time that all values are of, where it has no dates.
    pub(super) span: Option<String>,
    /// When it was made, where its name tells.
    pub(super) made: Option<Moment>,
}

impl Known {
    /// The user's columns, and the known ones where the user names none.
    pub(super) fn filled(&self, user: &Columns) -> Columns {
        let mut columns = user.clone();
        let known = self.columns.clone();
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
}

/// Recognises a table, and takes off the names of its columns what is no part of them.
pub(super) fn recognise(
    sheet: &mut Sheet<'_, '_>,
    findings: &mut Findings<'_>,
) -> Option<(&'static Format, Known)> {
    let export = google_trends::recognise(findings.file, sheet, findings);
    export.or_else(|| ALL.into_iter().find_map(|format| Some((format, (format.recognise)(sheet)?))))
}

/// Whether a value is an answer but for its dates.
pub(super) fn lacks_dates(value: &Value) -> bool {
    ALL.into_iter().any(|format| (format.lacks_dates)(value))
}

/// Reads an answer in JSON, and tells of which format it is.
pub(super) fn of_answer(answer: &mut Answer<'_, '_, '_>, values: &[Value]) -> Option<&'static Format> {
    let whole = ALL.into_iter().find(|format| (format.answer)(answer, values));
    whole.or_else(|| ALL.into_iter().find(|format| (format.within)(answer, values)))
}

/// The table in a text that is neither a table nor JSON.
pub(super) fn rewrite(text: &str) -> Option<(&'static Format, Rewritten)> {
    ALL.into_iter().find_map(|format| Some((format, (format.rewrite)(text)?)))
}

/// The format of rows that are events, by the name of their dates, with their measure and a note.
pub(super) fn of_events(dates: &str) -> Option<(&'static Format, (&'static str, &'static str))> {
    ALL.into_iter().find_map(|format| Some((format, (format.events)(dates)?)))
}

/// The column in which periods that were still running are marked.
pub(super) fn flag_column(sheet: &Sheet<'_, '_>) -> Option<usize> {
    let columns = ALL.into_iter().filter_map(|format| sheet.titled(format.flags?));
    columns.into_iter().find(|&column| sheet.held(column) == Holds::Flags)
}

/// Whether each row is another subject, though some have one name.
pub(super) fn has_distinct_rows(sheet: &Sheet<'_, '_>) -> bool {
    ALL.into_iter().any(|format| (format.has_distinct_rows)(sheet))
}

/// Whether a table has all of these columns.
fn has_all(sheet: &Sheet<'_, '_>, titles: &[&str]) -> bool {
    titles.iter().all(|title| sheet.titled(title).is_some())
}

/// Whether a column of this title is there and holds more than one text.
fn splits(sheet: &Sheet<'_, '_>, title: &str) -> bool {
    let mut cells = sheet.titled(title).into_iter().flat_map(|column| sheet.sampled(column));
    cells.next().is_some_and(|first| cells.any(|cell| cell != first))
}

/// The columns of this subject and these values, of which the table may lack some.
fn columns(sheet: &Sheet<'_, '_>, subject: Option<&str>, values: &[&str]) -> Columns {
    let there = values.iter().filter(|title| sheet.titled(title).is_some());
    Columns {
        subject: subject.map(str::to_owned),
        values: there.map(|&title| title.to_owned()).collect(),
        ..Columns::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_format_is_called_otherwise() {
        let mut names = ALL.map(|format| format.name).to_vec();
        names.push(plain::CSV.name);
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), names.contains(&"")), (count, false));
    }

    #[test]
    fn an_index_of_its_own_query_is_no_other_basis() {
        for format in ALL.into_iter().filter(|format| format.is_scaled) {
            assert_eq!((format.basis)("search interest", true), Some(Basis::Index), "{}", format.name);
            assert!(format.publisher.is_some());
        }
    }
}
