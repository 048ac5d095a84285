//! Each value as so many per cent of the same subject's value at a base date: 100 is as much as then.
//!
//! Of several values within the base their mean counts. It must not know which rows are drawn before it judges them.

use std::collections::BTreeMap;

use super::transformation::{Asked, Transformation};
use crate::data::Basis;
use crate::diag::{self, Report};
use crate::figure::{Look, Unit};
use crate::frame::fact::Fact;
use crate::frame::panel::PanelFrame;
use crate::frame::roster::Who;
use crate::frame::row::{Row, Value, below};
use crate::frame::wording::{number, plain_number};
use crate::spec::{Given, Takes};
use crate::time::period::Period;

pub(super) struct Index;

/// What the base is.
const BASE: f64 = 100.0;

/// A base below this part of the series' greatest value is too near zero.
const NEAR_ZERO: f64 = 0.001;

/// A base that rounding may have moved by more than this part of itself is none.
const ROUNDED: f64 = 0.1;

/// Beyond these parts of the median around it a base stands out, which all values then show.
const OUTLIER: (f64, f64) = (0.5, 1.5);

/// So many values on either side of a base are its neighbours.
const NEIGHBOURS: usize = 3;

impl Transformation for Index {
    fn key(&self) -> &'static str {
        "index"
    }

    fn takes(&self) -> Takes {
        Takes::Base
    }

    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[
            ("rank", "ranks have no base: the distance of two ranks is no amount", "leave one of them out"),
            ("growth", "the growth of an index is that of the values", "leave `index` out"),
        ]
    }

    fn apply(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) -> Option<()> {
        let Given::Base(base) = asked.given else { return Some(()) };
        if let Err(refusal) = frame.basis.may_be_related() {
            report.push(asked.refusal(&format!("index {}", frame.measure), refusal));
            return None;
        }
        if frame.rows.iter().any(|row| row.at.is_none()) {
            let message = format!("cannot index {}: its values have no dates", frame.measure);
            report.push(asked.error("missing-dates", message).hint("leave `index` out"));
            return None;
        }
        let bases = bases(frame, base);
        refuse_unfit(asked, frame, base, &bases, report)?;
        for row in &mut frame.rows {
            let own = bases.get(&(row.group, row.who)).copied().flatten();
            related(row, own.filter(|own| own.value > 0.0));
        }
        frame.singles.clear();
        frame.basis = Basis::Index;
        let words = base.in_words();
        frame.facts.push(Fact::stated(
            format!("index ({words} = 100)"),
            &[&format!("{words} = 100"), &format!("100 = {words}"), &format!("{} = 100", base.in_short())],
        ));
        Some(())
    }

    fn judge(&self, asked: &Asked<'_>, frame: &mut PanelFrame, report: &mut Report) {
        let Given::Base(base) = asked.given else { return };
        for who in frame.drawn.clone() {
            let own: Vec<&Row> = frame.of(None, who).iter().filter(|row| row.is_known()).collect();
            let Some(place) = own.iter().position(|row| row.period.is_some_and(|own| base.meets(own))) else {
                continue;
            };
            let near = |side: std::ops::Range<usize>| {
                own.get(side).unwrap_or_default().iter().filter_map(|row| number_of(row))
            };
            let before = near(place.saturating_sub(NEIGHBOURS)..place);
            let after = near(place + 1..(place + 1 + NEIGHBOURS).min(own.len()));
            let Some(part) = stands_out(before, after) else { continue };
            let message = format!(
                "the base of {}, {base}, stands out: it is {} of the median around it",
                asked.label(who),
                number(part * 100.0, Unit::Percent)
            );
            let warning = diag::warning("outlying-base", message).at(asked.spec.places.of(asked.key));
            report.push(warning.hint("choose a base at which all have a usual value"));
        }
    }

    fn shape(&self, look: &mut Look) {
        look.unit = Unit::Index;
        look.extras.reference = Some(BASE);
    }
}

/// What part the base is of the median of the values on both sides, where it is far from that and beyond all of them.
fn stands_out(before: impl Iterator<Item = f64>, after: impl Iterator<Item = f64>) -> Option<f64> {
    let (before, after): (Vec<f64>, Vec<f64>) = (before.collect(), after.collect());
    let mut near = [before.as_slice(), &after].concat();
    near.sort_by(f64::total_cmp);
    let part = BASE / near.get(near.len() / 2)?;
    let is_beyond =
        near.first().is_some_and(|least| BASE < *least) || near.last().is_some_and(|most| BASE > *most);
    let has_both = !before.is_empty() && !after.is_empty() && near.len() > NEIGHBOURS;
    (has_both && is_beyond && !(OUTLIER.0..=OUTLIER.1).contains(&part)).then_some(part)
}

fn number_of(row: &Row) -> Option<f64> {
    if let Value::Number(value) = row.value { Some(value) } else { None }
}

/// What a series is measured by.
#[derive(Clone, Copy)]
struct Own {
    value: f64,
    slack: f64,
    /// Where it is one row alone.
    at: Option<Period>,
}

/// The base of each series; `None` where it has no number then.
fn bases(frame: &PanelFrame, base: Period) -> BTreeMap<(Option<usize>, Who), Option<Own>> {
    let mut found = BTreeMap::new();
    for own in frame.rows.chunk_by(|a, b| (a.group, a.who) == (b.group, b.who)) {
        let Some(first) = own.first() else { continue };
        let within: Vec<&Row> = own
            .iter()
            .filter(|row| row.is_known() && row.period.is_some_and(|period| base.meets(period)))
            .collect();
        let numbers: Vec<f64> = within.iter().filter_map(|row| number_of(row)).collect();
        let is_whole = !numbers.is_empty() && numbers.len() == within.len();
        let value = numbers.iter().sum::<f64>() / numbers.len() as f64;
        let slack = within.iter().map(|row| row.slack).fold(0.0, f64::max);
        let at = if let [only] = within.as_slice() { only.period } else { None };
        found.insert((first.group, first.who), is_whole.then_some(Own { value, slack, at }));
    }
    found
}

/// Tells who cannot be measured by the base.
fn refuse_unfit(
    asked: &Asked<'_>,
    frame: &PanelFrame,
    base: Period,
    bases: &BTreeMap<(Option<usize>, Who), Option<Own>>,
    report: &mut Report,
) -> Option<()> {
    let members = asked.members(frame);
    let own = |who: Who| bases.get(&(None, who)).copied().flatten();
    let missing: Vec<Who> = members.iter().copied().filter(|who| own(*who).is_none()).collect();
    if !missing.is_empty() {
        let message = format!(
            "cannot index {}: no number at {base} for {}",
            frame.measure,
            asked.some(missing.iter().copied())
        );
        let fault = asked.error("unfit-base", message);
        report.push(match common(frame, &members) {
            Some((first, last)) if first != last => {
                fault.hint(format!("all have one from {first} to {last}: choose a base of that time"))
            }
            Some((only, _)) => fault.hint(format!("all have one at {only}: choose that base")),
            None => fault.hint("name those in `subjects` who have one"),
        });
        return None;
    }
    let mut is_fit = true;
    for (who, own) in members.iter().filter_map(|who| Some((*who, own(*who)?))) {
        let greatest = frame
            .of(None, who)
            .iter()
            .filter_map(number_of)
            .fold(0.0_f64, |most, value| most.max(libm::fabs(value)));
        let why = match own {
            Own { value, .. } if value <= 0.0 => "no share of it can be told",
            Own { value, .. } if value < greatest * NEAR_ZERO => "that is too near zero beside later values",
            Own { value, slack, .. } if slack > value * ROUNDED => "that is rounded too much",
            _ => continue,
        };
        let message = format!(
            "cannot index {}: at {base}, {} is {}, and {why}",
            frame.measure,
            asked.label(who),
            plain_number(own.value)
        );
        let fault = asked.error("unfit-base", message);
        report.push(fault.hint("choose a base at which it had more, or leave it out of `subjects`"));
        is_fit = false;
    }
    is_fit.then_some(())
}

/// The first and the last date at which all have a number.
fn common(frame: &PanelFrame, members: &std::collections::BTreeSet<Who>) -> Option<(Period, Period)> {
    let mut dates: BTreeMap<Period, usize> = BTreeMap::new();
    for row in frame.of_group(None).iter().filter(|row| members.contains(&row.who)) {
        if let (Some(period), Some(_)) = (row.period, number_of(row).filter(|value| *value > 0.0)) {
            *dates.entry(period).or_default() += 1;
        }
    }
    dates.retain(|_, count| *count >= members.len());
    Some((*dates.keys().next()?, *dates.keys().next_back()?))
}

/// A row as so many hundredths of a base.
fn related(row: &mut Row, base: Option<Own>) {
    let Some(base) = base else {
        (row.value, row.slack, row.bounds) = (Value::Missing, 0.0, None);
        return;
    };
    match row.value {
        Value::Number(value) => {
            let related = value / base.value * BASE;
            let low = (value - row.slack) / (base.value + base.slack) * BASE;
            let high = (value + row.slack) / (base.value - base.slack) * BASE;
            row.value = Value::Number(related);
            row.slack = if row.slack == 0.0 && base.slack == 0.0 || base.at.is_some() && base.at == row.period
            {
                0.0
            } else {
                (related - low).max(high - related)
            };
        }
        Value::Below(bound) => row.value = below(bound / (base.value - base.slack) * BASE),
        Value::Missing | Value::Word(_) => {}
    }
}
