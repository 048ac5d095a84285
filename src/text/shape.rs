//! One weight of the bundled face: from characters to glyphs and advances.

use std::fmt;

use harfrust::font::Font;
use harfrust::{Buffer, BufferFlags, Direction, Script, ShapeOptions, ShapePlan, ShaperFont};

use super::outline;
use crate::diag::{self, Report};

/// The scripts the face is drawn for; a text in none of them (digits) is shaped as the first.
const SCRIPTS: [Script; 3] = [Script::LATIN, Script::GREEK, Script::CYRILLIC];

/// Letters that between them reach as high and as low as any Latin letter with its accent.
const TALLEST: &str = "ÅẤẪǺŰÇĄȘŢĢŅQgjpqyþ|()";

/// A parsed font file with its shaping plans, which cost a hundred times what shaping a label does.
pub(super) struct Face {
    pub(super) font: Font,
    plans: [(Script, ShapePlan); 3],
    /// Font units in the em.
    pub(super) units_per_em: i32,
    /// Height of capitals in font units.
    pub(super) cap_height: i32,
    /// Greatest height of a Latin letter in font units.
    pub(super) ascent: i32,
    /// Greatest depth of a Latin letter in font units.
    pub(super) descent: i32,
}

impl fmt::Debug for Face {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Face").field("units_per_em", &self.units_per_em).finish_non_exhaustive()
    }
}

impl Face {
    /// Reads a font file.
    pub(super) fn parse(name: &str, bytes: &'static [u8]) -> Result<Face, Report> {
        let broken =
            || Report::from(diag::error("broken-font", format!("failed to read the bundled font `{name}`")));
        let font = Font::new(bytes, 0).ok_or_else(broken)?;
        let plans = SCRIPTS
            .map(|script| (script, ShapePlan::new(&font, Direction::LeftToRight, Some(script), None, &[])));
        let units_per_em = i32::from(font.units_per_em());
        let metrics = font.metrics();
        let cap_height = metrics.cap_height.ok_or_else(broken)?.to_f64() as i32;
        let (mut ascent, mut descent) = (cap_height, 0);
        for c in TALLEST.chars() {
            let glyph = font.charmap().map_unicode(c).ok_or_else(broken)?;
            let ink = outline::ink(&font, glyph.to_u32()).ok_or_else(broken)?;
            ascent = ascent.max(ink.top);
            descent = descent.max(-ink.bottom);
        }
        Ok(Face { font, plans, units_per_em, cap_height, ascent, descent })
    }

    /// Whether the face has a glyph for a character.
    pub(super) fn has(&self, c: char) -> bool {
        self.font.charmap().map_unicode(c).is_some()
    }

    /// Font units at a size, in px.
    pub(super) fn to_px(&self, units: i32, size: f64) -> f64 {
        f64::from(units) * size / f64::from(self.units_per_em)
    }

    /// Shapes a text from left to right, gives every glyph with its origin in
    /// font units and the byte its cluster starts at, and returns the advance
    /// in font units.
    pub(super) fn shape(&self, text: &str, mut glyph: impl FnMut(u32, i32, i32, usize)) -> i32 {
        let mut buffer = Buffer::new();
        buffer.push_str(text);
        buffer.guess_segment_properties();
        let [latin, ..] = &self.plans;
        let (script, plan) =
            self.plans.iter().find(|(script, _)| buffer.script() == Some(*script)).unwrap_or(latin);
        buffer.set_script(Some(*script));
        buffer.set_direction(Direction::LeftToRight);
        buffer.set_flags(BufferFlags::BEGINNING_OF_TEXT | BufferFlags::END_OF_TEXT);
        let font = ShaperFont::new(&self.font);
        if harfrust::shape(&font, &mut buffer, ShapeOptions::new().plan(Some(plan))).is_err() {
            // Only a plan of another script or direction is refused, and both were just set from it.
            debug_assert!(false, "the plan fits the buffer");
            return 0;
        }
        let mut pen = 0;
        for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
            glyph(info.glyph_id, pen + position.x_offset, position.y_offset, info.cluster as usize);
            pen += position.x_advance;
        }
        pen
    }
}

/// Whether a character must not be drawn even where a font has a glyph for
/// it: controls, invisible format characters, everything that turns the
/// direction of the text, and the letters of scripts that run from right to left.
pub(super) fn is_refused(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}'
            | '\u{e000}'..='\u{f8ff}' | '\u{e0000}'..='\u{e0fff}' | '\u{f0000}'..)
        || matches!(c,
            '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}'
            | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}')
}
