//! How a number reads on an axis or beside a bar.
//!
//! An axis has one unit and one number of decimals. Values beside marks have three digits that count, more where two
//! of them would read the same, and a unit each (`1.41bn`, `998M`, `81.2k`) where one for all would leave nothing of
//! the small ones. Commas from 1,000 and the minus sign U+2212.

use super::linear::Linear;
use crate::figure::Digits;

/// From here on a set of numbers is written in millions or more.
const ABBREVIATE_FROM: f64 = 1e6;

/// From here on values beside marks are written in thousands or more.
const SHORT_FROM: f64 = 1e4;

/// The least part of a shared unit that reads well: `0.1` of a million.
const LEAST_PART: f64 = 0.1;

/// Digits that count of a value beside its mark.
const SIGNIFICANT: usize = 3;

/// Digits of an `f64` that say anything.
const MOST_SIGNIFICANT: usize = 15;

/// Decimals of the longest numbers that are written out.
const MOST_DECIMALS: usize = 20;

/// Two numbers nearer than this part of them are one but for the arithmetic.
const SAME: f64 = 1e-12;

/// Part of itself by which a number may be off as it is written: who divides two of them is off by twice
/// as much at most.
const ROUNDED: f64 = 0.05;

/// What a number with so many zeros or more counts, where it has a unit of its own.
const UNITS: [(i32, &str); 5] = [(12, "tn"), (9, "bn"), (6, "M"), (3, "k"), (0, "")];

/// How the numbers of one set are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumberFormat {
    /// What they are divided by.
    divisor: f64,
    /// What they then count: `million`; empty when they are not divided.
    pub unit: &'static str,
    /// Digits after the point, at most so many where each number has its own.
    decimals: usize,
    /// Digits of a number that count; `None` writes all before the point.
    significant: Option<usize>,
    /// Whether each number has a unit of its own.
    has_units: bool,
}

impl NumberFormat {
    /// For the ticks of a value axis: as many decimals as the step needs.
    #[must_use]
    pub fn for_ticks(scale: &Linear) -> NumberFormat {
        if scale.log {
            return PLAIN;
        }
        let (divisor, unit, zeros) = magnitude(scale.ticks.iter().copied());
        let step = scale.step.at(1) / divisor;
        let decimals = match zeros {
            0 => scale.step.decimals(),
            _ => (0..=3).find(|&d| is_whole(step * power(d))).unwrap_or(3),
        };
        NumberFormat { divisor, unit, decimals, ..PLAIN }
    }

    /// For values printed beside marks: each with the fewest digits that tell all of them apart, three or more where
    /// it has them, or with all that they have.
    #[must_use]
    pub fn for_values(values: &[f64], digits: Digits) -> NumberFormat {
        let sizes = || values.iter().map(|value| value.abs()).filter(|size| *size > 0.0);
        let (greatest, least) = (sizes().fold(0.0, f64::max), sizes().fold(f64::INFINITY, f64::min));
        if digits == Digits::Full {
            let exact = (0..=MOST_DECIMALS).map(|decimals| NumberFormat { decimals, ..PLAIN });
            return exact.clone().find(|format| format.is_within(values, SAME)).unwrap_or(PLAIN);
        }
        let (divisor, unit, _) = magnitude(values.iter().copied());
        if greatest < SHORT_FROM {
            return NumberFormat::of_small(values, greatest);
        }
        let shared = NumberFormat { divisor, unit, ..PLAIN };
        let whole = values.iter().all(|value| is_whole(value / divisor));
        if !unit.is_empty() && (least >= divisor * LEAST_PART || whole) {
            let first = if whole { 0 } else { decimals_of(greatest / divisor) };
            let finer = (first..=9).map(|decimals| NumberFormat { decimals, ..shared });
            if let Some(format) =
                finer.clone().find(|format| format.tells_apart(values) && format.keeps(values))
            {
                return format;
            }
        }
        let own = |digits| NumberFormat {
            decimals: MOST_DECIMALS,
            significant: Some(digits),
            has_units: true,
            ..PLAIN
        };
        let finer = (SIGNIFICANT..MOST_SIGNIFICANT).map(own);
        finer.clone().find(|format| format.tells_apart(values)).unwrap_or(own(MOST_SIGNIFICANT))
    }

    /// For values that need no unit: the same decimals for all, the fewest (1 below a hundred) that tell them apart
    /// and leave each nearly as large as it is; thousands rounded.
    fn of_small(values: &[f64], greatest: f64) -> NumberFormat {
        let rounded =
            (SIGNIFICANT..MOST_SIGNIFICANT).map(|digits| NumberFormat { significant: Some(digits), ..PLAIN });
        let whole = values.iter().all(|value| is_whole(*value));
        let mut coarse = rounded.clone().filter(|_| whole || greatest >= 100.0);
        let fits = |format: &NumberFormat| format.tells_apart(values) && format.is_within(values, ROUNDED);
        if let Some(format) = coarse.find(fits) {
            return format;
        }
        let leading = (1..MOST_DECIMALS).find(|decimals| greatest * power(*decimals) >= 1.0);
        let most = 3.max(leading.unwrap_or(MOST_DECIMALS) + 2).min(MOST_DECIMALS);
        let finer = (1..=most).map(|decimals| NumberFormat { decimals, ..PLAIN });
        finer.clone().find(fits).unwrap_or(NumberFormat { decimals: most, ..PLAIN })
    }

    /// Whether values that differ are written differently.
    fn tells_apart(&self, values: &[f64]) -> bool {
        let mut sorted = values.to_vec();
        sorted.sort_by(f64::total_cmp);
        sorted.dedup_by(|b, a| (*b - *a).abs() <= SAME * a.abs().max(b.abs()));
        let texts: Vec<String> = sorted.iter().map(|value| self.text(*value)).collect();
        texts.windows(2).all(|pair| pair.first() != pair.last())
    }

    /// The same without digits after the point.
    #[must_use]
    pub fn whole(self) -> NumberFormat {
        NumberFormat { decimals: 0, ..self }
    }

    /// The same with so many digits after the point at most.
    #[must_use]
    pub fn at_most(self, decimals: usize) -> NumberFormat {
        NumberFormat { decimals: self.decimals.min(decimals), ..self }
    }

    /// Whether every number is written nearly as large as it is.
    #[must_use]
    pub fn keeps(&self, values: &[f64]) -> bool {
        self.is_within(values, ROUNDED)
    }

    fn is_within(&self, values: &[f64], part: f64) -> bool {
        values.iter().all(|value| (self.written(*value) - value).abs() <= value.abs() * part)
    }

    /// The number that is read of a value.
    fn written(&self, value: f64) -> f64 {
        let scale = power(self.decimals.min(MOST_DECIMALS)) / self.divisor;
        match self.significant {
            Some(_) if self.has_units => self.rounded(value).parse().unwrap_or(value),
            Some(_) => self.rounded(libm::round(value * scale) / scale).parse().unwrap_or(value),
            None => libm::round(value * scale) / scale,
        }
    }

    /// The value in as many digits as count, in powers of ten: `1.41e9`.
    fn rounded(&self, value: f64) -> String {
        let digits = self.significant.unwrap_or(MOST_SIGNIFICANT).max(1);
        let text = format!("{value:.0$e}", digits - 1);
        let (_, exponent) = split_power(&text);
        let before = if self.has_units { exponent - group(exponent).0 } else { exponent } + 1;
        let most = usize::try_from(before).unwrap_or(0) + self.decimals;
        if exponent >= 0 && most < digits { format!("{value:.0$e}", most.max(1) - 1) } else { text }
    }

    /// The number as text.
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        if self.has_units && value != 0.0 {
            return self.with_own_unit(value);
        }
        let scaled = libm::round(value / self.divisor * power(self.decimals));
        if scaled == 0.0 {
            return if value == 0.0 { "0".into() } else { self.next_to_zero(value) };
        }
        // Only what stands before the point is rounded further.
        let scaled = match self.significant {
            Some(_) if self.decimals == 0 => self.rounded(scaled).parse().unwrap_or(scaled),
            _ => scaled,
        };
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "`as` saturates; whole and positive"
        )]
        let digits = (scaled.abs() as u128).to_string();
        let digits = format!("{digits:0>width$}", width = self.decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.decimals);
        let sign = if scaled < 0.0 { "\u{2212}" } else { "" };
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{}{point}{fraction}", with_commas(whole))
    }

    /// `81.2k`, without zeros at the end of its fraction.
    fn with_own_unit(&self, value: f64) -> String {
        let text = self.rounded(value);
        let (mantissa, exponent) = split_power(&text);
        let (zeros, unit) = group(exponent);
        let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
        let sign = if value < 0.0 { "\u{2212}" } else { "" };
        let (whole, fraction) = match usize::try_from(exponent - zeros) {
            Ok(before) => {
                let padded = format!("{digits:0<width$}", width = before + 1);
                let (whole, fraction) = padded.split_at(before + 1);
                (with_commas(whole), fraction.to_owned())
            }
            // Below one, where `exponent` counts the zeros after the point.
            Err(_) => {
                let zeros = usize::try_from(-exponent - 1).unwrap_or(0);
                ("0".to_owned(), format!("{}{digits}", "0".repeat(zeros)))
            }
        };
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        format!("{sign}{whole}{point}{fraction}{unit}")
    }

    /// The number in this set's unit with three significant figures, and no more decimals than `most`, where it is
    /// not divided.
    #[must_use]
    pub fn in_three(&self, value: f64, most: usize) -> String {
        let size = (value / self.divisor).abs();
        if size == 0.0 {
            return "0".into();
        }
        #[expect(clippy::cast_possible_truncation, reason = "of a finite number")]
        let exponent = libm::floor(libm::log10(size)) as i32;
        let unit = power(usize::try_from(exponent - 2).unwrap_or(0)) * self.divisor;
        let decimals = usize::try_from(2 - exponent).unwrap_or(0).min(MOST_DECIMALS);
        let decimals = if self.divisor == 1.0 { decimals.min(most) } else { decimals };
        let rounded = if exponent > 2 { libm::round(value / unit) * unit } else { value };
        NumberFormat { decimals, ..*self }.text(rounded)
    }

    /// A value that rounds to nothing but is not nothing: below the least that can be written.
    fn next_to_zero(&self, value: f64) -> String {
        let least = NumberFormat { unit: "", divisor: 1.0, significant: None, ..*self }
            .text(1.0 / power(self.decimals));
        if value > 0.0 { format!("<{least}") } else { format!(">\u{2212}{least}") }
    }
}

/// A tick of a logarithmic scale, which has a unit and decimals of its own: `0.01`, `500`, `2 million`.
#[must_use]
pub fn tick_by_itself(value: f64) -> String {
    let (divisor, unit, _) = magnitude(std::iter::once(value));
    let is_whole_at = |decimals: &usize| {
        let scaled = value / divisor * power(*decimals);
        libm::fabs(scaled - libm::round(scaled)) <= scaled.abs() * 1e-9
    };
    let decimals = (0..MOST_DECIMALS).find(is_whole_at).unwrap_or(MOST_DECIMALS);
    let text = NumberFormat { divisor, unit, decimals, ..PLAIN }.text(value);
    if unit.is_empty() { text } else { format!("{text}\u{a0}{unit}") }
}

/// Digits with a comma between thousands.
#[must_use]
pub fn with_commas(digits: &str) -> String {
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Numbers as they are, without decimals.
const PLAIN: NumberFormat =
    NumberFormat { divisor: 1.0, unit: "", decimals: 0, significant: None, has_units: false };

/// What stands before and behind the `e` of a number in powers of ten.
fn split_power(text: &str) -> (&str, i32) {
    let (mantissa, exponent) = text.split_once('e').unwrap_or((text, "0"));
    (mantissa, exponent.parse().unwrap_or(0))
}

/// The unit of a number in powers of ten, with its zeros.
fn group(exponent: i32) -> (i32, &'static str) {
    UNITS.into_iter().find(|(zeros, _)| exponent >= *zeros).unwrap_or((0, ""))
}

/// Decimals that give a number of one or more the digits that count.
fn decimals_of(size: f64) -> usize {
    let whole = (1..SIGNIFICANT).find(|digits| size < power(*digits)).unwrap_or(SIGNIFICANT);
    SIGNIFICANT - whole
}

/// Divisor, its name and its zeros for numbers up to the greatest of a set.
fn magnitude(values: impl Iterator<Item = f64>) -> (f64, &'static str, u8) {
    let greatest = values.fold(0.0_f64, |max, v| max.max(v.abs()));
    match greatest {
        v if v < ABBREVIATE_FROM => (1.0, "", 0),
        v if v < 1e9 => (1e6, "million", 6),
        v if v < 1e12 => (1e9, "billion", 9),
        _ => (1e12, "trillion", 12),
    }
}

fn power(decimals: usize) -> f64 {
    [1.0, 10.0, 100.0, 1000.0]
        .get(decimals)
        .copied()
        .unwrap_or_else(|| (0..decimals).fold(1.0, |power, _| power * 10.0))
}

fn is_whole(value: f64) -> bool {
    libm::round(value) == value
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tick_texts(high: f64) -> Vec<String> {
        let scale = Linear::around(0.0, high, 6, false);
        let format = NumberFormat::for_ticks(&scale);
        scale.ticks.iter().map(|&t| format.text(t)).collect()
    }

    #[test]
    fn ticks_share_decimals_and_unit() {
        assert_eq!(tick_texts(0.25), ["0", "0.05", "0.10", "0.15", "0.20", "0.25"]);
        assert_eq!(tick_texts(196_576.0), ["0", "50,000", "100,000", "150,000", "200,000"]);
        assert_eq!(tick_texts(87_347_847.0), ["0", "20", "40", "60", "80", "100"]);
        assert_eq!(tick_texts(1_250_000.0), ["0", "0.25", "0.50", "0.75", "1.00", "1.25"]);
    }

    fn texts(values: &[f64]) -> Vec<String> {
        let format = NumberFormat::for_values(values, Digits::Short);
        values.iter().map(|&v| format.text(v)).collect()
    }

    #[test]
    fn values_keep_what_tells_them_apart() {
        assert_eq!(texts(&[14.3, 4.7, 4.0, 3.8, 2.3, 1.5]), ["14.3", "4.7", "4.0", "3.8", "2.3", "1.5"]);
        assert_eq!(texts(&[598.0, 457.0, 308.0]), ["598", "457", "308"]);
        assert_eq!(texts(&[196_576.0, 102_331.0, 64_190.0]), ["197k", "102k", "64.2k"]);
        assert_eq!(texts(&[-1_234.0, 12.0]), ["\u{2212}1,230", "12"]);
        assert_eq!(texts(&[3_635.0, 3_638.0, 53.0]), ["3,635", "3,638", "53"]);
        assert_eq!(texts(&[19_701_649.0, 68_285_989.0]), ["19.7", "68.3"]);
        assert_eq!(texts(&[123_456.0, 123_457.0]), ["123.456k", "123.457k"]);
        assert_eq!(texts(&[12.31, 12.34, 4.7]), ["12.31", "12.34", "4.70"]);
        assert_eq!(texts(&[999_600.0, 10.0]), ["1M", "10"]);
    }

    #[test]
    fn three_figures_are_in_the_unit_of_the_set() {
        let of = |high: f64, value: f64, most| {
            NumberFormat::for_ticks(&Linear::around(0.0, high, 6, false)).in_three(value, most)
        };
        assert_eq!(of(200_000.0, 196_576.0, 0), "197,000");
        assert_eq!(of(87_347_847.0, 87_347_847.0, 0), "87.3");
        assert_eq!(of(87_347_847.0, 1_400.0, 0), "0.00140");
        assert_eq!(of(100.0, 62.0, 0), "62");
        assert_eq!(of(100.0, 62.0, 9), "62.0");
        assert_eq!(of(1.0, 0.05, 9), "0.0500");
        assert_eq!(of(100.0, -0.0, 9), "0");
        assert_eq!(of(2_000.0, 999.7, 9), "1,000");
    }

    #[test]
    fn what_is_not_zero_does_not_read_as_zero() {
        assert_eq!(
            texts(&[1_412_345_678.0, 998_112_345.0, 81_234.0, 312.0, 0.0]),
            ["1.41bn", "998M", "81.2k", "312", "0"]
        );
        assert_eq!(texts(&[2_675_968.0, 748_281.0, 42_095.0]), ["2.68M", "748k", "42.1k"]);
        assert_eq!(texts(&[1_400_000_000.0, -300.0, 0.25]), ["1.4bn", "\u{2212}300", "0.25"]);
        assert_eq!(texts(&[2e-12, 1.5e-12, 0.0]), ["0.0000000000020", "0.0000000000015", "0"]);
        assert_eq!(texts(&[0.0004, 0.00021]), ["0.0004", "0.0002"]);
    }

    #[test]
    fn full_digits_are_all_that_a_value_has() {
        let full = |values: &[f64]| {
            let format = NumberFormat::for_values(values, Digits::Full);
            values.iter().map(|&v| format.text(v)).collect::<Vec<_>>()
        };
        assert_eq!(full(&[1_412_345_678.0, 81_234.0, 0.0]), ["1,412,345,678", "81,234", "0"]);
        assert_eq!(full(&[3_635.25, 3.5]), ["3,635.25", "3.50"]);
    }

    proptest::proptest! {
        #[test]
        fn printed_numbers_distinguish_what_they_compare(
            values in proptest::collection::vec(
                (1_u32..1_000_000, -3_i32..7, proptest::bool::ANY), 1..30,
            ),
        ) {
            let values: Vec<f64> = values
                .into_iter()
                .map(|(digits, exponent, is_whole)| {
                    let value = f64::from(digits) * libm::exp10(f64::from(exponent));
                    if is_whole { libm::round(value) } else { value }
                })
                .collect();
            let format = NumberFormat::for_values(&values, Digits::Short);
            for value in &values {
                let text = format.text(*value);
                let reads_zero = text.chars().all(|c| matches!(c, '0' | '.'));
                proptest::prop_assert!(!reads_zero || *value == 0.0, "{value} reads {text}");
                proptest::prop_assert!(text.starts_with('<') || format.keeps(&[*value]), "{value} reads {text}");
            }
            if values.iter().fold(0.0_f64, |most, v| most.max(*v)) >= SHORT_FROM {
                proptest::prop_assert!(format.tells_apart(&values), "{:?}", values);
            }
        }
    }
}
