//! Digits at the beginning of bytes, eight at a time where they can be: the numbers that nearly all cells are.
//! What else a number may have around its digits is [`numbers`](super::numbers)' business.

/// Powers of ten that a `f64` holds exactly, as far as numbers of [`MOST`] digits need them.
pub(crate) const TENS: [f64; 16] =
    [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15];

/// So many digits and a point are read here: a whole number and a power of ten that are both exact.
const MOST: u8 = 16;

/// Digits with at most one decimal mark among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Digits {
    /// The number that they are without the mark, not above 2^53.
    pub(crate) number: u64,
    /// How many stand before the mark.
    pub(crate) whole: u8,
    /// How many stand behind it; `None` without a mark.
    pub(crate) fraction: Option<u8>,
}

impl Digits {
    /// A number below 8 that is the same for digits that say the same of how numbers are written
    /// (`Evidence::of_digits`).
    #[inline]
    pub(crate) fn kind(self, negative: bool) -> u8 {
        let kind = match self.fraction {
            None => u8::from(self.whole > 3),
            Some(3) => 2 | u8::from(self.whole > 3 || (self.whole == 1 && self.number < 1000)),
            Some(_) => 3,
        };
        kind | u8::from(negative) << 2
    }

    /// The number without the mark, less than nothing where that is said.
    #[inline]
    pub(crate) fn signed_number(self, negative: bool) -> i64 {
        if negative { -self.number.cast_signed() } else { self.number.cast_signed() }
    }
}

/// The nearest number to a whole one, not above 2^53, over a power of ten: a quotient of two exact ones.
#[inline]
pub(crate) fn value(number: i64, places: u8) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "not above 2^53")]
    let number = number as f64;
    TENS.get(usize::from(places)).map_or(0.0, |ten| number / ten)
}

/// The digits that are all of a cell, which ends so far into bytes, and whether a minus stands before them; a mark may
/// stand among them, blanks and a minus before. `None` where they are none, too many, or not all.
#[inline(always)]
pub(crate) fn within(bytes: &[u8], start: usize, end: usize, mark: u8) -> Option<(Digits, bool)> {
    let length = end.wrapping_sub(start);
    if length.wrapping_sub(1) >= 8 {
        return if length == 0 { None } else { long(bytes.get(start..end)?, mark) };
    }
    let eight = match end.checked_sub(8).and_then(|from| bytes.get(from..)).and_then(|b| b.first_chunk::<8>())
    {
        Some(eight) => u64::from_le_bytes(*eight),
        None => bytes.get(start..end)?.iter().fold(0, |eight, byte| eight >> 8 | u64::from(*byte) << 56),
    };
    eight_of(eight, length, mark)
}

/// The digits of the last bytes of eight.
#[inline(always)]
fn eight_of(eight: u64, length: usize, mark: u8) -> Option<(Digits, bool)> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const BLANKS: u64 = 0x1010_1010_1010_1010;
    // Digits are their numbers now; what stands before the cell is nothing.
    let bits = eight ^ 0x3030_3030_3030_3030;
    let mut first = 8 - length;
    let mut cell = bits >> (8 * first) << (8 * first);
    // The high bit of each byte that is no digit.
    let not_digits = |cell: u64| (((cell & !HIGH) + 0x7676_7676_7676_7676) | cell) & HIGH;
    let is_marked = |cell: u64, others: u64| {
        others & others.wrapping_sub(1) == 0
            && cell >> (others.trailing_zeros() & 56) & 0xFF == u64::from(mark ^ b'0')
    };
    let mut others = not_digits(cell);
    let mut negative = false;
    if others != 0 && !is_marked(cell, others) {
        let blanks = ((bits >> (8 * first)) ^ BLANKS).trailing_zeros() as usize / 8;
        first += blanks.min(length);
        negative = first < 8 && bits >> (8 * first) & 0xFF == u64::from(b'-' ^ b'0');
        first += usize::from(negative);
        if first >= 8 {
            return None;
        }
        cell = bits >> (8 * first) << (8 * first);
        others = not_digits(cell);
        if others != 0 && !is_marked(cell, others) {
            return None;
        }
    }
    let narrow = |count: usize| u8::try_from(count).unwrap_or(u8::MAX);
    if others == 0 {
        return Some((Digits { number: joined(cell), whole: narrow(8 - first), fraction: None }, negative));
    }
    let at = others.trailing_zeros() as usize / 8;
    if at == first || at == 7 {
        return None;
    }
    let front = cell & ((1 << (8 * at)) - 1);
    let back = cell >> (8 * at + 8) << (8 * at + 8);
    let digits = Digits {
        number: joined(front << 8 | back),
        whole: narrow(at - first),
        fraction: Some(narrow(7 - at)),
    };
    Some((digits, negative))
}

/// The number that eight digits are, the first in the lowest byte.
#[inline]
fn joined(digits: u64) -> u64 {
    const PAIR: u64 = 0x0000_00FF_0000_00FF;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let (odd, even) = (pairs & PAIR, pairs >> 16 & PAIR);
    odd.wrapping_mul(0x000F_4240_0000_0064).wrapping_add(even.wrapping_mul(0x0000_2710_0000_0001)) >> 32
}

/// The same of a cell of more than eight bytes.
fn long(cell: &[u8], mark: u8) -> Option<(Digits, bool)> {
    let front = cell.iter().take_while(|byte| **byte == b' ').count();
    let cell = cell.get(front..)?;
    let negative = cell.first() == Some(&b'-');
    let cell = cell.get(usize::from(negative)..)?;
    if cell.len() <= 8 {
        let own = within(cell, 0, cell.len(), mark).filter(|(_, minus)| !minus);
        return own.filter(|_| cell.first() != Some(&b' ')).map(|(digits, _)| (digits, negative));
    }
    if cell.len() > usize::from(MOST) {
        return None;
    }
    let (head, tail) = cell.split_at(cell.len() - 8);
    let part = |cell: &[u8]| within(cell, 0, cell.len(), mark).filter(|(_, minus)| !minus);
    let is_plain = |cell: &[u8]| cell.iter().all(u8::is_ascii_digit);
    let digits = if is_plain(head) && is_plain(tail) {
        let number = part(head)?.0.number * 100_000_000 + part(tail)?.0.number;
        Digits { number, whole: u8::try_from(cell.len()).ok()?, fraction: None }
    } else {
        one_by_one(cell, mark)?
    };
    (digits.number <= 1 << 53).then_some((digits, negative))
}

fn one_by_one(bytes: &[u8], mark: u8) -> Option<Digits> {
    let (mut number, mut point) = (0_u64, None);
    for (at, &byte) in (0_u8..).zip(bytes) {
        match byte {
            b'0'..=b'9' => number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
            _ if byte == mark && point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let length = u8::try_from(bytes.len()).ok()?;
    let whole = point.unwrap_or(length);
    let fraction = point.map(|point| length - point - 1);
    let is_number = whole > 0 && fraction != Some(0) && length <= MOST && number <= 1 << 53;
    is_number.then_some(Digits { number, whole, fraction })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_at_a_time_are_what_each_alone_is() {
        for number in
            ["7", "42", "1234567", "12345678", "123456789012345", "9007199254740992", "00012", "1.2"]
        {
            for place in 0..=number.len() {
                for (before, after) in [
                    ("", ""),
                    ("2020-01-01,", ",1"),
                    ("  ", ""),
                    ("-", "\n"),
                    (" ", " "),
                    ("x", "x"),
                    ("12345678", "%"),
                ] {
                    let text = match place {
                        0 => number.to_owned(),
                        _ => format!("{}.{}", &number[..place], &number[place..]),
                    };
                    let all = format!("{before}{text}{after}");
                    let (start, end) = (before.len(), before.len() + text.len());
                    let found = within(all.as_bytes(), start, end, b'.');
                    assert_eq!(found, one_by_one(text.as_bytes(), b'.').map(|d| (d, false)), "{all}");
                }
            }
        }
    }

    #[test]
    fn digits_are_the_whole_cell() {
        let read = |text: &str| {
            within(text.as_bytes(), 0, text.len(), b'.')
                .map(|(d, negative)| (d.number, d.whole, d.fraction.unwrap_or(0), negative))
        };
        assert_eq!(read("1771.1"), Some((17711, 4, 1, false)));
        assert_eq!(read("0.125"), Some((125, 1, 3, false)));
        assert_eq!(read("-12.5"), Some((125, 2, 1, true)));
        assert_eq!(read("       12.5"), Some((125, 2, 1, false)));
        assert_eq!(read("    -123456.5"), Some((1_234_565, 6, 1, true)));
        for none in [
            "",
            " ",
            "-",
            "x",
            ".5",
            "5.",
            "12,5",
            "1 2",
            "12 ",
            "--1",
            "- 1",
            "1-",
            "12345678901234567",
            "9007199254740993",
            "1.2.3",
            "12345678.",
            "          ",
            "      - 12345678",
            "123456789x",
        ] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
