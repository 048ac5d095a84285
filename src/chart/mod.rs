//! The parts of drawing that kinds of charts use: plotters' series and elements on our canvas.
//!
//! What is where has been decided in `layout`; here it is only drawn. The room
//! must not know kinds, files or tables.

pub mod bars;
pub mod heat;
pub mod lines;
pub mod pen;
pub(crate) mod thin;

use crate::layout::TextLine;
use pen::{Pen, Surface};

/// Draws lines of text.
pub fn texts(lines: &[TextLine], surface: &Surface<'_>, pen: &Pen<'_, '_>) -> pen::Drawn {
    lines.iter().try_for_each(|line| pen.text(surface, line))
}
