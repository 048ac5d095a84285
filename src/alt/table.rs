//! The plotted values as a table: a header, then rows of as many cells.
//! Dates are ISO 8601, numbers plain decimals, a missing value an empty cell.

use std::collections::BTreeMap;

use super::Plotted;
use crate::figure::{BarGroup, Marks, Panel, Point, Series};
use crate::frame::wording::plain_number;
use crate::frame::{Frame, PanelFrame as PanelFacts, Value};
use crate::moment::Moment;
use crate::spec::FigureSpec;
use crate::time::period::Period;

/// What stands in the group column of values that groups were combined to.
const COMBINED: &str = "all";

/// The plotted values: a header and rows of as many cells.
#[must_use]
pub fn table(spec: &FigureSpec, frame: &Frame, marks: &[Panel]) -> Vec<Vec<String>> {
    let plotted = &Plotted::of(frame, marks);
    let panels = || plotted.panels.iter().zip(plotted.facts);
    match panels().next() {
        Some((panel, facts)) => match &panel.marks {
            Marks::Lines { series, .. } if series.iter().any(|series| !series.dots.is_empty()) => {
                grouped_dates(spec, plotted, series, facts)
            }
            Marks::Lines { series, .. } => dates(spec, plotted, series, facts),
            Marks::Bars(groups) if plotted.panels.len() == 1 => bars(plotted, groups, &facts.measure),
            Marks::Bars(_) => {
                let mut table = vec![header(plotted, &["panel"])];
                for (panel, _) in panels() {
                    if let Marks::Bars(groups) = &panel.marks {
                        table.extend(groups.iter().map(|group| bar_row(plotted, group, &panel.title)));
                    }
                }
                table
            }
        },
        None => Vec::new(),
    }
}

fn labels<'p>(plotted: &Plotted<'p>) -> impl Iterator<Item = String> + 'p {
    plotted.look.subjects.iter().map(|subject| subject.label.clone())
}

fn header(plotted: &Plotted<'_>, first: &[&str]) -> Vec<String> {
    first.iter().map(ToString::to_string).chain(labels(plotted)).collect()
}

fn cell(value: Option<f64>) -> String {
    value.map(plain_number).unwrap_or_default()
}

fn bars(plotted: &Plotted<'_>, groups: &[BarGroup], measure: &str) -> Vec<Vec<String>> {
    match groups {
        [only] if only.label.is_empty() => {
            let label = |subject: usize| labels(plotted).nth(subject).unwrap_or_default();
            let rows = only.bars.iter().map(|bar| vec![label(bar.subject), cell(bar.value)]);
            std::iter::once(vec!["subject".to_owned(), measure.to_owned()]).chain(rows).collect()
        }
        _ => {
            let rows = groups.iter().map(|group| bar_row(plotted, group, &group.label));
            std::iter::once(header(plotted, &["group"])).chain(rows).collect()
        }
    }
}

/// A name, then a value for each of the figure's subjects.
fn bar_row(plotted: &Plotted<'_>, group: &BarGroup, name: &str) -> Vec<String> {
    let value =
        |subject| cell(group.bars.iter().find(|bar| bar.subject == subject).and_then(|bar| bar.value));
    std::iter::once(name.to_owned()).chain((0..plotted.look.subjects.len()).map(value)).collect()
}

/// Values by date, without the gaps.
fn by_date(facts: &PanelFacts, points: &[Point]) -> BTreeMap<Period, f64> {
    points.iter().filter_map(|point| Some((facts.date(point.at), point.value?))).collect()
}

fn dates(
    spec: &FigureSpec,
    plotted: &Plotted<'_>,
    series: &[Series],
    facts: &PanelFacts,
) -> Vec<Vec<String>> {
    let mut names = header(plotted, &["date"]);
    let column = |subject: usize, of: fn(&Series) -> &[Point]| {
        series
            .iter()
            .find(|series| series.subject == subject)
            .map(|series| by_date(facts, of(series)))
            .unwrap_or_default()
    };
    let subjects = 0..plotted.look.subjects.len();
    let mut columns: Vec<BTreeMap<Period, f64>> =
        subjects.clone().map(|subject| column(subject, |series| &series.points)).collect();
    if spec.average > 1 {
        let averages = labels(plotted).map(|label| format!("{label}, average of {}", spec.average));
        names.extend(averages.collect::<Vec<_>>());
        let raw: Vec<_> = subjects.map(|subject| column(subject, |series| &series.raw)).collect();
        columns = raw.into_iter().chain(columns).collect();
    }
    let mut dates: Vec<Period> = columns.iter().flat_map(BTreeMap::keys).copied().collect();
    dates.sort_unstable();
    dates.dedup();
    let row = |at: &Period| {
        let cells = columns.iter().map(|column| cell(column.get(at).copied()));
        std::iter::once(at.to_string()).chain(cells).collect()
    };
    std::iter::once(names).chain(dates.iter().map(row)).collect()
}

/// For each date every group's values, then what the lines show.
fn grouped_dates(
    spec: &FigureSpec,
    plotted: &Plotted<'_>,
    series: &[Series],
    facts: &PanelFacts,
) -> Vec<Vec<String>> {
    let who: Vec<Option<usize>> = (0..plotted.look.subjects.len())
        .map(|subject| plotted.roster.iter().position(|who| who.shown == Some(subject)))
        .collect();
    let mut table = vec![header(plotted, &["date", "group"])];
    let lines: Vec<BTreeMap<Period, f64>> = (0..plotted.look.subjects.len())
        .map(|subject| series.iter().find(|series| series.subject == subject))
        .map(|series| series.map(|series| by_date(facts, &series.points)).unwrap_or_default())
        .collect();
    let mut moments: Vec<Moment> = series.iter().flat_map(|series| &series.dots).map(|dot| dot.at).collect();
    moments.sort_unstable();
    moments.dedup();
    for of_period in moments.chunk_by(|a, b| facts.date(*a) == facts.date(*b)) {
        for &at in of_period {
            for (group, name) in facts.groups.iter().enumerate() {
                let rows =
                    || facts.singles.iter().filter(|row| row.at == Some(at) && row.group == Some(group));
                if rows().next().is_none() {
                    continue;
                }
                let value = |who: &Option<usize>| {
                    cell(rows().find(|row| Some(row.who.0) == *who).and_then(|row| match row.value {
                        Value::Number(value) => Some(value),
                        Value::Below(_) | Value::Missing => None,
                    }))
                };
                let names = [Period::around(at, facts.written).to_string(), name.clone()];
                table.push(names.into_iter().chain(who.iter().map(value)).collect());
            }
        }
        if let (Some(at), true) = (of_period.first(), spec.average == 1) {
            let date = facts.date(*at);
            let values = lines.iter().map(|line| cell(line.get(&date).copied()));
            table.push([date.to_string(), COMBINED.to_owned()].into_iter().chain(values).collect());
        }
    }
    table
}
