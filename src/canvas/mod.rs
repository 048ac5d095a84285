//! What is drawn on: our own plotters backend, which records a [`Scene`]
//! instead of colouring pixels.
//!
//! Coordinates are whole numbers of 1/64 px, so no rounding of a float reaches
//! a file and thin lines lie where they should. The room must not know chart
//! words beyond the names of roles: a reader could draw a scene without
//! knowing that it is a chart.

mod backend;
mod scene;

pub use backend::{Canvas, CanvasError};
pub use scene::{Item, Paint, Rect, Role, Scene, Shape, Stroke, UNITS};
