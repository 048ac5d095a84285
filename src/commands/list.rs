//! `popchart list`: the figures of a manifest, without reading any data.

use std::path::{Path, PathBuf};

use serde::Serialize;

use super::{Exit, Format, Outcome, shown};
use crate::diag::Report;
use crate::manifest::Manifest;
use crate::project::{files, load};
use crate::spec::FigureSpec;

/// What to list, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest.
    pub manifest: PathBuf,
    /// How results are written.
    pub format: Format,
}

/// The JSON document.
#[derive(Debug, Default, Serialize)]
struct Found {
    figures: Vec<Listed>,
    broken: Vec<String>,
    diagnostics: Report,
}

#[derive(Debug, Serialize)]
struct Listed {
    figure: String,
    chart: &'static str,
    data: Vec<String>,
    files: Vec<String>,
    claims: usize,
}

/// Lists. Text has a line a figure: its key, its chart and its data, parted by tabs.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    let (found, exit) = match load::manifest(&job.manifest) {
        Ok((manifest, report)) => {
            let exit = if report.has_errors() { Exit::Failed } else { Exit::Done };
            (found(&job.manifest, manifest, report), exit)
        }
        Err(report) => (Found { diagnostics: report, ..Found::default() }, Exit::Failed),
    };
    match job.format {
        Format::Text => Outcome { results: text(&found), report: found.diagnostics, exit },
        Format::Json => {
            // Strings, numbers and lists: there is nothing that JSON could refuse.
            let results = serde_json::to_string_pretty(&found).unwrap_or_default() + "\n";
            Outcome { results, report: Report::default(), exit }
        }
    }
}

fn found(path: &Path, manifest: Manifest, diagnostics: Report) -> Found {
    let folder = path.parent().unwrap_or(Path::new(""));
    let out = folder.join(&manifest.output.dir);
    let listed = |spec: &FigureSpec| {
        let data = spec.datasets.iter().flat_map(|dataset| &dataset.files);
        Listed {
            figure: spec.key.clone(),
            chart: spec.chart.name,
            data: data.map(|file| shown(&folder.join(&file.path))).collect(),
            files: files(&manifest.output, &spec.key, &spec.sizes)
                .iter()
                .map(|f| shown(&out.join(&f.name)))
                .collect(),
            claims: spec.claims.len(),
        }
    };
    let figures = manifest.figures.iter().map(listed).collect();
    Found { figures, broken: manifest.broken, diagnostics }
}

fn text(found: &Found) -> String {
    let figures = found.figures.iter().map(|f| format!("{}\t{}\t{}\n", f.figure, f.chart, f.data.join(", ")));
    figures.chain(found.broken.iter().map(|name| format!("{name}\thas errors\n"))).collect()
}
