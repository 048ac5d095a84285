//! What only a whole column can say of its dates: the order of day and month, whether a second number is a
//! month or a week, and whether bare numbers are dates at all.

use crate::diag::quoted;
use crate::time::moment::{Moment, Step};

use crate::data::cells::cell;
use crate::data::cells::date_evidence;
use crate::data::cells::date_part::Part;
pub(crate) use crate::data::cells::date_words::is_date_word;
use crate::data::cells::dates::{self, Bare, Style};
use crate::data::cells::spans;
use crate::data::model::columns::{self, Columns};
use crate::data::model::findings::Findings;
use crate::data::model::writing::DateOrder;

/// What the bare numbers of a column can be, whatever its header says: that of three in four cells, so
/// that the others can be told as faults.
pub(crate) fn bare<'c>(cells: impl Iterator<Item = &'c str>) -> Bare {
    let mut counts: [(Bare, usize); 7] = [
        (Bare::No, 0),
        (Bare::Year, 0),
        (Bare::Month, 0),
        (Bare::Day, 0),
        (Bare::Seconds, 0),
        (Bare::Milliseconds, 0),
        (Bare::Serial, 0),
    ];
    let mut all = 0;
    for cell in cells.filter(|cell| !crate::data::cells::cell::is_missing(cell)) {
        let kind = bare_cell(cell);
        counts.iter_mut().filter(|(known, _)| *known == kind).for_each(|(_, count)| *count += 1);
        all += 1;
    }
    counts.into_iter().find(|(_, count)| all > 0 && count * 4 >= all * 3).map_or(Bare::No, |(kind, _)| kind)
}

fn bare_cell(cell: &str) -> Bare {
    let whole = dates::whole_seconds(cell, Bare::Seconds);
    let kind = match whole.len() {
        _ if is_serial(cell) => Bare::Serial,
        4 | 6 | 8 if whole.len() < cell.len() => return Bare::No,
        _ if !whole.bytes().all(|byte| byte.is_ascii_digit()) => return Bare::No,
        4 => Bare::Year,
        6 => Bare::Month,
        8 => Bare::Day,
        9 | 10 => Bare::Seconds,
        12 | 13 => Bare::Milliseconds,
        _ => return Bare::No,
    };
    let near = Moment::ymd(1900, 1, 1)..=Moment::ymd(2101, 1, 1);
    if kind == Bare::Month && dates::fault(cell).is_some() {
        // A week that its year has not is a fault of its own.
        return kind;
    }
    let read = |weeks| dates::parse(cell, Style { bare: kind, weeks, ..Style::default() });
    let read = read(false).or_else(|| read(true));
    if read.is_some() && near.contains(&read) { kind } else { Bare::No }
}

/// Whether a number may be a day of a spreadsheet, from 1954 to 2100, with its time of day as a fraction.
pub(crate) fn is_serial(cell: &str) -> bool {
    let (whole, fraction) = cell.split_once(['.', ',']).unwrap_or((cell, "0"));
    let digits = [whole, fraction].iter().all(|part| part.bytes().all(|b| b.is_ascii_digit()));
    digits && whole.len() == 5 && !fraction.is_empty() && matches!(whole.parse::<u32>(), Ok(20_000..=73_050))
}

/// Whether cells are plain years of any age that count up, or down: each subject of a long table begins anew.
pub(crate) fn are_years<'c>(cells: impl Iterator<Item = &'c str> + Clone) -> bool {
    let years = || {
        cells.clone().filter(|cell| !cell::is_missing(cell)).map(|cell| {
            cell.parse::<u32>().ok().filter(|year| cell.len() == 4 && (1000..=2200).contains(year))
        })
    };
    let first = years().next().flatten();
    let counts = |fits: fn(u32, u32) -> bool| {
        years().zip(years().skip(1)).all(|pair| match pair {
            (Some(year), Some(next)) => fits(year, next) || Some(next) == first,
            _ => false,
        })
    };
    first.is_some() && years().all(|year| year.is_some()) && (counts(|a, b| a <= b) || counts(|a, b| a >= b))
}

/// Where dates stand that are read alike.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Stand<'n> {
    /// In the cells of the column of this name.
    Column(&'n str),
    /// In the titles of columns.
    Header,
}

impl std::fmt::Display for Stand<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Stand::Column(name) => write!(f, "column `{name}`"),
            Stand::Header => f.write_str("the header"),
        }
    }
}

/// The order of day, month and year in cells that are read in a style; `None` where none begins with numbers.
pub(crate) fn order<'c>(mut cells: impl Iterator<Item = &'c str> + Clone, style: Style) -> Option<DateOrder> {
    // One that begins with two small numbers is read so, whatever the others are.
    if cells.clone().any(|cell| dates::small_pair(cell).is_some()) {
        return Some(match (style.year_first, style.day_first) {
            (true, _) => DateOrder::YearFirst,
            (false, true) => DateOrder::DayFirst,
            (false, false) => DateOrder::MonthFirst,
        });
    }
    cells.any(dates::begins_with_year).then_some(DateOrder::YearFirst)
}

/// The first month of the years of cells that are read in a style; `None` where they are no fiscal years.
pub(crate) fn year_starts<'c>(mut cells: impl Iterator<Item = &'c str>, style: Style) -> Option<u8> {
    let are_fiscal = style.spans && (style.seasons || cells.any(spans::is_fiscal));
    u8::try_from(style.year_starts).ok().filter(|_| are_fiscal)
}

/// What the two small numbers say that dates begin with.
struct Pairs<'c> {
    /// Whether the first is above 12 in any of them.
    first_over: bool,
    second_over: bool,
    /// Whether the first is 1 in all of them.
    first_one: bool,
    second_one: bool,
    /// The first date of the kind.
    open: Option<&'c str>,
}

impl<'c> Pairs<'c> {
    fn of(cells: impl Iterator<Item = &'c str>) -> Self {
        let (first_over, second_over, first_one, second_one) = (false, false, true, true);
        let mut all = Pairs { first_over, second_over, first_one, second_one, open: None };
        for cell in cells {
            if let Some((first, second)) = dates::small_pair(cell) {
                all.first_over |= first > 12;
                all.second_over |= second > 12;
                all.first_one &= first == 1;
                all.second_one &= second == 1;
                all.open = all.open.or(Some(cell));
            }
        }
        all
    }
}

/// Decides how the dates of a column are to be read, as far as the user does not say it; doubt is told.
pub(crate) fn decide<'c>(
    cells: impl Iterator<Item = &'c str> + Clone,
    stand: Stand<'_>,
    bare: Bare,
    said: &Columns,
    findings: &mut Findings<'_>,
) -> Style {
    let mut style = Style { bare, year_starts: u32::from(said.year_starts.unwrap_or(1)), ..Style::default() };
    if bare == Bare::Serial {
        findings.note(format!("The numbers of {stand} are days of a spreadsheet, of which 1 is 1900-01-01."));
        return style;
    }
    let calendar = matches!(stand, Stand::Header)
        || matches!(stand, Stand::Column(name) if matches!(Part::of(name), Some(Part::Month | Part::Week)));
    let told = stand.to_string();
    date_evidence::spans_of(cells.clone(), (&told, calendar), said.year_starts, &mut style, findings);
    let Pairs { first_over, second_over, first_one, second_one, open } = Pairs::of(cells.clone());
    if let Some(cell) = week(cells.clone(), stand, bare) {
        style.weeks = true;
        findings.note(format!("The dates of {stand} are ISO weeks: {} is no month.", quoted(cell)));
    }
    tell_ages(cells.clone(), stand, &mut style, findings);
    if let Some(order) = said.dates {
        (style.day_first, style.year_first) = (order == DateOrder::DayFirst, order == DateOrder::YearFirst);
    }
    date_evidence::century(cells.clone(), &told, &mut style, findings);
    if !style.ages {
        date_evidence::clocks(cells.clone(), &told, &mut style, findings);
    }
    let Some(open) = open else { return style };
    if said.dates.is_some() {
        return style;
    }
    style.day_first = first_over && !second_over;
    let order = |day_first: bool| if day_first { "day before the month" } else { "month before the day" };
    let firsts = !first_over
        && !second_over
        && first_one != second_one
        && are_months(cells.clone(), Style { day_first: first_one, ..style });
    style.day_first |= firsts && first_one;
    if first_over || second_over || firsts {
        findings.note(format!("The dates of {stand} have the {}.", order(style.day_first)));
        return style;
    }
    style.day_first = likely_day_first(cells, style, open);
    let message = format!(
        "no date of {stand} tells day and month apart; they were read with the {}",
        order(style.day_first)
    );
    let other = if style.day_first { DateOrder::MonthFirst } else { DateOrder::DayFirst };
    let hint = format!("to read it the other way, {}", columns::set("dates", other.name()));
    findings.warn("unclear-dates", None, message, &hint);
    style
}

/// Finds out whether dates as a script prints them are ages.
fn tell_ages<'c>(
    cells: impl Iterator<Item = &'c str> + Clone,
    stand: Stand<'_>,
    style: &mut Style,
    findings: &mut Findings<'_>,
) {
    let scripted = |cell: &str| cell.starts_with(|c: char| c.is_ascii_alphabetic()) && cell.contains(" GMT");
    if cells.clone().any(scripted) {
        // GitHub opened in 2008, so no star is older; a star history of aligned repositories counts from 1970.
        let plain = *style;
        let year = |cell| dates::parse(cell, plain).is_none_or(|moment| moment.date().year() < 2008);
        style.ages = cells.clone().all(year);
        if style.ages {
            findings
                .note(format!("The dates of {stand} are ages: 1970-01-01 is the day each series begins."));
        }
    }
}

/// Whether dates are the months of several years: they are written with their first day, which is 1 in all.
fn are_months<'c>(cells: impl Iterator<Item = &'c str>, style: Style) -> bool {
    let moments: Vec<Moment> = cells.filter_map(|cell| dates::parse(cell, style)).collect();
    let years = || moments.iter().map(|moment| moment.date().year());
    let several = years().min() != years().max();
    several && matches!(crate::data::cells::step::of(moments), Some(Step::Month | Step::Quarter))
}

/// A cell such as `2019-13` that makes the dates of a column ISO weeks: one will do below a header of weeks, below
/// one of months none does, and elsewhere so many that they are no slips of the pen.
fn week<'c>(cells: impl Iterator<Item = &'c str> + Clone, stand: Stand<'_>, bare: Bare) -> Option<&'c str> {
    let parted = |cell: &&str| bare == Bare::Month || cell.len() > 6;
    let parts = cells.filter(parted).filter_map(|cell| Some((cell, dates::year_part(cell)?)));
    let over = || parts.clone().filter(|(_, part)| (13..=53).contains(part));
    let (first, _) = over().next()?;
    // `2012-13` may be a season of two years as well.
    let next = |(cell, part): (&str, u32)| {
        cell.get(2..4).and_then(|year| year.parse::<u32>().ok()).is_some_and(|year| (year + 1) % 100 == part)
    };
    if parts.clone().count() > 1 && parts.clone().all(next) {
        return None;
    }
    let part = match stand {
        Stand::Column(name) => Part::of(name),
        Stand::Header => None,
    };
    let called = match part {
        Some(Part::Week) => true,
        Some(Part::Month) => false,
        _ => over().count() * 4 >= parts.clone().count(),
    };
    called.then_some(first)
}

/// Whether the day stands first where no number above 12 tells: the dates rise then, or fall, or are of months.
fn likely_day_first<'c>(cells: impl Iterator<Item = &'c str> + Clone, style: Style, open: &str) -> bool {
    // Whoever writes dates with dots writes the day first.
    if open.contains('.') {
        return true;
    }
    // Whether the dates rise, and whether they fall.
    let sorted = |day_first| {
        let read = |cell| dates::parse(cell, Style { day_first, ..style });
        let mut moments = cells.clone().filter_map(read);
        let mut last: Option<Moment> = moments.next();
        let (mut rises, mut falls) = (true, true);
        for moment in moments {
            let before = last.replace(moment);
            (rises, falls) = (rises && before <= Some(moment), falls && before >= Some(moment));
        }
        (rises, falls)
    };
    // A number that stays is the day in a series of months, which is the first, or the month of a series of days.
    let stays = |pick: fn((u32, u32)) -> u32| {
        let mut numbers = cells.clone().filter_map(dates::small_pair).map(pick);
        let first = numbers.next();
        first.filter(|first| numbers.all(|number| number == *first))
    };
    let (first, second) = (stays(|(first, _)| first), stays(|(_, second)| second));
    let is_day = |number: Option<u32>, other: Option<u32>| {
        number == Some(1) || (number.is_none() && other.is_some_and(|other| other != 1))
    };
    let (day, month) = (sorted(true), sorted(false));
    let signs = [
        (day.0, month.0),
        (day.1, month.1),
        (is_day(first, second), is_day(second, first)),
        (!open.contains('/'), open.contains('/')),
    ];
    signs.into_iter().find(|(day, month)| day != month).is_some_and(|(day, _)| day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn style(cells: &[&str]) -> (bool, bool, usize) {
        let mut findings = Findings::new("f.csv");
        let style = decide(
            cells.iter().copied(),
            Stand::Column("date"),
            Bare::No,
            &Columns::default(),
            &mut findings,
        );
        let (_, warnings) = findings.finish().unwrap();
        (style.day_first, style.weeks, warnings.diagnostics.len())
    }

    #[test]
    fn one_number_above_twelve_decides_the_whole_column() {
        assert_eq!(style(&["01/02/2020", "26/09/2020"]), (true, false, 0));
        assert_eq!(style(&["01/02/2020", "09/26/2020"]), (false, false, 0));
    }

    #[test]
    fn the_number_that_is_always_one_is_the_day_of_months() {
        let year = |year| (1..=12).map(move |month| format!("01/{month:02}/{year}"));
        let months: Vec<String> = year(2004).chain(year(2005)).collect();
        let months: Vec<&str> = months.iter().map(String::as_str).collect();
        assert_eq!(style(&months), (true, false, 0));
        assert_eq!(style(&["11/1/2004", "12/1/2004", "1/1/2005"]), (false, false, 0));
        assert_eq!(style(&["1/2/2020", "1/3/2020", "1/1/2021"]), (true, false, 1));
        // Twelve days of January or twelve months: nobody knows, though months are likelier.
        assert_eq!(style(&months[..12]), (true, false, 1));
    }

    #[test]
    fn a_tie_goes_to_the_sorted_order_and_is_told() {
        assert_eq!(style(&["01/02/2020", "01/03/2020", "02/01/2021"]), (false, false, 1));
        assert_eq!(style(&["10/02/2020", "01/03/2020"]), (true, false, 1));
        assert_eq!(style(&["01.02.2020"]), (true, false, 1));
        assert_eq!(style(&["06.01.2020", "07.01.2020"]), (true, false, 1), "days of January");
        assert_eq!(style(&["01/03/2021", "10/02/2021", "05/01/2021"]), (true, false, 1));
    }

    #[test]
    fn the_day_of_months_stays_the_same() {
        assert_eq!(style(&["01/01/2020", "01/02/2020", "01/03/2020"]), (true, false, 1));
        assert_eq!(style(&["1/1/2020", "2/1/2020", "3/1/2020"]), (false, false, 1));
        assert_eq!(style(&["01/02/2020", "02/02/2020", "03/02/2020"]), (true, false, 1), "days of February");
        assert_eq!(style(&["02/01/2020", "02/02/2020", "02/03/2020"]), (false, false, 1), "days of February");
    }

    #[test]
    fn a_second_part_above_twelve_makes_them_weeks() {
        assert_eq!(style(&["2019-01", "2019-13"]), (false, true, 0));
        assert_eq!(style(&["2019-01", "2019-12"]), (false, false, 0));
        assert_eq!(style(&["2019-01", "2019-02", "2019-03", "2019-04", "2019-15"]), (false, false, 0));
    }

    #[test]
    fn bare_numbers_are_dates_where_most_can_be() {
        assert_eq!(bare(["2011", "2013"].into_iter()), Bare::Year);
        assert_eq!(bare(["2011", "5013"].into_iter()), Bare::No);
        assert_eq!(bare(["2011", "2012", "2013", "20x4"].into_iter()), Bare::Year);
        assert_eq!(bare(["2011", "201301"].into_iter()), Bare::No);
        assert_eq!(bare(["20110131"].into_iter()), Bare::Day);
        assert_eq!(bare(["1072915200"].into_iter()), Bare::Seconds);
        assert_eq!(bare(["1072915200000"].into_iter()), Bare::Milliseconds);
        assert_eq!(bare([""].into_iter()), Bare::No);
        assert_eq!(bare(["2/18", "3/18"].into_iter()), Bare::No);
    }
}
