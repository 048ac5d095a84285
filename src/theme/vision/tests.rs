//! What the measure of colours must give, against published reference values,
//! and that the palettes and advice live up to it.

use super::super::Theme;
use super::super::advice::warnings;
use super::*;
use crate::diag::Severity;
use crate::figure::{Emphasis, Extras, Ink, Kind, Look, Subject};

/// A kind whose marks are told apart by colour.
static TOLD: Kind = Kind {
    name: "told",
    code: "Told",
    noun: "",
    shows_span: true,
    keeps_groups: false,
    has_panels: false,
    colors_tell: true,
    stacks: false,
    torn: "hollow",
    refuses: &[],
};

/// A kind whose marks all have one colour.
static ALIKE: Kind = Kind { colors_tell: false, name: "alike", ..TOLD };

const KERAS: Rgb = Rgb(0xD0, 0x00, 0x00);
const TENSORFLOW: Rgb = Rgb(0xFF, 0x6F, 0x00);
const PYTORCH: Rgb = Rgb(0xEE, 0x4C, 0x2C);
const BLUE: Rgb = Rgb(0x00, 0x72, 0xB2);
const VERMILION: Rgb = Rgb(0xD5, 0x5E, 0x00);

fn worst(colors: &[Rgb]) -> f64 {
    let pairs = colors.iter().enumerate().flat_map(|(i, a)| colors.iter().skip(i + 1).map(move |b| (a, b)));
    pairs.map(|(a, b)| distance(*a, *b)).fold(f64::INFINITY, f64::min)
}

#[test]
fn coordinates_agree_with_the_reference() {
    let known = [
        (KERAS, [49.293, 35.642, 22.368]),
        (TENSORFLOW, [69.418, 23.611, 27.941]),
        (PYTORCH, [61.584, 30.613, 20.845]),
        (Rgb(0x0F, 0x54, 0x99), [36.216, -9.490, -25.314]),
        (Rgb(0xE1, 0x78, 0x1E), [66.099, 17.143, 25.679]),
        (Rgb(0x00, 0xA5, 0x96), [61.912, -24.071, -2.802]),
        (BLUE, [46.776, -13.307, -24.477]),
        (Rgb(0, 0, 0), [0.0, 0.0, 0.0]),
    ];
    for (color, expected) in known {
        let found = seen(color, &KINDS[0], false);
        for (found, expected) in found.iter().zip(expected) {
            assert!((found - expected).abs() < 0.05, "{color:?}: {found} is not {expected}");
        }
    }
}

#[test]
fn distances_agree_with_the_reference_for_each_kind_of_vision() {
    // colorspacious 1.1.2, `sRGB1+CVD` at severity 100 to `CAM02-UCS`.
    let known = [
        (TENSORFLOW, PYTORCH, [12.679, 9.373, 13.810, 8.594]),
        (KERAS, PYTORCH, [13.367, 12.183, 14.996, 14.205]),
        (KERAS, TENSORFLOW, [24.100, 19.992, 25.629, 22.568]),
        (BLUE, VERMILION, [62.366, 56.734, 51.427, 66.743]),
    ];
    for (a, b, expected) in known {
        for (kind, expected) in KINDS.iter().zip(expected) {
            let found = apart(seen(a, kind, false), seen(b, kind, false));
            assert!((found - expected).abs() < 0.01, "{a:?} and {b:?}: {found} is not {expected}");
        }
    }
}

#[test]
fn clipping_counts_where_it_brings_colours_nearer() {
    for (a, b, expected) in [(TENSORFLOW, PYTORCH, 7.3), (KERAS, PYTORCH, 10.7), (KERAS, TENSORFLOW, 15.2)] {
        assert!((distance(a, b) - expected).abs() < 0.05, "{}", distance(a, b));
    }
}

#[test]
fn distance_is_finite_and_the_same_both_ways() {
    let steps = [0, 1, 64, 128, 254, 255];
    let mut colors = Vec::new();
    for r in steps {
        for g in steps {
            colors.extend(steps.map(|b| Rgb(r, g, b)));
        }
    }
    for (a, b) in colors.iter().zip(colors.iter().rev()).chain(colors.iter().zip(&colors)) {
        let found = distance(*a, *b);
        assert!((0.0..=110.0).contains(&found), "{a:?} and {b:?}: {found}");
        assert_eq!(found, distance(*b, *a));
        assert_eq!(found == 0.0, a == b);
    }
}

#[test]
fn palettes_are_told_apart_by_everybody() {
    for (theme, first_four, all) in [(Theme::light(), 22.2, 20.3), (Theme::dark(), 20.6, 20.6)] {
        let (four, six) = (worst(&theme.palette[..4]), worst(&theme.palette));
        assert!(four >= 20.0 && six >= 20.0, "{four}, {six}");
        assert!((four - first_four).abs() < 0.05 && (six - all).abs() < 0.05, "{four}, {six}");
    }
}

#[test]
fn palettes_are_told_apart_in_grey_and_from_the_greys_beside_them() {
    for theme in [Theme::light(), Theme::dark()] {
        let mut greys = theme.palette.map(lightness);
        greys.sort_by(f64::total_cmp);
        for pair in greys.windows(2) {
            assert!(pair[1] - pair[0] >= GREY, "{greys:?}");
        }
        for color in theme.palette {
            assert!(distance(color, theme.context) >= 13.0, "{color:?} is nearly the grey of the context");
            assert!(super::super::color::contrast(color, theme.background) >= 3.0, "{color:?}");
            assert!(shift(color, theme.bar) >= 15.0, "{color:?} is nearly the colour of bars");
        }
        assert!(distance(theme.bar, theme.context) >= WARN, "bars of which none stands out");
    }
}

#[test]
fn a_palette_keeps_its_places_beside_declared_colours() {
    let mut subjects = vec![subject("A", Ink::Palette(0), Emphasis::Equal)];
    subjects.push(subject("B", fixed(Rgb(0xE1, 0x78, 0x1E)), Emphasis::Equal));
    let look = look(&TOLD, subjects);
    for theme in [Theme::light(), Theme::dark()] {
        let own = theme.of_figure(&look);
        let taken = theme.mark(look.subjects[1].ink, Emphasis::Equal);
        for (place, color) in own.palette.iter().enumerate() {
            let stays = distance(theme.palette[place], taken) >= WARN;
            assert_eq!(stays, *color == theme.palette[place], "place {place}");
        }
        let mut all = own.palette.to_vec();
        all.push(taken);
        assert!(worst(&all) >= FAIL && !all.contains(&theme.context), "{}", worst(&all));
    }
}

#[test]
fn lines_that_cross_are_told_apart_in_grey() {
    let pair = [Rgb(0xA5, 0x1E, 0x00), Rgb(0x0F, 0x54, 0x99)];
    let subjects = ["A", "B"].into_iter().zip(pair).map(|(name, c)| subject(name, fixed(c), Emphasis::Equal));
    let look = look(&TOLD, subjects.collect());
    let told = |crossing: &[(usize, usize)]| super::super::advice::greys(&look, &Theme::light(), crossing);
    assert!(told(&[]).is_empty());
    assert_eq!(
        told(&[(0, 1)]).to_string(),
        "warning[similar-greys]: `A` and `B` cross and print in one grey: their lightness is 0.3 apart, \
         expected 5 or more\nhint: choose a lighter or darker `color` for `A` or `B`\n"
    );
}

#[test]
fn muted_brand_colours_are_told_apart_by_everybody() {
    let score = worst(&[Rgb(0x8A, 0x15, 0x38), Rgb(0xE1, 0x78, 0x1E), Rgb(0x7B, 0x3F, 0xF2)]);
    assert!(score >= 20.0, "{score}");
}

#[test]
fn exact_brand_colours_clash() {
    let colors = [("Keras", KERAS), ("TensorFlow", TENSORFLOW), ("PyTorch", PYTORCH)];
    let found = clashes(&colors.map(|(name, color)| (name.to_owned(), color)));
    let pairs: Vec<_> = found.iter().map(|c| (c.first.as_str(), c.second.as_str())).collect();
    assert_eq!(pairs, [("Keras", "PyTorch"), ("TensorFlow", "PyTorch")]);
    assert!(found[0].distance > FAIL && found[1].distance < FAIL);
}

fn subject(label: &str, ink: Ink, emphasis: Emphasis) -> Subject {
    Subject { label: label.to_owned(), ink, emphasis }
}

fn fixed(light: Rgb) -> Ink {
    Ink::Fixed { light, dark: None }
}

fn look(chart: &'static Kind, subjects: Vec<Subject>) -> Look {
    Look {
        preset: &crate::preset::ARTICLE,
        chart,
        width: 720,
        height: None,
        subjects,
        events: Vec::new(),
        marked: Vec::new(),
        unit: crate::figure::Unit::Count,
        digits: crate::figure::Digits::Short,
        lower_is_better: false,
        by_age: false,
        extras: Extras::default(),
    }
}

fn brands(chart: &'static Kind) -> Look {
    let colors = [("Keras", KERAS), ("TensorFlow", TENSORFLOW), ("PyTorch", PYTORCH)];
    look(chart, colors.map(|(name, color)| subject(name, fixed(color), Emphasis::Equal)).to_vec())
}

fn told(look: &Look, theme: &Theme) -> Vec<(String, Vec<String>)> {
    let report = warnings(look, theme);
    assert!(report.diagnostics.iter().all(|d| d.severity == Severity::Warning));
    report.diagnostics.into_iter().map(|d| (d.message, d.hints)).collect()
}

#[test]
fn each_clash_is_told_once_with_advice_that_fits_together() {
    let tensorflow = "choose another `color` for `TensorFlow`, such as \"#E1781E\"";
    let pytorch = "choose another `color` for `PyTorch`, such as \"#4A1226\"";
    let some = "are hard to tell apart for some: their colours are";
    let nobody = "cannot be told apart by everybody: their colours are";
    let expected = [
        (
            format!("`Keras` and `TensorFlow` {some} 14.6 apart, expected 15 or more"),
            vec![tensorflow.to_owned()],
        ),
        (format!("`Keras` and `PyTorch` {some} 10.7 apart, expected 15 or more"), vec![pytorch.to_owned()]),
        (
            format!("`TensorFlow` and `PyTorch` {nobody} 6.7 apart, expected 15 or more"),
            vec![pytorch.to_owned()],
        ),
    ];
    assert_eq!(told(&brands(&TOLD), &Theme::light()), expected);
    let mut followed = brands(&TOLD);
    followed.subjects[1].ink = fixed(Rgb(0xE1, 0x78, 0x1E));
    followed.subjects[2].ink = fixed(Rgb(0x4A, 0x12, 0x26));
    assert_eq!(told(&followed, &Theme::light()), []);
}

#[test]
fn a_dark_figure_is_judged_on_its_own_colours() {
    let near = Ink::Fixed { light: Rgb(0x0F, 0x54, 0x99), dark: Some(Rgb(0xFF, 0xCB, 0x35)) };
    let own = Ink::Fixed { light: Rgb(0xE1, 0x78, 0x1E), dark: Some(Rgb(0xFF, 0xCB, 0x35)) };
    let subjects = vec![subject("A", own, Emphasis::Equal), subject("B", near, Emphasis::Highlight)];
    let look = look(&TOLD, subjects);
    assert_eq!(told(&look, &Theme::light()), []);
    let message = "`A` and `B` cannot be told apart by everybody: \
                   their colours on a dark background are 0.0 apart, expected 15 or more";
    let hint = "choose another `color_dark` for `B`, such as \"#8CFFD6\"";
    assert_eq!(told(&look, &Theme::dark()), [(message.to_owned(), vec![hint.to_owned()])]);
}

#[test]
fn advice_names_no_colour_where_none_is_free() {
    let palette = Theme::light().palette.into_iter().enumerate();
    let mut subjects: Vec<_> =
        palette.map(|(i, color)| subject(&format!("S{i}"), fixed(color), Emphasis::Equal)).collect();
    subjects.push(subject("X", fixed(Theme::light().palette[0]), Emphasis::Equal));
    let found = told(&look(&TOLD, subjects), &Theme::light());
    let hints: Vec<_> = found.into_iter().flat_map(|(_, hints)| hints).collect();
    assert_eq!(hints, ["choose another `color` for `X`"]);
}

#[test]
fn what_colour_does_not_tell_apart_is_not_judged() {
    assert_eq!(told(&brands(&ALIKE), &Theme::light()), []);
    let mut grey = brands(&TOLD);
    grey.subjects[0].emphasis = Emphasis::Context;
    grey.subjects[1].emphasis = Emphasis::Context;
    assert_eq!(told(&grey, &Theme::light()), []);
}

#[test]
fn subjects_past_the_palette_are_told_once() {
    let many = |count| {
        let subjects = (0..count).map(|i| subject(&format!("S{i}"), Ink::Palette(i), Emphasis::Equal));
        look(&TOLD, subjects.collect())
    };
    for theme in [Theme::light(), Theme::dark()] {
        assert_eq!(told(&many(6), &theme), []);
        let message = "`S6`, `S7`, `S8` have the same grey: the palette has 6 free colours";
        let hint = "give each a `color`, or `highlight` who matters";
        assert_eq!(told(&many(9), &theme), [(message.to_owned(), vec![hint.to_owned()])]);
    }
}
