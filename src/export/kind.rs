//! What a kind of file is: its name, how it is made and of what, and where it
//! keeps its record. Knows none of the kinds.

use std::borrow::Cow;
use std::fmt;

use super::record::Slot;
use crate::diag::Report;

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
    Drawing(for<'a> fn(&Drawing<'a>) -> Cow<'a, [u8]>),
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
    /// Pixels to one px of it, where it becomes pixels.
    pub scale: u32,
    /// Its px in an inch.
    pub density: u32,
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

/// What a page says of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The figure's key, which starts the names of its files.
    pub name: String,
    /// The finding.
    pub title: String,
    /// For the page that shows it.
    pub alt: String,
    /// What it shows, in sentences.
    pub desc: String,
    /// Its note, where that found no room among those.
    pub note: String,
    /// Its source line.
    pub source: String,
    /// The plotted values: a header and rows.
    pub table: Vec<Vec<String>>,
    /// The picture files, beside the page, which shows the first; none where only values are written.
    pub pictures: Vec<Pictures>,
}

/// The file names of a figure's picture, which a page refers to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pictures {
    /// Shown everywhere, or on light pages where there is a dark one.
    pub plain: String,
    /// Shown on dark pages.
    pub dark: Option<String>,
}

/// What drawing a PNG needs memory for. Kept from one picture to the next it
/// saves the system from clearing some megabytes for each; no picture depends
/// on the one before.
#[derive(Debug, Default)]
pub struct Workspace {
    pub(super) pixels: Vec<u8>,
}
