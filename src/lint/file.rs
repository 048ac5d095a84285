//! Section H: files, and who does not see the picture. None of it is seen in the picture itself.

use super::rule::{Level, Rule};
use Level::{Must, Should};

pub(super) static RULES: [Rule; 10] = [
    Rule::other(("H1", Must), "an SVG has size, title, description and ids of its own"),
    Rule::other(("H2", Must), "what only decorates is hidden from who listens"),
    Rule::other(("H3", Must), "alt text and snippets are written beside"),
    Rule::other(("H4", Must), "the values drawn are there as a table"),
    Rule::other(("H5", Must), "nothing in a file reaches out of it"),
    Rule::other(("H6", Must), "looks are attributes"),
    Rule::other(("H7", Must), "text is outlines"),
    Rule::other(("H8", Must), "same inputs, same bytes"),
    Rule::other(("H9", Should), "files are small"),
    Rule::other(("H10", Should), "pixels have a colour space and a density"),
];
