//! `heatmap`: cells of one measure, the more the darker: a row a subject and a column a group, at one date; or, over
//! time, a row a year and a column a month of one subject, and a row a subject and a column a period of several.

use super::{Body, Chart, Unsuited, parts};
use crate::chart::pen::{Drawn, Pen, Surface};
use crate::diag::{self, Report};
use crate::figure::{Grid, GridCell, GridRow, Heading, Kind, Look, Marks, Named, Panel};
use crate::frame::roster::Who;
use crate::frame::{Frame, PanelFrame, Row};
use crate::layout::frame::{Frame as Header, Ground};
use crate::layout::heat;
use crate::spec::FigureSpec;
use crate::time::moment::{Moment, Step};
use crate::time::period::MONTHS;

pub(super) struct Heatmap;

static OVER_TIME: Kind = Kind {
    name: "heatmap",
    code: "Heatmap",
    noun: "Heatmap",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: false,
    stacks: false,
    torn: "smaller",
    refuses: &[
        ("digits", "its cells have room for short numbers alone"),
        ("at", "it shows a span of time: use `from` and `to`, or name the groups to show in `groups`"),
        ("panels", "use `chart = \"facets\"`"),
        ("events", "use `chart = \"line\"` to mark dates"),
        ("average", "use `chart = \"line\"`, which shows an average over its values"),
    ],
};

static IN_GROUPS: Kind = Kind {
    shows_span: false,
    keeps_groups: true,
    refuses: &[
        ("digits", "its cells have room for short numbers alone"),
        ("from", "it shows groups at one date: use `at`, or `combine` to make one of them"),
        ("to", "it shows groups at one date: use `at`, or `combine` to make one of them"),
        ("panels", "use `chart = \"facets\"`"),
        ("events", "it has no time axis"),
    ],
    ..OVER_TIME
};

/// Longer times are not told apart cell by cell.
const MOST: i64 = 400;

impl Chart for Heatmap {
    fn kind(&self) -> &'static Kind {
        &OVER_TIME
    }

    fn variant(&self, in_groups: bool) -> &'static Kind {
        if in_groups { &IN_GROUPS } else { &OVER_TIME }
    }

    fn suits(&self, spec: &FigureSpec, frame: &Frame) -> Result<(), Unsuited> {
        let Some(panel) = frame.panels.first().filter(|_| spec.chart.shows_span) else { return Ok(()) };
        const LONGER: &str = "make periods with `each` and `combine`, or use `chart = \"line\"`";
        if panel.step == Step::Irregular {
            return Err(Unsuited::new("cells of irregular dates: they have no places", LONGER));
        }
        let count = span(panel).map_or(0, |(first, last)| {
            parts::periods::place(last, panel.step) - parts::periods::place(first, panel.step) + 1
        });
        if count > MOST && !is_calendar(panel) {
            return Err(Unsuited::new(
                format!("{count} cells a row: more than {MOST} are not told apart"),
                LONGER,
            ));
        }
        Ok(())
    }

    fn marks(&self, spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Marks {
        if !spec.chart.shows_span {
            return Marks::Cells(sorted(spec, panel, parts::cells::grid(spec, frame, panel, true)));
        }
        let (Some((first, last)), drawn) = (span(panel), panel.drawn.as_slice()) else {
            return Marks::Cells(Grid { named: Named::ALL, columns: Vec::new(), rows: Vec::new() });
        };
        match drawn {
            [only] if is_calendar(panel) => Marks::Cells(calendar(panel, *only, (first, last))),
            _ => Marks::Cells(sorted(spec, panel, periods(frame, panel, (first, last)))),
        }
    }

    fn arrange<'a>(
        &self,
        look: &'a Look,
        panels: &'a [Panel],
        header: &Header,
        ground: Ground<'a>,
    ) -> Result<Box<dyn Body + 'a>, Report> {
        let [Panel { marks: Marks::Cells(grid), .. }] = panels else {
            return Err(diag::error("own-fault", "expected one panel of cells").into());
        };
        let body = heat::arrange(grid, look, header, ground)?;
        Ok(Box::new(HeatBody { body, ground }))
    }
}

/// The rows of who has most at the top, where nothing else says their order.
fn sorted(spec: &FigureSpec, panel: &PanelFrame, mut grid: Grid) -> Grid {
    if spec.shown.is_empty() && !panel.calendar {
        let sign = if panel.basis.lower_is_better() { 1.0 } else { -1.0 };
        // Sorting is stable: those who are level keep the figure's order of subjects.
        grid.rows.sort_by(|a, b| (mean(a) * sign).total_cmp(&(mean(b) * sign)));
    }
    grid
}

/// The mean of what is known of a row.
fn mean(row: &GridRow) -> f64 {
    let known = row.cells.iter().filter_map(|cell| match cell {
        GridCell::Number(value) | GridCell::Below(value) => Some(*value),
        GridCell::Missing | GridCell::Outside | GridCell::Words(_) => None,
    });
    let (count, sum) = known.fold((0.0, 0.0), |(count, sum), value| (count + 1.0, sum + value));
    if count > 0.0 { sum / count } else { 0.0 }
}

/// Which columns of periods are named: Januaries, and years that are multiples of the step.
fn named_of(first: Moment, step: Step) -> Named {
    const OTHERS: &[usize] = &[1, 2, 4, 8, 13, 26, 52, 104, 208, 416];
    let (steps, cycle, years_from): (&[usize], i64, usize) = match step {
        Step::Year => (&[1, 2, 5, 10, 20, 50, 100, 400], 400, usize::MAX),
        Step::Month => (&[1, 2, 3, 6, 12, 24, 60, 120, 480], 480, 12),
        Step::Quarter => (&[1, 2, 4, 8, 20, 40, 400], 400, 4),
        _ => (OTHERS, 1, usize::MAX),
    };
    let anchor = usize::try_from((-parts::periods::place(first, step)).rem_euclid(cycle)).unwrap_or(0);
    Named { anchor, steps, years_from }
}

/// The first and the last moment that is drawn.
fn span(panel: &PanelFrame) -> Option<(Moment, Moment)> {
    Some((panel.first?.first(), panel.shown?.first()))
}

/// Whether cells are months or quarters of years, which stand one year below the other.
fn is_calendar(panel: &PanelFrame) -> bool {
    panel.drawn.len() == 1 && matches!(panel.step, Step::Month | Step::Quarter)
}

/// The value of a period, where it is drawn.
fn at(panel: &PanelFrame, who: Who, wanted: i64) -> Option<&Row> {
    let rows = panel.of(None, who).iter().filter(|row| panel.is_within(row.at));
    let mut of_period =
        rows.filter(|row| row.at.is_some_and(|at| parts::periods::place(at, panel.step) == wanted));
    of_period.next_back()
}

fn is_torn(panel: &PanelFrame, row: Option<&Row>) -> bool {
    row.and_then(|row| row.at).is_some_and(|at| panel.hollow.iter().any(|period| period.contains(at)))
}

/// A row a year, a column a month or a quarter.
fn calendar(panel: &PanelFrame, who: Who, (first, last): (Moment, Moment)) -> Grid {
    let names: Vec<String> = match panel.step {
        Step::Quarter => (1..=4).map(|quarter| format!("Q{quarter}")).collect(),
        _ => MONTHS.iter().filter_map(|month| month.get(..3)).map(str::to_owned).collect(),
    };
    let size = i64::try_from(names.len()).unwrap_or(12);
    let (start, end) = (parts::periods::place(first, panel.step), parts::periods::place(last, panel.step));
    let row = |year: i64| {
        let places = || (0..size).map(|column| year * size + column);
        let cells = places().map(|at_place| match at(panel, who, at_place) {
            _ if at_place < start || at_place > end => GridCell::Outside,
            row => parts::cells::cell(panel, row),
        });
        let torn = places().enumerate().filter(|(_, at_place)| is_torn(panel, at(panel, who, *at_place)));
        GridRow {
            heading: Heading { label: year.to_string(), subject: None },
            cells: cells.collect(),
            torn: torn.map(|(column, _)| column).collect(),
        }
    };
    let years = start.div_euclid(size)..=end.div_euclid(size);
    let columns = names.into_iter().map(|label| Heading { label, subject: None });
    let named = Named { steps: &[1, 2, 3, 6], ..Named::ALL };
    Grid { named, columns: columns.collect(), rows: years.map(row).collect() }
}

/// A row a subject, a column a period.
fn periods(frame: &Frame, panel: &PanelFrame, (first, last): (Moment, Moment)) -> Grid {
    let (start, end) = (parts::periods::place(first, panel.step), parts::periods::place(last, panel.step));
    let name = |index: i64| {
        let at =
            parts::periods::moment(first, panel.step, index).map(|at| parts::periods::named(at, panel.step));
        Heading { label: at.unwrap_or_default(), subject: None }
    };
    let row = |who: &Who| {
        let own = || panel.of(None, *who).iter().filter(|row| row.is_known() && panel.is_within(row.at));
        let places = || own().filter_map(|row| row.at).map(|at| parts::periods::place(at, panel.step));
        let (from, to) = (places().min().unwrap_or(start), places().max().unwrap_or(end));
        let cells = (start..=end).map(|index| match at(panel, *who, index) {
            _ if index < from || index > to => GridCell::Outside,
            row => parts::cells::cell(panel, row),
        });
        let torn = (start..=end).enumerate().filter(|(_, index)| is_torn(panel, at(panel, *who, *index)));
        GridRow {
            heading: Heading { label: frame.label(*who).to_owned(), subject: frame.place(*who) },
            cells: cells.collect(),
            torn: torn.map(|(column, _)| column).collect(),
        }
    };
    let columns = (0..=end - start).map(name).collect();
    Grid { named: named_of(first, panel.step), columns, rows: panel.drawn.iter().map(row).collect() }
}

/// Cells in their places.
struct HeatBody<'a> {
    body: heat::Heat,
    ground: Ground<'a>,
}

impl Body for HeatBody<'_> {
    fn bottom(&self) -> f64 {
        self.body.bottom
    }

    fn unit(&self) -> &'static str {
        self.body.unit
    }

    fn draw(&self, surface: &Surface<'_>, pen: &Pen<'_, '_>) -> Drawn {
        crate::chart::heat::draw(&self.body, self.ground, surface, pen)
    }
}
