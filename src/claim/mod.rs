//! Claims and titles against the data: what a figure says must be so.
//!
//! Claims and placeholders speak of the rows of the figure's frame, and so of what is drawn: averaged where the
//! figure averages, combined as it combines, period by period. A date written in a claim may lie anywhere in the
//! dataset, also outside what is drawn: a bar figure of today may hold a claim about 2020.
//!
//! A value may not be known exactly: an index of whole numbers was rounded to them, and `<1` is only a bound.
//! What such values cannot decide is **undecided**: neither true nor false, and an error that says why.
//! Of ranks, the lower number is the greater one: `A > B` says that A stands above B.
//!
//! | claim | holds when |
//! |---|---|
//! | `A > B > C` | each value is greater than the next, at the date the figure shows; in a line chart at its last one |
//! | `A >= 2 x B`, `A > 90` | so with a factor, or with a number |
//! | … `at 2020-06` | at the last date within that day, month or year that has a value of a subject named |
//! | … `at latest` | at the dataset's last date that has one |
//! | … `at every date` | at every date between the figure's `from` and `to` that has all values compared, and there is one |
//! | … `in every group` | in each group that has a value of a subject named at that date; in facets, in every panel |
//! | `A passes B in 2021` | at a date in the period A is above B and stays so for three dates in a row (of three dates or fewer in all, at those that follow), and where they last differed before A was below |
//! | `A rises since 2022` | of three dates or more from then on, the last value is above the first and the slope of the least-squares line is positive |
//! | `A falls since 2022` | the reverse |
//! | `A peaks in 2019` | all dates of A's highest value between `from` and `to` lie in the period |
//!
//! A claim of which a value is missing cannot be checked, which is an error too. What a title says beyond its
//! placeholders and claims is not understood; a number or a ranking in it that nothing tests is a warning.
//!
//! The room must not know how a figure is drawn.

mod forms;
mod ranges;
mod title;
mod values;
mod words;

pub use words::words;

use crate::claim::values::{Slice, slices, subject};
use crate::diag::{self, Diagnostic, Report};
use crate::frame::roster::Who;
use crate::frame::wording::{Digits, plain_number};
use crate::frame::{Frame, Row, Value};
use crate::spec::FigureSpec;
use crate::spec::grammar::{Claim, ClaimGroup, Name};
use crate::spec::source::Anchor;
use crate::time::period::Period;

/// Reads a claim.
///
/// # Errors
/// The first thing in it that cannot be read, with its place inside the string.
pub fn parse(text: &str, anchor: &Anchor) -> Result<Claim, Diagnostic> {
    forms::parse(text, anchor).map(|_| Claim { text: text.to_owned(), anchor: anchor.clone() })
}

/// Holds every claim of a figure against its data. What fails is an error at the claim's place, with the
/// numbers that break it; what the title says and nothing tests is a warning at the title's.
#[must_use]
pub fn check(spec: &FigureSpec, frame: &Frame) -> Report {
    let mut report = Report::default();
    for claim in &spec.claims {
        let checker = Checker { spec, frame, claim };
        let checked = forms::parse(&claim.text, &claim.anchor).and_then(|form| form.check(&checker));
        if let Err(fault) = checked {
            report.push(if fault.place.is_none() { fault.at(claim.place()) } else { fault });
        }
    }
    report.merge(title::untested(spec, frame));
    report.of_figure(&spec.key)
}

/// A claim and what it is held against.
struct Checker<'c> {
    spec: &'c FigureSpec,
    frame: &'c Frame,
    claim: &'c Claim,
}

/// A date with the rows of the subjects asked for.
type Dated<'r> = (Option<Period>, Vec<&'r Row>);

impl Checker<'_> {
    fn broken(&self, numbers: &str) -> Diagnostic {
        diag::error("false-claim", format!("claim does not hold: {}: {numbers}", self.claim.text))
    }

    fn uncheckable(&self, why: &str) -> Diagnostic {
        diag::error("uncheckable-claim", format!("claim cannot be checked: {}: {why}", self.claim.text))
    }

    fn undecided(&self, why: &str) -> Diagnostic {
        diag::error("undecided-claim", format!("claim is undecided: {}: {why}", self.claim.text))
            .hint("claim only what the data can show")
    }

    fn label(&self, who: Who) -> &str {
        self.frame.label(who)
    }

    /// Digits that tell the values of some rows apart.
    fn digits(&self, rows: &[&Row]) -> Digits {
        Digits::of(&rows.iter().filter_map(|row| number_in(row)).collect::<Vec<f64>>(), self.frame.look.unit)
    }

    /// `PyTorch 37,367, Keras below 1`.
    fn named(&self, who: &[Who], rows: &[&Row], digits: Digits) -> String {
        let told =
            who.iter().zip(rows).map(|(who, row)| format!("{} {}", self.label(*who), told(row, digits)));
        told.collect::<Vec<_>>().join(", ")
    }

    /// Why the values of some rows do not decide a claim.
    fn reason<'r>(rows: impl Iterator<Item = &'r Row> + Clone) -> String {
        let bound = rows.clone().find_map(|row| match row.value {
            Value::Below(bound) => Some(bound),
            Value::Number(_) | Value::Missing => None,
        });
        match bound {
            Some(bound) => format!("a value is only known to be below {}", plain_number(bound)),
            None => "the values are rounded, and too near each other".into(),
        }
    }

    fn comparable(&self, slice: &Slice<'_>, dates: &[Option<Period>], who: &[Who]) -> Result<(), Diagnostic> {
        slice.comparable(self.spec, self.frame, dates, who).map_err(|why| self.uncheckable(&why))
    }

    /// The dates that have all these subjects' values, from a moment on.
    fn rows(
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
fn number_in(row: &Row) -> Option<f64> {
    match row.value {
        Value::Number(value) | Value::Below(value) => Some(value),
        Value::Missing => None,
    }
}

/// A value as messages have it: `37,367`, `below 1`.
fn told(row: &Row, digits: Digits) -> String {
    match row.value {
        Value::Number(value) => digits.text(value),
        Value::Below(bound) => format!("below {}", digits.text(bound)),
        Value::Missing => "no value".into(),
    }
}

/// ` in Monster`; empty for the only slice of a figure.
fn in_words(slice: &Slice<'_>) -> String {
    if slice.label.is_empty() { String::new() } else { format!(" in {}", slice.label) }
}
