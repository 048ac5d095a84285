//! Which calendar step a time axis has, and where its labels stand: the finest
//! uniform step whose labels can be read.

use super::frame::Ground;
use super::{Anchor, TextLine};
use crate::canvas::Role;
use crate::scale::calendar::{STEPS, TimeScale, TimeStep, YearStyle, labels, quarter_labels};
use crate::text::{TextStyle, Weight};
use crate::time::moment::{DAY, Moment, Step};

/// More ticks than this are never labelled.
const MOST_TICKS: usize = 24;

/// Space between neighbouring labels, at the design's size.
const LABEL_GAP: f64 = 12.0;

/// Least distance of ticks, at the design's size.
const TICK_SPACING: f64 = 36.0;

/// Ticks and their labels.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TimeAxis {
    /// Where ticks stand, in px.
    pub ticks: Vec<f64>,
    /// What they are called; baselines as if the axis lay at zero.
    pub labels: Vec<TextLine>,
}

/// A label and the x it is centred on.
struct Mark {
    text: String,
    x: f64,
    width: f64,
}

/// The axis for a scale drawn from `left` to `right` px. `step` is the data's:
/// finer data than years have a year's label in the middle of its span, years at their tick.
#[must_use]
pub fn arrange(
    scale: &TimeScale,
    step: Step,
    by_age: bool,
    (left, right): (f64, f64),
    ground: Ground<'_>,
) -> TimeAxis {
    let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
    let x_of = |at: Moment| left + (right - left) * scale.fraction(at);
    let mut fallback: Option<(Vec<f64>, Vec<Mark>)> = None;
    for tick_step in STEPS.into_iter().filter(|&tick_step| suits(tick_step, scale, step)) {
        let Some(ticks) = scale.ticks(tick_step, MOST_TICKS) else { continue };
        let xs: Vec<f64> = ticks.iter().map(|&tick| x_of(tick)).collect();
        let spaced =
            xs.windows(2).all(|pair| matches!(pair, [a, b] if b - a >= ground.sizes.px(TICK_SPACING)));
        for years in [YearStyle::Full, YearStyle::Short] {
            let marks = if by_age {
                // Where room is short, the first one after the start says what all count.
                let style_of = |index: usize| if index == 1 { YearStyle::Full } else { years };
                let texts = ticks.iter().enumerate();
                let texts = texts.map(|(index, &tick)| age(tick, tick_step, style_of(index)));
                texts.zip(&xs).map(|(text, &x)| mark(text, x, style, ground)).collect()
            } else if let (Step::Quarter, TimeStep::Months(_)) = (step, tick_step) {
                let texts = quarter_labels(&ticks).into_iter().zip(&xs);
                texts.map(|(text, &x)| mark(text, x, style, ground)).collect()
            } else if tick_step == TimeStep::Years(1) && step != Step::Year {
                spans(&ticks, scale, years, &x_of, style, ground)
            } else {
                instants(&ticks, tick_step, years, &xs, style, ground)
            };
            let readable = spaced && marks.len() > 1 && apart(&marks, ground.sizes.px(LABEL_GAP));
            if readable {
                return finished(xs, marks, style, ground);
            }
            if fallback.is_none() && !marks.is_empty() && apart(&marks, ground.sizes.px(LABEL_GAP)) {
                fallback = Some((xs.clone(), marks));
            }
        }
    }
    match fallback {
        Some((xs, marks)) => finished(xs, marks, style, ground),
        None => TimeAxis::default(),
    }
}

/// Whether a step of ticks makes sense over such a span: months up to 30 of
/// them, days up to four months, hours up to five days, nothing finer than the data.
fn suits(tick_step: TimeStep, scale: &TimeScale, step: Step) -> bool {
    let days = scale.seconds() / DAY;
    match tick_step {
        TimeStep::Seconds(_) => {
            matches!(step, Step::Seconds(_)) || (step == Step::Irregular && scale.seconds() < 600)
        }
        TimeStep::Minutes(n) if n < 5 && step == Step::Hour => false,
        TimeStep::Minutes(_) | TimeStep::Hours(_) => {
            (days <= 5 && matches!(step, Step::Seconds(_) | Step::Minutes(_) | Step::Hour))
                || (days < 2 && step == Step::Irregular)
        }
        TimeStep::Days(_) => {
            days <= 124 && !matches!(step, Step::Week | Step::Month | Step::Quarter | Step::Half | Step::Year)
        }
        TimeStep::Weeks(_) => {
            days <= 124 && !matches!(step, Step::Month | Step::Quarter | Step::Half | Step::Year)
        }
        TimeStep::Months(n) => {
            days <= 913
                && step != Step::Year
                && (step != Step::Quarter || n.is_multiple_of(3))
                && (step != Step::Half || n.is_multiple_of(6))
        }
        TimeStep::Years(_) => true,
    }
}

/// A tick at each of few moments, in full. First days are told as their month or year.
#[must_use]
pub fn at_each(
    moments: &[Moment],
    step: Step,
    by_age: bool,
    x_of: impl Fn(Moment) -> f64,
    ground: Ground<'_>,
) -> TimeAxis {
    let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
    let all = |fits: fn(&Moment) -> bool| moments.iter().all(fits);
    let tick_step = match step {
        Step::Year if all(|at| at.date().month() == 1) => TimeStep::Years(1),
        Step::Seconds(_) => TimeStep::Seconds(1),
        Step::Minutes(_) | Step::Hour => TimeStep::Minutes(1),
        _ if all(|at| at.date().day() == 1 && at.second_of_day() == 0) => TimeStep::Months(1),
        _ => TimeStep::Days(1),
    };
    let text = |at: &Moment| match by_age {
        // A month has 30.44 days on average.
        true if at.seconds() > 92 * DAY => {
            vec![format!("{} months", (at.seconds() / DAY * 100 + 1522) / 3044)]
        }
        true => vec![age(*at, TimeStep::Days(1), YearStyle::Full)],
        false if step == Step::Quarter => quarter_labels(&[*at]),
        false => labels(&[*at], tick_step, YearStyle::Full),
    };
    let marks = |at: &Moment| text(at).into_iter().map(|text| mark(text, x_of(*at), style, ground)).collect();
    let marks: Vec<Mark> = moments.iter().flat_map(|at: &Moment| -> Vec<Mark> { marks(at) }).collect();
    finished(moments.iter().map(|at| x_of(*at)).collect(), marks, style, ground)
}

/// `2 years`, or `2` where room is short: the time since 1970-01-01.
fn age(at: Moment, tick_step: TimeStep, years: YearStyle) -> String {
    let (number, unit) = match tick_step {
        TimeStep::Years(_) => (i64::from(at.date().year()) - 1970, "year"),
        TimeStep::Months(_) => (i64::from(at.month_index()) - 1970 * 12, "month"),
        TimeStep::Days(_) | TimeStep::Weeks(_) => (at.seconds().div_euclid(DAY), "day"),
        TimeStep::Hours(_) | TimeStep::Minutes(_) | TimeStep::Seconds(_) => {
            (at.seconds().div_euclid(3600), "hour")
        }
    };
    match (number, years) {
        (0, _) | (_, YearStyle::Short) => number.to_string(),
        (1, YearStyle::Full) => format!("1 {unit}"),
        (_, YearStyle::Full) => format!("{number} {unit}s"),
    }
}

/// Labels at their ticks.
fn instants(
    ticks: &[Moment],
    tick_step: TimeStep,
    years: YearStyle,
    xs: &[f64],
    style: TextStyle,
    ground: Ground<'_>,
) -> Vec<Mark> {
    let texts = labels(ticks, tick_step, years);
    texts.into_iter().zip(xs).map(|(text, &x)| mark(text, x, style, ground)).collect()
}

/// Labels in the middle of each year's span, those left out that a partial year has no room for.
fn spans(
    ticks: &[Moment],
    scale: &TimeScale,
    years: YearStyle,
    x_of: &impl Fn(Moment) -> f64,
    style: TextStyle,
    ground: Ground<'_>,
) -> Vec<Mark> {
    let mut edges = vec![scale.start];
    edges.extend(ticks.iter().filter(|&&tick| tick > scale.start));
    if edges.last().is_none_or(|&last| last < scale.end) {
        edges.push(scale.end);
    }
    let room = |from: Moment, to: Moment| x_of(to) - x_of(from) - ground.sizes.px(5.0);
    let fits = |pair: &&[Moment]| match pair {
        [from, to] => ground.width_of(&from.date().year().to_string(), style) <= room(*from, *to),
        _ => false,
    };
    let labelled: Vec<&[Moment]> = edges
        .windows(2)
        .enumerate()
        .filter(|(i, pair)| (*i > 0 && *i + 2 < edges.len()) || fits(pair))
        .map(|(_, pair)| pair)
        .collect();
    let starts: Vec<Moment> = labelled.iter().filter_map(|pair| pair.first().copied()).collect();
    let texts = labels(&starts, TimeStep::Years(1), years);
    let middles = labelled.iter().map(|pair| match pair {
        [from, to] => (x_of(*from) + x_of(*to)) / 2.0,
        _ => 0.0,
    });
    texts.into_iter().zip(middles).map(|(text, x)| mark(text, x, style, ground)).collect()
}

/// A label centred on x, moved just far enough to stay inside the picture.
fn mark(text: String, x: f64, style: TextStyle, ground: Ground<'_>) -> Mark {
    let width = ground.width_of(&text, style);
    let half = width / 2.0;
    let x = x.min(ground.right() - half).max(ground.left() + half);
    Mark { text, x, width }
}

fn apart(marks: &[Mark], gap: f64) -> bool {
    marks.windows(2).all(|pair| match pair {
        [a, b] => b.x - a.x >= (a.width + b.width) / 2.0 + gap,
        _ => true,
    })
}

fn finished(ticks: Vec<f64>, marks: Vec<Mark>, style: TextStyle, ground: Ground<'_>) -> TimeAxis {
    let baseline = ground.sizes.px(12.0) + ground.fonts.cap_height(style);
    let labels = marks.into_iter().map(|mark| TextLine {
        role: Role::TickLabel,
        subject: None,
        text: mark.text,
        style,
        color: ground.theme.axis,
        anchor: Anchor::Center,
        x: mark.x,
        baseline,
        halo: false,
    });
    TimeAxis { ticks, labels: labels.collect() }
}
