//! Periods at either end that the data do not cover whole: still running when they were counted, or begun before
//! the data. Judged once for every kind of chart: left out, drawn hollow, or kept, and said.

use crate::data::Completeness;
use crate::diag::{self, Diagnostic, Place, Report};
use crate::frame::fact::{Fact, Fate};
use crate::frame::own;
use crate::frame::panel::PanelFrame;
use crate::frame::pick::Picked;
use crate::frame::resample::{begins, each_of, reaches, span};
use crate::frame::row::{Row, Value};
use crate::spec::{At, FigureSpec, LastPeriod, PanelSpec};
use crate::time::moment::{Moment, Step};
use crate::time::period::Period;

/// So many periods at least stay when those that are not whole are left out by themselves.
const LEAST_WHOLE: usize = 2;

/// A period that is not whole, and what becomes of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct End {
    period: Period,
    /// Whether it is the first one, or else the last.
    is_first: bool,
    /// Whether it is not whole for certain.
    certain: bool,
    fate: Fate,
}

/// Finds the periods that are not whole. Single observations that are to be left out are so at once.
pub(super) fn judge(
    spec: &FigureSpec,
    panel: &PanelSpec,
    picked: &mut Picked,
    report: &mut Report,
) -> Option<Vec<End>> {
    let Some((_, last)) = span(&picked.rows) else { return Some(Vec::new()) };
    if panel.at == At::Each && own::is_snapshot(picked) {
        return Some(Vec::new());
    }
    let certain = picked.last_period == Completeness::Partial;
    let possible = picked.last_period == Completeness::Unsure;
    let Some(each) = each_of(spec, picked).or(spec.per()) else {
        if spec.each.is_some() && !(certain || possible) {
            return Some(Vec::new());
        }
        return last_date(spec, panel, picked, last, report).map(|end| end.into_iter().collect());
    };
    let named = |period: Period| is_named(spec, panel, period);
    let leaves_out = match spec.last_period {
        LastPeriod::Judge => certain,
        LastPeriod::Drop => certain || possible,
        LastPeriod::Keep | LastPeriod::Tell | LastPeriod::Dash => false,
    };
    if leaves_out {
        picked.rows.retain(|row| row.at != Some(last));
    }
    let Some((from, to)) = span(&picked.rows) else { return Some(Vec::new()) };
    let (first, last) = (Period::around(from, each), Period::around(to, each));
    let mut periods: Vec<Period> = picked
        .rows
        .iter()
        .filter(|row| row.value != Value::Missing)
        .filter_map(|row| row.at.map(|at| Period::around(at, each)))
        .collect();
    periods.sort_unstable();
    periods.dedup();
    // What the first period added to a counter is not known in any case.
    let is_counter = spec.per().is_some();
    // Of irregular dates only who asks for it knows that the last period is not whole.
    let is_said = picked.step == Step::Irregular && spec.last_period == LastPeriod::Dash;
    let torn = [
        (!is_counter && !begins(from, first.first(), picked.step), first, spec.first_period, true),
        (is_said || !is_over(picked, to, last, is_counter), last, spec.last_period, false),
    ];
    let whole = periods.len() - torn.iter().filter(|(is_torn, ..)| *is_torn).count().min(periods.len());
    let least = if spec.chart.shows_span { LEAST_WHOLE } else { 1 };
    let hollow = if spec.chart.shows_span { Fate::Hollow } else { Fate::Kept };
    let ends = torn.into_iter().filter(|(is_torn, ..)| *is_torn);
    let ends = ends.map(|(_, period, rule, is_first)| {
        let fate = match rule {
            _ if named(period) => Fate::Kept,
            LastPeriod::Keep | LastPeriod::Tell => Fate::Kept,
            LastPeriod::Dash => hollow,
            LastPeriod::Drop => Fate::LeftOut,
            LastPeriod::Judge if whole >= least => Fate::LeftOut,
            LastPeriod::Judge => hollow,
        };
        End { period, is_first, certain: true, fate }
    });
    let ends: Vec<End> = ends.collect();
    let left_out =
        |period: &Period| ends.iter().any(|end| end.period == *period && end.fate == Fate::LeftOut);
    if periods.iter().all(left_out) {
        report.push(too_little(spec, last));
        return None;
    }
    Some(ends)
}

/// Whether observations up to a date reach a period's end: of a counter, the count at the end tells.
fn is_over(picked: &Picked, to: Moment, last: Period, is_counter: bool) -> bool {
    if is_counter {
        return Period::around(to, picked.precision).end() >= last.end();
    }
    reaches(to, last.end(), picked.step)
}

/// Judges the last of single dates, and leaves it out where it must be.
fn last_date(
    spec: &FigureSpec,
    panel: &PanelSpec,
    picked: &mut Picked,
    last: Moment,
    report: &mut Report,
) -> Option<Option<End>> {
    let certain = picked.last_period == Completeness::Partial;
    let possible = picked.last_period == Completeness::Unsure;
    let period = Period::around(last, picked.precision);
    let is_named = is_named(spec, panel, period);
    let hollow = if spec.chart.shows_span { Fate::Hollow } else { Fate::Kept };
    let is_enough = remains_enough(spec, picked, last);
    let fate = match spec.last_period {
        LastPeriod::Judge if certain && !is_named && is_enough => Fate::LeftOut,
        LastPeriod::Judge if certain && !is_named => hollow,
        // Who asks for it knows more than the data.
        LastPeriod::Drop if is_enough => Fate::LeftOut,
        LastPeriod::Drop => {
            report.push(too_little(spec, period));
            return None;
        }
        LastPeriod::Dash => hollow,
        LastPeriod::Tell if certain || possible => Fate::Kept,
        LastPeriod::Judge if possible && !(is_named || is_earlier(spec, panel, period)) => {
            warn_of_possible(picked, period, report);
            return Some(None);
        }
        LastPeriod::Judge if certain => Fate::Kept,
        _ => return Some(None),
    };
    if fate == Fate::LeftOut {
        picked.rows.retain(|row| row.at != Some(last));
    }
    Some(Some(End { period, is_first: false, certain, fate }))
}

/// Whether a figure of one date names a period, or a time within it. A longer time has others.
fn is_named(spec: &FigureSpec, panel: &PanelSpec, period: Period) -> bool {
    let within = |at: Period| period.contains(at.first()) && at.end() <= period.end();
    matches!(panel.at, At::On(at) if !spec.chart.shows_span && within(at))
}

/// Whether there is something to draw without the last date: for values over time, at two others.
fn remains_enough(spec: &FigureSpec, picked: &Picked, last: Moment) -> bool {
    let known = picked.rows.iter().filter(|row| row.value != Value::Missing);
    let mut others = known.filter_map(|row| row.at).filter(|at| *at != last);
    let first = others.next();
    if spec.chart.shows_span { others.any(|at| Some(at) != first) } else { first.is_some() }
}

fn too_little(spec: &FigureSpec, period: Period) -> Diagnostic {
    let message = format!("cannot leave out the last period, {}: too little would remain", period.in_words());
    let is_first = spec.first_period == LastPeriod::Drop && spec.last_period != LastPeriod::Drop;
    let (key, hint) = if is_first {
        ("first_period", "keep it with `first_period = \"tell\"`")
    } else {
        ("last_period", "keep it with `last_period = \"tell\"`")
    };
    diag::error("too-little-left", message).at(spec.places.of(key)).hint(hint)
}

/// Whether a figure of one date shows one before a period.
fn is_earlier(spec: &FigureSpec, panel: &PanelSpec, period: Period) -> bool {
    matches!(panel.at, At::On(at) if !spec.chart.shows_span && at.end() <= period.first())
}

fn warn_of_possible(picked: &Picked, period: Period, report: &mut Report) {
    let message = format!("the last period, {period}, may have been incomplete");
    let warning = diag::warning("incomplete-period", message).at(Place::file(&picked.file));
    report.push(warning.hint("set `last_period = \"drop\"` to leave it out, or \"keep\" if it is complete"));
}

/// Leaves out the rows of periods that are not whole.
pub(super) fn drop_ends(frame: &mut PanelFrame, ends: &[End]) {
    let left_out = |period: Option<Period>| {
        ends.iter()
            .any(|end| end.fate == Fate::LeftOut && period.is_some_and(|period| period.meets(end.period)))
    };
    let precision = frame.precision;
    frame.rows.retain(|row| !left_out(row.period));
    frame.facts.retain(|fact| match fact {
        Fact::Lacking { period, .. } => !left_out(*period),
        Fact::Partly { period, .. } => !left_out(Some(*period)),
        _ => true,
    });
    frame.singles.retain(|row| !left_out(row.at.map(|at| Period::around(at, precision))));
    for end in ends.iter().filter(|end| end.fate == Fate::Hollow) {
        frame.hollow.push(end.period);
    }
}

/// Says what became of them, as far as they concern what is drawn.
pub(super) fn tell(panel: &PanelSpec, frame: &mut PanelFrame, ends: &[End]) {
    for end in ends {
        let period = Some(end.period);
        let of_raw = |row: &Row| row.is_known() && row.period == period && frame.shows(row.who, row.period);
        let is_averaged = frame.raw.iter().any(of_raw);
        let concerns = match end.fate {
            // Of one date, the reader asks why it is not a later one.
            Fate::LeftOut if frame.first.is_none() => {
                !end.is_first && matches!(panel.at, At::Latest | At::Each)
            }
            Fate::Kept if panel.at == At::Each => true,
            Fate::LeftOut => frame.is_within(Some(end.period.first())),
            Fate::Kept | Fate::Hollow => {
                frame.drawn_rows().any(|row| row.is_known() && row.period == period) || is_averaged
            }
        };
        // An average holds it, and ends before it.
        let fate = if is_averaged && end.fate == Fate::Hollow { Fate::Kept } else { end.fate };
        if concerns {
            frame.facts.push(Fact::NotWhole {
                is_first: end.is_first,
                period: end.period,
                certain: end.certain,
                step: frame.step,
                fate,
            });
        }
    }
}
