//! `dot`: two values of each subject, of two dates or two groups, as dots on a line with the distance between them.
//!
//! Values stand beside the dots, so there is no axis; the names of the two ends stand above. Where a figure names two
//! `groups` and does not combine them it compares these, else two dates.

use super::parts::axes;
use super::parts::keys::Keys;
use super::parts::strokes::{self, Px};
use super::{Body, Chart, Fit, Shape, Unsuited, parts};
use crate::canvas::Role;
use crate::chart::pen::{Drawn, Pen, Surface};
use crate::chart::texts;
use crate::diag::{self, Report};
use crate::figure::{Bar, BarGroup, Emphasis, Ink, Kind, Look, Marks, Panel, Rgb, Series, Unit};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::time_axis::Axis;
use crate::layout::{Anchor, Area, TextLine, time_axis};
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::spec::FigureSpec;
use crate::text::{TextStyle, Weight};
use crate::theme::color::mix;
use crate::time::moment::{Moment, Step};

pub(super) struct Dot;

/// Of two dates.
static DATES: Kind = Kind {
    name: "dot",
    code: "Dot",
    noun: "Dot chart",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: false,
    stacks: false,
    torn: "hollow",
    refuses: &[
        ("at", "use `from` and `to`, or name two `groups`"),
        ("panels", "use `chart = \"facets\"`"),
        ("average", "two dates have no average between them"),
        ("events", "it has no time axis"),
    ],
};

/// Of two groups.
static GROUPS: Kind = Kind {
    shows_span: false,
    keeps_groups: true,
    refuses: &[
        ("from", "it shows one date of two groups: use `at`"),
        ("to", "it shows one date of two groups: use `at`"),
        ("panels", "use `chart = \"facets\"`"),
        ("events", "it has no time axis"),
    ],
    ..DATES
};

/// Of more subjects than this a slope has no room for their names.
const CROWDED: usize = 16;

/// Height of a row, in ems of its name, and by how much rows are stretched to a height at most.
const ROW: f64 = 16.0 / 7.0;
const MOST_STRETCH: f64 = 1.6;

/// Part of the content's width that names may take.
const NAMES: f64 = 0.35;

/// Height of a line of a name in ems.
const LEADING: f64 = 1.2;

/// Radius of a dot, in ems of its value, and from it to that, at the design's size.
const RADIUS: f64 = 3.0 / 7.0;
const GAP: f64 = 5.0;

/// Part of its radius that a dot keeps within another.
const WITHIN: f64 = 0.55;

/// How much of the colour of those that do not stand out is the background's, in parts of 255.
const PALED: u16 = 150;

/// Opacity of what joins two dots.
const LINK: f64 = 0.45;

impl Chart for Dot {
    fn kind(&self) -> &'static Kind {
        &DATES
    }

    fn variant(&self, in_groups: bool) -> &'static Kind {
        if in_groups { &GROUPS } else { &DATES }
    }

    fn suits(&self, spec: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        let Some(panel) = frame.panels.first() else { return Ok(()) };
        if panel.basis.lower_is_better() {
            let why = "dots of ranks: the best would stand nearest to nothing";
            return Err(Unsuited::new(why, "use `chart = \"slope\"` for two dates"));
        }
        if !spec.chart.keeps_groups {
            return parts::lines::two_dates(frame, "dot chart");
        }
        let count = panel.drawn_groups(spec).len();
        if count == 2 {
            return Ok(());
        }
        let why = format!("a dot chart of {count} groups: it shows two");
        Err(Unsuited::new(why, "name two in `groups`, or use `chart = \"grouped-bar\"`"))
    }

    fn fits(&self, shape: &Shape) -> Option<Fit> {
        let is_fit = shape.dates == 2 && shape.is_full && !shape.has_groups && !shape.are_ranks;
        (is_fit && shape.subjects > CROWDED).then_some(Fit::Special)
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        let is_sorted = !panel.calendar;
        if spec.chart.keeps_groups {
            return match parts::bars::marks(spec, frame, panel) {
                Marks::Bars(groups) if is_sorted => Marks::Bars(parts::bars::sorted(groups)),
                marks => marks,
            };
        }
        match parts::lines::marks(spec, frame, panel) {
            Marks::Lines { series, step } if is_sorted => {
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
        let pairs = match panels {
            [Panel { marks: Marks::Lines { series, step }, .. }] => of_dates(look, series, *step, ground),
            [Panel { marks: Marks::Bars(groups), .. }] => of_groups(groups),
            _ => None,
        };
        let Some((names, pairs)) = pairs else {
            let fault = diag::error("nothing-to-draw", "no two values to compare");
            return Err(fault.hint("check `from` and `to`, or `groups`").into());
        };
        Ok(Box::new(arrange(look, &names, &pairs, header, ground)?))
    }
}

/// A value as it is drawn.
#[derive(Debug, Clone, Copy)]
struct Spot {
    value: f64,
    /// The bound, where the value is only known to be below one.
    below: Option<f64>,
    /// Whether its period is not whole.
    hollow: bool,
}

/// The two values of a subject.
#[derive(Debug, Clone, Copy)]
struct Pair {
    subject: usize,
    ends: [Option<Spot>; 2],
}

/// What the two ends are called, and the values at them.
type Pairs = ([String; 2], Vec<Pair>);

fn of_dates(look: &Look, series: &[Series], step: Step, ground: Ground<'_>) -> Option<Pairs> {
    let ((first, last), _) = axes::extent(series)?;
    let name = |at: Moment| {
        let axis = time_axis::at_each(&[at], Axis::new(step, look.by_age, &[at], 0.0), |_| 0.0, ground);
        axis.labels.first().map(|label| label.text.clone()).unwrap_or_default()
    };
    let spot = |series: &Series, at: Moment, hollow: bool| {
        let value = series.points.iter().find(|point| point.at == at).and_then(|point| point.value)?;
        Some(Spot { value, below: None, hollow })
    };
    let pair = |s: &Series| Pair {
        subject: s.subject,
        ends: [spot(s, first, s.partial_start), spot(s, last, s.partial)],
    };
    Some(([name(first), name(last)], series.iter().map(pair).collect()))
}

fn of_groups(groups: &[BarGroup]) -> Option<Pairs> {
    let [one, other] = groups else { return None };
    let spot = |group: &BarGroup, subject: usize| {
        let bar = group.bars.iter().find(|bar| bar.subject == subject)?;
        Some(Spot { value: bar.value?, below: bar.below, hollow: false })
    };
    let pair =
        |bar: &Bar| Pair { subject: bar.subject, ends: [spot(one, bar.subject), spot(other, bar.subject)] };
    Some(([one.label.clone(), other.label.clone()], one.bars.iter().map(pair).collect()))
}

/// A row in its place.
struct Row {
    subject: usize,
    y: f64,
    xs: [Option<f64>; 2],
    radii: [f64; 2],
    hollow: [bool; 2],
    colors: [Rgb; 2],
}

/// Rows of dots in their places.
struct Rows<'a> {
    rows: Vec<Row>,
    /// The zero line, in stretches: it leaves out rows in which a value stands there.
    zero: Vec<[Px; 2]>,
    is_over_time: bool,
    /// Samples of the two ends, above the rows.
    keys: [Px; 2],
    colors: [Rgb; 2],
    texts: Vec<TextLine>,
    bottom: f64,
    unit: &'static str,
    ground: Ground<'a>,
}

/// A row whose texts are known but not its place.
struct Line {
    name: Vec<String>,
    style: TextStyle,
    values: [Option<String>; 2],
}

/// Rows whose texts are known, and what follows of them.
struct Draft {
    lines: Vec<Line>,
    scale: Linear,
    unit: &'static str,
    style: TextStyle,
    /// Where the names end, and where the rows begin and end.
    left: f64,
    start: f64,
    right: f64,
}

impl Draft {
    fn new(look: &Look, pairs: &[Pair], ground: Ground<'_>) -> Draft {
        let sizes = ground.sizes;
        let spots = || pairs.iter().flat_map(|pair| pair.ends).flatten();
        let told: Vec<f64> = spots().map(|spot| spot.below.unwrap_or(spot.value)).collect();
        let written = NumberFormat::for_values(&told, look.digits);
        let drawn = || spots().map(|spot| spot.value);
        let scale = Linear::bars(drawn().fold(0.0, f64::min), drawn().fold(0.0, f64::max));
        let style = TextStyle { size: sizes.label, weight: Weight::Regular };
        let value = |spot: Spot, is_first: bool| {
            let sign = if spot.below.is_some() { "<" } else { "" };
            let percent = if look.unit == Unit::Percent && is_first { "%" } else { "" };
            format!("{sign}{}{percent}", written.text(spot.below.unwrap_or(spot.value)))
        };
        let line = |(index, pair): (usize, &Pair)| {
            let subject = look.subjects.get(pair.subject);
            let is_strong = subject.is_some_and(|subject| subject.emphasis == Emphasis::Highlight);
            let weight = if is_strong { Weight::Bold } else { Weight::Regular };
            let style = TextStyle { weight, ..style };
            let room = (ground.right() - ground.left()) * NAMES;
            let name = subject.map_or("", |subject| subject.label.as_str());
            let values = pair.ends.map(|end| end.map(|spot| value(spot, index == 0)));
            Line { name: ground.fonts.wrap_name(name, style, room), style, values }
        };
        let lines: Vec<Line> = pairs.iter().enumerate().map(line).collect();
        let names =
            lines.iter().flat_map(|line| line.name.iter().map(|text| ground.width_of(text, line.style)));
        let left = ground.left() + names.fold(0.0, f64::max) + sizes.px(10.0);
        let width = |line: &Line, text: &String| ground.width_of(text, line.style);
        let values =
            lines.iter().flat_map(|line| line.values.iter().flatten().map(move |text| width(line, text)));
        let widest = values.fold(0.0, f64::max);
        let away = sizes.px(GAP) + sizes.label * RADIUS;
        // Rows begin as near to the names as dots and the values left of them let them.
        let right = ground.right() - widest - away;
        let starts = pairs.iter().zip(&lines).filter_map(|(pair, line)| {
            let ends = pair
                .ends
                .iter()
                .zip(&line.values)
                .filter_map(|(end, text)| Some((end.as_ref()?, text.as_ref()?)));
            let (spot, text) = ends.min_by(|(a, _), (b, _)| a.value.total_cmp(&b.value))?;
            let passed = scale.fraction(spot.value);
            (passed < 1.0).then(|| (left + away + width(line, text) - passed * right) / (1.0 - passed))
        });
        let start = starts.fold(left + sizes.label * RADIUS + 1.0, f64::max).ceil();
        let right = right.floor().max(start + 1.0);
        Draft { lines, scale, unit: written.unit, style, left, start, right }
    }

    /// Height of a row before it is stretched.
    fn height(line: &Line, ground: Ground<'_>) -> f64 {
        let text = line.name.len() as f64 * line.style.size * LEADING;
        (text + ground.sizes.px(8.0)).max(line.style.size * ROW)
    }
}

fn arrange<'a>(
    look: &Look,
    names: &[String; 2],
    pairs: &[Pair],
    header: &Header,
    ground: Ground<'a>,
) -> Result<Rows<'a>, Report> {
    if pairs.iter().all(|pair| pair.ends.iter().all(Option::is_none)) {
        return Err(diag::error("nothing-to-draw", "no value to draw").hint("check `from` and `to`").into());
    }
    let (sizes, theme) = (ground.sizes, ground.theme);
    let draft = Draft::new(look, pairs, ground);
    let keys =
        Keys::new(names, (draft.start - sizes.label * RADIUS, sizes.label * RADIUS), draft.style, ground);
    let keys_top = header.header_bottom + sizes.px(14.0);
    let top = keys_top + keys.height + sizes.px(6.0);
    let wanted: f64 = draft.lines.iter().map(|line| Draft::height(line, ground)).sum();
    let stretch = stretched(look, wanted, (top, header.footer_height + sizes.px(4.0)))?;
    let plot = Area { left: draft.start, top, right: draft.right, bottom: top + wanted * stretch };
    let first = theme.mark(Ink::Palette(0), Emphasis::Equal);
    let colors = match look.chart.keeps_groups {
        true => [first, theme.mark(Ink::Palette(1), Emphasis::Equal)],
        false => [theme.context, first],
    };
    let mut body = Rows {
        rows: Vec::new(),
        zero: Vec::new(),
        is_over_time: !look.chart.keeps_groups,
        keys: keys.places(keys_top),
        colors,
        texts: keys.texts(keys_top),
        bottom: plot.bottom + sizes.px(4.0),
        unit: draft.unit,
        ground,
    };
    let zero = plot.x(draft.scale.fraction(0.0));
    let mut y = plot.top;
    for (pair, line) in pairs.iter().zip(&draft.lines) {
        let pitch = Draft::height(line, ground) * stretch;
        body.row(pair, line, (plot, y + pitch / 2.0), (&draft.scale, draft.left), look);
        body.cross_row(zero, (y, y + pitch));
        y += pitch;
    }
    Ok(body)
}

/// How much rows are stretched to the height asked for.
fn stretched(look: &Look, wanted: f64, (top, footer): (f64, f64)) -> Result<f64, Report> {
    let Some(height) = look.height else { return Ok(1.0) };
    let free = f64::from(height) - top - footer;
    if free < wanted {
        let needed = (top + footer + wanted).ceil();
        let message = format!("cannot draw this figure {height} px high: its rows would have no room");
        let hint = format!("set `height` to {needed} or more, or leave it out");
        return Err(diag::error("height-too-small", message).hint(hint).into());
    }
    Ok((free / wanted).min(MOST_STRETCH))
}

impl Rows<'_> {
    /// Draws the zero line on through the row that was written last, unless a value stands there.
    fn cross_row(&mut self, x: f64, (top, bottom): (f64, f64)) {
        let gap = self.ground.sizes.px(4.0);
        let is_met = |line: &TextLine| {
            let width = self.ground.width_of(&line.text, line.style);
            let left = if line.anchor == Anchor::Right { line.x - width } else { line.x };
            let is_here = line.role == Role::ValueLabel && top < line.baseline && line.baseline < bottom;
            is_here && left - gap < x && x < left + width + gap
        };
        if self.texts.iter().any(is_met) {
            return;
        }
        match self.zero.last_mut() {
            Some([_, end]) if end.1 == top => end.1 = bottom,
            _ => self.zero.push([(x, top), (x, bottom)]),
        }
    }

    /// What joins the dots of a row: over time it has the colour of the last.
    fn link(&self, row: &Row) -> Rgb {
        let [_, last] = row.colors;
        if self.is_over_time { last } else { self.ground.theme.context }
    }

    /// A row: its name, its dots, and the value of each on the side that is away from the other.
    fn row(
        &mut self,
        pair: &Pair,
        line: &Line,
        (plot, y): (Area, f64),
        (scale, left): (&Linear, f64),
        look: &Look,
    ) {
        let style = line.style;
        let (ground, sizes) = (self.ground, self.ground.sizes);
        let emphasis = look.subjects.get(pair.subject).map_or(Emphasis::Equal, |s| s.emphasis);
        let is_strong = emphasis == Emphasis::Highlight;
        let color = if is_strong { ground.theme.title } else { ground.theme.axis };
        let mut write = |role, text: String, anchor, x, y, style| {
            self.texts.push(TextLine {
                role,
                subject: Some(pair.subject),
                text,
                style,
                color,
                anchor,
                x,
                baseline: ground.centered(y, style),
                halo: false,
            });
        };
        let leading = style.size * LEADING;
        let first = y - leading * (line.name.len() as f64 - 1.0) / 2.0;
        for (index, text) in line.name.iter().enumerate() {
            let y = first + leading * index as f64;
            write(Role::CategoryLabel, text.clone(), Anchor::Right, left - sizes.px(10.0), y, style);
        }
        let xs = pair.ends.map(|end| end.map(|spot| plot.x(scale.fraction(spot.value))));
        let full = sizes.label * RADIUS;
        // Of two that are nearly one the second lies within the first.
        let near = matches!(xs, [Some(a), Some(b)] if (a - b).abs() < full);
        let radii = [full, if near { full * WITHIN } else { full }];
        let beside = |x: f64, side: f64| {
            let edges = xs.iter().zip(radii).filter_map(|(x, radius)| Some((*x)? * side + radius));
            let edge = if near { edges.fold(f64::MIN, f64::max) } else { x * side + full };
            (edge + sizes.px(GAP)) * side
        };
        let rises = match pair.ends {
            [Some(one), Some(other)] => one.value <= other.value,
            [_, other] => other.is_some(),
        };
        let is_one = matches!(pair.ends, [Some(one), Some(other)] if one.value == other.value);
        for ((x, text), is_right) in xs.iter().zip(&line.values).zip([!rises, rises]) {
            let (Some(x), Some(text)) = (x, text) else { continue };
            // Of two equal values one is written.
            if is_one && !is_right {
                continue;
            }
            let (anchor, side) = if is_right { (Anchor::Left, 1.0) } else { (Anchor::Right, -1.0) };
            write(Role::ValueLabel, text.clone(), anchor, beside(*x, side), y, style);
        }
        let colors = match emphasis {
            Emphasis::Context => self.colors.map(|color| mix(color, ground.theme.background, PALED)),
            Emphasis::Equal | Emphasis::Highlight => self.colors,
        };
        let hollow = pair.ends.map(|end| end.is_some_and(|spot| spot.hollow));
        self.rows.push(Row { subject: pair.subject, y, xs, radii, hollow, colors });
    }
}

impl Body for Rows<'_> {
    fn bottom(&self) -> f64 {
        self.bottom
    }

    fn unit(&self) -> &'static str {
        self.unit
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let (sizes, theme) = (self.ground.sizes, self.ground.theme);
        let radius = sizes.label * RADIUS;
        let ring = (theme.background, sizes.px(1.0));
        pen.canvas.role(Role::Baseline, None);
        for stretch in &self.zero {
            pen.hair(surface, *stretch, theme.base, sizes.hair)?;
        }
        pen.canvas.role(Role::LegendKey, None);
        for (at, color) in self.keys.into_iter().zip(self.colors) {
            strokes::dot(at, radius, color, ring, surface, pen)?;
        }
        for row in &self.rows {
            pen.canvas.role(Role::Link, Some(row.subject));
            if let [Some(from), Some(to)] = row.xs {
                let ends = [(from, row.y), (to, row.y)];
                strokes::line(&ends, (self.link(row), LINK), sizes.line * 1.2, surface)?;
            }
            pen.canvas.role(Role::Dot, Some(row.subject));
            for (((x, radius), color), hollow) in row.xs.iter().zip(row.radii).zip(row.colors).zip(row.hollow)
            {
                let Some(x) = *x else { continue };
                let (fill, ring) =
                    if hollow { (theme.background, (color, sizes.px(2.0))) } else { (color, ring) };
                strokes::dot((x, row.y), radius, fill, ring, surface, pen)?;
            }
        }
        texts(&self.texts, surface, pen)
    }
}
