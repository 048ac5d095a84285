//! What two parts of a file come to together: where a row stands decides what is first and last, whoever read it.

use super::{Aggregate, Aggregation, MISSING, Series, Values, earlier};
use crate::data::model::observation::Value;

impl Aggregation {
    /// Gives series other names.
    pub(crate) fn rename(&mut self, name: impl Fn(Series) -> Series) {
        self.series_table.clear();
        for series in std::mem::take(&mut self.series) {
            self.series(name(series));
        }
    }

    /// Adds what another has of other rows, with other names for its series.
    pub(crate) fn append(&mut self, other: &Aggregation, name: impl Fn(Series) -> Series) {
        let times: Vec<u32> = other.times.iter().map(|time| self.time(*time)).collect();
        let series: Vec<u32> = other.series.iter().map(|series| self.series(name(*series))).collect();
        for (column, places) in other.places.iter().enumerate() {
            if self.places.get(column).is_some_and(|have| have < places) {
                self.move_point(column, *places);
            }
        }
        self.told_apart = earlier(self.told_apart, other.told_apart);
        for (place, (group, &theirs)) in other.groups.iter().zip(&other.firsts).enumerate() {
            let (Some(&time), Some(&series)) =
                (times.get(group.time as usize), series.get(group.series as usize))
            else {
                continue;
            };
            self.turn_to(time, series, theirs);
            let Some(own) = self.firsts.get_mut(self.group) else { continue };
            let first = std::mem::replace(own, theirs.min(*own));
            if let Some(&mark) = other.marks.get(place).filter(|mark| **mark != 0) {
                self.append_mark(mark, first, theirs);
            }
            for column in 0..self.columns {
                self.append_values(column, first, other, place, theirs);
            }
        }
    }

    fn append_mark(&mut self, mark: u64, first: u64, theirs: u64) {
        let own = self.marks.get(self.group).copied().unwrap_or(0);
        self.mark(mark, first.max(theirs));
        if let Some(known) = self.marks.get_mut(self.group).filter(|_| own == 0 || theirs < first) {
            *known = mark;
        }
    }

    /// Adds the values of another's group in a column to those of the group at hand; the groups' first rows stand
    /// at `first` and at `theirs`.
    fn append_values(&mut self, column: usize, first: u64, other: &Aggregation, place: usize, theirs: u64) {
        let index = self.group * self.columns + column;
        let Some(&later) = other.values.get(place * self.columns + column) else { return };
        let Some(&own) = self.values.get(index) else { return };
        let begins = |aggregation: &Aggregation, values: Values, first: u64| {
            (!values.is_empty())
                .then(|| aggregation.rare(values).and_then(|rare| rare.first).unwrap_or(first))
        };
        let begins = earlier(begins(self, own, first), begins(other, later, theirs));
        let rare = other.rare(later);
        if self.how == Aggregate::Last {
            let last = |aggregation: &Aggregation, index: usize, values: Values| {
                let any = values.numbers + aggregation.rare(values).map_or(0, |rare| rare.bounds) > 0;
                any.then(|| aggregation.lasts.get(index).copied()).flatten()
            };
            let at = last(other, place * self.columns + column, later);
            if at > last(self, index, own) {
                let number = Value::Number(f64::from_bits(later.sum.cast_unsigned()));
                let bound = rare.filter(|rare| rare.bounds > 0).map(|rare| Value::Below(rare.bound));
                self.keep_last(index, bound.unwrap_or(number), at.unwrap_or(0));
            }
        } else {
            let places = other.places.get(column).copied().unwrap_or(0);
            self.add_decimal(column, index, later.sum.into(), places);
            if let Some(rare) = rare {
                self.add_decimal(column, index, rare.wide, places);
                self.change_rare(index, |own| {
                    own.partials.append(&rare.partials);
                    own.bounds = own.bounds.saturating_add(rare.bounds);
                    own.bound = own.bound.max(rare.bound);
                });
            }
            if let Some(values) = self.values.get_mut(index) {
                values.numbers = values.numbers.saturating_add(later.numbers);
            }
        }
        let Some(values) = self.values.get_mut(index) else { return };
        values.rare |= later.rare & MISSING;
        let apart = begins.filter(|at| *at != first.min(theirs));
        if apart.is_some() || values.rare().is_some() {
            self.change_rare(index, |rare| rare.first = apart);
        }
    }
}
