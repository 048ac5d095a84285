//! star-history.com: some points of the stars of repositories, by date or by age.

use crate::data::formats::signature::{Known, Source, UNKNOWN, columns, has_all};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::shape::sheet::Sheet;

const FORMAT: &Format = &Format {
    name: "star-history",
    publisher: Some("GitHub"),
    obtained: "the CSV button of star-history.com",
    numbers: "stars in total at a few points, by date or by age",
    // Aligned repositories count from 1970, and no star is older than 2008.
    ages_before: Some(2008),
    basis: |_, _| Some(Basis::Cumulative),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    recognise: |sheet| {
        (has_all(sheet, &["Repository", "Date", "Stars"]) && is_sampled(sheet)).then(|| Known {
            columns: columns(sheet, Some("Repository"), &["Stars"]),
            note: Some("Dates between the few points of a star history are not observed."),
            ..Known::default()
        })
    },
    ..UNKNOWN
};

/// Whether a table of repositories, dates and stars is a star history of some points: that of its web page has
/// no other columns, and the dates of a script.
fn is_sampled(sheet: &Sheet<'_, '_>) -> bool {
    let titles = (0..sheet.names.len()).filter(|&column| !sheet.title(column).is_empty());
    let mut dates = sheet.titled("Date").into_iter().flat_map(|column| sheet.sampled(column));
    titles.count() == 3 && dates.any(|cell| cell.contains(" GMT"))
}
