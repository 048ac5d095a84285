//! Where two lines cross as they are drawn: between the dates at which one is behind and ahead.
//!
//! It must not know what a claim says of it.

use crate::frame::roster::Who;
use crate::frame::{PanelFrame, Row, drawn_at};
use crate::time::moment::Moment;

/// Where a line gets ahead of another.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Crossing {
    pub(super) at: Moment,
    pub(super) value: f64,
    /// How far it is from the last date behind to the first one ahead, 0 to 1; `None` where the lines were level.
    pub(super) share: Option<f64>,
}

/// Where a line crosses another to be ahead at `until`; `None` where that is not drawn.
pub(super) fn crossing(
    panel: &PanelFrame,
    (who, whom): (Who, Who),
    until: Moment,
    below_one: f64,
) -> Option<Crossing> {
    let lines = [who, whom].map(|who| points(panel, who, below_one));
    let [own, other] = &lines;
    let mut dates: Vec<Moment> =
        lines.iter().flatten().map(|(at, _)| *at).filter(|at| *at <= until).collect();
    dates.sort_unstable();
    dates.dedup();
    let better = if panel.basis.lower_is_better() { -1.0 } else { 1.0 };
    let lead = |at: Moment| Some((value_at(own, at)? - value_at(other, at)?) * better);
    let (behind, ahead) = dates.windows(2).rev().find_map(|pair| {
        let [before, after] = pair else { return None };
        (lead(*before)? <= 0.0 && lead(*after)? > 0.0).then_some((*before, *after))
    })?;
    let is_drawn = panel.is_within(Some(behind)) && panel.is_within(Some(ahead));
    if !is_drawn || [who, whom].iter().any(|who| panel.breaks(*who, behind, ahead)) {
        return None;
    }
    let (from, to) = (lead(behind)?, lead(ahead)?);
    let share = from / (from - to);
    #[expect(clippy::cast_possible_truncation, reason = "a part of it")]
    let passed = libm::round((ahead.seconds() - behind.seconds()) as f64 * share) as i64;
    let (a, b) = (value_at(own, behind)?, value_at(own, ahead)?);
    Some(Crossing {
        at: Moment::from_seconds(behind.seconds() + passed),
        value: a + (b - a) * share,
        share: (from < 0.0).then_some(share),
    })
}

/// The points of a line, by time.
fn points(panel: &PanelFrame, who: Who, below_one: f64) -> Vec<(Moment, f64)> {
    let point = |row: &Row| Some((row.at?, drawn_at(row.value, below_one)?));
    panel.of(None, who).iter().filter_map(point).collect()
}

/// Where a line is at a moment.
fn value_at(line: &[(Moment, f64)], at: Moment) -> Option<f64> {
    let after = line.partition_point(|(other, _)| *other < at);
    let (to, b) = line.get(after)?;
    if *to == at {
        return Some(*b);
    }
    let (from, a) = line.get(after.checked_sub(1)?)?;
    let share = (at.seconds() - from.seconds()) as f64 / (to.seconds() - from.seconds()) as f64;
    Some(a + (b - a) * share)
}
