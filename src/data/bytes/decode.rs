//! Bytes to text: which encoding a file is in, and what is no text at all.
//!
//! Knows nothing of tables, nor of archives, which are unpacked before. What a file is in that is neither UTF-8 nor UTF-16 is
//! guessed by what its letters make likely, unless the user says it; the caller tells that it was a guess.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::Encoding;

use crate::data::model::writing::Encoding as Declared;
use crate::diag::{self, Diagnostic, Place};

/// More than this is refused: every byte is held in memory.
pub const SIZE_LIMIT: usize = 1 << 30;

/// Only so much of a file is looked at to find out that it is binary.
const PROBE: usize = 4096;
/// So much of a file, from its first byte that is not ASCII on, tells what it is written in.
const LETTERS: usize = 4 << 20;

/// A file as text.
pub(crate) struct Decoded<'a> {
    /// Its text, without a byte order mark.
    pub(crate) text: Cow<'a, str>,
    /// What it was written in, as [`Facts::encoding`](crate::data::model::facts::Facts::encoding) names it.
    pub(crate) encoding: &'static str,
    /// The first line that is not UTF-8, where the encoding had to be guessed.
    pub(crate) guessed_from: Option<u32>,
}

/// Decodes a file, by the encoding that the user says where there is one.
///
/// # Errors
/// One diagnostic for what is no text: a known binary format, an empty file, foreign bytes after a mark that
/// promises otherwise, or where the user does.
pub(crate) fn decode<'a>(
    file: &str,
    bytes: &'a [u8],
    declared: Option<Declared>,
) -> Result<Decoded<'a>, Diagnostic> {
    let declared = declared.map(|Declared(encoding)| encoding);
    let unmarked = declared.filter(|encoding| is_wide_one(encoding)).or_else(|| unmarked(bytes));
    if let Some(diagnostic) = binary(bytes, unmarked.is_some()) {
        return Err(diagnostic.at(Place::file(file)));
    }
    if let Some(encoding) = declared {
        return as_declared(file, bytes, encoding);
    }
    if let Some((encoding, text)) = unmarked.and_then(|encoding| Some((encoding, wide(encoding, bytes)?))) {
        let encoding =
            if encoding == encoding_rs::UTF_16LE { "UTF-16LE without BOM" } else { "UTF-16BE without BOM" };
        return Ok(Decoded { text, encoding, guessed_from: None });
    }
    if memchr::memmem::find(bytes, b"\x1B$").is_some() && memchr::memmem::find(bytes, b"\x1B(").is_some() {
        return Ok(guessed(bytes, encoding_rs::ISO_2022_JP));
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
            Err(_) if encoding == "UTF-8" => return Ok(guessed(body, likely(body))),
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

/// A text in an encoding that nobody has said.
fn guessed<'a>(bytes: &'a [u8], encoding: &'static Encoding) -> Decoded<'a> {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), |_| 0);
    let valid = memchr::memchr(0x1B, bytes).filter(|_| valid == 0).unwrap_or(valid);
    let lines = memchr::memchr_iter(b'\n', bytes.get(..valid).unwrap_or_default()).count();
    let line = u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1);
    let text = encoding.decode_without_bom_handling(bytes).0;
    Decoded { text, encoding: encoding.name(), guessed_from: Some(line) }
}

/// What a text that is not UTF-8 is most likely in, by its letters and how they follow each other.
fn likely(bytes: &[u8]) -> &'static Encoding {
    let first = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    // From the start of its line: a letter means more where its word begins.
    let start = memchr::memrchr(b'\n', bytes.get(..first).unwrap_or_default()).map_or(0, |end| end + 1);
    let letters = bytes.get(start..).unwrap_or_default();
    let letters = letters.get(..LETTERS).unwrap_or(letters);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(letters, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// A text in the encoding that the user says.
fn as_declared<'a>(
    file: &str,
    bytes: &'a [u8],
    encoding: &'static Encoding,
) -> Result<Decoded<'a>, Diagnostic> {
    let (text, faulty) = encoding.decode_with_bom_removal(bytes);
    if !faulty {
        let marked = encoding == encoding_rs::UTF_8 && bytes.starts_with(b"\xEF\xBB\xBF");
        let encoding = if marked { "UTF-8 with BOM" } else { encoding.name() };
        return Ok(Decoded { text, encoding, guessed_from: None });
    }
    let line = text
        .split('\u{fffd}')
        .next()
        .map_or(0, |before| memchr::memchr_iter(b'\n', before.as_bytes()).count());
    let line = u32::try_from(line).unwrap_or(u32::MAX).saturating_add(1);
    let message = format!("expected {} as `encoding` says, found other bytes", encoding.name());
    Err(diag::error("wrong-encoding", message)
        .at(Place { line: Some(line), ..Place::file(file) })
        .hint("leave `encoding` out, which lets it be found out, or save the file as UTF-8"))
}

fn is_wide_one(encoding: &'static Encoding) -> bool {
    [encoding_rs::UTF_16LE, encoding_rs::UTF_16BE].contains(&encoding)
}

/// Which UTF-16 a text without a mark is in: one of two bytes is zero in every line end, digit and comma, whatever the
/// letters are; and all of it must be letters.
fn unmarked(bytes: &[u8]) -> Option<&'static Encoding> {
    let marked = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..] | [0xEF, 0xBB, 0xBF, ..]);
    let probe = bytes.get(..PROBE).unwrap_or(bytes);
    let zeros = |from: usize| probe.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let encoding = if even > odd { encoding_rs::UTF_16BE } else { encoding_rs::UTF_16LE };
    let (most, least) = (even.max(odd), even.min(odd));
    if marked || !bytes.len().is_multiple_of(2) || most * 16 < probe.len() || least * 8 > most {
        return None;
    }
    let whole = wide(encoding, probe.get(..probe.len() & !3).unwrap_or_default());
    let whole =
        whole.or_else(|| wide(encoding, probe.get(..probe.len().saturating_sub(2)).unwrap_or_default()))?;
    let is_text = |c: char| !c.is_control() || matches!(c, '\t' | '\r' | '\n');
    (whole.chars().all(is_text) && whole.contains(['\n', '\r', ',', ';', '\t'])).then_some(encoding)
}

fn wide<'a>(encoding: &'static encoding_rs::Encoding, body: &'a [u8]) -> Option<Cow<'a, str>> {
    let (text, faulty) = encoding.decode_without_bom_handling(body);
    (!faulty).then_some(text)
}

fn error(code: &'static str, what: &str, hint: &str) -> Option<Diagnostic> {
    Some(diag::error(code, format!("expected a table of text, found {what}")).hint(hint))
}

/// Why bytes are no text, where they are not.
fn binary(bytes: &[u8], is_wide: bool) -> Option<Diagnostic> {
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
        _ if is_wide => return None,
        _ => {}
    }
    let archive = packed(bytes);
    if archive.is_some() {
        return archive;
    }
    let probe = bytes.get(..PROBE).unwrap_or(bytes);
    // The mark that begins escapes is what Japanese mail switches its letters with.
    let control = probe.iter().filter(|b| matches!(b, 1..=8 | 0x0E..=0x1A | 0x1C..=0x1F)).count();
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
            if holds(b"xl/workbook.bin") {
                return error("spreadsheet", "a binary Excel workbook (.xlsb)", sheet);
            }
            if holds(b"Index/Document.iwa") {
                return error("spreadsheet", "a workbook of Numbers", sheet);
            }
            error("packed-file", "a ZIP archive", "unpack it, or open it and save the sheet as CSV (UTF-8)")
        }
        [0xD0, 0xCF, 0x11, 0xE0, ..] => {
            let locked = b"E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0";
            match memchr::memmem::find(bytes, locked) {
                Some(_) => error("spreadsheet", "an Excel workbook with a password", "save it without one"),
                None => error("spreadsheet", "an old Excel workbook", sheet),
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding(bytes: &[u8]) -> (String, &'static str) {
        let decoded = decode("f.csv", bytes, None).map(|d| (d.text.into_owned(), d.encoding));
        decoded.unwrap_or_else(|d| (d.message, "refused"))
    }

    #[test]
    fn byte_order_marks_choose_the_encoding() {
        assert_eq!(encoding(b"\xEF\xBB\xBFa"), ("a".into(), "UTF-8 with BOM"));
        assert_eq!(encoding(b"\xFF\xFEa\0\xE9\0"), ("aé".into(), "UTF-16LE"));
        assert_eq!(encoding(b"\xFE\xFF\0a\0\xE9"), ("aé".into(), "UTF-16BE"));
        assert_eq!(encoding(b"d\0a\0t\0e\0,\0a\0\n\0"), ("date,a\n".into(), "UTF-16LE without BOM"));
        assert_eq!(encoding(b"\0d\0a\0t\0e\0,\0a\0\n"), ("date,a\n".into(), "UTF-16BE without BOM"));
        assert_eq!(encoding(b"\xFF\xFE\0\0d\0\0\0").0, "expected a table of text, found UTF-32");
    }

    #[test]
    fn what_is_not_utf_8_is_read_as_windows_1252() {
        assert_eq!(encoding("é".as_bytes()), ("é".into(), "UTF-8"));
        assert_eq!(encoding(b"caf\xE9 \x80"), ("café €".into(), "windows-1252"));
    }

    /// Tables as people saved them before UTF-8, with the names as the columns.
    #[test]
    fn letters_say_which_old_encoding_it_is() {
        for (name, header) in [
            ("windows-1251", "Дата,Москва,Санкт-Петербург,Новосибирск"),
            ("KOI8-U", "Дата,Москва,Санкт-Петербург,Новосибирск"),
            ("windows-1250", "měsíc,Příbram,České Budějovice,Ústí nad Labem"),
            ("windows-1250", "miesiąc,Łódź,Kraków,Wrocław,Gdańsk,Częstochowa"),
            ("windows-1252", "année,Québec,Montréal,Saint-Étienne"),
            ("windows-1253", "μήνας,Αθήνα,Θεσσαλονίκη"),
            ("windows-1254", "tarih,İstanbul,Eskişehir,Muğla,Şanlıurfa"),
            ("GBK", "日期,北京,上海,广州,深圳"),
            ("Big5", "日期,臺北市,高雄市,臺中市,新北市"),
            ("Shift_JIS", "日付,東京,大阪,名古屋,さっぽろ,ﾌｸｵｶ"),
            ("EUC-JP", "日付,東京,大阪,名古屋,さっぽろ"),
            ("ISO-2022-JP", "日付,東京,大阪,名古屋"),
            ("EUC-KR", "날짜,서울,부산,대구,인천"),
        ] {
            let rows: String = (1..13).map(|month| format!("2024-{month:02}-01,{month},2,3\r\n")).collect();
            let text = format!("{header}\r\n{rows}");
            let known = Encoding::for_label(name.as_bytes()).unwrap();
            let bytes = known.encode(&text).0.into_owned();
            assert_eq!(encoding(&bytes), (text.clone(), known.name()), "{name}: {header}");
            let said = decode("f.csv", &bytes, Some(Declared(known))).unwrap();
            assert_eq!((said.text.as_ref(), said.guessed_from), (text.as_str(), None));
        }
    }

    #[test]
    fn what_the_user_says_of_the_encoding_holds() {
        let bytes = b"a\nb \xE4\n";
        let said = |name: &str| decode("f", bytes, Declared::named(name));
        assert_eq!(said("windows-1251").unwrap().text, "a\nb д\n");
        assert_eq!(said("latin1").unwrap().text, "a\nb ä\n");
        let told = "error[wrong-encoding]: expected UTF-8 as `encoding` says, found other bytes\n  --> f:2\n\
                    hint: leave `encoding` out, which lets it be found out, or save the file as UTF-8\n";
        assert_eq!(said("utf8").err().unwrap().to_string(), told);
    }

    #[test]
    fn utf_16_without_a_mark_is_told_by_its_digits_and_line_ends() {
        let text = "дата;Москва\n2024-01-01;5\n2024-02-01;6\n";
        let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        assert_eq!(encoding(&little), (text.into(), "UTF-16LE without BOM"));
        assert_eq!(encoding(&big), (text.into(), "UTF-16BE without BOM"));
        assert_eq!(encoding(b"\0\x01\0\x02\0,\0\x03").1, "refused");
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
            (b"PK\x03\x04..xl/workbook.bin", "a binary Excel workbook (.xlsb)"),
            (b"PK\x03\x04..Index/Document.iwa", "a workbook of Numbers"),
            (
                b"\xD0\xCF\x11\xE0..E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0",
                "an Excel workbook with a password",
            ),
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
