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

/// From here on, and below the other from zero, numbers have more digits than anybody reads.
const POWERS_FROM: f64 = 1e15;
const POWERS_BELOW: f64 = 1e-6;
/// Part of a number below which two are the same but for the arithmetic.
const SAME: f64 = 1e-12;
/// Digits of the longest number of a sentence up to which all have as many decimals.
const SHARED_DIGITS: usize = 4;

/// How the numbers of one sentence are written: so that different ones read differently, and nothing but
/// zero reads as zero.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Digits {
    /// Decimals more than a number by itself has.
    finer: usize,
    /// Decimals that all of them have; 0 leaves each its own.
    shared: usize,
    unit: Unit,
}

impl Digits {
    /// For the numbers that a sentence compares.
    #[must_use]
    pub fn of(values: &[f64], unit: Unit) -> Self {
        Digits::sharing_from(2, values, unit)
    }

    /// All numbers have the decimals of the one that needs most, where that is `least` or more.
    fn sharing_from(least: usize, values: &[f64], unit: Unit) -> Self {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup_by(|b, a| libm::fabs(*b - *a) <= SAME * libm::fabs(*a).max(libm::fabs(*b)));
        let with = |finer| Digits { finer, shared: 0, unit };
        let told_apart = |digits: &Digits| {
            let texts: Vec<String> = sorted.iter().map(|value| digits.text(*value)).collect();
            texts.windows(2).all(|pair| pair.first() != pair.last())
        };
        let digits = (0..13).map(with).find(told_apart).unwrap_or(with(13));
        let fixed = || sorted.iter().filter(|value| **value != 0.0 && !needs_power(**value));
        let most = fixed().map(|value| decimals(*value, digits.finer)).max().unwrap_or(0);
        let greatest = fixed().fold(0.0_f64, |most, value| most.max(libm::fabs(*value)));
        let whole = if greatest < 1.0 { 0 } else { format!("{greatest:.0}").len() };
        let shared = if most >= least && most + whole <= SHARED_DIGITS { most } else { 0 };
        Digits { shared, ..digits }
    }

    /// A number of the sentence: `37,367`, `4.7%`, `1.7 × 10⁻¹²`.
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        let text = match (value == 0.0, needs_power(value), self.shared) {
            (true, ..) => "0".into(),
            (_, true, _) => in_powers(value, self.finer + 2),
            (_, _, 0) => separated(&fixed(value, self.finer)),
            (_, _, shared) => separated(&format!("{value:.shared$}")),
        };
        with_unit(&text, self.unit)
    }
}

/// A value for a sentence: `37,367`, `4.7%`, `62`. At most one decimal from 1 on, two significant digits below.
#[must_use]
pub fn number(value: f64, unit: Unit) -> String {
    Digits::of(&[value], unit).text(value)
}

/// Values that stand side by side, with as many decimals as the one that needs most, where that is readable.
#[must_use]
pub fn numbers(values: &[f64], unit: Unit) -> Vec<String> {
    let digits = Digits::sharing_from(1, values, unit);
    values.iter().map(|value| digits.text(*value)).collect()
}

/// A large value of which a few digits are enough: `1 million`, `2.52 billion`; `None` for one below a million
/// or too large for a name.
#[must_use]
pub fn about(value: f64, unit: Unit) -> Option<String> {
    let (divisor, name) = match libm::fabs(value) {
        size if !(1e6..POWERS_FROM).contains(&size) => return None,
        size if size < 1e9 => (1e6, "million"),
        size if size < 1e12 => (1e9, "billion"),
        _ => (1e12, "trillion"),
    };
    let scaled = value / divisor;
    let decimals = match libm::fabs(scaled) {
        size if size < 10.0 => 2,
        size if size < 100.0 => 1,
        _ => 0,
    };
    let text = separated(&trimmed(&format!("{scaled:.decimals$}")));
    Some(match unit {
        Unit::Percent => format!("{text} {name} percent"),
        Unit::Count | Unit::Index | Unit::Number => format!("{text} {name}"),
    })
}

fn needs_power(value: f64) -> bool {
    value != 0.0 && !(POWERS_BELOW..POWERS_FROM).contains(&libm::fabs(value))
}

/// The value to so many decimals as make it readable, and `finer` more; without zeros at its end.
fn fixed(value: f64, finer: usize) -> String {
    let size = libm::fabs(value);
    let decimals = match size {
        size if size >= 1000.0 => 0,
        size if size >= 0.95 => 1,
        _ => significant(size, 2),
    } + finer;
    trimmed(&format!("{value:.decimals$}"))
}

fn decimals(value: f64, finer: usize) -> usize {
    fixed(value, finer).split_once('.').map_or(0, |(_, fraction)| fraction.len())
}

/// Decimals that give a number below 1 so many significant digits.
fn significant(size: f64, digits: usize) -> usize {
    let exponent = format!("{size:e}").split_once("e-").and_then(|(_, exponent)| exponent.parse().ok());
    exponent.unwrap_or(0_usize) + digits - 1
}

/// `1.7 × 10⁻¹²`.
fn in_powers(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    let raised = |c: char| match c {
        '-' => '⁻',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        other => char::from_u32(u32::from(other) - u32::from('0') + u32::from('⁰')).unwrap_or(other),
    };
    format!("{}\u{a0}×\u{a0}10{}", trimmed(mantissa), exponent.chars().map(raised).collect::<String>())
}

/// A value for a table that programs read: a plain decimal to six decimals, or six significant digits where
/// it is small.
#[must_use]
pub fn plain_number(value: f64) -> String {
    to_decimals(value, 6)
}

fn to_decimals(value: f64, digits: usize) -> String {
    if let Some(whole) = whole(value) {
        return whole.to_string();
    }
    let size = libm::fabs(value);
    let decimals = if size > 0.0 && size < 0.01 { significant(size, digits) } else { digits };
    trimmed(&format!("{value:.decimals$}"))
}

/// How many times something is: `twice`, `2.1 times`, `12 times`. `ratio` must be above zero.
#[must_use]
pub fn times(ratio: f64) -> String {
    let near_one = ratio != 1.0 && (0.95..1.05).contains(&ratio);
    let text = match ratio {
        ratio if ratio >= 9.95 => format!("{ratio:.0}"),
        ratio if near_one => fixed(ratio, 1),
        ratio => fixed(ratio, 0),
    };
    if text == "2" || (1.95..2.05).contains(&ratio) {
        return "twice".into();
    }
    format!("{} times", separated(&text))
}

/// From this many times the least that a ratio may be, both ends are told.
const WIDE: f64 = 1.5;

/// A ratio that is only known to lie between two, so that nothing is said which a claim could not decide: `twice`
/// where all between reads so, else `about twice`, `1 to 5 times`, `at least twice`; `None` where nothing is known.
#[must_use]
pub fn times_within(ratio: f64, least: Option<f64>, most: Option<f64>) -> Option<String> {
    Some(match (least, most) {
        (Some(least), Some(most)) if times(least) == times(most) => times(ratio),
        (Some(least), Some(most)) if most < least * WIDE => format!("about {}", times(ratio)),
        (Some(least), Some(most)) => {
            let count = |ratio: f64| times(ratio).replace("twice", "2 times").replace(" times", "");
            format!("{} to {} times", count(least), count(most))
        }
        (Some(least), None) => format!("at least {}", times(least)),
        (None, Some(most)) => format!("at most {}", times(most)),
        (None, None) => return None,
    })
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

/// So many names are told one by one, in so many characters, each of so many at most.
const TOLD: usize = 8;
const ROOM: usize = 250;
const NAME: usize = 80;

/// `A, B and 22 others`: so many names as a sentence has room for, the others counted.
#[must_use]
pub fn list_some<S: AsRef<str>>(names: &[S]) -> String {
    let cut = |name: &S| {
        let name = name.as_ref();
        let short: String = name.chars().take(NAME).collect();
        if short.len() < name.len() { format!("{short}…") } else { short }
    };
    // One more is named rather than counted.
    let most = if names.len() == TOLD + 1 { names.len() } else { TOLD };
    let mut told: Vec<String> = Vec::new();
    let mut left = ROOM;
    for name in names.iter().take(most).map(cut) {
        let Some(rest) = left.checked_sub(name.chars().count()) else { break };
        left = rest;
        told.push(name);
    }
    match names.len() - told.len() {
        0 => {}
        1 => told.push("1 other".into()),
        others => told.push(format!("{others} others")),
    }
    list(&told)
}

/// A value without a fraction, where an integer holds it exactly: printing one takes a tenth of the time.
fn whole(value: f64) -> Option<i64> {
    let most = (1_u64 << f64::MANTISSA_DIGITS) as f64;
    (libm::fabs(value) <= most && libm::trunc(value) == value).then_some(value as i64)
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

/// A number with U+2212.
pub fn minus(number: &str) -> String {
    number.replace('-', "\u{2212}")
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
        assert_eq!(plain_number(1_234_567.25), "1234567.25");
    }

    #[test]
    fn numbers_that_differ_read_differently() {
        let told = |values: &[f64]| {
            let digits = Digits::of(values, Unit::Number);
            values.iter().map(|value| digits.text(*value)).collect::<Vec<_>>().join(" ")
        };
        for (values, text) in [
            (&[0.21, 0.24][..], "0.21 0.24"),
            (&[0.2, 0.25], "0.20 0.25"),
            (&[12.0, 30.3], "12 30.3"),
            (&[62.41, 62.44], "62.41 62.44"),
            (&[1_000_000.25, 1_000_000.5, 3.0], "1,000,000.2 1,000,000.5 3"),
            (&[0.0, 0.000_02, 5_000.0], "0 0.00002 5,000"),
            (&[0.0, 1e-12, -2.345e-12], "0 1\u{a0}×\u{a0}10⁻¹² -2.34\u{a0}×\u{a0}10⁻¹²"),
            (&[1.5e20, 1.5001e20], "1.5\u{a0}×\u{a0}10²⁰ 1.5001\u{a0}×\u{a0}10²⁰"),
            (&[0.1 + 0.2, 0.3], "0.3 0.3"),
        ] {
            assert_eq!(told(values), text);
        }
        assert_eq!(plain_number(1.7e-12), "0.0000000000017");
    }

    #[test]
    fn large_numbers_are_told_by_their_name() {
        for (value, text) in [
            (999_999.0, None),
            (1_000_002.0, Some("1 million")),
            (-2_516_909_349.0, Some("-2.52 billion")),
            (123_456_789_012_345.0, Some("123 trillion")),
            (1e15, None),
        ] {
            assert_eq!(about(value, Unit::Count).as_deref(), text);
        }
    }

    #[test]
    fn ratios_read_as_a_sentence_has_them() {
        for (ratio, text) in [
            (0.004, "0.004 times"),
            (1.04, "1.04 times"),
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
    fn many_names_are_counted() {
        let names = |count: usize| -> Vec<String> { (1..=count).map(|i| format!("n{i}")).collect() };
        assert_eq!(list_some(&names(2)), "n1 and n2");
        assert_eq!(list_some(&names(9)), "n1, n2, n3, n4, n5, n6, n7, n8 and n9");
        assert_eq!(list_some(&names(10)), "n1, n2, n3, n4, n5, n6, n7, n8 and 2 others");
        let long = ["x".repeat(90), "y".repeat(90), "z".repeat(90), "w".repeat(90)];
        assert_eq!(
            list_some(&long),
            format!("{}…, {}…, {}… and 1 other", "x".repeat(80), "y".repeat(80), "z".repeat(80))
        );
        assert_eq!(list_some::<&str>(&[]), "");
    }

    #[test]
    fn typesetting_twice_changes_nothing() {
        for text in ["-3 to -2", "2015-2026", "it's 5 weeks", "+-2", "22 Aug 2026"] {
            assert_eq!(typeset(&typeset(text)), typeset(text));
        }
    }
}
