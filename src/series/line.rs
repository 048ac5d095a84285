//! Values over time: sorted, combined, broken at gaps and changes of method,
//! averaged where asked for.

use std::collections::BTreeMap;

use crate::diag::{Diagnostic, Place, Report, listed};
use crate::figure::{EventKind, Marks, Point, Series};
use crate::manifest::period::Period;
use crate::manifest::{Combine, FigureSpec};
use crate::moment::{Moment, Step};
use crate::series::roster::Candidate;
use crate::series::{PanelFacts, Picked, combined};

/// The lines of a panel; their subjects are roster indices. Fills in the panel's first and last date.
pub(super) fn marks(
    spec: &FigureSpec,
    facts: &mut PanelFacts,
    everybody: &[Candidate],
    shown: &[usize],
    report: &mut Report,
) -> Option<Marks> {
    let rows = drawn_rows(spec, facts, shown, report)?;
    refuse_kinds(spec, facts, rows.iter().flatten().copied(), "`from` and `to`", report);
    let breaks: Vec<Moment> =
        spec.events.iter().filter(|e| e.kind == EventKind::MethodChanged).map(|e| e.at).collect();
    let mut series = Vec::new();
    for (who, own) in shown.iter().zip(&rows) {
        let label = everybody.get(*who).map_or("", |who| who.label.as_str());
        let Some((values, dots)) = values_by_date(spec, facts, label, own, report) else { break };
        let raw = with_gaps(&values, facts.step, &breaks);
        if raw.iter().all(|point| point.value.is_none()) {
            continue;
        }
        let (points, raw) =
            if spec.average > 1 { (averaged(&raw, spec.average), raw) } else { (raw, Vec::new()) };
        if points.is_empty() {
            let message =
                format!("figure `{}`: {label} has no {} values in a row to average", spec.key, spec.average);
            report.push(
                Diagnostic::error(message).at(spec.place_of("average")).hint("use a smaller `average`"),
            );
        }
        let partial = raw.is_empty() && ends_running(&points, facts);
        let bounded = own.iter().any(|row| row.below.is_some());
        series.push(Series { subject: *who, points, raw, dots, partial, bounded });
    }
    if spec.average > 1 && facts.step == Step::Irregular {
        let message = format!("figure `{}`: cannot average values at irregular dates", spec.key);
        report.push(Diagnostic::error(message).at(spec.place_of("average")).hint("leave `average` out"));
    }
    if series.is_empty() && !report.has_errors() {
        let message = format!("figure `{}` has nothing to draw", spec.key);
        let hint = "check `subjects`, `groups`, `from` and `to`";
        report.push(Diagnostic::error(message).at(spec.place.clone()).hint(hint));
    }
    let dates =
        || series.iter().flat_map(|s| if s.raw.is_empty() { &s.points } else { &s.raw }).map(|p| p.at);
    facts.first = dates().min().map(|at| facts.date(at));
    facts.shown = dates().max().map(|at| facts.date(at));
    Some(Marks::Lines { series, step: facts.step })
}

/// The rows within the figure's time, of each of its subjects.
fn drawn_rows<'f>(
    spec: &FigureSpec,
    facts: &'f PanelFacts,
    shown: &[usize],
    report: &mut Report,
) -> Option<Vec<Vec<&'f Picked>>> {
    if facts.picked.iter().any(|row| row.at.is_none()) {
        let message =
            format!("figure `{}`: a line chart needs a date in every row of {}", spec.key, facts.file);
        let hint = "name the column with `date` in the dataset, or use `chart = \"bar\"`";
        report.push(Diagnostic::error(message).at(spec.place_of("chart")).hint(hint));
        return None;
    }
    let within = |row: &&Picked| {
        row.at.is_some_and(|at| {
            spec.from.is_none_or(|from| from.first() <= at) && spec.to.is_none_or(|to| at < to.end())
        })
    };
    let place: BTreeMap<usize, usize> = shown.iter().enumerate().map(|(place, who)| (*who, place)).collect();
    let mut rows = vec![Vec::new(); shown.len()];
    for row in facts.picked.iter().filter(within) {
        if let Some(own) = place.get(&row.who).and_then(|place| rows.get_mut(*place)) {
            own.push(row);
        }
    }
    Some(rows)
}

/// Observations that were counted in different ways are never drawn together.
pub(super) fn refuse_kinds<'r>(
    spec: &FigureSpec,
    facts: &PanelFacts,
    rows: impl Iterator<Item = &'r Picked> + Clone,
    dates: &str,
    report: &mut Report,
) {
    let Some(first) = rows.clone().min_by_key(|row| row.line) else { return };
    let others = rows.filter(|row| row.kind != first.kind);
    let Some(other) = others.min_by_key(|row| row.line) else { return };
    let kind = |row: &Picked| facts.kinds.get(row.kind).map_or("", String::as_str);
    let message = format!(
        "figure `{}`: cannot draw together what was counted in different ways: {} (line {}) and {} (line {})",
        spec.key,
        kind(first),
        first.line,
        kind(other),
        other.line
    );
    let hint = format!("choose one with {dates}, or with `only` in the dataset");
    report.push(Diagnostic::error(message).at(facts.place(other.line)).hint(hint));
}

type Values = (Vec<Point>, Vec<Point>);

/// One value a date, and the single ones where several made it; `None` where they cannot become one.
fn values_by_date(
    spec: &FigureSpec,
    facts: &PanelFacts,
    label: &str,
    rows: &[&Picked],
    report: &mut Report,
) -> Option<Values> {
    // The date that each row counts for, and the row.
    let mut dated: Vec<(Moment, &Picked)> = Vec::with_capacity(rows.len());
    for row in rows {
        let at = row.at?;
        dated.push((if spec.each.is_some() { facts.date(at).first() } else { at }, row));
    }
    dated.sort_by_key(|(at, _)| *at);
    let dates = || dated.chunk_by(|a, b| a.0 == b.0);
    let several = dates().find(|rows| rows.len() > 1);
    if let (Some(rows @ [(at, _), ..]), Combine::Never) = (several, spec.combine) {
        let (period, rows) = (facts.date(*at), rows.iter().map(|(_, row)| *row));
        let message = format!(
            "figure `{}`: {label} has {} values at {}: {}",
            spec.key,
            rows.len(),
            period,
            listed(rows.filter_map(|row| facts.groups.get(row.group?)))
        );
        let hint = "choose with `groups`, or set `combine` to \"sum\", \"mean\" or \"pooled\"";
        report.push(Diagnostic::error(message).at(spec.place_of("groups")).hint(hint));
        return None;
    }
    let mut dots = Vec::new();
    if several.is_some() && matches!(spec.combine, Combine::Pooled | Combine::Mean) {
        for (_, row) in dated.iter().filter(|(_, row)| row.value.is_some()) {
            dots.push(Point { at: row.at?, value: row.value });
        }
    }
    let mut points = Vec::with_capacity(dated.len());
    let mut together: Vec<&Picked> = Vec::new();
    for rows in dates() {
        together.clear();
        together.extend(rows.iter().map(|(_, row)| *row));
        points.push(Point { at: middle(&together)?, value: combined(&together, spec) });
    }
    Some((points, dots))
}

/// The mean of the dates of some rows: where their one value stands.
fn middle(rows: &[&Picked]) -> Option<Moment> {
    let seconds = || rows.iter().filter_map(|row| Some(row.at?.seconds()));
    let count = i64::try_from(seconds().count()).ok().filter(|count| *count > 0)?;
    Some(Moment::from_seconds(seconds().sum::<i64>() / count))
}

/// The points with a gap wherever dates are missing or the method changed; none at either end.
fn with_gaps(values: &[Point], step: Step, breaks: &[Moment]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(values.len());
    for point in values {
        if let Some(last) = points.last().copied() {
            let changed = breaks.iter().any(|at| last.at < *at && *at <= point.at);
            let both = last.value.is_some() && point.value.is_some();
            if both && (changed || step.is_gap(last.at, point.at)) {
                points.push(Point { at: midway(last.at, point.at), value: None });
            }
        } else if point.value.is_none() {
            continue;
        }
        points.push(*point);
    }
    while points.last().is_some_and(|point| point.value.is_none()) {
        points.pop();
    }
    points
}

/// Whether the last point is of the period that was still running.
fn ends_running(points: &[Point], facts: &PanelFacts) -> bool {
    let last = points.iter().rev().find(|point| point.value.is_some());
    last.zip(facts.dashed).is_some_and(|(point, running)| running.period.contains(point.at))
}

fn midway(a: Moment, b: Moment) -> Moment {
    Moment::from_seconds(a.seconds() + (b.seconds() - a.seconds()) / 2)
}

/// The centred average of each stretch without a gap, half a window short of its ends.
fn averaged(points: &[Point], window: usize) -> Vec<Point> {
    let mut averages: Vec<Point> = Vec::new();
    for stretch in points.split(|point| point.value.is_none()) {
        let values: Vec<f64> = stretch.iter().filter_map(|point| point.value).collect();
        let means = values.windows(window).map(|values| {
            let count = u32::try_from(values.len()).unwrap_or(u32::MAX);
            values.iter().sum::<f64>() / f64::from(count)
        });
        let run: Vec<Point> = stretch
            .iter()
            .skip(window / 2)
            .zip(means)
            .map(|(point, mean)| Point { at: point.at, value: Some(mean) })
            .collect();
        if let (Some(last), Some(first)) = (averages.last().copied(), run.first()) {
            averages.push(Point { at: midway(last.at, first.at), value: None });
        }
        averages.extend(run);
    }
    averages
}

/// The last date within a period that has a value, among some rows.
pub(super) fn last_date<'r>(
    rows: impl Iterator<Item = &'r Picked>,
    within: Option<Period>,
) -> Option<Moment> {
    rows.filter(|row| row.value.is_some())
        .filter_map(|row| row.at)
        .filter(|at| within.is_none_or(|period| period.contains(*at)))
        .max()
}

/// Where a message about a whole dataset points.
pub(super) fn file_place(facts: &PanelFacts) -> Place {
    Place::file(&facts.file)
}
