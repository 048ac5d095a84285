//! What is gathered of all rows that one reader reads, and of all of them together. Whatever depends on order knows
//! its line, so that it does not matter who read what.

use std::collections::BTreeSet;

use super::layout::Layout;
use super::sink::Sink;
use super::summary::{Contradiction, Summary, first};
use crate::data::build::aggregation::Series;
use crate::data::build::builder::Names;
use crate::data::cells::numbers::Evidence;
use crate::data::rows::split::narrow;

/// Names, each with where it stands first.
#[derive(Default)]
pub(super) struct FirstNames {
    names: Names,
    firsts: Vec<u32>,
}

impl FirstNames {
    /// Names that stand before all rows.
    fn of(names: &Names) -> Self {
        let mut all = FirstNames::default();
        (0..names.len()).for_each(|index| _ = all.index(names.get(index), 0));
        all
    }

    /// The index of a name, new or known.
    pub(super) fn index(&mut self, name: &str, line: u32) -> u32 {
        let index = self.names.index(name);
        if index == self.firsts.len() {
            self.firsts.push(line);
        }
        narrow(index)
    }

    /// A name that is another than all before; one that is known gets a number behind it, and is given back.
    pub(super) fn index_of_new(&mut self, name: &str, line: u32) -> (u32, Option<String>) {
        let (index, renamed) = self.names.index_of_new(name);
        self.firsts.push(line);
        (narrow(index), renamed)
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

/// The names that rows have.
#[derive(Default)]
pub(super) struct RowNames<N> {
    pub(super) subjects: N,
    pub(super) groups: N,
    pub(super) kinds: N,
    pub(super) measures: N,
}

/// What rows come to.
pub(super) struct Gathered<'s> {
    pub(super) sink: Sink,
    pub(super) names: RowNames<FirstNames>,
    /// The measures whose cells have a per cent sign, where rows name them.
    pub(super) in_percent: BTreeSet<(String, usize)>,
    /// What the cells of each column of numbers say of its decimal separator.
    pub(super) evidence: Vec<Evidence>,
    /// The texts of the column of dates, with the line that each stands on first.
    pub(super) dates: Vec<(u32, String)>,
    /// The texts of each column that decides which rows are kept.
    pub(super) only: Vec<BTreeSet<String>>,
    /// The last date, its last line, and whether that says that the period is not over.
    pub(super) latest: Option<(crate::time::moment::Moment, u32, bool)>,
    pub(super) summary: Summary<'s>,
}

impl<'s> Gathered<'s> {
    /// Nothing yet.
    pub(super) fn new(layout: &Layout<'s, '_, '_>) -> Self {
        Gathered {
            sink: Sink::new(layout),
            names: RowNames {
                subjects: FirstNames::of(&layout.subjects),
                groups: FirstNames::of(&layout.groups),
                ..RowNames::default()
            },
            in_percent: BTreeSet::new(),
            evidence: vec![Evidence::default(); layout.values.len()],
            dates: Vec::new(),
            only: vec![BTreeSet::new(); layout.roles.only.len()],
            latest: None,
            summary: Summary::new(layout.file),
        }
    }

    /// Puts together what all readers gathered; with the names of all rows. Only groups are gathered by several.
    pub(super) fn join(readers: Vec<Gathered<'s>>) -> Option<(Gathered<'s>, RowNames<Names>)> {
        let of = |pick: fn(&RowNames<FirstNames>) -> &FirstNames| {
            let all: Vec<&FirstNames> = readers.iter().map(|gathered| pick(&gathered.names)).collect();
            FirstNames::joined(&all)
        };
        let (subjects, own_subjects) = of(|names| &names.subjects);
        let (groups, own_groups) = of(|names| &names.groups);
        let (kinds, own_kinds) = of(|names| &names.kinds);
        let (measures, own_measures) = of(|names| &names.measures);
        let named = |reader: usize, series: Series| {
            let new = |places: &[Vec<u32>], index: u32| {
                places.get(reader).and_then(|places| places.get(index as usize)).copied().unwrap_or(index)
            };
            Series {
                subject: new(&own_subjects, series.subject),
                group: series.group.checked_sub(1).map_or(0, |group| new(&own_groups, group) + 1),
                kind: new(&own_kinds, series.kind),
                measure: new(&own_measures, series.measure),
            }
        };
        let several = readers.len() > 1;
        let mut all: Option<Gathered<'s>> = None;
        for (reader, mut gathered) in readers.into_iter().enumerate() {
            let Some(own) = &mut all else {
                if let (Sink::Grouped(aggregation), true) = (&mut gathered.sink, several) {
                    aggregation.rename(|series| named(reader, series));
                }
                all = Some(gathered);
                continue;
            };
            own.add(gathered, |series| named(reader, series));
        }
        all.map(|all| (all, RowNames { subjects, groups, kinds, measures }))
    }

    fn add(&mut self, other: Gathered<'s>, named: impl Fn(Series) -> Series) {
        if let (Sink::Grouped(own), Sink::Grouped(aggregation)) = (&mut self.sink, &other.sink) {
            own.append(aggregation, named);
        }
        self.in_percent.extend(other.in_percent);
        self.evidence.iter_mut().zip(other.evidence).for_each(|(own, other)| own.join(other));
        self.dates.extend(other.dates);
        self.only.iter_mut().zip(other.only).for_each(|(own, other)| own.extend(other));
        self.latest = self.latest.max(other.latest);
        self.summary.join(other.summary);
    }

    /// What speaks against how the rows were read.
    pub(super) fn contradiction(&self) -> Option<Contradiction> {
        let told_apart = match &self.sink {
            Sink::Grouped(aggregation) => aggregation.told_apart(),
            Sink::All(_) => None,
        };
        let told_apart = told_apart.map(|line| Contradiction {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            why: "a column that tells rows of one date and name apart",
        });
        first(self.summary.contradiction, told_apart)
    }
}
