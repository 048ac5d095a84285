//! `rank`: the places of a few over time, 1 on top, with names and places at both ends.
//!
//! Who shares a place stands side by side there, one over the other, and its label has a `=`. Distances between
//! places are no sizes, so there is no value axis.

use super::parts::axes;
use super::parts::labels::{Label, Labels, REACH};
use super::parts::strokes::{self, Px};
use super::{Body, Chart, Fit, Shape, Unsuited, parts};
use crate::canvas::Role;
use crate::chart::pen::{Drawn, Pen, Surface};
use crate::chart::texts;
use crate::diag::{self, Report};
use crate::figure::{Emphasis, Kind, Look, Marks, Panel, Rgb, Series};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::{Area, TextLine};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::spec::FigureSpec;
use crate::time::moment::{Moment, Step};

pub(super) struct Rank;

static KIND: Kind = Kind {
    name: "rank",
    code: "Rank",
    noun: "Rank chart",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: true,
    stacks: false,
    torn: "hollow",
    refuses: &[
        ("digits", "it prints places, which are whole"),
        ("at", "use `from` and `to`"),
        ("panels", "use `chart = \"facets\"`"),
        ("events", "use `chart = \"line\"` to mark dates"),
        ("average", "ranks have no mean: the distance of two ranks is no amount"),
    ],
};

/// More lines in colour than this nobody follows from place to place.
const MOST: usize = 8;

/// Height of a place in ems of its name, and the height of all of them over the picture's width at most.
const ROW: f64 = 15.0 / 7.0;
const TALLEST: f64 = 0.9;

/// Part of the content's width that names may take at the end, and at the start.
const NAMES: (f64, f64) = (0.3, 0.22);

/// From the last place to the axis, in ems of a name.
const BELOW: f64 = 6.0 / 7.0;

/// From the end of a line in the plot to its label, at the design's size.
const BESIDE: f64 = 10.0;

/// Dots stand at every date where these are that far apart, at the design's size.
const DOT_ROOM: f64 = 20.0;

impl Chart for Rank {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        let Some(panel) = frame.panels.first() else { return Ok(()) };
        if !panel.basis.lower_is_better() {
            let why = format!("a rank chart of {}: its values are no ranks", panel.measure);
            return Err(Unsuited::new(
                why,
                "set `rank = true`, which makes ranks of them, or use `chart = \"line\"`",
            ));
        }
        if panel.first.is_none_or(|first| Some(first) == panel.shown) {
            return Err(Unsuited::new(
                "a rank chart of one date: it shows how places change",
                "leave `rank` out, and use `chart = \"bar\"`",
            ));
        }
        let colored = frame.look.subjects.iter().filter(|s| s.emphasis != Emphasis::Context).count();
        if colored > MOST {
            let why = format!("a rank chart of {colored} lines in colour: more than {MOST} nobody follows");
            return Err(Unsuited::new(why, "`highlight` who matters, or set `top = 8`"));
        }
        Ok(())
    }

    fn fits(&self, shape: &Shape) -> Option<Fit> {
        let is_fit = shape.are_ranks && shape.dates > 2 && !shape.has_groups;
        (is_fit && (2..=MOST).contains(&shape.subjects)).then_some(Fit::Special)
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        parts::lines::marks(spec, frame, panel)
    }

    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report> {
        let [Panel { marks: Marks::Lines { series, step }, .. }] = panels else {
            return Err(diag::error("own-fault", "expected one panel of ranks").into());
        };
        Ok(Box::new(arrange(look, series, *step, header, ground)?))
    }
}

/// A line in its place.
struct Placed {
    subject: usize,
    /// Its points in px, with a gap where it breaks.
    points: Vec<Option<Px>>,
    /// Whether its first, and its last point is of a period that is not whole.
    torn: (bool, bool),
    color: Rgb,
    emphasis: Emphasis,
}

/// Everything in its place.
struct Bump<'a> {
    plot: Area,
    lines: Vec<Placed>,
    /// Whether there is a dot at every date.
    dotted: bool,
    ticks: Vec<f64>,
    leaders: Vec<[Px; 3]>,
    texts: Vec<TextLine>,
    bottom: f64,
    ground: Ground<'a>,
}

/// The labels at the lines' starts, of places alone where names have no room there, and those at their ends.
fn sides(look: &Look, series: &[Series], first: Moment, ground: Ground<'_>) -> (Labels, Labels) {
    let content = ground.right() - ground.left();
    let named = |s: &Series, at: Option<(Moment, f64)>, text: &dyn Fn(&str, &str) -> String| {
        let (at, rank) = at?;
        let subject = look.subjects.get(s.subject)?;
        let rank = format!("{rank:.0}{}", if sharing(series, at, rank) > 1 { "=" } else { "" });
        let color = ground.theme.name(subject.ink, subject.emphasis);
        Some((Some(s.subject), text(&subject.label, &rank), color))
    };
    let end = |s: &Series| s.points.iter().rev().find_map(|p| Some((p.at, p.value?)));
    let start = |s: &Series| s.points.iter().find_map(|p| Some((p.at, p.value?)));
    let starts = |text: &dyn Fn(&str, &str) -> String| {
        let names = series.iter().filter_map(|s| named(s, start(s).filter(|(at, _)| *at == first), text));
        Labels::new(names, Role::StartLabel, content * NAMES.1, ground)
    };
    let ends = series.iter().filter_map(|s| named(s, end(s), &|name, rank| format!("{rank}\u{a0} {name}")));
    let right = Labels::new(ends, Role::SeriesLabel, content * NAMES.0, ground);
    let left = starts(&|name, rank| format!("{name} \u{a0}{rank}"));
    (if left.are_short() { left } else { starts(&|_, rank| rank.to_owned()) }, right)
}

fn arrange<'a>(
    look: &Look,
    series: &[Series],
    step: Step,
    header: &Header,
    ground: Ground<'a>,
) -> Result<Bump<'a>, Report> {
    let Some(((first, last), (_, lowest))) = axes::extent(series) else {
        return Err(diag::error("nothing-to-draw", "no value to draw").hint("check `from` and `to`").into());
    };
    let sizes = ground.sizes;
    let (time, values) = (TimeScale::over(first, last, step), Linear::ranks(lowest, 3));
    let (left, right) = sides(look, series, first, ground);
    let gap = sizes.px(2.0);
    let top = header.header_bottom + sizes.px(16.0) + sizes.label / 2.0;
    let axis = axes::time_height(ground) + sizes.label * BELOW;
    let needed = right.total(gap).max(left.total(gap)).max(sizes.px(90.0));
    let rows = (sizes.label * ROW * (values.max - 1.0)).min(ground.width * TALLEST);
    let free = look.height.map(|asked| f64::from(asked) - header.footer_height - axis - top);
    let height = high_enough(free, (rows, needed), look)?;
    let plot = Area {
        left: (ground.left() + left.width + sizes.px(REACH)).round(),
        top: top.round(),
        right: (ground.right() - right.width - sizes.px(REACH)).round(),
        bottom: (top + height).round(),
    };
    let row = plot.height() / (values.max - 1.0);
    let apart = sizes.px(8.0).min(row * 0.45);
    let lines: Vec<Placed> =
        series.iter().map(|s| placed(s, series, (plot, &time, &values, apart), look, ground)).collect();
    let dates = axes::dates(series.iter());
    let ticks = axes::time(&dates, (&time, step), look.by_age, (plot.left, plot.right), ground);
    let places = dates.len().saturating_sub(1).max(1) as f64;
    let mut body = Bump {
        plot,
        dotted: plot.width() / places >= sizes.px(DOT_ROOM),
        ticks: ticks.ticks.clone(),
        leaders: Vec::new(),
        texts: Vec::new(),
        bottom: plot.bottom + axis,
        lines,
        ground,
    };
    let edges = (ground.left(), ground.right());
    let below = plot.bottom + sizes.label * BELOW;
    body.texts = axes::within(ticks, edges, below, ground);
    body.label(&right, true);
    body.label(&left, false);
    Ok(body)
}

/// The height of the plot: what is free, or else as high as its rows or its names want it.
fn high_enough(free: Option<f64>, (rows, needed): (f64, f64), look: &Look) -> Result<f64, Report> {
    let Some(free) = free.map(f64::floor) else { return Ok(rows.max(needed).ceil()) };
    if free >= needed {
        return Ok(free);
    }
    let asked = look.height.map_or(0.0, f64::from);
    let message = format!("cannot draw this figure {asked} px high: its names would have no room");
    let hint = format!("set `height` to {} or more, or leave it out", (asked + needed - free).ceil());
    Err(diag::error("height-too-small", message).hint(hint).into())
}

/// How many have a rank at a date.
fn sharing(series: &[Series], at: Moment, rank: f64) -> usize {
    series.iter().filter(|s| value_at(s, at) == Some(rank)).count()
}

fn value_at(series: &Series, at: Moment) -> Option<f64> {
    let index = series.points.binary_search_by_key(&at, |point| point.at).ok()?;
    series.points.get(index)?.value
}

/// A line's points: where several share a rank they stand `apart`, in their order.
fn placed(
    series: &Series,
    all: &[Series],
    (plot, time, values, apart): (Area, &TimeScale, &Linear, f64),
    look: &Look,
    ground: Ground<'_>,
) -> Placed {
    let point = |at: Moment, rank: f64| {
        let sharing: Vec<usize> =
            all.iter().filter(|s| value_at(s, at) == Some(rank)).map(|s| s.subject).collect();
        let own = sharing.iter().position(|subject| *subject == series.subject).unwrap_or(0) as f64;
        let middle = (sharing.len().max(1) as f64 - 1.0) / 2.0;
        // However many share it, they stay nearer to their rank than to the next.
        let apart = if middle > 0.0 { apart.min(apart / middle) } else { 0.0 };
        (plot.x(time.fraction(at)), plot.y(values.fraction(rank)) + (own - middle) * apart)
    };
    let subject = look.subjects.get(series.subject);
    Placed {
        subject: series.subject,
        points: series.points.iter().map(|p| p.value.map(|rank| point(p.at, rank))).collect(),
        torn: (series.partial_start, series.partial),
        color: subject.map_or(ground.theme.context, |s| ground.theme.mark(s.ink, s.emphasis)),
        emphasis: subject.map_or(Emphasis::Equal, |s| s.emphasis),
    }
}

impl Bump<'_> {
    /// Puts the labels of one side beside their lines: those of lines that end before the edge in the plot, where
    /// nothing passes there.
    fn label(&mut self, labels: &Labels, is_last: bool) {
        let ground = self.ground;
        let end = |label: &Label| {
            let line = self.lines.iter().find(|line| Some(line.subject) == label.subject)?;
            let mut known = line.points.iter().flatten();
            let at = if is_last { known.next_back() } else { known.next() };
            Some((*at?, label.clone()))
        };
        let mut ends: Vec<(Px, Label)> = labels.all.iter().filter_map(end).collect();
        let mut taken: Vec<Area> = Vec::new();
        let mut beside = Vec::new();
        ends.retain(|(at, label)| match self.free_place(*at, label, labels, &taken).filter(|_| is_last) {
            Some(place) => {
                beside.extend(labels.write(label, place.left, at.1, ground));
                taken.push(place);
                false
            }
            None => true,
        });
        let (texts, leaders) = labels.column(ends, self.plot, ground);
        self.texts.extend(beside);
        self.texts.extend(texts);
        self.leaders.extend(leaders);
    }

    /// Where the label of a line that ends before the edge stands in the plot beside its end, if nothing passes there.
    fn free_place(&self, (x, y): Px, label: &Label, labels: &Labels, taken: &[Area]) -> Option<Area> {
        let sizes = self.ground.sizes;
        let widths = label.texts.iter().map(|text| self.ground.width_of(text, labels.style));
        let left = x + sizes.px(BESIDE);
        let half = labels.height(label) / 2.0 + sizes.px(2.0);
        let place = Area { left, top: y - half, right: left + widths.fold(0.0, f64::max), bottom: y + half };
        let spill = half.min(sizes.label * BELOW - sizes.px(1.0));
        let is_low = place.top >= self.plot.top - spill && place.bottom <= self.plot.bottom + spill;
        let reach = sizes.px(6.0);
        let reached = Area {
            left: place.left - reach / 2.0,
            top: place.top - reach,
            right: place.right + reach,
            bottom: place.bottom + reach,
        };
        let passes = |line: &Placed| {
            // The leader of another line that ends before the edge would run on from its end.
            let end = line.points.iter().rev().flatten().next().copied();
            let is_led = end.is_some_and(|end| strokes::meets(end, (self.plot.right, end.1), reached));
            let is_other = Some(line.subject) != label.subject;
            let pairs = line.points.iter().zip(line.points.iter().skip(1));
            let mut strokes = pairs.filter_map(|(a, b)| Some(((*a)?, (*b)?)));
            let mut points = line.points.iter().flatten();
            (is_other && is_led)
                || strokes.any(|(a, b)| strokes::meets(a, b, reached))
                || points.any(|at| strokes::meets(*at, *at, reached))
        };
        let overlaps = |other: &Area| {
            reached.left < other.right
                && other.left < reached.right
                && reached.top < other.bottom
                && other.top < reached.bottom
        };
        let fits = place.right + sizes.px(BESIDE) <= self.plot.right && is_low;
        (fits && !self.lines.iter().any(passes) && !taken.iter().any(overlaps)).then_some(place)
    }

    fn draw_line(&self, line: &Placed, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let (sizes, theme) = (self.ground.sizes, self.ground.theme);
        let is_context = line.emphasis == Emphasis::Context;
        let width = sizes.line * if is_context { 0.66 } else { 1.2 };
        let runs: Vec<Vec<Px>> =
            line.points.split(Option::is_none).map(|run| run.iter().flatten().copied().collect()).collect();
        pen.canvas.role(Role::Halo, Some(line.subject));
        for run in runs.iter().filter(|_| !is_context) {
            strokes::line(run, (theme.background, 1.0), width + sizes.px(3.0), surface)?;
        }
        pen.canvas.role(Role::Series, Some(line.subject));
        for run in &runs {
            strokes::line(run, (line.color, 1.0), width, surface)?;
        }
        let radius = sizes.line * if is_context { 1.2 } else { 1.8 };
        let ring = (theme.background, sizes.px(1.0));
        let known: Vec<Px> = line.points.iter().flatten().copied().collect();
        let lone = |at: &Px| runs.iter().any(|run| run.len() == 1 && run.first() == Some(at));
        let Some((last, others)) = known.split_last() else { return Ok(()) };
        pen.canvas.role(Role::Dot, Some(line.subject));
        for (index, at) in others.iter().enumerate().filter(|(i, at)| *i == 0 || self.dotted || lone(at)) {
            let hollow = index == 0 && line.torn.0;
            self.dot(*at, radius, hollow, (line.color, ring), surface, pen)?;
        }
        if others.is_empty() {
            // A line of one date starts where it ends.
            self.dot(*last, radius, line.torn.0, (line.color, ring), surface, pen)?;
        }
        pen.canvas.role(Role::EndDot, Some(line.subject));
        self.dot(*last, radius, line.torn.1, (line.color, ring), surface, pen)
    }

    fn dot(
        &self,
        at: Px,
        radius: f64,
        hollow: bool,
        (color, ring): (Rgb, (Rgb, f64)),
        surface: &Surface<'_>,
        pen: &Pen<'_, '_>,
    ) -> Drawn {
        let sizes = self.ground.sizes;
        let (fill, ring) = if hollow { (ring.0, (color, sizes.px(1.75))) } else { (color, ring) };
        strokes::dot(at, radius, fill, ring, surface, pen)
    }
}

impl Body for Bump<'_> {
    fn bottom(&self) -> f64 {
        self.bottom
    }

    fn unit(&self) -> &'static str {
        ""
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let (plot, sizes, theme) = (self.plot, self.ground.sizes, self.ground.theme);
        let bottom = plot.bottom + sizes.label * BELOW;
        for x in [plot.left, plot.right] {
            pen.canvas.role(Role::Grid, None);
            pen.hair(surface, [(x, plot.top - sizes.px(8.0)), (x, bottom)], theme.grid, sizes.hair)?;
        }
        pen.canvas.role(Role::Baseline, None);
        pen.hair(surface, [(plot.left, bottom), (plot.right, bottom)], theme.base, sizes.hair)?;
        for &x in &self.ticks {
            pen.canvas.role(Role::Tick, None);
            pen.hair(surface, [(x, bottom), (x, bottom + sizes.px(6.0))], theme.base, sizes.hair)?;
        }
        pen.canvas.role(Role::Leader, None);
        for leader in &self.leaders {
            strokes::line(leader, (theme.leader, 1.0), sizes.px(0.75), surface)?;
        }
        let mut order: Vec<&Placed> = self.lines.iter().collect();
        order.sort_by_key(|line| match line.emphasis {
            Emphasis::Context => 0,
            Emphasis::Equal => 1,
            Emphasis::Highlight => 2,
        });
        order.into_iter().try_for_each(|line| self.draw_line(line, surface, pen))?;
        texts(&self.texts, surface, pen)
    }
}
