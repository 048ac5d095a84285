//! What stands inside of a plot beside the lines: points that claims speak of, and names of lines that end before
//! the others. Everything finds the freest place around its point.
//!
//! It must not know what a claim says.

use super::column::{EndLabel, SHARED};
use super::events::EventMark;
use super::frame::Ground;
use super::free::{Taken, around, freest};
use super::names::{NameColumn, Named, end_value};
use super::plotted::{Lines, drawing_order, end_of, most_aside};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::figure::{Point, Rgb, Series};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::text::{TextStyle, Weight};
use crate::time::moment::Moment;

/// From a point to its text, the nearest first, at the design's size.
const GAPS: [f64; 5] = [9.0, 13.0, 18.0, 25.0, 34.0];

/// A text keeps so far from everything else; further than that counts for nothing, at the design's size.
const LEAST: f64 = 2.5;
const ENOUGH: f64 = 16.0;

/// Radius of the ring at a crossing, and of the dot of a peak, at the design's size.
const RING: f64 = 5.0;
const PEAK: f64 = 3.5;

/// A point that a claim speaks of.
#[derive(Debug, Clone, PartialEq)]
pub struct ClaimedMark {
    /// Where, in px.
    pub at: (f64, f64),
    /// Its radius.
    pub radius: f64,
    /// Whose it is.
    pub subject: usize,
    /// The colour of a dot; `None` for a ring.
    pub fill: Option<Rgb>,
    /// When it was, or how much; nothing where that has no room.
    pub text: Option<TextLine>,
}

/// What stands inside of a plot.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Inside {
    pub(super) marks: Vec<ClaimedMark>,
    pub(super) names: Vec<EndLabel>,
    /// Series whose names find no place.
    pub(super) unnamed: Vec<usize>,
}

/// Where the data are drawn.
#[derive(Clone, Copy)]
pub(super) struct Scales<'s> {
    pub(super) plot: Area,
    pub(super) time: &'s TimeScale,
    pub(super) values: &'s Linear,
}

impl Scales<'_> {
    pub(super) fn place(&self, at: Moment, value: f64) -> (f64, f64) {
        (self.plot.x(self.time.fraction(at)), self.plot.y(self.values.fraction(value)))
    }

    /// The stretches of a line between its gaps.
    pub(super) fn runs(&self, points: &[Point]) -> Vec<Vec<(f64, f64)>> {
        let valued = |run: &[Point]| run.iter().filter_map(|p| Some(self.place(p.at, p.value?))).collect();
        points.split(|p| p.value.is_none()).map(valued).filter(|run: &Vec<_>| !run.is_empty()).collect()
    }
}

/// Puts everything in its place; `zero` is the height of the time axis.
pub(super) fn arrange(
    lines: Lines<'_>,
    column: Option<&NameColumn>,
    scales: Scales<'_>,
    events: &[EventMark],
    ground: Ground<'_>,
) -> Inside {
    let early = column.iter().any(|column| column.texts.iter().any(|named| named.early));
    if lines.look.marked.is_empty() && !early {
        return Inside::default();
    }
    let mut taken = taken(lines, scales, events, ground);
    let mut inside = Inside::default();
    for marked in &lines.look.marked {
        let at = scales.place(marked.at, marked.value);
        taken.dot(at, ground.sizes.px(RING + 1.0));
        let subject = lines.look.subjects.get(marked.subject);
        let ink =
            subject.map(|s| (ground.theme.mark(s.ink, s.emphasis), ground.theme.name(s.ink, s.emphasis)));
        let (fill, name) = ink.unwrap_or((ground.theme.axis, ground.theme.axis));
        let style = TextStyle { size: ground.sizes.tick, weight: Weight::Medium };
        let is_crossing = marked.when.is_some();
        let words = marked.when.clone().unwrap_or_else(|| end_value(scales.values, marked.value));
        let area = spot(at, (ground.width_of(&words, style), style.size), &taken, scales.plot, ground);
        let color = if is_crossing { ground.theme.title } else { name };
        let text = area.map(|area| {
            taken.area(area);
            text(words, style, color, area, (Role::ClaimedLabel, Some(marked.subject)), ground)
        });
        inside.marks.push(ClaimedMark {
            at,
            radius: ground.sizes.px(if is_crossing { RING } else { PEAK }),
            subject: marked.subject,
            fill: (!is_crossing).then_some(fill),
            text,
        });
    }
    let Some(column) = column else { return inside };
    for (index, (series, named)) in lines.series.iter().zip(&column.texts).enumerate() {
        let Some((at, value)) = end_of(series).filter(|_| named.early) else { continue };
        let end = scales.place(at, value);
        let place = |named: &Named, at| {
            let size = (column.width_of(named, ground), column.height_of(named));
            spot(at, size, &taken, scales.plot, ground).map(|area| (area, named.value.is_some()))
        };
        let bare = Named { value: None, ..named.clone() };
        let found = place(named, end).or_else(|| place(&bare, end));
        let found = found.or_else(|| along(series, scales).into_iter().find_map(|at| place(&bare, at)));
        match found {
            Some((area, has_value)) => {
                taken.area(area);
                let shown = if has_value { named } else { &bare };
                let mut texts = column.texts_of(lines, (index, shown), (area.left, area.top), ground);
                texts.iter_mut().for_each(|line| line.halo = true);
                inside.names.push(EndLabel { lines: texts, leader: None, color: ground.theme.axis });
            }
            None => inside.unnamed.push(index),
        }
    }
    inside
}

/// Places on a line that its name may stand beside where it has no room at the end: its highest point, and others.
fn along(series: &Series, scales: Scales<'_>) -> Vec<(f64, f64)> {
    let known: Vec<(f64, f64)> = scales.runs(&series.points).concat();
    let highest = known.iter().copied().min_by(|a, b| a.1.total_cmp(&b.1));
    let others = (1..=7).rev().filter_map(|part| known.get(known.len() * part / 8).copied());
    highest.into_iter().chain(others).collect()
}

/// Everything that is drawn in the plot.
fn taken(lines: Lines<'_>, scales: Scales<'_>, events: &[EventMark], ground: Ground<'_>) -> Taken {
    let mut taken = Taken::default();
    let plot = scales.plot;
    for series in lines.series {
        for run in scales.runs(&series.points).iter().chain(&scales.runs(&series.raw)) {
            taken.line(run);
        }
        let dots = series.dots.iter().filter_map(|dot| Some((dot.at, dot.value?)));
        let aside = ground.sizes.px(2.5 * most_aside(lines));
        dots.for_each(|(at, value)| {
            let ((x, y), radius) = (scales.place(at, value), ground.sizes.px(3.0));
            let (left, right) = (x - radius - aside, x + radius + aside);
            taken.area(Area { left, top: y - radius, right, bottom: y + radius });
        });
        let few = series.points.len() <= 48;
        let marked = series.points.iter().filter(|_| few).filter_map(|p| Some((p.at, p.value?)));
        marked.chain(end_of(series)).for_each(|(at, value)| {
            taken.dot(scales.place(at, value), ground.sizes.px(4.5));
        });
    }
    let level = |y: f64| [(plot.left, y), (plot.right, y)];
    taken.line(&level(plot.bottom));
    taken.line(&level(plot.y(scales.values.ground())));
    if let Some(value) = lines.look.extras.reference {
        taken.line(&level(plot.y(scales.values.fraction(value))));
    }
    events.iter().filter(|event| !event.is_stub).for_each(|event| {
        taken.line(&[(event.x, plot.top), (event.x, plot.bottom)]);
    });
    taken
}

/// The freest place around a point, near it where there is one.
fn spot(at: (f64, f64), size: (f64, f64), taken: &Taken, plot: Area, ground: Ground<'_>) -> Option<Area> {
    let (least, enough) = (ground.sizes.px(LEAST), ground.sizes.px(ENOUGH));
    GAPS.iter()
        .find_map(|gap| freest(&around(at, size, ground.sizes.px(*gap)), taken, &plot, (least, enough)))
}

fn text(
    text: String,
    style: TextStyle,
    color: Rgb,
    area: Area,
    (role, subject): (Role, Option<usize>),
    ground: Ground<'_>,
) -> TextLine {
    let baseline = ground.centered((area.top + area.bottom) / 2.0, style);
    TextLine { role, subject, text, style, color, anchor: Anchor::Left, x: area.left, baseline, halo: true }
}

/// Series whose last point is hidden by another's dot.
pub(super) fn shared_dots(lines: Lines<'_>, scales: Scales<'_>, ground: Ground<'_>) -> Vec<usize> {
    let mut shown: Vec<(f64, f64)> = Vec::new();
    let mut shared = Vec::new();
    for index in drawing_order(lines).into_iter().rev() {
        let Some((at, value)) = lines.series.get(index).and_then(end_of) else { continue };
        let end = scales.place(at, value);
        let near = |other: &(f64, f64)| (other.0 - end.0).abs().max((other.1 - end.1).abs());
        if shown.iter().any(|other| near(other) <= ground.sizes.px(SHARED)) {
            shared.push(index);
        } else {
            shown.push(end);
        }
    }
    shared
}
