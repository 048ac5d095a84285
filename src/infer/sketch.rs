//! What is asked of data before it is known how they are drawn: their dates, gaps, repeats, and who has the highest
//! values.

use std::collections::BTreeSet;

use crate::data::{Dataset, Observation, Value};
use crate::frame::{precision, repeated, top};
use crate::time::moment::{Moment, Step};
use crate::time::pace;
use crate::time::period::Precision;

/// The observations that have a value.
pub(super) fn valued(data: &Dataset) -> impl Iterator<Item = &Observation> {
    data.observations.iter().filter(|o| o.value != Value::Missing)
}

/// The distinct dates of values that are there, in order.
pub(super) fn dates(data: &Dataset) -> Vec<Moment> {
    let mut dates: Vec<Moment> = valued(data).filter_map(|o| o.time).collect();
    dates.dedup();
    dates.sort_unstable();
    dates.dedup();
    dates
}

/// How exactly the dates are known.
pub(super) fn exactness(data: &Dataset) -> Precision {
    let dates = data.observations.iter().filter_map(|o| Some(((o.subject, o.group), o.time?)));
    precision::of(&data.facts, dates)
}

/// How many subjects have any value.
pub(super) fn count_valued(data: &Dataset) -> usize {
    let mut seen = vec![false; data.subjects.len()];
    valued(data).for_each(|o| seen.get_mut(o.subject).into_iter().for_each(|seen| *seen = true));
    seen.into_iter().filter(|seen| *seen).count()
}

/// Whether a subject lacks values between two of its own: by the step of the dates, or where a cell is empty.
pub(super) fn has_gaps(data: &Dataset) -> bool {
    let mut own: Vec<(Vec<Moment>, bool)> = vec![(Vec::new(), false); data.subjects.len()];
    let mut order: Vec<&Observation> = data.observations.iter().collect();
    order.sort_by_key(|o| o.time);
    let step = data.facts.step.unwrap_or(Step::Irregular);
    let empty = order.into_iter().any(|o| {
        let (Some(at), Some((dates, missing))) = (o.time, own.get_mut(o.subject)) else { return false };
        if o.value == Value::Missing {
            *missing = !dates.is_empty();
            return false;
        }
        dates.push(at);
        std::mem::take(missing)
    });
    empty || own.iter().any(|(dates, _)| !pace::gaps(dates, step).is_empty())
}

/// Whether every series has one value at most: dates then describe subjects instead of parting values.
pub(super) fn is_snapshot(data: &Dataset) -> bool {
    let mut seen = BTreeSet::new();
    valued(data).all(|o| seen.insert((o.measure, o.group, o.subject)))
}

/// The part of groups times subjects that have a value.
pub(super) fn filled(data: &Dataset) -> (usize, usize) {
    let pairs: BTreeSet<(Option<usize>, usize)> = valued(data).map(|o| (o.group, o.subject)).collect();
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
    let lower_is_better = data.measures.first().is_some_and(|measure| measure.basis.lower_is_better());
    let mut latest: Vec<Option<(Option<Moment>, f64)>> = vec![None; count];
    for o in data.observations.iter().filter(|o| o.measure == 0) {
        let value = match o.value {
            Value::Number(value) if lower_is_better => -value,
            Value::Number(value) => value,
            Value::Below(bound) => bound * below_one,
            Value::Missing | Value::Word(_) => continue,
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

/// Leaves out observations that stand a second time.
pub(super) fn drop_repeated(data: &mut Dataset) {
    let repeated = repeated(&data.observations, |o| o.time, |o| (o.subject, o.group, o.measure, o.kind));
    if repeated.is_empty() {
        return;
    }
    let dropped: BTreeSet<usize> = repeated.into_iter().map(|(place, _)| place).collect();
    let mut place = 0..;
    data.observations.retain(|_| place.next().is_none_or(|place| !dropped.contains(&place)));
}
