//! A picture as shapes with the roles they play. It must not know how it is recorded, or written.

use crate::figure::Rgb;
use crate::text::{Fonts, Run};

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

impl Paint {
    /// A colour that hides what is under it.
    #[must_use]
    pub fn opaque(rgb: Rgb) -> Self {
        Paint { rgb, alpha: 255 }
    }
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

impl Rect {
    /// Whether two rectangles have an area in common; touching edges do not count.
    #[must_use]
    pub fn overlaps(self, other: Rect) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    /// Whether another rectangle lies within this one, edges included.
    #[must_use]
    pub fn contains(self, other: Rect) -> bool {
        self.left <= other.left
            && self.top <= other.top
            && self.right >= other.right
            && self.bottom >= other.bottom
    }

    /// The same, larger by a margin on every side.
    #[must_use]
    pub fn grown(self, margin: i32) -> Rect {
        Rect {
            left: self.left.saturating_sub(margin),
            top: self.top.saturating_sub(margin),
            right: self.right.saturating_add(margin),
            bottom: self.bottom.saturating_add(margin),
        }
    }
}

/// How a line is drawn. Joins are round; so are caps, but for dashes (which
/// round caps would close) and single horizontal or vertical segments (which
/// must end on the pixel where they say): those are cut straight.
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
    /// A line of somebody else behind the one that a panel is about.
    Context,
    /// A single observation.
    Dot,
    /// Background around a series line, that keeps crossings legible.
    Halo,
    /// A series line.
    Series,
    /// A part of a stack over time.
    Area,
    /// The last point of a series.
    EndDot,
    /// From a label to its line's end.
    Leader,
    /// Name at a line's end.
    SeriesLabel,
    /// Name at a line's start, where it stands at both.
    StartLabel,
    /// From one dot to the other of two.
    Link,
    /// A bar.
    Bar,
    /// A bar's value.
    ValueLabel,
    /// A bar's name.
    CategoryLabel,
    /// The name of bars that stand together.
    GroupLabel,
    /// A cell of a grid.
    Cell,
    /// Hatching over a cell without a value.
    Hatch,
    /// Colours of cells from the least value to the greatest.
    ScaleKey,
    /// What stands in a cell.
    CellLabel,
    /// The name of a column of cells.
    ColumnLabel,
    /// Hairline between rows of words.
    Rule,
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

impl Item {
    /// The box around what is painted: strokes with their width, text by the
    /// ink of its glyphs. A halo beneath text is not part of it.
    #[must_use]
    pub fn bounds(&self, fonts: &Fonts) -> Rect {
        match &self.shape {
            Shape::Path { points, stroke } => around(points).grown(half(stroke.width)),
            Shape::Polygon { points, .. } => around(points),
            Shape::Rect { rect, .. } => *rect,
            Shape::Circle { center, radius, stroke, .. } => {
                let outline = stroke.map_or(0, |stroke| half(stroke.width));
                around(&[*center]).grown(i32::try_from(*radius).unwrap_or(i32::MAX).saturating_add(outline))
            }
            Shape::Text { run, origin, .. } => text_bounds(run, *origin, fonts),
        }
    }
}

/// Half of a stroke's width, rounded up.
fn half(width: u32) -> i32 {
    i32::try_from(width.div_ceil(2)).unwrap_or(i32::MAX)
}

fn around(points: &[(i32, i32)]) -> Rect {
    let boxes = points.iter().map(|&(x, y)| Rect { left: x, top: y, right: x, bottom: y });
    let union = |a: Rect, b: Rect| Rect {
        left: a.left.min(b.left),
        top: a.top.min(b.top),
        right: a.right.max(b.right),
        bottom: a.bottom.max(b.bottom),
    };
    boxes.reduce(union).unwrap_or(Rect { left: 0, top: 0, right: 0, bottom: 0 })
}

fn text_bounds(run: &Run, (x, y): (i32, i32), fonts: &Fonts) -> Rect {
    let Some(ink) = fonts.ink(run) else { return Rect { left: x, top: y, right: x, bottom: y } };
    let scale = run.style.size * f64::from(UNITS) / f64::from(fonts.units_per_em(run.style.weight));
    let down = |units: i32| (f64::from(units) * scale).floor() as i32;
    let up = |units: i32| (f64::from(units) * scale).ceil() as i32;
    Rect {
        left: x + down(ink.left),
        top: y - up(ink.top),
        right: x + up(ink.right),
        bottom: y - down(ink.bottom),
    }
}
