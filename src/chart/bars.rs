//! Bars: rectangles from the zero line on plotters' value scale.

use plotters::prelude::*;

use super::pen::{Drawn, Pen, Surface, rgb, unit};
use super::texts;
use crate::canvas::Role;
use crate::layout::bars::{BarBody, BarPanel};
use crate::layout::frame::Ground;
use crate::scale::Rows;

/// Draws all panels.
pub fn draw(body: &BarBody, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    body.panels.iter().try_for_each(|panel| draw_panel(panel, ground, surface, pen))
}

fn draw_panel(panel: &BarPanel, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    let plot = panel.plot;
    let (left, top) = (unit(plot.left), unit(plot.top));
    let (width, height) = (unit(plot.right) - left, unit(plot.bottom) - top);
    let area = surface.clone().shrink((left, top), (width, height));
    let mut chart = ChartBuilder::on(&area).build_cartesian_2d(panel.values.clone(), Rows { height })?;
    for bar in &panel.bars {
        pen.canvas.role(Role::Bar, Some(bar.subject));
        let corners = [(0.0, unit(bar.top) - top), (bar.value, unit(bar.bottom) - top)];
        chart.draw_series([Rectangle::new(corners, rgb(bar.fill).filled())])?;
    }
    pen.canvas.role(Role::Baseline, None);
    let zero = plot.x(panel.values.fraction(0.0));
    for &(from, to) in &panel.baselines {
        pen.hair(surface, [(zero, from), (zero, to)], ground.theme.base, ground.sizes.hair)?;
    }
    texts(&panel.texts, surface, pen)
}
