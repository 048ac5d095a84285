//! Lines that leap from date to date, which an average over them makes readable. It must not know how they are drawn.

use crate::data::{Dataset, Value};
use crate::infer::sketch::valued;
use crate::time::moment::{Moment, Step};

/// More dates than one in so many px of the figure are dense.
const DENSE: usize = 3;

/// Part of the figure's width that its plot has.
const PLOT: (usize, usize) = (3, 4);

/// A median step of more than this part of the whole range is a leap; of dates still denser, one as steep.
const LEAP: f64 = 0.08;

/// Over how many steps the lines of a figure of this width are to be averaged; `None` where they can be followed.
pub(super) fn average(data: &Dataset, width: u32) -> Option<u32> {
    let step = data.facts.step?;
    let measure = data.measures.first()?;
    if data.measures.len() > 1 || !data.groups.is_empty() || measure.basis.may_be_averaged().is_err() {
        return None;
    }
    let mut series: Vec<Vec<(Option<Moment>, f64)>> = vec![Vec::new(); data.subjects.len()];
    for o in valued(data) {
        let Value::Number(value) = o.value else { return None };
        series.get_mut(o.subject)?.push((o.time, value));
    }
    let all = || series.iter().flatten().map(|(_, value)| *value);
    let range = all().fold(f64::MIN, f64::max).max(0.0) - all().fold(f64::MAX, f64::min).min(0.0);
    let room = usize::try_from(width).ok()? * PLOT.0 / PLOT.1 / DENSE;
    let is_noise = |own: &mut Vec<(Option<Moment>, f64)>| {
        own.sort_by_key(|(at, _)| *at);
        let mut steps: Vec<f64> =
            own.windows(2).filter_map(|pair| Some((pair.last()?.1 - pair.first()?.1).abs())).collect();
        steps.sort_by(f64::total_cmp);
        let leap = range * LEAP * room as f64 / own.len() as f64;
        own.len() > room && steps.get(steps.len() / 2).is_some_and(|median| *median > leap)
    };
    let dates = series.iter().map(Vec::len).max()?;
    let noisy = series.iter_mut().filter_map(|own| is_noise(own).then_some(())).count();
    // Where most lines can be followed, they stay as they are.
    (noisy * 2 > data.subjects.len()).then(|| window(step, dates)).flatten()
}

/// Whole weeks, seasons and years, so that what repeats within them is evened out.
fn window(step: Step, dates: usize) -> Option<u32> {
    match step {
        Step::Hour => Some(24),
        Step::Day if dates > 400 => Some(28),
        Step::Day => Some(7),
        Step::Week => Some(13),
        Step::Month => Some(12),
        Step::Quarter => Some(4),
        Step::Seconds(_) | Step::Minutes(_) | Step::Half | Step::Year | Step::Irregular => None,
    }
}
