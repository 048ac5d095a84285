//! `popchart.toml`: who is compared, which data there are, which figures are
//! to be drawn of them, and what the figures say.
//!
//! The room reads the manifest, tells everything that is wrong with it at
//! once, and hands on figures in which every default is filled in. It must
//! not know files beyond the manifest's text, data, pixels or fonts.

pub mod claims;
mod figure;
mod parts;
pub mod period;
pub mod source;
mod table;
pub mod template;

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

use crate::data::{Aggregate, Columns};
use crate::diag::{self, Place, Report};
use crate::figure::{Chart, Event, Ink, Unit};
use crate::manifest::claims::Claim;
use crate::manifest::period::{Period, Precision};
use crate::manifest::source::{Places, Span};
use crate::manifest::table::{Context, Reader};
use crate::manifest::template::Template;

/// What a project draws.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// The file as messages name it.
    pub file: String,
    /// Where artifacts go and what they are.
    pub output: Output,
    /// Who is declared, in the order of the file.
    pub subjects: Vec<SubjectSpec>,
    /// The data, by key.
    pub datasets: BTreeMap<String, DatasetSpec>,
    /// The figures without an error, in the order of the file.
    pub figures: Vec<FigureSpec>,
    /// Keys of the figures that have errors, or whose datasets have, in the order of the file.
    pub broken: Vec<String>,
}

/// Where artifacts go and what they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Output {
    /// The folder, relative to the manifest.
    pub dir: String,
    /// What is written of every figure, without repetition.
    pub formats: Vec<Format>,
    /// In which themes.
    pub theme: ThemeChoice,
    /// Width of a figure that names none, in CSS px, 300 to 2400.
    pub width: u32,
    /// Pixels of a PNG to one CSS px, 1 to 4.
    pub scale: u32,
}

impl Default for Output {
    fn default() -> Self {
        Output {
            dir: "charts".into(),
            formats: vec![Format::Svg, Format::Png],
            theme: ThemeChoice::Light,
            width: 720,
            scale: 2,
        }
    }
}

/// A kind of artifact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// The figure as SVG.
    Svg,
    /// The figure as PNG.
    Png,
    /// The plotted values as CSV.
    Csv,
}

/// Which themes a figure is drawn in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ThemeChoice {
    /// On a light background.
    Light,
    /// On a dark background.
    Dark,
    /// Twice.
    Both,
}

/// A declared subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectSpec {
    /// Its key in the manifest.
    pub key: String,
    /// Its name in every figure.
    pub label: String,
    /// How datasets spell it, besides label and key.
    pub also: Vec<String>,
    /// Its colour in every figure.
    pub ink: Ink,
}

/// A file of data with what must be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatasetSpec {
    /// Its key in the manifest.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// Where its values stand.
    pub places: Places,
    /// The file, relative to the manifest.
    pub path: String,
    /// Who published it, for the source line.
    pub source: String,
    /// Where it was found.
    pub url: Option<String>,
    /// Under which licence it may be used.
    pub licence: Option<String>,
    /// When it was retrieved or observed.
    pub retrieved: Option<Period>,
    /// What a user of the data should know.
    pub note: Option<String>,
    /// Which columns play which part.
    pub columns: Columns,
    /// What becomes of several values of one date and series; `None` keeps them all.
    pub aggregate: Option<Aggregate>,
    /// Spellings of this dataset alone, with indices into [`Manifest::subjects`].
    pub names: Vec<(String, usize)>,
}

impl DatasetSpec {
    /// Where the value of a key stands, or else the table.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        self.places.of(key).unwrap_or_else(|| self.place.clone())
    }
}

/// A figure with every default filled in. What stays an `Option` depends on the data or on taste.
#[derive(Debug, Clone, PartialEq)]
pub struct FigureSpec {
    /// Its key in the manifest, and the name of its files.
    pub key: String,
    /// Where the key stands.
    pub place: Place,
    /// Where its values stand.
    pub places: Places,
    /// How the data are shown.
    pub chart: Chart,
    /// What the values are.
    pub unit: Unit,
    /// Width in CSS px.
    pub width: u32,
    /// Height in CSS px; `None` lets the content decide.
    pub height: Option<u32>,
    /// What is counted, in words for a screen reader; `None` uses the name of the measure.
    pub quantity: Option<String>,
    /// The finding.
    pub title: Template,
    /// Measure, unit, place, period, transformation; may be empty.
    pub subtitle: Template,
    /// Small print; may be empty.
    pub note: Template,
    /// Overrides what the datasets say.
    pub source: Option<String>,
    /// Every declared subject of the manifest.
    pub declared: Vec<SubjectSpec>,
    /// Who is shown, as indices into `declared`, in order; empty shows all that the data have.
    pub shown: Vec<usize>,
    /// Who stands out, as indices into `declared`; empty shows all alike.
    pub highlight: Vec<usize>,
    /// What is drawn: one panel, or several in a figure of facets.
    pub panels: Vec<PanelSpec>,
    /// The datasets of the panels, in order of first use.
    pub datasets: Vec<DatasetSpec>,
    /// Which groups, in order; empty takes all in the order of the data.
    pub groups: Vec<String>,
    /// How several observations of one subject and date become one.
    pub combine: Combine,
    /// The calendar period whose observations become one; `None` for those of one date.
    pub each: Option<Precision>,
    /// A line chart's first period; `None` starts with the data.
    pub from: Option<Period>,
    /// A line chart's last period; `None` ends with the data.
    pub to: Option<Period>,
    /// Window of the centred average, in steps, odd; 1 draws the values themselves.
    pub average: usize,
    /// What a value known to be below a bound counts for, as a part of the bound: 0.5 or 0.
    pub below_one: f64,
    /// What becomes of a last period that was still running.
    pub last_period: LastPeriod,
    /// Marked dates, in order of time.
    pub events: Vec<Event>,
    /// What must hold.
    pub claims: Vec<Claim>,
}

impl FigureSpec {
    /// Where an element of a list stands, or else the list.
    #[must_use]
    pub fn place_of_element(&self, key: &str, index: usize) -> Place {
        self.places.of_element(key, index).unwrap_or_else(|| self.place.clone())
    }

    /// Where the value of a key stands, or else the table.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        self.places.of(key).unwrap_or_else(|| self.place.clone())
    }
}

/// One panel of a figure.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelSpec {
    /// Where it stands.
    pub place: Place,
    /// Where its values stand.
    pub places: Places,
    /// Index into [`FigureSpec::datasets`]; `None` in a panel that only says what is missing.
    pub dataset: Option<usize>,
    /// What is shown.
    pub measure: Measure,
    /// Shown above a facet; empty for a figure of one panel.
    pub title: Template,
    /// At which date, where one date is shown.
    pub at: At,
    /// Why there are no data, said in the note if there are none.
    pub missing: Option<String>,
}

impl PanelSpec {
    /// Where the value of a key stands, or else the table.
    #[must_use]
    pub fn place_of(&self, key: &str) -> Place {
        self.places.of(key).unwrap_or_else(|| self.place.clone())
    }
}

/// What is shown of a dataset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Measure {
    /// The only measure it has.
    Only,
    /// A column.
    Column(String),
    /// One column divided by another; times 100 where the unit is per cent.
    Ratio {
        /// What is divided.
        numerator: String,
        /// By what.
        denominator: String,
    },
}

/// Which date is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// The last one of the data.
    Latest,
    /// The last one within this period.
    On(Period),
}

/// How several observations of one subject and date, of several groups, become one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Combine {
    /// They do not: that there are several is an error.
    Never,
    /// Their sum; missing when one is missing.
    Sum,
    /// Their mean, of those that are there.
    Mean,
    /// The sum of the numerators over the sum of the denominators, of those that are there.
    Pooled,
}

/// What becomes of a last period that was still running when it was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LastPeriod {
    /// Left out when the data say so; drawn with a warning when it is possible.
    Judge,
    /// Drawn.
    Keep,
    /// Drawn with a dashed line and a hollow point when it is certain or possible.
    Dash,
    /// Left out when it is certain or possible.
    Drop,
}

const TOP: [&str; 4] = ["output", "subjects", "datasets", "figures"];

/// Reads a manifest. `file` is the name messages give it.
///
/// The report has every error and warning. A figure with an error, and every
/// figure whose dataset has one, is left out and named in [`Manifest::broken`];
/// an error in `[output]` or `[subjects]`, which all figures share, leaves out all.
#[must_use]
pub fn load(file: &str, text: &str) -> (Manifest, Report) {
    let mut reader = Reader::new(file, text);
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
    let subjects = parts::subjects(&mut reader, &top);
    let shared_fault = reader.faults() > before || broken_at.iter().any(|at| sections.is_shared(*at));
    let datasets =
        parts::datasets(&mut reader, &top, &subjects, |start| sections.has_fault(start, &broken_at));
    let mut manifest = Manifest {
        file: file.to_owned(),
        output,
        subjects,
        datasets: BTreeMap::new(),
        figures: Vec::new(),
        broken: Vec::new(),
    };
    let declared =
        figure::Declared { width: manifest.output.width, subjects: &manifest.subjects, datasets: &datasets };
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
