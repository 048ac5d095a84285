//! How much more or less a value is than the same subject's a year before, in per cent.
//!
//! It must not know which rows are drawn.

use super::transformation::{Asked, Transformation};
use crate::data::Basis;
use crate::diag::Report;
use crate::figure::{Look, Unit};
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::row::{Row, Value};
use crate::spec::Takes;
use crate::time::moment::{DAY, Moment, Step};

pub(super) struct Growth;

/// A value that rounding may have moved by more than this part of itself has no growth.
const ROUNDED: f64 = 0.25;

impl Transformation for Growth {
    fn key(&self) -> &'static str {
        "growth"
    }

    fn tells_changes(&self) -> bool {
        true
    }

    fn takes(&self) -> Takes {
        Takes::Switch
    }

    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[(
            "log",
            "growth has a zero and goes below it",
            "leave `growth` out: on a logarithmic scale, lines of equal slope grow alike",
        )]
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        if let Err(refusal) = frame.basis.may_be_related() {
            report.push(asked.refusal(&format!("tell the growth of {}", frame.measure), refusal));
            return None;
        }
        let mut grown = Vec::with_capacity(frame.rows.len());
        let mut from_nothing = false;
        for own in frame.rows.chunk_by(|a, b| (a.group, a.who) == (b.group, b.who)) {
            for row in own {
                let Some(before) = row.at.and_then(|at| a_year_before(own, at, frame.step)) else { continue };
                let (value, slack) = growth(row, before);
                from_nothing |= value == Value::Missing && row.is_known() && before.is_known();
                grown.push(Row { value, slack, bounds: None, ..*row });
            }
        }
        if !grown.iter().any(Row::is_known) {
            let message =
                format!("cannot tell the growth of {}: no two values are a year apart", frame.measure);
            report.push(asked.error("nothing-to-draw", message).hint("leave `growth` out"));
            return None;
        }
        if from_nothing {
            let said = "No growth is told from zero, or of values that are known too roughly";
            frame.facts.push(Fact::Said(said.into()));
        }
        frame.singles.clear();
        // What a change is of, nobody can add, share or index.
        (frame.rows, frame.basis) = (grown, Basis::Unknown);
        frame.facts.push(Fact::stated(
            "change over a year",
            &["over a year", "year on year", "yearly change", "a year before"],
        ));
        Some(())
    }

    fn shape(&self, look: &mut Look) {
        look.unit = Unit::Percent;
    }
}

/// The row of a year before a moment, or the nearest to it within half a step.
fn a_year_before(own: &[Row], at: Moment, step: Step) -> Option<&Row> {
    if matches!(step, Step::Month | Step::Quarter | Step::Half | Step::Year) {
        let wanted = at.month_index() - 12;
        let place = own.partition_point(|row| row.at.is_none_or(|at| at.month_index() < wanted));
        return own.get(place).filter(|row| row.at.is_some_and(|at| at.month_index() == wanted));
    }
    let date = at.date();
    let year = date.year().checked_sub(1)?;
    let same = Moment::ymd(year, date.month(), date.day());
    let day = same.or_else(|| Moment::ymd(year, date.month(), date.day() - 1))?;
    let wanted = day.seconds() + at.second_of_day();
    let reach = match step {
        Step::Week => DAY * 7 / 2,
        Step::Irregular => DAY * 15,
        _ => 0,
    };
    let far = |row: &&Row| row.at.map_or(i64::MAX, |at| (at.seconds() - wanted).abs());
    let first = own.partition_point(|row| row.at.is_none_or(|at| at.seconds() < wanted - reach));
    own.get(first..)?.iter().take_while(|row| far(row) <= reach).min_by_key(far)
}

fn growth(row: &Row, before: &Row) -> (Value, f64) {
    let (Value::Number(value), Value::Number(base)) = (row.value, before.value) else {
        return (Value::Missing, 0.0);
    };
    if base <= 0.0 || before.slack > base * ROUNDED {
        return (Value::Missing, 0.0);
    }
    let of = |value: f64, base: f64| (value / base - 1.0) * 100.0;
    let grown = of(value, base);
    let (low, high) =
        (of(value - row.slack, base + before.slack), of(value + row.slack, base - before.slack));
    let is_exact = row.slack == 0.0 && before.slack == 0.0;
    (Value::Number(grown), if is_exact { 0.0 } else { (grown - low).max(high - grown) })
}
