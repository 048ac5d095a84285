//! Tables written at random are read back as they were, and nothing makes the reader panic.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use popchart::data::{Columns, Value, read};
use popchart::time::moment::{DAY, Moment};
use proptest::prelude::*;

use crate::read_keys::reads_itself;

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
        // A column without any number is not known to hold numbers, so the first row is full.
        let filled = rows.prop_map(|mut rows: Vec<Vec<Option<i32>>>| {
            rows.iter_mut().take(1).flatten().for_each(|value| *value = Some(value.unwrap_or(0)));
            rows
        });
        (named, filled)
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
        let bytes = written(&dialect, &names, &rows);
        let (dataset, report) = read("f.csv", &bytes, &Columns::default())
            .map_err(|report| TestCaseError::fail(report.to_string()))?;
        prop_assert!(report.is_empty(), "{report}");
        // A line break in a header is a blank.
        let lines = |name: &String| {
            let lines = name.split(['\n', '\r']).map(str::trim).filter(|line| !line.is_empty());
            lines.collect::<Vec<_>>().join(" ")
        };
        prop_assert_eq!(&dataset.subjects, &names.iter().map(lines).collect::<Vec<_>>());
        prop_assert_eq!(dataset.facts.delimiter, Some(dialect.delimiter));
        let read: Vec<(usize, Moment, Value)> =
            dataset.observations.iter().map(|o| (o.subject, o.time.unwrap(), o.value)).collect();
        let value = |n: Option<i32>| n.map_or(Value::Missing, |n| Value::Number(f64::from(n) / 100.0));
        let row = |(i, row): (i64, &Vec<Option<i32>>)| {
            row.iter().enumerate().map(|(s, n)| (s, week(i), value(*n))).collect::<Vec<_>>()
        };
        prop_assert_eq!(read, (0..).zip(&rows).flat_map(row).collect::<Vec<_>>());
    }

    #[test]
    fn a_long_table_is_read_whatever_the_order_of_its_columns(
        dialect in dialects(),
        order in Just(vec![0, 1, 2, 3, 4]).prop_shuffle(),
        counts in prop::collection::vec(prop::collection::vec(prop::option::of(0..1_000_000), 2), 12..40),
    ) {
        let subjects = ["Alpha", "Beta; the \"second\"", "Gamma"];
        let titles = ["week", "framework", "portal", "stars", "forks"];
        let mut counts = counts;
        counts[0] = vec![Some(1), Some(2)];
        let cells = |(i, counts): (usize, &Vec<Option<i32>>)| {
            let number = |n: &Option<i32>| n.map_or(String::new(), |n| n.to_string());
            let portal = ["Board A", "Board B"][i / 3 % 2].to_owned();
            let week = week(i64::try_from(i / 6).unwrap()).to_string();
            [week, subjects[i % 3].to_owned(), portal, number(&counts[0]), number(&counts[1])]
        };
        let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
        let line = |cells: [String; 5]| {
            order.iter().map(|&at| quoted(&cells[at])).collect::<Vec<_>>().join(&dialect.delimiter.to_string())
        };
        let header = line(titles.map(String::from));
        let body = counts.iter().enumerate().map(cells).map(line);
        let text = std::iter::once(header).chain(body).collect::<Vec<_>>().join(dialect.line_end);
        let (dataset, report) = read("f.csv", text.as_bytes(), &Columns::default())
            .map_err(|report| TestCaseError::fail(report.to_string()))?;
        prop_assert!(report.is_empty(), "{report}");
        prop_assert_eq!(dataset.observations.len(), counts.len() * 2);
        for o in &dataset.observations {
            let row = usize::try_from(o.line.number).unwrap() - 2;
            let (name, measure) = (&dataset.subjects[o.subject], &dataset.measures[o.measure].name);
            prop_assert_eq!(name, subjects[row % 3]);
            prop_assert_eq!(&dataset.groups[o.group.unwrap()], ["Board A", "Board B"][row / 3 % 2]);
            prop_assert_eq!(o.time.unwrap(), week(i64::try_from(row / 6).unwrap()));
            let count = counts[row][usize::from(measure == "forks")];
            let value = count.map_or(Value::Missing, |n| Value::Number(f64::from(n)));
            prop_assert_eq!(o.value, value);
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = read("f.csv", &bytes, &Columns::default());
    }

    #[test]
    fn no_change_to_a_real_file_makes_the_reader_panic(
        file in any::<prop::sample::Index>(),
        changes in prop::collection::vec((any::<prop::sample::Index>(), 0..5, any::<u8>()), 1..12),
    ) {
        let folder = format!("{}/tests/fixtures/data", env!("CARGO_MANIFEST_DIR"));
        let mut paths: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        let name = |path: &std::path::Path| path.file_name().unwrap().to_str().unwrap().to_owned();
        let mut files: Vec<_> = paths.iter().map(|path| (name(path), std::fs::read(path).unwrap())).collect();
        files.extend(crate::layouts::files());
        let (name, mut bytes) = file.get(&files).clone();
        for (place, change, byte) in changes {
            let at = place.index(bytes.len().max(1));
            match change {
                0 if at < bytes.len() => bytes[at] = byte,
                1 if at < bytes.len() => drop(bytes.remove(at)),
                2 => bytes.insert(at, b",;\n\"\r%<- .0"[usize::from(byte) % 11]),
                3 => bytes.truncate(at.max(20)),
                _ => bytes.extend_from_within(at.saturating_sub(30)..at),
            }
        }
        if let Ok((dataset, _)) = read(&name, &bytes, &Columns::default()) {
            prop_assert!(!dataset.observations.is_empty() && dataset.observations.len() <= bytes.len() * 400);
            if let Err(told) = reads_itself(&name, &bytes, &dataset) {
                prop_assert!(false, "{}\n{}", told, String::from_utf8_lossy(&bytes));
            }
        }
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "([a-c<%é, ;\t|\"\n\r0-9.:()/T-]|20[0-9]{2}-0[1-9]|,|\n){0,120}") {
        if let Ok((dataset, _)) = read("f.csv", text.as_bytes(), &Columns::default()) {
            for o in &dataset.observations {
                prop_assert!(o.subject < dataset.subjects.len() && o.measure < dataset.measures.len());
                prop_assert!(o.group.is_none_or(|g| g < dataset.groups.len()) && o.kind < dataset.kinds.len());
                prop_assert!(!matches!(o.value, Value::Number(n) | Value::Below(n) if !n.is_finite()));
            }
        }
    }
}
