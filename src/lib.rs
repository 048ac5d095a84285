//! popchart turns popularity data, as it was exported, into figures an article can print.

pub mod alt;
pub mod artifact;
pub mod canvas;
pub mod chart;
pub mod claim;
pub mod cli;
pub mod commands;
pub mod data;
pub mod diag;
pub mod figure;
pub mod layout;
pub mod manifest;
pub mod moment;
pub mod output;
pub mod scale;
pub mod series;
pub mod text;
pub mod theme;
