//! The different texts of a column, recognised without being read: rows go round the same names and repeat
//! their date, so the text that came after the last one before is tried first.

use hashbrown::HashTable;

use crate::data::build::tally::mixed;
use crate::data::cells::cell;

/// What nobody has asked about yet means.
pub(super) const OPEN: u32 = u32::MAX;

/// Where a cell may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// What ends it: the delimiter, or LF.
    end: u8,
    delimiter: u8,
}

impl Ending {
    /// Where a cell of the last column ends, or of another.
    pub(super) fn new(delimiter: u8, last: bool) -> Self {
        Ending { end: if last { b'\n' } else { delimiter }, delimiter }
    }

    /// What separates the cells.
    pub(super) fn delimiter(self) -> u8 {
        self.delimiter
    }

    /// The place after the delimiter or line end that stands at `at`.
    #[inline]
    pub(super) fn after(self, rest: &[u8], at: usize) -> Option<usize> {
        match *rest.get(at)? {
            byte if byte == self.end => Some(at + 1),
            b'\r' if self.end == b'\n' && rest.get(at + 1) == Some(&b'\n') => Some(at + 2),
            _ => None,
        }
    }

    /// The same of a cell of a few bytes.
    #[inline]
    pub(super) fn short(self, rest: &[u8]) -> Option<usize> {
        let bits = u128::from_le_bytes(*rest.first_chunk::<HEAD>()?);
        let quoted = bits & 0xFF == u128::from(b'"');
        let (bits, end) = if quoted { (bits >> 8, b'"') } else { (bits, self.delimiter) };
        let ends = places(bits, end) | places(bits, b'\n') | places(bits, b'\r');
        let length = ends.trailing_zeros() as usize / 8;
        match quoted {
            true => (length < HEAD && rest.get(length + 1) == Some(&b'"')).then_some(length + 2),
            false => (length < HEAD).then_some(length),
        }
    }

    /// The length of the cell that the bytes begin with, with its quotes; `None` where it takes more than a look.
    pub(super) fn cell(self, rest: &[u8]) -> Option<usize> {
        let length = match rest.first()? {
            b'"' => {
                let inner = memchr::memchr3(b'"', b'\n', b'\r', rest.get(1..)?)? + 1;
                (rest.get(inner) == Some(&b'"')).then_some(inner + 1)?
            }
            _ => memchr::memchr3(self.delimiter, b'\n', b'\r', rest)?,
        };
        self.after(rest, length).map(|_| length)
    }
}

/// Pairs of numbers, counted off.
#[derive(Default)]
pub(super) struct Pairs {
    pairs: Vec<(u32, u32)>,
    table: HashTable<u32>,
    last: usize,
}

impl Pairs {
    /// The number of a pair, new or known.
    #[inline]
    pub(super) fn index(&mut self, pair: (u32, u32)) -> usize {
        for guess in [self.last, self.last + 1, 0] {
            if self.pairs.get(guess) == Some(&pair) {
                self.last = guess;
                return guess;
            }
        }
        let hash = |pair: (u32, u32)| mixed(u64::from(pair.0) << 32 | u64::from(pair.1));
        let pairs = &self.pairs;
        let known = |&place: &u32| pairs.get(place as usize) == Some(&pair);
        self.last = match self.table.find(hash(pair), known) {
            Some(&known) => known as usize,
            None => {
                let rehash = |&place: &u32| pairs.get(place as usize).map_or(0, |&pair| hash(pair));
                self.table.insert_unique(hash(pair), narrow(pairs.len()), rehash);
                self.pairs.push(pair);
                self.pairs.len() - 1
            }
        };
        self.last
    }
}

/// A cell without its quotes and without blanks at its ends.
pub(super) fn content(raw: &[u8]) -> Option<&str> {
    let inner = match raw {
        [b'"', inner @ .., b'"'] => inner,
        _ => raw,
    };
    let text = std::str::from_utf8(inner).ok().map(cell::trimmed)?;
    // What a spreadsheet keeps as a text is told.
    (cell::contents(text).len() == text.len()).then_some(text)
}

/// The first bytes of a cell as a number, the first byte the lowest.
const HEAD: usize = 16;

/// The lowest bytes of a number.
#[inline]
fn lowest(bits: u128, bytes: usize) -> u128 {
    const MASKS: [u128; HEAD] = {
        let mut masks = [0; HEAD];
        let mut bytes = 1;
        while bytes < HEAD {
            masks[bytes] = masks[bytes - 1] << 8 | 0xFF;
            bytes += 1;
        }
        masks
    };
    MASKS.get(bytes).map_or(bits, |mask| bits & mask)
}

/// A number whose lowest bit is in the first byte that is this one; other bits may be above it.
#[inline]
fn places(bits: u128, byte: u8) -> u128 {
    const ONES: u128 = u128::MAX / 0xFF;
    let same = bits ^ (ONES * byte as u128);
    same.wrapping_sub(ONES) & !same & (ONES << 7)
}

#[derive(Debug, Clone, Copy)]
struct Word {
    /// Its first bytes.
    bits: u128,
    start: u32,
    length: u32,
    /// The word that came after it the last time.
    next: u32,
    meaning: u32,
}

/// The different texts of a column so far.
#[derive(Default)]
pub(super) struct Words {
    bytes: Vec<u8>,
    words: Vec<Word>,
    table: HashTable<u32>,
    last: usize,
}

impl Words {
    /// The word that the bytes begin with and the place after its end; `None` where the cell is not a plain one.
    #[inline]
    pub(super) fn take(&mut self, rest: &[u8], ending: Ending) -> Option<(usize, usize)> {
        let guess = self.words.get(self.last).map_or(0, |last| last.next as usize);
        if let Some(word) = self.words.get(guess)
            && let Some(head) = rest.first_chunk::<HEAD>()
            && lowest(u128::from_le_bytes(*head) ^ word.bits, word.length as usize) == 0
            && (word.length as usize <= HEAD || self.is_rest(rest, word))
            && let Some(after) = ending.after(rest, word.length as usize)
        {
            self.last = guess;
            return Some((guess, after));
        }
        self.search(rest, ending)
    }

    /// Whether bytes begin with a word of which the first bytes are known to be the same.
    fn is_rest(&self, rest: &[u8], word: &Word) -> bool {
        let range = HEAD..word.length as usize;
        rest.get(range.clone()).is_some_and(|rest| text(&self.bytes, word).get(range) == Some(rest))
    }

    fn search(&mut self, rest: &[u8], ending: Ending) -> Option<(usize, usize)> {
        let (length, known) = match ending.short(rest) {
            Some(length) => (length, rest.first_chunk::<HEAD>()),
            None => (ending.cell(rest)?, None),
        };
        let after = ending.after(rest, length)?;
        let raw = rest.get(..length)?;
        let head = known.map_or_else(|| head(raw), |bytes| lowest(u128::from_le_bytes(*bytes), length));
        let word = self.index(raw, head);
        if let Some(last) = self.words.get_mut(self.last) {
            last.next = narrow(word);
        }
        self.last = word;
        Some((word, after))
    }

    /// The text of a word as the file has it.
    pub(super) fn raw(&self, word: usize) -> &[u8] {
        self.words.get(word).map_or(&[], |word| text(&self.bytes, word))
    }

    /// All of them as the file has them.
    pub(super) fn all(&self) -> impl Iterator<Item = &[u8]> {
        self.words.iter().map(|word| text(&self.bytes, word))
    }

    /// What a word was said to mean.
    #[inline]
    pub(super) fn meaning(&self, word: usize) -> Option<u32> {
        self.words.get(word).map(|w| w.meaning).filter(|&meaning| meaning != OPEN)
    }

    /// Says what a word means.
    pub(super) fn define(&mut self, word: usize, meaning: u32) {
        if let Some(word) = self.words.get_mut(word) {
            word.meaning = meaning;
        }
    }

    fn index(&mut self, raw: &[u8], head: u128) -> usize {
        let (words, bytes) = (&self.words, &self.bytes);
        let is_same = |word: &Word| {
            word.bits == head
                && word.length as usize == raw.len()
                && (raw.len() <= HEAD || text(bytes, word) == raw)
        };
        let hash = key(head, raw);
        if let Some(&known) = self.table.find(hash, |&place| words.get(place as usize).is_some_and(is_same)) {
            return known as usize;
        }
        let place = words.len();
        let rehash =
            |&place: &u32| words.get(place as usize).map_or(0, |word| key(word.bits, text(bytes, word)));
        self.table.insert_unique(hash, narrow(place), rehash);
        self.words.push(Word {
            bits: head,
            start: narrow(self.bytes.len()),
            length: narrow(raw.len()),
            next: narrow(place),
            meaning: OPEN,
        });
        self.bytes.extend_from_slice(raw);
        place
    }
}

fn text<'b>(bytes: &'b [u8], word: &Word) -> &'b [u8] {
    let start = word.start as usize;
    bytes.get(start..start + word.length as usize).unwrap_or_default()
}

#[inline]
fn head(raw: &[u8]) -> u128 {
    let mut head = [0_u8; HEAD];
    head.iter_mut().zip(raw).for_each(|(byte, raw)| *byte = *raw);
    u128::from_le_bytes(head)
}

/// A number that differs where texts differ.
#[inline]
fn key(head: u128, raw: &[u8]) -> u64 {
    #[expect(clippy::cast_possible_truncation, reason = "both halves are used")]
    let (low, high) = (head as u64, (head >> 64) as u64);
    let key = mixed(low ^ high.rotate_left(29) ^ (raw.len() as u64) << 56);
    if raw.len() > HEAD { mixed(key ^ hash(raw.get(HEAD..).unwrap_or_default())) } else { key }
}

/// A number that differs where texts differ.
pub(super) fn hash(raw: &[u8]) -> u64 {
    let (pieces, rest) = raw.as_chunks::<8>();
    let hash = pieces.iter().fold(raw.len() as u64, |hash, piece| mixed(hash ^ u64::from_le_bytes(*piece)));
    rest.iter().fold(hash, |hash, byte| mixed(hash ^ u64::from(*byte)))
}

pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INNER: Ending = Ending { delimiter: b',', end: b',' };
    const LAST: Ending = Ending { delimiter: b',', end: b'\n' };

    #[test]
    fn cells_end_where_the_csv_crate_ends_them() {
        for (text, ending, length) in [
            ("ab,c", INNER, Some(2)),
            (",c", INNER, Some(0)),
            ("\"a b\",c", INNER, Some(5)),
            ("\"a\"\"b\",c", INNER, None),
            ("\"a\nb\",c", INNER, None),
            ("\"a,b\",c", INNER, Some(5)),
            ("\"a\" ,c", INNER, None),
            ("5\",c", INNER, Some(2)),
            ("ab\n", INNER, None),
            ("ab\n", LAST, Some(2)),
            ("ab\r\n", LAST, Some(2)),
            ("ab\rc", LAST, None),
            ("ab,\n", LAST, None),
            ("ab", LAST, None),
        ] {
            assert_eq!(ending.cell(text.as_bytes()), length, "{text}");
            let text = format!("{text}{}", "-".repeat(16));
            let short =
                ending.short(text.as_bytes()).filter(|&end| ending.after(text.as_bytes(), end).is_some());
            assert_eq!(short, ending.cell(text.as_bytes()), "{text}");
        }
    }

    #[test]
    fn words_are_known_again_in_any_order() {
        let mut words = Words::default();
        let names: Vec<String> = (0..200).map(|i| format!("{}{i}", "name ".repeat(i % 5))).collect();
        for round in 0..3 {
            for i in 0..names.len() {
                let i = (i * (round * 2 + 1)) % names.len();
                let text = format!("{},and what stands behind it\n", names[i]);
                let (word, after) = words.take(text.as_bytes(), INNER).unwrap();
                assert_eq!((words.raw(word), after), (names[i].as_bytes(), names[i].len() + 1));
                assert!(words.meaning(word).is_none_or(|meaning| meaning == narrow(i)));
                words.define(word, narrow(i));
            }
        }
    }

    #[test]
    fn a_word_is_not_the_beginning_of_another() {
        let mut words = Words::default();
        for text in
            ["ab,0123456789abcdef", "abc,0123456789abcdef", "ab,0123456789abcdef", ",0123456789abcdefg"]
        {
            let (word, _) = words.take(text.as_bytes(), INNER).unwrap();
            assert_eq!(words.raw(word), text.split(',').next().unwrap().as_bytes());
        }
    }
}
