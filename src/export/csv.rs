//! The plotted values as CSV (RFC 4180), lines ending with LF.
//!
//! It carries no record: programs read it, and a comment would be a row to most
//! of them. The record of the figure's page holds its hash instead.

use super::kind::{Entry, Export, Make};

/// The values.
pub static EXPORT: Export = Export {
    name: "csv",
    always: false,
    make: Make::Words(|entry: &Entry| csv(&entry.table).into_bytes()),
    slot: None,
};

/// Rows as CSV.
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> String {
    let cell = |cell: &String| {
        if cell.contains(['"', ',', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.clone()
        }
    };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(",") + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_needs_it() {
        let rows = [vec!["a".to_owned(), "b, c".to_owned()], vec!["say \"x\"".to_owned(), String::new()]];
        assert_eq!(csv(&rows), "a,\"b, c\"\n\"say \"\"x\"\"\",\n");
    }
}
