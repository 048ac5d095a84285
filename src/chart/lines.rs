//! Lines over time: plotters' line series on our time and value scales.

use plotters::prelude::*;

use super::pen::{Drawn, Pen, Surface, length, rgb, unit};
use super::{texts, thin};
use crate::canvas::{Canvas, Paint, Role, Stroke};
use crate::figure::{Emphasis, Look, Point, Rgb, Series};
use crate::layout::frame::Ground;
use crate::layout::legend::DASHES;
use crate::layout::lines::LineBody;
use crate::layout::plotted::end_of;
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::time::moment::{Moment, Step};

/// Up to this many points a line has a marker at each.
const MARKED_POINTS: usize = 12;

/// Markers closer than this, on average, make a line look dashed, at the design's size.
const MARKER_ROOM: f64 = 16.0;

/// A tail of a period that was still running is dashed from this length on, at the design's size: on a
/// shorter one dashes cannot be told from a line.
const LEAST_TAIL: f64 = 12.0;

/// Its dashes, in multiples of the line's width.
const TAIL_DASH: (f64, f64) = (2.0, 1.6);

/// Opacity of values under an average.
const RAW_OPACITY: f64 = 0.28;

/// Opacity of single observations under a line.
const DOT_OPACITY: f64 = 0.4;

type LineChart<'a, 'f> = ChartContext<'a, Canvas<'f>, Cartesian2d<TimeScale, Linear>>;

/// How one series is drawn.
struct Style {
    subject: usize,
    color: Rgb,
    width: f64,
    dash: Option<(f64, f64)>,
    markers: bool,
    /// Whether its points, and the values under an average, are too many to be drawn one by one.
    thins: (bool, bool),
}

/// Draws axes, events, lines and names.
pub fn draw(
    body: &LineBody,
    series: &[Series],
    step: Step,
    look: &Look,
    ground: Ground<'_>,
    surface: &Surface<'_>,
    pen: &Pen<'_, '_>,
) -> Drawn {
    let plot = body.plot;
    let (left, top) = (unit(plot.left), unit(plot.top));
    let area = surface.clone().shrink((left, top), (unit(plot.right) - left, unit(plot.bottom) - top));
    let mut chart = ChartBuilder::on(&area).build_cartesian_2d(body.time, body.values.clone())?;
    axes(body, look, ground, surface, pen)?;
    for name in body.starts.iter().chain(&body.names) {
        leader(name.leader.as_deref(), ground, surface, pen)?;
    }
    let styles: Vec<Style> = series.iter().map(|s| style(s, step, series, body, look, ground)).collect();
    let mut order: Vec<(&Series, &Style)> = series.iter().zip(&styles).collect();
    order.sort_by_key(|(s, _)| match look.subjects.get(s.subject).map(|s| s.emphasis) {
        Some(Emphasis::Context) => 0,
        Some(Emphasis::Highlight) => 2,
        _ => 1,
    });
    for (series, style) in &order {
        faint(&mut chart, series, style, (body, ground), pen)?;
    }
    for (series, style) in &order {
        line(&mut chart, series, style, (body, ground), pen)?;
    }
    for name in body.starts.iter().chain(&body.names) {
        texts(&name.lines, surface, pen)?;
    }
    legend(body, &styles, surface, pen)
}

/// Gridlines, baseline, ticks, their labels and the events.
fn axes(body: &LineBody, look: &Look, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    let (plot, hair) = (body.plot, ground.sizes.hair);
    let y_of = |value: f64| plot.y(body.values.fraction(value));
    let is_slope = !body.starts.is_empty();
    for &tick in body.values.ticks.iter().filter(|tick| **tick != 0.0 && !is_slope) {
        pen.canvas.role(Role::Grid, None);
        let y = y_of(tick);
        pen.hair(surface, [(plot.left, y), (plot.right, y)], ground.theme.grid, hair)?;
    }
    for x in [plot.left, plot.right].into_iter().filter(|_| is_slope) {
        pen.canvas.role(Role::Grid, None);
        pen.hair(surface, [(x, plot.top), (x, plot.bottom)], ground.theme.grid, hair)?;
    }
    for &line in &body.values.minor {
        pen.canvas.role(Role::MinorGrid, None);
        pen.hair(surface, [(plot.left, y_of(line)), (plot.right, y_of(line))], ground.theme.faint(), hair)?;
    }
    if let Some(value) =
        look.extras.reference.filter(|value| (0.0..=1.0).contains(&body.values.fraction(*value)))
    {
        pen.canvas.role(Role::Reference, None);
        pen.hair(surface, [(plot.left, y_of(value)), (plot.right, y_of(value))], ground.theme.base, hair)?;
    }
    pen.canvas.role(Role::Baseline, None);
    let zero = plot.y(body.values.ground());
    pen.hair(surface, [(plot.left, zero), (plot.right, zero)], ground.theme.base, hair)?;
    if zero + hair < plot.bottom && !is_slope {
        // What the ticks of time stand on where values go below zero.
        pen.hair(surface, [(plot.left, plot.bottom), (plot.right, plot.bottom)], ground.theme.leader, hair)?;
    }
    for &x in &body.time_ticks {
        pen.canvas.role(Role::Tick, None);
        let ends = [(x, plot.bottom), (x, plot.bottom + ground.sizes.px(6.0))];
        pen.hair(surface, ends, ground.theme.base, hair)?;
    }
    texts(&body.value_labels, surface, pen)?;
    texts(&body.time_labels, surface, pen)?;
    for event in &body.events {
        pen.canvas.role(Role::EventLine, None);
        pen.hair(surface, [(event.x, event.top), (event.x, plot.bottom)], ground.theme.base, hair)?;
        texts(&event.lines, surface, pen)?;
    }
    Ok(())
}

fn leader(
    points: Option<&[(f64, f64)]>,
    ground: Ground<'_>,
    surface: &Surface<'_>,
    pen: &Pen<'_, '_>,
) -> Drawn {
    let Some(points) = points else { return Ok(()) };
    pen.canvas.role(Role::Leader, None);
    let width = length(ground.sizes.px(0.75));
    let points: Vec<(i32, i32)> = points.iter().map(|&(x, y)| (unit(x), unit(y))).collect();
    surface.draw(&PathElement::new(points, rgb(ground.theme.leader).stroke_width(width)))
}

fn style(
    series: &Series,
    step: Step,
    all: &[Series],
    body: &LineBody,
    look: &Look,
    ground: Ground<'_>,
) -> Style {
    let subject = look.subjects.get(series.subject);
    let emphasis = subject.map_or(Emphasis::Equal, |s| s.emphasis);
    let weight = match emphasis {
        Emphasis::Equal => 1.0,
        Emphasis::Highlight => 1.33,
        Emphasis::Context => 0.66,
    };
    let color = subject.map_or(ground.theme.context, |s| ground.theme.mark(s.ink, s.emphasis));
    let before = all.iter().take_while(|s| !std::ptr::eq(*s, series));
    let same = before.filter(|s| {
        look.subjects.get(s.subject).is_some_and(|s| ground.theme.mark(s.ink, s.emphasis) == color)
    });
    let dash = if body.legend.is_empty() { None } else { DASHES[same.count() % DASHES.len()] };
    let valued = series.points.iter().filter(|p| p.value.is_some()).count();
    let few = valued <= MARKED_POINTS || (step == Step::Irregular && valued <= MARKED_POINTS * 4);
    let room = (body.plot.right - body.plot.left) / valued as f64;
    let markers = few && room >= ground.sizes.px(MARKER_ROOM);
    let count = |points: &[Point]| points.iter().filter(|point| point.value.is_some()).count();
    let thins = (look.thins(count(&series.points)), look.thins(count(&series.raw)));
    Style { subject: series.subject, color, width: ground.sizes.line * weight, dash, markers, thins }
}

/// The stretches of a line between gaps.
fn stretches(points: &[Point]) -> Vec<Vec<(Moment, f64)>> {
    points
        .split(|p| p.value.is_none())
        .map(|run| run.iter().filter_map(|p| Some((p.at, p.value?))).collect())
        .filter(|run: &Vec<_>| !run.is_empty())
        .collect()
}

/// Stretches as they are drawn: thinned to what can be seen where their points are too many.
fn drawn(stretches: Vec<Vec<(Moment, f64)>>, thins: bool, body: &LineBody) -> Vec<Vec<(Moment, f64)>> {
    if !thins {
        return stretches;
    }
    #[expect(clippy::cast_possible_truncation, reason = "a column of the picture")]
    let column = |at: Moment| (body.plot.x(body.time.fraction(at)) / thin::COLUMN).floor() as i64;
    stretches.iter().map(|run| thin::thinned(run, column)).collect()
}

/// What lies under the lines: raw values and single observations.
fn faint(
    chart: &mut LineChart<'_, '_>,
    series: &Series,
    style: &Style,
    (body, ground): (&LineBody, Ground<'_>),
    pen: &Pen<'_, '_>,
) -> Drawn {
    pen.canvas.role(Role::RawSeries, Some(style.subject));
    let raw = rgb(style.color).mix(RAW_OPACITY).stroke_width(length(ground.sizes.px(1.0)));
    for stretch in drawn(stretches(&series.raw), style.thins.1, body) {
        chart.draw_series(LineSeries::new(stretch, raw))?;
    }
    pen.canvas.role(Role::Dot, Some(style.subject));
    let dots = series.dots.iter().filter_map(|p| Some((p.at, p.value?)));
    let (radius, fill) = (length(ground.sizes.px(2.5)), rgb(style.color).mix(DOT_OPACITY).filled());
    chart.draw_series(dots.map(|at| Circle::new(at, radius, fill)))?;
    Ok(())
}

/// The steps at a series' ends from and to periods that are not whole, first and last, with their lengths in px;
/// `None` where the series has no such period, or no step to it.
fn torn(series: &Series, body: &LineBody) -> [Option<(Torn, f64)>; 2] {
    let runs = stretches(&series.points);
    let first = runs.first().filter(|_| series.partial_start).map(Vec::as_slice);
    let last = runs.last().filter(|_| series.partial).map(Vec::as_slice);
    let first = first.and_then(|run| if let [from, to, ..] = run { Some([*from, *to]) } else { None });
    let last = last.and_then(|run| if let [.., from, to] = run { Some([*from, *to]) } else { None });
    // The only step of a line has one end torn at most: it is drawn once.
    let first = first.filter(|step| last.as_ref() != Some(step));
    [first, last].map(|step| step.map(|step| (step, length_of(&step, body))))
}

/// A step of a line.
type Torn = [(Moment, f64); 2];

fn length_of([from, to]: &Torn, body: &LineBody) -> f64 {
    let place = |&(at, value): &(Moment, f64)| {
        (body.plot.x(body.time.fraction(at)), body.plot.y(body.values.fraction(value)))
    };
    let ((x0, y0), (x1, y1)) = (place(from), place(to));
    libm::hypot(x1 - x0, y1 - y0)
}

/// A series: halo, line, markers, its last point.
fn line(
    chart: &mut LineChart<'_, '_>,
    series: &Series,
    style: &Style,
    (body, ground): (&LineBody, Ground<'_>),
    pen: &Pen<'_, '_>,
) -> Drawn {
    let runs = drawn(stretches(&series.points), style.thins.0, body);
    // Under a line as dense as this a halo would only wipe out its neighbours.
    let haloed = runs.iter().filter(|run| run.len() > 1 && !style.thins.0);
    // Where dashes tell lines apart, only the hollow point tells of the period.
    let is_clear = |length: f64| style.dash.is_none() && length >= ground.sizes.px(LEAST_TAIL);
    let torn = torn(series, body).map(|step| step.filter(|(_, length)| is_clear(*length)));
    let [head, tail] = torn.map(|step| step.map(|(ends, _)| ends));
    let halo = rgb(ground.theme.background).stroke_width(length(style.width + ground.sizes.px(1.5)));
    pen.canvas.role(Role::Halo, Some(style.subject));
    for run in haloed {
        chart.draw_series(LineSeries::new(run.iter().copied(), halo))?;
    }
    pen.canvas.role(Role::Series, Some(style.subject));
    pen.canvas
        .dash(style.dash.map(|(dash, space)| (length(dash * style.width), length(space * style.width))));
    let stroke = rgb(style.color).stroke_width(length(style.width));
    for (i, run) in runs.iter().enumerate() {
        let cut = usize::from(tail.is_some() && i + 1 == runs.len());
        let start = usize::from(head.is_some() && i == 0);
        let whole = run.iter().take(run.len() - cut).skip(start).copied();
        if whole.len() > 1 {
            chart.draw_series(LineSeries::new(whole, stroke))?;
        }
    }
    for ends in [head, tail].into_iter().flatten() {
        let (dash, space) = TAIL_DASH;
        pen.canvas.dash(Some((length(dash * style.width), length(space * style.width))));
        chart.draw_series(LineSeries::new(ends, stroke))?;
    }
    pen.canvas.role(Role::Dot, Some(style.subject));
    let end = end_of(series);
    let start = runs.first().and_then(|run| run.first().copied()).filter(|_| series.partial_start);
    let lone = |run: &&Vec<(Moment, f64)>| style.markers || run.len() == 1;
    let marked = runs.iter().filter(lone).flatten().copied();
    let marked = marked.filter(|point| Some(*point) != end && Some(*point) != start);
    let fill = rgb(style.color).filled();
    let ring = |width: f64| {
        Some(Stroke { paint: Paint::opaque(ground.theme.background), width: length(width), dash: None })
    };
    pen.canvas.ring(ring(ground.sizes.px(1.0)));
    let radius = if body.starts.is_empty() {
        ground.sizes.px(2.75).max(style.width * 0.9)
    } else {
        end_radius(style, ground)
    };
    let radius = length(radius);
    chart.draw_series(marked.map(|at| Circle::new(at, radius, fill)))?;
    if start.is_some() && start != end {
        end_dot(chart, Role::Dot, (start, true), style, ground, pen)?;
    }
    end_dot(chart, Role::EndDot, (end, series.partial), style, ground, pen)
}

/// Radius of the points at a line's ends, in px.
fn end_radius(style: &Style, ground: Ground<'_>) -> f64 {
    ground.sizes.px(3.5).max(style.width)
}

/// The first or last point; hollow where its period is not whole.
fn end_dot(
    chart: &mut LineChart<'_, '_>,
    role: Role,
    (end, hollow): (Option<(Moment, f64)>, bool),
    style: &Style,
    ground: Ground<'_>,
    pen: &Pen<'_, '_>,
) -> Drawn {
    pen.canvas.role(role, Some(style.subject));
    let (ground_color, color) = (ground.theme.background, style.color);
    let (fill, ring, width) = if hollow {
        (ground_color, color, ground.sizes.px(1.75))
    } else {
        (color, ground_color, ground.sizes.px(1.0))
    };
    pen.canvas.ring(Some(Stroke { paint: Paint::opaque(ring), width: length(width), dash: None }));
    let radius = length(end_radius(style, ground));
    chart.draw_series(end.into_iter().map(|at| Circle::new(at, radius, rgb(fill).filled())))?;
    Ok(())
}

fn legend(body: &LineBody, styles: &[Style], surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    for entry in &body.legend {
        let Some(style) = styles.get(entry.series) else { continue };
        pen.canvas.role(Role::LegendKey, Some(style.subject));
        pen.canvas
            .dash(style.dash.map(|(dash, space)| (length(dash * style.width), length(space * style.width))));
        let (from, to, y) = entry.key;
        let points = vec![(unit(from), unit(y)), (unit(to), unit(y))];
        surface.draw(&PathElement::new(points, rgb(style.color).stroke_width(length(style.width))))?;
        texts(&entry.lines, surface, pen)?;
    }
    Ok(())
}
