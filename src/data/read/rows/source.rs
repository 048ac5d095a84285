//! A file in chunks of whole rows, in order, each handed to whoever asks first.
//!
//! Rows are found here and the file's hash is taken, 64 bytes of each in turn: a hash waits for itself most of the
//! time, in which the processor splits the rows. What a row means is not known here.

use std::io::{self, Read, Seek};

use sha2::{Digest, Sha256};

use crate::data::rows::split::{CELL_LIMIT, Fault, FaultKind, Progress, Split, Wanted};

/// A chunk may grow so far for a row that is longer than it.
const LONGEST: usize = 16 * CELL_LIMIT;

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
    /// So many bytes before the first row, such as a mark of the encoding.
    skip: usize,
    pub(super) progress: Progress,
    ended: bool,
    pub(super) fault: Option<Fault>,
}

/// Some whole rows.
#[derive(Default)]
pub(super) struct Chunk {
    buffer: Vec<u8>,
    length: usize,
    pub(super) split: Split,
}

impl Chunk {
    /// Their bytes.
    pub(super) fn bytes(&self) -> &[u8] {
        self.buffer.get(..self.length).unwrap_or_default()
    }
}

impl<R: Read> Source<R> {
    /// A file from its start, whose rows begin after some bytes.
    pub(super) fn new(file: R, delimiter: u8, size: usize, skip: usize) -> Self {
        let (hash, rest, progress) = (Sha256::new(), Vec::new(), Progress::default());
        Source { file, hash, delimiter, size, rest, skip, progress, ended: false, fault: None }
    }

    /// Takes the next chunk; false after the last.
    ///
    /// # Errors
    /// When the file cannot be read.
    pub(super) fn next(&mut self, chunk: &mut Chunk) -> io::Result<bool> {
        while !self.ended {
            let fresh = self.rest.len();
            // Never shortened: filling it with zeros takes as long as reading.
            if chunk.buffer.len() < fresh + self.size {
                chunk.buffer.resize(fresh + self.size, 0);
            }
            if let Some(front) = chunk.buffer.get_mut(..fresh) {
                front.copy_from_slice(&self.rest);
            }
            let new = chunk.buffer.get_mut(fresh..fresh + self.size).unwrap_or_default();
            let filled = fresh + fill(&mut self.file, new)?;
            self.ended = filled < fresh + self.size;
            chunk.split.clear();
            chunk.length = self.split(chunk, fresh, filled);
            if chunk.length > 0 || self.ended {
                return Ok(chunk.length > 0);
            }
            if self.rest.len() > LONGEST {
                let (line, kind) = (self.progress.line, FaultKind::Large(self.rest.len()));
                (self.fault, self.ended) = (Some(Fault { line, kind }), true);
            }
        }
        Ok(false)
    }

    /// Splits what was read, of which the bytes from `fresh` on are new; how many bytes are of whole rows.
    fn split(&mut self, chunk: &mut Chunk, fresh: usize, filled: usize) -> usize {
        let bytes = chunk.buffer.get(..filled).unwrap_or_default();
        let mut hashed = fresh;
        let skip = self.skip.min(filled);
        let progress = Progress { offset: skip, ..self.progress };
        let wanted = Wanted { delimiter: self.delimiter, rows: usize::MAX, is_end: self.ended };
        let hash = &mut self.hash;
        let mut take = |to: usize| {
            if let Some(new) = bytes.get(hashed..to.min(filled)) {
                hash.update(new);
                hashed = to.min(filled);
            }
        };
        let read = chunk.split.read(bytes, progress, wanted, |at| take(fresh + at + 64));
        take(filled);
        match read {
            Ok(progress) => {
                let length = if self.ended { filled } else { progress.offset.min(filled) };
                self.rest.clear();
                if length > skip || self.ended {
                    (self.progress, self.skip) = (progress, 0);
                    self.rest.extend_from_slice(bytes.get(length..).unwrap_or_default());
                    return length;
                }
                self.rest.extend_from_slice(bytes);
            }
            Err(fault) => (self.fault, self.ended) = (Some(fault), true),
        }
        0
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

/// Fills as much of a buffer as there is.
fn fill(file: &mut impl Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while let Some(free) = buffer.get_mut(filled..).filter(|free| !free.is_empty()) {
        match file.read(free) {
            Ok(0) => break,
            Ok(count) => filled += count,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(filled)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chunks(text: &str, size: usize) -> Vec<String> {
        let mut source = Source::new(text.as_bytes(), b',', size, 0);
        let (mut chunk, mut found) = (Chunk::default(), Vec::new());
        while source.next(&mut chunk).unwrap() {
            found.push(std::str::from_utf8(chunk.bytes()).unwrap().to_owned());
        }
        assert_eq!(source.hash(), Sha256::digest(text.as_bytes()).as_slice());
        found
    }

    #[test]
    fn chunks_are_whole_rows_and_all_of_the_file() {
        assert_eq!(chunks("aa\nbb\ncc\ndd", 7), ["aa\nbb\n", "cc\ndd"]);
        assert_eq!(chunks("aa\nbb\n", 6), ["aa\nbb\n"]);
        assert_eq!(chunks("a\n\"b\nb\"\nc\n", 7), ["a\n", "\"b\nb\"\nc\n"]);
        assert_eq!(chunks("5\",\"\nb\"\ncc\n", 9), ["5\",\"\nb\"\n", "cc\n"]);
        assert_eq!(chunks("aaaaaaaa\nb\n", 4), ["aaaaaaaa\nb\n"]);
        assert_eq!(chunks("", 4), [""; 0]);
    }
}
