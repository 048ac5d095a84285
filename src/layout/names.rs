//! Names at line ends: how wide their column is, where each stands, and which
//! need a leader to their line.

use super::dodge::{Wish, dodge};
use super::frame::Ground;
use super::plotted::{Lines, end_of};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::figure::{Series, Unit};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;
use crate::scale::number::NumberFormat;
use crate::text::{TextStyle, Weight};
use crate::time::moment::Moment;

/// Names may take this share of the content's width.
const NAME_SHARE: f64 = 1.0 / 3.0;

/// Part of the content's width that the plot must keep beside names.
pub(super) const LEAST_PLOT: f64 = 0.4;

/// From the plot to the names, leaders included, at the design's size.
pub(super) const NAME_REACH: f64 = 22.0;

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
    fn of(self, series: &Series) -> Option<(Moment, f64)> {
        match self {
            End::First => series.points.iter().find_map(|p| Some((p.at, p.value?))),
            End::Last => end_of(series),
        }
    }

    /// So much further from the plot.
    fn outward(self, from: f64, by: f64) -> f64 {
        if self == End::First { from - by } else { from + by }
    }

    fn edge(self, plot: Area) -> f64 {
        if self == End::First { plot.left } else { plot.right }
    }
}

/// The names as they would stand in a column beside the plot.
pub(super) struct NameColumn {
    end: End,
    /// Lines of each series' name; empty for a series without values.
    texts: Vec<Vec<String>>,
    style: TextStyle,
    /// Widest line.
    pub(super) width: f64,
    /// Whether they may stand at line ends as far as their width goes.
    pub(super) fits: bool,
}

impl NameColumn {
    /// The names, each with the value at its end where it is known how that is written.
    pub(super) fn new(
        lines: Lines<'_>,
        end: End,
        written: Option<NumberFormat>,
        ground: Ground<'_>,
    ) -> NameColumn {
        let style = TextStyle { size: ground.sizes.label, weight: Weight::Medium };
        let content = ground.right() - ground.left();
        // At both ends they must leave the plot its least width.
        let room = match written {
            None => content * NAME_SHARE,
            Some(_) => content * (1.0 - LEAST_PLOT) / 2.0 - ground.sizes.px(NAME_REACH),
        };
        let texts: Vec<Vec<String>> = lines
            .series
            .iter()
            .map(|series| match (end.of(series), lines.look.subjects.get(series.subject)) {
                (Some((_, value)), Some(subject)) => {
                    let percent = if lines.look.unit == Unit::Percent { "%" } else { "" };
                    let value = written.map(|format| format!("{}{percent}", format.text(value)));
                    let text = match (value, end) {
                        (None, _) => subject.label.clone(),
                        (Some(value), End::First) => format!("{} \u{a0}{value}", subject.label),
                        (Some(value), End::Last) => format!("{value}\u{a0} {}", subject.label),
                    };
                    ground.fonts.wrap_name(&text, style, room)
                }
                _ => Vec::new(),
            })
            .collect();
        let width = texts.iter().flatten().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
        let fits = texts.iter().all(|lines| lines.len() <= 2);
        NameColumn { end, texts, style, width, fits }
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
                let (at, value) = self.end.of(s)?;
                let end = (plot.x(time.fraction(at)), plot.y(values.fraction(value)));
                Some(Named { series, end, height: self.height(series) })
            })
            .collect();
        ends.sort_by(|a, b| a.end.1.total_cmp(&b.end.1).then(a.series.cmp(&b.series)));
        let wishes: Vec<Wish> = ends.iter().map(|n| Wish { center: n.end.1, height: n.height }).collect();
        let spill = ground.sizes.px(NAME_SPILL);
        let centers = dodge(&wishes, ground.sizes.px(4.0), (plot.top - spill, plot.bottom + spill))
            .unwrap_or_else(|| wishes.iter().map(|w| w.center).collect());
        let edge = self.end.edge(plot);
        let elbows = elbows(&ends, &centers, edge, ground);
        let any_leader = elbows.iter().any(Option::is_some);
        let x = self.end.outward(edge, ground.sizes.px(if any_leader { NAME_REACH } else { 12.0 }));
        let placed = ends.iter().zip(&centers).zip(elbows).map(|((named, center), elbow)| {
            let leader = elbow.map(|beyond| {
                let turn = self.end.outward(edge, beyond);
                let from = (self.end.outward(named.end.0, ground.sizes.px(5.5)), named.end.1);
                let to = self.end.outward(x, -ground.sizes.px(3.0));
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
            role: if self.end == End::First { Role::StartLabel } else { Role::SeriesLabel },
            subject: Some(subject),
            text: text.clone(),
            style: self.style,
            color,
            anchor: if self.end == End::First { Anchor::Right } else { Anchor::Left },
            x,
            baseline: ground.centered(first + leading * i as f64, self.style),
            halo: false,
        });
        placed.collect()
    }
}

/// How far from the plot each leader turns; `None` for a name beside its line's end. Turns of
/// names that move the same way are staggered so that no leader crosses another.
fn elbows(ends: &[Named], centers: &[f64], edge: f64, ground: Ground<'_>) -> Vec<Option<f64>> {
    let moved: Vec<Option<bool>> = ends
        .iter()
        .zip(centers)
        .map(|(named, center)| {
            let offset = center - named.end.1;
            let early = (edge - named.end.0).abs() > ground.sizes.px(EARLY_END);
            (offset.abs() > ground.sizes.px(4.0) || early).then_some(offset > 0.0)
        })
        .collect();
    let (near, far) = (ground.sizes.px(8.0), ground.sizes.px(16.0));
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
