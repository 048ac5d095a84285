//! `A passes B in 2021`: who was below is above, and stays so.

use super::form::{Form, Statement};
use crate::claim::checker::{Checker, Dated};
use crate::claim::ranges::{Comparison, Verdict, compare};
use crate::claim::values::Slice;
use crate::diag::Diagnostic;
use crate::frame::Row;
use crate::spec::grammar::{Name, Words};
use crate::time::period::Period;

/// For how many dates in a row somebody must be ahead to have passed somebody else.
const PASSED_FOR: usize = 3;

pub(super) struct Passes;

/// Who was below and is above, who is passed, and when.
struct Claim {
    who: Name,
    whom: Name,
    within: Period,
}

impl Form for Passes {
    fn marks(&self) -> &'static [&'static str] {
        &["passes"]
    }

    fn examples(&self) -> &'static [&'static str] {
        &["A passes B in 2021"]
    }

    fn read(&self, words: &Words<'_>, mark: usize) -> Result<Box<dyn Statement>, Diagnostic> {
        let tail = words.all().iter().rposition(|word| word.is("in")).filter(|tail| *tail > mark);
        let tail = tail.unwrap_or(words.len());
        let who = words.name(0, mark, "a subject")?;
        let whom = words.name(mark + 1, tail, "a subject")?;
        Ok(Box::new(Claim { who, whom, within: words.dated_tail(tail, "in")? }))
    }
}

impl Statement for Claim {
    fn check(&self, checker: &Checker<'_>) -> Result<(), Diagnostic> {
        checker.passes(&self.who, &self.whom, self.within)
    }
}

impl Checker<'_> {
    fn passes(&self, who: &Name, whom: &Name, within: Period) -> Result<(), Diagnostic> {
        if self.frame.look.extras.reference.is_some() {
            let fault = self.uncheckable("all lines of an index meet at its base");
            return Err(fault.hint("claim who is ahead, as `A > B` does"));
        }
        let (slice, who, rows) = self.rows(&[who, whom], None)?;
        let leads: Vec<Verdict> = rows.iter().map(|(_, values)| lead(&slice, values)).collect();
        // Of two or three dates, all that follow.
        let lasting = PASSED_FOR.min(leads.len().saturating_sub(1)).max(1);
        let passed = |i: &usize| {
            let mut next = leads.iter().skip(*i).take(lasting);
            let ahead = leads.len() >= *i + lasting && next.all(|lead| *lead == Verdict::Holds);
            let before = leads.iter().take(*i).rev().find(|lead| **lead != Verdict::Open);
            ahead && before == Some(&Verdict::Fails)
        };
        let crossings: Vec<&Dated<'_>> = (0..rows.len()).filter(passed).filter_map(|i| rows.get(i)).collect();
        let inside = |at: &Option<Period>| at.is_some_and(|at| within.meets(at));
        if crossings.iter().any(|(at, _)| inside(at)) {
            return Ok(());
        }
        let until = rows.iter().rev().find(|(at, _)| at.is_some_and(|at| at.first() < within.end()));
        let Some((at, values)) = until.or(rows.first()) else { return Ok(()) };
        let told = format!("{}{}", self.named(&who, values, self.digits(values)), slice.at_words(*at));
        let names: Vec<&str> = who.iter().map(|who| self.label(*who)).collect();
        Err(match (crossings.as_slice(), names.as_slice()) {
            ([], _)
                if rows.iter().zip(&leads).any(|((at, _), lead)| inside(at) && *lead == Verdict::Open) =>
            {
                let undecided = rows.iter().filter(|(at, _)| inside(at)).flat_map(|(_, rows)| rows.iter());
                self.undecided(&format!("{told}: {}", Self::reason(undecided.copied())))
            }
            ([(at, _), ..], [who, whom]) => self.broken(&told).hint(format!(
                "{who} passes {whom}{}: say so in the claim and in the title",
                slice.at_words(*at)
            )),
            _ => self.broken(&told),
        })
    }
}

/// Whether the first is ahead of the second.
fn lead(slice: &Slice<'_>, rows: &[&Row]) -> Verdict {
    match rows {
        [who, whom] => match (slice.range(who), slice.range(whom)) {
            (Some(a), Some(b)) if a == b => Verdict::Open,
            (Some(a), Some(b)) => compare(a, b, Comparison::Above),
            _ => Verdict::Open,
        },
        _ => Verdict::Open,
    }
}
