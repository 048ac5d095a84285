//! From a scene to bytes: SVG text, and a PNG made of that same text.
//!
//! The room knows shapes, roles and files' formats. It must not know how a
//! scene came about, nor where its bytes will be kept.

mod number;
pub mod png;
pub mod record;
pub mod svg;
