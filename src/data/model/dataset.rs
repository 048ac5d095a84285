//! The observations of a file, or of several that were joined, and what is known of them all. It must not know how
//! they were read.

use crate::diag::Place;

use crate::data::model::facts::Facts;
use crate::data::model::line::Line;
use crate::data::model::measure::Measure;
use crate::data::model::observation::Observation;

/// A file that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// As messages name it.
    pub name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
    /// The sheet that was read, of a spreadsheet: lines are its rows.
    pub sheet: Option<String>,
}

/// The observations of a file, or of several that were joined.
#[derive(Debug, Clone, PartialEq)]
pub struct Dataset {
    /// Where they stand, in order.
    pub files: Vec<DataFile>,
    /// Who is compared, as the file spells them (less a region suffix that all share), in file order.
    pub subjects: Vec<String>,
    /// What is counted: one for each value column of a long table, one named `value` for a wide one.
    pub measures: Vec<Measure>,
    /// What splits the measures (portal, conference), in file order; empty where nothing does.
    pub groups: Vec<String>,
    /// The distinct contents of the columns named in [`Columns::same`](crate::data::model::columns::Columns::same), as `column: text; …`; observations
    /// of different kinds must not be drawn together. One empty text where no column is named.
    pub kinds: Vec<String>,
    /// What cells of words say, each once; empty where all are numbers.
    pub words: Vec<String>,
    /// Every cell, in file order.
    pub observations: Vec<Observation>,
    /// How the file was read; of several, what holds for all.
    pub facts: Facts,
    /// How exports were put on one scale; `None` where nothing was rescaled.
    pub anchored: Option<Anchored>,
}

impl Dataset {
    /// The file, or the first of several, as messages name it.
    #[must_use]
    pub fn file(&self) -> &str {
        self.files.first().map_or("", |file| &file.name)
    }

    /// A line as a place.
    #[must_use]
    pub fn place(&self, line: Line) -> Place {
        let file = usize::try_from(line.file).ok().and_then(|index| self.files.get(index));
        let sheet = file.and_then(|file| file.sheet.clone());
        Place { line: Some(line.number), sheet, ..Place::file(file.map_or("", |file| &file.name)) }
    }

    /// A series' name: the subject alone as far as that tells series apart, else
    /// `subject, measure` among several measures and `group: subject` among several groups.
    #[must_use]
    pub fn series_name(&self, subject: usize, measure: usize, group: Option<usize>) -> String {
        let name = |names: &[String], index: usize| names.get(index).cloned().unwrap_or_default();
        let mut label = name(&self.subjects, subject);
        if self.measures.len() > 1 {
            label = format!("{label}, {}", self.measures.get(measure).map_or("", |measure| &measure.name));
        }
        match group {
            Some(group) => format!("{}: {label}", name(&self.groups, group)),
            None => label,
        }
    }

    /// The files as messages name them.
    #[must_use]
    pub fn file_names(&self) -> Vec<&str> {
        self.files.iter().map(|file| file.name.as_str()).collect()
    }

    /// What the measures are called.
    #[must_use]
    pub fn measure_names(&self) -> Vec<&str> {
        self.measures.iter().map(|measure| measure.name.as_str()).collect()
    }
}

/// How exports were put on one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Anchored {
    /// The term that stands in all, as the first export spells it.
    pub term: String,
    /// How many exports.
    pub exports: usize,
    /// The region of all, where they name one.
    pub region: Option<String>,
    /// What values known only to be below one were taken as; `None` where there are none.
    pub below_one: Option<f64>,
}

impl Anchored {
    /// What a reader must know of it: sentences without their stops.
    #[must_use]
    pub fn in_words(&self) -> Vec<String> {
        let Anchored { term, exports, .. } = self;
        let all = if *exports == 2 { "both" } else { "all" };
        let scale = format!(
            "Search interest of {exports} exports was put on one scale by the term {term}, which stands in {all}"
        );
        let below = self.below_one.map(|value| format!("Values below 1 were taken as {value} before"));
        std::iter::once(scale).chain(below).collect()
    }
}
