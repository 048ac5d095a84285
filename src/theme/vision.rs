//! How far apart two colours are for every kind of colour vision, and which
//! subjects of a figure nobody should be asked to tell apart by colour.
//!
//! Colours are compared in CAM02-UCS (Luo, Cui and Li 2006), where equal
//! distances look equally large, as people with normal vision and with complete
//! deutan, protan and tritan deficiency see them (Machado, Oliveira and Fernandes
//! 2009). It must not know data, positions or how anything is drawn.

use super::color::linear;
use crate::figure::Rgb;

/// Colours nearer than this cannot be told apart by everybody, in steps of CAM02-UCS.
/// Half of what Petroff (2021, arXiv:2107.02270) demands of a palette of six.
pub const FAIL: f64 = 10.0;

/// Colours nearer than this are hard to tell apart for some, in steps of CAM02-UCS.
/// Just under the 16 that Petroff (2021, arXiv:2107.02270) accepts in a palette of ten.
pub const WARN: f64 = 15.0;

type Matrix = [[f64; 3]; 3];

/// Linear sRGB as it is seen; severity 100 in Machado et al. 2009, table 1.
const KINDS: [Matrix; 4] = [
    [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
    [
        [0.367_322, 0.860_646, -0.227_968],
        [0.280_085, 0.672_501, 0.047_413],
        [-0.011_820, 0.042_940, 0.968_881],
    ],
    [
        [0.152_286, 1.052_583, -0.204_868],
        [0.114_503, 0.786_281, 0.099_216],
        [-0.003_882, -0.048_116, 1.051_998],
    ],
    [
        [1.255_528, -0.076_749, -0.178_779],
        [-0.078_411, 0.930_809, 0.147_602],
        [0.004_733, 0.691_367, 0.303_900],
    ],
];

/// Linear sRGB to CIE XYZ with a white of Y = 1 (IEC 61966-2-1).
const XYZ: Matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]];

/// XYZ to the sharpened responses in which CIECAM02 adapts to the white (CIE 159:2004).
const CAT02: Matrix = [[0.7328, 0.4296, -0.1624], [-0.7036, 1.6975, 0.0061], [0.0030, 0.0136, 0.9834]];

/// Back from them.
const CAT02_INVERSE: Matrix = [
    [1.096_124, -0.278_869, 0.182_745],
    [0.454_369, 0.473_533, 0.072_098],
    [-0.009_628, -0.005_698, 1.015_326],
];

/// XYZ to the responses of the cones (Hunt, Pointer and Estevez).
const CONES: Matrix = [[0.389_71, 0.688_98, -0.078_68], [-0.229_81, 1.183_40, 0.046_41], [0.0, 0.0, 1.0]];

/// Luminance the eye is adapted to, cd/m²: sRGB's 64 lux of ambient light on a grey of 20 %.
const ADAPTING: f64 = 64.0 / std::f64::consts::PI / 5.0;

/// Luminance of what lies around a colour, relative to white: a grey of 20 %.
const BACKDROP: f64 = 0.2;

/// Two subjects whose colours are too near.
#[derive(Debug, Clone, PartialEq)]
pub struct Clash {
    /// The one that comes first.
    pub first: String,
    /// The other one.
    pub second: String,
    /// How far apart they are, as [`distance`] has it; less than [`WARN`].
    pub distance: f64,
}

/// How far apart two colours are for who sees the least difference, in steps
/// of CAM02-UCS: 0 to about 100, and 20 is easy to see.
///
/// A simulated colour may lie outside of what a screen can show; the smaller of
/// the distances with and without moving it there counts.
#[must_use]
pub fn distance(a: Rgb, b: Rgb) -> f64 {
    between(&sights(a), &sights(b))
}

/// A colour as every kind of vision has it, with and without moving it to where a screen can show it.
type Sights = [[[f64; 3]; 2]; KINDS.len()];

fn sights(color: Rgb) -> Sights {
    KINDS.each_ref().map(|kind| [false, true].map(|clipped| seen(color, kind, clipped)))
}

fn between(a: &Sights, b: &Sights) -> f64 {
    let pairs = a.iter().flatten().zip(b.iter().flatten());
    pairs.map(|(a, b)| apart(*a, *b)).fold(f64::INFINITY, f64::min)
}

/// The pairs of colours that are less than [`WARN`] apart, in order.
#[must_use]
pub fn clashes(colors: &[(String, Rgb)]) -> Vec<Clash> {
    let mut found = Vec::new();
    let colors: Vec<(&String, Sights)> = colors.iter().map(|(name, color)| (name, sights(*color))).collect();
    for (index, (first, a)) in colors.iter().enumerate() {
        for (second, b) in colors.iter().skip(index + 1) {
            let distance = between(a, b);
            if distance < WARN {
                found.push(Clash { first: (*first).clone(), second: (*second).clone(), distance });
            }
        }
    }
    found
}

/// How far a colour moves when it becomes another, as people with normal vision see it, in steps of CAM02-UCS.
pub(super) fn shift(old: Rgb, new: Rgb) -> f64 {
    apart(seen(old, &KINDS[0], false), seen(new, &KINDS[0], false))
}

fn times(matrix: &Matrix, [x, y, z]: [f64; 3]) -> [f64; 3] {
    matrix.map(|[a, b, c]| a * x + b * y + c * z)
}

/// J', a', b' of a colour as one kind of vision has it.
fn seen(color: Rgb, kind: &Matrix, clipped: bool) -> [f64; 3] {
    let light = times(kind, linear(color));
    ucs(if clipped { light.map(|channel| channel.clamp(0.0, 1.0)) } else { light })
}

fn apart([j, a, b]: [f64; 3], [k, c, d]: [f64; 3]) -> f64 {
    ((j - k) * (j - k) + (a - c) * (a - c) + (b - d) * (b - d)).sqrt()
}

/// Responses of the cones, adapted to sRGB's white, and how strongly the eye compresses light (F_L).
fn cones(light: [f64; 3]) -> ([f64; 3], f64) {
    let adapted = 1.0 - libm::exp((-ADAPTING - 42.0) / 92.0) / 3.6;
    let white = times(&CAT02, times(&XYZ, [1.0; 3]));
    let [r, g, b] = times(&CAT02, times(&XYZ, light));
    let [r, g, b] = [(r, white[0]), (g, white[1]), (b, white[2])]
        .map(|(response, white)| response * (adapted / white + 1.0 - adapted));
    let k = 1.0 / (5.0 * ADAPTING + 1.0);
    let k4 = k * k * k * k;
    let strength = k4 * ADAPTING + 0.1 * (1.0 - k4) * (1.0 - k4) * libm::cbrt(5.0 * ADAPTING);
    let compressed = times(&CONES, times(&CAT02_INVERSE, [r, g, b])).map(|response| {
        let power = libm::pow(strength * response.abs(), 0.42);
        400.0 * power.copysign(response) / (power + 27.13) + 0.1
    });
    (compressed, strength)
}

/// J', a', b' of linear sRGB: CIECAM02 for an average surround (c 0.69, N_c 1), in
/// the uniform space of Luo et al. with c1 0.007 and c2 0.0228.
fn ucs(light: [f64; 3]) -> [f64; 3] {
    let ([r, g, b], strength) = cones(light);
    let ([white_r, white_g, white_b], _) = cones([1.0; 3]);
    let induction = 0.725 * libm::pow(1.0 / BACKDROP, 0.2);
    let achromatic = |r: f64, g: f64, b: f64| (2.0 * r + g + b / 20.0 - 0.305).max(0.0);
    let relative = achromatic(r, g, b) / achromatic(white_r, white_g, white_b);
    let lightness = 100.0 * libm::pow(relative, 0.69 * (1.48 + BACKDROP.sqrt()));
    let (red_green, yellow_blue) = (r - 12.0 * g / 11.0 + b / 11.0, (r + g - 2.0 * b) / 9.0);
    let hue = libm::atan2(yellow_blue, red_green);
    let eccentricity = (libm::cos(hue + 2.0) + 3.8) / 4.0;
    let chromatic = (red_green * red_green + yellow_blue * yellow_blue).sqrt();
    let t = 50_000.0 / 13.0 * induction * eccentricity * chromatic / (r + g + 1.05 * b);
    let chroma =
        libm::pow(t, 0.9) * (lightness / 100.0).sqrt() * libm::pow(1.64 - libm::pow(0.29, BACKDROP), 0.73);
    let colorfulness = libm::log(1.0 + 0.0228 * chroma * libm::pow(strength, 0.25)) / 0.0228;
    let j = 1.7 * lightness / (1.0 + 0.007 * lightness);
    [j, colorfulness * libm::cos(hue), colorfulness * libm::sin(hue)]
}

#[cfg(test)]
mod tests;
