//! Which column holds the dates of counting, as opposed to dates that describe a row and numbers that only
//! look like years.

use std::collections::BTreeSet;

use crate::diag::{self, listed, quoted};
use crate::time::moment::{DAY, Moment, Step};

use crate::data::cells::cell;
use crate::data::cells::date_column::{are_years, bare, is_date_word, is_serial};
use crate::data::cells::date_part::Part;
use crate::data::cells::dates::{self, Bare, Style};
use crate::data::cells::describing;
use crate::data::cells::fragment::{self, Fragment};
use crate::data::cells::step;
use crate::data::cells::words::{self, Meaning};
use crate::data::shape::choice::Choice;
use crate::data::shape::evidence::{Candidate, Candidates, Reason, Role};
use crate::data::shape::sheet::Holds;

impl Choice<'_, '_, '_, '_, '_> {
    /// The column of dates, and what bare numbers in it are.
    pub(crate) fn date(&mut self, named: Option<usize>) -> (Option<usize>, Bare) {
        if let Some(column) = named {
            let asked = Candidate::new(column, vec![Reason::Asked]);
            self.decided.push(Candidates::best_of(Role::Date, vec![asked]));
            return (named, self.bare(column));
        }
        let dated: Vec<usize> = self
            .sheet
            .holding(Holds::Dates)
            .into_iter()
            .filter(|column| !self.taken.contains(column))
            .collect();
        let candidates = self.dates(&dated);
        for (column, against) in candidates.forbidden() {
            if matches!(against, Reason::Describes(_)) {
                let name = self.sheet.name(column);
                self.findings.note(format!("Column `{name}` describes each row; it is no date of counting."));
            }
        }
        let chosen = candidates.chosen();
        self.decided.push(candidates);
        let Some(column) = chosen else {
            self.unreadable_date();
            self.tell_seasons();
            return (None, Bare::No);
        };
        if !dated.contains(&column) {
            return self.bare_date(column).map_or((None, Bare::No), |bare| (Some(column), bare));
        }
        self.tell_other_dates(column, &dated);
        let others = dated.iter().filter(|&&other| other != column).map(|&other| self.sheet.name(other));
        let others: Vec<&str> = others.collect();
        if !others.is_empty() {
            let sentence = format!(
                "Dates are those of column `{}`; {} also holds dates.",
                self.sheet.name(column),
                listed(others)
            );
            self.findings.note(sentence);
        }
        (Some(column), Bare::No)
    }

    /// The columns that may hold the dates of counting: those of dates, and of numbers that read as such.
    fn dates(&self, dated: &[usize]) -> Candidates {
        let titled = |column: usize| match self.sheet.name(column) {
            name if is_date_word(name) && !describing::is_origin(name) => Some(Reason::Titled(0)),
            name if is_date_word(name) => Some(Reason::Titled(1)),
            _ => None,
        };
        let alone = dated.len() == 1;
        let has_texts = !self.sheet.holding(Holds::Text).is_empty();
        let written = dated.iter().map(|&column| {
            // Further right only a name tells a date of observation from one that describes a row (a last commit).
            let near = column < 3 || (alone && (self.recurs(column) || !has_texts));
            let far = (!near && titled(column).is_none()).then_some(Reason::Elsewhere);
            let first = titled(column).unwrap_or(Reason::Untitled);
            let reasons = vec![Reason::Dates, first, Reason::Stands(column)];
            let described =
                || self.described(column).map(|named| Reason::Describes(self.sheet.name(named).to_owned()));
            Candidate::new(column, reasons).unless(described().or(far))
        });
        let numbers =
            self.sheet.holding(Holds::Numbers).into_iter().filter(|column| !self.taken.contains(column));
        let counted = numbers.filter(|&column| self.bare_date(column).is_some()).map(|column| {
            let first = titled(column).unwrap_or(Reason::Untitled);
            let described =
                self.described(column).map(|named| Reason::Describes(self.sheet.name(named).to_owned()));
            Candidate::new(column, vec![Reason::BareDates, first, Reason::Stands(column)]).unless(described)
        });
        // Years among columns of dates repeat a part of these, or are the only ones that say when.
        let counted: Vec<Candidate> = counted.collect();
        let written: Vec<Candidate> = written.collect();
        Candidates::best_of(Role::Date, written.into_iter().chain(counted).collect())
    }

    /// Whether a column of dates is one of counting wherever it stands: each is that of two rows or more, as a
    /// rule, and what the rows are called has several of them.
    fn recurs(&self, date: usize) -> bool {
        let texts = self.texts(Holds::Text);
        let Some(named) = texts.into_iter().min_by_key(|&column| (self.meaning(column), column)) else {
            return false;
        };
        let pairs = || self.sheet.sampled(named).zip(self.sheet.sampled(date));
        let several = pairs().collect::<BTreeSet<_>>().len() > self.distinct(named);
        several && self.distinct(date) * 2 <= pairs().count()
    }

    /// Tables beside each other, each with dates of its own, cannot be read with those of one.
    fn tell_other_dates(&mut self, date: usize, dated: &[usize]) {
        let last_word =
            |column: usize| self.sheet.title(column).rsplit(' ').next().unwrap_or("").to_lowercase();
        let counts = |mut columns: std::ops::Range<usize>| {
            columns.any(|column| self.sheet.held(column) == Holds::Numbers)
        };
        let beside = |&other: &usize| {
            let between = counts(date..other) && counts(other..self.sheet.names.len());
            other > date && between && last_word(other) == last_word(date)
        };
        let differs = |row: usize, other: usize| {
            let cell = |column| self.sheet.table.cell(row, column).filter(|cell| !cell.is_empty());
            cell(other).is_some() && cell(other) != cell(date)
        };
        let rows = self.sheet.located.first..self.sheet.located.block_end;
        let found = dated
            .iter()
            .copied()
            .filter(beside)
            .find_map(|other| rows.clone().find(|&row| differs(row, other)).map(|row| (row, other)));
        let Some((row, other)) = found else { return };
        let place = self.sheet.place(self.findings.file, row, other);
        let texts = [date, other].map(|column| quoted(self.sheet.table.cell(row, column).unwrap_or("")));
        self.findings.fault(|| {
            diag::error(
                "differing-dates",
                format!(
                    "expected the same date in all columns of dates, found {} and {}",
                    texts[0], texts[1]
                ),
            )
            .at(place)
            .hint("put each table into a file of its own")
        });
    }

    /// The column of names whose every row a column of dates describes, such as when each began: every row is
    /// another subject, and its title does not name dates of counting. Where there is nothing to count, they are those
    /// of events.
    fn described(&self, date: usize) -> Option<usize> {
        let cells = || self.sheet.sampled(date);
        let differ = cells().any(|cell| Some(cell) != cells().next());
        let title = self.sheet.name(date);
        let origin = describing::is_origin(title);
        let names = |column: &usize| {
            let known = match self.meaning(*column) {
                Meaning::Subject(_) => origin || !is_date_word(title),
                // Places are counted on one day, or day by day.
                Meaning::Place => origin || !is_date_word(title) || !self.is_in_step(date),
                Meaning::Unknown => origin && self.is_prose(*column).is_none(),
                Meaning::Group => false,
            };
            *column != date && known && self.names_rows(*column)
        };
        let counts = |column: &usize| *column != date && self.describes_rows(*column).is_none();
        let counted = || self.sheet.holding(Holds::Numbers).iter().any(counts);
        (0..self.sheet.names.len()).find(names).filter(|_| differ && counted())
    }

    /// Whether the dates of a column are so regular that somebody counted at them.
    pub(crate) fn is_in_step(&self, date: usize) -> bool {
        let style = Style { bare: bare(self.sheet.sampled(date)), ..Style::default() };
        let moments: Vec<_> = self.sheet.sampled(date).filter_map(|cell| dates::parse(cell, style)).collect();
        moments.len() > 2 && !matches!(step::of(moments), None | Some(Step::Irregular))
    }

    /// Whether a column of texts holds what look like dates in some other form. Months and weekdays without a
    /// year may be names; tags are no days, nor data dates.
    fn has_unread_dates(&self, column: usize) -> bool {
        let title = self.sheet.title(column);
        let present = || self.sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
        let numbered = |cell: &&str| cell.bytes().any(|b| b.is_ascii_digit());
        self.sheet.held(column) == Holds::Text
            && !["tag", "data", "ds"].iter().any(|word| word.eq_ignore_ascii_case(title))
            && present().filter(numbered).count() * 4 >= present().count() * 3
    }

    /// A column that is called a date but holds none is a fault: its numbers would be drawn as a series, its times
    /// of day as subjects. The first is one by its place; another, of periods counted from some day, where rows
    /// repeat their subjects.
    fn unreadable_date(&mut self) {
        let numbers =
            |column: usize| self.sheet.held(column) == Holds::Numbers && !self.taken.contains(&column);
        let counts = |column: &usize| numbers(*column) && is_period(self.sheet.title(*column));
        let first = Some(0).filter(|_| is_date_word(self.sheet.title(0)) && !self.taken.contains(&0));
        let part = first.and_then(|first| self.fragment_of(first));
        let column = first
            .filter(|first| numbers(*first) || part.is_some() || self.has_unread_dates(*first))
            .or_else(|| (1..self.sheet.names.len()).find(counts).filter(|_| self.texts_repeat()));
        let Some(column) = column else { return };
        let rows = self.sheet.sample();
        let text = |row: usize| self.sheet.table.cell(row, column).filter(|cell| !cell::is_missing(cell));
        // Where others could be dates, the one that could not is at fault.
        let odd = |&row: &usize| text(row).is_some_and(|cell| bare([cell].into_iter()) == Bare::No);
        let row = rows.clone().find(odd).or_else(|| rows.clone().find(|&row| text(row).is_some()));
        let Some((row, cell)) = row.and_then(|row| Some((row, text(row)?))) else { return };
        let error = match part.filter(|_| !numbers(column)) {
            Some(part) => fragment::told(part, cell),
            None => diag::error("not-a-date", format!("expected a date, found {}", quoted(cell)))
                .hint("write dates as 2020-01-31, or name the column that holds them with `date` (`--date`)"),
        };
        let place = self.sheet.place(self.findings.file, row, column);
        self.findings.fault(|| error.at(place));
    }

    /// Tells of columns whose names look like months: a season is read as the name it is.
    fn tell_seasons(&mut self) {
        for column in self.sheet.holding(Holds::Text) {
            let season = self.sheet.sampled(column).find(|cell| dates::is_date(cell));
            if let Some(season) = season.filter(|_| self.fragment_of(column) == Some(Fragment::Season)) {
                let name = self.sheet.name(column);
                self.findings
                    .note(format!("The texts of column `{name}` are seasons: {season} is no month."));
            }
        }
    }

    /// Whether several rows have the same texts, so that something else must tell them apart.
    fn texts_repeat(&self) -> bool {
        let texts = self.texts(Holds::Text);
        let key = |row| texts.iter().map(|&column| self.sheet.table.cell(row, column)).collect::<Vec<_>>();
        let rows = self.sheet.sample();
        !texts.is_empty() && rows.clone().map(key).collect::<BTreeSet<_>>().len() < rows.len()
    }

    /// What the bare numbers of a column can be. Years of long ago are some where the header says so and they count up.
    fn bare(&self, column: usize) -> Bare {
        let cells = || self.sheet.sampled(column);
        match bare(cells()) {
            Bare::No if is_date_word(self.sheet.name(column)) && are_years(cells()) => Bare::Year,
            kind => kind,
        }
    }

    /// Numbers below a header that says nothing of dates are none, though they look like days of a spreadsheet: they
    /// are as far apart as dates of a table are. They would be drawn as a series.
    pub(crate) fn tell_serials(&mut self) {
        let told = |column: usize| {
            let name = self.sheet.name(column);
            words::is_measure(name) || words::is_identifier(name) || is_date_word(name)
        };
        let serials = |&column: &usize| {
            let serial = |cell: &str| cell.parse().ok().filter(|_| is_serial(cell)).map(|day: i64| day * DAY);
            let seconds: Option<Vec<i64>> = self.sheet.sampled(column).map(serial).collect();
            let mut moments: Vec<Moment> =
                seconds.unwrap_or_default().into_iter().map(Moment::from_seconds).collect();
            moments.dedup();
            let regular = match step::of(moments.clone()) {
                Some(Step::Day) => column == 0,
                Some(Step::Irregular) | None => false,
                Some(_) => true,
            };
            moments.len() > 2 && moments.is_sorted() && regular
        };
        let mut columns = self.sheet.holding(Holds::Numbers).into_iter();
        let Some(column) =
            columns.find(|column| !self.taken.contains(column) && !told(*column) && serials(column))
        else {
            return;
        };
        let row = self.sheet.located.first;
        let (place, text) = (
            self.sheet.place(self.findings.file, row, column),
            quoted(self.sheet.table.cell(row, column).unwrap_or("")),
        );
        self.findings.fault(|| {
            let message =
                format!("expected a date or a count, found {text}, which may be a day of a spreadsheet");
            diag::error("maybe-serials", message)
                .at(place)
                .hint("name the column with `date` (`--date`) to read its numbers as days, or with `values` (`--values`)")
        });
    }

    /// What the bare numbers of a column of dates are: its header says that it is one, or it is the first and holds
    /// every year once.
    fn bare_date(&self, column: usize) -> Option<Bare> {
        // `01.2020` is a number, too.
        let dotted = |cell: &str| cell.len() == 7 && dates::is_date(cell);
        let all = self.sheet.sampled(column).filter(|cell| !cell::is_missing(cell));
        if is_date_word(self.sheet.name(column)) && all.clone().all(dotted) {
            return Some(Bare::No);
        }
        let kind = self.bare(column);
        let named = is_date_word(self.sheet.name(column)) || (!self.sheet.has_titles() && kind == Bare::Year);
        let years_once = || {
            let mut seen = BTreeSet::new();
            column == 0 && kind == Bare::Year && self.sheet.sampled(column).all(|cell| seen.insert(cell))
        };
        (kind != Bare::No && (named || years_once())).then_some(kind)
    }

    /// The column of months beside one of years, where its header does not say that it is one.
    pub(crate) fn month(&self, date: usize) -> Option<usize> {
        let small = |cell: &str| cell::is_missing(cell) || matches!(cell.parse::<u32>(), Ok(1..=12));
        let next = date + 1;
        let title = self.sheet.title(next);
        let named = (is_date_word(title) && Part::of(title).is_none()) || !self.sheet.has_titles();
        let repeat = self.distinct(date) < self.sheet.sampled(date).count();
        let months = repeat && self.sheet.held(next) == Holds::Numbers && self.sheet.sampled(next).all(small);
        (named && months && !self.taken.contains(&next)).then_some(next)
    }
}

/// Whether a header is the name of a period and nothing else.
fn is_period(header: &str) -> bool {
    let lower = header.to_lowercase();
    let single = lower.strip_suffix('s').unwrap_or(&lower);
    ["day", "week", "month", "quarter", "year", "period"].contains(&single)
}
