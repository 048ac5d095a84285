//! Centred averages, which keep the values under them as the panel's raw rows.
//!
//! A window of an even number of steps has no middle, so two windows half a step apart are averaged: the first
//! and the last value of an odd one count half. It must not know which rows are drawn.

use super::transformation::{Asked, Transformation};
use crate::diag::Report;
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::resample::total;
use crate::frame::roster::Who;
use crate::frame::row::{Row, Value, joined};
use crate::spec::Takes;
use crate::time::moment::Step;

pub(super) struct Average;

impl Transformation for Average {
    fn key(&self) -> &'static str {
        "average"
    }

    fn takes(&self) -> Takes {
        Takes::Steps(1..=999)
    }

    fn smooths(&self) -> bool {
        true
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        if let Err(refusal) = frame.basis.may_be_averaged() {
            report.push(asked.refusal(&format!("average {}", frame.measure), refusal));
            return None;
        }
        average(asked, frame, report)
    }
}

/// Averages every series of a panel.
fn average(asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
    let window = asked.given.steps();
    if frame.step == Step::Irregular {
        let fault = asked.error("irregular-average", "cannot average values at irregular dates");
        report.push(fault.hint("leave `average` out"));
        return None;
    }
    let raw = std::mem::take(&mut frame.rows);
    let mut averages = Vec::with_capacity(raw.len());
    let mut short: Vec<Who> = Vec::new();
    for own in raw.chunk_by(|a, b| (a.group, a.who) == (b.group, b.who)) {
        let before = averages.len();
        for stretch in stretches(own, frame) {
            averages.extend(averaged(stretch, window, asked.spec.below_one));
        }
        if let (Some(row), true) = (own.first(), averages.len() == before) {
            short.extend(Some(row.who).filter(|_| row.group.is_none() && own.iter().any(Row::is_known)));
        }
    }
    for who in short.into_iter().filter(|who| asked.is_asked(*who)) {
        let message = format!("{} has no {window} values in a row to average", asked.label(who));
        report.push(asked.error("short-average", message).hint("use a smaller `average`"));
    }
    frame.facts.push(Fact::Averaged { window, step: frame.step });
    (frame.raw, frame.rows) = (raw, averages);
    Some(())
}

/// The stretches of a series without a missing value or date.
fn stretches<'r>(own: &'r [Row], frame: &PanelFrame) -> Vec<&'r [Row]> {
    let joined = |a: &Row, b: &Row| {
        let apart = a.at.zip(b.at).is_some_and(|(x, y)| frame.breaks(a.who, x, y));
        a.is_known() && b.is_known() && !apart
    };
    own.chunk_by(joined).filter(|stretch| stretch.iter().all(Row::is_known)).collect()
}

/// The averages of a stretch, half a window short of its ends.
fn averaged(stretch: &[Row], window: usize, below_one: f64) -> Vec<Row> {
    let half = window / 2;
    let windows = stretch.windows(half * 2 + 1);
    let middles = stretch.iter().skip(half);
    windows.zip(middles).filter_map(|(rows, middle)| mean(rows, window, *middle, below_one)).collect()
}

fn mean(rows: &[Row], window: usize, middle: Row, below_one: f64) -> Option<Row> {
    let values: Vec<Value> = rows.iter().map(|row| row.value).collect();
    let slack = rows.iter().map(|row| row.slack).fold(0.0, f64::max);
    let (value, slack) = if window % 2 == 1 {
        total(&values, 1.0 / window as f64, slack, below_one)
    } else {
        // Those between the first and the last count twice.
        let inner = values.get(1..values.len() - 1)?;
        total(&[inner, values.as_slice()].concat(), 0.5 / window as f64, slack, below_one)
    };
    let bounds = joined(rows.iter().map(|row| row.bounds));
    let kind = middle.kind.filter(|kind| rows.iter().all(|row| row.kind == Some(*kind)));
    let count = rows.iter().map(|row| row.count).sum();
    Some(Row { value, slack, bounds, kind, count, ..middle })
}
