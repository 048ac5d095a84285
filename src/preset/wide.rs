//! `wide`: across the whole page, beyond the column of its text. More room for data; the type grows little, as the
//! reader comes no nearer.

use super::size::{Preset, SCREEN};

pub(super) static WIDE: Preset = Preset {
    name: "wide",
    suffix: "-wide",
    width: 1020,
    height: 574,
    flattest: 2.7,
    is_fixed: false,
    shown: 1020.0,
    smallest: 11.0,
    scale: None,
    density: SCREEN,
    padding: 20.0,
    title: 28.0,
    subtitle: 18.0,
    label: 16.0,
    tick: 15.0,
    footer: 13.5,
    line: 3.0,
    hair: 1.0,
    bar: (32.0, 14.0),
    factor: 1.15,
};
