//! Text to rows of cells: delimited tables and JSON. It must not know what a column means.

pub(crate) mod dialect;
pub(crate) mod json;
pub(crate) mod other_text;
pub(crate) mod pasted;
pub(crate) mod split;
pub(crate) mod table;
pub(crate) mod workbook;
