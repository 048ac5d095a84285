//! What a figure's values are, where its manifest leaves that to the data.
//!
//! It must not know what becomes of the values.

use std::collections::BTreeMap;

use crate::data::source::is_scaled;
use crate::data::{Dataset, Reading, measure_words};
use crate::figure::Unit;
use crate::spec::{FigureSpec, Measure};

/// Words of a measure whose values up to 100 are per cent.
const PER_CENT: [&str; 4] = ["percent", "per cent", "pct", "%"];

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
        Measure::Ratio { .. } => return Some(Unit::Percent),
        Measure::Only => 0,
        Measure::Column(name) => {
            let wanted = name.trim().to_lowercase();
            data.measures.iter().position(|measure| measure.trim().to_lowercase() == wanted)?
        }
    };
    if is_scaled(&data.facts.format) {
        return Some(Unit::Index);
    }
    let name = if index == 0 { measure_words(data) } else { data.measures.get(index)?.clone() };
    let name = name.to_lowercase();
    let mut values = data.observations.iter().filter(|o| o.measure == index).filter_map(|o| match o.value {
        Reading::Number(value) => Some(value),
        Reading::Below(_) | Reading::Missing => None,
    });
    let is_called_per_cent = PER_CENT.iter().any(|word| name.contains(word));
    Some(if data.facts.percent || (is_called_per_cent && values.clone().all(|value| value <= 100.0)) {
        Unit::Percent
    } else if values.all(|value| libm::trunc(value) == value) {
        Unit::Count
    } else {
        Unit::Number
    })
}
