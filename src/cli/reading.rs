//! The options that say how data files are to be read: those of a dataset in a manifest, by the same names.

use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::data::{
    Basis, Columns, DateOrder, Decimal, Delimiter, Each, Encoding, Header, Unit, ValueColumns, month_named,
};

#[derive(Debug, Args)]
#[command(next_help_heading = "How the files are read, where it should not be found out")]
pub(super) struct Reading {
    /// The column of dates
    #[arg(long, value_name = "COLUMN")]
    date: Option<String>,
    /// The column of who is compared
    #[arg(long, value_name = "COLUMN")]
    subject: Option<String>,
    /// The column that splits the values
    #[arg(long, value_name = "COLUMN")]
    group: Option<String>,
    /// A column of values; may be given several times
    #[arg(long, value_name = "COLUMN")]
    values: Vec<String>,
    /// What the columns of values are
    #[arg(long, value_name = "WHAT", value_parser = words(&ValueColumns::WORDS))]
    values_are: Option<ValueColumns>,
    /// A column whose texts must not be drawn together; may be given several times
    #[arg(long, value_name = "COLUMN")]
    same: Vec<String>,
    /// Rows to keep: those with this text in this column; may be given several times
    #[arg(long, value_name = "COLUMN=TEXT", value_parser = condition)]
    only: Vec<(String, String)>,
    /// A column, or rows of a name or date, to leave out; may be given several times
    #[arg(long, value_name = "NAME")]
    leave_out: Vec<String>,
    /// What the text is encoded in: `windows-1251`, `Shift_JIS`
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    encoding: Option<Encoding>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// What separates the cells: a sign, or `tab`, `comma`, `semicolon`, `pipe`, `space`
    #[arg(long, value_name = "SIGN", value_parser = delimiter)]
    delimiter: Option<Delimiter>,
    /// The line that names the columns, or `none`
    #[arg(long, value_name = "LINE", value_parser = header)]
    header: Option<Header>,
    /// The decimal sign, `.` or `,`; of one column with its name in front
    #[arg(long, value_name = "[COLUMN=]SIGN", value_parser = |text: &str| one(text, &Decimal::WORDS))]
    decimal: Vec<One<Decimal>>,
    /// The order of day, month and year in dates of numbers
    #[arg(long, value_name = "ORDER", value_parser = words(&DateOrder::WORDS))]
    dates: Option<DateOrder>,
    /// The month that years begin with: `April` or `4`
    #[arg(long, value_name = "MONTH", value_parser = month)]
    year_starts: Option<u8>,
    /// What the values are: count, percent, index or number; of one column with its name in front
    #[arg(long, value_name = "[COLUMN=]UNIT", value_parser = |text: &str| one(text, &Unit::WORDS))]
    unit: Vec<One<Unit>>,
    /// How the values came about: count, cumulative, index, share, rank, rating, "at least", window or unknown
    #[arg(long, value_name = "[COLUMN=]BASIS", value_parser = |text: &str| one(text, &Basis::WORDS))]
    basis: Vec<One<Basis>>,
}

/// What is said of all columns, or of the one of a name.
#[derive(Debug, Clone)]
struct One<T>(Option<String>, T);

impl Reading {
    /// The same as a dataset of these files has it.
    pub(super) fn columns(self, files: &[PathBuf]) -> Columns {
        let mut only: Vec<(String, Vec<String>)> = Vec::new();
        for (column, text) in self.only {
            match only.iter_mut().find(|(known, _)| *known == column) {
                Some((_, texts)) => texts.push(text),
                None => only.push((column, vec![text])),
            }
        }
        Columns {
            date: self.date,
            subject: self.subject,
            group: self.group,
            values: self.values,
            values_are: self.values_are,
            same: self.same,
            only,
            leave_out: self.leave_out,
            encoding: self.encoding,
            sheet: self.sheet,
            delimiter: self.delimiter,
            header: self.header,
            decimal: each(self.decimal),
            dates: self.dates,
            year_starts: self.year_starts,
            unit: each(self.unit),
            basis: each(self.basis),
            several: files.len() > 1,
            ..Columns::default()
        }
    }
}

/// What is said of all, or of each by its name. Of both kinds at once, the names are the exceptions.
fn each<T>(said: Vec<One<T>>) -> Option<Each<T>> {
    let (mut all, mut named) = (None, Vec::new());
    for One(name, one) in said {
        match name {
            Some(name) => named.push((name, one)),
            None => all = Some(one),
        }
    }
    (all.is_some() || !named.is_empty()).then_some(Each { all, named })
}

fn words<T: Clone + Send + Sync + 'static>(
    words: &'static [(&'static str, T)],
) -> impl TypedValueParser<Value = T> {
    let possible = PossibleValuesParser::new(words.iter().map(|(word, _)| *word));
    possible.try_map(move |text| one_of(&text, words))
}

fn one_of<T: Clone>(text: &str, words: &[(&str, T)]) -> Result<T, String> {
    let found = words.iter().find(|(word, _)| *word == text).map(|(_, meaning)| meaning.clone());
    found.ok_or_else(|| {
        let words: Vec<String> = words.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        format!("expected one of {}", words.join(", "))
    })
}

fn one<T: Clone>(text: &str, words: &[(&str, T)]) -> Result<One<T>, String> {
    match text.rsplit_once('=') {
        Some((column, word)) => one_of(word, words).map(|found| One(Some(column.to_owned()), found)),
        None => one_of(text, words).map(|found| One(None, found)),
    }
}

fn condition(text: &str) -> Result<(String, String), String> {
    let (column, text) = text.split_once('=').ok_or("expected a column, `=` and a text")?;
    Ok((column.to_owned(), text.to_owned()))
}

fn encoding(text: &str) -> Result<Encoding, String> {
    Encoding::named(text)
        .ok_or_else(|| "expected an encoding such as `UTF-8`, `windows-1251` or `Shift_JIS`".to_owned())
}

fn delimiter(text: &str) -> Result<Delimiter, String> {
    let words: Vec<&str> = Delimiter::WORDS.iter().map(|(word, _)| *word).collect();
    Delimiter::named(text).ok_or_else(|| format!("expected one sign, or one of {}", words.join(", ")))
}

fn header(text: &str) -> Result<Header, String> {
    Header::named(text).ok_or_else(|| "expected the number of a line, or `none`".to_owned())
}

fn month(text: &str) -> Result<u8, String> {
    month_named(text).ok_or_else(|| "expected a month such as `April` or `4`".to_owned())
}
