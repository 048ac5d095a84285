//! `phone`: as wide as a phone's page, and higher than wide, with the pixels that phones have.

use super::size::{Preset, SCREEN};

pub(super) static PHONE: Preset = Preset {
    name: "phone",
    suffix: "-phone",
    width: 360,
    height: 420,
    flattest: 1.5,
    is_fixed: false,
    shown: 360.0,
    smallest: 11.0,
    scale: Some(3),
    density: SCREEN,
    padding: 14.0,
    title: 19.0,
    subtitle: 14.0,
    label: 13.0,
    tick: 12.0,
    footer: 11.0,
    line: 2.25,
    hair: 1.0,
    bar: (24.0, 10.0),
    factor: 0.85,
};
