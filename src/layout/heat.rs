//! The body of a heatmap: cells in rows and columns, their names, their values where all have room, and a key of
//! their shades.

use super::frame::{Frame, Ground};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::diag::{self, Report};
use crate::figure::{Emphasis, Grid, GridCell, GridRow, Look, Rgb, Unit};
use crate::scale::number::NumberFormat;
use crate::text::{TextStyle, Weight};
use crate::theme::shades;

/// Names of rows take this part of the width at most, and words of columns are broken where they are longer; less of both
/// where cells would have no room.
const NAMES: [(f64, f64); 2] = [(0.33, 96.0), (0.24, 52.0)];

/// Height of a row of few, of more and of many, least and greatest width of a cell, at the design's size.
const ROWS: [(usize, f64); 3] = [(14, 30.0), (24, 24.0), (usize::MAX, 20.0)];
const LEAST_WIDTH: f64 = 5.0;
const MOST_WIDTH: f64 = 168.0;

/// A row is stretched by this at most, and squeezed to this many px at the design's size at least.
const MOST_STRETCH: f64 = 2.4;
const LEAST_HEIGHT: f64 = 15.0;

/// Size of the key and number of its steps.
const KEY: (f64, f64) = (168.0, 10.0);
const STEPS: usize = 28;

/// A least value above this part of the greatest is where shades begin; else they begin at zero.
const FROM_ZERO: f64 = 0.5;

/// Lines of a name are this far apart, in sizes of its text.
const LEADING: f64 = 1.2;

/// A cell in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct HeatCell {
    /// Index into the look's subjects, where it is somebody's.
    pub subject: Option<usize>,
    /// Where.
    pub area: Area,
    /// Its shade.
    pub fill: Rgb,
}

/// A heatmap with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Heat {
    /// Its cells.
    pub cells: Vec<HeatCell>,
    /// Where nothing is known.
    pub missing: Vec<Area>,
    /// The steps of the key.
    pub key: Vec<(Area, Rgb)>,
    /// All its texts.
    pub texts: Vec<TextLine>,
    /// Where it ends, in px.
    pub bottom: f64,
    /// What values were divided by, in words; empty when they were not.
    pub unit: &'static str,
}

/// Arranges cells under `frame`'s header.
///
/// # Errors
/// When no cell has a value, or columns or rows have no room.
pub fn arrange(grid: &Grid, look: &Look, frame: &Frame, ground: Ground<'_>) -> Result<Heat, Report> {
    let numbers: Vec<f64> = grid.numbers().collect();
    if numbers.is_empty() {
        let fault = diag::error("nothing-to-draw", "no value to draw");
        return Err(fault.hint("check `subjects`, `groups` and `at`").into());
    }
    let mut drafts = NAMES.into_iter().map(|names| Draft::new(grid, look, ground, &numbers, names));
    let Some(draft) = drafts.find(|draft| draft.step >= draft.least_step()) else {
        let message =
            format!("cannot draw a heatmap of {} columns: they would have no room", grid.columns.len());
        let fewer = match look.chart.shows_span {
            true => "show fewer periods with `from`, or longer ones with `each`",
            false => "show fewer with `groups`",
        };
        return Err(diag::error("no-room-for-columns", message).hint(fewer).into());
    };
    draft.place(frame)
}

/// Names and shades, without places.
struct Draft<'a> {
    grid: &'a Grid,
    look: &'a Look,
    ground: Ground<'a>,
    format: NumberFormat,
    /// The values of the first and the last shade.
    ends: (f64, f64),
    /// The lines of each row's name.
    names: Vec<Vec<String>>,
    /// Where cells begin.
    left: f64,
    /// Width of a cell with the gap after it.
    step: f64,
    /// Words of a column's name are broken where they are longer.
    long_word: f64,
}

impl<'a> Draft<'a> {
    fn new(
        grid: &'a Grid,
        look: &'a Look,
        ground: Ground<'a>,
        numbers: &[f64],
        (most_names, long_word): (f64, f64),
    ) -> Draft<'a> {
        let least = numbers.iter().copied().fold(f64::INFINITY, f64::min);
        let most = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let from_zero = least >= 0.0 && least <= most * FROM_ZERO && !look.lower_is_better;
        let ends = if from_zero { (0.0, most) } else { (least, most) };
        let ends = if look.lower_is_better { (ends.1, ends.0) } else { ends };
        let style = name_style(ground, true);
        let room = (ground.right() - ground.left()) * most_names;
        let names: Vec<Vec<String>> =
            grid.rows.iter().map(|row| ground.fonts.wrap_name(&row.heading.label, style, room)).collect();
        let weights = [true, false].map(|strong| name_style(ground, strong));
        let wider =
            |text: &String| weights.iter().map(|style| ground.width_of(text, *style)).fold(0.0, f64::max);
        let widest = names.iter().flatten().map(wider).fold(0.0, f64::max);
        let left = (ground.left() + widest + ground.sizes.px(10.0)).ceil();
        let count = grid.columns.len().max(1) as f64;
        let step = ((ground.right() - left) / count).min(ground.sizes.px(MOST_WIDTH));
        let long_word = ground.sizes.px(long_word);
        Draft { grid, look, ground, format: format(numbers), ends, names, left, step, long_word }
    }

    /// The least width of a cell: names of groups stand on top of each.
    fn least_step(&self) -> f64 {
        if self.look.chart.shows_span {
            return self.ground.sizes.px(LEAST_WIDTH);
        }
        let style = column_style(self.ground);
        let words = self.grid.columns.iter().flat_map(|heading| heading.label.split(' '));
        let widest = words.map(|word| self.ground.width_of(word, style)).fold(0.0, f64::max);
        widest.min(self.long_word) + self.ground.sizes.px(6.0)
    }

    fn place(&self, frame: &Frame) -> Result<Heat, Report> {
        let ground = self.ground;
        let mut heat = Heat {
            cells: Vec::new(),
            missing: Vec::new(),
            key: Vec::new(),
            texts: Vec::new(),
            bottom: 0.0,
            unit: self.format.unit,
        };
        let top = self.set_key(&mut heat, frame.header_bottom + ground.sizes.px(14.0));
        let top = self.set_columns(&mut heat, top + ground.sizes.px(14.0));
        let height = self.row_height(top, frame.footer_height)?;
        let gap = ground.sizes.px(2.0).max(1.0).round();
        let mut y = top;
        let style = self.value_style(height - gap);
        for (row, names) in self.grid.rows.iter().zip(&self.names) {
            let (from, to) = (y.round(), (y + height).round() - gap);
            self.set_name(&mut heat, row, names, (from + to) / 2.0);
            for (index, cell) in row.cells.iter().enumerate() {
                let left = (self.left + self.step * index as f64).round();
                let right =
                    (self.left + self.step * (index as f64 + 1.0)).round() - gap.min(self.step / 4.0).round();
                let area = Area { left, top: from, right: right.max(left + 1.0), bottom: to };
                let is_torn = row.torn.contains(&index);
                self.set_cell(&mut heat, cell, (row, is_torn), area, style);
            }
            y += height;
        }
        heat.bottom = y - gap;
        Ok(heat)
    }

    /// The height of a row: as many names and values as there are lines of, stretched to the height asked for.
    fn row_height(&self, top: f64, footer: f64) -> Result<f64, Report> {
        let count = self.grid.rows.len();
        let usual = ROWS.iter().find(|(most, _)| count <= *most).map_or(20.0, |(_, height)| *height);
        let lines = self.names.iter().map(Vec::len).max().unwrap_or(1) as f64;
        let size = name_style(self.ground, true).size;
        let needed = size * LEADING * lines + self.ground.sizes.px(4.0);
        let usual = self.ground.sizes.px(usual).max(needed);
        let Some(height) = self.look.height else { return Ok(usual) };
        let least = self.ground.sizes.px(LEAST_HEIGHT).max(needed);
        let free = (f64::from(height) - top - footer) / count.max(1) as f64;
        if free < least {
            let needed = (top + footer + least * count as f64).ceil();
            let message = format!("cannot draw this figure {height} px high: its rows would have no room");
            let hint = format!("set `height` to {needed} or more, or leave it out");
            return Err(diag::error("height-too-small", message).hint(hint).into());
        }
        Ok(free.min(usual * MOST_STRETCH))
    }

    /// How values stand in cells; `None` where not all have room.
    fn value_style(&self, height: f64) -> Option<TextStyle> {
        let ground = self.ground;
        let room = self.step - ground.sizes.px(8.0);
        let sizes = [ground.sizes.tick, ground.sizes.footer, 11.0];
        let ways = sizes.map(|size| TextStyle { size, weight: Weight::Regular });
        let cells = || self.grid.rows.iter().flat_map(|row| &row.cells);
        let mut fitting = ways.into_iter().filter(|style| {
            let fits = |cell: &GridCell| ground.width_of(&text(cell, self.format), *style) <= room;
            ground.fonts.cap_height(*style) + ground.sizes.px(6.0) <= height && cells().all(fits)
        });
        fitting.next()
    }

    fn shade(&self, value: f64) -> Rgb {
        let (from, to) = self.ends;
        let part = if to == from { 1.0 } else { (value - from) / (to - from) };
        shades::shade(self.ground.theme, part)
    }

    fn set_cell(
        &self,
        heat: &mut Heat,
        cell: &GridCell,
        (row, is_torn): (&GridRow, bool),
        area: Area,
        style: Option<TextStyle>,
    ) {
        let value = match cell {
            GridCell::Number(value) => *value,
            GridCell::Below(bound) => bound / 2.0,
            GridCell::Missing => return heat.missing.push(area),
            GridCell::Outside | GridCell::Words(_) => return,
        };
        let fill = self.shade(value);
        // A period that is not whole is smaller than those that are.
        let inset = if is_torn { (area.height().min(area.width()) / 8.0).floor().max(1.0) } else { 0.0 };
        let inner = Area {
            left: area.left + inset,
            top: area.top + inset,
            right: area.right - inset,
            bottom: area.bottom - inset,
        };
        heat.cells.push(HeatCell { subject: row.heading.subject, area: inner, fill });
        let Some(style) = style else { return };
        heat.texts.push(TextLine {
            role: Role::CellLabel,
            subject: row.heading.subject,
            text: text(cell, self.format),
            style,
            color: shades::on(fill),
            anchor: Anchor::Center,
            x: (area.left + area.right) / 2.0,
            baseline: self.ground.centered((area.top + area.bottom) / 2.0, style),
            halo: false,
        });
    }

    fn set_name(&self, heat: &mut Heat, row: &GridRow, names: &[String], middle: f64) {
        let subject = row.heading.subject.and_then(|index| self.look.subjects.get(index));
        let is_strong = subject.is_some_and(|subject| subject.emphasis == Emphasis::Highlight);
        let style = name_style(self.ground, is_strong);
        let leading = style.size * LEADING;
        let first = middle - leading * (names.len() as f64 - 1.0) / 2.0;
        for (index, name) in names.iter().enumerate() {
            heat.texts.push(TextLine {
                role: Role::CategoryLabel,
                subject: row.heading.subject,
                text: name.clone(),
                style,
                color: if is_strong { self.ground.theme.title } else { self.ground.theme.axis },
                anchor: Anchor::Right,
                x: self.left - self.ground.sizes.px(8.0),
                baseline: self.ground.centered(first + leading * index as f64, style),
                halo: false,
            });
        }
    }

    /// Names the columns, and gives where cells begin.
    fn set_columns(&self, heat: &mut Heat, top: f64) -> f64 {
        let (ground, style) = (self.ground, column_style(self.ground));
        let named = self.named(style);
        let width = self.step - ground.sizes.px(6.0);
        let lines = |(index, text): &(usize, String)| match self.must_name_all() {
            true => (*index, ground.fonts.wrap_name(text, style, width)),
            false => (*index, vec![text.clone()]),
        };
        let named: Vec<(usize, Vec<String>)> = named.iter().map(lines).collect();
        let high = named.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0);
        let leading = style.size * LEADING;
        let first = top + ground.fonts.cap_height(style);
        for (index, lines) in &named {
            let down = leading * (high - lines.len()) as f64;
            for (line, text) in lines.iter().enumerate() {
                heat.texts.push(TextLine {
                    role: Role::ColumnLabel,
                    subject: None,
                    text: text.clone(),
                    style,
                    color: ground.theme.axis,
                    anchor: Anchor::Center,
                    x: self.middle(*index, ground.width_of(text, style)),
                    baseline: first + down + leading * line as f64,
                    halo: false,
                });
            }
        }
        let height = ground.fonts.cap_height(style) + leading * high.saturating_sub(1) as f64;
        (top + height + ground.sizes.px(7.0)).round()
    }

    fn must_name_all(&self) -> bool {
        self.grid.named.steps == [1]
    }

    /// The middle of a column for a text that stays in the picture.
    fn middle(&self, index: usize, width: f64) -> f64 {
        let middle = self.left + self.step * (index as f64 + 0.5);
        middle.min(self.ground.right() - width / 2.0).max(self.ground.left() + width / 2.0)
    }

    /// The columns that are named, as many as have room.
    fn named(&self, style: TextStyle) -> Vec<(usize, String)> {
        let named = &self.grid.named;
        let of_step = |step: usize| {
            let is_named = |index: &usize| index.abs_diff(named.anchor).is_multiple_of(step);
            let text = |label: &str| match step >= named.years_from {
                true => label.rsplit(' ').next().unwrap_or_default().to_owned(),
                false => label.to_owned(),
            };
            let columns = self.grid.columns.iter().enumerate().filter(|(index, _)| is_named(index));
            columns.map(|(index, heading)| (index, text(&heading.label))).collect::<Vec<_>>()
        };
        let gap = self.ground.sizes.px(8.0);
        let fits = |names: &Vec<(usize, String)>| {
            let ends = names.iter().map(|(index, text)| {
                let width = self.ground.width_of(text, style);
                let middle = self.middle(*index, width);
                (middle - width / 2.0, middle + width / 2.0)
            });
            let ends: Vec<(f64, f64)> = ends.collect();
            ends.iter().zip(ends.iter().skip(1)).all(|(one, next)| one.1 + gap <= next.0)
        };
        let mut all = named.steps.iter().map(|step| of_step(*step));
        if self.must_name_all() {
            return all.next().unwrap_or_default();
        }
        // Where no step finds a column, the first says where time begins.
        let first = || self.grid.columns.iter().take(1).map(|heading| (0, heading.label.clone())).collect();
        all.find(|names| fits(names)).filter(|names| !names.is_empty()).unwrap_or_else(first)
    }

    /// The shades with what their ends mean, and how a missing value is drawn; gives where it ends.
    fn set_key(&self, heat: &mut Heat, top: f64) -> f64 {
        let ground = self.ground;
        let style = TextStyle { size: ground.sizes.footer, weight: Weight::Regular };
        let (width, height) = (ground.sizes.px(KEY.0), ground.sizes.px(KEY.1).round());
        let percent = if self.look.unit == Unit::Percent { "%" } else { "" };
        let ends = [self.ends.0, self.ends.1].map(|end| format!("{}{percent}", self.format.text(end)));
        let line_height = ground.fonts.cap_height(style).max(height);
        let middle = top + line_height / 2.0;
        let label = |text: String, x: f64| TextLine {
            role: Role::LegendLabel,
            subject: None,
            text,
            style,
            color: ground.theme.axis,
            anchor: Anchor::Left,
            x,
            baseline: ground.centered(middle, style),
            halo: false,
        };
        let gap = ground.sizes.px(6.0);
        let [from, to] = ends;
        let mut x = ground.left();
        let bar = |left: f64, right: f64| Area {
            left: left.round(),
            top: (middle - height / 2.0).round(),
            right: right.round(),
            bottom: (middle + height / 2.0).round(),
        };
        let is_one = self.ends.0 == self.ends.1;
        if !is_one {
            let wide = ground.width_of(&from, style);
            heat.texts.push(label(from, x));
            x += wide + gap;
        }
        let steps = if is_one { 1 } else { STEPS };
        let width = if is_one { height * 1.6 } else { width };
        for step in 0..steps {
            let (a, b) = (step as f64 / steps as f64, (step + 1) as f64 / steps as f64);
            let part = if is_one { 1.0 } else { step as f64 / (steps - 1) as f64 };
            heat.key.push((bar(x + width * a, x + width * b), shades::shade(ground.theme, part)));
        }
        x += width + gap;
        let wide = ground.width_of(&to, style);
        heat.texts.push(label(to, x));
        x += wide + ground.sizes.px(20.0);
        if self.grid.rows.iter().flat_map(|row| &row.cells).any(|cell| *cell == GridCell::Missing) {
            heat.missing.push(bar(x, x + height * 1.8));
            heat.texts.push(label("no data".into(), x + height * 1.8 + gap));
        }
        top + line_height
    }
}

/// Whole numbers where these are nearly as large: shades are read, and digits looked up.
fn format(numbers: &[f64]) -> NumberFormat {
    let format = NumberFormat::for_values(numbers);
    Some(format.whole()).filter(|whole| whole.keeps(numbers)).unwrap_or(format)
}

/// What a cell says, where it says anything.
fn text(cell: &GridCell, format: NumberFormat) -> String {
    match cell {
        GridCell::Number(value) => format.text(*value),
        GridCell::Below(bound) => format!("<{}", format.text(*bound)),
        GridCell::Missing | GridCell::Outside | GridCell::Words(_) => String::new(),
    }
}

fn name_style(ground: Ground<'_>, is_strong: bool) -> TextStyle {
    let weight = if is_strong { Weight::Medium } else { Weight::Regular };
    TextStyle { size: ground.sizes.tick, weight }
}

fn column_style(ground: Ground<'_>) -> TextStyle {
    TextStyle { size: ground.sizes.footer, weight: Weight::Regular }
}
