//! What is asked for, and what of it is decided: the words between the files of this room.

use crate::data::{Aggregate, Columns, Dataset};
use crate::diag::Report;
use crate::spec::LastPeriod;

/// What is to be drawn, as far as the user says it.
#[derive(Debug, Clone, PartialEq)]
pub struct Asked {
    /// How the files were read.
    pub columns: Columns,
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
    /// The word of the size it is made for; `None` for its width and height.
    pub size: Option<&'static str>,
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
pub(super) struct Plan {
    pub(super) chart: &'static str,
    pub(super) measure: Option<String>,
    /// Measures and titles.
    pub(super) panels: Vec<(String, String)>,
    pub(super) quantity: Option<String>,
    /// Templates.
    pub(super) title: String,
    pub(super) subtitle: String,
    /// Sentences with their stops.
    pub(super) note: String,
    pub(super) source: String,
    pub(super) subjects: Vec<String>,
    /// Those with the highest values, where they are to be told of in the manifest.
    pub(super) leaders: Vec<String>,
    pub(super) top: Option<usize>,
    pub(super) colored: Option<usize>,
    pub(super) groups: Vec<String>,
    pub(super) groups_are_subjects: bool,
    pub(super) at_each: bool,
    pub(super) last_period: Option<&'static str>,
    /// Whether a text has characters without a glyph, or a name is too long.
    pub(super) escapes: bool,
}

/// What is found out on the way.
#[derive(Default)]
pub(super) struct Choice {
    pub(super) plan: Plan,
    /// Sentences without their stops.
    pub(super) notes: Vec<String>,
    pub(super) warnings: Report,
}

impl Choice {
    /// Adds a sentence without its stop.
    pub(super) fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(sentence.into());
    }
}

/// The index of a measure.
pub(super) fn measure(data: &Dataset, name: &str) -> Option<usize> {
    let folded = |text: &str| text.trim().replace('_', " ").to_lowercase();
    data.measures.iter().position(|known| folded(&known.name) == folded(name))
}
