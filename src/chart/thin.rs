//! Lines of more points than a picture can show: each column of pixels keeps what can be seen of it.
//!
//! A column keeps its first, lowest, highest and last point at their own dates, so that no extreme is lost or
//! moved and the line enters and leaves the column where it did. Gaps are none of this file's business: it gets
//! the stretches between them.

use crate::time::moment::Moment;

/// Width of a column in px: a line is wider, so nothing narrower can be told apart.
pub(crate) const COLUMN: f64 = 2.0;

/// The points that matter, in their order. `column` gives the column of a moment and never goes back.
pub(crate) fn thinned(run: &[(Moment, f64)], column: impl Fn(Moment) -> i64) -> Vec<(Moment, f64)> {
    let mut kept = Vec::new();
    for column in run.chunk_by(|a, b| column(a.0) == column(b.0)) {
        let by_value = |a: &(usize, f64), b: &(usize, f64)| a.1.total_cmp(&b.1);
        let values = || column.iter().map(|point| point.1).enumerate();
        let (low, high) = (values().min_by(by_value), values().max_by(by_value));
        let ends = [Some(0), Some(column.len() - 1)].into_iter();
        let mut places: Vec<usize> = ends.chain([low, high].map(|v| v.map(|(i, _)| i))).flatten().collect();
        places.sort_unstable();
        places.dedup();
        kept.extend(places.into_iter().filter_map(|place| column.get(place)));
    }
    kept
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn run() -> impl Strategy<Value = (Vec<(Moment, f64)>, i64)> {
        let values = prop::collection::vec((1_i64..5, -50_i32..50), 0..300);
        (values, 1_i64..60).prop_map(|(steps, width)| {
            let mut at = 0;
            let point = |(step, value): (i64, i32)| {
                at += step;
                (Moment::from_seconds(at), f64::from(value))
            };
            (steps.into_iter().map(point).collect(), width)
        })
    }

    proptest! {
        #[test]
        fn columns_keep_their_ends_and_extremes_in_order((run, width) in run()) {
            let column = |at: Moment| at.seconds().div_euclid(width);
            let kept = thinned(&run, column);
            prop_assert!(kept.is_sorted_by(|a, b| a.0 < b.0), "order");
            prop_assert!(kept.iter().all(|point| run.contains(point)), "nothing is made up");
            let summary = |points: &[(Moment, f64)]| -> Vec<(i64, [f64; 4])> {
                let columns = points.chunk_by(|a, b| column(a.0) == column(b.0));
                let of = |points: &[(Moment, f64)]| {
                    let values = || points.iter().map(|point| point.1);
                    let (low, high) = (values().fold(f64::MAX, f64::min), values().fold(f64::MIN, f64::max));
                    (column(points[0].0), [points[0].1, low, high, points[points.len() - 1].1])
                };
                columns.map(of).collect()
            };
            prop_assert_eq!(summary(&kept), summary(&run));
            let columns = kept.chunk_by(|a, b| column(a.0) == column(b.0));
            prop_assert!(columns.into_iter().all(|points| points.len() <= 4), "four at most");
        }
    }
}
