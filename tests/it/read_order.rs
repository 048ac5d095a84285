//! What a table says does not hang on how it is laid out: its columns and rows may stand in any order, and no value
//! ever moves to another name when headers say nothing.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail by panicking")]

use std::collections::BTreeSet;

use popchart::data::{Columns, Dataset, Value, read};
use popchart::time::moment::{DAY, Moment};
use proptest::prelude::*;

/// A long table: columns with titles, and rows.
#[derive(Debug, Clone)]
struct Table {
    titles: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    fn text(&self) -> String {
        let line = |cells: Vec<String>| {
            cells.iter().map(|cell| format!("\"{cell}\"")).collect::<Vec<_>>().join(",") + "\n"
        };
        let titles = line(self.titles.iter().map(|title| (*title).to_owned()).collect());
        titles + &self.rows.iter().cloned().map(line).collect::<String>()
    }

    fn with_columns(&self, order: &[usize]) -> Table {
        let row = |row: &Vec<String>| order.iter().map(|at| row[*at].clone()).collect();
        Table {
            titles: order.iter().map(|at| self.titles[*at]).collect(),
            rows: self.rows.iter().map(row).collect(),
        }
    }
}

/// Who, when, how much, in no order.
fn said(dataset: &Dataset) -> BTreeSet<String> {
    let said = |o: &popchart::data::Observation| {
        let group = o.group.map_or("", |group| dataset.groups[group].as_str());
        let value = match o.value {
            Value::Number(number) => number.to_string(),
            Value::Below(bound) => format!("<{bound}"),
            Value::Missing => "nothing".into(),
            Value::Word(index) => format!("word {index}"),
        };
        let measure = &dataset.measures[o.measure].name;
        let when = o.time.map(|at| at.to_string()).unwrap_or_default();
        format!("{} {group} {measure} {when} {value}", dataset.subjects[o.subject])
    };
    dataset.observations.iter().map(said).collect()
}

fn opened(table: &Table) -> Result<Dataset, TestCaseError> {
    let read = read("f.csv", table.text().as_bytes(), &Columns::default());
    read.map(|(dataset, _)| dataset)
        .map_err(|report| TestCaseError::fail(format!("{report}\n{}", table.text())))
}

const NAMES: [&str; 5] = ["Alpha", "Beta max", "Gamma", "Delta", "Épsilon"];
const PORTALS: [&str; 3] = ["Board A", "Board B", "Board C"];

fn week(i: usize) -> String {
    let days = i64::try_from(i).unwrap() * 7;
    Moment::from_seconds(Moment::ymd(2020, 1, 5).unwrap().seconds() + days * DAY).to_string()
}

/// Dated rows of subjects, in groups or not, with descriptions of the rows or not.
fn long(numbers: &[u32], weeks: usize, subjects: usize, groups: usize, described: bool) -> Table {
    let mut titles = vec!["week", "framework"];
    titles.extend((groups > 1).then_some("portal"));
    titles.extend(["stars", "forks"]);
    titles.extend(described.then_some(["lat", "lng", "id", "url"]).into_iter().flatten());
    let mut rows = Vec::new();
    for (i, (week_of, (subject, group))) in (0..weeks)
        .flat_map(|w| (0..subjects).flat_map(move |s| (0..groups).map(move |g| (w, (s, g)))))
        .enumerate()
    {
        let number = |at: usize| numbers[(i * 2 + at) % numbers.len()].to_string();
        let mut row = vec![week(week_of), NAMES[subject].to_owned()];
        row.extend((groups > 1).then(|| PORTALS[group].to_owned()));
        row.extend([number(0), number(1)]);
        if described {
            let place = |at: usize| format!("{}.5", (subject * 7 + at) % 80);
            row.extend([place(1), place(2), (1000 + i).to_string(), format!("https://a.example/{subject}")]);
        }
        rows.push(row);
    }
    Table { titles, rows }
}

/// A column for each subject, a row for each date.
fn wide(numbers: &[u32], weeks: usize, subjects: usize) -> Table {
    let titles = std::iter::once("week").chain(NAMES.into_iter().take(subjects)).collect();
    let number = |i: usize| numbers[i % numbers.len()].to_string();
    let row =
        |w: usize| std::iter::once(week(w)).chain((0..subjects).map(|s| number(w * subjects + s))).collect();
    Table { titles, rows: (0..weeks).map(row).collect() }
}

/// Rows of things that are named once, and what else is known of them.
fn snapshot(numbers: &[u32], count: usize) -> Table {
    let titles = vec!["film", "phase", "released", "budget", "tickets"];
    let row = |i: usize| {
        let number = |at: usize| numbers[(i * 2 + at) % numbers.len()].to_string();
        let year = 1990 + numbers[i % numbers.len()] % 30;
        let phase = PORTALS[i % 2].to_owned();
        vec![format!("Film {i}"), phase, year.to_string(), number(0), number(1)]
    };
    Table { titles, rows: (0..count).map(row).collect() }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_columns_and_rows_changes_nothing(
        numbers in prop::collection::vec(3_u32..100_000, 40..60),
        (weeks, subjects, groups) in (3_usize..6, 2_usize..5, 1_usize..4),
        described in any::<bool>(),
        seed in prop::collection::vec(any::<prop::sample::Index>(), 9),
        rows in any::<prop::sample::Index>(),
    ) {
        let long = long(&numbers, weeks, subjects, groups, described);
        for table in [long, wide(&numbers, weeks, subjects), snapshot(&numbers, weeks + 3)] {
            let expected = said(&opened(&table)?);
            let mut order: Vec<usize> = (0..table.titles.len()).collect();
            for (at, index) in seed.iter().enumerate().take(order.len()) {
                order.swap(at, index.index(table.titles.len()));
            }
            let mut shuffled = table.with_columns(&order);
            prop_assert_eq!(&said(&opened(&shuffled)?), &expected, "{}", shuffled.text());
            let middle = rows.index(shuffled.rows.len());
            shuffled.rows.rotate_left(middle);
            shuffled.rows.reverse();
            prop_assert_eq!(&said(&opened(&shuffled)?), &expected, "{}", shuffled.text());
        }
    }

    #[test]
    fn letters_for_headers_move_no_value_to_another_name(
        numbers in prop::collection::vec(3_u32..100_000, 40..60),
        (weeks, subjects, groups) in (3_usize..6, 2_usize..5, 1_usize..3),
        order in Just(vec![0, 1, 2, 3, 4]).prop_shuffle(),
    ) {
        let table = long(&numbers, weeks, subjects, groups, false);
        let order: Vec<usize> = order.into_iter().filter(|at| *at < table.titles.len()).collect();
        let table = table.with_columns(&order);
        let mut letters = table.clone();
        letters.titles = ["qa", "qb", "qc", "qd", "qe"][..table.titles.len()].to_vec();
        let Ok((read, _)) = read("f.csv", letters.text().as_bytes(), &Columns::default()) else { return Ok(()) };
        let at = |title: &str| table.titles.iter().position(|known| *known == title);
        for o in &read.observations {
            // A value is in the row it was read from, beside the name it was given and at its date.
            let row = &table.rows[usize::try_from(o.line.number).unwrap() - 2];
            let name = &read.subjects[o.subject];
            let known = letters.titles.contains(&name.as_str()) || row.contains(name);
            prop_assert!(known, "{name} is not in {row:?}\n{}", letters.text());
            prop_assert!(o.time.is_none_or(|time| row.contains(&time.to_string())), "{}", letters.text());
            prop_assert!(o.group.is_none_or(|group| row.contains(&read.groups[group]) || letters.titles.contains(&read.groups[group].as_str())));
            if let Value::Number(value) = o.value {
                let numbers = ["stars", "forks"].map(|title| row[at(title).unwrap()].clone());
                prop_assert!(numbers.contains(&value.to_string()), "{value}\n{}", letters.text());
            }
        }
    }
}
