//! A table whose data are located and whose columns have names.

use std::collections::BTreeSet;

use crate::diag::{Place, listed, nearest};

use crate::data::cells::calendar::is_year;
use crate::data::cells::cell;
use crate::data::cells::date_column;
use crate::data::cells::date_part::Part;
use crate::data::cells::dates;
use crate::data::cells::numbers;
use crate::data::cells::spans;
use crate::data::cells::words;
use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::rows::table::Table;
use crate::data::shape::locate::Located;

/// About so many rows are looked at to find out what a column holds.
const SAMPLE: usize = 4000;

/// What most cells of a column are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Holds {
    /// Dates that can be nothing else.
    Dates,
    /// Numbers, bounds.
    Numbers,
    /// `True` and `False` only.
    Flags,
    /// Other text.
    Text,
    /// The same text in every row.
    Constant,
    /// Nothing.
    Nothing,
}

/// A located table.
pub(crate) struct Sheet<'t, 'a> {
    pub(crate) table: &'t Table<'a>,
    pub(crate) located: Located,
    /// The columns' names; a column without one is `column 3`.
    pub(crate) names: Vec<String>,
    /// What the columns hold.
    pub(crate) holds: Vec<Holds>,
    titles: Vec<String>,
    /// The title that spans a column together with others, in a row above theirs; empty for a column beside them.
    /// No entries where no title spans others.
    pub(crate) spans: Vec<String>,
    /// The first row of the header, or of the data where there is none.
    pub(crate) top: usize,
    /// How the file begins, where that is not with the header.
    pub(crate) opening: Option<String>,
    /// Whether the rows that named the columns stand elsewhere.
    pub(crate) is_part: bool,
}

impl<'t, 'a> Sheet<'t, 'a> {
    /// Names the columns and finds out what they hold.
    pub(crate) fn new(table: &'t Table<'a>, located: Located) -> Self {
        let (titles, top) = titles(table, located);
        let (titles, spans, top) = under_spans(table, titles, top);
        let opening = table.cell(0, 0).filter(|_| top > 0).map(str::to_owned);
        let (names, holds) = (Vec::new(), Vec::new());
        let mut sheet = Sheet { table, located, names, holds, titles, spans, top, opening, is_part: false };
        while sheet.titles.last().is_some_and(String::is_empty) && !sheet.reaches(sheet.titles.len() - 1) {
            sheet.titles.pop();
        }
        let body = sheet.sample().map(|row| table.width(row));
        let width = match sheet.titles.len() {
            0 => body.max().unwrap_or(0),
            // R names one column less than it writes: the first holds the rows' names. Where nothing stands in the last,
            // rows only end in a delimiter.
            header if body.clone().all(|width| width == header + 1) && sheet.reaches(header) => {
                sheet.titles.insert(0, String::new());
                header + 1
            }
            header => header,
        };
        let name = |column: usize| match sheet.title(column) {
            "" => nameless(column),
            title => title.to_owned(),
        };
        sheet.names = (0..width).map(name).collect();
        sheet.holds = (0..width).map(|column| sheet.look(column)).collect();
        sheet
    }

    /// Whether anything stands in a column of the data.
    fn reaches(&self, column: usize) -> bool {
        let mut cells = self.all(column);
        cells.any(|cell| !cell.is_empty())
    }

    /// Further rows of the same file, below those that named the columns.
    pub(crate) fn part<'u, 'b>(&self, table: &'u Table<'b>) -> Sheet<'u, 'b> {
        let located = Located { header: None, first: 0, block_end: table.len() };
        Sheet {
            table,
            located,
            names: self.names.clone(),
            holds: self.holds.clone(),
            titles: self.titles.clone(),
            spans: self.spans.clone(),
            top: 0,
            opening: self.opening.clone(),
            is_part: true,
        }
    }

    /// The title that spans a column, and perhaps others, which have their own below it.
    pub(crate) fn span(&self, column: usize) -> Option<&str> {
        self.spans.get(column).map(String::as_str).filter(|title| !title.is_empty())
    }

    /// What the file itself calls a column; empty where it does not.
    pub(crate) fn title(&self, column: usize) -> &str {
        self.titles.get(column).map_or("", String::as_str)
    }

    /// Whether nobody has named a column: neither the file nor what is known of its format.
    pub(crate) fn is_nameless(&self, column: usize) -> bool {
        self.name(column) == nameless(column)
    }

    /// Whether the file names any column.
    pub(crate) fn has_titles(&self) -> bool {
        !self.titles.is_empty()
    }

    /// The column with this title, compared without case.
    pub(crate) fn titled(&self, title: &str) -> Option<usize> {
        self.titles.iter().position(|known| known.eq_ignore_ascii_case(title))
    }

    /// The first rows of the data.
    pub(crate) fn sample(&self) -> std::ops::Range<usize> {
        self.located.first..self.located.block_end.min(self.located.first.saturating_add(SAMPLE))
    }

    /// Cells of a column from all over the data; empty where a row is too short.
    pub(crate) fn sampled(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        let rows = self.located.first..self.located.block_end;
        let stride = rows.len() / SAMPLE + 1;
        rows.step_by(stride).map(move |row| self.table.cell(row, column).unwrap_or(""))
    }

    /// All cells of a column in the data.
    fn all(&self, column: usize) -> impl Iterator<Item = &str> + Clone {
        (self.located.first..self.located.block_end).filter_map(move |row| self.table.cell(row, column))
    }

    /// Whether a column holds in every row what another holds, and that is not always the same.
    pub(crate) fn repeats(&self, column: usize, other: usize) -> bool {
        let cells = || {
            (self.located.first..self.located.block_end).map(|row| {
                (self.table.cell(row, column).unwrap_or(""), self.table.cell(row, other).unwrap_or(""))
            })
        };
        let first = cells().next();
        column != other
            && cells().all(|(own, other)| own == other)
            && cells().any(|cells| Some(cells) != first)
    }

    fn look(&self, column: usize) -> Holds {
        match Self::most(self.sampled(column)) {
            Holds::Dates | Holds::Text if self.holds_seasons(column) => {
                if date_column::is_date_word(self.title(column)) { Holds::Dates } else { Holds::Text }
            }
            Holds::Text if self.holds_weeks(column) => Holds::Dates,
            // One number in a long column of gaps, one other name: a sample may miss it.
            Holds::Nothing | Holds::Constant => Self::most(self.all(column)),
            holds => holds,
        }
    }

    /// Whether a column is called a week and holds nothing but years with their weeks, of which `2019-13` is no month.
    fn holds_weeks(&self, column: usize) -> bool {
        let mut cells = self.sampled(column).filter(|cell| !cell::is_missing(cell)).peekable();
        let is_week = |cell: &str| matches!(dates::year_part(cell), Some(1..=53));
        Part::of(self.title(column)) == Some(Part::Week) && cells.peek().is_some() && cells.all(is_week)
    }

    /// Whether all dates of a column are two years that follow each other, which nobody calls a month or a week:
    /// months would stand thirteen apart.
    fn holds_seasons(&self, column: usize) -> bool {
        let mut cells = self.sampled(column).filter(|cell| !cell::is_missing(cell));
        let first = cells.clone().next();
        !matches!(Part::of(self.title(column)), Some(Part::Month | Part::Week))
            && cells.clone().any(|cell| Some(cell) != first)
            && cells.all(spans::is_season)
    }

    fn most<'c>(cells: impl Iterator<Item = &'c str>) -> Holds {
        let (mut dates, mut numbers, mut flags, mut present) = (0, 0, 0, 0);
        let (mut endless, mut slips, mut texts) = (0, 0, BTreeSet::new());
        let mut first = None;
        let mut constant = true;
        for cell in cells.filter(|cell| !cell::is_missing(cell)) {
            present += 1;
            constant = constant && *first.get_or_insert(cell) == cell;
            if numbers::is_number(cell) {
                numbers += 1;
            } else if cell::flag(cell).is_some() {
                flags += 1;
            } else if dates::is_date(cell) || dates::fault(cell).is_some() {
                dates += 1;
            } else if numbers::is_endless(cell) {
                endless += 1;
            } else if numbers::resembles(cell) {
                slips += 1;
            } else if texts.len() < 3 {
                texts.insert(cell);
            }
        }
        match present {
            0 => Holds::Nothing,
            _ if flags == present => Holds::Flags,
            _ if numbers * 2 >= present => Holds::Numbers,
            // Cells that fail as numbers are faults to name, and make no names of the others.
            _ if (numbers > 0 || endless == present) && (numbers + endless) * 2 >= present => Holds::Numbers,
            _ if numbers * 4 >= present && (numbers + endless + slips) * 2 >= present => Holds::Numbers,
            // Names that number several cells are hardly ever but one or two: they say that there is no number.
            _ if flags + dates == 0 && numbers > 1 && numbers * 4 >= present && texts.len() < 3 => {
                Holds::Numbers
            }
            _ if dates * 2 >= present => Holds::Dates,
            _ if constant && present > 1 => Holds::Constant,
            _ => Holds::Text,
        }
    }

    /// What a column holds.
    pub(crate) fn held(&self, column: usize) -> Holds {
        self.holds.get(column).copied().unwrap_or(Holds::Nothing)
    }

    /// The columns that hold something of a kind.
    pub(crate) fn holding(&self, kind: Holds) -> Vec<usize> {
        (0..self.names.len()).filter(|&column| self.held(column) == kind).collect()
    }

    /// A column's name; empty past the last.
    pub(crate) fn name(&self, column: usize) -> &str {
        self.names.get(column).map_or("", String::as_str)
    }

    /// The first column of a name.
    pub(crate) fn position(&self, name: &str) -> Option<usize> {
        let wanted = cell::trimmed(name).to_lowercase();
        let found = self.names.iter().position(|known| known.to_lowercase() == wanted);
        found.or_else(|| (0..self.names.len()).find(|&c| self.title(c).to_lowercase() == wanted))
    }

    /// The column of a name; what is unknown is a fault that names the known ones.
    pub(crate) fn find(&self, name: &str, columns: &Columns, findings: &mut Findings<'_>) -> Option<usize> {
        let found = self.position(name);
        if found.is_none() {
            let header = self.located.header.map(|row| self.table.line(row));
            let header = Place { line: header, ..Place::file(findings.file) };
            findings.fault(|| {
                let error = columns.unknown(name, header);
                let error = match nearest(name, self.names.iter().map(String::as_str)) {
                    Some(near) => error.hint(format!("did you mean `{near}`?")),
                    None => error,
                };
                error.hint(format!("the columns are {}", listed(self.names.iter().take(40))))
            });
        }
        found
    }

    /// Where a cell stands, with its column's name.
    pub(crate) fn place(&self, file: &str, row: usize, column: usize) -> Place {
        self.table.place(file, row, column).in_field(self.name(column))
    }
}

fn nameless(column: usize) -> String {
    format!("column {}", column + 1)
}

/// The titles of the columns and the first row they stand in; no titles without a header.
fn titles(table: &Table<'_>, located: Located) -> (Vec<String>, usize) {
    let Some(header) = located.header else {
        let above = other_delimiter(table, located.first).map(|titles| (titles, located.first - 1));
        return above.unwrap_or((Vec::new(), located.first));
    };
    let texts = |row| table.cells(row).map(on_one_line).collect::<Vec<_>>();
    let titles = texts(header);
    // pandas writes several header rows, of which the last names only the date: `date,,,`.
    let stacked = titles.len() > 1 && titles.iter().skip(1).all(String::is_empty);
    if !stacked {
        return (titles, header);
    }
    let above = (0..header).rev().take_while(|&row| table.width(row) == titles.len());
    let mut stacked = vec![Vec::new(); titles.len()];
    let mut top = header;
    for row in above {
        top = row;
        stacked
            .iter_mut()
            .zip(table.cells(row))
            .filter(|(_, text)| !text.is_empty())
            .for_each(|(all, text)| all.insert(0, text));
    }
    let joined = stacked.into_iter().skip(1).map(|all| all.join(", "));
    (titles.iter().take(1).cloned().chain(joined).collect(), top)
}

/// A title without line breaks: people break the long ones to have narrow columns.
fn on_one_line(title: &str) -> String {
    let lines = title.split(['\n', '\r']).map(cell::trimmed).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join(" ")
}

/// Titles below a row of others that span several of them. One spans the columns from where it stands up to one that
/// says itself what it counts. Of several, each spans the columns up to the next: where they count something and have
/// the same titles below them they stay apart, else they are a part of each of these.
fn under_spans(table: &Table<'_>, titles: Vec<String>, top: usize) -> (Vec<String>, Vec<String>, usize) {
    let Some(row) = top.checked_sub(1).filter(|_| titles.len() > 2) else { return (titles, Vec::new(), top) };
    let above: Vec<&str> = table.cells(row).collect();
    let filled = || above.iter().filter(|title| !title.is_empty());
    let begins = above.first().is_some_and(|first| first.is_empty());
    let gaps = above.iter().skip(1).any(|title| title.is_empty());
    let is_title = |title: &String| !title.is_empty() && (!numbers::is_number(title) || is_year(title));
    let whole = titles.iter().all(is_title);
    if above.len() != titles.len()
        || table.after_blank(top)
        || !begins
        || !gaps
        || !whole
        || filled().count() == 0
    {
        return (titles, Vec::new(), top);
    }
    let several = filled().count() > 1;
    let mut spans = Vec::with_capacity(titles.len());
    let mut span = "";
    for (title, above) in titles.iter().zip(&above) {
        match *above {
            "" if !several && words::is_measure(title) => span = "",
            "" => {}
            next => span = next,
        }
        spans.push(span.to_owned());
    }
    let pairs = || titles.iter().zip(&spans).filter(|(_, span)| !span.is_empty());
    let recurs = |title: &String| pairs().filter(|(other, _)| *other == title).count() > 1;
    let are_measures =
        filled().all(|span| words::is_measure(span)) && pairs().all(|(title, _)| recurs(title));
    if !several || are_measures {
        return (titles, spans, row);
    }
    let joined = |(title, span): (&String, &String)| match span.as_str() {
        "" => title.clone(),
        span => format!("{span}, {title}"),
    };
    (titles.iter().zip(&spans).map(joined).collect(), Vec::new(), row)
}

/// A header above the data whose cells are separated by another delimiter than theirs.
fn other_delimiter(table: &Table<'_>, first: usize) -> Option<Vec<String>> {
    let row = first.checked_sub(1).filter(|&row| table.width(row) == 1)?;
    let text = table.cell(row, 0)?;
    let split = |delimiter: char| {
        text.split(delimiter).map(|part| cell::trimmed(part).to_owned()).collect::<Vec<_>>()
    };
    [',', ';', '\t']
        .into_iter()
        .map(split)
        .find(|titles| titles.len() > 1 && titles.len() == table.width(first))
}
