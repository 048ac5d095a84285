//! Transformations of a panel's rows, one file a word, and their registry: adding one is a file and a line here.
//!
//! A transformation turns rows into rows, for every kind of chart and for claims alike, and leaves a fact that says
//! what it did. It must not know which rows are drawn, or its siblings.

mod average;
mod cumulative;
mod transformation;

pub use transformation::Transformation;

use crate::diag::Report;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::Candidate;
use crate::frame::trim;
use crate::spec::FigureSpec;

/// Every transformation, in the order in which they are done.
pub static ALL: [&dyn Transformation; 2] = [&cumulative::Cumulative, &average::Average];

/// Does what a figure asks for, and leaves out the zeros before somebody's first value: at the end, for a sum may be made
/// of them, unless something would spread them.
pub(super) fn apply(
    spec: &FigureSpec,
    frame: &mut PanelFrame,
    roster: &[Candidate],
    report: &mut Report,
) -> Option<()> {
    let mut is_trimmed = false;
    for transform in &spec.transforms {
        let Some(known) = ALL.into_iter().find(|known| known.key() == transform.key) else { continue };
        if known.smooths() && !is_trimmed {
            trim::zeros(spec, frame);
            is_trimmed = true;
        }
        known.apply(transform.amount, spec, frame, roster, report)?;
    }
    if !is_trimmed {
        trim::zeros(spec, frame);
    }
    Some(())
}
