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
//! | `A passes B in 2021` | at a date in the period A is above B and stays so for three dates in a row, and where they last differed before A was below |
//! | `A rises since 2022` | of three dates or more from then on, the last value is above the first and the slope of the least-squares line is positive |
//! | `A falls since 2022` | the reverse |
//! | `A peaks in 2019` | all dates of A's highest value between `from` and `to` lie in the period |
//!
//! A claim of which a value is missing cannot be checked, which is an error too.
//!
//! The room must not know how a figure is drawn.

mod values;
mod words;

pub use crate::spec::claims::{Claim, parse};
pub use words::words;

use std::cmp::Ordering;

use crate::claim::values::{Slice, slices, subject};
use crate::diag::{Diagnostic, Report};
use crate::frame::roster::Who;
use crate::frame::wording::{exact_number, plain_number};
use crate::frame::{Frame, Row, Value};
use crate::spec::FigureSpec;
use crate::spec::claims::{ClaimDate, ClaimGroup, Comparison, Form, Name, Scope, Term};
use crate::time::period::Period;

/// For how many dates in a row somebody must be ahead to have passed somebody else.
const PASSED_FOR: usize = 3;

/// From how many dates on a direction can be told.
const TREND_DATES: usize = 3;

/// Holds every claim of a figure against its data. What fails is an error at the claim's place, with the
/// numbers that break it.
#[must_use]
pub fn check(spec: &FigureSpec, frame: &Frame) -> Report {
    let mut report = Report::default();
    for claim in &spec.claims {
        let checker = Checker { spec, frame, claim };
        if let Err(fault) = checker.check() {
            report.push(if fault.place.is_none() { fault.at(claim.place.clone()) } else { fault });
        }
    }
    report
}

struct Checker<'c> {
    spec: &'c FigureSpec,
    frame: &'c Frame,
    claim: &'c Claim,
}

/// A date with the rows of the subjects asked for.
type Dated<'r> = (Option<Period>, Vec<&'r Row>);

/// What the values say of a comparison.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Holds,
    Fails,
    /// The true values may lie on either side.
    Open,
}

/// Whether one value is above another, or at least as great, when each is only known to lie in a range.
fn compare(a: (f64, f64), b: (f64, f64), comparison: Comparison) -> Verdict {
    let is_exact = a.0 == a.1 && b.0 == b.1;
    let (holds, fails) = match comparison {
        Comparison::Above if is_exact => (a.0 > b.0, a.0 <= b.0),
        // Ends of ranges are values that are not taken: 57 and 56 were 56.5 or more, and less than 56.5.
        Comparison::Above => (a.0 >= b.1, a.1 <= b.0),
        Comparison::AtLeast if is_exact => (a.0 >= b.0, a.0 < b.0),
        Comparison::AtLeast => (a.0 >= b.1, a.1 <= b.0),
    };
    match (holds, fails) {
        (true, _) => Verdict::Holds,
        (false, true) => Verdict::Fails,
        (false, false) => Verdict::Open,
    }
}

/// A range times a factor above zero.
fn times((low, high): (f64, f64), factor: f64) -> (f64, f64) {
    (low * factor, high * factor)
}

impl Checker<'_> {
    fn check(&self) -> Result<(), Diagnostic> {
        match &self.claim.form {
            Form::Ranking { terms, comparisons, scope } => self.ranking(terms, comparisons, scope),
            Form::Passes { who, whom, within } => self.passes(who, whom, *within),
            Form::Trend { who, rises, since } => self.trend(who, *rises, *since),
            Form::Peaks { who, within } => self.peaks(who, *within),
        }
    }

    fn broken(&self, numbers: &str) -> Diagnostic {
        let (key, text) = (&self.spec.key, &self.claim.text);
        Diagnostic::error(format!("figure `{key}`: claim does not hold: {text}: {numbers}"))
    }

    fn uncheckable(&self, why: &str) -> Diagnostic {
        let (key, text) = (&self.spec.key, &self.claim.text);
        Diagnostic::error(format!("figure `{key}`: claim cannot be checked: {text}: {why}"))
    }

    fn undecided(&self, why: &str) -> Diagnostic {
        let (key, text) = (&self.spec.key, &self.claim.text);
        Diagnostic::error(format!("figure `{key}`: claim is undecided: {text}: {why}"))
            .hint("claim only what the data can show")
    }

    fn label(&self, who: Who) -> &str {
        self.frame.label(who)
    }

    /// A value as messages have it: `37,367`, `below 1`.
    fn told(&self, row: &Row) -> String {
        match row.value {
            Value::Number(value) => exact_number(value, self.spec.unit),
            Value::Below(bound) => format!("below {}", exact_number(bound, self.spec.unit)),
            Value::Missing => "no value".into(),
        }
    }

    /// `PyTorch 37,367, Keras below 1`.
    fn named(&self, who: &[Who], rows: &[&Row]) -> String {
        let told = who.iter().zip(rows).map(|(who, row)| format!("{} {}", self.label(*who), self.told(row)));
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

    fn ranking(&self, terms: &[Term], comparisons: &[Comparison], scope: &Scope) -> Result<(), Diagnostic> {
        let mut ranked = Vec::new();
        for term in terms {
            ranked.push(match term {
                Term::Number(number) => (*number, None),
                Term::Subject { factor, name } => (*factor, Some(subject(self.spec, self.frame, name)?)),
            });
        }
        let mut who: Vec<Who> = ranked.iter().filter_map(|(_, who)| *who).collect();
        who.dedup();
        let slices = slices(self.spec, self.frame, &scope.group)?;
        let mut broken: Vec<(&Slice<'_>, Option<Period>)> = Vec::new();
        let mut open: Vec<(&Slice<'_>, Option<Period>)> = Vec::new();
        let mut checked = 0;
        for slice in &slices {
            for at in slice.dates(self.spec, scope.when, &who) {
                checked += 1;
                self.comparable(slice, &[at], &who)?;
                match self.holds(slice, at, &ranked, comparisons)? {
                    Verdict::Holds => {}
                    Verdict::Fails => broken.push((slice, at)),
                    Verdict::Open => open.push((slice, at)),
                }
            }
        }
        if checked == 0 {
            return Err(self.nothing_to_check(&slices, &who, scope));
        }
        if !broken.is_empty() {
            return Err(self.broken_ranking(&broken, &who, terms, scope));
        }
        match open.first() {
            None => Ok(()),
            Some((slice, at)) => {
                let rows: Vec<(Who, &Row)> =
                    who.iter().filter_map(|who| Some((*who, slice.row(*at, *who)?))).collect();
                let (who, rows): (Vec<Who>, Vec<&Row>) = rows.into_iter().unzip();
                let (told, reason) = (self.named(&who, &rows), Self::reason(rows.iter().copied()));
                Err(self.undecided(&format!("{told}{}{}: {reason}", slice.at_words(*at), in_words(slice))))
            }
        }
    }

    fn nothing_to_check(&self, slices: &[Slice<'_>], who: &[Who], scope: &Scope) -> Diagnostic {
        let shown = |slice: &Slice<'_>| who.iter().find(|who| slice.lacks(slice.panel.shown, **who)).copied();
        if let Some(who) = slices.iter().find_map(shown) {
            return self.undecided(&format!("a part of the sum of {} is missing", self.label(who)));
        }
        let names: Vec<&str> = who.iter().map(|who| self.label(*who)).collect();
        let when = match scope.when {
            ClaimDate::On(period) => format!(" at {period}"),
            ClaimDate::Shown | ClaimDate::Latest | ClaimDate::Every => String::new(),
        };
        self.uncheckable(&format!("no value for {}{when}", names.join(" and ")))
    }

    fn holds(
        &self,
        slice: &Slice<'_>,
        at: Option<Period>,
        ranked: &[(f64, Option<Who>)],
        comparisons: &[Comparison],
    ) -> Result<Verdict, Diagnostic> {
        let mut ranges = Vec::new();
        for (factor, who) in ranked {
            let Some(who) = who else {
                let number = if slice.panel.lower_is_better { -factor } else { *factor };
                ranges.push((number, number));
                continue;
            };
            let found = slice.row(at, *who).and_then(|row| slice.range(row));
            let (label, within) = (self.label(*who), in_words(slice));
            match found {
                Some(_) if slice.panel.lower_is_better && *factor != 1.0 => {
                    return Err(self.uncheckable("ranks have no multiples").hint("write `A > B`"));
                }
                Some(range) => ranges.push(times(range, *factor)),
                None if slice.lacks(at, *who) => {
                    let why =
                        format!("a part of the sum of {label} is missing{}{within}", slice.at_words(at));
                    return Err(self.undecided(&why));
                }
                None => {
                    let why = format!("no value for {label}{}{within}", slice.at_words(at));
                    return Err(self.uncheckable(&why));
                }
            }
        }
        let pairs = ranges.iter().zip(ranges.iter().skip(1)).zip(comparisons);
        let verdicts: Vec<Verdict> = pairs.map(|((a, b), how)| compare(*a, *b, *how)).collect();
        Ok([Verdict::Fails, Verdict::Open]
            .into_iter()
            .find(|v| verdicts.contains(v))
            .unwrap_or(Verdict::Holds))
    }

    fn broken_ranking(
        &self,
        broken: &[(&Slice<'_>, Option<Period>)],
        who: &[Who],
        terms: &[Term],
        scope: &Scope,
    ) -> Diagnostic {
        let Some((slice, at)) = broken.first() else { return self.broken("") };
        let mut rows: Vec<(Who, &Row)> = Vec::new();
        for who in who {
            if let (Some(row), false) = (slice.row(*at, *who), rows.iter().any(|(other, _)| other == who)) {
                rows.push((*who, row));
            }
        }
        let (names, values): (Vec<Who>, Vec<&Row>) = rows.iter().copied().unzip();
        let told = self.named(&names, &values);
        let date = if matches!(scope.when, ClaimDate::On(_)) { String::new() } else { slice.at_words(*at) };
        let group = if scope.group == ClaimGroup::Every { in_words(slice) } else { String::new() };
        let more = match broken.len() - 1 {
            0 => String::new(),
            1 => ", and once more".into(),
            n => format!(", and {n} times more"),
        };
        let fault = self.broken(&format!("{told}{date}{group}{more}"));
        let plain = |term: &Term| matches!(term, Term::Subject { factor, .. } if *factor == 1.0);
        let alone = scope.when != ClaimDate::Every && scope.group != ClaimGroup::Every;
        let mut order: Vec<(Who, (f64, f64))> =
            rows.iter().filter_map(|(who, row)| Some((*who, slice.range(row)?))).collect();
        order.sort_by(|(_, a), (_, b)| b.0.total_cmp(&a.0));
        let above = |pair: &[(Who, (f64, f64))]| matches!(pair, [(_, a), (_, b)] if compare(*a, *b, Comparison::Above) == Verdict::Holds);
        if !(alone && order.windows(2).all(above) && terms.iter().all(plain)) {
            return fault;
        }
        let order: Vec<&str> = order.iter().map(|(who, _)| self.label(*who)).collect();
        fault.hint(format!("say what the data say, {}, in the claim and in the title", order.join(" > ")))
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
            who.push(subject(self.spec, self.frame, name)?);
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

    fn passes(&self, who: &Name, whom: &Name, within: Period) -> Result<(), Diagnostic> {
        let (slice, who, rows) = self.rows(&[who, whom], None)?;
        let leads: Vec<Verdict> = rows.iter().map(|(_, values)| lead(&slice, values)).collect();
        let passed = |i: &usize| {
            let mut next = leads.iter().skip(*i).take(PASSED_FOR);
            let ahead = leads.len() >= *i + PASSED_FOR && next.all(|lead| *lead == Verdict::Holds);
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
        let told = format!("{}{}", self.named(&who, values), slice.at_words(*at));
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

    fn trend(&self, who: &Name, rises: bool, since: Period) -> Result<(), Diagnostic> {
        let (slice, _, rows) = self.rows(&[who], Some(since))?;
        let points: Vec<(Option<Period>, &Row)> =
            rows.iter().filter_map(|(at, values)| Some((*at, *values.first()?))).collect();
        let (Some((start, first)), Some((end, last))) = (points.first(), points.last()) else {
            return Ok(());
        };
        if points.len() < TREND_DATES {
            return Err(self.uncheckable(&format!("fewer than {TREND_DATES} values since {since}")));
        }
        let (Some(a), Some(b)) = (slice.range(first), slice.range(last)) else { return Ok(()) };
        let moved = if rises { compare(b, a, Comparison::Above) } else { compare(a, b, Comparison::Above) };
        let wanted = if rises { Ordering::Greater } else { Ordering::Less };
        let middles: Vec<(Option<Period>, f64)> = points
            .iter()
            .filter_map(|(at, row)| slice.range(row).map(|(low, high)| (*at, f64::midpoint(low, high))))
            .collect();
        let leans = slope(&middles).total_cmp(&0.0) == wanted;
        let side = |row: &Row, at: &Option<Period>| format!("{}{}", self.told(row), slice.at_words(*at));
        let told = format!("{}, {}", side(first, start), side(last, end));
        match moved {
            Verdict::Holds if leans => Ok(()),
            Verdict::Open => {
                let rows = [*first, *last];
                Err(self.undecided(&format!("{told}: {}", Self::reason(rows.into_iter()))))
            }
            Verdict::Holds | Verdict::Fails => Err(self.broken(&told)),
        }
    }

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
                let told = format!("highest{}, with {}", slice.at_words(*at), self.told(row));
                let is_open = highest_inside && (range.0 != range.1);
                if is_open {
                    return Err(self.undecided(&format!("{told}: {}", Self::reason(std::iter::once(*row)))));
                }
                Err(self.broken(&told))
            }
        }
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

/// ` in Monster`; empty for the only slice of a figure.
fn in_words(slice: &Slice<'_>) -> String {
    if slice.label.is_empty() { String::new() } else { format!(" in {}", slice.label) }
}

/// The sign, and no more than the sign, of the slope of the least-squares line.
fn slope(points: &[(Option<Period>, f64)]) -> f64 {
    let seconds = |at: &Option<Period>| at.map_or(0, |at| at.first().seconds());
    let origin = points.first().map_or(0, |(at, _)| seconds(at));
    let minutes =
        |at: &Option<Period>| f64::from(i32::try_from((seconds(at) - origin) / 60).unwrap_or(i32::MAX));
    let count = f64::from(u32::try_from(points.len()).unwrap_or(u32::MAX));
    let mean_time = points.iter().map(|(at, _)| minutes(at)).sum::<f64>() / count;
    let mean_value = points.iter().map(|(_, value)| value).sum::<f64>() / count;
    points.iter().map(|(at, value)| (minutes(at) - mean_time) * (value - mean_value)).sum()
}
