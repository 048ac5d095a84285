//! Sums that are the same in whatever order their numbers come, and exact until they are rounded once.
//!
//! Nearly all numbers of files are decimals of 15 digits at most, and these are added as whole numbers. Each `f64`
//! is the nearest to one such decimal or to none, so that it is known from it. All others are kept as partial sums
//! that do not overlap (Shewchuk 1997), which lose nothing.

use crate::data::cells::digits::TENS;

/// The power of ten that moves a decimal point by so many places.
#[inline]
pub(crate) fn ten(places: usize) -> i64 {
    const TENS: [i64; 16] = [
        1,
        10,
        100,
        1_000,
        10_000,
        100_000,
        1_000_000,
        10_000_000,
        100_000_000,
        1_000_000_000,
        10_000_000_000,
        100_000_000_000,
        1_000_000_000_000,
        10_000_000_000_000,
        100_000_000_000_000,
        1_000_000_000_000_000,
    ];
    TENS.get(places).copied().unwrap_or(i64::MAX)
}

/// The decimal of 15 digits at most that a number is nearest to: its digits, and how many are behind the point.
pub(crate) fn decimal(number: f64) -> Option<(i64, usize)> {
    for (places, ten) in TENS.iter().enumerate() {
        let digits = (number * ten).round();
        if digits.abs() >= 1e15 {
            return None;
        }
        if digits / ten == number {
            #[expect(clippy::cast_possible_truncation, reason = "a whole number of 15 digits")]
            return Some((digits as i64, places));
        }
    }
    None
}

/// A sum of whole numbers over a power of ten.
pub(crate) fn quotient(sum: i128, places: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "the nearest is wanted")]
    let sum = sum as f64;
    sum / TENS.get(places).copied().unwrap_or(1.0)
}

/// An exact sum of any numbers whose sum is finite.
#[derive(Debug, Clone, Default)]
pub(crate) struct Partials(Vec<f64>);

impl Partials {
    /// Whether nothing was added, or nothing is left of it.
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a number.
    pub(crate) fn add(&mut self, number: f64) {
        let mut high = number;
        self.0.retain_mut(|part| {
            let (large, small) = if high.abs() < part.abs() { (*part, high) } else { (high, *part) };
            high = large + small;
            *part = small - (high - large);
            *part != 0.0
        });
        if high != 0.0 {
            self.0.push(high);
        }
    }

    /// Adds another sum.
    pub(crate) fn append(&mut self, other: &Partials) {
        other.0.iter().for_each(|part| self.add(*part));
    }

    /// The nearest number.
    pub(crate) fn value(&self) -> f64 {
        let mut parts = self.0.iter().rev().copied();
        let (mut high, mut low) = (parts.next().unwrap_or(0.0), 0.0);
        for part in parts.by_ref() {
            let sum = high + part;
            low = part - (sum - high);
            high = sum;
            if low != 0.0 {
                break;
            }
        }
        // Half of the last digit, and more of the same sign below: the other neighbour is nearer.
        let rest = parts.next().unwrap_or(0.0);
        if (low < 0.0 && rest < 0.0) || (low > 0.0 && rest > 0.0) {
            let sum = high + low * 2.0;
            if low * 2.0 == sum - high {
                high = sum;
            }
        }
        high
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_the_decimal_it_was_read_from() {
        for (text, digits) in [
            ("0", Some((0, 0))),
            ("12.5", Some((125, 1))),
            ("-0.1", Some((-1, 1))),
            ("99999999.99999999", None),
            ("99999999.9999999", Some((999_999_999_999_999, 7))),
            ("0.000000000000001", Some((1, 15))),
            ("1e-16", None),
            ("1e15", None),
            ("0.1234567890123456", None),
        ] {
            assert_eq!(decimal(text.parse().unwrap()), digits, "{text}");
        }
    }

    #[test]
    fn partial_sums_lose_nothing_in_any_order() {
        let numbers = [1e29, 1.0, 0.1, -1e29, 1e-20, 1.0 / 3.0, -1e13, 3e-300];
        let mut sums = Vec::new();
        for turn in 0..numbers.len() {
            for step in [1, 3, 5, 7] {
                let mut sum = Partials::default();
                (0..numbers.len()).for_each(|i| sum.add(numbers[(turn + i * step) % numbers.len()]));
                sums.push(sum.value());
            }
        }
        assert!(sums.iter().all(|sum| *sum == -9_999_999_999_998.566), "{sums:?}");
        let mut half = Partials::default();
        [1e16, 1.0, 1e-20].into_iter().for_each(|number| half.add(number));
        assert_eq!(half.value(), 1e16 + 2.0);
    }
}
