//! Several observations to one row: those of one calendar period (`each`), and those of several groups.
//!
//! One rule for every kind of chart: what is drawn, claimed and told of a period is the same row. A sum of which
//! a part is missing is missing, and what is missing is remembered. It must not know which rows are drawn.

use std::collections::{BTreeMap, BTreeSet};

use crate::data::{Aggregate, LIMIT, Line};
use crate::diag::{self, Report};
use crate::figure::EventKind;
use crate::frame::fact::{Fact, Part};
use crate::frame::panel::PanelFrame;
use crate::frame::pick::{Observed, Picked, percent_factor};
use crate::frame::roster::Who;
use crate::frame::row::{Bounds, Row, Value, below, joined, slice};
use crate::spec::{Combine, FigureSpec};
use crate::time::moment::{DAY, Moment, Step};
use crate::time::pace::{self, Stretch};
use crate::time::period::{Period, Precision};

/// The distance of calendar periods.
pub(super) fn step_of(precision: Precision) -> Step {
    match precision {
        Precision::Year => Step::Year,
        Precision::Quarter => Step::Quarter,
        Precision::Month => Step::Month,
        Precision::Week => Step::Week,
        Precision::Day | Precision::Age => Step::Day,
        Precision::Minute => Step::Minutes(1),
        Precision::Second => Step::Seconds(1),
    }
}

/// The periods that observations are combined to. Weeks that the data have stay their own: those from Sunday to
/// Saturday are no weeks from a Monday on.
pub(super) fn each_of(spec: &FigureSpec, picked: &Picked) -> Option<Precision> {
    spec.each.filter(|each| !(*each == Precision::Week && picked.step == Step::Week))
}

/// Makes the rows of a panel, those of all groups combined and, where there are groups, those of each.
pub(super) fn resample(spec: &FigureSpec, picked: &Picked, report: &mut Report) -> Option<PanelFrame> {
    refuse_short(spec, picked, report)?;
    refuse_combined(spec, picked, report)?;
    let each = each_of(spec, picked);
    let mut maker = Maker {
        spec,
        picked,
        each,
        precision: each.unwrap_or(picked.precision),
        by_period: each.is_some() || picked.groups.len() > 1,
        span: span(&picked.rows),
        groups_at: BTreeMap::new(),
        facts: Vec::new(),
    };
    maker.find_groups();
    let mut rows = maker.rows(|_| None);
    let combined: BTreeSet<Who> = rows.iter().filter(|row| row.count > 1).map(|row| row.who).collect();
    let facts = std::mem::take(&mut maker.facts);
    if !picked.groups.is_empty() {
        rows.extend(maker.rows(|row| row.group));
    }
    let has_singles = matches!(spec.combine, Combine::Pooled | Combine::Mean)
        && (!picked.groups.is_empty() || picked.step == Step::Irregular);
    let singles = picked.rows.iter().filter(|row| has_singles && combined.contains(&row.who));
    let singles = singles.filter(|row| row.value != Value::Missing).map(|row| maker.single(row)).collect();
    let gap = each.map_or(picked.step, step_of);
    Some(PanelFrame {
        dataset: picked.dataset,
        measure: picked.measure.clone(),
        basis: picked.basis,
        title: String::new(),
        file: picked.file.clone(),
        files: picked.files.clone(),
        step: each.filter(|_| picked.step != Step::Irregular).map_or(picked.step, step_of),
        calendar: picked.calendar,
        gap,
        even: even(&rows, gap),
        written: picked.precision,
        precision: maker.precision,
        groups: picked.groups.clone(),
        group_labels: Vec::new(),
        kinds: picked.kinds.clone(),
        words: picked.words.clone(),
        rows,
        raw: Vec::new(),
        singles,
        drawn: Vec::new(),
        first: None,
        shown: None,
        within: (None, None),
        hollow: Vec::new(),
        changes: changes(spec),
        facts,
    })
}

/// Refuses periods that are shorter than the distance of the dates.
fn refuse_short(spec: &FigureSpec, picked: &Picked, report: &mut Report) -> Option<()> {
    if let Some(each) = spec.each
        && (step_of(each) < picked.step && picked.step != Step::Irregular)
    {
        let (period, step) = (step_of(each).name(), picked.step.name());
        let message = format!("cannot make a value each {period} of values each {step}");
        let fault = diag::error("each-too-short", message).at(spec.places.of("each"));
        report.push(fault.hint("use a longer period in `each`, or leave it out"));
        return None;
    }
    Some(())
}

/// Refuses sums and means that say nothing, by what is counted.
fn refuse_combined(spec: &FigureSpec, picked: &Picked, report: &mut Report) -> Option<()> {
    let in_groups = picked.groups.len() > 1 && !spec.chart.keeps_groups;
    let of_each = || format!("the values of a {}", spec.each.map_or(picked.step, step_of).name());
    let aggregate = spec.datasets.get(picked.dataset).and_then(|used| used.aggregate);
    let basis = picked.basis;
    let aggregated = match aggregate {
        Some(Aggregate::Sum) => Some(("sum", basis.may_be_summed_over_groups())),
        Some(Aggregate::Mean) => Some(("average", basis.may_be_averaged())),
        Some(Aggregate::Last) | None => None,
    };
    let combined = match spec.combine {
        Combine::Sum if spec.each.is_some() => Some(("sum", basis.may_be_summed_over_time())),
        Combine::Sum if in_groups => Some(("sum", basis.may_be_summed_over_groups())),
        Combine::Mean if spec.each.is_some() || in_groups => Some(("average", basis.may_be_averaged())),
        _ => None,
    };
    let of_combined = if spec.each.is_some() { of_each() } else { "groups".into() };
    let place_of_aggregate = spec.datasets.get(picked.dataset).map(|used| used.places.of("aggregate"));
    let all = [
        (aggregated, "the values of one date".to_owned(), place_of_aggregate),
        (combined, of_combined, Some(spec.places.of("combine"))),
    ];
    for (asked, what, place) in all {
        if let Some((does, Err(refusal))) = asked {
            let message = format!("cannot {does} {what} of {}: {}", picked.measure, refusal.reason);
            let fault =
                diag::error("unsuitable-basis", message).at(place.unwrap_or_else(|| spec.place.clone()));
            report.push(fault.hint(refusal.instead));
            return None;
        }
    }
    Some(())
}

/// First and last date that has a value.
pub(super) fn span(rows: &[Observed]) -> Option<(Moment, Moment)> {
    let dates = || rows.iter().filter(|row| row.value != Value::Missing).filter_map(|row| row.at);
    Some((dates().min()?, dates().max()?))
}

/// Whether the observations up to one date cover the time up to an end: the next step begins there or later.
pub(super) fn reaches(last: Moment, end: Moment, step: Step) -> bool {
    match step {
        Step::Irregular => true,
        Step::Seconds(seconds) => last.seconds() + i64::from(seconds) >= end.seconds(),
        Step::Minutes(minutes) => last.seconds() + i64::from(minutes) * 60 >= end.seconds(),
        Step::Hour => last.seconds() + 3600 >= end.seconds(),
        Step::Day => Period::around(last, Precision::Day).end() >= end,
        Step::Week => last.seconds() + 7 * DAY >= end.seconds(),
        Step::Month => Period::around(last, Precision::Month).end() >= end,
        Step::Quarter => Period::around(last, Precision::Quarter).end() >= end,
        Step::Half => last.month_index() + 6 >= end.month_index(),
        Step::Year => Period::around(last, Precision::Year).end() >= end,
    }
}

/// Whether the observations from one date on cover the time from a start on.
pub(super) fn begins(first: Moment, start: Moment, step: Step) -> bool {
    match step {
        Step::Irregular => true,
        Step::Seconds(seconds) => first.seconds() < start.seconds() + i64::from(seconds),
        Step::Minutes(minutes) => first.seconds() < start.seconds() + i64::from(minutes) * 60,
        Step::Hour => first.seconds() < start.seconds() + 3600,
        Step::Day => first < Period::around(start, Precision::Day).end(),
        Step::Week => first.seconds() < start.seconds() + 7 * DAY,
        Step::Month => first < Period::around(start, Precision::Month).end(),
        Step::Quarter => first < Period::around(start, Precision::Quarter).end(),
        Step::Half => first.month_index() < start.month_index() + 6,
        Step::Year => first < Period::around(start, Precision::Year).end(),
    }
}

/// How many steps lie between two moments; calendar steps are counted on the calendar.
fn steps(from: Moment, to: Moment, step: Step) -> f64 {
    let of_seconds = |length: i64| (to.seconds() - from.seconds()) as f64 / length as f64;
    let of_months = |length: f64| f64::from(to.month_index() - from.month_index()) / length;
    match step {
        Step::Irregular => 0.0,
        Step::Seconds(seconds) => of_seconds(i64::from(seconds)),
        Step::Minutes(minutes) => of_seconds(i64::from(minutes) * 60),
        Step::Hour => of_seconds(3600),
        Step::Day => of_seconds(DAY),
        Step::Week => of_seconds(7 * DAY),
        Step::Month => of_months(1.0),
        Step::Quarter => of_months(3.0),
        Step::Half => of_months(6.0),
        Step::Year => of_months(12.0),
    }
}

/// What becomes one row, and the row's place in time.
type Key = (Option<usize>, Who, Option<Moment>);

struct Maker<'m> {
    spec: &'m FigureSpec,
    picked: &'m Picked,
    each: Option<Precision>,
    precision: Precision,
    /// Whether observations of one period become one row, and not only those of one moment.
    by_period: bool,
    span: Option<(Moment, Moment)>,
    /// The groups that have an observation at a time.
    groups_at: BTreeMap<Option<Moment>, BTreeSet<usize>>,
    facts: Vec<Fact>,
}

impl Maker<'_> {
    fn period(&self, at: Moment) -> Period {
        Period::around(at, self.precision)
    }

    /// The time that an observation counts for.
    fn time(&self, row: &Observed) -> Option<Moment> {
        row.at.map(|at| if self.by_period { self.period(at).first() } else { at })
    }

    fn find_groups(&mut self) {
        if self.spec.combine != Combine::Sum || self.picked.groups.len() < 2 {
            return;
        }
        for row in &self.picked.rows {
            let time = self.time(row);
            self.groups_at.entry(time).or_default().extend(row.group);
        }
    }

    fn rows(&mut self, group: impl Fn(&Observed) -> Option<usize>) -> Vec<Row> {
        let picked = self.picked;
        let mut keyed: Vec<(Key, &Observed)> =
            picked.rows.iter().map(|row| ((group(row), row.who, self.time(row)), row)).collect();
        // Stable: the order of the file within a row's observations.
        keyed.sort_by_key(|(key, _)| *key);
        let mut rows = Vec::with_capacity(keyed.len());
        let mut own: Vec<&Observed> = Vec::new();
        for of_key in keyed.chunk_by(|a, b| a.0 == b.0) {
            own.clear();
            own.extend(of_key.iter().map(|(_, row)| *row));
            if self.each.is_none() && self.by_period && own.len() > 1 {
                keep_latest(&mut own);
            }
            if let [((group, who, time), _), ..] = of_key {
                rows.push(self.row((*group, *who, *time), &own));
            }
        }
        rows
    }

    fn row(&mut self, (group, who, time): Key, own: &[&Observed]) -> Row {
        let lacks = self.spec.combine == Combine::Sum && self.lacks(group, who, time, own);
        let (value, slack, bounds) = if lacks { (Value::Missing, 0.0, None) } else { self.value(own) };
        if let (true, Some(period)) = (value != Value::Missing && self.each.is_some(), time) {
            let period = self.period(period);
            let part = self.part(own, period);
            self.facts.extend(part.map(|of| Fact::Partly { who, period, of }));
        }
        let kind = own.first().map(|row| row.kind).filter(|kind| own.iter().all(|row| row.kind == *kind));
        Row {
            who,
            group,
            period: time.map(|time| self.period(time)),
            at: if self.each.is_some() && self.picked.step != Step::Irregular { time } else { middle(own) },
            value,
            slack,
            bounds,
            kind,
            count: u32::try_from(own.len()).unwrap_or(u32::MAX),
            line: own.first().map_or(Line::from(0), |row| row.line),
        }
    }

    fn single(&self, row: &Observed) -> Row {
        Row {
            who: row.who,
            group: row.group,
            period: row.at.map(|at| Period::around(at, self.picked.precision)),
            at: row.at,
            value: row.value,
            slack: self.picked.slack,
            bounds: row.bounds(),
            kind: Some(row.kind),
            count: 1,
            line: row.line,
        }
    }

    /// One value of several, how far it may be off, and the bounds in it.
    fn value(&self, own: &[&Observed]) -> (Value, f64, Bounds) {
        let slack = self.picked.slack;
        let known = || own.iter().filter(|row| row.value != Value::Missing);
        let bounds = || joined(known().map(|row| row.bounds()));
        let found = match (self.spec.combine, own) {
            (_, [only]) => (only.value, slack, only.bounds()),
            (Combine::Never, _) => (Value::Missing, 0.0, None),
            (Combine::Sum | Combine::Mean, _) => {
                let values: Vec<Value> = known().map(|row| row.value).collect();
                let share = if self.spec.combine == Combine::Sum { 1.0 } else { 1.0 / values.len() as f64 };
                let (value, slack) = total(&values, share, slack, self.spec.below_one);
                (value, slack, bounds())
            }
            (Combine::Last, _) => known()
                .max_by_key(|row| row.at)
                .map_or((Value::Missing, slack, None), |row| (row.value, slack, row.bounds())),
            (Combine::Pooled, _) => {
                let (value, slack) = self.pooled(own);
                (value, slack, bounds())
            }
        };
        match found.0 {
            Value::Number(value) if value.abs() >= LIMIT => (Value::Missing, 0.0, None),
            _ => found,
        }
    }

    /// The ratio of the sums of what was divided and by what.
    fn pooled(&self, own: &[&Observed]) -> (Value, f64) {
        let (tops, divisors): (Vec<Value>, Vec<f64>) = own.iter().filter_map(|row| row.parts).unzip();
        let divisor: f64 = divisors.iter().sum();
        let factor = percent_factor(self.picked.unit);
        match total(&tops, 1.0, 0.0, self.spec.below_one) {
            _ if divisor == 0.0 => (Value::Missing, 0.0),
            (Value::Number(top), off) => (Value::Number(top / divisor * factor), off / divisor * factor),
            (Value::Below(bound), _) => (below(bound / divisor * factor), 0.0),
            (Value::Missing | Value::Word(_), _) => (Value::Missing, 0.0),
        }
    }

    /// Whether a part of a sum is not known, which then is remembered.
    fn lacks(&mut self, group: Option<usize>, who: Who, time: Option<Moment>, own: &[&Observed]) -> bool {
        let period = time.map(|time| self.period(time));
        let known: BTreeSet<usize> =
            own.iter().filter(|row| row.value != Value::Missing).filter_map(|row| row.group).collect();
        let expected = self.groups_at.get(&time).filter(|_| group.is_none());
        let groups: Vec<usize> =
            expected.into_iter().flatten().filter(|group| !known.contains(group)).copied().collect();
        let dates = self.each.is_some() && period.is_some_and(|period| !self.is_whole(own, period));
        // Empty cells before the first value of all, or after the last, are as good as no cells.
        let in_span = |at: Moment| self.span.is_none_or(|(first, last)| first <= at && at <= last);
        let missing = own.iter().any(|row| row.value == Value::Missing && row.at.is_none_or(in_span));
        if groups.is_empty() && !dates && (!missing || own.len() < 2) {
            return missing;
        }
        self.facts.push(Fact::Lacking { who, period, groups });
        true
    }

    /// Whether observations cover a period, as far as any observations of the dataset do, without a gap.
    fn is_whole(&self, own: &[&Observed], period: Period) -> bool {
        self.coverage(own, period).1 == 0
    }

    /// How many dates of a period there are, and how many are missing as far as any observations of the dataset
    /// reach: those of the group in which that is most.
    fn coverage(&self, own: &[&Observed], period: Period) -> (usize, usize) {
        let mut dates: Vec<(Option<usize>, Moment)> =
            own.iter().filter_map(|row| Some((row.group, row.at?))).collect();
        dates.sort_unstable();
        dates.dedup();
        let of_groups = dates.chunk_by(|a, b| a.0 == b.0);
        let all = of_groups.map(|dates| (dates.len(), self.lacking(dates, period)));
        all.max_by_key(|(_, lacking)| *lacking).unwrap_or_default()
    }

    fn lacking(&self, dates: &[(Option<usize>, Moment)], period: Period) -> usize {
        let step = self.picked.step;
        let (Some((first, last)), [(_, from), ..], [.., (_, to)]) = (self.span, dates, dates) else {
            return 0;
        };
        let start = period.first().max(first);
        let before = (!begins(*from, start, step)).then(|| libm::floor(steps(start, *from, step)));
        let moments: Vec<Moment> = dates.iter().map(|(_, at)| *at).collect();
        let gaps = pace::gaps(&moments, step).into_iter();
        let between = gaps.map(|(a, b)| libm::round(steps(a, b, step)) - 1.0);
        let after = (!reaches(*to, period.end(), step) && *to < last).then(|| {
            if last < period.end() {
                libm::floor(steps(*to, last, step))
            } else {
                libm::ceil(steps(*to, period.end(), step)) - 1.0
            }
        });
        before.into_iter().chain(between).chain(after).map(|count| count.max(1.0) as usize).sum()
    }

    /// The part of a period that its value is made of; `None` where that is all of it, or nothing is drawn of less.
    fn part(&self, own: &[&Observed], period: Period) -> Option<Part> {
        let known: Vec<&Observed> = own.iter().filter(|row| row.value != Value::Missing).copied().collect();
        let step = self.picked.step;
        match self.spec.combine {
            Combine::Sum | Combine::Never => None,
            Combine::Last => {
                let ((_, last), to) = (self.span?, known.iter().filter_map(|row| row.at).max()?);
                let is_late = reaches(to, period.end(), step) || to >= last;
                (!is_late).then(|| Part::Last(Period::around(to, self.picked.precision)))
            }
            Combine::Mean | Combine::Pooled => {
                let (known, lacking) = self.coverage(&known, period);
                (lacking > 0).then(|| Part::Dates(known, known + lacking, step))
            }
        }
    }
}

/// Where the dates of everybody are further apart than usual, but evenly.
fn even(rows: &[Row], gap: Step) -> Vec<(Who, Stretch)> {
    let whole = slice(rows, |row| row.group.cmp(&None));
    let stretches = whole.chunk_by(|a, b| a.who == b.who).flat_map(|own| {
        let dates: Vec<Moment> = own.iter().filter(|row| row.is_known()).filter_map(|row| row.at).collect();
        let who = own.first().map(|row| row.who);
        pace::stretches(&dates, gap).into_iter().filter_map(move |stretch| Some((who?, stretch)))
    });
    stretches.collect()
}

/// A subject counted twice in a period of one group: the last count stands.
fn keep_latest(own: &mut Vec<&Observed>) {
    let later = |row: &Observed, other: &&Observed| other.group == row.group && other.at > row.at;
    let kept: Vec<&Observed> =
        own.iter().filter(|row| !own.iter().any(|other| later(row, other))).copied().collect();
    *own = kept;
}

/// The sum of some values that are known, each counting for a share, and how far it may be off. What is made of
/// bounds and zeros alone is only known to be below their sum.
pub(super) fn total(values: &[Value], share: f64, slack: f64, below_one: f64) -> (Value, f64) {
    if values.is_empty() {
        return (Value::Missing, 0.0);
    }
    let (mut sum, mut bounds, mut off, mut has_numbers) = (0.0, 0.0, 0.0, false);
    for value in values {
        match *value {
            Value::Number(number) => {
                sum += number;
                off += slack;
                has_numbers |= number != 0.0;
            }
            Value::Below(bound) => {
                sum += bound * below_one;
                bounds += bound;
                off += bound * below_one.max(1.0 - below_one);
            }
            Value::Missing | Value::Word(_) => {}
        }
    }
    let count = values.len() as f64;
    // Divided, not multiplied by the share: a mean of whole numbers then is what a reader computes.
    let part = |sum: f64| if share < 1.0 { sum / count } else { sum };
    if !has_numbers && bounds > 0.0 {
        return (below(part(bounds)), 0.0);
    }
    (Value::Number(part(sum)), off * share)
}

/// The mean of the dates of some observations: where their one value stands.
fn middle(rows: &[&Observed]) -> Option<Moment> {
    if let [only] = rows {
        return only.at;
    }
    let seconds = || rows.iter().filter_map(|row| Some(row.at?.seconds()));
    let count = i64::try_from(seconds().count()).ok().filter(|count| *count > 0)?;
    Some(Moment::from_seconds(seconds().sum::<i64>() / count))
}

/// The dates at which the figure says that the way of counting changes.
fn changes(spec: &FigureSpec) -> Vec<Moment> {
    spec.events.iter().filter(|event| event.kind == EventKind::MethodChanged).map(|event| event.at).collect()
}
