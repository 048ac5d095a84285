//! The plotted values as CSV (RFC 4180), lines ending with LF.
//!
//! It carries no record: programs read it, and a comment would be a row to most
//! of them. The record of the figure's page holds its hash instead.

use csv::{Terminator, WriterBuilder};

use super::kind::{Entry, Export, Make};

/// The values.
pub static EXPORT: Export =
    Export { name: "csv", always: false, make: Make::Words(|entry: &Entry| csv(&entry.table)), slot: None };

/// Rows as CSV.
#[must_use]
pub fn csv(rows: &[Vec<String>]) -> Vec<u8> {
    let mut writer =
        WriterBuilder::new().flexible(true).terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    // Into memory nothing fails to be written.
    let written = rows.iter().try_for_each(|row| writer.write_record(row));
    debug_assert!(written.is_ok(), "rows may differ in length");
    writer.into_inner().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn csv_quotes_what_needs_it() {
        let rows = [vec!["a".to_owned(), "b, c".to_owned()], vec!["say \"x\"".to_owned(), String::new()]];
        assert_eq!(csv(&rows), b"a,\"b, c\"\n\"say \"\"x\"\"\",\n");
    }
}
