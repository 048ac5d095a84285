//! Numbers of a title that may be values.
//!
//! It must not know who is said to be above whom.

use super::held::Held;
use super::words::{Role, Word, figures};
use crate::frame::Frame;
use crate::spec::FigureSpec;

/// Multiples in a word.
const TIMES: [(&str, f64); 5] =
    [("twice", 2.0), ("thrice", 3.0), ("twofold", 2.0), ("threefold", 3.0), ("tenfold", 10.0)];

/// Numbers that `times as many` may follow, from two on.
const NUMERALS: [&str; 9] = ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];

/// What multiplies the number before it.
const SCALES: [(&str, f64); 4] = [("hundred", 1e2), ("thousand", 1e3), ("million", 1e6), ("billion", 1e9)];

/// A number before one of these counts time, or what is shown.
const COUNTED: [&str; 26] = [
    "am", "day", "days", "decade", "decades", "hour", "hours", "measure", "measures", "minute", "minutes",
    "month", "months", "more", "other", "others", "pm", "quarter", "quarters", "season", "seasons", "week",
    "weeks", "year", "years", "yrs",
];

/// A number after one of these is a place in a list, a version or a count of time.
const NUMBERED: [&str; 13] = [
    "top", "last", "past", "next", "previous", "first", "version", "figure", "no", "number", "part", "day",
    "week",
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Up to here a plain whole number counts things.
const COUNT: f64 = 12.0;

/// Two numbers are one within this part of the larger: titles round.
const NEAR: f64 = 0.05;

/// A number of a title.
pub(super) struct Number {
    value: f64,
    is_percent: bool,
    /// Whether it is plainly a value: it has a sign or a unit.
    is_marked: bool,
}

/// A word as a value; `None` for what is none, and for years, dates, versions and counts of time.
pub(super) fn number(words: &[Word<'_>], at: usize) -> Option<Number> {
    let word = words.get(at).filter(|word| word.role == Role::Own)?;
    let folded = |at: Option<usize>| at.and_then(|at| words.get(at)).map_or("", |word| word.folded.as_str());
    let (next, later) = (folded(Some(at + 1)), folded(Some(at + 2)));
    if let Some((_, value)) = TIMES.iter().find(|(name, _)| *name == word.folded) {
        return Some(Number { value: *value, is_percent: false, is_marked: true });
    }
    let is_multiple = next == "times" && matches!(later, "as" | "more" | "higher" | "the");
    if let (Some(numeral), true) = (NUMERALS.iter().position(|name| *name == word.folded), is_multiple) {
        return Some(Number { value: (numeral + 2) as f64, is_percent: false, is_marked: true });
    }
    let (value, suffix) = figures(word.text)?;
    let factor = match suffix {
        "" | "%" | "x" | "×" => 1.0,
        "k" => 1e3,
        "M" => 1e6,
        "bn" => 1e9,
        _ => return None,
    };
    let is_percent = suffix == "%" || matches!(next, "%" | "percent") || (next, later) == ("per", "cent");
    let scale = SCALES.iter().find(|(name, _)| *name == next).map_or(1.0, |(_, scale)| *scale);
    let is_marked = is_percent || !suffix.is_empty() || scale > 1.0 || next == "times";
    let number = Number { value: value * factor * scale, is_percent, is_marked };
    (is_marked || !is_no_value(words, at, value)).then_some(number)
}

/// Whether a plain number is a year, a date, a version, a place in a list or a count of time.
fn is_no_value(words: &[Word<'_>], at: usize, value: f64) -> bool {
    let text = words.get(at).map_or("", |word| word.text);
    let before = at.checked_sub(1).and_then(|at| words.get(at));
    let after = |steps: usize| words.get(at + steps).map_or("", |word| word.folded.as_str());
    let is_year = !text.contains([',', '.']) && text.len() == 4 && (1900.0..2101.0).contains(&value);
    let is_month = |word: &str| word.get(..3).is_some_and(|start| MONTHS.contains(&start));
    let prior = before.map_or("", |word| word.folded.as_str());
    let is_day = value <= 31.0 && (is_month(prior) || is_month(after(1)));
    let is_counted = COUNTED.contains(&after(1)) || COUNTED.contains(&after(2));
    let is_numbered = NUMBERED.contains(&prior);
    let of_name = before.is_some_and(|word| matches!(word.role, Role::Name(_)));
    // `in 5 charts`, `all 3 portals`.
    let is_count = value <= COUNT && !text.contains('.');
    // `Web 2.0`, `Windows 11`, `HTTP 404`.
    let capitals = before.map_or("", |word| word.text).chars().take_while(|c| c.is_uppercase()).count();
    let of_word = capitals > 1 || capitals == 1 && value < 100.0;
    is_year || is_day || is_counted || is_numbered || of_name || is_count || of_word
}

impl Number {
    /// Whether it is how many subjects or groups there are.
    pub(super) fn counts_what_is_shown(&self, spec: &FigureSpec, frame: &Frame) -> bool {
        let counts = [frame.look.subjects.len(), frame.roster.len(), frame.panels.len()];
        let groups = frame.panels.iter().map(|panel| panel.groups.len());
        let asked = [spec.top, spec.colored].into_iter().flatten();
        let mut all = counts.into_iter().chain(groups).chain(asked);
        // 100 is what an index or a share is of.
        !self.is_marked && (self.value == 100.0 || all.any(|count| count as f64 == self.value))
    }

    pub(super) fn is_claimed(&self, claims: &[Held]) -> bool {
        let part = self.value / 100.0;
        let meant = [self.value, part, 1.0 + part];
        let meant = meant.iter().take(if self.is_percent { 3 } else { 1 });
        let is_near = |a: f64, b: f64| (a - b).abs() <= NEAR * a.abs().max(b.abs());
        let mut numbers = claims.iter().flat_map(|claim| &claim.numbers);
        numbers.any(|claimed| meant.clone().any(|meant| is_near(*meant, *claimed)))
    }
}
