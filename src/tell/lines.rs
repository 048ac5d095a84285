//! Lines in words: what each of them does, its values at its ends and at its extremes, and who is ahead.
//!
//! Everything is told of the values that are drawn. It must not know how they came about, or how they are drawn.

use super::trend::{Manner, Trend, bounds, is_beyond_ends, is_small, trend};
use crate::figure::Unit;
use crate::frame::Value;
use crate::frame::wording::{Digits, about, list, minus, number};
use crate::time::moment::Moment;
use crate::time::period::Period;

/// A line: whose it is, and its values in order of time, none of them missing.
pub(super) struct Line<'l> {
    pub(super) label: &'l str,
    pub(super) values: Vec<(Moment, Value)>,
}

/// How the values of a figure are told.
#[derive(Clone, Copy)]
pub(super) struct Teller<'t> {
    /// How far the values of all lines are apart at most.
    pub(super) range: f64,
    pub(super) unit: Unit,
    /// Whether the lowest value is the best, as of ranks; the lines then have them with the sign turned.
    pub(super) lower_is_better: bool,
    /// A moment as exactly as it is known.
    pub(super) date: &'t dyn Fn(Moment) -> Period,
}

/// A value for comparing: within a bound where only that is known.
fn size(reading: Value) -> f64 {
    match reading {
        Value::Number(value) => value,
        Value::Below(bound) => bound / 2.0,
        Value::Missing | Value::Word(_) => 0.0,
    }
}

/// A value that is the greater the better it is.
pub(super) fn oriented(value: Value, lower_is_better: bool) -> Value {
    match value {
        Value::Number(value) if lower_is_better => Value::Number(-value),
        other => other,
    }
}

/// How far the values of lines are apart at most.
pub(super) fn range(lines: &[Line<'_>]) -> f64 {
    let values: Vec<f64> =
        lines.iter().flat_map(|line| &line.values).map(|(_, value)| size(*value)).collect();
    let (low, high) = bounds(&values);
    high - low
}

/// Who is highest at the end, as far as the values decide it.
pub(super) fn main(lines: &[Line<'_>], teller: Teller<'_>) -> Option<String> {
    let unit = teller.unit;
    let end = lines.iter().filter_map(|line| line.values.last()).map(|(at, _)| *at).max()?;
    let last = |line: &Line<'_>| line.values.last().filter(|(at, _)| *at == end).map(|(_, value)| *value);
    let ends: Vec<(&str, Value)> = lines.iter().filter_map(|line| Some((line.label, last(line)?))).collect();
    match (ends.as_slice(), leaders(&ends).as_slice()) {
        ([(label, Value::Below(bound))], _) => Some(format!("{label} ends below {}", number(*bound, unit))),
        ([(label, value)], _) => {
            Some(format!("{label} ends at {}", minus(&number(teller.shown(size(*value)), unit))))
        }
        (_, []) => None,
        // Who ended earlier and higher is in the picture, too.
        _ if lines.iter().any(|line| ended_above(line, end, &ends)) => None,
        (_, [first]) => Some(format!("{first} is highest at the end")),
        (all, level) if all.len() == level.len() => Some(format!("{} are level at the end", list(level))),
        (_, level) => Some(format!("{} are level and highest at the end", list(level))),
    }
}

/// Whether a line ends before an end, above or level with all that reach it.
fn ended_above(line: &Line<'_>, end: Moment, ends: &[(&str, Value)]) -> bool {
    let own = line.values.last().filter(|(at, _)| *at < end).map(|(_, value)| size(*value));
    own.is_some_and(|own| ends.iter().all(|(_, value)| size(*value) <= own))
}

/// Those with the highest value; none where a bound leaves it open.
pub(super) fn leaders<'l>(values: &[(&'l str, Value)]) -> Vec<&'l str> {
    let known = values.iter().filter_map(|(_, value)| match value {
        Value::Number(value) => Some(*value),
        Value::Below(_) | Value::Missing | Value::Word(_) => None,
    });
    let Some(most) = known.max_by(f64::total_cmp) else { return Vec::new() };
    if values.iter().any(|(_, value)| matches!(value, Value::Below(bound) if *bound > most)) {
        return Vec::new();
    }
    values.iter().filter(|(_, value)| *value == Value::Number(most)).map(|(label, _)| *label).collect()
}

/// Whether the bounds leave open which of the values is higher.
fn is_unclear(values: &[(Moment, Value)]) -> bool {
    let bounds = values.iter().filter_map(|(_, value)| match value {
        Value::Below(bound) => Some(*bound),
        Value::Number(_) | Value::Missing | Value::Word(_) => None,
    });
    let Some(most) = bounds.clone().max_by(f64::total_cmp) else { return false };
    let within = |value: &Value| matches!(value, Value::Number(value) if *value > 0.0 && *value < most);
    bounds.clone().any(|bound| bound != most) || values.iter().any(|(_, value)| within(value))
}

impl Teller<'_> {
    /// A value as it stands in the data.
    fn shown(self, value: f64) -> f64 {
        if self.lower_is_better { -value } else { value }
    }

    /// The values at a line's ends, and its extremes: `Ada: 3 in 2001, 5 in 2009, highest 7 in 2004.`
    pub(super) fn statistic(self, line: &Line<'_>) -> Option<String> {
        let [(_, first), .., (_, last)] = line.values.as_slice() else { return None };
        Some(format!("{}: {}.", line.label, self.ends(line, &[size(*first), size(*last)])?))
    }

    /// The ends, and the extremes that have none of some values.
    fn ends(self, line: &Line<'_>, told: &[f64]) -> Option<String> {
        let [first, .., last] = line.values.as_slice() else { return None };
        let sizes: Vec<f64> = line.values.iter().map(|(_, value)| size(*value)).collect();
        let (low, high) = bounds(&sizes);
        let digits = self.digits(&[first.1, last.1, value_of(line, low), value_of(line, high)]);
        let at = |(at, value): &(Moment, Value)| {
            format!("{} {}", self.value(*value, digits), (self.date)(*at).as_time())
        };
        let mut parts = vec![at(first), at(last)];
        for (word, extreme) in [("lowest", low), ("highest", high)] {
            if !told.contains(&extreme) && !is_unclear(&line.values) {
                parts.push(self.extreme(word, line, extreme, digits));
            }
        }
        Some(parts.join(", "))
    }

    /// What a line does: `Ada rises from 3 to 5.`
    pub(super) fn sentence(self, line: &Line<'_>) -> Option<String> {
        let Line { label, values } = line;
        let (first, last) = match values.as_slice() {
            [] => return None,
            [(at, Value::Below(bound))] => {
                let bound = number(*bound, self.unit);
                return Some(format!("{label} is below {bound} {}.", (self.date)(*at).as_time()));
            }
            [(at, value)] => {
                let value = minus(&number(self.shown(size(*value)), self.unit));
                return Some(format!("{label} is at {value} {}.", (self.date)(*at).as_time()));
            }
            [(_, first), .., (_, last)] => (*first, *last),
        };
        if is_unclear(values) {
            let told: Vec<f64> = values.iter().map(|(_, value)| size(*value)).collect();
            return Some(format!("{label}: {}.", self.ends(line, &told)?));
        }
        let bound = values.iter().find(|(_, value)| matches!(value, Value::Below(_)));
        let is_number = |value: &Value| matches!(value, Value::Number(value) if *value != 0.0);
        if let (Some((_, Value::Below(bound))), false) =
            (bound, values.iter().any(|(_, value)| is_number(value)))
        {
            return Some(format!("{label} stays below {}.", number(*bound, self.unit)));
        }
        let sizes: Vec<f64> = values.iter().map(|(_, value)| size(*value)).collect();
        let (low, high) = bounds(&sizes);
        let trend = trend(&sizes, self.range);
        let small = if trend != Trend::Flat && is_small(&sizes, self.range) {
            ", a small change on this axis"
        } else {
            ""
        };
        let goes = match trend {
            Trend::Flat => match about(self.shown(size(last)), self.unit) {
                Some(text) => format!("stays at about {}", minus(&text)),
                None => format!("stays near {}", minus(&number(self.shown(size(last)), self.unit))),
            },
            Trend::Goes { up, manner } => self.goes(line, (first, last), up, manner, &sizes),
            Trend::Turns(turns) => {
                self.turns(line, &turns.iter().map(|turn| (turn.at, turn.high)).collect::<Vec<_>>(), &sizes)
            }
            Trend::Wavers => {
                let digits = self.digits(&[value_of(line, low), value_of(line, high)]);
                let times = |extreme: f64| sizes.iter().filter(|size| **size == extreme).count();
                if times(low).min(times(high)) > 2 {
                    let [low, high] = [low, high].map(|value| self.value(value_of(line, value), digits));
                    format!("goes up and down between {low} and {high}")
                } else {
                    let lowest = self.extreme("lowest", line, low, digits);
                    format!("goes up and down, {lowest}, {}", self.extreme("highest", line, high, digits))
                }
            }
        };
        Some(format!("{label} {goes}{small}."))
    }

    fn goes(
        self,
        line: &Line<'_>,
        (first, last): (Value, Value),
        up: bool,
        manner: Manner,
        sizes: &[f64],
    ) -> String {
        let (low, high) = bounds(sizes);
        let mut compared = vec![first, last];
        let beyond = |extreme: &f64| manner == Manner::Unevenly && is_beyond_ends(sizes, *extreme);
        let extremes =
            [("lowest", low), ("highest", high)].into_iter().filter(|(_, extreme)| beyond(extreme));
        compared.extend(extremes.clone().map(|(_, extreme)| value_of(line, extreme)));
        let digits = self.digits(&compared);
        let goes = if up { "rises" } else { "falls" };
        let (how, ups) = match manner {
            Manner::Plainly => ("", ""),
            Manner::Steadily => (" steadily", ""),
            Manner::Unevenly => ("", ", with ups and downs"),
        };
        let [first, last] = [first, last].map(|value| self.value(value, digits));
        let extremes =
            extremes.map(|(word, extreme)| format!(", {}", self.extreme(word, line, extreme, digits)));
        format!("{goes}{how} from {first} to {last}{ups}{}", extremes.collect::<String>())
    }

    /// `peaks in 2004 at 7, then falls to 5`.
    fn turns(self, line: &Line<'_>, turns: &[(usize, bool)], sizes: &[f64]) -> String {
        let value = |at: usize| line.values.get(at).map_or(Value::Missing, |(_, value)| *value);
        let (_, high) = bounds(sizes);
        let last = value(sizes.len().saturating_sub(1));
        let compared: Vec<Value> = turns.iter().map(|(at, _)| value(*at)).chain([last]).collect();
        let digits = self.digits(&compared);
        let mut parts = Vec::new();
        for (i, (at, is_high)) in turns.iter().enumerate() {
            let from = i.checked_sub(1).and_then(|before| turns.get(before)).map_or(0, |(at, _)| at + 1);
            let until = turns.get(i + 1).map_or(sizes.len(), |(at, _)| *at);
            let told = self.value(value(*at), digits);
            let here = line.values.get(from..until).unwrap_or_default();
            let when = self.dates(here, size(value(*at)));
            parts.push(match (is_high, sizes.get(*at) == Some(&high)) {
                (true, true) if when.starts_with('(') => format!("peaks at {told} {when}"),
                (true, true) => format!("peaks {when} at {told}"),
                (true, false) => format!("rises to {told} {when}"),
                (false, _) => format!("falls to {told} {when}"),
            });
        }
        let goes = if turns.last().is_some_and(|(_, is_high)| *is_high) { "falls" } else { "rises" };
        format!("{}, then {goes} to {}", parts.join(", "), self.value(last, digits))
    }

    /// `highest 7 in 2004`.
    fn extreme(self, word: &str, line: &Line<'_>, extreme: f64, digits: Digits) -> String {
        format!(
            "{word} {} {}",
            self.value(value_of(line, extreme), digits),
            self.dates(&line.values, extreme)
        )
    }

    /// When a line has a value: `in 2004`, `in 2004 and in 2006`, `(last in 2008)`.
    fn dates(self, values: &[(Moment, Value)], wanted: f64) -> String {
        let there = values.iter().filter(|(_, value)| size(*value) == wanted);
        let mut dates: Vec<Period> = there.map(|(at, _)| (self.date)(*at)).collect();
        dates.dedup();
        match dates.as_slice() {
            [] => String::new(),
            [only] => only.as_time(),
            [one, other] => format!("{} and {}", one.as_time(), other.as_time()),
            [.., last] => format!("(last {})", last.as_time()),
        }
    }

    /// For the values that a sentence compares.
    fn digits(self, values: &[Value]) -> Digits {
        let known = values.iter().filter_map(|value| match value {
            Value::Number(value) => Some(*value),
            Value::Below(_) | Value::Missing | Value::Word(_) => None,
        });
        Digits::of(&known.collect::<Vec<f64>>(), self.unit)
    }

    fn value(self, value: Value, digits: Digits) -> String {
        match value {
            Value::Number(value) => minus(&digits.text(self.shown(value))),
            Value::Below(bound) => format!("below {}", number(bound, self.unit)),
            Value::Missing | Value::Word(_) => String::new(),
        }
    }
}

/// The reading of that size.
fn value_of(line: &Line<'_>, wanted: f64) -> Value {
    line.values.iter().find(|(_, value)| size(*value) == wanted).map_or(Value::Missing, |(_, value)| *value)
}
