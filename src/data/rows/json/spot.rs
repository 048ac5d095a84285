//! Where the values of a JSON text stand: serde_json keeps no places, so the text is gone through once more for the
//! lines that values begin on, in the order in which the values were read. It must not know what they mean.

use serde_json::Value as Json;

use crate::data::model::spot::Spot;

/// The values of a file, and the lines they begin on.
#[derive(Debug)]
pub(crate) struct Spots<'v> {
    values: &'v [Json],
    /// Whether a list holds them, or several stand one behind the other.
    listed: bool,
    lines: Lines,
}

impl<'v> Spots<'v> {
    /// The places of the values that were read of a text.
    pub(crate) fn new(values: &'v [Json], listed: bool, lines: Lines) -> Self {
        Spots { values, listed: listed || values.len() > 1, lines }
    }

    /// All values of the file, those of lists one by one.
    pub(crate) fn values(&self) -> &'v [Json] {
        self.values
    }

    /// Where each of a list's rows is, without looking for any of them.
    pub(crate) fn of_rows(&self, rows: &[Json]) -> Vec<Spot> {
        let lines: Vec<Option<u32>> = rows.iter().map(|row| self.line(row)).collect();
        let line = |at: Option<usize>| at.and_then(|at| lines.get(at)).copied().flatten();
        let spot = |(at, own): (usize, &Option<u32>)| {
            let shared = [at.checked_sub(1), at.checked_add(1)].into_iter().any(|other| line(other) == *own);
            Spot { record: (own.is_none() || shared).then_some(at + 1), line: *own }
        };
        lines.iter().enumerate().map(spot).collect()
    }

    /// The line that a value of the file begins on; `None` where the file is a single line.
    pub(crate) fn line(&self, value: &Json) -> Option<u32> {
        self.lines.of(value)
    }

    /// Where a value is that lies somewhere in those of the file: which record of the innermost list, unless its
    /// line alone says so.
    pub(crate) fn of(&self, wanted: &Json) -> Spot {
        let line = self.line(wanted);
        let top = listed(self.values, wanted);
        let Some((list, at)) = top.and_then(|(at, inner)| inner.or(self.listed.then_some((self.values, at))))
        else {
            return Spot { record: None, line };
        };
        Spot { line, ..self.of_rows(list).get(at).copied().unwrap_or_default() }
    }
}

/// A list and which of its elements something is.
type Listed<'v> = (&'v [Json], usize);

/// Which element of a list a value lies in, and where in the innermost list within that.
fn listed<'v>(list: &'v [Json], wanted: &Json) -> Option<(usize, Option<Listed<'v>>)> {
    list.iter().enumerate().find_map(|(at, value)| Some((at, within(value, wanted)?)))
}

/// Where in the innermost list around it a value is; `Some(None)` where there is no list around it.
fn within<'v>(value: &'v Json, wanted: &Json) -> Option<Option<Listed<'v>>> {
    if std::ptr::eq(value, wanted) {
        return Some(None);
    }
    match value {
        Json::Array(rows) => listed(rows, wanted).map(|(at, inner)| inner.or(Some((rows, at)))),
        Json::Object(members) => members.values().find_map(|member| within(member, wanted)),
        _ => None,
    }
}

/// The lines of values, by where these lie in memory.
#[derive(Debug, Default)]
pub(crate) struct Lines {
    found: Vec<(usize, u32)>,
}

impl Lines {
    /// The lines of the values of a text that begins on a line. Before each value, and behind the last, so many lists
    /// began that are not kept themselves.
    pub(crate) fn new(text: &str, first: u32, values: &[Json], dropped: &[usize]) -> Self {
        if memchr::memchr(b'\n', text.trim_end().as_bytes()).is_none() && first == 1 {
            return Lines::default();
        }
        let mut starts = starts(text, first).into_iter();
        let mut found = Vec::with_capacity(starts.len());
        for (value, dropped) in values.iter().zip(dropped) {
            starts.by_ref().take(*dropped).for_each(drop);
            if place(value, &mut starts, &mut found).is_none() {
                return Lines::default();
            }
        }
        starts.by_ref().take(dropped.last().copied().unwrap_or(0)).for_each(drop);
        // Of a key that stands twice one value is kept: then nothing is known of those behind it.
        if starts.len() > 0 {
            return Lines::default();
        }
        found.sort_unstable();
        Lines { found }
    }

    fn of(&self, value: &Json) -> Option<u32> {
        let address = address(value);
        let at = self.found.binary_search_by_key(&address, |(known, _)| *known).ok()?;
        self.found.get(at).map(|(_, line)| *line)
    }
}

fn address(value: &Json) -> usize {
    std::ptr::from_ref(value) as usize
}

/// Places a value and those within it.
fn place(value: &Json, starts: &mut impl Iterator<Item = u32>, found: &mut Vec<(usize, u32)>) -> Option<()> {
    found.push((address(value), starts.next()?));
    match value {
        Json::Array(rows) => rows.iter().try_for_each(|row| place(row, starts, found)),
        Json::Object(members) => members.values().try_for_each(|member| place(member, starts, found)),
        _ => Some(()),
    }
}

/// The lines on which the values of a JSON text begin, in their order.
fn starts(text: &str, first: u32) -> Vec<u32> {
    let bytes = text.as_bytes();
    let (mut line, mut at, mut found) = (first, 0, Vec::new());
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        match byte {
            b'\n' => line = line.saturating_add(1),
            b'{' | b'[' => found.push(line),
            b'"' => {
                at = string_end(bytes, at);
                let next = bytes.get(at..).into_iter().flatten().find(|byte| !byte.is_ascii_whitespace());
                if next != Some(&b':') {
                    found.push(line);
                }
            }
            b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                found.push(line);
                let rest = bytes.get(at..).unwrap_or_default();
                let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b',' | b']' | b'}');
                at += rest.iter().position(ends).unwrap_or(rest.len());
            }
            _ => {}
        }
    }
    found
}

/// Where a text ends that begins here, behind its quote.
fn string_end(bytes: &[u8], from: usize) -> usize {
    let mut at = from;
    while let Some(found) = memchr::memchr2(b'"', b'\\', bytes.get(at..).unwrap_or_default()) {
        at += found + 1;
        match bytes.get(at - 1) {
            Some(b'\\') => at += 1,
            _ => return at,
        }
    }
    bytes.len()
}

/// A count of lines or columns as places have it.
pub(crate) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_has_the_line_it_begins_on() {
        let text = "[\n{\"a\": \"x\\\"y\",\n \"b\" :\n[1,\n-2e3, true]},\nnull]";
        assert_eq!(starts(text, 1), [1, 2, 2, 4, 4, 5, 5, 6]);
    }

    #[test]
    fn a_record_is_told_by_its_line_where_no_other_shares_it() {
        let text = "\n{\"rows\":[{\"a\":1},{\"a\":2},\n{\"a\":3}]}";
        let values = [serde_json::from_str::<Json>(text).unwrap()];
        let spots = Spots::new(&values, false, Lines::new(text, 1, &values, &[0, 0]));
        let of = |at: usize| spots.of(&values[0]["rows"][at]);
        assert_eq!((of(1).record, of(1).line), (Some(2), Some(2)));
        assert_eq!((of(2).record, of(2).line), (None, Some(3)));
        assert_eq!((spots.of(&values[0]).record, spots.of(&values[0]).line), (None, Some(2)));
    }

    #[test]
    fn a_key_that_stands_twice_leaves_the_lines_unknown() {
        let text = "{\"a\":1,\n\"a\":2}";
        let values = [serde_json::from_str::<Json>(text).unwrap()];
        let spots = Spots::new(&values, false, Lines::new(text, 1, &values, &[0, 0]));
        assert_eq!(spots.line(&values[0]), None);
    }
}
