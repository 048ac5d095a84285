//! How a number reads on an axis or beside a bar.
//!
//! One unit and one number of decimals for a whole set of numbers, digits made
//! from integers so that no float formatting reaches a picture, commas from
//! 1,000 and the minus sign U+2212.

use super::linear::Linear;

/// From here on a set of numbers is written in millions or more.
const ABBREVIATE_FROM: f64 = 1e6;

/// Numbers from here on are too long to be written out beside a bar.
const UNDIVIDED_BELOW: f64 = 1e9;

/// Decimals of the longest numbers that are written out.
const MOST_DECIMALS: usize = 20;

/// Share of a set that must stay distinct when decimals are cut.
const DISTINCT: f64 = 0.9;

/// Part of itself by which a number may be off as it is written: who divides two of them is off by twice
/// as much at most.
const ROUNDED: f64 = 0.05;

/// How the numbers of one set are written.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct NumberFormat {
    /// What they are divided by.
    divisor: f64,
    /// What they then count: `million`; empty when they are not divided.
    pub unit: &'static str,
    /// Digits after the point.
    decimals: usize,
}

impl NumberFormat {
    /// For the ticks of a value axis: as many decimals as the step needs.
    #[must_use]
    pub fn for_ticks(scale: &Linear) -> NumberFormat {
        let (divisor, unit, zeros) = magnitude(scale.ticks.iter().copied());
        let step = scale.step.at(1) / divisor;
        let decimals = match zeros {
            0 => scale.step.decimals(),
            _ => (0..=3).find(|&d| is_whole(step * power(d))).unwrap_or(3),
        };
        NumberFormat { divisor, unit, decimals }
    }

    /// For values printed beside marks: whole numbers as they are, others with the fewest
    /// decimals, 0 (1 below a hundred) to 3, that tell nine in ten of them apart; more where all are small.
    #[must_use]
    pub fn for_values(values: &[f64]) -> NumberFormat {
        let (divisor, unit, _) = magnitude(values.iter().copied());
        let plain = NumberFormat { divisor, unit, decimals: 0 };
        if values.iter().all(|v| is_whole(v / divisor)) {
            return plain;
        }
        let distinct = |format: &NumberFormat| {
            let mut texts: Vec<String> = values.iter().map(|&v| format.text(v)).collect();
            texts.sort();
            texts.dedup();
            texts.len() as f64
        };
        let mut exact: Vec<f64> = values.to_vec();
        exact.sort_by(f64::total_cmp);
        exact.dedup();
        // Below a hundred, or in millions, a whole number would hide more than a reader expects.
        let greatest = values.iter().fold(0.0_f64, |most, v| most.max(v.abs())) / divisor;
        let least = usize::from(!unit.is_empty() || greatest < 100.0);
        let leading = (1..MOST_DECIMALS).find(|decimals| greatest * power(*decimals) >= 1.0);
        let most = 3.max(leading.unwrap_or(MOST_DECIMALS) + 2).min(MOST_DECIMALS);
        let coarse = (least..=most)
            .map(|decimals| NumberFormat { decimals, ..plain })
            .find(|format| distinct(format) >= DISTINCT * exact.len() as f64)
            .unwrap_or(NumberFormat { decimals: most, ..plain });
        let undivided = NumberFormat { divisor: 1.0, unit: "", decimals: 0 };
        let short = !unit.is_empty() && values.iter().all(|v| v.abs() < UNDIVIDED_BELOW);
        (coarse.decimals..most)
            .map(|decimals| NumberFormat { decimals, ..plain })
            .chain(short.then_some(undivided))
            .chain([NumberFormat { decimals: most, ..plain }])
            .find(|format| format.keeps(values))
            .unwrap_or(coarse)
    }

    /// The same without digits after the point.
    #[must_use]
    pub fn whole(self) -> NumberFormat {
        NumberFormat { decimals: 0, ..self }
    }

    /// Whether every number is written nearly as large as it is.
    #[must_use]
    pub fn keeps(&self, values: &[f64]) -> bool {
        let scale = power(self.decimals) / self.divisor;
        values.iter().all(|v| (libm::round(v * scale) / scale - v).abs() <= v.abs() * ROUNDED)
    }

    /// The number as text.
    #[must_use]
    pub fn text(&self, value: f64) -> String {
        let scaled = libm::round(value / self.divisor * power(self.decimals));
        if scaled == 0.0 {
            return if value == 0.0 { "0".into() } else { self.next_to_zero(value) };
        }
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
        let least = NumberFormat { unit: "", divisor: 1.0, ..*self }.text(1.0 / power(self.decimals));
        if value > 0.0 { format!("<{least}") } else { format!(">\u{2212}{least}") }
    }
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

    #[test]
    fn values_keep_what_tells_them_apart() {
        let texts = |values: &[f64]| {
            let format = NumberFormat::for_values(values);
            values.iter().map(|&v| format.text(v)).collect::<Vec<_>>()
        };
        assert_eq!(texts(&[14.3, 4.7, 4.0, 3.8, 2.3, 1.5]), ["14.3", "4.7", "4.0", "3.8", "2.3", "1.5"]);
        assert_eq!(texts(&[196_576.0, 64_190.0]), ["196,576", "64,190"]);
        assert_eq!(texts(&[-1_234.0, 12.0]), ["\u{2212}1,234", "12"]);
        assert_eq!(texts(&[19_701_649.0, 68_285_989.0]), ["19.7", "68.3"]);
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
        let texts = |values: &[f64]| {
            let format = NumberFormat::for_values(values);
            values.iter().map(|&v| format.text(v)).collect::<Vec<_>>()
        };
        assert_eq!(texts(&[2_675_968.0, 748_281.0, 42_095.0]), ["2.68", "0.75", "0.04"]);
        assert_eq!(texts(&[70_000_000.0, 3_512.0, 0.0]), ["70,000,000", "3,512", "0"]);
        assert_eq!(texts(&[1_400_000_000.0, 700_000_000.0, 300.0]), ["1.4", "0.7", "<0.1"]);
        assert_eq!(texts(&[1_400_000_000.0, -300.0]), ["1.4", ">\u{2212}0.1"]);
        assert_eq!(texts(&[2e-12, 1.5e-12, 0.0]), ["0.0000000000020", "0.0000000000015", "0"]);
        assert_eq!(texts(&[0.0004, 0.00021]), ["0.0004", "0.0002"]);
    }
}
