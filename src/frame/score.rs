//! A composite of several measures: each scaled to 0 to 100, then weighed and added up.
//!
//! The panels of a figure become one: its rows of all groups are the scores, those of each group what one measure
//! adds to them, so that claims, words and tables speak of both. It must not know how that is drawn.

use std::collections::BTreeMap;

use crate::data::Basis;
use crate::diag::{self, Report};
use crate::figure::Unit;
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::Who;
use crate::frame::row::{Row, Value, drawn_at};
use crate::frame::wording::plain_number;
use crate::spec::{FigureSpec, PanelSpec, Weight};
use crate::time::period::Period;

/// The best that a measure can be.
const BEST: f64 = 100.0;

/// What scores are, where the figure has some.
pub(super) fn unit(spec: &FigureSpec) -> Option<Unit> {
    spec.panels.iter().any(|panel| panel.weight.is_some()).then_some(Unit::Index)
}

/// What somebody gets for a measure, how far it may be off, and the row it was made of.
type Points<'r> = BTreeMap<Who, (f64, f64, &'r Row)>;

/// The panels as one of scores, where they have weights.
pub(super) fn scored<'s>(
    spec: &FigureSpec,
    panels: Vec<(&'s PanelSpec, PanelFrame)>,
    report: &mut Report,
) -> Vec<(&'s PanelSpec, PanelFrame)> {
    let weights: Vec<Weight> = panels.iter().filter_map(|(spec, _)| spec.weight).collect();
    let Some((first_spec, first)) = panels.first().filter(|_| weights.len() == panels.len()) else {
        return panels;
    };
    let mut all: Vec<Points<'_>> = Vec::new();
    for ((of, panel), weight) in panels.iter().zip(&weights) {
        match points(spec, panel, *weight) {
            Ok(points) => all.push(points),
            Err((why, instead)) => {
                let message = format!("cannot score {}: {why}", panel.measure);
                let fault = diag::error("unsuitable-basis", message).at(of.places.of("measure"));
                report.push(fault.hint(instead));
            }
        }
    }
    if all.len() < panels.len() {
        return panels;
    }
    let mut drawn: Vec<Who> = Vec::new();
    for who in panels.iter().flat_map(|(_, panel)| &panel.drawn) {
        if !drawn.contains(who) {
            drawn.push(*who);
        }
    }
    let is_of_one_date = panels.iter().all(|(_, panel)| panel.shown == first.shown);
    let shown = first.shown.filter(|_| is_of_one_date);
    let Some(rows) = rows(&all, &drawn, shown) else { return panels };
    let lacks = rows.iter().any(|row| row.group.is_none() && !row.is_known());
    let names: Vec<String> = panels.iter().map(|(_, panel)| panel.title.clone()).collect();
    let labels =
        names.iter().zip(&weights).map(|(name, weight)| format!("{name} ({})", percent(weight.share)));
    let frame = PanelFrame {
        measure: "score".into(),
        basis: Basis::Rating,
        title: String::new(),
        calendar: false,
        group_labels: labels.collect(),
        groups: names,
        kinds: vec![String::new()],
        rows,
        raw: Vec::new(),
        singles: Vec::new(),
        first: None,
        shown,
        within: (None, None),
        hollow: Vec::new(),
        facts: facts(&panels, &weights, shown.is_some(), lacks),
        drawn,
        ..first.clone()
    };
    vec![(*first_spec, frame)]
}

/// The scores, then what each measure adds; `None` where nobody has a value.
fn rows(all: &[Points<'_>], drawn: &[Who], period: Option<Period>) -> Option<Vec<Row>> {
    let line = all.iter().flat_map(BTreeMap::values).map(|(_, _, row)| row.line).next()?;
    let mut order = drawn.to_vec();
    order.sort_unstable();
    let row = |who: Who, group: Option<usize>, found: Option<(f64, f64, &Row)>| Row {
        who,
        group,
        period,
        at: None,
        value: found.map_or(Value::Missing, |(points, _, _)| Value::Number(points)),
        slack: found.map_or(0.0, |(_, slack, _)| slack),
        bounds: None,
        kind: Some(0),
        count: 1,
        line: found.map_or(line, |(_, _, row)| row.line),
    };
    let total = |who: &Who| {
        let own: Option<Vec<&(f64, f64, &Row)>> = all.iter().map(|points| points.get(who)).collect();
        let own = own.filter(|own| !own.is_empty())?;
        let add =
            |(sum, off): (f64, f64), (points, slack, _): &&(f64, f64, &Row)| (sum + points, off + slack);
        let (sum, slack) = own.iter().fold((0.0, 0.0), add);
        own.first().map(|(_, _, row)| (sum, slack, *row))
    };
    let mut rows: Vec<Row> = order.iter().map(|who| row(*who, None, total(who))).collect();
    for (group, points) in all.iter().enumerate() {
        rows.extend(order.iter().map(|who| row(*who, Some(group), points.get(who).copied())));
    }
    Some(rows)
}

/// What everybody gets for one measure.
fn points<'r>(
    spec: &FigureSpec,
    panel: &'r PanelFrame,
    weight: Weight,
) -> Result<Points<'r>, (&'static str, &'static str)> {
    if panel.basis.lower_is_better() {
        return Err(("the distance of two ranks is no amount", "score what the ranks were made of"));
    }
    if !panel.words.is_empty() {
        return Err(("its values are words", "leave its panel out"));
    }
    let known = panel.drawn.iter().filter_map(|who| {
        let row = panel.row_shown(None, *who)?;
        let slack = if let Value::Below(bound) = row.value { bound } else { row.slack };
        Some((*who, drawn_at(row.value, spec.below_one)?, slack, row))
    });
    let known: Vec<(Who, f64, f64, &Row)> = known.collect();
    let values = || known.iter().map(|(_, value, _, _)| *value);
    let (least, most) = (values().fold(f64::INFINITY, f64::min), values().fold(0.0, f64::max));
    if least < 0.0 {
        return Err(("values below zero have no place between 0 and 100", "leave its panel out"));
    }
    if weight.less_is_better && least == 0.0 {
        return Err((
            "where less is better, the least is 100 and others a part of it, and none is a part of zero",
            "leave its panel out, or score what it is the rest of",
        ));
    }
    if most == 0.0 {
        return Err(("all of its values are zero", "leave its panel out"));
    }
    let scale = BEST * weight.share;
    let scored = known.iter().map(|(who, value, slack, row)| {
        let part = if weight.less_is_better { least / value } else { value / most };
        let off = if weight.less_is_better { part * slack / value } else { slack / most };
        (*who, (part * scale, off * scale, *row))
    });
    Ok(scored.collect())
}

/// How the scores came about, before what is to be said of the measures themselves.
fn facts(
    panels: &[(&PanelSpec, PanelFrame)],
    weights: &[Weight],
    is_of_one_date: bool,
    lacks: bool,
) -> Vec<Fact> {
    let each = panels.iter().zip(weights).map(|((_, panel), weight)| {
        let date = panel.shown.filter(|_| !is_of_one_date).map(|date| format!(", {}", date.in_words()));
        let least = if weight.less_is_better { ", its lowest value 100" } else { "" };
        format!("{} ({}{}{least})", panel.title, percent(weight.share), date.unwrap_or_default())
    });
    let each: Vec<String> = each.collect();
    let mut facts = vec![Fact::Scored(format!(
        "A score adds up measures by their weights, each scaled so that its highest value is 100: {}",
        each.join("; ")
    ))];
    if lacks {
        facts.push(Fact::Said("Who lacks one of the values has no score".into()));
    }
    for (panel, fact) in
        panels.iter().flat_map(|(_, panel)| panel.facts.iter().map(move |fact| (panel, fact)))
    {
        let fact = match fact {
            Fact::Unknown { who, .. } => Fact::Unknown { who: who.clone(), within: panel.title.clone() },
            other => other.clone(),
        };
        if !facts.contains(&fact) {
            facts.push(fact);
        }
    }
    facts
}

/// `40%`.
fn percent(share: f64) -> String {
    format!("{}%", plain_number(libm::round(share * 1e4) / 1e2))
}
