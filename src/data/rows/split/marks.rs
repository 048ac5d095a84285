//! Where 64 bytes have a delimiter, a quote or a line end: a bit for each byte. It must not know what they mean
//! where they stand.

/// So many bytes are looked at together.
pub(super) const BLOCK: usize = 64;

/// The places of what may end a cell, the first byte's bit the lowest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Marks {
    pub(super) delimiters: u64,
    pub(super) quotes: u64,
    pub(super) line_feeds: u64,
    pub(super) returns: u64,
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
        let is_other = |byte: &u8| u8::from(*byte == b'"') | u8::from(*byte == b'\r');
        let others = block.iter().fold(0, |any, byte| any | is_other(byte));
        let [quotes, returns] =
            if others > 0 { [b'"', b'\r'].map(|byte| places(block, byte)) } else { [0, 0] };
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
