//! The rows of a figure as a table: a header, then rows of as many cells.
//! Dates are ISO 8601, numbers plain decimals, a missing value an empty cell, and `<1` stands for what is only
//! known to be below 1.

use std::collections::BTreeMap;

use crate::frame::roster::Who;
use crate::frame::wording::plain_number;
use crate::frame::{Frame, PanelFrame, Row, Value, slice};
use crate::spec::FigureSpec;
use crate::time::moment::Moment;
use crate::time::period::Period;

/// What stands in the group column of values that groups were combined to.
const COMBINED: &str = "all";

/// The values that are drawn: a header and rows of as many cells.
#[must_use]
pub fn table(spec: &FigureSpec, frame: &Frame) -> Vec<Vec<String>> {
    match frame.panels.as_slice() {
        [] => Vec::new(),
        [panel, ..] if spec.chart.shows_span && !panel.singles.is_empty() => grouped_dates(frame, panel),
        [panel, ..] if spec.chart.shows_span => dates(frame, panel),
        [panel] if spec.chart.keeps_groups => {
            let row = |group: Option<usize>| {
                let name = panel.group_label(group).to_owned();
                bar_row(frame, panel, group, &name)
            };
            let rows = panel.groups_shown(spec).into_iter().map(row);
            std::iter::once(header(frame, &["group"])).chain(rows).collect()
        }
        [panel] if panel.is_scored() => scores(frame, panel),
        [panel] if !spec.chart.has_panels => bars(frame, panel),
        panels => {
            let rows = panels.iter().map(|panel| bar_row(frame, panel, None, &panel.title));
            std::iter::once(header(frame, &["panel"])).chain(rows).collect()
        }
    }
}

fn header(frame: &Frame, first: &[&str]) -> Vec<String> {
    let labels = frame.look.subjects.iter().map(|subject| subject.label.clone());
    first.iter().map(ToString::to_string).chain(labels).collect()
}

/// A value of a group, which may be words.
fn group_cell(panel: &PanelFrame, value: Value) -> String {
    match value {
        Value::Word(_) => panel.said(value).to_owned(),
        _ => cell(value),
    }
}

fn cell(value: Value) -> String {
    match value {
        Value::Number(value) => plain_number(value),
        Value::Below(bound) => format!("<{}", plain_number(bound)),
        Value::Missing | Value::Word(_) => String::new(),
    }
}

/// The figure's subjects, in its order.
fn subjects(frame: &Frame) -> Vec<Who> {
    let mut shown: Vec<(usize, Who)> =
        (0..frame.roster.len()).map(Who::at).filter_map(|who| Some((frame.place(who)?, who))).collect();
    shown.sort_unstable();
    shown.into_iter().map(|(_, who)| who).collect()
}

/// A row a subject, as the bars stand.
fn bars(frame: &Frame, panel: &PanelFrame) -> Vec<Vec<String>> {
    let value = |who: &Who| panel.row_shown(None, *who).map_or(Value::Missing, |row| row.value);
    let mut order: Vec<(Who, Value)> = panel.drawn.iter().map(|who| (*who, value(who))).collect();
    let size = |value: &Value| match value {
        Value::Number(value) | Value::Below(value) => Some(*value),
        Value::Missing | Value::Word(_) => None,
    };
    order.sort_by(|(_, a), (_, b)| match (size(a), size(b)) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    let rows = order.into_iter().map(|(who, value)| vec![frame.label(who).to_owned(), cell(value)]);
    std::iter::once(vec!["subject".to_owned(), panel.measure.clone()]).chain(rows).collect()
}

/// A row a subject, the highest score first: the score, then what each measure adds to it.
fn scores(frame: &Frame, panel: &PanelFrame) -> Vec<Vec<String>> {
    let mut table = bars(frame, panel);
    let value =
        |group: usize, who: &Who| panel.row_shown(Some(group), *who).map_or(Value::Missing, |row| row.value);
    for (group, name) in panel.group_labels.iter().enumerate() {
        for (index, row) in table.iter_mut().enumerate() {
            let who =
                panel.drawn.iter().find(|who| row.first().is_some_and(|name| name == frame.label(**who)));
            row.push(match (index, who) {
                (0, _) => name.clone(),
                (_, Some(who)) => cell(value(group, who)),
                (_, None) => String::new(),
            });
        }
    }
    table
}

/// A name, then a value for each of the figure's subjects.
fn bar_row(frame: &Frame, panel: &PanelFrame, group: Option<usize>, name: &str) -> Vec<String> {
    let value = |who: Who| match panel.row_shown(group, who) {
        Some(row) if panel.drawn.contains(&who) => group_cell(panel, row.value),
        _ => String::new(),
    };
    std::iter::once(name.to_owned()).chain(subjects(frame).into_iter().map(value)).collect()
}

/// A subject's values that are drawn, by date.
fn by_date(panel: &PanelFrame, rows: &[Row], who: Who) -> BTreeMap<Period, Value> {
    let own = slice(rows, |row| (row.group, row.who).cmp(&(None, who)));
    let known = own.iter().filter(|row| row.is_known() && panel.is_within(row.at));
    let drawn = known.filter(|_| panel.drawn.contains(&who));
    drawn.filter_map(|row| Some((row.period?, row.value))).collect()
}

fn dates(frame: &Frame, panel: &PanelFrame) -> Vec<Vec<String>> {
    let mut names = header(frame, &["date"]);
    let who = subjects(frame);
    let mut columns: Vec<BTreeMap<Period, Value>> =
        who.iter().map(|who| by_date(panel, &panel.rows, *who)).collect();
    if let Some(window) = panel.average() {
        let labels = who.iter().map(|who| frame.label(*who));
        names.extend(labels.map(|label| format!("{label}, average of {window}")));
        let raw: Vec<_> = who.iter().map(|who| by_date(panel, &panel.raw, *who)).collect();
        columns = raw.into_iter().chain(columns).collect();
    }
    let mut dates: Vec<Period> = columns.iter().flat_map(BTreeMap::keys).copied().collect();
    dates.sort_unstable();
    dates.dedup();
    let row = |at: &Period| {
        let cells = columns.iter().map(|column| cell(column.get(at).copied().unwrap_or(Value::Missing)));
        std::iter::once(at.to_string()).chain(cells).collect()
    };
    std::iter::once(names).chain(dates.iter().map(row)).collect()
}

/// For each date every group's values, then what the lines show.
fn grouped_dates(frame: &Frame, panel: &PanelFrame) -> Vec<Vec<String>> {
    let who = subjects(frame);
    let lines: Vec<BTreeMap<Period, Value>> =
        who.iter().map(|who| by_date(panel, &panel.rows, *who)).collect();
    let mut table = vec![header(frame, &["date", "group"])];
    let mut moments: Vec<Moment> = panel.singles.iter().filter_map(|row| row.at).collect();
    moments.sort_unstable();
    moments.dedup();
    for of_period in moments.chunk_by(|a, b| panel.date(*a) == panel.date(*b)) {
        for &at in of_period {
            for (group, name) in panel.groups.iter().enumerate() {
                let mut singles = panel
                    .singles
                    .iter()
                    .filter(|row| row.at == Some(at) && row.group == Some(group))
                    .peekable();
                if singles.peek().is_none() {
                    continue;
                }
                let singles: Vec<&Row> = singles.collect();
                let value = |who: &Who| {
                    let row = singles.iter().find(|row| row.who == *who);
                    cell(row.map_or(Value::Missing, |row| row.value))
                };
                let names = [Period::around(at, panel.written).to_string(), name.clone()];
                table.push(names.into_iter().chain(who.iter().map(value)).collect());
            }
        }
        if let (Some(at), true) = (of_period.first(), panel.raw.is_empty()) {
            let date = panel.date(*at);
            let values = lines.iter().map(|line| cell(line.get(&date).copied().unwrap_or(Value::Missing)));
            table.push([date.to_string(), COMBINED.to_owned()].into_iter().chain(values).collect());
        }
    }
    table
}
