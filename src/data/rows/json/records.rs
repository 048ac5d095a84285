//! Lists of flat objects, as most interfaces and programs write their tables in JSON, rewritten as delimited
//! text: the reader of tables then finds out what the columns are. This file does not know what any of them
//! means.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value as Json};

use crate::data::model::spot::Spot;
use crate::data::rows::json::answer::text;
use crate::data::rows::json::spot::{Spots, narrow};

/// Keys under which interfaces put the rows of their answer.
const LISTS: [&str; 6] = ["rows", "data", "results", "items", "records", "values"];
/// Keys beside a list that say of whom its rows are.
const OWNERS: [&str; 8] =
    ["package", "project", "repository", "repo", "full_name", "crate", "keyword", "name"];
/// Keys by which a record names the series whose points it holds.
const NAMES: [&str; 5] = ["name", "label", "series", "id", "title"];
/// More columns than any list has; an object beyond holds its data in its keys.
const WIDTH_LIMIT: usize = 1000;

/// An answer as delimited text.
#[derive(Default)]
pub(crate) struct Written {
    /// The first line names the columns, where the rows do.
    pub(crate) text: String,
    /// Whether moments stand first that nothing calls so.
    pub(crate) are_timed: bool,
    /// What of the records holds numbers and is no cell.
    pub(crate) deeper: Vec<String>,
    /// How many lines the text has.
    lines: u32,
    /// On which line of the text each record begins, and where it stands in the file.
    records: Vec<(u32, Spot)>,
}

impl Written {
    /// Where in the file the record stands that is on a line of the text.
    pub(crate) fn spot(&self, line: u32) -> Spot {
        let behind = self.records.partition_point(|(start, _)| *start <= line);
        let record = behind.checked_sub(1).and_then(|at| self.records.get(at));
        record.map_or(Spot::default(), |(_, spot)| *spot)
    }

    fn push_record(&mut self, cells: impl Iterator<Item = String>, spot: Spot) {
        self.records.push((self.lines + 1, spot));
        self.push_row(cells);
    }

    fn push_row(&mut self, cells: impl Iterator<Item = String>) {
        for (i, cell) in cells.enumerate() {
            if i > 0 {
                self.text.push(',');
            }
            self.text.push_str(&cell);
            self.lines += narrow(memchr::memchr_iter(b'\n', cell.as_bytes()).count());
        }
        self.text.push('\n');
        self.lines += 1;
    }
}

/// The rows of an answer as delimited text; `None` where the answer is no list of objects.
pub(crate) fn table(spots: &Spots<'_>) -> Option<Written> {
    match spots.values() {
        [Json::Object(one)] => match list(one) {
            Some(rows) => nested(rows, spots).or_else(|| written(rows, &spots.of_rows(rows), owner(one))),
            None => columns(one).or_else(|| split(one, spots)).or_else(|| keyed(one, spots)),
        },
        rows @ [Json::Array(_), ..] => plain(rows, &spots.of_rows(rows)),
        rows @ [_, _, ..] => nested(rows, spots).or_else(|| written(rows, &spots.of_rows(rows), None)),
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
        let usual = LISTS.iter().filter_map(|key| object.get(*key)).find(|value| is_list(value));
        let mut lists = object.values().filter(|value| is_list(value));
        usual.or_else(|| lists.next().filter(|_| lists.next().is_none()))
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
    written(&rows, &[], None)
}

/// Names of columns, and rows that are lists: what pandas writes as `split`, and some databases.
fn split(answer: &Map<String, Json>, spots: &Spots<'_>) -> Option<Written> {
    let list = |key: &str| answer.get(key).and_then(Json::as_array);
    let names: Vec<&str> = list("columns")?.iter().map(Json::as_str).collect::<Option<_>>()?;
    let row = |row: &Json| {
        let cells = names.iter().zip(row.as_array()?).map(|(name, cell)| ((*name).to_owned(), cell.clone()));
        Some(Json::Object(cells.collect()))
    };
    let lists = list("data").or_else(|| list("rows"))?;
    let rows: Vec<Json> = lists.iter().map(row).collect::<Option<_>>()?;
    written(&rows, &spots.of_rows(lists), None)
}

/// Lists under the names of their subjects, or in an object under each.
fn keyed(answer: &Map<String, Json>, spots: &Spots<'_>) -> Option<Written> {
    let lists: Option<Vec<(&String, &Vec<Json>)>> =
        answer.iter().map(|(name, value)| Some((name, only_list(value)?))).collect();
    let Some(lists) = lists.filter(|lists| lists.len() > 1) else {
        // One object deeper, beside what else there is to say.
        let mut inner = answer.values().filter_map(Json::as_object);
        return inner.next().filter(|_| inner.next().is_none()).and_then(|inner| keyed(inner, spots));
    };
    let lists: Vec<(&str, &Vec<Json>)> =
        lists.into_iter().map(|(name, rows)| (name.as_str(), rows)).collect();
    under_names(&lists, spots)
}

/// Records that each name a series and hold the list of its points, as libraries of charts have them.
fn nested(rows: &[Json], spots: &Spots<'_>) -> Option<Written> {
    let counts = |row: &Json| row.as_object().is_none_or(|row| row.values().any(Json::is_number));
    let series = |row| Some((text(row, &NAMES)?, only_list(row).filter(|_| !counts(row))?));
    let lists: Option<Vec<(&str, &Vec<Json>)>> = rows.iter().map(series).collect();
    under_names(&lists?, spots)
}

/// The rows of lists, each with the name of its series behind it.
fn under_names(lists: &[(&str, &Vec<Json>)], spots: &Spots<'_>) -> Option<Written> {
    let are_timed = lists.iter().all(|(_, rows)| are_timed(rows));
    let named = |(name, rows): &(&str, &Vec<Json>)| {
        let owner = ("series".to_owned(), Json::from(*name));
        let first = if are_timed { "date" } else { " " };
        let row = |row: &Json| match row {
            Json::Object(row) => row.clone().into_iter().chain([owner.clone()]).collect(),
            // Blanks are no names, but tell columns apart.
            Json::Array(cells) => {
                let blank = |i: usize| if i == 0 { first.to_owned() } else { " ".repeat(i + 1) };
                let cells = cells.iter().enumerate().map(|(i, cell)| (blank(i), cell.clone()));
                cells.chain([owner.clone()]).collect()
            }
            _ => Map::new(),
        };
        rows.iter().map(|cells| Json::Object(row(cells))).collect::<Vec<_>>()
    };
    let rows: Vec<Json> = lists.iter().flat_map(named).collect();
    let places: Vec<Spot> = lists.iter().flat_map(|(_, rows)| spots.of_rows(rows)).collect();
    written(&rows, &places, None).map(|table| Written { are_timed, ..table })
}

/// Whether rows are pairs of a moment and a number, as scripts of web pages write moments: in milliseconds since 1970.
fn are_timed(rows: &[Json]) -> bool {
    const SPAN: std::ops::Range<i64> = 100_000_000_000..10_000_000_000_000;
    rows.iter().all(|row| match row.as_array().map(Vec::as_slice) {
        Some([at, Json::Number(_) | Json::Null]) => at.as_i64().is_some_and(|at| SPAN.contains(&at)),
        _ => false,
    })
}

/// A value that is a list of rows, or the only one in an object.
fn only_list(value: &Json) -> Option<&Vec<Json>> {
    let is_list = |value: &Json| {
        let rows = value.as_array().filter(|rows| rows.iter().all(|row| row.is_object() || row.is_array()));
        rows.is_some_and(|rows| !rows.is_empty())
    };
    if is_list(value) {
        return value.as_array();
    }
    let mut lists = value.as_object()?.values().filter(|value| is_list(value));
    lists.next().filter(|_| lists.next().is_none())?.as_array()
}

/// Rows that are lists of cells, the first of which may be the header.
fn plain(rows: &[Json], spots: &[Spot]) -> Option<Written> {
    let mut table = Written { are_timed: are_timed(rows), ..Written::default() };
    if table.are_timed {
        table.push_row(["date", "value"].into_iter().map(quoted));
    }
    let mut spots = spots.iter().copied();
    for row in rows {
        let cells =
            row.as_array().filter(|cells| cells.iter().all(|cell| !cell.is_array() && !cell.is_object()))?;
        table.push_record(cells.iter().map(shown), spots.next().unwrap_or_default());
    }
    Some(table)
}

/// Writes rows, which stand at these places; a further column names their owner, where they do not do so themselves.
fn written(rows: &[Json], spots: &[Spot], owner: Option<(&str, &str)>) -> Option<Written> {
    let mut names: Vec<String> = Vec::new();
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for row in rows {
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
    let deeper: BTreeSet<String> = rows.iter().filter_map(Json::as_object).flat_map(deeper).collect();
    let mut table = Written { deeper: deeper.into_iter().collect(), ..Written::default() };
    let header = owner.iter().map(|(name, _)| *name).chain(names.iter().map(String::as_str));
    table.push_row(header.map(quoted));
    let mut spots = spots.iter().copied();
    for row in rows {
        let mut line = vec![String::new(); names.len()];
        for (name, value) in cells(row.as_object()?) {
            if let Some(cell) = known.get(&name).and_then(|&column| line.get_mut(column)) {
                *cell = shown(value);
            }
        }
        let cells = owner.iter().map(|(_, text)| quoted(text)).chain(line);
        table.push_record(cells, spots.next().unwrap_or_default());
    }
    Some(table)
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

/// The members of an object that hold numbers deeper than cells do: lists of them, or objects within objects.
fn deeper(row: &Map<String, Json>) -> impl Iterator<Item = String> {
    row.iter().flat_map(|(name, value)| match value {
        Json::Array(_) if has_number(value) => vec![name.clone()],
        Json::Object(inner) => {
            let nested = inner.iter().filter(|(_, value)| value.is_array() || value.is_object());
            nested.filter(|(_, value)| has_number(value)).map(|(part, _)| format!("{name}.{part}")).collect()
        }
        _ => Vec::new(),
    })
}

fn has_number(value: &Json) -> bool {
    match value {
        Json::Number(_) => true,
        Json::Array(rows) => rows.iter().any(has_number),
        Json::Object(members) => members.values().any(has_number),
        _ => false,
    }
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

/// What an interface answers instead of data: its own words.
pub(crate) fn refusal(values: &[Json]) -> Option<&str> {
    let [Json::Object(answer)] = values else { return None };
    let value = values.first()?;
    let few = answer.values().all(|value| !matches!(value, Json::Array(rows) if rows.len() > 1));
    let nested = [value.pointer("/error/message"), value.pointer("/errors/0/message")];
    let nested = nested.into_iter().flatten().find_map(Json::as_str);
    let nested = nested.or_else(|| value.pointer("/errors/0/detail").and_then(Json::as_str));
    // What has no number says something else.
    let says_no_number = answer.values().all(|value| value.is_string() || value.is_object());
    let told = answer.contains_key("documentation_url") || answer.contains_key("status") || says_no_number;
    let own = text(value, &["message", "detail"]).filter(|_| told);
    nested.or_else(|| text(value, &["error"])).or(own).filter(|_| few)
}
