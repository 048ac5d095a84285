//! What an artifact was made from, kept in the artifact itself, where its kind has a place for it.
//!
//! A record holds no time and no version, so that the same inputs give the same
//! bytes whenever and wherever; and a hash of the artifact without it, so that
//! an edit by hand is told from a change of the data.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// What a figure's artifact was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// The figure's key in the manifest.
    pub figure: String,
    /// The style profile it was drawn with.
    pub style: u32,
    /// The data: SHA-256 of each file, by its path in the manifest.
    pub data: BTreeMap<String, String>,
    /// SHA-256 of everything the figure shows and says; see `project/fingerprint.rs`.
    pub shows: String,
    /// Its source line.
    pub source: String,
    /// First and last date shown, as the data write them; one date for a snapshot, none without dates.
    pub dates: Vec<String>,
    /// How many values lines were drawn from that show only the extremes of each column of pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thinned: Option<u64>,
    /// SHA-256 of the SVG text that pixels were made of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub drawing: Option<String>,
    /// Files beside a page that cannot carry a record, and for which it vouches: SHA-256 by their names.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub beside: BTreeMap<String, String>,
    /// What those files may still hold, while they are being replaced; a run that is killed leaves this.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub replacing: BTreeMap<String, String>,
    /// SHA-256 of the artifact without this record; filled in by [`seal`].
    #[serde(default)]
    pub artifact: String,
}

/// Where a kind of file keeps its record.
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    /// Where a record goes in a body, and the bytes that hold it.
    pub insert: fn(&[u8], &str) -> Option<Insertion>,
    /// Where the bytes that hold it start, the record itself, and where they end.
    pub find: fn(&[u8]) -> Option<Found<'_>>,
}

/// Where a record goes, and the bytes that hold it.
pub type Insertion = (usize, Vec<u8>);

/// A record's start in a file, its text, and its end.
pub type Found<'b> = (usize, &'b [u8], usize);

/// What became of a file since it was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Touch {
    /// Nothing: it is the same to the byte.
    None,
    /// Line ends alone: a checkout or an editor rewrote them.
    LineEnds,
    /// Something else.
    Hand,
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    sha256_of(&[bytes])
}

/// The same of bytes that stand in several places, as if they were one after the other.
#[must_use]
pub fn sha256_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    parts.iter().for_each(|part| hash.update(part));
    hash.finalize().iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

impl Record {
    /// The files for which a page vouches, with each hash that they may have.
    pub fn vouched(&self) -> impl Iterator<Item = (&str, &str)> {
        self.beside.iter().chain(&self.replacing).map(|(name, hash)| (name.as_str(), hash.as_str()))
    }
}

/// The artifact with its record inside. One that cannot hold a record stays as it is.
#[must_use]
pub fn seal(slot: &Slot, body: &[u8], record: &Record) -> Vec<u8> {
    let sealed = Record { artifact: sha256(body), ..record.clone() };
    match (slot.insert)(body, &json(&sealed)) {
        Some((at, inserted)) => {
            let (before, after) = body.split_at_checked(at).unwrap_or((body, &[]));
            [before, &inserted, after].concat()
        }
        None => body.to_vec(),
    }
}

/// The record in an artifact, where there is one that can be read, and what
/// became of the artifact since it was sealed.
#[must_use]
pub fn open(slot: &Slot, bytes: &[u8]) -> Option<(Record, Touch)> {
    let found = open_exact(slot, bytes);
    if let Some((record, true)) = found {
        return Some((record, Touch::None));
    }
    let rewritten = with_own_line_ends(bytes).and_then(|own| open_exact(slot, &own));
    match (rewritten, found) {
        (Some((record, true)), _) => Some((record, Touch::LineEnds)),
        (Some((record, false)), _) | (None, Some((record, _))) => Some((record, Touch::Hand)),
        (None, None) => None,
    }
}

/// The same with the line ends that popchart writes; `None` where it has no others.
#[must_use]
pub fn with_own_line_ends(bytes: &[u8]) -> Option<Vec<u8>> {
    memchr::memmem::find(bytes, b"\r\n")?;
    let ends = bytes.iter().zip(bytes.iter().skip(1).map(Some).chain([None]));
    Some(
        ends.filter(|(byte, next)| (**byte, *next) != (b'\r', Some(&b'\n'))).map(|(byte, _)| *byte).collect(),
    )
}

fn open_exact(slot: &Slot, bytes: &[u8]) -> Option<(Record, bool)> {
    let (start, json, end) = (slot.find)(bytes)?;
    let record: Record = serde_json::from_slice(json).ok()?;
    let body = [bytes.get(..start)?, bytes.get(end..)?].concat();
    let untouched = seal(slot, &body, &record) == bytes;
    Some((record, untouched))
}

/// What stands between two marks, with where the first starts and the second ends.
#[must_use]
pub fn between<'b>(bytes: &'b [u8], start: usize, open: &str, close: &str) -> Option<Found<'b>> {
    let inside = bytes.get(start + open.len()..)?;
    let length = memchr::memmem::find(inside, close.as_bytes())?;
    Some((start, inside.get(..length)?, start + open.len() + length + close.len()))
}

/// JSON of printable ASCII that neither XML nor a comment of HTML can
/// misread: everything else is written as `\u003c`.
fn json(record: &Record) -> String {
    // A record has string keys and no floats, so there is nothing that JSON could refuse.
    let plain = serde_json::to_string(record).unwrap_or_default();
    let mut safe = String::with_capacity(plain.len());
    for c in plain.chars() {
        let dash_after_dash = c == '-' && safe.ends_with('-');
        if c.is_ascii_graphic() && !"<>&".contains(c) && !dash_after_dash || c == ' ' {
            safe.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                let _ = write!(safe, "\\u{unit:04x}");
            }
        }
    }
    safe
}
