//! A plan and its rows to a dataset, of files held in memory or in chunks. It must not know figures.

pub(crate) mod delimited;
pub(crate) mod json;
pub(crate) mod named;
pub(crate) mod reading;
pub(crate) mod rows;
pub(crate) mod spreadsheet;
pub(crate) mod values;
pub(crate) mod whole;
pub(crate) mod words_table;
