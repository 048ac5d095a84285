//! `popchart check`: draws in memory, compares with what is on disk, and says
//! what differs and why. Writes nothing.

use std::path::PathBuf;

use serde::Serialize;

use super::{Exit, Format, Outcome};
use crate::diag::{self, Diagnostic, Report};
use crate::project::{self, FigureTold, FileTold, Mode, State, Told};

/// What to check, and how to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest.
    pub manifest: PathBuf,
    /// Keys of figures; empty for all and the gallery.
    pub figures: Vec<String>,
    /// How results are written.
    pub format: Format,
    /// How many figures are drawn at a time; `None` for as many as there are cores.
    pub jobs: Option<usize>,
}

/// What the check found: the JSON document.
#[derive(Debug, Serialize)]
struct Found {
    exit: u8,
    figures: Vec<FigureTold>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gallery: Option<FileTold>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    orphans: Vec<FileTold>,
    diagnostics: Report,
}

/// Checks.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    let mode = Mode::Check;
    let run = project::Job { manifest: &job.manifest, figures: &job.figures, jobs: job.jobs, mode };
    let told = project::run(&run).unwrap_or_else(|report| Told { report, failed: true, ..Told::default() });
    let exit = exit(&told);
    let Told { figures, gallery, orphans, mut report, .. } = told;
    report.diagnostics.extend(super::orphans(&orphans, |message| diag::error("orphans", message)));
    report.diagnostics.extend(drift(job, figures.iter().flat_map(|figure| &figure.files).chain(&gallery)));
    let mut found = Found { exit: exit as u8, figures, gallery, orphans, diagnostics: report };
    match job.format {
        Format::Text => {
            Outcome { results: text(&found), report: std::mem::take(&mut found.diagnostics), exit }
        }
        Format::Json => {
            // Strings, numbers and lists: there is nothing that JSON could refuse.
            let results = serde_json::to_string_pretty(&found).unwrap_or_default() + "\n";
            Outcome { results, report: Report::default(), exit }
        }
    }
}

fn exit(told: &Told) -> Exit {
    let states =
        told.figures.iter().map(|figure| figure.state).chain(told.gallery.iter().map(|file| file.state));
    match states.chain(told.orphans.iter().map(|file| file.state)).max() {
        _ if told.failed => Exit::Failed,
        Some(State::Failed | State::Refused) => Exit::Failed,
        None | Some(State::UpToDate | State::Written | State::Removed) => Exit::Done,
        Some(State::Orphan | State::Drifted | State::Missing | State::FalseClaim) => Exit::No,
    }
}

/// That files have drifted, with the ways out.
fn drift<'f>(job: &Job, files: impl Iterator<Item = &'f FileTold>) -> Option<Diagnostic> {
    let drifted: Vec<_> =
        files.filter(|file| matches!(file.state, State::Drifted | State::Missing)).collect();
    let count = match drifted.len() {
        0 => return None,
        1 => "1 file is".to_owned(),
        count => format!("{count} files are"),
    };
    let diagnostic = diag::error("out-of-date", format!("{count} not what popchart would write"));
    let mut diagnostic = diagnostic.hint("run `popchart render` and look at what changed");
    if drifted.iter().any(|file| file.kept) {
        let hint = "it leaves alone what somebody edited, without `--force`, and what popchart did not write";
        diagnostic = diagnostic.hint(hint);
    }
    if !drifted.iter().flat_map(|file| &file.why).any(|why| why.starts_with(project::LINE_ENDS)) {
        return Some(diagnostic);
    }
    let attributes = super::shown(&job.manifest.with_file_name(".gitattributes"));
    Some(
        diagnostic
            .hint(format!("keep git from rewriting line ends: put a line `* -text` into `{attributes}`")),
    )
}

fn text(found: &Found) -> String {
    let mut out = String::new();
    for figure in &found.figures {
        if figure.files.is_empty() {
            out += &match figure.state {
                State::FalseClaim => format!("{}: a claim does not hold\n", figure.figure),
                _ => format!("{}: could not be drawn\n", figure.figure),
            };
        }
        figure.files.iter().for_each(|file| out += &line(file));
    }
    found.gallery.iter().chain(&found.orphans).for_each(|file| out += &line(file));
    out
}

fn line(file: &FileTold) -> String {
    let state = match file.state {
        State::UpToDate => "up to date".to_owned(),
        State::Missing => "missing".to_owned(),
        _ => file.why.join("; "),
    };
    format!("{}: {state}\n", file.path)
}
