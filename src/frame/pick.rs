//! From a dataset to the values of one measure: ratios formed, groups chosen,
//! subjects known by their place in the roster. All dates stay, so that a claim may
//! speak of any of them. It must not know what becomes of several values, or what is drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Basis, Completeness, Dataset, LIMIT, Line, Observation};
use crate::diag::{self, Report, listed, nearest, quoted};
use crate::figure::Unit;
use crate::frame::fact::Fact;
use crate::frame::roster::{self, Candidate, Who};
use crate::frame::row::{Bounds, Value, below};
use crate::frame::{precision, repeated};
use crate::spec::{FigureSpec, Measure, PanelSpec};
use crate::time::moment::{Moment, Step};
use crate::time::period::{Period, Precision};

/// Half of the distance of whole numbers: as far as an index that is rounded to them may be off.
const ROUNDED: f64 = 0.5;

/// What a dataset says of a panel's measure, observation by observation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Picked {
    /// Index into [`FigureSpec::datasets`].
    pub(super) dataset: usize,
    /// What is counted, by the name of its column.
    pub(super) measure: String,
    /// How its numbers came about.
    pub(super) basis: Basis,
    /// The dataset as messages name it: its file, or the first of several.
    pub(super) file: String,
    /// All of its files.
    pub(super) files: Vec<String>,
    /// What the values are.
    pub(super) unit: Unit,
    /// What was done to the values before, and what must be said of all of them.
    pub(super) facts: Vec<Fact>,
    /// The usual distance of dates.
    pub(super) step: Step,
    /// Whether subjects are months or weekdays, which keep their own order.
    pub(super) calendar: bool,
    /// Whether groups are.
    pub(super) calendar_groups: bool,
    /// How exactly the dates are known.
    pub(super) precision: Precision,
    /// The groups that may appear, in order; [`Observed::group`] indexes it.
    pub(super) groups: Vec<String>,
    /// How observations may have been counted; [`Observed::kind`] indexes it.
    pub(super) kinds: Vec<String>,
    /// What values that are words say.
    pub(super) words: Vec<String>,
    /// Every value of the measure, in the order of the file.
    pub(super) rows: Vec<Observed>,
    /// How far a number may be off by rounding, on either side.
    pub(super) slack: f64,
    /// Whether all of the last period was counted.
    pub(super) last_period: Completeness,
}

impl Picked {
    /// Forgets what nobody asks for once the rows of lines are made: of observations that were all counted in one
    /// way, only whose they are.
    pub(super) fn thin(&mut self) {
        if self.rows.is_sorted_by(|a, b| a.kind == b.kind) {
            let mut seen = BTreeSet::new();
            self.rows.retain(|row| seen.insert(row.who));
            self.rows.shrink_to_fit();
        }
    }
}

/// An observation of a panel's measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Observed {
    /// Whose.
    pub(super) who: Who,
    /// Index into [`Picked::groups`].
    pub(super) group: Option<usize>,
    /// When.
    pub(super) at: Option<Moment>,
    /// Index into [`Picked::kinds`].
    pub(super) kind: u32,
    /// How much.
    pub(super) value: Value,
    /// What was divided and by what, where the measure is a ratio.
    pub(super) parts: Option<(Value, f64)>,
    /// Where it stands.
    pub(super) line: Line,
}

impl Observed {
    /// The bound that it was made of, as the data have it.
    pub(super) fn bounds(&self) -> Bounds {
        match self.parts.map_or(self.value, |(top, _)| top) {
            Value::Below(bound) => Some((bound, bound)),
            Value::Number(_) | Value::Missing | Value::Word(_) => None,
        }
    }
}

/// Picks what one dataset says of a panel's measure.
pub(super) fn pick(
    (spec, unit): (&FigureSpec, Unit),
    panel: &PanelSpec,
    (index, data): (usize, &Dataset),
    everybody: &[Candidate],
    report: &mut Report,
) -> Option<Picked> {
    let columns = measure_columns(panel, data, report)?;
    let groups = choose_groups(spec, data, report)?;
    let used = spec.datasets.get(index)?;
    let who = data.subjects.iter().map(|name| roster::find_in(used, everybody, name)).collect();
    let mut picker = Picker { unit, data, groups: &groups, everybody, who, columns, report };
    let mut rows = picker.rows();
    let repeated = picker.count_once(&mut rows);
    rows.shrink_to_fit();
    if is_of_a_span(data, &rows) {
        rows.iter_mut().for_each(|row| row.at = None);
    }
    let basis = columns.basis(data, unit);
    let facts = [
        used.aggregate.map(Fact::Aggregated),
        (repeated > 0).then_some(Fact::Repeated(repeated)),
        data.anchored.clone().map(Fact::Anchored),
        basis.lower_is_better().then_some(Fact::Ranks),
        data.facts.reading.year_starts.map(Fact::FiscalYears),
    ];
    Some(Picked {
        dataset: index,
        measure: columns.name(data),
        basis,
        file: data.file().to_owned(),
        files: data.file_names().into_iter().map(str::to_owned).collect(),
        unit,
        facts: facts.into_iter().flatten().collect(),
        step: data.facts.step.unwrap_or(Step::Irregular),
        calendar: data.facts.calendar,
        calendar_groups: data.facts.calendar_groups,
        precision: precision(data, &rows),
        groups: groups.iter().filter_map(|group| data.groups.get(*group).cloned()).collect(),
        kinds: data.kinds.clone(),
        words: data.words.clone(),
        slack: slack(unit, columns, data, &rows),
        last_period: last_period(data, &rows),
        rows,
    })
}

/// Whether all values are of one span of time, which the data name in words: their date is none.
fn is_of_a_span(data: &Dataset, rows: &[Observed]) -> bool {
    let mut dates = rows.iter().filter(|row| row.value != Value::Missing).map(|row| row.at);
    let first = dates.next();
    data.facts.span.is_some() && dates.all(|at| Some(at) == first)
}

/// Whether all of the last period was counted. Of another series that goes on longer, nothing is known of this one.
fn last_period(data: &Dataset, rows: &[Observed]) -> Completeness {
    let last = rows.iter().filter(|row| row.value != Value::Missing).filter_map(|row| row.at).max();
    if last == data.facts.last { data.facts.last_period } else { Completeness::Whole }
}

/// An index of whole numbers was rounded to them.
fn slack(unit: Unit, columns: Column, data: &Dataset, rows: &[Observed]) -> f64 {
    let whole = |row: &Observed| match row.value {
        Value::Number(value) => libm::trunc(value) == value,
        Value::Below(_) | Value::Missing | Value::Word(_) => true,
    };
    let is_index = unit == Unit::Index && matches!(columns, Column::One(_));
    // Exports that were put on one scale were rounded before.
    if is_index && (data.anchored.is_some() || rows.iter().all(whole)) { ROUNDED } else { 0.0 }
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
        data.measures.get(index).map(|measure| measure.name.replace('_', " ")).unwrap_or_default()
    }

    /// What is not known of a measure, the figure's unit says. A ratio of two measures is none of them.
    fn basis(self, data: &Dataset, unit: Unit) -> Basis {
        let known = match self {
            Column::One(index) => data.measures.get(index).map_or(Basis::Unknown, |measure| measure.basis),
            Column::Ratio(..) => Basis::Unknown,
        };
        match (known, unit) {
            (Basis::Unknown, Unit::Index) => Basis::Index,
            (Basis::Unknown, Unit::Percent) => Basis::Share,
            (known, _) => known,
        }
    }
}

fn measure_columns(panel: &PanelSpec, data: &Dataset, report: &mut Report) -> Option<Column> {
    let mut index = |name: &str| {
        let found =
            data.measures.iter().position(|m| m.name.trim().to_lowercase() == name.trim().to_lowercase());
        if found.is_none() {
            let message = format!("unknown measure {} in {}", quoted(name), data.file());
            let known = format!("it has {}", listed(data.measure_names()));
            report.push(diag::error("unknown-measure", message).at(panel.places.of("measure")).hint(
                match nearest(name, data.measure_names()) {
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
            // A column may be called like a ratio.
            let name = format!("{numerator} / {denominator}");
            if let Some(index) = data.measures.iter().position(|measure| measure.name.trim() == name) {
                return Some(Column::One(index));
            }
            let (numerator, denominator) = (index(numerator), index(denominator));
            Some(Column::Ratio(numerator?, denominator?))
        }
        Measure::Only if data.measures.len() == 1 => Some(Column::One(0)),
        Measure::Only => {
            let message =
                format!("expected one measure in {}, found {}", data.file(), listed(data.measure_names()));
            let fault = diag::error("several-measures", message).at(panel.places.of("measure"));
            report.push(fault.hint("choose with `measure`"));
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
                let message = format!("unknown group {} in {}", quoted(name), data.file());
                let known = if data.groups.is_empty() {
                    "it has no groups: name the column with `group` in the dataset".into()
                } else {
                    format!("it has {}", listed(&data.groups))
                };
                report.push(
                    diag::error("unknown-group", message).at(spec.places.of_element("groups", index)).hint(
                        match nearest(name, data.groups.iter().map(String::as_str)) {
                            Some(near) => format!("did you mean `{near}`? {known}"),
                            None => known,
                        },
                    ),
                );
            }
        }
    }
    (chosen.len() == spec.groups.len()).then_some(chosen)
}

struct Picker<'p> {
    unit: Unit,
    data: &'p Dataset,
    groups: &'p [usize],
    everybody: &'p [Candidate],
    /// The place in the roster of each of the dataset's subjects.
    who: Vec<Option<Who>>,
    columns: Column,
    report: &'p mut Report,
}

/// What makes observations of two columns belong to one row.
type RowKey = (usize, Option<usize>, Option<Moment>, usize);

fn row_key(o: &Observation) -> RowKey {
    (o.subject, o.group, o.time, o.kind)
}

impl Picker<'_> {
    fn rows(&mut self) -> Vec<Observed> {
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
    fn row(&mut self, o: &Observation, divisor: Option<Option<&Observation>>) -> Option<Observed> {
        let group = match o.group {
            None => None,
            Some(group) => Some(self.groups.iter().position(|chosen| *chosen == group)?),
        };
        let who = (*self.who.get(o.subject)?)?;
        let (value, parts) = match divisor {
            None => (o.value, None),
            Some(divisor) => self.divide(o, divisor.map_or(Value::Missing, |o| o.value)),
        };
        let kind = u32::try_from(o.kind).unwrap_or(u32::MAX);
        Some(Observed { who, group, at: o.time, kind, value, parts, line: o.line })
    }

    /// A ratio; below a bound where the dividend is, missing where nothing can be divided.
    fn divide(&mut self, o: &Observation, divisor: Value) -> (Value, Option<(Value, f64)>) {
        let missing = (Value::Missing, None);
        let (top, divisor) = match (o.value, divisor) {
            (Value::Missing | Value::Word(_), _) | (_, Value::Missing | Value::Word(_)) => return missing,
            (_, Value::Below(bound)) => {
                self.warn_of_division(&format!("a value that is only known to be below {bound}"), o.line);
                return missing;
            }
            (Value::Number(top) | Value::Below(top), Value::Number(divisor)) => (top, divisor),
        };
        let ratio = top / divisor * percent_factor(self.unit);
        if ratio.abs() >= LIMIT || ratio.is_nan() {
            let divisor = if divisor == 0.0 { "0".to_owned() } else { format!("{divisor:e}") };
            self.warn_of_division(&divisor, o.line);
            return missing;
        }
        match o.value {
            Value::Below(_) => (below(ratio), Some((o.value, divisor))),
            _ => (Value::Number(ratio), Some((o.value, divisor))),
        }
    }

    fn warn_of_division(&mut self, divisor: &str, line: Line) {
        let message = format!("cannot divide by {divisor}: the value is left out");
        self.report.push(diag::warning("division-by-zero", message).at(self.data.place(line)));
    }

    /// Leaves out what stands a second time with the same value, and tells how often; another value contradicts it.
    fn count_once(&mut self, picked: &mut Vec<Observed>) -> usize {
        let repeated = repeated(picked, |row| row.at, |row| (row.who, row.group, row.kind));
        if repeated.is_empty() {
            return 0;
        }
        let value = |place: usize| picked.get(place).map(|row| row.value);
        let is_same = |(place, first): &(usize, usize)| value(*place) == value(*first);
        let (same, others): (Vec<_>, Vec<_>) = repeated.into_iter().partition(is_same);
        self.refuse_duplicates(picked, &others);
        let mut place = 0..;
        let is_repeated = |place: usize| same.binary_search_by_key(&place, |(place, _)| *place).is_ok();
        picked.retain(|_| place.next().is_none_or(|place| !is_repeated(place)));
        same.len()
    }

    fn refuse_duplicates(&mut self, picked: &[Observed], repeated: &[(usize, usize)]) {
        let precision = precision(self.data, picked);
        for &(place, first) in repeated {
            let (Some(row), Some(first)) = (picked.get(place), picked.get(first)) else { continue };
            let first = first.line;
            let label = roster::label(self.everybody, row.who);
            let at = row.at.map(|at| format!(" at {}", Period::around(at, precision))).unwrap_or_default();
            let group = row.group.and_then(|g| self.data.groups.get(*self.groups.get(g)?));
            let within = group.map(|group| format!(" in {group}")).unwrap_or_default();
            let message = format!(
                "{label} has two values{at}{within}, {}",
                first.both(row.line, &self.data.file_names())
            );
            let fault = diag::error("two-values", message).at(self.data.place(row.line));
            self.report.push(
                fault.hint("remove one, make them one with `aggregate`, or name the column that tells them apart with `group` or `same`"),
            );
        }
    }
}

/// What a ratio is multiplied with.
pub(super) fn percent_factor(unit: Unit) -> f64 {
    if unit == Unit::Percent { 100.0 } else { 1.0 }
}

/// How exactly the dates are known.
fn precision(data: &Dataset, picked: &[Observed]) -> Precision {
    precision::of(&data.facts, picked.iter().filter_map(|row| Some(((row.who, row.group), row.at?))))
}
