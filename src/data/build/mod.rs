//! Observations to a dataset, as they come: names are counted off, values of one date and series are put together,
//! and what only all of them together can say is found out. It must not know where an observation comes from.
//!
//! Whatever reads a file ends here, so that the same rows give the same dataset in whatever form they stood.

pub(crate) mod aggregation;
pub(crate) mod basis;
pub(crate) mod builder;
pub(crate) mod events;
pub(crate) mod sum;
pub(crate) mod totals;
