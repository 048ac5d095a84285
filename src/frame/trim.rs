//! What says nothing of a line: zeros before somebody had a value at all, and several counts in one month of a monthly
//! series, which would be spikes. Both are left out, and said.
//!
//! It must not know which rows are drawn.

use std::collections::BTreeMap;

use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::pick::Picked;
use crate::frame::roster::Who;
use crate::frame::row::{Row, Value, slice};
use crate::spec::FigureSpec;
use crate::time::moment::{DAY, Moment, Step};
use crate::time::period::{Period, Precision};

/// From so many zeros on, a line lies on its axis before it begins. One is where it begins.
const LYING: usize = 2;

/// Leaves out the zeros before the first value of each line.
pub(super) fn zeros(spec: &FigureSpec, frame: &mut PanelFrame) {
    if !spec.chart.shows_span || spec.chart.stacks || frame.basis.lower_is_better() {
        return;
    }
    let mut starts: BTreeMap<(Option<usize>, Who), Moment> = BTreeMap::new();
    for own in frame.rows.chunk_by(|a, b| (a.group, a.who) == (b.group, b.who)) {
        let Some((row, at)) = begins(own) else { continue };
        starts.insert((row.group, row.who), at);
        if row.group.is_none() {
            frame.facts.extend(row.period.map(|from| Fact::Zeros { who: row.who, from }));
        }
    }
    if starts.is_empty() {
        return;
    }
    let is_kept = |row: &Row| {
        let start = starts.get(&(row.group, row.who));
        start.zip(row.at).is_none_or(|(start, at)| *start <= at)
    };
    frame.rows.retain(is_kept);
    let combined = |row: &Row| Row { group: None, ..*row };
    // A group's zero of a date at which another has a value says something.
    frame.singles.retain(|row| is_kept(&combined(row)));
}

/// The first row above zero, where zeros stand before it; `None` where a series falls below, for which zero is a value
/// like any other.
fn begins(own: &[Row]) -> Option<(&Row, Moment)> {
    let number = |row: &Row| match row.value {
        Value::Number(value) => Some(value),
        Value::Below(bound) => Some(bound),
        Value::Missing | Value::Word(_) => None,
    };
    if own.iter().filter_map(number).any(|value| value < 0.0) {
        return None;
    }
    let known = || own.iter().filter(|row| row.is_known());
    let zeros = known().take_while(|row| number(row) == Some(0.0)).count();
    // One value alone makes no line.
    let first = known().nth(zeros).filter(|_| zeros >= LYING && known().count() > zeros + 1)?;
    Some((first, first.period?.first()))
}

/// Counts of a monthly series nearer to each other than this are no months apart.
const NEAR: i64 = 20 * DAY;

/// Makes one value a month of a monthly series in which some counts are days apart: the last one of each month, at its
/// start.
pub(super) fn several(spec: &FigureSpec, picked: &mut Picked) {
    if !spec.chart.shows_span || spec.each.is_some() || picked.step != Step::Month {
        return;
    }
    let mut dates: Vec<(Who, Option<usize>, Moment)> = Vec::new();
    let known = picked.rows.iter().filter(|row| row.value != Value::Missing);
    dates.extend(known.filter_map(|row| Some((row.who, row.group, row.at?))));
    dates.sort_unstable();
    let is_near = |pair: &[(Who, Option<usize>, Moment)]| match pair {
        [a, b] => (a.0, a.1) == (b.0, b.1) && b.2.seconds() - a.2.seconds() < NEAR,
        _ => false,
    };
    if !dates.windows(2).any(is_near) {
        return;
    }
    let last: BTreeMap<(Who, Option<usize>, i32), Moment> =
        dates.into_iter().map(|(who, group, at)| ((who, group, at.month_index()), at)).collect();
    let count = picked.rows.len();
    picked.rows.retain(|row| {
        let own = row.at.and_then(|at| last.get(&(row.who, row.group, at.month_index())));
        own.is_none_or(|last| row.at == Some(*last))
    });
    for row in &mut picked.rows {
        row.at = row.at.map(|at| Period::around(at, Precision::Month).first());
    }
    picked.precision = Precision::Month;
    let said = if picked.rows.len() < count {
        "Of several counts in one month the last is drawn, at its start"
    } else {
        "Counts stand at the start of their month"
    };
    picked.facts.push(Fact::Said(said.into()));
}

/// Whether somebody's zeros are left out of what a panel draws.
pub(super) fn is_told(frame: &PanelFrame, who: Who) -> bool {
    let own = slice(&frame.rows, |row| (row.group, row.who).cmp(&(None, who)));
    let first = own.iter().find(|row| row.is_known());
    frame.drawn.contains(&who) && first.is_some_and(|row| frame.is_within(row.at))
}
