//! The frame every figure has: title and subtitle above, note and source
//! below, all on one left edge; what is between them is the body's.

use super::{Anchor, TextLine};
use crate::canvas::Role;
use crate::diag::{self, Report, quoted};
use crate::figure::{Look, Rgb, Words};
use crate::text::{Fonts, TextStyle, Weight};
use crate::theme::{Sizes, Theme};

/// How far a title may shrink to save a line.
const TITLE_SHRINK: f64 = 0.85;

/// What the rooms of layout measure and colour with.
#[derive(Debug, Clone, Copy)]
pub struct Ground<'a> {
    /// Colours.
    pub theme: &'a Theme,
    /// Sizes.
    pub sizes: &'a Sizes,
    /// Fonts.
    pub fonts: &'a Fonts,
    /// Width of the picture in px.
    pub width: f64,
}

impl Ground<'_> {
    /// Left edge of text and body.
    #[must_use]
    pub fn left(&self) -> f64 {
        self.sizes.padding
    }

    /// Right edge of text and body.
    #[must_use]
    pub fn right(&self) -> f64 {
        self.width - self.sizes.padding
    }

    /// Width of a text in px.
    #[must_use]
    pub fn width_of(&self, text: &str, style: TextStyle) -> f64 {
        self.fonts.width(text, style)
    }

    /// The baseline that centres capitals and digits on a height.
    #[must_use]
    pub fn centered(&self, y: f64, style: TextStyle) -> f64 {
        y + self.fonts.cap_height(style) / 2.0
    }
}

/// The words around the body.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// Title and subtitle, placed.
    pub header: Vec<TextLine>,
    /// Where the header ends, in px.
    pub header_bottom: f64,
    /// Note and source as if the body ended at zero.
    footer: Vec<TextLine>,
    /// What the footer adds to the height, padding included.
    pub footer_height: f64,
}

impl Frame {
    /// Sets the words in the figure's width.
    #[must_use]
    pub fn new(words: &Words, ground: Ground<'_>) -> Frame {
        let (sizes, theme) = (ground.sizes, ground.theme);
        // A line's box is higher than its capitals, so they start this much below it.
        let mut block = Block { ground, lines: Vec::new(), y: sizes.padding - sizes.px(3.0) };
        block.set(Role::Title, &words.title, title_style(&words.title, ground), 1.22, theme.title);
        if !words.subtitle.is_empty() {
            block.y += sizes.px(3.0);
            let style = TextStyle { size: sizes.subtitle, weight: Weight::Regular };
            block.set(Role::Subtitle, &words.subtitle, style, 1.33, theme.subtitle);
        }
        let (header, header_bottom) = (block.lines, block.y);

        let mut block = Block { ground, lines: Vec::new(), y: sizes.px(20.0) };
        let style = TextStyle { size: sizes.footer, weight: Weight::Regular };
        block.set(Role::Note, &words.note, style, 1.33, theme.footer);
        block.set(Role::Source, &words.source, style, 1.33, theme.footer);
        let padding = sizes.padding - sizes.footer * 0.3;
        Frame { header, header_bottom, footer: block.lines, footer_height: block.y + padding }
    }

    /// Whether it says a note.
    #[must_use]
    pub fn has_note(&self) -> bool {
        self.footer.iter().any(|line| line.role == Role::Note)
    }

    /// What it leaves of a figure's height to the body; all there can be where the height is free.
    #[must_use]
    pub fn room(&self, look: &Look) -> f64 {
        look.height
            .map_or(f64::INFINITY, |height| f64::from(height) - self.header_bottom - self.footer_height)
    }

    /// Height of marks that fill any height, where the figure's is free: as high as the others of its size, `others`
    /// being what else stands between header and footer; but not so low that `width` would flatten them.
    #[must_use]
    pub fn free_height(&self, width: f64, others: f64, ground: Ground<'_>) -> f64 {
        let room = ground.sizes.height - self.header_bottom - self.footer_height - others;
        room.max(width / ground.sizes.flattest)
    }

    /// Note and source under a body that ends at `bottom`.
    #[must_use]
    pub fn footer(&self, bottom: f64) -> Vec<TextLine> {
        self.footer.iter().map(|line| TextLine { baseline: line.baseline + bottom, ..line.clone() }).collect()
    }
}

/// Lines set one under the other.
struct Block<'a> {
    ground: Ground<'a>,
    lines: Vec<TextLine>,
    y: f64,
}

impl Block<'_> {
    /// Adds a text, wrapped to the content's width; `leading` is the line height in ems.
    fn set(&mut self, role: Role, text: &str, style: TextStyle, leading: f64, color: Rgb) {
        if text.is_empty() {
            return;
        }
        let ground = self.ground;
        let height = style.size * leading;
        for text in ground.fonts.wrap(text, style, ground.right() - ground.left()) {
            let baseline = ground.centered(self.y + height / 2.0, style);
            let x = ground.left();
            let anchor = Anchor::Left;
            self.lines.push(TextLine {
                role,
                subject: None,
                text,
                style,
                color,
                anchor,
                x,
                baseline,
                halo: false,
            });
            self.y += height;
        }
    }
}

/// The title's style: a little smaller where that saves a line.
fn title_style(title: &str, ground: Ground<'_>) -> TextStyle {
    let full = TextStyle { size: ground.sizes.title, weight: Weight::Bold };
    let room = ground.right() - ground.left();
    let small = full.size * TITLE_SHRINK;
    let lines = |style| ground.fonts.wrap(title, style, room).len();
    let wanted = lines(TextStyle { size: small, ..full });
    if wanted == lines(full) {
        return full;
    }
    let mut size = full.size;
    while size - 0.5 > small {
        size -= 0.5;
        if lines(TextStyle { size, ..full }) == wanted {
            return TextStyle { size, ..full };
        }
    }
    TextStyle { size: small, ..full }
}

/// An error for every text with a character that the bundled fonts cannot draw.
#[must_use]
pub fn check_glyphs<'a>(fonts: &Fonts, texts: impl IntoIterator<Item = &'a str>) -> Report {
    let mut report = Report::default();
    for text in texts {
        if let Some(missing) = fonts.missing(text) {
            let code = u32::from(missing);
            let message =
                format!("no glyph for `{}` (U+{code:04X}) in {}", missing.escape_debug(), quoted(text));
            report.push(
                diag::error("missing-glyph", message).hint(
                    "give the subject a `label`, or write the text in Latin, Greek or Cyrillic letters",
                ),
            );
        }
    }
    report
}
