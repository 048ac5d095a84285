//! Where in a file a fault is that has no line of its own: which record it is. It must not know how records are
//! written.

use crate::diag::{Diagnostic, Place};

/// The record of a fault, and its line where it has one.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Spot {
    /// Which of its list it is, from 1.
    pub(crate) record: Option<usize>,
    /// The line it begins on, from 1.
    pub(crate) line: Option<u32>,
}

impl Spot {
    /// A diagnostic that says where it is.
    pub(crate) fn told(self, mut diagnostic: Diagnostic) -> Diagnostic {
        if let Some(record) = self.record {
            diagnostic.message += &format!(", in record {record}");
        }
        if let Some(place) = diagnostic.place.as_mut() {
            **place = Place { line: self.line, field: place.field.take(), ..Place::file(&place.file) };
        }
        diagnostic
    }
}
