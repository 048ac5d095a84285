//! What stands beside lines: grounds of shaded times under them, words at single values over them.

use plotters::prelude::*;

use super::pen::{Drawn, Pen, Surface, length, rgb, unit};
use super::texts;
use crate::canvas::{Paint, Role, Stroke};
use crate::layout::beside::Beside;
use crate::layout::frame::Ground;

/// Draws what lies under everything else.
pub fn under(beside: &Beside, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    for shade in &beside.shades {
        pen.canvas.role(Role::Shade, None);
        let corners = [(unit(shade.left), unit(shade.top)), (unit(shade.right), unit(shade.bottom))];
        surface.draw(&Rectangle::new(corners, rgb(ground.theme.faint()).filled()))?;
    }
    Ok(())
}

/// Draws what stands over everything else.
pub fn over(beside: &Beside, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    texts(&beside.labels, surface, pen)?;
    for note in &beside.notes {
        pen.canvas.role(Role::AnnotationMark, None);
        let color = ground.theme.axis;
        if let Some(ends) = note.leader {
            let points = ends.map(|(x, y)| (unit(x), unit(y))).to_vec();
            let stroke = rgb(color).stroke_width(length(ground.sizes.px(0.75)));
            surface.draw(&PathElement::new(points, stroke))?;
        }
        let width = length(ground.sizes.px(1.25));
        pen.canvas.ring(Some(Stroke { paint: Paint::opaque(color), width, dash: None }));
        let center = (unit(note.center.0), unit(note.center.1));
        let fill = rgb(ground.theme.background).filled();
        surface.draw(&Circle::new(center, length(note.radius), fill))?;
        texts(&note.lines, surface, pen)?;
    }
    Ok(())
}
