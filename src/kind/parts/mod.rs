//! What several kinds are made of: marks over time and marks of one date, axes and strokes of plots that a kind
//! arranges itself. It must not know kinds.

pub(super) mod axes;
pub(super) mod bars;
pub(super) mod cells;
pub(super) mod keys;
pub(super) mod labels;
pub(super) mod lines;
pub(super) mod periods;
pub(super) mod strokes;
