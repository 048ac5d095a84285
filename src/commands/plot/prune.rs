//! What is asked of a dataset before it is drawn: its dates, gaps, repeats, and who has the highest values.

use std::collections::BTreeSet;

use crate::data::{Dataset, Line, Observation, Reading};
use crate::frame::{repeated as repeated_places, top};
use crate::moment::{Moment, Step};

/// The distinct dates of values that are there, in order.
pub(super) fn dates<'o>(observations: impl IntoIterator<Item = &'o Observation>) -> Vec<Moment> {
    let valued = observations.into_iter().filter(|o| o.value != Reading::Missing);
    let mut dates: Vec<Moment> = valued.filter_map(|o| o.time).collect();
    dates.dedup();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// How many subjects have any value.
pub(super) fn valued(data: &Dataset) -> usize {
    let valued = data.observations.iter().filter(|o| o.value != Reading::Missing);
    let mut seen = vec![false; data.subjects.len()];
    valued.for_each(|o| seen.get_mut(o.subject).into_iter().for_each(|seen| *seen = true));
    seen.into_iter().filter(|seen| *seen).count()
}

/// Whether a subject lacks values between two of its own: by the step of the dates, or where a cell is empty. The
/// last date may be one that is not drawn.
pub(super) fn has_gaps(data: &Dataset, drops_last: bool) -> bool {
    let last_date = dates(&data.observations).last().copied();
    let mut last: Vec<(Option<Moment>, bool)> = vec![(None, false); data.subjects.len()];
    let drawn = |o: &&Observation| !drops_last || o.time != last_date;
    let mut order: Vec<&Observation> = data.observations.iter().filter(drawn).collect();
    order.sort_by_key(|o| o.time);
    let step = data.facts.step.unwrap_or(Step::Irregular);
    order.into_iter().any(|o| {
        let (Some(at), Some((before, missing))) = (o.time, last.get_mut(o.subject)) else { return false };
        if o.value == Reading::Missing {
            *missing = before.is_some();
            return false;
        }
        let gap = *missing || before.is_some_and(|before| step.is_gap(before, at));
        (*before, *missing) = (Some(at), false);
        gap
    })
}

/// Whether every series has one value at most: dates then describe subjects instead of parting values.
pub(super) fn is_snapshot(data: &Dataset) -> bool {
    let mut seen = BTreeSet::new();
    let mut valued = data.observations.iter().filter(|o| o.value != Reading::Missing);
    valued.all(|o| seen.insert((o.measure, o.group, o.subject)))
}

/// The part of groups times subjects that have a value.
pub(super) fn filled(data: &Dataset) -> (usize, usize) {
    let valued = data.observations.iter().filter(|o| o.value != Reading::Missing);
    let pairs: BTreeSet<(Option<usize>, usize)> = valued.map(|o| (o.group, o.subject)).collect();
    let subjects: BTreeSet<usize> = pairs.iter().map(|(_, subject)| *subject).collect();
    let groups: BTreeSet<Option<usize>> = pairs.iter().map(|(group, _)| *group).collect();
    (pairs.len(), subjects.len() * groups.len())
}

/// The `count` things that `of` names, by their latest value.
pub(super) fn ranked(
    data: &Dataset,
    count: usize,
    below_one: f64,
    of: impl Fn(&Observation) -> Option<usize>,
) -> Vec<usize> {
    let mut latest: Vec<Option<(Option<Moment>, f64)>> = vec![None; count];
    for o in data.observations.iter().filter(|o| o.measure == 0) {
        let value = match o.value {
            Reading::Number(value) => value,
            Reading::Below(bound) => bound * below_one,
            Reading::Missing => continue,
        };
        let Some(place) = of(o).and_then(|index| latest.get_mut(index)) else { continue };
        // The largest at the last date: a group has several values there.
        let is_better = place.is_none_or(|(at, best)| o.time > at || (o.time == at && value > best));
        if is_better {
            *place = Some((o.time, value));
        }
    }
    top::ranked(&latest)
}

/// Leaves out observations that stand a second time with the same value, and gives their number.
pub(super) fn drop_same(data: &mut Dataset) -> usize {
    let all = &data.observations;
    let value = |place: usize| all.get(place).map(|o| o.value);
    let repeated = repeated_places(all, |o| o.time, key);
    if repeated.iter().any(|(place, first)| value(*place) != value(*first)) {
        return 0;
    }
    let dropped: BTreeSet<usize> = repeated.into_iter().map(|(place, _)| place).collect();
    let mut place = 0..;
    data.observations.retain(|_| place.next().is_none_or(|place| !dropped.contains(&place)));
    dropped.len()
}

/// What two observations of one time must not share.
fn key(o: &Observation) -> (usize, Option<usize>, usize, usize) {
    (o.subject, o.group, o.measure, o.kind)
}

/// Two observations of one series and date, with the line of the first.
pub(super) fn repeated(data: &Dataset) -> Option<(&Observation, Line)> {
    let all = &data.observations;
    let (place, first) = *repeated_places(all, |o| o.time, key).first()?;
    Some((all.get(place)?, all.get(first)?.line))
}
