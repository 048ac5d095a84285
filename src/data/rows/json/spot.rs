//! Where a record stands in a JSON file. Only a fault asks, so it is looked for then, and nobody counts along.

use serde_json::Value as Json;

use crate::data::model::spot::Spot;

/// The values of a file, and the lines they begin on where they are no list.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spots<'v> {
    pub(crate) values: &'v [Json],
    pub(crate) lines: &'v [u32],
}

impl Spots<'_> {
    /// Where a value is that lies somewhere in those of the file.
    pub(crate) fn of(self, wanted: &Json) -> Spot {
        let found = (1..).zip(self.values).find_map(|(top, value)| Some((top, within(value, wanted)?)));
        let Some((top, inner)) = found else { return Spot::default() };
        let line = self.lines.get(top - 1).copied().filter(|_| self.lines.len() > 1);
        let listed = self.lines.is_empty().then_some(top);
        Spot { record: inner.or(listed), line }
    }
}

/// Which element of the innermost list around it a value is; `Some(None)` where there is no list around it.
fn within(value: &Json, wanted: &Json) -> Option<Option<usize>> {
    if std::ptr::eq(value, wanted) {
        return Some(None);
    }
    match value {
        Json::Array(rows) => {
            let inner = |(at, row): (usize, &Json)| Some(Some(within(row, wanted)?.unwrap_or(at)));
            (1..).zip(rows).find_map(inner)
        }
        Json::Object(members) => members.values().find_map(|member| within(member, wanted)),
        _ => None,
    }
}

/// Counts the lines on which the values of a text begin.
pub(crate) struct Lines<'t> {
    text: &'t str,
    /// How far lines are counted.
    at: usize,
    line: u32,
    pub(crate) found: Vec<u32>,
}

impl<'t> Lines<'t> {
    /// Nothing counted yet of a text that ends with the values.
    pub(crate) fn new(text: &str, values: &'t str) -> Self {
        let before = text.get(..text.len() - values.len()).unwrap_or("");
        let line = 1 + narrow(memchr::memchr_iter(b'\n', before.as_bytes()).count());
        Lines { text: values, at: 0, line, found: Vec::new() }
    }

    /// Takes note of a value that ends here.
    pub(crate) fn pass(&mut self, end: usize) {
        let rest = self.text.get(self.at..end).unwrap_or("");
        let blank = rest.len() - rest.trim_start().len();
        self.count(self.at + blank);
        self.found.push(self.line);
        self.count(end);
    }

    fn count(&mut self, to: usize) {
        let span = self.text.get(self.at..to).unwrap_or("");
        self.line = self.line.saturating_add(narrow(memchr::memchr_iter(b'\n', span.as_bytes()).count()));
        self.at = to.max(self.at);
    }
}

/// A count of lines or columns as places have it.
pub(crate) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
