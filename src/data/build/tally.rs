//! Several values of one date and series to one: their mean, their sum or the last of them.
//!
//! Memory follows the number of dates and series, whatever the number of rows. Sums carry the part that rounding
//! takes from them, so that neither the order of the rows nor how a file is cut into chunks shows in a result.
//! What a date or a name is has been decided before.

use crate::diag::{self, Diagnostic, Place};
use crate::time::moment::Moment;

use crate::data::build::builder::{Builder, Names};
use crate::data::model::findings::Findings;
use crate::data::model::observation::{Observation, Value};

/// What becomes of several values of one date and series.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aggregate {
    /// The mean of those that are there.
    Mean,
    /// Their sum; missing where one is missing.
    Sum,
    /// The last, in the order of the file, that is there.
    Last,
}

/// What tells one group of values from another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Key {
    /// The date; `None` in a table without dates.
    pub(crate) time: Option<Moment>,
    /// Index of the subject.
    pub(crate) subject: u32,
    /// Index of the group plus one; 0 where nothing is split.
    pub(crate) group: u32,
    /// Index of the kind.
    pub(crate) kind: u32,
}

impl Key {
    fn hash(self) -> u64 {
        let time = self.time.map_or(u64::MAX, |time| time.seconds().cast_unsigned());
        let names = u64::from(self.subject) ^ u64::from(self.group) << 24 ^ u64::from(self.kind) << 48;
        mixed(mixed(time) ^ names)
    }
}

/// Spreads the bits of a number over all of it.
pub(crate) fn mixed(bits: u64) -> u64 {
    let product = u128::from(bits ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    let folded = (product >> 64) as u64 ^ product as u64;
    folded
}

/// The values of one group and measure.
#[derive(Debug, Clone, Copy, Default)]
struct Values {
    /// The sum, or the last number.
    high: f64,
    /// What rounding took from the sum.
    low: f64,
    numbers: u32,
    bounds: u32,
    missing: u32,
    bound: f64,
}

impl Values {
    fn add_number(&mut self, value: f64) {
        // Knuth's two-sum: `low` gets exactly what `high` loses.
        let sum = self.high + value;
        let part = sum - self.high;
        self.low += (self.high - (sum - part)) + (value - part);
        self.high = sum;
        self.numbers = self.numbers.saturating_add(1);
    }

    fn add(&mut self, reading: Value, how: Aggregate) {
        match reading {
            Value::Number(value) if how == Aggregate::Last => {
                *self = Values { high: value, numbers: 1, ..Values::default() };
            }
            Value::Below(bound) if how == Aggregate::Last => {
                *self = Values { bound, bounds: 1, ..Values::default() };
            }
            Value::Number(value) => self.add_number(value),
            Value::Below(bound) => {
                self.bounds = self.bounds.saturating_add(1);
                self.bound = self.bound.max(bound);
            }
            Value::Missing => self.missing = self.missing.saturating_add(1),
        }
    }

    /// Adds the values of rows further down.
    fn append(&mut self, later: Values, how: Aggregate) {
        if how == Aggregate::Last {
            if later.numbers + later.bounds > 0 {
                *self = later;
            } else {
                self.missing = self.missing.saturating_add(later.missing);
            }
            return;
        }
        self.add_number(later.high);
        self.low += later.low;
        self.numbers = self.numbers.saturating_sub(1).saturating_add(later.numbers);
        self.bounds = self.bounds.saturating_add(later.bounds);
        self.missing = self.missing.saturating_add(later.missing);
        self.bound = self.bound.max(later.bound);
    }

    /// What they come to; `None` where bounds stand among other values, or the sum is beyond all numbers.
    fn result(self, how: Aggregate) -> Option<Value> {
        match (self.numbers, self.bounds) {
            (0, 0) => return Some(Value::Missing),
            (0, 1) => return Some(Value::Below(self.bound)),
            (0, _) if how == Aggregate::Mean => return Some(Value::Below(self.bound)),
            (_, 0) => {}
            _ => return None,
        }
        let sum = self.high + self.low;
        let value = match how {
            Aggregate::Sum if self.missing > 0 => return Some(Value::Missing),
            Aggregate::Mean => sum / f64::from(self.numbers),
            Aggregate::Sum | Aggregate::Last => sum,
        };
        value.is_finite().then_some(Value::Number(value))
    }
}

/// Values by date and series.
pub(crate) struct Tally {
    how: Aggregate,
    measures: usize,
    /// The groups in the order they came, each with the line of its first row.
    groups: Vec<(Key, u32)>,
    values: Vec<Values>,
    /// Open addressing: places in `groups` plus one, 0 where free.
    slots: Vec<u32>,
    /// What else the rows of each group say, in a number; empty while nobody asks.
    marks: Vec<u64>,
    /// The last group of each subject: rows of one date mostly stand together.
    recent: Vec<u32>,
}

impl Tally {
    /// Nothing yet, of so many measures.
    pub(crate) fn new(how: Aggregate, measures: usize) -> Self {
        Tally {
            how,
            measures,
            groups: Vec::new(),
            values: Vec::new(),
            slots: vec![0; 64],
            marks: Vec::new(),
            recent: Vec::new(),
        }
    }

    /// How many groups there are.
    pub(crate) fn len(&self) -> usize {
        self.groups.len()
    }

    /// The place of a group, new or known. `line` is that of the row at hand.
    #[inline]
    pub(crate) fn place(&mut self, key: Key, line: u32) -> usize {
        let recent = self.recent.get(key.subject as usize).map_or(usize::MAX, |place| *place as usize);
        if self.groups.get(recent).is_some_and(|(known, _)| *known == key) {
            return recent;
        }
        self.search(key, line)
    }

    fn search(&mut self, key: Key, line: u32) -> usize {
        if (self.groups.len() + 1) * 2 > self.slots.len() {
            self.grow();
        }
        let slot = self.slot(key);
        let place = match self.slots.get(slot) {
            Some(&taken) if taken > 0 => taken as usize - 1,
            _ => {
                self.groups.push((key, line));
                self.values.resize(self.groups.len() * self.measures, Values::default());
                if let Some(free) = self.slots.get_mut(slot) {
                    *free = narrow(self.groups.len());
                }
                self.groups.len() - 1
            }
        };
        let subject = key.subject as usize;
        if self.recent.len() <= subject {
            self.recent.resize(subject + 1, u32::MAX);
        }
        if let Some(recent) = self.recent.get_mut(subject) {
            *recent = narrow(place);
        }
        place
    }

    /// Where a key stands among the slots, or would.
    fn slot(&self, key: Key) -> usize {
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits are as good as any")]
        let mut slot = key.hash() as usize & mask;
        loop {
            match self.slots.get(slot) {
                Some(&taken) if taken > 0 => {
                    if self.groups.get(taken as usize - 1).is_some_and(|(known, _)| *known == key) {
                        return slot;
                    }
                }
                _ => return slot,
            }
            slot = (slot + 1) & mask;
        }
    }

    fn grow(&mut self) {
        self.slots = vec![0; self.slots.len() * 4];
        for place in 0..self.groups.len() {
            let Some((key, _)) = self.groups.get(place) else { continue };
            let slot = self.slot(*key);
            if let Some(free) = self.slots.get_mut(slot) {
                *free = narrow(place + 1);
            }
        }
    }

    /// Whether all rows of a group so far have the same mark, which is not 0.
    pub(crate) fn marks_as(&mut self, place: usize, mark: u64) -> bool {
        if self.marks.len() <= place {
            self.marks.resize(place + 1, 0);
        }
        match self.marks.get_mut(place) {
            Some(known) if *known == 0 => *known = mark,
            Some(known) => return *known == mark,
            None => {}
        }
        true
    }

    /// Adds a value to a group.
    #[inline]
    pub(crate) fn add(&mut self, place: usize, measure: usize, reading: Value) {
        if let Some(values) = self.values.get_mut(place * self.measures + measure) {
            values.add(reading, self.how);
        }
    }

    /// Adds the groups of rows further down, whose lines and names are translated. Gives the line of one whose
    /// mark differs.
    pub(crate) fn append(&mut self, later: &Tally, lines: u32, key: impl Fn(Key) -> Key) -> Option<u32> {
        let of_groups = later.values.chunks_exact(self.measures.max(1));
        let mut other = None;
        for (index, ((theirs, line), values)) in later.groups.iter().zip(of_groups).enumerate() {
            let place = self.place(key(*theirs), line.saturating_add(lines));
            if let Some(&mark) = later.marks.get(index)
                && !self.marks_as(place, mark)
            {
                other = other.or(Some(line.saturating_add(lines)));
            }
            for (own, later) in self.values.iter_mut().skip(place * self.measures).zip(values) {
                own.append(*later, self.how);
            }
        }
        other
    }

    /// What all groups come to, by date; what cannot be aggregated is a fault.
    pub(crate) fn observations(mut self, subjects: &Names, findings: &mut Findings<'_>) -> Vec<Observation> {
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        let sorted_by = |place: &usize| self.groups.get(*place).map(|(key, line)| (key.time, *line));
        order.sort_by_key(sorted_by);
        let mut observations = Vec::with_capacity(self.values.len());
        for place in order {
            let Some((key, line)) = self.groups.get(place).copied() else { continue };
            let of_group = self.values.iter().skip(place * self.measures).take(self.measures);
            for (measure, values) in of_group.enumerate() {
                // A row lacks the measures it is too short for.
                if values.numbers + values.bounds + values.missing == 0 {
                    continue;
                }
                let Some(value) = values.result(self.how) else {
                    let place = Place { line: Some(line), ..Place::file(findings.file) };
                    findings.fault(|| unclear(*values, key, subjects, place));
                    continue;
                };
                observations.push(Observation {
                    time: key.time,
                    subject: key.subject as usize,
                    measure,
                    group: (key.group as usize).checked_sub(1),
                    kind: key.kind as usize,
                    value,
                    line: line.into(),
                });
            }
        }
        self.slots.clear();
        observations
    }
}

fn unclear(values: Values, key: Key, subjects: &Names, place: Place) -> Diagnostic {
    let name = crate::diag::quoted(subjects.get(key.subject as usize));
    let when = key.time.map(|time| format!(" at {time}")).unwrap_or_default();
    let error = match values.bounds {
        0 => diag::error("sum-too-large", format!("the values of {name}{when} are too large to be added")),
        _ => diag::error(
            "bound-in-aggregate",
            format!("cannot aggregate the values of {name}{when}: some are only known to be below a bound"),
        )
        .hint("use `aggregate = \"last\"`, or replace the bounds by numbers"),
    };
    error.at(place)
}

fn narrow(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

impl Aggregate {
    /// The sentence on what has become of the rows.
    pub(crate) fn note(self, values: u64, groups: usize) -> String {
        let what = match self {
            Aggregate::Mean => "the mean of those that are there",
            Aggregate::Sum => "their sum",
            Aggregate::Last => "the last that is there",
        };
        let rows = if values == 1 { "1 row".into() } else { format!("{values} rows") };
        let dates = if groups == 1 { "1 value".into() } else { format!("{groups} values") };
        format!("Grouped {rows} to {dates}, one for each date and series: {what}.")
    }
}

impl Builder {
    /// Makes one observation of all that share date and series, and notes it.
    pub(crate) fn aggregate(&mut self, how: Aggregate, findings: &mut Findings<'_>) {
        if findings.failed() {
            return;
        }
        let mut tally = Tally::new(how, self.measures.len());
        let (mut rows, mut line) = (0, None);
        for o in std::mem::take(&mut self.observations) {
            rows += u64::from(line.replace(o.line) != Some(o.line));
            let key = Key {
                time: o.time,
                subject: narrow(o.subject),
                group: o.group.map_or(0, |group| narrow(group + 1)),
                kind: narrow(o.kind),
            };
            let place = tally.place(key, o.line.number);
            tally.add(place, o.measure, o.value);
        }
        findings.note(how.note(rows, tally.len()));
        self.take(tally, findings);
    }

    /// Takes the results of a tally as the observations.
    pub(crate) fn take(&mut self, tally: Tally, findings: &mut Findings<'_>) {
        self.observations = tally.observations(&self.subjects, findings);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(time: i64, subject: u32) -> Key {
        Key { time: Some(Moment::from_seconds(time)), subject, group: 0, kind: 0 }
    }

    fn results(how: Aggregate, rows: &[(i64, u32, Value)], cut: usize) -> Vec<(i64, usize, u32, Value)> {
        let (mut first, mut second) = (Tally::new(how, 1), Tally::new(how, 1));
        for (i, (time, subject, reading)) in rows.iter().enumerate() {
            let tally = if i < cut { &mut first } else { &mut second };
            let line = narrow(if i < cut { i + 1 } else { i + 1 - cut });
            let place = tally.place(key(*time, *subject), line);
            tally.add(place, 0, *reading);
        }
        first.append(&second, narrow(cut), |key| key);
        let mut findings = Findings::new("f");
        let observations = first.observations(&Names::default(), &mut findings);
        let row = |o: Observation| (o.time.unwrap().seconds(), o.subject, o.line.number, o.value);
        let mut rows: Vec<_> = observations.into_iter().map(row).collect();
        if let Err(report) = findings.finish() {
            rows.extend(
                report
                    .diagnostics
                    .iter()
                    .map(|d| (-1, 0, d.place.as_ref().and_then(|place| place.line).unwrap(), Value::Missing)),
            );
        }
        rows
    }

    #[test]
    fn groups_come_by_date_with_the_line_of_their_first_row() {
        use Value::{Missing, Number};
        let rows =
            [(2, 0, Number(1.0)), (1, 0, Number(2.0)), (2, 0, Number(4.0)), (2, 1, Missing), (2, 0, Missing)];
        for cut in 0..=rows.len() {
            let expected = |value| vec![(1, 0, 2, Number(2.0)), (2, 0, 1, value), (2, 1, 4, Missing)];
            assert_eq!(results(Aggregate::Mean, &rows, cut), expected(Number(2.5)), "{cut}");
            assert_eq!(results(Aggregate::Last, &rows, cut), expected(Number(4.0)), "{cut}");
            assert_eq!(results(Aggregate::Sum, &rows, cut), expected(Missing), "{cut}");
        }
    }

    #[test]
    fn bounds_are_never_added_to_numbers() {
        use Value::{Below, Number};
        for cut in 0..=2 {
            let mixed = [(0, 0, Below(1.0)), (0, 0, Number(3.0))];
            assert_eq!(results(Aggregate::Mean, &mixed, cut), [(-1, 0, 1, Value::Missing)]);
            assert_eq!(results(Aggregate::Last, &mixed, cut), [(0, 0, 1, Number(3.0))]);
            let bounds = [(0, 0, Below(1.0)), (0, 0, Below(2.0))];
            assert_eq!(results(Aggregate::Mean, &bounds, cut), [(0, 0, 1, Below(2.0))]);
            assert_eq!(results(Aggregate::Sum, &bounds, cut), [(-1, 0, 1, Value::Missing)]);
        }
    }

    #[test]
    fn sums_do_not_lose_what_is_small() {
        let rows: Vec<_> = [1e16, 1.0, 1.0, -1e16].map(|value| (0, 0, Value::Number(value))).into();
        for cut in 0..=4 {
            assert_eq!(results(Aggregate::Sum, &rows, cut), [(0, 0, 1, Value::Number(2.0))]);
        }
        let tenths = vec![(0, 0, Value::Number(0.1)); 1000];
        assert_eq!(results(Aggregate::Sum, &tenths, 313), [(0, 0, 1, Value::Number(100.0))]);
    }

    #[test]
    fn many_groups_are_all_found_again() {
        let mut tally = Tally::new(Aggregate::Mean, 1);
        let keys: Vec<Key> =
            (0..5000).map(|i| Key { group: i % 3, ..key(i64::from(i % 701) * 86_400, i % 17) }).collect();
        let places: Vec<usize> = keys.iter().map(|key| tally.place(*key, 1)).collect();
        for (key, place) in keys.iter().zip(&places) {
            assert_eq!(tally.place(*key, 2), *place);
            assert_eq!(tally.groups[*place], (*key, 1));
        }
    }
}
