//! What an artifact was made from, kept in the artifact itself: in `<metadata>`
//! of an SVG, in an `iTXt` chunk of a PNG, in a comment of a Markdown page.
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
    /// SHA-256 of everything the figure shows and says; see [`crate::output::Statement`].
    pub shows: String,
    /// Its source line.
    pub source: String,
    /// First and last date shown, as the data write them; one date for a snapshot, none without dates.
    pub dates: Vec<String>,
    /// How many values lines were drawn from that show only the extremes of each column of pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub thinned: Option<u64>,
    /// SHA-256 of the artifact without this record; filled in by [`seal`].
    #[serde(default)]
    pub artifact: String,
}

/// How an artifact holds its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Container {
    /// `<metadata>` after the description.
    Svg,
    /// `iTXt` after the header.
    Png,
    /// A comment at the end.
    Markdown,
    /// Not at all.
    Bare,
}

/// SHA-256 in lower-case hexadecimal.
#[must_use]
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

const SVG_OPEN: &str = "<metadata>";
const SVG_CLOSE: &str = "</metadata>\n";
const MARKDOWN_OPEN: &str = "\n<!-- popchart ";
const MARKDOWN_CLOSE: &str = " -->\n";
/// The `iTXt` keyword with all that follows it up to the text: not compressed, no language.
const PNG_KEYWORD: &[u8] = b"popchart\0\0\0\0\0";
/// Signature and header chunk: what a PNG starts with.
const PNG_HEADER: usize = 8 + 25;
/// Length, type and checksum of a PNG chunk.
const PNG_FRAME: usize = 12;

/// The artifact with its record inside. One that cannot hold a record stays as it is.
#[must_use]
pub fn seal(container: Container, body: Vec<u8>, record: &Record) -> Vec<u8> {
    let sealed = Record { artifact: sha256(&body), ..record.clone() };
    let Some((at, inserted)) = insertion(container, &body, &json(&sealed)) else { return body };
    let mut bytes = body;
    bytes.splice(at..at, inserted);
    bytes
}

/// Where a record goes, and the bytes that hold it.
fn insertion(container: Container, body: &[u8], json: &str) -> Option<(usize, Vec<u8>)> {
    match container {
        Container::Svg => {
            let close = b"</desc>\n";
            let at = find(body, close)? + close.len();
            Some((at, format!("{SVG_OPEN}{json}{SVG_CLOSE}").into_bytes()))
        }
        Container::Png => {
            let mut chunk = b"iTXt".to_vec();
            chunk.extend_from_slice(PNG_KEYWORD);
            chunk.extend_from_slice(json.as_bytes());
            let length = u32::try_from(chunk.len() - 4).ok()?;
            let checksum = crc32fast::hash(&chunk);
            let framed = [length.to_be_bytes().as_slice(), &chunk, &checksum.to_be_bytes()].concat();
            (body.len() >= PNG_HEADER).then_some((PNG_HEADER, framed))
        }
        Container::Markdown => {
            Some((body.len(), format!("{MARKDOWN_OPEN}{json}{MARKDOWN_CLOSE}").into_bytes()))
        }
        Container::Bare => None,
    }
}

/// The record in an artifact, where there is one that can be read, and
/// whether the artifact is as it was sealed, to the byte.
#[must_use]
pub fn open(container: Container, bytes: &[u8]) -> Option<(Record, bool)> {
    let (start, json, end) = match container {
        Container::Svg => between(bytes, find(bytes, SVG_OPEN.as_bytes())?, SVG_OPEN, SVG_CLOSE)?,
        Container::Markdown => {
            between(bytes, rfind(bytes, MARKDOWN_OPEN.as_bytes())?, MARKDOWN_OPEN, MARKDOWN_CLOSE)?
        }
        Container::Png => {
            let length = bytes.get(PNG_HEADER..PNG_HEADER + 4)?;
            let length = u32::from_be_bytes(length.try_into().ok()?) as usize;
            let end = PNG_HEADER.checked_add(PNG_FRAME)?.checked_add(length)?;
            let json = PNG_HEADER + 8 + PNG_KEYWORD.len()..end - 4;
            bytes.get(PNG_HEADER + 4..)?.strip_prefix(b"iTXt")?.strip_prefix(PNG_KEYWORD)?;
            (PNG_HEADER, bytes.get(json)?, end)
        }
        Container::Bare => return None,
    };
    let record: Record = serde_json::from_slice(json).ok()?;
    let body = [bytes.get(..start)?, bytes.get(end..)?].concat();
    let untouched = seal(container, body, &record) == bytes;
    Some((record, untouched))
}

/// What stands between two marks, with where the first starts and the second ends.
fn between<'b>(bytes: &'b [u8], start: usize, open: &str, close: &str) -> Option<(usize, &'b [u8], usize)> {
    let inside = bytes.get(start + open.len()..)?;
    let length = find(inside, close.as_bytes())?;
    Some((start, inside.get(..length)?, start + open.len() + length + close.len()))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, wanted)
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, wanted)
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
            artifact: String::new(),
        }
    }

    fn bodies() -> [(Container, Vec<u8>); 3] {
        let svg =
            "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'>\n<desc>d</desc>\n<g/></svg>\n";
        let png = crate::output::png::png(svg, 1.0, "alt", &mut Default::default()).unwrap();
        [
            (Container::Svg, svg.as_bytes().to_vec()),
            (Container::Png, png),
            (Container::Markdown, b"# Title\n\n<!-- popchart notes -->\n".to_vec()),
        ]
    }

    #[test]
    fn sha256_is_the_standard_one() {
        assert_eq!(sha256(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    #[test]
    fn a_sealed_record_comes_out_as_it_went_in() {
        for (container, body) in bodies() {
            let sealed = seal(container, body.clone(), &record());
            let (found, untouched) = open(container, &sealed).unwrap();
            assert!(untouched, "{container:?}");
            assert_eq!(found, Record { artifact: sha256(&body), ..record() });
            assert_eq!(open(container, &body), None, "{container:?} without a record");
        }
    }

    #[test]
    fn any_edit_shows() {
        for (container, body) in bodies() {
            let sealed = seal(container, body, &record());
            for at in 0..sealed.len() {
                let mut edited = sealed.clone();
                edited[at] ^= 1;
                // What an edit of the record itself changes is the record.
                assert_ne!(open(container, &edited), open(container, &sealed), "{container:?}, byte {at}");
            }
        }
    }

    #[test]
    fn sealed_files_stay_readable() {
        let [(_, svg), (_, png), _] = bodies();
        let sealed = String::from_utf8(seal(Container::Svg, svg, &record())).unwrap();
        let document = roxmltree::Document::parse(&sealed).unwrap();
        assert!(document.descendants().any(|node| node.tag_name().name() == "metadata"));
        let sealed = seal(Container::Png, png, &record());
        let mut reader = png::Decoder::new(std::io::Cursor::new(sealed)).read_info().unwrap();
        let mut data = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut data).unwrap();
        reader.finish().unwrap();
        let texts: Vec<&str> = reader.info().utf8_text.iter().map(|chunk| chunk.keyword.as_str()).collect();
        assert_eq!(texts, ["popchart", "Description"]);
    }
}
