//! How exactly dates are known: a table of first days of a month, or of one day a month, means months.

use std::collections::BTreeMap;

use crate::data::Facts;
use crate::time::moment::{Moment, Step};
use crate::time::period::Precision;

/// How exactly the dates of series are known, each with what tells its series.
#[must_use]
pub fn of<K: Ord>(facts: &Facts, dates: impl Iterator<Item = (K, Moment)> + Clone) -> Precision {
    let step = facts.step.unwrap_or(Step::Irregular);
    let moments = || dates.clone().map(|(_, at)| at);
    if moments().next().is_none() {
        return Precision::Day;
    }
    if facts.is_by_age() {
        return Precision::Age;
    }
    if matches!(step, Step::Seconds(_)) {
        return Precision::Second;
    }
    if matches!(step, Step::Minutes(_) | Step::Hour) {
        return Precision::Minute;
    }
    let finer = matches!(step, Step::Day | Step::Week);
    let first_days = !finer && moments().all(|at| at.date().day() == 1);
    if first_days && moments().all(|at| at.date().month() == 1) && facts.means_years(moments()) {
        Precision::Year
    } else if first_days && step == Step::Quarter && moments().all(|at| at.date().month() % 3 == 1) {
        Precision::Quarter
    } else if (matches!(step, Step::Month | Step::Quarter | Step::Half) && !twice_a_month(dates.clone()))
        || first_days
    {
        Precision::Month
    } else {
        Precision::Day
    }
}

/// Whether somebody was counted on two days of one month.
fn twice_a_month<K: Ord>(mut dates: impl Iterator<Item = (K, Moment)>) -> bool {
    let mut days: BTreeMap<(K, i32), Moment> = BTreeMap::new();
    dates.any(|(whose, at)| {
        let month = at.month_index();
        *days.entry((whose, month)).or_insert(at) != at
    })
}
