//! Which basis each measure of a file has: its format knows, or else its name and its values tell.

use std::collections::{BTreeMap, BTreeSet};

use crate::time::moment::Moment;

use crate::data::model::columns::Columns;
use crate::data::model::facts::{Facts, Shape};
use crate::data::model::findings::Findings;
use crate::data::model::measure::{Basis, Measure, Unit};
use crate::data::model::observation::{Observation, Value};
use crate::data::model::writing::Each;
use crate::diag::{self, Place, listed, quoted};

/// Words of numbers that are the difference of two others, and say nothing by themselves.
const CHANGES: [&str; 9] =
    ["change", "changed", "delta", "diff", "difference", "growth", "increase", "decrease", "rise"];

/// Nobody tells more places of an order.
const MOST_PLACES: usize = 1000;

/// The measures of these names, of a file that was read so; some were written in per cent.
pub(crate) fn measures(
    names: Vec<String>,
    observations: &[Observation],
    in_percent: &BTreeSet<usize>,
    facts: &mut Facts,
) -> Vec<Measure> {
    let is_dated = observations.iter().any(|o| o.time.is_some());
    let basis = |name: &String| match facts.shape {
        Some(Shape::Events) => Some(Basis::Count),
        _ => (facts.format.basis)(name, is_dated),
    };
    let known: Vec<Option<Basis>> = names.iter().map(basis).collect();
    let mut values = vec![Values::default(); names.len()];
    if known.contains(&None) {
        for o in observations {
            if let (Value::Number(value), Some(own)) = (o.value, values.get_mut(o.measure)) {
                own.take(value);
            }
        }
    }
    let all = names.into_iter().zip(known).zip(values).enumerate();
    let said = facts.reading.clone();
    let measure = |(index, ((name, known), values)): (usize, ((String, Option<Basis>), Values))| {
        let in_percent = facts.percent || in_percent.contains(&index);
        let is_said = said.basis.as_ref().is_some_and(|said| said.of(&name).is_some());
        let (measure, is_guess) = match known {
            Some(basis) => (Measure::new(name, basis, in_percent), false),
            None => (guess(name, values, in_percent, || only_rises(observations, index)), true),
        };
        (told(measure, &said), is_guess && !is_said)
    };
    let mut found: Vec<(Measure, bool)> = all.map(measure).collect();
    if let [(measure, true)] = found.as_mut_slice()
        && measure.is_unnamed()
        && are_places(observations)
    {
        *measure = Measure::new(measure.name.clone(), Basis::Rank, false);
    }
    // Of what is guessed, this alone turns a figure over.
    let guessed = found.iter().filter(|(measure, is_guess)| *is_guess && measure.basis.lower_is_better());
    let note = |(measure, _): &(Measure, bool)| {
        format!("The numbers of `{}` are ranks, of which 1 is the highest.", measure.name)
    };
    let notes: Vec<String> = guessed.map(note).collect();
    facts.notes.extend(notes);
    let found: Vec<Measure> = found.into_iter().map(|(measure, _)| measure).collect();
    facts.reading.unit = each(&found, |measure| measure.unit);
    facts.reading.basis = each(&found, |measure| Some(measure.basis));
    found
}

/// What a user would say of each measure, of those that something is known of.
fn each<T: Copy + PartialEq>(measures: &[Measure], of: fn(&Measure) -> Option<T>) -> Option<Each<T>> {
    let first = measures.first().and_then(of)?;
    if measures.iter().all(|measure| of(measure) == Some(first)) {
        return Some(Each::all(first));
    }
    let known = measures.iter().filter_map(|measure| Some((measure.name.clone(), of(measure)?)));
    Some(Each { all: None, named: known.collect() })
}

/// The measure that the user says it is.
fn told(measure: Measure, said: &Columns) -> Measure {
    let Measure { name, unit, basis } = measure;
    let new = said.basis.as_ref().and_then(|said| said.of(&name));
    let unit = if unit == Some(Unit::Percent) { unit } else { new.map_or(unit, Basis::unit) };
    let unit = said.unit.as_ref().and_then(|said| said.of(&name)).or(unit);
    Measure { name, unit, basis: new.unwrap_or(basis) }
}

/// Names of `unit` and `basis` that no measure has.
pub(crate) fn check_names(names: &[String], said: &Columns, findings: &mut Findings<'_>) {
    let units = said.unit.iter().flat_map(|unit| &unit.named).map(|(name, _)| ("unit", name));
    let bases = said.basis.iter().flat_map(|basis| &basis.named).map(|(name, _)| ("basis", name));
    for (key, name) in units.chain(bases) {
        if !names.iter().any(|known| known.trim().to_lowercase() == name.trim().to_lowercase()) {
            let place = said.place_of(key, Place::file(findings.file));
            findings.fault(|| {
                let error =
                    diag::error("unknown-measure", format!("`{key}`: unknown measure {}", quoted(name)));
                error.at(place).hint(format!("the measures are {}", listed(names.iter().take(40))))
            });
        }
    }
}

/// What the numbers of a measure have in common.
#[derive(Debug, Clone, Copy)]
struct Values {
    /// Whether all are whole and at least 0.
    are_counts: bool,
    least: f64,
    greatest: f64,
}

impl Default for Values {
    fn default() -> Self {
        Values { are_counts: true, least: f64::INFINITY, greatest: f64::NEG_INFINITY }
    }
}

impl Values {
    fn take(&mut self, value: f64) {
        self.are_counts &= value >= 0.0 && libm::trunc(value) == value;
        self.least = self.least.min(value);
        self.greatest = self.greatest.max(value);
    }
}

/// The measure that a name and its values tell of. What could be one thing or another stays [`Basis::Unknown`]:
/// `stars` may be those of a day or of all time.
fn guess(name: String, values: Values, in_percent: bool, only_rises: impl Fn() -> bool) -> Measure {
    let words = words(&name);
    let has = |all: &[&str]| words.iter().any(|word| all.contains(&word.as_str()));
    let in_percent = in_percent || has(&["percent", "percentage", "pct"]) || name.contains('%');
    let is_part = values.least >= 0.0 && values.greatest <= 100.0;
    let is_rank = || values.are_counts && values.least >= 1.0;
    let basis = match () {
        () if has(&CHANGES) => Basis::Unknown,
        () if is_window(&words) => Basis::Window,
        () if in_percent || words.ends_with(&["share".to_owned()]) => {
            if is_part {
                Basis::Share
            } else {
                Basis::Unknown
            }
        }
        () if has(&["cumulative", "cumulated"]) => Basis::Cumulative,
        () if has(&["total", "totals"]) && only_rises() => Basis::Cumulative,
        () if has(&["count", "counts", "number", "num", "new"]) && values.are_counts => Basis::Count,
        () if has(&["rank", "ranking", "position"]) && is_rank() => Basis::Rank,
        () if has(&["rating", "ratings"]) => Basis::Rating,
        () if has(&["index"]) || ["interest", "search interest"].contains(&words.join(" ").as_str()) => {
            Basis::Index
        }
        () => Basis::Unknown,
    };
    Measure::new(name, basis, in_percent)
}

/// Whether the values of every date are the places of an order, each given once: 1, 2 and 3 of three.
fn are_places(observations: &[Observation]) -> bool {
    const FEW: usize = 3;
    let mut places: BTreeMap<(Moment, Option<usize>), Vec<f64>> = BTreeMap::new();
    for o in observations {
        let (Some(at), Value::Number(value)) = (o.time, o.value) else { return false };
        let values = places.entry((at, o.group)).or_default();
        values.push(value);
        if values.len() > MOST_PLACES {
            return false;
        }
    }
    let mut orders = places.values();
    let first = orders.next();
    // What never changes may be anything.
    let changes = orders.any(|order| Some(order) != first);
    let given_once = |values: &mut Vec<f64>| {
        values.sort_by(f64::total_cmp);
        values.len() >= FEW && values.iter().zip(1_u32..).all(|(value, place)| *value == f64::from(place))
    };
    changes && places.len() >= FEW && places.values_mut().all(given_once)
}

/// Whether some series of a measure rises over time, and none ever falls.
fn only_rises(observations: &[Observation], measure: usize) -> bool {
    let mut rows: Vec<(usize, Option<usize>, usize, Moment, f64)> = Vec::new();
    for o in observations.iter().filter(|o| o.measure == measure) {
        if let (Some(at), Value::Number(value)) = (o.time, o.value) {
            rows.push((o.subject, o.group, o.kind, at, value));
        }
    }
    let series = |row: &(usize, Option<usize>, usize, Moment, f64)| (row.0, row.1, row.2);
    rows.sort_by_key(|row| (series(row), row.3));
    let pairs = || rows.iter().zip(rows.iter().skip(1)).filter(|(a, b)| series(a) == series(b));
    pairs().any(|(before, after)| after.4 > before.4) && pairs().all(|(before, after)| after.4 >= before.4)
}

/// The words of a name, in lower case: `downloadsLast30Days` has four.
fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    for sign in name.chars() {
        let starts = (before.is_lowercase() && (sign.is_uppercase() || sign.is_numeric()))
            || (before.is_numeric() && sign.is_alphabetic());
        if starts || !sign.is_alphanumeric() {
            words.push(String::new());
        }
        if let (true, Some(word)) = (sign.is_alphanumeric(), words.last_mut()) {
            word.extend(sign.to_lowercase());
        }
        before = sign;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a name tells of a running window: `last 30 days`, `last week`, `trailing 12 months`.
fn is_window(words: &[String]) -> bool {
    const RUNNING: [&str; 5] = ["last", "past", "previous", "trailing", "rolling"];
    const PERIODS: [&str; 8] = ["day", "days", "week", "weeks", "month", "months", "year", "years"];
    let is_period = |word: &String| PERIODS.contains(&word.as_str());
    words.iter().enumerate().any(|(i, word)| {
        let mut after = words.iter().skip(i + 1).skip_while(|word| word.chars().all(char::is_numeric));
        RUNNING.contains(&word.as_str()) && after.next().is_some_and(is_period)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::model::measure::Unit;

    fn guessed(name: &str, numbers: &[f64], only_rises: bool) -> (Basis, Option<Unit>) {
        let mut values = Values::default();
        numbers.iter().for_each(|number| values.take(*number));
        let found = guess(name.to_owned(), values, false, || only_rises);
        (found.basis, found.unit)
    }

    #[test]
    fn a_name_tells_the_basis_where_it_can_mean_one_thing_only() {
        let (whole, number) = (Some(Unit::Count), Some(Unit::Number));
        for (name, expected) in [
            ("rank", (Basis::Rank, number)),
            ("Position", (Basis::Rank, number)),
            ("downloads_last_30_days", (Basis::Window, whole)),
            ("downloadsLast7Days", (Basis::Window, whole)),
            ("last_week", (Basis::Window, whole)),
            ("stars_cumulative", (Basis::Cumulative, whole)),
            ("share in percent", (Basis::Share, Some(Unit::Percent))),
            ("LinkedIn %", (Basis::Share, Some(Unit::Percent))),
            ("Ratings", (Basis::Rating, number)),
            ("number of ratings", (Basis::Count, whole)),
            ("Search interest", (Basis::Index, Some(Unit::Index))),
            ("job_postings_index", (Basis::Index, Some(Unit::Index))),
            ("new stars", (Basis::Count, whole)),
            ("stars", (Basis::Unknown, None)),
            ("total_stars", (Basis::Unknown, None)),
            ("rank change", (Basis::Unknown, None)),
            ("growth percent", (Basis::Unknown, Some(Unit::Percent))),
            ("value", (Basis::Unknown, None)),
            ("market share", (Basis::Share, number)),
            ("shares", (Basis::Unknown, None)),
            ("last", (Basis::Unknown, None)),
        ] {
            assert_eq!(guessed(name, &[1.0, 3.0], false), expected, "{name}");
        }
    }

    #[test]
    fn values_that_contradict_a_name_leave_it_unknown() {
        assert_eq!(guessed("rank", &[1.5, 2.0], false).0, Basis::Unknown);
        assert_eq!(guessed("rank", &[0.0, 1.0], false).0, Basis::Unknown);
        assert_eq!(guessed("percent", &[-3.0, 120.0], false), (Basis::Unknown, Some(Unit::Percent)));
        assert_eq!(guessed("page count", &[-1.0], false).0, Basis::Unknown);
        assert_eq!(guessed("total_stars", &[1.0, 2.0], true).0, Basis::Cumulative);
    }

    #[test]
    fn a_total_is_cumulative_only_where_no_series_falls() {
        let rows = |values: &[(usize, i64, f64)]| -> Vec<Observation> {
            let one = |(subject, day, value): &(usize, i64, f64)| Observation {
                time: Some(Moment::from_seconds(day * 86_400)),
                subject: *subject,
                measure: 0,
                group: None,
                kind: 0,
                value: Value::Number(*value),
                line: 1.into(),
            };
            values.iter().map(one).collect()
        };
        assert!(only_rises(&rows(&[(0, 2, 5.0), (0, 1, 4.0), (1, 1, 1.0), (1, 2, 1.0)]), 0));
        assert!(!only_rises(&rows(&[(0, 1, 4.0), (0, 2, 5.0), (1, 1, 2.0), (1, 2, 1.0)]), 0));
        assert!(!only_rises(&rows(&[(0, 1, 4.0), (1, 1, 5.0)]), 0));
    }
}
