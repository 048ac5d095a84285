//! One cell to a moment of civil time, in all the ways popularity exports write dates.
//!
//! What a single cell cannot say (whether 3/4 is in March, whether 2020 is a year) is its column's choice and
//! comes in as a [`Style`]; `date_column` makes that choice. Zones are read and dropped, because a date stays the
//! date the file says, unless the column has several.

mod clock;

use crate::time::moment::{DAY, Moment};

use crate::data::cells::calendar::{self, day, full_year, is_weekday, month};
use crate::data::cells::spans;
pub(crate) use crate::data::cells::style::{Bare, Style};

/// Why a cell that begins as a date is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The year has no such week.
    Week(u32),
    /// The day has no such time.
    Time,
    /// No clock is so far from UTC.
    Offset,
}

/// Reads a trimmed cell as a date, with or without a time of day; of a range it is the start.
pub(crate) fn parse(cell: &str, style: Style) -> Option<Moment> {
    let (moment, offset) = clocked(cell, style)?;
    let seconds = moment.seconds();
    Some(match (style.clock, offset) {
        _ if style.ages => Moment::from_seconds(seconds - offset.unwrap_or(0)),
        _ if style.midnights => day_near(moment),
        (Some(clock), Some(offset)) => Moment::on_clock(seconds - offset + clock, offset - clock),
        _ => moment,
    })
}

/// The day whose midnight in some zone a time in UTC is: zones are up to 13:45 hours ahead, and where that is no evening
/// but a morning more people live east of UTC than west of it.
pub(crate) fn day_near(moment: Moment) -> Moment {
    let next = moment.second_of_day() > 10 * 3600;
    Moment::from_seconds(moment.floor(DAY).seconds() + if next { DAY } else { 0 })
}

/// The date and the time that a cell says, and how far the zone it names is ahead of UTC.
pub(crate) fn clocked(cell: &str, style: Style) -> Option<(Moment, Option<i64>)> {
    let mut scan = Scan::new(cell, style);
    match scan.date(cell, style) {
        Some(moment) => Some((moment, scan.offset)),
        None if style.spans => Some((spans::parse(cell, style)?, None)),
        None => None,
    }
}

/// Why a cell that is no date does not go on as it begins.
pub(crate) fn fault(cell: &str) -> Option<Fault> {
    let styles = [(false, Bare::No), (true, Bare::Month)];
    styles.into_iter().find_map(|(other, bare)| {
        let style = Style { day_first: other, weeks: other, bare, ..Style::default() };
        let mut scan = Scan::new(cell, style);
        if scan.date(cell, style).is_some() { None } else { scan.fault }
    })
}

/// The year of two digits that a cell has.
pub(crate) fn short_year(cell: &str, style: Style) -> Option<u32> {
    let mut scan = Scan::new(cell, style);
    scan.date(cell, style)?;
    scan.short
}

/// Whether a trimmed cell can be nothing but a date.
pub(crate) fn is_date(cell: &str) -> bool {
    [false, true].into_iter().any(|day_first| parse(cell, Style { day_first, ..Style::default() }).is_some())
}

/// The two small numbers a cell such as `3/4/2020` begins with.
pub(crate) fn small_pair(cell: &str) -> Option<(u32, u32)> {
    let mut scan = Scan::new(cell, Style::default());
    let (first, width) = scan.number(2)?;
    let separator = scan.any(&['/', '.', '-'])?;
    let (second, _) = scan.number(2)?;
    (width <= 2 && scan.any(&[separator]).is_some()).then_some((first, second))
}

/// Whether a cell begins with a year of four digits and a part after it, in numbers: `2020-01`, `2020/1/31`.
pub(crate) fn begins_with_year(cell: &str) -> bool {
    let mut scan = Scan::new(cell, Style::default());
    let year = scan.number(4).is_some_and(|(_, width)| width == 4);
    year && scan.any(&['-', '/', '.']).is_some() && scan.number(2).is_some()
}

/// The part after the year of a cell such as `2020-05` or `202005`.
pub(crate) fn year_part(cell: &str) -> Option<u32> {
    if cell.len() == 6 && cell.bytes().all(|b| b.is_ascii_digit()) {
        return cell.get(4..).and_then(|part| part.parse().ok());
    }
    let mut scan = Scan::new(cell, Style::default());
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

/// The moment of a day of a spreadsheet, whose fraction is the time of day.
fn serial(cell: &str) -> Option<Moment> {
    let days: f64 = cell.replace(',', ".").parse().ok()?;
    // The days of some years around ours; the sixth digit would be after 2173.
    let near = (10_000.0..100_000.0).contains(&days);
    #[expect(clippy::cast_possible_truncation, reason = "not above 100,000 days")]
    near.then(|| Moment::from_seconds(libm::round((days - 25_569.0) * DAY as f64) as i64))
}

struct Scan<'a> {
    rest: &'a str,
    since: u32,
    /// The year of two digits that was read.
    short: Option<u32>,
    /// How many seconds the zone that was read is ahead of UTC.
    offset: Option<i64>,
    fault: Option<Fault>,
}

impl<'a> Scan<'a> {
    fn new(cell: &'a str, style: Style) -> Self {
        Scan { rest: cell, since: style.since, short: None, offset: None, fault: None }
    }

    fn date(&mut self, cell: &str, style: Style) -> Option<Moment> {
        let digit = cell.as_bytes().first()?.is_ascii_digit();
        if style.seasons && digit {
            return None;
        }
        let moment = if digit { self.numeric(style) } else { self.words() }?;
        self.rest_is_time_or_range(moment, style)
    }

    /// A year of two digits or four.
    fn full(&mut self, year: u32, width: usize) -> Option<u32> {
        self.short = (width == 2).then_some(year).or(self.short);
        full_year(year, width, self.since)
    }

    /// The first day of a week.
    fn week(&mut self, year: u32, number: u32) -> Option<Moment> {
        let monday = calendar::week(year, number);
        if monday.is_none() && number == 53 {
            self.fault = Some(Fault::Week(year));
        }
        monday
    }

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
        if style.bare == Bare::Serial {
            self.rest = "";
            return serial(digits);
        }
        let digits = whole_seconds(digits, style.bare);
        if digits.len() > 13 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.rest = "";
        let number: u64 = digits.parse().ok()?;
        let part = |from: usize, to: usize| digits.get(from..to).and_then(|text| text.parse::<u32>().ok());
        match (style.bare, digits.len()) {
            (Bare::Year, 4) => day(part(0, 4)?, 1, 1),
            (Bare::Month, 6) if style.weeks => self.week(part(0, 4)?, part(4, 6)?),
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
        (1..=4).contains(&quarter).then(|| day(self.full(year, width)?, quarter * 3 - 2, 1))?
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
            return self.number(2).and_then(|(number, _)| self.week(year, number));
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
        if style.weeks { self.week(year, month) } else { day(year, month, 1) }
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
                return (width <= 2).then(|| day(self.full(first, 2)?, second, year))?;
            }
            let (day_of_month, month) = if style.day_first { (first, second) } else { (second, first) };
            return day(self.full(year, width)?, month, day_of_month);
        }
        // `09.18` and `09-18` are numbers or ranges more often than months.
        if width == 4 || (width == 2 && separator == '/') {
            return day(self.full(second, width)?, first, 1);
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
        day(self.full(year, width)?, month, day_of_month)
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
            return (1..=4).contains(&quarter).then(|| day(self.full(year, width)?, quarter * 3 - 2, 1))?;
        }
        if ["w", "wk", "week", "kw", "cw"].iter().any(|known| known.eq_ignore_ascii_case(word)) {
            self.blanks();
            let (number, _) = self.number(2)?;
            self.any(&['-', '/', ',']);
            self.blanks();
            return self
                .number(4)
                .filter(|(_, width)| *width == 4)
                .and_then(|(year, _)| self.week(year, number));
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
            return day(self.full(number, width)?, month, 1);
        }
        self.ordinal();
        self.any(&[',', '-', '/']);
        self.blanks();
        if self.any(&['–']).is_some() {
            return self.year_of_end().and_then(|year| day(year, month, number));
        }
        let (year, width) = self.number(4)?;
        day(self.full(year, width)?, month, number)
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
}

#[cfg(test)]
mod tests;
