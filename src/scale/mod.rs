//! From values to positions: domains, where ticks fall and how they read.
//!
//! Scales implement plotters' `Ranged`, so that its charts draw on them; which
//! range they cover and where their ticks are is decided here, never by
//! plotters. A scale is total: its domain is never empty and every tick lies
//! inside it. The room must not know how wide a text is.

pub mod calendar;
pub mod linear;
mod logarithmic;
pub mod number;

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

/// Rows of a bar chart: offsets in scene units that the layout has given out,
/// passed through unchanged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rows {
    /// The height of all rows together.
    pub height: i32,
}

impl Ranged for Rows {
    type FormatOption = DefaultFormatting;
    type ValueType = i32;

    fn map(&self, value: &i32, limit: (i32, i32)) -> i32 {
        limit.0.min(limit.1) + value
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<i32> {
        Vec::new()
    }

    fn range(&self) -> Range<i32> {
        0..self.height
    }
}

/// Where a fraction of the way from one pixel to another lies, rounded once.
fn between(limit: (i32, i32), fraction: f64) -> i32 {
    let length = f64::from(limit.1) - f64::from(limit.0);
    // Both ends are scene units of one picture, so the sum fits.
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let offset = (length * fraction).round() as i32;
    limit.0.saturating_add(offset)
}
