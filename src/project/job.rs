//! What is asked of a run, what its figures share, and what comes of it.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Serialize;

use super::open::Project;
use super::tools::Tools;
use crate::diag::Report;
use crate::export::Export;

/// What is to be done with which figures.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Job<'a> {
    /// The manifest.
    pub(crate) manifest: &'a Path,
    /// Keys of figures; empty for all.
    pub(crate) figures: &'a [String],
    /// How many figures are drawn at a time; `None` for as many as there are cores.
    pub(crate) jobs: Option<usize>,
    /// What is to be done with them.
    pub(crate) mode: Mode,
}

/// What is done with figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Mode {
    /// Nothing is written.
    Check,
    /// What is out of date is written.
    Render(Render),
}

/// How figures are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Render {
    /// Whether pictures are drawn again that are up to date, and files edited by hand replaced.
    pub(crate) force: bool,
    /// The only kind of file to write; `None` for all, and the gallery.
    pub(crate) only: Option<&'static Export>,
    /// Whether files are removed that popchart wrote and that no figure claims.
    pub(crate) prune: bool,
}

/// What came of it.
#[derive(Debug, Default)]
pub(crate) struct Told {
    /// The figures in the order of the manifest, those with errors of their own in it last.
    pub(crate) figures: Vec<FigureTold>,
    /// The gallery, where it was looked at.
    pub(crate) gallery: Option<FileTold>,
    /// Files of no figure.
    pub(crate) orphans: Vec<FileTold>,
    /// What there is to tell.
    pub(crate) report: Report,
    /// Whether it could not all be done.
    pub(crate) failed: bool,
}

/// What came of a figure.
#[derive(Debug, Serialize)]
pub(crate) struct FigureTold {
    /// Its key.
    pub(crate) figure: String,
    /// How it stands.
    pub(crate) state: State,
    /// Its files; none where it was not drawn or not written.
    pub(crate) files: Vec<FileTold>,
}

/// What came of a file.
#[derive(Debug, Serialize)]
pub(crate) struct FileTold {
    /// The file.
    pub(crate) path: String,
    /// How it stands.
    pub(crate) state: State,
    /// Why it is not what it should be.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) why: Vec<String>,
    /// Whether `render` leaves it alone unless it is forced, or even then.
    #[serde(skip)]
    pub(crate) kept: bool,
}

/// How a figure or a file stands, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum State {
    UpToDate,
    Written,
    Removed,
    Orphan,
    Drifted,
    Missing,
    FalseClaim,
    /// Something stands in its way that is not replaced.
    Refused,
    Failed,
}

impl State {
    /// Whether it is what it should be, now.
    pub(super) fn is_fine(self) -> bool {
        matches!(self, State::UpToDate | State::Written)
    }
}

/// What all figures of a run share.
pub(super) struct Run<'a> {
    pub(super) job: &'a Job<'a>,
    pub(super) project: &'a Project,
    pub(super) tools: &'a Tools,
    /// Names of all files that figures have, in lower case.
    pub(super) claimed: BTreeSet<String>,
}

impl Run<'_> {
    pub(super) fn render(&self) -> Option<Render> {
        match self.job.mode {
            Mode::Check => None,
            Mode::Render(render) => Some(render),
        }
    }

    /// Whether the gallery is of interest. `check` of some figures is about them alone.
    pub(super) fn writes_gallery(&self) -> bool {
        self.render().map_or(self.job.figures.is_empty(), |render| render.only.is_none())
    }

    /// Whether files of no figure are of interest: where all figures are known, and all of them meant.
    pub(super) fn tells_orphans(&self) -> bool {
        self.project.is_sound && self.job.figures.is_empty() && self.writes_gallery()
    }
}
