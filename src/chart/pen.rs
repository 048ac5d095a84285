//! From px and theme colours to what plotters draws with.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

use crate::canvas::{Canvas, CanvasError, Paint, UNITS};
use crate::figure::Rgb;
use crate::layout::{Anchor, TextLine};
use crate::text::Weight;
use crate::theme::Theme;

/// The whole picture as plotters sees it, in scene units.
pub type Surface<'f> = DrawingArea<Canvas<'f>, Shift>;

/// What drawing gives back.
pub type Drawn = Result<(), DrawingAreaErrorKind<CanvasError>>;

/// A handle on what is drawn, with the colours it is drawn in.
pub struct Pen<'c, 'f> {
    /// The recording behind the surface.
    pub canvas: &'c Canvas<'f>,
    /// The colours.
    pub theme: &'c Theme,
}

impl Pen<'_, '_> {
    /// Draws one line of text.
    pub fn text(&self, surface: &Surface<'_>, line: &TextLine) -> Drawn {
        self.canvas.role(line.role, line.subject);
        if line.halo {
            self.canvas.halo(Some((Paint::opaque(self.theme.background), length(4.0))));
        }
        let family = match line.style.weight {
            Weight::Regular => "Regular",
            Weight::Medium => "Medium",
            Weight::Bold => "Bold",
        };
        let h_pos = match line.anchor {
            Anchor::Left => HPos::Left,
            Anchor::Center => HPos::Center,
            Anchor::Right => HPos::Right,
        };
        let color = rgb(line.color);
        let style = TextStyle::from((family, line.style.size * f64::from(UNITS)).into_font())
            .color(&color)
            .pos(Pos::new(h_pos, VPos::Bottom));
        surface.draw(&Text::new(line.text.clone(), (unit(line.x), unit(line.baseline)), style))
    }

    /// Draws a straight hairline, moved onto whole pixels so that it stays crisp.
    pub fn hair(&self, surface: &Surface<'_>, ends: [(f64, f64); 2], color: Rgb, width: f64) -> Drawn {
        let snap = |v: f64| (v - width / 2.0).round() + width / 2.0;
        let [(x0, y0), (x1, y1)] = ends;
        let points = if x0 == x1 {
            vec![(unit(snap(x0)), unit(y0)), (unit(snap(x0)), unit(y1))]
        } else {
            vec![(unit(x0), unit(snap(y0))), (unit(x1), unit(snap(y0)))]
        };
        surface.draw(&PathElement::new(points, rgb(color).stroke_width(length(width))))
    }
}

/// A colour in plotters' words.
pub fn rgb(color: Rgb) -> RGBColor {
    RGBColor(color.0, color.1, color.2)
}

/// A place in px, in scene units.
#[expect(clippy::cast_possible_truncation, reason = "`as` saturates, far outside any picture")]
pub fn unit(px: f64) -> i32 {
    (px * f64::from(UNITS)).round() as i32
}

/// A length in px, in scene units.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates at zero")]
pub fn length(px: f64) -> u32 {
    (px * f64::from(UNITS)).round() as u32
}
