//! The integration tests: one binary, a module for each thing a user relies on.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stderr,
    clippy::too_many_lines,
    clippy::disallowed_methods,
    clippy::disallowed_types,
    missing_docs,
    unreachable_pub,
    reason = "a test may panic and look at its surroundings, and documents itself"
)]

mod agree;
mod architecture;
mod bounds;
mod cells;
mod circles;
mod claims;
mod cli;
mod codes;
mod determinism;
mod figures;
mod frame;
mod frame_facts;
mod fuzz_corpus;
mod fuzz_targets;
mod goldens;
mod inspect;
mod layouts;
mod licences;
mod limits;
mod lint;
mod manifest;
mod measures;
mod ownership;
mod pictures;
mod pictures_kinds;
mod plot;
mod plot_anchor;
mod plot_manifest;
mod plot_truth;
mod presets;
mod project;
mod read;
mod read_cells;
mod read_damaged;
mod read_evidence;
mod read_formats;
mod read_generic;
mod read_json;
mod read_keys;
mod read_layouts;
mod read_order;
mod read_property;
mod read_roles;
mod read_spreadsheets;
mod read_strays;
mod read_trends;
mod readme;
mod registries;
mod rules;
mod several;
mod source;
mod stream;
mod style;
mod svg;
mod titles;
mod truth;
mod words;
mod words_bars;
mod words_judge;
mod words_text;
