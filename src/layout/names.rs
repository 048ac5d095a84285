//! Names at line ends: how wide their column is, where each stands, and which
//! need a leader to their line.

use super::dodge::{Wish, dodge};
use super::frame::Ground;
use super::lines::{Lines, end_of};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::text::{TextStyle, Weight};

/// Names may take this share of the content's width.
const NAME_SHARE: f64 = 1.0 / 3.0;

/// A line that ends this far before the plot does has a leader to its name, at the design's size.
const EARLY_END: f64 = 32.0;

/// How far a name's box may pass the plot's upper and lower edge, at the design's size.
pub(super) const NAME_SPILL: f64 = 8.0;

/// A series' name beside its line's end.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// Its line or two of text.
    pub lines: Vec<TextLine>,
    /// From the line's end to the name, where the name does not stand beside it.
    pub leader: Option<Vec<(f64, f64)>>,
}

/// The names as they would stand in a column right of the plot.
pub(super) struct NameColumn {
    /// Lines of each series' name; empty for a series without values.
    texts: Vec<Vec<String>>,
    style: TextStyle,
    /// Widest line.
    pub(super) width: f64,
    /// Whether they may stand at line ends as far as their width goes.
    pub(super) fits: bool,
}

impl NameColumn {
    pub(super) fn new(lines: Lines<'_>, ground: Ground<'_>) -> NameColumn {
        let style = TextStyle { size: ground.sizes.label, weight: Weight::Medium };
        let room = (ground.right() - ground.left()) * NAME_SHARE;
        let texts: Vec<Vec<String>> = lines
            .series
            .iter()
            .map(|series| match (end_of(series), lines.look.subjects.get(series.subject)) {
                (Some(_), Some(subject)) => ground.fonts.wrap(&subject.label, style, room),
                _ => Vec::new(),
            })
            .collect();
        let width = texts.iter().flatten().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
        let fits = texts.iter().all(|lines| lines.len() <= 2);
        NameColumn { texts, style, width, fits }
    }

    fn leading(&self) -> f64 {
        self.style.size * 1.2
    }

    fn height(&self, series: usize) -> f64 {
        self.texts.get(series).map_or(0, Vec::len) as f64 * self.leading()
    }

    /// What all of them need one under the other.
    pub(super) fn total(&self, gap: f64) -> f64 {
        let shown = self.texts.iter().filter(|t| !t.is_empty());
        shown.map(|t| t.len() as f64 * self.leading() + gap).sum::<f64>() - gap
    }
}

/// A name on its way to its place.
struct Named {
    series: usize,
    /// Where its line ends, in px.
    end: (f64, f64),
    height: f64,
}

impl NameColumn {
    /// The names beside their lines' ends in a plot of these scales.
    pub(super) fn place(
        &self,
        lines: Lines<'_>,
        plot: Area,
        time: &TimeScale,
        values: &Linear,
        ground: Ground<'_>,
    ) -> Vec<EndLabel> {
        let mut ends: Vec<Named> = lines
            .series
            .iter()
            .enumerate()
            .filter_map(|(series, s)| {
                let (at, value) = end_of(s)?;
                let end = (plot.x(time.fraction(at)), plot.y(values.fraction(value)));
                Some(Named { series, end, height: self.height(series) })
            })
            .collect();
        ends.sort_by(|a, b| a.end.1.total_cmp(&b.end.1).then(a.series.cmp(&b.series)));
        let wishes: Vec<Wish> = ends.iter().map(|n| Wish { center: n.end.1, height: n.height }).collect();
        let spill = ground.sizes.px(NAME_SPILL);
        let centers = dodge(&wishes, ground.sizes.px(4.0), (plot.top - spill, plot.bottom + spill))
            .unwrap_or_else(|| wishes.iter().map(|w| w.center).collect());
        let elbows = elbows(&ends, &centers, plot.right, ground);
        let any_leader = elbows.iter().any(Option::is_some);
        let x = plot.right + ground.sizes.px(if any_leader { 22.0 } else { 12.0 });
        let placed = ends.iter().zip(&centers).zip(elbows).map(|((named, center), elbow)| {
            let leader = elbow.map(|turn| {
                let from = (named.end.0 + ground.sizes.px(5.5), named.end.1);
                let to = x - ground.sizes.px(3.0);
                vec![from, (turn, named.end.1), (turn, *center), (to, *center)]
            });
            EndLabel { lines: self.lines(lines, named, *center, x, ground), leader }
        });
        placed.collect()
    }

    fn lines(
        &self,
        lines: Lines<'_>,
        named: &Named,
        center: f64,
        x: f64,
        ground: Ground<'_>,
    ) -> Vec<TextLine> {
        let subject = lines.series.get(named.series).map_or(0, |s| s.subject);
        let color = lines
            .look
            .subjects
            .get(subject)
            .map_or(ground.theme.axis, |s| ground.theme.name(s.ink, s.emphasis));
        let texts = self.texts.get(named.series).map_or(&[][..], Vec::as_slice);
        let leading = self.leading();
        let first = center - leading * (texts.len() as f64 - 1.0) / 2.0;
        let placed = texts.iter().enumerate().map(|(i, text)| TextLine {
            role: Role::SeriesLabel,
            subject: Some(subject),
            text: text.clone(),
            style: self.style,
            color,
            anchor: Anchor::Left,
            x,
            baseline: ground.centered(first + leading * i as f64, self.style),
            halo: false,
        });
        placed.collect()
    }
}

/// Where each leader turns; `None` for a name beside its line's end. Turns of
/// names that move the same way are staggered so that no leader crosses another.
fn elbows(ends: &[Named], centers: &[f64], plot_right: f64, ground: Ground<'_>) -> Vec<Option<f64>> {
    let moved: Vec<Option<bool>> = ends
        .iter()
        .zip(centers)
        .map(|(named, center)| {
            let offset = center - named.end.1;
            let early = plot_right - named.end.0 > ground.sizes.px(EARLY_END);
            (offset.abs() > ground.sizes.px(4.0) || early).then_some(offset > 0.0)
        })
        .collect();
    let (near, far) = (plot_right + ground.sizes.px(8.0), plot_right + ground.sizes.px(16.0));
    let mut turns = vec![None; moved.len()];
    let mut start = 0;
    while start < moved.len() {
        let run = moved.iter().skip(start).take_while(|m| **m == moved[start]).count();
        if let Some(down) = moved[start] {
            for i in 0..run {
                let level = if down { run - 1 - i } else { i };
                let fraction = (level as f64 + 0.5) / run as f64;
                turns[start + i] = Some(near + (far - near) * fraction);
            }
        }
        start += run;
    }
    turns
}
