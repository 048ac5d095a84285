//! A file's bytes to text: archives, encodings, line ends. It must not know what a table is.

pub(crate) mod decode;
pub(crate) mod line_ends;
pub(crate) mod unpack;
