//! `popchart.toml`: who is compared, which data there are, which figures are
//! to be drawn of them, and what the figures say.
//!
//! The room reads the manifest, tells everything that is wrong with it at
//! once, and hands on figures in which every default is filled in. It must
//! not know files beyond the manifest's text, data, pixels or fonts.

mod additions;
mod colors;
mod figure;
mod files;
mod name;
mod panels;
mod parts;
mod reading;
mod table;
mod weights;

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

pub use name::figure_key;

use crate::diag::{self, Place, Report};
use crate::manifest::table::{Context, Reader};
use crate::spec::source::Span;
use crate::spec::{DatasetSpec, FigureSpec, Output, SubjectSpec};

/// What a project draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// The file as messages name it.
    pub file: String,
    /// Where artifacts go and what they are.
    pub output: Output,
    /// Who is declared, in the order of the file, and who is named in a dataset alone.
    pub subjects: Vec<SubjectSpec>,
    /// The data, by key.
    pub datasets: BTreeMap<String, DatasetSpec>,
    /// The figures without an error, in the order of the file.
    pub figures: Vec<FigureSpec>,
    /// Keys of the figures that have errors, or whose datasets have, in the order of the file.
    pub broken: Vec<String>,
}

const TOP: [&str; 4] = ["output", "subjects", "datasets", "figures"];

/// The most characters of the words of a figure: more cannot be read in a picture.
const WORDS: [(&str, usize); 6] = [
    ("title", 300),
    ("subtitle", 500),
    ("note", 1000),
    ("source", 500),
    ("label", parts::LABEL),
    ("quantity", parts::LABEL),
];

/// The most characters of a title.
pub const TITLE: usize = 300;

/// Reads a manifest. `file` is the name messages give it.
///
/// The report has every error and warning. A figure with an error, and every
/// figure whose dataset has one, is left out and named in [`Manifest::broken`];
/// an error in `[output]` or `[subjects]`, which all figures share, leaves out all.
#[must_use]
pub fn load(file: &str, text: &str) -> (Manifest, Report) {
    let mut reader = Reader::new(file, text, &WORDS);
    let (document, syntax) = DeTable::parse_recoverable(text);
    let mut broken_at = Vec::new();
    for error in syntax {
        let at = Span::from(error.span().unwrap_or_default());
        reader.not_toml(at, error.message());
        broken_at.push(at.start);
    }
    let before = reader.faults();
    let top = reader.top(document.get_ref(), &TOP);
    let sections = Sections::of(document.get_ref());
    let output = parts::output(&mut reader, &top);
    let mut subjects = parts::subjects(&mut reader, &top);
    let shared_fault = reader.faults() > before || broken_at.iter().any(|at| sections.is_shared(*at));
    let datasets =
        parts::datasets(&mut reader, &top, &mut subjects, |start| sections.has_fault(start, &broken_at));
    let mut manifest = Manifest {
        file: file.to_owned(),
        output,
        subjects,
        datasets: BTreeMap::new(),
        figures: Vec::new(),
        broken: Vec::new(),
    };
    let declared =
        figure::Declared { output: &manifest.output, subjects: &manifest.subjects, datasets: &datasets };
    let figures =
        top.get("figures").and_then(|value| reader.open_free(value, top.key_span("figures"), "`figures`"));
    for (key, start, value) in figures.iter().flat_map(table::Table::in_order) {
        reader.enter(Some(Context::Figure(key)));
        let spec = figure::read(&mut reader, key, start, value, &declared);
        reader.enter(None);
        match spec.filter(|_| !shared_fault && !sections.has_fault(start.start, &broken_at)) {
            Some(spec) => manifest.figures.push(spec),
            None => manifest.broken.push(key.to_owned()),
        }
    }
    if figures.is_none_or(|figures| figures.in_order().is_empty()) && !reader.report.has_errors() {
        let warning = diag::warning("no-figures", "the manifest has no figures").at(Place::file(file));
        reader.report.push(warning.hint("add a table `[figures.name]`"));
    }
    colors::give(&mut manifest.subjects, &mut manifest.figures);
    manifest.datasets = datasets.into_iter().filter_map(|(key, spec)| Some((key, spec?))).collect();
    reader.report.diagnostics.sort_by_key(|d| d.place.as_ref().map(|place| (place.line, place.column)));
    (manifest, reader.report)
}

/// Where each table of the file starts, to find the one a syntax error lies in.
struct Sections {
    /// Start of a header in bytes, and whether all figures share what it declares.
    starts: Vec<(usize, bool)>,
}

impl Sections {
    fn of(document: &DeTable<'_>) -> Self {
        let mut starts = vec![(0, true)];
        for (key, value) in document {
            let shared = !matches!(key.get_ref().as_ref(), "figures" | "datasets");
            starts.push((key.span().start, shared));
            if let (false, DeValue::Table(entries)) = (shared, value.get_ref()) {
                starts.extend(entries.keys().map(|key| (key.span().start, false)));
            }
        }
        starts.sort_unstable();
        Sections { starts }
    }

    fn section_of(&self, at: usize) -> Option<&(usize, bool)> {
        self.starts.get(self.starts.partition_point(|(start, _)| *start <= at).saturating_sub(1))
    }

    fn is_shared(&self, at: usize) -> bool {
        self.section_of(at).is_some_and(|(_, shared)| *shared)
    }

    fn has_fault(&self, start: usize, broken_at: &[usize]) -> bool {
        broken_at.iter().any(|at| self.section_of(*at).is_some_and(|(section, _)| *section == start))
    }
}
