//! Colour arithmetic: luminance, contrast, and the repair of a colour that is
//! too near its background.
//!
//! Formulas are those of WCAG 2.2 ("relative luminance", "contrast ratio").

use crate::figure::Rgb;

/// Relative luminance, 0 (black) to 1 (white).
#[must_use]
pub fn luminance(color: Rgb) -> f64 {
    let [red, green, blue] = linear(color);
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

/// Red, green and blue in proportion to light, 0 to 1: the sRGB transfer function undone.
#[must_use]
pub fn linear(color: Rgb) -> [f64; 3] {
    [color.0, color.1, color.2].map(|channel| {
        let c = f64::from(channel) / 255.0;
        if c <= 0.040_45 { c / 12.92 } else { libm::pow((c + 0.055) / 1.055, 2.4) }
    })
}

/// Contrast ratio of two colours, 1 to 21. Never rounded: 4.499 is below 4.5.
#[must_use]
pub fn contrast(a: Rgb, b: Rgb) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

/// The colour itself where its contrast suffices, else the nearest one of its
/// hue that does: mixed towards black on a light ground, towards white on a dark one.
#[must_use]
pub fn at_least(ratio: f64, color: Rgb, background: Rgb) -> Rgb {
    if contrast(color, background) >= ratio {
        return color;
    }
    let goal = if luminance(background) > 0.18 { Rgb(0, 0, 0) } else { Rgb(255, 255, 255) };
    // Contrast only grows on the way from a colour near the background to the goal, so halving finds the first mix.
    let (mut short, mut enough) = (0, 255);
    while enough - short > 1 {
        let parts = u16::midpoint(short, enough);
        if contrast(mix(color, goal, parts), background) >= ratio {
            enough = parts;
        } else {
            short = parts;
        }
    }
    mix(color, goal, enough)
}

/// `color` with `parts` of 255 replaced by `goal`.
#[must_use]
pub fn mix(color: Rgb, goal: Rgb, parts: u16) -> Rgb {
    let channel = |from: u8, to: u8| {
        let mixed = (u32::from(from) * u32::from(255 - parts) + u32::from(to) * u32::from(parts) + 127) / 255;
        u8::try_from(mixed).unwrap_or(u8::MAX)
    };
    Rgb(channel(color.0, goal.0), channel(color.1, goal.1), channel(color.2, goal.2))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHITE: Rgb = Rgb(255, 255, 255);

    #[test]
    fn contrast_agrees_with_published_ratios() {
        let ratio = |color| (contrast(color, WHITE) * 100.0).round() / 100.0;
        assert_eq!(ratio(Rgb(0xD0, 0, 0)), 5.70);
        assert_eq!(ratio(Rgb(0xFF, 0x6F, 0)), 2.79);
        assert_eq!(ratio(Rgb(0xEE, 0x4C, 0x2C)), 3.68);
        assert_eq!(contrast(Rgb(0, 0, 0), WHITE), 21.0);
    }

    /// The first of all mixes that suffices, found by trying them in turn.
    #[test]
    fn repair_changes_no_more_than_it_must() {
        let ground = Rgb(0x0D, 0x11, 0x17);
        for c in (0..=255).step_by(3) {
            for color in [Rgb(c, 40, 90), Rgb(20, c, 255 - c)] {
                let mixes = || (0..=255).map(|parts| mix(color, WHITE, parts));
                let first = mixes().find(|&mixed| contrast(mixed, ground) >= 4.5).unwrap();
                assert_eq!(at_least(4.5, color, ground), first);
            }
        }
    }

    #[test]
    fn repair_reaches_the_ratio_and_leaves_good_colours_alone() {
        for c in (0..=255).step_by(5) {
            for background in [WHITE, Rgb(0x0D, 0x11, 0x17)] {
                for color in [Rgb(c, 255, 30), Rgb(255, c, c), Rgb(c, c, c)] {
                    assert!(contrast(at_least(4.5, color, background), background) >= 4.5);
                }
            }
        }
        assert_eq!(at_least(4.5, Rgb(0x0F, 0x54, 0x99), WHITE), Rgb(0x0F, 0x54, 0x99));
    }
}
