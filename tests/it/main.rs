//! Integration tests.

mod claims;
mod manifest;
mod project;
mod read;
mod read_property;
mod series;
