//! The lines of one plot, which its parts are arranged for. It must not know where anything stands.

use std::collections::BTreeMap;

use crate::figure::{Look, Marks, Panel, Series};
use crate::time::moment::{Moment, Step};

/// What there is to arrange.
#[derive(Debug, Clone, Copy)]
pub struct Lines<'a> {
    /// How the figure looks.
    pub look: &'a Look,
    /// Its lines.
    pub series: &'a [Series],
    /// The usual distance of their points.
    pub step: Step,
}

/// The last valued point of a series.
#[must_use]
pub fn end_of(series: &Series) -> Option<(Moment, f64)> {
    series.points.iter().rev().find_map(|p| Some((p.at, p.value?)))
}

/// The pairs of subjects whose lines cross.
#[must_use]
pub fn crossing(panel: &Panel) -> Vec<(usize, usize)> {
    let Marks::Lines { series, .. } = &panel.marks else { return Vec::new() };
    let mut pairs = Vec::new();
    for (index, a) in series.iter().enumerate() {
        let known: BTreeMap<Moment, f64> = a.points.iter().filter_map(|p| Some((p.at, p.value?))).collect();
        for b in series.iter().skip(index + 1) {
            let over = b.points.iter().filter_map(|p| Some(known.get(&p.at)?.total_cmp(&p.value?)));
            let mut over: Vec<_> = over.filter(|order| order.is_ne()).collect();
            over.dedup();
            pairs.extend((over.len() > 1).then_some((a.subject, b.subject)));
        }
    }
    pairs
}
