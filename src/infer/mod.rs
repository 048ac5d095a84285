//! From data files to the manifest that draws them: what `plot` draws, and what its `--manifest` prints.
//!
//! Everything that is decided here is written down, so that a figure that nobody described is drawn as one that
//! somebody did. The room reads data as they came and may make a copy smaller to look at it, but nothing of that
//! copy is drawn. It must not know files beyond their names, scales or pixels.

mod choose;
mod sketch;
mod who;
mod words;
mod write;

use crate::data::{Aggregate, Dataset, UNNAMED_MEASURE};
use crate::diag::{Diagnostic, Place, Report, listed, nearest, quoted};
use crate::spec::LastPeriod;
use crate::text::Fonts;

/// What is to be drawn, as far as the user says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// The title; `None` for one that says what is shown.
    pub title: Option<String>,
    /// Which measure; `None` for the first, or all where each has a panel.
    pub measure: Option<String>,
    /// How the values of one date and series became one.
    pub aggregate: Option<Aggregate>,
    /// The term that puts exports on one scale.
    pub anchor: Option<String>,
    /// What a value known to be below a bound counts for, as a part of the bound: 0.5 or 0.
    pub below_one: f64,
    /// What becomes of a last period that was, or may have been, still running. [`LastPeriod::Judge`] leaves out one
    /// that certainly was, and draws one that may have been, with a note.
    pub last_period: LastPeriod,
    /// Whether it is drawn on a dark background.
    pub dark: bool,
    /// Width in CSS px.
    pub width: u32,
    /// Height in CSS px; `None` lets the content decide.
    pub height: Option<u32>,
}

/// What the manifest is to call things.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Names {
    /// The figure's key.
    pub key: String,
    /// The files' paths, in the order of the datasets.
    pub paths: Vec<String>,
}

/// A figure as its manifest describes it; what is `None` or empty is not written.
#[derive(Debug, Default)]
struct Plan {
    chart: &'static str,
    measure: Option<String>,
    /// Measures and titles.
    panels: Vec<(String, String)>,
    quantity: Option<String>,
    /// Templates.
    title: String,
    subtitle: String,
    /// Sentences with their stops.
    note: String,
    source: String,
    subjects: Vec<String>,
    /// Those with the highest values, where they are to be told of in the manifest.
    leaders: Vec<String>,
    top: Option<usize>,
    colored: Option<usize>,
    groups: Vec<String>,
    groups_are_subjects: bool,
    at_each: bool,
    last_period: Option<&'static str>,
    /// Whether a text has characters without a glyph, or a name is too long.
    escapes: bool,
}

/// The manifest of a figure of these files, as they were read, with what should be told of the choice.
///
/// # Errors
/// When the files do not go together, lack the measure asked for, or nothing would be left to draw.
pub fn infer(
    read: &[Dataset],
    names: &Names,
    asked: &Asked,
    fonts: &Fonts,
) -> Result<(String, Report), Report> {
    let unknown = unknown_measure(read, asked);
    if unknown.has_errors() {
        return Err(unknown);
    }
    let (plan, told) = choose::choose(read, asked, fonts)?;
    Ok((write::manifest(&plan, names, asked), told))
}

/// Where the files lack the measure that is asked for.
fn unknown_measure(read: &[Dataset], asked: &Asked) -> Report {
    let mut errors = Report::default();
    let Some(name) = &asked.measure else { return errors };
    for data in read.iter().filter(|data| measure(data, name).is_none()) {
        let fault = Diagnostic::error(format!("unknown measure {}", quoted(name)));
        let hint = match nearest(name, data.measure_names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if data.measure_names() == [UNNAMED_MEASURE] => {
                "the file names none: leave `--measure` out".into()
            }
            None => format!("it has {}", listed(data.measure_names())),
        };
        errors.push(fault.at(Place::file(data.file())).hint(hint));
    }
    errors
}

/// The index of a measure.
fn measure(data: &Dataset, name: &str) -> Option<usize> {
    let folded = |text: &str| text.trim().replace('_', " ").to_lowercase();
    data.measures.iter().position(|known| folded(&known.name) == folded(name))
}
