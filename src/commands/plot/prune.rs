//! Datasets made smaller: one measure, no groups, fewer dates, those shown.

use std::collections::{BTreeMap, BTreeSet};

use super::super::labels;
use crate::data::{Dataset, Observation, Reading};
use crate::frame::repeated as repeated_places;
use crate::moment::{Moment, Step};

/// Keeps one measure.
pub(super) fn keep_measure(data: &mut Dataset, measure: usize) {
    data.observations.retain(|o| o.measure == measure);
    data.observations.iter_mut().for_each(|o| o.measure = 0);
    data.measures = data.measures.get(measure).cloned().into_iter().collect();
}

/// Makes every group and subject that occur together a subject of its own: `group: subject`, or the plain
/// subject where each has only one group, or the plain group where there is only one subject.
pub(super) fn fold_groups(data: &mut Dataset) {
    if data.groups.is_empty() {
        return;
    }
    let pairs: BTreeSet<(Option<usize>, usize)> =
        data.observations.iter().map(|o| (o.group, o.subject)).collect();
    let subjects: BTreeSet<usize> = pairs.iter().map(|(_, subject)| *subject).collect();
    let groups: BTreeSet<Option<usize>> = pairs.iter().map(|(group, _)| *group).collect();
    let name = |(group, subject): (Option<usize>, usize)| {
        let names = (group.and_then(|g| data.groups.get(g)), data.subjects.get(subject));
        let (group, subject) = (names.0.cloned().unwrap_or_default(), names.1.cloned().unwrap_or_default());
        if subjects.len() == pairs.len() {
            subject
        } else if groups.len() == pairs.len() {
            group
        } else {
            format!("{group}: {subject}")
        }
    };
    let names: Vec<String> = pairs.iter().map(|pair| name(*pair)).collect();
    let index: BTreeMap<(Option<usize>, usize), usize> =
        pairs.iter().enumerate().map(|(index, pair)| (*pair, index)).collect();
    for o in &mut data.observations {
        o.subject = index.get(&(o.group, o.subject)).copied().unwrap_or(0);
        o.group = None;
    }
    data.subjects = names;
    data.groups.clear();
}

/// Keeps subjects, in the order given.
pub(super) fn keep_subjects(data: &mut Dataset, kept: &[usize]) {
    let place = places(kept);
    data.observations.retain_mut(|o| place.get(&o.subject).map(|at| o.subject = *at).is_some());
    data.subjects = kept.iter().filter_map(|index| data.subjects.get(*index).cloned()).collect();
}

/// Keeps groups, in the order given.
pub(super) fn keep_groups(data: &mut Dataset, kept: &[usize]) {
    let place = places(kept);
    data.observations.retain_mut(|o| {
        let at = o.group.and_then(|group| place.get(&group));
        at.map(|at| o.group = Some(*at)).is_some()
    });
    data.groups = kept.iter().filter_map(|index| data.groups.get(*index).cloned()).collect();
}

fn places(kept: &[usize]) -> BTreeMap<usize, usize> {
    kept.iter().enumerate().map(|(at, index)| (*index, at)).collect()
}

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

/// The `count` things that `of` names, by their latest value: those with a value at the last date first, then
/// those that end before, then those without any; within each the largest first, and equal ones in their order.
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
    let mut order: Vec<usize> = (0..count).collect();
    let end = latest.iter().flatten().map(|(time, _)| *time).max().flatten();
    let found = |index: &usize| latest.get(*index).copied().flatten();
    order.sort_by(|a, b| match (found(a), found(b)) {
        (Some(a), Some(b)) => (b.0 == end).cmp(&(a.0 == end)).then(b.1.total_cmp(&a.1)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    order
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

/// Two observations of one series and date, as lines of the file.
pub(super) fn repeated(data: &Dataset) -> Option<(&Observation, u32)> {
    let all = &data.observations;
    let (place, first) = *repeated_places(all, |o| o.time, key).first()?;
    Some((all.get(place)?, all.get(first)?.line))
}

/// The name of an observation's series.
pub(super) fn series_name(data: &Dataset, o: &Observation) -> String {
    labels::series(data, o.subject, o.measure, o.group)
}
