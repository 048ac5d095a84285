//! `popchart lint`: holds figures against the rules of pictures. Writes nothing.

use std::path::PathBuf;

use serde::Serialize;

use super::{Exit, Format, Outcome};
use crate::diag::Report;
use crate::lint::Level;
use crate::project::{self, Broken, Linted};

/// What to hold against the rules, and how to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest.
    pub manifest: PathBuf,
    /// Keys of figures; empty for all.
    pub figures: Vec<String>,
    /// Whether what should be counts, too.
    pub strict: bool,
    /// How results are written.
    pub format: Format,
}

/// The JSON document.
#[derive(Debug, Serialize)]
struct Found {
    exit: u8,
    figures: Vec<Figure>,
    diagnostics: Report,
}

#[derive(Debug, Serialize)]
struct Figure {
    figure: String,
    /// `null` where it cannot be drawn.
    broken: Option<Vec<Rule>>,
}

#[derive(Debug, Serialize)]
struct Rule {
    rule: &'static str,
    level: &'static str,
    found: String,
    remedy: &'static str,
}

/// Holds them against the rules.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    let (figures, report) = match project::lint(&job.manifest, &job.figures) {
        Ok(linted) => linted,
        Err(report) => return Outcome::failed(report),
    };
    let counts =
        |broken: &Broken| broken.level == Level::Must || (job.strict && broken.level == Level::Should);
    let exit = match () {
        () if report.has_errors() || figures.iter().any(|figure| figure.broken.is_none()) => Exit::Failed,
        () if figures.iter().flat_map(|figure| figure.broken.iter().flatten()).any(counts) => Exit::No,
        () => Exit::Done,
    };
    match job.format {
        Format::Text => Outcome { results: figures.iter().map(line).collect(), report, exit },
        Format::Json => {
            let figures = figures.into_iter().map(figure).collect();
            let found = Found { exit: exit as u8, figures, diagnostics: report };
            // Strings, numbers and lists: there is nothing that JSON could refuse.
            let results = serde_json::to_string_pretty(&found).unwrap_or_default() + "\n";
            Outcome { results, report: Report::default(), exit }
        }
    }
}

/// A figure with the rules that it breaks, each once.
fn line(Linted { figure, broken }: &Linted) -> String {
    let Some(broken) = broken else { return format!("{figure}: could not be drawn\n") };
    let mut rules: Vec<String> = broken.iter().map(|b| format!("{} ({})", b.rule, b.level.name())).collect();
    rules.dedup();
    if rules.is_empty() {
        format!("{figure}: keeps the rules\n")
    } else {
        format!("{figure}: {}\n", rules.join(", "))
    }
}

fn figure(Linted { figure, broken }: Linted) -> Figure {
    let rule = |Broken { rule, level, found, remedy }| Rule { rule, level: level.name(), found, remedy };
    Figure { figure, broken: broken.map(|broken| broken.into_iter().map(rule).collect()) }
}
