//! Lines of a file that are no rows of its table, though no remarks either: cells with another delimiter between
//! them, the header of a further table, the rest of a row that was cut off. None of them may be left out as if
//! nothing were lost, so each is a fault that says what it is.

use crate::diag::{self, Diagnostic, quoted};

use crate::data::cells::{cell, dates, numbers};
use crate::data::model::findings::Findings;
use crate::data::shape::sheet::Sheet;

/// What can stand between cells, and what it is called.
const DELIMITERS: [(char, &str); 4] =
    [(';', "semicolons"), ('\t', "tabs"), ('|', "vertical bars"), (',', "commas")];

/// What such a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum ForeignLine {
    /// A row whose cells are separated by this character, which is not that of the table.
    Delimiter(char),
    /// The header once more, or one of a table with other values.
    Header { same: bool },
    /// What stands first in the file, once more.
    Preamble,
    /// The beginning of a row, at the very end of the file.
    Cut,
}

impl ForeignLine {
    /// Whether another table begins with it.
    pub(crate) fn begins_table(self) -> bool {
        matches!(self, ForeignLine::Header { .. } | ForeignLine::Preamble)
    }
}

/// What a row without a date is, where `column` is that of the dates, or that of the names in a table without.
pub(crate) fn of(sheet: &Sheet<'_, '_>, row: usize, column: usize) -> Option<ForeignLine> {
    // A row of one cell is too short to have a date.
    let text = sheet.table.cell(row, column).or_else(|| sheet.table.cell(row, 0))?;
    let (width, delimiter) = (sheet.names.len(), sheet.table.delimiter());
    let split = |other: char| (0..width).any(|column| sheet.title(column).contains(other));
    let expected = |other| if sheet.table.width(row) < width || split(other) { width } else { usize::MAX };
    if let Some(other) = second_delimiter(text, delimiter, expected) {
        return Some(ForeignLine::Delimiter(other));
    }
    if let Some(same) = header(sheet, row, column) {
        return Some(ForeignLine::Header { same });
    }
    let first = || sheet.opening.is_some() && sheet.opening.as_deref() == sheet.table.cell(row, 0);
    let alone = sheet.table.cells(row).skip(1).all(str::is_empty) && !text.is_empty();
    if alone && width > 1 && first() {
        return Some(ForeignLine::Preamble);
    }
    let several = width > 1 || sheet.table.len() > 1 || sheet.is_part;
    let ends = sheet.table.cells(row).skip(column + 1).all(str::is_empty);
    let begun = sheet.table.cell(row, column).is_some_and(begins_date);
    (ends && several && begun && sheet.table.is_open(row)).then_some(ForeignLine::Cut)
}

/// Whether a row that has no date or no value is a remark, as programs write them: it begins with a number sign. A name may
/// begin so as well, but then it counts something; where dates stand first there are no names.
pub(crate) fn is_comment(sheet: &Sheet<'_, '_>, row: usize, date: Option<usize>) -> bool {
    let mut cells = sheet.table.cells(row);
    cells.next().is_some_and(|cell| cell.starts_with('#'))
        && (date == Some(0) || !cells.any(numbers::is_number))
}

/// Whether a row only counts the pages of a print, in any language: `Page 1 of 2`, `Seite 1 von 2`.
pub(crate) fn is_page_number(sheet: &Sheet<'_, '_>, row: usize) -> bool {
    let mut cells = sheet.table.cells(row).filter(|cell| !cell.is_empty());
    let (Some(text), None) = (cells.next(), cells.next()) else { return false };
    let parts: Vec<&str> = text.split_whitespace().collect();
    let is_word = |part: &str| part.trim_end_matches('.').chars().all(char::is_alphabetic);
    let is_count = |part: &str| part.parse::<i32>().is_ok();
    matches!(parts.as_slice(), [page, at, of, all] if is_word(page) && is_count(at) && is_word(of) && is_count(all))
}

/// Tells of rows that are all narrower than the header: a name of it holds the delimiter, and whose is not known.
pub(crate) fn narrow_rows(sheet: &Sheet<'_, '_>, file: &str) -> Option<Diagnostic> {
    let header = sheet.located.header?;
    let rows = sheet.located.first..sheet.located.block_end;
    let widest = rows.map(|row| sheet.table.width(row)).max()?;
    let names = sheet.names.len();
    if widest >= names || widest < 2 {
        return None;
    }
    let (first, line) = (sheet.table.line(sheet.located.first), sheet.table.line(header));
    let message = format!(
        "expected {names} cells, as line {line} has names, found at most {widest} in all rows from line {first} on"
    );
    let error = diag::error("narrow-rows", message).at(sheet.table.place(file, header, 0));
    Some(
        error.hint(
            "put a name that holds the delimiter in double quotes, or name no more columns than there are",
        ),
    )
}

/// Whether a row ends within or right after its date, where the file ends as well.
pub(crate) fn is_cut(sheet: &Sheet<'_, '_>, row: usize, column: usize) -> bool {
    let ends = sheet.table.width(row) == column + 1 && sheet.names.len() > column + 1;
    ends && sheet.table.is_open(row) && sheet.table.cell(row, column).is_some_and(begins_date)
}

/// Whether a text can be the beginning of a date that begins with a number.
fn begins_date(text: &str) -> bool {
    let sign = |c: char| c.is_ascii_digit() || matches!(c, '-' | '/' | '.' | ' ' | 'T' | ':');
    text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().all(sign)
}

/// Whether a row names the columns once more, and whether it does so with the same words.
fn header(sheet: &Sheet<'_, '_>, row: usize, column: usize) -> Option<bool> {
    let title = |column| sheet.title(column);
    let repeats = |column: usize| sheet.table.cell(row, column).unwrap_or("") == title(column);
    let named = !title(column).is_empty() && repeats(column);
    let words = sheet.table.cells(row).all(|cell| !numbers::is_number(cell) && !dates::is_date(cell));
    let wide = sheet.table.width(row) > 1 || sheet.names.len() == 1;
    let same = (0..sheet.names.len()).all(repeats);
    (named && wide && (same || words)).then_some(same)
}

/// The character that separates the cells of a row that the table has as one cell: they begin with a date, or are
/// as many as are expected of this character.
pub(crate) fn second_delimiter(text: &str, own: u8, expected: impl Fn(char) -> usize) -> Option<char> {
    let is_value = |part: &str| cell::is_missing(part) || numbers::is_number(part) || dates::is_date(part);
    let separates = |&(delimiter, _): &(char, &str)| {
        let parts = || text.split(delimiter).map(cell::trimmed);
        let (counted, rest) = (parts().skip(1).any(numbers::is_number), parts().skip(1).all(is_value));
        let dated = parts().next().is_some_and(dates::is_date);
        // Commas and semicolons are also what a sentence has, with a blank behind them.
        let all = || parts().count() == expected(delimiter) && !text.contains(&format!("{delimiter} "));
        counted && ((rest && (dated || all())) || (parts().any(dates::is_date) && all()))
    };
    let others = DELIMITERS.iter().filter(|(delimiter, _)| u32::from(*delimiter) != u32::from(own));
    others
        .filter(|(delimiter, _)| text.contains(*delimiter))
        .find(|other| separates(other))
        .map(|other| other.0)
}

/// That a row has another delimiter than the table.
pub(crate) fn two_delimiters(own: u8, other: char) -> Diagnostic {
    let name = |delimiter: char| {
        DELIMITERS.iter().find(|(known, _)| *known == delimiter).map_or("other characters", |(_, name)| name)
    };
    let message = format!("expected {} between all cells, found {}", name(char::from(own)), name(other));
    diag::error("mixed-delimiters", message).hint(
        "separate all cells with the same character, or say with `delimiter` (`--delimiter`) which it is",
    )
}

/// What is wrong with a line.
pub(crate) fn told(
    foreign: ForeignLine,
    sheet: &Sheet<'_, '_>,
    row: usize,
    column: usize,
    file: &str,
) -> Diagnostic {
    let column = if sheet.table.cell(row, column).is_some() { column } else { 0 };
    let found = match foreign {
        ForeignLine::Delimiter(other) => {
            return two_delimiters(sheet.table.delimiter(), other).at(sheet.place(file, row, column));
        }
        ForeignLine::Cut => {
            let text = quoted(sheet.table.cell(row, column).unwrap_or(""));
            return diag::error("cut-row", format!("expected a whole row, found {text} where the file ends"))
                .at(sheet.place(file, row, column))
                .hint("download the file again, or delete the rest of the row that was cut off");
        }
        ForeignLine::Header { same: true } => "the header a second time",
        ForeignLine::Header { same: false } => "a second header",
        ForeignLine::Preamble => "the beginning of the file a second time",
    };
    diag::error("second-table", format!("expected a row of data, found {found}"))
        .at(sheet.table.place(file, row, column))
        .hint("split the file before this line, and plot the parts as files of their own")
}

/// Tells that rows below the data were left out: how many, the line of the first and how it begins.
pub(crate) fn warn_footers(count: usize, line: u32, text: &str, findings: &mut Findings<'_>) {
    let rows = if count == 1 { "1 row".into() } else { format!("{count} rows") };
    let message = format!("left out {rows} of sums or remarks, first {}", quoted(text));
    let hint = "to say so yourself, name them in `leave_out` (`--leave-out`)";
    findings.warn("left-out-remarks", Some(line), message, hint);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_of_another_delimiter_has_a_date_or_all_cells() {
        for (text, own, width, expected) in [
            ("2020-01-12;3;4", b',', 3, Some(';')),
            ("2020-03-29;5;<1", b',', 5, Some(';')),
            ("2020-03-29\t5", b',', 3, Some('\t')),
            ("2020-03-29,5,6", b';', 3, Some(',')),
            ("B;3;4", b',', 3, Some(';')),
            ("B;2020-03-29;4", b',', 3, Some(';')),
            ("2020-03-29;B;4", b',', 3, Some(';')),
            ("2020-03-29;B;4", b',', 4, None),
            ("B;3;4", b',', 4, None),
            ("2020-01-12", b',', 3, None),
            ("Jun 30, 2001", b'\t', 2, None),
            ("Accessed on Jan 5, 2020", b';', 2, None),
            ("2020-01-12;x;4", b',', 2, None),
            ("2020-01-12;;", b',', 3, None),
        ] {
            assert_eq!(second_delimiter(text, own, |_| width), expected, "{text}");
        }
    }
}
