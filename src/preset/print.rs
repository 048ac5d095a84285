//! `print`: two columns of a newspaper, 112.25 mm, at 300 dots to the inch; type in its points, of which 72 are an
//! inch: title 12, names 8.5, the smallest 7.5.

use super::size::Preset;

pub(super) static PRINT: Preset = Preset {
    name: "print",
    suffix: "-print",
    width: 1326,
    height: 900,
    flattest: 2.6,
    is_fixed: false,
    // 112.27 mm in CSS px.
    shown: 424.32,
    // 7 points.
    smallest: 9.333,
    scale: Some(1),
    density: 300,
    padding: 28.0,
    title: 50.0,
    subtitle: 37.5,
    label: 35.4,
    tick: 33.3,
    footer: 31.3,
    // 1.25 points, and half of one.
    line: 5.2,
    hair: 2.0,
    bar: (62.0, 26.0),
    factor: 2.2,
};
