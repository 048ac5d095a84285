//! Bars in words: all their values, and who leads.
//!
//! It must not know where bars come from.

use super::lines::leaders;
use crate::figure::Unit;
use crate::frame::Value;
use crate::frame::wording::{list, minus, number, numbers, times};

/// Bars up to this number are all told with their values.
const BARS_TOLD: usize = 8;
/// How many times the next one a bar must be to be told as more than a little longer.
const LEAD: f64 = 1.1;

/// The bars that stand together.
pub(super) struct Group<'g> {
    label: &'g str,
    /// From the highest to the lowest, then those below a bound.
    bars: Vec<(&'g str, Value)>,
    /// Whether one may be told as so many times another.
    has_multiples: bool,
}

/// A sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) text: String,
    /// Whether it says all; otherwise it is only a part more.
    pub(super) is_all: bool,
}

/// A value by which bars are sorted: those below a bound come after all numbers.
fn rank(value: &Value) -> (bool, f64) {
    match value {
        Value::Number(value) => (true, *value),
        Value::Below(bound) => (false, *bound),
        Value::Missing | Value::Word(_) => (false, 0.0),
    }
}

impl<'g> Group<'g> {
    pub(super) fn new(label: &'g str, bars: Vec<(&'g str, Value)>, has_multiples: bool) -> Self {
        let mut bars: Vec<(&str, Value)> =
            bars.into_iter().filter(|(_, value)| *value != Value::Missing).collect();
        bars.sort_by(|(_, a), (_, b)| {
            let (a, b) = (rank(a), rank(b));
            b.0.cmp(&a.0).then(b.1.total_cmp(&a.1))
        });
        Group { label, bars, has_multiples }
    }

    /// Who has the highest value; several who are level, nobody where a bound leaves it open.
    pub(super) fn leaders(&self) -> Vec<&'g str> {
        leaders(&self.bars)
    }

    /// How many times the second's value the leader has, with the names of both, where that can be said.
    fn ratio(&self) -> Option<(&'g str, f64, &'g str)> {
        let leaders_of_all = self.leaders();
        let ([leader], [(_, Value::Number(most)), rest @ ..]) =
            (leaders_of_all.as_slice(), self.bars.as_slice())
        else {
            return None;
        };
        // Of several seconds, or of one below a bound, nobody is the second.
        match (leaders(rest).as_slice(), rest.first()) {
            ([second], Some((_, Value::Number(value)))) if *value > 0.0 && self.has_multiples => {
                Some((leader, most / value, second))
            }
            _ => None,
        }
    }
}

/// Who leads, and by how much.
pub(super) fn main(groups: &[Group<'_>], unit: Unit) -> Option<String> {
    let [only] = groups else {
        let mut leaders: Vec<Vec<&str>> =
            groups.iter().filter(|group| !group.bars.is_empty()).map(Group::leaders).collect();
        leaders.dedup();
        return match leaders.as_slice() {
            [same] => match same.as_slice() {
                [leader] => Some(format!("{leader} leads in every group")),
                _ => None,
            },
            _ => None,
        };
    };
    match (only.leaders().as_slice(), only.bars.as_slice(), only.ratio()) {
        ([name], [(_, Value::Number(value))], _) => {
            Some(format!("{name} has {}", minus(&number(*value, unit))))
        }
        (_, _, Some((leader, ratio, second))) if ratio < LEAD => {
            Some(format!("{leader} leads, closely followed by {second}"))
        }
        (_, _, Some((leader, ratio, second))) => {
            Some(format!("{leader} leads with {} the value of {second}", times(ratio)))
        }
        ([leader], [(_, Value::Number(value)), ..], None) => {
            Some(format!("{leader} leads with {}", minus(&number(*value, unit))))
        }
        ([_, _, ..], [(_, Value::Number(value)), ..], _) => {
            Some(format!("{} are level at {}", list(&only.leaders()), minus(&number(*value, unit))))
        }
        _ => None,
    }
}

/// All values, group by group, and by how much the first of a single group leads.
pub(super) fn sentences(groups: &[Group<'_>], panel: &str, unit: Unit) -> Vec<Told> {
    let mut sentences = Vec::new();
    let mut tell = |text: String, is_all: bool| sentences.push(Told { text, is_all });
    for group in groups {
        let name = [panel, group.label].into_iter().find(|name| !name.is_empty());
        let told = texts(group, unit);
        let start = name.map(|name| format!("{name}: ")).unwrap_or_default();
        let ([from, all], the) =
            if start.is_empty() { (["From", "All"], "The") } else { (["from", "all"], "the") };
        match told.as_slice() {
            [] => {}
            [_, .., _] if told.len() > BARS_TOLD && group.leaders().len() == told.len() => {
                let value = group.bars.first().map(|(_, value)| rank(value).1).unwrap_or_default();
                tell(
                    format!("{start}{all} {} are level at {}.", told.len(), minus(&number(value, unit))),
                    true,
                );
            }
            [first, .., last] if told.len() > BARS_TOLD => {
                tell(format!("{start}{from} {first} down to {last}."), true);
                let most: Vec<&str> = told.iter().take(BARS_TOLD).map(String::as_str).collect();
                tell(format!("{start}{the} first {BARS_TOLD} are {}.", list(&most)), false);
            }
            all => tell(format!("{start}{}.", all.join(", ")), true),
        }
    }
    if let ([only], true) = (groups, panel.is_empty())
        && let Some((leader, ratio, second)) = only.ratio()
        && ratio >= LEAD
    {
        tell(format!("{leader} has {} the value of {second}.", times(ratio)), true);
    }
    sentences
}

/// `Ada 12.5%`, `Fern below 1%`.
fn texts(group: &Group<'_>, unit: Unit) -> Vec<String> {
    let known = group.bars.iter().filter_map(|(_, value)| match value {
        Value::Number(value) => Some(*value),
        Value::Below(_) | Value::Missing | Value::Word(_) => None,
    });
    let mut numbers = numbers(&known.collect::<Vec<f64>>(), unit).into_iter();
    let text = |(label, value): &(&str, Value)| match value {
        Value::Below(bound) => format!("{label} below {}", number(*bound, unit)),
        _ => format!("{label} {}", minus(&numbers.next().unwrap_or_default())),
    };
    group.bars.iter().map(text).collect()
}
