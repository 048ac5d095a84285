//! A file in chunks of whole rows, in order, each handed to whoever asks first.
//!
//! Where chunks end follows from the file and the size of chunks alone. The file's hash is taken on the way,
//! while the bytes are still in the processor's cache. What a row means is not known here.

use std::io::{self, Read, Seek};

use sha2::{Digest, Sha256};

/// What can be read more than once, from any thread.
pub(super) trait Seekable: Read + Seek + Send {}

impl<R: Read + Seek + Send> Seekable for R {}

/// A file that is being read.
pub(super) struct Source<R> {
    file: R,
    hash: Sha256,
    delimiter: u8,
    size: usize,
    /// The beginning of a row whose end was not yet read.
    rest: Vec<u8>,
    next: usize,
    ended: bool,
    /// Whether rows may have quotes that belong to the text of a cell.
    loose_quotes: bool,
}

/// A chunk: some whole rows.
pub(super) struct Chunk {
    /// The number of the chunk, from 0.
    pub(super) index: usize,
    /// How much of the buffer it takes.
    pub(super) length: usize,
    /// Whether a row is longer than a chunk; the chunk is then cut within it, and the last.
    pub(super) torn: bool,
}

impl<R: Read> Source<R> {
    /// A file from its start.
    pub(super) fn new(file: R, delimiter: u8, size: usize, loose_quotes: bool) -> Self {
        let (hash, rest) = (Sha256::new(), Vec::new());
        Source { file, hash, delimiter, size, rest, next: 0, ended: false, loose_quotes }
    }

    /// Passes over the file's first bytes, which are hashed all the same.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn skip(&mut self, bytes: usize) -> io::Result<()> {
        let mut skipped = Vec::new();
        (&mut self.file).take(bytes as u64).read_to_end(&mut skipped)?;
        self.hash.update(&skipped);
        Ok(())
    }

    /// Fills a buffer with the next chunk; `None` after the last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn next(&mut self, buffer: &mut Vec<u8>) -> io::Result<Option<Chunk>> {
        if self.ended {
            return Ok(None);
        }
        // Never shortened: filling a megabyte with zeros takes as long as reading it.
        if buffer.len() < self.size {
            buffer.resize(self.size, 0);
        }
        let mut filled = self.rest.len();
        if let Some(front) = buffer.get_mut(..filled) {
            front.copy_from_slice(&self.rest);
            self.rest.clear();
        }
        while let Some(free) = buffer.get_mut(filled..).filter(|free| !free.is_empty()) {
            match self.file.read(free) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(count) => {
                    self.hash.update(free.get(..count).unwrap_or_default());
                    filled += count;
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let (mut length, mut torn) = (filled, false);
        if !self.ended {
            let filled = buffer.get(..filled).unwrap_or_default();
            let end = match self.loose_quotes {
                true => last_row_end(filled, self.delimiter),
                false => last_even_end(filled),
            };
            (torn, self.ended) = (end == 0, end == 0);
            if end > 0 {
                self.rest.extend_from_slice(filled.get(end..).unwrap_or_default());
                length = end;
            }
        }
        let index = self.next;
        self.next += 1;
        Ok((length > 0).then_some(Chunk { index, length, torn }))
    }

    /// Hands out no more chunks.
    pub(super) fn stop(&mut self) {
        self.ended = true;
    }

    /// SHA-256 of what was read.
    pub(super) fn hash(self) -> Vec<u8> {
        self.hash.finalize().as_slice().to_vec()
    }
}

/// Whether a quote opens a cell: it is the cell's first byte. Elsewhere it belongs to the text.
fn opens(bytes: &[u8], at: usize, delimiter: u8) -> bool {
    match at.checked_sub(1).and_then(|before| bytes.get(before)) {
        None => true,
        Some(&before) => before == delimiter || matches!(before, b'\n' | b'\r'),
    }
}

/// The place after the quote that closes a cell which is open at `from`; `None` where none does.
fn closing(bytes: &[u8], mut from: usize) -> Option<usize> {
    loop {
        let quote = from + memchr::memchr(b'"', bytes.get(from..)?)?;
        if bytes.get(quote + 1) != Some(&b'"') {
            return Some(quote + 1);
        }
        from = quote + 2;
    }
}

/// The place after the last LF with as many quotes before it that open a cell as that close one; 0 without any. It
/// ends a row where no quote belongs to the text of a cell but those that are doubled; elsewhere it may stand within
/// quotes, which whoever reads the row then misses the end of.
fn last_even_end(bytes: &[u8]) -> usize {
    let quotes = |bytes: &[u8]| memchr::memchr_iter(b'"', bytes).count();
    let (mut end, mut before) = (bytes.len(), quotes(bytes));
    while let Some(at) = bytes.get(..end).and_then(|bytes| memchr::memrchr(b'\n', bytes)) {
        before -= quotes(bytes.get(at..end).unwrap_or_default());
        if before.is_multiple_of(2) {
            return at + 1;
        }
        end = at;
    }
    0
}

/// The place after the last LF that ends a row; 0 where no row ends. The bytes begin with a row.
pub(super) fn last_row_end(bytes: &[u8], delimiter: u8) -> usize {
    let last_in = |from: usize, to: usize| {
        let between = bytes.get(from..to).unwrap_or_default();
        memchr::memrchr(b'\n', between).map(|at| from + at + 1)
    };
    let (mut from, mut end, mut seek) = (0, 0, 0);
    while let Some(at) = bytes.get(seek..).and_then(|rest| memchr::memchr(b'"', rest)) {
        let quote = seek + at;
        if !opens(bytes, quote, delimiter) {
            seek = quote + 1;
            continue;
        }
        end = last_in(from, quote).unwrap_or(end);
        match closing(bytes, quote + 1) {
            Some(after) => (from, seek) = (after, after),
            None => return end,
        }
    }
    last_in(from, bytes.len()).unwrap_or(end)
}

/// The place after the first LF that ends a row, or the end of the bytes. The bytes begin with a row.
pub(super) fn row_end(bytes: &[u8], delimiter: u8) -> usize {
    let mut seek = 0;
    while let Some(at) = bytes.get(seek..).and_then(|rest| memchr::memchr2(b'"', b'\n', rest)) {
        let at = seek + at;
        if bytes.get(at) == Some(&b'\n') {
            return at + 1;
        }
        seek =
            if opens(bytes, at, delimiter) { closing(bytes, at + 1).unwrap_or(bytes.len()) } else { at + 1 };
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_end_outside_quotes_only() {
        for (text, first, last) in [
            ("a,b\nc", 4, 4),
            ("a\n\"b\n", 2, 2),
            ("\"a\nb\",c\nd\n\"e\n", 8, 10),
            ("\"a\"\"\nb\"\nx", 8, 8),
            ("5\" x\ny\" z\n", 5, 10),
            ("a\r\"b\n", 5, 0),
            ("abc", 3, 0),
            ("\"a\nb", 4, 0),
            ("", 0, 0),
        ] {
            assert_eq!((row_end(text.as_bytes(), b','), last_row_end(text.as_bytes(), b',')), (first, last));
        }
    }

    fn chunks(text: &str, size: usize, loose_quotes: bool) -> Vec<String> {
        let mut source = Source::new(text.as_bytes(), b',', size, loose_quotes);
        let (mut buffer, mut found) = (Vec::new(), Vec::new());
        while let Some(chunk) = source.next(&mut buffer).unwrap() {
            assert_eq!(chunk.index, found.len());
            let mark = if chunk.torn { "!" } else { "" };
            found.push(format!("{}{mark}", std::str::from_utf8(&buffer[..chunk.length]).unwrap()));
        }
        found
    }

    #[test]
    fn chunks_are_whole_rows_and_all_of_the_file() {
        for loose in [false, true] {
            assert_eq!(chunks("aa\nbb\ncc\ndd", 7, loose), ["aa\nbb\n", "cc\ndd"]);
            assert_eq!(chunks("aa\nbb\n", 6, loose), ["aa\nbb\n"]);
            assert_eq!(chunks("a\n\"b\nb\"\nc\n", 7, loose), ["a\n", "\"b\nb\"\n", "c\n"]);
            assert_eq!(chunks("a\n\"b\"\"\nb\"\nc\n", 9, loose), ["a\n", "\"b\"\"\nb\"\n", "c\n"]);
            assert_eq!(chunks("aaaaaaaa\nb\n", 4, loose), ["aaaa!"]);
            assert_eq!(chunks("", 4, loose), [""; 0]);
        }
        // Within quotes, as one of them closes nothing.
        assert_eq!(chunks("5\",\"\nb\"\ncc\n", 9, true), ["5\",\"\nb\"\n", "cc\n"]);
        assert_eq!(chunks("5\",\"\nb\"\ncc\n", 9, false), ["5\",\"\n", "b\"\ncc\n"]);
    }
}
