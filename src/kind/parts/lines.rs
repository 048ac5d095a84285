//! Lines over time, broken where dates or values are missing and where the way of counting changes.

use crate::chart::pen::{Drawn, Pen, Surface};
use crate::chart::{beside, lines};
use crate::diag::{self, Report};
use crate::figure::{Look, Marks, Panel, Point, Series};
use crate::frame::roster::Who;
use crate::frame::top::ranked;
use crate::frame::{Frame, PanelFrame, Row, Value, drawn_at, slice};
use crate::kind::{Body, Unsuited};
use crate::layout::beside::Beside;
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::lines::LineBody;
use crate::layout::plotted::{Lines, end_of};
use crate::spec::FigureSpec;
use crate::time::moment::Moment;
use crate::time::moment::Step;

/// The lines of a panel.
pub(in crate::kind) fn marks(spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
    let line = |who: &Who| {
        let rows = within(panel, panel.of(None, *who));
        let raw = within(panel, slice(&panel.raw, |row| (row.group, row.who).cmp(&(None, *who))));
        let points = with_gaps(spec, panel, &rows);
        let singles = panel.singles.iter().filter(|row| row.who == *who);
        let dots = singles.filter_map(|row| point(spec, row)).collect();
        let known = || points.iter().filter(|point| point.value.is_some());
        let is_hollow = |point: Option<&Point>| {
            let hollow = |at: Moment| panel.hollow.iter().any(|period| period.contains(at));
            raw.is_empty() && point.is_some_and(|point| hollow(point.at))
        };
        Some(Series {
            subject: frame.place(*who)?,
            partial: is_hollow(known().next_back()),
            partial_start: is_hollow(known().next()),
            bounded: rows.iter().chain(&raw).any(|row| matches!(row.value, Value::Below(_))),
            raw: with_gaps(spec, panel, &raw),
            points,
            dots,
        })
    };
    Marks::Lines { series: panel.drawn.iter().filter_map(line).collect(), step: panel.step }
}

fn within<'r>(panel: &PanelFrame, rows: &'r [Row]) -> Vec<&'r Row> {
    rows.iter().filter(|row| panel.is_within(row.at)).collect()
}

fn point(spec: &FigureSpec, row: &Row) -> Option<Point> {
    Some(Point { at: row.at?, value: drawn_at(row.value, spec.below_one) })
}

/// The points with a gap wherever the line breaks; none at either end.
fn with_gaps(spec: &FigureSpec, panel: &PanelFrame, rows: &[&Row]) -> Vec<Point> {
    let mut points: Vec<Point> = Vec::with_capacity(rows.len());
    for (who, point) in rows.iter().filter_map(|row| Some((row.who, point(spec, row)?))) {
        if let Some(last) = points.last().copied() {
            let both = last.value.is_some() && point.value.is_some();
            if both && panel.breaks(who, last.at, point.at) {
                points.push(Point { at: midway(last.at, point.at), value: None });
            }
        } else if point.value.is_none() {
            continue;
        }
        points.push(point);
    }
    while points.last().is_some_and(|point| point.value.is_none()) {
        points.pop();
    }
    points
}

fn midway(a: Moment, b: Moment) -> Moment {
    Moment::from_seconds(a.seconds() + (b.seconds() - a.seconds()) / 2)
}

/// Whether everybody who is drawn has a number at two dates, and none at another.
pub(in crate::kind) fn two_dates(frame: &Frame, what: &str) -> Result<(), Unsuited> {
    const INSTEAD: &str = "use `chart = \"line\"`";
    let Some(panel) = frame.panels.first() else { return Ok(()) };
    let mut dates: Vec<Moment> = panel
        .drawn_rows()
        .filter(|row| row.group.is_none() && row.is_known())
        .filter_map(|row| row.at)
        .collect();
    dates.sort_unstable();
    dates.dedup();
    if dates.len() != 2 {
        let why = format!("a {what} of {} dates: it shows two", dates.len());
        return Err(Unsuited::new(
            why,
            format!("choose two neighbours with `from` and `to`, longer periods with `each`, or {INSTEAD}"),
        ));
    }
    for who in &panel.drawn {
        let own: Vec<Value> = panel
            .of(None, *who)
            .iter()
            .filter(|row| panel.is_within(row.at) && row.is_known())
            .map(|row| row.value)
            .collect();
        let label = frame.label(*who);
        if own.len() != 2 {
            let why = format!("a {what} of {label}, which has a value at one of the two dates only");
            return Err(Unsuited::new(why, format!("leave it out of `subjects`, or {INSTEAD}")));
        }
        if own.iter().any(|value| matches!(value, Value::Below(_))) {
            let why = format!("a {what} of {label}, which is only known to be below a bound");
            return Err(Unsuited::new(why, INSTEAD));
        }
    }
    Ok(())
}

/// How lines are put in their places.
pub(in crate::kind) type Arrange = fn(Lines<'_>, &Header, Ground<'_>) -> Result<LineBody, Report>;

/// Lines in their places.
struct LinesBody<'a> {
    body: LineBody,
    beside: Beside,
    series: &'a [Series],
    step: Step,
    look: &'a Look,
    ground: Ground<'a>,
}

/// Puts the lines of the only panel in their places.
pub(in crate::kind) fn body<'a>(
    look: &'a Look,
    panels: &'a [Panel],
    header: &Header,
    ground: Ground<'a>,
    arrange: Arrange,
) -> Result<Box<dyn Body + 'a>, Report> {
    let [Panel { marks: Marks::Lines { series, step }, .. }] = panels else {
        return Err(diag::error("own-fault", "expected one panel of lines").into());
    };
    let lines = Lines { look, series, step: *step };
    let body = arrange(lines, header, ground)?;
    let beside = Beside::arrange(&body, lines, ground);
    Ok(Box::new(LinesBody { body, beside, series, step: *step, look, ground }))
}

impl Body for LinesBody<'_> {
    fn bottom(&self) -> f64 {
        self.body.bottom
    }

    fn unit(&self) -> &'static str {
        self.body.unit
    }

    fn notes(&self) -> &[String] {
        &self.body.notes
    }

    fn warnings(&self) -> Report {
        let unnamed = self.body.events.iter().filter(|event| event.lines.is_empty()).count();
        let mut report = self.beside.warnings();
        if unnamed == 0 {
            return report;
        }
        let message = format!("{unnamed} of {} events have no room for their labels", self.body.events.len());
        let warning = diag::warning("unnamed-events", message);
        report.push(warning.hint("mark fewer events, give them shorter labels, or draw a shorter time"));
        report
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        beside::under(&self.beside, self.ground, surface, pen)?;
        lines::draw(&self.body, self.series, self.step, self.look, self.ground, surface, pen)?;
        beside::over(&self.beside, self.ground, surface, pen)
    }
}

/// Series from the best value at their ends to the worst, that of the latest date first.
pub(in crate::kind) fn ranked_by_end(series: Vec<Series>, lower_is_better: bool) -> Vec<Series> {
    let better = |value: f64| if lower_is_better { -value } else { value };
    let latest: Vec<Option<(Moment, f64)>> =
        series.iter().map(|one| end_of(one).map(|(at, value)| (at, better(value)))).collect();
    ranked(&latest).into_iter().filter_map(|index| series.get(index).cloned()).collect()
}
