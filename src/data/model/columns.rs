//! What a user says of the columns of a file. It must not know what any file has.

use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic, Place, quoted};

/// Which column plays which part; what is `None` is found out, and [`Facts::notes`](crate::data::model::facts::Facts::notes) says how.
/// Names are those of the header, compared without case; in JSON only `values` may be named.
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
    /// Columns that must not differ between observations drawn together (a query, a method).
    pub same: Vec<String>,
    /// Rows to keep: each column named here must hold one of these texts.
    pub only: Vec<(String, Vec<String>)>,
    /// Where each of these names was given, where a file says it.
    pub places: BTreeMap<String, Place>,
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
}
