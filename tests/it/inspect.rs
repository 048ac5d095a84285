//! `popchart inspect`: what it says of files, for people and for programs.

use std::io::Write as _;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::project::Ran;

/// The program, run in the project's root with something on standard input.
pub(crate) fn run(words: &str, input: &[u8]) -> Ran {
    let mut child = Command::new(env!("CARGO_BIN_EXE_popchart"))
        .args(words.split_whitespace())
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A program that reads no input may be gone before it is written.
    let _ = child.stdin.take().unwrap().write_all(input);
    Ran::of(child.wait_with_output().unwrap())
}

/// The objects of a run in JSON, one a line.
fn objects(ran: &Ran) -> Vec<Value> {
    ran.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn one(file: &str) -> Value {
    let ran = run(&format!("inspect --format json {file}"), b"");
    assert_eq!((ran.code, ran.err.as_str(), ran.out.lines().count()), (0, "", 1), "{file}: {}", ran.out);
    objects(&ran).remove(0)
}

fn names(found: &Value) -> Vec<&str> {
    found["series"].as_array().unwrap().iter().map(|s| s["name"].as_str().unwrap()).collect()
}

const TRENDS: &str = "\
datasets/google-trends.csv
  format       google-trends
  encoding     UTF-8, lines end in LF
  delimiter    comma
  preamble     2 lines
  header       line 3
  shape        wide: a column for each subject
  region       United States
  dates        2017-01-29 to 2020-01-26, 157 of them
  step         week
  order        oldest first
  last period  possibly incomplete: the file does not say when it was made
  values       314 in 2 series, 0 below one, 0 missing
  duplicates   none
  series        points  missing  below one  gaps  min  max
    TensorFlow     157        0          0     0   36   99
    PyTorch        157        0          0     0    2   56
  notes
    Skipped 2 lines above the table: \"Category: All categories\".
";

const TIDY: &str = "\
tests/fixtures/data/tidy.csv
  format       csv
  encoding     UTF-8, lines end in LF
  delimiter    comma
  preamble     none
  header       line 1
  shape        long: a row for each observation
  dates        2020-01-31 to 2020-02-29, 2 of them
  step         month
  order        oldest first
  last period  taken as complete: nothing in the file says otherwise
  values       6 in 4 series, 0 below one, 2 missing
  duplicates   none
  measures     `stars`, `forks`
  series          points  missing  below one  gaps  min  max
    Alpha, stars       2        0          0     0   10   11
    Alpha, forks       1        1          0     0    1    1
    Beta, stars        1        1          0     0   20   20
    Beta, forks        2        0          0     0    2    3
";

#[test]
fn people_read_lines_with_an_empty_one_between_files() {
    let ran = run("inspect datasets/google-trends.csv tests/fixtures/data/tidy.csv", b"");
    assert_eq!(ran.fine(), format!("{TRENDS}\n{TIDY}"));
}

#[test]
fn programs_read_one_object_a_line() {
    let found = one("tests/fixtures/data/trends-classic.csv");
    let expected = json!({
        "file": "tests/fixtures/data/trends-classic.csv",
        "format": "google-trends",
        "encoding": "UTF-8",
        "line_ends": "LF",
        "delimiter": ",",
        "preamble_lines": 2,
        "header_line": 3,
        "shape": "wide",
        "region": "United States",
        "span": null,
        "percent": false,
        "step": "week",
        "first": "2020-01-05",
        "last": "2020-01-26",
        "dates": 4,
        "order": "ascending",
        "partial_last": "possible",
        "partial_last_because": "the file does not say when it was made",
        "observations": 12,
        "duplicates": 0,
        "subjects": ["alphaflow", "beta, the torch", "gamma: core"],
        "measures": ["value"],
        "bases": ["index"],
        "units": ["index"],
        "groups": [],
        "series": [
            {"name": "alphaflow", "points": 4, "missing": 0, "below_one": 0, "gaps": 0, "min": 51.0, "max": 100.0},
            {"name": "beta, the torch", "points": 4, "missing": 0, "below_one": 1, "gaps": 0, "min": 2.0, "max": 4.0},
            {"name": "gamma: core", "points": 4, "missing": 0, "below_one": 1, "gaps": 0, "min": 0.0, "max": 2.0}
        ],
        "roles": [
            {"role": "date", "columns": ["Week"], "because": ["it holds dates", "its title says so"], "others": []},
            {"role": "values", "columns": ["alphaflow", "beta, the torch", "gamma: core"],
                "because": ["each holds numbers"], "others": []},
            {"role": "subject", "columns": [], "because": ["its source has a column for each"], "others": []}
        ],
        "notes": ["Skipped 2 lines above the table: \"Category: All categories\"."],
        "sha256": found["sha256"]
    });
    assert_eq!(found, expected);
    assert_eq!(found["sha256"].as_str().unwrap().len(), 64);
}

#[test]
fn series_are_called_by_what_tells_them_apart() {
    assert_eq!(names(&one("datasets/google-trends.csv")), ["TensorFlow", "PyTorch"]);
    assert_eq!(names(&one("datasets/pypi-downloads.csv")).len(), 3);
    assert_eq!(
        names(&one("tests/fixtures/data/listings.csv")),
        ["Board A: Alpha", "Board A: Beta", "Board B: Alpha", "Board B: Beta"]
    );
    assert_eq!(
        names(&one("datasets/github-history.csv"))[..3],
        ["Keras, stars", "Keras, forks", "TensorFlow, stars"]
    );
    // Terms of several regions keep what tells them apart.
    assert_eq!(
        names(&one("tests/fixtures/data/trends-regions.csv")),
        ["alphaflow: (Germany)", "alphaflow: (Austria)"]
    );
}

#[test]
fn how_bytes_are_written_is_told() {
    let cell = |file: &str, keys: [&str; 3]| {
        keys.map(|key| one(&format!("tests/fixtures/data/{file}"))[key].clone())
    };
    let keys = ["encoding", "line_ends", "delimiter"];
    assert_eq!(cell("decimal-comma-1252.csv", keys), ["windows-1252", "CRLF", ";"]);
    assert_eq!(cell("excel-unicode.txt", keys), ["UTF-16LE", "CRLF", "\t"]);
    assert_eq!(
        cell("cr-only.csv", ["line_ends", "preamble_lines", "header_line"]),
        [json!("CR"), json!(4), json!(5)]
    );
}

#[test]
fn a_map_is_told_with_the_time_it_is_of() {
    let map = "tests/fixtures/data/geo-map.csv";
    let found = one(map);
    assert_eq!([&found["span"], &found["percent"]], [&json!("1/1/04 - 12/15/17"), &json!(true)]);
    let text = run(&format!("inspect {map}"), b"").out;
    assert!(text.contains("  dates        none; all values are of 1/1/04 - 12/15/17\n"), "{text}");
    assert!(text.contains("  values       4 in 6 series, 1 below one, 2 missing, in per cent\n"), "{text}");
}

#[test]
fn the_last_period_is_judged_with_a_reason() {
    let judged = |file: &str| {
        let found = one(file);
        [found["partial_last"].clone(), found["partial_last_because"].clone()]
    };
    assert_eq!(
        judged("tests/fixtures/data/time_series_US_20251201-0800_20260320-0337.csv"),
        ["yes", "the file's name says that it was made within it"]
    );
    assert_eq!(judged("tests/fixtures/data/pytrends.csv"), ["yes", "column `isPartial` says so"]);
    assert_eq!(judged("datasets/github-history.csv"), ["no", "nothing in the file says otherwise"]);
}

#[test]
fn faults_of_rows_are_counted_and_noted() {
    let rows =
        "day,name,stars\n03/02/2020,a,1\n02/02/2020,a,2\n02/02/2020,a,3\n06/02/2020,a,\n07/02/2020,a,<1\n";
    let ran = run("inspect --format json -", rows.as_bytes());
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    let found = objects(&ran).remove(0);
    assert_eq!(found["file"], "-");
    assert_eq!((&found["order"], &found["duplicates"]), (&json!("unsorted"), &json!(1)));
    let series = json!([
        {"name": "a", "points": 4, "missing": 1, "below_one": 1, "gaps": found["series"][0]["gaps"], "min": 1.0, "max": 3.0}
    ]);
    assert_eq!(found["series"], series);
    let notes: Vec<&str> = found["notes"].as_array().unwrap().iter().map(|n| n.as_str().unwrap()).collect();
    assert!(
        notes.iter().any(|n| n.starts_with("No date of column `day` tells day and month apart")),
        "{notes:?}"
    );
    assert!(notes.iter().any(|n| n.starts_with("Line 3: the rows are not in order of time")), "{notes:?}");
    assert!(notes.iter().any(|n| n.contains("stands in the file a second time")), "{notes:?}");
}

#[test]
fn steps_come_from_dates_and_not_from_words() {
    let step = |rows: &str| {
        let ran = run("inspect --format json -", rows.as_bytes());
        objects(&ran).remove(0)["step"].clone()
    };
    let minutes = "Week,a\n2020-01-01T00:00,1\n2020-01-01T00:08,2\n2020-01-01T00:16,3\n";
    assert_eq!(step(minutes), "8m");
    assert_eq!(step("Day,a\n2020-01-01,1\n2020-02-01,2\n2020-03-01,3\n"), "month");
    assert_eq!(step("Day,a\n2020-01-01,1\n2020-01-04,2\n2021-03-01,3\n2021-03-02,3\n"), "irregular");
    assert_eq!(step("Day,a\n2020-01-01,1\n"), Value::Null);
    assert_eq!(step("name,stars\na,1\nb,2\n"), Value::Null);
}

#[test]
fn a_refused_file_has_its_line_and_the_others_are_told() {
    let words = "datasets/framework-facts.csv datasets/google-trend.csv tests/fixtures/data/tidy.csv";
    let ran = run(&format!("inspect --format json {words} - -"), b"\"a\n");
    assert_eq!((ran.code, ran.err.as_str()), (2, ""));
    let found = objects(&ran);
    let told = |index: usize| [&found[index]["file"], &found[index]["error"], &found[index]["hint"]];
    assert_eq!(told(0)[1], "expected at least one column of numbers, found none");
    assert_eq!(
        told(1),
        [
            &json!("datasets/google-trend.csv"),
            &json!("failed to read: no such file"),
            &json!("did you mean `google-trends.csv`?")
        ]
    );
    assert_eq!(found[2]["series"].as_array().unwrap().len(), 4);
    assert!(found[3]["error"].is_string(), "{}", found[3]);
    assert_eq!(told(4), [&json!("-"), &json!("cannot read standard input twice"), &json!("name `-` once")]);

    let ran = run(&format!("inspect {words}"), b"");
    assert_eq!(ran.code, 2);
    assert_eq!(ran.out, TIDY);
    assert_eq!(
        ran.err,
        "error[no-numbers]: expected at least one column of numbers, found none\n  --> datasets/framework-facts.csv\n\
         hint: a table of words is drawn with `values_are = \"words\"` (`--values-are words`), or choose a file that counts something\n\
         hint: if it counts, say with `header` (`--header`) where its columns are named, and with `values` which count\n\n\
         error[unreadable-file]: failed to read: no such file\n  --> datasets/google-trend.csv\n\
         hint: did you mean `google-trends.csv`?\n"
    );
    assert_eq!(run("inspect", b"").code, 2);
}

#[test]
fn names_cannot_drive_the_terminal() {
    let rows = "name,stars\n\"\u{1b}[2J\u{202e}a\",1\nb,2\n";
    let shown = run("inspect -", rows.as_bytes()).fine();
    assert!(shown.contains("    \\u{1b}[2J\\u{202e}a "), "{shown}");
    assert!(!shown.contains(['\u{1b}', '\u{202e}']), "{shown:?}");
    let exact = run("inspect --format json -", rows.as_bytes());
    assert_eq!(names(&objects(&exact)[0]), ["\u{1b}[2J\u{202e}a", "b"], "programs get the name itself");
}
