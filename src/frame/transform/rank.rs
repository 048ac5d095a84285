//! The place of each value among all that are compared at its date: 1 is the highest, equal ones share the better
//! place.
//!
//! It must not know which rows are drawn.

use std::collections::BTreeMap;

use super::transformation::{Asked, Transformation};
use crate::data::{Basis, Refusal};
use crate::diag::Report;
use crate::figure::{Look, Unit};
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::row::{Row, Value, drawn_at};
use crate::spec::Takes;

pub(super) struct Rank;

impl Transformation for Rank {
    fn key(&self) -> &'static str {
        "rank"
    }

    fn takes(&self) -> Takes {
        Takes::Switch
    }

    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[("log", "ranks have no ratios", "leave `log` out")]
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        if frame.basis.lower_is_better() {
            let refusal =
                Refusal { reason: "the values are ranks already", instead: "draw them as they are" };
            report.push(asked.refusal(&format!("rank {}", frame.measure), refusal));
            return None;
        }
        let members = asked.members(frame);
        frame.rows.retain(|row| members.contains(&row.who));
        let rows = std::mem::take(&mut frame.rows);
        let mut at: BTreeMap<_, Vec<&Row>> = BTreeMap::new();
        for row in rows.iter().filter(|row| row.is_known()) {
            at.entry((row.group, row.period)).or_default().push(row);
        }
        let place = |row: &Row| {
            let others = at.get(&(row.group, row.period)).map_or(&[][..], Vec::as_slice);
            let (value, slack) = placed(row, others, asked.spec.below_one);
            Row { value, slack, bounds: None, ..*row }
        };
        frame.rows = rows.iter().map(place).collect();
        frame.raw.clear();
        frame.singles.clear();
        frame.basis = Basis::Rank;
        let words = format!("rank among {}, 1 = highest", asked.all_of(&members));
        frame.facts.push(Fact::stated(words, &["rank"]).briefly("ranks, of which 1 is the highest"));
        Some(())
    }

    fn shape(&self, look: &mut Look) {
        look.unit = Unit::Number;
    }
}

/// The place of a value among all of its date, and by how many places rounding and bounds may move it.
fn placed(row: &Row, all: &[&Row], below_one: f64) -> (Value, f64) {
    let (Some(own), Some(range)) = (drawn_at(row.value, below_one), row.range()) else {
        return (Value::Missing, 0.0);
    };
    // One alone is first of one, which says nothing.
    if all.len() < 2 {
        return (Value::Missing, 0.0);
    }
    let count = |is_above: &dyn Fn(f64, (f64, f64)) -> bool| {
        let others = all.iter().filter(|other| other.who != row.who);
        let above = others.filter(|other| {
            let value = drawn_at(other.value, below_one).zip(other.range());
            value.is_some_and(|(value, range)| is_above(value, range))
        });
        above.count() as f64 + 1.0
    };
    let place = count(&|value, _| value > own);
    let best = count(&|value, other| other.0 >= range.1 && value > own);
    let worst =
        count(&|value, other| other.1 > range.0 && (value > own || other != range || range.0 < range.1));
    (Value::Number(place), (place - best).max(worst - place))
}
