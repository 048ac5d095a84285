//! `A peaks in 2019`: when the highest value was.

use super::form::{Form, Statement};
use crate::claim::checker::{Checker, told};
use crate::claim::ranges::{Comparison, Verdict, compare};
use crate::diag::Diagnostic;
use crate::figure::Marked;
use crate::frame::{Row, drawn_at};
use crate::spec::grammar::{Name, Words};
use crate::time::period::Period;

pub(super) struct Peaks;

/// Whose values, and when the highest one was.
struct Claim {
    who: Name,
    within: Period,
}

impl Form for Peaks {
    fn marks(&self) -> &'static [&'static str] {
        &["peaks"]
    }

    fn examples(&self) -> &'static [&'static str] {
        &["A peaks in 2019"]
    }

    fn read(&self, words: &Words<'_>, mark: usize) -> Result<Box<dyn Statement>, Diagnostic> {
        let who = words.name(0, mark, "a subject")?;
        Ok(Box::new(Claim { who, within: words.dated_tail(mark + 1, "in")? }))
    }
}

impl Statement for Claim {
    fn check(&self, checker: &Checker<'_>) -> Result<(), Diagnostic> {
        checker.peaks(&self.who, self.within)
    }

    fn marked(&self, checker: &Checker<'_>) -> Option<Marked> {
        let (slice, who, rows) = checker.rows(&[&self.who], None).ok()?;
        let inside = rows.iter().filter(|(at, _)| at.is_some_and(|at| self.within.meets(at)));
        let known = inside.filter_map(|(_, values)| Some((slice.range(values.first()?)?, *values.first()?)));
        // Of several the first.
        let (_, row) = known.reduce(|best, next| if next.0.0 > best.0.0 { next } else { best })?;
        let subject = checker.frame.place(*who.first()?)?;
        let value = drawn_at(row.value, checker.spec.below_one)?;
        let at = row.at.filter(|at| slice.panel.is_within(Some(*at)))?;
        Some(Marked { subject, at, value, when: None })
    }
}

impl Checker<'_> {
    fn peaks(&self, who: &Name, within: Period) -> Result<(), Diagnostic> {
        let (slice, _, rows) = self.rows(&[who], None)?;
        let ranges: Vec<(Option<Period>, &Row, (f64, f64))> = rows
            .iter()
            .filter_map(|(at, values)| Some((*at, *values.first()?)))
            .filter_map(|(at, row)| Some((at, row, slice.range(row)?)))
            .collect();
        let by_low = |a: &&(Option<Period>, &Row, (f64, f64)), b: &&(Option<Period>, &Row, (f64, f64))| {
            a.2.0.total_cmp(&b.2.0)
        };
        let Some((_, _, highest)) = ranges.iter().max_by(by_low) else { return Ok(()) };
        let is_outside = |at: &Option<Period>| !at.is_some_and(|at| within.meets(at));
        let outside = ranges.iter().filter(|(at, _, range)| {
            is_outside(at) && compare(*highest, *range, Comparison::Above) != Verdict::Holds
        });
        let highest_inside = ranges.iter().any(|(at, _, range)| !is_outside(at) && range == highest);
        match outside.max_by(|a, b| a.2.0.total_cmp(&b.2.0)) {
            None => Ok(()),
            Some((at, row, range)) => {
                let told = format!("highest{}, with {}", slice.at_words(*at), told(row, self.digits(&[row])));
                let is_open = highest_inside && (range.0 != range.1);
                if is_open {
                    return Err(self.undecided(&format!("{told}: {}", Self::reason(std::iter::once(*row)))));
                }
                Err(self.broken(&told))
            }
        }
    }
}
