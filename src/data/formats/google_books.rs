//! Google Books Ngram Viewer: how often words stand in books, as its page answers and as its raw files count.

use serde_json::Value as Json;

use crate::data::cells::calendar;
use crate::data::formats::signature::{Known, Source, UNKNOWN};
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::model::observation::Value;
use crate::data::rows::json::answer::{Answer, reading, text};
use crate::data::shape::sheet::Sheet;
use crate::diag::{self, Place};

/// Years of which there are printed books.
const YEARS: std::ops::RangeInclusive<u32> = 1400..=2100;

/// Shares of all words of a year's books.
const SHARES: &Format = &Format {
    name: "google-books-ngram",
    publisher: Some("Google Books Ngram Viewer"),
    files: "JSON",
    obtained: "books.google.com/ngrams/json?content=WORDS&year_start=1900 under this name",
    numbers: "shares of all words printed in each year, as fractions of 1, smoothed as was asked",
    basis: |_, _| Some(Basis::Share),
    ..NONE
};

pub(super) const SHARES_SOURCE: &Source = &Source {
    format: SHARES,
    answer: |answer, values| {
        let is_known = !values.is_empty() && values.iter().all(is_series);
        if is_known {
            series(answer, values);
        }
        is_known
    },
    ..UNKNOWN
};

/// Counts of a word in each year's books.
const COUNTS: &Format = &Format {
    name: "google-books-counts",
    publisher: Some("Google Books Ngram Viewer"),
    files: "TSV",
    obtained: "the raw files of storage.googleapis.com/books/ngrams/books/datasetsv2.html, or a part of one",
    numbers: "how often a word stands in the books of each year, and in how many books",
    basis: |_, _| Some(Basis::Count),
    ..NONE
};

pub(super) const COUNTS_SOURCE: &Source = &Source { format: COUNTS, export: counts, ..UNKNOWN };

fn is_series(value: &Json) -> bool {
    text(value, &["ngram"]).is_some() && value.get("timeseries").is_some_and(Json::is_array)
}

/// A number in the file's name, which is its address: `json?content=keras&year_start=1900&year_end=2019`.
fn asked(answer: &Answer<'_, '_, '_>, key: &str) -> Option<u32> {
    let (_, rest) = answer.findings.file.split_once(&format!("{key}="))?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest.get(..end)?.parse().ok()
}

/// The values of each year, of which the first is not told.
fn series(answer: &mut Answer<'_, '_, '_>, values: &[Json]) {
    let Some(start) = asked(answer, "year_start").filter(|year| YEARS.contains(year)) else {
        let place = Place::file(answer.findings.file);
        return answer.findings.fault(|| {
            diag::error(
                "missing-years",
                "missing the first year of the values, which the answer does not tell",
            )
            .at(place)
            .hint("name the file after its address, with `year_start=1900` in it")
        });
    };
    let measure = answer.builder.measures.index("share");
    for value in values {
        let subject = answer.builder.subjects.index(text(value, &["ngram"]).unwrap_or("(empty)"));
        let shares = value.get("timeseries").and_then(Json::as_array).into_iter().flatten();
        for (year, share) in (start..=9999).zip(shares) {
            let number = reading(share).unwrap_or_else(|| {
                let hint = "correct it, or write `null` for a gap";
                answer.tell_odd(value, "a number", Some(share), &["timeseries"], hint);
                Value::Missing
            });
            answer.push(share, calendar::day(year, 1, 1), subject, measure, number);
        }
    }
    answer.facts.years = true;
    answer.findings.note(format!("The first year, {start}, is that of the file's name."));
    match asked(answer, "smoothing") {
        Some(0) => {}
        Some(years) => answer
            .findings
            .note(format!("Each value is the mean of up to {years} years before and after it.")),
        None => answer.findings.note("Values are smoothed unless that was asked otherwise."),
    }
}

/// Raw files have no header: a word, a year, how often it stands in books, and in how many.
fn counts(sheet: &mut Sheet<'_, '_>, _: &mut Findings<'_>) -> Option<(&'static Format, Known)> {
    let whole = |cell: &str| cell.parse::<u64>().ok();
    let fits = |row: usize| {
        let number = |column| sheet.table.cell(row, column).and_then(whole);
        let volumes = number(3).filter(|volumes| *volumes > 0);
        let is_word = sheet.table.cell(row, 0).is_some_and(|cell| cell.contains(char::is_alphabetic));
        is_word
            && sheet.table.width(row) == 4
            && number(1).is_some_and(|year| u32::try_from(year).is_ok_and(|year| YEARS.contains(&year)))
            && number(2).zip(volumes).is_some_and(|(matches, volumes)| matches >= volumes)
    };
    if sheet.table.delimiter() != b'\t' || sheet.has_titles() || !sheet.sample().all(fits) {
        return None;
    }
    sheet.names = ["ngram", "year", "matches", "volumes"].map(str::to_owned).to_vec();
    let columns = Columns {
        date: Some("year".into()),
        subject: Some("ngram".into()),
        values: vec!["matches".into(), "volumes".into()],
        ..Columns::default()
    };
    Some((COUNTS, Known { columns, ..Known::default() }))
}
