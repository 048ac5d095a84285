//! What several kinds are made of: marks over time and marks of one date. It must not know kinds.

pub(super) mod bars;
pub(super) mod cells;
pub(super) mod lines;
pub(super) mod periods;
