//! Section C: labels and annotations.

use super::rule::{Breach, Level, Picture, Rule, Text};
use crate::canvas::{Rect, Role, Shape, UNITS};
use crate::diag::quoted;
use crate::figure::Rgb;
use Level::{Look, Must, Should};

pub(super) static RULES: [Rule; 20] = [
    Rule::checked(("C1", Must), "names stand at their lines, and a legend only where they cannot", legend),
    Rule::other(("C2", Must), "names have the hue of their lines, dark enough to be read"),
    Rule::other(("C3", Must), "names stand in the order of line ends"),
    Rule::checked(("C4", Must), "no text meets another, or a mark", meeting),
    Rule::other(("C5", Must), "a name that was moved has a leader, and leaders do not cross"),
    Rule::other(("C6", Should), "who has no room for a name is told"),
    Rule::other(("C7", Should), "a name may carry its last value"),
    Rule::other(("C8", Must), "a value stands at its bar's end"),
    Rule::checked(("C9", Must), "bars with values have no axis", bare_bars),
    Rule::other(("C10", Should), "more bars than have room for values have an axis"),
    Rule::other(("C11", Must), "bars are sorted, and what has an order of its own keeps it"),
    Rule::checked(("C12", Must), "one measure has one colour, and at most two stand out", one_colour),
    Rule::checked(("C13", Should), "the gap is a quarter to two fifths of a bar's step", gaps),
    Rule::other(("C14", Should), "groups of bars stand further apart than their bars"),
    Rule::other(("C15", Must), "names of bars end on one edge and have two lines at most"),
    Rule::checked(("C16", Should), "at most five events", events),
    Rule::other(("C17", Must), "text over marks has an outline"),
    Rule::other(("C18", Should), "who stands out is drawn last"),
    Rule::other(("C19", Should), "a legend stands under the subtitle, in the order of the data"),
    Rule::other(("C20", Look), "what the title says is marked"),
];

fn legend(picture: &Picture<'_>) -> Vec<Breach> {
    let entries = picture.of(Role::LegendKey).count();
    if !picture.has_lines() || !(1..=6).contains(&entries) {
        return Vec::new();
    }
    vec![Breach::new(
        "height",
        format!("a legend of {entries}"),
        "give names fewer letters with `label`, or the figure more room",
    )]
}

fn meeting(picture: &Picture<'_>) -> Vec<Breach> {
    let texts = picture.texts();
    let mut breaches = Vec::new();
    let mut tell = |found: String| {
        breaches.push(Breach::new("size", found, "shorten names and labels, or make the figure larger"))
    };
    for (i, a) in texts.iter().enumerate() {
        for b in texts.iter().skip(i + 1).filter(|b| a.bounds.grown(UNITS / 2).overlaps(b.bounds)) {
            tell(format!("{} meets {}", quoted(a.words), quoted(b.words)));
        }
    }
    for item in &picture.scene.items {
        // A line that is fainter than words may run through those that stand in the plot.
        let is_faint = [Role::Grid, Role::MinorGrid].contains(&item.role);
        let in_plot = |text: &Text<'_>| {
            let has_halo = matches!(text.item.shape, Shape::Text { halo: Some(_), .. });
            has_halo || [Role::Annotation, Role::ShadeLabel].contains(&text.item.role)
        };
        let is_apart = |text: &&Text<'_>| !(is_faint && in_plot(text));
        for text in texts.iter().filter(is_apart).filter(|text| covers(&item.shape, item.role, text)) {
            tell(format!("{} lies on a {:?}", quoted(text.words), item.role));
        }
    }
    breaches
}

/// Whether a mark lies under a text.
fn covers(shape: &Shape, role: Role, text: &Text<'_>) -> bool {
    match shape {
        Shape::Path { points, stroke } => {
            let half = i32::try_from(stroke.width / 2).unwrap_or(0);
            points.windows(2).any(|ends| matches!(ends, [a, b] if passes(*a, *b, text.bounds.grown(half))))
        }
        Shape::Rect { rect, .. } => role == Role::Bar && rect.overlaps(text.bounds),
        Shape::Circle { center: (x, y), radius, .. } => {
            let point = Rect { left: *x, top: *y, right: *x, bottom: *y };
            point.grown(i32::try_from(*radius).unwrap_or(0)).overlaps(text.bounds)
        }
        _ => false,
    }
}

/// Whether a straight line enters a rectangle.
fn passes(a: (i32, i32), b: (i32, i32), rect: Rect) -> bool {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let sides =
        [(b.0 - a.0, rect.left - a.0, rect.right - a.0), (b.1 - a.1, rect.top - a.1, rect.bottom - a.1)];
    for (along, near, far) in sides.map(|(a, n, f)| (f64::from(a), f64::from(n), f64::from(f))) {
        if along == 0.0 {
            if near >= 0.0 || far <= 0.0 {
                return false;
            }
            continue;
        }
        let (first, second) = (near / along, far / along);
        enter = enter.max(first.min(second));
        leave = leave.min(first.max(second));
    }
    enter < leave
}

fn bare_bars(picture: &Picture<'_>) -> Vec<Breach> {
    let has = |role| picture.of(role).next().is_some();
    if !has(Role::ValueLabel) || !has(Role::Grid) {
        return Vec::new();
    }
    vec![Breach::new("chart", "gridlines behind bars that carry their values", "report it")]
}

fn bars(picture: &Picture<'_>) -> Vec<(Rect, Rgb)> {
    let bar = |shape: &Shape| match shape {
        Shape::Rect { rect, fill } => Some((*rect, fill.rgb)),
        _ => None,
    };
    picture.of(Role::Bar).filter_map(|item| bar(&item.shape)).collect()
}

fn one_colour(picture: &Picture<'_>) -> Vec<Breach> {
    if picture.look.chart.colors_tell {
        return Vec::new();
    }
    let mut fills: Vec<Rgb> = bars(picture).into_iter().map(|(_, fill)| fill).collect();
    fills.sort_unstable();
    fills.dedup();
    let stand_out = fills.iter().filter(|fill| **fill != picture.theme.context).count();
    if stand_out <= 3 {
        return Vec::new();
    }
    vec![Breach::new(
        "highlight",
        format!("bars of one measure in {} colours", fills.len()),
        "highlight one or two",
    )]
}

fn gaps(picture: &Picture<'_>) -> Vec<Breach> {
    let is_grouped = picture.of(Role::GroupLabel).next().is_some();
    let mut bars: Vec<Rect> = bars(picture).into_iter().map(|(bar, _)| bar).collect();
    bars.sort_by_key(|bar| bar.top);
    let neighbours = bars.windows(2).filter_map(|pair| match pair {
        // Bars of one column start at one zero line.
        [a, b] if a.bottom <= b.top && (a.left == b.left || a.right == b.right) => {
            Some((b.top - a.bottom, b.top - a.top))
        }
        _ => None,
    });
    let ratio = |(gap, step): (i32, i32)| f64::from(gap) / f64::from(step.max(1));
    let least = neighbours.map(ratio).fold(f64::INFINITY, f64::min);
    if is_grouped || least >= 0.24 {
        return Vec::new();
    }
    vec![Breach::new(
        "height",
        format!("gaps of {:.0} % of a step", least * 100.0),
        "leave `height` out, or show fewer",
    )]
}

fn events(picture: &Picture<'_>) -> Vec<Breach> {
    let count = picture.look.events.len();
    if count <= 5 {
        return Vec::new();
    }
    vec![Breach::new(
        "events",
        format!("{count} events, expected at most 5"),
        "keep those that the title needs",
    )]
}
