//! Tables written at random are read back as they were, and nothing makes the reader panic.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use popchart::data::{Columns, Reading, read};
use popchart::moment::{DAY, Moment};
use proptest::prelude::*;

/// How a table is written.
#[derive(Debug, Clone)]
struct Dialect {
    delimiter: char,
    line_end: &'static str,
    final_line_end: bool,
    mark: bool,
    preamble: bool,
    /// Quotes a cell that needs none, by the number of the cell.
    quotes: Vec<bool>,
}

fn dialects() -> impl Strategy<Value = Dialect> {
    let delimiter = prop::sample::select(vec![',', ';', '\t', '|']);
    let line_end = prop::sample::select(vec!["\n", "\r\n", "\r"]);
    let quotes = prop::collection::vec(any::<bool>(), 1..9);
    (delimiter, line_end, any::<bool>(), any::<bool>(), any::<bool>(), quotes).prop_map(
        |(delimiter, line_end, final_line_end, mark, preamble, quotes)| Dialect {
            delimiter,
            line_end,
            final_line_end,
            mark,
            preamble,
            quotes,
        },
    )
}

/// Columns with awkward names, weekly rows, values in hundredths or nothing.
fn tables() -> impl Strategy<Value = (Vec<String>, Vec<Vec<Option<i32>>>)> {
    (1_usize..5).prop_flat_map(|width| {
        let names = prop::collection::vec("[,;|\"'\t\n\r é#:()-]{0,6}", width);
        let rows =
            prop::collection::vec(prop::collection::vec(prop::option::of(0..10_000_000), width), 2..12);
        let named = names.prop_map(|names| {
            names.iter().enumerate().map(|(i, middle)| format!("s{i}{middle}z")).collect::<Vec<_>>()
        });
        (named, rows)
    })
}

fn written(dialect: &Dialect, names: &[String], rows: &[Vec<Option<i32>>]) -> Vec<u8> {
    let mut cells = 0;
    let mut row = |texts: Vec<String>| {
        let one = |text: String| {
            cells += 1;
            let needs = text.contains(['"', ',', ';', '|', '\t', '\n', '\r']);
            if needs || dialect.quotes[cells % dialect.quotes.len()] {
                format!("\"{}\"", text.replace('"', "\"\""))
            } else {
                text
            }
        };
        texts.into_iter().map(one).collect::<Vec<_>>().join(&dialect.delimiter.to_string())
    };
    let mut lines =
        if dialect.preamble { vec!["Category: all".to_owned(), String::new()] } else { Vec::new() };
    lines.push(row(std::iter::once("week".to_owned()).chain(names.iter().cloned()).collect()));
    for (i, values) in (0..).zip(rows) {
        let number =
            |value: &Option<i32>| value.map_or(String::new(), |n| format!("{}.{:02}", n / 100, n % 100));
        lines.push(row(std::iter::once(week(i).to_string()).chain(values.iter().map(number)).collect()));
    }
    let mut text = if dialect.mark { "\u{feff}".to_owned() } else { String::new() };
    text.push_str(&lines.join(dialect.line_end));
    text.push_str(if dialect.final_line_end { dialect.line_end } else { "" });
    text.into_bytes()
}

fn week(i: i64) -> Moment {
    Moment::from_seconds(Moment::ymd(2020, 1, 5).unwrap().seconds() + i * 7 * DAY)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_was_written_is_read(dialect in dialects(), (names, rows) in tables()) {
        prop_assume!(rows.iter().flatten().flatten().next().is_some());
        // A column without any number is not known to hold numbers.
        prop_assume!((0..names.len()).all(|column| rows.iter().any(|row| row[column].is_some())));
        let bytes = written(&dialect, &names, &rows);
        let (dataset, report) = read("f.csv", &bytes, &Columns::default())
            .map_err(|report| TestCaseError::fail(report.to_string()))?;
        prop_assert!(report.is_empty(), "{report}");
        prop_assert_eq!(&dataset.subjects, &names);
        prop_assert_eq!(dataset.facts.delimiter, Some(dialect.delimiter));
        let read: Vec<(usize, Moment, Reading)> =
            dataset.observations.iter().map(|o| (o.subject, o.time.unwrap(), o.value)).collect();
        let value = |n: Option<i32>| n.map_or(Reading::Missing, |n| Reading::Number(f64::from(n) / 100.0));
        let row = |(i, row): (i64, &Vec<Option<i32>>)| {
            row.iter().enumerate().map(|(s, n)| (s, week(i), value(*n))).collect::<Vec<_>>()
        };
        prop_assert_eq!(read, (0..).zip(&rows).flat_map(row).collect::<Vec<_>>());
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("f.csv", &bytes, &Columns::default());
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "([a-c<%é, ;\t|\"\n\r0-9.:()/T-]|20[0-9]{2}-0[1-9]|,|\n){0,120}") {
        if let Ok((dataset, _)) = read("f.csv", text.as_bytes(), &Columns::default()) {
            for o in &dataset.observations {
                prop_assert!(o.subject < dataset.subjects.len() && o.measure < dataset.measures.len());
                prop_assert!(o.group.is_none_or(|g| g < dataset.groups.len()) && o.kind < dataset.kinds.len());
                prop_assert!(!matches!(o.value, Reading::Number(n) | Reading::Below(n) if !n.is_finite()));
            }
        }
    }
}
