//! `multiples`: a panel for each subject, with its own line in colour over those of all others in grey.
//!
//! All panels have one scale, so that heights compare. The name above a panel is its legend.

use super::parts::axes::{self, Extent};
use super::parts::strokes::{self, Px};
use super::{Body, Chart, Unsuited, parts};
use crate::canvas::Role;
use crate::chart::pen::{Drawn, Pen, Surface};
use crate::chart::texts;
use crate::diag::{self, Report};
use crate::figure::{Emphasis, Ink, Kind, Look, Marks, Panel, Rgb, Series, Unit};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::plotted::end_of;
use crate::layout::{Anchor, Area, TextLine};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::spec::FigureSpec;
use crate::text::{TextStyle, Weight};
use crate::theme::color::mix;
use crate::time::moment::{Moment, Step};

pub(super) struct Multiples;

static KIND: Kind = Kind {
    name: "multiples",
    code: "Multiples",
    noun: "Line charts",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: false,
    stacks: false,
    torn: "hollow",
    refuses: &[
        ("at", "use `from` and `to`"),
        ("panels", "its panels are its subjects"),
        ("events", "use `chart = \"line\"` to mark dates"),
    ],
};

/// More panels than this nobody compares.
const MOST: usize = 24;

/// Panels side by side at most, and the least width of one, at the design's size.
const COLUMNS: usize = 3;
const LEAST_WIDTH: f64 = 165.0;

/// Between panels side by side, and from one row to the name of the next, at the design's size.
const GUTTER: f64 = 24.0;
const ROW_GAP: f64 = 16.0;

/// From a name to its panel at the design's size; height of a line of it in ems.
const NAME_GAP: f64 = 6.0;
const LEADING: f64 = 1.2;

/// Width of a panel over its height where that is free, of one, two and three side by side; and its least height
/// at the design's size.
const ASPECTS: [f64; COLUMNS] = [2.0, 1.8, 1.6];
const LEAST_HEIGHT: f64 = 48.0;

/// Width and opacity of the lines of others, at the design's size.
const OTHERS: (f64, f64) = (1.0, 0.5);

/// Opacity of values under an average; and how much of the colour of single observations, in parts of 255, is the
/// background's.
const FAINT: f64 = 0.28;
const PALED: u16 = 150;

impl Chart for Multiples {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        let Some(panel) = frame.panels.first() else { return Ok(()) };
        let count = panel.drawn.len();
        if count < 2 {
            let why = "multiples of one subject: they set each off from the others";
            return Err(Unsuited::new(why, "use `chart = \"line\"`"));
        }
        if count > MOST {
            let why = format!("{count} multiples: more than {MOST} nobody compares");
            return Err(Unsuited::new(why, "choose some with `subjects`, or set `top = 12`"));
        }
        if panel.first.is_none_or(|first| Some(first) == panel.shown) {
            let why = "multiples of one date: their lines would be points";
            return Err(Unsuited::new(why, "use `chart = \"bar\"`"));
        }
        Ok(())
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        match parts::lines::marks(spec, frame, panel) {
            // Panels stand in the order that is asked for, or else the highest first.
            Marks::Lines { series, step } if spec.shown.is_empty() => {
                let series = parts::lines::ranked_by_end(series, panel.basis.lower_is_better());
                Marks::Lines { series, step }
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
            return Err(diag::error("own-fault", "expected one panel of lines").into());
        };
        let Some(extent) = axes::extent(series) else {
            let fault = diag::error("nothing-to-draw", "no value to draw");
            return Err(fault.hint("check `subjects`, `from` and `to`").into());
        };
        let body = Grid::new(look, series, (*step, extent), header, ground)?;
        Ok(Box::new(body))
    }
}

/// A panel in its place.
struct Placed<'a> {
    series: &'a Series,
    plot: Area,
    ticks: Vec<f64>,
}

/// All panels, and what they share.
struct Grid<'a> {
    panels: Vec<Placed<'a>>,
    time: TimeScale,
    values: Linear,
    texts: Vec<TextLine>,
    bottom: f64,
    unit: &'static str,
    /// How values at the ends of lines are written.
    written: NumberFormat,
    look: &'a Look,
    ground: Ground<'a>,
}

/// How the panels stand, and what they are called.
struct Shape {
    left: f64,
    top: f64,
    columns: usize,
    /// Of each panel.
    width: f64,
    height: f64,
    style: TextStyle,
    /// The lines of each panel's name.
    names: Vec<Vec<String>>,
    /// Height of the names above each row of panels.
    headings: Vec<f64>,
}

impl Shape {
    fn new(look: &Look, series: &[Series], values: &Linear, header: &Header, ground: Ground<'_>) -> Shape {
        let sizes = ground.sizes;
        let left = ground.left() + axes::values_room(values, look.unit, ground);
        let room = ground.right() - sizes.px(4.5) - left;
        let columns = columns(series.len(), room, ground);
        let width = (room - sizes.px(GUTTER) * (columns as f64 - 1.0)) / columns as f64;
        let style = TextStyle { size: sizes.label, weight: Weight::Bold };
        let label = |s: &Series| look.subjects.get(s.subject).map_or("", |s| s.label.as_str());
        let names: Vec<Vec<String>> =
            series.iter().map(|s| ground.fonts.wrap_name(label(s), style, width)).collect();
        let lines = |row: &[Vec<String>]| row.iter().map(Vec::len).max().unwrap_or(1).max(1);
        let headings: Vec<f64> =
            names.chunks(columns).map(|row| lines(row) as f64 * style.size * LEADING).collect();
        let rows = headings.len() as f64;
        let top = header.header_bottom + sizes.px(16.0);
        let between = sizes.px(NAME_GAP) * rows + sizes.px(ROW_GAP) * (rows - 1.0);
        let overhead = headings.iter().sum::<f64>() + between + axes::time_height(ground);
        let aspect = ASPECTS.get(columns - 1).copied().unwrap_or(1.6);
        let free = look.height.map(|height| f64::from(height) - header.footer_height - top - overhead);
        let height = free.map_or(width / aspect, |free| free / rows).floor();
        Shape { left, top, columns, width, height, style, names, headings }
    }

    /// That the panels keep some height.
    fn checked(self, look: &Look, ground: Ground<'_>) -> Result<Shape, Report> {
        let least = ground.sizes.px(LEAST_HEIGHT);
        if self.height >= least {
            return Ok(self);
        }
        let asked = look.height.map_or(0.0, f64::from);
        let needed = (asked + (least - self.height + 1.0) * self.headings.len() as f64).ceil();
        let message = format!("cannot draw this figure {asked} px high: its panels would have no room");
        let hint = format!("set `height` to {needed} or more, or leave it out");
        Err(diag::error("height-too-small", message).hint(hint).into())
    }
}

impl<'a> Grid<'a> {
    fn new(
        look: &'a Look,
        series: &'a [Series],
        (step, ((first, last), (low, high))): (Step, Extent),
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Grid<'a>, Report> {
        let draft = |wanted: usize| match look.lower_is_better {
            true => Linear::ranks(high, wanted),
            false => Linear::around(low, high, wanted, look.unit == Unit::Count),
        };
        // The ticks' width decides the height of panels, and that how many ticks there are.
        let guess = Shape::new(look, series, &draft(3), header, ground);
        let values = draft(axes::wanted(guess.height, ground));
        let shape = Shape::new(look, series, &values, header, ground).checked(look, ground)?;
        let ends: Vec<f64> = series.iter().filter_map(end_of).map(|(_, value)| value).collect();
        let mut grid = Grid {
            panels: Vec::new(),
            time: TimeScale::over(first, last, step),
            unit: NumberFormat::for_ticks(&values).unit,
            written: NumberFormat::for_values(&ends, look.digits),
            values,
            texts: Vec::new(),
            bottom: 0.0,
            look,
            ground,
        };
        let mut y = shape.top;
        let rows = series.chunks(shape.columns).zip(shape.names.chunks(shape.columns));
        for ((row, names), heading) in rows.zip(&shape.headings) {
            let top = (y + heading + ground.sizes.px(NAME_GAP)).round();
            for (column, (series, lines)) in row.iter().zip(names).enumerate() {
                let left = shape.left + (shape.width + ground.sizes.px(GUTTER)) * column as f64;
                let right = (left + shape.width).round();
                let plot = Area { left: left.round(), top, right, bottom: top + shape.height };
                grid.name(series, lines, (plot, y + heading), shape.style, last);
                grid.panels.push(Placed { series, plot, ticks: Vec::new() });
            }
            y = top + shape.height + ground.sizes.px(ROW_GAP);
        }
        grid.axes(shape.columns, step);
        grid.bottom = y - ground.sizes.px(ROW_GAP) + axes::time_height(ground);
        Ok(grid)
    }

    /// The name above a panel, with the last value where it has room.
    fn name(
        &mut self,
        series: &Series,
        lines: &[String],
        (plot, bottom): (Area, f64),
        bold: TextStyle,
        last: Moment,
    ) {
        let ground = self.ground;
        let line = |text: String, style, x, baseline| TextLine {
            role: Role::PanelTitle,
            subject: Some(series.subject),
            text,
            style,
            color: if style == bold { ground.theme.title } else { ground.theme.axis },
            anchor: Anchor::Left,
            x,
            baseline,
            halo: false,
        };
        let leading = bold.size * LEADING;
        let baseline =
            |above: usize| bottom - leading * above as f64 - (leading - ground.fonts.cap_height(bold)) / 2.0;
        for (above, text) in lines.iter().rev().enumerate() {
            self.texts.push(line(text.clone(), bold, plot.left, baseline(above)));
        }
        let ends = self.ends(series, last);
        let Some((text, value)) = lines.last().zip(ends) else { return };
        let style = TextStyle { weight: Weight::Regular, ..bold };
        let x = plot.left + ground.width_of(text, bold) + ground.sizes.px(7.0);
        if x + ground.width_of(&value, style) <= plot.right {
            self.texts.push(line(value, style, x, baseline(0)));
        }
    }

    /// The value at the end of a line that goes on to the last date, in the unit of the axis.
    fn ends(&self, series: &Series, last: Moment) -> Option<String> {
        let (at, value) = end_of(series).filter(|_| !series.bounded)?;
        let is_plain = at == last && self.written.unit == self.unit;
        let percent = if self.look.unit == Unit::Percent { "%" } else { "" };
        is_plain.then(|| format!("{}{percent}", self.written.text(value)))
    }

    /// Value labels left of each row, ticks under each panel, dates under the last one of each column.
    fn axes(&mut self, columns: usize, step: Step) {
        let (ground, count) = (self.ground, self.panels.len());
        let dates = axes::dates(self.panels.iter().map(|panel| panel.series));
        for (index, panel) in self.panels.iter_mut().enumerate() {
            let plot = panel.plot;
            if index % columns == 0 {
                self.texts.extend(axes::value_labels(&self.values, self.look.unit, plot, ground));
            }
            let edges = (plot.left, plot.right);
            let axis = axes::time(&dates, (&self.time, step), self.look.by_age, edges, ground);
            panel.ticks.clone_from(&axis.ticks);
            if index + columns >= count {
                let spill = ground.sizes.px(6.0);
                let edges = (plot.left - spill, plot.right + ground.sizes.px(4.0));
                self.texts.extend(axes::within(axis, edges, plot.bottom, ground));
            }
        }
    }

    /// The colour of a panel's own line: the subject's where it stands out, else the same in every panel, for its title
    /// says whose it is.
    fn color(&self, series: &Series) -> Rgb {
        let theme = self.ground.theme;
        match self.look.subjects.get(series.subject) {
            Some(subject) if subject.emphasis == Emphasis::Context => theme.base,
            Some(subject) if subject.emphasis == Emphasis::Highlight => {
                theme.mark(subject.ink, subject.emphasis)
            }
            _ => theme.mark(Ink::Palette(0), Emphasis::Equal),
        }
    }

    fn lines(&self, series: &Series, plot: Area) -> Vec<Vec<Px>> {
        let valued = series.points.iter().filter(|point| point.value.is_some()).count();
        strokes::stretches(&series.points, plot, (&self.time, &self.values), self.look.thins(valued))
    }

    fn draw_panel(&self, panel: &Placed<'_>, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let (plot, sizes, theme) = (panel.plot, self.ground.sizes, self.ground.theme);
        let level = |value: f64| plot.y(self.values.fraction(value));
        for &tick in self.values.ticks.iter().filter(|tick| **tick != 0.0) {
            pen.canvas.role(Role::Grid, None);
            pen.hair(surface, [(plot.left, level(tick)), (plot.right, level(tick))], theme.grid, sizes.hair)?;
        }
        pen.canvas.role(Role::Baseline, None);
        let zero = if self.values.reversed { plot.bottom } else { level(0.0) };
        pen.hair(surface, [(plot.left, zero), (plot.right, zero)], theme.base, sizes.hair)?;
        for &x in &panel.ticks {
            pen.canvas.role(Role::Tick, None);
            let ends = [(x, plot.bottom), (x, plot.bottom + sizes.px(4.0))];
            pen.hair(surface, ends, theme.base, sizes.hair)?;
        }
        for other in self.panels.iter().filter(|other| !std::ptr::eq(other.series, panel.series)) {
            pen.canvas.role(Role::Context, Some(other.series.subject));
            let (width, opacity) = OTHERS;
            for run in self.lines(other.series, plot) {
                let run = strokes::simplified(&run);
                strokes::line(&run, (theme.context, opacity), sizes.px(width), surface)?;
            }
        }
        self.draw_own(panel.series, plot, surface, pen)
    }

    fn draw_own(&self, series: &Series, plot: Area, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let (sizes, ground_color) = (self.ground.sizes, self.ground.theme.background);
        let color = self.color(series);
        let scales = (&self.time, &self.values);
        pen.canvas.role(Role::RawSeries, Some(series.subject));
        for run in strokes::stretches(&series.raw, plot, scales, true) {
            strokes::line(&run, (color, FAINT), sizes.px(1.0), surface)?;
        }
        pen.canvas.role(Role::Dot, Some(series.subject));
        for at in strokes::stretches(&series.dots, plot, scales, false).into_iter().flatten() {
            let faint = mix(color, ground_color, PALED);
            strokes::dot(at, sizes.px(2.0), faint, (ground_color, sizes.px(0.5)), surface, pen)?;
        }
        let runs = self.lines(series, plot);
        pen.canvas.role(Role::Series, Some(series.subject));
        for run in &runs {
            strokes::line(run, (color, 1.0), sizes.line * 0.9, surface)?;
        }
        let lone = runs.iter().filter(|run| run.len() == 1).flatten().copied();
        let place = |(at, value): (Moment, f64)| {
            (plot.x(self.time.fraction(at)), plot.y(self.values.fraction(value)))
        };
        let end = end_of(series).map(place);
        pen.canvas.role(Role::Dot, Some(series.subject));
        for at in lone.filter(|at| Some(*at) != end) {
            strokes::dot(at, sizes.line * 0.8, color, (ground_color, sizes.px(0.75)), surface, pen)?;
        }
        let hollow = (ground_color, (color, sizes.px(1.5)));
        let full = (color, (ground_color, sizes.px(1.0)));
        let first = series.points.iter().find_map(|p| Some((p.at, p.value?))).map(place);
        if let Some(at) = first.filter(|at| series.partial_start && Some(*at) != end) {
            strokes::dot(at, sizes.line * 1.1, hollow.0, hollow.1, surface, pen)?;
        }
        pen.canvas.role(Role::EndDot, Some(series.subject));
        let (fill, ring) = if series.partial { hollow } else { full };
        end.map_or(Ok(()), |at| strokes::dot(at, sizes.line * 1.1, fill, ring, surface, pen))
    }
}

/// How many panels stand side by side: as many as keep their width, and none that leaves a row of one behind
/// where two rows can be even.
fn columns(count: usize, room: f64, ground: Ground<'_>) -> usize {
    let gutter = ground.sizes.px(GUTTER);
    let fits = |columns: &usize| {
        let columns = *columns as f64;
        (room - gutter * (columns - 1.0)) / columns >= ground.sizes.px(LEAST_WIDTH)
    };
    let most = (1..=COLUMNS).rev().find(fits).unwrap_or(1).min(count.max(1));
    if count == 4 && most == 3 { 2 } else { most }
}

impl Body for Grid<'_> {
    fn bottom(&self) -> f64 {
        self.bottom
    }

    fn unit(&self) -> &'static str {
        self.unit
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        self.panels.iter().try_for_each(|panel| self.draw_panel(panel, surface, pen))?;
        texts(&self.texts, surface, pen)
    }
}
