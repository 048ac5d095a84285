//! Integration tests.

mod read;
mod read_property;
