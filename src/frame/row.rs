//! A value of a figure: whose, of when, how much, and how exactly that is known.
//!
//! It must not know panels, nor how it came about.

use std::cmp::Ordering;

use crate::data::Line;
pub use crate::data::Value;
use crate::frame::roster::Who;
use crate::time::moment::Moment;
use crate::time::period::Period;

/// A value of a panel's measure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Row {
    /// Whose.
    pub who: Who,
    /// Index into [`PanelFrame::groups`](super::PanelFrame::groups); `None` where groups are combined, or there are none.
    pub group: Option<usize>,
    /// The period it is of.
    pub period: Option<Period>,
    /// Where it stands in time.
    pub at: Option<Moment>,
    /// How much.
    pub value: Value,
    /// How far the true value may be from a number on either side: by rounding, or by bounds it was made of.
    pub slack: f64,
    /// The least and the greatest bound of what it was made of, where that was only known to be below one.
    pub bounds: Bounds,
    /// Index into [`PanelFrame::kinds`](super::PanelFrame::kinds); `None` where it was made of values counted in different ways.
    pub kind: Option<u32>,
    /// How many observations it was made of.
    pub count: u32,
    /// Where the first of them stands.
    pub line: Line,
}

/// The least and the greatest of some bounds; `None` of none.
pub(super) type Bounds = Option<(f64, f64)>;

/// The least and the greatest of all these bounds.
pub(super) fn joined(all: impl Iterator<Item = Bounds>) -> Bounds {
    all.flatten().reduce(|(least, most), (low, high)| (least.min(low), most.max(high)))
}

impl Row {
    /// Between which values the true one lies; `None` where it is missing.
    #[must_use]
    pub fn range(&self) -> Option<(f64, f64)> {
        match self.value {
            Value::Number(value) => Some((value - self.slack, value + self.slack)),
            Value::Below(bound) => Some((0.0, bound)),
            Value::Missing | Value::Word(_) => None,
        }
    }

    /// Whether anything is known of it.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.value != Value::Missing
    }
}

/// What is only known to be below a bound that was computed: two digits are all that is ever said of it, so it has no
/// more, and is rounded up, because nothing is known to be below less.
pub(super) fn below(bound: f64) -> Value {
    let digits = libm::floor(libm::log10(bound));
    let scale = libm::pow(10.0, 1.0 - digits).max(1.0);
    // What only the computing made longer is not rounded.
    let least = libm::ceil(bound * scale * (1.0 - f64::EPSILON * 8.0)) / scale;
    Value::Below(if least.is_finite() { least } else { bound })
}

/// Where a value is drawn: a number where it is, one below a bound at a part of the bound.
#[must_use]
pub fn drawn_at(value: Value, below_one: f64) -> Option<f64> {
    match value {
        Value::Number(value) => Some(value),
        Value::Below(bound) => Some(bound * below_one),
        Value::Missing | Value::Word(_) => None,
    }
}

/// The part of sorted rows that compares as equal.
pub(crate) fn slice<T>(rows: &[T], compare: impl Fn(&T) -> Ordering) -> &[T] {
    let from = rows.partition_point(|row| compare(row).is_lt());
    let to = rows.partition_point(|row| compare(row).is_le());
    rows.get(from..to).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_many_values_stays_small() {
        assert_eq!(size_of::<Row>(), 112);
    }

    #[test]
    fn a_computed_bound_is_said_in_full_and_never_too_low() {
        for (bound, said) in [
            (1.0 / 3.0, 0.34),
            (2.0 / 3.0, 0.67),
            (0.75, 0.75),
            (0.1 + 0.2, 0.3),
            (0.0123, 0.013),
            (52.0, 52.0),
            (123.4, 124.0),
        ] {
            assert_eq!(below(bound), Value::Below(said), "{bound}");
        }
        assert_eq!(below(0.0), Value::Below(0.0));
    }
}
