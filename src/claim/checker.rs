//! A claim and the rows it is held against, and how what it finds is told.
//!
//! It must not know the forms of claims.

use crate::claim::values::{Slice, slices, subject};
use crate::diag::{self, Diagnostic};
use crate::frame::roster::Who;
use crate::frame::wording::{Digits, plain_number};
use crate::frame::{Frame, Row, Value};
use crate::spec::FigureSpec;
use crate::spec::grammar::{Claim, ClaimGroup, Name};
use crate::time::period::Period;

/// A claim and what it is held against.
pub(super) struct Checker<'c> {
    pub(super) spec: &'c FigureSpec,
    pub(super) frame: &'c Frame,
    pub(super) claim: &'c Claim,
}

/// A date with the rows of the subjects asked for.
pub(super) type Dated<'r> = (Option<Period>, Vec<&'r Row>);

impl Checker<'_> {
    pub(super) fn broken(&self, numbers: &str) -> Diagnostic {
        diag::error("false-claim", format!("claim does not hold: {}: {numbers}", self.claim.text))
    }

    pub(super) fn uncheckable(&self, why: &str) -> Diagnostic {
        diag::error("uncheckable-claim", format!("claim cannot be checked: {}: {why}", self.claim.text))
    }

    pub(super) fn undecided(&self, why: &str) -> Diagnostic {
        diag::error("undecided-claim", format!("claim is undecided: {}: {why}", self.claim.text))
            .hint("claim only what the data can show")
    }

    pub(super) fn label(&self, who: Who) -> &str {
        self.frame.label(who)
    }

    /// Digits that tell the values of some rows apart.
    pub(super) fn digits(&self, rows: &[&Row]) -> Digits {
        Digits::of(&rows.iter().filter_map(|row| number_in(row)).collect::<Vec<f64>>(), self.frame.look.unit)
    }

    /// `PyTorch 37,367, Keras below 1`.
    pub(super) fn named(&self, who: &[Who], rows: &[&Row], digits: Digits) -> String {
        let told =
            who.iter().zip(rows).map(|(who, row)| format!("{} {}", self.label(*who), told(row, digits)));
        told.collect::<Vec<_>>().join(", ")
    }

    /// Why the values of some rows do not decide a claim.
    pub(super) fn reason<'r>(rows: impl Iterator<Item = &'r Row> + Clone) -> String {
        let bound = rows.clone().find_map(|row| match row.value {
            Value::Below(bound) => Some(bound),
            Value::Number(_) | Value::Missing | Value::Word(_) => None,
        });
        match bound {
            Some(bound) => format!("a value is only known to be below {}", plain_number(bound)),
            None => "the values are rounded, and too near each other".into(),
        }
    }

    pub(super) fn comparable(
        &self,
        slice: &Slice<'_>,
        dates: &[Option<Period>],
        who: &[Who],
    ) -> Result<(), Diagnostic> {
        slice.comparable(self.spec, self.frame, dates, who).map_err(|why| self.uncheckable(&why))
    }

    /// The dates that have all these subjects' values, from a moment on.
    pub(super) fn rows(
        &self,
        names: &[&Name],
        since: Option<Period>,
    ) -> Result<(Slice<'_>, Vec<Who>, Vec<Dated<'_>>), Diagnostic> {
        let mut who = Vec::new();
        for name in names {
            who.push(subject(self.frame, name)?);
        }
        let slices = slices(self.spec, self.frame, &ClaimGroup::Shown)?;
        let labels = || who.iter().map(|who| self.label(*who)).collect::<Vec<_>>().join(" and ");
        let Some(slice) = slices.into_iter().next() else {
            return Err(self.uncheckable(&format!("no value for {}", labels())));
        };
        let mut dates = slice.common_dates(self.spec, &who);
        dates.retain(|at| since.is_none_or(|since| at.is_some_and(|at| since.first() < at.end())));
        self.comparable(&slice, &dates, &who)?;
        if dates.is_empty() {
            return Err(self.uncheckable(&format!("no value for {}", labels())));
        }
        let values = |at| who.iter().filter_map(|who| slice.row(at, *who)).collect();
        let rows = dates.iter().map(|at| (*at, values(*at))).collect();
        Ok((slice, who, rows))
    }
}

/// The number in a row's value, be it one or a bound.
pub(super) fn number_in(row: &Row) -> Option<f64> {
    match row.value {
        Value::Number(value) | Value::Below(value) => Some(value),
        Value::Missing | Value::Word(_) => None,
    }
}

/// A value as messages have it: `37,367`, `below 1`.
pub(super) fn told(row: &Row, digits: Digits) -> String {
    match row.value {
        Value::Number(value) => digits.text(value),
        Value::Below(bound) => format!("below {}", digits.text(bound)),
        Value::Missing | Value::Word(_) => "no value".into(),
    }
}

/// ` in Monster`; empty for the only slice of a figure.
pub(super) fn in_words(slice: &Slice<'_>) -> String {
    if slice.label.is_empty() { String::new() } else { format!(" in {}", slice.label) }
}
