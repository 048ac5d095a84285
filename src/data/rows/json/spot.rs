//! Where a record stands in a JSON file, and which keys stand twice in one object: the values themselves have forgotten
//! both. A second look at the text counts lists and objects as they begin; only a fault asks for the place of one.

use serde_json::Value as Json;

use crate::data::model::spot::Spot;

/// What a text says of itself that its values do not.
pub(crate) struct Scan {
    /// The lines on which lists and objects begin, in the order of the text.
    pub(crate) lines: Vec<u32>,
    /// A key that its object has before, as it is written: line, character and text.
    pub(crate) repeated: Option<(u32, u32, String)>,
}

/// Looks through a text of JSON that can be read; `before` is what stands before it.
pub(crate) fn scan(text: &str, before: &str) -> Scan {
    let first = 1 + narrow(memchr::memchr_iter(b'\n', before.as_bytes()).count());
    let (mut lines, mut line, mut repeated) = (Vec::new(), first, None::<(usize, &str)>);
    // Where the keys of each open list or object begin among those of all.
    let (mut open, mut keys): (Vec<usize>, Vec<(&str, usize)>) = (Vec::new(), Vec::new());
    let (mut string, mut at) = ((0, 0), 0);
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'\n' => line += 1,
            b'{' | b'[' => {
                lines.push(line);
                open.push(keys.len());
            }
            b'}' | b']' => {
                let left = open.pop().unwrap_or(0);
                let own = keys.get_mut(left..).unwrap_or_default();
                own.sort_unstable();
                let twice = own.iter().zip(own.iter().skip(1)).filter(|(one, other)| one.0 == other.0);
                let twice = twice.map(|(_, (key, at))| (*at, *key)).min();
                repeated = repeated.into_iter().chain(twice).min();
                keys.truncate(left);
            }
            b'"' => {
                string = (at, end_of_string(text, at));
                at = string.1;
            }
            b':' => keys.push((text.get(string.0 + 1..string.1).unwrap_or(""), string.0)),
            _ => {}
        }
        at += 1;
    }
    let repeated = repeated.map(|(at, key)| {
        let above = text.get(..at).unwrap_or("");
        let line = first + narrow(memchr::memchr_iter(b'\n', above.as_bytes()).count());
        let column = 1 + narrow(above.rsplit('\n').next().unwrap_or("").chars().count());
        (line, column, key.to_owned())
    });
    Scan { lines, repeated }
}

/// Where a string ends that begins here.
fn end_of_string(text: &str, start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'"' => break,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

/// How many lists and objects a value is made of, with itself.
pub(crate) fn count(value: &Json) -> usize {
    match value {
        Json::Array(rows) => 1 + rows.iter().map(count).sum::<usize>(),
        Json::Object(members) => 1 + members.values().map(count).sum::<usize>(),
        _ => 0,
    }
}

/// The values of a file, and where they stand.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spots<'v> {
    pub(crate) values: &'v [Json],
    /// Of each value, how many lists and objects begin before it.
    pub(crate) starts: &'v [usize],
    /// The lines on which lists and objects begin.
    pub(crate) lines: &'v [u32],
    /// Whether the file is a list, instead of values one behind the other.
    pub(crate) is_list: bool,
}

impl Spots<'_> {
    /// Where a value is that lies somewhere in those of the file.
    pub(crate) fn of(self, wanted: &Json) -> Spot {
        let found = (1..).zip(self.values).find_map(|(top, value)| Some((top, within(value, wanted)?)));
        let Some((top, inner)) = found else { return Spot::default() };
        Spot { record: inner.or(self.is_list.then_some(top)), line: self.line(top - 1, wanted) }
    }

    /// The lines on which records begin that follow each other; none where all begin on one.
    pub(crate) fn of_records(self, records: &[Json]) -> Vec<u32> {
        let Some(first) = records.first() else { return Vec::new() };
        let mut next = (0..self.values.len()).find_map(|top| self.index(top, first));
        let mut lines = Vec::with_capacity(records.len());
        // Values of the file itself may have been in further lists.
        let are_values = std::ptr::eq(self.values, records);
        for (i, record) in records.iter().enumerate() {
            let at = if are_values { self.starts.get(i).copied() } else { next };
            lines.push(at.and_then(|at| self.lines.get(at)).copied().unwrap_or(1));
            next = next.map(|next| next + count(record));
        }
        if lines.first() == lines.last() { Vec::new() } else { lines }
    }

    fn line(self, top: usize, wanted: &Json) -> Option<u32> {
        let line = self.lines.get(self.index(top, wanted)?).copied();
        line.filter(|_| self.lines.first() != self.lines.last())
    }

    /// How many lists and objects begin before one in a value of the file.
    fn index(self, top: usize, wanted: &Json) -> Option<usize> {
        let mut before = *self.starts.get(top)?;
        (count(wanted) > 0 && passed(self.values.get(top)?, wanted, &mut before)).then_some(before)
    }
}

/// Whether a value is in another; counts the lists and objects that begin before it.
fn passed(value: &Json, wanted: &Json, before: &mut usize) -> bool {
    if std::ptr::eq(value, wanted) {
        return true;
    }
    match value {
        Json::Array(rows) => {
            *before += 1;
            rows.iter().any(|row| passed(row, wanted, before))
        }
        Json::Object(members) => {
            *before += 1;
            members.values().any(|member| passed(member, wanted, before))
        }
        _ => false,
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

/// A count of lines or columns as places have it.
pub(crate) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_objects_are_counted_as_they_begin() {
        let text = "[\n{\"a\": [1, \"]\\\"{\"]},\n\n{}]";
        assert_eq!(scan(text, "").lines, [1, 2, 2, 4]);
        assert_eq!(scan(text, ")]}'\n").lines, [2, 3, 3, 5]);
        assert_eq!(count(&serde_json::from_str(text).unwrap()), 4);
    }

    #[test]
    fn a_key_is_repeated_within_its_own_object_alone() {
        let repeated =
            |text| scan(text, "").repeated.map(|(line, column, key)| format!("{line}:{column} {key}"));
        assert_eq!(repeated("{\"a\": 1, \"b\": {\"a\": 1}, \"c\": [{\"a\": 2}, {\"a\": \"a\"}]}"), None);
        assert_eq!(
            repeated("{\"a\": 1,\n \"é\": 2, \"a\": {\"b\": 1, \"b\": 2}}").as_deref(),
            Some("2:10 a")
        );
        assert_eq!(repeated("[{\"a\": {\"b\": 1, \"b\": 2}}]").as_deref(), Some("1:17 b"));
    }
}
