//! How figures look: colours, sizes and strokes as one value, in a light and a
//! dark version that are each tested against their own background.
//!
//! It must not know data, positions or how anything is drawn.

pub mod advice;
pub mod color;
pub mod shades;
pub mod vision;

use crate::figure::{Emphasis, Ink, Look, Rgb};
use crate::preset::{ARTICLE, Preset};
use color::at_least;

/// The style profile: a number that changes whenever the same inputs give
/// another picture. It is part of an artifact's record.
pub const STYLE_PROFILE: u32 = 2;

/// Least contrast of text against its background (WCAG 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;

/// Least contrast of a mark against the background (WCAG 1.4.11).
pub const MARK_CONTRAST: f64 = 3.0;

/// Contrast of a colour made for a light ground when it is carried over to a dark one:
/// what the dark palette's own colours have at least.
const GLOW: f64 = 5.0;

/// The colours of one background.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// The ground of the picture, opaque.
    pub background: Rgb,
    /// The finding, and what is emphasised beside a bar.
    pub title: Rgb,
    /// What is measured.
    pub subtitle: Rgb,
    /// Tick labels, names and values of bars, events.
    pub axis: Rgb,
    /// Note and source.
    pub footer: Rgb,
    /// Value gridlines.
    pub grid: Rgb,
    /// Zero line, time axis, ticks, event lines.
    pub base: Rgb,
    /// From a label to its line.
    pub leader: Rgb,
    /// Marks that are context for the highlighted ones.
    pub context: Rgb,
    /// Colours of subjects that declare none, told apart with every kind of colour vision.
    pub palette: [Rgb; 6],
}

impl Theme {
    /// Dark marks on white.
    #[must_use]
    pub fn light() -> Theme {
        Theme {
            background: Rgb(0xFF, 0xFF, 0xFF),
            title: Rgb(0x1A, 0x1A, 0x1A),
            subtitle: Rgb(0x4D, 0x4D, 0x4D),
            axis: Rgb(0x59, 0x59, 0x59),
            footer: Rgb(0x6B, 0x6B, 0x6B),
            grid: Rgb(0xDD, 0xDD, 0xDD),
            base: Rgb(0x66, 0x66, 0x66),
            leader: Rgb(0x99, 0x99, 0x99),
            context: Rgb(0x8A, 0x94, 0x9E),
            palette: [
                Rgb(0x0F, 0x54, 0x99),
                Rgb(0xE1, 0x78, 0x1E),
                Rgb(0x00, 0xA5, 0x96),
                Rgb(0x5A, 0x2D, 0x3C),
                Rgb(0xA5, 0x78, 0xFF),
                Rgb(0xA5, 0x1E, 0x00),
            ],
        }
    }

    /// Light marks on GitHub's dark ground: a palette and greys of its own, not an inversion.
    #[must_use]
    pub fn dark() -> Theme {
        Theme {
            background: Rgb(0x0D, 0x11, 0x17),
            title: Rgb(0xF0, 0xF3, 0xF6),
            subtitle: Rgb(0xC9, 0xD1, 0xD9),
            axis: Rgb(0xA8, 0xB1, 0xBA),
            footer: Rgb(0x8B, 0x94, 0x9E),
            grid: Rgb(0x2A, 0x30, 0x38),
            base: Rgb(0x8B, 0x94, 0x9E),
            leader: Rgb(0x6E, 0x76, 0x81),
            context: Rgb(0x76, 0x7E, 0x88),
            palette: [
                Rgb(0x60, 0x6C, 0xFC),
                Rgb(0xFF, 0xB4, 0x60),
                Rgb(0x9C, 0xFF, 0xE4),
                Rgb(0x90, 0x78, 0x90),
                Rgb(0xC0, 0xB4, 0xF0),
                Rgb(0xCC, 0x60, 0x00),
            ],
        }
    }

    /// Whether marks are darker than their background.
    #[must_use]
    pub fn is_light(&self) -> bool {
        color::luminance(self.background) > color::luminance(self.title)
    }

    /// The theme as it draws a figure: its palette keeps clear of colours that are taken. Where somebody
    /// could not tell one from a reserved colour, the others move up and the context grey fills the end.
    #[must_use]
    pub fn of_figure(&self, look: &Look) -> Theme {
        let is_needed = look.subjects.iter().any(|subject| matches!(subject.ink, Ink::Palette(_)));
        let fixed = look.reserved.iter().filter(|ink| is_needed && matches!(ink, Ink::Fixed { .. }));
        let taken: Vec<Rgb> = fixed.map(|&ink| self.mark(ink, Emphasis::Equal)).collect();
        if taken.is_empty() {
            return self.clone();
        }
        let is_free =
            |color: &Rgb| taken.iter().all(|&other| vision::distance(*color, other) >= vision::WARN);
        let mut palette = [self.context; 6];
        let free = self.palette.iter().filter(|color| is_free(color));
        palette.iter_mut().zip(free).for_each(|(place, color)| *place = *color);
        Theme { palette, ..self.clone() }
    }

    /// The colour of a subject's marks: at least 3:1 against the background.
    /// Palette colours past the sixth are the context grey.
    #[must_use]
    pub fn mark(&self, ink: Ink, emphasis: Emphasis) -> Rgb {
        if emphasis == Emphasis::Context {
            return self.context;
        }
        let wanted = match ink {
            Ink::Palette(index) => self.palette.get(index).copied().unwrap_or(self.context),
            Ink::Fixed { light, .. } if self.is_light() => light,
            Ink::Fixed { dark: Some(dark), .. } => dark,
            Ink::Fixed { light, dark: None } => at_least(GLOW, light, self.background),
        };
        at_least(MARK_CONTRAST, wanted, self.background)
    }

    /// The colour of a subject's name: its mark's hue at 4.5:1 or more against the background.
    #[must_use]
    pub fn name(&self, ink: Ink, emphasis: Emphasis) -> Rgb {
        at_least(TEXT_CONTRAST, self.mark(ink, emphasis), self.background)
    }
}

/// Sizes of one picture in CSS px.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sizes {
    /// Smallest text.
    pub floor: f64,
    /// Multiple of the design's sizes.
    pub factor: f64,
    /// Height of a picture whose marks fill any height, where its height is free.
    pub height: f64,
    /// Greatest width of such marks as a multiple of their height.
    pub flattest: f64,
    /// Empty border of the picture.
    pub padding: f64,
    /// Title text.
    pub title: f64,
    /// Subtitle text.
    pub subtitle: f64,
    /// Names and values: at line ends, on bars, above facets.
    pub label: f64,
    /// Tick labels and events.
    pub tick: f64,
    /// Note and source.
    pub footer: f64,
    /// Series line.
    pub line: f64,
    /// A single hair: grid, baseline, ticks, event lines.
    pub hair: f64,
    /// Thickness of a bar.
    pub bar: f64,
    /// Space between bars; 0.30 of the step.
    pub bar_gap: f64,
}

impl Sizes {
    /// The sizes of a picture of that width, in px, and height where one is asked for, that is made for no size.
    #[must_use]
    pub fn of(width: u32, height: Option<u32>) -> Sizes {
        Sizes::new(&ARTICLE, width, height)
    }

    /// The sizes of a figure.
    #[must_use]
    pub fn of_look(look: &Look) -> Sizes {
        Sizes::new(look.preset, look.width, look.height)
    }

    /// Those of the preset, times the width or the height as a multiple of its own, whichever is less, held to
    /// 0.78..=2.2.
    fn new(preset: &Preset, width: u32, height: Option<u32>) -> Sizes {
        let across = f64::from(width) / f64::from(preset.width);
        let down = height.map_or(across, |height| f64::from(height) / f64::from(preset.height));
        let factor = across.min(down).clamp(0.78, 2.2);
        let floor = preset.floor();
        let text = |size: f64| (size * factor).max(floor);
        let (bar, bar_gap) = preset.bar;
        Sizes {
            floor,
            factor: preset.factor * factor,
            height: f64::from(preset.height) * factor,
            // Narrower than its type is small, it is higher.
            flattest: preset.flattest * (across / factor).min(1.0),
            padding: preset.padding * factor,
            title: text(preset.title),
            subtitle: text(preset.subtitle),
            label: text(preset.label),
            tick: text(preset.tick),
            footer: text(preset.footer),
            line: preset.line * factor,
            hair: (preset.hair * factor).max(1.0).round(),
            bar: bar * factor,
            bar_gap: bar_gap * factor,
        }
    }

    /// A length of the design, in px at its width, as long as it is in this picture.
    #[must_use]
    pub fn px(&self, design: f64) -> f64 {
        design * self.factor
    }
}
