//! One cell to a moment of civil time, in all the ways popularity exports write dates.
//!
//! What a single cell cannot say (whether 3/4 is in March, whether 2020 is a year) is its column's choice and
//! comes in as a [`Style`]; `date_column` makes that choice. Zones are read and dropped: a date stays the date
//! the file says.

use crate::time::moment::Moment;

use crate::data::cells::calendar::{day, full_year, is_weekday, month, week};

/// What bare numbers of a column are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Bare {
    /// Numbers.
    #[default]
    No,
    /// `2020`
    Year,
    /// `202001`
    Month,
    /// `20200131`
    Day,
    /// Seconds since 1970.
    Seconds,
    /// Milliseconds since 1970.
    Milliseconds,
}

/// What a column has decided of its dates.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Style {
    /// `3/4/2020` is 3 April.
    pub(crate) day_first: bool,
    /// `20/3/4` is 4 March 2020.
    pub(crate) year_first: bool,
    /// `2020-05` is the fifth week.
    pub(crate) weeks: bool,
    /// What bare numbers are.
    pub(crate) bare: Bare,
    /// Dates count time since 1970-01-01 00:00 UTC, so that the zone they name matters.
    pub(crate) ages: bool,
}

/// Reads a trimmed cell as a date, with or without a time of day; of a range it is the start.
pub(crate) fn parse(cell: &str, style: Style) -> Option<Moment> {
    let mut scan = Scan { rest: cell };
    let moment = if cell.as_bytes().first()?.is_ascii_digit() { scan.numeric(style) } else { scan.words() }?;
    let moment = scan.rest_is_time_or_range(moment, style)?;
    Some(if style.ages { Moment::from_seconds(moment.seconds() - offset_seconds(cell)) } else { moment })
}

/// Whether a trimmed cell can be nothing but a date.
pub(crate) fn is_date(cell: &str) -> bool {
    [false, true].into_iter().any(|day_first| parse(cell, Style { day_first, ..Style::default() }).is_some())
}

/// The two small numbers a cell such as `3/4/2020` begins with.
pub(crate) fn small_pair(cell: &str) -> Option<(u32, u32)> {
    let mut scan = Scan { rest: cell };
    let (first, width) = scan.number(2)?;
    let separator = scan.any(&['/', '.', '-'])?;
    let (second, _) = scan.number(2)?;
    (width <= 2 && scan.any(&[separator]).is_some()).then_some((first, second))
}

/// Whether a cell begins with a year of four digits and a part after it, in numbers: `2020-01`, `2020/1/31`.
pub(crate) fn begins_with_year(cell: &str) -> bool {
    let mut scan = Scan { rest: cell };
    let year = scan.number(4).is_some_and(|(_, width)| width == 4);
    year && scan.any(&['-', '/', '.']).is_some() && scan.number(2).is_some()
}

/// The part after the year of a cell such as `2020-05` or `202005`.
pub(crate) fn year_part(cell: &str) -> Option<u32> {
    if cell.len() == 6 && cell.bytes().all(|b| b.is_ascii_digit()) {
        return cell.get(4..).and_then(|part| part.parse().ok());
    }
    let mut scan = Scan { rest: cell };
    let (_, width) = scan.number(4)?;
    scan.any(&['-'])?;
    let (part, _) = scan.number(2)?;
    (width == 4 && scan.rest.is_empty()).then_some(part)
}

/// Seconds since 1970 without their fraction, which programs write.
pub(crate) fn whole_seconds(cell: &str, bare: Bare) -> &str {
    let since_1970 = matches!(bare, Bare::Seconds | Bare::Milliseconds);
    match cell.split_once('.').filter(|_| since_1970) {
        Some((whole, fraction)) if fraction.bytes().all(|b| b.is_ascii_digit()) => whole,
        _ => cell,
    }
}

/// How far the zone that a cell names is ahead of UTC, in seconds: `GMT+0400`; 0 without one.
fn offset_seconds(cell: &str) -> i64 {
    let Some((_, zone)) = cell.split_once("GMT") else { return 0 };
    let sign = if zone.starts_with('-') { -1 } else { 1 };
    let digits = zone.get(1..5).and_then(|text| text.parse::<i64>().ok()).unwrap_or(0);
    sign * (digits / 100 * 3600 + digits % 100 * 60)
}

struct Scan<'a> {
    rest: &'a str,
}

impl<'a> Scan<'a> {
    /// At most `limit` digits, and how many they were.
    fn number(&mut self, limit: usize) -> Option<(u32, usize)> {
        let width = self.rest.bytes().take_while(u8::is_ascii_digit).count();
        if width == 0 || width > limit {
            return None;
        }
        let (digits, rest) = self.rest.split_at(width);
        self.rest = rest;
        Some((digits.bytes().fold(0, |n, b| n * 10 + u32::from(b - b'0')), width))
    }

    fn any(&mut self, characters: &[char]) -> Option<char> {
        let c = self.rest.chars().next().filter(|c| characters.contains(c))?;
        self.rest = self.rest.get(c.len_utf8()..)?;
        Some(c)
    }

    fn blanks(&mut self) {
        self.rest = self.rest.trim_start_matches(crate::data::cells::cell::is_blank);
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    /// Skips what stands between the parts of a Spanish or Portuguese date: `1 de enero de 2020`.
    fn of(&mut self) {
        for word in ["de ", "del "] {
            if let Some(rest) = self.rest.strip_prefix(word) {
                self.rest = rest;
                self.blanks();
            }
        }
    }

    fn word_after_of(&mut self) -> &'a str {
        self.of();
        self.word()
    }

    fn numeric(&mut self, style: Style) -> Option<Moment> {
        let whole = self.rest;
        let Some((first, width)) = self.number(4) else { return self.bare(whole, style) };
        match (width, self.rest.as_bytes().first()) {
            (_, None) => self.bare(whole, style),
            (1, Some(b'Q' | b'q')) => self.after_quarter(first),
            (4, Some(b'-' | b'/' | b'.' | b' ' | b'Q' | b'q' | b'W' | b'M')) => self.after_year(first, style),
            (4, Some(0x80..)) => self.after_year_sign(first),
            (1 | 2, Some(b'/' | b'.' | b'-')) => {
                let separator = self.any(&['/', '.', '-'])?;
                match self.number(4) {
                    Some((second, width)) => self.small(first, separator, second, width, style),
                    None => self.after_day(first),
                }
            }
            (1 | 2, Some(_)) => self.after_day(first),
            _ => None,
        }
    }

    /// All digits: what they are is the column's choice.
    fn bare(&mut self, digits: &str, style: Style) -> Option<Moment> {
        let digits = whole_seconds(digits, style.bare);
        if digits.len() > 13 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.rest = "";
        let number: u64 = digits.parse().ok()?;
        let part = |from: usize, to: usize| digits.get(from..to).and_then(|text| text.parse::<u32>().ok());
        match (style.bare, digits.len()) {
            (Bare::Year, 4) => day(part(0, 4)?, 1, 1),
            (Bare::Month, 6) if style.weeks => week(part(0, 4)?, part(4, 6)?),
            (Bare::Month, 6) => day(part(0, 4)?, part(4, 6)?, 1),
            (Bare::Day, 8) => day(part(0, 4)?, part(4, 6)?, part(6, 8)?),
            (Bare::Seconds, _) => Some(Moment::from_seconds(i64::try_from(number).ok()?)),
            (Bare::Milliseconds, _) => Some(Moment::from_seconds(i64::try_from(number / 1000).ok()?)),
            _ => None,
        }
    }

    /// After the `3` of `3Q20`.
    fn after_quarter(&mut self, quarter: u32) -> Option<Moment> {
        self.any(&['Q', 'q']);
        self.any(&['-', '/', ' ', '\'']);
        let (year, width) = self.number(4)?;
        (1..=4).contains(&quarter).then(|| day(full_year(year, width)?, quarter * 3 - 2, 1))?
    }

    fn after_year(&mut self, year: u32, style: Style) -> Option<Moment> {
        let separator = self.any(&['-', '/', '.', ' ']);
        if separator == Some(' ') {
            self.blanks();
        }
        if self.any(&['Q', 'q']).is_some() {
            let (quarter, _) = self.number(1)?;
            return (1..=4).contains(&quarter).then(|| day(year, quarter * 3 - 2, 1))?;
        }
        if self.any(&['W', 'w']).is_some() {
            return self.number(2).and_then(|(number, _)| week(year, number));
        }
        let marked =
            self.rest.starts_with('M') && self.rest.as_bytes().get(1).is_some_and(u8::is_ascii_digit);
        if marked {
            self.any(&['M']);
            return self.number(2).and_then(|(number, _)| day(year, number, 1));
        }
        if separator == Some('.') {
            self.blanks();
        }
        let Some((month, _)) = self.number(2) else {
            let month = month(self.word())?;
            self.any(&['.', '-', '/']);
            self.blanks();
            let day_of_month = self.number(2).map_or(1, |(number, _)| number);
            return day(year, month, day_of_month);
        };
        let separator = separator.filter(|&c| c != ' ')?;
        if self.rest.starts_with(separator) {
            self.any(&[separator]);
            let spaced = self.rest.starts_with(' ');
            self.blanks();
            let (day_of_month, _) = self.number(2)?;
            // `2020. 1. 31.`
            if spaced && self.any(&['.']).is_some() {
                self.blanks();
            }
            return day(year, month, day_of_month);
        }
        if style.weeks { week(year, month) } else { day(year, month, 1) }
    }

    /// After the `2020` of `2020年1月31日` and `2020년 1월`.
    fn after_year_sign(&mut self, year: u32) -> Option<Moment> {
        self.any(&['年', '년'])?;
        self.blanks();
        let (month, _) = self.number(2)?;
        self.any(&['月', '월'])?;
        self.blanks();
        let day_of_month = self.number(2).map_or(1, |(number, _)| number);
        self.any(&['日', '일']);
        day(year, month, day_of_month)
    }

    /// After `3/4`: a year follows, or the second number is one (`9/2018`, `09/18`).
    fn small(
        &mut self,
        first: u32,
        separator: char,
        second: u32,
        width: usize,
        style: Style,
    ) -> Option<Moment> {
        if width <= 2 && self.rest.starts_with(separator) {
            self.any(&[separator]);
            let (year, width) = self.number(4)?;
            if style.year_first {
                return (width <= 2).then(|| day(full_year(first, 2)?, second, year))?;
            }
            let (day_of_month, month) = if style.day_first { (first, second) } else { (second, first) };
            return day(full_year(year, width)?, month, day_of_month);
        }
        // `09.18` and `09-18` are numbers or ranges more often than months.
        if width == 4 || (width == 2 && separator == '/') {
            return day(full_year(second, width)?, first, 1);
        }
        None
    }

    fn ordinal(&mut self) {
        let ends = ["st", "nd", "rd", "th"];
        ends.iter().find_map(|end| self.rest.strip_prefix(end)).inspect(|rest| self.rest = rest);
    }

    /// After `27`: `27 March 2015`, `1-Jan-20`.
    fn after_day(&mut self, day_of_month: u32) -> Option<Moment> {
        self.ordinal();
        self.any(&['.']);
        self.blanks();
        let month = month(self.word_after_of())?;
        self.any(&['.']);
        self.any(&['-', ',', '/']);
        self.blanks();
        self.of();
        let (year, width) = self.number(4)?;
        day(full_year(year, width)?, month, day_of_month)
    }

    /// `W05-2020`, `Jan 2004`, `Jan-20`, `Jan 1 2017`, `Jun 30, 2001`, `Fri Jun 07 2024`, `Fri, 07 Jun 2024`, `Q1 2020`.
    fn words(&mut self) -> Option<Moment> {
        let mut word = self.word();
        if word.eq_ignore_ascii_case("q") {
            let (quarter, _) = self.number(1)?;
            self.any(&['-', '/']);
            self.blanks();
            self.any(&['\'', '’']);
            let (year, width) = self.number(4)?;
            return (1..=4).contains(&quarter).then(|| day(full_year(year, width)?, quarter * 3 - 2, 1))?;
        }
        if ["w", "wk", "week", "kw", "cw"].iter().any(|known| known.eq_ignore_ascii_case(word)) {
            self.blanks();
            let (number, _) = self.number(2)?;
            self.any(&['-', '/', ',']);
            self.blanks();
            return self.number(4).filter(|(_, width)| *width == 4).and_then(|(year, _)| week(year, number));
        }
        if is_weekday(word) {
            self.any(&[',', '.']);
            self.blanks();
            if let Some((day_of_month, _)) = self.number(2) {
                self.any(&['-']);
                return self.after_day(day_of_month);
            }
            word = self.word();
        }
        let month = month(word)?;
        // `янв.04`
        let stopped = self.any(&['.']).is_some() && self.rest.starts_with(|c: char| c.is_ascii_digit());
        self.any(&[',']);
        let tight = self.any(&['-', '\'', '/', '’']).is_some() || stopped;
        self.blanks();
        self.of();
        let tight = self.any(&['\'', '’']).is_some() || tight;
        let (number, width) = self.number(4)?;
        if width == 4 || (width == 2 && tight && !self.rest.starts_with(['-', '/'])) {
            return day(full_year(number, width)?, month, 1);
        }
        self.ordinal();
        self.any(&[',', '-', '/']);
        self.blanks();
        if self.any(&['–']).is_some() {
            return self.year_of_end().and_then(|year| day(year, month, number));
        }
        let (year, width) = self.number(4)?;
        day(full_year(year, width)?, month, number)
    }

    /// The year of `Sep 29 – Oct 5, 2024` or `Oct 6 – 12, 2024`, after its dash.
    fn year_of_end(&mut self) -> Option<u32> {
        self.blanks();
        let word = self.word();
        if !word.is_empty() {
            month(word)?;
            self.blanks();
        }
        self.number(2)?;
        self.any(&[',']);
        self.blanks();
        self.number(4).filter(|(_, width)| *width == 4).map(|(year, _)| year)
    }

    /// What may follow a date: a time of day with or without a zone, or the end of a range.
    fn rest_is_time_or_range(&mut self, start: Moment, style: Style) -> Option<Moment> {
        if self.rest.is_empty() {
            return Some(start);
        }
        let comma = self.any(&[',']).is_some();
        let tight = self.any(&['T', 't']).is_some();
        if !tight {
            self.blanks();
        }
        if !comma && !tight && self.any(&['-', '–', '—', '/', '~']).is_some() {
            self.blanks();
            return parse(self.rest, style).map(|_| start);
        }
        let (seconds, bare) = self.time()?;
        // `2020-03-01,1` is two cells of a table with another delimiter, not one o'clock.
        if bare && !tight {
            return None;
        }
        self.zone().then(|| Moment::from_seconds(start.seconds() + seconds))
    }

    /// `12`, `9:48`, `17:41:02`, `12:27:58.740830`, `9:48 PM`, as seconds into the day, and whether it is only an hour.
    fn time(&mut self) -> Option<(i64, bool)> {
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
        let within = hour < 24 && minute < 60 && second <= 60;
        within.then(|| (i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second), bare))
    }

    /// Whether the rest is a zone: `Z`, `UTC`, `+07:00`, `-0500`, `GMT-0500 (Central Daylight Time)`, or nothing.
    fn zone(&mut self) -> bool {
        self.blanks();
        for name in ["UTC", "GMT", "Z", "z"] {
            if let Some(rest) = self.rest.strip_prefix(name) {
                self.rest = rest;
                break;
            }
        }
        if self.any(&['+', '-']).is_some() {
            let end = self.rest.find(|c: char| !c.is_ascii_digit() && c != ':').unwrap_or(self.rest.len());
            if !(2..=5).contains(&end) {
                return false;
            }
            self.rest = self.rest.get(end..).unwrap_or("");
        }
        self.blanks();
        self.rest.is_empty() || (self.rest.starts_with('(') && self.rest.ends_with(')'))
    }
}

#[cfg(test)]
mod tests;
