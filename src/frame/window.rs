//! Which rows are drawn: the dates of a span, or the one date that is shown, and who has a value there.
//!
//! Nothing is changed here: claims may speak of other dates, and find their rows where they were.

use crate::diag::{self, Diagnostic, Place, Report, listed};
use crate::frame::fact::{self, Fact};
use crate::frame::panel::PanelFrame;
use crate::frame::pick::{Observed, Picked};
use crate::frame::roster::{self, Candidate, Who};
use crate::frame::row::{Row, Value};
use crate::spec::{At, Combine, FigureSpec, PanelSpec};
use crate::time::period::Period;

/// How many dates a hint lists.
const DATES_LISTED: usize = 8;

/// Decides what is drawn of a panel. `None`, with errors, where that is nothing or cannot be drawn together.
pub(super) fn window(
    spec: &FigureSpec,
    panel: &PanelSpec,
    (picked, named): (&Picked, &[Who]),
    frame: &mut PanelFrame,
    everybody: &[Candidate],
    report: &mut Report,
) -> Option<()> {
    let mut shown = named.to_vec();
    if shown.is_empty() {
        shown = picked.rows.iter().map(|row| row.who).collect();
        shown.sort_unstable();
        shown.dedup();
    }
    if spec.chart.shows_span {
        span(spec, frame, &shown, report)?;
    } else {
        date(spec, panel, picked, frame, (&shown, !named.is_empty()), report)?;
    }
    let observed = picked.rows.iter().filter(|row| shown.contains(&row.who) && in_window(row, frame));
    let dates = if spec.chart.shows_span { "`from` and `to`" } else { "`at`" };
    refuse_kinds(frame, observed.clone(), dates, report);
    if !spec.chart.keeps_groups {
        refuse_several(spec, frame, everybody, report)?;
    }
    if frame.drawn.is_empty() && !report.has_errors() {
        let hint = "check `subjects`, `groups`, `from` and `to`";
        let asked = ["from", "to", "subjects", "groups"];
        let key = asked.into_iter().find(|key| spec.places.has(key)).unwrap_or_default();
        let lacks = frame.facts.iter().any(|fact| matches!(fact, Fact::Lacking { .. }));
        report.push(if lacks {
            sums_lack(spec)
        } else {
            diag::error("nothing-to-draw", "nothing to draw").at(spec.places.of(key)).hint(hint)
        });
    }
    if !spec.chart.shows_span {
        frame.singles.clear();
    }
    let (singles, within) = (std::mem::take(&mut frame.singles), |row: &Row| frame.is_within(row.at));
    let kept = singles.into_iter().filter(|row| frame.drawn.contains(&row.who) && within(row)).collect();
    frame.singles = kept;
    let below = fact::bounds(frame.visible(spec), spec.below_one);
    frame.facts.extend(below);
    Some(())
}

/// That no sum is whole.
fn sums_lack(spec: &FigureSpec) -> Diagnostic {
    let message = "nothing to draw: a part is missing of every sum";
    let fault = diag::error("nothing-to-draw", message).at(spec.places.of("combine"));
    fault.hint("use \"mean\" or \"last\" in `combine`, or fill in what is missing in the data")
}

/// Whether an observation is of the time that is drawn.
fn in_window(row: &Observed, frame: &PanelFrame) -> bool {
    match (frame.within, frame.shown) {
        ((None, None), Some(shown)) if frame.first.is_none() => row.at.is_some_and(|at| shown.contains(at)),
        _ => frame.is_within(row.at),
    }
}

/// A span of time: between `from` and `to`, everybody who has a value.
fn span(spec: &FigureSpec, frame: &mut PanelFrame, shown: &[Who], report: &mut Report) -> Option<()> {
    if frame.rows.iter().chain(&frame.raw).any(|row| row.at.is_none()) {
        let message = format!("a line chart needs a date in every row of {}", frame.file);
        let hint = "name the column with `date` in the dataset, or use `chart = \"bar\"`";
        report.push(diag::error("missing-dates", message).at(spec.places.of("chart")).hint(hint));
        return None;
    }
    frame.within = (spec.from.map(Period::first), spec.to.map(Period::end));
    let beneath = if frame.raw.is_empty() { &frame.rows } else { &frame.raw };
    let known = |row: &&Row| row.group.is_none() && row.is_known() && frame.is_within(row.at);
    let has_value = |who: &&Who| frame.of(None, **who).iter().any(|row| known(&row));
    let drawn: Vec<Who> = shown.iter().filter(has_value).copied().collect();
    let dates =
        || beneath.iter().filter(known).filter(|row| drawn.contains(&row.who)).filter_map(|row| row.at);
    let (first, last) = (dates().min(), dates().max());
    (frame.first, frame.shown) = (first.map(|at| frame.date(at)), last.map(|at| frame.date(at)));
    frame.drawn = drawn;
    // Of who has no sum at all, the note says why.
    let mut facts = std::mem::take(&mut frame.facts);
    facts.retain(|fact| match fact {
        Fact::Lacking { who, period, .. } => {
            shown.contains(who) && frame.is_within(period.map(Period::first))
        }
        _ => true,
    });
    frame.facts = facts;
    Some(())
}

/// One date: the last one of those asked for that has a value, and everybody who is counted there.
fn date(
    spec: &FigureSpec,
    panel: &PanelSpec,
    picked: &Picked,
    frame: &mut PanelFrame,
    (shown, is_named): (&[Who], bool),
    report: &mut Report,
) -> Option<()> {
    let combined = if spec.chart.keeps_groups && !frame.groups.is_empty() { None } else { Some(None) };
    let of_them = |row: &&Row| {
        combined.is_none_or(|group: Option<usize>| row.group == group) && shown.contains(&row.who)
    };
    if frame.rows.iter().any(|row| row.at.is_some()) {
        let within = match panel.at {
            At::Latest | At::Each => None,
            At::On(period) => Some(period),
        };
        // A value of which a part is missing, or that nothing combines, is of its date all the same.
        let observed =
            picked.rows.iter().filter(|row| shown.contains(&row.who) && row.value != Value::Missing);
        let mut known: Vec<Period> = observed.filter_map(|row| row.at).map(|at| frame.date(at)).collect();
        known.sort_unstable();
        known.dedup();
        let dates = frame.rows.iter().filter(of_them).filter_map(|row| row.period);
        let last = dates
            .filter(|period| known.binary_search(period).is_ok())
            .filter(|period| within.is_none_or(|within| within.meets(*period)))
            .max();
        let Some(last) = last else {
            report.push(no_date(panel, frame, shown, within));
            return None;
        };
        frame.shown = Some(last);
    }
    let at_date = |row: &&Row| row.period == frame.shown;
    let counted = |who: &&Who| frame.rows.iter().filter(of_them).filter(at_date).any(|row| row.who == **who);
    if !frame.rows.iter().filter(of_them).filter(at_date).any(|row| row.is_known() || row.count > 1) {
        let message = format!("nothing to draw from {}", frame.file);
        let fault = diag::error("nothing-to-draw", message).at(spec.places.of("subjects"));
        report.push(fault.hint("check `subjects` and `groups`"));
        return None;
    }
    frame.drawn = shown.iter().filter(|who| is_named || counted(who)).copied().collect();
    if spec.chart.keeps_groups {
        warn_of_empty_groups(spec, frame, report);
    }
    Some(())
}

fn no_date(panel: &PanelSpec, frame: &PanelFrame, shown: &[Who], within: Option<Period>) -> Diagnostic {
    let when = within.map(|period| format!(" at {period}")).unwrap_or_default();
    let message = format!("no data{when} in {}", frame.file);
    let known = frame.rows.iter().filter(|row| row.is_known() && shown.contains(&row.who));
    let mut dates: Vec<Period> = known.filter_map(|row| row.period).collect();
    dates.sort_unstable();
    dates.dedup();
    let fault = diag::error("no-data-at-date", message).at(panel.places.of("at"));
    match (dates.first(), dates.last()) {
        (Some(_), Some(_)) if dates.len() <= DATES_LISTED => {
            let dates: Vec<String> = dates.iter().map(Period::to_string).collect();
            fault.hint(format!("there are data at {}", dates.join(", ")))
        }
        (Some(first), Some(last)) => fault.hint(format!("there are data from {first} to {last}")),
        _ => fault.hint("check `subjects` and `groups`"),
    }
}

fn warn_of_empty_groups(spec: &FigureSpec, frame: &PanelFrame, report: &mut Report) {
    if frame.groups.is_empty() {
        let message = format!("{} has no groups", frame.file);
        let hint = "name the column with `group` in the dataset, or use `chart = \"bar\"`";
        report.push(diag::error("missing-groups", message).at(spec.places.of("chart")).hint(hint));
    }
    let drawn = frame.drawn_groups(spec);
    let empty = frame.groups.iter().enumerate().filter(|(index, _)| !drawn.contains(&Some(*index)));
    let empty: Vec<&String> = empty.map(|(_, name)| name).collect();
    if !empty.is_empty() {
        let when = frame.shown.map(|period| format!(" at {period}")).unwrap_or_default();
        let message = format!("no data{when} for {}", listed(empty));
        let warning = diag::warning("empty-groups", message).at(Place::file(&frame.file));
        report.push(warning.hint("name the groups to show in `groups`"));
    }
}

/// Observations that were counted in different ways are never drawn together.
fn refuse_kinds<'r>(
    frame: &PanelFrame,
    rows: impl Iterator<Item = &'r Observed> + Clone,
    dates: &str,
    report: &mut Report,
) {
    let Some(first) = rows.clone().min_by_key(|row| row.line) else { return };
    let others = rows.filter(|row| row.kind != first.kind);
    let Some(other) = others.min_by_key(|row| row.line) else { return };
    let kind = |row: &Observed| frame.kinds.get(row.kind as usize).map_or("", String::as_str);
    let message = format!(
        "cannot draw together what was counted in different ways: {} ({}) and {} ({})",
        kind(first),
        first.line.in_words(&frame.files),
        kind(other),
        other.line.in_words(&frame.files)
    );
    let hint = format!("choose one with {dates}, or with `only` in the dataset");
    report.push(diag::error("counted-differently", message).at(frame.place(other.line)).hint(hint));
}

/// Several values of one date that nothing combines.
fn refuse_several(
    spec: &FigureSpec,
    frame: &PanelFrame,
    everybody: &[Candidate],
    report: &mut Report,
) -> Option<()> {
    if spec.combine != Combine::Never {
        return Some(());
    }
    let beneath = if frame.raw.is_empty() { &frame.rows } else { &frame.raw };
    let is_drawn = |row: &&Row| {
        let in_time = if spec.chart.shows_span { frame.is_within(row.at) } else { row.period == frame.shown };
        row.group.is_none() && row.count > 1 && in_time
    };
    let order = |who: Who| frame.drawn.iter().position(|other| *other == who);
    let several = beneath.iter().filter(is_drawn).filter(|row| order(row.who).is_some());
    let Some(row) = several.min_by_key(|row| (order(row.who), row.at)) else { return Some(()) };
    let label = roster::label(everybody, row.who);
    let same = |other: &&Row| other.who == row.who && other.group.is_some() && other.period == row.period;
    let names = listed(beneath.iter().filter(same).filter_map(|row| frame.groups.get(row.group?)));
    let when = row.period.filter(|_| spec.chart.shows_span);
    let when = when.map(|period| format!(" at {period}")).unwrap_or_default();
    let message = format!("{label} has {} values{when}: {names}", row.count);
    let hint = if spec.chart.shows_span {
        "choose with `groups`, or set `combine` to \"sum\", \"mean\" or \"pooled\""
    } else {
        "use `chart = \"grouped-bar\"`, choose one with `groups`, or set `combine`"
    };
    report.push(diag::error("several-values", message).at(spec.places.of("groups")).hint(hint));
    None
}
