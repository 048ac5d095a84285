//! `square`: a post of its own in a feed, shown some 400 px wide on a phone.

use super::size::{Preset, SCREEN};

pub(super) static SQUARE: Preset = Preset {
    name: "square",
    suffix: "-square",
    width: 1080,
    height: 1080,
    flattest: 2.4,
    is_fixed: true,
    shown: 400.0,
    smallest: 11.0,
    scale: Some(1),
    density: SCREEN,
    padding: 60.0,
    title: 56.0,
    subtitle: 36.0,
    label: 34.0,
    tick: 30.0,
    footer: 29.7,
    line: 6.0,
    hair: 2.0,
    bar: (60.0, 24.0),
    factor: 1.8,
};
