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
        let below_one = asked.spec.below_one;
        let orders: BTreeMap<_, Order> =
            at.iter().map(|(key, all)| (*key, Order::of(all, below_one))).collect();
        let place = |row: &Row| {
            let order = orders.get(&(row.group, row.period));
            let (value, slack) = order.map_or((Value::Missing, 0.0), |order| order.place(row, below_one));
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

/// The values of a date, and between which values the true ones lie, each in ascending order.
struct Order {
    values: Vec<f64>,
    lows: Vec<f64>,
    highs: Vec<f64>,
}

impl Order {
    fn of(all: &[&Row], below_one: f64) -> Order {
        let sorted = |value: &dyn Fn(&Row) -> Option<f64>| {
            let mut values: Vec<f64> = all.iter().filter_map(|row| value(row)).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        Order {
            values: sorted(&|row| drawn_at(row.value, below_one)),
            lows: sorted(&|row| row.range().map(|(low, _)| low)),
            highs: sorted(&|row| row.range().map(|(_, high)| high)),
        }
    }

    /// The place of a value, and by how many places rounding and bounds may move it.
    fn place(&self, row: &Row, below_one: f64) -> (Value, f64) {
        // One alone is first of one, which says nothing.
        let (Some(own), Some((low, high)), true) =
            (drawn_at(row.value, below_one), row.range(), self.values.len() > 1)
        else {
            return (Value::Missing, 0.0);
        };
        let above = |sorted: &[f64], is_above: &dyn Fn(f64) -> bool| {
            (sorted.len() - sorted.partition_point(|value| !is_above(*value))) as f64
        };
        let place = above(&self.values, &|value| value > own) + 1.0;
        // Ends of ranges are values that are not taken; a range is among those that may be above its own low end.
        let (best, worst) = if low < high {
            (above(&self.lows, &|other| other >= high) + 1.0, above(&self.highs, &|other| other > low))
        } else {
            (above(&self.lows, &|other| other > own) + 1.0, above(&self.highs, &|other| other > own) + 1.0)
        };
        (Value::Number(place), (place - best).max(worst - place).max(0.0))
    }
}
