//! Section D: words and type.

use super::rule::{Breach, Level, Picture, Rule};
use crate::canvas::{Role, UNITS};
use crate::diag::quoted;
use Level::{Must, Should};

pub(super) static RULES: [Rule; 17] = [
    Rule::checked(("D1", Must), "the title is a sentence of at most two lines, without a stop", title),
    Rule::other(("D2", Must), "what the title says is held by claims"),
    Rule::other(("D3", Must), "where nothing is certain the title is neutral"),
    Rule::checked(("D4", Must), "the subtitle says what is measured", subtitle),
    Rule::checked(("D5", Must), "the source is named", source),
    Rule::checked(("D6", Must), "title, subtitle, note and source share one edge", edges),
    Rule::checked(("D7", Must), "at most five sizes of text, larger for what is said first", type_sizes),
    Rule::checked(("D8", Must), "no text is smaller than 11 px as it is shown", floor),
    Rule::other(("D9", Should), "a title shrinks a little to save a line"),
    Rule::checked(("D10", Should), "no last line is a lonely word", widows),
    Rule::other(("D11", Must), "digits have one width"),
    Rule::checked(("D12", Must), "a minus, dashes and quotes are those of print", typography),
    Rule::other(("D13", Should), "labels have no more digits than tell them apart"),
    Rule::checked(("D14", Must), "all text keeps the padding", padding),
    Rule::checked(("D15", Must), "every character has a glyph", glyphs),
    Rule::checked(("D16", Should), "no word is shouted", capitals),
    Rule::checked(("D17", Should), "a note ends with a stop, a subtitle does not", stops),
];

/// A last line is this part of the longest at least.
const WIDOW: f64 = 0.35;

fn lines(picture: &Picture<'_>, role: Role) -> Vec<f64> {
    let of = picture.texts().iter().filter(|text| text.item.role == role);
    of.map(|text| f64::from(text.bounds.right - text.bounds.left)).collect()
}

fn title(picture: &Picture<'_>) -> Vec<Breach> {
    let count = lines(picture, Role::Title).len();
    let mut breaches = Vec::new();
    if count > 2 {
        let found = format!("a title of {count} lines");
        breaches.push(Breach::new("title", found, "say it in fewer words, and the rest in the subtitle"));
    }
    if picture.words.title.trim_end().ends_with('.') {
        breaches.push(Breach::new("title", "the title ends with a stop", "leave the stop out"));
    }
    breaches
}

fn subtitle(picture: &Picture<'_>) -> Vec<Breach> {
    if !picture.words.subtitle.is_empty() {
        return Vec::new();
    }
    vec![Breach::new(
        "subtitle",
        "nothing says what is measured",
        "add a `subtitle` with measure, unit and place",
    )]
}

fn source(picture: &Picture<'_>) -> Vec<Breach> {
    if !picture.words.source.is_empty() {
        return Vec::new();
    }
    vec![Breach::new("source", "no source is named", "add `source` to the dataset")]
}

fn edges(picture: &Picture<'_>) -> Vec<Breach> {
    let roles = [Role::Title, Role::Subtitle, Role::Note, Role::Source];
    let texts = picture.texts();
    let mut lefts: Vec<i32> = texts.iter().filter(|t| roles.contains(&t.item.role)).map(|t| t.left).collect();
    lefts.dedup();
    if lefts.len() < 2 {
        return Vec::new();
    }
    vec![Breach::new("title", "the words around the picture have several edges", "report it")]
}

fn type_sizes(picture: &Picture<'_>) -> Vec<Breach> {
    let texts = picture.texts();
    let mut sizes: Vec<f64> = texts.iter().map(|text| text.size).collect();
    sizes.sort_by(f64::total_cmp);
    sizes.dedup();
    let mut breaches = Vec::new();
    if sizes.len() > 5 {
        breaches.push(Breach::new("size", format!("{} sizes of text", sizes.len()), "report it"));
    }
    let size = |role: Role| texts.iter().find(|text| text.item.role == role).map(|text| text.size);
    let ranks = [Role::Title, Role::Subtitle, Role::SeriesLabel, Role::TickLabel, Role::Source];
    let ranked: Vec<f64> = ranks.into_iter().filter_map(size).collect();
    if !ranked.is_sorted_by(|a, b| a >= b) {
        breaches.push(Breach::new("size", "what is said first is not the largest", "report it"));
    }
    breaches
}

fn floor(picture: &Picture<'_>) -> Vec<Breach> {
    let floor = picture.sizes().floor;
    let texts = picture.texts();
    let Some(least) = texts.iter().map(|text| text.size).min_by(f64::total_cmp) else { return Vec::new() };
    if least >= floor {
        return Vec::new();
    }
    let preset = picture.look.preset;
    let shown = least * preset.shown / f64::from(preset.width);
    vec![Breach::new("size", format!("text of {shown:.1} px as it is shown"), "report it")]
}

fn widows(picture: &Picture<'_>) -> Vec<Breach> {
    let words = [(Role::Title, "title"), (Role::Subtitle, "subtitle")];
    let is_lonely = |role: Role| {
        let lines = lines(picture, role);
        let longest = lines.iter().copied().fold(0.0, f64::max);
        lines.len() > 1 && lines.last().is_some_and(|last| *last < longest * WIDOW)
    };
    let lonely = words.into_iter().filter(|(role, _)| is_lonely(*role));
    lonely
        .map(|(_, key)| {
            Breach::new(key, format!("the last line of the {key} is a lonely word"), "shorten it")
        })
        .collect()
}

fn typography(picture: &Picture<'_>) -> Vec<Breach> {
    let typed = |words: &str| {
        let minus =
            words.as_bytes().windows(2).any(|pair| matches!(pair, [b'-', digit] if digit.is_ascii_digit()))
                && words.starts_with('-');
        minus || words.contains('\'') || words.contains('"') || words.contains(" - ")
    };
    let texts = picture.texts();
    let found = texts.iter().filter(|text| typed(text.words));
    found
        .map(|text| {
            Breach::new("title", format!("typed signs in {}", quoted(text.words)), "write “”, ’, – and −")
        })
        .collect()
}

fn padding(picture: &Picture<'_>) -> Vec<Breach> {
    #[expect(clippy::cast_possible_truncation, reason = "a few px")]
    let margin = (picture.sizes().padding * 0.75 * f64::from(UNITS)) as i32;
    let padded = picture.area().grown(-margin);
    let texts = picture.texts();
    let out = texts.iter().filter(|text| !padded.contains(text.bounds));
    out.map(|text| {
        Breach::new(
            "size",
            format!("{} leaves the padding", quoted(text.words)),
            "shorten it, or make the figure larger",
        )
    })
    .collect()
}

fn glyphs(picture: &Picture<'_>) -> Vec<Breach> {
    let texts = picture.texts();
    let missing = texts.iter().filter_map(|text| picture.fonts.missing(text.words));
    missing
        .map(|c| {
            Breach::new("title", format!("no glyph for `{}`", c.escape_debug()), "write it in other letters")
        })
        .collect()
}

fn capitals(picture: &Picture<'_>) -> Vec<Breach> {
    let is_shouted = |word: &str| {
        let letters = word.chars().filter(|c| c.is_alphabetic());
        letters.clone().count() > 5 && letters.clone().all(char::is_uppercase)
    };
    let words = [("title", &picture.words.title), ("subtitle", &picture.words.subtitle)];
    let shouted = words
        .into_iter()
        .filter_map(|(key, text)| Some((key, text.split_whitespace().find(|w| is_shouted(w))?)));
    shouted
        .map(|(key, word)| {
            Breach::new(key, format!("{} is in capitals", quoted(word)), "write it in small letters")
        })
        .collect()
}

fn stops(picture: &Picture<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    let note = picture.words.note.trim_end();
    if !note.is_empty() && !note.ends_with(['.', '!', '?', '”', ')']) {
        breaches.push(Breach::new("note", "the note ends without a stop", "end it with one"));
    }
    if picture.words.subtitle.trim_end().ends_with('.') {
        breaches.push(Breach::new("subtitle", "the subtitle ends with a stop", "leave the stop out"));
    }
    breaches
}
