//! From a dataset to the values of one measure: ratios formed, groups chosen,
//! subjects known by their roster index. All dates stay, so that a claim may
//! speak of any of them.

use std::collections::BTreeMap;

use crate::data::{Dataset, LIMIT, Observation, Reading};
use crate::diag::{Diagnostic, Place, Report, listed, nearest, quoted};
use crate::figure::{Chart, Unit};
use crate::manifest::period::{Period, Precision};
use crate::manifest::{FigureSpec, LastPeriod, Measure, PanelSpec};
use crate::moment::{Moment, Step};
use crate::series::roster::{self, Candidate};
use crate::series::{PanelFacts, Picked, Running, repeated};

/// What one dataset says of a panel's measure.
pub(super) fn pick(
    spec: &FigureSpec,
    panel: &PanelSpec,
    index: usize,
    data: &Dataset,
    everybody: &[Candidate],
    report: &mut Report,
) -> Option<PanelFacts> {
    let columns = measure_columns(spec, panel, data, report)?;
    let groups = choose_groups(spec, data, report)?;
    let used = spec.datasets.get(index)?;
    let who = data.subjects.iter().map(|name| roster::find_in(used, everybody, name)).collect();
    let mut picker = Picker { spec, data, groups: &groups, everybody, who, columns, report };
    let mut picked = picker.rows();
    picker.refuse_duplicates(&picked);
    let step = data.facts.step.unwrap_or(Step::Irregular);
    let precision = precision(data, &picked);
    let running = (spec.chart == Chart::Line)
        .then(|| judge_running_period(spec, data, precision, &mut picked, report))
        .flatten();
    let is_dashed = spec.last_period == LastPeriod::Dash;
    Some(PanelFacts {
        dataset: index,
        measure: columns.name(data),
        title: String::new(),
        file: data.file.clone(),
        step,
        written: precision,
        precision: spec.each.unwrap_or(precision),
        groups: groups.iter().filter_map(|group| data.groups.get(*group).cloned()).collect(),
        kinds: data.kinds.clone(),
        picked,
        first: None,
        shown: None,
        dropped: running.filter(|_| !is_dashed),
        dashed: running.filter(|_| is_dashed),
    })
}

/// Indices of the measure, or of what is divided and by what.
#[derive(Debug, Clone, Copy)]
enum Column {
    One(usize),
    Ratio(usize, usize),
}

impl Column {
    fn name(self, data: &Dataset) -> String {
        let (Column::One(index) | Column::Ratio(index, _)) = self;
        data.measures.get(index).map(|name| name.replace('_', " ")).unwrap_or_default()
    }
}

fn measure_columns(
    spec: &FigureSpec,
    panel: &PanelSpec,
    data: &Dataset,
    report: &mut Report,
) -> Option<Column> {
    let mut index = |name: &str| {
        let found = data.measures.iter().position(|m| m.trim().to_lowercase() == name.trim().to_lowercase());
        if found.is_none() {
            let message = format!("figure `{}`: unknown measure {} in {}", spec.key, quoted(name), data.file);
            let known = format!("it has {}", listed(&data.measures));
            report.push(Diagnostic::error(message).at(panel.place_of("measure")).hint(
                match nearest(name, data.measures.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`? {known}"),
                    None => known,
                },
            ));
        }
        found
    };
    match &panel.measure {
        Measure::Column(name) => index(name).map(Column::One),
        Measure::Ratio { numerator, denominator } => {
            let (numerator, denominator) = (index(numerator), index(denominator));
            Some(Column::Ratio(numerator?, denominator?))
        }
        Measure::Only if data.measures.len() == 1 => Some(Column::One(0)),
        Measure::Only => {
            let message = format!(
                "figure `{}`: expected one measure in {}, found {}",
                spec.key,
                data.file,
                listed(&data.measures)
            );
            report
                .push(Diagnostic::error(message).at(panel.place_of("measure")).hint("choose with `measure`"));
            None
        }
    }
}

/// The chosen groups, or all, as indices into the dataset's.
fn choose_groups(spec: &FigureSpec, data: &Dataset, report: &mut Report) -> Option<Vec<usize>> {
    if spec.groups.is_empty() {
        return Some((0..data.groups.len()).collect());
    }
    let mut chosen = Vec::new();
    for (index, name) in spec.groups.iter().enumerate() {
        let found =
            data.groups.iter().position(|group| group.trim().to_lowercase() == name.trim().to_lowercase());
        match found {
            Some(group) => chosen.push(group),
            None => {
                let message =
                    format!("figure `{}`: unknown group {} in {}", spec.key, quoted(name), data.file);
                let known = if data.groups.is_empty() {
                    "it has no groups: name the column with `group` in the dataset".into()
                } else {
                    format!("it has {}", listed(&data.groups))
                };
                report.push(Diagnostic::error(message).at(spec.place_of_element("groups", index)).hint(
                    match nearest(name, data.groups.iter().map(String::as_str)) {
                        Some(near) => format!("did you mean `{near}`? {known}"),
                        None => known,
                    },
                ));
            }
        }
    }
    (chosen.len() == spec.groups.len()).then_some(chosen)
}

struct Picker<'p> {
    spec: &'p FigureSpec,
    data: &'p Dataset,
    groups: &'p [usize],
    everybody: &'p [Candidate],
    /// The roster index of each of the dataset's subjects.
    who: Vec<Option<usize>>,
    columns: Column,
    report: &'p mut Report,
}

/// What makes observations of two columns belong to one row.
type RowKey = (usize, Option<usize>, Option<Moment>, usize, u32);

fn row_key(o: &Observation) -> RowKey {
    (o.subject, o.group, o.time, o.kind, o.line)
}

impl Picker<'_> {
    fn rows(&mut self) -> Vec<Picked> {
        let data = self.data;
        let observed = |measure| data.observations.iter().filter(move |o| o.measure == measure);
        match self.columns {
            Column::One(measure) => observed(measure).filter_map(|o| self.row(o, None)).collect(),
            Column::Ratio(numerator, denominator) => {
                let below: BTreeMap<RowKey, &Observation> =
                    observed(denominator).map(|o| (row_key(o), o)).collect();
                observed(numerator)
                    .filter_map(|o| self.row(o, Some(below.get(&row_key(o)).copied())))
                    .collect()
            }
        }
    }

    /// `divisor` is `None` where nothing is divided, and `Some(None)` where the divisor is missing.
    fn row(&mut self, o: &Observation, divisor: Option<Option<&Observation>>) -> Option<Picked> {
        let group = match o.group {
            None => None,
            Some(group) => Some(self.groups.iter().position(|chosen| *chosen == group)?),
        };
        let who = (*self.who.get(o.subject)?)?;
        let (top, below) = self.read(o.value);
        let (value, parts) = match divisor {
            None => (top, None),
            Some(divisor) => self.divide(o, top, divisor.and_then(|o| self.read(o.value).0)),
        };
        Some(Picked { who, group, at: o.time, kind: o.kind, value, parts, below, line: o.line })
    }

    /// A value and its bound, where it is only known to be below one.
    fn read(&self, reading: Reading) -> (Option<f64>, Option<f64>) {
        match reading {
            Reading::Number(value) => (Some(value), None),
            Reading::Below(bound) => (Some(bound * self.spec.below_one), Some(bound)),
            Reading::Missing => (None, None),
        }
    }

    fn divide(
        &mut self,
        o: &Observation,
        top: Option<f64>,
        below: Option<f64>,
    ) -> (Option<f64>, Option<(f64, f64)>) {
        let (Some(top), Some(below)) = (top, below) else { return (None, None) };
        let ratio = top / below * percent_factor(self.spec.unit);
        if ratio.abs() < LIMIT {
            return (Some(ratio), Some((top, below)));
        }
        let divisor = if below == 0.0 { "0".to_owned() } else { format!("{below:e}") };
        let message =
            format!("figure `{}`: cannot divide by {divisor}: the value is left out", self.spec.key);
        self.report.push(Diagnostic::warning(message).at(line_place(self.data, o.line)));
        (None, None)
    }

    fn refuse_duplicates(&mut self, picked: &[Picked]) {
        let precision = precision(self.data, picked);
        for (place, first) in repeated(picked, |row| row.at, |row| (row.who, row.group, row.kind)) {
            let (Some(row), Some(first)) = (picked.get(place), picked.get(first)) else { continue };
            let first = first.line;
            if first == row.line {
                continue;
            }
            let label = self.everybody.get(row.who).map_or("", |who| who.label.as_str());
            let at = row.at.map(|at| format!(" at {}", Period::around(at, precision))).unwrap_or_default();
            let group = row.group.and_then(|g| self.data.groups.get(*self.groups.get(g)?));
            let within = group.map(|group| format!(" in {group}")).unwrap_or_default();
            let message = format!(
                "figure `{}`: {label} has two values{at}{within}, on lines {first} and {}",
                self.spec.key, row.line
            );
            let fault = Diagnostic::error(message).at(line_place(self.data, row.line));
            self.report.push(
                fault.hint("remove one, or name the column that tells them apart with `group` or `same`"),
            );
        }
    }
}

/// What a ratio is multiplied with.
pub(super) fn percent_factor(unit: Unit) -> f64 {
    if unit == Unit::Percent { 100.0 } else { 1.0 }
}

pub(super) fn line_place(data: &Dataset, line: u32) -> Place {
    Place { file: data.file.clone(), line: Some(line), ..Place::default() }
}

/// How exactly the dates are known: a table of first days of a month, or of one day a month, means months.
fn precision(data: &Dataset, picked: &[Picked]) -> Precision {
    let step = data.facts.step.unwrap_or(Step::Irregular);
    let dates = picked.iter().filter_map(|row| row.at).map(Moment::date);
    if picked.iter().all(|row| row.at.is_none()) {
        return Precision::Day;
    }
    if data.facts.is_by_age() {
        return Precision::Age;
    }
    if matches!(step, Step::Minutes(_) | Step::Hour) {
        return Precision::Minute;
    }
    let finer = matches!(step, Step::Day | Step::Week);
    let first_days = !finer && dates.clone().all(|date| date.day() == 1);
    if first_days
        && dates.clone().all(|date| date.month() == 1)
        && data.facts.means_years(picked.iter().filter_map(|row| row.at))
    {
        Precision::Year
    } else if first_days && step == Step::Quarter && dates.clone().all(|date| date.month() % 3 == 1) {
        Precision::Quarter
    } else if (matches!(step, Step::Month | Step::Quarter) && !twice_a_month(picked)) || first_days {
        Precision::Month
    } else {
        Precision::Day
    }
}

/// Whether somebody was counted on two days of one month.
fn twice_a_month(picked: &[Picked]) -> bool {
    let mut days: BTreeMap<(usize, Option<usize>, i32), Moment> = BTreeMap::new();
    picked.iter().any(|row| {
        let Some(at) = row.at else { return false };
        *days.entry((row.who, row.group, at.month_index())).or_insert(at) != at
    })
}

/// Leaves the last period out where it was still running, or has it marked, and says which one it is.
fn judge_running_period(
    spec: &FigureSpec,
    data: &Dataset,
    precision: Precision,
    picked: &mut Vec<Picked>,
    report: &mut Report,
) -> Option<Running> {
    let last = picked.iter().filter_map(|row| row.at).max()?;
    let period = Period::around(last, precision);
    let (certain, possible) = (data.facts.partial_last == "yes", data.facts.partial_last == "possible");
    let concerned = match spec.last_period {
        LastPeriod::Keep => false,
        LastPeriod::Drop | LastPeriod::Dash => certain || possible,
        LastPeriod::Judge => certain,
    };
    if spec.last_period == LastPeriod::Judge && possible {
        let message = format!("figure `{}`: the last period, {period}, may have been incomplete", spec.key);
        let warning = Diagnostic::warning(message).at(Place::file(&data.file));
        report.push(
            warning.hint("set `last_period = \"drop\"` to leave it out, or \"keep\" if it is complete"),
        );
    }
    if !concerned {
        return None;
    }
    if spec.last_period != LastPeriod::Dash {
        picked.retain(|row| row.at != Some(last));
    }
    Some(Running { period, certain })
}
