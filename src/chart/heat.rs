//! Cells: rectangles in their shades, hatching where nothing is known.

use plotters::prelude::*;

use super::pen::{Drawn, Pen, Surface, length, rgb, unit};
use super::texts;
use crate::canvas::Role;
use crate::layout::Area;
use crate::layout::frame::Ground;
use crate::layout::heat::Heat;

/// Distance of the lines of a hatching, at the design's size.
const HATCH: f64 = 6.0;

/// Draws cells and their key.
pub fn draw(body: &Heat, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    let rectangle = |area: &Area, color| {
        let corners = [(unit(area.left), unit(area.top)), (unit(area.right), unit(area.bottom))];
        surface.draw(&Rectangle::new(corners, rgb(color).filled()))
    };
    for (area, color) in &body.key {
        pen.canvas.role(Role::ScaleKey, None);
        rectangle(area, *color)?;
    }
    for cell in &body.cells {
        pen.canvas.role(Role::Cell, cell.subject);
        rectangle(&cell.area, cell.fill)?;
    }
    for area in &body.missing {
        pen.canvas.role(Role::Hatch, None);
        hatch(area, ground, surface)?;
    }
    texts(&body.texts, surface, pen)
}

/// Slanted lines from edge to edge.
fn hatch(area: &Area, ground: Ground<'_>, surface: &Surface<'_>) -> Drawn {
    let apart = ground.sizes.px(HATCH).max(4.0);
    let style = rgb(ground.theme.leader).stroke_width(length(0.75));
    let (width, height) = (area.width(), area.height());
    let mut along = apart / 2.0;
    while along < width + height {
        let from = (area.left + along.min(width), area.top + (along - width).max(0.0));
        let to = (area.left + (along - height).max(0.0), area.top + along.min(height));
        let points = [from, to].map(|(x, y)| (unit(x), unit(y)));
        surface.draw(&PathElement::new(points.to_vec(), style))?;
        along += apart;
    }
    Ok(())
}
