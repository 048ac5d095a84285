//! What is known of the files of one source, however they are recognised: who publishes them, what their measures
//! are. The sources themselves are in `formats/`, a file each.

use std::fmt;

use crate::data::model::completeness::Completeness;
use crate::data::model::measure::Basis;

/// What is known of a source.
#[derive(Clone, Copy)]
pub struct Format {
    /// As results name it: `google-trends`.
    pub name: &'static str,
    /// Who counted; `None` where many do.
    pub publisher: Option<&'static str>,
    /// What its files are: `CSV, JSON`.
    pub files: &'static str,
    /// How one comes by them, as the end of a sentence.
    pub obtained: &'static str,
    /// What its numbers are, and of which time, as the end of a sentence.
    pub numbers: &'static str,
    /// Whether values are scaled to the highest of their own export, so that those of two exports do not compare.
    pub is_scaled: bool,
    /// Whether values are shares of what was searched in each place, and add up to 100 % there.
    pub is_shared_out: bool,
    /// Dates before this year are ages, counted from 1970.
    pub ages_before: Option<i16>,
    /// What the measure is called in words, by its name; `None` where the name says it.
    pub words: fn(&str) -> Option<String>,
    /// The basis of a measure of this name, dated or not; `None` where only the name and the values tell.
    pub(crate) basis: fn(&str, bool) -> Option<Basis>,
    /// The measure's name where the names of the columns do not say what they hold.
    pub(crate) measure: Option<&'static str>,
    /// Whether the last of its dates was counted whole, where nothing else tells.
    pub last_period: Completeness,
    /// Whether a last period without any value was still running, instead of being left empty.
    pub(crate) ends_empty: bool,
}

/// A format of which nothing is known; others say what differs.
pub(crate) const NONE: Format = Format {
    name: "",
    publisher: None,
    files: "CSV",
    obtained: "",
    numbers: "",
    is_scaled: false,
    is_shared_out: false,
    ages_before: None,
    words: |_| None,
    basis: |_, _| None,
    measure: None,
    last_period: Completeness::Whole,
    ends_empty: false,
};

/// The table of a file that nobody is known to write.
pub(crate) const CSV: &Format = &Format {
    name: "csv",
    obtained: "any table of numbers, as a program or a person writes it",
    numbers: "what names and values tell: shares, ranks, counts",
    ..NONE
};

/// The JSON of a file that nobody is known to write.
pub(crate) const JSON: &Format = &Format {
    name: "json",
    files: "JSON",
    obtained: "any list of flat objects, lists under names, or numbers by date",
    numbers: "what names and values tell: shares, ranks, counts",
    ..NONE
};

/// The table of a sheet of Excel that nobody is known to write.
pub(crate) const XLSX: &Format = &Format { name: "xlsx", ..NONE };

/// The table of an OpenDocument sheet that nobody is known to write.
pub(crate) const ODS: &Format = &Format { name: "ods", ..NONE };

impl Default for &'static Format {
    fn default() -> Self {
        CSV
    }
}

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
