//! Words that say more than a reader needs: what the picture says already, or what nobody reads to its end.
//!
//! It must not know whether they are true.

use crate::diag::{self, Report};
use crate::figure::Words;
use crate::frame::Frame;
use crate::frame::numerals::numeral;
use crate::spec::FigureSpec;

/// Characters of a subtitle that are read at a glance.
const SUBTITLE: usize = 90;

/// Sentences of a note.
const SENTENCES: usize = 2;

/// Warns of a subtitle that is long or repeats the dates of the time axis, and of a long note.
#[must_use]
pub fn wordy(spec: &FigureSpec, frame: &Frame, words: &Words) -> Report {
    let mut report = Report::default();
    let years = frame.panels.first().and_then(|panel| {
        let (first, last) = (panel.first?.first(), panel.shown?.first());
        Some([first, last].map(|at| at.date().year().to_string()))
    });
    let says = |year: &String| words.subtitle.split(|c: char| !c.is_alphanumeric()).any(|word| word == year);
    let repeats = years.is_some_and(|[first, last]| first != last && says(&first) && says(&last));
    if spec.chart.shows_span && !frame.look.by_age && repeats {
        let message = "the subtitle repeats the dates of the time axis";
        let warning = diag::warning("repeated-dates", message).at(spec.places.of("subtitle"));
        report.push(warning.hint("leave them out"));
    }
    if let Some((digits, numeral)) = small_number(&spec.title.plain()) {
        let message = format!("the title has the number {digits} in digits");
        let warning = diag::warning("digits-in-title", message).at(spec.places.of("title"));
        report.push(warning.hint(format!("write `{numeral}`: numbers to ten stand in words")));
    }
    let length = words.subtitle.chars().count();
    if length > SUBTITLE {
        let message = format!("the subtitle has {length} characters, expected {SUBTITLE} or fewer");
        let warning = diag::warning("long-subtitle", message).at(spec.places.of("subtitle"));
        report.push(warning.hint("leave out what the title, the axis or the note says"));
    }
    let count = sentences(&spec.note.plain());
    if count > SENTENCES {
        let message = format!("the note has {count} sentences, expected {SENTENCES} or fewer");
        let warning = diag::warning("long-note", message).at(spec.places.of("note"));
        report
            .push(warning.hint("leave the rest to the text around the figure, or to `note` of the dataset"));
    }
    report.of_figure(&spec.key)
}

/// Words before which a number stands in digits, and after which it is no count.
const MEASURED: [&str; 9] =
    ["am", "pm", "percent", "per", "points", "million", "billion", "thousand", "trillion"];
const NUMBERED: [&str; 6] = ["top", "version", "number", "no", "figure", "part"];

/// The first number to ten of a text that counts something and stands in digits, with its word.
fn small_number(text: &str) -> Option<(String, &'static str)> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let numeral = word.parse().ok().and_then(numeral)?;
        let before = at.checked_sub(1).and_then(|before| words.get(before)).copied().unwrap_or("all");
        let after = words.get(at + 1)?.trim_end_matches([',', ';', ':']);
        // `Python 3 is`, `top 5 of`, `9 million`: a name, a place, a size.
        let counts = before.starts_with(char::is_lowercase) && !NUMBERED.contains(&before);
        let is_counted =
            after.starts_with(char::is_lowercase) && after.ends_with('s') && !MEASURED.contains(&after);
        (counts && is_counted).then_some(((*word).to_owned(), numeral))
    })
}

/// How many sentences a text has: the stop of an initial or within a number ends none.
fn sentences(text: &str) -> usize {
    let words: Vec<&str> = text.split_whitespace().collect();
    let ends = |word: &&&str| {
        let bare = word.trim_end_matches(['”', '"', ')', '’']);
        bare.ends_with(['.', '!', '?']) && bare.chars().filter(|c| c.is_alphanumeric()).count() > 1
    };
    let ended = words.iter().filter(ends).count();
    let is_open = words.last().is_some_and(|last| !ends(&last));
    ended + usize::from(is_open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_to_ten_are_counts_in_digits() {
        let found = |text: &str| small_number(text).map(|(_, numeral)| numeral);
        assert_eq!(found("It led on all 3 portals"), Some("three"));
        assert_eq!(found("3 portals have it"), Some("three"));
        assert_eq!(found("Named 3 times as often"), None, "behind a capital it may be a name");
        assert_eq!(found("It was named 4 times as often"), Some("four"));
        for text in
            ["Python 3 wins", "the top 5 languages", "in 2 million files", "12 others", "by 4 points", "at 9"]
        {
            assert_eq!(found(text), None, "{text}");
        }
    }

    #[test]
    fn sentences_end_with_a_stop() {
        for (text, count) in [
            ("", 0),
            ("One", 1),
            ("One. Two.", 2),
            ("By J. Hale, at 2.5 points", 1),
            ("It said “no.” Then? Yes!", 3),
        ] {
            assert_eq!(sentences(text), count, "{text}");
        }
    }
}
