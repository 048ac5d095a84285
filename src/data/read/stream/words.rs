//! The different texts of a column, recognised without being read: rows go round the same names and repeat
//! their date, so the text that came after the last one before is tried first.

use crate::data::build::tally::mixed;
use crate::data::cells::cell;

/// What a text that nobody asked about yet means.
const OPEN: u32 = u32::MAX;

/// Where a cell may end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ending {
    /// The delimiter.
    pub(super) delimiter: u8,
    /// Whether the column is the last.
    pub(super) last: bool,
}

impl Ending {
    /// The place after the delimiter or line end that stands at `at`.
    #[inline]
    pub(super) fn after(self, rest: &[u8], at: usize) -> Option<usize> {
        match *rest.get(at)? {
            byte if byte == self.delimiter && !self.last => Some(at + 1),
            b'\n' if self.last => Some(at + 1),
            b'\r' if self.last && rest.get(at + 1) == Some(&b'\n') => Some(at + 2),
            _ => None,
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

#[derive(Debug, Clone, Copy)]
struct Word {
    /// Its first 16 bytes, the lowest first, and which of them it has.
    bits: u128,
    mask: u128,
    start: u32,
    length: u32,
    /// The word that came after it the last time.
    next: u32,
    meaning: u32,
}

/// The different texts of a column so far.
pub(super) struct Words {
    bytes: Vec<u8>,
    words: Vec<Word>,
    slots: Vec<u32>,
    last: usize,
}

impl Words {
    pub(super) fn new() -> Self {
        Words { bytes: Vec::new(), words: Vec::new(), slots: vec![0; 64], last: 0 }
    }

    /// The word that the bytes begin with and the place after its end; `None` where the cell is not a plain one.
    #[inline]
    pub(super) fn take(&mut self, rest: &[u8], ending: Ending) -> Option<(usize, usize)> {
        let guess = self.words.get(self.last).map_or(0, |last| last.next as usize);
        if let Some(word) = self.words.get(guess)
            && let Some(head) = rest.first_chunk::<16>()
            && (u128::from_le_bytes(*head) ^ word.bits) & word.mask == 0
            && word.length <= 16
            && let Some(after) = ending.after(rest, word.length as usize)
        {
            self.last = guess;
            return Some((guess, after));
        }
        self.search(rest, ending)
    }

    fn search(&mut self, rest: &[u8], ending: Ending) -> Option<(usize, usize)> {
        let length = ending.cell(rest)?;
        let raw = rest.get(..length)?;
        let word = self.index(raw);
        if let Some(last) = self.words.get_mut(self.last) {
            last.next = narrow(word);
        }
        self.last = word;
        Some((word, ending.after(rest, length)?))
    }

    /// The text of a word as the file has it.
    pub(super) fn raw(&self, word: usize) -> &[u8] {
        let range = self.words.get(word).map(|w| w.start as usize..w.start as usize + w.length as usize);
        range.and_then(|range| self.bytes.get(range)).unwrap_or_default()
    }

    /// What a word was said to mean.
    #[inline]
    pub(super) fn meaning(&self, word: usize) -> Option<usize> {
        self.words
            .get(word)
            .map(|w| w.meaning)
            .filter(|&meaning| meaning != OPEN)
            .map(|meaning| meaning as usize)
    }

    /// Says what a word means.
    pub(super) fn define(&mut self, word: usize, meaning: usize) {
        if let Some(word) = self.words.get_mut(word) {
            word.meaning = narrow(meaning);
        }
    }

    fn index(&mut self, raw: &[u8]) -> usize {
        if (self.words.len() + 1) * 2 > self.slots.len() {
            self.slots = vec![0; self.slots.len() * 4];
            for word in 0..self.words.len() {
                let slot = self.slot(self.raw(word));
                self.occupy(slot, word);
            }
        }
        let slot = self.slot(raw);
        if let Some(&taken) = self.slots.get(slot).filter(|taken| **taken > 0) {
            return taken as usize - 1;
        }
        let mut head = [0_u8; 16];
        let mut mask = [0_u8; 16];
        for ((byte, covered), raw) in head.iter_mut().zip(&mut mask).zip(raw) {
            (*byte, *covered) = (*raw, 0xFF);
        }
        let word = self.words.len();
        self.words.push(Word {
            bits: u128::from_le_bytes(head),
            mask: u128::from_le_bytes(mask),
            start: narrow(self.bytes.len()),
            length: narrow(raw.len()),
            next: narrow(word),
            meaning: OPEN,
        });
        self.bytes.extend_from_slice(raw);
        self.occupy(slot, word);
        word
    }

    fn occupy(&mut self, slot: usize, word: usize) {
        if let Some(free) = self.slots.get_mut(slot) {
            *free = narrow(word + 1);
        }
    }

    fn slot(&self, raw: &[u8]) -> usize {
        let mask = self.slots.len() - 1;
        #[expect(clippy::cast_possible_truncation, reason = "the low bits are as good as any")]
        let mut slot = hash(raw) as usize & mask;
        while let Some(&taken) = self.slots.get(slot).filter(|taken| **taken > 0) {
            if self.raw(taken as usize - 1) == raw {
                break;
            }
            slot = (slot + 1) & mask;
        }
        slot
    }
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

    const INNER: Ending = Ending { delimiter: b',', last: false };
    const LAST: Ending = Ending { delimiter: b',', last: true };

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
        }
    }

    #[test]
    fn words_are_known_again_in_any_order() {
        let mut words = Words::new();
        let names: Vec<String> = (0..200).map(|i| format!("{}{i}", "name ".repeat(i % 5))).collect();
        for round in 0..3 {
            for i in 0..names.len() {
                let i = (i * (round * 2 + 1)) % names.len();
                let text = format!("{},and what stands behind it\n", names[i]);
                let (word, after) = words.take(text.as_bytes(), INNER).unwrap();
                assert_eq!((words.raw(word), after), (names[i].as_bytes(), names[i].len() + 1));
                assert!(words.meaning(word).is_none_or(|meaning| meaning == i));
                words.define(word, i);
            }
        }
    }

    #[test]
    fn a_word_is_not_the_beginning_of_another() {
        let mut words = Words::new();
        for text in
            ["ab,0123456789abcdef", "abc,0123456789abcdef", "ab,0123456789abcdef", ",0123456789abcdefg"]
        {
            let (word, _) = words.take(text.as_bytes(), INNER).unwrap();
            assert_eq!(words.raw(word), text.split(',').next().unwrap().as_bytes());
        }
    }
}
