//! What a user says of how a file is to be read. It must not know what any file has.

use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic, Place, quoted};

use crate::data::model::measure::{Basis, Unit};
use crate::data::model::writing::{DateOrder, Decimal, Delimiter, Each, Encoding, Header, ValueColumns};

/// Which column plays which part, and how all is written; what is `None` is found out, and
/// [`Facts::notes`](crate::data::model::facts::Facts::notes) says how. Names are those of the header, compared without case.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    /// The date.
    pub date: Option<String>,
    /// Who is compared (long tables).
    pub subject: Option<String>,
    /// What splits the measure.
    pub group: Option<String>,
    /// The value columns to keep (all numeric ones when empty).
    pub values: Vec<String>,
    /// What the value columns are.
    pub values_are: Option<ValueColumns>,
    /// Columns that must not differ between observations drawn together (a query, a method).
    pub same: Vec<String>,
    /// Rows to keep: each column named here must hold one of these texts.
    pub only: Vec<(String, Vec<String>)>,
    /// Columns that are not read, and rows that have one of these texts where they have names and dates.
    pub leave_out: Vec<String>,
    /// What the bytes are.
    pub encoding: Option<Encoding>,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// What separates the cells.
    pub delimiter: Option<Delimiter>,
    /// Where the names of the columns stand.
    pub header: Option<Header>,
    /// What separates the fraction of a number from the whole.
    pub decimal: Option<Each<Decimal>>,
    /// In which order day, month and year stand.
    pub dates: Option<DateOrder>,
    /// The month, from 1, that years begin with.
    pub year_starts: Option<u8>,
    /// What the values are.
    pub unit: Option<Each<Unit>>,
    /// How the values came about.
    pub basis: Option<Each<Basis>>,
    /// Whether other files are read so as well: what `leave_out` names may then be in one of them alone.
    pub several: bool,
    /// Where each of the names above was given, where a file says it.
    pub places: BTreeMap<String, Place>,
    /// Where each of the keys above was given, where a file says it.
    pub keys: BTreeMap<&'static str, Place>,
}

impl Columns {
    /// That a file has no column of a name, told where the name was given, or else at this place in the file.
    pub(crate) fn unknown(&self, name: &str, place: Place) -> Diagnostic {
        match self.places.get(name) {
            Some(given) => {
                let message = format!("unknown column {} in {}", quoted(name), place.file);
                diag::error("unknown-column", message).at(given.clone())
            }
            None => diag::error("unknown-column", format!("unknown column {}", quoted(name))).at(place),
        }
    }

    /// A key that was given and that only a table has a meaning for.
    pub(crate) fn key_of_a_table(&self) -> Option<&'static str> {
        let given = [
            ("date", self.date.is_some()),
            ("subject", self.subject.is_some()),
            ("group", self.group.is_some()),
            ("values_are", self.values_are.is_some()),
            ("same", !self.same.is_empty()),
            ("only", !self.only.is_empty()),
            ("decimal", self.decimal.is_some()),
            ("dates", self.dates.is_some()),
            ("year_starts", self.year_starts.is_some()),
        ];
        given.into_iter().find(|(_, is_given)| *is_given).map(|(key, _)| key)
    }

    /// That a key says something of a file that it has not got.
    pub(crate) fn unsuited(&self, key: &str, why: &str, file: &str) -> Diagnostic {
        let message = format!("`{key}` does not fit {file}: {why}");
        let place = self.place_of(key, Place::file(file));
        diag::error("unsuited-key", message).at(place).hint(format!("leave `{key}` out"))
    }

    /// Where a key was given, or else this place in the file.
    pub(crate) fn place_of(&self, key: &str, place: Place) -> Place {
        self.keys.get(key).cloned().unwrap_or(place)
    }
}

/// A hint that says which key of a dataset settles something, and which option of `plot` and `inspect`.
pub(crate) fn set(key: &str, value: &str) -> String {
    let option = key.replace('_', "-");
    format!("set `{key} = \"{value}\"` (`--{option} {value}`)")
}
