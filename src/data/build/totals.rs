//! Sums that stand beside their parts, as a subject or a group of its own: they are left out, and told. It must not
//! know which column they came from.

use std::collections::BTreeMap;

use crate::diag::quoted;
use crate::time::moment::Moment;

use crate::data::build::builder::Builder;
use crate::data::cells::describing;
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::model::observation::{Observation, Value};

/// Fewer parts than these have no sum to be told from them.
const PARTS: usize = 2;

/// A sum of rounded parts may be off by this part of it.
const ROUNDED: f64 = 0.01;

/// What tells the parts of one sum from those of another.
type Place = (Option<Moment>, usize, usize, usize);

/// Leaves out subjects and groups that are the sums of the others, unless the user asks for them.
pub(crate) fn leave_out(builder: &mut Builder, asked: &Columns, findings: &mut Findings<'_>) {
    let is_asked = |name: &str| asked.only.iter().any(|(_, texts)| texts.iter().any(|text| text == name));
    let sums = |count: usize, name: &dyn Fn(usize) -> String| {
        let named = |index: &usize| describing::is_sum(&name(*index)) && !is_asked(&name(*index));
        if count > PARTS { (0..count).find(named) } else { None }
    };
    let subject = sums(builder.subjects.len(), &|index| builder.subjects.get(index).to_owned());
    let place = |o: &Observation| (o.time, o.group.map_or(0, |group| group + 1), o.measure, o.kind);
    if let Some(index) = subject
        && let Some(why) =
            is_sum(builder.subjects.get(index), &builder.observations, place, |o| Some(o.subject), index)
    {
        tell("subject", builder.subjects.get(index), why, findings);
        builder.subjects = builder.subjects.without(index);
        builder.observations.retain(|o| o.subject != index);
        builder.observations.iter_mut().for_each(|o| o.subject -= usize::from(o.subject > index));
    }
    let group = sums(builder.groups.len(), &|index| builder.groups.get(index).to_owned());
    let place = |o: &Observation| (o.time, o.subject, o.measure, o.kind);
    if let Some(index) = group
        && let Some(why) = is_sum(builder.groups.get(index), &builder.observations, place, |o| o.group, index)
    {
        tell("group", builder.groups.get(index), why, findings);
        builder.groups = builder.groups.without(index);
        builder.observations.retain(|o| o.group != Some(index));
        let moved = |group: usize| group - usize::from(group > index);
        builder.observations.iter_mut().for_each(|o| o.group = o.group.map(moved));
    }
}

fn tell(what: &str, name: &str, why: &str, findings: &mut Findings<'_>) {
    let hint = "to keep it, name it in `only` of the dataset in a manifest";
    findings.warn("left-out-total", None, format!("left out the {what} {}, {why}", quoted(name)), hint);
}

/// Whether the values of one name are the sums of those of the others, and how that is known: they add up to it, or
/// its name says so and nowhere is one of them larger.
fn is_sum(
    name: &str,
    observations: &[Observation],
    place: impl Fn(&Observation) -> Place,
    part: impl Fn(&Observation) -> Option<usize>,
    sum: usize,
) -> Option<&'static str> {
    let mut parts: BTreeMap<Place, (Option<f64>, Vec<f64>)> = BTreeMap::new();
    for o in observations {
        let (Value::Number(value), Some(index)) = (o.value, part(o)) else { continue };
        let found = parts.entry(place(o)).or_default();
        if index == sum { found.0 = Some(value) } else { found.1.push(value) }
    }
    let complete =
        || parts.values().filter_map(|(sum, parts)| Some((sum.filter(|_| parts.len() >= PARTS)?, parts)));
    let is_exact = |(sum, parts): (f64, &Vec<f64>)| {
        let all: f64 = parts.iter().sum();
        (all - sum).abs() <= sum.abs() * ROUNDED
    };
    let is_greatest = |(sum, parts): (f64, &Vec<f64>)| parts.iter().all(|part| *part <= sum);
    complete().next()?;
    if complete().all(is_exact) {
        return Some("which is the sum of the others");
    }
    let named = describing::is_sum_alone(name) && complete().all(is_greatest);
    named.then_some("which is called a sum and is nowhere below one of the others")
}
