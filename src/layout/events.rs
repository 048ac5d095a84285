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
pub fn arrange(events: &[Event], ground: Ground<'_>, x_of: impl Fn(&Event) -> Option<f64>) -> Lanes {
    let style = TextStyle { size: ground.sizes.tick, weight: Weight::Regular };
    let blocks: Vec<Block> = events
        .iter()
        .filter_map(|event| {
            let mut texts = ground.fonts.wrap(&event.label, style, text_width(ground));
            let date = event.at.date();
            texts.push(format!("{} {}", month_name(date), date.year()));
            let width = texts.iter().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
            Some(Block { x: x_of(event)?, texts, width })
        })
        .collect();
    let gap = ground.sizes.px(5.0);
    let placed = place(&blocks, gap, (ground.left(), ground.right()));

    let leading = style.size * 1.25;
    let tallest = |lane: usize| {
        let of_lane = blocks.iter().zip(&placed).filter(|(_, p)| p.lane == lane);
        of_lane.map(|(b, _)| b.texts.len()).max().unwrap_or(0) as f64 * leading + gap
    };
    let lanes = placed.iter().map(|p| p.lane + 1).max().unwrap_or(0);
    // Names at line ends may rise this far above the plot.
    let mut lane_bottoms = vec![if lanes > 0 { -ground.sizes.px(6.0) } else { 0.0 }];
    for lane in 0..lanes {
        let bottom = lane_bottoms.last().copied().unwrap_or(0.0);
        lane_bottoms.push(bottom - tallest(lane));
    }
    let height = -lane_bottoms.last().copied().unwrap_or(0.0);
    let marks = blocks.iter().zip(&placed).map(|(block, place)| {
        let top = lane_bottoms.get(place.lane + 1).copied().unwrap_or(-height);
        let lines = block.texts.iter().enumerate().map(|(i, text)| TextLine {
            role: Role::EventLabel,
            subject: None,
            text: text.clone(),
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

/// Texts a third of the width at most, so that two of them can always make way for each other.
fn text_width(ground: Ground<'_>) -> f64 {
    ground.sizes.px(TEXT_WIDTH).min((ground.right() - ground.left()) / 3.0)
}

/// Up to this many events every choice of sides is tried.
const TRIED: usize = 6;

/// Sides and lanes with the fewest lanes, texts right of their lines where that is as good.
fn place(blocks: &[Block], gap: f64, range: (f64, f64)) -> Vec<Placed> {
    let choices = 1_usize << blocks.len().min(TRIED);
    let tried = (0..choices).filter_map(|flipped| {
        let sides: Vec<Placed> = blocks
            .iter()
            .enumerate()
            .map(|(i, block)| {
                let flip = i < TRIED && flipped >> i & 1 == 1;
                let left = if flip { block.x - gap - block.width } else { block.x + gap };
                Placed { lane: 0, left, right: left + block.width, x: block.x }
            })
            .collect();
        let inside = sides.iter().all(|p| p.left >= range.0 && p.right <= range.1);
        if inside { lanes(sides, gap) } else { None }
    });
    let best = tried.min_by_key(|placed| {
        let flips = placed.iter().filter(|p| p.left < p.x).count();
        (placed.iter().map(|p| p.lane).max(), flips)
    });
    best.unwrap_or_else(|| {
        let inside = |block: &Block| (block.x + gap).min(range.1 - block.width).max(range.0);
        let placed = blocks.iter().enumerate().map(|(lane, block)| {
            let left = inside(block);
            Placed { lane, left, right: left + block.width, x: block.x }
        });
        placed.collect()
    })
}

/// Gives each text the lowest lane where no line runs through it: a text stands
/// above every event whose line its width covers. `None` where two cover each other.
fn lanes(mut placed: Vec<Placed>, gap: f64) -> Option<Vec<Placed>> {
    let covers = |a: &Placed, b: &Placed| a.left - gap / 2.0 < b.x && b.x < a.right + gap / 2.0;
    let meets = |a: &Placed, b: &Placed| a.left < b.right + gap && b.left < a.right + gap;
    for _ in 0..=placed.len() * placed.len() {
        let mut settled = true;
        for i in 0..placed.len() {
            for j in 0..placed.len() {
                let (Some(&a), Some(&b)) = (placed.get(i), placed.get(j)) else { continue };
                let above = covers(&a, &b) || (i < j && meets(&a, &b) && !covers(&b, &a));
                if i != j && above && a.lane <= b.lane {
                    placed[i].lane = b.lane + 1;
                    settled = false;
                }
            }
        }
        if settled {
            return Some(placed);
        }
    }
    None
}
