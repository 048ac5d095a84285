//! The column of names beside line ends: where each stands, which need a leader to their line, and which have no
//! room and are counted instead. It must not know how a name is set.

use super::dodge::{Wish, dodge};
use super::frame::Ground;
use super::names::{End, NAME_REACH, NAME_SPILL, NameColumn, others};
use super::plotted::Lines;
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::figure::{Emphasis, Rgb};
use crate::scale::calendar::TimeScale;
use crate::scale::linear::Linear;

/// From the plot to names without leaders between, at the design's size.
const BESIDE: f64 = 13.5;

/// A name moved by so much stands beside its line's end all the same, at the design's size.
const UNLED: f64 = 8.0;

/// A name is never moved further, unless none around it can be left out, at the design's size.
const FURTHEST: f64 = 24.0;

/// Of so few lines each has its name, wherever there is room for it.
const ALL_NAMED: usize = 4;

/// So many leaders side by side can be followed.
const MOST_LEADERS: usize = 3;

/// Ends nearer to each other than this share a dot, at the design's size.
pub(super) const SHARED: f64 = 3.0;

/// A series' name beside its line's end.
#[derive(Debug, Clone, PartialEq)]
pub struct EndLabel {
    /// Its texts.
    pub lines: Vec<TextLine>,
    /// From the line's end to the name, where the name does not stand beside it.
    pub leader: Option<[(f64, f64); 2]>,
    /// The leader's colour.
    pub color: Rgb,
}

/// What stands in a column: a name, or how many have none.
struct Entry {
    /// Series whose line ends here; those that have no name of their own where it is their count.
    series: Vec<usize>,
    is_count: bool,
    /// Where the lines end, in px: their middle.
    end: (f64, f64),
    height: f64,
}

/// A column of names in its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Column {
    /// The names.
    pub(super) labels: Vec<EndLabel>,
    /// Series whose names have no room.
    pub(super) unnamed: Vec<usize>,
    /// Those of them that are counted together; one alone has its name, which takes no more room.
    pub(super) counted: Vec<usize>,
}

impl NameColumn {
    /// The names beside their lines' ends in a plot of these scales; those of `left_out` are not shown.
    pub(super) fn place(
        &self,
        lines: Lines<'_>,
        plot: Area,
        (time, values): (&TimeScale, &Linear),
        left_out: &[usize],
        ground: Ground<'_>,
    ) -> Column {
        let mut ends: Vec<(usize, (f64, f64))> = Vec::new();
        for (index, (series, named)) in lines.series.iter().zip(&self.texts).enumerate() {
            let Some((at, value)) = self.end.of(series).filter(|_| !named.early) else { continue };
            ends.push((index, (plot.x(time.fraction(at)), plot.y(values.fraction(value)))));
        }
        ends.sort_by(|a, b| a.1.1.total_cmp(&b.1.1).then(a.0.cmp(&b.0)));
        let spill = ground.sizes.px(NAME_SPILL);
        let range = (plot.top - spill, plot.bottom + spill);
        let mut unnamed = left_out.to_vec();
        loop {
            let entries = self.entries(&ends, &unnamed, ground);
            let (centers, fault) = settled(&entries, range, ground);
            let fault = fault.filter(|_| ends.len() > ALL_NAMED || !self.have_room(&entries, range, ground));
            let dropped =
                fault.and_then(|fault| dropped(fault, &entries, (&centers, &unnamed), lines, ground));
            match dropped {
                Some(series) => unnamed.push(series),
                None => {
                    let counted = entries.iter().filter(|entry| entry.is_count);
                    let counted = counted.flat_map(|entry| entry.series.iter().copied()).collect();
                    let labels = self.labels(lines, plot, &entries, &centers, ground);
                    return Column { labels, unnamed, counted };
                }
            }
        }
    }

    fn have_room(&self, entries: &[Entry], range: (f64, f64), ground: Ground<'_>) -> bool {
        let gap = ground.sizes.px(4.0);
        entries.iter().map(|entry| entry.height + gap).sum::<f64>() - gap <= range.1 - range.0
    }

    /// What stands in the column, from top to bottom; neighbours without a name are counted together.
    fn entries(&self, ends: &[(usize, (f64, f64))], unnamed: &[usize], ground: Ground<'_>) -> Vec<Entry> {
        let mut entries: Vec<Entry> = Vec::new();
        let is_unnamed = |index: &usize| unnamed.contains(index);
        for run in ends.chunk_by(|a, b| is_unnamed(&a.0) == is_unnamed(&b.0)) {
            let is_count = run.len() > 1 && run.first().is_some_and(|(index, _)| is_unnamed(index));
            if is_count {
                let middle = run.iter().map(|(_, end)| end.1).sum::<f64>() / run.len() as f64;
                let x = run.first().map_or(0.0, |(_, end)| end.0);
                let series = run.iter().map(|(index, _)| *index).collect();
                entries.push(Entry { series, is_count, end: (x, middle), height: self.leading() });
                continue;
            }
            for (index, end) in run {
                let height = self.texts.get(*index).map_or(0.0, |named| self.height_of(named));
                let shared = entries.last_mut().filter(|entry| {
                    let apart = (entry.end.0 - end.0).abs().max((entry.end.1 - end.1).abs());
                    !entry.is_count && apart <= ground.sizes.px(SHARED)
                });
                match shared {
                    Some(entry) => {
                        entry.series.push(*index);
                        entry.height += ground.sizes.px(4.0) + height;
                    }
                    None => entries.push(Entry { series: vec![*index], is_count, end: *end, height }),
                }
            }
        }
        entries
    }

    fn labels(
        &self,
        lines: Lines<'_>,
        plot: Area,
        entries: &[Entry],
        centers: &[f64],
        ground: Ground<'_>,
    ) -> Vec<EndLabel> {
        let edge = self.end.edge(plot);
        let led = |entry: &Entry, center: f64| {
            // Names that share a dot stand beside it as long as it is beside one of them.
            let beside = if entry.series.len() > 1 { entry.height / 2.0 } else { ground.sizes.px(UNLED) };
            !entry.is_count && (center - entry.end.1).abs() > beside
        };
        let any_leader = entries.iter().zip(centers).any(|(entry, center)| led(entry, *center));
        let x = self.end.outward(edge, ground.sizes.px(if any_leader { NAME_REACH } else { BESIDE }));
        // From where the last of them ends, so that they do not cross.
        let ends = entries.iter().map(|entry| entry.end.0);
        let ends = if self.end == End::First {
            ends.fold(f64::MAX, f64::min)
        } else {
            ends.fold(f64::MIN, f64::max)
        };
        let mut labels = Vec::new();
        for (entry, center) in entries.iter().zip(centers) {
            if entry.is_count {
                labels.push(self.count(entry.series.len(), (x, *center), ground));
                continue;
            }
            let mut top = center - entry.height / 2.0;
            for (place, index) in entry.series.iter().enumerate() {
                let Some((series, named)) = lines.series.get(*index).zip(self.texts.get(*index)) else {
                    continue;
                };
                let height = self.height_of(named);
                let subject = lines.look.subjects.get(series.subject);
                let color = subject.map_or(ground.theme.axis, |s| ground.theme.mark(s.ink, s.emphasis));
                let leader = (place == 0 && led(entry, *center)).then(|| {
                    let from = self.end.outward(ends, ground.sizes.px(5.5));
                    [(from, entry.end.1), (self.end.outward(x, -ground.sizes.px(3.0)), *center)]
                });
                labels.push(EndLabel {
                    lines: self.texts_of(lines, (*index, named), (x, top), ground),
                    leader,
                    color,
                });
                top += height + ground.sizes.px(4.0);
            }
        }
        labels
    }

    fn count(&self, count: usize, (x, center): (f64, f64), ground: Ground<'_>) -> EndLabel {
        let style = self.value_style();
        let line = TextLine {
            role: if self.end == End::First { Role::StartLabel } else { Role::SeriesLabel },
            subject: None,
            text: others(count),
            style,
            color: ground.theme.axis,
            anchor: if self.end == End::First { Anchor::Right } else { Anchor::Left },
            x,
            baseline: ground.centered(center, style),
            halo: false,
        };
        EndLabel { lines: vec![line], leader: None, color: ground.theme.axis }
    }
}

/// The middles of entries, and the place of one that stands too far from its line, or without room.
fn settled(entries: &[Entry], range: (f64, f64), ground: Ground<'_>) -> (Vec<f64>, Option<usize>) {
    let wishes: Vec<Wish> =
        entries.iter().map(|entry| Wish { center: entry.end.1, height: entry.height }).collect();
    let Some(centers) = dodge(&wishes, ground.sizes.px(4.0), range) else {
        return (wishes.iter().map(|wish| wish.center).collect(), crowded(&wishes));
    };
    let moved = |(entry, center): (&Entry, &f64)| {
        // Of ends that share a dot, the outermost name.
        let spread = if entry.series.len() > 1 && !entry.is_count { entry.height / 2.0 } else { 0.0 };
        (center - entry.end.1).abs() + (spread - ground.sizes.px(21.0)).max(0.0)
    };
    let named = || entries.iter().zip(&centers).enumerate().filter(|(_, (entry, _))| !entry.is_count);
    let furthest = named().map(|(place, pair)| (place, moved(pair))).max_by(|a, b| a.1.total_cmp(&b.1));
    if let Some((place, _)) = furthest.filter(|(_, by)| *by > ground.sizes.px(FURTHEST)) {
        return (centers, Some(place));
    }
    let led: Vec<bool> =
        entries.iter().zip(&centers).map(|pair| moved(pair) > ground.sizes.px(UNLED)).collect();
    let mut start = 0;
    for run in led.chunk_by(|a, b| a == b) {
        if run.len() > MOST_LEADERS && run.first() == Some(&true) {
            return (centers, Some(start + run.len() / 2));
        }
        start += run.len();
    }
    (centers, None)
}

/// The entry with the least distance to its neighbours.
fn crowded(wishes: &[Wish]) -> Option<usize> {
    let gap = |place: &usize| {
        let at = |place: usize| wishes.get(place).map_or(f64::MAX, |wish| wish.center);
        let after = at(place + 1) - at(*place);
        let before = place.checked_sub(1).map_or(f64::MAX, |before| at(*place) - at(before));
        after.min(before)
    };
    (0..wishes.len()).min_by(|a, b| gap(a).total_cmp(&gap(b)))
}

/// Who goes without a name so that the others around a fault have room: context before others, beside those that
/// have none already, never who is highlighted, the highest or the lowest.
fn dropped(
    fault: usize,
    entries: &[Entry],
    (centers, unnamed): (&[f64], &[usize]),
    lines: Lines<'_>,
    ground: Ground<'_>,
) -> Option<usize> {
    let is_unnamed = |entry: &Entry| entry.series.iter().all(|index| unnamed.contains(index));
    let touches = |place: usize| {
        let next = place + 1;
        match (entries.get(place).zip(centers.get(place)), entries.get(next).zip(centers.get(next))) {
            (Some((a, at)), Some((b, to))) => to - at <= (a.height + b.height) / 2.0 + ground.sizes.px(4.5),
            _ => false,
        }
    };
    let mut from = fault;
    while from > 0 && touches(from - 1) {
        from -= 1;
    }
    let mut to = fault;
    while touches(to) {
        to += 1;
    }
    let is_extreme = |place: usize, at: usize, count: usize| {
        (place == 0 && at == 0) || (place + 1 == entries.len() && at + 1 == count)
    };
    let mut best: Option<((u8, bool, f64), usize)> = None;
    for (place, entry) in entries.iter().enumerate() {
        if is_unnamed(entry) {
            continue;
        }
        let beside = [place.checked_sub(1), Some(place + 1)];
        let beside = beside.into_iter().flatten().any(|next| entries.get(next).is_some_and(is_unnamed));
        for (at, index) in entry.series.iter().enumerate() {
            let series = lines.series.get(*index);
            let emphasis = series.and_then(|s| lines.look.subjects.get(s.subject)).map(|s| s.emphasis);
            let is_kept = emphasis == Some(Emphasis::Highlight) || unnamed.contains(index);
            if is_kept || is_extreme(place, at, entry.series.len()) {
                continue;
            }
            let rank = u8::from(emphasis != Some(Emphasis::Context))
                + if (from..=to).contains(&place) { 0 } else { 2 };
            let away = (place as f64 - (from + to) as f64 / 2.0).abs();
            let order = (rank, !beside, away);
            let is_better = |best: &((u8, bool, f64), usize)| {
                (order.0, order.1).cmp(&(best.0.0, best.0.1)).then(order.2.total_cmp(&best.0.2)).is_lt()
            };
            if best.as_ref().is_none_or(is_better) {
                best = Some((order, *index));
            }
        }
    }
    best.map(|(_, index)| index)
}
