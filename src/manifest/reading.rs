//! How a dataset's files are to be read: which column plays which part, and how all is written.
//!
//! Whether a file can be read so is not known here.

use std::collections::BTreeMap;

use toml::de::DeValue;

use crate::data::{
    Basis, Columns, DateOrder, Decimal, Delimiter, Each, Encoding, Header, Unit, ValueColumns, month_named,
};
use crate::diag::Place;
use crate::manifest::table::{Reader, Table, Text};

/// Keys that name columns, and may stand in a table `columns` of their own.
const COLUMNS: [&str; 6] = ["date", "subject", "group", "values", "same", "only"];

/// All keys, for whose faults the data room must know where they stand.
const KEYS: [&str; 17] = [
    "date",
    "subject",
    "group",
    "values",
    "same",
    "only",
    "values_are",
    "leave_out",
    "encoding",
    "sheet",
    "delimiter",
    "header",
    "decimal",
    "dates",
    "year_starts",
    "unit",
    "basis",
];

/// Reads them.
pub(super) fn read(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Option<Columns> {
    let Some(value) = table.get("columns") else {
        let mut columns = columns(reader, table);
        writing(reader, table, &mut columns);
        return Some(columns);
    };
    let inner = reader.open(value, table.key_span("columns"), "`columns`", &COLUMNS)?;
    for twice in COLUMNS.iter().filter(|key| table.has(key)) {
        let message = format!("`{twice}` stands beside `columns`");
        let hint = "move it into `columns`";
        reader.error_with_hint("key-beside-columns", table.key_span(twice), message, hint);
    }
    let mut columns = columns(reader, &inner);
    writing(reader, table, &mut columns);
    Some(columns)
}

fn columns(reader: &mut Reader<'_>, table: &Table<'_, '_>) -> Columns {
    let mut places = BTreeMap::new();
    let mut name = |text: Text| {
        places.insert(text.value.clone(), text.anchor.place());
        text.value
    };
    let date = reader.string(table, "date").map(&mut name);
    let subject = reader.string(table, "subject").map(&mut name);
    let group = reader.string(table, "group").map(&mut name);
    let mut names = |texts: Option<Vec<Text>>| -> Vec<String> {
        texts.unwrap_or_default().into_iter().map(&mut name).collect()
    };
    let values = names(reader.strings(table, "values"));
    let same = names(reader.strings(table, "same"));
    let mut only = Vec::new();
    let start = table.key_span("only");
    let conditions = table.get("only").and_then(|value| reader.open_free(value, start, "`only`"));
    for (column, start, _) in conditions.iter().flat_map(Table::in_order) {
        let Some(conditions) = conditions.as_ref() else { break };
        places.insert(column.to_owned(), reader.place(start));
        let one = conditions
            .get(column)
            .and_then(|value| value.get_ref().as_str())
            .map(|text| vec![text.to_owned()]);
        let texts = |texts: Vec<Text>| texts.into_iter().map(|text| text.value).collect();
        let kept = one.unwrap_or_else(|| reader.strings(conditions, column).map_or_else(Vec::new, texts));
        only.push((column.to_owned(), kept));
    }
    Columns {
        date,
        subject,
        group,
        values,
        same,
        only,
        places,
        keys: keys(reader, table),
        ..Columns::default()
    }
}

/// Where the keys stand that a table has.
fn keys(reader: &Reader<'_>, table: &Table<'_, '_>) -> BTreeMap<&'static str, Place> {
    let there = KEYS.into_iter().filter_map(|key| Some((key, table.get(key)?)));
    there.map(|(key, value)| (key, reader.place(value.span()))).collect()
}

/// Reads what is said of how the file is written.
fn writing(reader: &mut Reader<'_>, table: &Table<'_, '_>, columns: &mut Columns) {
    columns.keys.extend(keys(reader, table));
    columns.values_are = reader.word(table, "values_are", &ValueColumns::WORDS);
    for text in reader.strings(table, "leave_out").unwrap_or_default() {
        columns.places.entry(text.value.clone()).or_insert_with(|| text.anchor.place());
        columns.leave_out.push(text.value);
    }
    let encodings = "an encoding such as \"UTF-8\", \"windows-1251\" or \"Shift_JIS\"";
    columns.encoding = parsed(reader, table, "encoding", encodings, Encoding::named);
    columns.sheet = reader.string(table, "sheet").map(|text| text.value);
    let words: Vec<String> = Delimiter::WORDS.iter().map(|(word, _)| format!("\"{word}\"")).collect();
    let delimiters = format!("one sign, or one of {}", words.join(", "));
    columns.delimiter = parsed(reader, table, "delimiter", &delimiters, Delimiter::named);
    columns.header = parsed(reader, table, "header", "the number of a line, or \"none\"", Header::named);
    columns.decimal = each(reader, table, "decimal", &Decimal::WORDS);
    columns.dates = reader.word(table, "dates", &DateOrder::WORDS);
    let months = "a month such as \"April\" or 4";
    columns.year_starts = parsed(reader, table, "year_starts", months, month_named);
    columns.unit = each(reader, table, "unit", &Unit::WORDS);
    columns.basis = each(reader, table, "basis", &Basis::WORDS);
}

/// A string or a whole number that means something.
fn parsed<T>(
    reader: &mut Reader<'_>,
    table: &Table<'_, '_>,
    key: &str,
    expected: &str,
    parse: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let value = table.get(key)?;
    let found = match value.get_ref() {
        DeValue::String(text) => parse(text),
        DeValue::Integer(number) if number.radix() == 10 => parse(number.as_str()),
        _ => None,
    };
    if found.is_none() {
        reader.expected(key, expected, value);
    }
    found
}

/// The key for all columns that have none of their own.
const OTHERS: &str = "*";

/// One of some words for all columns, or a table with a word for each.
fn each<T: Copy>(
    reader: &mut Reader<'_>,
    table: &Table<'_, '_>,
    key: &str,
    words: &[(&str, T)],
) -> Option<Each<T>> {
    let value = table.get(key)?;
    if !matches!(value.get_ref(), DeValue::Table(_)) {
        return reader.word(table, key, words).map(Each::all);
    }
    let inner = reader.open_free(value, table.key_span(key), format!("`{key}`"))?;
    let all = reader.word_of(&inner, OTHERS, (key, words));
    let names = inner.in_order().into_iter().map(|(name, _, _)| name).filter(|name| *name != OTHERS);
    let named = names.filter_map(|name| Some((name.to_owned(), reader.word_of(&inner, name, (key, words))?)));
    Some(Each { all, named: named.collect() })
}
