//! Integration tests.

mod svg;
