//! Large tables: one value for each date and series, the same whatever reads them, and pictures that stay small.

use std::fmt::Write as _;
use std::fs;

use popchart::data::{Aggregate, Columns, Value, read_file};

use crate::project::Project;

const DAYS: u32 = 1600;
const SERIES: u32 = 10;
const ROWS: u32 = 14;

const MANIFEST: &str = r#"
[output]
formats = ["svg", "csv"]

[datasets.big]
path = "data/big.csv"
source = "nobody"
retrieved = 2026-08-22
aggregate = "mean"

[figures.big]
dataset = "big"
chart = "line"
title = "Ten series"
claims = ["s9 > s0"]
"#;

fn date(day: u32) -> String {
    format!("{}-{:02}-{:02}", 2015 + day / 336, day / 28 % 12 + 1, day % 28 + 1)
}

/// Some 5 MB: rows whose mean is `series * 10 + day % 7`, exactly.
fn table() -> String {
    let mut text = "date,series,value\n".to_owned();
    for day in 0..DAYS {
        for row in 0..ROWS {
            for series in 0..SERIES {
                let value = f64::from(series * 10 + day % 7) + (f64::from(row) - 6.5) / 10.0;
                writeln!(text, "{},s{series},{value:.2}", date(day)).unwrap();
            }
        }
    }
    text
}

fn project() -> (Project, String) {
    let project = Project::new();
    let text = table();
    assert!(text.len() > 4 << 20, "large enough to be read in chunks");
    project.write("popchart.toml", MANIFEST);
    project.write("data/big.csv", &text);
    (project, text)
}

#[test]
fn a_large_table_is_grouped_and_its_picture_stays_small() {
    let (project, _) = project();
    let ran = project.run("render --jobs 1");
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let charts = project.charts();
    let svg = String::from_utf8(charts["big.svg"].clone()).unwrap();
    assert!(svg.len() < 200_000, "{} bytes", svg.len());
    assert!(svg.contains("Drawn from 16,000 values, thinned to the extremes of every 2 pixels."));
    assert!(svg.contains(",\"thinned\":16000,\"artifact\":"), "the record says so, too");
    let csv = String::from_utf8(charts["big.csv"].clone()).unwrap();
    assert_eq!(csv.lines().count(), 1601);
    assert_eq!(csv.lines().nth(1), Some("2015-01-01,0,10,20,30,40,50,60,70,80,90"));
    assert_eq!(csv.lines().nth(1600), Some("2019-10-04,3,13,23,33,43,53,63,73,83,93"));
    let page = String::from_utf8(charts["big.md"].clone()).unwrap();
    assert_eq!(page.lines().filter(|line| line.starts_with("| 20")).count(), 200);
    assert!(page.contains("| … | … | … | … | … | … | … | … | … | … | … |\n"));
    assert!(page.contains("\n1400 rows are left out here; `formats = [\"csv\"]` writes all 1600.\n"));
    fs::remove_dir_all(project.path("charts")).unwrap();
    assert_eq!(project.run("render --jobs 5").err, "");
    assert_eq!(project.charts(), charts);
}

#[test]
fn a_fault_in_a_large_table_has_its_place() {
    let (project, text) = project();
    let lines: Vec<&str> = text.lines().collect();
    let mut faulty = lines.clone();
    let changed = faulty[150_000].rsplit_once(',').unwrap().0.to_owned() + ",many";
    faulty[150_000] = &changed;
    project.write("data/big.csv", &(faulty.join("\n") + "\n"));
    let path = project.path("data/big.csv");
    let read = |how| read_file(&path, "big.csv", &Columns::default(), how).unwrap();
    let report = read(Aggregate::Mean).unwrap_err();
    assert_eq!(
        report.to_string(),
        "\
error[not-a-number]: expected a number, found \"many\"
      --> big.csv:150001:15 (column `value`)
       |
150001 | 2018-03-08,s9,many
       |               ^^^^
hint: correct the cell, leave it empty to draw a gap, or leave its row out with `leave_out` (`--leave-out`)
"
    );
}

#[test]
fn small_tables_are_grouped_alike() {
    let project = Project::new();
    project.write(
        "data/small.csv",
        "date,name,n\n2020-02,a,1\n2020-01,a,2\n2020-02,a,4\n2020-02,b,\n2020-02,b,3\n",
    );
    let path = project.path("data/small.csv");
    let read = |how| read_file(&path, "small.csv", &Columns::default(), how).unwrap().unwrap();
    for (how, values) in [
        (Aggregate::Mean, [Value::Number(2.0), Value::Number(2.5), Value::Number(3.0)]),
        (Aggregate::Sum, [Value::Number(2.0), Value::Number(5.0), Value::Missing]),
        (Aggregate::Last, [Value::Number(2.0), Value::Number(4.0), Value::Number(3.0)]),
    ] {
        let (dataset, report) = read(how);
        assert!(report.is_empty(), "{report}");
        let found: Vec<(u32, Value)> =
            dataset.observations.iter().map(|o| (o.line.number, o.value)).collect();
        assert_eq!(found, [3, 2, 5].into_iter().zip(values).collect::<Vec<_>>());
    }
    let note = "Grouped 5 rows to 3 values, one for each date and series: their sum.";
    assert_eq!(read(Aggregate::Sum).0.facts.notes, [note]);
}

#[test]
fn a_missing_file_is_told_as_always() {
    let (project, _) = project();
    fs::remove_file(project.path("data/big.csv")).unwrap();
    let ran = project.run("render");
    assert!(
        ran.err.contains(
            "error[unreadable-file]: dataset `big`: failed to read `data/big.csv`: no such file\n --> popchart.toml:6:8\n"
        ),
        "{}",
        ran.err
    );
}
