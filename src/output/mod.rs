//! From a scene to bytes: SVG text, a PNG made of that same text, the pages
//! about a figure, and the record that each of them keeps.
//!
//! The room knows shapes, roles and files' formats. It must not know how a
//! scene came about, nor where its bytes will be kept.

mod fingerprint;
mod number;
pub mod page;
pub mod png;
pub mod record;
pub mod svg;

pub use fingerprint::Statement;
