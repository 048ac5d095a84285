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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// The artifact with its record inside. One that cannot hold a record stays as it is.
#[must_use]
pub fn seal(slot: &Slot, body: Vec<u8>, record: &Record) -> Vec<u8> {
    let sealed = Record { artifact: sha256(&body), ..record.clone() };
    let Some((at, inserted)) = (slot.insert)(&body, &json(&sealed)) else { return body };
    let mut bytes = body;
    bytes.splice(at..at, inserted);
    bytes
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
    let untouched = seal(slot, body, &record) == bytes;
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

#[cfg(test)]
mod tests {
    use super::*;

    fn record() -> Record {
        Record {
            figure: "stars".into(),
            style: 1,
            data: BTreeMap::from([("datasets/a.csv".into(), sha256(b"a"))]),
            shows: sha256(b"figure"),
            source: "Source: A --> </metadata><script> & \"Ünï\u{202e}\u{7}📈\"".into(),
            dates: vec!["2016-01".into(), "2025-12".into()],
            thinned: Some(1_000_000),
            drawing: None,
            beside: BTreeMap::from([("stars.csv".into(), sha256(b"b"))]),
            artifact: String::new(),
        }
    }

    fn bodies() -> [(&'static str, Slot, Vec<u8>); 3] {
        let svg =
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\n<desc>d</desc>\n<g/></svg>\n";
        let png = crate::export::png::png(svg, 1.0, "alt", &mut Default::default()).unwrap();
        let slot = |name| crate::export::of_ending(name).unwrap().slot.unwrap();
        [
            ("svg", slot("svg"), svg.as_bytes().to_vec()),
            ("png", slot("png"), png),
            ("md", slot("md"), b"# Title\n\n<!-- popchart notes -->\n".to_vec()),
        ]
    }

    #[test]
    fn sha256_is_the_standard_one() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_sealed_record_comes_out_as_it_went_in() {
        for (name, slot, body) in bodies() {
            let sealed = seal(&slot, body.clone(), &record());
            let (found, touch) = open(&slot, &sealed).unwrap();
            assert_eq!(touch, Touch::None, "{name}");
            assert_eq!(found, Record { artifact: sha256(&body), ..record() });
            assert_eq!(open(&slot, &body), None, "{name} without a record");
        }
    }

    #[test]
    fn any_edit_shows() {
        for (name, slot, body) in bodies() {
            let sealed = seal(&slot, body, &record());
            for at in 0..sealed.len() {
                let mut edited = sealed.clone();
                edited[at] ^= 1;
                // What an edit of the record itself changes is the record.
                assert_ne!(open(&slot, &edited), open(&slot, &sealed), "{name}, byte {at}");
            }
        }
    }

    #[test]
    fn rewritten_line_ends_are_told_from_other_edits() {
        for (name, slot, body) in bodies().into_iter().filter(|(name, ..)| *name != "png") {
            let text = String::from_utf8(seal(&slot, body, &record())).unwrap();
            let rewritten = text.replace('\n', "\r\n");
            assert_eq!(open(&slot, rewritten.as_bytes()).unwrap().1, Touch::LineEnds, "{name}");
            let first = rewritten.replacen("\r\n", "\n", 1);
            assert_eq!(open(&slot, first.as_bytes()).unwrap().1, Touch::LineEnds, "{name}");
            let edited = format!(" {rewritten}");
            assert_eq!(open(&slot, edited.as_bytes()).unwrap().1, Touch::Hand, "{name}");
        }
    }

    #[test]
    fn sealed_files_stay_readable() {
        let [(_, svg_slot, svg), (_, png_slot, png), _] = bodies();
        let sealed = String::from_utf8(seal(&svg_slot, svg, &record())).unwrap();
        let document = roxmltree::Document::parse(&sealed).unwrap();
        assert!(document.descendants().any(|node| node.tag_name().name() == "metadata"));
        let sealed = seal(&png_slot, png, &record());
        let mut reader = png::Decoder::new(std::io::Cursor::new(sealed)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut data).unwrap();
        reader.finish().unwrap();
        let texts: Vec<&str> = reader.info().utf8_text.iter().map(|chunk| chunk.keyword.as_str()).collect();
        assert_eq!(texts, ["popchart", "Description"]);
    }
}
