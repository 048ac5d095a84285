//! The grammar of claims: what a sentence about the data may say.
//!
//! It must not know data: whether a claim holds is `claim`'s business, and so
//! is whether a subject or a group of that name exists.
//!
//! ```text
//! claim   = ranking { "at" when } { "in" where }
//!         | name "passes" name "in" date
//!         | name ( "rises" | "falls" ) "since" date
//!         | name "peaks" "in" date
//! ranking = term { ( ">" | ">=" ) term }        at least two terms, one of them a subject
//! term    = number | [ number "x" ] name
//! when    = date | "latest" | "every date"
//! where   = "every group" | name
//! date    = 2020 | 2020-06 | 2020-06-30
//! ```
//!
//! Words are separated by spaces. A name may hold spaces; one that holds a
//! word of the grammar is put in single quotes: `'Made in Rust' > Go`.

use crate::diag::{self, Diagnostic, Place, nearest, quoted};
use crate::manifest::period::Period;
use crate::manifest::source::Anchor;

const FORMS: &str = "claims are written `A > B`, `A >= 2 x B`, `A > 90`, `A passes B in 2021`, \
                     `A rises since 2020`, `A falls since 2020` or `A peaks in 2019`";

/// A claim of the manifest.
#[derive(Debug, Clone, PartialEq)]
pub struct Claim {
    /// As it was written.
    pub text: String,
    /// Where it stands.
    pub place: Place,
    /// What it says.
    pub form: Form,
}

/// What a claim says.
#[derive(Debug, Clone, PartialEq)]
pub enum Form {
    /// `A > B > C`: every neighbouring pair compares so.
    Ranking {
        /// From the largest to the smallest, at least two.
        terms: Vec<Term>,
        /// What stands between them, one fewer.
        comparisons: Vec<Comparison>,
        /// Of which dates and groups.
        scope: Scope,
    },
    /// `A passes B in 2021`.
    Passes {
        /// Who was below and is above.
        who: Name,
        /// Who is passed.
        whom: Name,
        /// When.
        within: Period,
    },
    /// `A rises since 2022`, `A falls since 2022`.
    Trend {
        /// Whose values.
        who: Name,
        /// Whether they rise, or else fall.
        rises: bool,
        /// From when on.
        since: Period,
    },
    /// `A peaks in 2019`.
    Peaks {
        /// Whose values.
        who: Name,
        /// When the highest one was.
        within: Period,
    },
}

/// One side of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub enum Term {
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

/// How two terms compare.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    /// `>`
    Above,
    /// `>=`
    AtLeast,
}

/// Which values a claim or a placeholder speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scope {
    /// Of which dates.
    pub when: ClaimDate,
    /// Of which groups.
    pub group: ClaimGroup,
}

/// Of which dates a claim speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClaimDate {
    /// The date the figure shows; in a line chart its last one.
    Shown,
    /// The last date of the dataset.
    Latest,
    /// Every date that has all values compared.
    Every,
    /// The last observation within this period.
    On(Period),
}

/// Of which groups a claim speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ClaimGroup {
    /// The only one, or all of them combined as the figure combines them.
    Shown,
    /// Each of them.
    Every,
    /// This one.
    One(Name),
}

/// The name of a subject or a group, not yet looked up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As it was written, without quotes.
    pub text: String,
    /// Where it stands.
    pub place: Place,
}

/// Reads a claim.
///
/// # Errors
/// The first thing in it that cannot be read, with its place inside the string.
pub fn parse(text: &str, anchor: &Anchor) -> Result<Claim, Diagnostic> {
    let words = Words::split(text, anchor)?;
    let form = words.form()?;
    Ok(Claim { text: text.to_owned(), place: anchor.place(), form })
}

#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
    quoted: bool,
}

impl Word<'_> {
    fn is(&self, keyword: &str) -> bool {
        !self.quoted && self.text == keyword
    }

    /// A mark that compares, rightly written or not.
    fn is_sign(&self) -> bool {
        !self.quoted && self.text.chars().all(|c| matches!(c, '<' | '>' | '=' | '!' | '≥' | '≤'))
    }
}

/// A text cut into words; also what reads the tail of a placeholder.
pub(super) struct Words<'a> {
    text: &'a str,
    anchor: &'a Anchor,
    words: Vec<Word<'a>>,
}

impl<'a> Words<'a> {
    pub(super) fn split(text: &'a str, anchor: &'a Anchor) -> Result<Self, Diagnostic> {
        let mut words = Vec::new();
        let mut rest = text;
        loop {
            rest = rest.trim_start();
            let start = text.len() - rest.len();
            let quoted = rest.strip_prefix('\'');
            let (word, end) = match quoted {
                Some(inside) => match inside.find('\'') {
                    Some(length) => (inside.get(..length), start + length + 2),
                    None => {
                        let message = "missing `'` at the end of a name";
                        let place = anchor.at(start..text.trim_end().len());
                        return Err(diag::error("claim-grammar", message).at(place));
                    }
                },
                None => {
                    let length = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    (rest.get(..length), start + length)
                }
            };
            let Some(word) = word.filter(|_| !rest.is_empty()) else { break };
            words.push(Word { text: word, start, end, quoted: quoted.is_some() });
            rest = text.get(end..).unwrap_or_default();
        }
        Ok(Words { text, anchor, words })
    }

    pub(super) fn len(&self) -> usize {
        self.words.len()
    }

    pub(super) fn position(&self, keyword: &str) -> Option<usize> {
        self.words.iter().position(|word| word.is(keyword))
    }

    /// The first `at` or `in`, from a word on.
    pub(super) fn scope_start(&self, from: usize) -> usize {
        let found = self.words.iter().skip(from).position(|word| word.is("at") || word.is("in"));
        found.map_or(self.words.len(), |found| from + found)
    }

    fn fault(&self, index: usize, message: impl Into<String>) -> Diagnostic {
        let end = self.text.trim_end().len();
        let span = self.words.get(index).map_or(end..end, |word| word.start..word.end);
        diag::error("claim-grammar", message).at(self.anchor.at(span))
    }

    fn found(&self, index: usize) -> String {
        self.words.get(index).map_or_else(|| "the end".into(), |word| quoted(word.text))
    }

    /// The name that stands between two words.
    pub(super) fn name(&self, from: usize, to: usize, what: &str) -> Result<Name, Diagnostic> {
        let words = self.words.get(from..to).unwrap_or_default();
        let (Some(first), Some(last)) = (words.first(), words.last()) else {
            return Err(self.fault(from, format!("expected {what}, found {}", self.found(from))));
        };
        let text = match words {
            [only] => only.text,
            _ => self.text.get(first.start..last.end).unwrap_or_default(),
        };
        Ok(Name { text: text.to_owned(), place: self.anchor.at(first.start..last.end) })
    }

    fn date(&self, index: usize) -> Result<Period, Diagnostic> {
        self.words.get(index).and_then(|word| Period::parse(word.text)).ok_or_else(|| {
            self.fault(index, format!("expected a date, found {}", self.found(index)))
                .hint("dates are written `2020`, `2020-06` or `2020-06-30`")
        })
    }

    fn form(&self) -> Result<Form, Diagnostic> {
        if self.words.iter().any(Word::is_sign) {
            return self.ranking();
        }
        let verb =
            self.words.iter().enumerate().skip(1).find(|(_, word)| {
                !word.quoted && matches!(word.text, "passes" | "rises" | "falls" | "peaks")
            });
        let Some((at, verb)) = verb else {
            let index = self.words.len().min(1);
            let message =
                format!("expected `>`, `>=`, `passes`, `rises`, `falls` or `peaks` in {}", quoted(self.text));
            return Err(self.fault(index, message).hint(FORMS));
        };
        let who = self.name(0, at, "a subject")?;
        match verb.text {
            "passes" => {
                let tail = self.words.iter().rposition(|word| word.is("in")).filter(|tail| *tail > at);
                let tail = tail.unwrap_or(self.words.len());
                let whom = self.name(at + 1, tail, "a subject")?;
                let within = self.dated_tail(tail, "in")?;
                Ok(Form::Passes { who, whom, within })
            }
            "peaks" => Ok(Form::Peaks { who, within: self.dated_tail(at + 1, "in")? }),
            word => Ok(Form::Trend { who, rises: word == "rises", since: self.dated_tail(at + 1, "since")? }),
        }
    }

    /// A keyword and a date, and nothing after them.
    fn dated_tail(&self, index: usize, keyword: &str) -> Result<Period, Diagnostic> {
        if !self.words.get(index).is_some_and(|word| word.is(keyword)) {
            let message = format!("expected `{keyword}` and a date, found {}", self.found(index));
            return Err(self.fault(index, message));
        }
        let period = self.date(index + 1)?;
        self.expect_end(index + 2)?;
        Ok(period)
    }

    fn expect_end(&self, index: usize) -> Result<(), Diagnostic> {
        match self.words.get(index) {
            None => Ok(()),
            Some(word) => Err(self.fault(index, format!("expected the end, found {}", quoted(word.text)))),
        }
    }

    fn ranking(&self) -> Result<Form, Diagnostic> {
        let mut terms = Vec::new();
        let mut comparisons = Vec::new();
        let mut from = 0;
        for (index, word) in self.words.iter().enumerate().filter(|(_, word)| word.is_sign()) {
            let comparison = match word.text {
                ">" => Comparison::Above,
                ">=" | "≥" => Comparison::AtLeast,
                other => {
                    return Err(self
                        .fault(index, format!("unknown comparison `{other}`"))
                        .hint("write the larger one first, with `>` or `>=`"));
                }
            };
            terms.push(self.term(from, index)?);
            comparisons.push(comparison);
            from = index + 1;
        }
        let tail = self.scope_start(from);
        terms.push(self.term(from, tail)?);
        if !terms.iter().any(|term| matches!(term, Term::Subject { .. })) {
            return Err(self.fault(0, "expected a subject, found only numbers"));
        }
        Ok(Form::Ranking { terms, comparisons, scope: self.scope(tail)? })
    }

    fn term(&self, from: usize, to: usize) -> Result<Term, Diagnostic> {
        let words = self.words.get(from..to).unwrap_or_default();
        let number = words.first().filter(|word| !word.quoted).map(|word| word.text);
        if let (Some(text), [_]) = (number, words)
            && let Some(number) = number_of(text.strip_suffix('%').unwrap_or(text))
        {
            return Ok(Term::Number(number));
        }
        let spaced = number
            .filter(|_| words.get(1).is_some_and(|word| word.is("x") || word.is("×")))
            .and_then(number_of)
            .map(|factor| (factor, from + 2));
        let joined = || Some((number_of(number?.strip_suffix(['x', '×'])?)?, from + 1));
        let (factor, from) = spaced.or_else(joined).unwrap_or((1.0, from));
        Ok(Term::Subject { factor, name: self.name(from, to, "a subject or a number")? })
    }

    /// `at …` and `in …`, each at most once, to the end.
    pub(super) fn scope(&self, from: usize) -> Result<Scope, Diagnostic> {
        let (mut when, mut group) = (None, None);
        let mut index = from;
        while let Some(word) = self.words.get(index) {
            let next = self.scope_start(index + 1);
            match word.text {
                "at" if when.is_none() => when = Some(self.when(index + 1, next)?),
                "in" if group.is_none() => group = Some(self.group(index + 1, next)?),
                other => {
                    let message = format!("expected one `at` and one `in` at most, found {}", quoted(other));
                    return Err(self.fault(index, message));
                }
            }
            index = next;
        }
        Ok(Scope { when: when.unwrap_or(ClaimDate::Shown), group: group.unwrap_or(ClaimGroup::Shown) })
    }

    fn when(&self, from: usize, to: usize) -> Result<ClaimDate, Diagnostic> {
        let words: Vec<&str> = self.words.get(from..to).unwrap_or_default().iter().map(|w| w.text).collect();
        match words.as_slice() {
            ["latest"] => Ok(ClaimDate::Latest),
            ["every", "date"] => Ok(ClaimDate::Every),
            [date] => match Period::parse(date) {
                Some(period) => Ok(ClaimDate::On(period)),
                None => {
                    let fault = self.fault(from, format!("expected a date, found {}", quoted(date)));
                    let near = nearest(date, ["latest"]).map(|near| format!("did you mean `{near}`?"));
                    Err(fault.hint(near.unwrap_or_else(|| {
                        "write `2020`, `2020-06`, `2020-06-30`, `latest` or `every date`".into()
                    })))
                }
            },
            _ => Err(self
                .fault(from, format!("expected a date, found {}", self.found(from)))
                .hint("write `2020`, `2020-06`, `2020-06-30`, `latest` or `every date`")),
        }
    }

    fn group(&self, from: usize, to: usize) -> Result<ClaimGroup, Diagnostic> {
        match self.words.get(from..to).unwrap_or_default() {
            [every, group] if every.is("every") && group.is("group") => Ok(ClaimGroup::Every),
            _ => Ok(ClaimGroup::One(self.name(from, to, "a group or `every group`")?)),
        }
    }
}

/// A finite number, with or without thousands separators.
fn number_of(text: &str) -> Option<f64> {
    let starts = text.trim_start_matches('-').starts_with(|c: char| c.is_ascii_digit());
    let plain: String = text.chars().filter(|c| *c != ',').collect();
    plain.parse::<f64>().ok().filter(|number| starts && number.is_finite())
}
