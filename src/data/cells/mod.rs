//! What one cell says, or all cells of a column together: dates, numbers, names, nothing. It must not know where a
//! cell stands.

pub(crate) mod calendar;
pub(crate) mod cell;
pub(crate) mod date_column;
pub(crate) mod date_evidence;
pub(crate) mod date_part;
pub(crate) mod date_words;
pub(crate) mod dates;
pub(crate) mod describing;
pub(crate) mod digits;
pub(crate) mod fragment;
pub(crate) mod measured;
pub(crate) mod numbers;
pub(crate) mod order;
pub(crate) mod spans;
pub(crate) mod step;
pub(crate) mod style;
pub(crate) mod sums;
pub(crate) mod words;
