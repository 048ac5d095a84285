//! What a title says beyond its placeholders, held against the claims of its figure.
//!
//! Nobody understands titles here: a number in one, or a word that ranks, is only looked for in what is tested. A
//! false alarm is worse than a miss: what may be a year, a version, a count of days or a label is left alone. It
//! must not know values; whether a claim holds is told elsewhere.

mod held;
mod number;
mod ranking;
mod words;

use std::collections::BTreeSet;

use self::held::Held;
use self::number::number;
use self::ranking::{Ranking, may_rank, ranking};
use self::words::{Names, Word, filled, split};
use crate::diag::{self, Report, quoted};
use crate::frame::Frame;
use crate::frame::wording::list;
use crate::spec::FigureSpec;
use crate::spec::template::Piece;

/// Warns of numbers and rankings of a figure's title that neither a placeholder nor a claim covers.
pub(super) fn untested(spec: &FigureSpec, frame: &Frame) -> Report {
    let mut words: Vec<Word<'_>> = Vec::new();
    for piece in &spec.title.pieces {
        match piece {
            // A name that was cut is not known again.
            Piece::Text(text) if text.contains('…') => return Report::default(),
            Piece::Text(text) => words.extend(split(text)),
            Piece::Value(what, _) => words.push(filled(what)),
        }
    }
    // Most titles are done here, and nobody's names are gathered for them.
    if !words.iter().any(may_rank) && (0..words.len()).all(|at| number(&words, at).is_none()) {
        return Report::default();
    }
    let names = Names::of(spec, frame);
    names.find(&mut words);
    let claims: Vec<Held> = spec.claims.iter().map(|claim| Held::of(claim, &names)).collect();
    let numbers: Vec<&str> = (0..words.len())
        .filter_map(|at| Some((at, number(&words, at)?)))
        .filter(|(_, number)| !number.counts_what_is_shown(spec, frame) && !number.is_claimed(&claims))
        .filter_map(|(at, _)| Some(words.get(at)?.text))
        .collect();
    let mut open: Vec<(&str, Ranking)> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        if let Some(ranking) = ranking(&words, at).filter(|ranking| !ranking.is_claimed(&claims)) {
            open.push((word.text, ranking));
        }
    }
    let named = words.iter().filter_map(Word::who);
    told(spec, frame, (&numbers, &open), named.collect())
}

/// The warnings, with what to write.
fn told(
    spec: &FigureSpec,
    frame: &Frame,
    (numbers, rankings): (&[&str], &[(&str, Ranking)]),
    mut named: Vec<usize>,
) -> Report {
    let mut report = Report::default();
    let label = |who: usize| frame.roster.get(who).and_then(|who| in_claim(&who.label));
    let all = |words: &[&str]| {
        let mut quotes: Vec<String> = words.iter().map(|word| quoted(word)).collect();
        let mut seen = BTreeSet::new();
        quotes.retain(|quote| seen.insert(quote.clone()));
        list(&quotes.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let mut seen = BTreeSet::new();
    named.retain(|who| seen.insert(*who));
    if !numbers.is_empty() {
        let what = if numbers.len() > 1 { "numbers" } else { "number" };
        let message = format!("nothing tests the {what} {} in the title", all(numbers));
        let mut shown = named.iter().filter_map(|who| label(*who));
        let hint = match (shown.next(), shown.next()) {
            (Some(a), Some(b)) => {
                format!(
                    "take it from the data, as `{{value: {a}}}` and `{{ratio: {a} / {b}}}` do, or claim it"
                )
            }
            (Some(a), None) => format!("take it from the data, as `{{value: {a}}}` does, or claim it"),
            (None, _) => "take it from the data, as `{value: NAME}` does, or claim it".to_owned(),
        };
        report.push(diag::warning("untested-number", message).at(spec.places.of("title")).hint(hint));
    }
    if let Some((_, first)) = rankings.first() {
        let said: Vec<&str> = rankings.iter().map(|(word, _)| *word).collect();
        let message = format!("nothing tests {} in the title", all(&said));
        let hint = match (first.above.and_then(label), first.under.and_then(label)) {
            (Some(above), Some(under)) => {
                format!("claim it, `claims = [\"{above} > {under}\"]`, or name the first with `{{leader}}`")
            }
            _ => "name the first with `{leader}`, or write down who is above whom in `claims`".to_owned(),
        };
        report.push(diag::warning("untested-ranking", message).at(spec.places.of("title")).hint(hint));
    }
    report
}

/// A name as claims have it; `None` for one that is hard to write in a string.
fn in_claim(label: &str) -> Option<String> {
    let is_plain = !label.contains(['"', '\\', '\'', '{', '}']) && !label.contains(char::is_control);
    is_plain.then(|| if label.contains(' ') { format!("'{label}'") } else { label.to_owned() })
}
