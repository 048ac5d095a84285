//! Looking values up: by subject and date, of one panel or one of its groups.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{Diagnostic, listed, nearest, quoted};
use crate::figure::Chart;
use crate::manifest::FigureSpec;
use crate::manifest::claims::{ClaimDate, ClaimGroup, Name};
use crate::manifest::period::Period;
use crate::series::roster;
use crate::series::{PanelFacts, Picked, Plotted, combined};

/// The values of one panel, or of one of its groups, before any average.
#[derive(Debug)]
pub(super) struct Slice<'a> {
    /// The panel.
    pub(super) facts: &'a PanelFacts,
    /// What tells it from the figure's other slices: a group or a panel's title; empty for the only one.
    pub(super) label: String,
    cells: BTreeMap<(Option<Period>, usize), Cell>,
}

#[derive(Debug, Clone, Copy)]
struct Cell {
    value: Option<f64>,
    /// `None` where it was made of values counted in different ways.
    kind: Option<usize>,
    /// How many observations it was made of.
    rows: usize,
}

/// Why a claim cannot be checked, or a placeholder not filled in.
pub(super) type Obstacle = String;

impl<'a> Slice<'a> {
    fn of(spec: &FigureSpec, facts: &'a PanelFacts, group: Option<usize>, label: &str) -> Self {
        let mut rows: BTreeMap<(Option<Period>, usize), Vec<&Picked>> = BTreeMap::new();
        for row in facts.picked.iter().filter(|row| group.is_none() || row.group == group) {
            let rows = rows.entry((row.at.map(|at| facts.date(at)), row.who)).or_default();
            // A subject counted twice in a month of monthly data: the month's last count stands.
            rows.retain(|other| other.group != row.group || other.at >= row.at);
            if !rows.iter().any(|other| other.group == row.group && other.at > row.at) {
                rows.push(row);
            }
        }
        let cell = |rows: Vec<&Picked>| {
            let kinds: BTreeSet<usize> = rows.iter().map(|row| row.kind).collect();
            let kind = kinds.first().copied().filter(|_| kinds.len() == 1);
            let value = match rows.as_slice() {
                [only] => only.value,
                _ => combined(&rows, spec),
            };
            Cell { value, kind, rows: rows.len() }
        };
        let cells = rows.into_iter().map(|(key, rows)| (key, cell(rows))).collect();
        Slice { facts, label: label.to_owned(), cells }
    }

    /// A subject's value at a date.
    pub(super) fn value(&self, at: Option<Period>, who: usize) -> Option<f64> {
        self.cells.get(&(at, who))?.value
    }

    /// The dates at which every one of these subjects has a value, within the figure's span, in order.
    pub(super) fn common_dates(&self, spec: &FigureSpec, who: &[usize]) -> Vec<Option<Period>> {
        let mut dates: Vec<Option<Period>> = self.cells.keys().map(|(at, _)| *at).collect();
        dates.dedup();
        let within = |at: &Option<Period>| {
            at.is_none_or(|at| {
                spec.from.is_none_or(|from| from.first() < at.end())
                    && spec.to.is_none_or(|to| at.first() < to.end())
            })
        };
        dates.retain(|at| within(at) && who.iter().all(|who| self.value(*at, *who).is_some()));
        dates
    }

    /// The last date in a period at which one of these subjects has a value.
    fn last_date(&self, who: &[usize], within: Option<Period>) -> Option<Option<Period>> {
        let of_them =
            self.cells.iter().filter(|((_, other), cell)| who.contains(other) && cell.value.is_some());
        of_them
            .map(|((at, _), _)| *at)
            .filter(|at| within.is_none_or(|period| at.is_none_or(|at| period.meets(at))))
            .max()
    }

    /// The dates a scope names; none where nobody has a value there.
    pub(super) fn dates(&self, spec: &FigureSpec, when: ClaimDate, who: &[usize]) -> Vec<Option<Period>> {
        match when {
            ClaimDate::Every => self.common_dates(spec, who),
            ClaimDate::Shown => self.last_date(who, self.facts.shown).into_iter().collect(),
            ClaimDate::Latest => self.last_date(who, None).into_iter().collect(),
            ClaimDate::On(period) => self.last_date(who, Some(period)).into_iter().collect(),
        }
    }

    /// Refuses to set side by side what was counted in different ways, or is several values that nothing combines.
    pub(super) fn comparable(
        &self,
        plotted: &Plotted,
        dates: &[Option<Period>],
        who: &[usize],
    ) -> Result<(), Obstacle> {
        let cells = || dates.iter().flat_map(|at| who.iter().map(move |who| (*at, *who)));
        let found = || cells().filter_map(|key| Some((key, self.cells.get(&key)?)));
        if let Some(((at, who), cell)) = found().find(|(_, cell)| cell.rows > 1 && cell.value.is_none()) {
            let label = plotted.roster.get(who).map_or("", |who| who.label.as_str());
            return Err(format!("{label} has {} values{}", cell.rows, self.at_words(at)));
        }
        let kinds: BTreeSet<Option<usize>> = found().map(|(_, cell)| cell.kind).collect();
        if kinds.len() > 1 || kinds.contains(&None) {
            return Err("the values were counted in different ways".into());
        }
        Ok(())
    }

    /// ` at 2020-06`; empty for data without dates.
    pub(super) fn at_words(&self, at: Option<Period>) -> String {
        at.map(|at| format!(" at {at}")).unwrap_or_default()
    }
}

/// The slices a scope names.
pub(super) fn slices<'a>(
    spec: &FigureSpec,
    plotted: &'a Plotted,
    group: &ClaimGroup,
) -> Result<Vec<Slice<'a>>, Diagnostic> {
    let all = all_slices(spec, plotted);
    match group {
        ClaimGroup::Every if all.is_empty() => {
            Err(Diagnostic::error(format!("figure `{}` has no groups", spec.key)).hint("leave `in …` out"))
        }
        ClaimGroup::Every => Ok(all),
        ClaimGroup::One(name) => one(spec, plotted, all, name),
        ClaimGroup::Shown => match plotted.facts.as_slice() {
            [facts] if spec.chart != Chart::GroupedBar || facts.groups.len() < 2 => {
                Ok(vec![Slice::of(spec, facts, None, "")])
            }
            _ => {
                let names: Vec<&str> = all.iter().map(|slice| slice.label.as_str()).collect();
                let message = format!("figure `{}` has more than one group: {}", spec.key, listed(names));
                Err(Diagnostic::error(message).hint("say `in every group`, or which one"))
            }
        },
    }
}

fn one<'a>(
    spec: &FigureSpec,
    plotted: &'a Plotted,
    all: Vec<Slice<'a>>,
    name: &Name,
) -> Result<Vec<Slice<'a>>, Diagnostic> {
    let wanted = name.text.trim().to_lowercase();
    let names: Vec<String> = all.iter().map(|slice| slice.label.clone()).collect();
    let by_panel = plotted.facts.len() > 1;
    let is = |slice: &Slice<'a>| {
        slice.label.to_lowercase() == wanted || (by_panel && slice.facts.measure.to_lowercase() == wanted)
    };
    let found: Vec<Slice<'a>> = all.into_iter().filter(is).collect();
    if !found.is_empty() {
        return Ok(found);
    }
    let message = format!("figure `{}`: unknown group {}", spec.key, quoted(&name.text));
    let fault = Diagnostic::error(message).at(name.place.clone());
    let measures = plotted.facts.iter().map(|facts| facts.measure.clone());
    let names: Vec<String> = if by_panel { measures.collect() } else { names };
    Err(match nearest(&name.text, names.iter().map(String::as_str)) {
        Some(near) => fault.hint(format!("did you mean `{near}`?")),
        None if names.is_empty() => fault.hint("the figure has no groups: leave `in …` out"),
        None => fault.hint(format!("groups are {}", listed(names))),
    })
}

/// Every panel of a figure of facets, otherwise every group of the only one.
fn all_slices<'a>(spec: &FigureSpec, plotted: &'a Plotted) -> Vec<Slice<'a>> {
    match plotted.facts.as_slice() {
        [facts] if spec.chart != Chart::Facets => {
            let groups = facts.groups.iter().enumerate();
            groups.map(|(index, name)| Slice::of(spec, facts, Some(index), name)).collect()
        }
        panels => panels.iter().map(|facts| Slice::of(spec, facts, None, &facts.title)).collect(),
    }
}

/// The roster index of a name.
pub(super) fn subject(spec: &FigureSpec, plotted: &Plotted, name: &Name) -> Result<usize, Diagnostic> {
    roster::find(&plotted.roster, &name.text).ok_or_else(|| {
        let message = format!("figure `{}`: unknown subject {}", spec.key, quoted(&name.text));
        let fault = Diagnostic::error(message).at(name.place.clone());
        match roster::nearest_label(&plotted.roster, &name.text) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => {
                fault.hint(format!("subjects are {}", listed(plotted.roster.iter().map(|who| &who.label))))
            }
        }
    })
}
