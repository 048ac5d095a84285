//! What is drawn on: our own plotters backend, which records a [`Scene`]
//! instead of colouring pixels.
//!
//! Coordinates are whole numbers of 1/64 px, so no rounding of a float reaches
//! a file and thin lines lie where they should. The room must not know chart
//! words beyond the names of roles: a reader could draw a scene without
//! knowing that it is a chart.

use crate::figure::Rgb;
use crate::text::Run;

/// Scene units in one CSS px.
pub const UNITS: i32 = 64;

/// A colour with its opacity, 0 to 255.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Paint {
    /// The colour.
    pub rgb: Rgb,
    /// 255 is opaque.
    pub alpha: u8,
}

/// A rectangle in scene units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rect {
    /// Left edge.
    pub left: i32,
    /// Upper edge.
    pub top: i32,
    /// Right edge, not below `left`.
    pub right: i32,
    /// Lower edge, not above `top`.
    pub bottom: i32,
}

/// How a line is drawn; joins and caps are round.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stroke {
    /// Its colour.
    pub paint: Paint,
    /// Its width in scene units.
    pub width: u32,
    /// Dashes: lengths of dash and space in scene units; `None` is solid.
    pub dash: Option<(u32, u32)>,
}

/// What an item is for; rules are tested by role and the SVG groups by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// The ground everything stands on.
    Background,
    /// The finding.
    Title,
    /// What is measured.
    Subtitle,
    /// Small print.
    Note,
    /// Where the data come from.
    Source,
    /// Value gridline.
    Grid,
    /// The zero line of bars, the time axis of lines.
    Baseline,
    /// Mark on the time axis.
    Tick,
    /// Text at a tick.
    TickLabel,
    /// Line at an event's date.
    EventLine,
    /// Text of an event.
    EventLabel,
    /// Values under an average.
    RawSeries,
    /// A single observation.
    Dot,
    /// Background around a series line, that keeps crossings legible.
    Halo,
    /// A series line.
    Series,
    /// The last point of a series.
    EndDot,
    /// From a label to its line's end.
    Leader,
    /// Name at a line's end.
    SeriesLabel,
    /// A bar.
    Bar,
    /// A bar's value.
    ValueLabel,
    /// A bar's name.
    CategoryLabel,
    /// The name of bars that stand together.
    GroupLabel,
    /// The name of a facet.
    PanelTitle,
    /// Colour sample of a legend.
    LegendKey,
    /// Text of a legend.
    LegendLabel,
}

/// A drawn thing.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// What it is for.
    pub role: Role,
    /// The subject it belongs to ([`crate::figure::Look::subjects`]), where it belongs to one.
    pub subject: Option<usize>,
    /// Its form.
    pub shape: Shape,
}

/// A form; coordinates in scene units, y downwards.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    /// An open line through two or more points.
    Path {
        /// Its points.
        points: Vec<(i32, i32)>,
        /// How it is drawn.
        stroke: Stroke,
    },
    /// A closed area.
    Polygon {
        /// Its corners.
        points: Vec<(i32, i32)>,
        /// Its colour.
        fill: Paint,
    },
    /// A filled rectangle.
    Rect {
        /// Where.
        rect: Rect,
        /// Its colour.
        fill: Paint,
    },
    /// A disc, or a ring where `fill` is `None`.
    Circle {
        /// Its centre.
        center: (i32, i32),
        /// Its radius.
        radius: u32,
        /// Its colour.
        fill: Option<Paint>,
        /// Its outline.
        stroke: Option<Stroke>,
    },
    /// One line of text.
    Text {
        /// The shaped words.
        run: Run,
        /// Left end of the baseline.
        origin: (i32, i32),
        /// Its colour.
        fill: Paint,
        /// Background colour and width in scene units of the outline beneath it, which keeps it legible over marks.
        halo: Option<(Paint, u32)>,
    },
}

/// Everything of a picture in the order it is painted.
#[derive(Debug, Clone, PartialEq)]
pub struct Scene {
    /// Width in CSS px.
    pub width: u32,
    /// Height in CSS px.
    pub height: u32,
    /// What is painted, first at the bottom.
    pub items: Vec<Item>,
}
