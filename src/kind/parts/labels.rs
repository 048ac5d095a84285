//! Names beside a plot, one under the other where they want to stand, with leaders to those that had to move. It must
//! not know what they name.

use super::strokes::Px;
use crate::canvas::Role;
use crate::figure::Rgb;
use crate::layout::dodge::{Wish, dodge};
use crate::layout::frame::Ground;
use crate::layout::{Anchor, Area, TextLine};
use crate::text::{TextStyle, Weight};

/// From a plot to the names beside it, leaders included, at the design's size.
pub(crate) const REACH: f64 = 20.0;

/// The same where there are none.
const NEAR: f64 = 12.0;

/// Height of a line of a name in ems.
const LEADING: f64 = 1.2;

/// A name in lines.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    /// Whose it is, where it is one's.
    pub(crate) subject: Option<usize>,
    pub(crate) texts: Vec<String>,
    pub(crate) color: Rgb,
}

/// The names of one side of a plot: at the starts of what they name, or at its ends.
pub(crate) struct Labels {
    pub(crate) all: Vec<Label>,
    /// Of the longest line.
    pub(crate) width: f64,
    pub(crate) style: TextStyle,
    role: Role,
}

impl Labels {
    /// Names as they are written, wrapped to a width.
    pub(crate) fn new(
        names: impl Iterator<Item = (Option<usize>, String, Rgb)>,
        role: Role,
        room: f64,
        ground: Ground<'_>,
    ) -> Labels {
        let style = TextStyle { size: ground.sizes.label, weight: Weight::Medium };
        let label = |(subject, name, color): (Option<usize>, String, Rgb)| {
            let texts = ground.fonts.wrap_name(&name, style, room);
            Label { subject, texts, color }
        };
        let all: Vec<Label> = names.map(label).collect();
        let widths = all.iter().flat_map(|label| &label.texts).map(|text| ground.width_of(text, style));
        let width = widths.fold(0.0, f64::max);
        Labels { all, width, style, role }
    }

    pub(crate) fn height(&self, label: &Label) -> f64 {
        label.texts.len() as f64 * self.style.size * LEADING
    }

    /// What all of them need one under the other.
    pub(crate) fn total(&self, gap: f64) -> f64 {
        self.all.iter().map(|label| self.height(label) + gap).sum()
    }

    /// Whether none has more than two lines.
    pub(crate) fn are_short(&self) -> bool {
        self.all.iter().all(|label| label.texts.len() < 3)
    }

    /// Names beside an edge of a plot, each of what ends at a place; and leaders to those that had to move, or that end
    /// before the edge.
    pub(crate) fn column(
        &self,
        mut ends: Vec<(Px, Label)>,
        plot: Area,
        ground: Ground<'_>,
    ) -> (Vec<TextLine>, Vec<[Px; 3]>) {
        let (outward, edge) = match self.role {
            Role::StartLabel => (-1.0, plot.left),
            _ => (1.0, plot.right),
        };
        ends.sort_by(|((_, a), one), ((_, b), other)| a.total_cmp(b).then(one.subject.cmp(&other.subject)));
        let wishes: Vec<Wish> =
            ends.iter().map(|((_, y), label)| Wish { center: *y, height: self.height(label) }).collect();
        let spill = ground.sizes.label * 0.75;
        let centers = dodge(&wishes, ground.sizes.px(2.0), (plot.top - spill, plot.bottom + spill))
            .unwrap_or_else(|| wishes.iter().map(|wish| wish.center).collect());
        let is_led = |((x, y), _): &(Px, Label), center: f64| {
            (center - y).abs() > ground.sizes.px(4.0) || (x - edge).abs() > ground.sizes.px(8.0)
        };
        let any = ends.iter().zip(&centers).any(|(end, center)| is_led(end, *center));
        let x = edge + outward * ground.sizes.px(if any { REACH } else { NEAR });
        let (mut texts, mut leaders) = (Vec::new(), Vec::new());
        for (end, center) in ends.iter().zip(centers) {
            let ((end_x, end_y), label) = end;
            if is_led(end, center) {
                let from = (end_x + outward * ground.sizes.px(6.0), *end_y);
                let turn = (edge + outward * ground.sizes.px(6.0), *end_y);
                leaders.push([from, turn, (x - outward * ground.sizes.px(3.0), center)]);
            }
            texts.extend(self.write(label, x, center, ground));
        }
        (texts, leaders)
    }

    /// A name around a height.
    pub(crate) fn write<'l>(
        &'l self,
        label: &'l Label,
        x: f64,
        center: f64,
        ground: Ground<'l>,
    ) -> impl Iterator<Item = TextLine> + 'l {
        let leading = self.style.size * LEADING;
        let top = center - leading * (label.texts.len() as f64 - 1.0) / 2.0;
        label.texts.iter().enumerate().map(move |(index, text)| TextLine {
            role: self.role,
            subject: label.subject,
            text: text.clone(),
            style: self.style,
            color: label.color,
            anchor: if self.role == Role::StartLabel { Anchor::Right } else { Anchor::Left },
            x,
            baseline: ground.centered(top + leading * index as f64, self.style),
            halo: false,
        })
    }
}
