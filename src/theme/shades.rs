//! Shades of one hue for values of one measure: the more, the further from the ground. It must not know values.

use super::color::contrast;
use super::{TEXT_CONTRAST, Theme};
use crate::figure::Rgb;

/// Even steps of lightness on a light ground, L* 95 to 29, and on a dark one, 18 to 89.
const LIGHT: [Rgb; 5] = [
    Rgb(0xEA, 0xF1, 0xF9),
    Rgb(0xB7, 0xCF, 0xE8),
    Rgb(0x7F, 0xA9, 0xD3),
    Rgb(0x3E, 0x7B, 0xB6),
    Rgb(0x0F, 0x46, 0x80),
];
const DARK: [Rgb; 5] = [
    Rgb(0x1A, 0x2E, 0x47),
    Rgb(0x25, 0x51, 0x80),
    Rgb(0x3F, 0x7D, 0xBB),
    Rgb(0x80, 0xB1, 0xE4),
    Rgb(0xCB, 0xE2, 0xFB),
];

/// What may stand on a shade.
const WORDS: [Rgb; 3] = [Rgb(0x1A, 0x1A, 0x1A), Rgb(0xFF, 0xFF, 0xFF), Rgb(0, 0, 0)];

/// The shade of a part of the greatest value, 0 to 1.
#[must_use]
pub fn shade(theme: &Theme, part: f64) -> Rgb {
    let shades = if theme.is_light() { LIGHT } else { DARK };
    let place = part.clamp(0.0, 1.0) * 4.0;
    let (from, to) = match place {
        p if p < 1.0 => (shades[0], shades[1]),
        p if p < 2.0 => (shades[1], shades[2]),
        p if p < 3.0 => (shades[2], shades[3]),
        _ => (shades[3], shades[4]),
    };
    let rest = place - libm::floor(place.min(3.0));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between two channels")]
    let mixed = |a: u8, b: u8| libm::round(f64::from(a) + (f64::from(b) - f64::from(a)) * rest) as u8;
    Rgb(mixed(from.0, to.0), mixed(from.1, to.1), mixed(from.2, to.2))
}

/// The colour of words on a shade, 4.5:1 or more.
#[must_use]
pub fn on(shade: Rgb) -> Rgb {
    let [first, ..] = WORDS;
    WORDS.into_iter().find(|words| contrast(*words, shade) >= TEXT_CONTRAST).unwrap_or(first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::color::luminance;

    #[test]
    fn words_are_read_on_every_shade_and_shades_only_go_one_way() {
        for theme in [Theme::light(), Theme::dark()] {
            let shades: Vec<Rgb> = (0..=400).map(|part| shade(&theme, f64::from(part) / 400.0)).collect();
            for shade in &shades {
                assert!(contrast(on(*shade), *shade) >= TEXT_CONTRAST, "{shade:?}");
            }
            let ground = luminance(theme.background);
            let apart = |shade: &Rgb| (luminance(*shade) - ground).abs();
            assert!(shades.windows(2).all(|pair| apart(&pair[0]) <= apart(&pair[1])), "monotone");
            assert!(contrast(shades[0], theme.background) > 1.1, "the least is no hole");
        }
    }
}
