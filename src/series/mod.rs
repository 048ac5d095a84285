//! From observations to what is drawn: measures picked, subjects matched,
//! dates chosen, values averaged, bars sorted. Missing stays missing.
//!
//! It must not know scales, colours' values or pixels.

mod bars;
mod line;
mod pick;
pub mod roster;
pub mod wording;

use std::collections::BTreeMap;

use crate::data::{Dataset, LIMIT};
use crate::diag::{Diagnostic, Place, Report};
use crate::figure::{Chart, Emphasis, Event, Look, Marks, Panel, Subject};
use crate::manifest::period::{Period, Precision};
use crate::manifest::template::{Piece, Template};
use crate::manifest::{Combine, FigureSpec, PanelSpec};
use crate::moment::{Moment, Step};
use crate::series::roster::Candidate;

/// A figure's values, ready to be drawn, with what its words and claims need to know of the data.
#[derive(Debug, Clone, PartialEq)]
pub struct Plotted {
    /// How the figure looks.
    pub look: Look,
    /// What is drawn.
    pub panels: Vec<Panel>,
    /// What the data say of each panel, in the order of `panels`.
    pub facts: Vec<PanelFacts>,
    /// Panels without data.
    pub left_out: Vec<LeftOut>,
    /// Everybody known, shown or not; [`Picked::who`] indexes it.
    pub roster: Vec<Candidate>,
    /// What the user should know, though the figure can be drawn.
    pub warnings: Report,
}

/// What the data say of a panel, whatever part of it is drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelFacts {
    /// Index into [`FigureSpec::datasets`].
    pub dataset: usize,
    /// What is counted, by the name of its column.
    pub measure: String,
    /// The panel's title; empty for a figure of one panel.
    pub title: String,
    /// The dataset as messages name it.
    pub file: String,
    /// The usual distance of dates.
    pub step: Step,
    /// How exactly the dates are known.
    pub written: Precision,
    /// How exactly the dates of what is drawn are told: as they are known, or the period they are combined to.
    pub precision: Precision,
    /// The groups that may appear, in order; [`Picked::group`] indexes it.
    pub groups: Vec<String>,
    /// How observations may have been counted; [`Picked::kind`] indexes it.
    pub kinds: Vec<String>,
    /// Every value of the measure, in the order of the file, before any average.
    pub picked: Vec<Picked>,
    /// A line chart's first date.
    pub first: Option<Period>,
    /// The date shown; in a line chart its last one; `None` for data without dates.
    pub shown: Option<Period>,
    /// The last period, where it was, or may have been, still running and is left out.
    pub dropped: Option<Running>,
    /// The last period, where it was, or may have been, still running and is drawn as such.
    pub dashed: Option<Running>,
}

/// A value of a panel's measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picked {
    /// Index into [`Plotted::roster`].
    pub who: usize,
    /// Index into [`PanelFacts::groups`].
    pub group: Option<usize>,
    /// When.
    pub at: Option<Moment>,
    /// Index into [`PanelFacts::kinds`].
    pub kind: usize,
    /// How much; `None` is missing.
    pub value: Option<f64>,
    /// What was divided and by what, where the measure is a ratio.
    pub parts: Option<(f64, f64)>,
    /// The bound, where it was only known to be below one.
    pub below: Option<f64>,
    /// The line of the file.
    pub line: u32,
}

/// A last period that was, or may have been, still running when it was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Running {
    /// Which one.
    pub period: Period,
    /// Whether it was still running for certain.
    pub certain: bool,
}

/// A panel without data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftOut {
    /// What would have been shown.
    pub measure: String,
    /// Why it is not.
    pub why: String,
}

/// Picks and arranges what a figure shows. `datasets` holds what was read, by the key of the manifest.
///
/// # Errors
/// Everything that keeps the figure from being drawn truly: unknown measures and groups, two values for one
/// subject and date, observations counted in different ways, nothing to draw.
pub fn plot(spec: &FigureSpec, datasets: &BTreeMap<String, Dataset>) -> Result<Plotted, Report> {
    let mut report = Report::default();
    let mut everybody = roster::gather(spec, datasets);
    let (mut facts, left_out) = pick_panels(spec, datasets, &everybody, &mut report);
    if report.has_errors() {
        return Err(report);
    }
    if facts.is_empty() {
        let message = format!("figure `{}` has nothing to draw", spec.key);
        return Err(Diagnostic::error(message).at(spec.place.clone()).into());
    }
    let mut panels = Vec::new();
    for (panel_spec, facts) in &mut facts {
        let shown = shown_in(spec, facts);
        let marks = match spec.chart {
            Chart::Line => line::marks(spec, facts, &everybody, &shown, &mut report),
            Chart::Bar | Chart::GroupedBar | Chart::Facets => {
                bars::marks(spec, panel_spec, facts, &everybody, &shown, &mut report)
            }
        };
        facts.title = panel_title(panel_spec, facts);
        panels.extend(marks.map(|marks| Panel {
            title: facts.title.clone(),
            measure: facts.measure.clone(),
            marks,
        }));
    }
    if report.has_errors() {
        return Err(report);
    }
    let subjects = enlist(spec, &mut everybody, &mut panels, &mut report);
    let look = Look {
        chart: spec.chart,
        width: spec.width,
        height: spec.height,
        subjects,
        reserved: spec.declared.iter().map(|subject| subject.ink).collect(),
        events: events_within(spec, &facts, &mut report),
        unit: spec.unit,
        by_age: facts.iter().any(|(_, facts)| facts.written == Precision::Age),
    };
    let facts = facts.into_iter().map(|(_, facts)| facts).collect();
    Ok(Plotted { look, panels, facts, left_out, roster: everybody, warnings: report })
}

fn pick_panels<'s>(
    spec: &'s FigureSpec,
    datasets: &BTreeMap<String, Dataset>,
    everybody: &[Candidate],
    report: &mut Report,
) -> (Vec<(&'s PanelSpec, PanelFacts)>, Vec<LeftOut>) {
    let (mut facts, mut left_out) = (Vec::new(), Vec::new());
    for panel in &spec.panels {
        let used = panel.dataset.and_then(|index| Some((index, spec.datasets.get(index)?)));
        let mut faults = Report::default();
        let found = used.and_then(|(index, used)| match datasets.get(&used.key) {
            Some(data) => pick::pick(spec, panel, index, data, everybody, &mut faults),
            None => {
                let message = format!("figure `{}`: dataset `{}` was not read", spec.key, used.key);
                faults.push(Diagnostic::error(message).at(panel.place_of("dataset")));
                None
            }
        });
        let found = found
            .filter(|facts| panel.missing.is_none() || facts.picked.iter().any(|row| row.value.is_some()));
        match (found, &panel.missing) {
            (Some(found), missing) => {
                report.merge(faults);
                if missing.is_some() {
                    let message = format!("figure `{}`: there are data on {} now", spec.key, found.measure);
                    let warning = Diagnostic::warning(message).at(panel.place_of("missing"));
                    report.push(warning.hint("take `missing` out of its panel"));
                }
                facts.push((panel, found));
            }
            (None, Some(why)) => {
                left_out.push(LeftOut { measure: measure_words(panel), why: why.clone() });
            }
            (None, None) => report.merge(faults),
        }
    }
    (facts, left_out)
}

fn measure_words(panel: &PanelSpec) -> String {
    use crate::manifest::Measure;
    match &panel.measure {
        Measure::Only => "this measure".into(),
        Measure::Column(name) | Measure::Ratio { numerator: name, .. } => name.replace('_', " "),
    }
}

/// Whose values are drawn, as roster indices in order: those the figure names, or everybody in the data.
fn shown_in(spec: &FigureSpec, facts: &PanelFacts) -> Vec<usize> {
    if !spec.shown.is_empty() {
        return spec.shown.clone();
    }
    let mut present: Vec<usize> = facts.picked.iter().map(|row| row.who).collect();
    present.sort_unstable();
    present.dedup();
    present
}

/// The figure's subjects, in order; marks speak of roster indices before and of the figure's after.
fn enlist(
    spec: &FigureSpec,
    everybody: &mut [Candidate],
    panels: &mut [Panel],
    report: &mut Report,
) -> Vec<Subject> {
    let mut drawn: Vec<usize> = panels.iter().flat_map(|panel| subjects_of(&panel.marks)).collect();
    drawn.sort_unstable();
    drawn.dedup();
    let order: Vec<usize> = if spec.shown.is_empty() {
        drawn
    } else {
        spec.shown.iter().copied().filter(|who| drawn.contains(who)).collect()
    };
    for (index, absent) in spec.shown.iter().enumerate().filter(|(_, who)| !order.contains(who)) {
        let label = everybody.get(*absent).map_or("", |who| who.label.as_str());
        let message = format!("figure `{}`: no data for {label}", spec.key);
        report.push(
            Diagnostic::warning(message)
                .at(spec.place_of_element("subjects", index))
                .hint("take it out of `subjects`"),
        );
    }
    let mut subjects = Vec::new();
    for (index, who) in order.iter().enumerate() {
        let Some(candidate) = everybody.get_mut(*who) else { continue };
        candidate.shown = Some(index);
        let emphasis = match (spec.highlight.is_empty(), spec.highlight.contains(who)) {
            (true, _) => Emphasis::Equal,
            (false, true) => Emphasis::Highlight,
            (false, false) => Emphasis::Context,
        };
        subjects.push(Subject { label: candidate.label.clone(), ink: candidate.ink, emphasis });
    }
    let place_of = |who: usize| order.iter().position(|other| *other == who).unwrap_or(0);
    for panel in panels {
        match &mut panel.marks {
            Marks::Lines { series, .. } => series.iter_mut().for_each(|s| s.subject = place_of(s.subject)),
            Marks::Bars(groups) => groups
                .iter_mut()
                .flat_map(|group| &mut group.bars)
                .for_each(|bar| bar.subject = place_of(bar.subject)),
        }
    }
    subjects
}

fn subjects_of(marks: &Marks) -> Vec<usize> {
    match marks {
        Marks::Lines { series, .. } => series.iter().map(|series| series.subject).collect(),
        Marks::Bars(groups) => groups.iter().flat_map(|group| &group.bars).map(|bar| bar.subject).collect(),
    }
}

fn panel_title(panel: &PanelSpec, facts: &PanelFacts) -> String {
    let date = facts.shown.map(Period::in_words).unwrap_or_default();
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(..) => date.clone(),
    };
    let Template { pieces } = &panel.title;
    wording::typeset(&pieces.iter().map(text).collect::<String>())
}

/// The events on the time axis that is drawn; one outside is worth a warning.
fn events_within(spec: &FigureSpec, facts: &[(&PanelSpec, PanelFacts)], report: &mut Report) -> Vec<Event> {
    let span = facts.iter().find_map(|(_, facts)| Some((facts.first?.first(), facts.shown?.end())));
    let mut kept = Vec::new();
    for (index, event) in spec.events.iter().enumerate() {
        match span {
            Some((from, to)) if from <= event.at && event.at < to => {
                kept.push(Event { label: wording::typeset(&event.label), ..event.clone() });
            }
            _ => {
                let message = format!(
                    "figure `{}`: the event of {} lies outside what is drawn",
                    spec.key,
                    Period::around(event.at, Precision::Day)
                );
                report.push(
                    Diagnostic::warning(message)
                        .at(spec.place_of_element("events", index))
                        .hint("take it out of `events`"),
                );
            }
        }
    }
    kept
}

impl Plotted {
    /// How many values those lines have of which only the extremes are drawn.
    #[must_use]
    pub fn thinned(&self) -> usize {
        let series = self.panels.iter().flat_map(|panel| match &panel.marks {
            Marks::Lines { series, .. } => series.as_slice(),
            Marks::Bars(_) => &[],
        });
        let dense =
            series.flat_map(|series| [&series.points, &series.raw]).filter(|line| self.look.thins(line));
        dense.flatten().filter(|point| point.value.is_some()).count()
    }
}

impl PanelFacts {
    /// A moment as this dataset's dates are written: `2020-06` in a table of months.
    #[must_use]
    pub fn date(&self, at: Moment) -> Period {
        Period::around(at, self.precision)
    }

    /// A line of the dataset.
    #[must_use]
    pub fn place(&self, line: u32) -> Place {
        Place { file: self.file.clone(), line: Some(line), ..Place::default() }
    }
}

/// Items that have the same time and key as one before: their places and the place of the first, in the order of
/// the items. Data mostly come in the order of time: then only those of one time are compared.
pub fn repeated<T, K: Ord>(
    items: &[T],
    time: impl Fn(&T) -> Option<Moment>,
    key: impl Fn(&T) -> K,
) -> Vec<(usize, usize)> {
    let mut repeated = Vec::new();
    let mut keys: Vec<(Option<Moment>, K, usize)> = Vec::new();
    let mut tell = |keys: &mut Vec<(Option<Moment>, K, usize)>| {
        keys.sort();
        let same = keys.chunk_by(|a, b| (a.0, &a.1) == (b.0, &b.1)).filter_map(|same| same.split_first());
        let pairs = same.flat_map(|(first, later)| later.iter().map(|later| (later.2, first.2)));
        repeated.extend(pairs);
        keys.clear();
    };
    let is_sorted = items.is_sorted_by_key(&time);
    for (place, item) in items.iter().enumerate() {
        if is_sorted && keys.last().is_some_and(|(last, ..)| *last != time(item)) {
            tell(&mut keys);
        }
        keys.push((time(item), key(item), place));
    }
    tell(&mut keys);
    repeated.sort_unstable();
    repeated
}

/// One value of several observations of one subject and date; `None` where that is missing or ambiguous.
#[must_use]
pub fn combined(rows: &[&Picked], spec: &FigureSpec) -> Option<f64> {
    let values = || rows.iter().filter_map(|row| row.value);
    let value = match (spec.combine, rows) {
        (Combine::Never, [only]) => only.value?,
        (Combine::Never, _) => return None,
        (Combine::Sum, _) if values().count() < rows.len() => return None,
        (Combine::Sum, _) => values().sum(),
        (Combine::Mean, _) => {
            let count = u32::try_from(values().count()).ok().filter(|count| *count > 0)?;
            values().sum::<f64>() / f64::from(count)
        }
        (Combine::Pooled, _) => {
            let parts = rows.iter().filter_map(|row| row.parts);
            let (top, below) = parts.fold((0.0, 0.0), |(top, below), (t, b)| (top + t, below + b));
            if below == 0.0 {
                return None;
            }
            top / below * pick::percent_factor(spec.unit)
        }
    };
    (value.abs() < LIMIT).then_some(value)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn repeated_items_have_the_place_of_the_first(
            mut items in prop::collection::vec((0_i64..6, 0_u8..4), 0..40),
            sorted in any::<bool>(),
        ) {
            if sorted {
                items.sort_by_key(|item| item.0);
            }
            let found = repeated(&items, |item| Some(Moment::from_seconds(item.0)), |item| item.1);
            let first = |place: usize| items.iter().position(|item| *item == items[place]).unwrap();
            let expected: Vec<(usize, usize)> =
                (0..items.len()).map(|place| (place, first(place))).filter(|(place, first)| place != first).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
