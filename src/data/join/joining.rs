//! Several files as one dataset: names of one thing brought together, periods that overlap counted once.
//!
//! What is the same subject is the caller's to say, as only the manifest knows all spellings. What contradicts
//! itself is refused: no file is believed more than another, unless one goes on where another was still running.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::diag::{self, Diagnostic, Place, Report, listed, quoted};
use crate::time::moment::{Moment, Step};

use crate::data::cells::step;
use crate::data::join::alike::{self, JoinKeys};
use crate::data::join::anchor::{self, Anchor};
use crate::data::join::file_date;
use crate::data::join::narrow;
use crate::data::model::completeness::Completeness;
use crate::data::model::dataset::Dataset;
use crate::data::model::facts::Facts;
use crate::data::model::findings::stem;
use crate::data::model::measure::{Basis, Measure};
use crate::data::model::observation::{Observation, Value};

/// How files are joined.
pub struct Joining<'a> {
    /// What puts exports on one scale that are each scaled to their own 100; `None` refuses them.
    pub anchor: Option<Anchor<'a>>,
    /// Whom a spelling means: the same text for all spellings of one subject.
    pub whom: &'a dyn Fn(&str) -> String,
    /// How messages call what the user may change.
    pub keys: JoinKeys,
}

/// Joins files to one dataset. A file alone stays as it is. Warnings come along.
///
/// # Errors
/// When the files are of different things, or contradict each other.
pub fn join(mut read: Vec<Dataset>, how: &Joining<'_>) -> Result<(Dataset, Report), Report> {
    if let (None, [only]) = (&how.anchor, read.as_slice()) {
        alike::refuse_own_hundreds(only)?;
        return read.pop().map(|only| (only, Report::default())).ok_or_else(Report::default);
    }
    alike::refuse_same_bytes(&read)?;
    let Some(term) = &how.anchor else {
        alike::refuse_unlike(&read, &how.keys)?;
        return merged(read, how.whom, &OF_FILES);
    };
    for data in &mut read {
        narrow::keep_measure(data, 0);
        narrow::fold_groups(data);
    }
    let anchored = anchor::put_on_one_scale(&mut read, term, how.keys.anchor)?;
    // Exports of different layouts are still exports.
    let format = read.first().map(|first| first.facts.format).unwrap_or_default();
    let (mut data, mut warnings) = merged(read, how.whom, &OF_EXPORTS)?;
    if anchored.region.is_none() {
        let told = "the exports do not say of which region they are, and were taken to be of one";
        let warning = diag::warning("guessed-region", told).at(Place::file(data.file()));
        warnings.push(warning.hint("look up that all were exported for the same region"));
    }
    (data.facts.region, data.facts.format) = (anchored.region.clone(), format);
    data.anchored = Some(anchored);
    Ok((data, warnings))
}

/// Gives a file's only subject a name; or all of a file that names its subjects and no date the date that the name is.
///
/// # Errors
/// When it has several subjects, and the name is no date.
pub fn rename(data: &mut Dataset, name: &str) -> Result<(), Diagnostic> {
    let is_named =
        data.subjects.len() > 1 || data.subjects.first().is_some_and(|only| only != stem(data.file()));
    if let Some((date, is_year)) = file_date::of(name).filter(|_| is_named && data.facts.first.is_none()) {
        data.observations.iter_mut().for_each(|o| o.time = Some(date));
        (data.facts.first, data.facts.last, data.facts.years) = (Some(date), Some(date), is_year);
        return Ok(());
    }
    if let [only] = data.subjects.as_mut_slice() {
        name.clone_into(only);
        return Ok(());
    }
    let names = data.subjects.iter().take(8);
    let more = if data.subjects.len() > 8 { ", …" } else { "" };
    let message = format!(
        "cannot call all of a file {}: it has {} subjects: {}{more}",
        quoted(name),
        data.subjects.len(),
        listed(names)
    );
    Err(diag::error("several-subjects", message).at(Place::file(data.file())))
}

/// What can be done about files that contradict each other.
const OF_FILES: [&str; 2] = [
    "leave one of the files out, or export both again on one day",
    "or, where they count different things, name each in a manifest: `files = { \"a.csv\" = \"NAME\" }`",
];

/// What can be done about exports that differ on a term that is not what puts them on one scale.
const OF_EXPORTS: [&str; 1] = ["leave the term out of one of them: each export has rounded it on its own"];

/// All observations, with everything of one name counted off once. Contradictions come with these hints.
fn merged(
    read: Vec<Dataset>,
    whom: &dyn Fn(&str) -> String,
    hints: &[&'static str],
) -> Result<(Dataset, Report), Report> {
    let running: Vec<Option<Moment>> = read.iter().map(running).collect();
    let facts = joined_facts(&read);
    let is_single = read.iter().all(|data| data.measures.len() == 1);
    let mut subjects = Names::default();
    let (mut measures, mut groups, mut kinds) = (Names::default(), Names::default(), Names::default());
    let mut words = Names::default();
    let (mut observations, mut files, mut measured) = (Vec::new(), Vec::new(), Vec::new());
    let plain = |name: &str| name.trim().replace('_', " ").to_lowercase();
    for (file, data) in (0_u32..).zip(read) {
        let who = subjects.of_file(&data.subjects, whom);
        let names: Vec<String> = data.measure_names().into_iter().map(str::to_owned).collect();
        let what = if is_single { vec![0] } else { measures.of_file(&names, &plain) };
        what.iter()
            .zip(data.measures)
            .for_each(|(place, measure)| join_measure(&mut measured, *place, measure));
        let of = groups.of_file(&data.groups, &plain);
        let kind = kinds.of_file(&data.kinds, &str::to_owned);
        let word = words.of_file(&data.words, &str::to_owned);
        let at = |places: &[usize], index: usize| places.get(index).copied().unwrap_or(0);
        observations.extend(data.observations.into_iter().map(|mut o| {
            (o.subject, o.measure, o.kind) = (at(&who, o.subject), at(&what, o.measure), at(&kind, o.kind));
            o.group = o.group.map(|group| at(&of, group));
            if let Value::Word(index) = &mut o.value {
                let place = usize::try_from(*index).map_or(0, |index| at(&word, index));
                *index = u32::try_from(place).unwrap_or(u32::MAX);
            }
            o.line.file = file;
            o
        }));
        files.extend(data.files);
    }
    let (subjects, measures, groups) = (subjects.all, measured, groups.all);
    let (kinds, words, anchored) = (kinds.all, words.all, None);
    let mut data = Dataset { files, subjects, measures, groups, kinds, words, observations, facts, anchored };
    let shared = in_several(&data);
    count_once(&mut data, &shared, &running, hints)?;
    // Of a series that goes through several files, a short one says too little.
    let is_unsure = data.facts.step == Some(Step::Irregular) && shared.contains(&true);
    if data.facts.step.is_none() || is_unsure {
        data.facts.step = step::of(data.observations.iter().filter_map(|o| o.time).collect());
    }
    let warnings = tell_torn(&data, &shared, &running);
    Ok((data, warnings))
}

/// Adds a measure of a file to those of all. What it is of is known as far as its files agree.
fn join_measure(all: &mut Vec<Measure>, place: usize, measure: Measure) {
    match all.get_mut(place) {
        None => all.push(measure),
        Some(known) if known.is_unnamed() => *known = measure,
        Some(_) if measure.is_unnamed() => {}
        Some(known) => {
            known.unit = known.unit.filter(|unit| measure.unit == Some(*unit));
            known.basis = if known.basis == measure.basis { known.basis } else { Basis::Unknown };
        }
    }
}

/// Tells of periods that were still running where other files go on: nothing marks them in the middle of a line.
fn tell_torn(data: &Dataset, shared: &[bool], running: &[Option<Moment>]) -> Report {
    let mut report = Report::default();
    let last = data.observations.iter().filter_map(|o| o.time).max();
    let is_torn =
        |o: &&Observation| shared.get(o.subject) == Some(&true) && o.time < last && strength(o, running) == 1;
    let mut told = None;
    for o in data.observations.iter().filter(is_torn) {
        if told.replace(o.line.file) != Some(o.line.file) {
            let when = o.time.map(|time| format!(", {time},")).unwrap_or_default();
            let message =
                format!("the last period of the file{when} was still running, and other files go on");
            let warning = diag::warning("running-period", message).at(data.place(o.line));
            report.push(warning.hint("export it again, or leave its last period out"));
        }
    }
    report
}

/// Names of several files.
#[derive(Default)]
struct Names {
    all: Vec<String>,
    exact: BTreeMap<String, usize>,
    /// By what is the same of two spellings.
    alike: BTreeMap<String, usize>,
}

impl Names {
    /// The places of a file's names: those of the same spelling, or else of one that means the same in a file
    /// before. Within a file every name is one of its own.
    fn of_file(&mut self, names: &[String], alike: &dyn Fn(&str) -> String) -> Vec<usize> {
        let before = self.all.len();
        let mut places = Vec::with_capacity(names.len());
        for name in names {
            let known = self.exact.get(name).or_else(|| self.alike.get(&alike(name))).copied();
            places.push(known.unwrap_or(self.all.len()));
            if known.is_none() {
                self.all.push(name.clone());
            }
        }
        for (place, name) in self.all.iter().enumerate().skip(before) {
            self.alike.entry(alike(name)).or_insert(place);
            self.exact.insert(name.clone(), place);
        }
        places
    }
}

/// What holds for all files: the coarsest step, and what is known of the files that go on longest.
fn joined_facts(read: &[Dataset]) -> Facts {
    let all = || read.iter().map(|data| &data.facts);
    let last = all().filter_map(|facts| facts.last).max();
    // Of several that are as complete, the first.
    let end = all().filter(|facts| facts.last == last).rev().max_by_key(|facts| facts.last_period);
    let end = end.filter(|facts| facts.last_period != Completeness::Whole);
    // A file of one date has no step of its own.
    let step = all().filter(|facts| facts.first != facts.last).filter_map(|facts| facts.step).max();
    let first = all().next();
    let shared = |of: &dyn Fn(&Facts) -> Option<String>| {
        first.and_then(of).filter(|found| all().all(|facts| of(facts).as_ref() == Some(found)))
    };
    Facts {
        format: first
            .map(|facts| facts.format)
            .filter(|format| all().all(|f| f.format == *format))
            .unwrap_or_default(),
        region: shared(&|facts| facts.region.clone()),
        span: shared(&|facts| facts.span.clone()),
        percent: all().all(|facts| facts.percent),
        years: all().all(|facts| facts.years),
        step,
        first: all().filter_map(|facts| facts.first).min(),
        last,
        last_period: end.map(|facts| facts.last_period).unwrap_or_default(),
        last_period_because: end.map(|facts| facts.last_period_because.clone()).unwrap_or_default(),
        ..Facts::default()
    }
}

/// The last period of a file, where it was still running.
fn running(data: &Dataset) -> Option<Moment> {
    if data.facts.last_period != Completeness::Partial {
        return None;
    }
    data.observations.iter().filter_map(|o| o.time).max()
}

/// Leaves out what stands in several files, where they agree.
fn count_once(
    data: &mut Dataset,
    shared: &[bool],
    running: &[Option<Moment>],
    hints: &[&'static str],
) -> Result<(), Report> {
    let mut places: Vec<usize> = Vec::new();
    for (place, o) in data.observations.iter().enumerate() {
        if shared.get(o.subject) == Some(&true) {
            places.push(place);
        }
    }
    let cell = |place: &usize| {
        data.observations.get(*place).map(|o| (o.subject, o.measure, o.group, o.kind, o.time))
    };
    places.sort_by_key(cell);
    let (mut dropped, mut faults) = (Vec::new(), Faults { data, found: BTreeMap::new() });
    for of_cell in places.chunk_by(|a, b| cell(a) == cell(b)) {
        // What repeats within a file is not for files to agree on.
        let mut best: Option<(usize, &Observation)> = None;
        for place in of_cell {
            let Some(o) = data.observations.get(*place) else { continue };
            let Some((other_place, other)) = best else {
                best = Some((*place, o));
                continue;
            };
            if other.line.file == o.line.file {
                continue;
            }
            match strength(o, running).cmp(&strength(other, running)) {
                Ordering::Greater => {
                    dropped.push(other_place);
                    best = Some((*place, o));
                    continue;
                }
                Ordering::Equal if other.value != o.value => faults.push(other, o),
                Ordering::Equal | Ordering::Less => {}
            }
            dropped.push(*place);
        }
    }
    let faults = faults.told(hints);
    if faults.has_errors() {
        return Err(faults);
    }
    dropped.sort_unstable();
    let mut place = 0..;
    data.observations
        .retain(|_| place.next().is_none_or(|place: usize| dropped.binary_search(&place).is_err()));
    Ok(())
}

/// Of each subject, whether it stands in several files.
fn in_several(data: &Dataset) -> Vec<bool> {
    let mut seen: Vec<(Option<u32>, bool)> = vec![(None, false); data.subjects.len()];
    for o in &data.observations {
        if let Some((file, several)) = seen.get_mut(o.subject) {
            *several |= *file.get_or_insert(o.line.file) != o.line.file;
        }
    }
    seen.into_iter().map(|(_, several)| several).collect()
}

/// How much a value is worth beside another of its date: nothing is less than a count of a running period, and
/// that is less than one of a whole period.
fn strength(o: &Observation, running: &[Option<Moment>]) -> u8 {
    let end = usize::try_from(o.line.file).ok().and_then(|file| running.get(file)).copied().flatten();
    match o.value {
        Value::Missing => 0,
        _ if end.is_some() && o.time == end => 1,
        _ => 2,
    }
}

/// A series and the two files that differ on it.
type Pair = (usize, usize, Option<usize>, u32, u32);

/// What files contradict each other on.
struct Faults<'d> {
    data: &'d Dataset,
    /// The first contradiction, and how many there are.
    found: BTreeMap<Pair, (Observation, Observation, usize)>,
}

impl Faults<'_> {
    fn push(&mut self, one: &Observation, other: &Observation) {
        let pair = (one.subject, one.measure, one.group, one.line.file, other.line.file);
        self.found.entry(pair).or_insert_with(|| (one.clone(), other.clone(), 0)).2 += 1;
    }

    fn told(self, hints: &[&'static str]) -> Report {
        let mut report = Report::default();
        let files = self.data.file_names();
        for (one, other, count) in self.found.values() {
            let name = self.data.series_name(one.subject, one.measure, one.group);
            let when = one.time.map(|time| format!(" at {time}")).unwrap_or_default();
            let more = match count - 1 {
                0 => String::new(),
                1 => ", and at 1 more date".into(),
                n => format!(", and at {n} more dates"),
            };
            let message = format!(
                "{} has two values{when}: {} on {} and {} on {}{more}",
                quoted(&name),
                in_words(one.value),
                one.line.in_words(&files),
                in_words(other.value),
                other.line.in_words(&files)
            );
            let fault = diag::error("contradicting-files", message).at(self.data.place(other.line));
            let fault = hints.iter().copied().fold(fault, Diagnostic::hint);
            report.push(match one.time {
                Some(_) => fault,
                None => fault.hint("or, where each file is of one date, call it by its date, and set `names_from = \"file\"`"),
            });
        }
        report
    }
}

fn in_words(value: Value) -> String {
    match value {
        Value::Number(value) => value.to_string(),
        Value::Below(bound) => format!("<{bound}"),
        Value::Missing => "none".into(),
        Value::Word(_) => "words".into(),
    }
}

#[cfg(test)]
mod tests;
