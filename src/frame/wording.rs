//! How numbers and texts read: thousands separators, ratios in words, and the
//! typography of everything a figure says.
//!
//! It must not know where a number comes from.

use std::fmt::Write as _;

use crate::figure::Unit;

/// Words before which a number keeps its space unbroken.
const UNIT_WORDS: [&str; 24] = [
    "%", "per", "percent", "point", "points", "million", "billion", "thousand", "times", "second", "seconds",
    "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month", "months", "year", "years",
    "px",
];

const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A value for a sentence: `37,367`, `4.7%`, `62`. At most one decimal from 0.1 on, two significant digits below.
#[must_use]
pub fn number(value: f64, unit: Unit) -> String {
    let decimals = decimals(value);
    with_unit(&separated(&trimmed(&format!("{value:.decimals$}"))), unit)
}

/// Values that stand side by side, each with as many decimals as the one that needs most.
#[must_use]
pub fn numbers(values: &[f64], unit: Unit) -> Vec<String> {
    let most = values.iter().map(|value| decimals(*value)).max().unwrap_or(0);
    values.iter().map(|value| with_unit(&separated(&format!("{value:.most$}")), unit)).collect()
}

fn decimals(value: f64) -> usize {
    let size = libm::fabs(value);
    if libm::trunc(value) == value || size >= 1000.0 {
        0
    } else if size >= 0.095 {
        1
    } else {
        (2..=8).find(|decimals| size >= tenth_to(*decimals)).unwrap_or(8) + 1
    }
}

/// A value to four decimals, for a message that sets two values side by side.
#[must_use]
pub fn exact_number(value: f64, unit: Unit) -> String {
    with_unit(&separated(&trimmed(&format!("{value:.4}"))), unit)
}

/// A value for a table that programs read: a plain decimal to six decimals at most.
#[must_use]
pub fn plain_number(value: f64) -> String {
    trimmed(&format!("{value:.6}"))
}

/// How many times something is: `twice`, `2.1 times`, `12 times`. `ratio` must be above zero.
#[must_use]
pub fn times(ratio: f64) -> String {
    let decimals = usize::from(ratio < 9.95);
    let rounded = separated(&trimmed(&format!("{ratio:.decimals$}")));
    if rounded == "2" || (1.95..2.05).contains(&ratio) { "twice".into() } else { format!("{rounded} times") }
}

/// Names as a sentence has them: `A`, `A and B`, `A, B and C`.
#[must_use]
pub fn list<S: AsRef<str>>(names: &[S]) -> String {
    match names {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [first @ .., last] => {
            let first: Vec<&str> = first.iter().map(AsRef::as_ref).collect();
            format!("{} and {}", first.join(", "), last.as_ref())
        }
    }
}

fn tenth_to(power: usize) -> f64 {
    (0..power).fold(1.0, |tenth, _| tenth / 10.0)
}

fn trimmed(decimal: &str) -> String {
    let short =
        if decimal.contains('.') { decimal.trim_end_matches('0').trim_end_matches('.') } else { decimal };
    if short == "-0" { "0".into() } else { short.to_owned() }
}

fn separated(decimal: &str) -> String {
    let (whole, fraction) = decimal.split_once('.').map_or((decimal, None), |(w, f)| (w, Some(f)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut text = String::from(sign);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(fraction) = fraction {
        let _ = write!(text, ".{fraction}");
    }
    text
}

fn with_unit(number: &str, unit: Unit) -> String {
    match unit {
        Unit::Percent => format!("{number}%"),
        Unit::Count | Unit::Index | Unit::Number => number.to_owned(),
    }
}

/// Sets a text as print does: U+2212 before a negative number, an en dash in
/// ranges of numbers, U+2019 for the apostrophe, ± for `+-`, and no line break
/// between a number and its unit or a day and its month. ISO dates and web addresses stay as they are.
#[must_use]
pub fn typeset(text: &str) -> String {
    let pieces: Vec<String> = text.split(' ').map(typeset_word).collect();
    let mut set = String::with_capacity(text.len() + 8);
    for (i, piece) in pieces.iter().enumerate() {
        if i > 0 {
            let before = pieces.get(i - 1).map_or("", String::as_str);
            set.push(if binds(before, piece) { '\u{a0}' } else { ' ' });
        }
        set.push_str(piece);
    }
    set
}

fn binds(before: &str, after: &str) -> bool {
    let word = after.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '%');
    let is_month = || word.get(..3).is_some_and(|start| MONTHS.contains(&start)) && before.len() <= 2;
    before.ends_with(|c: char| c.is_ascii_digit()) && (UNIT_WORDS.contains(&word) || is_month())
}

fn typeset_word(word: &str) -> String {
    if word.contains("://") || is_file_name(word) {
        return word.to_owned();
    }
    let word = word.replace("+/-", "+-").replace('\'', "\u{2019}");
    let chars: Vec<char> = word.chars().collect();
    let at = |i: usize| chars.get(i).copied();
    let digit = |i: Option<usize>| i.and_then(at).is_some_and(|c| c.is_ascii_digit());
    let mut set = String::with_capacity(word.len() + 4);
    let mut i = 0;
    while let Some(c) = at(i) {
        let before = i.checked_sub(1);
        match c {
            '+' if at(i + 1) == Some('-') && digit(Some(i + 2)) => {
                set.push('±');
                i += 1;
            }
            '-' if digit(Some(i + 1)) && digit(before) => {
                set.push(if is_range(&chars, i) { '–' } else { '-' });
            }
            '-' if digit(Some(i + 1))
                && before.and_then(at).is_none_or(|c| !c.is_alphanumeric() && c != '-') =>
            {
                set.push('\u{2212}');
            }
            other => set.push(other),
        }
        i += 1;
    }
    set
}

/// Whether a word is the name of a data file, whose hyphens are its own.
fn is_file_name(word: &str) -> bool {
    let name = word.trim_end_matches([',', ';', '.', ')']);
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ["csv", "gz", "json", "jsonl", "md", "ndjson", "tab", "tsv", "txt", "zst"];
    ending.is_some_and(|ending| known.contains(&ending.as_str()))
}

/// Whether the hyphen at `at` is the only one of its run of digits, and the run is no ISO month.
fn is_range(chars: &[char], at: usize) -> bool {
    let part = |c: &&char| c.is_ascii_digit() || matches!(**c, ',' | '.');
    let before: Vec<char> = chars.iter().take(at).rev().take_while(part).copied().collect();
    let after: Vec<char> = chars.iter().skip(at + 1).take_while(part).copied().collect();
    let next = |n: usize| chars.get(n).copied();
    let alone = at.checked_sub(before.len() + 1).and_then(next) != Some('-')
        && next(at + 1 + after.len()) != Some('-');
    let after: String = after.iter().collect::<String>().trim_end_matches(['.', ',']).to_owned();
    let month = after.len() == 2 && after.parse::<u8>().is_ok_and(|month| (1..=12).contains(&month));
    alone && !(before.len() == 4 && month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_have_separators_from_a_thousand() {
        for (value, unit, text) in [
            (999.0, Unit::Count, "999"),
            (1000.0, Unit::Count, "1,000"),
            (-1_234_567.0, Unit::Count, "-1,234,567"),
            (4.7, Unit::Percent, "4.7%"),
            (4.0, Unit::Percent, "4%"),
            (0.04, Unit::Percent, "0.04%"),
            (0.0125, Unit::Index, "0.013"),
            (12_345.67, Unit::Count, "12,346"),
            (-0.0, Unit::Count, "0"),
        ] {
            assert_eq!(number(value, unit), text);
        }
        assert_eq!(numbers(&[14.3, 4.0, -0.5], Unit::Percent), ["14.3%", "4.0%", "-0.5%"]);
        assert_eq!(exact_number(1234.56789, Unit::Count), "1,234.5679");
        assert_eq!(plain_number(1_234_567.25), "1234567.25");
    }

    #[test]
    fn ratios_read_as_a_sentence_has_them() {
        for (ratio, text) in [
            (1.9499, "1.9 times"),
            (1.95, "twice"),
            (2.0499, "twice"),
            (2.05, "twice"),
            (2.14, "2.1 times"),
            (3.0, "3 times"),
            (9.96, "10 times"),
            (1234.0, "1,234 times"),
        ] {
            assert_eq!(times(ratio), text, "{ratio}");
        }
    }

    #[test]
    fn typography_is_that_of_print() {
        for (plain, set) in [
            ("fell by -3 points", "fell by \u{2212}3\u{a0}points"),
            ("2015-2026", "2015–2026"),
            ("2015-26", "2015–26"),
            ("at 2020-06", "at 2020-06"),
            ("at 2020-06-30", "at 2020-06-30"),
            ("13-week average", "13-week average"),
            ("COVID-19", "COVID-19"),
            ("Google's own", "Google\u{2019}s own"),
            ("about +-2 points", "about ±2\u{a0}points"),
            ("about +/-2", "about ±2"),
            ("3-5 weeks.", "3–5\u{a0}weeks."),
            ("22 Aug 2026", "22\u{a0}Aug 2026"),
            ("in 2019 May was", "in 2019 May was"),
            ("https://a.b/1-2", "https://a.b/1-2"),
            ("in a-1-22.csv; 1-22", "in a-1-22.csv; 1–22"),
            ("5 million", "5\u{a0}million"),
        ] {
            assert_eq!(typeset(plain), set);
        }
    }

    #[test]
    fn typesetting_twice_changes_nothing() {
        for text in ["-3 to -2", "2015-2026", "it's 5 weeks", "+-2", "22 Aug 2026"] {
            assert_eq!(typeset(&typeset(text)), typeset(text));
        }
    }
}
