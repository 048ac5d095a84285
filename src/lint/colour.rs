//! Section E: colour.

use super::rule::{Breach, Level, Picture, Rule};
use crate::canvas::{Role, Shape, UNITS};
use crate::diag::quoted;
use crate::figure::Rgb;
use crate::theme::color::contrast;
use crate::theme::{MARK_CONTRAST, TEXT_CONTRAST, advice};
use Level::{Look, Must, Should};

pub(super) static RULES: [Rule; 10] = [
    Rule::checked(("E1", Must), "text has 4.5:1 against the ground", text_contrast),
    Rule::checked(("E2", Must), "marks have 3:1 against the ground", mark_contrast),
    Rule::other(("E3", Must), "colour is never the only key"),
    Rule::checked(("E4", Must), "colours are told apart with every kind of vision", vision),
    Rule::other(("E5", Should), "colours are told apart in grey"),
    Rule::other(("E6", Should), "context is weaker than what stands out, and seen"),
    Rule::other(("E7", Look), "the first is not grey"),
    Rule::other(("E8", Must), "a dark theme has colours of its own"),
    Rule::checked(("E9", Must), "the ground is opaque", ground),
    Rule::checked(("E10", Should), "areas that touch are parted", parted),
];

fn text_contrast(picture: &Picture<'_>) -> Vec<Breach> {
    let ratio = |color: Rgb| contrast(color, picture.theme.background);
    let texts = picture.texts();
    let weak = texts.iter().filter(|text| ratio(text.fill) < TEXT_CONTRAST);
    weak.map(|text| {
        Breach::new(
            "subjects",
            format!("{} has {:.2}:1", quoted(text.words), ratio(text.fill)),
            "choose another `color`",
        )
    })
    .collect()
}

fn mark_contrast(picture: &Picture<'_>) -> Vec<Breach> {
    let color = |shape: &Shape| match shape {
        Shape::Path { stroke, .. } => Some(stroke.paint.rgb),
        Shape::Rect { fill, .. } => Some(fill.rgb),
        _ => None,
    };
    let marks = [Role::Series, Role::Bar, Role::LegendKey].into_iter().flat_map(|role| picture.of(role));
    let mut ratios: Vec<f64> = marks
        .filter_map(|item| color(&item.shape))
        .map(|color| contrast(color, picture.theme.background))
        .collect();
    ratios.retain(|ratio| *ratio < MARK_CONTRAST);
    ratios
        .into_iter()
        .map(|ratio| Breach::new("subjects", format!("a mark of {ratio:.2}:1"), "choose another `color`"))
        .collect()
}

fn vision(picture: &Picture<'_>) -> Vec<Breach> {
    let told = advice::warnings(picture.look, picture.theme).diagnostics;
    told.into_iter()
        .map(|told| {
            Breach::new("subjects", told.message, "choose another `color`, or `highlight` who matters")
        })
        .collect()
}

fn ground(picture: &Picture<'_>) -> Vec<Breach> {
    let covers = picture.of(Role::Background).any(|item| item.bounds(picture.fonts).contains(picture.area()));
    if covers { Vec::new() } else { vec![Breach::new("chart", "no opaque ground", "report it")] }
}

fn parted(picture: &Picture<'_>) -> Vec<Breach> {
    let bars: Vec<_> = picture.of(Role::Bar).map(|item| item.bounds(picture.fonts)).collect();
    let close = |i: usize| bars.iter().skip(i + 1).zip(std::iter::repeat(bars.get(i)));
    let pairs = (0..bars.len()).flat_map(close).filter_map(|(a, b)| Some((a, b?)));
    let meets = pairs.filter(|(a, b)| a.grown(UNITS - 1).overlaps(**b)).count();
    if meets == 0 {
        Vec::new()
    } else {
        vec![Breach::new("height", format!("{meets} bars touch others"), "make the figure higher")]
    }
}
