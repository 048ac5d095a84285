//! Ticks of a logarithmic scale: powers of ten, twice and five times these where they are few, and the lines between
//! them that have no label.
//!
//! Over less than a decade, in which equal steps are read more easily, ticks are as far apart as those of a linear
//! scale, and stand where they belong. It must not know how a scale is drawn.

/// Where the ticks of a scale are, and from where to where it goes.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct LogTicks {
    pub(super) min: f64,
    pub(super) max: f64,
    /// With a label.
    pub(super) labelled: Vec<f64>,
    /// Without one.
    pub(super) minor: Vec<f64>,
}

/// How far data may pass the last tick, in parts of the way to the next, before the scale goes on to that.
const OVERSHOOT: f64 = 0.25;

/// Fewer ticks with a label tell of no scale.
const LEAST: usize = 3;

/// Up to this factor between the ends of the data, ticks are in equal steps.
const NARROW: f64 = 4.0;

/// Most ticks with a label, and most lines.
const MOST: usize = 6;
const LINES: usize = 20;

/// The ticks for data from `low` to `high`, both above zero, `low` at most `high`.
pub(super) fn ticks(low: f64, high: f64) -> LogTicks {
    if high / low <= NARROW {
        return steps(low, high);
    }
    let (min, max) = domain(low, high);
    let within = |digits: &[f64]| multiples(digits, min, max);
    let (all, ones, halves) = (within(&[1.0, 2.0, 5.0]), within(&[1.0]), within(&[1.0, 5.0]));
    let labelled = match () {
        () if (LEAST..=MOST).contains(&all.len()) => all,
        () if ones.len() >= LEAST => thinned(&ones),
        () => halves,
    };
    let lines = [&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0][..], &[1.0, 2.0, 5.0], &[1.0]];
    let lines = lines.into_iter().map(within).find(|lines| lines.len() <= LINES).unwrap_or_default();
    let minor = lines.into_iter().filter(|line| !labelled.contains(line)).collect();
    LogTicks { min, max, labelled, minor }
}

/// From the round number at or below the data to the one above them, unless they hardly pass one.
fn domain(low: f64, high: f64) -> (f64, f64) {
    let round = |from: f64, to: f64| multiples(&[1.0, 2.0, 5.0], from, to);
    let min = round(low / 10.0, low).last().copied().unwrap_or(low);
    let last = round(high / 10.0, high).last().copied().unwrap_or(high).max(min);
    let next = round(high, high * 10.0).first().copied().unwrap_or(high);
    let part = libm::log10(high / last) / libm::log10(next / last);
    let max = if part > OVERSHOOT { next } else { high };
    (min, if max > min { max } else { round(min * 1.5, min * 15.0).first().copied().unwrap_or(min * 2.0) })
}

/// Digits times powers of ten, ascending, from one number to another.
fn multiples(digits: &[f64], from: f64, to: f64) -> Vec<f64> {
    #[expect(clippy::cast_possible_truncation, reason = "an f64 has at most 309 digits")]
    let (first, last) = (libm::floor(libm::log10(from)) as i32, libm::floor(libm::log10(to)) as i32);
    let powers = (first..=last).flat_map(|exponent| digits.iter().map(move |digit| times(*digit, exponent)));
    powers.filter(|tick| from <= *tick && *tick <= to).collect()
}

/// The number nearest to a decimal.
fn times(digit: f64, exponent: i32) -> f64 {
    let power = libm::exp10(f64::from(exponent.abs())).round();
    if exponent < 0 { digit / power } else { digit * power }
}

/// Every so many powers, so that they are few.
fn thinned(powers: &[f64]) -> Vec<f64> {
    let every = powers.len().div_ceil(MOST);
    powers.iter().rev().step_by(every).copied().collect::<Vec<_>>().into_iter().rev().collect()
}

/// Data that differ by less than this factor have as much room around them.
const LEAST_RATIO: f64 = 1.21;

/// Equal steps, of which none is zero.
fn steps(low: f64, high: f64) -> LogTicks {
    let room = if high / low < LEAST_RATIO { libm::sqrt(LEAST_RATIO) } else { 1.0 };
    let (low, high) = (low / room, high * room);
    let span = high - low;
    #[expect(clippy::cast_possible_truncation, reason = "an f64 has at most 309 digits")]
    let magnitude = libm::floor(libm::log10(span)) as i32;
    let distances = (magnitude - 2..=magnitude + 1)
        .flat_map(|exponent| [1.0, 2.0, 2.5, 5.0].map(|digit| (digit, exponent)));
    let mut found = Vec::new();
    for (digit, exponent) in distances {
        let step = times(digit, exponent);
        let (first, last) = (libm::floor(low / step), libm::ceil(high / step));
        if step <= 0.0 || last - first >= MOST as f64 {
            continue;
        }
        let index = |n: u32| first + f64::from(n);
        let all = (0..=MOST as u32).map(index).filter(|index| *index > 0.0 && *index <= last);
        found = all.map(|index| times(digit * index, exponent)).collect();
        break;
    }
    let (min, max) = (found.first().copied().unwrap_or(low), found.last().copied().unwrap_or(high));
    LogTicks { min: min.min(low), max: max.max(high), labelled: found, minor: Vec::new() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn powers_of_ten_have_labels_and_few_others() {
        for (low, high, labelled, min, max) in [
            (3.0, 700.0, &[10.0, 100.0, 1000.0][..], 2.0, 1000.0),
            (3.0, 400.0, &[5.0, 10.0, 50.0, 100.0, 500.0], 2.0, 500.0),
            (1.0, 100.0, &[1.0, 10.0, 100.0], 1.0, 100.0),
            (12.0, 190_000.0, &[10.0, 100.0, 1000.0, 10_000.0, 100_000.0], 10.0, 200_000.0),
            (3.0, 25.0, &[2.0, 5.0, 10.0, 20.0], 2.0, 25.0),
            (0.003, 0.2, &[0.005, 0.01, 0.05, 0.1], 0.002, 0.2),
            (1.0, 1e12, &[1.0, 1e3, 1e6, 1e9, 1e12], 1.0, 1e12),
        ] {
            let found = ticks(low, high);
            assert_eq!(
                (found.labelled.as_slice(), found.min, found.max),
                (labelled, min, max),
                "{low} {high}"
            );
        }
    }

    #[test]
    fn less_than_a_decade_has_equal_steps() {
        assert_eq!(ticks(103.0, 158.0).labelled, [100.0, 120.0, 140.0, 160.0]);
        assert_eq!(ticks(5.1, 5.4).labelled, [4.5, 5.0, 5.5, 6.0]);
        assert_eq!(ticks(82.0, 82.0).labelled, [70.0, 75.0, 80.0, 85.0, 90.0, 95.0]);
        assert_eq!(ticks(40.0, 99.0).labelled, [40.0, 60.0, 80.0, 100.0]);
    }

    #[test]
    fn lines_without_a_label_are_faint_and_few() {
        let found = ticks(1.0, 100.0);
        assert_eq!(found.minor.len(), 16);
        assert!(found.minor.contains(&20.0) && !found.minor.contains(&10.0));
        assert_eq!(ticks(12.0, 190_000.0).minor.first(), Some(&20.0));
    }

    #[test]
    fn every_scale_is_total() {
        let sizes =
            std::iter::successors(Some(1e-9), |size| Some(size * 1.93)).take_while(|size| *size < 1e12);
        for low in sizes {
            for ratio in [1.0, 1.0 + 1e-12, 1.000_01, 1.001, 1.2, 2.0, 7.0, 10.0, 99.0, 1e4, 1e9] {
                let found = ticks(low, low * ratio);
                let shown = found.labelled.iter().filter(|t| found.min <= **t && **t <= found.max).count();
                assert!(found.min > 0.0 && found.min <= low && found.max >= low * ratio, "{low} {ratio}");
                assert!(found.min < found.max, "{low} {ratio}: {found:?}");
                assert!(
                    (LEAST..=MOST).contains(&shown) && shown == found.labelled.len(),
                    "{low} {ratio}: {found:?}"
                );
                assert!(found.labelled.is_sorted_by(|a, b| a < b), "{low} {ratio}: {found:?}");
            }
        }
    }
}
