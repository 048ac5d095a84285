//! Event marks: a hairline from a lane above the plot, its text beside it, in two lanes at most. Where that is not
//! enough for all texts, events have numbers, which the note explains.

use super::dodge::{Wish, dodge};
use super::frame::Ground;
use super::{Anchor, TextLine};
use crate::canvas::Role;
use crate::figure::Event;
use crate::scale::calendar::month_name;
use crate::text::{TextStyle, Weight};

/// Widest line of an event's text before it is broken, at the design's size.
const TEXT_WIDTH: f64 = 190.0;

/// An event this near to the plot's edge has no line through it, which would draw a box, at the design's size.
const EDGE: f64 = 4.0;

/// Radius of a number's circle, and the space between two, at the design's size.
const CIRCLE: f64 = 9.0;
const BETWEEN: f64 = 2.0;

/// An event with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct EventMark {
    /// Where its line stands.
    pub x: f64,
    /// Where its line begins; it ends on the baseline.
    pub top: f64,
    /// Whether its line ends above the plot.
    pub is_stub: bool,
    /// Its text, or its number.
    pub lines: Vec<TextLine>,
    /// The circle around its number: centre and radius.
    pub circle: Option<((f64, f64), f64)>,
}

/// The marks as if the plot began at zero, so their lanes are above it, and how high the lanes are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lanes {
    /// The marks.
    pub marks: Vec<EventMark>,
    /// Height of all lanes.
    pub height: f64,
    /// What the numbers mean, in order; empty where there are texts.
    pub key: Vec<String>,
}

impl Lanes {
    /// The same marks above a plot that begins at `top`.
    #[must_use]
    pub fn at(mut self, top: f64) -> Vec<EventMark> {
        for mark in &mut self.marks {
            mark.top += top;
            mark.lines.iter_mut().for_each(|line| line.baseline += top);
            if let Some((center, _)) = &mut mark.circle {
                center.1 += top;
            }
        }
        self.marks
    }
}

/// A text that wants a lane.
struct Block {
    x: f64,
    texts: Vec<String>,
    width: f64,
}

/// Where a block was put.
#[derive(Clone, Copy)]
struct Placed {
    lane: usize,
    left: f64,
    right: f64,
    x: f64,
}

/// Gives each event a lane and a side above a plot between two edges, or a number; `x_of` places a date, `None` where
/// it is off the axis.
pub fn arrange(
    events: &[Event],
    (left, right): (f64, f64),
    ground: Ground<'_>,
    x_of: impl Fn(&Event) -> Option<f64>,
) -> Lanes {
    let located: Vec<(f64, &Event)> =
        events.iter().filter_map(|event| x_of(event).map(|x| (x, event))).collect();
    let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
    let gap = ground.sizes.px(5.0);
    let mut lanes = match settle(&located, (left, right), gap, style, ground) {
        Some((blocks, placed)) => in_words(blocks, placed, gap, style, ground),
        None => in_numbers(&located, (left, right), ground),
    };
    let edge = ground.sizes.px(EDGE);
    // An event without words is its line alone.
    let is_edge = |mark: &EventMark| mark.x < left + edge || mark.x > right - edge;
    lanes.marks.iter_mut().for_each(|mark| mark.is_stub = !mark.lines.is_empty() && is_edge(mark));
    lanes
}

/// Names at line ends may rise this far above the plot.
fn spill(ground: Ground<'_>) -> f64 {
    ground.sizes.px(6.0)
}

/// Marks with their texts in lanes.
fn in_words(
    blocks: Vec<Block>,
    placed: Vec<Placed>,
    gap: f64,
    style: TextStyle,
    ground: Ground<'_>,
) -> Lanes {
    let leading = style.size * 1.25;
    let mut tallest: Vec<usize> = Vec::new();
    for (block, place) in blocks.iter().zip(&placed) {
        tallest.resize(tallest.len().max(place.lane + 1), 0);
        if let Some(most) = tallest.get_mut(place.lane) {
            *most = block.texts.len().max(*most);
        }
    }
    let mut lane_bottoms = vec![if tallest.is_empty() { 0.0 } else { -spill(ground) }];
    for texts in tallest {
        let bottom = lane_bottoms.last().copied().unwrap_or(0.0);
        lane_bottoms.push(bottom - (texts as f64 * leading + gap));
    }
    let height = -lane_bottoms.last().copied().unwrap_or(0.0);
    let marks = blocks.into_iter().zip(placed).map(|(block, place)| {
        let top = lane_bottoms.get(place.lane + 1).copied().unwrap_or(-height);
        let lines = block.texts.into_iter().enumerate().map(|(i, text)| TextLine {
            role: Role::EventLabel,
            subject: None,
            text,
            style,
            color: ground.theme.axis,
            anchor: if place.left < place.x { Anchor::Right } else { Anchor::Left },
            x: if place.left < place.x { place.right } else { place.left },
            baseline: ground.centered(top + leading * (i as f64 + 0.5), style),
            halo: false,
        });
        EventMark { x: block.x, top, is_stub: false, lines: lines.collect(), circle: None }
    });
    Lanes { marks: marks.collect(), height, key: Vec::new() }
}

/// Marks with numbers in circles, as many as there is room for; the others keep their lines.
fn in_numbers(located: &[(f64, &Event)], (left, right): (f64, f64), ground: Ground<'_>) -> Lanes {
    let (radius, between) = (ground.sizes.px(CIRCLE), ground.sizes.px(BETWEEN));
    let most = ((right - left + between) / (radius * 2.0 + between)).max(0.0);
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some tens")]
    let most = most as usize;
    let wishes: Vec<Wish> =
        located.iter().take(most).map(|(x, _)| Wish { center: *x, height: radius * 2.0 }).collect();
    let centers = dodge(&wishes, between, (left, right)).unwrap_or_default();
    let style = TextStyle { size: ground.sizes.footer, weight: Weight::Medium };
    let y = -spill(ground) - radius;
    let mut key = Vec::new();
    let marks = located.iter().enumerate().map(|(index, (x, event))| {
        let Some(center) = centers.get(index) else {
            return EventMark { x: *x, top: 0.0, is_stub: false, lines: Vec::new(), circle: None };
        };
        let number = (index + 1).to_string();
        key.push(format!("{number}\u{a0}{} ({})", event.label, when(event)));
        let line = TextLine {
            role: Role::EventLabel,
            subject: None,
            text: number,
            style,
            color: ground.theme.axis,
            anchor: Anchor::Center,
            x: *center,
            baseline: ground.centered(y, style),
            halo: false,
        };
        EventMark {
            x: *x,
            top: y + radius,
            is_stub: false,
            lines: vec![line],
            circle: Some(((*center, y), radius)),
        }
    });
    let marks = marks.collect();
    Lanes { marks, height: spill(ground) + radius * 2.0 + ground.sizes.px(4.0), key }
}

/// `Mar 2022`.
fn when(event: &Event) -> String {
    let date = event.at.date();
    format!("{} {}", month_name(date), date.year())
}

/// The texts with their places, broken narrower where that helps; `None` where two lanes are not enough.
fn settle(
    located: &[(f64, &Event)],
    range: (f64, f64),
    gap: f64,
    style: TextStyle,
    ground: Ground<'_>,
) -> Option<(Vec<Block>, Vec<Placed>)> {
    if located.len() > SEARCHED {
        return None;
    }
    SHARES.into_iter().find_map(|share| {
        let blocks: Vec<Block> =
            located.iter().map(|(x, event)| block(*x, event, share, range, style, ground)).collect();
        place(&blocks, gap, range).map(|placed| (blocks, placed))
    })
}

/// An event's text, broken at a share of the width it may have.
fn block(
    x: f64,
    event: &Event,
    share: f64,
    range: (f64, f64),
    style: TextStyle,
    ground: Ground<'_>,
) -> Block {
    // A third of the width at most, so that two of them can always make way for each other.
    let widest = ground.sizes.px(TEXT_WIDTH).min((range.1 - range.0) / 3.0);
    let mut texts = ground.fonts.wrap(&event.label, style, widest * share);
    texts.push(when(event));
    let width = texts.iter().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
    Block { x, texts, width }
}

/// Of this many events every choice of sides is tried.
const TRIED: usize = 6;

/// More events than this never have room for their texts.
const SEARCHED: usize = 16;

/// More texts one above the other take the room of the lines.
const MOST_LANES: usize = 2;

/// At which shares of their width texts are broken until they all find a place.
const SHARES: [f64; 3] = [1.0, 0.75, 0.5];

impl Placed {
    fn new(block: &Block, flip: bool, gap: f64) -> Placed {
        let left = if flip { block.x - gap - block.width } else { block.x + gap };
        Placed { lane: 0, left, right: left + block.width, x: block.x }
    }

    fn is_inside(&self, range: (f64, f64)) -> bool {
        self.left >= range.0 && self.right <= range.1
    }

    /// Whether the other's line would run through this text.
    fn covers(&self, other: &Placed, gap: f64) -> bool {
        self.left - gap / 2.0 < other.x && other.x < self.right + gap / 2.0
    }

    /// Whether the texts cannot stand in one lane.
    fn meets(&self, other: &Placed, gap: f64) -> bool {
        self.left < other.right + gap && other.left < self.right + gap
    }
}

/// Sides and lanes with the fewest lanes, texts right of their lines where that is as good; `None` where
/// there is no such arrangement of all, or none that can be read.
fn place(blocks: &[Block], gap: f64, range: (f64, f64)) -> Option<Vec<Placed>> {
    let choices = 1_usize << blocks.len().min(TRIED);
    let tried = (0..choices).filter_map(|flipped| {
        let sides = blocks.iter().enumerate().map(|(i, block)| {
            let flip = if i < TRIED {
                flipped >> i & 1 == 1
            } else {
                !Placed::new(block, false, gap).is_inside(range)
            };
            Placed::new(block, flip, gap)
        });
        let sides: Vec<Placed> = sides.collect();
        if sides.iter().all(|p| p.is_inside(range)) { lanes(sides, gap) } else { None }
    });
    let best = tried.min_by_key(|placed| {
        let flips = placed.iter().filter(|p| p.left < p.x).count();
        (placed.iter().map(|p| p.lane).max(), flips)
    });
    best.filter(|placed| placed.iter().all(|p| p.lane < MOST_LANES))
}

/// Gives each text the lowest lane where no line runs through it: a text stands
/// above every event whose line its width covers. `None` where two cover each other.
fn lanes(mut placed: Vec<Placed>, gap: f64) -> Option<Vec<Placed>> {
    let levels = levels(placed.len(), |i, j| match (placed.get(i), placed.get(j)) {
        (Some(a), Some(b)) => a.covers(b, gap) || (i < j && a.meets(b, gap) && !b.covers(a, gap)),
        _ => false,
    })?;
    placed.iter_mut().zip(levels).for_each(|(p, lane)| p.lane = lane);
    Some(placed)
}

/// The lowest levels at which each of `count` things is above all it must be above; `None` where they go in a circle.
fn levels(count: usize, above: impl Fn(usize, usize) -> bool) -> Option<Vec<usize>> {
    let pairs = (0..count).flat_map(|i| (0..count).map(move |j| (i, j)));
    let pairs: Vec<(usize, usize)> = pairs.filter(|&(i, j)| i != j && above(i, j)).collect();
    let mut levels = vec![0; count];
    // The longest chain has `count` things, and each round settles one more of it.
    for _ in 0..=count {
        let mut settled = true;
        for &(i, j) in &pairs {
            let least = levels.get(j).map_or(0, |level| level + 1);
            if let Some(level) = levels.get_mut(i).filter(|level| **level < least) {
                *level = least;
                settled = false;
            }
        }
        if settled {
            return Some(levels);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::figure::EventKind;
    use crate::text::Fonts;
    use crate::theme::{Sizes, Theme};
    use crate::time::moment::Moment;

    /// The lanes of events at these x of a plot from 60 to 600.
    fn arranged(xs: &[f64], label: &str) -> Lanes {
        let (fonts, theme, sizes) = (Fonts::bundled().unwrap(), Theme::light(), Sizes::of(720, None));
        let ground = Ground { theme: &theme, sizes: &sizes, fonts: &fonts, width: 720.0 };
        let event = |x: &f64| Event {
            at: Moment::from_seconds(*x as i64),
            label: label.to_owned(),
            kind: EventKind::Happened,
        };
        let events: Vec<Event> = xs.iter().map(event).collect();
        arrange(&events, (60.0, 600.0), ground, |event| Some(event.at.seconds() as f64))
    }

    #[test]
    fn texts_stand_in_two_lanes_at_most() {
        let lanes = arranged(&[100.0, 250.0, 420.0, 560.0], "A release");
        assert!(lanes.key.is_empty() && lanes.marks.iter().all(|mark| mark.lines.len() == 2));
        assert!(lanes.height < 2.0 * 2.0 * 13.0 * 1.25 + 20.0, "{}", lanes.height);
    }

    #[test]
    fn events_without_room_for_their_texts_have_numbers_with_a_key() {
        let lanes = arranged(&[300.0, 305.0, 310.0, 315.0, 320.0, 325.0], "A release of some importance");
        assert_eq!(lanes.key.len(), 6);
        assert_eq!(lanes.key[1], "2\u{a0}A release of some importance (Jan 1970)");
        let circles: Vec<((f64, f64), f64)> = lanes.marks.iter().filter_map(|mark| mark.circle).collect();
        for pair in circles.windows(2) {
            assert!(pair[1].0.0 - pair[0].0.0 >= pair[0].1 * 2.0 + 2.0 - 1e-9, "{circles:?}");
        }
        assert!(lanes.height < 32.0, "{}", lanes.height);
    }

    #[test]
    fn as_many_events_have_numbers_as_there_is_room_for() {
        let xs: Vec<f64> = (0..800).map(|i| 60.0 + f64::from(i) * 0.6).collect();
        let lanes = arranged(&xs, "Release");
        let numbered = lanes.marks.iter().filter(|mark| mark.circle.is_some()).count();
        assert_eq!((lanes.marks.len(), numbered, lanes.key.len()), (800, 27, 27));
    }

    #[test]
    fn texts_never_pass_the_plot() {
        for x in [60.0, 80.0, 330.0, 590.0, 600.0] {
            let lanes = arranged(&[x], "Acquisition by a larger company");
            let fonts = Fonts::bundled().unwrap();
            for line in &lanes.marks[0].lines {
                let width = fonts.width(&line.text, line.style);
                let left = if line.anchor == Anchor::Right { line.x - width } else { line.x };
                assert!(left >= 60.0 && left + width <= 600.0, "{line:?}");
            }
        }
    }

    #[test]
    fn an_event_at_the_edge_draws_no_box() {
        let stubs = |xs: &[f64]| arranged(xs, "E").marks.iter().map(|mark| mark.is_stub).collect::<Vec<_>>();
        assert_eq!(stubs(&[60.0, 63.0, 300.0, 598.0]), [true, true, false, true]);
    }

    #[test]
    fn long_texts_are_broken_narrower_before_events_have_numbers() {
        let label = "A release with a long name and more to say about it than there is room for";
        assert!(arranged(&[130.0, 330.0, 560.0], label).key.is_empty());
    }

    #[test]
    fn levels_ask_once_for_each_pair() {
        for count in [6, 20, 40] {
            let asked = Cell::new(0);
            let chain = levels(count, |i, j| {
                asked.set(asked.get() + 1);
                i + 1 == j
            });
            assert_eq!(chain, Some((0..count).rev().collect()));
            assert_eq!(asked.get(), count * (count - 1));
        }
        assert_eq!(levels(3, |i, j| (i + 1) % 3 == j), None);
    }
}
