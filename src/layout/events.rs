//! Event marks: a hairline from a lane above the plot, its text beside it.
//! Lanes stack where texts would collide.

use super::frame::Ground;
use super::{Anchor, TextLine};
use crate::canvas::Role;
use crate::figure::Event;
use crate::scale::calendar::month_name;
use crate::text::{TextStyle, Weight};

/// Widest line of an event's text before it is broken, at the design's size.
const TEXT_WIDTH: f64 = 190.0;

/// An event with its place.
#[derive(Debug, Clone, PartialEq)]
pub struct EventMark {
    /// Where its line stands.
    pub x: f64,
    /// Where its line begins; it ends on the baseline.
    pub top: f64,
    /// Its text.
    pub lines: Vec<TextLine>,
}

/// The marks as if the plot began at zero, so their lanes are above it, and how high the lanes are.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lanes {
    /// The marks.
    pub marks: Vec<EventMark>,
    /// Height of all lanes.
    pub height: f64,
}

impl Lanes {
    /// The same marks above a plot that begins at `top`.
    #[must_use]
    pub fn at(mut self, top: f64) -> Vec<EventMark> {
        for mark in &mut self.marks {
            mark.top += top;
            mark.lines.iter_mut().for_each(|line| line.baseline += top);
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

/// Gives each event a lane and a side; `x_of` places a date, `None` where it is off the axis.
///
/// An event without room for its text among the others keeps its line.
pub fn arrange(events: &[Event], ground: Ground<'_>, x_of: impl Fn(&Event) -> Option<f64>) -> Lanes {
    let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
    let located = events.iter().filter_map(|event| x_of(event).map(|x| (x, event))).collect();
    let gap = ground.sizes.px(5.0);
    let (blocks, placed) = settle(located, gap, style, ground);

    let leading = style.size * 1.25;
    let mut tallest: Vec<usize> = Vec::new();
    for (block, place) in blocks.iter().zip(&placed).filter_map(|(block, place)| Some((block, (*place)?))) {
        tallest.resize(tallest.len().max(place.lane + 1), 0);
        if let Some(most) = tallest.get_mut(place.lane) {
            *most = block.texts.len().max(*most);
        }
    }
    // Names at line ends may rise this far above the plot.
    let mut lane_bottoms = vec![if tallest.is_empty() { 0.0 } else { -ground.sizes.px(6.0) }];
    for texts in tallest {
        let bottom = lane_bottoms.last().copied().unwrap_or(0.0);
        lane_bottoms.push(bottom - (texts as f64 * leading + gap));
    }
    let height = -lane_bottoms.last().copied().unwrap_or(0.0);
    let marks = blocks.into_iter().zip(placed).map(|(block, place)| {
        let Some(place) = place else { return EventMark { x: block.x, top: 0.0, lines: Vec::new() } };
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
        EventMark { x: block.x, top, lines: lines.collect() }
    });
    Lanes { marks: marks.collect(), height }
}

/// The texts with their places: all of them where that can be, broken narrower where that helps.
fn settle(
    located: Vec<(f64, &Event)>,
    gap: f64,
    style: TextStyle,
    ground: Ground<'_>,
) -> (Vec<Block>, Vec<Option<Placed>>) {
    let range = (ground.left(), ground.right());
    let blocks = |share: f64| -> Vec<Block> {
        located.iter().map(|(x, event)| block(*x, event, share, style, ground)).collect()
    };
    if located.len() <= SEARCHED {
        for blocks in SHARES.into_iter().map(blocks) {
            if let Some(placed) = place(&blocks, gap, range) {
                return (blocks, placed.into_iter().map(Some).collect());
            }
        }
    }
    let blocks = blocks(1.0);
    let placed = greedy(&blocks, gap, range);
    (blocks, placed)
}

/// An event's text, broken at a share of the width it may have.
fn block(x: f64, event: &Event, share: f64, style: TextStyle, ground: Ground<'_>) -> Block {
    let mut texts = ground.fonts.wrap(&event.label, style, text_width(ground) * share);
    let date = event.at.date();
    texts.push(format!("{} {}", month_name(date), date.year()));
    let width = texts.iter().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
    Block { x, texts, width }
}

/// Texts a third of the width at most, so that two of them can always make way for each other.
fn text_width(ground: Ground<'_>) -> f64 {
    ground.sizes.px(TEXT_WIDTH).min((ground.right() - ground.left()) / 3.0)
}

/// Of this many events every choice of sides is tried.
const TRIED: usize = 6;

/// Up to this many events the best arrangement is looked for; its work grows with their square.
const SEARCHED: usize = 40;

/// More texts one above the other are not read.
const MOST_LANES: usize = 20;

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

/// A place for each text that finds one beside those placed before it, from the last event to the first.
///
/// There are only so many places, so that this takes time in proportion to the events.
fn greedy(blocks: &[Block], gap: f64, range: (f64, f64)) -> Vec<Option<Placed>> {
    let mut taken: Vec<Placed> = Vec::new();
    let mut placed: Vec<Option<Placed>> = blocks
        .iter()
        .rev()
        .map(|block| {
            let sides = [false, true].map(|flip| Placed::new(block, flip, gap));
            let found = sides.into_iter().filter(|side| side.is_inside(range)).find_map(|side| {
                let (over, others): (Vec<&Placed>, Vec<&Placed>) =
                    taken.iter().partition(|other| other.covers(&side, gap));
                let under =
                    others.into_iter().filter(|other| side.covers(other, gap) || side.meets(other, gap));
                let lane = under.map(|other| other.lane + 1).max().unwrap_or(0);
                let free = lane < MOST_LANES
                    && over.iter().all(|other| other.lane > lane && !side.covers(other, gap));
                free.then_some(Placed { lane, ..side })
            });
            taken.extend(found);
            found
        })
        .collect();
    placed.reverse();
    placed
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::figure::EventKind;
    use crate::text::Fonts;
    use crate::theme::{Sizes, Theme};
    use crate::time::moment::Moment;

    /// The lanes of events at these x of a picture 720 px wide, and how often the place of one was asked for.
    fn arranged(xs: &[f64], label: &str) -> (Lanes, usize) {
        let (fonts, theme, sizes) = (Fonts::bundled().unwrap(), Theme::light(), Sizes::of(720, None));
        let ground = Ground { theme: &theme, sizes: &sizes, fonts: &fonts, width: 720.0 };
        let event = |x: &f64| Event {
            at: Moment::from_seconds(*x as i64),
            label: label.to_owned(),
            kind: EventKind::Happened,
        };
        let asked = Cell::new(0);
        let events: Vec<Event> = xs.iter().map(event).collect();
        let lanes = arrange(&events, ground, |event| {
            asked.set(asked.get() + 1);
            Some(event.at.seconds() as f64)
        });
        (lanes, asked.get())
    }

    fn named(lanes: &Lanes) -> usize {
        lanes.marks.iter().filter(|mark| !mark.lines.is_empty()).count()
    }

    #[test]
    fn events_of_one_date_stand_on_both_sides_as_high_as_can_be_read() {
        for (count, expected) in [(1, 1), (20, 20), (40, 40), (41, 40), (800, 40)] {
            let (lanes, asked) = arranged(&vec![360.0; count], "e");
            assert_eq!((lanes.marks.len(), named(&lanes), asked), (count, expected, count));
        }
        let heights = [40, 800].map(|count| arranged(&vec![360.0; count], "e").0.height);
        assert!(heights[0] <= 760.0 && (heights[0] - heights[1]).abs() < 1e-9, "{heights:?}");
    }

    #[test]
    fn an_event_without_room_for_its_text_keeps_its_line_in_the_plot() {
        let xs: Vec<f64> = (0..800).map(|i| 30.0 + f64::from(i) * 0.8).collect();
        let (lanes, _) = arranged(&xs, "Release");
        assert!((40..160).contains(&named(&lanes)), "{}", named(&lanes));
        let bare: Vec<f64> = lanes.marks.iter().filter(|m| m.lines.is_empty()).map(|m| m.top).collect();
        assert!(bare.iter().all(|top| *top == 0.0) && bare.len() + named(&lanes) == 800);
    }

    #[test]
    fn long_texts_are_broken_narrower_before_one_is_left_out() {
        let label = "A release with a long name and more to say about it than there is room for";
        let (lanes, _) = arranged(&[100.0, 250.0, 470.0, 650.0], label);
        assert_eq!(named(&lanes), 4);
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

    #[test]
    fn placing_one_event_more_compares_it_with_no_more_than_there_is_room_for() {
        let blocks = |count: usize| -> Vec<Block> {
            let block =
                |i: usize| Block { x: 30.0 + 660.0 * i as f64 / count as f64, texts: vec![], width: 60.0 };
            (0..count).map(block).collect()
        };
        let taken = [100, 1000, 10_000]
            .map(|count| greedy(&blocks(count), 5.0, (24.0, 696.0)).iter().flatten().count());
        assert!(taken.iter().all(|&taken| taken <= MOST_LANES * 10), "{taken:?}");
    }
}
