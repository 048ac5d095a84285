//! What is read from files: observations, whose parts they are, what is known of the whole. It must not know how a
//! file is written.

pub(crate) mod columns;
pub(crate) mod completeness;
pub(crate) mod dataset;
pub(crate) mod decision;
pub(crate) mod facts;
pub(crate) mod findings;
pub(crate) mod format;
pub(crate) mod line;
pub(crate) mod measure;
pub(crate) mod observation;
pub(crate) mod spot;
pub(crate) mod writing;
