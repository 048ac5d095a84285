//! Several values of one date and series to one: their mean, their sum or the last of them.
//!
//! Memory follows the number of dates and series, whatever the number of rows. Sums are exact, and what came first
//! or last is known by where it stands, so that neither the order of the rows nor who reads which part of a file
//! shows in a result. What a date or a name is has been decided before.

mod append;
mod observations;
pub(crate) mod readings;

use hashbrown::HashTable;

use crate::time::moment::Moment;

use crate::data::build::builder::Builder;
use crate::data::build::sum::{self, Partials};
use crate::data::model::findings::Findings;
use crate::data::model::observation::Value;

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

/// Whom the values of a group are of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Series {
    /// Index of the subject.
    pub(crate) subject: u32,
    /// Index of the group plus one; 0 where nothing is split.
    pub(crate) group: u32,
    /// Index of the kind.
    pub(crate) kind: u32,
    /// Index of the measure among those that rows name; then each has as many as there are columns.
    pub(crate) measure: u32,
}

/// What a column of values is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Column {
    pub(crate) measure: usize,
    /// The subject, the group and the date, where the column decides them and not the row.
    pub(crate) subject: Option<u32>,
    pub(crate) group: Option<u32>,
    pub(crate) time: Option<Moment>,
}

/// Spreads the bits of a number over all of it.
#[inline]
pub(crate) fn mixed(bits: u64) -> u64 {
    let product = u128::from(bits ^ 0x9E37_79B9_7F4A_7C15) * 0xD6E8_FEB8_6659_FD93;
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    let folded = (product >> 64) as u64 ^ product as u64;
    folded
}

/// The values of one group in one column.
#[derive(Debug, Clone, Copy, Default)]
struct Values {
    /// The sum of decimals, as far as it has room, over a power of ten that the whole column shares. Of the last
    /// number, its bits.
    sum: i64,
    numbers: u32,
    /// The place of what few values have, plus one; and [`MISSING`] where one is missing.
    rare: u32,
}

/// A bit of [`Values::rare`].
const MISSING: u32 = 1 << 31;

impl Values {
    fn is_empty(self) -> bool {
        self.numbers == 0 && self.rare == 0
    }

    fn lacks(self) -> bool {
        self.rare & MISSING != 0
    }

    /// The place of what few values have.
    fn rare(self) -> Option<usize> {
        ((self.rare & !MISSING) as usize).checked_sub(1)
    }
}

/// What few values have.
#[derive(Debug, Clone, Default)]
struct Rare {
    /// What found no room in the sum.
    wide: i128,
    /// Numbers that are no decimals.
    partials: Partials,
    bounds: u32,
    bound: f64,
    /// Where the first value stands, if that is not the first row of its group.
    first: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Group {
    time: u32,
    series: u32,
}

impl Group {
    fn hash(self) -> u64 {
        mixed(u64::from(self.time) << 32 | u64::from(self.series))
    }
}

/// A grid may be so large, or have so many cells for each group.
const GRID_LEAST: usize = 1 << 16;
const GRID_MOST: usize = 16;

/// Where the groups are: their places plus one, 0 for none.
enum Places {
    /// For each series and each date: it needs no search, and rows that stand together are neighbours.
    Grid { rows: Vec<Vec<u32>>, cells: usize },
    /// Where few of all dates have a value of each series, as the grid would be much larger than what is in it.
    Table(HashTable<u32>),
}

/// Values by date and series.
pub(crate) struct Aggregation {
    how: Aggregate,
    columns: usize,
    times: Vec<Option<Moment>>,
    time_table: HashTable<u32>,
    series: Vec<Series>,
    series_table: HashTable<u32>,
    groups: Vec<Group>,
    group_places: Places,
    /// Where the first row of each group stands.
    firsts: Vec<u64>,
    values: Vec<Values>,
    rare: Vec<Rare>,
    /// Where the last value stands, if that is what is wanted.
    lasts: Vec<u64>,
    /// How many places behind the point the sums of each column have.
    places: Vec<usize>,
    /// What else the rows of each group say, in a number; empty while nobody asks.
    marks: Vec<u64>,
    told_apart: Option<u64>,
    /// The group at hand.
    group: usize,
    /// The groups of rows whose cells are not added yet.
    turns: Vec<usize>,
    /// Whether numbers are added, and not replaced.
    adds: bool,
}

impl Aggregation {
    /// Nothing yet, of so many columns of values.
    pub(crate) fn new(how: Aggregate, columns: usize) -> Self {
        Aggregation {
            how,
            columns,
            times: Vec::new(),
            time_table: HashTable::new(),
            series: Vec::new(),
            series_table: HashTable::new(),
            groups: Vec::new(),
            group_places: Places::Grid { rows: Vec::new(), cells: 0 },
            firsts: Vec::new(),
            values: Vec::new(),
            rare: Vec::new(),
            lasts: Vec::new(),
            places: vec![0; columns],
            marks: Vec::new(),
            told_apart: None,
            group: 0,
            turns: Vec::new(),
            adds: how != Aggregate::Last,
        }
    }

    /// The number of a date, new or known.
    pub(crate) fn time(&mut self, time: Option<Moment>) -> u32 {
        let hash = |time: Option<Moment>| mixed(time.map_or(u64::MAX, |time| time.seconds().cast_unsigned()));
        let times = &self.times;
        let known = |&place: &u32| times.get(place as usize) == Some(&time);
        if let Some(&known) = self.time_table.find(hash(time), known) {
            return known;
        }
        let rehash = |&place: &u32| hash(times.get(place as usize).copied().flatten());
        self.time_table.insert_unique(hash(time), narrow(times.len()), rehash);
        self.times.push(time);
        narrow(self.times.len() - 1)
    }

    /// What becomes of several values.
    pub(crate) fn how(&self) -> Aggregate {
        self.how
    }

    /// The moment of a date by its number.
    pub(crate) fn moment(&self, time: u32) -> Option<Moment> {
        self.times.get(time as usize).copied().flatten()
    }

    /// The number of a series, new or known.
    pub(crate) fn series(&mut self, series: Series) -> u32 {
        let hash = |series: &Series| {
            let names = u64::from(series.kind) << 32 | u64::from(series.measure);
            mixed(mixed(u64::from(series.subject) << 32 | u64::from(series.group)) ^ names)
        };
        let all = &self.series;
        if let Some(&known) = self.series_table.find(hash(&series), |&p| all.get(p as usize) == Some(&series))
        {
            return known;
        }
        let rehash = |&place: &u32| all.get(place as usize).map_or(0, hash);
        self.series_table.insert_unique(hash(&series), narrow(all.len()), rehash);
        self.series.push(series);
        narrow(self.series.len() - 1)
    }

    /// Turns to a group, new or known. `at` is where the row at hand stands.
    #[inline(always)]
    pub(crate) fn turn_to(&mut self, time: u32, series: u32, at: u64) {
        if let Places::Grid { rows, .. } = &self.group_places
            && let Some(&place) = rows.get(series as usize).and_then(|row| row.get(time as usize))
            && place > 0
        {
            self.group = place as usize - 1;
        } else {
            self.search(Group { time, series }, at);
        }
    }

    fn search(&mut self, group: Group, at: u64) {
        let known = match &self.group_places {
            Places::Grid { .. } => None,
            Places::Table(table) => {
                table.find(group.hash(), |&place| self.groups.get(place as usize) == Some(&group)).copied()
            }
        };
        self.group = known.map_or(self.groups.len(), |place| place as usize);
        if known.is_none() {
            self.groups.push(group);
            self.firsts.push(at);
            self.values.resize(self.groups.len() * self.columns, Values::default());
            self.settle(group);
        }
    }

    /// Remembers the place of the last group.
    fn settle(&mut self, group: Group) {
        let groups = &self.groups;
        let hash = |&place: &u32| groups.get(place as usize).map_or(0, |group| group.hash());
        match &mut self.group_places {
            Places::Table(table) => _ = table.insert_unique(group.hash(), narrow(groups.len() - 1), hash),
            Places::Grid { rows, cells } => {
                let (series, time) = (group.series as usize, group.time as usize);
                if rows.len() <= series {
                    rows.resize(series + 1, Vec::new());
                }
                let Some(row) = rows.get_mut(series) else { return };
                *cells += (time + 1).saturating_sub(row.len());
                if *cells > GRID_LEAST.max(groups.len() * GRID_MOST) {
                    let mut table = HashTable::with_capacity(groups.len());
                    for (place, group) in (0..).zip(groups) {
                        table.insert_unique(group.hash(), place, hash);
                    }
                    self.group_places = Places::Table(table);
                    return;
                }
                if row.len() <= time {
                    row.resize(time + 1, 0);
                }
                if let Some(cell) = row.get_mut(time) {
                    *cell = narrow(groups.len());
                }
            }
        }
    }

    /// Takes note of what else a row of the group at hand says, as a number that is not 0.
    pub(crate) fn mark(&mut self, mark: u64, at: u64) {
        if self.marks.len() <= self.group {
            self.marks.resize(self.group + 1, 0);
        }
        match self.marks.get_mut(self.group) {
            Some(known) if *known == 0 => *known = mark,
            Some(known) if *known != mark => self.told_apart = earlier(self.told_apart, Some(at)),
            _ => {}
        }
    }

    /// Where the first row stands that has another mark than those of its group before it.
    pub(crate) fn told_apart(&self) -> Option<u64> {
        self.told_apart
    }

    /// Adds a value to the group at hand.
    pub(crate) fn add(&mut self, column: usize, reading: Value, at: u64) {
        let index = self.group * self.columns + column;
        let Some(values) = self.values.get(index).copied() else { return };
        let first = self.firsts.get(self.group).copied();
        if values.is_empty() && first != Some(at) {
            self.change_rare(index, |rare| rare.first = Some(at));
        }
        if self.how == Aggregate::Last && reading != Value::Missing {
            self.keep_last(index, reading, at);
            return;
        }
        match reading {
            Value::Number(number) => {
                match sum::decimal(number) {
                    Some((digits, places)) => self.add_decimal(column, index, digits.into(), places),
                    None => self.change_rare(index, |rare| rare.partials.add(number)),
                }
                if let Some(values) = self.values.get_mut(index) {
                    values.numbers = values.numbers.saturating_add(1);
                }
            }
            Value::Below(bound) => self.change_rare(index, |rare| {
                rare.bounds = rare.bounds.saturating_add(1);
                rare.bound = rare.bound.max(bound);
            }),
            // Words are never counted together: that is refused before.
            Value::Missing | Value::Word(_) => {
                if let Some(values) = self.values.get_mut(index) {
                    values.rare |= MISSING;
                }
            }
        }
    }

    fn keep_last(&mut self, index: usize, reading: Value, at: u64) {
        self.lasts.resize(self.values.len(), 0);
        if let Some(last) = self.lasts.get_mut(index) {
            *last = at;
        }
        let bits = match reading {
            Value::Number(number) => number.to_bits().cast_signed(),
            _ => 0,
        };
        let (numbers, bound) = match reading {
            Value::Below(bound) => (0, Some(bound)),
            _ => (1, None),
        };
        let Some(values) = self.values.get_mut(index) else { return };
        (values.sum, values.numbers) = (bits, numbers);
        if bound.is_some() || values.rare().is_some() {
            self.change_rare(index, |rare| {
                (rare.bounds, rare.bound) = (u32::from(bound.is_some()), bound.unwrap_or(0.0));
            });
        }
    }

    fn add_decimal(&mut self, column: usize, index: usize, digits: i128, places: usize) {
        let have = self.places.get(column).copied().unwrap_or(0);
        if places > have {
            self.move_point(column, places);
        }
        let digits = digits.saturating_mul(sum::ten(have.max(places) - places).into());
        let narrow = i64::try_from(digits).ok();
        if let Some(values) = self.values.get_mut(index)
            && let Some(sum) = narrow.and_then(|digits| values.sum.checked_add(digits))
        {
            values.sum = sum;
            return;
        }
        self.change_rare(index, |rare| rare.wide = rare.wide.saturating_add(digits));
    }

    /// Gives the sums of a column more places behind the point.
    fn move_point(&mut self, column: usize, places: usize) {
        let Some(have) = self.places.get_mut(column) else { return };
        let ten = sum::ten(places - std::mem::replace(have, places));
        if self.how == Aggregate::Last {
            return;
        }
        let width = self.columns.max(1);
        for index in (column..self.values.len()).step_by(width) {
            let Some(values) = self.values.get_mut(index) else { continue };
            if let Some(rare) = values.rare().and_then(|rare| self.rare.get_mut(rare)) {
                rare.wide = rare.wide.saturating_mul(ten.into());
            }
            let sum = i128::from(values.sum) * i128::from(ten);
            values.sum = i64::try_from(sum).unwrap_or(0);
            if i128::from(values.sum) != sum {
                self.change_rare(index, |rare| rare.wide = rare.wide.saturating_add(sum));
            }
        }
    }

    fn change_rare(&mut self, index: usize, change: impl FnOnce(&mut Rare)) {
        let Some(values) = self.values.get_mut(index) else { return };
        let place = values.rare().unwrap_or(self.rare.len());
        if place == self.rare.len() {
            self.rare.push(Rare::default());
            values.rare |= narrow(self.rare.len());
        }
        if let Some(rare) = self.rare.get_mut(place) {
            change(rare);
        }
    }

    fn rare(&self, values: Values) -> Option<&Rare> {
        values.rare().and_then(|place| self.rare.get(place))
    }
}

impl Column {
    /// A column whose rows say whom it is of.
    pub(crate) fn of(measure: usize) -> Self {
        Column { measure, subject: None, group: None, time: None }
    }

    fn is_decided(self) -> bool {
        self.subject.is_some() || self.group.is_some() || self.time.is_some()
    }
}

fn earlier(one: Option<u64>, other: Option<u64>) -> Option<u64> {
    one.into_iter().chain(other).min()
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
        let columns: Vec<Column> = (0..self.measures.len()).map(Column::of).collect();
        let mut aggregation = Aggregation::new(how, columns.len());
        let (mut rows, mut line) = (0, None);
        for o in std::mem::take(&mut self.observations) {
            rows += u64::from(line.replace(o.line) != Some(o.line));
            let series = Series {
                subject: narrow(o.subject),
                group: o.group.map_or(0, |group| narrow(group + 1)),
                kind: narrow(o.kind),
                measure: 0,
            };
            let (time, series) = (aggregation.time(o.time), aggregation.series(series));
            let at = u64::from(o.line.number) << 32 | rows;
            aggregation.turn_to(time, series, at);
            aggregation.add(o.measure, o.value, at);
        }
        findings.note(how.note(rows, aggregation.count(&columns)));
        let line = |at: u64| u32::try_from(at >> 32).unwrap_or(u32::MAX);
        self.observations = aggregation.observations(&columns, line, &self.subjects, findings);
    }
}

#[cfg(test)]
mod tests;
