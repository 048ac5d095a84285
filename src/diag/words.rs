//! How names and texts of the user's stand in messages and hints.
//!
//! It must not know what the messages are about.

/// Text of the user's that is longer than this is cut in a message, in characters.
const QUOTE_LIMIT: usize = 40;

/// The user's text in double quotes, cut at 40 characters.
#[must_use]
pub fn quoted(text: &str) -> String {
    let mut cut: String = text.chars().take(QUOTE_LIMIT).collect();
    if cut.len() < text.len() {
        cut.push('…');
    }
    format!("\"{cut}\"")
}

/// Names in backticks with commas between them: `` `a`, `b`, `c` ``.
#[must_use]
pub fn listed<S: AsRef<str>>(names: impl IntoIterator<Item = S>) -> String {
    names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// The known name nearest to a mistyped one, where one is near enough to be meant.
#[must_use]
pub fn nearest<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_lowercase();
    known
        .into_iter()
        .map(|candidate| (strsim::damerau_levenshtein(&wanted, &candidate.to_lowercase()), candidate))
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 4)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// What cannot be seen shown as `\u{202e}`, so that a file can neither forge
/// a line of the report nor drive the terminal.
#[must_use]
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_hidden(c) { shown.extend(c.escape_unicode()) } else { shown.push(c) }
    }
    shown
}

fn is_hidden(c: char) -> bool {
    c.is_control() || is_invisible(c)
}

/// Whether a character has no width and no ink, or turns the direction of others, without being a control
/// character: two names that differ in such alone look alike.
#[must_use]
pub fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
        | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
        | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}')
}

/// A key as TOML has it: quoted where it must be.
#[must_use]
pub fn toml_key(name: &str) -> String {
    let bare = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    if !name.is_empty() && name.chars().all(bare) { name.to_owned() } else { toml_string(name) }
}

/// A text as TOML has it, in double quotes, with every character that [`visible`] would change escaped.
#[must_use]
pub fn toml_string(text: &str) -> String {
    let mut written = String::with_capacity(text.len() + 2);
    written.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            _ if is_hidden(c) => match u32::from(c) {
                short @ ..=0xFFFF => written.push_str(&format!("\\u{short:04X}")),
                long => written.push_str(&format!("\\U{long:08X}")),
            },
            _ => written.push(c),
        }
    }
    written.push('"');
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_quoted_where_toml_needs_it() {
        for (name, key) in [
            ("stars-2020_a", "stars-2020_a"),
            ("org00/project-00", "\"org00/project-00\""),
            ("", "\"\""),
            ("é", "\"é\""),
            ("a \"b\" \\ c\u{7}\u{202e}\u{e0041}", "\"a \\\"b\\\" \\\\ c\\u0007\\u202E\\U000E0041\""),
        ] {
            assert_eq!(toml_key(name), key);
        }
    }
}
