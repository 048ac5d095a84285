//! A chunk's rows to values by date and series. Rows that are written plainly are read here in one look; every
//! other goes to `odd`, which reads it as the reader of whole files does.
//!
//! Nothing is decided of the columns here: that is the [`Layout`]. What the rows say of those decisions is
//! gathered, so that the caller can hold it against them.

use super::found::{Found, Unfit};
use super::gathered::{Gathered, place};
use super::layout::{Layout, Named, Part, marked};
use super::odd::Odd;
use super::source::row_end;
use super::words::{Ending, OPEN, Pairs, Words, content, narrow};
use crate::data::build::tally::Series;
use crate::data::bytes::line_ends;
use crate::data::cells::cell;
use crate::data::cells::dates;
use crate::data::cells::digits::{self, Digits};
use crate::data::cells::numbers::{self, Decimal, Evidence};
use crate::data::model::observation::Value;
use crate::data::read::named::kind_of;

/// Odd rows that stand together are read together, up to so many: a reader of quotes costs time to set up.
const LONGEST_RUN: usize = 4096;

/// So many plain rows are put into the tally together: what they need of memory is then fetched side by side.
const BATCH: usize = 256;

/// Of more columns than a few, so many cells.
const BATCH_CELLS: usize = 8192;

/// A plain row that waits for its place in the tally.
struct Waiting {
    time: u32,
    series: u32,
    at: u64,
    mark: u64,
}

/// A cell of numbers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Reading {
    /// Digits, and whether they are less than nothing.
    Digits(Digits, bool),
    /// Anything else, and what its cell says of how numbers are written.
    Value(Value, Evidence),
}

/// The rows of one chunk after the other on their way.
pub(super) struct Rows<'l, 's, 't, 'a> {
    layout: &'l Layout<'s, 't, 'a>,
    dates: Words,
    /// The texts of each column of words, and those of the row at hand.
    words: Vec<Words>,
    row: Vec<u32>,
    /// What stands together in the columns that name the series, up to each of them but the first.
    pairs: Vec<Pairs>,
    /// The series of what stands together in all of them.
    series: Vec<u32>,
    waiting: Vec<Waiting>,
    /// How many may wait.
    batch: usize,
    /// The readings of as many rows as may wait, column by column.
    readings: Vec<Reading>,
    /// The kinds of digits that each column is known to have, a bit each.
    kinds: Vec<u64>,
    gathered: Gathered,
    chunk: usize,
    found: Found<'s>,
}

impl<'l, 's, 't, 'a> Rows<'l, 's, 't, 'a> {
    /// No rows yet.
    pub(super) fn new(layout: &'l Layout<'s, 't, 'a>) -> Self {
        let columns = layout.words.len();
        let batch = (BATCH_CELLS / layout.values.len().max(1)).clamp(1, BATCH);
        Rows {
            layout,
            dates: Words::default(),
            words: std::iter::repeat_with(Words::default).take(columns).collect(),
            row: vec![0; columns],
            pairs: std::iter::repeat_with(Pairs::default).take(columns).collect(),
            series: Vec::new(),
            kinds: vec![0; layout.values.len()],
            waiting: Vec::with_capacity(batch),
            batch,
            readings: vec![Reading::Value(Value::Missing, Evidence::default()); batch * layout.values.len()],
            gathered: Gathered::new(layout),
            chunk: 0,
            found: Found::empty(layout.file),
        }
    }

    /// Reads a chunk.
    pub(super) fn read(&mut self, index: usize, chunk: &[u8]) -> Found<'s> {
        self.chunk = index;
        match std::str::from_utf8(chunk) {
            Ok(text) if memchr::memchr(0, chunk).is_none() => {
                // The line end that a chunk ends with is outside quotes.
                let simple = text.ends_with('\n') && memchr::memchr(b'\r', chunk).is_none();
                self.found.line_ends = if simple { "LF" } else { line_ends::of(text) };
                self.read_text(text);
                self.put_waiting();
            }
            _ => self.found.unfit = Some(Unfit { line: 1, why: "bytes that are not UTF-8" }),
        }
        std::mem::replace(&mut self.found, Found::empty(self.layout.file))
    }

    /// What all chunks came to.
    pub(super) fn gathered(mut self) -> Gathered {
        let columns = self.words.iter().zip(&self.layout.words);
        for (words, column) in columns {
            let Some(only) = column.only.as_ref().and_then(|(place, _)| self.gathered.only.get_mut(*place))
            else {
                continue;
            };
            only.extend(words.all().filter_map(content).map(str::to_owned));
        }
        self.gathered
    }

    fn read_text(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let (mut at, mut odd_end, mut run) = (0, usize::MAX, 1);
        while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty()) {
            if let Some(length) = self.plain(rest) {
                at += length;
                self.found.lines = self.found.lines.saturating_add(1);
                continue;
            }
            self.put_waiting();
            run = if at == odd_end { (run * 2).min(LONGEST_RUN) } else { 1 };
            let mut end = at;
            for _ in 0..run {
                end += row_end(bytes.get(end..).unwrap_or_default(), self.layout.delimiter);
            }
            Odd {
                layout: self.layout,
                found: &mut self.found,
                gathered: &mut self.gathered,
                chunk: self.chunk,
            }
            .read(text.get(at..end).unwrap_or(""));
            (at, odd_end) = (end, end);
            if self.found.unfit.is_some() {
                break;
            }
        }
    }

    /// Reads a plain row, which is one line: its length. `None`, and nothing counted, for any other.
    #[inline]
    fn plain(&mut self, rest: &[u8]) -> Option<usize> {
        let (mut at, mut time, mut mark) = (0, OPEN, 0);
        let layout = self.layout;
        let first = self.waiting.len() * layout.values.len();
        for (part, ending) in &layout.parts {
            let here = rest.get(at..)?;
            at += match part {
                Part::Date => {
                    let (word, after) = self.dates.take(here, *ending)?;
                    time = match self.dates.meaning(word) {
                        Some(time) => time,
                        None => self.new_date(word)?,
                    };
                    after
                }
                Part::Word(column) => {
                    let (word, after) = self.words.get_mut(*column)?.take(here, *ending)?;
                    *self.row.get_mut(*column)? = narrow(word);
                    after
                }
                Part::Value(column) => {
                    let decimal = layout.values.get(*column)?.decimal;
                    let (reading, after) = number(here, *ending, decimal)?;
                    *self.readings.get_mut(first + *column)? = reading;
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
                Part::Ignored => {
                    let length = ending.short(here).or_else(|| ending.cell(here))?;
                    ending.after(here, length)?
                }
            };
        }
        self.count(time, mark)?;
        Some(at)
    }

    /// Counts a plain row that has been read to its end; `None` where it lacks a name.
    #[inline]
    fn count(&mut self, time: u32, mut mark: u64) -> Option<()> {
        let mut names = 0;
        let layout = self.layout;
        for (place, column) in layout.words.iter().enumerate() {
            let word = *self.row.get(place)?;
            if column.only.is_some() && !self.keeps(place, word)? {
                self.found.left_out();
                return Some(());
            }
            if column.marks() {
                mark = marked(mark, content(self.words.get(place)?.raw(word as usize))?);
            } else if column.named != Named::Nothing {
                names = match place {
                    0 => word as usize,
                    _ => self.pairs.get_mut(place)?.index((narrow(names), word)),
                };
            }
        }
        let series = match self.series.get(names) {
            Some(&series) if series != OPEN => series,
            _ => self.new_series(names)?,
        };
        let at = place(self.chunk, self.found.lines.saturating_add(1));
        self.waiting.push(Waiting { time, series, at, mark });
        self.found.dated();
        if self.waiting.len() >= self.batch {
            self.put_waiting();
        }
        Some(())
    }

    /// Puts the rows that wait into the tally.
    fn put_waiting(&mut self) {
        let Gathered { tally, evidence, .. } = &mut self.gathered;
        let mut readings = self.readings.iter();
        for Waiting { time, series, at, mark } in self.waiting.drain(..) {
            tally.turn_to(time, series, at);
            if mark != 0 {
                tally.mark(mark, at);
            }
            let columns = self.layout.values.iter().zip(&mut *evidence).zip(&mut self.kinds);
            for (column, (((value, evidence), kinds), reading)) in columns.zip(readings.by_ref()).enumerate()
            {
                match reading {
                    Reading::Digits(digits, negative) => {
                        let kind = 1 << digits.kind(*negative);
                        if *kinds & kind == 0 {
                            *kinds |= kind;
                            evidence.join(Evidence::of_digits(*digits, *negative, value.decimal));
                        }
                        tally.add_digits(column, *digits, *negative, at);
                    }
                    Reading::Value(value, own) => {
                        evidence.join(*own);
                        tally.add(column, *value, at);
                    }
                }
            }
        }
    }

    /// Whether rows with a text in a column that decides it are kept.
    fn keeps(&mut self, place: usize, word: u32) -> Option<bool> {
        let words = self.words.get_mut(place)?;
        if let Some(known) = words.meaning(word as usize) {
            return Some(known > 0);
        }
        let (_, only) = self.layout.words.get(place)?.only.as_ref()?;
        let text = content(words.raw(word as usize))?;
        let kept = only.iter().any(|only| cell::trimmed(only) == text);
        words.define(word as usize, u32::from(kept));
        Some(kept)
    }

    /// The series of what the row at hand has in all columns that name it.
    #[cold]
    fn new_series(&mut self, names: usize) -> Option<u32> {
        let at = place(self.chunk, self.found.lines.saturating_add(1));
        let mut series = Series { subject: 0, group: 0, kind: 0 };
        let mut kinds = Vec::new();
        for ((column, words), word) in self.layout.words.iter().zip(&self.words).zip(&self.row) {
            let text = content(words.raw(*word as usize))?;
            match column.named {
                Named::Subject if text.is_empty() => return None,
                Named::Subject => series.subject = self.gathered.subjects.index(text, at),
                Named::Group => series.group = self.gathered.group(text, at) + 1,
                Named::Kind => kinds.push((column.column, text)),
                Named::Nothing => {}
            }
        }
        if !kinds.is_empty() {
            let text = |column| kinds.iter().find(|(own, _)| *own == column).map_or("", |(_, text)| *text);
            let kind = kind_of(self.layout.sheet, self.layout.roles, text);
            series.kind = self.gathered.kinds.index(&kind, at);
        }
        let known = self.gathered.tally.series(series);
        if self.series.len() <= names {
            self.series.resize(names + 1, OPEN);
        }
        if let Some(own) = self.series.get_mut(names) {
            *own = known;
        }
        Some(known)
    }

    #[cold]
    fn new_date(&mut self, word: usize) -> Option<u32> {
        let at = place(self.chunk, self.found.lines.saturating_add(1));
        let text = content(self.dates.raw(word))?;
        self.gathered.dates.of(text, at);
        let time = self.gathered.tally.time(Some(dates::parse(text, self.layout.style)?));
        self.dates.define(word, time);
        Some(time)
    }
}

/// Reads a number, or nothing, up to the end of its cell, and the place after that. What is no plain number is read
/// as any cell is.
#[inline]
fn number(rest: &[u8], ending: Ending, decimal: Decimal) -> Option<(Reading, usize)> {
    plain_number(rest, ending, decimal).or_else(|| {
        let length = ending.short(rest).or_else(|| ending.cell(rest))?;
        let text = content(rest.get(..length)?)?;
        let value = numbers::parse(text, decimal)?;
        Some((Reading::Value(value, Evidence::of(text)), ending.after(rest, length)?))
    })
}

#[inline]
fn plain_number(rest: &[u8], ending: Ending, decimal: Decimal) -> Option<(Reading, usize)> {
    let mark = match decimal {
        Decimal::Point => b'.',
        Decimal::Comma => b',',
    };
    let quoted = rest.first() == Some(&b'"');
    let mut at = usize::from(quoted);
    while rest.get(at) == Some(&b' ') {
        at += 1;
    }
    let negative = rest.get(at) == Some(&b'-');
    at += usize::from(negative);
    // Where commas separate the cells, a number without quotes has none.
    let mark = if mark == ending.delimiter() && !quoted { 0 } else { mark };
    let digits = digits::read(rest.get(at..)?, mark)?;
    at += digits.length();
    while rest.get(at) == Some(&b' ') {
        at += 1;
    }
    if quoted && rest.get(at) != Some(&b'"') {
        return None;
    }
    let after = ending.after(rest, at + usize::from(quoted))?;
    Some((Reading::Digits(digits, negative), after))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_numbers_are_read_as_all_numbers_are() {
        for cell in [
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
            "   12.25 ",
            "- 5",
            "99999999.99999999",
        ] {
            for decimal in [Decimal::Point, Decimal::Comma] {
                for (text, last) in [(format!("{cell}\t"), false), (format!("\"{cell}\"\r\n"), true)] {
                    let ending = Ending::new(b'\t', last);
                    let trimmed = cell.trim();
                    if let Some((reading, after)) = plain_number(text.as_bytes(), ending, decimal) {
                        let Reading::Digits(digits, negative) = reading else { panic!("{cell}") };
                        let evidence = Evidence::of_digits(digits, negative, decimal);
                        let size = digits.value().unwrap();
                        let number = if negative && size > 0.0 { -size } else { size };
                        assert_eq!(after, text.len());
                        assert_eq!(Some(Value::Number(number)), numbers::parse(trimmed, decimal), "{cell}");
                        assert_eq!(evidence, Evidence::of(trimmed), "{cell}");
                    }
                    let any = number(text.as_bytes(), ending, decimal);
                    assert_eq!(any.is_some(), numbers::parse(trimmed, decimal).is_some(), "{cell}");
                }
            }
        }
    }

    #[test]
    fn what_is_no_plain_number_is_left_to_others() {
        let ending = Ending::new(b',', false);
        for text in ["<1,", "1e3,", "-,", "5.,", "1.2.3,", "12345678901234567,", ",", "\"1,", "1\n", "1"] {
            assert_eq!(plain_number(text.as_bytes(), ending, Decimal::Point), None, "{text}");
        }
    }
}
