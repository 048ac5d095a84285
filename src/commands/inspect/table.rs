//! An inspected file as lines for people.

use std::fmt::Write as _;

use super::super::labels::NO_SIGN;
use super::facts::{Chosen, Inspected, Order, Other, SeriesFacts};
use crate::data::UNNAMED_MEASURE;
use crate::diag::{listed, visible};
use crate::frame::wording::plain_number;

/// So many series are listed; JSON lists all.
const SERIES_LISTED: usize = 40;

/// Names are cut at this many characters.
const NAME_LIMIT: usize = 48;

/// The lines of a file; `why` adds why columns play their parts.
pub(super) fn text(found: &Inspected, why: bool) -> String {
    let mut out = format!("{}\n", visible(&found.file));
    let mut line = |name: &str, text: &str| {
        let _ = writeln!(out, "  {name:<12} {}", visible(text));
    };
    line("format", found.format);
    let ends = match found.line_ends.as_str() {
        "" | "none" => String::new(),
        "mixed" => ", lines end in different ways".into(),
        ends => format!(", lines end in {ends}"),
    };
    line("encoding", &format!("{}{ends}", found.encoding));
    if let Some(sheet) = &found.sheet {
        line("sheet", sheet);
    }
    line("delimiter", found.delimiter.map_or("none", delimiter));
    line("preamble", &lines(found.preamble_lines));
    line("header", &found.header_line.map_or("none".into(), |at| format!("line {at}")));
    if !found.shape.is_empty() {
        line("shape", shape(found.shape));
    }
    if let Some(region) = &found.region {
        line("region", region);
    }
    match (&found.first, &found.last) {
        (Some(first), Some(last)) if first != last => {
            line("dates", &format!("{first} to {last}, {} of them", found.dates));
            line("step", &found.step.map_or("none".into(), |step| step.name()));
            line("order", order(found.order));
            line("last period", &partial(found));
        }
        (Some(only), _) => line("date", only),
        _ => {
            let span = found.span.as_ref().map(|span| format!("; all values are of {span}"));
            line("dates", &format!("none{}", span.unwrap_or_default()));
        }
    }
    line("values", &values(found));
    line("duplicates", &if found.duplicates == 0 { "none".into() } else { found.duplicates.to_string() });
    for (name, kind) in [("measures", &found.measures), ("groups", &found.groups)] {
        if kind.len() > 1 || kind.first().is_some_and(|only| only != UNNAMED_MEASURE) {
            line(name, &listed(kind));
        }
    }
    series(&found.series, &mut out);
    if why {
        roles(&found.roles, &mut out);
    }
    if !found.notes.is_empty() {
        out.push_str("  notes\n");
        found.notes.iter().for_each(|note| out += &format!("    {}\n", visible(note)));
    }
    out
}

fn delimiter(delimiter: char) -> &'static str {
    match delimiter {
        ',' => "comma",
        ';' => "semicolon",
        '\t' => "tab",
        '|' => "vertical bar",
        ' ' => "space",
        _ => "another character",
    }
}

fn lines(count: u32) -> String {
    match count {
        0 => "none".into(),
        1 => "1 line".into(),
        n => format!("{n} lines"),
    }
}

fn shape(shape: &str) -> &str {
    let words = [
        "wide: a column for each subject",
        "long: a row for each observation",
        "single: one subject",
        "events: a row for each, counted",
    ];
    words.into_iter().find(|words| words.split(':').next() == Some(shape)).unwrap_or(shape)
}

fn order(order: Option<Order>) -> &'static str {
    match order {
        Some(Order::Ascending) => "oldest first",
        Some(Order::Descending) => "newest first",
        Some(Order::Unsorted) => "not sorted by date",
        None => "none",
    }
}

fn partial(found: &Inspected) -> String {
    let is = match found.partial_last {
        "yes" => "incomplete",
        "possible" => "possibly incomplete",
        _ if found.partial_last_because == NO_SIGN => "taken as complete",
        _ => "complete",
    };
    format!("{is}: {}", found.partial_last_because)
}

fn values(found: &Inspected) -> String {
    let sum = |part: fn(&SeriesFacts) -> usize| found.series.iter().map(part).sum::<usize>();
    let unit = if found.percent { ", in per cent" } else { "" };
    format!(
        "{} in {} series, {} below one, {} missing{unit}",
        sum(|s| s.points),
        found.series.len(),
        sum(|s| s.below_one),
        sum(|s| s.missing)
    )
}

/// The series as a table with numbers under each other.
fn series(series: &[SeriesFacts], out: &mut String) {
    let number = |value: Option<f64>| value.map_or("–".into(), plain_number);
    let mut rows = vec![["series", "points", "missing", "below one", "gaps", "min", "max"].map(String::from)];
    rows.extend(series.iter().take(SERIES_LISTED).map(|s| {
        let counts = [s.points, s.missing, s.below_one, s.gaps].map(|count| count.to_string());
        let [points, missing, below, gaps] = counts;
        [name(&s.name), points, missing, below, gaps, number(s.min), number(s.max)]
    }));
    let widths: Vec<usize> = (0..7)
        .map(|column| rows.iter().filter_map(|row| Some(row.get(column)?.chars().count())).max().unwrap_or(0))
        .collect();
    for (i, row) in rows.iter().enumerate() {
        let mut line = if i == 0 { "  ".to_owned() } else { "    ".to_owned() };
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            // The heading stands two to the left, as those of the other lines do.
            let width = if column == 0 && i == 0 { width + 2 } else { *width };
            if column == 0 {
                let _ = write!(line, "{cell:<width$}");
            } else {
                let _ = write!(line, "  {cell:>width$}");
            }
        }
        let _ = writeln!(out, "{line}");
    }
    if series.len() > SERIES_LISTED {
        let _ = writeln!(out, "    and {} more; `--format json` lists all", series.len() - SERIES_LISTED);
    }
}

/// Which columns play which part: why they do, and why the others do not.
fn roles(roles: &[Chosen], out: &mut String) {
    out.push_str("  why\n");
    if roles.is_empty() {
        out.push_str("    the file is no table: its format says what is what\n");
    }
    for Chosen { role, columns, because, others } in roles {
        let who = if columns.is_empty() { "no column".into() } else { listed(columns) };
        let why = if because.is_empty() { String::new() } else { format!(": {}", because.join("; ")) };
        let _ = writeln!(out, "    {role:<10} {}", visible(&format!("{who}{why}")));
        for Other { column, why_not } in others {
            let _ = writeln!(out, "    {:<10} {}", "", visible(&format!("not `{column}`: {why_not}")));
        }
    }
}

fn name(name: &str) -> String {
    // A line break is a blank, as in a picture.
    let name = &name.replace(['\n', '\r'], " ");
    let mut shown: String = visible(name).chars().take(NAME_LIMIT).collect();
    if shown.len() < visible(name).len() {
        shown.push('…');
    }
    shown
}
