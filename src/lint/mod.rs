//! The rules of pictures: what a desk asks of a figure before it prints it.
//!
//! Each rule has an id that stays, a level, and where the picture shows it a check over what is asked for, its numbers
//! and its shapes. The sections are those of the design, a file each; [`ALL`] is the registry. Which test holds the
//! rules that no picture shows is told beside the tests.
//!
//! The room must not know files, nor how a scene came about.

mod axes;
mod choice;
mod colour;
mod data;
mod file;
mod labels;
mod marks;
mod rule;
mod text;

pub use rule::{Breach, Drawn, Level, Picture, Rule};

/// Every rule, a section a list.
pub static ALL: [&[Rule]; 8] = [
    &choice::RULES,
    &axes::RULES,
    &labels::RULES,
    &text::RULES,
    &colour::RULES,
    &marks::RULES,
    &data::RULES,
    &file::RULES,
];

/// The rules that a picture breaks, with what breaks them.
#[must_use]
pub fn broken(picture: &Picture<'_>) -> Vec<(&'static Rule, Breach)> {
    let rules = ALL.into_iter().flatten().filter_map(|rule| Some((rule, rule.check?)));
    rules.flat_map(|(rule, check)| check(picture).into_iter().map(move |breach| (rule, breach))).collect()
}
