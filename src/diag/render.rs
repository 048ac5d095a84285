//! A diagnostic as text: message, place, the line of the file with carets, hints.
//!
//! It must not know what is said, nor where the text goes. The same
//! diagnostic gives the same bytes on every system: no colours, no width of a
//! terminal.

use std::fmt;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};

use super::words::visible;
use super::{Diagnostic, Place, Severity};

/// Wide enough that an excerpt, which is cut already, is never cut again.
const WIDTH: usize = 2000;

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text(self))
    }
}

fn text(diagnostic: &Diagnostic) -> String {
    let mut text = title(diagnostic);
    if let Some(place) = &diagnostic.place {
        let lines = excerpt(place, diagnostic.severity);
        // The arrow stands in the column of the bar below it.
        let indent =
            lines.as_deref().and_then(|lines| lines.find('|')).map_or(2, |bar| bar.saturating_sub(1));
        text += &format!("{:indent$}--> {place}\n{}", "", lines.unwrap_or_default());
    }
    for hint in &diagnostic.hints {
        text += &format!("hint: {}\n", visible(hint));
    }
    text
}

fn title(diagnostic: &Diagnostic) -> String {
    let severity = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut title = format!("{severity}[{}]", diagnostic.code);
    for (what, key) in [("figure", &diagnostic.figure), ("dataset", &diagnostic.dataset)] {
        if let Some(key) = key {
            title += &format!(": {what} `{}`", visible(key));
        }
    }
    title + &format!(": {}\n", visible(&diagnostic.message))
}

/// The line of the file with carets below the place.
fn excerpt(place: &Place, severity: Severity) -> Option<String> {
    let excerpt = place.excerpt.as_ref()?;
    let line = usize::try_from(place.line?).ok()?;
    let level = match severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let from = excerpt.before.len();
    let source = format!("{}{}{}", excerpt.before, excerpt.marked, excerpt.after);
    let mark = AnnotationKind::Primary.span(from..from + excerpt.marked.len());
    let snippet = Snippet::source(source).line_start(line).annotation(mark);
    let group = Group::with_level(level).element(snippet);
    Some(Renderer::plain().term_width(WIDTH).render(&[group]) + "\n")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::diag::{self, Place};

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_stands_in_a_line_can_be_shown(
            text in "(\\PC|[\t\r\n\u{0}\u{1b}\u{301}\u{200d}\u{202e}\u{ad}👩語é]){0,300}",
            from in 0_usize..400,
            length in 0_usize..400,
            line in 1_u32..2_000_000,
        ) {
            let place = Place::at("f", line, 1).showing(&text, from..from + length);
            let shown = diag::error("x", "m").at(place).to_string();
            prop_assert_eq!(shown.lines().count(), 5);
            prop_assert!(shown.lines().all(|line| line.chars().count() < 1200), "{}", shown);
            prop_assert!(!shown.contains(['\t', '\r', '\u{1b}', '\u{202e}', '\u{0}']), "{}", shown);
        }
    }

    #[test]
    fn a_diagnostic_shows_code_context_line_carets_and_hints() {
        let text = "[figures.stars]\ntitel = \"x\"\n";
        let place = Place::at("popchart.toml", 2, 1).showing(text, 16..21);
        let fault = diag::error("unknown-key", "unknown key `titel`").of_figure("stars").at(place);
        let shown = "\
error[unknown-key]: figure `stars`: unknown key `titel`
 --> popchart.toml:2:1
  |
2 | titel = \"x\"
  | ^^^^^
hint: did you mean `title`?
";
        assert_eq!(fault.hint("did you mean `title`?").to_string(), shown);
    }

    #[test]
    fn a_diagnostic_without_a_line_shows_its_place_alone() {
        let fault =
            diag::warning("no-figures", "the manifest has no figures").at(Place::file("popchart.toml"));
        assert_eq!(
            fault.to_string(),
            "warning[no-figures]: the manifest has no figures\n  --> popchart.toml\n"
        );
        assert_eq!(diag::error("x", "a\nb").to_string(), "error[x]: a\\u{a}b\n");
    }

    #[test]
    fn a_place_in_a_long_line_is_shown_with_its_surroundings() {
        let text = format!("{}x{}\n", "a,".repeat(500_000), ",b".repeat(500_000));
        let place = Place::at("a.csv", 1, 1_000_001).showing(&text, 1_000_000..1_000_001);
        let fault = diag::error("not-a-number", "expected a number, found \"x\"").at(place);
        let line = format!("…{}x{},…", "a,".repeat(15), ",b".repeat(34));
        let caret = format!("{}^", " ".repeat(31));
        let shown = format!(
            "error[not-a-number]: expected a number, found \"x\"\n --> a.csv:1:1000001\n  |\n1 | {line}\n  | {caret}\n"
        );
        assert_eq!(fault.to_string(), shown);
    }

    #[test]
    fn carets_stand_below_wide_characters_and_tabs() {
        let text = "日本\t1\u{202e}\tx\n";
        let place = Place::at("a.tsv", 1, 6).showing(text, 12..13);
        let fault = diag::error("not-a-number", "m").at(place).to_string();
        let shown = "error[not-a-number]: m\n --> a.tsv:1:6\n  |\n1 | 日本    1\\u{202e}    x\n";
        assert_eq!(fault, format!("{shown}  | {}^\n", " ".repeat(21)));
    }

    #[test]
    fn an_empty_line_and_the_end_of_a_line_have_a_caret() {
        let end = Place::at("a.csv", 9, 2).showing("a\n", 1..1);
        let shown = "error[x]: m\n --> a.csv:9:2\n  |\n9 | a\n  |  ^\n";
        assert_eq!(diag::error("x", "m").at(end).to_string(), shown);
        let empty = Place::at("a.csv", 10, 1).showing("", 0..0);
        let shown = "error[x]: m\n  --> a.csv:10:1\n   |\n10 |\n   | ^\n";
        assert_eq!(diag::error("x", "m").at(empty).to_string(), shown);
    }
}
