//! Where dates are missing in a series whose step changes: a gap is judged by the step around it.

use crate::time::moment::{Moment, Step};

/// So many dates in a row have the same distance where a series has another step than usual.
const LEAST: usize = 4;

/// Dates further apart than the usual step, but evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stretch {
    first: Moment,
    last: Moment,
}

impl Stretch {
    /// Whether two neighbouring dates are of it, so that none is missing between them.
    #[must_use]
    pub fn holds(self, before: Moment, after: Moment) -> bool {
        self.first <= before && after <= self.last
    }
}

/// The stretches of dates in order.
#[must_use]
pub fn stretches(dates: &[Moment], step: Step) -> Vec<Stretch> {
    let alike = |a: &&[Moment], b: &&[Moment]| matches!((a, b), ([a, b], [c, d]) if are_alike(step, (*a, *b), (*c, *d)));
    let pairs: Vec<&[Moment]> = dates.windows(2).collect();
    let runs = pairs.chunk_by(alike).filter(|run| run.len() + 1 >= LEAST);
    let stretch = |run: &[&[Moment]]| {
        let (first, last) = (*run.first()?.first()?, *run.last()?.last()?);
        let apart = run.iter().all(|pair| matches!(pair, [a, b] if step.is_gap(*a, *b)));
        apart.then_some(Stretch { first, last })
    };
    runs.filter_map(stretch).collect()
}

/// The pairs of neighbours with dates missing between them.
#[must_use]
pub fn gaps(dates: &[Moment], step: Step) -> Vec<(Moment, Moment)> {
    let pairs = || {
        dates.windows(2).filter_map(|pair| match pair {
            [before, after] if step.is_gap(*before, *after) => Some((*before, *after)),
            _ => None,
        })
    };
    if pairs().next().is_none() {
        return Vec::new();
    }
    let even = stretches(dates, step);
    pairs().filter(|(before, after)| !even.iter().any(|stretch| stretch.holds(*before, *after))).collect()
}

/// Whether two pairs of dates are as far apart: on the calendar, where the step is one of it.
fn are_alike(step: Step, (a, b): (Moment, Moment), (c, d): (Moment, Moment)) -> bool {
    if matches!(step, Step::Month | Step::Quarter | Step::Half | Step::Year) {
        return b.month_index() - a.month_index() == d.month_index() - c.month_index();
    }
    let (one, other) = (b.seconds() - a.seconds(), d.seconds() - c.seconds());
    // Months have 28 to 31 days.
    (one - other).abs() * 8 <= one.max(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn months(numbers: &[i8]) -> Vec<Moment> {
        numbers
            .iter()
            .map(|n| Moment::ymd(2020 + i16::from((n - 1) / 12), (n - 1) % 12 + 1, 1).unwrap())
            .collect()
    }

    #[test]
    fn a_series_may_have_another_step_for_a_while() {
        let gaps = |numbers: &[i8]| gaps(&months(numbers), Step::Month).len();
        assert_eq!(gaps(&[1, 3, 5, 7, 8, 9, 10, 11]), 0);
        assert_eq!(gaps(&[1, 2, 3, 5, 7, 9, 11, 12, 13]), 0);
        assert_eq!(gaps(&[1, 2, 4, 5, 6, 7]), 1);
        assert_eq!(gaps(&[1, 2, 4, 6, 7, 8, 9, 10]), 2, "two single months are missing");
        assert_eq!(gaps(&[1, 3, 5, 7, 11, 12, 13, 14, 15]), 1, "a gap at the border is one");
        assert_eq!(gaps(&[1, 3, 5, 7, 11, 13, 15, 17, 18, 19, 20, 21, 22, 23, 24]), 1, "and one among them");
        assert_eq!(gaps(&[1, 2, 3]), 0);
    }

    #[test]
    fn weeks_may_have_been_months_before() {
        let mut dates = months(&[1, 2, 3, 4]);
        let april = dates[3].seconds();
        dates.extend((1..10).map(|week| Moment::from_seconds(april + week * 7 * 86_400)));
        assert_eq!(gaps(&dates, Step::Week), []);
        dates.remove(6);
        assert_eq!(gaps(&dates, Step::Week).len(), 1);
    }
}
