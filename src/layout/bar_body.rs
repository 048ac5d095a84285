//! Bars with everything in its place. It must not know how they came there.

use super::{Area, TextLine};
use crate::figure::Rgb;
use crate::scale::linear::Linear;

/// A bar in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PlacedBar {
    /// Index into the look's subjects.
    pub subject: usize,
    /// Its value.
    pub value: f64,
    /// Its upper edge in px.
    pub top: f64,
    /// Its lower edge in px.
    pub bottom: f64,
    /// Its colour.
    pub fill: Rgb,
}

/// A panel with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct BarPanel {
    /// Where the value scale spans: from the scale's least to its greatest value.
    pub plot: Area,
    /// The value scale.
    pub values: Linear,
    /// Its bars.
    pub bars: Vec<PlacedBar>,
    /// Upper and lower end of each stretch of the zero line, in px.
    pub baselines: Vec<(f64, f64)>,
    /// All its texts.
    pub texts: Vec<TextLine>,
}

/// A bar chart with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct BarBody {
    /// Its panels.
    pub panels: Vec<BarPanel>,
    /// Where the body ends, in px.
    pub bottom: f64,
    /// What values were divided by in all panels, in words; empty when they were not.
    pub unit: &'static str,
}
