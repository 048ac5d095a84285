//! Several files as one dataset, and datasets made smaller. It must not know how a file is read.

pub(crate) mod alike;
pub(crate) mod anchor;
pub(crate) mod file_date;
pub(crate) mod joining;
pub mod narrow;
