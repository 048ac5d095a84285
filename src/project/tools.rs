//! What every figure is drawn with, and how many are drawn at a time.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Mutex, PoisonError};

use crate::diag::{self, Report};
use crate::export::png::Workspace;
use crate::export::svg::Outlines;
use crate::text::Fonts;

/// Runs work on so many threads, on as many as there are cores when `None`; never on more than that, which
/// would take time and memory and give nothing.
pub(super) fn on_threads<T: Send>(jobs: Option<usize>, work: impl FnOnce() -> T + Send) -> Result<T, Report> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = jobs.map_or(cores, |jobs| jobs.min(cores));
    let builder = || rayon::ThreadPoolBuilder::new().num_threads(threads);
    // With others this thread sleeps: as one of them it would be where they start, and be in their way. A thread can
    // be of one pool for ever, so a second one is of another.
    let alone = (threads == 1).then(|| builder().use_current_thread().build().ok()).flatten();
    let pool = alone.map_or_else(|| builder().build(), Ok);
    let pool =
        pool.map_err(|error| diag::error("failed-threads", format!("failed to start threads: {error}")))?;
    Ok(pool.install(work))
}

/// What every figure is drawn with. There are never more workspaces than threads.
pub(crate) struct Tools {
    /// The fonts.
    pub(crate) fonts: Fonts,
    spare: Mutex<Vec<Workspace>>,
    outlines: Mutex<Vec<Outlines>>,
}

impl Tools {
    pub(crate) fn new() -> Result<Self, Report> {
        Ok(Tools { fonts: Fonts::bundled()?, spare: Mutex::default(), outlines: Mutex::default() })
    }

    /// Runs work with a workspace that nobody else uses.
    pub(super) fn with_workspace<T>(&self, work: impl FnOnce(&mut Workspace) -> T) -> T {
        alone(&self.spare, work)
    }

    /// Runs work with outlines that nobody else uses: to share them would have threads wait for each other.
    pub(super) fn with_outlines<T>(&self, work: impl FnOnce(&mut Outlines) -> T) -> T {
        alone(&self.outlines, work)
    }
}

/// Runs work with what is spare, or new. Work that panics takes it along.
fn alone<S: Default, T>(spare: &Mutex<Vec<S>>, work: impl FnOnce(&mut S) -> T) -> T {
    let spare = || spare.lock().unwrap_or_else(PoisonError::into_inner);
    let kept = spare().pop();
    let mut own = kept.unwrap_or_default();
    let result = work(&mut own);
    spare().push(own);
    result
}

/// Runs a figure's work. A fault of popchart's own in one figure is an error of that figure alone.
pub(crate) fn guarded<T>(figure: &str, work: impl FnOnce() -> T) -> Result<T, Report> {
    catch_unwind(AssertUnwindSafe(work)).map_err(|cause| {
        let message = format!("failed to draw it: popchart has a fault: {}", said(&*cause));
        let fault = diag::error("own-fault", message).of_figure(figure);
        fault.hint("please report it with the manifest and the data").into()
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

    #[test]
    fn there_are_never_more_threads_than_cores() {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        assert!(on_threads(Some(2000), rayon::current_num_threads).unwrap() <= cores);
        assert_eq!(on_threads(Some(1), rayon::current_num_threads).unwrap(), 1);
    }
}
