//! The files that a figure can be written as, one module each: bytes of a
//! drawing or of words and values, with the record that each of them keeps.
//!
//! [`ALL`] is the registry: an output is a module and a line there. The room
//! knows shapes, roles and files' formats. It must not know how a scene came
//! about, nor where its bytes will be kept.

pub mod csv;
mod kind;
pub mod markup;
mod number;
pub mod page;
pub mod png;
pub mod record;
pub mod svg;
#[cfg(test)]
mod tests;

pub use kind::{Drawing, Export, Make};

/// Every kind of file, in the order in which a figure's files are told.
pub static ALL: &[&Export] = &[&svg::EXPORT, &png::EXPORT, &page::EXPORT, &csv::EXPORT];

/// The kinds of file that a manifest may ask for.
pub fn choices() -> impl Iterator<Item = &'static Export> {
    ALL.iter().copied().filter(|export| !export.always)
}

/// The kinds of picture.
pub fn pictures() -> impl Iterator<Item = &'static Export> {
    ALL.iter().copied().filter(|export| export.is_picture())
}

/// The kind of a file, by its ending.
#[must_use]
pub fn of_ending(ending: &str) -> Option<&'static Export> {
    ALL.iter().copied().find(|export| export.name.eq_ignore_ascii_case(ending))
}
