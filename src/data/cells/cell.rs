//! What is common to all cells: blanks at their ends, and the ways to write that nothing is there.

/// Whether a character is blank in a cell: spaces of all widths, tabs, line ends, marks without width.
pub(crate) fn is_blank(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\r' | '\n' | '\u{a0}' | '\u{2000}'
            ..='\u{200f}' | '\u{202f}' | '\u{205f}' | '\u{3000}' | '\u{feff}'
    )
}

/// A cell without the blanks at its ends.
pub(crate) fn trimmed(text: &str) -> &str {
    match text.as_bytes() {
        [] | [b'!'..=b'~'] => text,
        [b'!'..=b'~', .., b'!'..=b'~'] => text,
        _ => text.trim_matches(is_blank),
    }
}

/// Whether a trimmed cell says that there is no value.
pub(crate) fn is_missing(cell: &str) -> bool {
    match cell.as_bytes() {
        [] => true,
        b":" => true,
        [b'-' | b'.' | b'N' | b'n' | b'#' | b'<' | b'\\' | 0xE2, ..] => {
            ["-", "--", "---", ".", "..", "...", "–", "—", "#N/A", "n.a.", "n/d", "\\N"].contains(&cell)
                || ["NA", "N/A", "NaN", "NaT", "<NA>", "null", "none", "nil"]
                    .iter()
                    .any(|word| word.eq_ignore_ascii_case(cell))
        }
        _ => false,
    }
}

/// Whether a trimmed cell is one of the two truth values.
pub(crate) fn flag(cell: &str) -> Option<bool> {
    match cell.len() {
        4 if cell.eq_ignore_ascii_case("true") => Some(true),
        5 if cell.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_all_widths_are_trimmed() {
        assert_eq!(trimmed("\u{feff} \u{a0}a b\u{202f}\t"), "a b");
        assert_eq!(trimmed(" "), "");
        assert_eq!(trimmed("é"), "é");
    }

    #[test]
    fn absence_has_many_spellings() {
        for cell in ["", "NA", "n/a", "NaN", "null", "-", "—", ".", "#N/A", "--", "\\N", "<NA>", ":"] {
            assert!(is_missing(cell), "{cell}");
        }
        for cell in ["0", "-1", ".5", "name", "nano", "No"] {
            assert!(!is_missing(cell), "{cell}");
        }
    }
}
