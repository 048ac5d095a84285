//! Claims and titles against the data: what a figure says must be so.
//!
//! It must not know how a figure is drawn.

use crate::diag::Report;
use crate::figure::Words;
use crate::manifest::FigureSpec;
use crate::series::Plotted;

/// Holds every claim of a figure against its data.
#[must_use]
pub fn check(_spec: &FigureSpec, _plotted: &Plotted) -> Report {
    todo!()
}

/// The figure's words, with every value from the data filled in.
///
/// # Errors
/// Every placeholder whose value the data do not have, or not unambiguously.
pub fn words(_spec: &FigureSpec, _plotted: &Plotted) -> Result<Words, Report> {
    todo!()
}
