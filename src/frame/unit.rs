//! What a figure's values are, where its manifest leaves that to the data.
//!
//! It must not know what becomes of the values.

use std::collections::BTreeMap;

use crate::data::{Dataset, Value};
use crate::figure::Unit;
use crate::spec::{FigureSpec, Measure};

/// The unit that a figure gives, or that all of its panels have.
pub(super) fn of(spec: &FigureSpec, datasets: &BTreeMap<String, Dataset>) -> Unit {
    if let Some(unit) = spec.unit {
        return unit;
    }
    let mut units = spec.panels.iter().filter_map(|panel| {
        let data = datasets.get(&spec.datasets.get(panel.dataset?)?.key)?;
        of_measure(data, &panel.measure)
    });
    let Some(first) = units.next() else { return Unit::Count };
    units.fold(first, |all, unit| match (all, unit) {
        (all, unit) if all == unit => all,
        (Unit::Count, Unit::Index) | (Unit::Index, Unit::Count) => Unit::Count,
        _ => Unit::Number,
    })
}

/// The unit of a dataset's measure; `None` where it has no such measure.
fn of_measure(data: &Dataset, measure: &Measure) -> Option<Unit> {
    let index = match measure {
        Measure::Ratio { numerator, denominator } => {
            let name = format!("{numerator} / {denominator}");
            match data.measures.iter().position(|measure| measure.name.trim() == name) {
                Some(index) => index,
                None => return Some(Unit::Percent),
            }
        }
        Measure::Only => 0,
        Measure::Column(name) => {
            let wanted = name.trim().to_lowercase();
            data.measures.iter().position(|measure| measure.name.trim().to_lowercase() == wanted)?
        }
    };
    let known = data.measures.get(index)?.unit.filter(|unit| *unit != Unit::Number);
    known.or_else(|| {
        let is_whole = |value: Value| match value {
            Value::Number(value) => libm::trunc(value) == value,
            Value::Below(_) | Value::Missing | Value::Word(_) => true,
        };
        let mut values = data.observations.iter().filter(|o| o.measure == index).map(|o| o.value);
        Some(if values.all(is_whole) { Unit::Count } else { Unit::Number })
    })
}
