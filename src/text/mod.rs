//! Bundled fonts: what a text measures, where its lines break, what its
//! glyphs look like. Measuring and drawing use the same bytes and the same
//! shaper, so that what fits here fits in the picture.
//!
//! It must not know layout, charts or the fonts of the machine.
//!
//! The face is Roboto 2.138 in three weights (Apache-2.0, `fonts/LICENSE`):
//! a large x-height and digits that all have the same width.

use crate::diag::Report;

/// A weight of the bundled face.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// 400.
    Regular,
    /// 500.
    Medium,
    /// 700.
    Bold,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct TextStyle {
    /// Size of the em in px.
    pub size: f64,
    /// Weight.
    pub weight: Weight,
}

/// A glyph of a shaped text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the font.
    pub id: u32,
    /// Its origin right of the text's, in font units.
    pub x: i32,
    /// Its origin above the baseline, in font units.
    pub y: i32,
}

/// A shaped text: glyphs from left to right, ready to measure or draw.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they are set.
    pub style: TextStyle,
    /// Their glyphs.
    pub glyphs: Vec<Glyph>,
    /// Advance width in px.
    pub width: f64,
}

/// The bundled fonts, parsed.
#[derive(Debug)]
pub struct Fonts {}

impl Fonts {
    /// Parses the bundled fonts.
    ///
    /// # Errors
    /// Never with the fonts that are bundled; says which one is broken.
    pub fn bundled() -> Result<Fonts, Report> {
        todo!()
    }

    /// Shapes one line of text. A character without a glyph gives the font's
    /// box: [`Fonts::missing`] finds those before anything is drawn.
    #[must_use]
    pub fn shape(&self, _text: &str, _style: TextStyle) -> Run {
        todo!()
    }

    /// Advance width of one line in px.
    #[must_use]
    pub fn width(&self, text: &str, style: TextStyle) -> f64 {
        self.shape(text, style).width
    }

    /// The first character that has no glyph (or would change the direction
    /// of the text, or is a control character), so must not be drawn.
    #[must_use]
    pub fn missing(&self, _text: &str) -> Option<char> {
        todo!()
    }

    /// Height of capitals and digits above the baseline in px.
    #[must_use]
    pub fn cap_height(&self, _style: TextStyle) -> f64 {
        todo!()
    }

    /// Greatest height above, and depth below, the baseline of the Latin letters with their accents, in px.
    #[must_use]
    pub fn extents(&self, _style: TextStyle) -> (f64, f64) {
        todo!()
    }

    /// Breaks a text into lines no wider than `width` px, at spaces (never at
    /// a no-break space), a word that is wider at any character. As few lines
    /// as can be, then balanced only so far that the last line is at least
    /// 35 % as wide as the widest (no widow).
    #[must_use]
    pub fn wrap(&self, _text: &str, _style: TextStyle, _width: f64) -> Vec<String> {
        todo!()
    }
}
