//! Time as people write and say it. It must not know data or figures.

pub mod moment;
pub mod pace;
pub mod period;
