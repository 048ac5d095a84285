//! What groups of values come to.

use super::{Aggregate, Aggregation, Column, Values, narrow};
use crate::data::build::builder::Names;
use crate::data::build::sum;
use crate::data::model::findings::Findings;
use crate::data::model::observation::{Observation, Value};
use crate::diag::{self, Diagnostic, Place};
use crate::time::moment::Moment;

impl Aggregation {
    /// How many observations of one measure there are.
    pub(crate) fn count(&self, columns: &[Column]) -> usize {
        if columns.iter().any(|column| column.is_decided()) {
            self.values.iter().filter(|values| !values.is_empty()).count()
        } else {
            self.groups.len()
        }
    }

    /// What values come to; `None` where bounds stand among other values, or the sum is beyond all numbers.
    fn result(&self, values: Values, column: usize) -> Option<Value> {
        let rare = self.rare(values);
        let (bounds, bound) = rare.map_or((0, 0.0), |rare| (rare.bounds, rare.bound));
        match (values.numbers, bounds) {
            (0, 0) => return Some(Value::Missing),
            (0, 1) => return Some(Value::Below(bound)),
            (0, _) if self.how == Aggregate::Mean => return Some(Value::Below(bound)),
            (_, 0) => {}
            _ => return None,
        }
        let sum = || {
            let places = self.places.get(column).copied().unwrap_or(0);
            let decimal =
                sum::quotient(rare.map_or(0, |rare| rare.wide).saturating_add(values.sum.into()), places);
            match rare.filter(|rare| !rare.partials.is_empty()) {
                Some(rare) => {
                    let mut partials = rare.partials.clone();
                    partials.add(decimal);
                    partials.value()
                }
                None => decimal,
            }
        };
        let value = match self.how {
            Aggregate::Last => f64::from_bits(values.sum.cast_unsigned()),
            Aggregate::Sum if values.lacks() => return Some(Value::Missing),
            Aggregate::Sum => sum(),
            Aggregate::Mean => sum() / f64::from(values.numbers),
        };
        value.is_finite().then_some(Value::Number(value))
    }

    /// What all groups come to, by date; what cannot be aggregated is a fault.
    pub(crate) fn observations(
        self,
        columns: &[Column],
        line: impl Fn(u64) -> u32,
        subjects: &Names,
        findings: &mut Findings<'_>,
    ) -> Vec<Observation> {
        let order = self.order(columns);
        let mut observations = Vec::with_capacity(order.len());
        for (_, first, index) in order {
            let (place, of) = (index / self.columns, index % self.columns);
            let (Some(group), Some(values), Some(column)) =
                (self.groups.get(place), self.values.get(index), columns.get(of))
            else {
                continue;
            };
            let Some(series) = self.series.get(group.series as usize) else { continue };
            let time = self.moment(group.time).or(column.time);
            let (subject, line) = (column.subject.unwrap_or(series.subject) as usize, line(first));
            let Some(value) = self.result(*values, of) else {
                let place = Place { line: Some(line), ..Place::file(findings.file) };
                let bounds = self.rare(*values).is_some_and(|rare| rare.bounds > 0);
                findings.fault(|| unclear(bounds, time, subjects.get(subject), place));
                continue;
            };
            observations.push(Observation {
                time,
                subject,
                measure: series.measure as usize * self.columns + column.measure,
                group: series.group.checked_sub(1).or(column.group).map(|group| group as usize),
                kind: series.kind as usize,
                value,
                line: line.into(),
            });
        }
        observations
    }

    /// The values that are there, by date and by where they stand.
    fn order(&self, columns: &[Column]) -> Vec<(u32, u64, usize)> {
        let of_columns = columns.iter().map(|column| column.time).filter(Option::is_some);
        let mut times: Vec<_> = self.times.iter().copied().chain(of_columns).collect();
        times.sort_unstable();
        times.dedup();
        let rank = |time: Option<Moment>| narrow(times.binary_search(&time).unwrap_or(0));
        let ranks: Vec<u32> = self.times.iter().map(|time| rank(*time)).collect();
        let own_ranks: Vec<Option<u32>> =
            columns.iter().map(|column| column.time.map(|time| rank(Some(time)))).collect();
        let mut order = Vec::with_capacity(self.values.len());
        for (index, values) in self.values.iter().enumerate().filter(|(_, values)| !values.is_empty()) {
            let place = index / self.columns;
            let decided = columns.get(index % self.columns).is_some_and(|column| column.is_decided());
            let own = self.rare(*values).and_then(|rare| rare.first).filter(|_| decided);
            let of_row = || self.groups.get(place).and_then(|group| ranks.get(group.time as usize)).copied();
            let rank = own_ranks.get(index % self.columns).copied().flatten().or_else(of_row);
            let first = own.or_else(|| self.firsts.get(place).copied());
            order.push((rank.unwrap_or(0), first.unwrap_or(0), index));
        }
        order.sort_unstable();
        order
    }
}

fn unclear(bounds: bool, time: Option<Moment>, subject: &str, place: Place) -> Diagnostic {
    let name = crate::diag::quoted(subject);
    let when = time.map(|time| format!(" at {time}")).unwrap_or_default();
    let error = match bounds {
        false => {
            diag::error("sum-too-large", format!("the values of {name}{when} are too large to be added"))
        }
        true => diag::error(
            "bound-in-aggregate",
            format!("cannot aggregate the values of {name}{when}: some are only known to be below a bound"),
        )
        .hint("use `aggregate = \"last\"`, or replace the bounds by numbers"),
    };
    error.at(place)
}
