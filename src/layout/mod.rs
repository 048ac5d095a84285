//! Where everything goes: the frame of a picture and, inside it, lines or
//! bars, with every collision solved before anything is drawn.
//!
//! Lengths are CSS px as `f64`, y downwards; they become scene units only when
//! they are drawn. The room must not know plotters, files or how a shape is
//! painted.

pub mod bars;
pub mod dodge;
pub mod events;
pub mod frame;
pub mod glyphs;
pub mod heat;
pub mod legend;
pub mod lines;
pub mod names;
pub mod plotted;
mod spread;
pub mod time_axis;

use crate::canvas::Role;
use crate::figure::Rgb;
use crate::text::TextStyle;

/// Where a text stands relative to its x.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// It starts there.
    Left,
    /// It is centred there.
    Center,
    /// It ends there.
    Right,
}

/// One line of text with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct TextLine {
    /// What it is for.
    pub role: Role,
    /// The subject it names, where it names one.
    pub subject: Option<usize>,
    /// Its words.
    pub text: String,
    /// How it is set.
    pub style: TextStyle,
    /// Its colour.
    pub color: Rgb,
    /// Where `x` is in it.
    pub anchor: Anchor,
    /// Horizontal place in px.
    pub x: f64,
    /// Its baseline in px.
    pub baseline: f64,
    /// Whether it stands over marks and needs a background outline.
    pub halo: bool,
}

/// A rectangle in px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Area {
    /// Its width.
    #[must_use]
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    #[must_use]
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// The x that far from the left edge to the right, 0 to 1.
    #[must_use]
    pub fn x(&self, fraction: f64) -> f64 {
        self.left + self.width() * fraction
    }

    /// The y that far from the lower edge to the upper, 0 to 1.
    #[must_use]
    pub fn y(&self, fraction: f64) -> f64 {
        self.bottom - self.height() * fraction
    }
}
