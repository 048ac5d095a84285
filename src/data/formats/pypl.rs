//! PYPL: the shares of programming languages in searches for tutorials. Its page keeps them in a JavaScript array,
//! which is rewritten as a table line by line, so that line numbers stay true. JavaScript counts months from 0.

use crate::data::formats::signature::{Rewritten, Source, UNKNOWN};
use crate::data::model::format::{Format, NONE};
use crate::data::model::measure::Basis;

const FORMAT: &Format = &Format {
    name: "pypl",
    publisher: Some("PYPL"),
    files: "JavaScript",
    obtained: "the script `All.js` of pypl.github.io",
    numbers: "shares of searches for tutorials of each month, as fractions of 1",
    basis: |_, _| Some(Basis::Share),
    ..NONE
};

pub(super) const SOURCE: &Source = &Source {
    format: FORMAT,
    rewrite: |text| table(text).map(|table| Rewritten { table, note: "Shares are fractions of 1." }),
    ..UNKNOWN
};

/// The table that a script holds; `None` where a text is no such script.
fn table(text: &str) -> Option<String> {
    if !text.lines().take(8).any(|line| line.contains("[new Date(")) {
        return None;
    }
    let mut table = String::with_capacity(text.len());
    for line in text.lines() {
        let row = header(line).or_else(|| row(line));
        table.push_str(&row.unwrap_or_default());
        table.push('\n');
    }
    Some(table)
}

/// `['Date', 'Abap']`
fn header(line: &str) -> Option<String> {
    let start = line.find("['")?;
    let inner = line.get(start + 1..line.rfind(']')?)?;
    let names = inner.split('\'').skip(1).step_by(2);
    Some(names.map(|name| format!("\"{}\"", name.replace('"', "\"\""))).collect::<Vec<_>>().join(","))
}

/// `[new Date(2004,5,1),0.0,0.2],`
fn row(line: &str) -> Option<String> {
    let (_, rest) = line.split_once("[new Date(")?;
    let (date, values) = rest.split_once(')')?;
    let mut parts = date.split(',').map(|part| part.trim().parse::<u32>());
    let (year, month, day) = (parts.next()?.ok()?, parts.next()?.ok()?, parts.next().unwrap_or(Ok(1)).ok()?);
    let values = values.split(']').next().unwrap_or("");
    Some(format!("{year}-{:02}-{day:02}{values}", month.checked_add(1)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stay_where_they_are_and_months_count_from_one() {
        let script = "graphData = [\n['Date', 'Visual Basic', 'C/C++'],\n[new Date(2004,5,1),0.01,0.2],\n]\n";
        let expected = "\n\"Date\",\"Visual Basic\",\"C/C++\"\n2004-06-01,0.01,0.2\n\n";
        assert_eq!(table(script).as_deref(), Some(expected));
        assert_eq!(table("date,a\n"), None);
        assert_eq!(table("[new Date(4294967295,4294967295,1)"), Some("\n".into()));
    }
}
