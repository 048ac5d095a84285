//! Who is shown where not all are: those with the highest latest values.
//!
//! The order depends on values alone, so that it is the same for every chart.

use crate::frame::fact::Top;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::{self, Candidate, Who};
use crate::frame::row::{Row, drawn_at};
use crate::spec::{At, Combine, FigureSpec, PanelSpec};
use crate::time::moment::Moment;

/// Places by their latest value: those with a value at the last date of all first, then those that end before,
/// then those without any; within each the highest first, and equal ones in their order.
#[must_use]
pub fn ranked<T: Ord>(latest: &[Option<(T, f64)>]) -> Vec<usize> {
    let end = latest.iter().flatten().map(|(time, _)| time).max();
    let found = |place: usize| latest.get(place).and_then(Option::as_ref);
    let mut order: Vec<usize> = (0..latest.len()).collect();
    order.sort_by(|&a, &b| match (found(a), found(b)) {
        (Some(a), Some(b)) => (Some(&b.0) == end).cmp(&(Some(&a.0) == end)).then(b.1.total_cmp(&a.1)),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    order
}

/// Who is shown of a figure that is of the highest values only, those of its first panel in their order; and that
/// it is so.
pub(super) fn of_panel(
    spec: &FigureSpec,
    panel: &PanelSpec,
    frame: &PanelFrame,
    everybody: &[Candidate],
) -> Option<(Vec<Who>, Top)> {
    let count = spec.top?;
    let (latest, unknown) = latest(spec, panel, frame, everybody);
    let present = latest.iter().flatten().count();
    let order: Vec<Who> = ranked(&latest).into_iter().map(Who::at).collect();
    let (first, rest) = order.split_at(count.min(present));
    let rest = rest.iter().take(present.saturating_sub(count));
    let besides: Vec<Who> = rest.copied().filter(|who| spec.highlight.contains(&who.place())).collect();
    let shown = [first, &besides].concat();
    let top = Top {
        count: first.len(),
        besides: besides.iter().map(|who| roster::label(everybody, *who).to_owned()).collect(),
        others: present - shown.len(),
        dated: latest.iter().flatten().any(|(at, _)| at.is_some()),
        unknown,
    };
    Some((shown, top))
}

/// Everybody by the latest value of a panel, the highest first, and equal ones by their names.
pub(super) fn order(
    spec: &FigureSpec,
    panel: &PanelSpec,
    frame: &PanelFrame,
    everybody: &[Candidate],
) -> Vec<Who> {
    let (latest, _) = latest(spec, panel, frame, everybody);
    let mut named: Vec<usize> = (0..everybody.len()).collect();
    named.sort_by_cached_key(|place| roster::fold(roster::label(everybody, Who::at(*place))));
    let by_name: Vec<_> = named.iter().map(|place| latest.get(*place).copied().flatten()).collect();
    ranked(&by_name).into_iter().filter_map(|place| named.get(place).copied().map(Who::at)).collect()
}

/// When and how much.
type Latest = Option<(Option<Moment>, f64)>;

/// The latest value of everybody, and who has none where one is looked for.
fn latest(
    spec: &FigureSpec,
    panel: &PanelSpec,
    frame: &PanelFrame,
    everybody: &[Candidate],
) -> (Vec<Latest>, Vec<Who>) {
    let is_within = |row: &&Row| match (spec.chart.shows_span, panel.at) {
        (true, _) => row.at.is_none_or(|at| {
            spec.from.is_none_or(|from| from.first() <= at) && spec.to.is_none_or(|to| at < to.end())
        }),
        (false, At::On(period)) => row.period.is_none_or(|own| own.meets(period)),
        (false, At::Latest | At::Each) => true,
    };
    // Of ranks the lowest is the highest.
    let size = |row: &Row| {
        let value = drawn_at(row.value, spec.below_one)?;
        Some(if frame.basis.lower_is_better() { -value } else { value })
    };
    let mut latest: Vec<Latest> = vec![None; everybody.len()];
    // Of values that stay apart, groups, the highest counts.
    let is_whole = |row: &&Row| row.group.is_none() || spec.combine == Combine::Never;
    let mut unknown: Vec<Who> = Vec::new();
    for row in frame.rows.iter().filter(is_within).filter(is_whole) {
        unknown.push(row.who);
        let (Some(place), Some(value)) = (latest.get_mut(row.who.place()), size(row)) else { continue };
        match place {
            Some((at, most)) if *at == row.at => *most = most.max(value),
            Some((at, _)) if *at > row.at => {}
            _ => *place = Some((row.at, value)),
        }
    }
    unknown.retain(|who| !spec.chart.shows_span && latest.get(who.place()).is_some_and(Option::is_none));
    unknown.sort_unstable();
    unknown.dedup();
    (latest, unknown)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_has_a_value_at_the_end_comes_before_who_had_a_higher_one() {
        let latest = [Some((2, 1.0)), None, Some((1, 9.0)), Some((2, 5.0)), Some((1, 9.0)), Some((2, 5.0))];
        assert_eq!(ranked(&latest), [3, 5, 0, 2, 4, 1]);
        assert_eq!(ranked::<u8>(&[]), [0; 0]);
    }
}
