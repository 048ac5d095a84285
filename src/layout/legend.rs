//! The legend of a line chart whose names have no room at its line ends.

use super::frame::Ground;
use super::plotted::{Lines, end_of};
use super::{Anchor, TextLine};
use crate::canvas::Role;
use crate::text::{TextStyle, Weight};

/// Dashes that tell legend entries of one colour apart, in multiples of the line's width.
pub const DASHES: [Option<(f64, f64)>; 6] =
    [None, Some((3.0, 2.5)), Some((0.5, 2.0)), Some((6.0, 2.5)), Some((1.5, 2.0)), Some((9.0, 3.0))];

/// An entry of a legend.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendEntry {
    /// Index into the series.
    pub series: usize,
    /// Its colour sample, from left to right.
    pub key: (f64, f64, f64),
    /// Its name.
    pub lines: Vec<TextLine>,
}

/// The legend in rows under the header, with y from its own top, and its height.
pub(super) fn legend(lines: Lines<'_>, ground: Ground<'_>) -> (Vec<LegendEntry>, f64) {
    let style = TextStyle { size: ground.sizes.label, weight: Weight::Medium };
    let (swatch, gap, between) = (ground.sizes.px(24.0), ground.sizes.px(6.0), ground.sizes.px(20.0));
    let leading = style.size * 1.35;
    let room = ground.right() - ground.left() - swatch - gap;
    let (mut x, mut y, mut tallest) = (ground.left(), 0.0, 0);
    let mut entries = Vec::new();
    for (index, series) in lines.series.iter().enumerate() {
        let (Some(_), Some(subject)) = (end_of(series), lines.look.subjects.get(series.subject)) else {
            continue;
        };
        let texts = ground.fonts.wrap_name(&subject.label, style, room);
        let width = texts.iter().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
        if x > ground.left() && x + swatch + gap + width > ground.right() {
            x = ground.left();
            y += leading * tallest as f64;
            tallest = 0;
        }
        tallest = tallest.max(texts.len());
        let middle = y + leading / 2.0;
        let lines = texts.into_iter().enumerate().map(|(i, text)| TextLine {
            role: Role::LegendLabel,
            subject: Some(series.subject),
            text,
            style,
            color: ground.theme.name(subject.ink, subject.emphasis),
            anchor: Anchor::Left,
            x: x + swatch + gap,
            baseline: ground.centered(middle + leading * i as f64, style),
            halo: false,
        });
        entries.push(LegendEntry { series: index, key: (x, x + swatch, middle), lines: lines.collect() });
        x += swatch + gap + width + between;
    }
    (entries, y + leading * tallest as f64)
}
