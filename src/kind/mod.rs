//! Kinds of charts, one file each, and their registry: adding one is a file and a line here.
//!
//! A kind says which keys it takes, whether it suits a frame, which of the frame's rows become its marks, and
//! how these are arranged and drawn, of parts that all may use. It knows neither files nor its siblings, and no
//! room outside knows a kind by its name.

mod area;
mod bar;
mod chart;
mod column;
mod dot;
mod facets;
mod grouped_bar;
mod heatmap;
mod line;
mod multiples;
mod parts;
mod rank;
mod score;
mod slope;
mod table;

use plotters::prelude::*;

pub use self::chart::{Body, Chart, Fit, Shape, Unsuited};
use crate::canvas::{Canvas, Role, Scene};
use crate::chart::pen::{Drawn, Pen, Surface, rgb};
use crate::chart::texts;
use crate::diag::{self, Report, listed, nearest, quoted};
use crate::figure::{Emphasis, Kind, Look, Marks, Panel, Subject, Words};
use crate::frame::wording::typeset;
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground, check_glyphs};
use crate::spec::FigureSpec;
use crate::text::Fonts;
use crate::theme::{Sizes, Theme};

/// So often is a figure arranged again with what it adds to its words.
const MOST_ROUNDS: usize = 4;

/// Every kind, in the order that messages list them.
pub static ALL: [&dyn Chart; 13] = [
    &line::Line,
    &bar::Bar,
    &grouped_bar::GroupedBar,
    &facets::Facets,
    &slope::Slope,
    &column::Column,
    &multiples::Multiples,
    &rank::Rank,
    &area::Stacked,
    &dot::Dot,
    &table::Table,
    &heatmap::Heatmap,
    &score::Score,
];

/// The kind of a word in a manifest.
#[must_use]
pub fn find(name: &str) -> Option<&'static dyn Chart> {
    ALL.into_iter().find(|chart| chart.kind().name == name)
}

/// Keys of a figure that mean something to a kind, and not to every one.
#[must_use]
pub fn extras(kind: &Kind) -> &'static [&'static str] {
    find(kind.name).map_or(&[], Chart::extras)
}

/// The kind that shows data best, the first of several.
#[must_use]
pub fn best(shape: &Shape) -> &'static Kind {
    let [first, others @ ..] = ALL;
    let mut best = (first.fits(shape), first);
    for chart in others {
        let fit = chart.fits(shape).filter(|_| chart.shows_words() || !shape.has_words);
        if fit > best.0 {
            best = (fit, chart);
        }
    }
    best.1.kind()
}

fn of(kind: &Kind) -> Result<&'static dyn Chart, Report> {
    find(kind.name).ok_or_else(|| {
        let fault = diag::error("unknown-chart", format!("unknown chart {}", quoted(kind.name)));
        match nearest(kind.name, ALL.iter().map(|chart| chart.kind().name)) {
            Some(near) => fault.hint(format!("did you mean \"{near}\"?")).into(),
            None => fault.into(),
        }
    })
}

/// The marks of every panel.
///
/// # Errors
/// When the figure's kind does not suit its frame.
pub fn marks(spec: &FigureSpec, frame: &Frame) -> Result<Vec<Panel>, Report> {
    let chart = of(spec.chart)?;
    let of_words = frame.panels.iter().any(|panel| !panel.words.is_empty());
    let suits = if of_words && !chart.shows_words() {
        Err(Unsuited::new("words: it shows numbers", "use `chart = \"table\"`"))
    } else {
        chart.suits(spec, frame)
    };
    suits.map_err(|unsuited| {
        let fault = diag::error("unsuitable-chart", format!("cannot draw {}", unsuited.why));
        Report::from(fault.of_figure(&*spec.key).at(spec.places.of("chart")).hint(unsuited.instead))
    })?;
    let panel = |panel: &PanelFrame| Panel {
        title: panel.title.clone(),
        measure: panel.measure.clone(),
        marks: chart.marks(spec, frame, panel),
    };
    Ok(frame.panels.iter().map(panel).collect())
}

/// Draws a figure in one theme.
///
/// # Errors
/// When a text has a character without a glyph, when there is nothing to draw,
/// or when the height asked for has no room for it.
pub fn draw(
    look: &Look,
    words: &Words,
    panels: &[Panel],
    theme: &Theme,
    fonts: &Fonts,
) -> Result<Scene, Report> {
    let chart = of(look.chart)?;
    check_texts(look, words, panels, fonts)?;
    let theme = &theme.of_figure(look);
    check_highlights(look, theme)?;
    let sizes = Sizes::of_look(look);
    let ground = Ground { theme, sizes: &sizes, fonts, width: f64::from(look.width) };
    let (header, body) = arrange(chart, look, words, panels, ground)?;
    let height = look.height.map_or_else(|| snapped(body.bottom() + header.footer_height, &sizes), f64::from);
    let footer_top = height - header.footer_height;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    let canvas = Canvas::new(look.width, height as u32, fonts);
    let surface: Surface<'_> = canvas.clone().into_drawing_area();
    let pen = Pen { canvas: &canvas, theme };
    let drawn = paint(&surface, &pen, &header, footer_top, body.as_ref());
    drawn.map_err(|error| diag::error("failed-drawing", format!("failed to draw: {error}")))?;
    Ok(canvas.take())
}

/// Height of a picture that is as high as its content, in px. One that fills the height of its size is that high to
/// the px, whatever its parts are rounded to.
fn snapped(content: f64, sizes: &Sizes) -> f64 {
    let (content, usual) = (content.round(), sizes.height.round());
    if (content - usual).abs() <= 2.0 { usual } else { content }
}

/// What there is to tell of a figure that can be drawn: events whose text, and notes that have no room.
#[must_use]
pub fn warnings(look: &Look, words: &Words, panels: &[Panel], fonts: &Fonts) -> Report {
    // Nothing else can lack room, and to arrange a figure costs a third of drawing it.
    let extras = &look.extras;
    let has_words = !(look.events.is_empty() && extras.annotations.is_empty() && extras.shaded.is_empty());
    if !has_words && !look.preset.is_fixed {
        return Report::default();
    }
    let sizes = Sizes::of_look(look);
    let ground = Ground { theme: &Theme::light(), sizes: &sizes, fonts, width: f64::from(look.width) };
    let arranged = of(look.chart).and_then(|chart| arrange(chart, look, words, panels, ground));
    let Ok((header, body)) = arranged else { return Report::default() };
    let mut report = body.warnings();
    if !words.note.is_empty() && !header.has_note() {
        let message = format!("the note has no room in a picture of the size \"{}\"", look.preset.name);
        let hint = "say it in fewer words, or in the text around the picture: the figure's page has it";
        report.push(diag::warning("note-left-out", message).hint(hint));
    }
    report
}

/// The header and what stands under it. Where a size has one height for all pictures, their words leave the data
/// room: without the note, where that alone helps.
fn arrange<'a>(
    chart: &dyn Chart,
    look: &'a Look,
    words: &Words,
    panels: &'a [Panel],
    ground: Ground<'a>,
) -> Result<(Header, Box<dyn Body + 'a>), Report> {
    if !look.preset.is_fixed {
        return arrange_whole(chart, look, (words, true), panels, ground);
    }
    let short = Words { note: String::new(), ..words.clone() };
    let room =
        |words: &Words| f64::from(look.preset.height) * LEAST_BODY <= Header::new(words, ground).room(look);
    let words = if room(words) { words } else { &short };
    let arranged = arrange_whole(chart, look, (words, room(words)), panels, ground);
    let arranged = arranged.or_else(|_| arrange_whole(chart, look, (&short, false), panels, ground));
    arranged.map_err(|report| told_of_size(report, look))
}

/// Part of a picture of fixed height that its words leave to the data.
const LEAST_BODY: f64 = 0.42;

/// What has no room in a size cannot be helped by a `height`.
fn told_of_size(mut report: Report, look: &Look) -> Report {
    for told in report.diagnostics.iter_mut().filter(|told| told.code == "height-too-small") {
        let name = look.preset.name;
        let end = told.message.split_once(": ").map_or("", |(_, end)| end);
        told.message = format!("cannot draw this figure at the size \"{name}\": {end}");
        told.hints = vec![format!(
            "shorten title and subtitle, show fewer with `top`, or leave \"{name}\" out of `size`"
        )];
    }
    report
}

/// The header and what stands under it, with all words, and what the body adds to the note where it may.
fn arrange_whole<'a>(
    chart: &dyn Chart,
    look: &'a Look,
    (words, adds): (&Words, bool),
    panels: &'a [Panel],
    ground: Ground<'a>,
) -> Result<(Header, Box<dyn Body + 'a>), Report> {
    let mut set = words.clone();
    let mut header = Header::new(words, ground);
    let mut body = chart.arrange(look, panels, &header, ground)?;
    // What is added to the words may take room from the body, and so add more.
    for _ in 0..MOST_ROUNDS {
        let more = with_notes(with_unit(words, body.unit()), if adds { body.notes() } else { &[] });
        if more == set {
            break;
        }
        set = more;
        header = Header::new(&set, ground);
        body = chart.arrange(look, panels, &header, ground)?;
    }
    Ok((header, body))
}

/// Background, header, body, footer.
fn paint(
    surface: &Surface<'_>,
    pen: &Pen<'_, '_>,
    header: &Header,
    footer_top: f64,
    body: &dyn Body,
) -> Drawn {
    pen.canvas.role(Role::Background, None);
    surface.fill(&rgb(pen.theme.background))?;
    texts(&header.header, surface, pen)?;
    body.draw(surface, pen)?;
    texts(&header.footer(footer_top), surface, pen)
}

/// Who stands out has a colour: declared ones may have left the palette none.
fn check_highlights(look: &Look, theme: &Theme) -> Result<(), Report> {
    let is_grey =
        |s: &&Subject| s.emphasis == Emphasis::Highlight && theme.mark(s.ink, s.emphasis) == theme.context;
    let grey: Vec<&str> = look.subjects.iter().filter(is_grey).map(|s| s.label.as_str()).collect();
    if grey.is_empty() {
        return Ok(());
    }
    let message = format!("cannot highlight {}: no colour is left for it", listed(grey));
    Err(diag::error("grey-highlight", message).hint("give it a `color` of its own").into())
}

/// Every text that is drawn has a glyph for each of its characters.
fn check_texts(look: &Look, words: &Words, panels: &[Panel], fonts: &Fonts) -> Result<(), Report> {
    let texts = [&words.title, &words.subtitle, &words.note, &words.source].into_iter().map(String::as_str);
    let labels =
        look.subjects.iter().map(|s| s.label.as_str()).chain(look.events.iter().map(|e| e.label.as_str()));
    let notes = look.extras.annotations.iter().map(|note| note.text.as_str());
    let labels = labels.chain(notes).chain(look.extras.shaded.iter().map(|shade| shade.text.as_str()));
    let groups = panels.iter().flat_map(|panel| {
        let named = match &panel.marks {
            Marks::Bars(groups) => groups.iter().map(|group| group.label.as_str()).collect(),
            Marks::Cells(grid) => grid.texts().collect(),
            Marks::Lines { .. } => Vec::new(),
        };
        named.into_iter().chain([panel.title.as_str()])
    });
    let report = check_glyphs(fonts, texts.chain(labels).chain(groups));
    if report.has_errors() { Err(report) } else { Ok(()) }
}

/// The words with the unit named in the subtitle, where values are divided and it does not name it yet.
fn with_unit(words: &Words, unit: &str) -> Words {
    if unit.is_empty() || words.subtitle.to_lowercase().contains(unit) {
        return words.clone();
    }
    let subtitle = match words.subtitle.as_str() {
        "" => format!("In {unit}s"),
        said => format!("{said}, {unit}s"),
    };
    Words { subtitle, ..words.clone() }
}

/// The words with sentences added to the note.
fn with_notes(words: Words, notes: &[String]) -> Words {
    let added: Vec<String> = notes.iter().map(|sentence| typeset(&format!("{sentence}."))).collect();
    let before = if words.note.is_empty() && !added.is_empty() { "Note:" } else { words.note.as_str() };
    let said = [before].into_iter().chain(added.iter().map(String::as_str)).filter(|text| !text.is_empty());
    Words { note: said.collect::<Vec<_>>().join(" "), ..words }
}
