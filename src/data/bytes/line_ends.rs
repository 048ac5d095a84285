//! How the lines of a text end, and lines by their numbers. Ends within quotes belong to a cell and say nothing
//! of the file, but they end a line as an editor counts.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufRead};

use crate::diag::Report;

/// So much of a line is kept, in bytes: nobody reads more of it.
const KEPT: usize = 1 << 20;

/// `LF`, `CRLF`, `CR`, `mixed`, or `none` where no line ends.
pub(crate) fn of(text: &str) -> &'static str {
    let bytes = text.as_bytes();
    let (mut quoted, mut found) = (false, None);
    for at in memchr::memchr3_iter(b'\n', b'\r', b'"', bytes) {
        let before = at.checked_sub(1).and_then(|i| bytes.get(i));
        let end = match bytes.get(at) {
            Some(b'"') => {
                quoted = !quoted;
                continue;
            }
            _ if quoted => continue,
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => continue,
            Some(b'\r') => "CR",
            _ if before == Some(&b'\r') => "CRLF",
            _ => "LF",
        };
        if *found.get_or_insert(end) != end {
            return "mixed";
        }
    }
    found.unwrap_or("none")
}

/// Shows the lines of a file that diagnostics speak of.
pub(crate) fn show_lines(report: &mut Report, file: &str, text: impl BufRead) -> io::Result<()> {
    let lines = lines(text, &report.lines_to_show(file))?;
    report.show_lines(file, &lines);
    Ok(())
}

/// The lines of these numbers, from 1. Reads no further than the last of them.
fn lines(mut text: impl BufRead, wanted: &BTreeSet<u32>) -> io::Result<BTreeMap<u32, String>> {
    let mut found = BTreeMap::new();
    let Some(&last) = wanted.last() else { return Ok(found) };
    let (mut number, mut line, mut after_return) = (1_u32, Vec::new(), false);
    while number <= last {
        let buffer = text.fill_buf()?;
        let at_end = buffer.is_empty();
        if std::mem::take(&mut after_return) && buffer.first() == Some(&b'\n') {
            text.consume(1);
            continue;
        }
        let end = memchr::memchr2(b'\n', b'\r', buffer);
        let part = buffer.get(..end.unwrap_or(buffer.len())).unwrap_or_default();
        let keeps = wanted.contains(&number) && line.len() < KEPT;
        line.extend_from_slice(if keeps { part } else { &[] });
        after_return = end.is_some_and(|end| buffer.get(end) == Some(&b'\r'));
        let used = part.len() + usize::from(end.is_some());
        text.consume(used);
        if end.is_some() || at_end {
            if wanted.contains(&number) {
                found.insert(number, String::from_utf8_lossy(&line).into_owned());
            }
            line.clear();
            number += 1;
        }
        if at_end {
            break;
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_found_however_they_end() {
        let wanted = BTreeSet::from([1, 3, 4, 5, 9]);
        let text = "a\r\nb\n\rc\n";
        for capacity in [1, 2, 64] {
            let reader = io::BufReader::with_capacity(capacity, text.as_bytes());
            let found: Vec<(u32, String)> = lines(reader, &wanted).unwrap().into_iter().collect();
            let expected = [(1, "a"), (3, ""), (4, "c"), (5, "")].map(|(n, line)| (n, line.to_owned()));
            assert_eq!(found, expected);
        }
    }

    #[test]
    fn ends_are_told_apart_outside_quotes() {
        for (text, ends) in [
            ("a\nb\n", "LF"),
            ("a\r\nb", "CRLF"),
            ("a\rb\r", "CR"),
            ("a\r\nb\n", "mixed"),
            ("\"a\nb\"\rc\r", "CR"),
            ("a \"\"b\"\"\n", "LF"),
            ("a", "none"),
            ("", "none"),
        ] {
            assert_eq!(of(text), ends, "{text:?}");
        }
    }
}
