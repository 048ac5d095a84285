//! Who is shown where not all can be: groups, subjects, lines of one value.

use std::collections::BTreeSet;

use super::choose::Chart;
use super::choose::Decided;
use super::{COLOURED, Job, prune};
use crate::data::{Dataset, Observation, Reading, narrow};
use crate::figure::Unit;
use crate::frame::top::Top;
use crate::frame::wording::{list, number};
use crate::moment::{Moment, Step};
use crate::time::period::{Period, Precision};

/// Most lines of a figure; more cannot be told apart, named or not.
const LINES: usize = 30;

/// Most bars of a panel.
const BARS: usize = 20;

/// Most subjects and groups of grouped bars.
const GROUPED: (usize, usize) = (6, 10);

/// So many single values are told one by one.
const SINGLE_TOLD: usize = 8;

/// Groups at the last date, or each at its own last date where only one has values there.
pub(super) fn groups(job: &Job, data: &mut Dataset, decided: &mut Decided) {
    let dates = prune::dates(&data.observations);
    let last = dates.last().copied();
    let valued = |o: &&Observation| o.value != Reading::Missing;
    let ends: Vec<Option<Moment>> = (0..data.groups.len())
        .map(|group| {
            data.observations
                .iter()
                .filter(valued)
                .filter(|o| o.group == Some(group))
                .filter_map(|o| o.time)
                .max()
        })
        .collect();
    let at_last = ends.iter().filter(|end| **end == last).count();
    if at_last > 1 || dates.len() < 2 {
        data.observations.retain(|o| o.time == last);
        if dates.len() > 1 {
            decided.note(format!("The last of {} dates is shown", dates.len()));
        }
        let absent: Vec<&String> =
            data.groups.iter().zip(&ends).filter(|(_, end)| **end != last).map(|(name, _)| name).collect();
        if !absent.is_empty() {
            let names: Vec<&str> = absent.into_iter().map(String::as_str).collect();
            decided.note(format!("No values of that date are known for {}", list(&names)));
        }
    } else {
        let precision = precision(data);
        let end = |group: Option<usize>| group.and_then(|group| ends.get(group).copied()).flatten();
        data.observations.retain_mut(|o| {
            let is_last = o.time.is_some() && o.time == end(o.group);
            o.time = None;
            is_last
        });
        for (name, end) in data.groups.iter_mut().zip(&ends) {
            *name = end.map_or(name.clone(), |end| format!("{name}, {}", date(end, precision)));
        }
        decided.note("Each group is shown at its last date");
    }
    let with_values = data.observations.iter().filter(valued);
    let mut present: Vec<usize> = with_values.filter_map(|o| o.group).collect();
    present.sort_unstable();
    present.dedup();
    if last.is_none() && present.len() < data.groups.len() {
        let names = data.groups.iter().enumerate().filter(|(index, _)| !present.contains(index));
        decided.note(unknown(&names.map(|(_, name)| name.as_str()).collect::<Vec<_>>()));
    }
    if present.len() > GROUPED.1 {
        let order = prune::ranked(data, data.groups.len(), job.below_one, |o| o.group);
        let others = present.len() - GROUPED.1;
        decided.note(format!(
            "The {} groups with the highest values are shown; {others} others are not",
            GROUPED.1
        ));
        present = order.into_iter().take(GROUPED.1).collect();
    }
    narrow::keep_groups(data, &present);
}

/// That nothing is known of some.
fn unknown(names: &[&str]) -> String {
    let others = names.len().saturating_sub(SINGLE_TOLD);
    let told = if others > 1 { SINGLE_TOLD } else { names.len() };
    let more = (others > 1).then(|| format!("{others} others"));
    let words: Vec<&str> = names.iter().take(told).copied().chain(more.as_deref()).collect();
    format!("No values are known for {}", list(&words))
}

/// One value alone makes no line. At the last date it is a point beside its name; before, only a long leader
/// would tie the name to it, which is easily taken for a line, so that the note says what it is.
pub(super) fn leave_out_single_values(data: &mut Dataset, decided: &mut Decided) {
    let dates = prune::dates(&data.observations);
    let mut values: Vec<Vec<(Option<Moment>, Reading)>> = vec![Vec::new(); data.subjects.len()];
    for o in data.observations.iter().filter(|o| o.value != Reading::Missing) {
        if let Some(own) = values.get_mut(o.subject) {
            own.push((o.time, o.value));
        }
    }
    let early =
        |own: &[(Option<Moment>, Reading)]| matches!(own, [(time, _)] if time.as_ref() != dates.last());
    let mut told = Vec::new();
    let mut kept = Vec::new();
    for (index, own) in values.iter().enumerate() {
        match (own.first(), data.subjects.get(index)) {
            (Some((time, value)), Some(name)) if early(own) => told.push((*time, *value, name.clone())),
            _ => kept.push(index),
        }
    }
    if told.is_empty() || kept.is_empty() {
        return;
    }
    narrow::keep_subjects(data, &kept);
    let (count, precision) = (told.len(), precision(data));
    let told = told.into_iter().take(SINGLE_TOLD);
    let unit = if data.facts.percent { Unit::Percent } else { Unit::Number };
    let mut words: Vec<String> = told.map(|single| single_words(single, precision, unit)).collect();
    if count > words.len() {
        words.push(format!("{} others", count - words.len()));
    }
    let each = if count == 1 { "" } else { " each" };
    decided.note(format!("Not drawn, with one value{each}: {}", list(&words)));
}

/// `Caffe (1.7 in March 2017)`.
fn single_words(
    (time, value, name): (Option<Moment>, Reading, String),
    precision: Precision,
    unit: Unit,
) -> String {
    let value = match value {
        Reading::Number(value) => number(value, unit),
        Reading::Below(bound) => format!("below {}", number(bound, unit)),
        Reading::Missing => String::new(),
    };
    let when = time.map(|time| format!(" {}", Period::around(time, precision).as_time())).unwrap_or_default();
    format!("{name} ({value}{when})")
}

/// Keeps those who are shown, and gives their indices from the highest latest value to the lowest.
pub(super) fn subjects(job: &Job, chart: Chart, data: &mut Dataset, decided: &mut Decided) -> Vec<usize> {
    let mut order = prune::ranked(data, data.subjects.len(), job.below_one, |o| Some(o.subject));
    let most = match chart {
        Chart::Line => LINES,
        Chart::GroupedBar => GROUPED.0,
        Chart::Bar | Chart::Facets => BARS,
    };
    if matches!(chart, Chart::Bar) && order.len() > most {
        // The places of a map, most of which nobody searched in: a bar that is not there says little.
        let valued = data.observations.iter().filter(|o| o.value != Reading::Missing);
        let valued: BTreeSet<usize> = valued.map(|o| o.subject).collect();
        let (with, without): (Vec<usize>, Vec<usize>) =
            order.into_iter().partition(|index| valued.contains(index));
        if !without.is_empty() {
            let names = without.iter().filter_map(|index| data.subjects.get(*index));
            decided.note(unknown(&names.map(String::as_str).collect::<Vec<_>>()));
        }
        order = with;
    }
    let count = order.len();
    let dated = data.observations.iter().any(|o| o.time.is_some());
    let top = Top { count: most, besides: Vec::new(), others: count.saturating_sub(most), dated };
    top.in_words().into_iter().for_each(|sentence| decided.note(sentence));
    let mut kept: Vec<usize> = order.iter().copied().take(most).collect();
    if kept.len() <= COLOURED && count <= most && chart != Chart::GroupedBar {
        kept.sort_unstable();
    }
    let place = |index: &usize| kept.iter().position(|other| other == index);
    let leaders = order.iter().filter_map(place).collect();
    narrow::keep_subjects(data, &kept);
    leaders
}

/// How exactly a dataset's dates are known: first days of months mean months, those of years mean years.
pub(super) fn precision(data: &Dataset) -> Precision {
    let dates = || data.observations.iter().filter_map(|o| o.time);
    let finer = matches!(data.facts.step, Some(Step::Day | Step::Week));
    if data.facts.is_by_age() {
        Precision::Age
    } else if dates().any(|at| at.second_of_day() != 0) {
        Precision::Minute
    } else if finer || dates().any(|at| at.date().day() != 1) {
        Precision::Day
    } else if dates().all(|at| at.date().month() == 1) && data.facts.means_years(dates()) {
        Precision::Year
    } else if data.facts.step == Some(Step::Quarter) && dates().all(|at| at.date().month() % 3 == 1) {
        Precision::Quarter
    } else {
        Precision::Month
    }
}

fn date(at: Moment, precision: Precision) -> String {
    Period::around(at, precision).in_words()
}
