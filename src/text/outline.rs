//! Glyph outlines as the font has them: straight lines and quadratic curves.

use harfrust::GlyphId;
use harfrust::font::Font;
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};

/// The box around the ink of a text, in font units from the left end of its
/// baseline, y upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Ink {
    /// Left edge; below zero where a glyph reaches out of its advance.
    pub left: i32,
    /// Lower edge, below zero for descenders.
    pub bottom: i32,
    /// Right edge.
    pub right: i32,
    /// Upper edge.
    pub top: i32,
}

impl Ink {
    pub(super) fn union(self, other: Ink) -> Ink {
        Ink {
            left: self.left.min(other.left),
            bottom: self.bottom.min(other.bottom),
            right: self.right.max(other.right),
            top: self.top.max(other.top),
        }
    }
}

/// Outline units in one font unit. A font leaves out a point half-way between
/// two control points; in halves of a font unit that point is whole.
pub const HALF: i32 = 2;

/// A step of an outline, in halves of a font unit, y upwards.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Contour {
    /// Starts a closed line.
    Move(i32, i32),
    /// Straight on to a point.
    Line(i32, i32),
    /// By a control point to a point.
    Quad(i32, i32, i32, i32),
    /// Back to where the line started.
    Close,
}

/// The outline of a glyph.
pub(super) fn of(font: &Font, glyph: u32) -> Vec<Contour> {
    let mut sink = Sink { contours: Vec::new(), at: (0.0, 0.0) };
    if let Some(outline) = font.outline_glyphs().get(GlyphId::new(glyph)) {
        // A glyph that cannot be drawn stays empty, as a space is; the bundled fonts have none.
        let drawn = outline.draw(&DrawOptions::new(), DrawMemory::default(), &mut sink);
        debug_assert!(drawn.is_ok(), "bundled glyphs can be drawn");
    }
    sink.contours
}

/// The box around a glyph's ink in font units from its origin; `None` for a space.
pub(super) fn ink(font: &Font, glyph: u32) -> Option<Ink> {
    let extents = font.glyph_metrics().extents(GlyphId::new(glyph))?;
    if extents.width <= 0.0 || extents.height <= 0.0 {
        return None;
    }
    let left = extents.x_bearing as i32;
    let top = extents.y_bearing as i32;
    Some(Ink { left, bottom: top - extents.height as i32, right: left + extents.width as i32, top })
}

struct Sink {
    contours: Vec<Contour>,
    at: (f32, f32),
}

/// Coordinates of unhinted outlines in font units are multiples of one half.
fn halves(value: f32) -> i32 {
    (value * HALF as f32) as i32
}

impl PathSink for Sink {
    fn move_to(&mut self, x: f32, y: f32) {
        self.contours.push(Contour::Move(halves(x), halves(y)));
        self.at = (x, y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.contours.push(Contour::Line(halves(x), halves(y)));
        self.at = (x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        self.contours.push(Contour::Quad(halves(cx), halves(cy), halves(x), halves(y)));
        self.at = (x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        // TrueType has no cubic curves. Should a font ever bring one, this quadratic is nearest to it.
        let (x0, y0) = self.at;
        self.quad_to((3.0 * (ax + bx) - x0 - x) / 4.0, (3.0 * (ay + by) - y0 - y) / 4.0, x, y);
    }

    fn close(&mut self) {
        self.contours.push(Contour::Close);
    }
}
