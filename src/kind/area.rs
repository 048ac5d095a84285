//! `area`: values over time one on top of the other, for parts of a whole: the first four in colour, all others as
//! one grey rest.
//!
//! A stack says the sum as well as its parts, so it takes only what may be added. At a date at which a part is missing
//! the sum is not known, and the stack breaks.

use plotters::prelude::*;

use super::parts::axes;
use super::parts::labels::{Label, Labels, REACH};
use super::parts::strokes::{self, Px};
use super::{Body, Chart, Unsuited, parts};
use crate::canvas::Role;
use crate::chart::pen::{Drawn, Pen, Surface, rgb, unit};
use crate::chart::texts;
use crate::diag::{self, Report};
use crate::figure::{Emphasis, Kind, Look, Marks, Panel, Rgb, Series, Unit};
use crate::frame::roster::Who;
use crate::frame::{Frame, PanelFrame, Value};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::{Area, TextLine};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::spec::FigureSpec;
use crate::theme::color::{at_least, mix};
use crate::theme::{TEXT_CONTRAST, Theme};
use crate::time::moment::{Moment, Step};

pub(super) struct Stacked;

static KIND: Kind = Kind {
    name: "area",
    code: "Area",
    noun: "Stacked area chart",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: false,
    stacks: true,
    torn: "paler",
    refuses: &[
        ("at", "use `from` and `to`"),
        ("panels", "use `chart = \"facets\"`"),
        ("events", "use `chart = \"line\"` to mark dates"),
        ("average", "use `chart = \"line\"`, which shows an average over its values"),
        ("top", "it shows all: the highest in colour, the others as a rest"),
    ],
};

/// More colours than this nobody tells apart in a stack.
const COLORED: usize = 4;

/// Parts of a whole, in per cent, may sum to so much more by rounding.
const ROUNDED: f64 = 1.0;

/// How much of the rest's grey is the background's, in parts of 255: it has a name, and is not to outshine the others.
const PALED: u16 = 110;

/// Least height of the plot, at the design's size.
const LEAST_HEIGHT: f64 = 90.0;

/// Part of the content's width that names may take.
const NAMES: f64 = 0.3;

/// Bands are parted from their neighbours where they are that thick, at the design's size.
const THIN: f64 = 4.0;

/// Opacity of the stretch to a period that is not whole.
const TORN: f64 = 0.45;

impl Chart for Stacked {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        const LINE: &str = "use `chart = \"line\"`";
        let Some(panel) = frame.panels.first() else { return Ok(()) };
        if let Err(refusal) = panel.basis.may_be_summed_over_subjects() {
            return Err(Unsuited::new(format!("a stack of {}: {}", panel.measure, refusal.reason), LINE));
        }
        if panel.drawn.len() < 2 {
            return Err(Unsuited::new("a stack of one subject: it shows parts of a whole", LINE));
        }
        if panel.first.is_none_or(|first| Some(first) == panel.shown) {
            return Err(Unsuited::new(
                "a stack of one date: it shows how parts change",
                "use `chart = \"bar\"`",
            ));
        }
        let highlighted = |s: &&crate::figure::Subject| s.emphasis == Emphasis::Highlight;
        let colored = frame.look.subjects.iter().filter(highlighted).count();
        if colored > COLORED {
            let why =
                format!("a stack in {colored} colours: more than {COLORED} and a rest nobody tells apart");
            return Err(Unsuited::new(why, "`highlight` at most four"));
        }
        summable(frame, panel)
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        match parts::lines::marks(spec, frame, panel) {
            // From the ground up in the order that is asked for, or else the highest first.
            Marks::Lines { series, step } if spec.shown.is_empty() => {
                Marks::Lines { series: parts::lines::ranked_by_end(series, false), step }
            }
            marks => marks,
        }
    }

    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report> {
        let [Panel { marks: Marks::Lines { series, step }, .. }] = panels else {
            return Err(diag::error("own-fault", "expected one panel of parts").into());
        };
        Ok(Box::new(arrange(look, series, *step, header, ground)?))
    }
}

/// Whether the values of each date add up: none is below zero, shares are not more than the whole, and most dates
/// have all of them.
fn summable(frame: &Frame, panel: &PanelFrame) -> Result<(), Unsuited> {
    const LINE: &str = "use `chart = \"line\"`";
    let below = panel.drawn_rows().find(|row| matches!(row.value, Value::Number(value) if value < 0.0));
    if let Some(row) = below {
        let why = format!("a stack with a value of {} below zero", frame.label(row.who));
        return Err(Unsuited::new(why, LINE));
    }
    let series: Vec<(Who, Vec<(Moment, f64)>)> =
        panel.drawn.iter().map(|who| (*who, known(panel, *who))).collect();
    let mut dates: Vec<Moment> =
        series.iter().flat_map(|(_, values)| values.iter().map(|(at, _)| *at)).collect();
    dates.sort_unstable();
    dates.dedup();
    let mut broken = 0;
    for at in &dates {
        let has = |values: &[(Moment, f64)]| values.binary_search_by_key(at, |(own, _)| *own).is_ok();
        let lives = |values: &[(Moment, f64)]| {
            values.first().is_some_and(|(first, _)| first <= at)
                && values.last().is_some_and(|(last, _)| at <= last)
        };
        broken += usize::from(series.iter().any(|(_, values)| lives(values) && !has(values)));
        let values = series.iter().filter_map(|(_, values)| {
            values.get(values.binary_search_by_key(at, |(own, _)| *own).ok()?).map(|(_, value)| *value)
        });
        let total: f64 = values.sum();
        if frame.look.unit == Unit::Percent && total > 100.0 + ROUNDED {
            let (total, when) = (libm::round(total), panel.date(*at).as_time());
            let why = format!("a stack of shares that overlap: they come to {total}% {when}");
            return Err(Unsuited::new(why, LINE));
        }
    }
    if broken * 2 > dates.len() {
        let why =
            format!("a stack of values of different dates: of {broken} of {} a part is missing", dates.len());
        return Err(Unsuited::new(
            why,
            "combine them with `each = \"month\"` or longer, or use `chart = \"line\"`",
        ));
    }
    Ok(())
}

/// Somebody's values that are drawn, by date.
fn known(panel: &PanelFrame, who: Who) -> Vec<(Moment, f64)> {
    let rows = panel.of(None, who).iter().filter(|row| panel.is_within(row.at));
    let value = |value: Value| match value {
        Value::Number(value) => Some(value),
        Value::Below(bound) => Some(bound / 2.0),
        Value::Missing | Value::Word(_) => None,
    };
    rows.filter_map(|row| Some((row.at?, value(row.value)?))).collect()
}

/// One area: a subject's, or the rest's.
struct Band {
    subject: Option<usize>,
    color: Rgb,
    /// Its lower and its upper edge at each date.
    edges: Vec<(f64, f64)>,
}

/// Values one on top of the other.
struct Stack {
    dates: Vec<Moment>,
    /// Whether every part of a date is known, so that its sum is.
    whole: Vec<bool>,
    bands: Vec<Band>,
    /// How many are in the last band, the rest; 0 where there is none.
    rest: usize,
}

impl Stack {
    fn new(look: &Look, series: &[Series], theme: &Theme) -> Stack {
        let mut dates: Vec<Moment> = series.iter().flat_map(|s| &s.points).map(|point| point.at).collect();
        dates.sort_unstable();
        dates.dedup();
        let value = |s: &Series, at: Moment| {
            let index = s.points.binary_search_by_key(&at, |point| point.at).ok()?;
            s.points.get(index)?.value
        };
        // Points have no gap at either end: before them and after, a part is not there.
        let lives = |s: &Series, at: Moment| {
            s.points.first().is_some_and(|p| p.at <= at) && s.points.last().is_some_and(|p| at <= p.at)
        };
        let is_whole = |at: &Moment| series.iter().all(|s| !lives(s, *at) || value(s, *at).is_some());
        let whole = dates.iter().map(is_whole).collect();
        let (colored, others) = parted(look, series);
        let mut ground = vec![0.0; dates.len()];
        let mut pile = |subject, color, parts: &[&Series]| {
            let edge = |(below, at): (&mut f64, &Moment)| {
                let from = *below;
                *below += parts.iter().filter_map(|s| value(s, *at)).sum::<f64>();
                (from, *below)
            };
            Band { subject, color, edges: ground.iter_mut().zip(&dates).map(edge).collect() }
        };
        let mut bands: Vec<Band> = Vec::new();
        for (series, color) in colored.iter().zip(colors(look, &colored, theme)) {
            bands.push(pile(Some(series.subject), color, &[series]));
        }
        if !others.is_empty() {
            let only = others.first().filter(|_| others.len() == 1).map(|s| s.subject);
            bands.push(pile(only, mix(theme.context, theme.background, PALED), &others));
        }
        Stack { dates, whole, bands, rest: others.len() }
    }

    /// The runs of dates of which everything is known, as indices.
    fn runs(&self) -> Vec<Vec<usize>> {
        let indices: Vec<usize> = (0..self.dates.len()).collect();
        let is_whole = |index: usize| self.whole.get(index).copied().unwrap_or_default();
        let runs = indices.chunk_by(|a, b| is_whole(*a) == is_whole(*b));
        runs.filter(|run| run.first().is_some_and(|first| is_whole(*first))).map(<[usize]>::to_vec).collect()
    }

    /// The greatest sum, and the edges of each band at the last date that is whole.
    fn sums(&self) -> Option<(f64, usize)> {
        let last = self.runs().last().and_then(|run| run.last().copied())?;
        let all = self.runs().into_iter().flatten();
        let top = |index: usize| {
            self.bands.last().and_then(|band| band.edges.get(index)).map_or(0.0, |edge| edge.1)
        };
        Some((all.map(top).fold(0.0, f64::max), last))
    }
}

/// Those in colour, from the ground up, and all others.
fn parted<'s>(look: &Look, series: &'s [Series]) -> (Vec<&'s Series>, Vec<&'s Series>) {
    let emphasis = |s: &Series| look.subjects.get(s.subject).map_or(Emphasis::Context, |s| s.emphasis);
    let (colored, mut others): (Vec<&Series>, Vec<&Series>) =
        series.iter().partition(|s| emphasis(s) != Emphasis::Context);
    let (first, more) = colored.split_at(colored.len().min(COLORED));
    others.splice(0..0, more.iter().copied());
    (first.to_vec(), others)
}

/// Their colours: their own, or where that is a grey or another's, the first that nobody has; of the whole palette,
/// where what is kept clear for others leaves too few.
fn colors(look: &Look, colored: &[&Series], theme: &Theme) -> Vec<Rgb> {
    let own = |s: &&Series| look.subjects.get(s.subject).map(|s| theme.mark(s.ink, s.emphasis));
    let own: Vec<Option<Rgb>> = colored.iter().map(own).collect();
    let whole = if theme.is_light() { Theme::light() } else { Theme::dark() }.palette;
    let mut taken: Vec<Rgb> = Vec::new();
    for color in own.iter().copied() {
        let is_free = |color: &Rgb| *color != theme.context && !taken.contains(color);
        let mut spare = theme.palette.into_iter().chain(whole);
        let spare = spare.find(|color| is_free(color) && !own.contains(&Some(*color)));
        taken.push(color.filter(is_free).or(spare).unwrap_or(theme.context));
    }
    taken
}

/// The stack in its place.
struct Areas<'a> {
    plot: Area,
    time: TimeScale,
    values: Linear,
    stack: Stack,
    /// Whether the first, and the last period is not whole.
    torn: (bool, bool),
    ticks: Vec<f64>,
    leaders: Vec<[Px; 3]>,
    texts: Vec<TextLine>,
    bottom: f64,
    unit: &'static str,
    ground: Ground<'a>,
}

fn arrange<'a>(
    look: &Look,
    series: &[Series],
    step: Step,
    header: &Header,
    ground: Ground<'a>,
) -> Result<Areas<'a>, Report> {
    let stack = Stack::new(look, series, ground.theme);
    let (Some((first, latest)), Some((most, last))) =
        (stack.dates.first().zip(stack.dates.last()), stack.sums())
    else {
        let fault = diag::error("nothing-to-draw", "at no date all parts of the stack are known");
        return Err(fault.hint("use `chart = \"line\"`, or `each` to combine dates").into());
    };
    let (sizes, whole) = (ground.sizes, look.unit == Unit::Count);
    let names = names(look, &stack, last, ground);
    let draft = |height: f64| Linear::around(0.0, most, axes::wanted(height, ground), whole);
    let guess = draft(sizes.px(250.0));
    let edges = |values: &Linear| {
        let left = ground.left() + axes::values_room(values, look.unit, ground);
        (left.round(), (ground.right() - names.width - sizes.px(REACH)).round())
    };
    let (left, right) = edges(&guess);
    let top = header.header_bottom + sizes.px(14.0) + sizes.tick / 2.0;
    let axis = axes::time_height(ground);
    let needed = names.total(sizes.px(2.0)).max(sizes.px(LEAST_HEIGHT));
    let free = look.height.map(|asked| (f64::from(asked) - header.footer_height - axis - top).floor());
    let usual = || header.free_height(right - left, top - header.header_bottom + axis, ground).floor();
    let height = free.unwrap_or_else(|| usual().max(needed.ceil()));
    if height < needed {
        let asked = look.height.map_or(0.0, f64::from);
        let message = format!("cannot draw this figure {asked} px high: its plot would have no room");
        let hint = format!("set `height` to {} or more, or leave it out", (asked + needed - height).ceil());
        return Err(diag::error("height-too-small", message).hint(hint).into());
    }
    let values = draft(height);
    let (left, right) = edges(&values);
    let plot = Area { left, top: top.round(), right, bottom: top.round() + height };
    let time = TimeScale::over(*first, *latest, step);
    let ticks = axes::time(&stack.dates, (&time, step), look.by_age, (left, right), ground);
    let mut texts = axes::value_labels(&values, look.unit, plot, ground);
    let middle = |band: &Band| {
        let (below, above) = band.edges.get(last).copied().unwrap_or_default();
        (plot.right, plot.y(values.fraction(f64::midpoint(below, above))))
    };
    let ends: Vec<(Px, Label)> =
        stack.bands.iter().zip(&names.all).map(|(band, label)| (middle(band), label.clone())).collect();
    let (labels, leaders) = names.column(ends, plot, ground);
    texts.extend(labels);
    texts.extend(axes::within(ticks.clone(), (ground.left(), ground.right()), plot.bottom, ground));
    Ok(Areas {
        plot,
        unit: NumberFormat::for_ticks(&values).unit,
        values,
        time,
        stack,
        torn: (series.iter().any(|s| s.partial_start), series.iter().any(|s| s.partial)),
        ticks: ticks.ticks,
        leaders,
        texts,
        bottom: plot.bottom + axis,
        ground,
    })
}

/// The names of bands, each with its value at the last date, but for the rest's.
fn names(look: &Look, stack: &Stack, last: usize, ground: Ground<'_>) -> Labels {
    let size = |band: &Band| band.edges.get(last).map_or(0.0, |(below, above)| above - below);
    let sizes: Vec<f64> = stack.bands.iter().filter(|band| band.subject.is_some()).map(size).collect();
    let written = NumberFormat::for_values(&sizes, look.digits);
    let percent = if look.unit == Unit::Percent { "%" } else { "" };
    let name = |band: &Band| {
        let color = at_least(TEXT_CONTRAST, band.color, ground.theme.background);
        let name = band.subject.and_then(|subject| look.subjects.get(subject));
        let text = match name {
            Some(subject) => format!("{} {}{percent}", subject.label, written.text(size(band))),
            None => format!("{} others", stack.rest),
        };
        (band.subject, text, color)
    };
    let room = (ground.right() - ground.left()) * NAMES;
    Labels::new(stack.bands.iter().map(name), Role::SeriesLabel, room, ground)
}

impl Areas<'_> {
    fn place(&self, index: usize, value: f64) -> Px {
        let at = self.stack.dates.get(index).map_or(0.0, |at| self.time.fraction(*at));
        (self.plot.x(at), self.plot.y(self.values.fraction(value)))
    }

    /// The upper and the lower edge of a band over a run of dates; of one date a narrow one.
    fn edges(&self, band: &Band, run: &[usize]) -> [Vec<Px>; 2] {
        let along = |edge: fn(&(f64, f64)) -> f64| -> Vec<Px> {
            let point = |index: &usize| Some(self.place(*index, edge(band.edges.get(*index)?)));
            let points: Vec<Px> = run.iter().filter_map(point).collect();
            match points.as_slice() {
                [(x, y)] => {
                    let half = self.ground.sizes.px(1.5);
                    let (from, to) = ((x - half).max(self.plot.left), (x + half).min(self.plot.right));
                    vec![(from, *y), (to, *y)]
                }
                _ => points,
            }
        };
        [along(|edge| edge.1), along(|edge| edge.0)]
    }

    /// Runs of dates with the opacity of what is drawn of them: paler where a period is not whole.
    fn runs(&self) -> Vec<(Vec<usize>, f64)> {
        let mut runs: Vec<(Vec<usize>, f64)> = self.stack.runs().into_iter().map(|run| (run, 1.0)).collect();
        if let (true, Some((run, _))) = (self.torn.1, runs.last_mut())
            && let [.., before, last] = run[..]
        {
            run.pop();
            runs.retain(|(run, _)| *run != [before]);
            runs.push((vec![before, last], TORN));
        }
        if let (true, Some((run, 1.0))) = (self.torn.0, runs.first_mut())
            && let [first, second, ..] = run[..]
        {
            run.remove(0);
            runs.retain(|(run, _)| *run != [second]);
            runs.insert(0, (vec![first, second], TORN));
        }
        runs
    }

    /// Where two neighbours are parted by the background: along their common edge, as far as neither is so thin that
    /// nothing of it would be left.
    fn seams(&self, band: &Band, above: &Band) -> Vec<Vec<Px>> {
        let least = self.ground.sizes.px(THIN);
        let mut seams = Vec::new();
        for (run, _) in self.runs() {
            let ([edge, lower], [upper, _]) = (self.edges(band, &run), self.edges(above, &run));
            let is_thick = |((edge, lower), upper): &((&Px, &Px), &Px)| {
                (lower.1 - edge.1).min(edge.1 - upper.1) >= least
            };
            let along: Vec<((&Px, &Px), &Px)> = edge.iter().zip(&lower).zip(&upper).collect();
            let parts = along.chunk_by(|a, b| is_thick(a) == is_thick(b));
            let thick = parts.filter(|part| part.first().is_some_and(is_thick));
            seams.extend(thick.map(|part| part.iter().map(|((edge, _), _)| **edge).collect()));
        }
        seams
    }

    fn draw_band(&self, band: &Band, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        pen.canvas.role(Role::Area, band.subject);
        for (run, opacity) in self.runs() {
            let [upper, lower] = self.edges(band, &run);
            let corners: Vec<(i32, i32)> =
                upper.iter().chain(lower.iter().rev()).map(|&(x, y)| (unit(x), unit(y))).collect();
            surface.draw(&Polygon::new(corners, rgb(band.color).mix(opacity).filled()))?;
        }
        Ok(())
    }
}

impl Body for Areas<'_> {
    fn bottom(&self) -> f64 {
        self.bottom
    }

    fn unit(&self) -> &'static str {
        self.unit
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let (plot, sizes, theme) = (self.plot, self.ground.sizes, self.ground.theme);
        self.stack.bands.iter().try_for_each(|band| self.draw_band(band, surface, pen))?;
        pen.canvas.role(Role::Halo, None);
        for (band, above) in self.stack.bands.iter().zip(self.stack.bands.iter().skip(1)) {
            for seam in self.seams(band, above) {
                strokes::line(&seam, (theme.background, 1.0), sizes.px(1.25), surface)?;
            }
        }
        for &tick in self.values.ticks.iter().filter(|tick| **tick != 0.0) {
            pen.canvas.role(Role::Grid, None);
            let y = plot.y(self.values.fraction(tick));
            pen.hair(surface, [(plot.left, y), (plot.right, y)], theme.grid, sizes.hair)?;
        }
        pen.canvas.role(Role::Baseline, None);
        let zero = plot.y(self.values.fraction(0.0));
        pen.hair(surface, [(plot.left, zero), (plot.right, zero)], theme.base, sizes.hair)?;
        for &x in &self.ticks {
            pen.canvas.role(Role::Tick, None);
            let ends = [(x, plot.bottom), (x, plot.bottom + sizes.px(6.0))];
            pen.hair(surface, ends, theme.base, sizes.hair)?;
        }
        pen.canvas.role(Role::Leader, None);
        for leader in &self.leaders {
            strokes::line(leader, (theme.leader, 1.0), sizes.px(0.75), surface)?;
        }
        texts(&self.texts, surface, pen)
    }
}
