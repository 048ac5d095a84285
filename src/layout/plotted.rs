//! The lines of one plot, which its parts are arranged for. It must not know where anything stands.

use crate::figure::{Look, Series};
use crate::time::moment::{Moment, Step};

/// What there is to arrange.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// How the figure looks.
    pub look: &'a Look,
    /// Its lines.
    pub series: &'a [Series],
    /// The usual distance of their points.
    pub step: Step,
}

/// The last valued point of a series.
#[must_use]
pub fn end_of(series: &Series) -> Option<(Moment, f64)> {
    series.points.iter().rev().find_map(|p| Some((p.at, p.value?)))
}
