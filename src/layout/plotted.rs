//! The lines of one plot, which its parts are arranged for. It must not know where anything stands.

use std::collections::BTreeMap;

use crate::figure::{Emphasis, Look, Marks, Panel, Point, Series};
use crate::scale::linear::Linear;
use crate::time::moment::{Moment, Step};

/// What there is to arrange.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// How the figure looks.
    pub look: &'a Look,
    /// Its lines.
    pub series: &'a [Series],
    /// The usual distance of their points.
    pub step: Step,
}

/// The last valued point of a series.
#[must_use]
pub fn end_of(series: &Series) -> Option<(Moment, f64)> {
    series.points.iter().rev().find_map(|p| Some((p.at, p.value?)))
}

/// The pairs of subjects whose lines cross.
#[must_use]
pub fn crossing(panel: &Panel) -> Vec<(usize, usize)> {
    let Marks::Lines { series, .. } = &panel.marks else { return Vec::new() };
    let mut pairs = Vec::new();
    for (index, a) in series.iter().enumerate() {
        let known: BTreeMap<Moment, f64> = a.points.iter().filter_map(|p| Some((p.at, p.value?))).collect();
        for b in series.iter().skip(index + 1) {
            let over = b.points.iter().filter_map(|p| Some(known.get(&p.at)?.total_cmp(&p.value?)));
            let mut over: Vec<_> = over.filter(|order| order.is_ne()).collect();
            over.dedup();
            pairs.extend((over.len() > 1).then_some((a.subject, b.subject)));
        }
    }
    pairs
}

/// The places of lines in the order in which they are drawn: context first, what is highlighted last.
#[must_use]
pub fn drawing_order(lines: Lines<'_>) -> Vec<usize> {
    let mut order: Vec<usize> = (0..lines.series.len()).collect();
    let emphasis = |index: &usize| {
        let subject = lines.series.get(*index).and_then(|series| lines.look.subjects.get(series.subject));
        subject.map(|subject| subject.emphasis)
    };
    order.sort_by_key(|index| match emphasis(index) {
        Some(Emphasis::Context) => 0,
        Some(Emphasis::Highlight) => 2,
        _ => 1,
    });
    order
}

/// How far aside a single value may stand where others lie on it, in radii of a dot.
#[must_use]
pub fn most_aside(lines: Lines<'_>) -> f64 {
    lines.series.iter().filter(|series| !series.dots.is_empty()).count().saturating_sub(1) as f64
}

/// More points than one in so many px are noise where they also leap, at the design's size.
const DENSE: f64 = 3.0;

/// A median step of more than this part of the plot's height is a leap; of points still denser, one as steep.
const LEAP: f64 = 0.08;

/// Whether a line is too restless to be followed: more than a point in 3 px, and every other step a leap.
#[must_use]
pub fn is_noise(points: &[Point], width: f64, values: &Linear) -> bool {
    let known: Vec<f64> = points.iter().filter_map(|point| Some(values.fraction(point.value?))).collect();
    if (known.len() as f64) < width / DENSE {
        return false;
    }
    let mut steps: Vec<f64> =
        known.windows(2).filter_map(|pair| Some((pair.last()? - pair.first()?).abs())).collect();
    steps.sort_by(f64::total_cmp);
    let leap = LEAP * width / DENSE / known.len() as f64;
    steps.get(steps.len() / 2).is_some_and(|median| *median > leap)
}
