//! What may follow a date: the time of day, and how far its clock is ahead of UTC.

use super::{Fault, Scan};

impl Scan<'_> {
    /// `12`, `9:48`, `17:41:02`, `12:27:58.740830`, `9:48 PM`, as seconds into the day, and whether it is only an hour.
    pub(super) fn time(&mut self) -> Option<(i64, bool)> {
        let (mut hour, _) = self.number(2)?;
        let mut small = [0, 0];
        let mut bare = true;
        for part in &mut small {
            if self.any(&[':']).is_none() {
                break;
            }
            *part = self.number(2)?.0;
            bare = false;
        }
        if self.any(&['.', ',']).is_some() {
            self.rest = self.rest.trim_start_matches(|c: char| c.is_ascii_digit());
        }
        self.blanks();
        let half = ["AM", "PM", "am", "pm"].iter().find(|half| self.rest.starts_with(**half));
        if let Some(half) = half {
            self.rest = self.rest.get(2..)?;
            bare = false;
            hour = hour % 12 + if half.eq_ignore_ascii_case("pm") { 12 } else { 0 };
        }
        let [minute, second] = small;
        if hour > 23 || minute > 59 || second > 59 {
            self.fault = self.fault.or((!bare).then_some(Fault::Time));
            return None;
        }
        Some((i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second), bare))
    }

    /// Whether the rest is a zone: `Z`, `UTC`, `+07:00`, `-0500`, `GMT-0500 (Central Daylight Time)`, or nothing.
    pub(super) fn zone(&mut self) -> bool {
        self.blanks();
        for name in ["UTC", "GMT", "Z", "z"] {
            if let Some(rest) = self.rest.strip_prefix(name) {
                (self.rest, self.offset) = (rest, Some(0));
                break;
            }
        }
        if let Some(sign) = self.any(&['+', '-', '−']) {
            let Some(ahead) = self.ahead() else { return false };
            // From Baker Island to the Line Islands.
            let near = if sign == '+' { ahead <= 14 * 3600 } else { ahead <= 12 * 3600 };
            if !near {
                self.fault = self.fault.or(Some(Fault::Offset));
                return false;
            }
            self.offset = Some(if sign == '+' { ahead } else { -ahead });
        }
        self.blanks();
        self.rest.is_empty() || (self.rest.starts_with('(') && self.rest.ends_with(')'))
    }

    /// `7`, `07`, `0730`, `07:30` as seconds.
    fn ahead(&mut self) -> Option<i64> {
        let (number, width) = self.number(4)?;
        let (hours, minutes) = match (width, self.any(&[':'])) {
            (1 | 2, Some(_)) => (number, self.number(2).filter(|(_, width)| *width == 2)?.0),
            (1 | 2, None) => (number, 0),
            (3 | 4, None) => (number / 100, number % 100),
            _ => return None,
        };
        if minutes > 59 {
            self.fault = self.fault.or(Some(Fault::Offset));
            return None;
        }
        Some(i64::from(hours) * 3600 + i64::from(minutes) * 60)
    }
}
