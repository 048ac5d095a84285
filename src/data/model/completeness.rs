//! Whether all of a period was counted, or it was still running then.

/// Whether all of a period was counted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Completeness {
    /// All of it.
    #[default]
    Whole,
    /// It may still have been running when it was counted.
    Unsure,
    /// A part of it only.
    Partial,
}

impl Completeness {
    /// The answer to whether the period is partial, as results name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Completeness::Whole => "no",
            Completeness::Unsure => "possible",
            Completeness::Partial => "yes",
        }
    }
}
