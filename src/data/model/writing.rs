//! How a file may be written, in the words that a user has for it. It must not know what any file is like.

use std::fmt;

use crate::time::period::MONTHS;

/// An encoding of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding(pub(crate) &'static encoding_rs::Encoding);

impl Encoding {
    /// The encoding of a name such as `windows-1251`, `latin1` or `Shift_JIS`, as browsers know them.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let label = name.trim().trim_end_matches(" with BOM");
        let of = |label: &str| encoding_rs::Encoding::for_label_no_replacement(label.as_bytes());
        // Code pages of Windows go by `cp949` in some programs.
        let windows = || of(&format!("windows-{}", label.to_lowercase().strip_prefix("cp")?));
        of(label).or_else(windows).map(Encoding)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.0.name()
    }
}

/// What separates the cells of a row: one byte.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Delimiter(pub(crate) u8);

impl Delimiter {
    /// The words for delimiters, besides the signs themselves.
    pub const WORDS: [(&'static str, Delimiter); 5] = [
        ("comma", Delimiter(b',')),
        ("semicolon", Delimiter(b';')),
        ("tab", Delimiter(b'\t')),
        ("pipe", Delimiter(b'|')),
        ("space", Delimiter(b' ')),
    ];

    /// The delimiter of a word, or of a sign: one that is neither a letter, a digit nor a quote.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        let word = Self::WORDS.into_iter().find(|(word, _)| *word == text).map(|(_, delimiter)| delimiter);
        let sign = || match text.as_bytes() {
            [sign] if (sign.is_ascii_punctuation() || matches!(sign, b' ' | b'\t')) && *sign != b'"' => {
                Some(Delimiter(*sign))
            }
            _ => None,
        };
        word.or_else(sign)
    }

    /// The sign, or the word for one that is not seen.
    #[must_use]
    pub fn name(self) -> String {
        let word = Self::WORDS.into_iter().find(|(_, delimiter)| *delimiter == self);
        match word.filter(|_| self.0.is_ascii_whitespace()) {
            Some((word, _)) => word.to_owned(),
            None => char::from(self.0).to_string(),
        }
    }
}

/// What separates the fraction of a number from the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Decimal {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl Decimal {
    /// The signs for them.
    pub const WORDS: [(&'static str, Decimal); 2] =
        [(Decimal::Point.name(), Decimal::Point), (Decimal::Comma.name(), Decimal::Comma)];

    /// The sign.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Decimal::Point => ".",
            Decimal::Comma => ",",
        }
    }
}

/// In which order day, month and year stand in dates of numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// `31/1/2020`
    DayFirst,
    /// `1/31/2020`
    MonthFirst,
    /// `2020-01-31`, `20/1/31`
    YearFirst,
}

impl DateOrder {
    /// The words for them.
    pub const WORDS: [(&'static str, DateOrder); 3] = [
        (DateOrder::DayFirst.name(), DateOrder::DayFirst),
        (DateOrder::MonthFirst.name(), DateOrder::MonthFirst),
        (DateOrder::YearFirst.name(), DateOrder::YearFirst),
    ];

    /// Its word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            DateOrder::DayFirst => "day-first",
            DateOrder::MonthFirst => "month-first",
            DateOrder::YearFirst => "year-first",
        }
    }
}

/// What the columns of values are, beside each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueColumns {
    /// Who is compared: a column for each.
    Subjects,
    /// What is counted: stars, forks.
    Measures,
    /// What splits one measure: portals.
    Groups,
    /// When it was counted: years.
    Dates,
    /// No numbers: what is said of each subject, criterion by criterion.
    Words,
}

impl ValueColumns {
    /// The words for them.
    pub const WORDS: [(&'static str, ValueColumns); 5] = [
        (ValueColumns::Subjects.name(), ValueColumns::Subjects),
        (ValueColumns::Measures.name(), ValueColumns::Measures),
        (ValueColumns::Groups.name(), ValueColumns::Groups),
        (ValueColumns::Dates.name(), ValueColumns::Dates),
        (ValueColumns::Words.name(), ValueColumns::Words),
    ];

    /// Its word.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            ValueColumns::Subjects => "subjects",
            ValueColumns::Measures => "measures",
            ValueColumns::Groups => "groups",
            ValueColumns::Dates => "dates",
            ValueColumns::Words => "words",
        }
    }
}

/// Where the names of the columns stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Header {
    /// On this line, from 1.
    Line(u32),
    /// Nowhere: the first row is data.
    None,
}

/// The word for no header.
const NO_HEADER: &str = "none";

impl Header {
    /// The header of a text: a number of a line, or `none`.
    #[must_use]
    pub fn named(text: &str) -> Option<Self> {
        match text.parse() {
            Ok(line) => (line > 0).then_some(Header::Line(line)),
            Err(_) => (text == NO_HEADER).then_some(Header::None),
        }
    }
}

impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Header::Line(line) => write!(f, "{line}"),
            Header::None => f.write_str(NO_HEADER),
        }
    }
}

/// The number of a month that is named by its English word or its number.
#[must_use]
pub fn month_named(text: &str) -> Option<u8> {
    let word = (1..).zip(MONTHS).find(|(_, month)| month.eq_ignore_ascii_case(text.trim()));
    word.map(|(number, _)| number)
        .or_else(|| text.trim().parse().ok().filter(|month| (1..=12).contains(month)))
}

/// What is said of columns of numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Each<T> {
    /// Of all but those below.
    pub all: Option<T>,
    /// Of those of these names.
    pub named: Vec<(String, T)>,
}

impl<T: Copy> Each<T> {
    /// The same of all columns.
    #[must_use]
    pub fn all(said: T) -> Self {
        Each { all: Some(said), named: Vec::new() }
    }

    /// What is said of a column.
    #[must_use]
    pub fn of(&self, name: &str) -> Option<T> {
        let name = name.trim().to_lowercase();
        let named = self.named.iter().find(|(known, _)| known.trim().to_lowercase() == name);
        named.map(|(_, said)| *said).or(self.all)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_have_words_and_signs() {
        for (text, name) in
            [("comma", ","), (";", ";"), ("tab", "tab"), ("\t", "tab"), (" ", "space"), ("^", "^")]
        {
            assert_eq!(Delimiter::named(text).map(Delimiter::name).as_deref(), Some(name), "{text}");
        }
        for text in ["", "a", "1", "\"", "::", "Tab", "é"] {
            assert_eq!(Delimiter::named(text), None, "{text}");
        }
    }

    #[test]
    fn encodings_go_by_the_names_that_programs_have_for_them() {
        for (text, name) in [
            ("UTF-8 with BOM", "UTF-8"),
            ("latin1", "windows-1252"),
            ("cp1251", "windows-1251"),
            ("CP949", "EUC-KR"),
            ("sjis", "Shift_JIS"),
        ] {
            assert_eq!(Encoding::named(text).map(Encoding::name), Some(name), "{text}");
        }
        assert_eq!(Encoding::named("ebcdic"), None);
    }

    #[test]
    fn months_and_headers_are_words_or_numbers() {
        assert_eq!([month_named("april"), month_named("4")], [Some(4), Some(4)]);
        assert_eq!([month_named("0"), month_named("13"), month_named("Apr")], [None; 3]);
        assert_eq!([Header::named("4"), Header::named("none")], [Some(Header::Line(4)), Some(Header::None)]);
        assert_eq!([Header::named("0"), Header::named("no")], [None; 2]);
    }

    #[test]
    fn what_is_said_of_a_column_is_found_by_its_name_without_case() {
        let named = Each { all: None, named: vec![("Stars".to_owned(), 1)] };
        assert_eq!([named.of("stars "), named.of("forks"), Each::all(2).of("x")], [Some(1), None, Some(2)]);
    }
}
