//! A project's files: what they should be, how they stand, and what is written.
//!
//! One driver, `run`, does the work of `render` and `check`, so that the two
//! cannot disagree: a figure is prepared, drawn and judged against the disk, and
//! where that is asked for what differs is written. A figure at a time is held
//! in memory, whatever their number.
//!
//! What is never replaced or removed: a file that popchart did not write, and
//! data of the project. The room must not know how anything is drawn.

mod figure;
mod files;
mod fingerprint;
mod gallery;
mod job;
mod judge;
mod lint;
pub(crate) mod load;
mod open;
mod orphans;
mod pattern;
mod prepare;
mod run;
mod tools;

pub(crate) use files::{Drawn, File, files};
pub(crate) use job::{FigureTold, FileTold, Job, Mode, Render, State, Told};
pub(crate) use judge::{LINE_ENDS, writable};
pub(crate) use lint::{Broken, Linted, lint};
pub(crate) use prepare::{Ready, prepare};
pub(crate) use run::run;
pub(crate) use tools::{Tools, guarded};
