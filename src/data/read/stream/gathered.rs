//! What one thread gathers of all chunks it reads, and what all threads gather together. Whatever depends on order
//! knows where it stands, so that it does not matter who read what.

use std::collections::BTreeSet;

use super::date_evidence::DateEvidence;
use super::layout::Layout;
use super::words::narrow;
use crate::data::build::builder::Names;
use crate::data::build::tally::{Series, Tally};
use crate::data::cells::numbers::Evidence;

/// Where a row stands: the number of its chunk and its line in it.
pub(super) fn place(chunk: usize, line: u32) -> u64 {
    (chunk as u64) << 32 | u64::from(line)
}

/// Names, each with where it stands first.
#[derive(Default)]
pub(super) struct FirstNames {
    names: Names,
    firsts: Vec<u64>,
}

impl FirstNames {
    /// Names that stand before all rows.
    fn of(names: &Names) -> Self {
        let mut all = FirstNames::default();
        (0..names.len()).for_each(|index| _ = all.index(names.get(index), 0));
        all
    }

    /// The index of a name, new or known.
    pub(super) fn index(&mut self, name: &str, at: u64) -> u32 {
        let index = self.names.index(name);
        if index == self.firsts.len() {
            self.firsts.push(at);
        }
        narrow(index)
    }

    /// All names in the order of the file, and which of them each thread's are.
    fn joined(all: &[&FirstNames]) -> (Names, Vec<Vec<u32>>) {
        let firsts = all.iter().enumerate().flat_map(|(thread, names)| {
            names.firsts.iter().enumerate().map(move |(index, first)| (*first, index, thread))
        });
        let mut order: Vec<_> = firsts.collect();
        order.sort_unstable();
        let mut names = Names::default();
        let mut places: Vec<Vec<u32>> = all.iter().map(|names| vec![0; names.firsts.len()]).collect();
        for (_, index, thread) in order {
            let name = all.get(thread).map_or("", |names| names.names.get(index));
            let place = narrow(names.index(name));
            if let Some(own) = places.get_mut(thread).and_then(|places| places.get_mut(index)) {
                *own = place;
            }
        }
        (names, places)
    }
}

/// What rows come to.
pub(super) struct Gathered {
    pub(super) tally: Tally,
    pub(super) subjects: FirstNames,
    pub(super) groups: FirstNames,
    pub(super) kinds: FirstNames,
    /// What the cells of each column of numbers say of its decimal separator.
    pub(super) evidence: Vec<Evidence>,
    pub(super) dates: DateEvidence,
    /// The texts of each column that decides which rows are kept.
    pub(super) only: Vec<BTreeSet<String>>,
}

/// The names of all rows.
#[derive(Default)]
pub(super) struct AllNames {
    pub(super) subjects: Names,
    pub(super) groups: Names,
    pub(super) kinds: Names,
}

impl Gathered {
    /// Nothing yet.
    pub(super) fn new(layout: &Layout<'_, '_, '_>) -> Self {
        let only = layout.words.iter().filter(|words| words.only.is_some()).count();
        Gathered {
            tally: Tally::new(layout.how, layout.values.len()),
            subjects: FirstNames::of(&layout.subjects),
            groups: FirstNames::of(&layout.groups),
            kinds: FirstNames::default(),
            evidence: vec![Evidence::default(); layout.values.len()],
            dates: DateEvidence::default(),
            only: vec![BTreeSet::new(); only],
        }
    }

    /// The index of a group, of which rows may have none.
    pub(super) fn group(&mut self, name: &str, at: u64) -> u32 {
        self.groups.index(if name.is_empty() { "(empty)" } else { name }, at)
    }

    /// Puts together what all threads gathered; with the names of all rows.
    pub(super) fn join(threads: Vec<Gathered>) -> Option<(Gathered, AllNames)> {
        let of =
            |pick: fn(&Gathered) -> &FirstNames| -> Vec<&FirstNames> { threads.iter().map(pick).collect() };
        let (subjects, own_subjects) = FirstNames::joined(&of(|gathered| &gathered.subjects));
        let (groups, own_groups) = FirstNames::joined(&of(|gathered| &gathered.groups));
        let (kinds, own_kinds) = FirstNames::joined(&of(|gathered| &gathered.kinds));
        let named = |thread: usize, series: Series| {
            let new = |places: &[Vec<u32>], index: u32| {
                places.get(thread).and_then(|places| places.get(index as usize)).copied()
            };
            Series {
                subject: new(&own_subjects, series.subject).unwrap_or(series.subject),
                group: series
                    .group
                    .checked_sub(1)
                    .and_then(|group| new(&own_groups, group))
                    .map_or(0, |group| group + 1),
                kind: new(&own_kinds, series.kind).unwrap_or(series.kind),
            }
        };
        let mut all: Option<Gathered> = None;
        for (thread, gathered) in threads.into_iter().enumerate() {
            let Some(own) = &mut all else {
                let mut first = gathered;
                first.tally.rename(|series| named(thread, series));
                all = Some(first);
                continue;
            };
            own.tally.append(&gathered.tally, |series| named(thread, series));
            own.evidence.iter_mut().zip(gathered.evidence).for_each(|(own, other)| own.join(other));
            own.dates.join(gathered.dates);
            own.only.iter_mut().zip(gathered.only).for_each(|(own, other)| own.extend(other));
        }
        all.map(|all| (all, AllNames { subjects, groups, kinds }))
    }
}
