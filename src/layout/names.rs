//! Names at line ends and the values beside them: how they are set, and how wide their column is. It must not know
//! where each stands.

use super::frame::Ground;
use super::plotted::{Lines, end_of};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::figure::{Emphasis, Series, Unit};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::text::{TextStyle, Weight};
use crate::time::moment::Moment;

/// Names may take this share of the content's width.
const NAME_SHARE: f64 = 1.0 / 3.0;

/// Part of the content's width that the plot must keep beside names.
pub(super) const LEAST_PLOT: f64 = 0.4;

/// From the plot to the names, leaders between them, at the design's size.
pub(super) const NAME_REACH: f64 = 24.0;

/// A line that ends this far before the plot does has its name at its own end, at the design's size.
const EARLY_END: f64 = 12.0;

/// How far a name's box may pass the plot's upper and lower edge, at the design's size.
pub(super) const NAME_SPILL: f64 = 8.0;

/// Between a name and its value, at the design's size.
pub(super) const VALUE_GAP: f64 = 5.0;

/// An end of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum End {
    /// Its start, at the left.
    First,
    /// Its end, at the right.
    Last,
}

impl End {
    /// The point of a series there.
    pub(super) fn of(self, series: &Series) -> Option<(Moment, f64)> {
        match self {
            End::First => series.points.iter().find_map(|p| Some((p.at, p.value?))),
            End::Last => end_of(series),
        }
    }

    /// So much further from the plot.
    pub(super) fn outward(self, from: f64, by: f64) -> f64 {
        if self == End::First { from - by } else { from + by }
    }

    pub(super) fn edge(self, plot: Area) -> f64 {
        if self == End::First { plot.left } else { plot.right }
    }
}

/// A series' name and the value at its end.
#[derive(Debug, Clone, Default)]
pub(super) struct Named {
    /// Lines of the name; empty for a series without values.
    pub(super) name: Vec<String>,
    /// The value, where it is written beside the name.
    pub(super) value: Option<String>,
    /// Whether the line ends before the plot does, and its name stands there.
    pub(super) early: bool,
}

/// The names as they would stand in a column beside the plot.
pub(super) struct NameColumn {
    pub(super) end: End,
    /// Of each series.
    pub(super) texts: Vec<Named>,
    pub(super) style: TextStyle,
    /// Whether values stand in a column of their own, nearer to the plot than the names.
    apart: bool,
    values_width: f64,
    value_gap: f64,
    /// Widest line.
    pub(super) width: f64,
    /// Whether they may stand at line ends as far as their width goes.
    pub(super) fits: bool,
}

impl NameColumn {
    /// The names, each with its value where `values` has one; `apart` sets these in a column of their own, as at both
    /// ends of a slope.
    pub(super) fn new(
        lines: Lines<'_>,
        (end, apart): (End, bool),
        values: &[Option<String>],
        time: &TimeScale,
        ground: Ground<'_>,
    ) -> NameColumn {
        let style = TextStyle { size: ground.sizes.label, weight: Weight::Medium };
        let value_style = TextStyle { weight: Weight::Regular, ..style };
        let content = ground.right() - ground.left();
        let width_of_value = |value: &String| ground.width_of(value, value_style);
        let values_width = values.iter().flatten().map(width_of_value).fold(0.0, f64::max);
        let value_gap = ground.sizes.px(VALUE_GAP);
        // At both ends they must leave the plot its least width.
        let room = if apart {
            content * (1.0 - LEAST_PLOT) / 2.0 - ground.sizes.px(NAME_REACH) - values_width - value_gap
        } else {
            content * NAME_SHARE
        };
        let room = room.max(style.size);
        // An average ends before the values that it is made of; so do all lines then.
        let last = lines.series.iter().filter_map(end_of).map(|(at, _)| at).max();
        let last = last.map_or(1.0, |at| time.fraction(at));
        let named = |(index, series): (usize, &Series)| {
            let (Some((at, _)), Some(subject)) = (end.of(series), lines.look.subjects.get(series.subject))
            else {
                return Named::default();
            };
            // How wide the plot will be depends on this: four fifths of the picture is near enough.
            let before = (last - time.fraction(at)) * content * 0.8;
            Named {
                name: ground.fonts.wrap_name(&subject.label, style, room),
                value: values.get(index).cloned().flatten(),
                early: end == End::Last && !apart && before > ground.sizes.px(EARLY_END),
            }
        };
        let texts: Vec<Named> = lines.series.iter().enumerate().map(named).collect();
        let fits = texts.iter().all(|named| named.name.len() <= 2);
        let others = ground.width_of(&others(lines.series.len()), value_style);
        let mut column = NameColumn { end, texts, style, apart, values_width, value_gap, width: 0.0, fits };
        let widths =
            column.texts.iter().filter(|named| !named.early).map(|named| column.width_of(named, ground));
        column.width = widths.fold(if lines.series.len() > 3 { others } else { 0.0 }, f64::max);
        column
    }

    pub(super) fn leading(&self) -> f64 {
        self.style.size * 1.2
    }

    pub(super) fn value_style(&self) -> TextStyle {
        TextStyle { weight: Weight::Regular, ..self.style }
    }

    /// The widest line of a name, its value beside the last one.
    pub(super) fn width_of(&self, named: &Named, ground: Ground<'_>) -> f64 {
        let mut widths = named.name.iter().map(|text| ground.width_of(text, self.style));
        let widest = widths.clone().fold(0.0, f64::max);
        if self.apart {
            return widest + self.values_width + self.value_gap;
        }
        let value =
            named.value.as_ref().map(|value| self.value_gap + ground.width_of(value, self.value_style()));
        widest.max(widths.next_back().unwrap_or(0.0) + value.unwrap_or(0.0))
    }

    pub(super) fn height_of(&self, named: &Named) -> f64 {
        named.name.len() as f64 * self.leading()
    }

    /// What the fewest of them need one under the other: those that may not be left out, and the count of the others.
    pub(super) fn least(&self, lines: Lines<'_>, gap: f64) -> f64 {
        let is_kept = |series: &Series| {
            let subject = lines.look.subjects.get(series.subject);
            subject.is_some_and(|subject| subject.emphasis == Emphasis::Highlight)
        };
        let all = self.texts.iter().zip(lines.series);
        let shown: Vec<(f64, bool)> = all
            .filter(|(named, _)| !named.name.is_empty() && !named.early)
            .map(|(named, series)| (self.height_of(named) + gap, is_kept(series)))
            .collect();
        let kept: f64 = shown.iter().filter(|(_, kept)| *kept).map(|(height, _)| *height).sum();
        let mut free: Vec<f64> = shown.iter().filter(|(_, kept)| !*kept).map(|(height, _)| *height).collect();
        free.sort_by(|a, b| b.total_cmp(a));
        // The extremes, and a count between each two that are kept.
        kept * 2.0 + free.into_iter().take(3).sum::<f64>() - gap
    }
}

/// `+5 others`.
pub(super) fn others(count: usize) -> String {
    format!("+{count} others")
}

impl NameColumn {
    /// The texts of a series, whose box begins at `top` beside `x`.
    pub(super) fn texts_of(
        &self,
        lines: Lines<'_>,
        (index, named): (usize, &Named),
        (x, top): (f64, f64),
        ground: Ground<'_>,
    ) -> Vec<TextLine> {
        let Some(series) = lines.series.get(index) else { return Vec::new() };
        let subject = lines.look.subjects.get(series.subject);
        let color = subject.map_or(ground.theme.axis, |s| ground.theme.name(s.ink, s.emphasis));
        let leading = self.leading();
        let baseline = |i: usize| ground.centered(top + leading * (i as f64 + 0.5), self.style);
        let (first, inward) = (self.end == End::First, self.values_width + self.value_gap);
        let text = |text: &str, style: TextStyle, x: f64, anchor: Anchor, i: usize| TextLine {
            role: if first { Role::StartLabel } else { Role::SeriesLabel },
            subject: Some(series.subject),
            text: text.to_owned(),
            style,
            color,
            anchor,
            x,
            baseline: baseline(i),
            halo: false,
        };
        let anchor = if first { Anchor::Right } else { Anchor::Left };
        let names_x = if self.apart { self.end.outward(x, inward) } else { x };
        let mut texts: Vec<TextLine> = named
            .name
            .iter()
            .enumerate()
            .map(|(i, line)| text(line, self.style, names_x, anchor, i))
            .collect();
        if let (Some(value), Some(last)) = (&named.value, named.name.last()) {
            let i = named.name.len() - 1;
            let at = match (self.apart, first) {
                // Right-aligned in their column at either end.
                (true, true) => x,
                (true, false) => x + self.values_width,
                (false, _) => x + ground.width_of(last, self.style) + self.value_gap,
            };
            let anchor = if self.apart { Anchor::Right } else { Anchor::Left };
            texts.push(TextLine { role: Role::EndValue, ..text(value, self.value_style(), at, anchor, i) });
        }
        texts
    }
}

/// How many decimals the data themselves have, three at most.
fn decimals(values: &[f64]) -> usize {
    let has = |decimals: usize| {
        let scale = [1.0, 10.0, 100.0].get(decimals).copied().unwrap_or(1000.0);
        values.iter().all(|value| (libm::round(value * scale) / scale - value).abs() <= value.abs() * 1e-9)
    };
    (0..3).find(|decimals| has(*decimals)).unwrap_or(3)
}

/// A value as it is written inside of a plot.
pub(super) fn end_value(scale: &Linear, value: f64) -> String {
    NumberFormat::for_ticks(scale).in_three(value, decimals(&[value]))
}

/// How the values at line ends are written: three significant figures, in the axis' unit; nothing where there are
/// too many lines, or where one of them is not known, or not of a whole period.
pub(super) fn end_values(lines: Lines<'_>, scale: &Linear) -> Vec<Option<String>> {
    const MOST_VALUES: usize = 4;
    let format = NumberFormat::for_ticks(scale);
    let ends: Vec<Option<f64>> =
        lines.series.iter().map(|series| end_of(series).map(|(_, value)| value)).collect();
    let shown = ends.iter().flatten().count();
    if shown == 0 || shown > MOST_VALUES || lines.series.iter().any(|s| s.bounded || s.partial) {
        return Vec::new();
    }
    let most = decimals(&ends.iter().flatten().copied().collect::<Vec<_>>());
    ends.into_iter().map(|end| end.map(|value| format.in_three(value, most))).collect()
}

/// The names at the lines' ends, and at their starts where they stand at both.
pub(super) struct Names {
    pub(super) last: NameColumn,
    pub(super) first: Option<NameColumn>,
}

impl Names {
    pub(super) fn new(
        lines: Lines<'_>,
        slope: Option<NumberFormat>,
        (time, values): (&TimeScale, &Linear),
        ground: Ground<'_>,
    ) -> Names {
        let Some(format) = slope else {
            let written = end_values(lines, values);
            return Names {
                last: NameColumn::new(lines, (End::Last, false), &written, time, ground),
                first: None,
            };
        };
        let column = |end: End| {
            let values = slope_values(lines, end, format);
            NameColumn::new(lines, (end, true), &values, time, ground)
        };
        Names { last: column(End::Last), first: Some(column(End::First)) }
    }

    pub(super) fn fit(&self) -> bool {
        self.last.fits && self.first.as_ref().is_none_or(|first| first.fits)
    }

    /// What the higher column needs at least.
    pub(super) fn least(&self, lines: Lines<'_>, gap: f64) -> f64 {
        let first = self.first.iter().map(|first| first.least(lines, gap));
        first.fold(self.last.least(lines, gap), f64::max)
    }
}

/// The values at an end of a slope, the per cent sign on the highest only.
fn slope_values(lines: Lines<'_>, end: End, format: NumberFormat) -> Vec<Option<String>> {
    let values: Vec<Option<f64>> = lines.series.iter().map(|s| end.of(s).map(|(_, value)| value)).collect();
    let highest = values.iter().flatten().fold(f64::MIN, |most, value| most.max(*value));
    let mut has_sign = lines.look.unit != Unit::Percent;
    let text = |value: Option<f64>| {
        let value = value?;
        let text = format.text(value);
        if value == highest && !has_sign {
            has_sign = true;
            return Some(format!("{text}%"));
        }
        Some(text)
    };
    values.into_iter().map(text).collect()
}
