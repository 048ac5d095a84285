//! The frame: the only place that the numbers of a figure come from.
//!
//! Observations go in; out come rows after everything that changes a number or drops one: measures picked,
//! ratios formed, groups and periods combined, running periods judged, values averaged. Marks, claims,
//! placeholders, notes, alt text, tables and fingerprints read these rows and nothing from before them, so
//! that a picture and what is said of it cannot disagree. Missing stays missing, and a bound stays a bound.
//!
//! The room must not know scales, colours' values or pixels.

mod beside;
pub mod fact;
pub mod leftover;
pub mod numerals;
mod own;
mod panel;
mod pick;
pub mod precision;
mod repeated;
mod resample;
pub mod roles;
pub mod roster;
mod row;
mod running;
mod score;
pub mod sentences;
mod spoken;
pub mod top;
pub(crate) mod transform;
mod trim;
mod unit;
mod window;
pub mod wording;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use panel::{Frame, PanelFrame};
pub use repeated::repeated;
pub(crate) use row::slice;
pub use row::{Row, Value, drawn_at};

use crate::data::Dataset;
use crate::diag::{self, Report};
use crate::figure::{Event, Extras, Look, Subject, Unit};
use crate::frame::fact::Fact;
use crate::frame::roster::{Candidate, Who};
use crate::preset::Size;
use crate::spec::template::{Piece, Template};
use crate::spec::{FigureSpec, PanelSpec};
use crate::time::period::{Period, Precision};

/// Makes a figure's frame. `datasets` holds what was read, by the key of the manifest.
///
/// # Errors
/// Everything that keeps the figure from being drawn truly: unknown measures and groups, two values for one
/// subject and date, observations counted in different ways, nothing to draw.
pub fn frame(spec: &FigureSpec, datasets: &BTreeMap<String, Dataset>) -> Result<Frame, Report> {
    frame_of(spec, &mut Cow::Borrowed(datasets))
}

/// Makes a figure's frame, and empties datasets that it is given for good as soon as it has what it needs of them.
pub(crate) fn frame_of(
    spec: &FigureSpec,
    datasets: &mut Cow<'_, BTreeMap<String, Dataset>>,
) -> Result<Frame, Report> {
    match make(spec, datasets) {
        Ok(frame) => Ok(Frame { warnings: frame.warnings.of_figure(&spec.key), ..frame }),
        Err(errors) => Err(errors.of_figure(&spec.key)),
    }
}

fn make(spec: &FigureSpec, datasets: &mut Cow<'_, BTreeMap<String, Dataset>>) -> Result<Frame, Report> {
    let mut report = Report::default();
    let mut roster = roster::gather(spec, datasets);
    roles::by_name(spec, datasets, &mut roster);
    report.merge(roster::strangers(spec, datasets, &roster));
    let unit = unit::of(spec, datasets);
    let (made, facts) = panels((spec, unit), datasets, &roster, &mut report);
    if report.has_errors() {
        return Err(report);
    }
    let Some(first) = made.first() else {
        return Err(diag::error("nothing-to-draw", "nothing to draw").at(spec.place.clone()).into());
    };
    let top = top::of_panel(spec, first.spec, &first.frame, &roster);
    let named: Vec<Who> = spec.shown.iter().copied().map(Who::at).collect();
    let shown = top.as_ref().map_or(named, |(shown, _)| shown.clone());
    // Who is named has colours in that order, else who has the highest values.
    let ranked =
        if shown.is_empty() { top::order(spec, first.spec, &first.frame, &roster) } else { shown.clone() };
    let mut panels: Vec<(&PanelSpec, PanelFrame)> = Vec::new();
    for made in made {
        let panel = made.spec;
        panels.extend(shown_panel(spec, made, &shown, &roster, &mut report).map(|frame| (panel, frame)));
    }
    if report.has_errors() {
        return Err(report);
    }
    if let (Some((_, top)), Some((_, first))) = (&top, panels.first_mut())
        && !top.unknown.is_empty()
    {
        first.facts.insert(0, Fact::Unknown { who: top.unknown.clone(), within: String::new() });
    }
    if let (Some((_, top)), Some((_, last))) = (top, panels.last_mut()) {
        last.facts.extend(top.is_said().then_some(Fact::Top(top)));
    }
    for (panel_spec, panel) in &mut panels {
        panel.title = panel_title(panel_spec, panel);
    }
    let panels = score::scored(spec, panels, &mut report);
    if report.has_errors() {
        return Err(report);
    }
    let subjects = enlist((spec, &ranked), &shown, &mut roster, &panels, &mut report);
    if report.has_errors() {
        return Err(report);
    }
    let look = look((spec, unit), subjects, &panels, &roster, &mut report);
    if report.has_errors() {
        return Err(report);
    }
    let panels = panels.into_iter().map(|(_, panel)| panel).collect();
    Ok(Frame { look, panels, roster, facts, warnings: report })
}

/// What is not data.
fn look(
    (spec, unit): (&FigureSpec, Unit),
    subjects: Vec<Subject>,
    panels: &[(&PanelSpec, PanelFrame)],
    roster: &[Candidate],
    report: &mut Report,
) -> Look {
    let Size { preset, width, height } = spec.size();
    let mut look = Look {
        chart: spec.chart,
        preset,
        width,
        height,
        subjects,
        events: events_within(spec, panels, report),
        marked: Vec::new(),
        unit: score::unit(spec).unwrap_or(unit),
        digits: spec.digits,
        lower_is_better: panels.iter().all(|(_, panel)| panel.basis.lower_is_better()),
        by_age: panels.iter().any(|(_, panel)| panel.written == Precision::Age),
        extras: Extras::default(),
    };
    transform::shape(spec, &mut look);
    if let Some((_, panel)) = panels.first() {
        beside::mark(spec, panel, roster, &mut look.extras, report);
    }
    look
}

/// A panel whose rows are made, before it is known which of them are drawn.
struct Made<'s> {
    spec: &'s PanelSpec,
    picked: pick::Picked,
    frame: PanelFrame,
    ends: Vec<running::End>,
}

/// The panels that have data, and what must be said of those that have none.
fn panels<'s>(
    (spec, unit): (&'s FigureSpec, Unit),
    datasets: &mut Cow<'_, BTreeMap<String, Dataset>>,
    roster: &[Candidate],
    report: &mut Report,
) -> (Vec<Made<'s>>, Vec<Fact>) {
    let (mut panels, mut facts) = (Vec::new(), Vec::new());
    for (index, panel) in spec.panels.iter().enumerate() {
        let used = panel.dataset.and_then(|index| Some((index, spec.datasets.get(index)?)));
        let mut faults = Report::default();
        let picked = used.and_then(|(index, used)| match datasets.get(&used.key) {
            Some(data) => pick::pick((spec, unit), panel, (index, data), roster, &mut faults),
            None => {
                let message = format!("dataset `{}` was not read", used.key);
                faults.push(diag::error("unread-dataset", message).at(panel.places.of("dataset")));
                None
            }
        });
        let is_needed = spec.panels.iter().skip(index + 1).any(|later| later.dataset == panel.dataset);
        if let (Some((_, used)), Cow::Owned(given), false) = (used, &mut *datasets, is_needed) {
            given.get_mut(&used.key).into_iter().for_each(|data| data.observations = Vec::new());
        }
        let picked = picked.filter(|picked| {
            panel.missing.is_none() || picked.rows.iter().any(|row| row.value != Value::Missing)
        });
        match (picked, &panel.missing) {
            (Some(_), _) if faults.has_errors() => report.merge(faults),
            (Some(picked), missing) => {
                report.merge(faults);
                if missing.is_some() {
                    let message = format!("there are data on {} now", picked.measure);
                    let warning = diag::warning("no-longer-missing", message).at(panel.places.of("missing"));
                    report.push(warning.hint("take `missing` out of its panel"));
                }
                panels.extend(rows(spec, panel, picked, roster, report));
            }
            (None, Some(why)) => {
                facts.push(Fact::NoData { measure: measure_words(panel), why: why.clone() });
            }
            (None, None) => report.merge(faults),
        }
    }
    (panels, facts)
}

/// Everything that happens to a panel's values, in the order in which it happens.
fn rows<'s>(
    spec: &FigureSpec,
    panel: &'s PanelSpec,
    mut picked: pick::Picked,
    roster: &[Candidate],
    report: &mut Report,
) -> Option<Made<'s>> {
    spoken::refuse(spec, &picked, report)?;
    trim::several(spec, &mut picked);
    let ends = running::judge(spec, panel, &mut picked, report)?;
    transform::prepare(spec, &mut picked, roster, report)?;
    let own = own::dates(spec, panel, &mut picked);
    let mut frame = resample::resample(spec, &picked, report)?;
    if spec.chart.shows_span {
        picked.thin();
    }
    running::drop_ends(&mut frame, &ends);
    frame.facts.extend(picked.facts.clone());
    transform::apply(spec, &mut frame, roster, report)?;
    frame.group_labels = own.labels(&frame.groups);
    frame.facts.extend(own.fact);
    Some(Made { spec: panel, picked, frame, ends })
}

/// A panel of which it is known what is drawn; `named` holds who is shown, everybody where it is empty.
fn shown_panel(
    spec: &FigureSpec,
    made: Made<'_>,
    named: &[Who],
    roster: &[Candidate],
    report: &mut Report,
) -> Option<PanelFrame> {
    let Made { spec: panel, picked, mut frame, ends } = made;
    window::window(spec, panel, (&picked, named), &mut frame, roster, report)?;
    transform::judge(spec, &mut frame, roster, report);
    running::tell(panel, &mut frame, &ends);
    sentences::tell(spec, &mut frame);
    Some(frame)
}

fn measure_words(panel: &PanelSpec) -> String {
    use crate::spec::Measure;
    match &panel.measure {
        Measure::Only => "this measure".into(),
        Measure::Column(name) | Measure::Ratio { numerator: name, .. } => name.replace('_', " "),
    }
}

/// The figure's subjects in the order that is wanted, all that are drawn where none is.
fn enlist(
    (spec, ranked): (&FigureSpec, &[Who]),
    named: &[Who],
    roster: &mut [Candidate],
    panels: &[(&PanelSpec, PanelFrame)],
    report: &mut Report,
) -> Vec<Subject> {
    let mut drawn: Vec<Who> = panels.iter().flat_map(|(_, panel)| panel.drawn.iter().copied()).collect();
    drawn.sort_unstable();
    drawn.dedup();
    let order: Vec<Who> = if named.is_empty() {
        drawn
    } else {
        named.iter().copied().filter(|who| drawn.contains(who)).collect()
    };
    for (index, absent) in named.iter().enumerate().filter(|(_, who)| !order.contains(who)) {
        let message = format!("no data for {}", roster::label(roster, *absent));
        let warning = diag::warning("subject-without-data", message);
        report.push(warning.at(spec.places.of_element("subjects", index)).hint("take it out of `subjects`"));
    }
    let mut ranked: Vec<Who> = ranked.iter().copied().filter(|who| order.contains(who)).collect();
    let unranked: Vec<Who> = order.iter().copied().filter(|who| !ranked.contains(who)).collect();
    ranked.extend(unranked);
    let emphasis = roles::emphasis(spec, (&order, &ranked), roster, report);
    let mut subjects = Vec::new();
    for (index, (who, emphasis)) in order.iter().zip(emphasis).enumerate() {
        let Some(candidate) = roster.get_mut(who.place()) else { continue };
        candidate.shown = Some(index);
        subjects.push(Subject { label: candidate.label.clone(), ink: candidate.ink, emphasis });
    }
    subjects
}

fn panel_title(panel: &PanelSpec, frame: &PanelFrame) -> String {
    let date = frame.shown.map(Period::in_words).unwrap_or_default();
    let text = |piece: &Piece| match piece {
        Piece::Text(text) => text.clone(),
        Piece::Value(..) => date.clone(),
    };
    let Template { pieces } = &panel.title;
    wording::typeset(&pieces.iter().map(text).collect::<String>())
}

/// The events on the time axis that is drawn; one outside is worth a warning.
fn events_within(spec: &FigureSpec, panels: &[(&PanelSpec, PanelFrame)], report: &mut Report) -> Vec<Event> {
    let span = panels.iter().find_map(|(_, panel)| Some((panel.first?.first(), panel.shown?.end())));
    let mut kept = Vec::new();
    for (index, event) in spec.events.iter().enumerate() {
        match span {
            Some((from, to)) if from <= event.at && event.at < to => {
                kept.push(Event { label: wording::typeset(&event.label), ..event.clone() });
            }
            _ => {
                let message = format!(
                    "the event of {} lies outside what is drawn",
                    Period::around(event.at, Precision::Day)
                );
                let warning = diag::warning("event-outside", message);
                report.push(
                    warning.at(spec.places.of_element("events", index)).hint("take it out of `events`"),
                );
            }
        }
    }
    kept
}
