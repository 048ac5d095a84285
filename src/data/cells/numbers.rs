//! A cell to a number: thousands separators, decimal commas, per cent, `1.2K`, and Google's `<1`.
//!
//! One cell cannot always say whether its comma is a decimal one, so that is an argument here; what a cell
//! can say of it is its [`Evidence`], which the caller gathers over a whole column.

use crate::data::cells::digits::{self, Digits};
use crate::data::model::findings::Finding;
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
    /// A minus as accountants or SAP write it, in brackets or behind the number.
    pub(crate) marked: bool,
    /// A number without such a minus.
    pub(crate) unmarked: bool,
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
        self.marked |= other.marked;
        self.unmarked |= other.unmarked;
    }

    /// Whether any cell has a point or a comma.
    pub(crate) fn has_sign(self) -> bool {
        self.comma || self.point || self.open_comma || self.open_point
    }

    /// What a cell of digits says, with a minus in front or without, and with this mark among them or none.
    #[inline]
    pub(crate) fn of_digits(digits: Digits, negative: bool, mark: Decimal) -> Self {
        let evidence = Evidence { unmarked: true, ..Evidence::default() };
        let Some(fraction) = digits.fraction else {
            let large = digits.whole > 3;
            return Evidence { small: !large && !negative, large: large && !negative, ..evidence };
        };
        // A single 0 before the mark.
        let zero = digits.whole == 1 && digits.number < 1000;
        let open = fraction == 3 && digits.whole <= 3 && !zero;
        match mark {
            Decimal::Point => Evidence { open_point: open, point: !open, ..evidence },
            Decimal::Comma => Evidence { open_comma: open, comma: !open, ..evidence },
        }
    }

    /// What a trimmed cell says.
    pub(crate) fn of(cell: &str) -> Self {
        let mut evidence = Evidence::default();
        if cell.len() > LONGEST || cell.bytes().all(|b| b.is_ascii_digit()) {
            (evidence.small, evidence.large) = (matches!(cell.len(), 1..=3), cell.len() > 3);
            evidence.unmarked = !cell.is_empty();
            return evidence;
        }
        let Some(parts) = Parts::of(cell) else { return evidence };
        (evidence.marked, evidence.unmarked) = (parts.minus.is_some(), parts.minus.is_none());
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

/// How the minus of a negative number is written, where not before it.
pub(crate) fn minus(cell: &str) -> Option<Finding> {
    Parts::of(cell)?.minus
}

/// Whether a cell can only be meant as a number, and is none that could be drawn: it is infinite, or beyond [`LIMIT`].
pub(crate) fn is_endless(cell: &str) -> bool {
    let plain = cell.trim_start_matches(['+', '-', '−']);
    if ["inf", "infinity", "∞", "1.#INF"].iter().any(|word| word.eq_ignore_ascii_case(plain)) {
        return true;
    }
    let size = |parts: Parts<'_>| unsigned(parts.body, Decimal::Point).map(|n| n * parts.factor);
    cell.len() <= LONGEST && Parts::of(cell).and_then(size).is_some_and(|size| !is_countable(size))
}

/// Whether a cell that is no number may be one with a slip of the pen: it begins with a digit, and half of it are.
pub(crate) fn resembles(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let plain = cell.trim_start_matches(['+', '-', '−', '(', '<', '~', '$', '€', '£', '¥', ' ']);
    cell.len() <= LONGEST
        && plain.starts_with(|c: char| c.is_ascii_digit())
        && digits * 2 >= cell.chars().count()
        && !cell.contains([':', '/'])
        && cell.matches('.').count() < 2
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
    if dashed && !cell.starts_with(['<', '$', '-', '(']) && !cell.ends_with('-') && !cell.contains(['e', 'E'])
    {
        return false;
    }
    let Some(parts) = Parts::of(cell) else { return false };
    let counts = |decimal| unsigned(parts.body, decimal).is_some_and(|n| is_countable(n * parts.factor));
    counts(Decimal::Point) || counts(Decimal::Comma)
}

/// Digits with at most one decimal point, of so few digits that the result is exact.
fn plain(bytes: &[u8], decimal: Decimal) -> Option<f64> {
    let mark = if decimal == Decimal::Point { b'.' } else { 0 };
    let (digits, negative) = digits::within(bytes, 0, bytes.len(), mark)?;
    Some(digits::value(digits.signed_number(negative), digits.fraction.unwrap_or(0)))
}

/// A number's text with everything around its digits taken off.
struct Parts<'a> {
    body: &'a str,
    below: bool,
    negative: bool,
    /// Where the minus stands, if not before the number.
    minus: Option<Finding>,
    percent: bool,
    factor: f64,
}

impl<'a> Parts<'a> {
    fn of(cell: &'a str) -> Option<Self> {
        let mut parts =
            Parts { body: cell, below: false, negative: false, minus: None, percent: false, factor: 1.0 };
        // Most cells begin and end with a digit, and every affix costs a comparison.
        if !cell.as_bytes().first()?.is_ascii_digit() {
            parts.take_prefixes();
        }
        if !parts.body.as_bytes().last()?.is_ascii_digit() {
            parts.take_suffixes();
        }
        // A bracket that opens is closed: what ends with a digit has lost its end.
        let open = parts.minus == Some(Finding::Bracketed) && cell.ends_with(|c: char| c.is_ascii_digit());
        let begins = parts.body.starts_with(|c: char| c.is_ascii_digit() || c == '.' || c == ',');
        (begins && !open).then_some(parts)
    }

    fn take_prefixes(&mut self) {
        self.below = self.prefix(&["<", "＜", "&lt;"]);
        self.prefix(&["~", "≈"]);
        self.negative = self.prefix(&["-", "−", "–"]);
        let signed = self.negative || self.prefix(&["+"]);
        let mut bracketed = !signed && self.prefix(&["("]);
        self.prefix(&["US$", "$", "€", "£", "¥", "USD", "EUR", "GBP"]);
        bracketed = bracketed || (!signed && self.prefix(&["("]));
        if bracketed {
            (self.minus, self.negative) = (Some(Finding::Bracketed), true);
        } else if !signed {
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
        let closed = self.minus.is_some() && self.suffix(&[")"]);
        self.take_minus();
        // Japanese and Korean say "below 1" after the number.
        self.below |= self.suffix(&["未満", "미만"]);
        // Pasted from the page of a job board.
        self.suffix(&["results", "jobs"]);
        self.suffix(&["+"]);
        self.suffix(&["$", "€", "£", "¥", "USD", "EUR", "GBP"]);
        self.percent |= self.suffix(&["%", "％", "٪"]);
        self.take_minus();
        if self.minus == Some(Finding::Bracketed) && !closed && !self.suffix(&[")"]) {
            self.body = "";
        }
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

    /// `5-`, as SAP writes it.
    fn take_minus(&mut self) {
        if !self.negative && self.suffix(&["-", "−"]) {
            (self.minus, self.negative) = (Some(Finding::Trailing), true);
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
mod tests;
