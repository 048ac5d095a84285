//! Each value as a part of the sum of all that are compared at its date, in per cent.
//!
//! The whole is those whom the figure names, or else all that the data have. Who has no value yet is no part of it;
//! at a date at which a value is missing, nobody's share is known. It must not know which rows are drawn.

use std::collections::{BTreeMap, BTreeSet};

use super::transformation::{Asked, Transformation};
use crate::data::{Basis, Refusal};
use crate::diag::Report;
use crate::figure::{Look, Unit};
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::Who;
use crate::frame::row::{Row, Value, below, drawn_at};
use crate::spec::Takes;
use crate::time::moment::Moment;

pub(super) struct Share;

impl Transformation for Share {
    fn key(&self) -> &'static str {
        "share"
    }

    fn takes(&self) -> Takes {
        Takes::Switch
    }

    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        const LEAVE: &str = "leave `share` out";
        &[
            ("rank", "ranks of shares are those of the values", LEAVE),
            ("growth", "shares of a growth are parts of no whole", "leave one of them out"),
        ]
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        if let Err(refusal) = frame.basis.may_be_shared() {
            report.push(asked.refusal(&format!("tell shares of {}", frame.measure), refusal));
            return None;
        }
        let members = asked.members(frame);
        if let [only] = members.iter().copied().collect::<Vec<Who>>()[..] {
            let refusal = Refusal {
                reason: "one subject alone is all of the whole",
                instead: "name more of them in `subjects`, or leave `share` out",
            };
            let what = format!("tell the share of {} in itself", asked.label(only));
            report.push(asked.refusal(&what, refusal));
            return None;
        }
        frame.rows.retain(|row| members.contains(&row.who));
        if let Some(row) = frame.rows.iter().find(|row| matches!(row.value, Value::Number(v) if v < 0.0)) {
            let message = format!(
                "cannot tell shares of {}: a value of {} is below zero",
                frame.measure,
                asked.label(row.who)
            );
            let fault = asked.error("unsuitable-values", message);
            report.push(fault.hint("compare the values as they are"));
            return None;
        }
        let (rows, whole) = shared(asked, frame, &members);
        if !rows.iter().any(Row::is_known) {
            let message = format!(
                "cannot tell shares of {}: at no date a value of each of {} is known",
                frame.measure,
                asked.some(members.iter().copied())
            );
            let hint = "take who has no values out of `subjects`";
            report.push(asked.error("nothing-to-draw", message).hint(hint));
            return None;
        }
        whole.tell(asked, frame);
        (frame.rows, frame.basis) = (rows, Basis::Share);
        frame.singles.clear();
        let words = format!("share of the total of {}", asked.all_of(&members));
        frame.facts.push(
            Fact::stated(words, &["share of", "% of", "per cent of", "percentage of"])
                .briefly("share of their total"),
        );
        Some(())
    }

    fn shape(&self, look: &mut Look) {
        look.unit = Unit::Percent;
    }
}

/// So many and more are not named.
const NAMED: usize = 5;

/// A group and a date.
type Place = (Option<usize>, Option<Moment>);

/// What the shares could not be made of.
#[derive(Default)]
struct Whole {
    /// Those who have no value at the first dates.
    late: BTreeSet<Who>,
    /// Dates without shares, with who has no value.
    lacking: BTreeMap<Place, Who>,
}

fn shared(asked: &Asked<'_>, frame: &PanelFrame, members: &BTreeSet<Who>) -> (Vec<Row>, Whole) {
    let place = |row: &Row| (row.group, row.period.map(|period| period.first()));
    let mut at: BTreeMap<Place, BTreeMap<Who, &Row>> = BTreeMap::new();
    let mut begins: BTreeMap<(Option<usize>, Who), Option<Moment>> = BTreeMap::new();
    for row in &frame.rows {
        at.entry(place(row)).or_default().insert(row.who, row);
        if row.is_known() {
            begins.entry((row.group, row.who)).or_insert(place(row).1);
        }
    }
    let mut whole = Whole::default();
    for ((group, moment), rows) in &at {
        for who in members {
            if rows.get(who).is_some_and(|row| row.is_known()) {
                continue;
            }
            match begins.get(&(*group, *who)) {
                Some(first) if first > moment => {
                    whole.late.insert(*who);
                }
                _ => {
                    whole.lacking.entry((*group, *moment)).or_insert(*who);
                }
            }
        }
    }
    let totals: BTreeMap<Place, Total> = at
        .iter()
        .map(|(place, rows)| (*place, Total::of(rows.values().copied(), asked.spec.below_one)))
        .collect();
    let share = |row: &Row| {
        let total = totals.get(&place(row)).filter(|_| !whole.lacking.contains_key(&place(row)));
        // One alone is all of it, which says nothing.
        let total = total.filter(|total| total.count > 1);
        let (value, slack) =
            total.map_or((Value::Missing, 0.0), |total| total.part(row, asked.spec.below_one));
        Row { value, slack, bounds: row.bounds.filter(|_| value != Value::Missing), ..*row }
    };
    (frame.rows.iter().map(share).collect(), whole)
}

/// All values of a date together.
#[derive(Default)]
struct Total {
    count: usize,
    value: f64,
    /// Between which values the true one lies.
    least: f64,
    most: f64,
}

impl Total {
    fn of<'r>(rows: impl Iterator<Item = &'r Row>, below_one: f64) -> Total {
        let mut total = Total::default();
        for row in rows {
            let (Some(value), Some((low, high))) = (drawn_at(row.value, below_one), row.range()) else {
                continue;
            };
            total.count += 1;
            total.value += value;
            total.least += low.max(0.0);
            total.most += high;
        }
        total
    }

    /// A value's share in per cent, and how far it may be off.
    fn part(&self, row: &Row, below_one: f64) -> (Value, f64) {
        let missing = (Value::Missing, 0.0);
        let (Some(own), Some((low, high))) = (drawn_at(row.value, below_one), row.range()) else {
            return missing;
        };
        if self.value <= 0.0 {
            return missing;
        }
        let low = low.max(0.0);
        let (fewest, most) = (self.least - low, self.most - high);
        let of = |part: f64, rest: f64| if part + rest > 0.0 { part / (part + rest) * 100.0 } else { 0.0 };
        if let Value::Below(bound) = row.value {
            return (below(of(bound, fewest)), 0.0);
        }
        let share = own / self.value * 100.0;
        let is_exact = low == high && self.least == self.most;
        let slack = (share - of(low, most)).max(of(high, fewest) - share);
        (Value::Number(share), if is_exact { 0.0 } else { slack })
    }
}

impl Whole {
    /// What a reader must know of dates at which the whole is not all of it.
    fn tell(&self, asked: &Asked<'_>, frame: &mut PanelFrame) {
        if !self.late.is_empty() {
            let late = asked.some(self.late.iter().copied());
            let said = match self.late.len() {
                1 => format!("Before its first value, {late} is no part of the total"),
                NAMED.. => "Before its first value, a subject is no part of the total".into(),
                _ => format!("Before their first values, {late} are no part of the total"),
            };
            frame.facts.push(Fact::Said(said));
        }
        let combined = self.lacking.iter().filter(|((group, _), _)| group.is_none());
        let dates: Vec<(Moment, Who)> = combined.filter_map(|((_, at), who)| Some(((*at)?, *who))).collect();
        let Some((first, who)) = dates.first() else { return };
        let (when, label) = (frame.date(*first).in_words(), asked.label(*who));
        let said = match dates.len() {
            1 => format!("No share is known of {when}, for which {label} has no value"),
            more => {
                format!("No share is known of {more} dates, the first {when}, for which {label} has no value")
            }
        };
        frame.facts.push(Fact::Said(said));
    }
}
