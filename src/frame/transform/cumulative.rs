//! Running totals: each value is the sum of all up to its date.
//!
//! A total goes on only as far as every value before it is known. It must not know which rows are drawn.

use super::transformation::{Asked, Transformation};
use crate::data::Basis;
use crate::diag::Report;
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::resample::total;
use crate::frame::row::{Row, Value, joined};
use crate::spec::Takes;

pub(super) struct Cumulative;

impl Transformation for Cumulative {
    fn key(&self) -> &'static str {
        "cumulative"
    }

    fn takes(&self) -> Takes {
        Takes::Switch
    }

    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("per", "one undoes the other", "leave both out, to draw the counter itself"),
            ("index", "an index has no sum", "leave one of them out"),
        ]
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        if let Err(refusal) = frame.basis.may_be_summed_over_time() {
            let message = format!("cannot add up {}: {}", frame.measure, refusal.reason);
            report.push(asked.error("unsuitable-basis", message).hint("leave `cumulative` out"));
            return None;
        }
        let rows = std::mem::take(&mut frame.rows);
        let mut added = Vec::with_capacity(rows.len());
        for own in rows.chunk_by(|a, b| (a.group, a.who) == (b.group, b.who)) {
            added.extend(added_up(own, frame, asked.spec.below_one));
        }
        let lacking = added.iter().filter(|row| row.group.is_none() && !row.is_known());
        let lacking =
            lacking.map(|row| Fact::Lacking { who: row.who, period: row.period, groups: Vec::new() });
        frame.facts.extend(lacking);
        let start = added.iter().filter(|row| row.is_known()).filter_map(|row| row.period).min();
        let from = start.map(|period| format!(" from {}", period.in_words())).unwrap_or_default();
        (frame.rows, frame.basis) = (added, Basis::Cumulative);
        frame.facts.push(Fact::stated("running total", &["total", "cumulative", "so far"]));
        frame.facts.push(Fact::Said(format!("Each value is the sum of all{from} up to its date")));
        Some(())
    }
}

/// The running totals of a series, from its first value on, and missing from its first gap on.
fn added_up(own: &[Row], frame: &PanelFrame, below_one: f64) -> Vec<Row> {
    let mut before: Option<Row> = None;
    let mut is_whole = true;
    let mut totals = Vec::with_capacity(own.len());
    for row in own.iter().skip_while(|row| !row.is_known()) {
        let last = before.as_ref().and_then(|row| row.at);
        is_whole &= row.is_known() && !last.zip(row.at).is_some_and(|(a, b)| frame.is_gap(row.who, a, b));
        let (value, slack) = match (is_whole, &before) {
            (false, _) => (Value::Missing, 0.0),
            (true, None) => (row.value, row.slack),
            (true, Some(sum)) => {
                let (value, slack) = total(&[sum.value, row.value], 1.0, 0.0, below_one);
                (value, slack + sum.slack + row.slack)
            }
        };
        let bounds = joined(before.iter().chain([row]).map(|row| row.bounds)).filter(|_| is_whole);
        let sum = Row { value, slack, bounds, ..*row };
        before = Some(sum);
        totals.push(sum);
    }
    totals
}
