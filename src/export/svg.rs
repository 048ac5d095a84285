//! A scene as SVG text that any viewer shows alike: shapes and glyph outlines
//! with presentation attributes, and nothing that a sanitiser takes away or
//! that reaches out of the file (`<text>`, style, script, class, address).
//!
//! A line of text is one path. Glyphs defined once and `<use>`d would make a
//! file of 300 glyphs a third smaller, but take twice as long to read, and
//! their references break where pages rewrite ids.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::kind::{Export, Make};
use super::markup::escaped;
use super::number::{Contours, PathData, decimal, hundredths, push};
use super::record::{Found, Insertion, Slot, between};
use crate::canvas::{Paint, Role, Scene, Shape, Stroke, UNITS};
use crate::figure::Rgb;
use crate::preset::SCREEN;
use crate::text::{Contour, Fonts, HALF, Run, Weight, plain};

/// The drawing as it is.
pub static EXPORT: Export = Export {
    name: "svg",
    always: false,
    make: Make::Drawing(|drawing| drawing.svg.as_bytes().into()),
    slot: Some(Slot { insert, find }),
};

const OPEN: &str = "<metadata>";
const CLOSE: &str = "</metadata>\n";

/// The record stands after the description.
fn insert(body: &[u8], json: &str) -> Option<Insertion> {
    let before = b"</desc>\n";
    let at = memchr::memmem::find(body, before)? + before.len();
    Some((at, format!("{OPEN}{json}{CLOSE}").into_bytes()))
}

fn find(bytes: &[u8]) -> Option<Found<'_>> {
    between(bytes, memchr::memmem::find(bytes, OPEN.as_bytes())?, OPEN, CLOSE)
}

/// What the file says of itself, for those who do not see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Labels<'a> {
    /// The file's name without its ending; every id in it starts with a form of it.
    pub name: &'a str,
    /// A short name of the picture, which browsers show where the pointer rests: its finding.
    pub title: &'a str,
    /// What it shows, in sentences.
    pub desc: &'a str,
    /// Language of the words, as in HTML's `lang`.
    pub lang: &'a str,
    /// Px in an inch.
    pub density: u32,
}

/// Bytes that most drawings find room in: none of their text is moved while it grows.
const ROOM: usize = 64 * 1024;

/// Writes a scene.
#[must_use]
pub fn svg(scene: &Scene, labels: &Labels<'_>, fonts: &Fonts, outlines: &mut Outlines) -> String {
    let prefix = id_prefix(labels.name);
    let (width, height) = (scene.width, scene.height);
    let mut out = String::with_capacity(ROOM);
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{across}\" height=\"{down}\" \
         viewBox=\"0 0 {width} {height}\" lang=\"{lang}\" role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\">\n\
         <title id=\"{prefix}-title\">{title}</title>\n<desc id=\"{prefix}-desc\">{desc}</desc>\n",
        across = length(width, labels.density),
        down = length(height, labels.density),
        lang = escaped(labels.lang),
        title = escaped(labels.title),
        desc = escaped(labels.desc),
    );
    let mut ids = Ids { prefix, used: BTreeMap::new() };
    let mut glyphs = Glyphs { fonts, outlines };
    for layer in scene.items.chunk_by(|a, b| (a.role, a.subject) == (b.role, b.subject)) {
        let shapes: Vec<&Shape> =
            layer.iter().map(|item| &item.shape).filter(|shape| !glyphs.is_blank(shape)).collect();
        if let (Some(first), false) = (layer.first(), shapes.is_empty()) {
            write_layer(&mut out, &ids.next(first.role, first.subject), &shapes, &mut glyphs);
        }
    }
    out.push_str("</svg>\n");
    out
}

/// A picture's width or height: in px, which are CSS px, or in mm of paper.
fn length(px: u32, density: u32) -> String {
    if density == SCREEN {
        return px.to_string();
    }
    let micrometres = (i64::from(px) * 25_400 + i64::from(density) / 2) / i64::from(density.max(1));
    format!("{}mm", decimal(micrometres, 3))
}

/// Ids that are unique in the file, and by their prefix among the files of a page.
struct Ids {
    prefix: String,
    used: BTreeMap<(Role, Option<usize>), u32>,
}

impl Ids {
    fn next(&mut self, role: Role, subject: Option<usize>) -> String {
        let count = self.used.entry((role, subject)).or_insert(0);
        *count += 1;
        let mut id = format!("{}-{}", self.prefix, role_name(role));
        if let Some(subject) = subject {
            let _ = write!(id, "-{}", subject + 1);
        }
        if *count > 1 {
            let _ = write!(id, ".{count}");
        }
        id
    }
}

/// Outlines of glyphs, each read and written once for many pictures: these have the same few many times.
#[derive(Debug, Default)]
pub struct Outlines {
    known: BTreeMap<(Weight, u32), Outline>,
}

#[derive(Debug)]
struct Outline {
    contours: Vec<Contour>,
    /// The same as path data. `None` where there is nothing to draw.
    data: Option<Contours>,
}

impl Outline {
    fn new(contours: Vec<Contour>) -> Self {
        let data = match contours.as_slice() {
            [Contour::Move(x, y), .., Contour::Close] => {
                let first = (i64::from(*x), -i64::from(*y));
                Some(Contours::new(first, |data| draw_contours(data, &contours, (0, 0), true)))
            }
            _ => None,
        };
        Outline { contours, data }
    }
}

/// What the words of a picture are drawn with.
struct Glyphs<'f> {
    fonts: &'f Fonts,
    outlines: &'f mut Outlines,
}

impl Glyphs<'_> {
    fn outline(&mut self, weight: Weight, glyph: u32) -> &Outline {
        let known = &mut self.outlines.known;
        known.entry((weight, glyph)).or_insert_with(|| Outline::new(self.fonts.outline(weight, glyph)))
    }

    /// Whether a shape is words of which nothing is seen.
    fn is_blank(&mut self, shape: &Shape) -> bool {
        let Shape::Text { run, .. } = shape else { return false };
        run.glyphs.iter().all(|glyph| self.outline(run.style.weight, glyph.id).contours.is_empty())
    }
}

/// The name, as far as an id may hold it, and a few digits of its hash, so
/// that names which differ in the rest stay apart.
fn id_prefix(name: &str) -> String {
    let hash = Sha256::digest(name.as_bytes());
    let mut prefix: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || c == '_' { c } else { '-' }).take(40).collect();
    if !prefix.starts_with(|c: char| c.is_ascii_alphabetic()) {
        prefix.insert(0, 'f');
    }
    prefix.push('-');
    for byte in hash.iter().take(2) {
        let _ = write!(prefix, "{byte:02x}");
    }
    prefix
}

fn role_name(role: Role) -> &'static str {
    match role {
        Role::Background => "background",
        Role::Title => "headline",
        Role::Subtitle => "subtitle",
        Role::Note => "note",
        Role::Source => "source",
        Role::Shade => "shade",
        Role::Grid => "grid",
        Role::MinorGrid => "minor-grid",
        Role::Reference => "reference",
        Role::Baseline => "baseline",
        Role::Axis => "axis",
        Role::Tick => "tick",
        Role::TickLabel => "tick-label",
        Role::EventLine => "event-line",
        Role::EventLabel => "event-label",
        Role::ShadeLabel => "shade-label",
        Role::EventNumber => "event-number",
        Role::Claimed => "claimed",
        Role::ClaimedLabel => "claimed-label",
        Role::RawSeries => "raw-series",
        Role::Context => "context",
        Role::Dot => "dot",
        Role::Halo => "halo",
        Role::Series => "series",
        Role::Area => "area",
        Role::EndDot => "end-dot",
        Role::Leader => "leader",
        Role::AnnotationMark => "annotation-mark",
        Role::Annotation => "annotation",
        Role::SeriesLabel => "series-label",
        Role::StartLabel => "start-label",
        Role::EndValue => "end-value",
        Role::Link => "link",
        Role::Bar => "bar",
        Role::ValueLabel => "value-label",
        Role::CategoryLabel => "category-label",
        Role::GroupLabel => "group-label",
        Role::Part => "part",
        Role::Cell => "cell",
        Role::Hatch => "hatch",
        Role::ScaleKey => "scale-key",
        Role::CellLabel => "cell-label",
        Role::ColumnLabel => "column-label",
        Role::Rule => "rule",
        Role::PanelTitle => "panel-title",
        Role::LegendKey => "legend-key",
        Role::LegendLabel => "legend-label",
    }
}

/// How an element looks, which a layer may say once for all.
type Looks = Vec<(&'static str, String)>;

fn write_layer(out: &mut String, id: &str, shapes: &[&Shape], glyphs: &mut Glyphs<'_>) {
    let attributes = |out: &mut String, looks: &[(&'static str, String)]| {
        for (name, value) in looks {
            attribute(out, name, |out| out.push_str(value));
        }
    };
    let mut all: Vec<Looks> = shapes.iter().map(|shape| looks(shape, glyphs.fonts)).collect();
    if let ([only], [looks]) = (shapes, all.as_slice()) {
        open(out, only);
        attribute(out, "id", |out| out.push_str(id));
        write_geometry(out, only, glyphs);
        attributes(out, looks);
        out.push_str("/>\n");
        return;
    }
    let shared: Looks = all.first().map_or_else(Vec::new, |first| {
        let common = |look: &&(&'static str, String)| all.iter().all(|looks| looks.contains(look));
        first.iter().filter(common).cloned().collect()
    });
    out.push_str("<g");
    attribute(out, "id", |out| out.push_str(id));
    attributes(out, &shared);
    out.push_str(">\n");
    for (shape, looks) in shapes.iter().zip(&mut all) {
        looks.retain(|look| !shared.contains(look));
        open(out, shape);
        write_geometry(out, shape, glyphs);
        attributes(out, looks);
        out.push_str("/>\n");
    }
    out.push_str("</g>\n");
}

/// Writes the name of a shape's element.
fn open(out: &mut String, shape: &Shape) {
    out.push_str(match shape {
        Shape::Path { .. } | Shape::Polygon { .. } | Shape::Text { .. } => "<path",
        Shape::Rect { .. } => "<rect",
        Shape::Circle { .. } => "<circle",
    });
}

/// Writes what only one element can say.
fn write_geometry(out: &mut String, shape: &Shape, glyphs: &mut Glyphs<'_>) {
    match shape {
        Shape::Path { points, .. } => attribute(out, "d", |out| {
            let mut data = trace(out, points);
            if data.is_point() {
                data.dot();
            }
        }),
        Shape::Polygon { points, .. } => attribute(out, "d", |out| trace(out, points).close()),
        Shape::Rect { rect, .. } => {
            // Edges are rounded, not sizes: neighbours that touch in the scene touch in the file.
            let (left, top) = (hundredths(rect.left), hundredths(rect.top));
            let (width, height) = (hundredths(rect.right) - left, hundredths(rect.bottom) - top);
            for (name, value) in [("x", left), ("y", top)] {
                if value != 0 {
                    attribute(out, name, |out| push(out, value, 2));
                }
            }
            attribute(out, "width", |out| push(out, width, 2));
            attribute(out, "height", |out| push(out, height, 2));
        }
        Shape::Circle { center, radius, .. } => {
            let radius = i32::try_from(*radius).unwrap_or(i32::MAX);
            for (name, units) in [("cx", center.0), ("cy", center.1), ("r", radius)] {
                attribute(out, name, |out| push(out, hundredths(units), 2));
            }
        }
        Shape::Text { run, origin, .. } => write_words(out, run, *origin, glyphs),
    }
}

fn attribute(out: &mut String, name: &str, value: impl FnOnce(&mut String)) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    value(out);
    out.push('"');
}

fn px(units: i32) -> String {
    decimal(hundredths(units), 2)
}

fn trace<'t>(out: &'t mut String, points: &[(i32, i32)]) -> PathData<'t> {
    let mut data = PathData::new(out, 2);
    for (i, &(x, y)) in points.iter().enumerate() {
        let (x, y) = (hundredths(x), hundredths(y));
        if i == 0 { data.move_to(x, y) } else { data.line_to(x, y) }
    }
    data
}

/// A line of text as one path of its glyphs, in halves of a font unit; the words stay with it as its label.
fn write_words(out: &mut String, run: &Run, origin: (i32, i32), glyphs: &mut Glyphs<'_>) {
    let em = f64::from(glyphs.fonts.units_per_em(run.style.weight) * HALF);
    let scale = (run.style.size / em * 1e9).round() as i64;
    attribute(out, "aria-label", |out| out.push_str(&escaped(&plain::read(&run.text))));
    attribute(out, "transform", |out| {
        out.push_str("translate(");
        push(out, hundredths(origin.0), 2);
        out.push(' ');
        push(out, hundredths(origin.1), 2);
        out.push_str(")scale(");
        push(out, scale, 9);
        out.push(')');
    });
    attribute(out, "d", |out| {
        let mut data = PathData::new(out, 0);
        for glyph in &run.glyphs {
            let outline = glyphs.outline(run.style.weight, glyph.id);
            let by = (i64::from(glyph.x * HALF), -i64::from(glyph.y * HALF));
            match &outline.data {
                Some(contours) if !data.is_empty() => data.contours(contours, by),
                _ => draw_contours(&mut data, &outline.contours, by, false),
            }
        }
    });
}

/// Draws contours moved by so much, without the first move where that is done.
fn draw_contours(data: &mut PathData<'_>, contours: &[Contour], by: (i64, i64), has_begun: bool) {
    let at = |x: i32, y: i32| (i64::from(x) + by.0, by.1 - i64::from(y));
    let mut start = (0, 0);
    for (i, contour) in contours.iter().enumerate() {
        match *contour {
            Contour::Move(x, y) => {
                start = (x, y);
                if i > 0 || !has_begun {
                    let (x, y) = at(x, y);
                    data.move_to(x, y);
                }
            }
            // Closing draws this line.
            Contour::Line(x, y) if (x, y) == start && contours.get(i + 1) == Some(&Contour::Close) => {}
            Contour::Line(x, y) => {
                let (x, y) = at(x, y);
                data.line_to(x, y);
            }
            Contour::Quad(cx, cy, x, y) => {
                let ((cx, cy), (x, y)) = (at(cx, cy), at(x, y));
                data.quad_to(cx, cy, x, y);
            }
            Contour::Close => data.close(),
        }
    }
}

fn looks(shape: &Shape, fonts: &Fonts) -> Looks {
    match shape {
        Shape::Path { points, stroke } => line_looks(points, stroke),
        Shape::Polygon { fill, .. } | Shape::Rect { fill, .. } => fill_looks(*fill),
        Shape::Circle { fill, stroke, .. } => {
            let mut looks = fill.map_or_else(|| vec![("fill", "none".to_owned())], fill_looks);
            looks.extend(stroke.iter().flat_map(stroke_looks));
            looks
        }
        Shape::Text { run, fill, halo, .. } => {
            let mut looks = fill_looks(*fill);
            if let Some((paint, width)) = halo {
                let em = f64::from(fonts.units_per_em(run.style.weight) * HALF);
                let width = f64::from(*width) / f64::from(UNITS) * em / run.style.size;
                looks.push(("stroke", hex(paint.rgb)));
                looks.extend(opacity("stroke-opacity", paint.alpha));
                looks.push(("stroke-width", decimal(width.round() as i64, 0)));
                looks.push(("stroke-linejoin", "round".to_owned()));
                looks.push(("paint-order", "stroke".to_owned()));
            }
            looks
        }
    }
}

fn line_looks(points: &[(i32, i32)], stroke: &Stroke) -> Looks {
    let mut looks = vec![("fill", "none".to_owned())];
    looks.extend(stroke_looks(stroke));
    let straight = matches!(points, [(x0, y0), (x1, y1)] if (x0 == x1) != (y0 == y1));
    if stroke.dash.is_none() && !straight {
        looks.push(("stroke-linecap", "round".to_owned()));
    }
    if points.len() > 2 {
        looks.push(("stroke-linejoin", "round".to_owned()));
    }
    looks
}

fn fill_looks(fill: Paint) -> Looks {
    let mut looks = vec![("fill", hex(fill.rgb))];
    looks.extend(opacity("fill-opacity", fill.alpha));
    looks
}

fn stroke_looks(stroke: &Stroke) -> Looks {
    let mut looks = vec![("stroke", hex(stroke.paint.rgb))];
    looks.extend(opacity("stroke-opacity", stroke.paint.alpha));
    let units = |length: u32| px(i32::try_from(length).unwrap_or(i32::MAX));
    if stroke.width != UNITS.unsigned_abs() {
        looks.push(("stroke-width", units(stroke.width)));
    }
    if let Some((dash, space)) = stroke.dash {
        looks.push(("stroke-dasharray", format!("{} {}", units(dash), units(space))));
    }
    looks
}

fn opacity(name: &'static str, alpha: u8) -> Option<(&'static str, String)> {
    (alpha < 255).then(|| (name, decimal((i64::from(alpha) * 1000 + 127) / 255, 3)))
}

fn hex(Rgb(r, g, b): Rgb) -> String {
    if [r, g, b].iter().all(|part| part % 17 == 0) {
        format!("#{:x}{:x}{:x}", r / 17, g / 17, b / 17)
    } else {
        format!("#{r:02x}{g:02x}{b:02x}")
    }
}
