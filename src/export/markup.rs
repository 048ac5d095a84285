//! Words as XML and HTML hold them. It must not know whose words they are.

use crate::diag::is_invisible;

/// Words for XML 1.0, in an element or in an attribute in double quotes. What
/// XML forbids and what would turn the direction of the text around becomes
/// U+FFFD, and what else cannot be seen is shown as `\u{200b}`, so that no word can disguise another.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\t' | '\n' | '\r' => safe.push(' '),
            '\u{0}'..='\u{1f}'
            | '\u{7f}'..='\u{9f}'
            | '\u{61c}'
            | '\u{200e}'
            | '\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2066}'..='\u{2069}'
            | '\u{fdd0}'..='\u{fdef}'
            | '\u{fffe}'
            | '\u{ffff}' => safe.push('\u{fffd}'),
            c if is_invisible(c) => safe.extend(c.escape_unicode()),
            _ => safe.push(c),
        }
    }
    safe
}
