//! Transformations of a panel's rows, one file a word, and their registry: adding one is a file and a line here.
//!
//! A transformation turns rows into rows, for every kind of chart and for claims alike, and leaves a fact that says
//! what it did. It must not know which rows are drawn, or its siblings.

mod average;
mod cumulative;

use crate::diag::Report;
use crate::frame::PanelFrame;
use crate::frame::roster::Candidate;
use crate::spec::{FigureSpec, Takes};

/// A transformation.
pub trait Transformation: Sync {
    /// Its key in a figure.
    fn key(&self) -> &'static str;

    /// What the key takes.
    fn takes(&self) -> Takes;

    /// Transforms a panel. `None`, with errors, where it cannot be done truly.
    fn apply(
        &self,
        amount: u32,
        spec: &FigureSpec,
        frame: &mut PanelFrame,
        roster: &[Candidate],
        report: &mut Report,
    ) -> Option<()>;
}

/// Every transformation, in the order in which they are done.
pub static ALL: [&dyn Transformation; 2] = [&cumulative::Cumulative, &average::Average];

/// Does what a figure asks for.
pub(super) fn apply(
    spec: &FigureSpec,
    frame: &mut PanelFrame,
    roster: &[Candidate],
    report: &mut Report,
) -> Option<()> {
    for transform in &spec.transforms {
        let known = ALL.into_iter().find(|known| known.key() == transform.key);
        known.map_or(Some(()), |known| known.apply(transform.amount, spec, frame, roster, report))?;
    }
    Some(())
}
