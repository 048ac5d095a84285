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

/// A year that is not whole has its two last digits from this width on, at the design's size.
const SHORT_YEAR: f64 = 22.0;

/// The words of an end may stand so much of their width beside it.
const ASIDE: f64 = 0.4;

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

/// What an axis has ticks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    /// The distance of the data: finer data than years have a year's label in the middle of its span, years at
    /// their tick.
    pub step: Step,
    /// Whether time is an age.
    pub by_age: bool,
    /// Whether the data are years that stand at their middle.
    pub mid_year: bool,
    /// How far labels may pass its ends, in px; never the picture's padding.
    pub aside: f64,
}

impl Axis {
    /// The axis of data at these dates.
    #[must_use]
    pub fn new(step: Step, by_age: bool, dates: &[Moment], aside: f64) -> Axis {
        let is_day = |at: &Moment, month: i8, day: i8| {
            at.date().month() == month && at.date().day() == day && at.second_of_day() == 0
        };
        // Years of uneven distance are years all the same.
        let is_uneven = step == Step::Irregular && dates.iter().all(|at| is_day(at, 1, 1));
        let step = if is_uneven { Step::Year } else { step };
        let mid_year = step == Step::Year && dates.iter().all(|at| is_day(at, 7, 2));
        Axis { step, by_age, mid_year, aside }
    }
}

/// The axis for a scale drawn from `left` to `right` px. Its first and last label say where time begins and ends.
#[must_use]
pub fn arrange(scale: &TimeScale, axis: Axis, (left, right): (f64, f64), ground: Ground<'_>) -> TimeAxis {
    let setting = Setting {
        scale,
        axis,
        left,
        right,
        style: TextStyle { size: ground.sizes.tick, weight: Weight::Regular },
        ground,
    };
    let mut fallback: Option<(Vec<f64>, Vec<Mark>)> = None;
    let steps = || STEPS.into_iter().filter(|&tick_step| suits(tick_step, scale, axis.step));
    // The words of the ends may cost a label only where no step has room for all.
    for (tick_step, may_drop) in steps().map(|step| (step, false)).chain(steps().map(|step| (step, true))) {
        let Some(ticks) = scale.ticks(tick_step, MOST_TICKS) else { continue };
        let xs: Vec<f64> = ticks.iter().map(|&tick| setting.x_of(tick)).collect();
        let spaced =
            xs.windows(2).all(|pair| matches!(pair, [a, b] if b - a >= ground.sizes.px(TICK_SPACING)));
        for years in [YearStyle::Full, YearStyle::Short] {
            let Some((xs, marks)) = setting.labelled(&ticks, tick_step, years, &xs, may_drop) else {
                continue;
            };
            let is_clear = apart(&marks, ground.sizes.px(LABEL_GAP));
            // Without a tick between its ends an axis is hard to read.
            let has_ticks = may_drop || !ticks.is_empty();
            // In panels a lone tick between two years says too little.
            let has_ticks = has_ticks && (xs.len() > 1 || axis.aside.is_infinite());
            if spaced && has_ticks && marks.len() > 1 && is_clear {
                return finished(xs, marks, setting.style, ground);
            }
            if fallback.is_none() && !marks.is_empty() && is_clear {
                fallback = Some((xs, marks));
            }
        }
    }
    let (xs, marks) = match fallback {
        Some((xs, marks)) if marks.len() > 1 && xs.len() > 1 => (xs, marks),
        alone => {
            let alone = alone.filter(|(xs, _)| xs.len() > 1);
            setting.ends_alone().or(alone).unwrap_or_else(|| setting.end_alone())
        }
    };
    finished(xs, marks, setting.style, ground)
}

/// An axis and where it lies.
struct Setting<'s> {
    scale: &'s TimeScale,
    axis: Axis,
    left: f64,
    right: f64,
    style: TextStyle,
    ground: Ground<'s>,
}

impl Setting<'_> {
    fn x_of(&self, at: Moment) -> f64 {
        self.left + (self.right - self.left) * self.scale.fraction(at)
    }

    fn mark(&self, text: String, x: f64) -> Mark {
        let mut mark = mark(text, x, self.style, self.ground);
        let (left, right) = self.room(mark.width);
        mark.x = mark.x.min(right).max(left);
        mark
    }

    /// Between which places the middle of a label may stand.
    fn room(&self, width: f64) -> (f64, f64) {
        let (left, right) = (self.left - self.axis.aside, self.right + self.axis.aside);
        let half = width / 2.0;
        (left.max(self.ground.left()) + half, right.min(self.ground.right()) - half)
    }

    /// Where ticks stand, and their labels with those of the ends.
    fn labelled(
        &self,
        ticks: &[Moment],
        tick_step: TimeStep,
        years: YearStyle,
        xs: &[f64],
        may_drop: bool,
    ) -> Option<(Vec<f64>, Vec<Mark>)> {
        let (mut xs, axis) = (xs.to_vec(), self.axis);
        let instants = |texts: Vec<String>| texts.into_iter().zip(&xs).map(|(text, &x)| self.mark(text, x));
        if axis.by_age {
            // Where room is short, the first one after the start says what all count.
            let style_of = |index: usize| if index == 1 { YearStyle::Full } else { years };
            let texts = ticks.iter().enumerate().map(|(index, &tick)| age(tick, tick_step, style_of(index)));
            let marks = instants(texts.collect()).collect();
            return Some((xs, marks));
        }
        if axis.mid_year {
            return Some(self.middles(ticks, tick_step, years, xs));
        }
        let (mut marks, told): (Vec<Mark>, [bool; 2]) = match (axis.step, tick_step) {
            (step, TimeStep::Years(1)) if step != Step::Year => self.spans(ticks, years),
            (step, _) => {
                let told = self.told(ticks, tick_step);
                // After the words of the start, no tick tells its year again.
                let before = if told[0] { None } else { Some(self.scale.start) };
                let all: Vec<Moment> = before.into_iter().chain(ticks.iter().copied()).collect();
                let texts = match (step, tick_step) {
                    (Step::Quarter, TimeStep::Months(_)) => quarter_labels(&all),
                    _ => labels(&all, tick_step, years),
                };
                (instants(texts.into_iter().skip(all.len() - ticks.len()).collect()).collect(), told)
            }
        };
        let is_spans = tick_step == TimeStep::Years(1) && axis.step != Step::Year;
        let [begins, ends] = told;
        let can_drop = |marks: &[Mark]| may_drop && marks.len() > 1;
        if !ends {
            // The words of an end take the place of a label that has no room beside them, and of its tick.
            let last = loop {
                match self.end_mark(self.scale.end, tick_step, marks.last()) {
                    Some(last) => break last,
                    None if can_drop(&marks) => marks.pop(),
                    None => return None,
                };
                xs.truncate(if is_spans { xs.len() } else { xs.len().saturating_sub(1) });
            };
            xs.push(self.right);
            marks.push(last);
        }
        if !begins {
            let first = loop {
                match self.end_mark(self.scale.start, tick_step, marks.first()) {
                    Some(first) => break first,
                    None if can_drop(&marks) => drop(marks.remove(0)),
                    None => return None,
                }
                if !is_spans {
                    xs.remove(0);
                }
            };
            xs.insert(0, self.left);
            marks.insert(0, first);
        }
        Some((xs, marks))
    }

    /// The words of an end beside the label next to it; they may stand somewhat outside of the axis, where there is
    /// room. `None` where they would meet that label.
    fn end_mark(&self, at: Moment, tick_step: TimeStep, beside: Option<&Mark>) -> Option<Mark> {
        let is_end = at == self.scale.end;
        let (edge, outward) = if is_end { (self.right, 1.0) } else { (self.left, -1.0) };
        let mut mark = self.mark(self.end_words(at, tick_step), edge);
        let Some(beside) = beside else { return Some(mark) };
        let least = (beside.width + mark.width) / 2.0 + self.ground.sizes.px(LABEL_GAP);
        let aside = (least - (edge - beside.x) * outward).clamp(0.0, mark.width * ASIDE);
        let (left, right) = self.room(mark.width);
        mark.x = (edge + aside * outward).min(right).max(left);
        ((mark.x - beside.x) * outward >= least - 1e-6).then_some(mark)
    }

    /// An end of an axis that has no room for ticks between its ends.
    fn lone(&self, at: Moment) -> Mark {
        let tick_step = match self.scale.seconds() {
            seconds if seconds < 5 * DAY => TimeStep::Hours(1),
            seconds if seconds <= 124 * DAY => TimeStep::Days(1),
            _ => TimeStep::Months(1),
        };
        let x = self.x_of(at);
        if self.axis.by_age {
            self.mark(age(at, TimeStep::Days(1), YearStyle::Full), x)
        } else {
            self.mark(self.end_words(at, tick_step), x)
        }
    }

    /// Both ends, where they have room.
    fn ends_alone(&self) -> Option<(Vec<f64>, Vec<Mark>)> {
        let marks =
            [self.scale.start, self.scale.end].map(|at| self.lone(at)).into_iter().collect::<Vec<_>>();
        apart(&marks, self.ground.sizes.px(5.0)).then(|| (vec![self.left, self.right], marks))
    }

    /// The last date, where nothing else has room.
    fn end_alone(&self) -> (Vec<f64>, Vec<Mark>) {
        (vec![self.left, self.right], vec![self.lone(self.scale.end)])
    }

    /// Whether the first and the last tick tell where time begins and ends.
    fn told(&self, ticks: &[Moment], tick_step: TimeStep) -> [bool; 2] {
        let same = |a: Moment, b: Moment| match tick_step {
            TimeStep::Years(_) | TimeStep::Months(_) => a.month_index() == b.month_index(),
            TimeStep::Days(_) | TimeStep::Weeks(_) => a.days() == b.days(),
            TimeStep::Hours(_) | TimeStep::Minutes(_) => (a.seconds() - b.seconds()).abs() < 60,
            TimeStep::Seconds(_) => a == b,
        };
        let told = |tick: Option<&Moment>, end: Moment| tick.is_some_and(|tick| same(*tick, end));
        [told(ticks.first(), self.scale.start), told(ticks.last(), self.scale.end)]
    }

    /// An end of the axis as its ticks are told, in full: `Jul 2026`.
    fn end_words(&self, at: Moment, tick_step: TimeStep) -> String {
        let as_of = match (self.axis.step, tick_step) {
            (Step::Year, _) => TimeStep::Years(1),
            (Step::Quarter, TimeStep::Months(_) | TimeStep::Years(_)) => {
                return quarter_labels(&[at]).concat();
            }
            (_, TimeStep::Years(_) | TimeStep::Months(_)) => TimeStep::Months(1),
            (_, TimeStep::Days(_) | TimeStep::Weeks(_)) => TimeStep::Days(1),
            (_, TimeStep::Hours(_) | TimeStep::Minutes(_)) => TimeStep::Minutes(1),
            (_, TimeStep::Seconds(_)) => TimeStep::Seconds(1),
        };
        // Clock times of one day need not tell it again.
        let of_day = matches!(as_of, TimeStep::Minutes(_) | TimeStep::Seconds(_)) && at == self.scale.end;
        let told: Vec<Moment> = of_day.then_some(self.scale.start).into_iter().chain([at]).collect();
        labels(&told, as_of, YearStyle::Full).pop().unwrap_or_default()
    }

    /// Labels in the middle of each year's span, that of a partial year short where it has no room in full; and
    /// whether the first and the last year have one.
    fn spans(&self, ticks: &[Moment], years: YearStyle) -> (Vec<Mark>, [bool; 2]) {
        let mut edges = vec![self.scale.start];
        edges.extend(ticks.iter().filter(|&&tick| tick > self.scale.start));
        if edges.last().is_none_or(|&last| last < self.scale.end) {
            edges.push(self.scale.end);
        }
        let count = edges.len().saturating_sub(1);
        let starts: Vec<Moment> = edges.iter().take(count).copied().collect();
        let texts = labels(&starts, TimeStep::Years(1), years);
        let mut marks = Vec::new();
        let mut told = [true, true];
        for (i, (pair, text)) in edges.windows(2).zip(texts).enumerate() {
            let [from, to] = pair else { continue };
            let (a, b) = (self.x_of(*from), self.x_of(*to));
            let fits =
                |text: &str| self.ground.width_of(text, self.style) <= b - a - self.ground.sizes.px(5.0);
            let is_end = [i == 0, i + 1 == count];
            let short = || labels(&[*from, *from], TimeStep::Years(1), YearStyle::Short).pop();
            // As the first label a short year would not say its century.
            let short = || short().filter(|_| !is_end[0] && b - a >= self.ground.sizes.px(SHORT_YEAR));
            let text = if is_end == [false, false] || fits(&text) { Some(text) } else { short() };
            match text {
                Some(text) => marks.push(self.mark(text, (a + b) / 2.0)),
                None => told.iter_mut().zip(is_end).for_each(|(told, is_end)| *told &= !is_end),
            }
        }
        (marks, told)
    }

    /// Labels of years whose data stand at their middle.
    fn middles(
        &self,
        ticks: &[Moment],
        tick_step: TimeStep,
        years: YearStyle,
        xs: Vec<f64>,
    ) -> (Vec<f64>, Vec<Mark>) {
        let all = self.scale.start.date().year()..=self.scale.end.date().year();
        let step = if let TimeStep::Years(step) = tick_step { i16::try_from(step).unwrap_or(1) } else { 1 };
        let last = *all.end();
        let shown = all.filter(|year| (last - year) % step == 0);
        let starts: Vec<Moment> = shown.filter_map(|year| Moment::ymd(year, 1, 1)).collect();
        let middle = |at: &Moment| Moment::ymd(at.date().year(), 7, 2).map(|at| self.x_of(at));
        let places: Vec<f64> =
            starts.iter().filter_map(middle).map(|x| x.max(self.left).min(self.right)).collect();
        let texts = labels(&starts, TimeStep::Years(1), years).into_iter().zip(&places);
        let marks = texts.map(|(text, x)| self.mark(text, *x)).collect();
        // Where not every year is named, its own tick says which is.
        (if step == 1 && !ticks.is_empty() { xs } else { places }, marks)
    }
}

/// Whether two labels have room side by side.
fn clear(a: &Mark, b: &Mark, gap: f64) -> bool {
    b.x - a.x >= (a.width + b.width) / 2.0 + gap
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
    Axis { step, by_age, mid_year, .. }: Axis,
    x_of: impl Fn(Moment) -> f64,
    ground: Ground<'_>,
) -> TimeAxis {
    let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
    let all = |fits: fn(&Moment) -> bool| moments.iter().all(fits);
    let tick_step = match step {
        Step::Year if mid_year || all(|at| at.date().month() == 1) => TimeStep::Years(1),
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

/// A label centred on x, moved just far enough to stay inside the picture.
fn mark(text: String, x: f64, style: TextStyle, ground: Ground<'_>) -> Mark {
    let width = ground.width_of(&text, style);
    let half = width / 2.0;
    let x = x.min(ground.right() - half).max(ground.left() + half);
    Mark { text, x, width }
}

fn apart(marks: &[Mark], gap: f64) -> bool {
    marks.windows(2).all(|pair| match pair {
        [a, b] => clear(a, b, gap),
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
