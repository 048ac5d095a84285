//! The text of the manifest, and where in it things stand.
//!
//! Specs keep spans of bytes and a handle of the text, so that a place is only
//! worked out where somebody has to be told of it. It must not know TOML.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::diag::Place;

/// Marks within a line stand so far apart, in bytes: whoever asks for a place counts no further.
const APART: usize = 512;

/// A span of the text, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// Its first byte.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
}

impl From<Range<usize>> for Span {
    fn from(range: Range<usize>) -> Self {
        Span { start: range.start, end: range.end }
    }
}

/// The manifest's text.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    file: String,
    text: String,
    marks: Vec<Mark>,
}

/// A byte whose line and column are known: the start of a line, or a place within a long one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Mark {
    offset: usize,
    line: u32,
    column: u32,
}

impl Source {
    /// A text by the name that messages give its file.
    #[must_use]
    pub fn new(file: &str, text: &str) -> Self {
        let mut mark = Mark { offset: 0, line: 1, column: 1 };
        let mut marks = vec![mark];
        let mut column = 1_u32;
        for (offset, c) in text.char_indices() {
            if offset - mark.offset >= APART {
                mark = Mark { offset, column, ..mark };
                marks.push(mark);
            }
            column = column.saturating_add(1);
            if c == '\n' {
                column = 1;
                mark = Mark { offset: offset + 1, line: mark.line.saturating_add(1), column };
                marks.push(mark);
            }
        }
        Source { file: file.to_owned(), text: text.to_owned(), marks }
    }

    /// What stands in a span; nothing past the end.
    #[must_use]
    pub fn get(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    fn mark(&self, offset: usize) -> Mark {
        let after = self.marks.partition_point(|mark| mark.offset <= offset);
        let found = self.marks.get(after.saturating_sub(1)).copied();
        found.unwrap_or(Mark { offset: 0, line: 1, column: 1 })
    }

    /// The line of a byte, from 1.
    #[must_use]
    pub fn line(&self, offset: usize) -> u32 {
        self.mark(offset).line
    }

    /// A span as the user is told of it.
    #[must_use]
    pub fn place(&self, span: Span) -> Place {
        let mark = self.mark(span.start);
        let between = self.text.get(mark.offset..span.start).map_or(0, |between| between.chars().count());
        let column = mark.column.saturating_add(u32::try_from(between).unwrap_or(u32::MAX));
        Place::at(&self.file, mark.line, column).showing(&self.text, span.start..span.end)
    }
}

/// Where the characters of a string stand in the manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Anchor {
    source: Arc<Source>,
    /// The string without its quotes; with them where it is not exact.
    span: Span,
    /// Whether every character of the string is one character of the file: false with escapes.
    exact: bool,
}

impl Anchor {
    /// Of a string in a span of the text, which is without its quotes where `exact` says that every character
    /// of the string is one character of the span.
    #[must_use]
    pub fn new(source: Arc<Source>, span: Span, exact: bool) -> Self {
        Anchor { source, span, exact }
    }

    /// Where the whole string stands.
    #[must_use]
    pub fn place(&self) -> Place {
        self.source.place(self.span)
    }

    /// Where a part of the string stands, given in bytes.
    #[must_use]
    pub fn at(&self, part: Range<usize>) -> Place {
        let start = self.span.start;
        let part = Span { start: start + part.start, end: start + part.end };
        self.source.place(if self.exact { part } else { self.span })
    }

    /// The same of what is left of the string from a byte on.
    #[must_use]
    pub fn rest(&self, from: usize) -> Anchor {
        let moved = Span { start: self.span.start + from, ..self.span };
        Anchor { span: if self.exact { moved } else { self.span }, ..self.clone() }
    }
}

/// Where the values of a table stand, by their keys.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Places {
    source: Arc<Source>,
    table: Span,
    spans: BTreeMap<String, Vec<Span>>,
}

impl Places {
    /// Of a table of which nothing but its own place is known yet.
    #[must_use]
    pub fn new(source: Arc<Source>, table: Span) -> Self {
        Places { source, table, spans: BTreeMap::new() }
    }

    /// Takes note of a value and, where it is a list, of its elements.
    pub fn insert(&mut self, key: &str, value: Span, elements: impl IntoIterator<Item = Span>) {
        let spans = std::iter::once(value).chain(elements).collect();
        self.spans.insert(key.to_owned(), spans);
    }

    /// Takes note that the elements of a list are kept in another order than the file has them.
    pub fn arrange(&mut self, key: &str, elements: Vec<Span>) {
        if let Some(spans) = self.spans.get_mut(key) {
            spans.truncate(1);
            spans.extend(elements);
        }
    }

    /// Takes the keys of another table that this one has not got.
    pub fn complete(&mut self, other: &Places) {
        for (key, spans) in &other.spans {
            self.spans.entry(key.clone()).or_insert_with(|| spans.clone());
        }
    }

    /// Whether the table has a key.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.spans.contains_key(key)
    }

    /// Where the value of a key stands, or else the table.
    #[must_use]
    pub fn of(&self, key: &str) -> Place {
        self.span(key, 0)
    }

    /// Where an element of a key's list stands, or else the list, or else the table.
    #[must_use]
    pub fn of_element(&self, key: &str, index: usize) -> Place {
        self.span(key, index.saturating_add(1))
    }

    fn span(&self, key: &str, index: usize) -> Place {
        let spans = self.spans.get(key);
        let span = spans.and_then(|spans| spans.get(index).or_else(|| spans.first()));
        self.source.place(*span.unwrap_or(&self.table))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_in_long_lines_count_characters() {
        let text = format!("é\n{}x\ny", "é".repeat(5000));
        let source = Source::new("f", &text);
        let place = |start, end| source.place(Span { start, end }).to_string();
        assert_eq!(place(0, 2), "f:1:1");
        assert_eq!(place(3, 5), "f:2:1");
        assert_eq!(place(10003, 10004), "f:2:5001");
        assert_eq!((place(10005, 10006), source.line(10005)), ("f:3:1".into(), 3));
    }
}
