//! One pass through the rows of a table: of one that is held in memory at once, of a file in chunks on all threads at
//! hand. Whoever is free takes the next chunk; as all that is found knows its line, that shows in nothing.

use std::io;
use std::sync::{Mutex, MutexGuard, PoisonError};

use super::layout::Layout;
use super::names::Gathered;
use super::reader::Reader;
use super::source::{Chunk, Seekable, Source};
use crate::data::rows::split::Progress;
use crate::data::rows::table::{Table, told};

/// Where the rows of a file begin, and how it is taken apart.
#[derive(Debug, Clone, Copy)]
pub(super) struct Start {
    /// So many bytes stand before the first row.
    pub(super) skip: usize,
    /// The size of a chunk in bytes.
    pub(super) chunk: usize,
}

/// What the rows come to.
pub(super) struct Passed<'s> {
    pub(super) readers: Vec<Gathered<'s>>,
    pub(super) progress: Progress,
    /// SHA-256 of the file; nothing where it was held in memory.
    pub(super) hash: Vec<u8>,
}

/// Reads the rows of the table that decided how they are read.
pub(super) fn in_memory<'s>(layout: &Layout<'s, '_, '_>) -> Passed<'s> {
    let (table, located) = (layout.sheet.table, layout.sheet.located);
    let mut reader = Reader::new(layout, table.line(located.first));
    reader.read(table, located.first);
    Passed { readers: vec![reader.gathered()], progress: Progress::default(), hash: Vec::new() }
}

struct Pass<'p, 's, 't, 'a, R> {
    layout: &'p Layout<'s, 't, 'a>,
    source: Mutex<Source<&'p mut R>>,
    readers: Mutex<Vec<Gathered<'s>>>,
    error: Mutex<Option<io::Error>>,
}

/// Reads the rows of a file.
pub(super) fn in_chunks<'s, R: Seekable>(
    file: &mut R,
    layout: &Layout<'s, '_, '_>,
    start: Start,
) -> io::Result<Passed<'s>> {
    file.rewind()?;
    let source = Source::new(file, layout.delimiter, start.chunk, start.skip);
    let (source, readers, error) = (Mutex::new(source), Mutex::default(), Mutex::default());
    let pass = Pass { layout, source, readers, error };
    let threads = if layout.is_in_order() { 1 } else { rayon::current_num_threads() };
    rayon::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|_| pass.work());
        }
    });
    let Pass { source, readers, error, .. } = pass;
    if let Some(error) = error.into_inner().unwrap_or_else(PoisonError::into_inner) {
        return Err(error);
    }
    let mut readers = readers.into_inner().unwrap_or_else(PoisonError::into_inner);
    let source = source.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let (Some(fault), Some(first)) = (source.fault, readers.first_mut()) {
        first.summary.findings.fault(|| told(fault, layout.file));
    }
    Ok(Passed { readers, progress: source.progress, hash: source.hash() })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<R: Seekable> Pass<'_, '_, '_, '_, R> {
    fn work(&self) {
        let first = self.layout.sheet.table.line(self.layout.sheet.located.first);
        let mut reader = Reader::new(self.layout, first);
        let mut chunk = Chunk::default();
        loop {
            match locked(&self.source).next(&mut chunk) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    *locked(&self.error) = Some(error);
                    break;
                }
            }
            let split = std::mem::take(&mut chunk.split);
            match std::str::from_utf8(chunk.bytes()) {
                Ok(text) if memchr::memchr(0, chunk.bytes()).is_none() => {
                    let table = Table::of(text, self.layout.delimiter, split);
                    reader.read(&table, 0);
                    chunk.split = table.into_split();
                }
                _ => {
                    let line = split.rows.first().map_or(1, |row| row.line);
                    reader.contradict(line, "bytes that are not UTF-8");
                }
            }
            if reader.is_contradicted() {
                locked(&self.source).stop();
            }
        }
        locked(&self.readers).push(reader.gathered());
    }
}
