//! What stands beside lines: grounds of shaded times with their words, and words at single values, each in the
//! freest of eight places around its value, further away with a leader where there is no room near by.
//!
//! What finds no place is told, and not drawn. It must not know how anything is painted.

use super::frame::Ground;
use super::free::{apart, distance};
use super::lines::LineBody;
use super::plotted::{Lines, most_aside};
use super::{Anchor, Area, TextLine};
use crate::canvas::Role;
use crate::diag::{self, Report, quoted};
use crate::figure::{Annotation, Point, Shade};
use crate::text::{TextStyle, Weight};
use crate::time::moment::Step;

/// Widest line of words, at the design's size.
const TEXT_WIDTH: f64 = 150.0;

/// How far words stand from what they speak of; with a leader from the second on.
const DISTANCES: [f64; 7] = [9.0, 18.0, 32.0, 50.0, 74.0, 104.0, 140.0];

/// Words keep this distance from lines and other words.
const CLEAR: f64 = 4.0;

/// A gridline or a shade's edge through words, or a line through their leader, costs as much as so much less room around them.
const CROSSED: f64 = 14.0;

/// More room than this makes no place better.
const ENOUGH: f64 = 30.0;

/// Lines of more points than this, and four times as many at irregular dates, have no dot at each.
const MARKED: usize = 12;

/// The eight places: where the words' box lies from the value, right and down.
const PLACES: [(f64, f64); 8] =
    [(1.0, -1.0), (-1.0, -1.0), (0.0, -1.0), (1.0, 0.0), (-1.0, 0.0), (1.0, 1.0), (-1.0, 1.0), (0.0, 1.0)];

/// A mark at a value, with the words that speak of it.
#[derive(Debug, Clone, PartialEq)]
pub struct NoteMark {
    /// Where the value is.
    pub center: (f64, f64),
    /// Radius of the ring around it.
    pub radius: f64,
    /// From the ring to the words, where they stand away.
    pub leader: Option<[(f64, f64); 2]>,
    /// What is said.
    pub lines: Vec<TextLine>,
}

/// Everything beside lines, in its place.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Beside {
    /// Grounds, from the first to the last.
    pub shades: Vec<Area>,
    /// Their words.
    pub labels: Vec<TextLine>,
    /// The annotations.
    pub notes: Vec<NoteMark>,
    /// Words that found no place.
    unplaced: Vec<String>,
}

impl Beside {
    /// Arranges all of it around lines that are in their places.
    #[must_use]
    pub fn arrange(body: &LineBody, lines: Lines<'_>, ground: Ground<'_>) -> Beside {
        let (notes, shaded) = (&lines.look.extras.annotations, &lines.look.extras.shaded);
        let mut beside = Beside::default();
        if notes.is_empty() && shaded.is_empty() {
            return beside;
        }
        let mut room = Room::around(body, lines, ground);
        let radius = ground.sizes.px(4.0);
        for note in notes {
            let (x, y) = place(body, note);
            let own = Area { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
            room.taken.push(own);
        }
        for shade in shaded {
            let own = shade_area(body, shade);
            // A period that the axis ends with has no width on it.
            if own.width() < 1.0 {
                let text = if shade.text.is_empty() { "a shaded time" } else { &shade.text };
                beside.unplaced.push(text.to_owned());
                continue;
            }
            beside.shades.push(own);
            match room.label(&shade.text, own, ground) {
                Some(lines) => beside.labels.extend(lines),
                None => beside.unplaced.push(shade.text.clone()),
            }
        }
        for note in notes {
            match room.note(note, place(body, note), radius, &beside.shades, ground) {
                Some(mark) => beside.notes.push(mark),
                None => beside.unplaced.push(note.text.clone()),
            }
        }
        beside
    }

    /// What found no place.
    #[must_use]
    pub fn warnings(&self) -> Report {
        let mut report = Report::default();
        for text in &self.unplaced {
            let message = format!("no room for the words {}", quoted(text));
            let hint = "make them shorter, the figure higher, or say it in the `note`";
            report.push(diag::warning("unplaced-words", message).hint(hint));
        }
        report
    }
}

fn place(body: &LineBody, note: &Annotation) -> (f64, f64) {
    (body.plot.x(body.time.fraction(note.at)), body.plot.y(body.values.fraction(note.value)))
}

/// The part of the plot that a time takes.
fn shade_area(body: &LineBody, shade: &Shade) -> Area {
    let x = |at| body.plot.x(body.time.fraction(at).clamp(0.0, 1.0)).round();
    Area { left: x(shade.from), right: x(shade.to), ..body.plot }
}

/// Where words may stand, and what they must not meet.
struct Room {
    plot: Area,
    segments: Vec<[(f64, f64); 2]>,
    taken: Vec<Area>,
    grid: Vec<f64>,
    style: TextStyle,
}

impl Room {
    fn around(body: &LineBody, lines: Lines<'_>, ground: Ground<'_>) -> Room {
        let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
        let at = |point: &Point| {
            let y = body.plot.y(body.values.fraction(point.value?));
            Some((body.plot.x(body.time.fraction(point.at)), y))
        };
        let mut segments = Vec::new();
        let mut taken = Vec::new();
        for points in lines.series.iter().flat_map(|series| [&series.points, &series.raw]) {
            for pair in points.windows(2) {
                if let [a, b] = pair
                    && let (Some(a), Some(b)) = (at(a), at(b))
                {
                    segments.push([a, b]);
                }
            }
        }
        let dot = ground.sizes.px(4.5);
        let around =
            |(x, y): (f64, f64)| Area { left: x - dot, top: y - dot, right: x + dot, bottom: y + dot };
        for series in lines.series {
            let aside = ground.sizes.px(2.5 * most_aside(lines));
            let spread = |area: Area| Area { left: area.left - aside, right: area.right + aside, ..area };
            taken.extend(series.dots.iter().filter_map(at).map(around).map(spread));
            taken.extend(marked(&series.points, lines.step).into_iter().filter_map(at).map(around));
        }
        segments.extend(body.events.iter().map(|event| [(event.x, event.top), (event.x, body.plot.bottom)]));
        let reference = lines.look.extras.reference.map(|value| body.plot.y(body.values.fraction(value)));
        segments.extend(reference.map(|y| [(body.plot.left, y), (body.plot.right, y)]));
        let events = body.events.iter().flat_map(|event| &event.lines);
        let names = body.names.iter().chain(&body.starts).flat_map(|name| &name.lines);
        let keys = body.legend.iter().flat_map(|entry| &entry.lines);
        let words = events.chain(names).chain(keys).chain(&body.value_labels).chain(&body.time_labels);
        taken.extend(words.map(|line| line_area(line, ground)));
        let leaders = body.names.iter().chain(&body.starts).filter_map(|name| name.leader.as_ref());
        for leader in leaders {
            segments.extend(leader.iter().zip(leader.iter().skip(1)).map(|(a, b)| [*a, *b]));
        }
        let values = &body.values;
        let grid = values.ticks.iter().map(|tick| body.plot.y(values.fraction(*tick))).collect();
        Room { plot: body.plot, segments, taken, grid, style }
    }

    fn leading(&self) -> f64 {
        self.style.size * 1.25
    }

    /// How much room there is around a box; `None` where it meets something or leaves the plot.
    fn clearance(&self, own: Area, clear: f64, value: Option<(f64, f64)>) -> Option<f64> {
        let plot = self.plot;
        let inside = own.left >= plot.left
            && own.right <= plot.right
            && own.top >= plot.top
            && own.bottom <= plot.bottom - clear;
        if !inside {
            return None;
        }
        let mut least = f64::INFINITY;
        for other in self.taken.iter().filter(|other| !value.is_some_and(|value| is_around(other, value))) {
            least = least.min(apart(&own, other));
        }
        for &[a, b] in &self.segments {
            least = least.min(distance(a, b, &own));
        }
        (least >= clear).then_some(least)
    }

    /// The words of a shaded time: as high as they can stand in it, or else lower, or beyond its edge.
    fn label(&mut self, text: &str, shade: Area, ground: Ground<'_>) -> Option<Vec<TextLine>> {
        if text.is_empty() {
            return Some(Vec::new());
        }
        let gap = ground.sizes.px(5.0);
        let widest = ground.sizes.px(TEXT_WIDTH);
        let within = (shade.width() - gap * 2.0).min(widest);
        let longest =
            text.split_whitespace().map(|word| ground.width_of(word, self.style)).fold(0.0, f64::max);
        let clear = ground.sizes.px(CLEAR);
        for width in [within, widest].into_iter().filter(|width| *width >= longest) {
            let lines = ground.fonts.wrap(text, self.style, width);
            let width = lines.iter().map(|line| ground.width_of(line, self.style)).fold(0.0, f64::max);
            let height = self.leading() * lines.len() as f64;
            let middle = (shade.left + shade.right - width) / 2.0;
            let mut lefts = [shade.left + gap, middle, shade.right - gap - width];
            // Words wider than their time stand over its middle.
            if width > within {
                lefts.swap(0, 1);
            }
            let mut top = shade.top + gap;
            while top + height < shade.bottom {
                for left in lefts {
                    let own = Area { left, top, right: left + width, bottom: top + height };
                    if self.clearance(own, clear, None).is_some() {
                        self.taken.push(own);
                        return Some(self.set(Role::ShadeLabel, lines, own, Anchor::Left, false, ground));
                    }
                }
                top += self.leading() / 2.0;
            }
        }
        None
    }

    /// An annotation in the freest place nearest to its value.
    fn note(
        &mut self,
        note: &Annotation,
        (x, y): (f64, f64),
        radius: f64,
        shades: &[Area],
        ground: Ground<'_>,
    ) -> Option<NoteMark> {
        let mut widths = [1.0, 0.7].map(|part| ground.sizes.px(TEXT_WIDTH) * part);
        widths.iter_mut().for_each(|width| *width = width.min(self.plot.width() * 0.6));
        let clear = ground.sizes.px(CLEAR);
        for (ring, distance) in DISTANCES.into_iter().enumerate() {
            let distance = ground.sizes.px(distance);
            let mut best: Option<(f64, Area, Anchor, Vec<String>)> = None;
            for width in widths {
                let lines = ground.fonts.wrap(&note.text, self.style, width);
                let width = lines.iter().map(|line| ground.width_of(line, self.style)).fold(0.0, f64::max);
                let size = (width, self.leading() * lines.len() as f64);
                for (right, down) in PLACES {
                    let (own, anchor) = boxed((x, y), (right, down), distance, size);
                    let Some(room) = self.clearance(own, clear, Some((x, y))) else { continue };
                    if ring > 0 && self.crosses(leader((x, y), own, radius), (x, y)) {
                        continue;
                    }
                    let crossed = self.crossed(own, leader((x, y), own, radius), shades) as f64;
                    let worth = room.min(ground.sizes.px(ENOUGH)) - crossed * ground.sizes.px(CROSSED);
                    if best.as_ref().is_none_or(|(most, ..)| worth > *most + f64::EPSILON) {
                        best = Some((worth, own, anchor, lines.clone()));
                    }
                }
            }
            let Some((_, own, anchor, lines)) = best else { continue };
            self.taken.push(own);
            let leader = (ring > 0).then(|| leader((x, y), own, radius));
            self.segments.extend(leader);
            let is_shaded = shades.iter().any(|shade| own.left < shade.right && shade.left < own.right);
            let lines = self.set(Role::Annotation, lines, own, anchor, !is_shaded, ground);
            return Some(NoteMark { center: (x, y), radius, leader, lines });
        }
        None
    }

    /// Whether a leader runs through words.
    fn crosses(&self, leader: [(f64, f64); 2], value: (f64, f64)) -> bool {
        let others = self.taken.iter().filter(|other| !is_around(other, value));
        others.into_iter().any(|other| distance(leader[0], leader[1], other) <= 1.0)
    }

    /// How many gridlines and edges of shades run through words, and how many lines through their leader.
    fn crossed(&self, own: Area, leader: [(f64, f64); 2], shades: &[Area]) -> usize {
        let grid = self.grid.iter().filter(|y| own.top < **y && **y < own.bottom).count();
        let edges = shades.iter().flat_map(|shade| [shade.left, shade.right]);
        let edges = edges.filter(|x| own.left < *x && *x < own.right).count();
        grid + edges + self.segments.iter().filter(|other| cross(leader, **other)).count()
    }

    fn set(
        &self,
        role: Role,
        texts: Vec<String>,
        own: Area,
        anchor: Anchor,
        halo: bool,
        ground: Ground<'_>,
    ) -> Vec<TextLine> {
        let x = match anchor {
            Anchor::Left => own.left,
            Anchor::Center => (own.left + own.right) / 2.0,
            Anchor::Right => own.right,
        };
        let line = |(i, text): (usize, String)| TextLine {
            role,
            subject: None,
            text,
            style: self.style,
            color: ground.theme.axis,
            anchor,
            x,
            baseline: ground.centered(own.top + self.leading() * (i as f64 + 0.5), self.style),
            halo,
        };
        texts.into_iter().enumerate().map(line).collect()
    }
}

/// The box of words in one of the eight places at a distance from a value.
fn boxed((x, y): (f64, f64), (right, down): (f64, f64), distance: f64, size: (f64, f64)) -> (Area, Anchor) {
    // Between two sides the corner is as far away as a side is.
    let is_corner = right != 0.0 && down != 0.0;
    let far = if is_corner { distance * 0.75 } else { distance };
    let (width, height) = size;
    let left = match right {
        r if r > 0.0 => x + far,
        r if r < 0.0 => x - far - width,
        _ => x - width / 2.0,
    };
    let top = match down {
        d if d > 0.0 => y + far,
        d if d < 0.0 => y - far - height,
        _ => y - height / 2.0,
    };
    let anchor = match right {
        r if r > 0.0 => Anchor::Left,
        r if r < 0.0 => Anchor::Right,
        _ => Anchor::Center,
    };
    (Area { left, top, right: left + width, bottom: top + height }, anchor)
}

/// From the ring around a value to the nearest point of a box.
fn leader((x, y): (f64, f64), own: Area, radius: f64) -> [(f64, f64); 2] {
    let end = (x.clamp(own.left, own.right), y.clamp(own.top, own.bottom));
    let length = libm::hypot(end.0 - x, end.1 - y).max(radius);
    let from = (x + (end.0 - x) / length * radius, y + (end.1 - y) / length * radius);
    let rest = (length - 2.0) / length;
    [from, (x + (end.0 - x) * rest, y + (end.1 - y) * rest)]
}

/// Points that may have a dot: all of few, else the ends and those that stand alone.
fn marked(points: &[Point], step: Step) -> Vec<&Point> {
    let valued = points.iter().filter(|point| point.value.is_some()).count();
    if valued <= MARKED || (step == Step::Irregular && valued <= MARKED * 4) {
        return points.iter().collect();
    }
    let is_gap = |index: Option<usize>| {
        index.and_then(|index| points.get(index)).is_none_or(|point| point.value.is_none())
    };
    let is_lone = |index: usize| is_gap(index.checked_sub(1)) && is_gap(Some(index + 1));
    let is_end = |index: usize| index == 0 || index + 1 == points.len();
    let all = points.iter().enumerate();
    all.filter(|(index, _)| is_end(*index) || is_lone(*index)).map(|(_, point)| point).collect()
}

/// The room that a line of text takes.
fn line_area(line: &TextLine, ground: Ground<'_>) -> Area {
    let width = ground.width_of(&line.text, line.style);
    let left = match line.anchor {
        Anchor::Left => line.x,
        Anchor::Center => line.x - width / 2.0,
        Anchor::Right => line.x - width,
    };
    let size = line.style.size;
    Area { left, top: line.baseline - size * 0.8, right: left + width, bottom: line.baseline + size * 0.25 }
}

/// Whether a box is the ring or dot around a value itself.
fn is_around(own: &Area, (x, y): (f64, f64)) -> bool {
    libm::fabs(own.left + own.right - 2.0 * x) < 1.0 && libm::fabs(own.top + own.bottom - 2.0 * y) < 1.0
}

/// Whether two straight lines cross, not counting ends that touch.
fn cross(a: [(f64, f64); 2], b: [(f64, f64); 2]) -> bool {
    let side = |[p, q]: [(f64, f64); 2], r: (f64, f64)| (q.0 - p.0) * (r.1 - p.1) - (q.1 - p.1) * (r.0 - p.0);
    side(a, b[0]) * side(a, b[1]) < 0.0 && side(b, a[0]) * side(b, a[1]) < 0.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_eight_places_is_on_its_side() {
        for (right, down) in PLACES {
            let (own, _) = boxed((0.0, 0.0), (right, down), 8.0, (20.0, 10.0));
            let (x, y) = ((own.left + own.right) / 2.0, (own.top + own.bottom) / 2.0);
            assert_eq!((x.total_cmp(&0.0), y.total_cmp(&0.0)), (right.total_cmp(&0.0), down.total_cmp(&0.0)));
            assert!(apart(&own, &Area { left: 0.0, top: 0.0, right: 0.0, bottom: 0.0 }) >= 8.0);
        }
    }
}
