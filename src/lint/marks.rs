//! Section F: marks.

use super::rule::{Breach, Level, Picture, Rule};
use std::collections::BTreeMap;

use crate::canvas::{Role, Shape};
use crate::figure::Emphasis;
use Level::{Must, Should};

pub(super) static RULES: [Rule; 8] = [
    Rule::other(("F1", Should), "lines are straight from value to value"),
    Rule::other(("F2", Should), "points are marked where they are few or alone"),
    Rule::other(("F3", Must), "what is missing is a gap"),
    Rule::other(("F4", Must), "dashes mean what is not whole"),
    Rule::other(("F5", Should), "a tail that is too short for dashes has a hollow end"),
    Rule::other(("F6", Must), "places are kept to a tenth of a px, hairlines to half of one"),
    Rule::other(("F7", Should), "only points that cannot be seen are left out"),
    Rule::checked(("F8", Should), "lines of equal weight are of equal width", widths),
];

fn widths(picture: &Picture<'_>) -> Vec<Breach> {
    let is_equal = |subject: Option<usize>| {
        let subject = subject.and_then(|index| picture.look.subjects.get(index));
        subject.is_some_and(|subject| subject.emphasis == Emphasis::Equal)
    };
    let width = |shape: &Shape| match shape {
        Shape::Path { stroke, .. } => Some(stroke.width),
        _ => None,
    };
    // A line is thinner where it lies on another.
    let mut widest: BTreeMap<Option<usize>, u32> = BTreeMap::new();
    for item in picture.of(Role::Series).filter(|item| is_equal(item.subject)) {
        let own = widest.entry(item.subject).or_default();
        *own = width(&item.shape).map_or(*own, |width| width.max(*own));
    }
    let mut widths: Vec<u32> = widest.into_values().collect();
    widths.sort_unstable();
    widths.dedup();
    if widths.len() < 2 {
        Vec::new()
    } else {
        vec![Breach::new("highlight", "equal lines of several widths", "report it")]
    }
}
