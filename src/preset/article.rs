//! `article`: in the column of an article or a README; what is drawn where nobody names a size.

use super::size::{Preset, SCREEN};

/// The design's own numbers, from which those of other widths are made.
pub static ARTICLE: Preset = Preset {
    name: "article",
    suffix: "",
    width: 720,
    height: 480,
    flattest: 2.4,
    is_fixed: false,
    shown: 720.0,
    smallest: 11.0,
    scale: None,
    density: SCREEN,
    padding: 16.0,
    title: 22.0,
    subtitle: 15.0,
    label: 14.0,
    tick: 13.0,
    footer: 12.0,
    line: 2.5,
    hair: 1.0,
    bar: (28.0, 12.0),
    factor: 1.0,
};
