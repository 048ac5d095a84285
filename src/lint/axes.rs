//! Section B: scales and axes.

use super::rule::{Breach, Level, Picture, Rule};
use crate::canvas::{Role, Shape, UNITS};
use crate::theme::color::contrast;
use Level::{Look, Must, Should};

pub(super) static RULES: [Rule; 28] = [
    Rule::other(("B1", Must), "bars start at zero and have the ratio of their values"),
    Rule::checked(("B2", Should), "the value axis of lines has zero", zero),
    Rule::other(("B3", Must), "an axis without zero says so"),
    Rule::checked(("B4", Must), "three to six value ticks", ticks),
    Rule::other(("B5", Should), "value ticks have the distance of their text"),
    Rule::other(("B6", Should), "the axis goes on past its last tick only for data that pass it well"),
    Rule::checked(("B7", Must), "nothing is drawn outside of the picture", outside),
    Rule::other(("B8", Must), "the decimals of ticks follow their step"),
    Rule::other(("B9", Must), "thousands have separators, years none"),
    Rule::other(("B10", Should), "large values have one unit for the whole axis"),
    Rule::other(("B11", Must), "what values are divided by is said in the subtitle"),
    Rule::checked(("B12", Must), "gridlines are of the value axis alone", level_grid),
    Rule::checked(("B13", Must), "the zero line is stronger than the grid", base),
    Rule::checked(("B14", Should), "the grid is faint, and seen", faint_grid),
    Rule::other(("B15", Must), "a time axis is true to time"),
    Rule::other(("B16", Must), "time ticks are one step of the calendar apart"),
    Rule::other(("B17", Must), "months are named, with the year where it changes"),
    Rule::other(("B18", Should), "years are full, or short after the first"),
    Rule::other(("B19", Should), "a period's label stands in its middle, an instant's at its tick"),
    Rule::other(("B20", Must), "no text is turned"),
    Rule::checked(("B21", Must), "tick labels are 5 px apart", ticks_apart),
    Rule::other(("B22", Should), "the first and last label stay within the plot"),
    Rule::other(("B23", Should), "the time axis ends where the data end"),
    Rule::other(("B24", Should), "axes have no titles"),
    Rule::other(("B25", Must), "a logarithmic scale is for lines of values above zero, and said"),
    Rule::other(("B26", Should), "a logarithmic scale is offered for values of far apart sizes alone"),
    Rule::other(("B27", Should), "logarithmic ticks are powers of ten"),
    Rule::other(("B28", Look), "lines are neither flat nor steep"),
];

fn zero(picture: &Picture<'_>) -> Vec<Breach> {
    let has_zero = picture
        .texts()
        .iter()
        .any(|t| t.item.role == Role::TickLabel && t.words.trim_end_matches('%') == "0");
    if has_zero || !picture.has_lines() || picture.look.lower_is_better {
        return Vec::new();
    }
    vec![Breach::new("chart", "the value axis has no zero", "report it with the manifest and the data")]
}

fn ticks(picture: &Picture<'_>) -> Vec<Breach> {
    // The zero line stands for a tick.
    let count = picture.of(Role::Grid).count() + 1;
    if !picture.has_lines() || picture.look.lower_is_better || (3..=6).contains(&count) {
        return Vec::new();
    }
    vec![Breach::new(
        "height",
        format!("{count} value ticks, expected 3 to 6"),
        "set another `height`, or leave it out",
    )]
}

fn outside(picture: &Picture<'_>) -> Vec<Breach> {
    let area = picture.area();
    let out = picture.scene.items.iter().filter(|item| !area.contains(item.bounds(picture.fonts)));
    let told = |item: &crate::canvas::Item| format!("a {:?} leaves the picture", item.role);
    out.map(|item| Breach::new("height", told(item), "leave `height` out, or make it larger")).collect()
}

fn level_grid(picture: &Picture<'_>) -> Vec<Breach> {
    let is_slope = picture.of(Role::StartLabel).next().is_some();
    let level = |shape: &Shape| match shape {
        Shape::Path { points, .. } => points.windows(2).all(|ends| matches!(ends, [a, b] if a.1 == b.1)),
        _ => false,
    };
    if is_slope || picture.of(Role::Grid).all(|item| level(&item.shape)) {
        return Vec::new();
    }
    vec![Breach::new("chart", "a gridline that is not level", "report it with the manifest and the data")]
}

fn base(picture: &Picture<'_>) -> Vec<Breach> {
    let theme = picture.theme;
    if contrast(theme.base, theme.background) > contrast(theme.grid, theme.background) {
        return Vec::new();
    }
    vec![Breach::new("chart", "the zero line is no stronger than the grid", "report it")]
}

fn faint_grid(picture: &Picture<'_>) -> Vec<Breach> {
    let ratio = contrast(picture.theme.grid, picture.theme.background);
    if (1.15..=1.65).contains(&ratio) {
        return Vec::new();
    }
    vec![Breach::new("chart", format!("gridlines of {ratio:.2}:1, expected 1.15 to 1.65"), "report it")]
}

fn ticks_apart(picture: &Picture<'_>) -> Vec<Breach> {
    let ticks: Vec<_> = picture.texts().iter().filter(|t| t.item.role == Role::TickLabel).collect();
    let mut breaches = Vec::new();
    for (i, a) in ticks.iter().enumerate() {
        let mut around = a.bounds;
        (around.left, around.right) = (around.left - 5 * UNITS, around.right + 5 * UNITS);
        for b in ticks.iter().skip(i + 1).filter(|b| around.overlaps(b.bounds)) {
            let found = format!("tick labels {} and {} are less than 5 px apart", a.words, b.words);
            breaches.push(Breach::new("width", found, "make the figure wider"));
        }
    }
    breaches
}
