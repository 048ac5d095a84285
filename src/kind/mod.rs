//! From a frame to the marks of a chart: which rows become points and bars, in which order.
//!
//! Every number comes from the frame as it is. It must not know positions, files or sibling kinds.

mod bars;
mod lines;

use crate::figure::{Look, Marks, Panel, Point};
use crate::frame::Frame;
use crate::manifest::FigureSpec;

/// The marks of every panel.
#[must_use]
pub fn marks(spec: &FigureSpec, frame: &Frame) -> Vec<Panel> {
    frame
        .panels
        .iter()
        .map(|panel| Panel {
            title: panel.title.clone(),
            measure: panel.measure.clone(),
            marks: if spec.chart.shows_span() {
                lines::marks(spec, frame, panel)
            } else {
                bars::marks(spec, frame, panel)
            },
        })
        .collect()
}

/// How many values those lines have of which only the extremes are drawn.
#[must_use]
pub fn thinned(look: &Look, panels: &[Panel]) -> usize {
    let series = panels.iter().flat_map(|panel| match &panel.marks {
        Marks::Lines { series, .. } => series.as_slice(),
        Marks::Bars(_) => &[],
    });
    let dense = series.flat_map(|series| [&series.points, &series.raw]).filter(|line| look.thins(line));
    dense.flatten().filter(|point: &&Point| point.value.is_some()).count()
}
