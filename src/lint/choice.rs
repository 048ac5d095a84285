//! Section A: which chart shows the data.

use super::rule::{Breach, Level, Picture, Rule};
use crate::figure::{Emphasis, GridCell, Ink, Marks, Rgb};
use Level::{Look, Must, Should};

pub(super) static RULES: [Rule; 8] = [
    Rule::checked(("A1", Should), "values over time are lines, those of one date bars", one_date),
    Rule::other(("A2", Should), "columns are of one series and at most 25 periods"),
    Rule::other(("A3", Must), "no third dimension, pie, radar or second value axis"),
    Rule::checked(("A4", Should), "at most six colours", colours),
    Rule::other(("A5", Should), "small multiples share a scale, or say that they do not"),
    Rule::other(("A6", Must), "a stack is of parts of a whole and starts at zero"),
    Rule::checked(("A7", Look), "three numbers are a sentence", few_numbers),
    Rule::other(("A8", Should), "who is compared has the same colour everywhere"),
];

/// Most colours that are told apart.
const MOST_COLOURS: usize = 6;

/// So many numbers need no picture.
const FEW: usize = 3;

fn one_date(picture: &Picture<'_>) -> Vec<Breach> {
    let series = picture.panels.iter().filter_map(|panel| match &panel.marks {
        Marks::Lines { series, .. } => Some(series),
        Marks::Bars(_) | Marks::Cells(_) => None,
    });
    let mut dates: Vec<_> =
        series.flatten().flat_map(|s| &s.points).filter(|p| p.value.is_some()).map(|p| p.at).collect();
    dates.sort_unstable();
    dates.dedup();
    if dates.len() != 1 {
        return Vec::new();
    }
    vec![Breach::new("chart", "one date is drawn as a line", "use `chart = \"bar\"`")]
}

fn colours(picture: &Picture<'_>) -> Vec<Breach> {
    if !picture.look.chart.colors_tell {
        return Vec::new();
    }
    let shown = picture.look.subjects.iter().filter(|s| s.emphasis != Emphasis::Context);
    let inks: Vec<Ink> = shown.map(|subject| subject.ink).collect();
    let mut colors: Vec<Rgb> = inks.iter().map(|ink| picture.theme.mark(*ink, Emphasis::Equal)).collect();
    colors.retain(|color| *color != picture.theme.context);
    colors.sort_unstable();
    colors.dedup();
    if colors.len() <= MOST_COLOURS {
        return Vec::new();
    }
    vec![Breach::new(
        "subjects",
        format!("{} colours", colors.len()),
        "use `highlight` for who matters, or `colored`",
    )]
}

fn few_numbers(picture: &Picture<'_>) -> Vec<Breach> {
    let count: usize = picture
        .panels
        .iter()
        .map(|panel| match &panel.marks {
            Marks::Lines { series, .. } => {
                series.iter().flat_map(|s| &s.points).filter(|p| p.value.is_some()).count()
            }
            Marks::Bars(groups) => {
                groups.iter().flat_map(|group| &group.bars).filter(|bar| bar.value.is_some()).count()
            }
            Marks::Cells(grid) => {
                let cells = grid.rows.iter().flat_map(|row| &row.cells);
                cells.filter(|cell| !matches!(cell, GridCell::Missing | GridCell::Outside)).count()
            }
        })
        .sum();
    if count > FEW {
        return Vec::new();
    }
    let what = if count == 1 { "it shows 1 number".to_owned() } else { format!("it shows {count} numbers") };
    vec![Breach::new("chart", what, "say it in a sentence, or show it beside others")]
}
