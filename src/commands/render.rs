//! `popchart render`: draws what is out of date.

use std::path::PathBuf;

use super::{Exit, Outcome};
use crate::diag;
use crate::export::Export;
use crate::project::{self, FileTold, Mode, Render, State, Told};

/// What to render, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest.
    pub manifest: PathBuf,
    /// Keys of figures; empty for all.
    pub figures: Vec<String>,
    /// Whether to draw what is up to date, too, and to replace what was edited by hand.
    pub force: bool,
    /// The only kind of picture to write, without pages, values and gallery.
    pub only: Option<&'static Export>,
    /// Whether to remove files that popchart wrote and that no figure claims any more.
    pub prune: bool,
    /// How many figures are drawn at a time; `None` for as many as there are cores.
    pub jobs: Option<usize>,
}

/// Renders. Figures are told of in the order of the manifest, whichever was ready first.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    let mode = Mode::Render(Render { force: job.force, only: job.only, prune: job.prune });
    let run = project::Job { manifest: &job.manifest, figures: &job.figures, jobs: job.jobs, mode };
    match project::run(&run) {
        Ok(told) => outcome(told),
        Err(report) => Outcome::failed(report),
    }
}

fn outcome(mut told: Told) -> Outcome {
    let mut results = String::new();
    for figure in &told.figures {
        match figure.state {
            State::FalseClaim => results += &format!("{}: not drawn, a claim does not hold\n", figure.figure),
            State::Refused => results += &format!("{}: not written\n", figure.figure),
            State::Failed if figure.files.is_empty() => results += &format!("{}: not drawn\n", figure.figure),
            _ => figure.files.iter().for_each(|file| results += &line(file)),
        }
    }
    told.gallery.iter().chain(&told.orphans).for_each(|file| results += &line(file));
    told.report
        .diagnostics
        .extend(super::orphans(&told.orphans, |message| diag::warning("orphans-left", message)));
    let worst = told.figures.iter().map(|figure| figure.state).max();
    let exit = match worst {
        _ if told.failed => Exit::Failed,
        Some(State::Refused | State::Failed) => Exit::Failed,
        Some(State::FalseClaim) => Exit::No,
        _ => Exit::Done,
    };
    Outcome { results, report: told.report, exit }
}

/// What became of a file; of one that could not be written an error tells.
fn line(file: &FileTold) -> String {
    match file.state {
        State::UpToDate => format!("{}: up to date\n", file.path),
        State::Written => format!("{}: written\n", file.path),
        State::Removed => format!("{}: removed\n", file.path),
        State::Orphan => format!("{}: {}\n", file.path, file.why.join("; ")),
        _ => String::new(),
    }
}
