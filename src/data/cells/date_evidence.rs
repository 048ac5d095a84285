//! What all dates of a column say together besides their order: whether they are fiscal years, of which century their
//! years of two digits are, and whose clocks told their times. It must not know where they stand.

use std::collections::BTreeSet;

use crate::diag::quoted;
use crate::time::moment::{DAY, Moment};

use crate::data::cells::calendar;
use crate::data::cells::cell;
use crate::data::cells::dates::{self, Style};
use crate::data::cells::spans;
use crate::data::model::columns;
use crate::data::model::findings::Findings;

/// Finds out whether dates are fiscal years, or two years of which they are one.
pub(crate) fn spans_of<'c>(
    cells: impl Iterator<Item = &'c str> + Clone,
    (stand, calendar): (&str, bool),
    year_starts: Option<u8>,
    style: &mut Style,
    findings: &mut Findings<'_>,
) {
    let mut present = cells.filter(|cell| !cell::is_missing(cell));
    // Among months the half of a year is their sum.
    let plain = Style { spans: false, ..*style };
    let mut last = "";
    let is_plain = |cell| {
        let new = std::mem::replace(&mut last, cell) != cell;
        new && !spans::is_season(cell) && dates::parse(cell, plain).is_some()
    };
    style.spans = present.clone().next().is_some() && !present.clone().any(is_plain);
    if !style.spans {
        return;
    }
    let first = present.clone().next();
    style.seasons =
        !calendar && present.clone().any(|cell| Some(cell) != first) && present.clone().all(spans::is_season);
    let Some(fiscal) = present.find(|cell| style.seasons || spans::is_fiscal(cell)) else { return };
    let Some(begin) = dates::parse(fiscal, *style) else { return };
    let fiscal = quoted(fiscal);
    if year_starts.is_some() {
        findings.note(format!("The dates of {stand} are fiscal years: {fiscal} begins at {begin}."));
    } else {
        let message =
            format!("the fiscal years of {stand} were read as calendar years: {fiscal} begins at {begin}");
        let hint =
            format!("to read them from their own first month on, {}", columns::set("year_starts", "July"));
        findings.warn("fiscal-years", None, message, &hint);
    }
}

/// Years of two digits are in one piece: the hundred years they are of begin in the widest gap between them.
pub(crate) fn century<'c>(
    cells: impl Iterator<Item = &'c str> + Clone,
    stand: &str,
    style: &mut Style,
    findings: &mut Findings<'_>,
) {
    let either = |cell| {
        let order = |day_first| dates::short_year(cell, Style { day_first, ..*style });
        order(false).or_else(|| order(true))
    };
    // Columns hardly ever have some years of two digits.
    if !cells.clone().take(50).any(|cell| either(cell).is_some()) {
        return;
    }
    let years: BTreeSet<u32> = cells.filter_map(either).collect();
    let full = |since| years.iter().filter_map(move |&year| calendar::full_year(year, 2, since));
    let span = |since| full(since).max().unwrap_or(0) - full(since).min().unwrap_or(0);
    let narrowest = years.iter().map(|year| 1900 + year).min_by_key(|&since| (span(since), since));
    if let Some(narrowest) =
        narrowest.filter(|&since| span(style.since) > 50 && span(since) < span(style.since))
    {
        style.since = narrowest;
    }
    if let (Some(first), Some(last)) = (full(style.since).min(), full(style.since).max()) {
        let told = if first == last { format!("{first}") } else { format!("{first} to {last}") };
        findings.note(format!("The years of {stand} have two digits; read them as {told}."));
    }
}

/// Finds out whether the times of a column are told by several clocks, or are midnights somewhere.
pub(crate) fn clocks<'c>(
    cells: impl Iterator<Item = &'c str> + Clone,
    stand: &str,
    style: &mut Style,
    findings: &mut Findings<'_>,
) {
    let timed = |cell: &&str| cell.len() > 10 && cell.contains(':');
    if !cells.clone().take(50).any(|cell| timed(&cell)) {
        return;
    }
    let (mut offsets, mut times, mut first) = (BTreeSet::new(), BTreeSet::new(), None);
    let (mut last, mut moments, mut exact) = ("", Vec::new(), true);
    for cell in cells.filter(timed) {
        if cell == last {
            continue;
        }
        last = cell;
        let other = Style { day_first: true, ..*style };
        let read = dates::clocked(cell, *style).or_else(|| dates::clocked(cell, other));
        let Some((moment, offset)) = read else { continue };
        first = first.or(offset);
        offsets.insert(offset);
        // More would say no more.
        if times.len() < 4 {
            times.insert(moment.second_of_day());
        }
        exact &= cell.contains(".000");
        if times.len() < 3 {
            moments.push(moment);
        }
    }
    if offsets.len() > 1 && times.len() > 1 {
        style.clock = first;
        let clock = first.map_or(0, |first| first / 60);
        let sign = if clock < 0 { '-' } else { '+' };
        let (hours, minutes) = (clock.abs() / 60, clock.abs() % 60);
        let message = format!(
            "the times of {stand} have several offsets from UTC; they stand on a clock of {sign}{hours:02}:{minutes:02}"
        );
        findings.warn("several-clocks", None, message, "write all times with one offset");
    } else if offsets.len() == 1 && first == Some(0) && are_midnights(&times, &moments, exact) {
        style.midnights = true;
        let east = moments.iter().any(|moment| dates::day_near(*moment) > *moment);
        let zone = if east { "east" } else { "west" };
        findings.note(format!(
            "The times of {stand} are midnights of a zone {zone} of UTC; read them as the days there."
        ));
    }
}

/// Whether times in UTC are midnights of one zone: the same in winter and an hour off in summer, and of the first days
/// of months there; or of any days, where something else tells them from times at which somebody looked.
fn are_midnights(times: &BTreeSet<i64>, moments: &[Moment], exact: bool) -> bool {
    let (Some(&low), Some(&high)) = (times.first(), times.last()) else { return false };
    let wrapped = (low, high) == (0, DAY - 3600);
    let apart = high - low == 3600 || wrapped;
    let zone = |time: i64| time % 900 == 0;
    if times.len() > 2
        || (low, high) == (0, 0)
        || (times.len() == 2 && !apart)
        || !times.iter().all(|&t| zone(t))
    {
        return false;
    }
    let firsts = moments.len() > 2 && moments.iter().all(|moment| dates::day_near(*moment).date().day() == 1);
    // Western and central Europe; of what others look at on the hour most is no midnight.
    let named = low == high && [22 * 3600, 23 * 3600].contains(&low);
    // At 20:00 or 21:00 an exchange closes in New York; no zone in which it would be midnight has summer time.
    let summer = apart && low != 20 * 3600;
    let odd = low % 3600 != 0;
    firsts || ((summer || exact || odd || named) && moments.len() > 2)
}
