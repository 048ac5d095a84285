//! The body of a line chart: its plot, axes, event lanes, and the names at the
//! lines' ends, or a legend where they cannot stand there.

use super::events::{self, EventMark, Lanes};
use super::frame::{Frame, Ground};
use super::legend::{LegendEntry, legend};
use super::names::{End, EndLabel, LEAST_PLOT, NAME_REACH, NAME_SPILL, NameColumn};
use super::plotted::Lines;
use super::{Anchor, Area, TextLine, time_axis};
use crate::canvas::Role;
use crate::diag::{self, Report};
use crate::figure::{Series, Unit};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::text::{TextStyle, Weight};
use crate::time::moment::{Moment, Step};

/// The plot may grow to this aspect to make room for names.
const LEAST_ASPECT: f64 = 1.4;

/// A line chart with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct LineBody {
    /// Where the data are drawn: the time scale spans its width, the value scale its height.
    pub plot: Area,
    /// The time scale.
    pub time: TimeScale,
    /// The value scale.
    pub values: Linear,
    /// Labels of the value ticks.
    pub value_labels: Vec<TextLine>,
    /// Where time ticks stand, in px.
    pub time_ticks: Vec<f64>,
    /// Labels of the time ticks.
    pub time_labels: Vec<TextLine>,
    /// Event marks.
    pub events: Vec<EventMark>,
    /// Names at line ends; empty where there is a legend.
    pub names: Vec<EndLabel>,
    /// Names at line starts, which a slope has: lines from one date to another, with their values at both.
    pub starts: Vec<EndLabel>,
    /// The legend; empty where names stand at line ends.
    pub legend: Vec<LegendEntry>,
    /// Where the body ends, in px.
    pub bottom: f64,
    /// What values were divided by, in words; empty when they were not.
    pub unit: &'static str,
}

/// Everything drawn in value space, to fit the domain.
fn extent(series: &[Series]) -> Option<((Moment, Moment), (f64, f64))> {
    let all = series.iter().flat_map(|s| s.points.iter().chain(&s.raw).chain(&s.dots));
    let mut found: Option<((Moment, Moment), (f64, f64))> = None;
    for (at, value) in all.filter_map(|p| Some((p.at, p.value?))) {
        let ((first, last), (low, high)) = found.unwrap_or(((at, at), (value, value)));
        found = Some(((first.min(at), last.max(at)), (low.min(value), high.max(value))));
    }
    found
}

/// First and last moment that is drawn.
fn time_span(series: &[Series]) -> Option<(Moment, Moment)> {
    extent(series).map(|(time, _)| time)
}

/// The step as the axis has it: years of uneven distance are years all the same.
fn axis_step(lines: Lines<'_>) -> Step {
    let begins_year = |at: Moment| at.date().month() == 1 && at.date().day() == 1 && at.second_of_day() == 0;
    let all = lines.series.iter().flat_map(|s| s.points.iter().chain(&s.raw).chain(&s.dots));
    let mut valued = all.filter(|point| point.value.is_some());
    let uneven = lines.step == Step::Irregular && valued.all(|point| begins_year(point.at));
    if uneven { Step::Year } else { lines.step }
}

/// Whether nothing is drawn between the first date and the last, which then are all there is to mark.
fn has_two_dates(series: &[Series], (first, last): (Moment, Moment)) -> bool {
    let all = series.iter().flat_map(|s| s.points.iter().chain(&s.raw).chain(&s.dots));
    all.filter(|point| point.value.is_some()).all(|point| point.at == first || point.at == last)
}

/// How the values of a slope are written; `None` for lines that do not all go from one date to one other, or
/// whose values are not known.
///
/// The value and the name at both ends say more of two dates than an axis.
fn slope(series: &[Series]) -> Option<NumberFormat> {
    let (first, last) = time_span(series)?;
    let goes = |s: &Series| {
        let ends = matches!(s.points.as_slice(), [a, b]
            if (a.at, b.at) == (first, last) && a.value.is_some() && b.value.is_some());
        ends && !s.bounded && s.raw.is_empty() && s.dots.is_empty()
    };
    let values: Vec<f64> = series.iter().flat_map(|s| &s.points).filter_map(|p| p.value).collect();
    series.iter().all(goes).then(|| NumberFormat::for_values(&values))
}

/// Arranges a line chart under `frame`'s header.
///
/// # Errors
/// When there is no value to draw, or the height asked for has no room for a plot.
pub fn arrange(lines: Lines<'_>, frame: &Frame, ground: Ground<'_>) -> Result<LineBody, Report> {
    arrange_as(None, lines, frame, ground)
}

/// Arranges a slope, or lines with a value axis where its names have no room.
///
/// # Errors
/// When there is no value to draw, or the height asked for has no room for a plot.
pub fn arrange_slope(lines: Lines<'_>, frame: &Frame, ground: Ground<'_>) -> Result<LineBody, Report> {
    let slope = slope(lines.series).map(|format| arrange_as(Some(format), lines, frame, ground));
    match slope {
        Some(Ok(body)) if body.legend.is_empty() => Ok(body),
        _ => arrange_as(None, lines, frame, ground),
    }
}

/// Arranges it as a slope, or as lines with a value axis.
fn arrange_as(
    slope: Option<NumberFormat>,
    lines: Lines<'_>,
    frame: &Frame,
    ground: Ground<'_>,
) -> Result<LineBody, Report> {
    let Some(((first, last), (low, high))) = extent(lines.series) else {
        return Err(diag::error("nothing-to-draw", "no value to draw")
            .hint("check `subjects`, `from` and `to`")
            .into());
    };
    let time = TimeScale::over(first, last, lines.step);
    let whole = lines.look.unit == Unit::Count;
    let names = Names::new(lines, slope, ground);
    let draft = |height: f64| {
        let apart = (1.8 * ground.sizes.tick).max(ground.sizes.px(35.0));
        let wanted = height / apart + 1.0;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
        let wanted = wanted as usize;
        if lines.look.lower_is_better {
            let mut ranks = Linear::ranks(high, wanted);
            ranks.ticks.retain(|_| slope.is_none());
            return ranks;
        }
        let mut values = Linear::around(low, high, wanted, whole);
        // Without ticks to end at, the values themselves bound the plot.
        if slope.is_some() && low.min(0.0) < high.max(0.0) {
            (values.min, values.max) = (low.min(0.0), high.max(0.0));
            values.ticks.retain(|tick| *tick == 0.0);
        }
        values
    };
    // The ticks' width decides the plot's, that its height, and that the ticks: settled in a second round.
    let guess = draft(ground.sizes.px(250.0));
    let heights = Spread::new(lines, &names, time, &guess, ground).heights(lines, frame, &names, ground)?;
    let values = draft(heights.plot);
    let spread = Spread::new(lines, &names, time, &values, ground);
    let heights = spread.heights(lines, frame, &names, ground)?;
    let mut body = spread.place(lines, frame, heights, values, ground);
    if !heights.legend {
        let place = |column: &NameColumn| column.place(lines, body.plot, &body.time, &body.values, ground);
        (body.names, body.starts) = (place(&names.last), names.first.as_ref().map(place).unwrap_or_default());
    }
    if let (Some(written), false) = (slope, heights.legend) {
        (body.value_labels, body.unit) = (Vec::new(), written.unit);
    }
    Ok(body)
}

/// The names at the lines' ends, and at their starts where they stand at both.
struct Names {
    last: NameColumn,
    first: Option<NameColumn>,
}

impl Names {
    fn new(lines: Lines<'_>, slope: Option<NumberFormat>, ground: Ground<'_>) -> Names {
        let first = slope.map(|format| NameColumn::new(lines, End::First, Some(format), ground));
        Names { last: NameColumn::new(lines, End::Last, slope, ground), first }
    }

    fn fit(&self) -> bool {
        self.last.fits && self.first.as_ref().is_none_or(|first| first.fits)
    }

    /// What the higher column needs.
    fn total(&self, gap: f64) -> f64 {
        self.first.iter().fold(self.last.total(gap), |most, first| most.max(first.total(gap)))
    }
}

/// How high the parts are.
#[derive(Debug, Clone, Copy)]
struct Heights {
    plot: f64,
    legend: bool,
}

/// The horizontal arrangement, which the vertical one follows from.
struct Spread {
    time: TimeScale,
    /// Left and right edge of the plot with names right of it, and without.
    beside: (f64, f64),
    alone: (f64, f64),
    legend: Vec<LegendEntry>,
    legend_height: f64,
}

impl Spread {
    fn new(lines: Lines<'_>, names: &Names, time: TimeScale, values: &Linear, ground: Ground<'_>) -> Spread {
        let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
        let texts = tick_texts(values, lines.look.unit);
        let ticks = texts.iter().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
        let left = ground.left() + ticks + ground.sizes.px(8.0);
        let dot = ground.sizes.px(4.5);
        let reach = ground.sizes.px(NAME_REACH);
        let first = names.first.as_ref().map(|first| ground.left() + first.width + reach);
        let beside = (first.unwrap_or(left), ground.right() - names.last.width - reach);
        let (legend, legend_height) = legend(lines, ground);
        Spread { time, beside, alone: (left, ground.right() - dot), legend, legend_height }
    }

    fn edges(&self, legend: bool) -> (f64, f64) {
        if legend { self.alone } else { self.beside }
    }

    fn lanes(&self, lines: Lines<'_>, legend: bool, ground: Ground<'_>) -> Lanes {
        let (left, right) = self.edges(legend);
        events::arrange(&lines.look.events, ground, |event| {
            let passed = self.time.fraction(event.at);
            (0.0..=1.0).contains(&passed).then_some(left + (right - left) * passed)
        })
    }

    /// Everything in the body's height but the plot.
    fn overhead(&self, lines: Lines<'_>, legend: bool, ground: Ground<'_>) -> f64 {
        let legend_height = if legend { self.legend_height } else { 0.0 };
        let lanes = self.lanes(lines, legend, ground).height;
        top_gap(ground) + legend_height + lanes + axis_height(ground)
    }

    fn heights(
        &self,
        lines: Lines<'_>,
        frame: &Frame,
        names: &Names,
        ground: Ground<'_>,
    ) -> Result<Heights, Report> {
        let gap = ground.sizes.px(4.0);
        let spill = ground.sizes.px(NAME_SPILL) * 2.0;
        let wide_enough = self.beside.1 - self.beside.0 >= (ground.right() - ground.left()) * LEAST_PLOT;
        let at_ends = names.fit() && wide_enough;
        // A px for the rounding of the plot's edges.
        let needed = names.total(gap) - spill + 1.0;
        if let Some(height) = lines.look.height {
            let free = f64::from(height) - frame.header_bottom - frame.footer_height;
            let plot = free - self.overhead(lines, false, ground);
            if at_ends && needed <= plot {
                return checked(Heights { plot, legend: false }, free, lines, ground);
            }
            let plot = free - self.overhead(lines, true, ground);
            return checked(Heights { plot, legend: true }, free, lines, ground);
        }
        let wanted = |legend: bool| {
            let (left, right) = self.edges(legend);
            frame.free_height(right - left, self.overhead(lines, legend, ground), ground).floor()
        };
        let most = ((self.beside.1 - self.beside.0) / LEAST_ASPECT).max(wanted(false));
        if at_ends && needed <= most {
            return Ok(Heights { plot: wanted(false).max(needed.ceil()), legend: false });
        }
        Ok(Heights { plot: wanted(true), legend: true })
    }

    fn place(
        self,
        lines: Lines<'_>,
        frame: &Frame,
        heights: Heights,
        values: Linear,
        ground: Ground<'_>,
    ) -> LineBody {
        let (left, right) = self.edges(heights.legend);
        let lanes = self.lanes(lines, heights.legend, ground);
        let legend_top = frame.header_bottom + ground.sizes.px(8.0);
        let legend_height = if heights.legend { self.legend_height } else { 0.0 };
        let top = (frame.header_bottom + top_gap(ground) + legend_height + lanes.height).round();
        let bottom = top + heights.plot;
        let plot = Area { left: left.round(), top, right: right.round(), bottom: bottom.round() };
        let x_of = |at: Moment| plot.x(self.time.fraction(at));
        let by_age = lines.look.by_age;
        let axis = match time_span(lines.series) {
            Some((first, last)) if first == last => {
                time_axis::at_each(&[first], lines.step, by_age, x_of, ground)
            }
            Some((first, last)) if has_two_dates(lines.series, (first, last)) => {
                time_axis::at_each(&[first, last], lines.step, by_age, x_of, ground)
            }
            _ => time_axis::arrange(&self.time, axis_step(lines), by_age, (plot.left, plot.right), ground),
        };
        let mut time_labels = axis.labels;
        time_labels.iter_mut().for_each(|label| label.baseline += plot.bottom);
        let mut legend = if heights.legend { self.legend } else { Vec::new() };
        for entry in &mut legend {
            entry.key.2 += legend_top;
            entry.lines.iter_mut().for_each(|line| line.baseline += legend_top);
        }
        LineBody {
            value_labels: value_labels(&values, lines.look.unit, plot, ground),
            unit: NumberFormat::for_ticks(&values).unit,
            events: lanes.at(plot.top),
            time: self.time,
            values,
            time_ticks: axis.ticks,
            time_labels,
            names: Vec::new(),
            starts: Vec::new(),
            legend,
            bottom: plot.bottom + axis_height(ground),
            plot,
        }
    }
}

/// Space between header and plot, half a tick label included.
fn top_gap(ground: Ground<'_>) -> f64 {
    ground.sizes.px(14.0) + ground.sizes.tick / 2.0
}

/// Height of the time axis under the plot. The space above a footer begins within its labels, which are lighter than bars.
fn axis_height(ground: Ground<'_>) -> f64 {
    ground.sizes.px(4.0) + ground.sizes.tick
}

/// A plot must keep some height.
fn checked(heights: Heights, free: f64, lines: Lines<'_>, ground: Ground<'_>) -> Result<Heights, Report> {
    let least = ground.sizes.px(90.0);
    if heights.plot >= least {
        return Ok(heights);
    }
    let height = lines.look.height.map_or(0.0, f64::from);
    let needed = (height - heights.plot + least).max(height - free).ceil();
    let message = format!("cannot draw this figure {height} px high: its plot would have no room");
    Err(diag::error("height-too-small", message)
        .hint(format!("set `height` to {needed} or more, or leave it out"))
        .into())
}

/// The value ticks as text, the per cent sign on the last only.
fn tick_texts(values: &Linear, unit: Unit) -> Vec<String> {
    let format = NumberFormat::for_ticks(values);
    let mut texts: Vec<String> = values.ticks.iter().map(|&tick| format.text(tick)).collect();
    if unit == Unit::Percent
        && let Some(last) = texts.last_mut()
    {
        last.push('%');
    }
    texts
}

fn value_labels(values: &Linear, unit: Unit, plot: Area, ground: Ground<'_>) -> Vec<TextLine> {
    let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
    let texts = tick_texts(values, unit);
    let placed = texts.into_iter().zip(&values.ticks).map(|(text, tick)| {
        let y = plot.y(values.fraction(*tick));
        TextLine {
            role: Role::TickLabel,
            subject: None,
            text,
            style,
            color: ground.theme.axis,
            anchor: Anchor::Right,
            x: plot.left - ground.sizes.px(8.0),
            baseline: ground.centered(y, style),
            halo: false,
        }
    });
    placed.collect()
}
