//! What popchart has to say to its user: code, message, context, place and hints
//! as separate fields, many in one run, read by a person or by a program.
//!
//! This room knows nothing of charts, files or terminals: who found the fault
//! names it, and who talks to the user prints it.
//!
//! Wording: messages are lower case without a full stop; *failed to* is the
//! system's fault, *cannot* a request that makes no sense, otherwise *unknown*,
//! *missing*, or *expected X, found Y*. Keys and columns stand in backticks,
//! what the user wrote in double quotes. A hint is an action, and what it shows
//! as TOML is TOML. The figure and the dataset are fields, and no part of the
//! message. A code is a word for one kind of fault, written where the fault is
//! told, as the first argument of what tells it; [`codes`] explains each.

pub mod codes;
mod place;
mod render;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Serialize;

pub use place::{Excerpt, Place};
pub use words::{is_invisible, listed, nearest, quoted, toml_key, toml_string, visible};

/// How grave a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// What was asked for cannot be done.
    Error,
    /// It was done, and the user should know this of it.
    Warning,
}

/// One thing to tell the user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// Error or warning.
    pub severity: Severity,
    /// What kind of thing it is, in a word that stays the same; [`codes::CODES`] explains it.
    pub code: &'static str,
    /// What was found, and what was expected instead.
    pub message: String,
    /// The figure it was met in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub figure: Option<Box<str>>,
    /// The dataset it was met in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dataset: Option<Box<str>>,
    /// Where; `None` when it concerns no file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<Box<Place>>,
    /// What the user can do about it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub hints: Vec<String>,
}

/// An error without place or hint.
pub fn error(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic {
        severity: Severity::Error,
        code,
        message: message.into(),
        figure: None,
        dataset: None,
        place: None,
        hints: Vec::new(),
    }
}

/// A warning without place or hint.
pub fn warning(code: &'static str, message: impl Into<String>) -> Diagnostic {
    Diagnostic { severity: Severity::Warning, ..error(code, message) }
}

impl Diagnostic {
    /// The same, met in a figure.
    #[must_use]
    pub fn of_figure(mut self, key: impl Into<Box<str>>) -> Self {
        self.figure = Some(key.into());
        self
    }

    /// The same, met in a dataset.
    #[must_use]
    pub fn of_dataset(mut self, key: impl Into<Box<str>>) -> Self {
        self.dataset = Some(key.into());
        self
    }

    /// The same, with its place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(Box::new(place));
        self
    }

    /// The same, with one more hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hints.push(hint.into());
        self
    }
}

/// Everything there is to tell of one run, in the order it was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Report {
    /// The diagnostics.
    pub diagnostics: Vec<Diagnostic>,
}

impl Report {
    /// Adds one diagnostic.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    /// Adds all of another report.
    pub fn merge(&mut self, other: Report) {
        self.diagnostics.extend(other.diagnostics);
    }

    /// The lines of a file that places lie in which do not show them yet.
    #[must_use]
    pub fn lines_to_show(&self, file: &str) -> BTreeSet<u32> {
        let places = self.diagnostics.iter().filter_map(|diagnostic| diagnostic.place.as_deref());
        places.filter(|place| place.file == file && place.excerpt.is_none()).filter_map(|p| p.line).collect()
    }

    /// Shows lines of a file in the places that lie in them.
    pub fn show_lines(&mut self, file: &str, lines: &BTreeMap<u32, String>) {
        let places = self.diagnostics.iter_mut().filter_map(|diagnostic| diagnostic.place.as_deref_mut());
        for place in places.filter(|place| place.file == file && place.excerpt.is_none()) {
            if let Some(line) = place.line.and_then(|line| lines.get(&line)) {
                place.show_line(line);
            }
        }
    }

    /// The same, with a place for what has none yet, by its code.
    #[must_use]
    pub fn placed(mut self, place_of: impl Fn(&str) -> Place) -> Self {
        for diagnostic in self.diagnostics.iter_mut().filter(|diagnostic| diagnostic.place.is_none()) {
            diagnostic.place = Some(Box::new(place_of(diagnostic.code)));
        }
        self
    }

    /// The same, all of it met in a figure.
    #[must_use]
    pub fn of_figure(mut self, key: &str) -> Self {
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.figure = Some(key.into()));
        self
    }

    /// The same, all of it met in a dataset.
    #[must_use]
    pub fn of_dataset(mut self, key: &str) -> Self {
        self.diagnostics.iter_mut().for_each(|diagnostic| diagnostic.dataset = Some(key.into()));
        self
    }

    /// Whether any of it is an error.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == Severity::Error)
    }

    /// Whether there is nothing to tell.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.diagnostics.is_empty()
    }
}

impl From<Diagnostic> for Report {
    fn from(diagnostic: Diagnostic) -> Self {
        Report { diagnostics: vec![diagnostic] }
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, diagnostic) in self.diagnostics.iter().enumerate() {
            if i > 0 {
                writeln!(f)?;
            }
            diagnostic.fmt(f)?;
        }
        Ok(())
    }
}
