//! Archives of one file: bytes unpacked within bounds.
//!
//! Knows nothing of text or tables. What an archive unpacks to is bounded before memory is taken for it, and
//! one that is damaged is refused: half a table looks like a table.

use std::borrow::Cow;
use std::io::Read;

use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};

use crate::data::bytes::decode::SIZE_LIMIT;
use crate::diag::{self, Diagnostic, Place};

/// A file's bytes.
pub(crate) struct Unpacked<'a> {
    /// Those of the table.
    pub(crate) bytes: Cow<'a, [u8]>,
    /// What they were packed with: `gzip` or `zstd`; `None` where the file is no archive.
    pub(crate) format: Option<&'static str>,
}

/// Why an archive is not unpacked.
enum Refusal {
    /// It does not hold what it says.
    Damaged,
    /// It unpacks to more than the limit.
    Large,
    /// It needs a dictionary, or more memory than is given.
    Demanding,
}

/// A file's bytes, unpacked where they are a gzip or zstd archive.
///
/// # Errors
/// An archive that is damaged, or so much larger than its file that it is made to fill the memory.
pub(crate) fn unpacked<'a>(file: &str, bytes: &'a [u8]) -> Result<Unpacked<'a>, Diagnostic> {
    // Tables shrink to a tenth; a hundredth is the most that repeated rows reach.
    let limit = bytes.len().saturating_mul(200).saturating_add(1 << 20).min(SIZE_LIMIT);
    let (format, by_hand, unpacked) = match bytes {
        [0x1F, 0x8B, ..] => ("gzip", "gunzip", gzip(bytes, limit)),
        // A frame of data, or one to skip, which some archives begin with.
        [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => {
            ("zstd", "zstd -d", zstd(bytes, limit))
        }
        _ => return Ok(Unpacked { bytes: Cow::Borrowed(bytes), format: None }),
    };
    let (fault, hint) = match unpacked {
        Ok(unpacked) => return Ok(Unpacked { bytes: Cow::Owned(unpacked), format: Some(format) }),
        Err(Refusal::Damaged) => (
            diag::error("damaged-archive", format!("expected a {format} archive, found a damaged one")),
            "download the file again".to_owned(),
        ),
        Err(Refusal::Large) => (
            diag::error(
                "inflating-archive",
                "expected a table, found an archive that unpacks to 200 times its size",
            ),
            format!("unpack it with {by_hand} and look what it is"),
        ),
        Err(Refusal::Demanding) => (
            diag::error(
                "unusual-archive",
                format!(
                    "expected a plain {format} archive, found one with a dictionary or a window above 128 MiB"
                ),
            ),
            format!("unpack it with {by_hand}"),
        ),
    };
    Err(fault.at(Place::file(file)).hint(hint))
}

fn gzip(bytes: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let mut unpacked = Vec::new();
    read_within(flate2::read::MultiGzDecoder::new(bytes), &mut unpacked, limit)?;
    Ok(unpacked)
}

/// All frames of an archive, one after the other.
fn zstd(mut bytes: &[u8], limit: usize) -> Result<Vec<u8>, Refusal> {
    let (mut unpacked, mut decoder) = (Vec::new(), FrameDecoder::new());
    while !bytes.is_empty() {
        match StreamingDecoder::new_with_decoder(&mut bytes, &mut decoder) {
            Ok(frame) => read_within(frame, &mut unpacked, limit)?,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame {
                length, ..
            })) => {
                let length = usize::try_from(length).map_err(|_| Refusal::Damaged)?;
                bytes = bytes.get(length..).ok_or(Refusal::Damaged)?;
                continue;
            }
            Err(FrameDecoderError::WindowSizeTooBig { .. } | FrameDecoderError::DictNotProvided { .. }) => {
                return Err(Refusal::Demanding);
            }
            Err(_) => return Err(Refusal::Damaged),
        }
        // The decoder reads checksums and leaves the comparison to its caller.
        let written = decoder.get_checksum_from_data();
        if written.is_some() && written != decoder.get_calculated_checksum() {
            return Err(Refusal::Damaged);
        }
    }
    Ok(unpacked)
}

/// Appends all there is to read, up to a limit of all bytes together.
fn read_within(reader: impl Read, unpacked: &mut Vec<u8>, limit: usize) -> Result<(), Refusal> {
    let room = limit.saturating_sub(unpacked.len()) as u64 + 1;
    reader.take(room).read_to_end(unpacked).map_err(|_| Refusal::Damaged)?;
    if unpacked.len() > limit { Err(Refusal::Large) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &[u8] = b"date,framework,stars\n2020-01-31,Alpha,10\n2020-02-29,Alpha,11\n";
    const ARCHIVE: &[u8] = include_bytes!("../../../tests/fixtures/data/tidy.csv.zst");

    fn told(bytes: &[u8]) -> Result<Vec<u8>, String> {
        unpacked("f", bytes).map(|u| u.bytes.into_owned()).map_err(|d| d.to_string())
    }

    /// A frame whose one block is a byte so many times, without a checksum.
    fn repeated(times: u32) -> Vec<u8> {
        let block = (times << 3 | 0b011).to_le_bytes();
        [&[0x28, 0xB5, 0x2F, 0xFD, 0, 0x38][..], &block[..3], b"a"].concat()
    }

    #[test]
    fn frames_follow_each_other_and_some_are_skipped() {
        let skipped = [0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1, 2, 3];
        let all = [&skipped[..], ARCHIVE, &skipped, ARCHIVE].concat();
        assert_eq!(told(&all), Ok([TABLE, TABLE].concat()));
        assert_eq!(told(&repeated(5)), Ok(b"aaaaa".to_vec()));
        assert_eq!(unpacked("f", TABLE).map(|u| u.format).ok(), Some(None));
    }

    #[test]
    fn a_damaged_archive_is_never_read_as_another_table() {
        let damaged = "error[damaged-archive]: expected a zstd archive, found a damaged one\n  --> f\nhint: download the file again\n";
        for length in 4..ARCHIVE.len() {
            assert_eq!(told(&ARCHIVE[..length]), Err(damaged.into()), "cut after {length}");
        }
        for (at, bit) in (4..ARCHIVE.len()).flat_map(|at| (0..8).map(move |bit| (at, bit))) {
            let mut bytes = ARCHIVE.to_vec();
            bytes[at] ^= 1 << bit;
            // A bit of the header means nothing, and others only how much memory is needed.
            let read = told(&bytes);
            assert!(read.is_err() || read.as_deref() == Ok(TABLE), "bit {bit} of byte {at}");
        }
        assert_eq!(told(&[ARCHIVE, b"rest"].concat()), Err(damaged.into()));
        assert_eq!(told(&[0x50, 0x2A, 0x4D, 0x18, 3, 0, 0, 0, 1]), Err(damaged.into()));
    }

    #[test]
    fn an_archive_may_not_fill_the_memory() {
        let large: Vec<u8> = (0..20).flat_map(|_| repeated(1 << 17)).collect();
        let expected = "error[inflating-archive]: expected a table, found an archive that unpacks to 200 times its size\n  --> f\n\
                        hint: unpack it with zstd -d and look what it is\n";
        assert_eq!(told(&large), Err(expected.into()));
        assert_eq!(told(&repeated(1 << 17)).map(|bytes| bytes.len()), Ok(1 << 17));
        let window = "error[unusual-archive]: expected a plain zstd archive, found one with a dictionary or a window above 128 MiB\n  \
                      --> f\nhint: unpack it with zstd -d\n";
        assert_eq!(told(&[0x28, 0xB5, 0x2F, 0xFD, 0, 0xF8, 0, 0, 0]), Err(window.into()));
        assert_eq!(told(&[0x28, 0xB5, 0x2F, 0xFD, 1, 0x38, 7, 0, 0, 0]), Err(window.into()));
    }
}
