//! Bundled fonts: what a text measures, where its lines break, what its
//! glyphs look like. Measuring and drawing use the same bytes and the same
//! shaper, so that what fits here fits in the picture.
//!
//! It must not know layout, charts or the fonts of the machine.
//!
//! The face is Roboto 2.138 in three weights (Apache-2.0, `fonts/LICENSE`):
//! a large x-height and digits that all have the same width.

use crate::diag::Report;

mod outline;
pub mod plain;
mod shape;
mod wrap;

pub use outline::{Contour, HALF, Ink};
use shape::Face;

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

/// The bundled fonts, parsed. One value serves every thread.
#[derive(Debug)]
pub struct Fonts {
    regular: Face,
    medium: Face,
    bold: Face,
}

impl Fonts {
    /// Parses the bundled fonts.
    ///
    /// # Errors
    /// Never with the fonts that are bundled; says which one is broken.
    pub fn bundled() -> Result<Fonts, Report> {
        Ok(Fonts {
            regular: Face::parse("Roboto-Regular.ttf", include_bytes!("fonts/Roboto-Regular.ttf"))?,
            medium: Face::parse("Roboto-Medium.ttf", include_bytes!("fonts/Roboto-Medium.ttf"))?,
            bold: Face::parse("Roboto-Bold.ttf", include_bytes!("fonts/Roboto-Bold.ttf"))?,
        })
    }

    fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Medium => &self.medium,
            Weight::Bold => &self.bold,
        }
    }

    /// Shapes one line of text. A character without a glyph gives the font's
    /// box: [`Fonts::missing`] finds those before anything is drawn.
    #[must_use]
    pub fn shape(&self, text: &str, style: TextStyle) -> Run {
        let face = self.face(style.weight);
        let mut glyphs = Vec::with_capacity(text.len());
        let advance = face.shape(text, |id, x, y, _| glyphs.push(Glyph { id, x, y }));
        Run { text: text.to_owned(), style, glyphs, width: face.to_px(advance, style.size) }
    }

    /// Advance width of one line in px.
    #[must_use]
    pub fn width(&self, text: &str, style: TextStyle) -> f64 {
        let face = self.face(style.weight);
        face.to_px(face.shape(text, |_, _, _, _| ()), style.size)
    }

    /// The first character that has no glyph (or would change the direction
    /// of the text, or is a control character), so must not be drawn.
    #[must_use]
    pub fn missing(&self, text: &str) -> Option<char> {
        // Printable ASCII, which the bundled fonts have.
        if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return None;
        }
        if let Some(c) = text.chars().find(|c| shape::is_refused(*c)) {
            return Some(c);
        }
        let mut first: Option<usize> = None;
        self.regular.shape(text, |id, _, _, cluster| {
            if id == 0 && first.is_none_or(|at| cluster < at) {
                first = Some(cluster);
            }
        });
        first.and_then(|at| text.get(at..)).and_then(|rest| {
            // A cluster may hold several characters, of which one is to blame.
            rest.chars().find(|c| !self.regular.has(*c)).or_else(|| rest.chars().next())
        })
    }

    /// Height of capitals and digits above the baseline in px.
    #[must_use]
    pub fn cap_height(&self, style: TextStyle) -> f64 {
        let face = self.face(style.weight);
        face.to_px(face.cap_height, style.size)
    }

    /// Greatest height above, and depth below, the baseline of the Latin letters with their accents, in px.
    #[must_use]
    pub fn extents(&self, style: TextStyle) -> (f64, f64) {
        let face = self.face(style.weight);
        (face.to_px(face.ascent, style.size), face.to_px(face.descent, style.size))
    }

    /// Font units in the em of a weight.
    #[must_use]
    pub fn units_per_em(&self, weight: Weight) -> i32 {
        self.face(weight).units_per_em
    }

    /// A glyph's outline; empty for a space or a number the font does not have.
    #[must_use]
    pub fn outline(&self, weight: Weight, glyph: u32) -> Vec<Contour> {
        outline::of(&self.face(weight).font, glyph)
    }

    /// The box around a run's ink; `None` where it has none.
    #[must_use]
    pub fn ink(&self, run: &Run) -> Option<Ink> {
        let face = self.face(run.style.weight);
        let boxes = run.glyphs.iter().filter_map(|glyph| {
            let ink = outline::ink(&face.font, glyph.id)?;
            Some(Ink {
                left: ink.left + glyph.x,
                bottom: ink.bottom + glyph.y,
                right: ink.right + glyph.x,
                top: ink.top + glyph.y,
            })
        });
        boxes.reduce(Ink::union)
    }

    /// Breaks a text into lines no wider than `width` px, at spaces (never at
    /// a no-break space), a word that is wider at any character. As few lines
    /// as can be, then balanced only so far that the last line is at least
    /// 35 % as wide as the widest (no widow). Spaces at a break are dropped and
    /// several in a row count as one; a text without words gives no line. A text of
    /// more than 200 lines is cut there, with an ellipsis.
    #[must_use]
    pub fn wrap(&self, text: &str, style: TextStyle, width: f64) -> Vec<String> {
        wrap::lines(text, width, wrap::TEXT_LINES, |line| self.width(line, style))
    }

    /// Breaks a name as [`wrap`](Fonts::wrap) does a text, but cuts it after 12 lines.
    #[must_use]
    pub fn wrap_name(&self, name: &str, style: TextStyle, width: f64) -> Vec<String> {
        wrap::lines(name, width, wrap::NAME_LINES, |line| self.width(line, style))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGULAR: TextStyle = TextStyle { size: 14.0, weight: Weight::Regular };

    fn fonts() -> Fonts {
        Fonts::bundled().unwrap()
    }

    #[test]
    fn threads_share_the_fonts() {
        fn shared<T: Sync + Send>() {}
        shared::<Fonts>();
    }

    #[test]
    fn digits_have_one_width() {
        for weight in [Weight::Regular, Weight::Medium, Weight::Bold] {
            let style = TextStyle { size: 14.0, weight };
            let one = fonts().width("1", style);
            for digit in '0'..='9' {
                assert!((fonts().width(&digit.to_string(), style) - one).abs() < 1e-12);
            }
            assert!((fonts().width("2016", style) - 4.0 * one).abs() < 1e-9, "digits must not be kerned");
        }
    }

    #[test]
    fn letters_are_kerned() {
        let fonts = fonts();
        let apart = fonts.width("A", REGULAR) + fonts.width("V", REGULAR);
        assert!(fonts.width("AV", REGULAR) < apart);
    }

    #[test]
    fn width_grows_with_size_alone() {
        let fonts = fonts();
        let twice = TextStyle { size: 28.0, ..REGULAR };
        assert!((fonts.width("Keras", twice) - 2.0 * fonts.width("Keras", REGULAR)).abs() < 1e-12);
    }

    #[test]
    fn missing_names_what_cannot_be_drawn() {
        let fonts = fonts();
        for fine in [
            "TensorFlow",
            "−12 %",
            "C’est déjà l’été – ß",
            "Привет",
            "Ελλάδα",
            "1\u{a0}000",
            "e\u{301}",
            "≥ 2",
        ] {
            assert_eq!(fonts.missing(fine), None, "{fine}");
        }
        for (text, c) in [
            ("a\u{202e}b", '\u{202e}'),
            ("a\u{7}b", '\u{7}'),
            ("a\nb", '\n'),
            ("two 中 one", '中'),
            ("שלום", 'ש'),
            ("up 📈", '📈'),
            ("a\u{200d}b", '\u{200d}'),
            ("soft\u{ad}hyphen", '\u{ad}'),
            ("\u{feff}x", '\u{feff}'),
        ] {
            assert_eq!(fonts.missing(text), Some(c), "{text:?}");
        }
    }

    #[test]
    fn every_weight_has_the_same_characters() {
        let fonts = fonts();
        assert!((' '..='~').all(|c| fonts.regular.has(c)));
        for c in (0..=0xffff_u32).filter_map(char::from_u32) {
            assert_eq!(fonts.regular.has(c), fonts.medium.has(c), "{c:?}");
            assert_eq!(fonts.regular.has(c), fonts.bold.has(c), "{c:?}");
        }
    }

    #[test]
    fn accents_stay_within_the_extents() {
        let fonts = fonts();
        let (ascent, descent) = fonts.extents(REGULAR);
        assert!(ascent > fonts.cap_height(REGULAR) && descent > 2.0);
        for c in ('A'..='ž').filter(|c| c.is_alphabetic()) {
            let run = fonts.shape(&c.to_string(), REGULAR);
            let Some(ink) = fonts.ink(&run) else { continue };
            let em = f64::from(fonts.units_per_em(Weight::Regular));
            assert!(
                f64::from(ink.top) * 14.0 / em <= ascent && f64::from(-ink.bottom) * 14.0 / em <= descent,
                "{c}"
            );
        }
    }

    #[test]
    fn ink_of_spaces_is_none() {
        let fonts = fonts();
        assert_eq!(fonts.ink(&fonts.shape("  ", REGULAR)), None);
        let ink = fonts.ink(&fonts.shape("H", REGULAR)).unwrap();
        assert_eq!((ink.bottom, ink.top), (0, 1456));
    }
}
