//! One file a command: what is read, drawn, compared and told.
//!
//! Nothing here prints or ends the process: a command returns its results, its
//! report and its exit code. The room must not know how anything is drawn.

pub mod check;
pub mod formats;
pub mod inspect;
pub mod lint;
pub mod list;
pub mod plot;
pub mod render;

mod labels;
mod target;

use std::io;

use crate::artifact::{reason, shown};
use crate::diag::{self, Diagnostic, Place, Report};
use crate::project::{FileTold, State};

/// What the process tells its caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Exit {
    /// What was asked for is done.
    Done = 0,
    /// The answer is no: a file has drifted or a claim does not hold.
    No = 1,
    /// It could not be done: bad usage, an unreadable manifest, broken data.
    Failed = 2,
}

/// What a command has to say.
#[derive(Debug, Clone, PartialEq)]
pub struct Outcome {
    /// For standard output: lines of text, or JSON.
    pub results: String,
    /// For standard error.
    pub report: Report,
    /// For the shell.
    pub exit: Exit,
}

impl Outcome {
    fn failed(report: Report) -> Self {
        Outcome { results: String::new(), report, exit: Exit::Failed }
    }

    /// Adds that the results could not be written where they were asked for.
    pub fn unprinted(&mut self, error: &io::Error) {
        let message = format!("failed to write: {}", reason(error));
        self.report.push(diag::error("unwritable-file", message).at(Place::file("standard output")));
        self.exit = Exit::Failed;
    }
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines for people.
    Text,
    /// JSON for programs; diagnostics are part of it.
    Json,
}

/// That files are of no figure, and what to do about it.
fn orphans(files: &[FileTold], say: fn(String) -> Diagnostic) -> Option<Diagnostic> {
    let count = match files.iter().filter(|file| file.state == State::Orphan).count() {
        0 => return None,
        1 => "1 file that popchart wrote is".to_owned(),
        count => format!("{count} files that popchart wrote are"),
    };
    let diagnostic = say(format!("{count} of no figure any more"));
    Some(diagnostic.hint("remove with `popchart render --prune`; with `--force` those edited by hand, too"))
}
