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

use super::kind::{Drawing, Export, Make};
use super::markup::escaped;
use super::number::{PathData, decimal, hundredths};
use super::record::{Found, Insertion, Slot, between};
use crate::canvas::{Item, Paint, Rect, Role, Scene, Shape, Stroke, UNITS};
use crate::figure::Rgb;
use crate::text::{Contour, Fonts, HALF, Run, Weight, plain};

/// The drawing as it is.
pub static EXPORT: Export = Export {
    name: "svg",
    always: false,
    make: Make::Drawing(|drawing: &Drawing<'_>| drawing.svg.as_bytes().to_vec()),
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
}

/// Writes a scene.
#[must_use]
pub fn svg(scene: &Scene, labels: &Labels<'_>, fonts: &Fonts) -> String {
    let prefix = id_prefix(labels.name);
    let (width, height) = (scene.width, scene.height);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" lang=\"{lang}\" role=\"img\" aria-labelledby=\"{prefix}-title {prefix}-desc\">\n\
         <title id=\"{prefix}-title\">{title}</title>\n<desc id=\"{prefix}-desc\">{desc}</desc>\n",
        lang = escaped(labels.lang),
        title = escaped(labels.title),
        desc = escaped(labels.desc),
    );
    let mut ids = Ids { prefix, used: BTreeMap::new() };
    let mut glyphs = Glyphs { fonts, outlines: BTreeMap::new() };
    for layer in scene.items.chunk_by(|a, b| (a.role, a.subject) == (b.role, b.subject)) {
        let elements: Vec<Element> = layer.iter().filter_map(|item| element(item, &mut glyphs)).collect();
        if let Some(first) = layer.first().filter(|_| !elements.is_empty()) {
            write_layer(&mut out, &ids.next(first.role, first.subject), elements);
        }
    }
    out.push_str("</svg>\n");
    out
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

/// Outlines, each read once: a picture has several times as many glyphs as different ones.
struct Glyphs<'f> {
    fonts: &'f Fonts,
    outlines: BTreeMap<(Weight, u32), Vec<Contour>>,
}

impl Glyphs<'_> {
    fn outline(&mut self, weight: Weight, glyph: u32) -> &[Contour] {
        self.outlines.entry((weight, glyph)).or_insert_with(|| self.fonts.outline(weight, glyph))
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
        Role::Grid => "grid",
        Role::Baseline => "baseline",
        Role::Tick => "tick",
        Role::TickLabel => "tick-label",
        Role::EventLine => "event-line",
        Role::EventLabel => "event-label",
        Role::EventNumber => "event-number",
        Role::Claimed => "claimed",
        Role::ClaimedLabel => "claimed-label",
        Role::RawSeries => "raw-series",
        Role::Dot => "dot",
        Role::Halo => "halo",
        Role::Series => "series",
        Role::EndDot => "end-dot",
        Role::Leader => "leader",
        Role::SeriesLabel => "series-label",
        Role::StartLabel => "start-label",
        Role::EndValue => "end-value",
        Role::Bar => "bar",
        Role::ValueLabel => "value-label",
        Role::CategoryLabel => "category-label",
        Role::GroupLabel => "group-label",
        Role::PanelTitle => "panel-title",
        Role::LegendKey => "legend-key",
        Role::LegendLabel => "legend-label",
    }
}

/// An element: its name, what only it can say (its geometry), and its looks,
/// which a layer may say once for all.
struct Element {
    name: &'static str,
    geometry: String,
    looks: Vec<(&'static str, String)>,
}

fn write_layer(out: &mut String, id: &str, elements: Vec<Element>) {
    let attributes = |out: &mut String, looks: &[(&str, String)]| {
        for (name, value) in looks {
            let _ = write!(out, " {name}=\"{value}\"");
        }
    };
    if let [only] = elements.as_slice() {
        let _ = write!(out, "<{} id=\"{id}\"{}", only.name, only.geometry);
        attributes(out, &only.looks);
        out.push_str("/>\n");
        return;
    }
    let shared: Vec<(&str, String)> = elements.first().map_or_else(Vec::new, |first| {
        let common = |look: &&(&'static str, String)| elements.iter().all(|e| e.looks.contains(look));
        first.looks.iter().filter(common).cloned().collect()
    });
    let _ = write!(out, "<g id=\"{id}\"");
    attributes(out, &shared);
    out.push_str(">\n");
    for mut element in elements {
        element.looks.retain(|look| !shared.contains(look));
        let _ = write!(out, "<{}{}", element.name, element.geometry);
        attributes(out, &element.looks);
        out.push_str("/>\n");
    }
    out.push_str("</g>\n");
}

fn element(item: &Item, glyphs: &mut Glyphs<'_>) -> Option<Element> {
    Some(match &item.shape {
        Shape::Path { points, stroke } => path(points, stroke),
        Shape::Polygon { points, fill } => {
            let mut data = trace(points);
            data.close();
            Element { name: "path", geometry: attribute("d", &data.finish()), looks: fill_looks(*fill) }
        }
        Shape::Rect { rect, fill } => rectangle(rect, *fill),
        Shape::Circle { center, radius, fill, stroke } => {
            let mut looks = fill.map_or_else(|| vec![("fill", "none".to_owned())], fill_looks);
            looks.extend(stroke.iter().flat_map(stroke_looks));
            let radius = i32::try_from(*radius).unwrap_or(i32::MAX);
            let geometry = geometry(&[("cx", center.0), ("cy", center.1), ("r", radius)]);
            Element { name: "circle", geometry, looks }
        }
        Shape::Text { run, origin, fill, halo } => return text(run, *origin, *fill, *halo, glyphs),
    })
}

fn attribute(name: &str, value: &str) -> String {
    format!(" {name}=\"{value}\"")
}

/// Attributes in px from scene units.
fn geometry(values: &[(&str, i32)]) -> String {
    values.iter().map(|(name, units)| attribute(name, &px(*units))).collect()
}

fn px(units: i32) -> String {
    decimal(hundredths(units), 2)
}

fn trace(points: &[(i32, i32)]) -> PathData {
    let mut data = PathData::new(2);
    for (i, &(x, y)) in points.iter().enumerate() {
        let (x, y) = (hundredths(x), hundredths(y));
        if i == 0 { data.move_to(x, y) } else { data.line_to(x, y) }
    }
    data
}

fn path(points: &[(i32, i32)], stroke: &Stroke) -> Element {
    let mut looks = vec![("fill", "none".to_owned())];
    looks.extend(stroke_looks(stroke));
    let straight = matches!(points, [(x0, y0), (x1, y1)] if (x0 == x1) != (y0 == y1));
    if stroke.dash.is_none() && !straight {
        looks.push(("stroke-linecap", "round".to_owned()));
    }
    if points.len() > 2 {
        looks.push(("stroke-linejoin", "round".to_owned()));
    }
    let mut data = trace(points);
    if data.is_point() {
        data.dot();
    }
    Element { name: "path", geometry: attribute("d", &data.finish()), looks }
}

fn rectangle(rect: &Rect, fill: Paint) -> Element {
    // Edges are rounded, not sizes: neighbours that touch in the scene touch in the file.
    let (left, top) = (hundredths(rect.left), hundredths(rect.top));
    let (width, height) = (hundredths(rect.right) - left, hundredths(rect.bottom) - top);
    let mut geometry = String::new();
    for (name, value) in [("x", left), ("y", top)] {
        if value != 0 {
            geometry.push_str(&attribute(name, &decimal(value, 2)));
        }
    }
    geometry.push_str(&attribute("width", &decimal(width, 2)));
    geometry.push_str(&attribute("height", &decimal(height, 2)));
    Element { name: "rect", geometry, looks: fill_looks(fill) }
}

/// A line of text as one path of its glyphs, in halves of a font unit; the
/// words stay with it as its label. `None` for blanks.
fn text(
    run: &Run,
    origin: (i32, i32),
    fill: Paint,
    halo: Option<(Paint, u32)>,
    glyphs: &mut Glyphs<'_>,
) -> Option<Element> {
    let data = outlines(run, glyphs);
    if data.is_empty() {
        return None;
    }
    let em = f64::from(glyphs.fonts.units_per_em(run.style.weight) * HALF);
    let scale = (run.style.size / em * 1e9).round() as i64;
    let geometry = format!(
        " aria-label=\"{words}\" transform=\"translate({x} {y})scale({scale})\" d=\"{data}\"",
        words = escaped(&plain::read(&run.text)),
        x = px(origin.0),
        y = px(origin.1),
        scale = decimal(scale, 9),
    );
    let mut looks = fill_looks(fill);
    if let Some((paint, width)) = halo {
        let width = f64::from(width) / f64::from(UNITS) * em / run.style.size;
        looks.push(("stroke", hex(paint.rgb)));
        looks.extend(opacity("stroke-opacity", paint.alpha));
        looks.push(("stroke-width", decimal(width.round() as i64, 0)));
        looks.push(("stroke-linejoin", "round".to_owned()));
        looks.push(("paint-order", "stroke".to_owned()));
    }
    Some(Element { name: "path", geometry, looks })
}

fn outlines(run: &Run, glyphs: &mut Glyphs<'_>) -> String {
    let mut data = PathData::new(0);
    for glyph in &run.glyphs {
        let at = |x: i32, y: i32| (i64::from(x + glyph.x * HALF), -i64::from(y + glyph.y * HALF));
        let contours = glyphs.outline(run.style.weight, glyph.id);
        let mut start = (0, 0);
        for (i, contour) in contours.iter().enumerate() {
            match *contour {
                Contour::Move(x, y) => {
                    start = (x, y);
                    let (x, y) = at(x, y);
                    data.move_to(x, y);
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
    data.finish()
}

fn fill_looks(fill: Paint) -> Vec<(&'static str, String)> {
    let mut looks = vec![("fill", hex(fill.rgb))];
    looks.extend(opacity("fill-opacity", fill.alpha));
    looks
}

fn stroke_looks(stroke: &Stroke) -> Vec<(&'static str, String)> {
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
