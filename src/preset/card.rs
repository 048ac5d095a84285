//! `card`: what a link to the article shows on social networks and in messengers: 1200 x 630 px, shown some 500 wide.

use super::size::{Preset, SCREEN};

pub(super) static CARD: Preset = Preset {
    name: "card",
    suffix: "-card",
    width: 1200,
    height: 630,
    flattest: 2.4,
    is_fixed: true,
    shown: 500.0,
    smallest: 11.0,
    scale: Some(1),
    density: SCREEN,
    // Corners are cut off and words laid over the edges.
    padding: 60.0,
    title: 52.0,
    subtitle: 30.0,
    label: 30.0,
    // 26, and no less than 11 as shown.
    tick: 26.4,
    footer: 26.4,
    line: 6.0,
    hair: 2.0,
    bar: (48.0, 20.0),
    factor: 1.5,
};
