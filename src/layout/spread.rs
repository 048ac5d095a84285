//! Panels of bars beside and above each other: how many in a row, and how much their bars are stretched to a height.
//!
//! It knows only lengths: what the panels show is the caller's.

use super::frame::Ground;
use crate::diag::{self, Report};
use crate::figure::Look;

/// Names take this share of a panel's width at most, broken in two lines where they must be.
pub(super) const NAME_SHARE: f64 = 0.35;

/// A panel's longest bar is at least this long, at the design's size.
const LEAST_BAR_ROOM: f64 = 120.0;

/// The same in a picture whose height is that of its size.
const LEAST_BAR_ROOM_FIXED: f64 = 48.0;

/// Free height stretches bars by this at most.
const MOST_STRETCH: f64 = 2.4;

/// What has to be known of a panel to give it a place.
pub(super) trait Panel {
    /// Width of its widest name in one line, in px.
    fn widest_name(&self, ground: Ground<'_>) -> f64;

    /// Room for its widest value, in px.
    fn value_room(&self) -> f64;

    /// Breaks its names so that they leave bars their room in a panel of that width.
    fn set_width(&mut self, width: f64, ground: Ground<'_>);

    /// What names and values leave to bars, in px.
    fn bar_room(&self) -> f64;

    /// Height that does not stretch.
    fn fixed_height(&self, ground: Ground<'_>) -> f64;

    /// Height of bars and gaps before stretching.
    fn elastic_height(&self) -> f64;

    /// The least stretch that keeps names and values legible.
    fn least_stretch(&self, ground: Ground<'_>) -> f64;
}

/// How panels are spread over the body.
pub(super) struct Spread {
    /// How many stand side by side.
    pub(super) columns: usize,
    /// Their width, in px.
    pub(super) width: f64,
    /// How much bars and gaps are stretched, or squeezed, to the height asked for.
    pub(super) stretch: f64,
    /// Height that is left all the same, in px.
    pub(super) spare: f64,
}

/// The first way to spread panels that the height has room for, `gap` apart, between a header and a footer.
///
/// # Errors
/// When there is none.
pub(super) fn spread(
    panels: &mut [impl Panel],
    gap: (f64, f64),
    look: &Look,
    (top, footer): (f64, f64),
    ground: Ground<'_>,
) -> Result<Spread, Report> {
    let mut fault = Report::default();
    for columns in columns(panels, gap.0, look, ground) {
        let width = width_of(columns, gap.0, ground);
        panels.iter_mut().for_each(|panel| panel.set_width(width, ground));
        // Broken names may turn out wider than their share.
        let least = ground.sizes.px(LEAST_BAR_ROOM_FIXED);
        if columns > 1 && panels.iter().any(|panel| panel.bar_room() < least) {
            continue;
        }
        match stretch(panels, columns, look, (top, footer), gap.1, ground) {
            Ok((stretch, spare)) => return Ok(Spread { columns, width, stretch, spare }),
            Err(told) => fault = told,
        }
    }
    Err(fault)
}

/// Width of a panel among so many side by side.
fn width_of(columns: usize, gap: f64, ground: Ground<'_>) -> f64 {
    (ground.right() - ground.left() - gap * (columns as f64 - 1.0)) / columns as f64
}

/// How many panels may stand side by side, best first: as many as leave bars their room without an empty place.
/// Where the height is that of the size, shorter bars and empty places are better than nothing.
fn columns(panels: &[impl Panel], gap: f64, look: &Look, ground: Ground<'_>) -> Vec<usize> {
    let count = panels.len();
    let is_fixed = look.preset.is_fixed;
    let least = if is_fixed { LEAST_BAR_ROOM_FIXED } else { LEAST_BAR_ROOM };
    // Names are broken at their share of a panel, and so of less where panels stand beside each other.
    let share = if is_fixed { NAME_SHARE / count.clamp(1, 3) as f64 } else { NAME_SHARE };
    let most_name = (ground.right() - ground.left()) * share;
    let needs = |panel: &_| -> f64 {
        let panel: &dyn Panel = panel;
        panel.widest_name(ground).min(most_name) + panel.value_room() + ground.sizes.px(least)
    };
    let needed = panels.iter().map(|panel| needs(panel)).fold(0.0, f64::max);
    let fits = |columns: &usize| *columns == 1 || width_of(*columns, gap, ground) >= needed;
    let fitting = (1..=count.clamp(1, 3)).rev().filter(fits);
    let (even, uneven): (Vec<usize>, Vec<usize>) =
        fitting.partition(|columns| count.is_multiple_of(*columns));
    even.into_iter().chain(uneven).take(if is_fixed { usize::MAX } else { 1 }).collect()
}

/// How much bars and gaps are stretched, or squeezed, to the height asked for, and what is spare all the same.
fn stretch(
    panels: &[impl Panel],
    columns: usize,
    look: &Look,
    (top, footer): (f64, f64),
    gap: f64,
    ground: Ground<'_>,
) -> Result<(f64, f64), Report> {
    let Some(height) = look.height else { return Ok((1.0, 0.0)) };
    let rows = || panels.chunks(columns.max(1));
    let highest = |heights: &mut dyn Iterator<Item = f64>| heights.fold(0.0, f64::max);
    let fixed: f64 = rows().map(|row| highest(&mut row.iter().map(|panel| panel.fixed_height(ground)))).sum();
    let elastic: f64 = rows().map(|row| highest(&mut row.iter().map(|panel| panel.elastic_height()))).sum();
    let fixed = fixed + gap * (rows().count() as f64 - 1.0);
    let free = f64::from(height) - top - footer - fixed;
    let least = highest(&mut panels.iter().map(|panel| panel.least_stretch(ground)));
    if free < elastic * least {
        let needed = (top + footer + fixed + elastic * least).ceil();
        let message = format!("cannot draw this figure {height} px high: its bars would have no room");
        return Err(diag::error("height-too-small", message)
            .hint(format!("set `height` to {needed} or more, or leave it out"))
            .into());
    }
    let stretch = (free / elastic).min(MOST_STRETCH);
    Ok((stretch, (free - elastic * stretch).max(0.0)))
}
