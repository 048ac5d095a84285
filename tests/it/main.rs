//! Integration tests.

mod read;
mod read_formats;
mod read_property;
