//! Indeed Hiring Lab: an index of postings, of countries, or of the sectors, states or cities of one.

use crate::data::formats::signature::{Known, Source, UNKNOWN, splits};
use crate::data::model::columns::Columns;
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;
use crate::data::shape::sheet::Sheet;

const FORMAT: &Format = &Format {
    name: "indeed-hiring-lab",
    publisher: Some("Indeed Hiring Lab"),
    obtained: "github.com/hiring-lab/job_postings_tracker",
    numbers: "job postings, an index of 100 on 1 February 2020",
    basis: |_, _| Some(Basis::Index),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source { format: FORMAT, recognise: postings, ..UNKNOWN };

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
    Some(Known { columns, note, ..Known::default() })
}
