//! Claims and titles against the data: what a figure says must be so.
//!
//! Claims and placeholders speak of the values as the dataset has them, before
//! any average, so that a claim means the same whatever the figure's window
//! is. A date written in a claim may lie anywhere in the dataset, also outside
//! what is drawn: a bar figure of today may hold a claim about 2020. Where
//! several observations make one value, they are combined as the figure
//! combines them. In monthly data every date is its month, so that counts of
//! different days in it compare.
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

pub use crate::manifest::claims::{Claim, parse};
pub use words::words;

use std::cmp::Ordering;

use crate::claim::values::{Slice, slices, subject};
use crate::diag::{Diagnostic, Report};
use crate::manifest::FigureSpec;
use crate::manifest::claims::{ClaimDate, ClaimGroup, Comparison, Form, Name, Scope, Term};
use crate::manifest::period::Period;
use crate::series::Plotted;
use crate::series::wording::exact_number;

/// For how many dates in a row somebody must be ahead to have passed somebody else.
const PASSED_FOR: usize = 3;

/// From how many dates on a direction can be told.
const TREND_DATES: usize = 3;

/// Holds every claim of a figure against its data. What fails is an error at the claim's place, with the
/// numbers that break it.
#[must_use]
pub fn check(spec: &FigureSpec, plotted: &Plotted) -> Report {
    let mut report = Report::default();
    for claim in &spec.claims {
        let checker = Checker { spec, plotted, claim };
        if let Err(fault) = checker.check() {
            report.push(if fault.place.is_none() { fault.at(claim.place.clone()) } else { fault });
        }
    }
    report
}

struct Checker<'c> {
    spec: &'c FigureSpec,
    plotted: &'c Plotted,
    claim: &'c Claim,
}

/// A date with the values of the subjects asked for.
type Row = (Option<Period>, Vec<f64>);

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

    fn label(&self, who: usize) -> &str {
        self.plotted.roster.get(who).map_or("", |who| who.label.as_str())
    }

    fn number(&self, value: f64) -> String {
        exact_number(value, self.spec.unit)
    }

    fn ranking(&self, terms: &[Term], comparisons: &[Comparison], scope: &Scope) -> Result<(), Diagnostic> {
        let mut ranked = Vec::new();
        for term in terms {
            ranked.push(match term {
                Term::Number(number) => (*number, None),
                Term::Subject { factor, name } => (*factor, Some(subject(self.spec, self.plotted, name)?)),
            });
        }
        let mut who: Vec<usize> = ranked.iter().filter_map(|(_, who)| *who).collect();
        who.dedup();
        let slices = slices(self.spec, self.plotted, &scope.group)?;
        let mut broken: Vec<(&Slice<'_>, Option<Period>)> = Vec::new();
        let mut checked = 0;
        for slice in &slices {
            for at in slice.dates(self.spec, scope.when, &who) {
                checked += 1;
                self.comparable(slice, &[at], &who)?;
                if !self.holds(slice, at, &ranked, comparisons)? {
                    broken.push((slice, at));
                }
            }
        }
        if checked == 0 {
            let names: Vec<&str> = who.iter().map(|who| self.label(*who)).collect();
            let when = match scope.when {
                ClaimDate::On(period) => format!(" at {period}"),
                ClaimDate::Shown | ClaimDate::Latest | ClaimDate::Every => String::new(),
            };
            return Err(self.uncheckable(&format!("no value for {}{when}", names.join(" and "))));
        }
        match broken.first() {
            None => Ok(()),
            Some(_) => Err(self.broken_ranking(&broken, &who, terms, scope)),
        }
    }

    fn holds(
        &self,
        slice: &Slice<'_>,
        at: Option<Period>,
        ranked: &[(f64, Option<usize>)],
        comparisons: &[Comparison],
    ) -> Result<bool, Diagnostic> {
        let mut values = Vec::new();
        for (factor, who) in ranked {
            values.push(match who {
                None => *factor,
                Some(who) => match slice.value(at, *who) {
                    Some(value) => factor * value,
                    None => {
                        let within = in_words(slice);
                        let why = format!("no value for {}{}{within}", self.label(*who), slice.at_words(at));
                        return Err(self.uncheckable(&why));
                    }
                },
            });
        }
        let pairs = values.iter().zip(values.iter().skip(1)).zip(comparisons);
        Ok(pairs.into_iter().all(|((a, b), comparison)| match comparison {
            Comparison::Above => a > b,
            Comparison::AtLeast => a >= b,
        }))
    }

    fn broken_ranking(
        &self,
        broken: &[(&Slice<'_>, Option<Period>)],
        who: &[usize],
        terms: &[Term],
        scope: &Scope,
    ) -> Diagnostic {
        let Some((slice, at)) = broken.first() else { return self.broken("") };
        let mut numbers: Vec<(usize, f64)> = Vec::new();
        for who in who.iter().filter_map(|who| Some((*who, slice.value(*at, *who)?))) {
            if !numbers.contains(&who) {
                numbers.push(who);
            }
        }
        let told: Vec<String> = numbers
            .iter()
            .map(|(who, value)| format!("{} {}", self.label(*who), self.number(*value)))
            .collect();
        let date = if matches!(scope.when, ClaimDate::On(_)) { String::new() } else { slice.at_words(*at) };
        let group = if scope.group == ClaimGroup::Every { in_words(slice) } else { String::new() };
        let more = match broken.len() - 1 {
            0 => String::new(),
            1 => ", and once more".into(),
            n => format!(", and {n} times more"),
        };
        let fault = self.broken(&format!("{}{date}{group}{more}", told.join(", ")));
        let plain = |term: &Term| matches!(term, Term::Subject { factor, .. } if *factor == 1.0);
        let alone = scope.when != ClaimDate::Every && scope.group != ClaimGroup::Every;
        numbers.sort_by(|a, b| b.1.total_cmp(&a.1));
        let distinct = numbers.windows(2).all(|pair| matches!(pair, [a, b] if a.1 > b.1));
        if !(alone && distinct && terms.iter().all(plain)) {
            return fault;
        }
        let order: Vec<&str> = numbers.iter().map(|(who, _)| self.label(*who)).collect();
        fault.hint(format!("say what the data say, {}, in the claim and in the title", order.join(" > ")))
    }

    fn comparable(
        &self,
        slice: &Slice<'_>,
        dates: &[Option<Period>],
        who: &[usize],
    ) -> Result<(), Diagnostic> {
        slice.comparable(self.plotted, dates, who).map_err(|why| self.uncheckable(&why))
    }

    /// The dates that have all these subjects' values, from a moment on.
    fn rows(&self, names: &[&Name], since: Option<Period>) -> Result<(Slice<'_>, Vec<Row>), Diagnostic> {
        let mut who = Vec::new();
        for name in names {
            who.push(subject(self.spec, self.plotted, name)?);
        }
        let slices = slices(self.spec, self.plotted, &ClaimGroup::Shown)?;
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
        let values = |at| who.iter().filter_map(|who| slice.value(at, *who)).collect();
        let rows = dates.iter().map(|at| (*at, values(*at))).collect();
        Ok((slice, rows))
    }

    fn passes(&self, who: &Name, whom: &Name, within: Period) -> Result<(), Diagnostic> {
        let (slice, rows) = self.rows(&[who, whom], None)?;
        let lead: Vec<f64> = rows.iter().map(|(_, values)| lead(values)).collect();
        let passed = |i: &usize| {
            let ahead = lead.get(*i..*i + PASSED_FOR).is_some_and(|next| next.iter().all(|lead| *lead > 0.0));
            let before = lead.iter().take(*i).rev().find(|lead| **lead != 0.0);
            ahead && before.is_some_and(|before| *before < 0.0)
        };
        let crossings: Vec<&Row> = (0..rows.len()).filter(passed).filter_map(|i| rows.get(i)).collect();
        let inside = |at: &Option<Period>| at.is_some_and(|at| within.meets(at));
        if crossings.iter().any(|(at, _)| inside(at)) {
            return Ok(());
        }
        let until = rows.iter().rev().find(|(at, _)| at.is_some_and(|at| at.first() < within.end()));
        let Some((at, values)) = until.or(rows.first()) else { return Ok(()) };
        let (who, whom) = (subject(self.spec, self.plotted, who)?, subject(self.spec, self.plotted, whom)?);
        let told: Vec<String> = [who, whom]
            .iter()
            .zip(values)
            .map(|(who, value)| format!("{} {}", self.label(*who), self.number(*value)))
            .collect();
        let fault = self.broken(&format!("{}{}", told.join(", "), slice.at_words(*at)));
        Err(match crossings.as_slice() {
            [] => fault,
            [(at, _), ..] => fault.hint(format!(
                "{} passes {}{}: say so in the claim and in the title",
                self.label(who),
                self.label(whom),
                slice.at_words(*at)
            )),
        })
    }

    fn trend(&self, who: &Name, rises: bool, since: Period) -> Result<(), Diagnostic> {
        let (slice, rows) = self.rows(&[who], Some(since))?;
        let points: Vec<(Option<Period>, f64)> =
            rows.iter().filter_map(|(at, values)| Some((*at, *values.first()?))).collect();
        let (Some((start, first)), Some((end, last))) = (points.first(), points.last()) else {
            return Ok(());
        };
        if points.len() < TREND_DATES {
            return Err(self.uncheckable(&format!("fewer than {TREND_DATES} values since {since}")));
        }
        let wanted = if rises { Ordering::Greater } else { Ordering::Less };
        if last.total_cmp(first) == wanted && slope(&points).total_cmp(&0.0) == wanted {
            return Ok(());
        }
        let side =
            |value: &f64, at: &Option<Period>| format!("{}{}", self.number(*value), slice.at_words(*at));
        Err(self.broken(&format!("{}, {}", side(first, start), side(last, end))))
    }

    fn peaks(&self, who: &Name, within: Period) -> Result<(), Diagnostic> {
        let (slice, rows) = self.rows(&[who], None)?;
        let values = || rows.iter().filter_map(|(at, values)| Some((*at, *values.first()?)));
        let highest = values().map(|(_, value)| value).max_by(f64::total_cmp).unwrap_or(0.0);
        let outside =
            values().find(|(at, value)| *value >= highest && !at.is_some_and(|at| within.meets(at)));
        match outside {
            None => Ok(()),
            Some((at, value)) => {
                Err(self.broken(&format!("highest{}, with {}", slice.at_words(at), self.number(value))))
            }
        }
    }
}

/// How far the first is ahead of the second.
fn lead(values: &[f64]) -> f64 {
    match values {
        [who, whom] => who - whom,
        _ => 0.0,
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
