//! Reads what sentences on values are made of: numbers, dates, names and times.
//!
//! It is written for the judge of those sentences, and shares nothing with what writes them.

/// A moment as sentences name it: year, month, day and minute of the day, as far as it is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Date(pub(crate) i32, pub(crate) u32, pub(crate) u32, pub(crate) Option<u32>);

/// What a cell of the data says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Cell {
    Is(f64),
    /// Below that, and not below 0.
    Below(f64),
    Nothing,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Date {
    pub(crate) fn words(self) -> String {
        let Date(year, month, day, minute) = self;
        match (month, day, minute) {
            (0, ..) => format!("{year}"),
            (month, 0, _) => format!("{} {year}", MONTHS[month as usize - 1]),
            (month, day, None) => format!("{day} {} {year}", MONTHS[month as usize - 1]),
            (month, day, Some(minute)) => {
                let month = MONTHS[month as usize - 1];
                format!("{day} {month} {year}, {:02}:{:02}", minute / 60, minute % 60)
            }
        }
    }
}

/// A number as it is printed, and how far the value may be from it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Printed {
    Number { value: f64, off: f64, text: String },
    Below { bound: f64, off: f64 },
}

pub(crate) fn size(cell: Cell) -> f64 {
    match cell {
        Cell::Is(value) => value,
        Cell::Below(bound) => bound / 2.0,
        Cell::Nothing => panic!("nothing has no size"),
    }
}

impl Printed {
    pub(crate) fn is(&self, cell: Cell) -> bool {
        match (self, cell) {
            (Printed::Below { bound, off }, Cell::Below(exact)) => (bound - exact).abs() <= off * 1.000_001,
            (Printed::Number { value, off, .. }, Cell::Is(exact)) => {
                // Only zero is printed as zero.
                (*value == 0.0) == (exact == 0.0) && (value - exact).abs() <= off * 1.000_001
            }
            _ => false,
        }
    }
}

pub(crate) type Verdict<T> = Result<T, String>;

pub(crate) fn hold(holds: bool, what: impl Into<String>) -> Verdict<()> {
    if holds { Ok(()) } else { Err(what.into()) }
}

/// What is left to read of a sentence.
pub(crate) struct Text<'t> {
    pub(crate) rest: &'t str,
    pub(crate) dates: &'t [Date],
}

impl<'t> Text<'t> {
    pub(crate) fn eat(&mut self, words: &str) -> bool {
        self.rest.strip_prefix(words).map(|rest| self.rest = rest).is_some()
    }

    pub(crate) fn must(&mut self, words: &str) -> Verdict<()> {
        hold(self.eat(words), format!("expected `{words}`, found `{}`", self.rest))
    }

    pub(crate) fn end(&self) -> Verdict<()> {
        hold(self.rest.is_empty(), format!("expected the end, found `{}`", self.rest))
    }

    /// One of the dates of the data.
    pub(crate) fn date(&mut self) -> Verdict<Date> {
        let mut found: Vec<Date> =
            self.dates.iter().copied().filter(|date| self.rest.starts_with(&date.words())).collect();
        found.sort_by_key(|date| date.words().len());
        let date =
            *found.last().ok_or_else(|| format!("expected a date of the data, found `{}`", self.rest))?;
        self.rest = &self.rest[date.words().len()..];
        Ok(date)
    }

    pub(crate) fn when(&mut self) -> Verdict<Date> {
        let on = self.eat("on ");
        hold(on || self.eat("in "), format!("expected `on` or `in`, found `{}`", self.rest))?;
        let date = self.date()?;
        hold(on == (date.2 > 0), format!("`on` is for days: {}", date.words()))?;
        Ok(date)
    }

    /// All dates, or the last of at least three.
    pub(crate) fn dates(&mut self) -> Verdict<(Vec<Date>, bool)> {
        if self.eat("(last ") {
            let date = self.when()?;
            self.must(")")?;
            return Ok((vec![date], true));
        }
        let mut dates = vec![self.when()?];
        let before = self.rest;
        if self.eat(" and ") {
            match self.when() {
                Ok(date) => dates.push(date),
                Err(_) => self.rest = before,
            }
        }
        Ok((dates, false))
    }

    pub(crate) fn value(&mut self) -> Verdict<Printed> {
        if self.eat("below ") {
            let Printed::Number { value: bound, off, .. } = self.value()? else {
                return Err("a bound of a bound".into());
            };
            return Ok(Printed::Below { bound, off });
        }
        let start = self.rest;
        let negative = self.eat("\u{2212}");
        let mut digits = String::new();
        let mut decimals = None;
        let chars: Vec<char> = self.rest.chars().collect();
        let digit = |i: usize| chars.get(i).is_some_and(char::is_ascii_digit);
        let mut at = 0;
        while at < chars.len() {
            match chars[at] {
                c if c.is_ascii_digit() => {
                    digits.push(c);
                    decimals = decimals.map(|count: i32| count + 1);
                }
                ',' if decimals.is_none() && (1..4).all(|i| digit(at + i)) && !digit(at + 4) => {}
                '.' if decimals.is_none() && digit(at + 1) => {
                    digits.push('.');
                    decimals = Some(0);
                }
                _ => break,
            }
            at += 1;
        }
        self.rest = &self.rest[chars[..at].iter().map(|c| c.len_utf8()).sum()..];
        let mut value: f64 = digits.parse().map_err(|_| format!("expected a number, found `{start}`"))?;
        let mut unit = 1.0;
        if self.eat(" × 10") {
            let (mut exponent, mut sign) = (0, 1);
            while let Some(c) = self.rest.chars().next() {
                match "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().position(|raised| raised == c) {
                    Some(digit) => exponent = exponent * 10 + digit as i32,
                    None if c == '⁻' => sign = -1,
                    None => break,
                }
                self.rest = &self.rest[c.len_utf8()..];
            }
            unit = 10f64.powi(exponent * sign);
        }
        for (name, size) in [(" million", 1e6), (" billion", 1e9), (" trillion", 1e12)] {
            if self.eat(name) {
                unit = size;
            }
        }
        value *= if negative { -unit } else { unit };
        let text = start[..start.len() - self.rest.len()].to_owned();
        // What is left of the point may have been rounded to a whole number.
        let off = unit * 0.5 * 10f64.powi(-decimals.unwrap_or(0)) + value.abs() * 1e-14;
        Ok(Printed::Number { value, off, text })
    }

    pub(crate) fn name(&mut self, names: &[String]) -> Verdict<usize> {
        let found = names.iter().position(|name| self.rest.starts_with(name.as_str()));
        let found = found.ok_or_else(|| format!("expected a name, found `{}`", self.rest))?;
        self.rest = &self.rest[names[found].len()..];
        Ok(found)
    }
}

/// Numbers that differ must not be printed alike.
pub(crate) fn told_apart(pairs: &[(&Printed, Cell)]) -> Verdict<()> {
    for (one, one_cell) in pairs {
        for (other, other_cell) in pairs {
            if let (Printed::Number { text: a, .. }, Printed::Number { text: b, .. }) = (one, other) {
                let (x, y) = (size(*one_cell), size(*other_cell));
                let differ = (x - y).abs() > 1e-9 * x.abs().max(y.abs());
                hold(!(differ && a == b), format!("{x} and {y} both read {a}"))?;
            }
        }
    }
    Ok(())
}

/// A time within which something happens: `in early 2020`, `in June 2020`, `on 3 June 2020, 05:00`.
pub(crate) fn period(rest: &mut &str) -> Verdict<impl Fn(Date) -> bool> {
    let words: Vec<&str> = rest.split([' ', ',']).filter(|word| !word.is_empty()).collect();
    let month = |name: &str| MONTHS.iter().position(|month| *month == name).map(|at| at as u32 + 1);
    let year = |text: &str| text.parse::<i32>().map_err(|_| format!("expected a year, found `{text}`"));
    let months = |from: u32, year: i32| (year, from..from + 4, None, None);
    let (year, months, day, minute) = match words.as_slice() {
        ["in", "early", y] => months(1, year(y)?),
        ["in", "late", y] => months(9, year(y)?),
        ["in", y] if y.starts_with("mid-") => months(5, year(&y[4..])?),
        ["in", y] => (year(y)?, 0..13, None, None),
        ["in", m, y] => {
            let month = month(m).ok_or_else(|| format!("expected a month, found `{m}`"))?;
            (year(y)?, month..month + 1, None, None)
        }
        ["on", d, m, y, time @ ..] => {
            let month = month(m).ok_or_else(|| format!("expected a month, found `{m}`"))?;
            let minute = match time {
                [time] => {
                    let (hour, minute) = time.split_once(':').ok_or("expected a time")?;
                    Some(hour.parse::<u32>().unwrap() * 60 + minute.parse::<u32>().unwrap())
                }
                _ => None,
            };
            (year(y)?, month..month + 1, d.parse::<u32>().ok(), minute)
        }
        _ => return Err(format!("expected a time, found `{rest}`")),
    };
    *rest = "";
    Ok(move |date: Date| {
        date.0 == year
            && (date.1 == 0 || months.contains(&date.1))
            && day.is_none_or(|day| day == date.2)
            && minute.is_none_or(|minute| Some(minute) == date.3)
    })
}
