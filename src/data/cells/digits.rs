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
    /// How many bytes they take.
    #[inline]
    pub(crate) fn length(self) -> usize {
        usize::from(self.whole) + self.fraction.map_or(0, |fraction| usize::from(fraction) + 1)
    }

    /// How many digits stand behind the mark.
    #[inline]
    pub(crate) fn places(self) -> usize {
        usize::from(self.fraction.unwrap_or(0))
    }

    /// A number below 64 that is the same for digits that say the same of how numbers are written
    /// (`Evidence::of_digits`).
    #[inline]
    pub(crate) fn kind(self, negative: bool) -> u8 {
        let fraction = match self.fraction {
            None => 0,
            Some(3) if self.whole == 1 && self.number < 1000 => 1,
            Some(3) => 2,
            Some(_) => 3,
        };
        self.whole.min(7) | fraction << 3 | u8::from(negative) << 5
    }

    /// The nearest number: a quotient of two exact ones.
    #[inline]
    pub(crate) fn value(self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "not above 2^53")]
        TENS.get(self.places()).map(|ten| self.number as f64 / ten)
    }
}

/// The digits that bytes begin with, and a mark between or behind them; `None` where they are none or too many.
#[inline(always)]
pub(crate) fn read(bytes: &[u8], mark: u8) -> Option<Digits> {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    /// How many bytes lie below the lowest bit.
    #[inline(always)]
    fn below(bits: u64) -> u8 {
        #[expect(clippy::cast_possible_truncation, reason = "at most 64")]
        let bits = bits.trailing_zeros() as u8;
        bits / 8
    }
    let Some(eight) = bytes.first_chunk::<8>() else { return one_by_one(bytes, mark) };
    let bits = u64::from_le_bytes(*eight) ^ 0x3030_3030_3030_3030;
    // The high bit of each byte that is no digit.
    let others = (((bits & !HIGH) + 0x7676_7676_7676_7676) | bits) & HIGH;
    let whole = below(others);
    if whole == 0 || whole == 8 {
        return if whole == 0 { None } else { one_by_one(bytes, mark) };
    }
    if bits >> (8 * whole) & 0xFF != u64::from(mark ^ 0x30) {
        return Some(Digits { number: joined(bits << (64 - 8 * whole)), whole, fraction: None });
    }
    let end = below(others & (others - 1));
    if end == 8 || end == whole + 1 {
        return one_by_one(bytes, mark);
    }
    let front = (1 << (8 * whole)) - 1;
    let digits = bits & front | bits >> 8 & !front;
    Some(Digits { number: joined(digits << (72 - 8 * end)), whole, fraction: Some(end - whole - 1) })
}

/// The number that eight digits are, the first in the lowest byte.
#[inline]
fn joined(digits: u64) -> u64 {
    const PAIR: u64 = 0x0000_00FF_0000_00FF;
    let pairs = digits.wrapping_mul(10).wrapping_add(digits >> 8);
    let (odd, even) = (pairs & PAIR, pairs >> 16 & PAIR);
    odd.wrapping_mul(0x000F_4240_0000_0064).wrapping_add(even.wrapping_mul(0x0000_2710_0000_0001)) >> 32
}

#[cold]
fn one_by_one(bytes: &[u8], mark: u8) -> Option<Digits> {
    let (mut number, mut point, mut length) = (0_u64, None, 0_u8);
    for &byte in bytes {
        match byte {
            b'0'..=b'9' => number = number.wrapping_mul(10).wrapping_add(u64::from(byte - b'0')),
            _ if byte == mark && point.is_none() && length > 0 => point = Some(length),
            _ => break,
        }
        length += 1;
        if length > MOST {
            return None;
        }
    }
    let whole = point.unwrap_or(length);
    let fraction = point.map(|point| length - point - 1);
    (whole > 0 && fraction != Some(0) && number <= 1 << 53).then_some(Digits { number, whole, fraction })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eight_at_a_time_are_what_each_alone_is() {
        for number in ["7", "42", "1234567", "12345678", "123456789012345", "9007199254740992"] {
            for place in 0..=number.len() {
                for rest in ["", ",", ",12345678", "\n", "\r\n2020-01-01", "x", "..", "\u{e9}", " "] {
                    let text = match place {
                        0 => format!("{number}{rest}"),
                        _ => format!("{}.{}{rest}", &number[..place], &number[place..]),
                    };
                    assert_eq!(read(text.as_bytes(), b'.'), one_by_one(text.as_bytes(), b'.'), "{text}");
                }
            }
        }
    }

    #[test]
    fn digits_end_where_something_else_begins() {
        let read = |text: &str| read(text.as_bytes(), b'.').map(|d| (d.number, d.length(), d.places()));
        assert_eq!(read("1771.1,2020-01"), Some((17711, 6, 1)));
        assert_eq!(read("0.125"), Some((125, 5, 3)));
        assert_eq!(read("12,5xxxxxx"), Some((12, 2, 0)));
        for none in ["", "x", ".5xxxxxxx", "5.", "5.xxxxxxx", "12345678901234567", "9007199254740993"] {
            assert_eq!(read(none), None, "{none}");
        }
    }
}
