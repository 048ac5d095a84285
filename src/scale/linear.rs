//! The value scale: a domain that holds zero, and ticks at round numbers.
//!
//! A tick is 1, 2, 2.5 or 5 times a power of ten apart from the next; three to
//! six are labelled. The domain goes one tick past the data only where they
//! pass the last tick by more than a quarter of a step. A logarithmic scale has
//! no zero, and ticks of its own.

use std::ops::Range;

use plotters::coord::ranged1d::{DefaultFormatting, KeyPointHint, Ranged};

use super::between;
use super::logarithmic::{self, LogTicks};

/// Fewest and most ticks of a value axis.
pub const TICKS: (usize, usize) = (3, 6);

/// How far data may pass the last tick, in steps, before another tick is added.
const OVERSHOOT: f64 = 0.25;

/// A distance between ticks: `mantissa / 10 * 10^exponent`, so that every tick is the nearest `f64` to its decimal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TickStep {
    /// 10, 20, 25 or 50.
    mantissa: i64,
    /// Power of ten.
    exponent: i32,
}

impl TickStep {
    const MANTISSAS: [i64; 4] = [10, 20, 25, 50];

    /// The `index`-th multiple of the step.
    #[must_use]
    pub fn at(self, index: i64) -> f64 {
        let digits = self.mantissa.saturating_mul(index) as f64;
        let exponent = self.exponent - 1;
        let power = libm::exp10(f64::from(exponent.abs())).round();
        if exponent < 0 { digits / power } else { digits * power }
    }

    /// Whether every tick is a whole number.
    #[must_use]
    pub fn is_whole(self) -> bool {
        self.decimals() == 0
    }

    /// Digits after the point that tell neighbouring ticks apart.
    #[must_use]
    pub fn decimals(self) -> usize {
        let lowest = if self.mantissa == 25 { self.exponent - 1 } else { self.exponent };
        usize::try_from(-lowest).unwrap_or(0)
    }
}

/// A linear scale with its ticks.
#[derive(Debug, Clone, PartialEq)]
pub struct Linear {
    /// Least value shown; at most zero.
    pub min: f64,
    /// Greatest value shown; above `min`.
    pub max: f64,
    /// Where ticks fall, ascending, zero among them.
    pub ticks: Vec<f64>,
    /// What lies between them.
    pub step: TickStep,
    /// Whether the least value stands on top, as of ranks.
    pub reversed: bool,
    /// Whether equal distances are equal ratios; all values are above zero then.
    pub log: bool,
    /// Lines between ticks that have no label.
    pub minor: Vec<f64>,
}

impl Linear {
    /// A scale for data from `low` to `high` (each less than 1e300 from zero) with about `target` ticks;
    /// `whole` asks for ticks at whole numbers only.
    #[must_use]
    pub fn around(low: f64, high: f64, target: usize, whole: bool) -> Linear {
        let (low, mut high) = (low.min(0.0), high.max(0.0));
        let target = target.clamp(TICKS.0, TICKS.1);
        if low == high {
            high = 1.0;
        }
        let span = high - low;
        #[expect(clippy::cast_possible_truncation, reason = "an f64 has at most 309 digits")]
        let magnitude = libm::floor(libm::log10(span)) as i32;
        let steps = (magnitude - 2..=magnitude + 1)
            .flat_map(|exponent| TickStep::MANTISSAS.map(|mantissa| TickStep { mantissa, exponent }))
            // Below 1e-307 there is no power of ten to be had, and a step would be nothing.
            .filter(|step| step.at(1) > 0.0 && (!whole || step.is_whole()));
        let mut chosen = (TickStep { mantissa: 10, exponent: magnitude.max(0) }, 0, 2);
        for step in steps {
            let (first, last) = tick_range(low, high, step.at(1));
            if usize::try_from(last - first).is_ok_and(|steps| steps < target) {
                chosen = (step, first, last);
                break;
            }
        }
        let (step, first, last) = chosen;
        let last = last.max(first + 2);
        let ticks: Vec<f64> = (first..=last).map(|index| step.at(index)).collect();
        Linear { min: low.min(step.at(first)), max: high.max(step.at(last)), ticks, step, ..Linear::plain() }
    }

    /// A scale for ranks from 1, on top, to the lowest, with about `target` ticks, the first rank among them.
    #[must_use]
    pub fn ranks(lowest: f64, target: usize) -> Linear {
        let max = lowest.max(2.0);
        let steps =
            (0..=30).flat_map(|exponent| [10, 20, 50].map(|mantissa| TickStep { mantissa, exponent }));
        let most = target.clamp(TICKS.0, TICKS.1) as f64;
        let fits = |step: &TickStep| max / step.at(1) <= most;
        let step = steps.into_iter().find(fits).unwrap_or(TickStep { mantissa: 10, exponent: 30 });
        let later = (1..).map(|index| step.at(index)).take_while(|tick| *tick <= max);
        let ticks = std::iter::once(1.0).chain(later.filter(|tick| *tick > 1.0)).collect();
        Linear { min: 1.0, max, ticks, step, reversed: true, ..Linear::plain() }
    }

    /// A logarithmic scale for values from `low` to `high`, both above zero.
    #[must_use]
    pub fn log(low: f64, high: f64) -> Linear {
        let LogTicks { min, max, labelled, minor } = logarithmic::ticks(low, high);
        Linear { min, max, ticks: labelled, log: true, minor, ..Linear::plain() }
    }

    fn plain() -> Linear {
        let step = TickStep { mantissa: 10, exponent: 0 };
        Linear { min: 0.0, max: 1.0, ticks: Vec::new(), step, reversed: false, log: false, minor: Vec::new() }
    }

    /// How far from the least to the greatest the line is that all stands on: zero, where the scale has one.
    #[must_use]
    pub fn ground(&self) -> f64 {
        if self.reversed || self.log { 0.0 } else { self.fraction(0.0) }
    }

    /// How far a value is from the least shown to the greatest, 0 to 1.
    #[must_use]
    pub fn fraction(&self, value: f64) -> f64 {
        let share = if self.log {
            libm::log10(value.max(self.min * f64::EPSILON) / self.min) / libm::log10(self.max / self.min)
        } else {
            (value - self.min) / (self.max - self.min)
        };
        if self.reversed { 1.0 - share } else { share }
    }

    /// A scale from zero to the longest bar, without ticks.
    #[must_use]
    pub fn bars(low: f64, high: f64) -> Linear {
        let (min, max) = (low.min(0.0), high.max(0.0));
        let max = if min == max { 1.0 } else { max };
        Linear { min, max, ..Linear::plain() }
    }
}

/// First and last multiple of `step` on an axis that shows `low` to `high`.
#[expect(clippy::cast_possible_truncation, reason = "both are a few steps from zero")]
fn tick_range(low: f64, high: f64, step: f64) -> (i64, i64) {
    let past = |value: f64| {
        let whole = libm::floor(value / step);
        if value > (whole + OVERSHOOT) * step { whole as i64 + 1 } else { whole as i64 }
    };
    (-past(-low), past(high))
}

impl Ranged for Linear {
    type FormatOption = DefaultFormatting;
    type ValueType = f64;

    fn map(&self, value: &f64, limit: (i32, i32)) -> i32 {
        between(limit, self.fraction(*value))
    }

    fn key_points<Hint: KeyPointHint>(&self, _hint: Hint) -> Vec<f64> {
        self.ticks.clone()
    }

    fn range(&self) -> Range<f64> {
        self.min..self.max
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticks(high: f64) -> Vec<f64> {
        Linear::around(0.0, high, 6, false).ticks
    }

    #[test]
    fn ticks_are_round_and_few() {
        assert_eq!(ticks(100.0), [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]);
        assert_eq!(ticks(196_576.0), [0.0, 50_000.0, 100_000.0, 150_000.0, 200_000.0]);
        assert_eq!(ticks(0.3), [0.0, 0.1, 0.2, 0.3]);
        assert_eq!(Linear::around(0.0, 100.0, 5, false).ticks, [0.0, 25.0, 50.0, 75.0, 100.0]);
    }

    #[test]
    fn a_tick_is_added_only_past_a_quarter_of_a_step() {
        let scale = Linear::around(0.0, 104.0, 5, false);
        assert_eq!((scale.max, scale.ticks.last()), (104.0, Some(&100.0)));
        assert_eq!(Linear::around(0.0, 107.0, 5, false).ticks, [0.0, 50.0, 100.0]);
    }

    #[test]
    fn the_first_rank_stands_on_top() {
        for (lowest, ticks) in [
            (26.0, &[1.0, 5.0, 10.0, 15.0, 20.0, 25.0][..]),
            (5.0, &[1.0, 2.0, 3.0, 4.0, 5.0]),
            (1.0, &[1.0, 2.0]),
            (100.0, &[1.0, 20.0, 40.0, 60.0, 80.0, 100.0]),
        ] {
            let scale = Linear::ranks(lowest, 6);
            assert_eq!(scale.ticks, ticks);
            assert_eq!((scale.fraction(1.0), scale.fraction(scale.max)), (1.0, 0.0));
        }
    }

    #[test]
    fn counts_have_whole_ticks() {
        assert_eq!(Linear::around(0.0, 1.0, 6, true).ticks, [0.0, 1.0, 2.0]);
        assert_eq!(Linear::around(0.0, 0.0, 6, true).ticks, [0.0, 1.0, 2.0]);
        assert_eq!(Linear::around(0.0, 10.0, 6, true).ticks, [0.0, 2.0, 4.0, 6.0, 8.0, 10.0]);
    }

    #[test]
    fn every_scale_is_total() {
        let sizes =
            std::iter::successors(Some(1e-9), |size| Some(size * 1.37)).take_while(|size| *size < 1e12);
        for value in sizes.chain([5e-324, 1e-308, 1e-300, 1e-30, 9.9e29, 9.9e299]) {
            for target in 2..=8 {
                for whole in [false, true] {
                    for (low, high) in
                        [(0.0, value), (-value, 0.0), (-value, 3.0 * value), (-7.0 * value, value)]
                    {
                        let scale = Linear::around(low, high, target, whole);
                        let count = scale.ticks.len();
                        assert!((3..=6).contains(&count), "{low}..{high}: {:?}", scale.ticks);
                        assert!(scale.min <= low && scale.max >= high && scale.min < scale.max);
                        assert!(scale.ticks.contains(&0.0));
                        assert!(scale.ticks.is_sorted_by(|a, b| a < b));
                        assert!(scale.ticks[0] >= scale.min && scale.ticks[count - 1] <= scale.max);
                    }
                }
            }
        }
    }

    #[test]
    fn mapping_runs_from_end_to_end_and_keeps_ratios() {
        let scale = Linear::bars(0.0, 400.0);
        assert_eq!(scale.map(&0.0, (10, 4010)), 10);
        assert_eq!(scale.map(&400.0, (10, 4010)), 4010);
        assert_eq!(scale.map(&100.0, (10, 4010)), 1010);
        assert_eq!(scale.map(&100.0, (4010, 10)), 3010);
    }
}
