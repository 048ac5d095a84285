//! Which character separates the cells. Neither the extension nor the first line says it: the delimiter is
//! the one under which most rows begin with a date, or hold numbers, and are equally wide.

use crate::data::cells::{dates, numbers};
use crate::data::rows::table::Table;

/// In order of frequency, which decides ties.
const CANDIDATES: [u8; 4] = [b',', b';', b'\t', b'|'];
/// So many rows are tried.
const SAMPLE: usize = 200;

/// The delimiter of a text; `None` where it holds none of the known ones.
pub(crate) fn delimiter(text: &str) -> Option<u8> {
    if let Some(declared) = declared(text) {
        return Some(declared);
    }
    let bytes = text.as_bytes();
    let mut present = CANDIDATES.into_iter().filter(|&c| memchr::memchr(c, bytes).is_some());
    let first = present.next()?;
    let rest: Vec<u8> = present.collect();
    if rest.is_empty() {
        return Some(first);
    }
    let mut best = (score(text, first), first);
    for candidate in rest {
        let score = score(text, candidate);
        if score > best.0 {
            best = (score, candidate);
        }
    }
    Some(best.1)
}

/// Excel's first line `sep=;`.
pub(crate) fn declared(text: &str) -> Option<u8> {
    let line = text.lines().next()?.trim_matches('"');
    match line.get(..4).zip(line.as_bytes().get(4..)) {
        Some((key, [delimiter])) if key.eq_ignore_ascii_case("sep=") => {
            CANDIDATES.contains(delimiter).then_some(*delimiter)
        }
        _ => None,
    }
}

fn score(text: &str, delimiter: u8) -> usize {
    let Ok(table) = Table::read("", text, delimiter, SAMPLE) else { return 0 };
    let rows = || (0..table.len()).filter(|&row| table.width(row) >= 2);
    let mut widths: Vec<usize> = rows().map(|row| table.width(row)).collect();
    widths.sort_unstable();
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
    let of_row = |row| {
        let dated = table.cells(row).take(3).any(dates::is_date);
        let counted = table.cells(row).any(numbers::is_number);
        4 * usize::from(dated) + usize::from(counted) + usize::from(table.width(row) == usual)
    };
    rows().map(of_row).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_delimiter_is_the_one_that_makes_sense_of_the_rows() {
        for (text, expected) in [
            ("Week,a,b\n2020-01-05,1,2\n", Some(b',')),
            ("Woche;a;b\n2020-01-05;12,5;3,5\n2020-01-12;1,5;4,5\n", Some(b';')),
            ("date\tname\tstars\n2020-01-05\tx\t1,234\n2020-01-06\tx\t1,236\n", Some(b'\t')),
            ("item|value\nx|5\ny|6\n", Some(b'|')),
            ("name,note\n\"a;b;c\",5\n\"d;e;f\",6\n", Some(b',')),
            ("portal;Alpha;Beta\nA;1,5;2,5\nB;2,5;3,5\n", Some(b';')),
            ("date\n2020-01-05\n", None),
            ("sep=;\na,x;b\n1,2;2\n", Some(b';')),
        ] {
            assert_eq!(delimiter(text), expected, "{text}");
        }
    }
}
