//! Layouts of files as sources really write them, with made-up values, and the right reading of each: the rows of
//! `tests/fixtures/layouts/`, a file a kind of source. A layout more is a row more.
//!
//! A row has a `name`, the name of the `file`, and its content, `bytes` (in another `encoding` where that is said), or
//! else the file of that name in `tests/fixtures/data`. What is read of it is compared in full but for `values`, of
//! which all must be among those read.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use popchart::data::{Columns, Dataset, Unit, known_formats, read};
use popchart::diag::Report;
use serde::Deserialize;

use crate::read::rows;

/// The rows of a file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    layout: Vec<Layout>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Layout {
    name: String,
    file: String,
    bytes: Option<String>,
    encoding: Option<String>,
    /// What is told instead: all of it, or its beginning without hints, which others hold.
    error: Option<String>,
    #[serde(flatten)]
    reading: Reading,
}

/// What is read of a file.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
struct Reading {
    format: String,
    subjects: Vec<String>,
    groups: Vec<String>,
    /// `name: basis, unit`.
    measures: Vec<String>,
    first: String,
    last: String,
    step: String,
    partial: String,
    region: String,
    span: String,
    values: Vec<String>,
    notes: Vec<String>,
    warnings: Vec<String>,
}

impl Reading {
    fn of(dataset: &Dataset, report: &Report, wanted: &[String]) -> Reading {
        let facts = &dataset.facts;
        let unit = |unit: Option<Unit>| unit.map_or("unknown", Unit::name);
        let measure =
            |m: &popchart::data::Measure| format!("{}: {}, {}", m.name, m.basis.name(), unit(m.unit));
        let all = rows(dataset);
        let found: Vec<String> = wanted.iter().filter(|row| all.contains(row)).cloned().collect();
        Reading {
            format: facts.format.name.into(),
            subjects: dataset.subjects.clone(),
            groups: dataset.groups.clone(),
            measures: dataset.measures.iter().map(measure).collect(),
            first: facts.first.map(|time| time.to_string()).unwrap_or_default(),
            last: facts.last.map(|time| time.to_string()).unwrap_or_default(),
            step: facts.step.map(|step| step.name().to_string()).unwrap_or_default(),
            partial: if facts.first.is_some() { facts.last_period.name().into() } else { String::new() },
            region: facts.region.clone().unwrap_or_default(),
            span: facts.span.clone().unwrap_or_default(),
            values: if wanted.is_empty() || found.len() < wanted.len() { all } else { found },
            notes: facts.notes.clone(),
            warnings: report.diagnostics.iter().map(|warning| warning.message.clone()).collect(),
        }
    }

    /// As a row has it.
    fn shown(&self) -> String {
        let texts = |key: &str, text: &str| match text {
            "" => String::new(),
            text => format!("{key} = {text:?}\n"),
        };
        let lists = |key: &str, list: &[String]| match list {
            [] => String::new(),
            list => format!("{key} = {list:?}\n"),
        };
        [
            texts("format", &self.format),
            lists("subjects", &self.subjects),
            lists("groups", &self.groups),
            lists("measures", &self.measures),
            texts("first", &self.first),
            texts("last", &self.last),
            texts("step", &self.step),
            texts("partial", &self.partial),
            texts("region", &self.region),
            texts("span", &self.span),
            lists("values", &self.values),
            lists("notes", &self.notes),
            lists("warnings", &self.warnings),
        ]
        .concat()
    }
}

fn layouts() -> Vec<(String, Layout)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/layouts");
    let paths = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<_> = paths.filter(|path| path.extension().is_some_and(|end| end == "toml")).collect();
    files.sort();
    let mut all = Vec::new();
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let file: File = toml::from_str(&fs::read_to_string(&path).unwrap())
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        all.extend(file.layout.into_iter().map(|layout| (name.clone(), layout)));
    }
    all
}

fn bytes(layout: &Layout) -> Vec<u8> {
    let Some(text) = &layout.bytes else {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data");
        return fs::read(folder.join(&layout.file)).unwrap();
    };
    match layout.encoding.as_deref() {
        None => text.clone().into_bytes(),
        Some("latin-1") => text.chars().map(|c| u8::try_from(u32::from(c)).unwrap()).collect(),
        Some("utf-16le") => {
            let marked = format!("\u{feff}{text}");
            marked.encode_utf16().flat_map(u16::to_le_bytes).collect()
        }
        Some(other) => panic!("unknown encoding {other}"),
    }
}

/// What is read, or told instead.
fn reading(layout: &Layout) -> Result<Reading, String> {
    match read(&layout.file, &bytes(layout), &Columns::default()) {
        Ok((dataset, report)) => {
            crate::read_keys::holds(&layout.file, &bytes(layout), &dataset);
            Ok(Reading::of(&dataset, &report, &layout.reading.values))
        }
        Err(report) => Err(crate::read::without_lines(&report.to_string())),
    }
}

#[test]
fn every_layout_is_read_as_its_row_says() {
    let mut faults = Vec::new();
    let all = layouts();
    for (file, layout) in &all {
        let fault = match (reading(layout), &layout.error) {
            (Ok(found), None) if found == layout.reading => continue,
            (Err(told), Some(error)) if begins(told.as_str(), error.trim_end()) => continue,
            (Ok(found), _) => found.shown(),
            (Err(told), _) => format!("error = '''\n{told}'''\n"),
        };
        faults.push(format!("# {file}: {}\n{fault}", layout.name));
    }
    assert!(faults.is_empty(), "{} of {} layouts:\n\n{}", faults.len(), all.len(), faults.join("\n"));
}

/// Whether a text begins with whole lines of another.
fn begins(text: &str, lines: &str) -> bool {
    text.strip_prefix(lines).is_some_and(|rest| rest.is_empty() || rest.starts_with('\n'))
}

/// The rows whose bytes are one value of JSON, with it.
fn answers() -> Vec<(Layout, serde_json::Value)> {
    let value = |layout: &Layout| serde_json::from_str(layout.bytes.as_deref()?).ok();
    layouts()
        .into_iter()
        .filter_map(|(_, layout)| Some((value(&layout)?, layout)))
        .map(|(v, l)| (l, v))
        .collect()
}

#[test]
fn blanks_between_values_of_json_change_nothing_that_is_read() {
    let answers = answers();
    assert!(answers.len() > 30);
    for (layout, value) in answers {
        let mut found = Vec::new();
        for text in [serde_json::to_string(&value).unwrap(), serde_json::to_string_pretty(&value).unwrap()] {
            let read = read(&layout.file, text.as_bytes(), &Columns::default());
            found.push(read.map(|(dataset, report)| Reading::of(&dataset, &report, &[])).ok());
        }
        assert_eq!(found[0], found[1], "{}", layout.name);
        assert_eq!(found[0].is_none(), layout.error.is_some(), "{}", layout.name);
    }
}

#[test]
fn observations_of_json_stand_on_lines_of_their_records() {
    for (layout, value) in answers() {
        let text = serde_json::to_string_pretty(&value).unwrap();
        let Ok((dataset, _)) = read(&layout.file, text.as_bytes(), &Columns::default()) else { continue };
        let lines: Vec<&str> = text.lines().collect();
        for o in &dataset.observations {
            let line = lines[usize::try_from(o.line.number).unwrap() - 1].trim_start();
            let begins = line.ends_with(['{', '['])
                || line.starts_with(['"', '-'])
                || line.starts_with(char::is_numeric);
            assert!(begins, "{}: line {}: {line}", layout.name, o.line.number);
        }
    }
}

/// A file for each row.
pub(crate) fn files() -> Vec<(String, Vec<u8>)> {
    layouts().into_iter().map(|(_, layout)| (layout.file.clone(), bytes(&layout))).collect()
}

#[test]
fn every_layout_has_a_name_of_its_own() {
    let all = layouts();
    let names: BTreeSet<(&str, &str)> =
        all.iter().map(|(file, layout)| (file.as_str(), layout.name.as_str())).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn every_known_format_has_a_file_that_is_recognised_as_it() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/data");
    let mut found: BTreeSet<String> =
        layouts().into_iter().map(|(_, layout)| layout.reading.format).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if let Ok((dataset, _)) = read(&name, &fs::read(&path).unwrap(), &Columns::default()) {
            found.insert(dataset.facts.format.name.to_owned());
        }
    }
    let known = known_formats();
    let without: Vec<&str> =
        known.iter().map(|format| format.name).filter(|name| !found.contains(*name)).collect();
    assert!(without.is_empty(), "no fixture is read as {without:?}");
    for format in known {
        let said = [format.files, format.obtained, format.numbers];
        assert!(!said.contains(&""), "{}", format.name);
    }
}
