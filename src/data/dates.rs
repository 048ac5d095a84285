//! One cell to a moment of civil time, in all the ways popularity exports write dates.
//!
//! What a single cell cannot say (whether 3/4 is in March, whether 2020 is a year) is its column's choice and
//! comes in as a [`Style`]; `date_column` makes that choice. Zones are read and dropped: a date stays the date
//! the file says.

use crate::moment::Moment;

use super::calendar::{day, full_year, is_weekday, month, week};

/// What bare numbers of a column are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Bare {
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
pub(super) struct Style {
    /// `3/4/2020` is 3 April.
    pub(super) day_first: bool,
    /// `2020-05` is the fifth week.
    pub(super) weeks: bool,
    /// What bare numbers are.
    pub(super) bare: Bare,
    /// Dates count time since 1970-01-01 00:00 UTC, so that the zone they name matters.
    pub(super) ages: bool,
}

/// Reads a trimmed cell as a date, with or without a time of day; of a range it is the start.
pub(super) fn parse(cell: &str, style: Style) -> Option<Moment> {
    let mut scan = Scan { rest: cell };
    let moment = if cell.as_bytes().first()?.is_ascii_digit() { scan.numeric(style) } else { scan.words() }?;
    let moment = scan.rest_is_time_or_range(moment, style)?;
    Some(if style.ages { Moment::from_seconds(moment.seconds() - offset_seconds(cell)) } else { moment })
}

/// Whether a trimmed cell can be nothing but a date.
pub(super) fn is_date(cell: &str) -> bool {
    [false, true].into_iter().any(|day_first| parse(cell, Style { day_first, ..Style::default() }).is_some())
}

/// The two small numbers a cell such as `3/4/2020` begins with.
pub(super) fn small_pair(cell: &str) -> Option<(u32, u32)> {
    let mut scan = Scan { rest: cell };
    let (first, width) = scan.number(2)?;
    let separator = scan.any(&['/', '.', '-'])?;
    let (second, _) = scan.number(2)?;
    (width <= 2 && scan.any(&[separator]).is_some()).then_some((first, second))
}

/// The part after the year of a cell such as `2020-05`.
pub(super) fn year_part(cell: &str) -> Option<u32> {
    let mut scan = Scan { rest: cell };
    let (_, width) = scan.number(4)?;
    scan.any(&['-'])?;
    let (part, _) = scan.number(2)?;
    (width == 4 && scan.rest.is_empty()).then_some(part)
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
        self.rest = self.rest.trim_start_matches(super::cell::is_blank);
    }

    fn word(&mut self) -> &'a str {
        let end = self.rest.find(|c: char| !c.is_alphabetic()).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn numeric(&mut self, style: Style) -> Option<Moment> {
        let whole = self.rest;
        let Some((first, width)) = self.number(4) else { return self.bare(whole, style.bare) };
        match (width, self.rest.as_bytes().first()) {
            (_, None) => self.bare(whole, style.bare),
            (4, Some(b'-' | b'/' | b'.' | b' ' | b'Q' | b'q' | b'W')) => self.after_year(first, style),
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
    fn bare(&mut self, digits: &str, bare: Bare) -> Option<Moment> {
        if digits.len() > 13 || !digits.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
        self.rest = "";
        let number: u64 = digits.parse().ok()?;
        let part = |from: usize, to: usize| digits.get(from..to).and_then(|text| text.parse::<u32>().ok());
        match (bare, digits.len()) {
            (Bare::Year, 4) => day(part(0, 4)?, 1, 1),
            (Bare::Month, 6) => day(part(0, 4)?, part(4, 6)?, 1),
            (Bare::Day, 8) => day(part(0, 4)?, part(4, 6)?, part(6, 8)?),
            (Bare::Seconds, _) => Some(Moment::from_seconds(i64::try_from(number).ok()?)),
            (Bare::Milliseconds, _) => Some(Moment::from_seconds(i64::try_from(number / 1000).ok()?)),
            _ => None,
        }
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
            let (day_of_month, _) = self.number(2)?;
            return day(year, month, day_of_month);
        }
        if style.weeks { week(year, month) } else { day(year, month, 1) }
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
            let (day_of_month, month) = if style.day_first { (first, second) } else { (second, first) };
            return day(full_year(year, width)?, month, day_of_month);
        }
        // `09.18` and `09-18` are numbers or ranges more often than months.
        if width == 4 || (width == 2 && separator == '/') {
            return day(full_year(second, width)?, first, 1);
        }
        None
    }

    /// After `27`: `27 March 2015`, `1-Jan-20`.
    fn after_day(&mut self, day_of_month: u32) -> Option<Moment> {
        ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|s| self.rest.strip_prefix(s))
            .inspect(|rest| self.rest = rest);
        self.any(&['.']);
        self.blanks();
        let month = month(self.word())?;
        self.any(&['.']);
        self.any(&['-', ',', '/']);
        self.blanks();
        let (year, width) = self.number(4)?;
        day(full_year(year, width)?, month, day_of_month)
    }

    /// `Jan 2004`, `Jan-20`, `Jan 1 2017`, `Jun 30, 2001`, `Fri Jun 07 2024`, `Fri, 07 Jun 2024`, `Q1 2020`.
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
        let tight = self.any(&['-', '\'', '/', '’']).is_some() || stopped;
        self.blanks();
        self.any(&['\'', '’']);
        let (number, width) = self.number(4)?;
        if width == 4 || (width == 2 && tight && !self.rest.starts_with(['-', '/'])) {
            return day(full_year(number, width)?, month, 1);
        }
        ["st", "nd", "rd", "th"]
            .iter()
            .find_map(|s| self.rest.strip_prefix(s))
            .inspect(|rest| self.rest = rest);
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
mod tests {
    use super::*;

    fn shown(cell: &str, style: Style) -> String {
        parse(cell, style).map_or("no date".into(), |moment| moment.to_string())
    }

    #[test]
    fn every_known_form_of_a_date_is_read() {
        for (cell, iso) in [
            ("2004-01", "2004-01-01"),
            ("2004-01-04", "2004-01-04"),
            ("2004-01-04 - 2004-01-10", "2004-01-04"),
            ("2004/1/4", "2004-01-04"),
            ("2023-01-25T12", "2023-01-25T12:00"),
            ("2024-10-21T08:28:00+07:00", "2024-10-21T08:28"),
            ("2024-01-07 00:00:00", "2024-01-07"),
            ("2021-01-22 23:08:44+00:00", "2021-01-22T23:08:44"),
            ("2021-09-30T12:27:58.740830", "2021-09-30T12:27:58"),
            ("2020-11-02T03:10:41Z", "2020-11-02T03:10:41"),
            ("2024-01-01 00:00:00 UTC", "2024-01-01"),
            ("Jan 2004", "2004-01-01"),
            ("January 2004", "2004-01-01"),
            ("Jan-20", "2020-01-01"),
            ("Jan 1 2017", "2017-01-01"),
            ("Jun 30, 2001", "2001-06-30"),
            ("Oct. 10, 2018", "2018-10-10"),
            ("May 20 2018 9:48", "2018-05-20T09:48"),
            ("27 March 2015", "2015-03-27"),
            ("1-Jan-2020", "2020-01-01"),
            ("Fri Jun 07 2024 14:54:20 GMT-0500 (Central Daylight Time)", "2024-06-07T14:54:20"),
            ("Fri, 07 Jun 2024 14:54:20 GMT", "2024-06-07T14:54:20"),
            ("12/29/2019", "2019-12-29"),
            ("1/5/20", "2020-01-05"),
            ("09/18", "2018-09-01"),
            ("9/2018", "2018-09-01"),
            ("2020-Q2", "2020-04-01"),
            ("2020Q4", "2020-10-01"),
            ("Q3 2020", "2020-07-01"),
            ("Q3 '20", "2020-07-01"),
            ("janv.-04", "2004-01-01"),
            ("févr. 2004", "2004-02-01"),
            ("1 août 2004", "2004-08-01"),
            ("AGO-04", "2004-08-01"),
            ("dez/04", "2004-12-01"),
            ("Mrz 2004", "2004-03-01"),
            ("Sep 29 – Oct 5, 2024", "2024-09-29"),
            ("Oct 6 – 12, 2024", "2024-10-06"),
            ("Dec 29, 2024 – Jan 4, 2025", "2024-12-29"),
            ("дек.04", "2004-12-01"),
            ("2020-W05", "2020-01-27"),
            ("2020-W53", "2020-12-28"),
            ("1969-W01", "1968-12-30"),
            ("5/20/2018 9:48 PM", "2018-05-20T21:48"),
        ] {
            assert_eq!(shown(cell, Style::default()), iso, "{cell}");
        }
    }

    #[test]
    fn the_column_decides_what_a_cell_cannot() {
        let day_first = Style { day_first: true, ..Style::default() };
        assert_eq!(shown("03/04/2020", Style::default()), "2020-03-04");
        assert_eq!(shown("03/04/2020", day_first), "2020-04-03");
        assert_eq!(shown("29.03.2020", day_first), "2020-03-29");
        assert_eq!(shown("26-09-2015", day_first), "2015-09-26");
        let ages = Style { ages: true, ..Style::default() };
        assert_eq!(shown("Thu Jan 01 1970 04:00:00 GMT+0400 (Gulf Standard Time)", ages), "1970-01-01");
        assert_eq!(shown("Wed Dec 31 1969 19:00:00 GMT-0500 (EST)", ages), "1970-01-01");
        assert_eq!(shown("2019-53", Style { weeks: true, ..Style::default() }), "2019-12-30");
        for (bare, cell, iso) in [
            (Bare::Year, "2020", "2020-01-01"),
            (Bare::Month, "202002", "2020-02-01"),
            (Bare::Day, "20200229", "2020-02-29"),
            (Bare::Seconds, "1072915200", "2004-01-01"),
            (Bare::Milliseconds, "1072915200000", "2004-01-01"),
        ] {
            assert_eq!(shown(cell, Style { bare, ..Style::default() }), iso);
            assert_eq!(shown(cell, Style::default()), "no date");
        }
    }

    #[test]
    fn what_is_no_date_is_not_read_as_one() {
        for cell in [
            "",
            "2020",
            "12",
            "12.5",
            "2020-13-01",
            "2021-02-29",
            "2020-01-32",
            "Jan",
            "May",
            "Total",
            "Keras 2",
            "2020-01-05x",
            "12/2/19 - 12/2/19, US",
            "1.2.3.4",
            "C++",
            "March of Dimes",
            "Jan 1",
            "10-12",
            "0/0/0",
            "2020-01-05T25",
            "Q5 2020",
            "2020-W54",
            "99999-01-01",
            "5-star",
            "3D",
            "2020-01-05 12:60",
        ] {
            assert!(!is_date(cell), "{cell}");
        }
    }
}
