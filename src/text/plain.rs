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
