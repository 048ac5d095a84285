//! The body of a chart of scores: bars of parts, with a name at the left, the sum at the end, the points of a part in it
//! where it has room, and a legend of the parts.

use super::frame::{Frame, Ground};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::diag::{self, Report};
use crate::figure::{BarGroup, Emphasis, Look, Rgb};
use crate::scale::number::NumberFormat;
use crate::text::{TextStyle, Weight};
use crate::theme::{Theme, shades};

/// Names take this part of the width at most, or that one where they would need more than two lines.
const NAMES: (f64, f64) = (0.3, 0.45);

/// Bars are stretched by this at most.
const MOST_STRETCH: f64 = 2.2;

/// Lines of a name are this far apart, in sizes of its text.
const LEADING: f64 = 1.2;

/// A part of a bar in its place.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StackPart {
    /// Index into the look's subjects.
    pub subject: usize,
    /// Where.
    pub area: Area,
    /// Its colour.
    pub fill: Rgb,
}

/// Scores with everything in its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Stack {
    /// The parts, bar by bar, from left to right.
    pub parts: Vec<StackPart>,
    /// The colour samples of the legend.
    pub key: Vec<(Area, Rgb)>,
    /// All its texts.
    pub texts: Vec<TextLine>,
    /// The zero line: its place, and its ends.
    pub baseline: (f64, f64, f64),
    /// Where it ends, in px.
    pub bottom: f64,
}

/// Arranges scores under `frame`'s header: a group holds what one measure adds, for everybody in the same order.
///
/// # Errors
/// When nobody has a score, or the height asked for has no room.
pub fn arrange(groups: &[BarGroup], look: &Look, frame: &Frame, ground: Ground<'_>) -> Result<Stack, Report> {
    let draft = Draft::new(groups, look, ground);
    if draft.totals.iter().all(|(_, total)| total.is_none()) {
        let fault = diag::error("nothing-to-draw", "no value to draw: nobody has a value of every measure");
        return Err(fault.hint("check `subjects`, and leave out the panel that has few of them").into());
    }
    draft.place(frame)
}

/// Names, sums and colours, without places.
struct Draft<'a> {
    groups: &'a [BarGroup],
    look: &'a Look,
    ground: Ground<'a>,
    format: NumberFormat,
    colors: Vec<Rgb>,
    /// Who, in order, with the sum of the parts.
    totals: Vec<(usize, Option<f64>)>,
    /// The lines of each name.
    names: Vec<Vec<String>>,
}

impl<'a> Draft<'a> {
    fn new(groups: &'a [BarGroup], look: &'a Look, ground: Ground<'a>) -> Draft<'a> {
        let who = groups.first().map(|group| group.bars.as_slice()).unwrap_or_default();
        let total = |index: usize| -> Option<f64> {
            groups.iter().map(|group| group.bars.get(index).and_then(|bar| bar.value)).sum()
        };
        let totals: Vec<(usize, Option<f64>)> =
            who.iter().enumerate().map(|(index, bar)| (bar.subject, total(index))).collect();
        let values = groups.iter().flat_map(|group| &group.bars).filter_map(|bar| bar.value);
        let values: Vec<f64> = values.chain(totals.iter().filter_map(|(_, total)| *total)).collect();
        // Of a hundred points a tenth is all that anybody reads.
        let format = NumberFormat::for_values(&values, look.digits).at_most(1);
        let content = ground.right() - ground.left();
        let label =
            |subject: &usize| look.subjects.get(*subject).map_or("", |subject| subject.label.as_str());
        let wrap = |part: f64| -> Vec<Vec<String>> {
            let lines = |(subject, _): &(usize, Option<f64>)| {
                ground.fonts.wrap_name(label(subject), name_style(ground, true), content * part)
            };
            totals.iter().map(lines).collect()
        };
        let mut names = wrap(NAMES.0);
        if names.iter().any(|lines| lines.len() > 2) {
            names = wrap(NAMES.1);
        }
        Draft {
            groups,
            look,
            ground,
            format,
            colors: colors(look, ground.theme, groups.len()),
            totals,
            names,
        }
    }

    fn place(&self, frame: &Frame) -> Result<Stack, Report> {
        let ground = self.ground;
        let mut stack = Stack {
            parts: Vec::new(),
            key: Vec::new(),
            texts: Vec::new(),
            baseline: (0.0, 0.0, 0.0),
            bottom: 0.0,
        };
        let top =
            self.set_key(&mut stack, frame.header_bottom + ground.sizes.px(14.0)) + ground.sizes.px(16.0);
        let (bar, gap, spare) = self.bar(top, frame.footer_height)?;
        let top = top + spare / 2.0;
        let weights = [true, false].map(|strong| name_style(ground, strong));
        let wider = |text: &String| weights.iter().map(|s| ground.width_of(text, *s)).fold(0.0, f64::max);
        let widest = self.names.iter().flatten().map(wider).fold(0.0, f64::max);
        let left = (ground.left() + widest + ground.sizes.px(8.0)).round();
        let total_style = name_style(ground, true);
        let room =
            self.totals.iter().map(|(_, total)| ground.width_of(&self.total_text(*total), total_style));
        let right =
            (ground.right() - room.fold(0.0, f64::max) - ground.sizes.px(6.0)).max(left + 1.0).floor();
        let most = self.totals.iter().filter_map(|(_, total)| *total).fold(0.0, f64::max);
        let scale = if most > 0.0 { (right - left) / most } else { 0.0 };
        let mut y = top;
        for (index, names) in self.names.iter().enumerate() {
            let (from, to) = (y.round(), (y + bar).round());
            self.set_row(&mut stack, (index, names), (from, to), (left, scale));
            y += bar + gap;
        }
        let spill = ground.sizes.px(6.0);
        stack.bottom = y - gap;
        stack.baseline = (left, (top - spill).round(), (stack.bottom + spill).round());
        Ok(stack)
    }

    /// The thickness of a bar, the gap after it, and what height is left all the same.
    fn bar(&self, top: f64, footer: f64) -> Result<(f64, f64, f64), Report> {
        let sizes = self.ground.sizes;
        let lines = self.names.iter().map(Vec::len).max().unwrap_or(1).max(1) as f64;
        let needed = lines * sizes.label * LEADING;
        let (bar, gap) = (sizes.bar.max(needed), sizes.bar_gap);
        let Some(height) = self.look.height else { return Ok((bar, gap, 0.0)) };
        let count = self.names.len() as f64;
        let elastic = count * (bar + gap) - gap;
        let least = count * (needed + gap / 2.0) - gap / 2.0;
        let free = f64::from(height) - top - footer;
        if free < least {
            let needed = (top + footer + least).ceil();
            let message = format!("cannot draw this figure {height} px high: its bars would have no room");
            let hint = format!("set `height` to {needed} or more, or leave it out");
            return Err(diag::error("height-too-small", message).hint(hint).into());
        }
        let stretch = (free / elastic).min(MOST_STRETCH);
        if stretch >= 1.0 {
            return Ok((bar * stretch, gap * stretch, free - elastic * stretch));
        }
        let step = (free + gap / 2.0) / count;
        Ok((needed.max(step - gap), (step - needed.max(step - gap)).min(gap), 0.0))
    }

    fn total_text(&self, total: Option<f64>) -> String {
        total.map_or_else(|| "no score".into(), |total| self.format.text(total))
    }

    fn set_row(
        &self,
        stack: &mut Stack,
        (index, names): (usize, &[String]),
        (top, bottom): (f64, f64),
        (left, scale): (f64, f64),
    ) {
        let ground = self.ground;
        let Some((subject, total)) = self.totals.get(index).copied() else { return };
        let middle = (top + bottom) / 2.0;
        let is_strong = self.look.subjects.get(subject).is_some_and(|s| s.emphasis == Emphasis::Highlight);
        let line = |role, text, style, color, anchor, x, middle| TextLine {
            role,
            subject: Some(subject),
            text,
            style,
            color,
            anchor,
            x,
            baseline: ground.centered(middle, style),
            halo: false,
        };
        let style = name_style(ground, is_strong);
        let color = if is_strong { ground.theme.title } else { ground.theme.axis };
        let leading = style.size * LEADING;
        let first = middle - leading * (names.len() as f64 - 1.0) / 2.0;
        for (row, name) in names.iter().enumerate() {
            let (x, y) = (left - ground.sizes.px(8.0), first + leading * row as f64);
            stack.texts.push(line(Role::CategoryLabel, name.clone(), style, color, Anchor::Right, x, y));
        }
        let seam = ground.sizes.hair;
        let points_style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
        let (mut sum, end) = (0.0, left + total.unwrap_or(0.0) * scale);
        for (group, fill) in self.groups.iter().zip(&self.colors) {
            let Some(points) = group.bars.get(index).and_then(|bar| bar.value).filter(|_| total.is_some())
            else {
                continue;
            };
            let (from, to) = ((left + sum * scale).round(), (left + (sum + points) * scale).round());
            sum += points;
            let right = if to < end.round() { to - seam } else { to };
            if right <= from {
                continue;
            }
            let area = Area { left: from, top, right, bottom };
            stack.parts.push(StackPart { subject, area, fill: *fill });
            let text = self.format.text(points);
            if ground.width_of(&text, points_style) + ground.sizes.px(8.0) <= area.width() {
                let x = (area.left + area.right) / 2.0;
                let color = shades::on(*fill);
                stack.texts.push(line(Role::CellLabel, text, points_style, color, Anchor::Center, x, middle));
            }
        }
        let (style, color) = match total {
            Some(_) => (name_style(ground, true), ground.theme.title),
            None => (name_style(ground, false), ground.theme.footer),
        };
        let x = end.round() + ground.sizes.px(6.0);
        stack.texts.push(line(
            Role::ValueLabel,
            self.total_text(total),
            style,
            color,
            Anchor::Left,
            x,
            middle,
        ));
    }

    /// The measures with their colours, in rows; gives where they end.
    fn set_key(&self, stack: &mut Stack, top: f64) -> f64 {
        let ground = self.ground;
        let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
        let (swatch, gap, between) =
            (ground.sizes.px(12.0).round(), ground.sizes.px(6.0), ground.sizes.px(18.0));
        let leading = style.size * 1.4;
        let room = ground.right() - ground.left() - swatch - gap;
        let (mut x, mut y, mut tallest) = (ground.left(), top, 1);
        for (group, color) in self.groups.iter().zip(&self.colors) {
            let lines = ground.fonts.wrap_name(&group.label, style, room);
            let width = lines.iter().map(|line| ground.width_of(line, style)).fold(0.0, f64::max);
            if x > ground.left() && x + swatch + gap + width > ground.right() {
                x = ground.left();
                y += leading * f64::from(tallest);
                tallest = 1;
            }
            let middle = y + leading / 2.0;
            let key_top = (middle - swatch / 2.0).round();
            stack.key.push((
                Area { left: x.round(), top: key_top, right: x.round() + swatch, bottom: key_top + swatch },
                *color,
            ));
            tallest = tallest.max(u32::try_from(lines.len()).unwrap_or(1));
            stack.texts.extend(lines.into_iter().enumerate().map(|(row, text)| TextLine {
                role: Role::LegendLabel,
                subject: None,
                text,
                style,
                color: ground.theme.axis,
                anchor: Anchor::Left,
                x: x + swatch + gap,
                baseline: ground.centered(middle + leading * row as f64, style),
                halo: false,
            }));
            x += swatch + gap + width + between;
        }
        y + leading * f64::from(tallest)
    }
}

/// Colours of measures: those of the palette that are no subject's, then grey, then the others.
fn colors(look: &Look, theme: &Theme, count: usize) -> Vec<Rgb> {
    let free = theme.clear_of(look).into_iter().filter(|color| *color != theme.context);
    let mut colors: Vec<Rgb> = Vec::new();
    for color in free.chain([theme.context]).chain(theme.palette) {
        if !colors.contains(&color) {
            colors.push(color);
        }
    }
    colors.truncate(count);
    colors
}

fn name_style(ground: Ground<'_>, is_strong: bool) -> TextStyle {
    let weight = if is_strong { Weight::Medium } else { Weight::Regular };
    TextStyle { size: ground.sizes.label, weight }
}
