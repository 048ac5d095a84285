//! Lists of flat objects, as most interfaces and programs write their tables in JSON, rewritten as delimited
//! text: the reader of tables then finds out what the columns are. This file does not know what any of them
//! means.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json};

use crate::data::rows::json::answer::text;

/// Keys under which interfaces put the rows of their answer.
const LISTS: [&str; 6] = ["rows", "data", "results", "items", "records", "values"];
/// Keys beside a list that say of whom its rows are.
const OWNERS: [&str; 8] =
    ["package", "project", "repository", "repo", "full_name", "crate", "keyword", "name"];
/// More columns than any list has; an object beyond holds its data in its keys.
const WIDTH_LIMIT: usize = 1000;

/// An answer as delimited text.
pub(crate) struct Written {
    /// The first line names the columns, where the rows do.
    pub(crate) text: String,
    /// The line of the first record, from 1; 0 where records are not in their order.
    first: u32,
    records: usize,
}

impl Written {
    /// Which record stands on a line, from 1; `None` where none does, or texts within them have lines of their own.
    pub(crate) fn record(&self, line: u32) -> Option<usize> {
        let above = usize::try_from(self.first.checked_sub(1)?).ok()?;
        let lines = memchr::memchr_iter(b'\n', self.text.as_bytes()).count();
        let record = usize::try_from(line).ok()?.checked_sub(above)?;
        (lines == self.records + above && (1..=self.records).contains(&record)).then_some(record)
    }
}

/// The rows of an answer as delimited text; `None` where the answer is no list of objects.
pub(crate) fn table(values: &[Json]) -> Option<Written> {
    match values {
        [Json::Object(one)] => match list(one) {
            Some(rows) => written(rows.iter(), owner(one)),
            None => columns(one).or_else(|| split(one)).or_else(|| keyed(one)),
        },
        [Json::Array(_), ..] => plain(values.iter()),
        [_, _, ..] => written(values.iter(), None),
        _ => None,
    }
}

/// The records of an answer that [`table`] writes one by one, where it is made of such.
pub(crate) fn of(values: &[Json]) -> Option<&[Json]> {
    match values {
        [Json::Object(one)] => list(one).map(Vec::as_slice),
        [Json::Array(_), ..] | [_, _, ..] => Some(values),
        _ => None,
    }
}

/// The list of objects in an answer: the one under a usual key, or the only one; it may lie one object deeper.
fn list(answer: &Map<String, Json>) -> Option<&Vec<Json>> {
    let is_list = |value: &Json| match value {
        Json::Array(rows) => matches!(rows.first(), Some(Json::Object(_))),
        _ => false,
    };
    let usual = LISTS.iter().filter_map(|key| answer.get(*key)).find(|value| is_list(value));
    let mut lists = answer.values().filter(|value| is_list(value));
    let only = lists.next().filter(|_| lists.next().is_none());
    if let Some(found) = usual.or(only) {
        return found.as_array();
    }
    let mut inner = answer.values().filter_map(Json::as_object).filter_map(|object| {
        let mut lists = object.values().filter(|value| is_list(value));
        lists.next().filter(|_| lists.next().is_none())
    });
    inner.next().filter(|_| inner.next().is_none())?.as_array()
}

/// What an answer says of whom its rows are, as a column's name and text.
fn owner(answer: &Map<String, Json>) -> Option<(&str, &str)> {
    OWNERS.iter().find_map(|key| Some((*key, answer.get(*key)?.as_str()?)))
}

/// An object of columns, each an object of the same keys: what pandas writes unless told otherwise.
fn columns(answer: &Map<String, Json>) -> Option<Written> {
    let columns: Option<Vec<(&String, &Map<String, Json>)>> =
        answer.iter().map(|(name, column)| Some((name, column.as_object()?))).collect();
    let columns = columns.filter(|columns| columns.len() > 1)?;
    let (_, first) = columns.first()?;
    let same = |column: &Map<String, Json>| column.len() == first.len() && column.keys().eq(first.keys());
    let counts = first.keys().all(|key| key.bytes().all(|byte| byte.is_ascii_digit()));
    if first.is_empty() || !counts || !columns.iter().all(|(_, column)| same(column)) {
        return None;
    }
    let row = |key: &String| {
        let cells = columns
            .iter()
            .map(|(name, column)| ((*name).clone(), column.get(key).cloned().unwrap_or(Json::Null)));
        Json::Object(cells.collect())
    };
    let rows: Vec<Json> = first.keys().map(row).collect();
    written(rows.iter(), None)
}

/// Names of columns, and rows that are lists: what pandas writes as `split`, and some databases.
fn split(answer: &Map<String, Json>) -> Option<Written> {
    let list = |key: &str| answer.get(key).and_then(Json::as_array);
    let names: Vec<&str> = list("columns")?.iter().map(Json::as_str).collect::<Option<_>>()?;
    let row = |row: &Json| {
        let cells = names.iter().zip(row.as_array()?).map(|(name, cell)| ((*name).to_owned(), cell.clone()));
        Some(Json::Object(cells.collect()))
    };
    let rows: Vec<Json> = list("data").or_else(|| list("rows"))?.iter().map(row).collect::<Option<_>>()?;
    written(rows.iter(), None)
}

/// Lists under the names of their subjects, or in an object under each.
fn keyed(answer: &Map<String, Json>) -> Option<Written> {
    let is_list = |value: &Json| {
        let rows = value.as_array().filter(|rows| rows.iter().all(|row| row.is_object() || row.is_array()));
        rows.is_some_and(|rows| !rows.is_empty())
    };
    let only = |value: &'_ Json| -> Option<Vec<Json>> {
        if is_list(value) {
            return value.as_array().cloned();
        }
        let mut lists = value.as_object()?.values().filter(|value| is_list(value));
        lists.next().filter(|_| lists.next().is_none())?.as_array().cloned()
    };
    let lists: Option<Vec<(&String, Vec<Json>)>> =
        answer.iter().map(|(name, value)| Some((name, only(value)?))).collect();
    let Some(lists) = lists.filter(|lists| lists.len() > 1) else {
        // One object deeper, beside what else there is to say.
        let mut inner = answer.values().filter_map(Json::as_object);
        return inner.next().filter(|_| inner.next().is_none()).and_then(keyed);
    };
    let named = |(name, rows): &(&String, Vec<Json>)| {
        let owner = ("series".to_owned(), Json::from(name.as_str()));
        let row = |row: &Json| match row {
            Json::Object(row) => row.clone().into_iter().chain([owner.clone()]).collect(),
            // Blanks are no names, but tell columns apart.
            Json::Array(cells) => {
                let blank = cells.iter().enumerate().map(|(i, cell)| (" ".repeat(i + 1), cell.clone()));
                blank.chain([owner.clone()]).collect()
            }
            _ => Map::new(),
        };
        rows.iter().map(|cells| Json::Object(row(cells))).collect::<Vec<_>>()
    };
    let rows: Vec<Json> = lists.iter().flat_map(named).collect();
    written(rows.iter(), None).map(|table| Written { first: 0, ..table })
}

/// Rows that are lists of cells, the first of which may be the header.
fn plain<'v>(rows: impl Iterator<Item = &'v Json>) -> Option<Written> {
    let mut table = String::new();
    let mut records = 0;
    for row in rows {
        records += 1;
        let cells =
            row.as_array().filter(|cells| cells.iter().all(|cell| !cell.is_array() && !cell.is_object()))?;
        push_row(&mut table, cells.iter().map(shown));
    }
    Some(Written { text: table, first: 1, records })
}

/// Writes rows; a further column names their owner, where they do not do so themselves.
fn written<'v>(rows: impl Iterator<Item = &'v Json> + Clone, owner: Option<(&str, &str)>) -> Option<Written> {
    let mut names: Vec<String> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows.clone() {
        for (name, _) in cells(row.as_object()?) {
            if !known.contains_key(&name) {
                known.insert(name.clone(), names.len());
                names.push(name);
            }
        }
        if names.len() > WIDTH_LIMIT {
            return None;
        }
    }
    if names.is_empty() {
        return None;
    }
    let owner = owner.filter(|(name, _)| !known.contains_key(*name));
    let mut table = String::new();
    let header = owner.iter().map(|(name, _)| *name).chain(names.iter().map(String::as_str));
    push_row(&mut table, header.map(quoted));
    let mut records = 0;
    for row in rows {
        records += 1;
        let mut line = vec![String::new(); names.len()];
        for (name, value) in cells(row.as_object()?) {
            if let Some(cell) = known.get(&name).and_then(|&column| line.get_mut(column)) {
                *cell = shown(value);
            }
        }
        push_row(&mut table, owner.iter().map(|(_, text)| quoted(text)).chain(line));
    }
    Some(Written { text: table, first: 2, records })
}

/// The members of an object that are no lists; those of an object within it are named after both.
fn cells(row: &Map<String, Json>) -> impl Iterator<Item = (String, &Json)> {
    row.iter().flat_map(|(name, value)| match value {
        Json::Object(inner) => {
            let scalar = |value: &Json| !value.is_array() && !value.is_object();
            let cells = inner.iter().filter(move |(_, value)| scalar(value));
            cells.map(|(part, value)| (format!("{name}.{part}"), value)).collect()
        }
        Json::Array(_) => Vec::new(),
        _ => vec![(name.clone(), value)],
    })
}

fn shown(value: &Json) -> String {
    match value {
        Json::Null => String::new(),
        Json::String(text) => quoted(text),
        other => other.to_string(),
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

fn push_row(table: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            table.push(',');
        }
        table.push_str(&cell);
    }
    table.push('\n');
}

/// What an interface answers instead of data: its own words.
pub(crate) fn refusal(values: &[Json]) -> Option<&str> {
    let [Json::Object(answer)] = values else { return None };
    let value = values.first()?;
    let few = answer.values().all(|value| !matches!(value, Json::Array(rows) if rows.len() > 1));
    let nested = [value.pointer("/error/message"), value.pointer("/errors/0/message")];
    let nested = nested.into_iter().flatten().find_map(Json::as_str);
    let nested = nested.or_else(|| value.pointer("/errors/0/detail").and_then(Json::as_str));
    let told = answer.contains_key("documentation_url") || answer.contains_key("status") || answer.len() == 1;
    let own = text(value, &["message", "detail"]).filter(|_| told);
    nested.or_else(|| text(value, &["error"])).or(own).filter(|_| few)
}
