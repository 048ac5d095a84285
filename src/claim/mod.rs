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
//! | `A is High in Speed` | the words of a table say so, without regard to capitals |
//! | `A peaks in 2019` | all dates of A's highest value between `from` and `to` lie in the period |
//!
//! A claim of which a value is missing cannot be checked, which is an error too. What a title says beyond its
//! placeholders and claims is not understood; a number or a ranking in it that nothing tests is a warning.
//!
//! The room must not know how a figure is drawn.

mod checker;
mod forms;
mod ranges;
mod title;
mod values;
mod words;

pub use words::words;

use crate::claim::checker::Checker;
use crate::diag::{Diagnostic, Report};
use crate::frame::Frame;
use crate::spec::FigureSpec;
use crate::spec::grammar::Claim;
use crate::spec::source::Anchor;

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
    report.merge(words::unranked(spec, frame));
    report.merge(title::untested(spec, frame));
    report.of_figure(&spec.key)
}
