//! Values that are only known to lie in a range, compared.

/// How two terms compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Comparison {
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// What the values say of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// It holds.
    Holds,
    /// It does not hold.
    Fails,
    /// The true values may lie on either side.
    Open,
}

/// Whether one value is above another, or at least as great, when each is only known to lie in a range.
pub(super) fn compare(a: (f64, f64), b: (f64, f64), comparison: Comparison) -> Verdict {
    let is_exact = a.0 == a.1 && b.0 == b.1;
    let (holds, fails) = match comparison {
        Comparison::Above if is_exact => (a.0 > b.0, a.0 <= b.0),
        // Ends of ranges are values that are not taken: 57 and 56 were 56.5 or more, and less than 56.5.
        Comparison::Above => (a.0 >= b.1, a.1 <= b.0),
        Comparison::AtLeast if is_exact => (a.0 >= b.0, a.0 < b.0),
        Comparison::AtLeast => (a.0 >= b.1, a.1 <= b.0),
    };
    match (holds, fails) {
        (true, _) => Verdict::Holds,
        (false, true) => Verdict::Fails,
        (false, false) => Verdict::Open,
    }
}

/// A range times a factor above zero.
pub(super) fn times((low, high): (f64, f64), factor: f64) -> (f64, f64) {
    (low * factor, high * factor)
}
