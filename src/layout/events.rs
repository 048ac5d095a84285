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
            let mut texts = ground.fonts.wrap(&event.label, style, ground.sizes.px(TEXT_WIDTH));
            let date = event.at.date();
            texts.push(format!("{} {}", month_name(date), date.year()));
            let width = texts.iter().map(|t| ground.width_of(t, style)).fold(0.0, f64::max);
            Some(Block { x: x_of(event)?, texts, width })
        })
        .collect();
    let gap = ground.sizes.px(5.0);
    let mut placed: Vec<Placed> = Vec::new();
    for block in blocks.iter().rev() {
        placed.push(place(block, &placed, gap, (ground.left(), ground.right())));
    }
    placed.reverse();

    let leading = style.size * 1.25;
    let tallest = |lane: usize| {
        let of_lane = blocks.iter().zip(&placed).filter(|(_, p)| p.lane == lane);
        of_lane.map(|(b, _)| b.texts.len()).max().unwrap_or(0) as f64 * leading + gap
    };
    let lanes = placed.iter().map(|p| p.lane + 1).max().unwrap_or(0);
    let mut lane_bottoms = vec![0.0];
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

/// The lowest lane, text right of the line before left of it, where a block meets no other.
fn place(block: &Block, others: &[Placed], gap: f64, range: (f64, f64)) -> Placed {
    let sides = [block.x + gap, block.x - gap - block.width];
    let mut lane = 0;
    loop {
        for left in sides {
            let right = left + block.width;
            let inside = left >= range.0 && right <= range.1;
            let free = others.iter().all(|other| {
                let crosses_text = other.lane == lane && left < other.right + gap && other.left < right + gap;
                let crosses_line = other.lane >= lane && left < other.x + gap && other.x < right + gap;
                let line_through =
                    other.lane < lane && other.left - gap < block.x && block.x < other.right + gap;
                !(crosses_text || crosses_line || line_through)
            });
            if (inside || lane > others.len()) && free {
                return Placed { lane, left, right, x: block.x };
            }
        }
        if lane > others.len() + 1 {
            let left = sides[0].min(range.1 - block.width).max(range.0);
            return Placed { lane, left, right: left + block.width, x: block.x };
        }
        lane += 1;
    }
}
