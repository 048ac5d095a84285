//! One file a command: what is read, drawn, compared and told.
//!
//! Nothing here prints or ends the process: a command returns its results, its
//! report and its exit code. The room must not know how anything is drawn.

pub mod check;
pub mod inspect;
pub mod list;
pub mod plot;
pub mod render;

mod drawing;
mod gallery;
mod labels;
mod load;
mod pattern;
mod project;

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use crate::diag::{self, Report};
use crate::output::png::Workspace;
use crate::text::Fonts;

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
}

/// How results are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Lines for people.
    Text,
    /// JSON for programs; diagnostics are part of it.
    Json,
}

/// A path as messages and results show it: with `/` on every system.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Runs work on so many threads, on as many as there are cores when `None`.
fn on_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T, Report> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(jobs.unwrap_or(0)).build();
    let pool =
        pool.map_err(|error| diag::error("failed-threads", format!("failed to start threads: {error}")))?;
    Ok(pool.install(work))
}

/// What every figure is drawn with. There are never more workspaces than threads.
struct Tools {
    fonts: Fonts,
    spare: Mutex<Vec<Workspace>>,
}

impl Tools {
    fn new() -> Result<Self, Report> {
        Ok(Tools { fonts: Fonts::bundled()?, spare: Mutex::default() })
    }

    /// Runs work with a workspace that nobody else uses. Work that panics takes it along.
    fn with_workspace<T>(&self, work: impl FnOnce(&mut Workspace) -> T) -> T {
        let spare = || self.spare.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = spare().pop();
        let mut workspace = kept.unwrap_or_default();
        let result = work(&mut workspace);
        spare().push(workspace);
        result
    }
}

/// Runs a figure's work. A fault of popchart's own in one figure is an error of that figure alone.
fn guarded<T>(figure: &str, work: impl FnOnce() -> T) -> Result<T, Report> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause| {
        let message = format!("failed to draw it: popchart has a fault: {}", said(&*cause));
        diag::error("own-fault", message)
            .of_figure(figure)
            .hint("please report it with the manifest and the data")
            .into()
    })
}

fn said(cause: &(dyn Any + Send)) -> &str {
    let text = cause.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| cause.downcast_ref::<&str>().copied()).unwrap_or("no message")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_in_one_figure_is_told_and_contained() {
        let result: Result<(), Report> = guarded("stars", || panic!("no room"));
        let diagnostic = result.unwrap_err().diagnostics.remove(0);
        assert_eq!(diagnostic.message, "failed to draw it: popchart has a fault: no room");
        assert_eq!(diagnostic.figure.as_deref(), Some("stars"));
        assert_eq!(guarded("stars", || 3), Ok(3));
    }
}
