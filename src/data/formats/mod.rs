//! The sources that popchart knows: a file for each, and its lines here.
//!
//! Each says what its files are (a [`Format`]) and what gives them away (a [`Source`]). Nobody outside of its file
//! knows what it is called. A file that nobody knows is read all the same; a format only spares the user options,
//! and says what the numbers are.
//!
//! Both are values with a default for everything instead of traits, so that a file says only what is special to its
//! source, and what can be said is read in one place.

mod arxiv;
mod crates_io;
mod daily_stars;
mod dated;
mod docker_hub;
mod github;
mod github_ranking;
mod github_releases;
mod github_repo_stats;
mod google_books;
mod google_trends;
mod google_trends_api;
mod gtrends_r;
mod hacker_news;
mod homebrew;
mod hugging_face;
mod indeed;
mod npm;
mod pepy;
mod pypi_stats;
mod pypl;
mod pytrends;
pub(crate) mod signature;
mod stack_exchange;
mod star_history;
mod tiobe;
mod top_pypi;
mod wikipedia;

use serde_json::Value as Json;

use crate::data::formats::signature::{Known, Rewritten, Source, flags};
use crate::data::model::findings::Findings;
use crate::data::model::format::{CSV, Format};
use crate::data::rows::json::answer::Answer;
use crate::data::shape::sheet::Sheet;
use crate::diag::Diagnostic;

/// All sources, in the order in which their headers are looked for.
const ALL: &[&Source] = &[
    pytrends::SOURCE,
    gtrends_r::SOURCE,
    star_history::SOURCE,
    github_ranking::SOURCE,
    google_trends::QUERIES_SOURCE,
    google_trends::NOW_SOURCE,
    arxiv::SOURCE,
    github_repo_stats::SOURCE,
    daily_stars::SOURCE,
    indeed::SOURCE,
    tiobe::RATINGS_SOURCE,
    tiobe::RANKS_SOURCE,
    google_trends::exports::SOURCE,
    google_trends::REPORT_SOURCE,
    google_trends::MAP_SOURCE,
    google_trends::SHARES_SOURCE,
    google_trends_api::SOURCE,
    google_books::SHARES_SOURCE,
    google_books::COUNTS_SOURCE,
    github_releases::SOURCE,
    github::STARGAZERS_SOURCE,
    github::STAR_HISTORY_SOURCE,
    github::REPOSITORIES_SOURCE,
    github::ARCHIVE_SOURCE,
    npm::SOURCE,
    pypi_stats::SOURCE,
    pepy::SOURCE,
    crates_io::SOURCE,
    hugging_face::SOURCE,
    docker_hub::SOURCE,
    homebrew::SOURCE,
    hacker_news::SOURCE,
    wikipedia::SOURCE,
    pypl::SOURCE,
    top_pypi::SOURCE,
    stack_exchange::SOURCE,
    dated::SOURCE,
];

/// Recognises a table, and takes off the names of its columns what is no part of them.
pub(crate) fn recognise(
    sheet: &mut Sheet<'_, '_>,
    findings: &mut Findings<'_>,
) -> Option<(&'static Format, Known)> {
    let export = ALL.iter().find_map(|source| (source.export)(sheet, findings));
    export.or_else(|| ALL.iter().find_map(|source| Some((source.format, (source.recognise)(sheet)?))))
}

/// What a value lacks to be an answer that is known.
pub(crate) fn lacking(value: &Json) -> Option<Diagnostic> {
    ALL.iter().find_map(|source| (source.lacking)(value))
}

/// All formats, in the order of their names.
pub(crate) fn all() -> Vec<&'static Format> {
    let mut all: Vec<&'static Format> = ALL.iter().map(|source| source.format).chain([CSV]).collect();
    all.sort_by_key(|format| format.name);
    all
}

/// Reads an answer in JSON, and tells of which format it is.
pub(crate) fn of_answer(answer: &mut Answer<'_, '_, '_>, values: &[Json]) -> Option<&'static Format> {
    let whole = ALL.iter().find(|source| (source.answer)(answer, values));
    let found = whole.or_else(|| ALL.iter().find(|source| (source.within)(answer, values)));
    found.map(|source| source.format)
}

/// The table in a text that is neither a table nor JSON.
pub(crate) fn rewrite(text: &str) -> Option<(&'static Format, Rewritten)> {
    ALL.iter().find_map(|source| Some((source.format, (source.rewrite)(text)?)))
}

/// The format of rows that are events, by the name of their dates, with their measure and a note.
pub(crate) fn of_events(dates: &str) -> Option<(&'static Format, (&'static str, &'static str))> {
    ALL.iter().find_map(|source| Some((source.format, (source.events)(dates)?)))
}

/// The column in which periods that were still running are marked.
pub(crate) fn flag_column(sheet: &Sheet<'_, '_>) -> Option<usize> {
    ALL.iter().find_map(|source| flags(sheet, source.flags?))
}

/// Whether each row is another subject, though some have one name.
pub(crate) fn has_distinct_rows(sheet: &Sheet<'_, '_>) -> bool {
    ALL.iter().any(|source| (source.has_distinct_rows)(sheet))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::model::measure::Basis;

    #[test]
    fn each_format_is_called_otherwise() {
        let mut names = all().iter().map(|format| format.name).collect::<Vec<_>>();
        let count = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!((names.len(), names.contains(&"")), (count, false));
    }

    #[test]
    fn what_is_scaled_to_its_own_highest_is_an_index() {
        for format in ALL.iter().map(|source| source.format).filter(|format| format.is_scaled) {
            assert_eq!((format.basis)("search interest", true), Some(Basis::Index), "{}", format.name);
            assert!(format.publisher.is_some());
        }
    }
}
