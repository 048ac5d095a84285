//! Where 64 bytes have a delimiter, a quote or a line end: a bit for each byte. It must not know what they mean
//! where they stand.

/// So many bytes are looked at together.
pub(super) const BLOCK: usize = 64;

/// The places of what may end a cell, the first byte's bit the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) delimiters: u64,
    pub(super) quotes: u64,
    line_feeds: u64,
    returns: u64,
}

impl Marks {
    /// Those of the first 64 bytes, or of all where there are fewer.
    #[inline]
    pub(super) fn of(bytes: &[u8], delimiter: u8) -> Self {
        let mut padded = [0; BLOCK];
        let block = match bytes.first_chunk::<BLOCK>() {
            Some(block) => block,
            None => {
                padded.iter_mut().zip(bytes).for_each(|(byte, own)| *byte = *own);
                &padded
            }
        };
        let [delimiters, line_feeds] = [delimiter, b'\n'].map(|byte| places(block, byte));
        // Most blocks have neither.
        let [quotes, returns] = [b'"', b'\r'].map(|byte| {
            let any = block.iter().fold(0, |any, own| any | u8::from(*own == byte));
            if any > 0 { places(block, byte) } else { 0 }
        });
        Marks { delimiters, quotes, line_feeds, returns }
    }

    /// Where rows end outside quotes: at each LF, and at a CR that none follows. Of a CR at the end of the bytes that
    /// is not known, unless nothing follows them.
    #[inline]
    pub(super) fn row_ends(&self, bytes: &[u8], is_end: bool) -> u64 {
        if self.returns == 0 {
            return self.line_feeds;
        }
        let next = match bytes.get(BLOCK) {
            Some(byte) => u64::from(*byte == b'\n'),
            None => 0,
        };
        let followed = self.line_feeds >> 1 | next << (BLOCK - 1);
        let open = match bytes.len() {
            length @ 1..=BLOCK if !is_end => 1_u64 << (length - 1),
            _ => 0,
        };
        self.line_feeds | self.returns & !followed & !open
    }
}

impl Marks {
    /// How all rows end that end here: with LF or with CRLF, as [`Progress::line_ends`](super::Progress::line_ends) has
    /// them; `None` where they differ. It is said where rows end, and whether a CR stands before.
    #[inline]
    pub(super) fn line_end(&self, row_ends: u64, after_return: bool) -> Option<u8> {
        match self.returns << 1 | u64::from(after_return) {
            _ if row_ends != self.line_feeds => None,
            0 if self.returns == 0 => Some(1),
            before if before == self.line_feeds => Some(2),
            _ => None,
        }
    }
}

/// The places of a byte.
#[inline]
fn places(block: &[u8; BLOCK], byte: u8) -> u64 {
    let mut same = [0_u8; BLOCK];
    same.iter_mut().zip(block).for_each(|(same, own)| *same = u8::from(*own == byte));
    let (eights, _) = same.as_chunks::<8>();
    eights.iter().rev().fold(0, |found, eight| {
        let eight = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
        found << 8 | eight
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_has_its_bit() {
        let text =
            b"a,b\r\n\"c\",\x80\xff,\n\n\r,,,,\"\"\"\"x-./0123456789:;<=>abcdefghijklmnopqrstuvwxyz,\n\"";
        let block = text.first_chunk::<BLOCK>().unwrap();
        for byte in *b",\"\n\r" {
            let expected = (0..BLOCK).filter(|&at| block[at] == byte).fold(0, |bits, at| bits | 1_u64 << at);
            assert_eq!(places(block, byte), expected, "{byte}");
        }
    }
}
