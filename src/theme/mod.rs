//! How figures look: colours, sizes and strokes as one value, in a light and a
//! dark version that are each tested against their own background.
//!
//! It must not know data, positions or how anything is drawn.

pub mod advice;
pub mod color;
pub mod shades;
pub mod vision;

use crate::figure::{COLORS, Emphasis, Ink, Look, Rgb, Subject};
use crate::preset::{ARTICLE, Preset};
use color::at_least;

/// The style profile: a number that changes whenever the same inputs give
/// another picture. It is part of an artifact's record.
pub const STYLE_PROFILE: u32 = 3;

/// Least contrast of text against its background (WCAG 1.4.3).
pub const TEXT_CONTRAST: f64 = 4.5;

/// Least contrast of a mark against the background (WCAG 1.4.11).
pub const MARK_CONTRAST: f64 = 3.0;

/// Contrast of a colour made for a light ground when it is carried over to a dark one.
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
    /// Bars of one measure of which none stands out: nobody's colour.
    pub bar: Rgb,
    /// Colours of subjects that declare none, told apart with every kind of colour vision and without any.
    pub palette: [Rgb; COLORS],
    /// What stands in for a colour of the palette that is too near a declared one, the first that will do.
    spare: [Rgb; 7],
    /// Whether words may stand on the ground of a shaded time.
    is_shaded: bool,
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
            bar: Rgb(0x56, 0x6B, 0x80),
            palette: [
                Rgb(0x0B, 0x3A, 0x7C),
                Rgb(0xE1, 0x78, 0x1E),
                Rgb(0x14, 0x80, 0x70),
                Rgb(0xAC, 0x58, 0xF2),
                Rgb(0xBC, 0x0A, 0x0A),
                Rgb(0x4A, 0x12, 0x26),
            ],
            spare: [
                Rgb(0x50, 0x00, 0xC8),
                Rgb(0x87, 0x2D, 0x3C),
                Rgb(0x00, 0x8F, 0xD0),
                Rgb(0xC2, 0x40, 0x8F),
                Rgb(0x00, 0xA0, 0x78),
                Rgb(0xC8, 0x78, 0xC8),
                Rgb(0x10, 0x10, 0x10),
            ],
            is_shaded: false,
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
            context: Rgb(0x66, 0x6E, 0x78),
            bar: Rgb(0x8F, 0xA3, 0xB8),
            palette: [
                Rgb(0x0C, 0x88, 0xC5),
                Rgb(0xFF, 0xCB, 0x35),
                Rgb(0x8C, 0xFF, 0xD6),
                Rgb(0xF1, 0x79, 0x90),
                Rgb(0xC5, 0xB6, 0xFF),
                Rgb(0x9F, 0x5F, 0x0A),
            ],
            spare: [
                Rgb(0xFF, 0xB4, 0x60),
                Rgb(0x50, 0xC8, 0xA0),
                Rgb(0xC8, 0x50, 0x00),
                Rgb(0xC8, 0x00, 0xF0),
                Rgb(0xD2, 0x0F, 0x78),
                Rgb(0xF0, 0xF0, 0xF0),
                Rgb(0x96, 0xA5, 0x00),
            ],
            is_shaded: false,
        }
    }

    /// Between background and gridlines: lines without a label, the ground of shaded times.
    #[must_use]
    pub fn faint(&self) -> Rgb {
        let between = |a: u8, b: u8| u8::try_from((u16::from(a) * 11 + u16::from(b) * 9) / 20).unwrap_or(b);
        let (Rgb(r, g, b), Rgb(red, green, blue)) = (self.background, self.grid);
        Rgb(between(r, red), between(g, green), between(b, blue))
    }

    /// Whether marks are darker than their background.
    #[must_use]
    pub fn is_light(&self) -> bool {
        color::luminance(self.background) > color::luminance(self.title)
    }

    /// The theme as it draws a figure: its palette keeps clear of colours that its subjects declare. Where somebody could
    /// not tell one from such a colour, a spare one stands in its place, or the context grey where none will do for everybody.
    #[must_use]
    pub fn of_figure(&self, look: &Look) -> Theme {
        // What context is grey needs no colour, and to compare colours costs a tenth of drawing a figure.
        let has_color = |s: &Subject| s.emphasis != Emphasis::Context && matches!(s.ink, Ink::Palette(_));
        let is_needed = look.subjects.iter().any(has_color);
        let palette = if is_needed { self.clear_of(look) } else { self.palette };
        Theme { palette, is_shaded: !look.extras.shaded.is_empty(), ..self.clone() }
    }

    /// The palette clear of colours that a figure's subjects declare, as [`Theme::of_figure`] has it. Those of subjects
    /// that are not shown are free: to keep all of a project's off would leave few that are far apart.
    #[must_use]
    pub fn clear_of(&self, look: &Look) -> [Rgb; COLORS] {
        let inks = look.subjects.iter().map(|subject| subject.ink);
        let fixed = inks.filter(|ink| matches!(ink, Ink::Fixed { .. }));
        let mut taken: Vec<Rgb> = fixed.map(|ink| self.mark(ink, Emphasis::Equal)).collect();
        let is_free = |color: Rgb| taken.iter().all(|&other| vision::distance(color, other) >= vision::WARN);
        let kept = self.palette.map(|color| is_free(color).then_some(color));
        taken.extend(kept.into_iter().flatten());
        kept.map(|kept| {
            let color = kept.or_else(|| self.spare(&taken));
            taken.extend(color.filter(|_| kept.is_none()));
            color.unwrap_or(self.context)
        })
    }

    /// The spare colour that is furthest from others: of those told apart in grey, too, or by everybody, or by nearly
    /// everybody.
    fn spare(&self, taken: &[Rgb]) -> Option<Rgb> {
        let distances = |color: Rgb| taken.iter().map(move |&other| vision::distance(color, other));
        let in_grey = |color: Rgb| {
            let light = vision::lightness(color);
            taken.iter().all(|&other| (vision::lightness(other) - light).abs() >= vision::GREY)
        };
        let ranked = |color: Rgb| {
            let apart = distances(color).fold(f64::INFINITY, f64::min);
            let is_apart = apart >= vision::WARN;
            (apart >= vision::FAIL).then_some((is_apart && in_grey(color), is_apart, apart, color))
        };
        let better = |a: &(bool, bool, f64, Rgb), b: &(bool, bool, f64, Rgb)| {
            (a.0, a.1).cmp(&(b.0, b.1)).then(a.2.total_cmp(&b.2))
        };
        self.spare.into_iter().filter_map(ranked).max_by(better).map(|(.., color)| color)
    }

    /// The colour of a subject's marks: at least 3:1 against the background.
    /// Palette colours past the last are the context grey.
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
        let ground = if self.is_shaded { self.faint() } else { self.background };
        at_least(TEXT_CONTRAST, self.mark(ink, emphasis), ground)
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
