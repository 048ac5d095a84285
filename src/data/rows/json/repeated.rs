//! Keys that stand twice in one object of a JSON text: its values have forgotten one of them. It must not know what any
//! key means.

use crate::data::rows::json::spot::narrow;

/// The first key that its object has before, as it is written.
pub(crate) struct Key {
    /// The line it stands on, from 1.
    pub(crate) line: u32,
    /// The character it begins with, from 1.
    pub(crate) column: u32,
    pub(crate) key: String,
}

/// Looks through a text of JSON that can be read.
pub(crate) fn key(text: &str) -> Option<Key> {
    // Where the keys of each open list or object begin among those of all.
    let (mut open, mut keys): (Vec<usize>, Vec<(&str, usize)>) = (Vec::new(), Vec::new());
    let (mut string, mut at) = ((0, 0), 0);
    let mut repeated = None::<(usize, &str)>;
    while let Some(&byte) = text.as_bytes().get(at) {
        match byte {
            b'{' | b'[' => open.push(keys.len()),
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
    let (at, key) = repeated?;
    let above = text.get(..at).unwrap_or("");
    let line = 1 + narrow(memchr::memchr_iter(b'\n', above.as_bytes()).count());
    let column = 1 + narrow(above.rsplit('\n').next().unwrap_or("").chars().count());
    Some(Key { line, column, key: key.to_owned() })
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
