//! A chunk's rows to values by date and series. Rows that are written plainly are read here in one look; every
//! other goes to `odd`, which reads it as the reader of whole files does.
//!
//! Nothing is decided of the columns here: that is the [`Layout`]. What the rows say of those decisions is
//! gathered, so that the caller can hold it against them.

use crate::time::moment::Moment;

use super::found::{Found, Unfit};
use super::layout::{Layout, Part, marked};
use super::odd::Odd;
use super::source::row_end;
use super::words::{Ending, Words, content, narrow};
use crate::data::build::tally::Key;
use crate::data::bytes::line_ends;
use crate::data::cells::cell;
use crate::data::cells::dates;
use crate::data::cells::numbers::{Decimal, Evidence};
use crate::data::model::observation::Value;

/// Odd rows that stand together are read together, up to so many: a reader of quotes costs time to set up.
const LONGEST_RUN: usize = 4096;

/// The rows of a chunk on their way.
struct Rows<'l, 's, 't, 'a> {
    layout: &'l Layout<'s, 't, 'a>,
    dates: Words,
    moments: Vec<Moment>,
    subjects: Words,
    groups: Words,
    readings: Vec<Value>,
    found: Found<'s>,
}

/// Reads a chunk.
pub(super) fn read<'s>(layout: &Layout<'s, '_, '_>, chunk: &[u8]) -> Found<'s> {
    let mut rows = Rows {
        layout,
        dates: Words::new(),
        moments: Vec::new(),
        subjects: Words::new(),
        groups: Words::new(),
        readings: vec![Value::Missing; layout.values.len()],
        found: Found::new(layout, 0),
    };
    match std::str::from_utf8(chunk) {
        Ok(text) if memchr::memchr(0, chunk).is_none() => {
            // The line end that a chunk ends with is outside quotes.
            let simple = text.ends_with('\n') && memchr::memchr(b'\r', chunk).is_none();
            rows.found.line_ends = if simple { "LF" } else { line_ends::of(text) };
            rows.read(text);
        }
        _ => rows.found.unfit = Some(Unfit { line: 1, why: "bytes that are not UTF-8" }),
    }
    rows.found
}

impl Rows<'_, '_, '_, '_> {
    fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut at, mut odd_end, mut run) = (0, usize::MAX, 1);
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(length) = self.plain(rest) {
                at += length;
                self.found.lines = self.found.lines.saturating_add(1);
                continue;
            }
            run = if at == odd_end { (run * 2).min(LONGEST_RUN) } else { 1 };
            let mut end = at;
            for _ in 0..run {
                end += row_end(bytes.get(end..).unwrap_or_default(), self.layout.delimiter);
            }
            Odd { layout: self.layout, found: &mut self.found }.read(text.get(at..end).unwrap_or(""));
            (at, odd_end) = (end, end);
            if self.found.unfit.is_some() {
                break;
            }
        }
    }

    /// Reads a plain row, which is one line: its length. `None`, and nothing counted, for any other.
    #[inline]
    fn plain(&mut self, rest: &[u8]) -> Option<usize> {
        let (mut at, mut time, mut subject, mut group, mut mark) = (0, None, 0, None, 0);
        let layout = self.layout;
        for (part, ending) in &layout.parts {
            let here = rest.get(at..)?;
            at += match part {
                Part::Date => {
                    let (word, after) = self.dates.take(here, *ending)?;
                    let known = self.dates.meaning(word).and_then(|meaning| self.moments.get(meaning));
                    time = match known {
                        Some(moment) => Some(*moment),
                        None => Some(self.new_date(word)?),
                    };
                    after
                }
                Part::Subject => {
                    let (word, after) = self.subjects.take(here, *ending)?;
                    subject = word;
                    after
                }
                Part::Group => {
                    let (word, after) = self.groups.take(here, *ending)?;
                    group = Some(word);
                    after
                }
                Part::Value(index) => {
                    let evidence = self.found.evidence.get_mut(*index)?;
                    let decimal = layout.values.get(*index)?.decimal;
                    let (reading, after) = number(here, *ending, decimal, evidence)?;
                    *self.readings.get_mut(*index)? = reading;
                    after
                }
                Part::Constant(text) => {
                    let length = ending.cell(here)?;
                    let cell = content(here.get(..length)?)?;
                    if cell != text && !cell::is_missing(cell) {
                        return None;
                    }
                    ending.after(here, length)?
                }
                Part::Text => {
                    let length = ending.cell(here)?;
                    mark = marked(mark, content(here.get(..length)?)?);
                    ending.after(here, length)?
                }
                Part::Ignored => ending.after(here, ending.cell(here)?)?,
            };
        }
        self.count(time, subject, group, mark)?;
        Some(at)
    }

    /// Counts a plain row that has been read to its end; `None` where it lacks a name.
    #[inline]
    fn count(&mut self, time: Option<Moment>, subject: usize, group: Option<usize>, mark: u64) -> Option<()> {
        let found = &mut self.found;
        let subject = match self.subjects.meaning(subject) {
            Some(known) => known,
            None => {
                let text = content(self.subjects.raw(subject)).filter(|text| !text.is_empty())?;
                let index = found.subjects.index(text);
                self.subjects.define(subject, index);
                index
            }
        };
        let group = match group {
            None => 0,
            Some(group) => match self.groups.meaning(group) {
                Some(known) => known + 1,
                None => {
                    let text = content(self.groups.raw(group))?;
                    let index = found.groups.index(if text.is_empty() { "(empty)" } else { text });
                    self.groups.define(group, index);
                    index + 1
                }
            },
        };
        let key = Key { time, subject: narrow(subject), group: narrow(group), kind: 0 };
        let place = found.tally.place(key, found.lines.saturating_add(1));
        if mark != 0 && !found.tally.marks_as(place, mark) {
            found.told_apart(found.lines.saturating_add(1));
        }
        for (measure, reading) in self.readings.iter().enumerate() {
            found.tally.add(place, measure, *reading);
        }
        found.dated();
        Some(())
    }

    fn new_date(&mut self, word: usize) -> Option<Moment> {
        let text = content(self.dates.raw(word))?;
        self.found.dates.of(text);
        let moment = dates::parse(text, self.layout.style)?;
        self.dates.define(word, self.moments.len());
        self.moments.push(moment);
        Some(moment)
    }
}

/// Reads a plain number, or nothing, up to the end of its cell, and the place after that.
///
/// Up to 16 digits and a separator are a whole number below 2^53 and a power of ten below 10^22, both exact, so
/// that their quotient is the nearest number to what is written.
#[inline]
fn number(rest: &[u8], ending: Ending, decimal: Decimal, evidence: &mut Evidence) -> Option<(Value, usize)> {
    const TENS: [f64; 16] =
        [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];
    let mark = match decimal {
        Decimal::Point => b'.',
        Decimal::Comma => b',',
    };
    let quoted = rest.first() == Some(&b'"');
    let sign = usize::from(quoted);
    let negative = rest.get(sign) == Some(&b'-');
    let start = sign + usize::from(negative);
    let (mut at, mut digits, mut point) = (start, 0_u64, None);
    loop {
        let byte = *rest.get(at)?;
        let digit = byte.wrapping_sub(b'0');
        if digit < 10 {
            digits = digits.wrapping_mul(10).wrapping_add(u64::from(digit));
        } else if byte == mark && point.is_none() && at > start && (quoted || mark != ending.delimiter) {
            point = Some(at);
        } else {
            break;
        }
        at += 1;
    }
    let length = at - start;
    if quoted && rest.get(at) != Some(&b'"') {
        return None;
    }
    let after = ending.after(rest, at + usize::from(quoted))?;
    if length == 0 {
        return (!negative).then_some((Value::Missing, after));
    }
    let fraction = point.map_or(0, |point| at - point - 1);
    if length > 16 || (point.is_some() && fraction == 0) || digits > 1 << 53 {
        return None;
    }
    evidence.unmarked = true;
    if let Some(point) = point {
        let open =
            fraction == 3 && point - start <= 3 && !(point - start == 1 && rest.get(start) == Some(&b'0'));
        match decimal {
            Decimal::Point => {
                evidence.open_point |= open;
                evidence.point |= !open;
            }
            Decimal::Comma => {
                evidence.open_comma |= open;
                evidence.comma |= !open;
            }
        }
    } else if !negative {
        evidence.small |= length <= 3;
        evidence.large |= length > 3;
    }
    #[expect(clippy::cast_precision_loss, reason = "not above 2^53")]
    let size = digits as f64 / TENS.get(fraction)?;
    Some((Value::Number(if negative && size > 0.0 { -size } else { size }), after))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::data::cells::numbers;

    #[test]
    fn plain_numbers_are_read_as_all_numbers_are() {
        for cell in [
            "",
            "0",
            "7",
            "12.5",
            "-3.25",
            "21.320",
            "0.125",
            "123.456",
            "1234.567",
            "1,5",
            "1,234",
            "-",
            ".5",
            "5.",
            "9007199254740993",
            "1234567890123456",
            "12345678901234567",
            "0.1234567890123456",
            "1.2.3",
            "<1",
            "-0",
            "1e3",
            "12 ",
            "99999999.99999999",
        ] {
            for decimal in [Decimal::Point, Decimal::Comma] {
                for (text, last) in [(format!("{cell}\t"), false), (format!("\"{cell}\"\r\n"), true)] {
                    let mut evidence = Evidence::default();
                    let ending = Ending { delimiter: b'\t', last };
                    let read = number(text.as_bytes(), ending, decimal, &mut evidence);
                    if let Some((reading, after)) = read {
                        assert_eq!(after, text.len());
                        assert_eq!(Some(reading), numbers::parse(cell, decimal), "{cell}");
                        assert_eq!(evidence, Evidence::of(cell), "{cell}");
                    }
                    let plain = cell.bytes().all(|b| b.is_ascii_digit()) && cell.len() < 16;
                    assert!(!plain || read.is_some(), "{cell} is plain");
                }
            }
        }
    }

    #[test]
    fn what_is_no_plain_number_is_left_to_others() {
        let ending = Ending { delimiter: b',', last: false };
        for text in ["<1,", "1e3,", "-,", "5.,", "1.2.3,", "12345678901234567,", " 1,", "\"1,", "1\n", "1"] {
            assert_eq!(
                number(text.as_bytes(), ending, Decimal::Point, &mut Evidence::default()),
                None,
                "{text}"
            );
        }
    }
}
