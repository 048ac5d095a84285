//! What a claim covers of a title: who stands above whom in it, and its numbers.
//!
//! It must not know what the title says.

use super::words::{Names, Role, Word, figures, split};
use crate::spec::grammar::Claim;

/// What a claim holds: who stands above whom, and its numbers.
pub(super) struct Held {
    /// Who stands in it, in order, each after so many signs of comparison.
    pub(super) who: Vec<(usize, usize)>,
    signs: usize,
    pub(super) is_peak: bool,
    pub(super) numbers: Vec<f64>,
}

impl Held {
    pub(super) fn of(claim: &Claim, names: &Names) -> Self {
        let is_sign = |word: &str| !word.is_empty() && word.chars().all(|c| matches!(c, '>' | '=' | '≥'));
        let verb = |verb: &str| claim.text.split_whitespace().any(|word| word == verb);
        let has_sign = claim.text.split_whitespace().any(is_sign);
        let mut held =
            Held { who: Vec::new(), signs: 0, is_peak: !has_sign && verb("peaks"), numbers: Vec::new() };
        let stands = |word: &str| is_sign(word) || (!has_sign && word == "passes");
        let mut part = String::new();
        for word in claim.text.split_whitespace().chain([">"]) {
            if !stands(word) {
                part.push_str(word);
                part.push(' ');
                continue;
            }
            let mut words: Vec<Word<'_>> = split(&part).collect();
            names.find(&mut words);
            held.who.extend(words.iter().filter_map(Word::who).map(|who| (who, held.signs)));
            let own = words.iter().filter(|word| !matches!(word.role, Role::Name(_)));
            held.numbers.extend(own.filter_map(|word| Some(figures(word.text)?.0)));
            held.signs += 1;
            part.clear();
        }
        held
    }

    /// Whether somebody stands before a sign of which another is behind; anybody where none is named.
    pub(super) fn ranks(&self, above: Option<usize>, under: Option<usize>) -> bool {
        let is = |asked: Option<usize>, who: usize| asked.is_none_or(|asked| asked == who);
        let last = self.signs.saturating_sub(1);
        let higher =
            self.who.iter().filter(|(who, sign)| is(above, *who) && *sign < last).map(|(_, sign)| *sign);
        let lower = self.who.iter().filter(|(who, sign)| is(under, *who) && *sign > 0).map(|(_, sign)| *sign);
        match (higher.min(), lower.max()) {
            (Some(high), Some(low)) => high < low,
            // It is above a number, or below one.
            (Some(_), None) => under.is_none(),
            (None, Some(_)) => above.is_none(),
            (None, None) => false,
        }
    }
}
