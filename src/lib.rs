//! popchart turns popularity data, as it was exported, into figures an article can print.

pub mod canvas;
pub mod chart;
pub mod data;
pub mod diag;
pub mod figure;
pub mod layout;
pub mod moment;
pub mod output;
pub mod scale;
pub mod text;
pub mod theme;
