//! Who is shown where not all can be: groups, subjects, lines of one value.

use std::collections::BTreeSet;

use crate::data::{Dataset, Observation, Value, narrow};
use crate::figure::{Kind, Unit};
use crate::frame::fact::Top;
use crate::frame::wording::{list_some, number};
use crate::infer::plan::{Asked, Choice};
use crate::infer::sketch::{self, valued};
use crate::time::moment::Moment;
use crate::time::period::{Period, Precision};

/// Colours of the palette; who comes after them is grey context.
const COLORED: usize = 6;

/// Most lines of a figure; more cannot be told apart, named or not.
const LINES: usize = 30;

/// Most lines of ranks: each is to be followed from place to place, and named at its end.
const RANKED: usize = 12;

/// Most bars of a panel.
const BARS: usize = 20;

/// A year is shown whole.
const MONTHS: usize = 12;

/// Most subjects and groups of grouped bars.
const GROUPED: (usize, usize) = (6, 10);

/// Groups at the last date, or each at its own last date where only one has values there.
pub(super) fn groups(asked: &Asked, data: &mut Dataset, choice: &mut Choice) {
    let dates = sketch::dates(data);
    let last = dates.last().copied();
    let mut ends: Vec<Option<Moment>> = vec![None; data.groups.len()];
    for o in valued(data) {
        if let Some(end) = o.group.and_then(|group| ends.get_mut(group)) {
            *end = (*end).max(o.time);
        }
    }
    if ends.iter().filter(|end| **end == last).count() > 1 || dates.len() < 2 {
        data.observations.retain(|o| o.time == last);
        if dates.len() > 1 {
            choice.note(format!("The last of {} dates is shown", dates.len()));
        }
        let absent = data.groups.iter().zip(&ends).filter(|(_, end)| **end != last);
        let absent: Vec<&str> = absent.map(|(name, _)| name.as_str()).collect();
        if !absent.is_empty() {
            choice.note(format!("No values of that date are known for {}", list_some(&absent)));
        }
    } else {
        let end = |o: &Observation| ends.get(o.group?).copied().flatten();
        data.observations.retain(|o| o.time.is_some() && o.time == end(o));
        data.observations.iter_mut().for_each(|o| o.time = None);
        choice.plan.at_each = true;
    }
    let mut present: Vec<usize> = valued(data).filter_map(|o| o.group).collect();
    present.sort_unstable();
    present.dedup();
    if last.is_none() && present.len() < data.groups.len() {
        let names = data.groups.iter().enumerate().filter(|(index, _)| !present.contains(index));
        let names: Vec<&str> = names.map(|(_, name)| name.as_str()).collect();
        choice.note(format!("No value is known for {}", list_some(&names)));
    }
    let most = if data.facts.calendar_groups { GROUPED.1.max(MONTHS) } else { GROUPED.1 };
    if present.len() > most && data.words.is_empty() {
        let others = present.len() - most;
        choice.note(format!("The {most} groups with the highest values are shown; {others} others are not"));
        present = sketch::ranked(data, data.groups.len(), asked.below_one, |o| o.group);
        present.truncate(most);
    }
    if present.len() < data.groups.len() {
        let names = present.iter().filter_map(|group| data.groups.get(*group));
        choice.plan.groups = names.cloned().collect();
        narrow::keep_groups(data, &present);
    }
}

/// One value alone makes no line. At the last date it is a point beside its name; before, only a long leader
/// would tie the name to it, which is easily taken for a line, so that the note says what it is. Tells whether
/// there are such.
pub(super) fn leave_out_singles(data: &mut Dataset, choice: &mut Choice) -> bool {
    let last = sketch::dates(data).last().copied();
    let mut values: Vec<Vec<(Option<Moment>, Value)>> = vec![Vec::new(); data.subjects.len()];
    for o in valued(data) {
        if let Some(own) = values.get_mut(o.subject).filter(|own| own.len() < 2) {
            own.push((o.time, o.value));
        }
    }
    let (mut singles, mut kept) = (Vec::new(), Vec::new());
    for (index, (own, name)) in values.iter().zip(&data.subjects).enumerate() {
        match own.as_slice() {
            [(time, value)] if *time != last => singles.push((*time, *value, name.clone())),
            _ => kept.push(index),
        }
    }
    if singles.is_empty() || kept.is_empty() {
        return false;
    }
    let unit = if data.facts.percent { Unit::Percent } else { Unit::Number };
    let precision = sketch::exactness(data);
    let each = if singles.len() == 1 { "" } else { " each" };
    let words: Vec<String> =
        singles.into_iter().map(|single| single_words(single, precision, unit)).collect();
    choice.note(format!("Not drawn, with one value{each}: {}", list_some(&words)));
    narrow::keep_subjects(data, &kept);
    true
}

/// `Caffe (1.7 in March 2017)`.
fn single_words(
    (time, value, name): (Option<Moment>, Value, String),
    precision: Precision,
    unit: Unit,
) -> String {
    let value = match value {
        Value::Number(value) => number(value, unit),
        Value::Below(bound) => format!("below {}", number(bound, unit)),
        Value::Missing | Value::Word(_) => String::new(),
    };
    let when = time.map(|time| format!(" {}", Period::around(time, precision).as_time())).unwrap_or_default();
    format!("{name} ({value}{when})")
}

/// Keeps those who are shown, and gives their indices from the highest latest value to the lowest. `singles` says
/// whether some were left out before, so that the others must be named.
pub(super) fn subjects(
    asked: &Asked,
    (chart, singles): (&Kind, bool),
    data: &mut Dataset,
    choice: &mut Choice,
) -> Vec<usize> {
    if !data.words.is_empty() {
        return (0..data.subjects.len()).collect();
    }
    let mut order = sketch::ranked(data, data.subjects.len(), asked.below_one, |o| Some(o.subject));
    if data.facts.calendar {
        order.sort_unstable();
    }
    let is_line = chart.shows_span;
    let are_ranks = data.measures.first().is_some_and(|measure| measure.basis.lower_is_better());
    let most = match chart {
        Kind { shows_span: true, .. } if are_ranks => RANKED,
        Kind { shows_span: true, .. } => LINES,
        Kind { keeps_groups: true, .. } => GROUPED.0,
        _ => BARS,
    };
    if !(is_line || chart.keeps_groups || chart.has_panels) && order.len() > most {
        // The places of a map, most of which nobody searched in: a bar that is not there says little.
        let valued: BTreeSet<usize> = valued(data).map(|o| o.subject).collect();
        let (with, without): (Vec<usize>, Vec<usize>) =
            order.into_iter().partition(|index| valued.contains(index));
        if !without.is_empty() {
            choice.plan.top = Some(most);
        }
        order = with;
    }
    let count = order.len();
    let in_order =
        !data.facts.calendar && (count > most || chart.keeps_groups || (is_line && count > COLORED));
    let mut kept: Vec<usize> = order.iter().copied().take(most).collect();
    if is_line && kept.len() > COLORED {
        choice.plan.colored = Some(COLORED);
    }
    if !in_order {
        kept.sort_unstable();
    }
    let place = |index: &usize| kept.iter().position(|other| other == index);
    let leaders = order.iter().filter_map(place).collect();
    if singles {
        let dated = data.observations.iter().any(|o| o.time.is_some());
        let top = Top {
            count: most,
            besides: Vec::new(),
            others: count.saturating_sub(most),
            dated,
            unknown: Vec::new(),
        };
        top.in_words().into_iter().for_each(|sentence| choice.note(sentence));
        let names = kept.iter().filter_map(|index| data.subjects.get(*index));
        choice.plan.subjects = names.filter(|name| !name.trim().is_empty()).cloned().collect();
    } else if in_order {
        choice.plan.top = Some(most);
    }
    narrow::keep_subjects(data, &kept);
    leaders
}
