//! One pass through a file on all threads at hand: whoever is free takes the next chunk, and what the chunks
//! come to is added up in the order of the file, so that the number of threads shows in nothing.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use super::found::{Found, Unfit};
use super::gathered::{AllNames, Gathered};
use super::layout::Layout;
use super::rows::Rows;
use super::source::{Seekable, Source};

/// So many chunks may be ahead of the one that is being added up.
const AHEAD: usize = 8;

struct Pass<'p, 's, 't, 'a, R> {
    layout: &'p Layout<'s, 't, 'a>,
    source: Mutex<Source<&'p mut R>>,
    sum: Mutex<Sum<'s>>,
    moved: Condvar,
}

/// What the chunks come to, as far as all before are known.
struct Sum<'s> {
    found: Found<'s>,
    next: usize,
    /// How many lines stand before each chunk.
    lines: Vec<u32>,
    gathered: Vec<Gathered>,
    waiting: BTreeMap<usize, Found<'s>>,
    error: Option<io::Error>,
    stopped: bool,
}

/// What a file comes to.
pub(super) struct Whole<'s> {
    pub(super) found: Found<'s>,
    pub(super) gathered: Gathered,
    pub(super) names: AllNames,
    /// How many lines stand before each chunk.
    pub(super) lines: Vec<u32>,
    pub(super) hash: Vec<u8>,
}

impl Whole<'_> {
    /// What speaks against the way that the rows were read.
    pub(super) fn unfit(&self) -> Option<Unfit> {
        let why = "a column that tells rows of one date and name apart";
        let told_apart = self.gathered.tally.told_apart();
        self.found.unfit.or(told_apart.map(|place| Unfit { line: line(&self.lines, place), why }))
    }
}

/// The line of a place, where so many lines stand before each chunk.
pub(super) fn line(lines: &[u32], place: u64) -> u32 {
    let chunk = usize::try_from(place >> 32).unwrap_or(usize::MAX);
    let before = lines.get(chunk).copied().unwrap_or(0);
    before.saturating_add(u32::try_from(place & u64::from(u32::MAX)).unwrap_or(u32::MAX))
}

/// Reads all rows after so many lines, from `start` on.
pub(super) fn run<'s, R: Seekable>(
    file: &mut R,
    layout: &Layout<'s, '_, '_>,
    lines: u32,
    start: usize,
    chunk: usize,
) -> io::Result<Whole<'s>> {
    let whole = run_once(file, layout, lines, start, (chunk, false))?;
    // A chunk was cut within quotes, perhaps: where rows end then takes longer to find out.
    if whole.found.unclosed { run_once(file, layout, lines, start, (chunk, true)) } else { Ok(whole) }
}

fn run_once<'s, R: Seekable>(
    file: &mut R,
    layout: &Layout<'s, '_, '_>,
    lines: u32,
    start: usize,
    (chunk, loose_quotes): (usize, bool),
) -> io::Result<Whole<'s>> {
    file.rewind()?;
    let found = Found { lines, ..Found::empty(layout.file) };
    let sum = Sum {
        found,
        next: 0,
        lines: Vec::new(),
        gathered: Vec::new(),
        waiting: BTreeMap::new(),
        error: None,
        stopped: false,
    };
    let mut source = Source::new(file, layout.delimiter, chunk, loose_quotes);
    source.skip(start)?;
    let pass = Pass { layout, source: Mutex::new(source), sum: Mutex::new(sum), moved: Condvar::new() };
    rayon::scope(|scope| {
        for _ in 0..rayon::current_num_threads() {
            scope.spawn(|_| pass.work());
        }
    });
    let sum = pass.sum.into_inner().unwrap_or_else(PoisonError::into_inner);
    let source = pass.source.into_inner().unwrap_or_else(PoisonError::into_inner);
    if let Some(error) = sum.error {
        return Err(error);
    }
    let (gathered, names) =
        Gathered::join(sum.gathered).unwrap_or_else(|| (Gathered::new(layout), AllNames::default()));
    Ok(Whole { found: sum.found, gathered, names, lines: sum.lines, hash: source.hash() })
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl<'s, R: Seekable> Pass<'_, 's, '_, '_, R> {
    fn work(&self) {
        let _alarm = Alarm(self);
        let mut rows = Rows::new(self.layout);
        let mut buffer = Vec::new();
        while self.may_go_on() {
            let chunk = match locked(&self.source).next(&mut buffer) {
                Ok(Some(chunk)) => chunk,
                Ok(None) => break,
                Err(error) => {
                    locked(&self.sum).error = Some(error);
                    return self.stop();
                }
            };
            let found = if chunk.torn {
                let unfit = Some(Unfit { line: 1, why: "a row of more than 1 MiB" });
                Found { unfit, unclosed: true, ..Found::empty(self.layout.file) }
            } else {
                rows.read(chunk.index, buffer.get(..chunk.length).unwrap_or_default())
            };
            self.add(chunk.index, found);
        }
        drop(buffer);
        locked(&self.sum).gathered.push(rows.gathered());
    }

    /// Waits while too many chunks wait for one before them. That one is being read, by a thread that does not wait.
    fn may_go_on(&self) -> bool {
        let mut sum = locked(&self.sum);
        while sum.waiting.len() >= AHEAD && !sum.stopped {
            sum = self.moved.wait(sum).unwrap_or_else(PoisonError::into_inner);
        }
        !sum.stopped
    }

    fn add(&self, index: usize, found: Found<'s>) {
        let mut sum = locked(&self.sum);
        sum.waiting.insert(index, found);
        loop {
            let next = sum.next;
            let Some(found) = sum.waiting.remove(&next) else { break };
            sum.next += 1;
            let before = sum.found.lines;
            sum.lines.push(before);
            sum.found.append(found);
        }
        let unfit = sum.found.unfit.is_some() || sum.found.unclosed;
        drop(sum);
        if unfit {
            self.stop();
        }
        self.moved.notify_all();
    }

    fn stop(&self) {
        locked(&self.source).stop();
        locked(&self.sum).stopped = true;
        self.moved.notify_all();
    }
}

/// Lets nobody wait for a thread that has died.
struct Alarm<'p, 'q, 's, 't, 'a, R: Seekable>(&'p Pass<'q, 's, 't, 'a, R>);

impl<R: Seekable> Drop for Alarm<'_, '_, '_, '_, '_, R> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.stop();
        }
    }
}
