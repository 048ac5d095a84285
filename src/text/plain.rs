//! Text of other people's files as a figure can draw it: what has no glyph,
//! steers the text's direction or breaks XML is shown as `\u{202e}`.

use super::Fonts;
use crate::diag::visible;

/// Names are cut at this many characters.
const LIMIT: usize = 80;

/// Makes text drawable, and remembers whether it had to change letters.
#[derive(Debug)]
pub struct Plain<'f> {
    /// `None` for who reads words instead of seeing them, to whom every script is drawable.
    fonts: Option<&'f Fonts>,
    /// The first text with a character that could not be drawn.
    pub escaped: Option<String>,
}

/// The text that was made drawable, as far as its letters can be read though they cannot be drawn: what hides itself, or
/// turns others around, stays an escape.
#[must_use]
pub fn read(drawn: &str) -> String {
    let mut parts = drawn.split("\\u{");
    let mut text = parts.next().unwrap_or("").to_owned();
    for part in parts {
        let letter = part.split_once('}').and_then(|(digits, rest)| {
            let letter = char::from_u32(u32::from_str_radix(digits, 16).ok()?)?;
            let is_none = matches!(letter, '\u{fdd0}'..='\u{fdef}' | '\u{fffe}' | '\u{ffff}');
            (!is_none && visible(&letter.to_string()).chars().eq([letter])).then_some((letter, rest))
        });
        match letter {
            Some((letter, rest)) => {
                text.push(letter);
                text.push_str(rest);
            }
            None => {
                text.push_str("\\u{");
                text.push_str(part);
            }
        }
    }
    text
}

impl<'f> Plain<'f> {
    /// Text drawable with these fonts, or readable where there are none.
    #[must_use]
    pub fn new(fonts: Option<&'f Fonts>) -> Plain<'f> {
        Plain { fonts, escaped: None }
    }

    fn lacks(&self, text: &str) -> bool {
        self.fonts.is_some_and(|fonts| fonts.missing(text).is_some())
    }

    /// A name, cut where it is longer than any name in a figure should be.
    pub fn name(&mut self, name: &str) -> String {
        let short: String = name.trim().chars().take(LIMIT + 1).collect();
        let text = self.text(&short);
        let mut cut: String = text.chars().take(LIMIT).collect();
        if cut.len() < text.len() {
            cut.push('…');
        }
        if cut.is_empty() { "(no name)".into() } else { cut }
    }

    /// A text of any length.
    pub fn text(&mut self, text: &str) -> String {
        // A line break is a blank: nothing else is lost by it.
        let text = text.trim().replace(['\n', '\r', '\t'], " ");
        let mut plain = String::with_capacity(text.len());
        for c in text.chars() {
            let single = c.to_string();
            if visible(&single) != single || self.lacks(&single) {
                plain.extend(c.escape_unicode());
            } else {
                plain.push(c);
            }
        }
        if self.lacks(&plain) {
            // Drawable one by one, but not together: letters that only some scripts combine.
            plain = text
                .chars()
                .map(|c| {
                    if c.is_ascii_graphic() || c == ' ' {
                        c.to_string()
                    } else {
                        c.escape_unicode().to_string()
                    }
                })
                .collect();
        }
        if plain != text {
            self.escaped.get_or_insert(text);
        }
        plain
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_are_read_back_and_what_hides_itself_is_not() {
        let fonts = Fonts::bundled().unwrap();
        for (text, drawn, again) in [
            ("日本 a", "\\u{65e5}\\u{672c} a", "日本 a"),
            ("Москва", "Москва", "Москва"),
            ("\u{202e}a\u{1}\u{fffe}", "\\u{202e}a\\u{1}\\u{fffe}", "\\u{202e}a\\u{1}\\u{fffe}"),
            ("two\nlines", "two lines", "two lines"),
        ] {
            assert_eq!(Plain::new(Some(&fonts)).text(text), drawn);
            assert_eq!(read(drawn), again);
        }
        assert_eq!(read("\\u{65e5"), "\\u{65e5");
        assert_eq!(Plain::new(None).text("日本\u{1}"), "日本\\u{1}");
    }
}
