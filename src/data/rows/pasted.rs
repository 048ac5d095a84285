//! Tables whose rows stand in one cell each, because text was pasted into a spreadsheet that did not take it
//! apart: `"2020-01-05,1,2"`, or tabs within the first cell and empty cells behind it. Lines keep their number.

use crate::data::cells::{cell, dates};

/// What can stand between the cells of a row that was pasted as one.
const BETWEEN: [char; 4] = [',', ';', '\t', '|'];

/// The text with its rows taken apart; `None` where they are.
pub(crate) fn opened(text: &str) -> Option<String> {
    let quoted = text.trim_start_matches(cell::is_blank).starts_with('"');
    if quoted && let Some(opened) = unquoted(text) {
        return Some(opened);
    }
    memchr::memchr(b'\t', text.as_bytes()).and_then(|_| untabbed(text))
}

/// Lines that are all one quoted cell, most of which hold a delimiter.
fn unquoted(text: &str) -> Option<String> {
    let mut opened = String::with_capacity(text.len());
    let (mut apart, mut whole) = (0_usize, 0_usize);
    for line in lines(text) {
        let bare = line.trim_end_matches(BETWEEN);
        let inner = match bare.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
            Some(inner) if inner.replace("\"\"", "").contains('"') || dates::is_date(inner) => return None,
            Some(inner) => inner.replace("\"\"", "\""),
            None if bare.contains(BETWEEN) || bare.contains('"') => return None,
            None => bare.to_owned(),
        };
        apart += usize::from(inner.contains(BETWEEN));
        whole += usize::from(!inner.is_empty());
        opened.push_str(&inner);
        opened.push('\n');
    }
    (apart > 1 && apart * 2 > whole).then_some(opened)
}

/// Rows of tabs that end in as many commas as the header above them has.
fn untabbed(text: &str) -> Option<String> {
    let mut opened = String::with_capacity(text.len());
    let mut lines = lines(text).peekable();
    let mut header = 0;
    while let Some(line) = lines.next_if(|line| !line.contains('\t')) {
        if !line.is_empty() {
            header = line.matches(',').count();
        }
        opened.push_str(line);
        opened.push('\n');
    }
    let first = lines.peek()?;
    let run = first.get(first.find('\t')?..)?.bytes().take_while(|&b| b == b'\t').count();
    let between = "\t".repeat(run);
    for line in lines {
        let bare = line.trim_end_matches(',');
        let cells: Vec<&str> = bare.split(&between).map(cell::trimmed).collect();
        let padded = header > 0 && line.len() - bare.len() == header && cells.len() == header + 1;
        if line.is_empty() || (padded && !cells.iter().any(|cell| cell.contains([',', '"', '\t']))) {
            opened.push_str(&cells.join(","));
            opened.push('\n');
        } else {
            return None;
        }
    }
    Some(opened)
}

/// Lines, whichever way they end.
fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.split('\n').flat_map(|line| line.strip_suffix('\r').unwrap_or(line).split('\r'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_cell_are_taken_apart() {
        for (pasted, expected) in [
            (
                "\"Category: All\"\r\n\r\n\"Week,\"\"a, b\"\"\"\r\n\"2020-01-05,1\"\r\n",
                "Category: All\n\nWeek,\"a, b\"\n2020-01-05,1\n\n",
            ),
            ("\"Week;a\";\n\"2020-01-05;1\";\n", "Week;a\n2020-01-05;1\n\n"),
            (
                "\"By day, all\",,\n,,\nTime,a,b\nMay 20 2018\t\t1.5\t\t2,,\nMay 21 2018\t\t\t\t3,,",
                "\"By day, all\",,\n,,\nTime,a,b\nMay 20 2018,1.5,2\nMay 21 2018,,3\n",
            ),
        ] {
            assert_eq!(opened(pasted).as_deref(), Some(expected), "{pasted}");
        }
    }

    #[test]
    fn other_tables_are_left_alone() {
        for text in [
            "\"Week\",\"a\"\n\"2020-01-05\",\"1\"\n",
            "\"Week,a\"\n2020-01-05,1\n",
            "date\n\"Jun 30, 2001\"\n\"Jun 30, 2002\"\n",
            "\"Jun 30, 2001\"\n\"Jun 30, 2002\"\n",
            "date\ta\n2020-01-05\t1,5\n",
            "date,a\n2020-01-05\t1\n",
            "date\ta,\n2020-01-05\t1,\n",
            "a,b\n1,2\n",
            "",
        ] {
            assert_eq!(opened(text), None, "{text}");
        }
    }
}
