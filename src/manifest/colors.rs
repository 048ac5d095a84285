//! Which colour of the palette each declared subject has, in all figures of a manifest.
//!
//! Those that a figure highlights get theirs first, then those that its title, its claims or its `subjects` name, then
//! the others as they are declared.
//! Two that are to be told apart in one figure have two colours, as long as there are enough. It must not know data.

use crate::figure::{COLORS, Ink};
use crate::spec::{FigureSpec, SubjectSpec};

/// Gives every declared subject without a colour of its own one of the palette.
pub(super) fn give(subjects: &mut [SubjectSpec], figures: &mut [FigureSpec]) {
    let is_open = |index: &usize| subjects.get(*index).is_some_and(|s| matches!(s.ink, Ink::Palette(_)));
    let open = |all: &[usize]| all.iter().copied().filter(is_open).collect::<Vec<usize>>();
    let mut together: Vec<Vec<usize>> = figures.iter().map(|figure| open(&figure.highlight)).collect();
    for figure in figures.iter().filter(|figure| figure.highlight.is_empty()) {
        let is_said = |index: &usize| subjects.get(*index).is_some_and(|subject| figure.says(&subject.label));
        let mut first: Vec<usize> = (0..subjects.len()).filter(is_open).filter(is_said).collect();
        let shown = open(&figure.shown);
        first.extend(shown.into_iter().filter(|index| !is_said(index)));
        together.push(first);
    }
    let all: Vec<usize> = (0..subjects.len()).filter(is_open).collect();
    let mut slots: Vec<Option<usize>> = vec![None; subjects.len()];
    for index in together.iter().flatten().chain(&all) {
        if slots.get(*index).is_none_or(Option::is_some) {
            continue;
        }
        let beside = together.iter().filter(|set| set.contains(index)).flatten();
        let near: Vec<usize> = beside.filter_map(|other| slots.get(*other).copied().flatten()).collect();
        let used = |slot: usize| slots.iter().filter(|other| **other == Some(slot)).count();
        let best = (0..COLORS).min_by_key(|slot| (near.contains(slot), used(*slot), *slot));
        slots.get_mut(*index).into_iter().for_each(|slot| *slot = best);
    }
    let lists = figures.iter_mut().map(|figure| figure.declared.as_mut_slice());
    for list in std::iter::once(&mut *subjects).chain(lists) {
        for (subject, slot) in list.iter_mut().zip(&slots) {
            subject.ink = slot.map_or(subject.ink, Ink::Palette);
        }
    }
}
