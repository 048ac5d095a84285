//! Observations to a dataset: names are counted off, and what only all observations together can say (step,
//! first and last date, duplicates, order) is found out. Every reader of a format ends here.

use std::collections::{BTreeMap, BTreeSet};

use crate::diag::{self, Place, Report, quoted};
use crate::time::moment::Moment;

use crate::data::build::basis;
use crate::data::cells::{order, step};
use crate::data::model::dataset::{DataFile, Dataset};
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::model::observation::{Observation, Value};
use crate::data::model::writing::{DateOrder, Decimal};

/// Distinct names in the order they came, each with its index.
#[derive(Clone, Default)]
pub(crate) struct Names {
    names: Vec<String>,
    known: BTreeMap<String, usize>,
    /// How often a name was new though known.
    copies: BTreeMap<String, usize>,
    last: usize,
}

impl Names {
    /// The index of a name, new or known.
    pub(crate) fn index(&mut self, name: &str) -> usize {
        // Rows repeat their subject or go round all of them, so the last name or the one after it will do.
        for guess in [self.last, self.last + 1, 0] {
            if self.names.get(guess).is_some_and(|known| known == name) {
                self.last = guess;
                return guess;
            }
        }
        self.last = match self.known.get(name) {
            Some(&index) => index,
            None => {
                self.known.insert(name.to_owned(), self.names.len());
                self.names.push(name.to_owned());
                self.names.len() - 1
            }
        };
        self.last
    }

    /// The index of a new name; one that is known gets a number behind it, and is given back.
    pub(crate) fn index_of_new(&mut self, name: &str) -> (usize, Option<String>) {
        if !self.known.contains_key(name) {
            return (self.index(name), None);
        }
        let copies = self.copies.entry(name.to_owned()).or_insert(1);
        let numbered = loop {
            *copies += 1;
            let numbered = format!("{name} ({copies})");
            if !self.known.contains_key(&numbered) {
                break numbered;
            }
        };
        (self.index(&numbered), Some(numbered))
    }

    /// The same without one.
    pub(crate) fn without(&self, index: usize) -> Names {
        let mut rest = Names::default();
        let others = self.names.iter().enumerate().filter(|(at, _)| *at != index);
        others.for_each(|(_, name)| _ = rest.index(name));
        rest
    }

    /// All of them.
    pub(crate) fn into_names(self) -> Vec<String> {
        self.names
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.names.len()
    }

    /// A name by its index; empty past the last.
    pub(crate) fn get(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }
}

/// A dataset under construction.
#[derive(Default)]
pub(crate) struct Builder {
    pub(crate) subjects: Names,
    pub(crate) measures: Names,
    pub(crate) groups: Names,
    pub(crate) kinds: Names,
    pub(crate) words: Names,
    pub(crate) observations: Vec<Observation>,
    /// Whether all measures were written in per cent, as [`Facts::percent`] has it.
    pub(crate) percent: bool,
    /// The measures that were written in per cent.
    pub(crate) in_percent: BTreeSet<usize>,
    /// The columns of numbers that are read, and the decimal sign of those that have a point or a comma.
    pub(crate) decimals: Vec<(usize, Option<Decimal>)>,
    /// The order in dates, where any begins with numbers.
    pub(crate) dates: Option<DateOrder>,
    /// The month that fiscal years begin with, where there are any.
    pub(crate) year_starts: Option<u8>,
}

impl Builder {
    /// The dataset of a file, with its warnings. `facts` holds what is known of how the file is written; the
    /// rest is filled in here.
    ///
    /// # Errors
    /// Every fault found on the way, or that there is nothing to draw.
    pub(crate) fn finish(
        mut self,
        mut findings: Findings<'_>,
        mut facts: Facts,
        sha256: String,
    ) -> Result<(Dataset, Report), Report> {
        let file = findings.file.to_owned();
        if !findings.failed() && self.observations.iter().all(|o| o.value == Value::Missing) {
            findings.fault(|| {
                diag::error("no-numbers", "expected numbers, found none").at(Place::file(&file)).hint(
                    "look whether the export is complete, and whether `only` keeps any row with a value",
                )
            });
        }
        if !findings.failed() {
            basis::check_names(&self.measures.names, &facts.reading, &mut findings);
        }
        if !findings.failed() {
            (facts.calendar, facts.calendar_groups) = self.order_names(&mut findings);
            self.align_days(&mut findings);
            self.tell_repeats(&mut findings);
            self.tell_look_alikes(&mut findings);
            self.span(&mut facts);
        }
        if self.kinds.len() == 0 {
            self.kinds.index("");
        }
        let (notes, warnings) = findings.finish()?;
        facts.notes = notes;
        facts.percent = self.percent;
        let measures = basis::measures(self.measures.names, &self.observations, &self.in_percent, &mut facts);
        let dataset = Dataset {
            files: vec![DataFile { name: file, sha256, sheet: facts.sheet.clone() }],
            subjects: self.subjects.names,
            measures,
            groups: self.groups.names,
            kinds: self.kinds.names,
            words: self.words.names,
            observations: self.observations,
            facts,
            anchored: None,
        };
        Ok((dataset, warnings))
    }

    /// Tells of subjects over time that only capitals and blanks tell apart.
    fn tell_look_alikes(&self, findings: &mut Findings<'_>) {
        if self.observations.iter().all(|o| o.time.is_none()) {
            return;
        }
        let mut seen = BTreeMap::new();
        let plain = |name: &str| name.split_whitespace().collect::<String>().to_lowercase();
        let alike = self.subjects.names.iter().find_map(|name| Some((seen.insert(plain(name), name)?, name)));
        if let Some((one, other)) = alike {
            let message = format!("{} and {} were read as two subjects", quoted(one), quoted(other));
            findings.warn("similar-names", None, message, "spell a name the same in all rows");
        }
    }

    /// Puts months and weekdays in their order of the calendar; whether the subjects are such, and the groups.
    fn order_names(&mut self, findings: &mut Findings<'_>) -> (bool, bool) {
        if self.observations.iter().any(|o| o.time.is_some()) {
            return (false, false);
        }
        let mut ordered = |names: &mut Names| {
            let (named, order) = order::on_calendar(&names.names)?;
            let what = if named == order::Named::Months { "Months" } else { "Weekdays" };
            findings.note(format!("{what} stand in their order of the calendar."));
            names.names = order.iter().map(|&old| names.get(old).to_owned()).collect();
            Some(order)
        };
        let (subjects, groups) = (ordered(&mut self.subjects), ordered(&mut self.groups));
        let place = |order: &Option<Vec<usize>>, old: usize| {
            order.as_ref().and_then(|order| order.iter().position(|&place| place == old)).unwrap_or(old)
        };
        for o in &mut self.observations {
            o.subject = place(&subjects, o.subject);
            o.group = o.group.map(|group| place(&groups, group));
        }
        (subjects.is_some(), groups.is_some())
    }

    /// Brings snapshots to their day, where every subject was counted at another second of it: only then do
    /// they stand at the same date.
    fn align_days(&mut self, findings: &mut Findings<'_>) {
        let timed = |o: &Observation| o.time.is_some_and(|time| time.second_of_day() != 0);
        if self.subjects.len() < 2 || !self.observations.iter().any(timed) {
            return;
        }
        let day = |time: Moment| Moment::from(time.date());
        let mut owner: BTreeMap<Moment, usize> = BTreeMap::new();
        let mut days: BTreeMap<(u128, Moment), Moment> = BTreeMap::new();
        for (o, time) in self.observations.iter().filter_map(|o| Some((o, o.time?))) {
            let shared = *owner.entry(time).or_insert(o.subject) != o.subject;
            let twice = *days.entry((self.series(o), day(time))).or_insert(time) != time;
            if shared || twice {
                return;
            }
        }
        self.observations.iter_mut().for_each(|o| o.time = o.time.map(day));
        findings.note("Took the day of each time, as subjects were counted at different times of a day.");
    }

    /// First date, last date and step.
    fn span(&self, facts: &mut Facts) {
        let mut moments: Vec<Moment> = Vec::new();
        for moment in self.observations.iter().filter_map(|o| o.time) {
            if moments.last() != Some(&moment) {
                moments.push(moment);
            }
        }
        facts.first = moments.iter().min().copied();
        facts.last = moments.iter().max().copied();
        facts.step = step::of(moments);
    }

    /// A number for each series: its subject, measure, group and kind.
    fn series(&self, o: &Observation) -> u128 {
        let group = o.group.map_or(0, |group| group + 1);
        let sizes =
            [(o.measure, self.measures.len()), (group, self.groups.len() + 1), (o.kind, self.kinds.len())];
        sizes
            .into_iter()
            .fold(o.subject as u128, |key, (index, size)| key * size.max(1) as u128 + index as u128)
    }

    /// Tells of observations that stand twice and of rows that are out of order.
    fn tell_repeats(&self, findings: &mut Findings<'_>) {
        let mut latest = Latest::new(self);
        let (mut forward, mut backward, mut repeats) = (0_usize, None, Vec::new());
        for (i, o) in self.observations.iter().enumerate() {
            match latest.replace(self.series(o), o.time) {
                None => {}
                Some(before) if before == o.time => repeats.push(i),
                Some(before) if before > o.time => backward = backward.or(Some((i, before))),
                Some(_) => forward += 1,
            }
        }
        if let Some((i, before)) = backward {
            self.tell_order(i, before, forward, findings);
            repeats = self.all_repeats();
        }
        let Some(o) = repeats.first().and_then(|&i| self.observations.get(i)) else { return };
        let what = match (o.group, o.time) {
            (Some(group), _) => {
                format!("{} in {}", quoted(self.subjects.get(o.subject)), quoted(self.groups.get(group)))
            }
            (None, _) => quoted(self.subjects.get(o.subject)),
        };
        let when = o.time.map(|time| format!(" at {time}")).unwrap_or_default();
        let count = repeats.len();
        let stand =
            if count == 1 { "1 observation stands".into() } else { format!("{count} observations stand") };
        findings.warn(
            "repeated-rows",
            Some(o.line.number),
            format!("{stand} in the file a second time, first {what}{when}"),
            "name the column that tells them apart as `group` (`--group`), or keep one kind of row with `only` (`--only`)",
        );
    }

    fn tell_order(&self, at: usize, before: Option<Moment>, forward: usize, findings: &mut Findings<'_>) {
        if forward == 0 {
            findings.note("The rows run from the newest to the oldest.");
            return;
        }
        let Some(o) = self.observations.get(at) else { return };
        let times =
            o.time.zip(before).map(|(time, before)| format!(": {time} after {before}")).unwrap_or_default();
        findings.warn(
            "rows-out-of-order",
            Some(o.line.number),
            format!("the rows are not in order of time{times}"),
            "",
        );
    }

    /// Every observation but the first of each series and time; for files out of order.
    fn all_repeats(&self) -> Vec<usize> {
        let mut keys: Vec<_> =
            self.observations.iter().enumerate().map(|(i, o)| (self.series(o), o.time, i)).collect();
        keys.sort_unstable();
        let pairs = keys.iter().zip(keys.iter().skip(1));
        let mut repeats: Vec<usize> =
            pairs.filter(|(a, b)| (a.0, a.1) == (b.0, b.1)).map(|(_, b)| b.2).collect();
        repeats.sort_unstable();
        repeats
    }
}

/// The time each series was last seen at. Most files have few series, for which a table is faster than a tree.
struct Latest {
    table: Vec<Option<Option<Moment>>>,
    tree: BTreeMap<u128, Option<Moment>>,
}

impl Latest {
    fn new(builder: &Builder) -> Self {
        let sizes = [builder.measures.len(), builder.groups.len() + 1, builder.kinds.len()];
        let series =
            sizes.into_iter().fold(builder.subjects.len(), |all, size| all.saturating_mul(size.max(1)));
        let size = if series <= builder.observations.len().saturating_mul(4) { series } else { 0 };
        Latest { table: vec![None; size], tree: BTreeMap::new() }
    }

    fn replace(&mut self, series: u128, time: Option<Moment>) -> Option<Option<Moment>> {
        match usize::try_from(series).ok().and_then(|index| self.table.get_mut(index)) {
            Some(place) => place.replace(time),
            None => self.tree.insert(series, time),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_keep_their_index() {
        let mut names = Names::default();
        let indices: Vec<usize> =
            ["a", "b", "c", "a", "c", "b", "b"].iter().map(|n| names.index(n)).collect();
        assert_eq!(indices, [0, 1, 2, 0, 2, 1, 1]);
        assert_eq!(names.index_of_new("a"), (3, Some("a (2)".into())));
        assert_eq!(names.index_of_new("d"), (4, None));
    }

    fn warnings(rows: &[(usize, i64)]) -> Vec<String> {
        let mut builder = Builder::default();
        for (line, (subject, time)) in (2..).zip(rows) {
            let subject = builder.subjects.index(["x", "y"][*subject]);
            let (time, value) = (Some(Moment::from_seconds(*time * 86_400)), Value::Number(1.0));
            builder.observations.push(Observation {
                time,
                subject,
                measure: 0,
                group: None,
                kind: 0,
                value,
                line: u32::into(line),
            });
        }
        let (dataset, report) = builder.finish(Findings::new("f"), Facts::default(), String::new()).unwrap();
        let warnings = report.diagnostics.into_iter().map(|d| d.message);
        warnings.chain(dataset.facts.notes).collect()
    }

    #[test]
    fn repeats_and_disorder_are_told_and_rows_by_subject_are_neither() {
        assert!(warnings(&[(0, 1), (0, 2), (1, 1), (1, 2)]).is_empty());
        let twice = "1 observation stands in the file a second time, first \"x\" at 1970-01-02";
        assert_eq!(warnings(&[(0, 1), (0, 1)]), [twice]);
        let disorder = "the rows are not in order of time: 1970-01-02 after 1970-01-03";
        assert_eq!(warnings(&[(0, 1), (0, 2), (0, 1)]), [disorder, twice]);
        assert_eq!(warnings(&[(0, 2), (0, 1)]), ["The rows run from the newest to the oldest."]);
    }
}
