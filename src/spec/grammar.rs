//! The words that claims and placeholders are made of: names, dates, and of which values they speak.
//!
//! It must not know data, or what a claim may say: whether a subject or a group of that name exists is the
//! business of whoever looks it up, and each form of claim reads its own words.
//!
//! ```text
//! scope = { "at" when } { "in" where }
//! when  = date | "latest" | "every date"
//! where = "every group" | name
//! date  = 2020 | 2020-06 | 2020-06-30
//! ```
//!
//! Words are separated by spaces. A name may hold spaces; one that holds a
//! word of the grammar is put in single quotes: `'Made in Rust' > Go`.

use crate::diag::{self, Diagnostic, Place, nearest, quoted};
use crate::spec::source::Anchor;
use crate::time::moment::{DAY, Moment};
use crate::time::period::{Period, Precision};

/// A claim as it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Its words.
    pub text: String,
    /// Where they stand.
    pub anchor: Anchor,
}

impl Claim {
    /// Where it stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.anchor.place()
    }
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

/// A word and where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Word<'a> {
    /// Without quotes.
    pub text: &'a str,
    start: usize,
    end: usize,
    /// Whether it stands in quotes, and so is a name.
    pub quoted: bool,
}

impl Word<'_> {
    /// Whether it is a word of the grammar.
    #[must_use]
    pub fn is(&self, keyword: &str) -> bool {
        !self.quoted && self.text == keyword
    }

    /// A mark that compares, rightly written or not.
    #[must_use]
    pub fn is_sign(&self) -> bool {
        !self.quoted && self.text.chars().all(|c| matches!(c, '<' | '>' | '=' | '!' | '≥' | '≤'))
    }
}

/// A text cut into words; also what reads the tail of a placeholder.
#[derive(Debug, Clone)]
pub struct Words<'a> {
    text: &'a str,
    anchor: &'a Anchor,
    words: Vec<Word<'a>>,
}

impl<'a> Words<'a> {
    /// Cuts a text into words.
    ///
    /// # Errors
    /// A quote that is not closed.
    pub fn split(text: &'a str, anchor: &'a Anchor) -> Result<Self, Diagnostic> {
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

    /// How many there are.
    #[must_use]
    #[expect(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[Word<'a>] {
        &self.words
    }

    /// The whole text.
    #[must_use]
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// The first word that is this keyword.
    #[must_use]
    pub fn position(&self, keyword: &str) -> Option<usize> {
        self.words.iter().position(|word| word.is(keyword))
    }

    /// The first `at` or `in`, from a word on.
    #[must_use]
    pub fn scope_start(&self, from: usize) -> usize {
        let found = self.words.iter().skip(from).position(|word| word.is("at") || word.is("in"));
        found.map_or(self.words.len(), |found| from + found)
    }

    /// An error at a word; at the end of the text past the last.
    pub fn fault(&self, index: usize, message: impl Into<String>) -> Diagnostic {
        let end = self.text.trim_end().len();
        let span = self.words.get(index).map_or(end..end, |word| word.start..word.end);
        diag::error("claim-grammar", message).at(self.anchor.at(span))
    }

    fn found(&self, index: usize) -> String {
        self.words.get(index).map_or_else(|| "the end".into(), |word| quoted(word.text))
    }

    /// The name that stands between two words.
    ///
    /// # Errors
    /// That there is none.
    pub fn name(&self, from: usize, to: usize, what: &str) -> Result<Name, Diagnostic> {
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

    /// A keyword and a date, and nothing after them.
    ///
    /// # Errors
    /// What is missing or too much.
    pub fn dated_tail(&self, index: usize, keyword: &str) -> Result<Period, Diagnostic> {
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

    /// `at …` and `in …`, each at most once, to the end.
    ///
    /// # Errors
    /// What is neither, or no date.
    pub fn scope(&self, from: usize) -> Result<Scope, Diagnostic> {
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
        if let [count, unit] = words.as_slice()
            && let Some(age) = age(count, unit)
        {
            return Ok(ClaimDate::On(age));
        }
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

/// `5 years`, `18 months`, `90 days`: a time after the start of each.
fn age(count: &str, unit: &str) -> Option<Period> {
    let count: i64 = count.parse().ok().filter(|count| (0..=36_500).contains(count))?;
    let months = |months: i64| {
        let year = i16::try_from(1970 + months / 12).ok()?;
        Moment::ymd(year, i8::try_from(months % 12 + 1).ok()?, 1)
    };
    let after = match unit {
        "year" | "years" => months(count * 12)?,
        "month" | "months" => months(count)?,
        "day" | "days" => Moment::from_seconds(count * DAY),
        _ => return None,
    };
    Some(Period::around(after, Precision::Age))
}
