//! A cell to a number: thousands separators, decimal commas, per cent, `1.2K`, and Google's `<1`.
//!
//! One cell cannot always say whether its comma is a decimal one, so that is an argument here; what a cell
//! can say of it is its [`Evidence`], which the caller gathers over a whole column.

use crate::data::cells::digits::{self, Digits};
use crate::data::model::observation::{LIMIT, Value};
pub(crate) use crate::data::model::writing::Decimal;

/// Longer cells are no numbers; this bounds the buffer on the stack.
const LONGEST: usize = 48;

/// Whether a number can be a count: finite, and less than [`LIMIT`] from zero.
pub(crate) fn is_countable(number: f64) -> bool {
    number.abs() < LIMIT
}

/// What cells say of the decimal separator of their column; sets are joined with [`Evidence::join`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Evidence {
    /// A cell that only makes sense with a decimal comma: `12,5`, `1.234,5`, `1.234.567`.
    pub(crate) comma: bool,
    /// A cell that only makes sense with a decimal point: `12.5`, `1,234.5`, `1,234,567`.
    pub(crate) point: bool,
    /// `1,234`: either.
    pub(crate) open_comma: bool,
    /// `1.234`: either.
    pub(crate) open_point: bool,
    /// Up to three digits without any separator.
    pub(crate) small: bool,
    /// Four digits or more without any separator.
    pub(crate) large: bool,
    /// A per cent sign.
    pub(crate) percent: bool,
    /// How much something rose: `+180%`.
    pub(crate) rise: bool,
}

impl Evidence {
    /// Adds what another cell says.
    pub(crate) fn join(&mut self, other: Evidence) {
        self.comma |= other.comma;
        self.point |= other.point;
        self.open_comma |= other.open_comma;
        self.open_point |= other.open_point;
        self.small |= other.small;
        self.large |= other.large;
        self.percent |= other.percent;
        self.rise |= other.rise;
    }

    /// What a cell of digits says, with a minus in front or without, and with this mark among them or none.
    #[inline]
    pub(crate) fn of_digits(digits: Digits, negative: bool, mark: Decimal) -> Self {
        let Some(fraction) = digits.fraction else {
            let large = digits.whole > 3;
            return Evidence { small: !large && !negative, large: large && !negative, ..Evidence::default() };
        };
        // A single 0 before the mark.
        let zero = digits.whole == 1 && digits.number < 1000;
        let open = fraction == 3 && digits.whole <= 3 && !zero;
        match mark {
            Decimal::Point => Evidence { open_point: open, point: !open, ..Evidence::default() },
            Decimal::Comma => Evidence { open_comma: open, comma: !open, ..Evidence::default() },
        }
    }

    /// What a trimmed cell says.
    pub(crate) fn of(cell: &str) -> Self {
        let mut evidence = Evidence::default();
        if cell.len() > LONGEST || cell.bytes().all(|b| b.is_ascii_digit()) {
            (evidence.small, evidence.large) = (matches!(cell.len(), 1..=3), cell.len() > 3);
            return evidence;
        }
        let Some(parts) = Parts::of(cell) else { return evidence };
        evidence.percent = parts.percent;
        evidence.rise = parts.percent && cell.starts_with('+');
        let body = parts.body;
        let commas = memchr::memchr_iter(b',', body.as_bytes()).count();
        let points = memchr::memchr_iter(b'.', body.as_bytes()).count();
        let open = |separator| {
            body.split_once(separator).is_some_and(|(whole, rest)| {
                (1..=3).contains(&whole.len()) && whole != "0" && rest.len() == 3
            })
        };
        match (commas, points) {
            (0, 0) => {}
            (0, 1) if open('.') => evidence.open_point = true,
            (1, 0) if open(',') => evidence.open_comma = true,
            (0, 1) | (2.., 0) => evidence.point = true,
            (1, 0) | (0, _) => evidence.comma = true,
            _ if body.rfind(',') > body.rfind('.') => evidence.comma = true,
            _ => evidence.point = true,
        }
        evidence
    }
}

/// Reads a trimmed cell: a number, a bound from below, or nothing. `None` where it is none of them.
pub(crate) fn parse(cell: &str, decimal: Decimal) -> Option<Value> {
    if let Some(number) = plain(cell.as_bytes(), decimal) {
        return Some(Value::Number(number));
    }
    if crate::data::cells::cell::is_missing(cell) {
        return Some(Value::Missing);
    }
    if cell.len() > LONGEST {
        return None;
    }
    let parts = Parts::of(cell)?;
    let size = unsigned(parts.body, decimal)? * parts.factor;
    // Minus nothing is nothing.
    let number = if parts.negative && size > 0.0 { -size } else { size };
    match (is_countable(number), parts.below) {
        (false, _) => None,
        (true, false) => Some(Value::Number(number)),
        (true, true) => (number > 0.0).then_some(Value::Below(number)),
    }
}

/// Whether a trimmed cell is a number or a bound, whichever its decimal separator.
pub(crate) fn is_number(cell: &str) -> bool {
    if plain(cell.as_bytes(), Decimal::Point).is_some() {
        return true;
    }
    if cell.len() > LONGEST || crate::data::cells::cell::is_missing(cell) {
        return false;
    }
    // Dates are asked in every row, and nearly all of them have a dash or a slash after four digits or less.
    let dashed = cell.bytes().take(5).skip(1).any(|b| matches!(b, b'-' | b'/' | b':'));
    if dashed && !cell.starts_with(['<', '$', '-']) && !cell.contains(['e', 'E']) {
        return false;
    }
    let Some(parts) = Parts::of(cell) else { return false };
    let counts = |decimal| unsigned(parts.body, decimal).is_some_and(|n| is_countable(n * parts.factor));
    counts(Decimal::Point) || counts(Decimal::Comma)
}

/// Digits with at most one decimal point, of so few digits that the result is exact.
fn plain(bytes: &[u8], decimal: Decimal) -> Option<f64> {
    let mark = if decimal == Decimal::Point { b'.' } else { 0 };
    digits::read(bytes, mark).filter(|digits| digits.length() == bytes.len())?.value()
}

/// A number's text with everything around its digits taken off.
struct Parts<'a> {
    body: &'a str,
    below: bool,
    negative: bool,
    percent: bool,
    factor: f64,
}

impl<'a> Parts<'a> {
    fn of(cell: &'a str) -> Option<Self> {
        let mut parts = Parts { body: cell, below: false, negative: false, percent: false, factor: 1.0 };
        // Most cells begin and end with a digit, and every affix costs a comparison.
        if !cell.as_bytes().first()?.is_ascii_digit() {
            parts.take_prefixes();
        }
        if !parts.body.as_bytes().last()?.is_ascii_digit() {
            parts.take_suffixes();
        }
        parts.body.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',').then_some(parts)
    }

    fn take_prefixes(&mut self) {
        // What Excel writes to keep a number a text.
        if let Some(inner) = self.body.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
            self.body = crate::data::cells::cell::trimmed(inner);
        }
        self.below = self.prefix(&["<", "＜", "&lt;"]);
        self.prefix(&["~", "≈"]);
        self.negative = self.prefix(&["-", "−", "–"]);
        let signed = self.negative || self.prefix(&["+"]);
        self.prefix(&["US$", "$", "€", "£", "¥", "USD", "EUR", "GBP"]);
        if !signed {
            self.negative = self.prefix(&["-", "−"]);
        }
        // `%70`, as in Turkish.
        self.percent = self.prefix(&["%"]);
    }

    fn take_suffixes(&mut self) {
        // A change in brackets behind what changed: `18.2% (+0.3%)`.
        if let Some((before, change)) = self.body.strip_suffix(')').and_then(|body| body.split_once('(')) {
            let digits = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '%' | ' ');
            if change.trim_start_matches(['+', '-', '−']).chars().all(digits)
                && change.starts_with(['+', '-', '−'])
            {
                self.body = crate::data::cells::cell::trimmed(before);
            }
        }
        // Japanese and Korean say "below 1" after the number.
        self.below |= self.suffix(&["未満", "미만"]);
        // Pasted from the page of a job board.
        self.suffix(&["results", "jobs"]);
        self.suffix(&["+"]);
        self.suffix(&["$", "€", "£", "¥", "USD", "EUR", "GBP"]);
        self.percent |= self.suffix(&["%", "％", "٪"]);
        for (suffixes, factor) in [
            (&["k", "K", "mil", "тыс."][..], 1e3),
            (&["万", "萬", "만"], 1e4),
            (&["M", "m", "Mio", "mn"], 1e6),
            (&["B", "bn", "G"], 1e9),
        ] {
            if self.factor == 1.0 && self.suffix(suffixes) {
                self.factor = factor;
            }
        }
    }

    fn prefix(&mut self, prefixes: &[&str]) -> bool {
        let found = prefixes.iter().find_map(|prefix| self.body.strip_prefix(prefix));
        found.map(|left| self.body = crate::data::cells::cell::trimmed(left)).is_some()
    }

    fn suffix(&mut self, suffixes: &[&str]) -> bool {
        let found = suffixes.iter().find_map(|suffix| self.body.strip_suffix(suffix));
        found.map(|left| self.body = crate::data::cells::cell::trimmed(left)).is_some()
    }
}

/// Digits in groups with an optional fraction and an optional power of ten, without a sign.
fn unsigned(body: &str, decimal: Decimal) -> Option<f64> {
    let (mantissa, exponent) = match body.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent),
        None => (body, "0"),
    };
    let (fraction_mark, group_mark) = fraction_and_group(mantissa, decimal);
    let (whole, fraction) = mantissa.rsplit_once(fraction_mark).unwrap_or((mantissa, ""));
    if all_digits(whole) {
        return digits(whole, fraction, exponent);
    }
    let is_group =
        |c: char| c == group_mark || matches!(c, '\'' | '’') || crate::data::cells::cell::is_blank(c);
    let mut joined = String::with_capacity(LONGEST);
    let last = whole.split(is_group).count().saturating_sub(1);
    // In India all groups but the last have two digits: `12,34,567`.
    let pairs = group_mark == ',' && last > 1 && whole.split(is_group).nth(1).is_some_and(|g| g.len() == 2);
    for (i, group) in whole.split(is_group).enumerate() {
        let fits = match i {
            0 => (1..=if pairs { 2 } else { 3 }).contains(&group.len()),
            _ => group.len() == if pairs && i < last { 2 } else { 3 },
        };
        if !fits || !all_digits(group) {
            return None;
        }
        joined.push_str(group);
    }
    digits(&joined, fraction, exponent)
}

/// Which mark separates the fraction and which the thousands: two different marks say it themselves,
/// a mark that occurs twice separates thousands, and otherwise the column decides.
fn fraction_and_group(body: &str, decimal: Decimal) -> (char, char) {
    let (comma, point) = (body.rfind(','), body.rfind('.'));
    let comma_decimal = match (comma, point) {
        (Some(comma), Some(point)) => comma > point,
        (Some(last), None) if body.find(',') != Some(last) => false,
        (None, Some(last)) if body.find('.') != Some(last) => true,
        _ => decimal == Decimal::Comma,
    };
    if comma_decimal { (',', '.') } else { ('.', ',') }
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|b| b.is_ascii_digit())
}

fn digits(whole: &str, fraction: &str, exponent: &str) -> Option<f64> {
    let power = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
    let power_fits = (1..=3).contains(&power.len()) && all_digits(power);
    if (whole.is_empty() && fraction.is_empty()) || !all_digits(fraction) || !power_fits {
        return None;
    }
    format!("{whole}.{fraction}e{exponent}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(cell: &str) -> Option<f64> {
        match parse(cell, Decimal::Point) {
            Some(Value::Number(number)) => Some(number),
            _ => None,
        }
    }

    #[test]
    fn numbers_as_people_write_them() {
        for (cell, number) in [
            ("0", 0.0),
            ("196576", 196_576.0),
            ("2.31409256370255", 2.314_092_563_702_55),
            ("6,347", 6347.0),
            ("1,234,567.5", 1_234_567.5),
            ("12,34,567", 1_234_567.0),
            ("~1,200", 1200.0),
            ("18.201%  (+0.000%)", 18.201),
            ("=\"12\"", 12.0),
            ("12,000+ results", 12_000.0),
            ("1,234 USD", 1234.0),
            ("1.234,5", 1234.5),
            ("1.234.567", 1_234_567.0),
            ("1\u{a0}234", 1234.0),
            ("1'234'567", 1_234_567.0),
            ("12.3k", 12_300.0),
            ("500K+", 500_000.0),
            ("1.2M", 1_200_000.0),
            ("12,000+", 12_000.0),
            ("74%", 74.0),
            ("70\u{a0}%", 70.0),
            ("+2.39", 2.39),
            ("\u{2212}3", -3.0),
            ("-2", -2.0),
            ("$1,234", 1234.0),
            ("-$5", -5.0),
            ("16462.0", 16462.0),
            ("1.2e-8", 1.2e-8),
            ("1e-05", 1e-5),
            ("9.99e29", 9.99e29),
            (".5", 0.5),
            ("%70", 70.0),
            ("500 mil+", 500_000.0),
            ("50万+", 500_000.0),
            ("9007199254740993", 9_007_199_254_740_992.0),
        ] {
            assert_eq!(point(cell), Some(number), "{cell}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for cell in [
            "26 (est.)",
            "(3)",
            "5 ()",
            "abc",
            "1,23",
            "1,23,45",
            "1,234,56",
            "123,45,678",
            "results",
            "~",
            "1,2345",
            "1.2.3",
            "12 34",
            "1e999",
            "1e30",
            "-1e30",
            "inf",
            "0x10",
            "5 apples",
            "%",
            "+",
            "<",
            "1-2",
            "12:30",
        ] {
            assert_eq!(parse(cell, Decimal::Point), None, "{cell}");
        }
    }

    #[test]
    fn a_decimal_comma_is_the_columns_choice() {
        assert_eq!(parse("165,4", Decimal::Comma), Some(Value::Number(165.4)));
        assert_eq!(parse("0,73%", Decimal::Comma), Some(Value::Number(0.73)));
        assert_eq!(parse("1.234", Decimal::Comma), Some(Value::Number(1234.0)));
        assert_eq!(parse("12.5", Decimal::Comma), None);
        assert_eq!(parse("1,234", Decimal::Point), Some(Value::Number(1234.0)));
    }

    #[test]
    fn below_one_has_a_form_in_every_language() {
        for cell in ["<1", "<%1", "< 1", "<\u{a0}1", "<1%", "<\u{a0}1\u{a0}%", "1 未満", "1 미만", "&lt;1"]
        {
            assert_eq!(parse(cell, Decimal::Point), Some(Value::Below(1.0)), "{cell}");
        }
        assert_eq!(parse("<0", Decimal::Point), None);
        assert!(["1e-05", "-$5", "<1", "1,5", "1.5"].iter().all(|cell| is_number(cell)));
        assert!(!["2020-01-05", "1/5/2020", "abc", "", "NA"].iter().any(|cell| is_number(cell)));
    }

    #[test]
    fn evidence_tells_decimal_commas_from_thousands() {
        let decided = |cell| (Evidence::of(cell).comma, Evidence::of(cell).point);
        assert_eq!(decided("12,5"), (true, false));
        assert_eq!(decided("0,123"), (true, false));
        assert_eq!(decided("1.234,5"), (true, false));
        assert_eq!(decided("1.234.567"), (true, false));
        assert_eq!(decided("1,234.5"), (false, true));
        assert_eq!(decided("1,234,567"), (false, true));
        assert_eq!(decided("12.5"), (false, true));
        assert!(Evidence::of("1,234").open_comma && Evidence::of("1.234").open_point);
        assert_eq!(Evidence::of("1234"), Evidence { large: true, ..Evidence::default() });
        assert_eq!(Evidence::of("123"), Evidence { small: true, ..Evidence::default() });
        assert_eq!(Evidence::of(""), Evidence::default());
        let (rise, share) = (Evidence::of("+180%"), Evidence::of("80%"));
        assert!(rise.rise && rise.percent && share.percent && !share.rise);
    }
}
