//! Each subject's, or each group's, own last date: what `at = "each"` asks for.
//!
//! The values then have no date in common, and so none that a claim or a title could name. It must not know
//! what is drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::frame::Value;
use crate::frame::fact::Fact;
use crate::frame::pick::{Observed, Picked};
use crate::frame::roster::Who;
use crate::spec::{At, FigureSpec, PanelSpec};
use crate::time::moment::Moment;
use crate::time::period::{Period, Precision};

/// Of which dates the values are.
#[derive(Debug, Default)]
pub(super) struct Own {
    /// What must be said of it.
    pub(super) fact: Option<Fact>,
    /// The date of each group, where each has its own.
    pub(super) groups: Vec<Option<Period>>,
}

impl Own {
    /// What groups are called in the picture.
    pub(super) fn labels(&self, groups: &[String]) -> Vec<String> {
        let label = |(group, name): (usize, &String)| match self.groups.get(group) {
            Some(Some(date)) => format!("{name}, {}", date.in_words()),
            _ => name.clone(),
        };
        groups.iter().enumerate().map(label).collect()
    }
}

/// Whether every series has one value at most: dates then describe who is counted.
pub(super) fn is_snapshot(picked: &Picked) -> bool {
    let mut seen = BTreeSet::new();
    known(picked).all(|row| seen.insert((row.who, row.group)))
}

fn known(picked: &Picked) -> impl Iterator<Item = &Observed> {
    picked.rows.iter().filter(|row| row.value != Value::Missing)
}

/// Keeps the values of the last dates, without these, where they differ.
pub(super) fn dates(spec: &FigureSpec, panel: &PanelSpec, picked: &mut Picked) -> Own {
    if panel.at != At::Each {
        return Own::default();
    }
    let mut dates: Vec<Moment> = Vec::new();
    let by_group = spec.chart.keeps_groups && !picked.groups.is_empty() && !is_snapshot(picked);
    let owner = |row: &Observed| if by_group { (None, row.group) } else { (Some(row.who), None) };
    let mut ends: BTreeMap<(Option<Who>, Option<usize>), Moment> = BTreeMap::new();
    for row in known(picked) {
        let Some(at) = row.at else { continue };
        let end = ends.entry(owner(row)).or_insert(at);
        *end = (*end).max(at);
    }
    dates.extend(ends.values());
    let (Some(first), Some(last)) = (dates.iter().min(), dates.iter().max()) else { return Own::default() };
    // Several panels need not have one date among them.
    if first == last && spec.panels.len() == 1 {
        return Own::default();
    }
    let is_snapshot = is_snapshot(picked);
    picked.rows.retain_mut(|row| {
        let is_last = is_snapshot || row.at.is_none() || row.at == ends.get(&owner(row)).copied();
        row.at = None;
        is_last
    });
    // Dates of different subjects are no series of months.
    let is_monthly = ends.values().all(|at| at.date().day() == 1);
    let precision = match picked.precision {
        Precision::Month if !is_monthly => Precision::Day,
        precision => precision,
    };
    let period = |at: Moment| Period::around(at, precision);
    if by_group {
        let groups =
            (0..picked.groups.len()).map(|group| ends.get(&(None, Some(group))).map(|at| period(*at)));
        return Own { fact: Some(Fact::GroupDates), groups: groups.collect() };
    }
    let fact = (first != last).then(|| Fact::OwnDates(period(*first), period(*last)));
    Own { fact, groups: Vec::new() }
}
