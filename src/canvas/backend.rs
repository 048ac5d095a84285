//! The plotters backend. plotters has words for points, colours, widths and
//! fonts; what it has none for (role, subject, dash, ring, halo) is set on the
//! handle around a drawing call and holds until the role changes.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
    FontTransform,
};

use super::scene::{Item, Paint, Rect, Role, Scene, Shape, Stroke, UNITS};
use crate::figure::Rgb;
use crate::text::{Fonts, TextStyle, Weight};

/// A drawing surface that remembers what is drawn. Clones share one recording,
/// so that a chart can keep a handle while plotters draws through another.
#[derive(Debug, Clone)]
pub struct Canvas<'f> {
    width: u32,
    height: u32,
    fonts: &'f Fonts,
    recording: Rc<RefCell<Recording>>,
}

#[derive(Debug)]
struct Recording {
    items: Vec<Item>,
    pen: Pen,
}

/// What plotters has no word for.
#[derive(Debug, Clone, Copy)]
struct Pen {
    role: Role,
    subject: Option<usize>,
    dash: Option<(u32, u32)>,
    ring: Option<Stroke>,
    halo: Option<(Paint, u32)>,
}

impl Pen {
    fn new(role: Role, subject: Option<usize>) -> Self {
        Pen { role, subject, dash: None, ring: None, halo: None }
    }
}

/// A drawing call that has no place in a scene: a fault of the chart, not of its data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CanvasError {
    /// A single pixel, or a bitmap made of them.
    Pixel,
    /// Text that does not run from left to right.
    RotatedText,
    /// A font family other than `Regular`, `Medium` and `Bold`.
    UnknownFamily,
}

impl fmt::Display for CanvasError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            CanvasError::Pixel => "cannot draw single pixels on a scene",
            CanvasError::RotatedText => "cannot draw rotated text",
            CanvasError::UnknownFamily => "unknown font family, expected `Regular`, `Medium` or `Bold`",
        })
    }
}

impl std::error::Error for CanvasError {}

impl<'f> Canvas<'f> {
    /// An empty canvas, its size in CSS px. plotters sees it in scene units.
    #[must_use]
    pub fn new(width: u32, height: u32, fonts: &'f Fonts) -> Self {
        let recording = Recording { items: Vec::new(), pen: Pen::new(Role::Background, None) };
        Canvas { width, height, fonts, recording: Rc::new(RefCell::new(recording)) }
    }

    /// What is drawn from here on: its role and its subject. Dash, ring and halo end.
    pub fn role(&self, role: Role, subject: Option<usize>) {
        self.recording.borrow_mut().pen = Pen::new(role, subject);
    }

    /// Dashes for the lines that follow: lengths of dash and space in scene units.
    pub fn dash(&self, dash: Option<(u32, u32)>) {
        self.recording.borrow_mut().pen.dash = dash;
    }

    /// An outline for the filled circles that follow.
    pub fn ring(&self, ring: Option<Stroke>) {
        self.recording.borrow_mut().pen.ring = ring;
    }

    /// A background outline, with its width in scene units, for the texts that follow.
    pub fn halo(&self, halo: Option<(Paint, u32)>) {
        self.recording.borrow_mut().pen.halo = halo;
    }

    /// The fonts that text is set in.
    #[must_use]
    pub fn fonts(&self) -> &'f Fonts {
        self.fonts
    }

    /// Everything drawn so far; the canvas is empty afterwards.
    #[must_use]
    pub fn take(&self) -> Scene {
        let items = std::mem::take(&mut self.recording.borrow_mut().items);
        Scene { width: self.width, height: self.height, items }
    }

    fn record(&self, shape: impl FnOnce(&Pen) -> Shape) {
        let mut recording = self.recording.borrow_mut();
        let pen = recording.pen;
        recording.items.push(Item { role: pen.role, subject: pen.subject, shape: shape(&pen) });
    }
}

type Drawn = Result<(), DrawingErrorKind<CanvasError>>;

fn paint(color: BackendColor) -> Paint {
    let (r, g, b) = color.rgb;
    // `as` saturates, and takes NaN for transparent.
    Paint { rgb: Rgb(r, g, b), alpha: (color.alpha * 255.0).round() as u8 }
}

fn stroke<S: BackendStyle>(style: &S, pen: &Pen) -> Stroke {
    Stroke { paint: paint(style.color()), width: style.stroke_width(), dash: pen.dash }
}

/// Whether there is anything to see.
fn shows(color: BackendColor) -> bool {
    paint(color).alpha > 0
}

impl DrawingBackend for Canvas<'_> {
    type ErrorType = CanvasError;

    fn get_size(&self) -> (u32, u32) {
        let units = UNITS.unsigned_abs();
        (self.width.saturating_mul(units), self.height.saturating_mul(units))
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Err(DrawingErrorKind::DrawingError(CanvasError::Pixel))
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (x0, y0): BackendCoord,
        (x1, y1): BackendCoord,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if !fill {
            return self.draw_path([(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)], style);
        }
        if shows(style.color()) {
            let rect = Rect { left: x0.min(x1), top: y0.min(y1), right: x0.max(x1), bottom: y0.max(y1) };
            self.record(|_| Shape::Rect { rect, fill: paint(style.color()) });
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<BackendCoord> = path.into_iter().collect();
        if points.len() > 1 && style.stroke_width() > 0 && shows(style.color()) {
            self.record(|pen| Shape::Path { points, stroke: stroke(style, pen) });
        }
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        center: BackendCoord,
        radius: u32,
        style: &S,
        fill: bool,
    ) -> Drawn {
        if shows(style.color()) {
            self.record(|pen| {
                let (fill, stroke) = if fill {
                    (Some(paint(style.color())), pen.ring)
                } else {
                    (None, Some(stroke(style, pen)))
                };
                Shape::Circle { center, radius, fill, stroke }
            });
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        vert: I,
        style: &S,
    ) -> Drawn {
        let points: Vec<BackendCoord> = vert.into_iter().collect();
        if points.len() > 2 && shows(style.color()) {
            self.record(|_| Shape::Polygon { points, fill: paint(style.color()) });
        }
        Ok(())
    }

    /// Draws one line of text. The style's size is in scene units, its family
    /// names the weight. The anchor's `Left`, `Center` and `Right` are those of
    /// the advance width; `Bottom` puts the baseline at y, `Top` the top of the
    /// capitals, `Center` their middle.
    fn draw_text<S: BackendTextStyle>(&mut self, text: &str, style: &S, (x, y): BackendCoord) -> Drawn {
        if !matches!(style.transform(), FontTransform::None) {
            return Err(DrawingErrorKind::DrawingError(CanvasError::RotatedText));
        }
        let weight = match style.family().as_str() {
            "Regular" => Weight::Regular,
            "Medium" => Weight::Medium,
            "Bold" => Weight::Bold,
            _ => return Err(DrawingErrorKind::DrawingError(CanvasError::UnknownFamily)),
        };
        if text.is_empty() || !shows(style.color()) {
            return Ok(());
        }
        let set = TextStyle { size: style.size() / f64::from(UNITS), weight };
        let run = self.fonts.shape(text, set);
        let units = |px: f64| (px * f64::from(UNITS)).round() as i32;
        let cap = self.fonts.cap_height(set);
        let left = match style.anchor().h_pos {
            HPos::Left => x,
            HPos::Center => x - units(run.width / 2.0),
            HPos::Right => x - units(run.width),
        };
        let baseline = match style.anchor().v_pos {
            VPos::Bottom => y,
            VPos::Center => y + units(cap / 2.0),
            VPos::Top => y + units(cap),
        };
        let fill = paint(style.color());
        self.record(|pen| Shape::Text { run, origin: (left, baseline), fill, halo: pen.halo });
        Ok(())
    }

    fn estimate_text_size<S: BackendTextStyle>(
        &self,
        text: &str,
        style: &S,
    ) -> Result<(u32, u32), DrawingErrorKind<CanvasError>> {
        let probe = Canvas::new(0, 0, self.fonts);
        probe.clone().draw_text(text, style, (0, 0))?;
        let bounds = probe.take().items.first().map(|item| item.bounds(self.fonts));
        Ok(bounds.map_or((0, 0), |b| (b.right.abs_diff(b.left), b.bottom.abs_diff(b.top))))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Err(DrawingErrorKind::DrawingError(CanvasError::Pixel))
    }
}

#[cfg(test)]
mod tests {
    use plotters::prelude::{
        Circle, Color, IntoDrawingArea, PathElement, RGBColor, Rectangle, ShapeStyle, Text,
    };
    use plotters::style::text_anchor::Pos;

    use super::*;

    fn label(size: f64, h: HPos, v: VPos) -> plotters::style::TextStyle<'static> {
        plotters::style::TextStyle::from(("Bold", size)).color(&RGBColor(1, 2, 3)).pos(Pos::new(h, v))
    }

    #[test]
    fn plotters_draws_through_it_in_units() {
        let fonts = Fonts::bundled().unwrap();
        let canvas = Canvas::new(100, 50, &fonts);
        let area = canvas.clone().into_drawing_area();
        assert_eq!(area.dim_in_pixel(), (6400, 3200));
        canvas.role(Role::Series, Some(2));
        canvas.dash(Some((256, 192)));
        let line = ShapeStyle { color: RGBColor(9, 8, 7).to_rgba(), filled: false, stroke_width: 160 };
        area.draw(&PathElement::new(vec![(0, 1), (65, 33), (70, 3)], line)).unwrap();
        canvas.role(Role::EndDot, Some(2));
        let ring = Stroke { paint: Paint::opaque(Rgb(255, 255, 255)), width: 64, dash: None };
        canvas.ring(Some(ring));
        area.draw(&Circle::new((70, 3), 224, RGBColor(9, 8, 7).filled())).unwrap();
        canvas.role(Role::Bar, None);
        area.draw(&Rectangle::new([(10, 20), (5, 2)], RGBColor(0, 0, 0).mix(0.5).filled())).unwrap();
        let scene = canvas.take();
        assert_eq!((scene.width, scene.height, scene.items.len()), (100, 50, 3));
        let paint = Paint::opaque(Rgb(9, 8, 7));
        assert_eq!(
            scene.items[0],
            Item {
                role: Role::Series,
                subject: Some(2),
                shape: Shape::Path {
                    points: vec![(0, 1), (65, 33), (70, 3)],
                    stroke: Stroke { paint, width: 160, dash: Some((256, 192)) },
                },
            }
        );
        let circle = Shape::Circle { center: (70, 3), radius: 224, fill: Some(paint), stroke: Some(ring) };
        assert_eq!(scene.items[1].shape, circle);
        let rect = Rect { left: 5, top: 2, right: 10, bottom: 20 };
        assert_eq!(scene.items[2].shape, Shape::Rect { rect, fill: Paint { rgb: Rgb(0, 0, 0), alpha: 128 } });
        assert!(canvas.take().items.is_empty());
    }

    #[test]
    fn text_is_anchored_by_advance_and_capitals() {
        let fonts = Fonts::bundled().unwrap();
        let canvas = Canvas::new(100, 50, &fonts);
        let area = canvas.clone().into_drawing_area();
        canvas.role(Role::SeriesLabel, None);
        let mut origins = Vec::new();
        for (h, v) in [(HPos::Left, VPos::Bottom), (HPos::Right, VPos::Top), (HPos::Center, VPos::Center)] {
            area.draw(&Text::new("HHHH", (1000, 500), label(1024.0, h, v))).unwrap();
            let scene = canvas.take();
            let Shape::Text { run, origin, .. } = &scene.items[0].shape else { panic!("not a text") };
            assert!((run.style.size - 16.0).abs() < 1e-12 && run.style.weight == Weight::Bold);
            origins.push((*origin, (run.width * 64.0).round() as i32, scene.items[0].bounds(&fonts)));
        }
        let (left, width, bounds) = origins[0];
        assert_eq!((left, bounds.bottom), ((1000, 500), 500));
        assert_eq!((origins[1].0.0, origins[1].2.top), (1000 - width, 500));
        assert!((origins[2].0.0 - (1000 - width / 2)).abs() <= 1);
        assert!((origins[2].2.top + origins[2].2.bottom - 1000).abs() <= 1);
    }

    #[test]
    fn what_a_scene_cannot_hold_is_refused() {
        let fonts = Fonts::bundled().unwrap();
        let mut canvas = Canvas::new(10, 10, &fonts);
        let refused = |drawn: Drawn| match drawn {
            Err(DrawingErrorKind::DrawingError(e)) => e.to_string(),
            _ => String::new(),
        };
        let black = BackendColor { alpha: 1.0, rgb: (0, 0, 0) };
        assert_eq!(refused(canvas.draw_pixel((0, 0), black)), "cannot draw single pixels on a scene");
        let turned = label(10.0, HPos::Left, VPos::Top).transform(FontTransform::Rotate90);
        assert_eq!(refused(canvas.draw_text("a", &turned, (0, 0))), "cannot draw rotated text");
        let serif = plotters::style::TextStyle::from(("serif", 10.0));
        assert_eq!(
            refused(canvas.draw_text("a", &serif, (0, 0))),
            "unknown font family, expected `Regular`, `Medium` or `Bold`"
        );
        assert!(canvas.take().items.is_empty());
    }
}
