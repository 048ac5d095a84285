//! The codes of diagnostics, held against the sources: every code that is used is explained, and the other way round.

use std::collections::BTreeMap;

use popchart::diag::codes::CODES;

use crate::source::sources;

/// What takes a code first, and whether what it says is an error.
const SAYS: &[(&str, bool)] =
    &[("error", true), ("error_with_hint", true), ("unknown", true), ("warning", false), ("warn", false)];

/// The codes in a source, each with whether it is one of an error, and the calls whose code is not written there.
fn codes_in(text: &str) -> (Vec<(String, bool)>, Vec<String>) {
    let text = text.split("#[cfg(test)]").next().unwrap_or(text);
    let (mut found, mut open) = (Vec::new(), Vec::new());
    for (says, is_error) in SAYS {
        for (at, call) in text.match_indices(&format!("{says}(")) {
            let before = &text[..at];
            let other = before.ends_with(|c: char| c.is_alphanumeric() || c == '_');
            if other || before.ends_with("fn ") {
                continue;
            }
            let inside = text[at + call.len()..].trim_start();
            match inside.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                Some((code, rest)) if rest.starts_with(',') => found.push((code.to_owned(), *is_error)),
                _ if inside.starts_with("code,") => {}
                _ if before.ends_with("diag::") => open.push(inside.lines().next().unwrap_or("").to_owned()),
                _ => {}
            }
        }
    }
    (found, open)
}

fn used() -> BTreeMap<String, Vec<bool>> {
    let mut used: BTreeMap<String, Vec<bool>> = BTreeMap::new();
    for (path, text) in sources() {
        let (found, open) = codes_in(&text);
        assert_eq!(open, [""; 0], "{path}: a code that is not written where it is said");
        found.into_iter().for_each(|(code, is_error)| used.entry(code).or_default().push(is_error));
    }
    used
}

#[test]
fn every_code_is_a_word_of_one_severity() {
    for (code, severities) in used() {
        let words = code.split('-').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        assert!(words, "`{code}` is not in kebab case");
        assert!(
            severities.iter().all(|is_error| *is_error == severities[0]),
            "`{code}` is an error and a warning"
        );
    }
}

#[test]
fn every_code_that_is_used_is_explained_and_no_other() {
    let used: Vec<String> = used().into_keys().collect();
    let explained: Vec<&str> = CODES.iter().map(|(code, _)| *code).collect();
    assert_eq!(explained, used);
    for (code, meaning) in CODES {
        assert!(
            meaning.ends_with('.') && !meaning.contains('\n') && meaning.contains("; "),
            "`{code}`: {meaning}"
        );
    }
}

/// What stands in backticks in the texts of a source and looks like TOML, with something for what is filled in.
fn toml_in(text: &str) -> Vec<String> {
    let code =
        text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    let quoted = code.split('`').skip(1).step_by(2).filter(|part| !part.contains('\n'));
    let filled = [("\\\"", "\""), ("{what}", "figure"), ("{}", "x"), ("{key}", "x"), ("{value}", "x")];
    let fill = |text: String, (place, with): &(&str, &str)| text.replace(place, with);
    let shown = quoted.map(|part| filled.iter().fold(part.to_owned(), fill));
    shown.filter(|part| part.starts_with('[') || part.contains(" = ")).collect()
}

#[test]
fn what_hints_show_as_toml_is_toml() {
    let mut count = 0;
    for (path, text) in sources() {
        for shown in toml_in(&text) {
            count += 1;
            assert!(shown.parse::<toml::Table>().is_ok(), "{path}: {shown}");
        }
    }
    assert!(count > 10, "found {count}");
    assert_eq!(toml_in("hint(\"set `a = \\\"b\\\"` or `c`\");\n// `d = `"), ["a = \"b\""]);
}

#[test]
fn codes_are_found_where_they_are_said() {
    let text = "diag::error(\n    \"a-b\",\n m); self.warn(\"c\", 1); reader.unknown(\"d\", x); \
        my_error(\"no\", 1); diag::warning(code, m); diag::error(CODE, m)\n#[cfg(test)] error(\"t\", 1)";
    let (mut found, open) = codes_in(text);
    found.sort();
    assert_eq!(found, [("a-b".to_owned(), true), ("c".to_owned(), false), ("d".to_owned(), true)]);
    assert_eq!(open, ["CODE, m)"]);
}
