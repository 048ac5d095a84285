//! Axes of plots that a kind arranges itself: the extent of their data, labels of values beside them and of dates
//! under them. It must not know how marks are drawn.

use crate::canvas::Role;
use crate::figure::{Series, Unit};
use crate::layout::frame::Ground;
use crate::layout::time_axis::{self, TimeAxis};
use crate::layout::{Anchor, Area, TextLine};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::text::{TextStyle, Weight};
use crate::time::moment::{Moment, Step};

/// First and last date, least and greatest value.
pub(crate) type Extent = ((Moment, Moment), (f64, f64));

/// Between which dates and values everything lies that is drawn of some series.
pub(crate) fn extent(series: &[Series]) -> Option<Extent> {
    let all = series.iter().flat_map(|s| s.points.iter().chain(&s.raw).chain(&s.dots));
    let mut found: Option<Extent> = None;
    for (at, value) in all.filter_map(|p| Some((p.at, p.value?))) {
        let ((first, last), (low, high)) = found.unwrap_or(((at, at), (value, value)));
        found = Some(((first.min(at), last.max(at)), (low.min(value), high.max(value))));
    }
    found
}

/// About how many value ticks a plot of some height has room for.
pub(crate) fn wanted(height: f64, ground: Ground<'_>) -> usize {
    let wanted = (height / (1.8 * ground.sizes.tick)).min(height / ground.sizes.px(35.0) + 1.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a few")]
    let wanted = wanted as usize;
    wanted
}

/// How tick labels are set.
pub(crate) fn tick_style(ground: Ground<'_>) -> TextStyle {
    TextStyle { size: ground.sizes.tick, weight: Weight::Regular }
}

/// The value ticks as text, the per cent sign on the last only.
pub(crate) fn value_texts(values: &Linear, unit: Unit) -> Vec<String> {
    let format = NumberFormat::for_ticks(values);
    let mut texts: Vec<String> = values.ticks.iter().map(|&tick| format.text(tick)).collect();
    if let (Unit::Percent, Some(last)) = (unit, texts.last_mut()) {
        last.push('%');
    }
    texts
}

/// What they need beside a plot, with the space between.
pub(crate) fn values_room(values: &Linear, unit: Unit, ground: Ground<'_>) -> f64 {
    let style = tick_style(ground);
    let widths = value_texts(values, unit).into_iter().map(|text| ground.width_of(&text, style));
    widths.fold(0.0, f64::max) + ground.sizes.px(8.0)
}

/// The value ticks of a plot, left of it.
pub(crate) fn value_labels(values: &Linear, unit: Unit, plot: Area, ground: Ground<'_>) -> Vec<TextLine> {
    let style = tick_style(ground);
    let placed = value_texts(values, unit).into_iter().zip(&values.ticks).map(|(text, tick)| TextLine {
        role: Role::TickLabel,
        subject: None,
        text,
        style,
        color: ground.theme.axis,
        anchor: Anchor::Right,
        x: plot.left - ground.sizes.px(8.0),
        baseline: ground.centered(plot.y(values.fraction(*tick)), style),
        halo: false,
    });
    placed.collect()
}

/// Every date at which something is drawn, in order.
pub(crate) fn dates<'s>(series: impl Iterator<Item = &'s Series>) -> Vec<Moment> {
    let all = series.flat_map(|s| s.points.iter().chain(&s.raw).chain(&s.dots));
    let mut dates: Vec<Moment> = all.filter(|point| point.value.is_some()).map(|point| point.at).collect();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// Ticks and labels of a time scale drawn between two edges; of one date or two, these are all there is to mark.
pub(crate) fn time(
    dates: &[Moment],
    (scale, step): (&TimeScale, Step),
    by_age: bool,
    (left, right): (f64, f64),
    ground: Ground<'_>,
) -> TimeAxis {
    let x_of = |at: Moment| left + (right - left) * scale.fraction(at);
    if dates.len() < 3 {
        return time_axis::at_each(dates, step, by_age, x_of, ground);
    }
    let begins_year = |at: &Moment| at.date().month() == 1 && at.date().day() == 1 && at.second_of_day() == 0;
    // Years of uneven distance are years all the same.
    let step = if step == Step::Irregular && dates.iter().all(begins_year) { Step::Year } else { step };
    time_axis::arrange(scale, step, by_age, (left, right), ground)
}

/// Labels of dates that stay over their plot, from `left` to `right`, and apart: where they cannot, the first and
/// the last, or the last alone.
pub(crate) fn within(
    axis: TimeAxis,
    (left, right): (f64, f64),
    bottom: f64,
    ground: Ground<'_>,
) -> Vec<TextLine> {
    let half = |line: &TextLine| ground.width_of(&line.text, line.style) / 2.0;
    let gap = ground.sizes.px(8.0);
    let mut labels = axis.labels;
    for label in &mut labels {
        let half = half(label);
        label.x = label.x.min(right - half).max(left + half);
        label.baseline += bottom;
    }
    let apart = |labels: &[TextLine]| {
        let clear = |pair: &[TextLine]| match pair {
            [a, b] => b.x - a.x >= half(a) + half(b) + gap,
            _ => true,
        };
        labels.windows(2).all(clear)
    };
    if !apart(&labels) && labels.len() > 2 {
        labels.drain(1..labels.len() - 1);
    }
    if !apart(&labels) {
        labels.drain(..labels.len() - 1);
    }
    labels
}

/// Height of a time axis under its plot.
pub(crate) fn time_height(ground: Ground<'_>) -> f64 {
    ground.sizes.px(12.0) + ground.sizes.tick
}
