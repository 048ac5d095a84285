//! Which files a dataset is made of, and how they become one: `path`, `files` and what goes with them.
//!
//! Files are only named here; whether they exist is not known.

use std::collections::BTreeSet;

use toml::de::DeValue;

use crate::diag::{self, Place, quoted};
use crate::manifest::table::{Reader, Table, Text};
use crate::spec::{FileSpec, NamesFrom};

const NAMES_FROM: [(&str, NamesFrom); 2] = [("column", NamesFrom::Column), ("file", NamesFrom::File)];

/// What a dataset says of its files.
pub(super) struct Files {
    pub(super) named: Vec<FileSpec>,
    pub(super) pattern: Option<(String, Place)>,
    pub(super) names_from: NamesFrom,
    pub(super) anchor: Option<String>,
    pub(super) below_one: f64,
}

/// Reads it; `None` where it cannot be told which files are meant.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<Files> {
    if table.has("path") && table.has("files") {
        let hint = "keep the one that names the data";
        reader.error_with_hint("two-keys", table.key_span("files"), "`files` stands beside `path`", hint);
    }
    let (mut named, mut pattern) = (Some(Vec::new()), None);
    match table.get("files").map(|value| value.get_ref()) {
        None => named = reader.required(table, "path").map(|path| vec![file(path.value, None)]),
        Some(DeValue::Table(_)) => named = with_names(reader, table),
        Some(DeValue::String(_)) => {
            pattern = reader.string(table, "files").and_then(|text| checked(reader, text));
            named = named.filter(|_| pattern.is_some());
        }
        Some(_) => named = listed(reader, table),
    }
    let names_from = reader.word(table, "names_from", &NAMES_FROM);
    let are_named = named.iter().flatten().any(|file| file.name.is_some());
    if are_named && table.has("names_from") {
        let message = "`names_from` stands beside the names in `files`";
        let hint = "leave it out, or make `files` an array";
        reader.error_with_hint("two-keys", table.key_span("names_from"), message, hint);
    }
    let anchor = reader.string(table, "anchor").map(|text| text.value);
    if table.has("anchor") && !table.has("files") {
        let hint = "name all exports in `files`, or leave `anchor` out";
        reader.error_with_hint("needs-another-key", table.key_span("anchor"), "`anchor` needs `files`", hint);
    }
    let below_one = reader.number_in(table, "below_one", &[0.5, 0.0]);
    if table.has("below_one") && !table.has("anchor") {
        let hint = "set it in the figure that draws the values";
        let message = "`below_one` of a dataset needs `anchor`";
        reader.error_with_hint("needs-another-key", table.key_span("below_one"), message, hint);
    }
    let names_from = names_from.unwrap_or(NamesFrom::Column);
    Some(Files { named: named?, pattern, names_from, anchor, below_one: below_one.unwrap_or(0.5) })
}

fn file(path: String, name: Option<String>) -> FileSpec {
    FileSpec { path, name }
}

/// `files = ["a.csv", "b.csv"]`.
fn listed(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<Vec<FileSpec>> {
    if !matches!(table.get("files")?.get_ref(), DeValue::Array(_)) {
        reader.expected("files", "a pattern, an array or a table", table.get("files")?);
        return None;
    }
    let mut known = BTreeSet::new();
    let mut files = Vec::new();
    for text in reader.strings(table, "files")? {
        if is_pattern(&text.value) {
            let message = format!("`files`: expected a file, found the pattern {}", quoted(&text.value));
            let hint = "write a pattern alone, without brackets: `files = \"data/*.csv\"`";
            reader.push(diag::error("wrong-value", message).at(text.anchor.place()).hint(hint));
        } else if known.insert(text.value.clone()) {
            files.push(file(text.value, None));
        } else {
            let message = format!("`files` names {} twice", quoted(&text.value));
            reader.push(diag::error("named-twice", message).at(text.anchor.place()));
        }
    }
    some_of(reader, table, files)
}

/// `files = { "a.csv" = "Keras" }`.
fn with_names(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<Vec<FileSpec>> {
    let names = reader.open_free(table.get("files")?, table.key_span("files"), "`files`")?;
    let mut files = Vec::new();
    for (path, _, _) in names.in_order() {
        let name = reader.string(&names, path)?;
        files.push(file(path.to_owned(), Some(name.value)));
    }
    some_of(reader, table, files)
}

fn some_of(reader: &mut Reader<'_>, table: &Table<'_, '_>, files: Vec<FileSpec>) -> Option<Vec<FileSpec>> {
    if files.is_empty() {
        reader.error("empty-value", table.key_span("files"), "`files` names no file");
    }
    (!files.is_empty()).then_some(files)
}

/// A pattern that stays below the manifest's folder.
fn checked(reader: &mut Reader<'_>, text: Text) -> Option<(String, Place)> {
    let climbs = text.value.split(['/', '\\']).any(|part| part == "..");
    if climbs || text.value.starts_with(['/', '\\']) || text.value.contains(':') {
        let message = format!("cannot look for {} outside the manifest's folder", quoted(&text.value));
        let hint = "name files elsewhere one by one: `files = [\"../a.csv\", \"../b.csv\"]`";
        reader.push(diag::error("pattern-outside", message).at(text.anchor.place()).hint(hint));
        return None;
    }
    Some((text.value, text.anchor.place()))
}

fn is_pattern(path: &str) -> bool {
    path.contains(['*', '?'])
}
