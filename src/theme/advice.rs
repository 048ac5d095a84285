//! Which subjects of a figure nobody should be asked to tell apart by colour, and which colours would do.
//!
//! It must not know data, positions or how anything is drawn.

use super::Theme;
use super::vision::{Clash, FAIL, GREY, WARN, clashes, distance, lightness, shift};
use crate::diag::{self, Report, listed};
use crate::figure::{Emphasis, Ink, Look, Rgb, Subject};

/// What to tell of a figure's colours in one theme: each pair of subjects that
/// only colour tells apart and whose colours, as drawn, are less than [`WARN`] apart.
///
/// Sorted bars and facets name every bar, and context is grey on purpose, so
/// they are not looked at.
#[must_use]
pub fn warnings(look: &Look, theme: &Theme) -> Report {
    let mut report = Report::default();
    if !look.chart.colors_tell {
        return report;
    }
    let theme = &theme.of_figure(look);
    let free = theme.palette.iter().filter(|color| **color != theme.context).count();
    let is_spare = |ink| matches!(ink, Ink::Palette(_)) && theme.mark(ink, Emphasis::Equal) == theme.context;
    let colored = || look.subjects.iter().filter(|subject| subject.emphasis != Emphasis::Context);
    let spare: Vec<&str> = colored().filter(|s| is_spare(s.ink)).map(|s| s.label.as_str()).collect();
    if spare.len() > 1 {
        let message = format!("{} have the same grey: the palette has {free} free colours", listed(&spare));
        report.push(
            diag::warning("same-grey", message).hint("give each a `color`, or `highlight` who matters"),
        );
    }
    let own: Vec<&Subject> = colored().filter(|s| spare.len() < 2 || !is_spare(s.ink)).collect();
    let colors: Vec<(String, Rgb)> =
        own.iter().map(|s| (s.label.clone(), theme.mark(s.ink, s.emphasis))).collect();
    let is_declared = |name: &str| own.iter().any(|s| s.label == name && matches!(s.ink, Ink::Fixed { .. }));
    let clashes = clashes(&colors);
    let moves = if clashes.is_empty() { Vec::new() } else { plan(colors, &is_declared, theme) };
    for clash in clashes {
        let warning = diag::warning("similar-colors", in_words(&clash, theme));
        let way_out = moves.iter().find(|(name, _)| [&clash.first, &clash.second].contains(&name));
        report.push(match way_out {
            Some((name, color)) => warning.hint(advice(name, *color, is_declared(name), theme)),
            None => warning,
        });
    }
    report
}

/// What to tell of pairs of subjects whose lines cross: those of one lightness, which print as one grey.
#[must_use]
pub fn greys(look: &Look, theme: &Theme, crossing: &[(usize, usize)]) -> Report {
    let mut report = Report::default();
    if crossing.is_empty() || !look.chart.colors_tell {
        return report;
    }
    let theme = &theme.of_figure(look);
    let colored = |index: usize| look.subjects.get(index).filter(|s| s.emphasis != Emphasis::Context);
    for (a, b) in crossing.iter().filter_map(|(a, b)| Some((colored(*a)?, colored(*b)?))) {
        let [light, other] = [a, b].map(|s| lightness(theme.mark(s.ink, s.emphasis)));
        let apart = (light - other).abs();
        if apart >= GREY {
            continue;
        }
        let shown = (apart * 10.0).floor() / 10.0;
        let message = format!(
            "`{}` and `{}` cross and print in one grey: their lightness is {shown:.1} apart, \
             expected {GREY} or more",
            a.label, b.label
        );
        let hint = format!("choose a lighter or darker `color` for `{}` or `{}`", a.label, b.label);
        report.push(diag::warning("similar-greys", message).hint(hint));
    }
    report
}

/// Who needs another colour, and which one of the palette is nearest to theirs
/// and far enough from everybody's: few subjects, those with a declared colour
/// first, and all of it can be followed together.
fn plan(
    mut colors: Vec<(String, Rgb)>,
    is_declared: &dyn Fn(&str) -> bool,
    theme: &Theme,
) -> Vec<(String, Option<Rgb>)> {
    let mut moves = Vec::new();
    loop {
        let found = clashes(&colors);
        let count = |name: &String| found.iter().filter(|c| c.first == *name || c.second == *name).count();
        let worst = colors.iter().enumerate().filter(|(_, (name, _))| count(name) > 0);
        let worst =
            worst.max_by_key(|(_, (name, _))| (is_declared(name), count(name))).map(|(index, _)| index);
        let Some(index) = worst else { return moves };
        // Off the list, so that each turn leaves fewer who clash.
        let (name, old) = colors.remove(index);
        let fits = |new: &Rgb| colors.iter().all(|(_, other)| distance(*new, *other) >= WARN);
        let change = |new: &Rgb| shift(old, *new);
        let by_change = |a: &Rgb, b: &Rgb| change(a).total_cmp(&change(b));
        let new = theme.palette.into_iter().filter(fits).min_by(by_change);
        colors.extend(new.map(|new| (name.clone(), new)));
        moves.push((name, new));
    }
}

fn in_words(clash: &Clash, theme: &Theme) -> String {
    let Clash { first, second, distance } = clash;
    let verdict = if *distance < FAIL {
        "cannot be told apart by everybody"
    } else {
        "are hard to tell apart for some"
    };
    let ground = if theme.is_light() { "" } else { " on a dark background" };
    // Rounded down: 14.96 is not "15.0 apart, expected 15 or more".
    let shown = (distance * 10.0).floor() / 10.0;
    format!(
        "`{first}` and `{second}` {verdict}: their colours{ground} are {shown:.1} apart, expected {WARN} or more"
    )
}

fn advice(name: &str, color: Option<Rgb>, declared: bool, theme: &Theme) -> String {
    let key = if declared && !theme.is_light() { "color_dark" } else { "color" };
    let such = color.map(|Rgb(r, g, b)| format!(", such as \"#{r:02X}{g:02X}{b:02X}\"")).unwrap_or_default();
    format!("choose another `{key}` for `{name}`{such}")
}
