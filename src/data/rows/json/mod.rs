//! JSON as interfaces answer: its records, where they stand, and what is made of an answer. It must not know which
//! source answers so.

pub(crate) mod answer;
pub(crate) mod dated;
pub(crate) mod records;
pub(crate) mod repeated;
pub(crate) mod spot;
