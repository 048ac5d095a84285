//! Datasets made smaller: one measure, no groups, some subjects or groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::model::dataset::Dataset;

/// Keeps one measure.
pub fn keep_measure(data: &mut Dataset, measure: usize) {
    data.observations.retain(|o| o.measure == measure);
    data.observations.iter_mut().for_each(|o| o.measure = 0);
    data.measures = data.measures.get(measure).cloned().into_iter().collect();
}

/// Makes every group and subject that occur together a subject of its own: `group: subject`, or the plain
/// subject where each has only one group, or the plain group where there is only one subject.
pub fn fold_groups(data: &mut Dataset) {
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
pub fn keep_subjects(data: &mut Dataset, kept: &[usize]) {
    let place = places(kept);
    data.observations.retain_mut(|o| place.get(&o.subject).map(|at| o.subject = *at).is_some());
    data.subjects = kept.iter().filter_map(|index| data.subjects.get(*index).cloned()).collect();
}

/// Keeps groups, in the order given.
pub fn keep_groups(data: &mut Dataset, kept: &[usize]) {
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
