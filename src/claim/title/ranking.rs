//! Words of a title that set somebody above or below others.
//!
//! It must not know numbers.

use super::held::Held;
use super::words::{Role, Word};

/// Verbs that set somebody above another, wherever the two stand.
const BEATS: [&str; 13] = [
    "beat",
    "beaten",
    "beats",
    "outpaced",
    "outpaces",
    "outranked",
    "outranks",
    "overtaken",
    "overtakes",
    "overtook",
    "overtaking",
    "surpassed",
    "surpasses",
];

/// Words that do so of somebody who is named before them, and may mean something else otherwise.
const AHEAD: [&str; 11] =
    ["#1", "ahead", "lead", "leads", "led", "passed", "passes", "topped", "tops", "win", "wins"];

/// Words that set who is named before them below another.
const BEHIND: [&str; 4] = ["behind", "lags", "trailed", "trails"];

/// What is the highest or the lowest after `the`, and whether it is the highest.
const UTMOST: [(&str, bool); 9] = [
    ("best", true),
    ("biggest", true),
    ("highest", true),
    ("largest", true),
    ("most", true),
    ("fewest", false),
    ("least", false),
    ("lowest", false),
    ("smallest", false),
];

/// Before `the most`: what comes then is a group or a time, and nobody's rank.
const WITHIN: [&str; 13] =
    ["among", "at", "by", "during", "for", "from", "in", "of", "on", "over", "since", "to", "with"];

/// What is done to somebody after one of [`PASSIVE`], or before `by`.
const PARTICIPLES: [&str; 8] =
    ["beaten", "led", "outpaced", "outranked", "overtaken", "passed", "surpassed", "topped"];

const PASSIVE: [&str; 9] = ["are", "be", "been", "being", "gets", "got", "is", "was", "were"];

/// Who is said to be above whom, as far as it is known.
#[derive(Clone, Copy)]
pub(super) struct Ranking {
    pub(super) above: Option<usize>,
    pub(super) under: Option<usize>,
    /// Whether it is the highest or lowest, which a peak is as well.
    is_utmost: bool,
}

impl Ranking {
    pub(super) fn is_claimed(self, claims: &[Held]) -> bool {
        let who = self.above.or(self.under);
        claims.iter().any(|claim| {
            let has_peak = self.is_utmost && claim.is_peak;
            claim.ranks(self.above, self.under)
                || has_peak && claim.who.iter().any(|(other, _)| Some(*other) == who)
        })
    }
}

/// Whether a word may rank somebody.
pub(super) fn may_rank(word: &Word<'_>) -> bool {
    let is = |list: &[&str]| list.contains(&word.folded.as_str());
    is(&BEATS) || is(&AHEAD) || is(&BEHIND) || UTMOST.iter().any(|(name, _)| *name == word.folded)
}

/// What a word ranks, unless a placeholder does.
pub(super) fn ranking(words: &[Word<'_>], at: usize) -> Option<Ranking> {
    let word = words.get(at).filter(|word| word.role == Role::Own && may_rank(word))?;
    let before = |steps: usize| {
        let word = at.checked_sub(steps).and_then(|at| words.get(at));
        word.map_or("", |word| word.folded.as_str())
    };
    let after = |steps: usize| words.get(at + steps);
    // An acronym is no verb, and what somebody has is none either: `Vue's lead developer`.
    let is_acronym = word.text.chars().count() > 1 && word.text.chars().all(char::is_uppercase);
    let is_had = at
        .checked_sub(1)
        .and_then(|at| words.get(at))
        .is_some_and(|word| word.text.ends_with(['s', 'S']) && word.text.contains(['\'', '’']));
    if is_acronym || is_had {
        return None;
    }
    let is = |list: &[&str]| list.contains(&word.folded.as_str());
    let utmost = UTMOST.iter().find(|(name, _)| *name == word.folded).filter(|_| {
        before(1) == "the"
            && !WITHIN.contains(&before(2))
            && after(1).is_none_or(|word| word.folded != "recent")
    });
    let (is_ahead, is_sure) = match utmost {
        Some((_, is_ahead)) => (*is_ahead, false),
        None if is(&BEATS) => (true, true),
        None if is(&AHEAD) => (true, false),
        None if is(&BEHIND) => (false, false),
        None => return None,
    };
    let is_subject = |word: &&Word<'_>| word.role == Role::Ranked || word.who().is_some();
    let subject = words.get(..at)?.iter().rev().find(is_subject);
    // Whom a verb is about stands right behind it, or behind one word: `ahead of`, `beats both`.
    let behind = if utmost.is_some() || word.ends {
        0
    } else {
        1 + usize::from(after(1).is_some_and(|word| !word.ends))
    };
    let object = words.iter().skip(at + 1).take(behind).find(is_subject);
    let is_ranked = |word: Option<&Word<'_>>| word.is_some_and(|word| word.role == Role::Ranked);
    if is_ranked(subject) || is_ranked(object) || subject.is_none() && !(is_sure && object.is_some()) {
        return None;
    }
    let (subject, object) = (subject.and_then(Word::who), object.and_then(Word::who));
    let is_done = PASSIVE.contains(&before(1)) || after(1).is_some_and(|word| word.folded == "by");
    let is_passive = is(&PARTICIPLES) && is_done;
    let (above, under) = if is_ahead == is_passive { (object, subject) } else { (subject, object) };
    Some(Ranking { above, under, is_utmost: utmost.is_some() })
}
