//! The frame: the only place that the numbers of a figure come from.
//!
//! Observations go in; out come rows after everything that changes a number or drops one: measures picked,
//! ratios formed, groups and periods combined, running periods judged, values averaged. Marks, claims,
//! placeholders, notes, alt text, tables and fingerprints read these rows and nothing from before them, so
//! that a picture and what is said of it cannot disagree. Missing stays missing, and a bound stays a bound.
//!
//! The room must not know scales, colours' values or pixels.

pub mod fact;
mod own;
mod pick;
pub mod precision;
mod repeated;
mod resample;
pub mod roster;
mod running;
pub mod top;
pub mod transform;
mod unit;
mod window;
pub mod wording;

use std::collections::BTreeMap;

pub use repeated::repeated;

pub use crate::data::Reading as Value;
use crate::data::{Basis, Dataset, Line};
use crate::diag::{self, Place, Report};
use crate::figure::{Emphasis, Event, EventKind, Look, Subject, Unit};
use crate::frame::fact::Fact;
use crate::frame::roster::{Candidate, Who};
use crate::moment::{Moment, Step};
use crate::spec::template::{Piece, Template};
use crate::spec::{FigureSpec, PanelSpec};
use crate::time::period::{Period, Precision};

/// Everything that a figure shows and that may be said of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// How the figure looks.
    pub look: Look,
    /// Its panels, at least one.
    pub panels: Vec<PanelFrame>,
    /// Everybody known, shown or not; [`Row::who`] is a place in it.
    pub roster: Vec<Candidate>,
    /// What must be said of the whole figure: panels without data.
    pub facts: Vec<Fact>,
    /// What the user should know, though the figure can be drawn.
    pub warnings: Report,
}

/// The rows of a panel, of every date and subject, with what tells which of them are drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct PanelFrame {
    /// Index into [`FigureSpec::datasets`].
    pub dataset: usize,
    /// What is counted, by the name of its column.
    pub measure: String,
    /// How its numbers came about, and so what may be done with them.
    pub basis: Basis,
    /// The panel's title; empty for a figure of one panel.
    pub title: String,
    /// The dataset as messages name it: its file, or the first of several.
    pub file: String,
    /// All of its files.
    pub files: Vec<String>,
    /// The usual distance of dates, after periods were combined; irregular where they stand at the middle of
    /// dates that are.
    pub step: Step,
    /// From which distance on a date is missing between two.
    pub gap: Step,
    /// How exactly the dates of single observations are known.
    pub written: Precision,
    /// How exactly the dates of rows are told: as they are known, or the period they are combined to.
    pub precision: Precision,
    /// The groups that may appear, in order; [`Row::group`] indexes it.
    pub groups: Vec<String>,
    /// What the groups are called in the picture: as they are, with their dates where each has its own.
    pub group_labels: Vec<String>,
    /// How observations may have been counted; [`Row::kind`] indexes it.
    pub kinds: Vec<String>,
    /// Rows without a group first, then those of each group; then by subject and time.
    pub rows: Vec<Row>,
    /// The rows under an average, drawn faint; empty where nothing is averaged.
    pub raw: Vec<Row>,
    /// Single observations under a line that combines several, drawn as faint dots.
    pub singles: Vec<Row>,
    /// Who is drawn, in the figure's order.
    pub drawn: Vec<Who>,
    /// The first date drawn on a time axis.
    pub first: Option<Period>,
    /// The date shown, on a time axis its last one; `None` for data without dates.
    pub shown: Option<Period>,
    /// The dates within which rows are drawn; a side without a bound is `None`.
    pub within: (Option<Moment>, Option<Moment>),
    /// Periods that are not whole and drawn as such.
    pub hollow: Vec<Period>,
    /// Dates at which the way of counting changes.
    pub changes: Vec<Moment>,
    /// What was done to the numbers, and what must be said of them, in order.
    pub facts: Vec<Fact>,
}

/// A value of a panel's measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Whose.
    pub who: Who,
    /// Index into [`PanelFrame::groups`]; `None` where groups are combined, or there are none.
    pub group: Option<usize>,
    /// The period it is of.
    pub period: Option<Period>,
    /// Where it stands in time.
    pub at: Option<Moment>,
    /// How much.
    pub value: Value,
    /// How far the true value may be from a number on either side: by rounding, or by bounds it was made of.
    pub slack: f64,
    /// The least and the greatest bound of what it was made of, where that was only known to be below one.
    pub bounds: Bounds,
    /// Index into [`PanelFrame::kinds`]; `None` where it was made of values counted in different ways.
    pub kind: Option<usize>,
    /// How many observations it was made of.
    pub count: u32,
    /// Where the first of them stands.
    pub line: Line,
}

/// The least and the greatest of some bounds; `None` of none.
pub type Bounds = Option<(f64, f64)>;

/// The least and the greatest of all these bounds.
fn joined(all: impl Iterator<Item = Bounds>) -> Bounds {
    all.flatten().reduce(|(least, most), (low, high)| (least.min(low), most.max(high)))
}

impl Row {
    /// Between which values the true one lies; `None` where it is missing.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        match self.value {
            Value::Number(value) => Some((value - self.slack, value + self.slack)),
            Value::Below(bound) => Some((0.0, bound)),
            Value::Missing => None,
        }
    }

    /// Whether anything is known of it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.value != Value::Missing
    }
}

/// Where a value is drawn: a number where it is, one below a bound at a part of the bound.
#[must_use]
pub fn drawn_at(value: Value, below_one: f64) -> Option<f64> {
    match value {
        Value::Number(value) => Some(value),
        Value::Below(bound) => Some(bound * below_one),
        Value::Missing => None,
    }
}

/// Makes a figure's frame. `datasets` holds what was read, by the key of the manifest.
///
/// # Errors
/// Everything that keeps the figure from being drawn truly: unknown measures and groups, two values for one
/// subject and date, observations counted in different ways, nothing to draw.
pub fn frame(spec: &FigureSpec, datasets: &BTreeMap<String, Dataset>) -> Result<Frame, Report> {
    match make(spec, datasets) {
        Ok(frame) => Ok(Frame { warnings: frame.warnings.of_figure(&spec.key), ..frame }),
        Err(errors) => Err(errors.of_figure(&spec.key)),
    }
}

fn make(spec: &FigureSpec, datasets: &BTreeMap<String, Dataset>) -> Result<Frame, Report> {
    let mut report = Report::default();
    let mut roster = roster::gather(spec, datasets);
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
    let named: Vec<Who> = spec.shown.iter().copied().map(Who).collect();
    let shown = top.as_ref().map_or(named, |(shown, _)| shown.clone());
    if let Some((shown, _)) = &top {
        roster::ink_first(&mut roster, spec.declared.len(), shown);
    }
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
    let subjects = enlist(spec, &shown, &mut roster, &panels, &mut report);
    let look = Look {
        chart: spec.chart,
        width: spec.width,
        height: spec.height,
        subjects,
        reserved: spec.declared.iter().filter(|s| s.named.is_none()).map(|subject| subject.ink).collect(),
        events: events_within(spec, &panels, &mut report),
        unit,
        lower_is_better: panels.iter().all(|(_, panel)| panel.basis.lower_is_better()),
        by_age: panels.iter().any(|(_, panel)| panel.written == Precision::Age),
    };
    let panels = panels.into_iter().map(|(_, panel)| panel).collect();
    Ok(Frame { look, panels, roster, facts, warnings: report })
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
    datasets: &BTreeMap<String, Dataset>,
    roster: &[Candidate],
    report: &mut Report,
) -> (Vec<Made<'s>>, Vec<Fact>) {
    let (mut panels, mut facts) = (Vec::new(), Vec::new());
    for panel in &spec.panels {
        let used = panel.dataset.and_then(|index| Some((index, spec.datasets.get(index)?)));
        let mut faults = Report::default();
        let picked = used.and_then(|(index, used)| match datasets.get(&used.key) {
            Some(data) => pick::pick((spec, unit), panel, (index, data), roster, &mut faults),
            None => {
                let message = format!("dataset `{}` was not read", used.key);
                faults.push(diag::error("unread-dataset", message).at(panel.place_of("dataset")));
                None
            }
        });
        let picked = picked.filter(|picked| {
            panel.missing.is_none() || picked.rows.iter().any(|row| row.value != Value::Missing)
        });
        match (picked, &panel.missing) {
            (Some(_), _) if faults.has_errors() => report.merge(faults),
            (Some(picked), missing) => {
                report.merge(faults);
                if missing.is_some() {
                    let message = format!("there are data on {} now", picked.measure);
                    let warning = diag::warning("no-longer-missing", message).at(panel.place_of("missing"));
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
    let ends = running::judge(spec, panel, &mut picked, report)?;
    let own = own::dates(spec, panel, &mut picked);
    let mut frame = resample::resample(spec, &picked, report)?;
    running::drop_ends(&mut frame, &ends);
    transform::apply(spec, &mut frame, roster, report)?;
    frame.facts.extend(picked.facts.clone());
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
    running::tell(panel, &mut frame, &ends);
    fact::tell(spec, &mut frame);
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
    spec: &FigureSpec,
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
        report.push(warning.at(spec.place_of_element("subjects", index)).hint("take it out of `subjects`"));
    }
    let mut subjects = Vec::new();
    for (index, who) in order.iter().enumerate() {
        let Some(candidate) = roster.get_mut(who.0) else { continue };
        candidate.shown = Some(index);
        let emphasis = match (spec.highlight.is_empty(), spec.highlight.contains(&who.0)) {
            (true, _) if spec.colored.is_some_and(|colored| index >= colored) => Emphasis::Context,
            (true, _) => Emphasis::Equal,
            (false, true) => Emphasis::Highlight,
            (false, false) => Emphasis::Context,
        };
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
                report
                    .push(warning.at(spec.place_of_element("events", index)).hint("take it out of `events`"));
            }
        }
    }
    kept
}

impl Frame {
    /// A candidate's name.
    #[must_use]
    pub fn label(&self, who: Who) -> &str {
        roster::label(&self.roster, who)
    }

    /// The place of somebody among the figure's subjects, where it is shown.
    #[must_use]
    pub fn place(&self, who: Who) -> Option<usize> {
        self.roster.get(who.0)?.shown
    }
}

impl PanelFrame {
    /// What a group is called in the picture; empty for all groups combined.
    #[must_use]
    pub fn group_label(&self, group: Option<usize>) -> &str {
        group.and_then(|group| self.group_labels.get(group)).map_or("", String::as_str)
    }

    /// A moment as this panel's rows are dated: `2020-06` in a table of months.
    #[must_use]
    pub fn date(&self, at: Moment) -> Period {
        Period::around(at, self.precision)
    }

    /// A line of the dataset.
    #[must_use]
    pub fn place(&self, line: Line) -> Place {
        let file = usize::try_from(line.file).ok().and_then(|index| self.files.get(index));
        Place { line: Some(line.number), ..Place::file(file.unwrap_or(&self.file)) }
    }

    /// The rows of a group (of all groups combined where `None`), by subject and time.
    #[must_use]
    pub fn of_group(&self, group: Option<usize>) -> &[Row] {
        slice(&self.rows, |row| row.group.cmp(&group))
    }

    /// A subject's rows, of a group or of all groups combined, by time.
    #[must_use]
    pub fn of(&self, group: Option<usize>, who: Who) -> &[Row] {
        slice(self.of_group(group), |row| row.who.cmp(&who))
    }

    /// Over how many steps the rows are averaged; `None` where they are not.
    #[must_use]
    pub fn average(&self) -> Option<usize> {
        self.facts.iter().find_map(|fact| match fact {
            Fact::Averaged { window, .. } => Some(*window),
            _ => None,
        })
    }

    /// Whether a moment lies within what is drawn.
    #[must_use]
    pub fn is_within(&self, at: Option<Moment>) -> bool {
        let (from, to) = self.within;
        at.is_none_or(|at| from.is_none_or(|from| from <= at) && to.is_none_or(|to| at < to))
    }

    /// Whether a line breaks between two moments: dates are missing, or the way of counting changes.
    #[must_use]
    pub fn breaks(&self, before: Moment, after: Moment) -> bool {
        self.gap.is_gap(before, after) || self.changes.iter().any(|at| before < *at && *at <= after)
    }
}

/// The part of sorted rows that compares as equal.
pub(crate) fn slice<T>(rows: &[T], compare: impl Fn(&T) -> std::cmp::Ordering) -> &[T] {
    let from = rows.partition_point(|row| compare(row).is_lt());
    let to = rows.partition_point(|row| compare(row).is_le());
    rows.get(from..to).unwrap_or_default()
}

/// The dates at which the figure says that the way of counting changes.
fn changes(spec: &FigureSpec) -> Vec<Moment> {
    spec.events.iter().filter(|event| event.kind == EventKind::MethodChanged).map(|event| event.at).collect()
}
