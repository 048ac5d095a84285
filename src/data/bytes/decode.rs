//! Bytes to text: which encoding a file is in, and what is no text at all.
//!
//! Knows nothing of tables, nor of archives, which are unpacked before. A file that is neither UTF-8 nor UTF-16 is read as
//! Windows-1252, which the caller tells the user, because no byte can disprove it.

use std::borrow::Cow;

use crate::diag::{self, Diagnostic, Place};

/// More than this is refused: every byte is held in memory.
pub const SIZE_LIMIT: usize = 1 << 30;

/// Only so much of a file is looked at to find out that it is binary.
const PROBE: usize = 4096;

/// A file as text.
pub(crate) struct Decoded<'a> {
    /// Its text, without a byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// What it was written in, as [`Facts::encoding`](crate::data::model::facts::Facts::encoding) names it.
    pub(crate) encoding: &'static str,
    /// The first line that is not UTF-8, where the encoding had to be guessed.
    pub(crate) guessed_from: Option<u32>,
}

/// Decodes a file.
///
/// # Errors
/// One diagnostic for what is no text: a known binary format, an empty file, stray bytes after a mark that
/// promises otherwise.
pub(crate) fn decode<'a>(file: &str, bytes: &'a [u8]) -> Result<Decoded<'a>, Diagnostic> {
    if let Some(diagnostic) = binary(bytes) {
        return Err(diagnostic.at(Place::file(file)));
    }
    let (body, encoding) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (rest, "UTF-8 with BOM"),
        [0xFF, 0xFE, rest @ ..] => (rest, "UTF-16LE"),
        [0xFE, 0xFF, rest @ ..] => (rest, "UTF-16BE"),
        _ => (bytes, "UTF-8"),
    };
    let text = match encoding {
        "UTF-16LE" => wide(encoding_rs::UTF_16LE, body),
        "UTF-16BE" => wide(encoding_rs::UTF_16BE, body),
        _ => match std::str::from_utf8(body) {
            Ok(text) => Some(Cow::Borrowed(text)),
            Err(error) if encoding == "UTF-8" => {
                let valid = body.get(..error.valid_up_to()).unwrap_or_default();
                let lines = memchr::memchr_iter(b'\n', valid).count();
                let text = encoding_rs::WINDOWS_1252.decode_without_bom_handling(body).0;
                let line = u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1);
                return Ok(Decoded { text, encoding: "windows-1252", guessed_from: Some(line) });
            }
            Err(_) => None,
        },
    };
    match text {
        Some(text) => Ok(Decoded { text, encoding, guessed_from: None }),
        None => Err(diag::error(
            "wrong-encoding",
            format!("expected {encoding} as the file's first bytes say, found other bytes"),
        )
        .at(Place::file(file))
        .hint("save the file as UTF-8")),
    }
}

fn wide<'a>(encoding: &'static encoding_rs::Encoding, body: &'a [u8]) -> Option<Cow<'a, str>> {
    let (text, faulty) = encoding.decode_without_bom_handling(body);
    (!faulty).then_some(text)
}

fn error(code: &'static str, what: &str, hint: &str) -> Option<Diagnostic> {
    Some(diag::error(code, format!("expected a table of text, found {what}")).hint(hint))
}

/// Why bytes are no text, where they are not.
fn binary(bytes: &[u8]) -> Option<Diagnostic> {
    if bytes.len() > SIZE_LIMIT {
        let hint = "split the file, or keep only the rows and columns to draw";
        return error("file-too-large", "more than 1 GiB", hint);
    }
    match bytes {
        [] => return error("empty-file", "an empty file", "export the data again"),
        [0x89, b'P', b'N', b'G', ..] | [0xFF, 0xD8, 0xFF, ..] | [b'G', b'I', b'F', b'8', ..] => {
            return error("not-text", "a picture", "export the numbers behind it as CSV");
        }
        [b'S', b'Q', b'L', b'i', b't', b'e', b' ', b'f', ..] => {
            return error("not-text", "an SQLite database", "export the table as CSV");
        }
        [b'P', b'A', b'R', b'1', ..] => {
            return error("not-text", "a Parquet file", "export the table as CSV");
        }
        [b'%', b'P', b'D', b'F', ..] => {
            return error("not-text", "a PDF", "export the numbers behind it as CSV");
        }
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => {
            return error("wrong-encoding", "UTF-32", "save the file as UTF-8");
        }
        [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] => return None,
        _ => {}
    }
    let archive = packed(bytes);
    if archive.is_some() {
        return archive;
    }
    let probe = bytes.get(..PROBE).unwrap_or(bytes);
    if is_wide(probe) {
        return error("wrong-encoding", "UTF-16 without a byte order mark", "save the file as UTF-8");
    }
    let control = probe.iter().filter(|b| matches!(b, 1..=8 | 0x0E..=0x1F)).count();
    if memchr::memchr(0, bytes).is_some() || control * 20 > probe.len() {
        return error("not-text", "a binary file", "export the data as CSV (UTF-8)");
    }
    None
}

/// What is packed, or a workbook, and so no text.
fn packed(bytes: &[u8]) -> Option<Diagnostic> {
    let sheet = "open it and save the sheet as CSV (UTF-8)";
    match bytes {
        [b'P', b'K', 3 | 5, 4 | 6, ..] => {
            let holds = |name: &[u8]| memchr::memmem::find(bytes, name).is_some();
            // Workbooks of Excel and of OpenDocument say so in the names or the first of their parts.
            if holds(b"xl/") || holds(b"opendocument.spreadsheet") {
                return error("spreadsheet", "a spreadsheet", sheet);
            }
            error("packed-file", "a ZIP archive", "unpack it, or open it and save the sheet as CSV (UTF-8)")
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => error("spreadsheet", "an old Excel workbook", sheet),
        [0x1F, 0x8B, ..] => error("packed-file", "a gzip archive in an archive", "unpack it with gunzip"),
        [0x28, 0xB5, 0x2F, 0xFD, ..] => {
            error("packed-file", "a zstd archive in an archive", "unpack it with zstd -d")
        }
        [b'B', b'Z', b'h', b'1'..=b'9', ..] => {
            error("packed-file", "a bzip2 archive", "unpack it with bunzip2")
        }
        [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => error("packed-file", "an xz archive", "unpack it with unxz"),
        _ => None,
    }
}

/// Whether every other byte of most is zero, as in Western text of two bytes a character.
fn is_wide(probe: &[u8]) -> bool {
    let zeros = |from: usize| probe.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    even.max(odd) * 8 > probe.len() * 3 && even.min(odd) * 8 < probe.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode("f.csv", bytes).map(|d| (d.text.into_owned(), d.encoding));
        decoded.unwrap_or_else(|d| (d.message, "refused"))
    }

    #[test]
    fn byte_order_marks_choose_the_encoding() {
        assert_eq!(encoding(b"\xEF\xBB\xBFa"), ("a".into(), "UTF-8 with BOM"));
        assert_eq!(encoding(b"\xFF\xFEa\0\xE9\0"), ("aé".into(), "UTF-16LE"));
        assert_eq!(encoding(b"\xFE\xFF\0a\0\xE9"), ("aé".into(), "UTF-16BE"));
        let unmarked = "expected a table of text, found UTF-16 without a byte order mark";
        assert_eq!(encoding(b"d\0a\0t\0e\0,\0a\0\n\0").0, unmarked);
        assert_eq!(encoding(b"\0d\0a\0t\0e\0,\0a\0\n").0, unmarked);
        assert_eq!(encoding(b"\xFF\xFE\0\0d\0\0\0").0, "expected a table of text, found UTF-32");
    }

    #[test]
    fn what_is_not_utf_8_is_read_as_windows_1252() {
        assert_eq!(encoding("é".as_bytes()), ("é".into(), "UTF-8"));
        assert_eq!(encoding(b"caf\xE9 \x80"), ("café €".into(), "windows-1252"));
    }

    #[test]
    fn a_mark_that_lies_is_an_error() {
        let wrong = "expected UTF-8 with BOM as the file's first bytes say, found other bytes";
        assert_eq!(encoding(b"\xEF\xBB\xBF\xE9"), (wrong.into(), "refused"));
    }

    #[test]
    fn what_is_no_text_is_named() {
        for (bytes, found) in [
            (&b""[..], "an empty file"),
            (b"PK\x03\x04rest", "a ZIP archive"),
            (b"PK\x03\x04..xl/workbook.xml", "a spreadsheet"),
            (b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", "a spreadsheet"),
            (b"BZh91AY&SY", "a bzip2 archive"),
            (b"\xFD7zXZ\0", "an xz archive"),
            (b"\x89PNG\r\n\x1A\n", "a picture"),
            (b"\xFF\xD8\xFF\xE0\0", "a picture"),
            (b"SQLite format 3\0", "an SQLite database"),
            (b"\xD0\xCF\x11\xE0rest", "an old Excel workbook"),
            (b"a,b\0c", "a binary file"),
            (b"\x01\x02\x03\x04", "a binary file"),
        ] {
            assert_eq!(encoding(bytes), (format!("expected a table of text, found {found}"), "refused"));
        }
    }
}
