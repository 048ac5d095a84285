//! What there is to say of a file that was read: its facts, its series, what is odd about them.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::super::labels;
use crate::data::{Dataset, Decision, Observation, Shape, Unit, Value};
use crate::diag::{Diagnostic, Report};
use crate::time::moment::{Moment, Step};
use crate::time::pace;

/// A file as `inspect` tells of it; the JSON object of the file.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Inspected {
    /// The file as the user named it.
    pub(super) file: String,
    pub(super) format: &'static str,
    pub(super) encoding: String,
    /// The sheet of a spreadsheet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sheet: Option<String>,
    pub(super) line_ends: String,
    pub(super) delimiter: Option<char>,
    pub(super) preamble_lines: u32,
    pub(super) header_line: Option<u32>,
    pub(super) shape: &'static str,
    pub(super) region: Option<String>,
    /// The time that all values are of, as the file has it.
    pub(super) span: Option<String>,
    /// Whether all measures were written in per cent.
    pub(super) percent: bool,
    /// The distance of most neighbouring dates; `None` below two dates.
    pub(super) step: Option<Step>,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    /// Distinct dates.
    pub(super) dates: usize,
    /// How the rows stand in time; `None` below two dates.
    pub(super) order: Option<Order>,
    pub(super) partial_last: &'static str,
    /// How that is known.
    pub(super) partial_last_because: String,
    /// Cells of data.
    pub(super) observations: usize,
    /// Observations of a series and date that came before.
    pub(super) duplicates: usize,
    pub(super) subjects: Vec<String>,
    pub(super) measures: Vec<String>,
    /// What each measure is based on.
    pub(super) bases: Vec<&'static str>,
    /// The unit of each measure, where it is known.
    pub(super) units: Vec<Option<&'static str>>,
    pub(super) groups: Vec<String>,
    pub(super) series: Vec<SeriesFacts>,
    /// Which columns play which part of a table, and why.
    pub(super) roles: Vec<Chosen>,
    /// Every silent choice and every warning, a sentence each.
    pub(super) notes: Vec<String>,
    pub(super) sha256: String,
}

/// Which columns play a part, and why.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Chosen {
    pub(super) role: &'static str,
    /// None where something else plays the part, or nothing.
    pub(super) columns: Vec<String>,
    pub(super) because: Vec<String>,
    /// Other candidates, the best first.
    pub(super) others: Vec<Other>,
}

/// A column that might have played a part.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Other {
    pub(super) column: String,
    pub(super) why_not: String,
}

/// How the observations of the series follow each other in a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Order {
    Ascending,
    Descending,
    Unsorted,
}

/// One series: a subject, measure and group that occur together.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub(super) struct SeriesFacts {
    pub(super) name: String,
    /// Observations that are there, those below one included.
    pub(super) points: usize,
    /// Observations that are empty.
    pub(super) missing: usize,
    /// Observations that are only known to be below a bound.
    pub(super) below_one: usize,
    /// Places where at least one date of the step has no observation.
    pub(super) gaps: usize,
    /// The least number, leaving aside what is only known to be below a bound.
    pub(super) min: Option<f64>,
    /// The greatest one.
    pub(super) max: Option<f64>,
}

/// What tells series apart: group, subject, measure.
type Key = (Option<usize>, usize, usize);

impl Inspected {
    /// Looks at a dataset. `file` is its name in the results.
    pub(super) fn of(file: String, dataset: &Dataset, warnings: &Report) -> Inspected {
        let facts = &dataset.facts;
        let mut series: BTreeMap<Key, Vec<&Observation>> = BTreeMap::new();
        for o in &dataset.observations {
            series.entry((o.group, o.subject, o.measure)).or_default().push(o);
        }
        let dates: BTreeSet<Moment> = dataset.observations.iter().filter_map(|o| o.time).collect();
        let several = dates.len() > 1;
        let step = facts.step.filter(|_| several);
        let named = |(group, subject, measure): Key| dataset.series_name(subject, measure, group);
        Inspected {
            file,
            format: facts.format.name,
            encoding: facts.encoding.clone(),
            sheet: facts.sheet.clone(),
            line_ends: facts.line_ends.clone(),
            delimiter: facts.delimiter,
            preamble_lines: facts.preamble_lines,
            header_line: facts.header_line,
            shape: facts.shape.map_or("", Shape::name),
            region: facts.region.clone(),
            span: facts.span.clone(),
            percent: facts.percent,
            step,
            first: facts.first.map(|at| at.to_string()),
            last: facts.last.map(|at| at.to_string()),
            dates: dates.len(),
            order: several.then(|| order(series.values())),
            partial_last: facts.last_period.name(),
            partial_last_because: labels::partial_because(facts),
            observations: dataset.observations.len(),
            duplicates: series.values().map(|observations| duplicates(observations)).sum(),
            subjects: dataset.subjects.clone(),
            measures: dataset.measure_names().into_iter().map(str::to_owned).collect(),
            bases: dataset.measures.iter().map(|measure| measure.basis.name()).collect(),
            units: dataset.measures.iter().map(|measure| measure.unit.map(Unit::name)).collect(),
            groups: dataset.groups.clone(),
            series: series.iter().map(|(key, own)| SeriesFacts::of(named(*key), own, step)).collect(),
            roles: facts.decisions.iter().cloned().map(Chosen::from).collect(),
            notes: facts.notes.iter().cloned().chain(warnings.diagnostics.iter().map(sentence)).collect(),
            sha256: dataset.files.first().map(|file| file.sha256.clone()).unwrap_or_default(),
        }
    }
}

impl From<Decision> for Chosen {
    fn from(Decision { role, columns, because, others }: Decision) -> Chosen {
        let others = others.into_iter().map(|(column, why_not)| Other { column, why_not }).collect();
        Chosen { role, columns, because, others }
    }
}

impl SeriesFacts {
    fn of(name: String, observations: &[&Observation], step: Option<Step>) -> SeriesFacts {
        let mut found = SeriesFacts { name, ..SeriesFacts::default() };
        for o in observations {
            match o.value {
                Value::Missing => found.missing += 1,
                Value::Below(_) => found.below_one += 1,
                Value::Word(_) => {}
                Value::Number(value) => {
                    found.min = Some(found.min.map_or(value, |least| least.min(value)));
                    found.max = Some(found.max.map_or(value, |greatest| greatest.max(value)));
                }
            }
        }
        found.points = observations.len() - found.missing;
        let mut times: Vec<Moment> = observations.iter().filter_map(|o| o.time).collect();
        times.sort_unstable();
        found.gaps = step.map_or(0, |step| pace::gaps(&times, step).len());
        found
    }
}

/// Observations of one date and kind beyond the first.
fn duplicates(observations: &[&Observation]) -> usize {
    let distinct: BTreeSet<(Option<Moment>, usize)> = observations.iter().map(|o| (o.time, o.kind)).collect();
    observations.len() - distinct.len()
}

fn order<'s>(series: impl Iterator<Item = &'s Vec<&'s Observation>>) -> Order {
    let (mut forward, mut backward) = (false, false);
    for observations in series {
        for (before, after) in observations.iter().zip(observations.iter().skip(1)) {
            forward |= before.time < after.time;
            backward |= before.time > after.time;
        }
    }
    match (forward, backward) {
        (true, true) => Order::Unsorted,
        (false, true) => Order::Descending,
        (_, false) => Order::Ascending,
    }
}

/// A warning as a sentence: `Line 4: the rows are not in order of time.`
fn sentence(warning: &Diagnostic) -> String {
    let text = with_line(warning);
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", chars.as_str())
}

/// A message with its line, where it has one: `line 3: expected a number, found "x"`.
pub(super) fn with_line(diagnostic: &Diagnostic) -> String {
    match diagnostic.place.as_ref().and_then(|place| place.line) {
        Some(line) => format!("line {line}: {}", diagnostic.message),
        None => diagnostic.message.clone(),
    }
}
