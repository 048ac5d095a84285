//! The names of two ends, each with a sample dot before it. It must not know what the ends are of.

use super::strokes::Px;
use crate::canvas::Role;
use crate::layout::frame::Ground;
use crate::layout::{Anchor, TextLine};
use crate::text::TextStyle;

/// Height of a line in ems.
const LEADING: f64 = 1.2;

/// The names of the two ends, each with a dot before it, beside each other or one under the other.
pub(crate) struct Keys {
    /// From the top: the dot's centre, and the lines of the name.
    all: Vec<(Px, Vec<TextLine>)>,
    pub(crate) height: f64,
}

impl Keys {
    /// Dots of a radius, the first beginning at a place from the left.
    pub(crate) fn new(
        names: &[String; 2],
        (left, radius): (f64, f64),
        style: TextStyle,
        ground: Ground<'_>,
    ) -> Keys {
        let sizes = ground.sizes;
        let (leading, indent) = (style.size * LEADING, radius * 2.0 + sizes.px(7.0));
        let width = |name: &String| ground.width_of(name, style);
        let is_row = left + names.iter().map(|name| indent + width(name) + sizes.px(20.0)).sum::<f64>()
            <= ground.right();
        let (mut x, mut y) = (if is_row { left } else { ground.left() }, 0.0);
        let mut all = Vec::new();
        for name in names {
            let lines = ground.fonts.wrap_name(name, style, ground.right() - x - indent);
            let count = lines.len().max(1) as f64;
            let line = |(index, text): (usize, String)| TextLine {
                role: Role::LegendLabel,
                subject: None,
                text,
                style,
                color: ground.theme.axis,
                anchor: Anchor::Left,
                x: x + indent,
                baseline: ground.centered(y + leading * (index as f64 + 0.5), style),
                halo: false,
            };
            let texts: Vec<TextLine> = lines.into_iter().enumerate().map(line).collect();
            all.push(((x + radius, y + leading / 2.0), texts));
            if is_row {
                x += indent + width(name) + sizes.px(20.0);
            } else {
                y += leading * count + sizes.px(4.0);
            }
        }
        Keys { all, height: if is_row { leading } else { y } }
    }

    /// Where the dots stand under a height.
    pub(crate) fn places(&self, top: f64) -> [Px; 2] {
        let place = |index: usize| self.all.get(index).map_or((0.0, 0.0), |((x, y), _)| (*x, y + top));
        [place(0), place(1)]
    }

    /// The names under a height.
    pub(crate) fn texts(&self, top: f64) -> Vec<TextLine> {
        let lines = self.all.iter().flat_map(|(_, lines)| lines);
        lines.map(|line| TextLine { baseline: line.baseline + top, ..line.clone() }).collect()
    }
}
