//! Who is shown where not all are: those with the highest latest values.
//!
//! The order depends on values alone, so that it is the same for every chart.

use crate::figure::Chart;
use crate::manifest::{At, FigureSpec, PanelSpec};
use crate::moment::Moment;
use crate::series::roster::Candidate;
use crate::series::wording::list;
use crate::series::{PanelFacts, Picked, combined};

/// Who is shown of many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Top {
    /// How many have the highest values.
    pub count: usize,
    /// Who is shown besides them, by label.
    pub besides: Vec<String>,
    /// How many are not shown.
    pub others: usize,
    /// Whether the values are of a date.
    pub dated: bool,
}

impl Top {
    /// `The 6 with the highest latest values are shown; 37 others are not`; empty where all are.
    #[must_use]
    pub fn in_words(&self) -> Option<String> {
        let latest = if self.dated { "latest " } else { "" };
        let shown = match self.count {
            1 => format!("The one with the highest {latest}value"),
            count => format!("The {count} with the highest {latest}values"),
        };
        let besides = self.besides.iter().map(String::as_str);
        let shown = list(&std::iter::once(shown.as_str()).chain(besides).collect::<Vec<_>>());
        let are = if self.count + self.besides.len() == 1 { "is" } else { "are" };
        match self.others {
            0 => None,
            1 => Some(format!("{shown} {are} shown; 1 other is not")),
            others => Some(format!("{shown} {are} shown; {others} others are not")),
        }
    }
}

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
    facts: &PanelFacts,
    everybody: &[Candidate],
) -> Option<(Vec<usize>, Top)> {
    let count = spec.top?;
    let within = |at: Moment| match (spec.chart, panel.at) {
        (Chart::Line, _) => {
            spec.from.is_none_or(|from| from.first() <= at) && spec.to.is_none_or(|to| at < to.end())
        }
        (_, At::On(period)) => period.contains(at),
        (_, At::Latest) => true,
    };
    let mut latest: Vec<Option<(Option<Moment>, Vec<&Picked>)>> = vec![None; everybody.len()];
    let valued = facts.picked.iter().filter(|row| row.value.is_some() && row.at.is_none_or(within));
    for row in valued {
        let Some(place) = latest.get_mut(row.who) else { continue };
        match place {
            Some((at, rows)) if *at == row.at => rows.push(row),
            Some((at, _)) if *at > row.at => {}
            _ => *place = Some((row.at, vec![row])),
        }
    }
    // Of values that stay apart, groups, the highest counts.
    let highest = |rows: &[&Picked]| rows.iter().filter_map(|row| row.value).max_by(f64::total_cmp);
    let values: Vec<Option<(Option<Moment>, f64)>> = latest
        .iter()
        .map(|found| {
            found.as_ref().and_then(|(at, rows)| Some((*at, combined(rows, spec).or(highest(rows))?)))
        })
        .collect();
    let present = values.iter().flatten().count();
    let order = ranked(&values);
    let (first, rest) = order.split_at(count.min(present));
    let rest = rest.iter().take(present.saturating_sub(count));
    let besides: Vec<usize> = rest.copied().filter(|who| spec.highlight.contains(who)).collect();
    let shown = [first, &besides].concat();
    let label = |who: &usize| everybody.get(*who).map(|who| who.label.clone());
    let top = Top {
        count: first.len(),
        besides: besides.iter().filter_map(label).collect(),
        others: present - shown.len(),
        dated: values.iter().flatten().any(|(at, _)| at.is_some()),
    };
    Some((shown, top))
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

    #[test]
    fn what_is_not_shown_is_said() {
        let top = |count, besides: &[&str], others| {
            let besides = besides.iter().map(|&name| name.to_owned()).collect();
            Top { count, besides, others, dated: true }.in_words()
        };
        let said = |text: &str| Some(text.to_owned());
        assert_eq!(
            top(6, &[], 37),
            said("The 6 with the highest latest values are shown; 37 others are not")
        );
        assert_eq!(top(1, &[], 1), said("The one with the highest latest value is shown; 1 other is not"));
        let besides = "The 2 with the highest latest values, Keras and Theano are shown; 3 others are not";
        assert_eq!(top(2, &["Keras", "Theano"], 3), said(besides));
        assert_eq!(top(6, &[], 0), None);
    }
}
