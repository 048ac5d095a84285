//! Values at one date, as bars: the date found, groups kept apart or
//! combined, subjects sorted by value.

use crate::diag::{Diagnostic, Report, listed};
use crate::figure::{Bar, BarGroup, Chart, Marks};
use crate::manifest::{At, Combine, FigureSpec, PanelSpec};
use crate::moment::Moment;
use crate::series::line::{file_place, last_date, refuse_kinds};
use crate::series::roster::Candidate;
use crate::series::{PanelFacts, Picked, combined};

/// How many dates a hint lists.
const DATES_LISTED: usize = 8;

/// The bars of a panel; their subjects are roster indices. Fills in the panel's date.
pub(super) fn marks(
    spec: &FigureSpec,
    panel: &PanelSpec,
    facts: &mut PanelFacts,
    everybody: &[Candidate],
    shown: &[usize],
    report: &mut Report,
) -> Option<Marks> {
    let at = date_of(spec, panel, facts, shown, report)?;
    facts.shown = at.map(|at| facts.date(at));
    let rows = rows_at(facts, at, shown);
    refuse_kinds(spec, facts, rows.iter(), "`at`", report);
    let present: Vec<usize> = shown
        .iter()
        .copied()
        .filter(|who| !spec.shown.is_empty() || rows.iter().any(|row| row.who == *who))
        .collect();
    if rows.iter().all(|row| row.value.is_none()) {
        let message = format!("figure `{}` has nothing to draw from {}", spec.key, facts.file);
        report.push(
            Diagnostic::error(message).at(spec.place_of("subjects")).hint("check `subjects` and `groups`"),
        );
        return None;
    }
    if spec.chart == Chart::GroupedBar {
        return Some(Marks::Bars(grouped(spec, facts, &rows, &present, report)));
    }
    let mut bars = Vec::new();
    for who in &present {
        let own: Vec<&Picked> = rows.iter().filter(|row| row.who == *who).collect();
        if own.len() > 1 && spec.combine == Combine::Never {
            several(spec, facts, everybody, &own, report);
            return None;
        }
        let below =
            if let [only] = own.as_slice() { only.below.filter(|_| only.parts.is_none()) } else { None };
        bars.push(Bar { subject: *who, value: combined(&own, spec), below });
    }
    // Sorting is stable: equal values keep the figure's order of subjects.
    bars.sort_by(|a, b| match (a.value, b.value) {
        (Some(a), Some(b)) => b.total_cmp(&a),
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
    Some(Marks::Bars(vec![BarGroup { label: String::new(), bars }]))
}

/// What is shown of a date: in monthly data everybody's last value of the month.
fn rows_at(facts: &PanelFacts, at: Option<Moment>, shown: &[usize]) -> Vec<Picked> {
    let date = at.map(|at| facts.date(at));
    let of_date = |row: &&Picked| row.at.map(|at| facts.date(at)) == date && shown.contains(&row.who);
    let rows: Vec<Picked> = facts.picked.iter().filter(of_date).copied().collect();
    let later = |row: &Picked| {
        rows.iter().any(|other| other.who == row.who && other.group == row.group && other.at > row.at)
    };
    rows.iter().filter(|row| !later(row)).copied().collect()
}

fn several(
    spec: &FigureSpec,
    facts: &PanelFacts,
    everybody: &[Candidate],
    rows: &[&Picked],
    report: &mut Report,
) {
    let label = rows.first().and_then(|row| everybody.get(row.who)).map_or("", |who| who.label.as_str());
    let groups = rows.iter().filter_map(|row| facts.groups.get(row.group?));
    let message = format!("figure `{}`: {label} has {} values: {}", spec.key, rows.len(), listed(groups));
    let hint = "use `chart = \"grouped-bar\"`, choose one with `groups`, or set `combine`";
    report.push(Diagnostic::error(message).at(spec.place_of("groups")).hint(hint));
}

/// The date that is drawn: `Some(None)` for data without dates, `None` when there is none to draw.
fn date_of(
    spec: &FigureSpec,
    panel: &PanelSpec,
    facts: &PanelFacts,
    shown: &[usize],
    report: &mut Report,
) -> Option<Option<Moment>> {
    if facts.picked.iter().all(|row| row.at.is_none()) {
        return Some(None);
    }
    let rows = || facts.picked.iter().filter(|row| shown.contains(&row.who));
    let within = match panel.at {
        At::Latest => None,
        At::On(period) => Some(period),
    };
    if let Some(at) = last_date(rows(), within) {
        return Some(Some(at));
    }
    let when = within.map(|period| format!(" at {period}")).unwrap_or_default();
    let message = format!("figure `{}`: no data{when} in {}", spec.key, facts.file);
    let mut dates: Vec<Moment> = rows().filter(|row| row.value.is_some()).filter_map(|row| row.at).collect();
    dates.sort_unstable();
    dates.dedup();
    let fault = Diagnostic::error(message).at(panel.place_of("at"));
    report.push(match (dates.first(), dates.last()) {
        (Some(_), Some(_)) if dates.len() <= DATES_LISTED => {
            let dates: Vec<String> = dates.iter().map(|at| facts.date(*at).to_string()).collect();
            fault.hint(format!("there are data at {}", dates.join(", ")))
        }
        (Some(first), Some(last)) => {
            fault.hint(format!("there are data from {} to {}", facts.date(*first), facts.date(*last)))
        }
        _ => fault.hint("check `subjects` and `groups`"),
    });
    None
}

/// A group of bars for each group that has a value, subjects in the figure's order.
fn grouped(
    spec: &FigureSpec,
    facts: &PanelFacts,
    rows: &[Picked],
    present: &[usize],
    report: &mut Report,
) -> Vec<BarGroup> {
    if facts.groups.is_empty() {
        let message = format!("figure `{}`: {} has no groups", spec.key, facts.file);
        let hint = "name the column with `group` in the dataset, or use `chart = \"bar\"`";
        report.push(Diagnostic::error(message).at(spec.place_of("chart")).hint(hint));
    }
    let mut groups = Vec::new();
    let mut empty = Vec::new();
    for (index, label) in facts.groups.iter().enumerate() {
        let bar = |who: &usize| {
            let row = rows.iter().find(|row| row.group == Some(index) && row.who == *who);
            let below = row.and_then(|row| row.below.filter(|_| row.parts.is_none()));
            Bar { subject: *who, value: row.and_then(|row| row.value), below }
        };
        let bars: Vec<Bar> = present.iter().map(bar).collect();
        if bars.iter().any(|bar| bar.value.is_some()) || !spec.groups.is_empty() {
            groups.push(BarGroup { label: label.clone(), bars });
        } else {
            empty.push(label);
        }
    }
    if !empty.is_empty() {
        let when = facts.shown.map(|period| format!(" at {period}")).unwrap_or_default();
        let message = format!("figure `{}`: no data{when} for {}", spec.key, listed(empty));
        let warning = Diagnostic::warning(message).at(file_place(facts));
        report.push(warning.hint("name the groups to show in `groups`"));
    }
    groups
}
