//! The different texts of a column, recognised without being read: rows go round the same names and repeat their
//! date, so the text that came after the last one before is tried first.

use hashbrown::HashTable;

use crate::data::build::aggregation::mixed;
use crate::data::cells::cell;
use crate::data::rows::split::narrow;

/// What nobody has asked about yet means.
pub(super) const OPEN: u32 = u32::MAX;

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

/// A cell as it is read: without blanks at its ends, and without what keeps it a text in a spreadsheet.
pub(super) fn content(raw: &[u8]) -> &str {
    cell::contents(cell::trimmed(std::str::from_utf8(raw).unwrap_or("")))
}

/// A row's mark with one more text; never 0.
pub(super) fn marked(mark: u64, text: &str) -> u64 {
    hash(text.as_bytes()).wrapping_add(mark.rotate_left(7)) | 1
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

#[derive(Debug, Clone, Copy)]
struct Text {
    /// Its first bytes.
    bits: u128,
    start: u32,
    length: u32,
    /// The text that came after it the last time.
    next: u32,
    meaning: u32,
}

/// The different texts of a column so far.
#[derive(Default)]
pub(super) struct Texts {
    bytes: Vec<u8>,
    texts: Vec<Text>,
    table: HashTable<u32>,
    last: usize,
}

impl Texts {
    /// The number of the text that stands in these bytes of others, new or known.
    #[inline(always)]
    pub(super) fn index(&mut self, bytes: &[u8], start: usize, end: usize) -> usize {
        let length = end - start;
        let all = bytes.get(start..).unwrap_or_default();
        let bits = match all.first_chunk::<HEAD>() {
            Some(head) => lowest(u128::from_le_bytes(*head), length),
            None => head(all.get(..length).unwrap_or_default()),
        };
        let guess = self.texts.get(self.last).map_or(0, |last| last.next as usize);
        if let Some(text) = self.texts.get(guess)
            && text.bits == bits
            && text.length as usize == length
            && (length <= HEAD || raw(&self.bytes, text) == all.get(..length).unwrap_or_default())
        {
            self.last = guess;
            return guess;
        }
        self.search(all.get(..length).unwrap_or_default(), bits)
    }

    #[inline]
    fn search(&mut self, raw: &[u8], bits: u128) -> usize {
        let found = self.known(raw, bits).unwrap_or_else(|| self.insert(raw, bits));
        if let Some(last) = self.texts.get_mut(self.last) {
            last.next = narrow(found);
        }
        self.last = found;
        found
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.texts.len()
    }

    /// A text as the file has it.
    pub(super) fn raw(&self, text: usize) -> &[u8] {
        self.texts.get(text).map_or(&[], |text| raw(&self.bytes, text))
    }

    /// All of them as the file has them.
    pub(super) fn all(&self) -> impl Iterator<Item = &[u8]> {
        self.texts.iter().map(|text| raw(&self.bytes, text))
    }

    /// What a text was said to mean.
    #[inline]
    pub(super) fn meaning(&self, text: usize) -> u32 {
        self.texts.get(text).map_or(OPEN, |text| text.meaning)
    }

    /// Says what a text means.
    pub(super) fn define(&mut self, text: usize, meaning: u32) {
        if let Some(text) = self.texts.get_mut(text) {
            text.meaning = meaning;
        }
    }

    #[inline]
    fn known(&self, own: &[u8], bits: u128) -> Option<usize> {
        let is_same = |text: &Text| {
            text.bits == bits
                && text.length as usize == own.len()
                && (own.len() <= HEAD || raw(&self.bytes, text) == own)
        };
        let known = |&place: &u32| self.texts.get(place as usize).is_some_and(is_same);
        self.table.find(key(bits, own), known).map(|&known| known as usize)
    }

    #[cold]
    fn insert(&mut self, own: &[u8], bits: u128) -> usize {
        let (texts, bytes) = (&self.texts, &self.bytes);
        let place = texts.len();
        let rehash =
            |&place: &u32| texts.get(place as usize).map_or(0, |text| key(text.bits, raw(bytes, text)));
        self.table.insert_unique(key(bits, own), narrow(place), rehash);
        self.texts.push(Text {
            bits,
            start: narrow(self.bytes.len()),
            length: narrow(own.len()),
            next: narrow(place),
            meaning: OPEN,
        });
        self.bytes.extend_from_slice(own);
        place
    }
}

fn raw<'b>(bytes: &'b [u8], text: &Text) -> &'b [u8] {
    let start = text.start as usize;
    bytes.get(start..start + text.length as usize).unwrap_or_default()
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
fn hash(raw: &[u8]) -> u64 {
    let (pieces, rest) = raw.as_chunks::<8>();
    let hash = pieces.iter().fold(raw.len() as u64, |hash, piece| mixed(hash ^ u64::from_le_bytes(*piece)));
    rest.iter().fold(hash, |hash, byte| mixed(hash ^ u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_known_again_in_any_order() {
        let mut texts = Texts::default();
        let names: Vec<String> = (0..200).map(|i| format!("{}{i}", "name ".repeat(i % 5))).collect();
        for round in 0..3 {
            for i in 0..names.len() {
                let i = (i * (round * 2 + 1)) % names.len();
                let all = format!("x,{},and what stands behind it\n", names[i]);
                let text = texts.index(all.as_bytes(), 2, 2 + names[i].len());
                assert_eq!(texts.raw(text), names[i].as_bytes());
                assert!([OPEN, narrow(i)].contains(&texts.meaning(text)));
                texts.define(text, narrow(i));
            }
        }
    }

    #[test]
    fn a_text_is_not_the_beginning_of_another() {
        let mut texts = Texts::default();
        for own in ["ab", "abc", "ab", "", "0123456789abcdef", "0123456789abcdefg", "0123456789abcdefh"] {
            let text = texts.index(own.as_bytes(), 0, own.len());
            assert_eq!(texts.raw(text), own.as_bytes());
        }
    }
}
