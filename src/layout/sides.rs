//! Room on both sides of a zero line: values stand at the ends of bars, names beside the line where no bar goes.
//!
//! It must not know what is drawn.

/// Where a value scale begins and ends between two edges, as wide as fits. `zero` is the part of it that lies before
/// the zero line; each side has room for values past the scale's end, and for names from the zero line on.
pub(super) fn across((left, right): (f64, f64), zero: f64, sides: [(f64, f64); 2]) -> (f64, f64) {
    let [(values_before, names_before), (values_after, names_after)] = sides;
    let before = |width: f64| (width * zero + values_before).max(names_before);
    let after = |width: f64| (width * (1.0 - zero) + values_after).max(names_after);
    // Room grows with the width of the scale, so halving finds the widest that fits.
    let (mut fits, mut too_wide) = (1.0, right - left);
    for _ in 0..48 {
        let width = f64::midpoint(fits, too_wide);
        if before(width) + after(width) <= right - left {
            fits = width;
        } else {
            too_wide = width;
        }
    }
    let from = (left + before(fits) - fits * zero).round();
    // What halving falls short of is no whole px.
    (from, (from + fits + 1e-6).floor().max(from + 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_takes_what_names_and_values_leave() {
        assert_eq!(across((0.0, 100.0), 0.5, [(10.0, 0.0), (10.0, 0.0)]), (10.0, 90.0));
        assert_eq!(across((0.0, 100.0), 0.5, [(10.0, 50.0), (10.0, 0.0)]), (10.0, 90.0));
        assert_eq!(across((0.0, 100.0), 0.25, [(10.0, 40.0), (0.0, 0.0)]), (20.0, 100.0));
    }
}
