//! Daily Stars Explorer: the stars of one repository by day, new and in total.

use crate::data::formats::signature::{Known, Source, UNKNOWN};
use crate::data::model::columns::Columns;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;

const FORMAT: &Format = &Format {
    name: "daily-stars-explorer",
    publisher: Some("GitHub"),
    obtained: "the CSV button of emanuelef.github.io/daily-stars-explorer",
    numbers: "stars in total, or of each day",
    basis: |name, _| match name {
        _ if name.starts_with("total-") => Some(Basis::Cumulative),
        _ if name.starts_with("day-") => Some(Basis::Count),
        _ => None,
    },
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    // `date,day-stars,total-stars`: two series of different size, of which the total is the usual one.
    recognise: |sheet| {
        let day = sheet.names.iter().find_map(|name| name.strip_prefix("day-"))?;
        let total = format!("total-{day}");
        sheet.titled(&total)?;
        Some(Known {
            columns: Columns { values: vec![total], ..Columns::default() },
            note: Some("Took the totals; name the column in `values` to draw what each day added."),
            ..Known::default()
        })
    },
    ..UNKNOWN
};
