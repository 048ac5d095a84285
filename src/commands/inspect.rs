//! `popchart inspect`: what was read of files, and every choice that reading took in silence.

mod facts;
mod table;

use std::collections::BTreeSet;
use std::path::PathBuf;

use serde::Serialize;

use super::{Exit, Format, Outcome, shown, target};
use crate::data::{self, Columns, Dataset};
use crate::diag::{Report, Severity};
use crate::infer;
use crate::manifest::figure_key;
use crate::project::load;

use facts::{Inspected, with_line};

/// What to inspect, and how to tell it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The files, in order; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// How results are written.
    pub format: Format,
    /// Whether text says why columns play their parts.
    pub why: bool,
    /// Whether each file is printed as a dataset of a manifest instead.
    pub manifest: bool,
    /// How the files are read, as far as that is said.
    pub columns: Columns,
}

/// A file that could not be read, as JSON tells of it.
#[derive(Debug, Serialize)]
struct Refused<'r> {
    file: String,
    error: String,
    hint: Option<&'r str>,
    diagnostics: &'r Report,
}

/// Inspects. Every file is told of in the order it was named; one that is refused does not stop the others.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    if job.manifest
        && let Err(report) = target::namable(&job.files)
    {
        return Outcome::failed(report);
    }
    let mut outcome = Outcome { results: String::new(), report: Report::default(), exit: Exit::Done };
    let (mut inputs, mut keys) = (load::Inputs::default(), BTreeSet::new());
    for path in &job.files {
        let read = inputs
            .read(path)
            .and_then(|input| data::read(&input.name, &input.bytes, &job.columns).map(Box::new));
        match (read, job.format) {
            (Ok(read), format) => {
                let (dataset, warnings) = *read;
                let inspected = Inspected::of(shown(path), &dataset, &warnings);
                if format == Format::Text && !outcome.results.is_empty() {
                    outcome.results.push('\n');
                }
                outcome.results += &match format {
                    _ if job.manifest => infer::dataset(&new_key(&dataset, &mut keys), &dataset),
                    Format::Json => json(&inspected),
                    Format::Text => table::text(&inspected, job.why),
                };
                if job.manifest {
                    outcome.report.merge(warnings);
                }
            }
            (Err(report), Format::Json) => {
                outcome.exit = Exit::Failed;
                outcome.results += &json(&refused(shown(path), &report));
            }
            (Err(report), Format::Text) => {
                outcome.exit = Exit::Failed;
                outcome.report.merge(report);
            }
        }
    }
    outcome
}

/// A key for a dataset, named after its file, that no other one has.
fn new_key(dataset: &Dataset, keys: &mut BTreeSet<String>) -> String {
    let key = figure_key(data::stem(dataset.file()));
    let numbered = (2_usize..).map(|number| format!("{key}-{number}"));
    let new =
        std::iter::once(key.clone()).chain(numbered).find(|key| !keys.contains(key)).unwrap_or_default();
    keys.insert(new.clone());
    new
}

/// One line of JSON.
fn json(value: &impl Serialize) -> String {
    // Strings, finite numbers and lists: there is nothing that JSON could refuse.
    serde_json::to_string(value).unwrap_or_default() + "\n"
}

fn refused(file: String, report: &Report) -> Refused<'_> {
    let errors = || report.diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let told: Vec<String> = errors().map(with_line).collect();
    let hint = errors().find_map(|d| d.hints.first()).map(String::as_str);
    Refused { file, error: told.join("; "), hint, diagnostics: report }
}
