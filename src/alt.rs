//! What a figure says to who does not see it.
//!
//! It must not know how a figure is drawn.

use crate::figure::Words;
use crate::manifest::FigureSpec;
use crate::series::Plotted;

/// A figure in words and numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// For the page that shows it: 160 characters at most.
    pub alt: String,
    /// For who wants to know more: 600 characters at most.
    pub desc: String,
    /// The plotted values: a header and rows of as many cells.
    pub table: Vec<Vec<String>>,
}

/// Describes a figure.
#[must_use]
pub fn describe(_spec: &FigureSpec, _plotted: &Plotted, _words: &Words) -> Description {
    todo!()
}
