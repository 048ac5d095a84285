//! What a size that pictures are made for is, and a size that a figure is drawn at. It must not know the sizes.

use std::fmt;

/// CSS px in an inch: what a length is in where nobody says otherwise.
pub const SCREEN: u32 = 96;

/// A size that pictures are made for. Lengths are in its own px, of which `width` make the picture's width.
pub struct Preset {
    /// Its word in a manifest.
    pub name: &'static str,
    /// What follows a figure's name in those of its files: nothing for the size that is meant where nobody names any.
    pub suffix: &'static str,
    /// Width.
    pub width: u32,
    /// Height of a picture whose marks fill any height, as lines do.
    pub height: u32,
    /// Greatest width of such marks as a multiple of their height: beyond it they are flat.
    pub flattest: f64,
    /// Whether every picture is that high; else bars are as high as they need, and lines no lower than that.
    pub is_fixed: bool,
    /// At which width, in CSS px, it is shown: what is said to be that large is read there.
    pub shown: f64,
    /// Smallest text as shown, in CSS px.
    pub smallest: f64,
    /// Pixels of a PNG to one px; `None` for as many as the project asks for.
    pub scale: Option<u32>,
    /// Its px in an inch of paper; [`SCREEN`] where they are CSS px.
    pub density: u32,
    /// Empty border.
    pub padding: f64,
    /// Title text.
    pub title: f64,
    /// Subtitle text.
    pub subtitle: f64,
    /// Names and values.
    pub label: f64,
    /// Tick labels and events.
    pub tick: f64,
    /// Note and source.
    pub footer: f64,
    /// Series line.
    pub line: f64,
    /// A single hair.
    pub hair: f64,
    /// Thickness of a bar, and space between bars.
    pub bar: (f64, f64),
    /// Multiple of all other lengths of the article's size.
    pub factor: f64,
}

/// A size that a figure is drawn at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// What it is made for.
    pub preset: &'static Preset,
    /// Width in px.
    pub width: u32,
    /// Height in px; `None` lets the content decide.
    pub height: Option<u32>,
}

impl Preset {
    /// The size itself.
    #[must_use]
    pub fn size(&'static self) -> Size {
        Size { preset: self, width: self.width, height: self.is_fixed.then_some(self.height) }
    }

    /// Smallest text, in its own px.
    #[must_use]
    pub fn floor(&self) -> f64 {
        self.smallest * f64::from(self.width) / self.shown
    }
}

impl PartialEq for Preset {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name
    }
}

impl Eq for Preset {}

impl fmt::Debug for Preset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}
