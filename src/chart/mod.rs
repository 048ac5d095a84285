//! Draws an arranged figure: plotters' charts on our canvas, one file a kind.
//!
//! What is where has been decided in `layout`; here it is only drawn. The room
//! must not know files or tables.

mod bars;
mod lines;
mod pen;
mod thin;

use plotters::prelude::*;

use crate::canvas::{Canvas, Role, Scene};
use crate::diag::{self, Report};
use crate::figure::{Look, Marks, Panel, Words};
use crate::layout::frame::{Frame, Ground, check_glyphs};
use crate::layout::{self, TextLine};
use crate::text::Fonts;
use crate::theme::{Sizes, Theme};
use pen::{Pen, Surface};

/// A body that has been arranged.
enum Body {
    Lines(Box<layout::lines::LineBody>),
    Bars(layout::bars::BarBody),
}

impl Body {
    fn bottom(&self) -> f64 {
        match self {
            Body::Lines(body) => body.bottom,
            Body::Bars(body) => body.bottom,
        }
    }

    fn unit(&self) -> &'static str {
        match self {
            Body::Lines(body) => body.unit,
            Body::Bars(body) => body.unit,
        }
    }
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
    let texts = [&words.title, &words.subtitle, &words.note, &words.source].into_iter().map(String::as_str);
    let labels =
        look.subjects.iter().map(|s| s.label.as_str()).chain(look.events.iter().map(|e| e.label.as_str()));
    let groups = panels.iter().flat_map(|panel| {
        let groups = match &panel.marks {
            Marks::Bars(groups) => groups.as_slice(),
            Marks::Lines { .. } => &[],
        };
        groups.iter().map(|g| g.label.as_str()).chain([panel.title.as_str()])
    });
    let report = check_glyphs(fonts, texts.chain(labels).chain(groups));
    if report.has_errors() {
        return Err(report);
    }
    let theme = &theme.of_figure(look);
    let sizes = Sizes::of(look.width, look.height);
    let ground = Ground { theme, sizes: &sizes, fonts, width: f64::from(look.width) };
    let mut frame = Frame::new(words, ground);
    let mut body = arrange(look, panels, &frame, ground)?;
    if let Some(words) = with_unit(words, body.unit()) {
        frame = Frame::new(&words, ground);
        body = arrange(look, panels, &frame, ground)?;
    }
    let height = look.height.map_or_else(|| (body.bottom() + frame.footer_height).round(), f64::from);
    let footer_top = height - frame.footer_height;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
    let canvas = Canvas::new(look.width, height as u32, fonts);
    let surface: Surface<'_> = canvas.clone().into_drawing_area();
    let pen = Pen { canvas: &canvas, theme };
    let drawn = paint(&surface, &pen, &frame, footer_top, || match (&body, panels) {
        (Body::Lines(body), [Panel { marks: Marks::Lines { series, step }, .. }]) => {
            lines::draw(body, series, *step, look, ground, &surface, &pen)
        }
        (Body::Bars(body), _) => bars::draw(body, ground, &surface, &pen),
        _ => Ok(()),
    });
    drawn.map_err(|error| diag::error("failed-drawing", format!("failed to draw: {error}")))?;
    Ok(canvas.take())
}

fn arrange(look: &Look, panels: &[Panel], frame: &Frame, ground: Ground<'_>) -> Result<Body, Report> {
    if let [Panel { marks: Marks::Lines { series, step }, .. }] = panels {
        let lines = layout::lines::Lines { look, series, step: *step };
        return layout::lines::arrange(lines, frame, ground).map(|body| Body::Lines(Box::new(body)));
    }
    let bars: Vec<layout::bars::Bars<'_>> = panels
        .iter()
        .filter_map(|panel| match &panel.marks {
            Marks::Bars(groups) => Some(layout::bars::Bars { title: &panel.title, groups }),
            Marks::Lines { .. } => None,
        })
        .collect();
    layout::bars::arrange(&bars, look, frame, ground).map(Body::Bars)
}

/// The words with the unit named in the subtitle, where values are divided and it does not name it yet.
fn with_unit(words: &Words, unit: &str) -> Option<Words> {
    if unit.is_empty() || words.subtitle.to_lowercase().contains(unit) {
        return None;
    }
    let subtitle = match words.subtitle.as_str() {
        "" => format!("{unit}s"),
        said => format!("{said}, {unit}s"),
    };
    Some(Words { subtitle, ..words.clone() })
}

/// Background, header, what `body` draws, footer.
fn paint(
    surface: &Surface<'_>,
    pen: &Pen<'_, '_>,
    frame: &Frame,
    footer_top: f64,
    body: impl FnOnce() -> pen::Drawn,
) -> pen::Drawn {
    pen.canvas.role(Role::Background, None);
    surface.fill(&pen::rgb(pen.theme.background))?;
    texts(&frame.header, surface, pen)?;
    body()?;
    texts(&frame.footer(footer_top), surface, pen)
}

/// Draws lines of text.
fn texts(lines: &[TextLine], surface: &Surface<'_>, pen: &Pen<'_, '_>) -> pen::Drawn {
    lines.iter().try_for_each(|line| pen.text(surface, line))
}
