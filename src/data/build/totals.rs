//! Sums that stand beside their parts, as a subject or a group of its own: they are left out, and told. It must not
//! know which column they came from.

use std::collections::BTreeMap;

use crate::diag::quoted;
use crate::time::moment::Moment;

use crate::data::build::builder::Builder;
use crate::data::cells::sums;
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::model::observation::{Observation, Value};

/// More names than these are not asked one by one.
const MANY: usize = 200;

/// So many places are looked at first.
const SOME: usize = 64;

/// What tells the parts of one sum from those of another.
type Place = (Option<Moment>, usize, usize, usize);

/// Leaves out a subject and a group that are the sum of the others, unless the user asks for them.
pub(crate) fn leave_out(builder: &mut Builder, asked: &Columns, findings: &mut Findings<'_>) {
    let is_asked = |name: &str| asked.only.iter().any(|(_, texts)| texts.iter().any(|text| text == name));
    let place = |o: &Observation| (o.time, o.group.map_or(0, |group| group + 1), o.measure, o.kind);
    let found = sum(
        &builder.observations,
        builder.subjects.len(),
        place,
        |o| Some(o.subject),
        |index| Some(builder.subjects.get(index)).filter(|name| !is_asked(name)).map(str::to_owned),
    );
    if let Some((index, why)) = found {
        tell("subject", builder.subjects.get(index), why, findings);
        builder.subjects = builder.subjects.without(index);
        builder.observations.retain(|o| o.subject != index);
        builder.observations.iter_mut().for_each(|o| o.subject -= usize::from(o.subject > index));
    }
    let place = |o: &Observation| (o.time, o.subject, o.measure, o.kind);
    let found = sum(
        &builder.observations,
        builder.groups.len(),
        place,
        |o| o.group,
        |index| Some(builder.groups.get(index)).filter(|name| !is_asked(name)).map(str::to_owned),
    );
    if let Some((index, why)) = found {
        tell("group", builder.groups.get(index), why, findings);
        builder.groups = builder.groups.without(index);
        builder.observations.retain(|o| o.group != Some(index));
        let moved = |group: usize| group - usize::from(group > index);
        builder.observations.iter_mut().for_each(|o| o.group = o.group.map(moved));
    }
}

fn tell(what: &str, name: &str, why: &str, findings: &mut Findings<'_>) {
    let hint = "to keep it, name all that is to be read in `only` (`--only`)";
    findings.warn("left-out-total", None, format!("left out the {what} {}, {why}", quoted(name)), hint);
}

/// Which of so many names has values that are the sums of those of the others, and how that is known. Some places
/// tell whom to ask all of.
fn sum(
    observations: &[Observation],
    names: usize,
    place: impl Fn(&Observation) -> Place,
    part: impl Fn(&Observation) -> Option<usize>,
    name: impl Fn(usize) -> Option<String>,
) -> Option<(usize, &'static str)> {
    if !(3..=MANY).contains(&names) {
        return None;
    }
    let gathered = |most: usize| {
        let mut places: BTreeMap<Place, Vec<(usize, f64)>> = BTreeMap::new();
        for o in observations {
            let (Value::Number(value), Some(index)) = (o.value, part(o)) else { continue };
            let (at, full) = (place(o), places.len() >= most);
            if let Some(values) = places.get_mut(&at) {
                values.push((index, value));
            } else if !full {
                places.insert(at, vec![(index, value)]);
            }
        }
        places
    };
    let is_sum = |index: usize, places: &BTreeMap<Place, Vec<(usize, f64)>>| {
        let split = places.values().filter_map(|values| {
            let parts = values.iter().filter(|(other, _)| *other != index).map(|(_, value)| *value);
            Some((values.iter().find(|(own, _)| *own == index)?.1, parts.collect::<Vec<f64>>()))
        });
        sums::is_sum(&name(index)?, split)
    };
    let some = gathered(SOME);
    let index = (0..names).find(|index| is_sum(*index, &some).is_some())?;
    Some((index, is_sum(index, &gathered(usize::MAX))?))
}
