//! The head of a table to a plan: where the data stand, which column plays which part. It must not know what a row
//! comes from, nor any source of files.

pub(crate) mod choice;
pub(crate) mod date_parts;
pub(crate) mod date_role;
pub(crate) mod evidence;
pub(crate) mod foreign_lines;
pub(crate) mod group_role;
pub(crate) mod left_out;
pub(crate) mod locate;
pub(crate) mod plan;
pub(crate) mod roles;
pub(crate) mod sheet;
pub(crate) mod subject_role;
pub(crate) mod unlike;
pub(crate) mod value_columns;
pub(crate) mod value_role;
