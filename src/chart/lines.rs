//! Lines over time: plotters' line series on our time and value scales.

use plotters::prelude::*;

use super::pen::{Drawn, Pen, Surface, length, rgb, unit};
use super::{texts, thin};
use crate::canvas::{Canvas, Paint, Role, Stroke};
use crate::figure::{Emphasis, Look, Point, Rgb, Series};
use crate::layout::Area;
use crate::layout::column::EndLabel;
use crate::layout::events::EventMark;
use crate::layout::frame::Ground;
use crate::layout::legend::DASHES;
use crate::layout::lines::LineBody;
use crate::layout::plotted::{Lines, drawing_order, end_of, is_noise};
use crate::layout::weave::{self, Kept, Strand, Woven};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::theme::color::mix;
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

/// Width of a line too restless to be followed, and of one that runs along another beneath it, as parts of a line's.
const NOISE: f64 = 0.5;
const THIN: f64 = 0.6;

/// Parts of 255 by which an event's line is paler inside of the plot.
const FAINT: u16 = 96;

/// Opacity of values under an average, on a light ground and on a dark one.
const RAW_OPACITY: (f64, f64) = (0.28, 0.4);

/// More single observations than this are a cloud, in which none stands aside of another.
const FEW_DOTS: usize = 500;

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
    /// Whether it is parted from lines beneath it: not where it is too restless or dense for that.
    parts: bool,
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
        leader(name, ground, surface, pen)?;
    }
    let styles: Vec<Style> = series.iter().map(|s| style(s, step, series, body, look, ground)).collect();
    let order: Vec<usize> = drawing_order(Lines { look, series, step });
    let in_order =
        || order.iter().filter_map(|index| Some((*index, series.get(*index)?, styles.get(*index)?)));
    for (_, one, style) in in_order() {
        faint(&mut chart, one, style, (body, ground), pen)?;
        singles(one, style, series, (body, ground), (surface, pen))?;
    }
    let runs: Vec<Vec<Vec<(Moment, f64)>>> =
        in_order().map(|(_, series, style)| drawn(stretches(&series.points), style.thins.0, body)).collect();
    let woven = woven(in_order().map(|(.., style)| style).zip(&runs), body, ground);
    for (((index, series, style), runs), woven) in in_order().zip(&runs).zip(&woven) {
        line(&mut chart, series, style, (runs, woven), (body, ground), (surface, pen))?;
        dots(&mut chart, series, style, runs, (body, ground, body.shared.contains(&index)), pen)?;
    }
    claimed(body, ground, surface, pen)?;
    for name in body.starts.iter().chain(&body.names) {
        texts(&name.lines, surface, pen)?;
    }
    legend(body, &styles, surface, pen)
}

/// How lines lie upon each other, the lowest first.
fn woven<'s>(
    lines: impl Iterator<Item = (&'s Style, &'s Vec<Vec<(Moment, f64)>>)>,
    body: &LineBody,
    ground: Ground<'_>,
) -> Vec<Woven> {
    let strand = |(style, runs): (&Style, &Vec<Vec<(Moment, f64)>>)| Strand {
        runs: runs.iter().map(|run| run.iter().map(|point| place(point, body)).collect()).collect(),
        width: style.width,
        parts: style.parts,
    };
    let strands: Vec<Strand> = lines.map(strand).collect();
    let kept = Kept {
        level: vec![body.plot.bottom, zero(body)],
        upright: body.events.iter().map(|event| event.x).collect(),
    };
    weave::weave(&strands, &kept, ground.sizes.px(1.0))
}

fn place(&(at, value): &(Moment, f64), body: &LineBody) -> (f64, f64) {
    (body.plot.x(body.time.fraction(at)), body.plot.y(body.values.fraction(value)))
}

/// The height of the line that values stand on.
fn zero(body: &LineBody) -> f64 {
    body.plot.y(body.values.ground())
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
    let zero = zero(body);
    pen.hair(surface, [(plot.left, zero), (plot.right, zero)], ground.theme.base, hair)?;
    if (plot.bottom - zero).abs() > 1.0 && !is_slope {
        // Ticks hang on a line of their own, fainter than that of zero.
        pen.canvas.role(Role::Axis, None);
        pen.hair(surface, [(plot.left, plot.bottom), (plot.right, plot.bottom)], ground.theme.leader, hair)?;
    }
    for &x in &body.time_ticks {
        pen.canvas.role(Role::Tick, None);
        let ends = [(x, plot.bottom), (x, plot.bottom + ground.sizes.px(6.0))];
        pen.hair(surface, ends, ground.theme.base, hair)?;
    }
    texts(&body.value_labels, surface, pen)?;
    texts(&body.time_labels, surface, pen)?;
    body.events.iter().try_for_each(|event| draw_event(event, plot, ground, surface, pen))
}

/// An event: its line faint inside of the plot, its words or its number above it.
fn draw_event(
    event: &EventMark,
    plot: Area,
    ground: Ground<'_>,
    surface: &Surface<'_>,
    pen: &Pen<'_, '_>,
) -> Drawn {
    let (x, hair) = (event.x, ground.sizes.hair);
    let above = event.circle.map_or(x, |((center, _), _)| center);
    pen.canvas.role(Role::EventLine, None);
    if event.top < plot.top && above == x {
        pen.hair(surface, [(x, event.top), (x, plot.top)], ground.theme.base, hair)?;
    } else if event.top < plot.top {
        let ends = vec![(unit(above), unit(event.top)), (unit(x), unit(plot.top))];
        surface.draw(&PathElement::new(ends, rgb(ground.theme.base).stroke_width(length(hair))))?;
    }
    if !event.is_stub {
        let faint = mix(ground.theme.leader, ground.theme.background, FAINT);
        pen.hair(surface, [(x, plot.top), (x, plot.bottom)], faint, hair)?;
    }
    if let Some((center, radius)) = event.circle {
        pen.canvas.role(Role::EventNumber, None);
        circle(center, radius, (ground.theme.background, ground.theme.base, hair), surface, pen)?;
    }
    texts(&event.lines, surface, pen)
}

/// A disc with a ring.
fn circle(
    (x, y): (f64, f64),
    radius: f64,
    (fill, ring, width): (Rgb, Rgb, f64),
    surface: &Surface<'_>,
    pen: &Pen<'_, '_>,
) -> Drawn {
    pen.canvas.ring(Some(Stroke { paint: Paint::opaque(ring), width: length(width), dash: None }));
    #[expect(clippy::cast_possible_wrap, reason = "some px")]
    let size = length(radius) as i32;
    surface.draw(&Circle::new((unit(x), unit(y)), size, rgb(fill).filled()))
}

/// Points that claims speak of: a ring where lines cross, a dot where one is highest.
fn claimed(body: &LineBody, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    for mark in &body.marks {
        pen.canvas.role(Role::Claimed, Some(mark.subject));
        match mark.fill {
            Some(fill) => {
                let ring = (fill, ground.theme.background, ground.sizes.px(1.0));
                circle(mark.at, mark.radius, ring, surface, pen)?;
            }
            None => {
                let width = length(ground.sizes.px(1.25));
                #[expect(clippy::cast_possible_wrap, reason = "some px")]
                let size = length(mark.radius) as i32;
                let (x, y) = mark.at;
                let ring = rgb(ground.theme.title).stroke_width(width);
                surface.draw(&Circle::new((unit(x), unit(y)), size, ring))?;
            }
        }
        mark.text.iter().try_for_each(|text| texts(std::slice::from_ref(text), surface, pen))?;
    }
    Ok(())
}

fn leader(name: &EndLabel, ground: Ground<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
    let Some(ends) = name.leader else { return Ok(()) };
    pen.canvas.role(Role::Leader, None);
    let width = length(ground.sizes.px(0.75));
    let points: Vec<(i32, i32)> = ends.iter().map(|&(x, y)| (unit(x), unit(y))).collect();
    surface.draw(&PathElement::new(points, rgb(name.color).stroke_width(width)))
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
    let is_noise = is_noise(&series.points, body.plot.width() / ground.sizes.factor, &body.values);
    let width = ground.sizes.line * if is_noise { NOISE } else { weight };
    // Where dashes tell lines apart they must stay as they are.
    let parts = !is_noise && !thins.0 && dash.is_none();
    Style { subject: series.subject, color, width, dash, markers, parts, thins }
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

/// The raw values under the lines.
fn faint(
    chart: &mut LineChart<'_, '_>,
    series: &Series,
    style: &Style,
    (body, ground): (&LineBody, Ground<'_>),
    pen: &Pen<'_, '_>,
) -> Drawn {
    pen.canvas.role(Role::RawSeries, Some(style.subject));
    let opacity = if ground.theme.is_light() { RAW_OPACITY.0 } else { RAW_OPACITY.1 };
    let raw = rgb(style.color).mix(opacity).stroke_width(length(ground.sizes.px(1.0)));
    for stretch in drawn(stretches(&series.raw), style.thins.1, body) {
        chart.draw_series(LineSeries::new(stretch, raw))?;
    }
    Ok(())
}

/// Single observations under the lines; those of one place stand side by side.
fn singles(
    series: &Series,
    style: &Style,
    all: &[Series],
    (body, ground): (&LineBody, Ground<'_>),
    (surface, pen): (&Surface<'_>, &Pen<'_, '_>),
) -> Drawn {
    pen.canvas.role(Role::Dot, Some(style.subject));
    let (radius, fill) = (ground.sizes.px(2.5), rgb(style.color).mix(DOT_OPACITY).filled());
    let few = all.iter().map(|other| other.dots.len()).sum::<usize>() <= FEW_DOTS;
    #[expect(clippy::cast_possible_wrap, reason = "some px")]
    let size = length(radius) as i32;
    for dot in series.dots.iter().filter_map(|p| Some((p.at, p.value?))) {
        let (x, y) = place(&dot, body);
        let here = |other: &&Series| {
            let mut dots = other.dots.iter().filter(|p| p.at == dot.0).filter_map(|p| Some((p.at, p.value?)));
            dots.any(|other| (place(&other, body).1 - y).abs() < radius / 2.0)
        };
        let alike: Vec<usize> = all.iter().filter(|_| few).filter(here).map(|other| other.subject).collect();
        let own = alike.iter().position(|subject| *subject == series.subject).unwrap_or(0);
        let aside = (own as f64 - (alike.len().max(1) - 1) as f64 / 2.0) * radius * 2.0;
        let x = (x + aside).max(body.plot.left).min(body.plot.right);
        surface.draw(&Circle::new((unit(x), unit(y)), size, fill))?;
    }
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
    let ((x0, y0), (x1, y1)) = (place(from, body), place(to, body));
    libm::hypot(x1 - x0, y1 - y0)
}

/// A line with its halos, thinner where it runs along another.
fn line(
    chart: &mut LineChart<'_, '_>,
    series: &Series,
    style: &Style,
    (runs, woven): (&[Vec<(Moment, f64)>], &Woven),
    (body, ground): (&LineBody, Ground<'_>),
    (surface, pen): (&Surface<'_>, &Pen<'_, '_>),
) -> Drawn {
    // Where dashes tell lines apart, only the hollow point tells of the period.
    let is_clear = |length: f64| style.dash.is_none() && length >= ground.sizes.px(LEAST_TAIL);
    let torn = torn(series, body).map(|step| step.filter(|(_, length)| is_clear(*length)));
    let [head, tail] = torn.map(|step| step.map(|(ends, _)| ends));
    let path = |places: &[(f64, f64)], color: Rgb, width: f64| {
        let points: Vec<(i32, i32)> = places.iter().map(|&(x, y)| (unit(x), unit(y))).collect();
        PathElement::new(points, rgb(color).stroke_width(length(width)))
    };
    pen.canvas.role(Role::Halo, Some(style.subject));
    for piece in &woven.halos {
        surface.draw(&path(piece, ground.theme.background, style.width + ground.sizes.px(1.5)))?;
    }
    pen.canvas.role(Role::Series, Some(style.subject));
    pen.canvas
        .dash(style.dash.map(|(dash, space)| (length(dash * style.width), length(space * style.width))));
    let stroke = rgb(style.color).stroke_width(length(style.width));
    for (i, run) in runs.iter().enumerate() {
        let cut = usize::from(tail.is_some() && i + 1 == runs.len());
        let start = usize::from(head.is_some() && i == 0);
        let whole: Vec<(Moment, f64)> = run.iter().take(run.len() - cut).skip(start).copied().collect();
        if whole.len() < 2 {
            continue;
        }
        let places: Vec<(f64, f64)> = whole.iter().map(|point| place(point, body)).collect();
        let ends = places.first().zip(places.last());
        let is_thinned =
            ends.is_some_and(|(a, b)| woven.thin.iter().any(|(from, to)| *from < b.0 && a.0 < *to));
        if !is_thinned {
            chart.draw_series(LineSeries::new(whole, stroke))?;
            continue;
        }
        for (part, thin) in weave::parted(&places, &woven.thin) {
            let width = style.width * if thin { THIN } else { 1.0 };
            surface.draw(&path(&part, style.color, width))?;
        }
    }
    for ends in [head, tail].into_iter().flatten() {
        let (dash, space) = TAIL_DASH;
        pen.canvas.dash(Some((length(dash * style.width), length(space * style.width))));
        chart.draw_series(LineSeries::new(ends, stroke))?;
    }
    Ok(())
}

/// The points of a line that are marked, and its last one, unless that shares another's dot.
fn dots(
    chart: &mut LineChart<'_, '_>,
    series: &Series,
    style: &Style,
    runs: &[Vec<(Moment, f64)>],
    (body, ground, is_shared): (&LineBody, Ground<'_>, bool),
    pen: &Pen<'_, '_>,
) -> Drawn {
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
    let end = end.filter(|_| !is_shared);
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
