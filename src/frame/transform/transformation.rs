//! What a transformation can do. It must not know any.

use crate::diag::Report;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::Candidate;
use crate::spec::{FigureSpec, Takes};

/// A transformation.
pub trait Transformation: Sync {
    /// Its key in a figure.
    fn key(&self) -> &'static str;

    /// What the key takes.
    fn takes(&self) -> Takes;

    /// Whether it would spread zeros before somebody's first value over those after it.
    fn smooths(&self) -> bool {
        false
    }

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
