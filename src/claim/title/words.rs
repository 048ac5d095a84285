//! The words of a title or a claim, and which of them are names.
//!
//! It must not know what a word says.

use std::collections::BTreeMap;

use crate::frame::Frame;
use crate::spec::FigureSpec;
use crate::spec::template::Placeholder;

/// So short a name is one only where it has a capital.
const SHORT: usize = 3;

/// A word of a title or of a claim, or a placeholder between words.
pub(super) struct Word<'t> {
    /// Without the marks around it; empty for a placeholder.
    pub(super) text: &'t str,
    pub(super) folded: String,
    /// Whether a mark behind it ends what it belongs to.
    pub(super) ends: bool,
    pub(super) role: Role,
}

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Role {
    /// A word that is no name.
    Own,
    /// Part of the name of somebody, as an index into the roster, or of something else.
    Name(Option<usize>),
    /// A placeholder that tests a ranking.
    Ranked,
    /// Another placeholder.
    Filled,
}

/// Names of the figure in folded words with a space between them, each with whose it is.
pub(super) struct Names {
    whose: BTreeMap<String, Option<usize>>,
    /// So many words has the longest.
    longest: usize,
}

/// The words of a text.
pub(super) fn split(text: &str) -> impl Iterator<Item = Word<'_>> {
    let is_mark = |c: char| !c.is_alphanumeric() && !matches!(c, '%' | '×' | '+' | '#');
    text.split(|c: char| c.is_whitespace() || c == '\u{2014}').filter_map(move |word| {
        let (text, ends) = (word.trim_matches(is_mark), word.ends_with([',', ';', ':', '.', '!', '?']));
        let folded = text.to_lowercase();
        let own = folded.strip_suffix("'s").or_else(|| folded.strip_suffix("’s")).map(str::to_owned);
        let folded = own.unwrap_or(folded);
        (!text.is_empty()).then_some(Word { text, folded, ends, role: Role::Own })
    })
}

pub(super) fn filled(what: &Placeholder) -> Word<'static> {
    let role = match what {
        Placeholder::Rank(..) | Placeholder::Last(_) | Placeholder::Ratio(..) => Role::Ranked,
        Placeholder::Value(..) | Placeholder::Date | Placeholder::FirstDate | Placeholder::Count => {
            Role::Filled
        }
    };
    Word { text: "", folded: String::new(), ends: false, role }
}

impl Word<'_> {
    pub(super) fn who(&self) -> Option<usize> {
        if let Role::Name(who) = self.role { who } else { None }
    }
}

impl Names {
    pub(super) fn of(spec: &FigureSpec, frame: &Frame) -> Self {
        let mut names = Names { whose: BTreeMap::new(), longest: 0 };
        let (shown, others): (Vec<_>, Vec<_>) =
            frame.roster.iter().enumerate().partition(|(_, who)| who.shown.is_some());
        for (index, who) in shown.into_iter().chain(others) {
            for name in std::iter::once(&who.label).chain(&who.spellings) {
                let same = if who.shown.is_none() { names.longer(name) } else { None };
                names.add(name, same.or(Some(index)));
            }
        }
        for panel in &frame.panels {
            names.add(&panel.measure, None);
            names.add(&panel.title, None);
            panel.groups.iter().for_each(|name| names.add(name, None));
        }
        spec.quantity.iter().for_each(|name| names.add(name, None));
        spec.events.iter().for_each(|event| names.add(&event.label, None));
        names
    }

    fn add(&mut self, name: &str, who: Option<usize>) {
        let words: Vec<String> = split(name).map(|word| word.folded).collect();
        if !words.is_empty() {
            self.longest = self.longest.max(words.len());
            self.whose.entry(words.join(" ")).or_insert(who);
        }
    }

    /// Who has a longer name: where `TensorFlow (with Keras)` is shown alone, `TensorFlow` is it.
    fn longer(&self, name: &str) -> Option<usize> {
        let words: Vec<String> = split(name).map(|word| word.folded).collect();
        let start = words.join(" ") + " ";
        let (_, whose) =
            self.whose.range(start.clone()..).next().filter(|(other, _)| other.starts_with(&start))?;
        *whose
    }

    /// Marks the words that are names, of names in one another the longest.
    pub(super) fn find(&self, words: &mut [Word<'_>]) {
        let mut from = 0;
        while from < words.len() {
            let mut name = String::new();
            let mut found = None;
            for (length, word) in words.iter().skip(from).take(self.longest).enumerate() {
                if length > 0 {
                    name.push(' ');
                }
                name.push_str(&word.folded);
                // The language `Go` is not the verb.
                let is_word = name.len() <= SHORT && word.text.starts_with(char::is_lowercase);
                let known = self.whose.get(&name).filter(|_| !is_word);
                found = known.map(|who| (length + 1, *who)).or(found);
            }
            let (length, role) = found.map_or((1, None), |(length, who)| (length, Some(Role::Name(who))));
            for word in words.iter_mut().skip(from).take(length).filter(|word| !word.folded.is_empty()) {
                word.role = role.unwrap_or(word.role);
            }
            from += length;
        }
    }
}

/// Whether a word begins with a digit and what it is then, with what stands behind its digits.
pub(super) fn figures(word: &str) -> Option<(f64, &str)> {
    let word = word.trim_matches('+');
    let end = word.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(word.len());
    let (digits, rest) = word.split_at_checked(end)?;
    let mut thousands = digits.split(',').skip(1);
    let plain = if thousands.all(|part| part.split('.').next().is_some_and(|part| part.len() == 3)) {
        digits.replace(',', "")
    } else {
        digits.replace(',', ".")
    };
    let is_number = plain.starts_with(|c: char| c.is_ascii_digit());
    let value = plain.parse().ok().filter(|value: &f64| is_number && value.is_finite())?;
    Some((value, rest))
}
