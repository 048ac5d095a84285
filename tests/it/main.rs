//! Integration tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test that fails should stop; and tests set clocks and environments to show that they do not matter"
)]

mod svg;
