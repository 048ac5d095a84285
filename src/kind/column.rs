//! `column`: one series over a few periods, an upright bar for each with its value at its end.
//!
//! A column stands in the place of its period, so that a missing period is an empty place. All values are printed,
//! smaller or shorter where they must be; where they have no room, the highest, the last and the first.

use plotters::prelude::*;

use super::{Body, Chart, Unsuited, parts};
use crate::canvas::Role;
use crate::chart::pen::{Drawn, Pen, Surface, rgb, unit};
use crate::chart::texts;
use crate::diag::{self, Report};
use crate::figure::{Kind, Look, Marks, Panel, Rgb, Series, Unit};
use crate::frame::{Frame, PanelFrame};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::{Anchor, Area, TextLine};
use crate::scale::Rows;
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::spec::FigureSpec;
use crate::text::{TextStyle, Weight};
use crate::time::moment::{Moment, Step};

pub(super) struct Column;

static KIND: Kind = Kind {
    name: "column",
    code: "Column",
    noun: "Column chart",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: false,
    stacks: false,
    torn: "paler",
    refuses: &[
        ("at", "use `from` and `to`"),
        ("panels", "use `chart = \"facets\"`"),
        ("events", "use `chart = \"line\"` to mark dates"),
        ("average", "use `chart = \"line\"`, which shows an average over its values"),
        ("highlight", "it shows one subject"),
        ("top", "it shows one subject"),
    ],
};

/// More columns than this are a line.
const MOST: i64 = 25;

/// Part of a place that its column fills.
const FILLED: f64 = 0.7;

/// Widest column, at the design's size.
const WIDEST: f64 = 64.0;

/// Least height of the plot, at the design's size.
const LEAST_HEIGHT: f64 = 90.0;

impl Chart for Column {
    fn kind(&self) -> &'static Kind {
        &KIND
    }

    fn suits(&self, _: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        const LINE: &str = "use `chart = \"line\"`";
        let Some(panel) = frame.panels.first() else { return Ok(()) };
        if panel.drawn.len() > 1 {
            let why = format!("columns of {} subjects: it shows one", panel.drawn.len());
            return Err(Unsuited::new(why, format!("choose one with `subjects`, or {LINE}")));
        }
        if panel.basis.lower_is_better() {
            return Err(Unsuited::new("columns of ranks: the longest would be the last", LINE));
        }
        if panel.step == Step::Irregular {
            return Err(Unsuited::new("columns of irregular dates: they have no places", LINE));
        }
        let count = panel
            .first
            .zip(panel.shown)
            .map_or(1, |(first, last)| parts::periods::distance(first.first(), last.first(), panel.step) + 1);
        if count > MOST {
            let why = format!("{count} columns: more than {MOST} are a line");
            return Err(Unsuited::new(why, format!("make periods longer with `each`, or {LINE}")));
        }
        Ok(())
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
            return Err(diag::error("own-fault", "expected one panel of columns").into());
        };
        let [only] = series.as_slice() else {
            return Err(diag::error("own-fault", "expected one series of columns").into());
        };
        arrange(look, only, *step, header, ground).map(|body| Box::new(body) as Box<dyn Body>)
    }
}

/// An upright bar in its place.
struct Placed {
    value: f64,
    left: f64,
    right: f64,
    fill: Rgb,
    /// Whether its period is not whole.
    is_partial: bool,
}

/// Columns in their places.
struct Columns<'a> {
    plot: Area,
    values: Linear,
    columns: Vec<Placed>,
    texts: Vec<TextLine>,
    bottom: f64,
    unit: &'static str,
    ground: Ground<'a>,
}

fn arrange<'a>(
    look: &Look,
    series: &Series,
    step: Step,
    header: &Header,
    ground: Ground<'a>,
) -> Result<Columns<'a>, Report> {
    let known: Vec<(Moment, f64)> =
        series.points.iter().filter_map(|point| Some((point.at, point.value?))).collect();
    let (Some((first, _)), Some((last, _))) = (known.first(), known.last()) else {
        return Err(diag::error("nothing-to-draw", "no value to draw").hint("check `from` and `to`").into());
    };
    let sizes: Vec<f64> = known.iter().map(|(_, value)| *value).collect();
    let values =
        Linear::bars(sizes.iter().copied().fold(0.0, f64::min), sizes.iter().copied().fold(0.0, f64::max));
    let format = NumberFormat::for_values(&sizes, look.digits);
    let style = TextStyle { size: ground.sizes.label, weight: Weight::Regular };
    let room = style.size + ground.sizes.px(6.0);
    let below = if values.min < 0.0 { room } else { 0.0 };
    let axis = ground.sizes.px(4.0) + ground.sizes.tick;
    let top = header.header_bottom + ground.sizes.px(12.0) + room;
    let free = look.height.map(|height| f64::from(height) - header.footer_height - axis - below - top);
    let (across, others) = (ground.right() - ground.left(), top - header.header_bottom + below + axis);
    let height = free.unwrap_or_else(|| header.free_height(across, others, ground));
    let least = ground.sizes.px(LEAST_HEIGHT);
    if height < least {
        return Err(too_low(look, least - height));
    }
    let plot = Area {
        left: ground.left().round(),
        top: top.round(),
        right: ground.right().round(),
        bottom: (top + height).round(),
    };
    let count = parts::periods::distance(*first, *last, step) + 1;
    let slot = plot.width() / count as f64;
    let width = (slot * FILLED).min(ground.sizes.px(WIDEST));
    let middle = |at: Moment| plot.left + slot * (parts::periods::distance(*first, at, step) as f64 + 0.5);
    let fill =
        look.subjects.get(series.subject).map_or(ground.theme.bar, |s| ground.theme.mark(s.ink, s.emphasis));
    let columns: Vec<Placed> = known
        .iter()
        .map(|(at, value)| Placed {
            value: *value,
            left: (middle(*at) - width / 2.0).round(),
            right: (middle(*at) + width / 2.0).round(),
            fill,
            is_partial: (series.partial && at == last) || (series.partial_start && at == first),
        })
        .collect();
    let mut body = Columns {
        plot,
        values,
        columns,
        texts: Vec::new(),
        bottom: plot.bottom + below + axis,
        unit: format.unit,
        ground,
    };
    body.name_values(&sizes, format, style, look.unit);
    let all = (0..count).filter_map(|index| parts::periods::moment(*first, step, index));
    let dates: Vec<(String, f64)> = all.map(|at| (parts::periods::named(at, step), middle(at))).collect();
    body.name_dates(&dates, plot.bottom + below);
    Ok(body)
}

/// That the height asked for lacks so many px.
fn too_low(look: &Look, lacking: f64) -> Report {
    let asked = look.height.map_or(0.0, f64::from);
    let message = format!("cannot draw this figure {asked} px high: its columns would have no room");
    let hint = format!("set `height` to {} or more, or leave it out", (asked + lacking).ceil());
    diag::error("height-too-small", message).hint(hint).into()
}

impl Columns<'_> {
    fn y(&self, value: f64) -> f64 {
        self.plot.y(self.values.fraction(value))
    }

    /// Prints all values, or else the highest, the last and the first.
    fn name_values(&mut self, sizes: &[f64], format: NumberFormat, style: TextStyle, unit: Unit) {
        let small = TextStyle { size: self.ground.sizes.tick, ..style };
        let short = Some(format.whole()).filter(|short| short.keeps(sizes));
        let ways = [Some((format, style)), Some((format, small)), short.map(|short| (short, small))];
        let all: Vec<usize> = (0..self.columns.len()).collect();
        let all_fit = ways.into_iter().flatten().find_map(|(format, style)| {
            let texts = self.values_of(&all, format, style, unit);
            (texts.len() == all.len()).then_some(texts)
        });
        let texts = all_fit.unwrap_or_else(|| {
            let places = self.columns.iter().enumerate();
            let highest = places.max_by(|(_, a), (_, b)| a.value.total_cmp(&b.value)).map(|(index, _)| index);
            let mut told: Vec<usize> = highest.into_iter().chain(all.last().copied()).chain([0]).collect();
            told.dedup();
            self.values_of(&told, format, style, unit)
        });
        self.texts.extend(texts);
    }

    /// The values of some columns, as far as they have room beside columns and each other.
    fn values_of(
        &self,
        which: &[usize],
        format: NumberFormat,
        style: TextStyle,
        unit: Unit,
    ) -> Vec<TextLine> {
        let ground = self.ground;
        let (gap, apart, zero) = (ground.sizes.px(5.0), ground.sizes.px(3.0), self.y(0.0));
        let mut boxes: Vec<(usize, Area)> = Vec::new();
        let mut lines = Vec::new();
        for (place, index) in which.iter().enumerate() {
            let Some(column) = self.columns.get(*index) else { continue };
            // Said once.
            let percent = if unit == Unit::Percent && place == 0 { "%" } else { "" };
            let text = format!("{}{percent}", format.text(column.value));
            let half = ground.width_of(&text, style) / 2.0;
            let x = (column.left + column.right) / 2.0;
            let x = x.clamp(self.plot.left + half, self.plot.right - half);
            let end = self.y(column.value);
            let below = end + gap + ground.fonts.cap_height(style);
            let baseline = if column.value >= 0.0 { end - gap } else { below };
            let own = Area {
                left: x - half - apart,
                top: baseline - style.size,
                right: x + half + apart,
                bottom: baseline + gap / 2.0,
            };
            let meets = |other: Area| {
                own.left < other.right
                    && other.left < own.right
                    && own.top < other.bottom
                    && other.top < own.bottom
            };
            let bar = |other: &Placed| {
                let end = self.y(other.value);
                Area { left: other.left, top: end.min(zero), right: other.right, bottom: end.max(zero) }
            };
            let covered = self.columns.iter().enumerate().any(|(i, other)| i != *index && meets(bar(other)));
            if covered || boxes.iter().any(|(other, area)| other == index || meets(*area)) {
                continue;
            }
            boxes.push((*index, own));
            lines.push(TextLine {
                role: Role::ValueLabel,
                subject: None,
                text,
                style,
                color: ground.theme.axis,
                anchor: Anchor::Center,
                x,
                baseline,
                halo: false,
            });
        }
        lines
    }

    /// Names the periods under the columns: the last, and as many before it as have room.
    fn name_dates(&mut self, dates: &[(String, f64)], top: f64) {
        let ground = self.ground;
        let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
        let gap = ground.sizes.px(10.0);
        let baseline = top + ground.sizes.px(8.0) + ground.fonts.cap_height(style);
        let half = |text: &str| ground.width_of(text, style) / 2.0;
        let held = |(text, x): &(String, f64)| {
            let half = half(text);
            (text.clone(), x.clamp(self.plot.left + half, self.plot.right - half))
        };
        let dates: Vec<(String, f64)> = dates.iter().map(held).collect();
        let fits = |every: usize| {
            let shown: Vec<&(String, f64)> = dates.iter().rev().step_by(every).collect();
            shown.windows(2).all(|pair| match pair {
                [later, earlier] => later.1 - earlier.1 >= half(&later.0) + half(&earlier.0) + gap,
                _ => true,
            })
        };
        let every = (1..=dates.len().max(1)).find(|every| fits(*every)).unwrap_or(1);
        for (text, x) in dates.iter().rev().step_by(every) {
            self.texts.push(TextLine {
                role: Role::TickLabel,
                subject: None,
                text: text.clone(),
                style,
                color: ground.theme.axis,
                anchor: Anchor::Center,
                x: *x,
                baseline,
                halo: false,
            });
        }
    }
}

impl Body for Columns<'_> {
    fn bottom(&self) -> f64 {
        self.bottom
    }

    fn unit(&self) -> &'static str {
        self.unit
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        let plot = self.plot;
        let (left, top) = (unit(plot.left), unit(plot.top));
        let (width, height) = (unit(plot.right) - left, unit(plot.bottom) - top);
        let area = surface.clone().shrink((left, top), (width, height));
        let mut chart =
            ChartBuilder::on(&area).build_cartesian_2d(Rows { height: width }, self.values.clone())?;
        for column in &self.columns {
            pen.canvas.role(Role::Bar, Some(0));
            let corners = [(unit(column.left) - left, 0.0), (unit(column.right) - left, column.value)];
            // A period that is not whole is paler than those that are.
            let fill = if column.is_partial { rgb(column.fill).mix(0.45) } else { rgb(column.fill).mix(1.0) };
            chart.draw_series([Rectangle::new(corners, fill.filled())])?;
        }
        pen.canvas.role(Role::Baseline, None);
        let zero = self.y(0.0);
        pen.hair(
            surface,
            [(plot.left, zero), (plot.right, zero)],
            self.ground.theme.base,
            self.ground.sizes.hair,
        )?;
        texts(&self.texts, surface, pen)
    }
}
