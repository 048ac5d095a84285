//! `A > B > C`, `A >= 2 x B`, `A > 90`: each value is greater than the next.

use super::form::{Form, Statement};
use crate::claim::checker::{Checker, in_words, number_in};
use crate::claim::ranges::{Comparison, Verdict, compare, times};
use crate::claim::values::{Slice, at_words, slices, subject};
use crate::diag::Diagnostic;
use crate::frame::Row;
use crate::frame::roster::Who;
use crate::frame::wording::Digits;
use crate::spec::grammar::{ClaimDate, ClaimGroup, Name, Scope, Word, Words};
use crate::time::period::Period;

pub(super) struct Ranking;

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
enum Term {
    /// A number of its own.
    Number(f64),
    /// A subject's value times a factor, usually 1.
    Subject {
        /// The factor.
        factor: f64,
        /// The subject.
        name: Name,
    },
}

/// From the largest to the smallest, at least two; what stands between them, one fewer; of which dates and groups.
struct Claim {
    terms: Vec<Term>,
    comparisons: Vec<Comparison>,
    scope: Scope,
}

impl Form for Ranking {
    fn marks(&self) -> &'static [&'static str] {
        &[">", ">="]
    }

    fn examples(&self) -> &'static [&'static str] {
        &["A > B", "A >= 2 x B", "A > 90"]
    }

    fn is_mark(&self, word: &Word<'_>) -> bool {
        word.is_sign()
    }

    fn may_begin(&self) -> bool {
        true
    }

    fn read(&self, words: &Words<'_>, _: usize) -> Result<Box<dyn Statement>, Diagnostic> {
        let mut terms = Vec::new();
        let mut comparisons = Vec::new();
        let mut from = 0;
        for (index, word) in words.all().iter().enumerate().filter(|(_, word)| word.is_sign()) {
            let comparison = match word.text {
                ">" => Comparison::Above,
                ">=" | "≥" => Comparison::AtLeast,
                other => {
                    return Err(words
                        .fault(index, format!("unknown comparison `{other}`"))
                        .hint("write the larger one first, with `>` or `>=`"));
                }
            };
            terms.push(term(words, from, index)?);
            comparisons.push(comparison);
            from = index + 1;
        }
        let tail = words.scope_start(from);
        terms.push(term(words, from, tail)?);
        if !terms.iter().any(|term| matches!(term, Term::Subject { .. })) {
            return Err(words.fault(0, "expected a subject, found only numbers"));
        }
        Ok(Box::new(Claim { terms, comparisons, scope: words.scope(tail)? }))
    }
}

fn term(words: &Words<'_>, from: usize, to: usize) -> Result<Term, Diagnostic> {
    let own = words.all().get(from..to).unwrap_or_default();
    let number = own.first().filter(|word| !word.quoted).map(|word| word.text);
    if let (Some(text), [_]) = (number, own)
        && let Some(number) = number_of(text.strip_suffix('%').unwrap_or(text))
    {
        return Ok(Term::Number(number));
    }
    let spaced = number
        .filter(|_| own.get(1).is_some_and(|word| word.is("x") || word.is("×")))
        .and_then(number_of)
        .map(|factor| (factor, from + 2));
    let joined = || Some((number_of(number?.strip_suffix(['x', '×'])?)?, from + 1));
    let (factor, from) = spaced.or_else(joined).unwrap_or((1.0, from));
    Ok(Term::Subject { factor, name: words.name(from, to, "a subject or a number")? })
}

/// A finite number, with or without thousands separators.
fn number_of(text: &str) -> Option<f64> {
    let starts = text.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    plain.parse::<f64>().ok().filter(|number| starts && number.is_finite())
}

impl Statement for Claim {
    fn check(&self, checker: &Checker<'_>) -> Result<(), Diagnostic> {
        checker.ranking(&self.terms, &self.comparisons, &self.scope)
    }
}

impl Checker<'_> {
    fn ranking(&self, terms: &[Term], comparisons: &[Comparison], scope: &Scope) -> Result<(), Diagnostic> {
        let mut ranked = Vec::new();
        for term in terms {
            ranked.push(match term {
                Term::Number(number) => (*number, None),
                Term::Subject { factor, name } => (*factor, Some(subject(self.frame, name)?)),
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
            return Err(self.broken_ranking(&broken, &who, &ranked, scope));
        }
        match open.first() {
            None => Ok(()),
            Some((slice, at)) => {
                let rows: Vec<(Who, &Row)> =
                    who.iter().filter_map(|who| Some((*who, slice.row(*at, *who)?))).collect();
                let (who, rows): (Vec<Who>, Vec<&Row>) = rows.into_iter().unzip();
                let told = self.named(&who, &rows, self.digits_of(slice, *at, &ranked));
                let reason = Self::reason(rows.iter().copied());
                Err(self.undecided(&format!("{told}{}{}: {reason}", slice.at_words(*at), in_words(slice))))
            }
        }
    }

    /// Digits that tell apart what is compared: values, their multiples and the numbers of the claim.
    fn digits_of(&self, slice: &Slice<'_>, at: Option<Period>, ranked: &[(f64, Option<Who>)]) -> Digits {
        let mut compared = Vec::new();
        for (factor, who) in ranked {
            match who {
                None => compared.push(*factor),
                Some(who) => {
                    let value = slice.row(at, *who).and_then(number_in);
                    compared.extend(value.into_iter().flat_map(|value| [value, value * factor]));
                }
            }
        }
        compared.retain(|number| number.is_finite());
        Digits::of(&compared, self.frame.look.unit)
    }

    fn nothing_to_check(&self, slices: &[Slice<'_>], who: &[Who], scope: &Scope) -> Diagnostic {
        let shown = |slice: &Slice<'_>| who.iter().find(|who| slice.lacks_when(scope.when, **who)).copied();
        if let Some(who) = slices.iter().find_map(shown) {
            return self.undecided(&format!("a part of the sum of {} is missing", self.label(who)));
        }
        let names: Vec<&str> = who.iter().map(|who| self.label(*who)).collect();
        let when = match scope.when {
            ClaimDate::On(period) => at_words(period),
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
                let number = if slice.panel.basis.lower_is_better() { -factor } else { *factor };
                ranges.push((number, number));
                continue;
            };
            let found = slice.row(at, *who).and_then(|row| slice.range(row));
            let (label, within) = (self.label(*who), in_words(slice));
            if let (Some(_), true, Err(refusal)) =
                (found, *factor != 1.0, slice.panel.basis.may_be_multiplied())
            {
                return Err(self.uncheckable(refusal.reason).hint(refusal.instead));
            }
            match found {
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
        ranked: &[(f64, Option<Who>)],
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
        let told = self.named(&names, &values, self.digits_of(slice, *at, ranked));
        let date = if matches!(scope.when, ClaimDate::On(_)) { String::new() } else { slice.at_words(*at) };
        let group = if scope.group == ClaimGroup::Every { in_words(slice) } else { String::new() };
        let more = match broken.len() - 1 {
            0 => String::new(),
            1 => ", and once more".into(),
            n => format!(", and {n} times more"),
        };
        let fault = self.broken(&format!("{told}{date}{group}{more}"));
        let plain = |(factor, who): &(f64, Option<Who>)| who.is_some() && *factor == 1.0;
        let alone = scope.when != ClaimDate::Every && scope.group != ClaimGroup::Every;
        let mut order: Vec<(Who, (f64, f64))> =
            rows.iter().filter_map(|(who, row)| Some((*who, slice.range(row)?))).collect();
        order.sort_by(|(_, a), (_, b)| b.0.total_cmp(&a.0));
        let above = |pair: &[(Who, (f64, f64))]| matches!(pair, [(_, a), (_, b)] if compare(*a, *b, Comparison::Above) == Verdict::Holds);
        if !(alone && order.windows(2).all(above) && ranked.iter().all(plain)) {
            return fault;
        }
        let order: Vec<&str> = order.iter().map(|(who, _)| self.label(*who)).collect();
        fault.hint(format!("say what the data say, {}, in the claim and in the title", order.join(" > ")))
    }
}
