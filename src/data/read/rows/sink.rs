//! What becomes of the values of rows: each an observation of its own, one for all of a date and series, or a count
//! of rows. It must not know how a row was read.

use crate::data::build::aggregation::readings::Readings;
use crate::data::build::aggregation::{Aggregation, Column, Series};
use crate::data::build::events::Event;
use crate::data::model::observation::Observation;
use crate::time::moment::Moment;

use super::layout::Layout;

/// A row that was read: what it is of, by the numbers that the sink gave out.
#[derive(Debug, Clone, Copy)]
pub(super) struct Read {
    pub(super) time: u32,
    pub(super) series: u32,
    pub(super) line: u32,
    /// What else it says, in a number; 0 for nothing.
    pub(super) mark: u64,
}

/// Where values go.
pub(super) enum Sink {
    /// Each is kept.
    All(All),
    /// Those of one date and series are put together.
    Grouped(Box<Aggregation>),
}

/// Observations in the order of the rows. Of rows that are counted themselves there are none, but their events.
pub(super) struct All {
    columns: Vec<Column>,
    times: Vec<Option<Moment>>,
    series: Vec<Series>,
    pub(super) observations: Vec<Observation>,
    pub(super) events: Vec<Event>,
}

impl Sink {
    /// Nothing yet.
    pub(super) fn new(layout: &Layout<'_, '_, '_>) -> Self {
        let columns = layout.columns();
        match layout.how {
            Some(how) => Sink::Grouped(Box::new(Aggregation::new(how, columns.len()))),
            None => Sink::All(All {
                columns,
                times: Vec::new(),
                series: Vec::new(),
                observations: Vec::new(),
                events: Vec::new(),
            }),
        }
    }

    /// The number of a date, new or known.
    pub(super) fn time(&mut self, time: Option<Moment>) -> u32 {
        match self {
            Sink::Grouped(aggregation) => aggregation.time(time),
            Sink::All(all) => number_of(&mut all.times, time),
        }
    }

    /// The number of a series, new or known.
    pub(super) fn series(&mut self, series: Series) -> u32 {
        match self {
            Sink::Grouped(aggregation) => aggregation.series(series),
            Sink::All(all) => number_of(&mut all.series, series),
        }
    }

    /// The moment of a date.
    pub(super) fn moment(&self, time: u32) -> Option<Moment> {
        match self {
            Sink::Grouped(aggregation) => aggregation.moment(time),
            Sink::All(all) => all.times.get(time as usize).copied().flatten(),
        }
    }

    /// Takes rows and their cells.
    pub(super) fn take(&mut self, rows: &[Read], readings: &Readings) {
        match self {
            Sink::Grouped(aggregation) => {
                for row in rows {
                    aggregation.turn_to(row.time, row.series, u64::from(row.line));
                    if row.mark != 0 {
                        aggregation.mark(row.mark, u64::from(row.line));
                    }
                    aggregation.keep_turn();
                }
                let line = |row: usize| rows.get(row).map_or(0, |row| u64::from(row.line));
                aggregation.add_all(readings, line);
            }
            Sink::All(all) => all.take(rows, readings),
        }
    }
}

fn number_of<T>(all: &mut Vec<T>, new: T) -> u32 {
    all.push(new);
    crate::data::rows::split::narrow(all.len() - 1)
}

impl All {
    fn take(&mut self, rows: &[Read], readings: &Readings) {
        let width = self.columns.len();
        for (at, row) in rows.iter().enumerate() {
            let time = self.times.get(row.time as usize).copied().flatten();
            let Some(series) = self.series.get(row.series as usize).copied() else { continue };
            if width == 0 {
                let subject = series.subject as usize;
                self.events.extend(time.map(|time| Event { time, subject, line: row.line }));
                continue;
            }
            for (of, column) in self.columns.iter().enumerate() {
                let Some(value) = readings.value(at, of) else { continue };
                self.observations.push(Observation {
                    time: time.or(column.time),
                    subject: column.subject.unwrap_or(series.subject) as usize,
                    measure: series.measure as usize * width + column.measure,
                    group: series.group.checked_sub(1).or(column.group).map(|group| group as usize),
                    kind: series.kind as usize,
                    value,
                    line: row.line.into(),
                });
            }
        }
    }
}
