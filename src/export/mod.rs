//! The files that a figure can be written as, one module each: bytes of a
//! drawing or of words and values, with the record that each of them keeps.
//!
//! [`ALL`] is the registry: an output is a module and a line there. The room
//! knows shapes, roles and files' formats. It must not know how a scene came
//! about, nor where its bytes will be kept.

pub mod csv;
mod number;
pub mod page;
pub mod png;
pub mod record;
pub mod svg;

use std::fmt;

use crate::diag::Report;
use page::Entry;
use png::Workspace;
use record::Slot;

/// Every kind of file, in the order in which a figure's files are told.
pub static ALL: &[&Export] = &[&svg::EXPORT, &png::EXPORT, &page::EXPORT, &csv::EXPORT];

/// A kind of file.
pub struct Export {
    /// Its name in the manifest's `formats`, which is the ending of its files, too.
    pub name: &'static str,
    /// Whether a figure has it whatever `formats` say.
    pub always: bool,
    /// How it is made.
    pub make: Make,
    /// Where a file keeps its record. `None` in files that programs read, which a record would break: the
    /// figure's page vouches for their bytes.
    pub slot: Option<Slot>,
}

/// How a kind of file is made, which is also how it is known to be up to date.
#[derive(Debug)]
pub enum Make {
    /// Of a drawing, one for each theme, for no more than the drawing itself costs: it is made each time.
    Drawing(fn(&Drawing<'_>) -> Vec<u8>),
    /// Pixels of a drawing, one for each theme, for ten times what the drawing costs: its record tells whether
    /// it was made of the same drawing.
    Pixels(fn(&Drawing<'_>, &mut Workspace) -> Result<Vec<u8>, Report>),
    /// Of words and values: it is made each time.
    Words(fn(&Entry) -> Vec<u8>),
}

/// A figure drawn in one theme.
#[derive(Debug, Clone, Copy)]
pub struct Drawing<'a> {
    /// The drawing as SVG text.
    pub svg: &'a str,
    /// Pixels to one CSS px, where it becomes pixels.
    pub scale: u32,
    /// The words of a page that shows it.
    pub alt: &'a str,
}

impl Export {
    /// Whether it shows the figure, once for each theme.
    #[must_use]
    pub fn is_picture(&self) -> bool {
        matches!(self.make, Make::Drawing(_) | Make::Pixels(_))
    }

    /// Names what a file depends on besides the figure; part of its record.
    #[must_use]
    pub fn medium(&self, theme: &str, scale: u32, words: &str) -> String {
        match self.make {
            Make::Drawing(_) => theme.to_owned(),
            Make::Pixels(_) => format!("{theme} {scale}"),
            Make::Words(_) => words.to_owned(),
        }
    }
}

impl PartialEq for Export {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Export {}

impl fmt::Debug for Export {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

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
