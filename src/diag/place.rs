//! Where in the user's files something was found, and what stands there.
//!
//! It must not know what is wrong with it, nor how a report is printed.

use std::fmt;
use std::ops::Range;

use serde::Serialize;

use super::words::visible;

/// How much of a line is shown, in characters.
const LINE_LIMIT: usize = 100;

/// How much of it is shown before the place, at least.
const LEAD: usize = 30;

/// Where in the user's files something was found.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file as the user named it.
    pub file: String,
    /// The sheet, where the file is a spreadsheet; line and column are then a row and a column of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// Line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Character in the line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// How many characters it is long, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    /// The name of the table column, where the file is a table.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What stands there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub excerpt: Option<Excerpt>,
}

/// A line of a file in three pieces, cut to what a message can show. Control characters are written as escapes.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Excerpt {
    /// What stands before the place.
    pub before: String,
    /// What stands in the place; empty between two characters.
    pub marked: String,
    /// What stands behind it on the same line.
    pub after: String,
}

impl Excerpt {
    /// The line around a span of a text, given in bytes. Looks no further than it shows, however long the line.
    fn around(text: &str, span: Range<usize>) -> Self {
        if let Some(plain) = Self::plain(text, &span) {
            return plain;
        }
        let before = text.get(..span.start).unwrap_or(text);
        let ends = |c: &char| !matches!(c, '\n' | '\r');
        let rest = text.get(span.start..).unwrap_or_default();
        let marked = rest.get(..span.end.saturating_sub(span.start)).unwrap_or(rest);
        let marked: String = marked.chars().take_while(ends).take(LINE_LIMIT + 1).collect();
        // Of a place that is cut nothing follows.
        let is_cut = marked.chars().count() > LINE_LIMIT - LEAD;
        let after = rest.get(marked.len()..).filter(|_| !is_cut).unwrap_or_default();
        let after: String = after.chars().take_while(ends).take(LINE_LIMIT + 1).collect();
        let mut before: Vec<char> = before.chars().rev().take_while(ends).take(LINE_LIMIT + 1).collect();
        before.reverse();
        let before: String = before.into_iter().collect();
        let lengths = [&before, &marked, &after].map(|piece| piece.chars().count());
        let [before_length, marked_length, after_length] = lengths;
        // The place comes first, then what leads to it, then what follows.
        let marked_length = marked_length.min(LINE_LIMIT - LEAD);
        let room = LINE_LIMIT - marked_length;
        let before_length = before_length.min(room.saturating_sub(after_length).max(LEAD));
        let after_length = after_length.min(room.saturating_sub(before_length));
        Excerpt {
            before: tail(&before, before_length),
            marked: head(&marked, marked_length),
            after: head(&after, after_length),
        }
    }

    /// The same of a line that has nothing to cut or to escape, as nearly all have: a manifest has a place for
    /// every key, whether or not anything is told of it.
    fn plain(text: &str, span: &Range<usize>) -> Option<Self> {
        let (before, rest) = (text.get(..span.start)?, text.get(span.start..)?);
        let ends = |byte: &u8| matches!(byte, b'\n' | b'\r');
        let near = before.as_bytes().iter().rev().take(LINE_LIMIT + 1).position(&ends);
        let from = near.map_or(0, |length| before.len() - length);
        let to = rest.as_bytes().iter().take(LINE_LIMIT + 1).position(ends).unwrap_or(rest.len());
        let (before, rest) = (before.get(from..)?, rest.get(..to)?);
        let is_plain = |text: &str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
        if before.len() + rest.len() > LINE_LIMIT - LEAD || !is_plain(before) || !is_plain(rest) {
            return None;
        }
        let (marked, after) = rest.split_at_checked(span.len().min(rest.len()))?;
        Some(Excerpt { before: before.to_owned(), marked: marked.to_owned(), after: after.to_owned() })
    }
}

/// The first characters of a text, with a mark where there are more.
fn head(text: &str, length: usize) -> String {
    let cut: String = text.chars().take(length).collect();
    let more = if cut.len() < text.len() { "…" } else { "" };
    shown(&cut) + more
}

/// The last characters of a text, with a mark where there are more.
fn tail(text: &str, length: usize) -> String {
    let skipped = text.chars().count().saturating_sub(length);
    let cut: String = text.chars().skip(skipped).collect();
    format!("{}{}", if skipped > 0 { "…" } else { "" }, shown(&cut))
}

/// As [`visible`], with tabs left as they are: they part the cells of a line.
fn shown(text: &str) -> String {
    text.split('\t').map(visible).collect::<Vec<_>>().join("\t")
}

impl Place {
    /// A whole file.
    pub fn file(file: impl Into<String>) -> Self {
        Place { file: file.into(), ..Place::default() }
    }

    /// A line and column of a file, both from 1.
    pub fn at(file: impl Into<String>, line: u32, column: u32) -> Self {
        Place { file: file.into(), line: Some(line), column: Some(column), ..Place::default() }
    }

    /// The same place, with what stands in a span of the file's text, in bytes.
    #[must_use]
    pub fn showing(mut self, text: &str, span: Range<usize>) -> Self {
        let excerpt = Excerpt::around(text, span.clone());
        let length = text.get(span).map_or(0, |marked| marked.chars().count());
        self.length = u32::try_from(length).ok().filter(|length| *length > 0);
        self.excerpt = Some(excerpt);
        self
    }

    /// The same line of a part of a file, which stands this much further down in the file.
    pub fn move_down(&mut self, lines: u32) {
        self.line = self.line.map(|line| line.saturating_add(lines));
    }

    /// Shows its line of the file, all of it where the column is not known.
    pub(super) fn show_line(&mut self, line: &str) {
        let (from, to) = match self.column {
            None => {
                let inside = line.trim();
                let from = line.len() - line.trim_start().len();
                (from, from + inside.len())
            }
            Some(column) => {
                let from = usize::try_from(column).unwrap_or(usize::MAX).saturating_sub(1);
                let from = line.char_indices().nth(from).map_or(line.len(), |(at, _)| at);
                let length = usize::try_from(self.length.unwrap_or(0)).unwrap_or(usize::MAX);
                let rest = line.get(from..).unwrap_or_default();
                (from, rest.char_indices().nth(length).map_or(line.len(), |(at, _)| from + at))
            }
        };
        self.excerpt = Some(Excerpt::around(line, from..to));
    }

    /// The same place, with the name of the table column it lies in.
    #[must_use]
    pub fn in_field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.file))?;
        if let Some(sheet) = &self.sheet {
            write!(f, ", sheet \"{}\"", visible(sheet))?;
        }
        match (&self.sheet, self.line, self.column) {
            (Some(_), Some(line), Some(column)) => write!(f, ", cell {}{line}", letters(column))?,
            (Some(_), Some(line), None) => write!(f, ", row {line}")?,
            _ => self.write_numbers(f)?,
        }
        match &self.field {
            Some(field) => write!(f, " (column `{}`)", visible(field)),
            None => Ok(()),
        }
    }
}

/// A column as spreadsheets call it: 1 is A, 27 is AA.
fn letters(mut column: u32) -> String {
    let mut letters = String::new();
    while column > 0 {
        let letter = u8::try_from((column - 1) % 26).unwrap_or_default();
        letters.insert(0, char::from(b'A' + letter));
        column = (column - 1) / 26;
    }
    letters
}

impl Place {
    fn write_numbers(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for number in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{number}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str, span: Range<usize>) -> (String, String, String) {
        let Excerpt { before, marked, after } = Excerpt::around(text, span);
        (before, marked, after)
    }

    #[test]
    fn a_place_in_a_sheet_is_called_as_spreadsheets_call_it() {
        let place =
            |column| Place { sheet: Some("Data".into()), ..Place::at("f.xlsx", 7, column) }.to_string();
        assert_eq!(place(3), "f.xlsx, sheet \"Data\", cell C7");
        assert_eq!([26, 27, 702, 703].map(letters), ["Z", "AA", "ZZ", "AAA"]);
        let row = Place { column: None, sheet: Some("Data".into()), ..Place::at("f.xlsx", 7, 1) };
        assert_eq!(row.to_string(), "f.xlsx, sheet \"Data\", row 7");
    }

    #[test]
    fn an_excerpt_is_the_line_around_the_place() {
        let strings = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(pieces("a\nb = 1 # c\r\nd", 6..7), strings("b = ", "1", " # c"));
        let (_, marked, after) = pieces(&format!("{}b", "a".repeat(500)), 0..500);
        assert_eq!((marked, after.as_str()), (format!("{}…", "a".repeat(LINE_LIMIT - LEAD)), ""));
        assert_eq!(pieces("a\rb", 2..3), strings("", "b", ""));
        assert_eq!(pieces("ab", 2..2), strings("ab", "", ""));
        assert_eq!(pieces("[\n1,\n2]", 0..8), strings("", "[", ""));
        assert_eq!(pieces("\u{202e}\ta\u{7}b", 5..6), strings("\\u{202e}\ta", "\\u{7}", "b"));
    }
}
