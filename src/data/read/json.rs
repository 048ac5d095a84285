//! JSON as interfaces answer: which answer it is, and what of it is drawn; a list of objects that no known one writes
//! is read as a table. Pages that were written one
//! behind the other, or one object a line, are one file.
//!
//! Observations and faults have the line on which their record begins, and a fault says which record it is where
//! others begin on the same line.

use serde_json::{Map, Value as Json};

use crate::diag::{self, Diagnostic, Place, listed, nearest, quoted};

use crate::data::build::builder::{Builder, Names};
use crate::data::cells::cell;
use crate::data::formats;
use crate::data::model::columns::Columns;
use crate::data::model::facts::Facts;
use crate::data::model::findings::Findings;
use crate::data::model::format;
use crate::data::model::measure::UNNAMED_MEASURE;
use crate::data::read::delimited;

use crate::data::rows::json::answer::Answer;
use crate::data::rows::json::records;
use crate::data::rows::json::repeated::{self, Key};
use crate::data::rows::json::spot::{Lines, Spots, narrow};
use crate::data::shape::left_out;

/// JSON takes many times its size in memory.
const SIZE_LIMIT: usize = 128 << 20;

/// Whether a text is meant to be JSON: a table may begin with a bracket, but not with these two signs.
pub(crate) fn is_json(text: &str) -> bool {
    let mut signs = unwrapped(text).chars().filter(|&c| !cell::is_blank(c));
    matches!((signs.next(), signs.next()), (Some('{'), Some('"' | '}')) | (Some('['), Some('{' | '[' | ']')))
}

/// The text without what some interfaces put in front against hijacking.
fn unwrapped(text: &str) -> &str {
    let text = text.trim_start_matches(cell::is_blank);
    let text = text.strip_prefix(")]}'").unwrap_or(text);
    text.trim_start_matches(',').trim_start_matches(cell::is_blank)
}

/// Reads a JSON text; `None` after a fault. Of the columns only `values` has a meaning, the measures to keep,
/// but in a list of objects, whose keys are columns.
pub(crate) fn read(
    text: &str,
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    facts.format = format::JSON;
    let (values, listed, dropped) = parsed(text, findings)?;
    let spots =
        Spots::new(&values, listed, Lines::new(unwrapped(text), lines_above(text) + 1, &values, &dropped));
    if let Some(key) = columns.key_of_a_table() {
        if let Some(table) = records::table(&spots) {
            return tabled(&table, columns, facts, findings);
        }
        let place = columns.place_of(key, Place::file(findings.file));
        findings.fault(|| {
            let error =
                diag::error("columns-in-json", "cannot choose columns in JSON, which has none").at(place);
            error.hint("name only `values`, the measures to keep")
        });
        return None;
    }
    let mut answer = Answer { facts, findings, spots, builder: Builder::default() };
    if let Some(format) = formats::of_answer(&mut answer, &values) {
        let builder = answer.builder;
        facts.format = format;
        if builder.observations.iter().any(|o| o.time.is_some()) && facts.last_period_because.is_empty() {
            facts.last_period = format.last_period;
        }
        let kept = keep(builder, columns, findings)?;
        let left = leave_out(kept, columns, findings)?;
        let named = (0..left.measures.len()).map(|index| left.measures.get(index));
        facts.reading.values = named.filter(|name| *name != UNNAMED_MEASURE).map(str::to_owned).collect();
        return Some(left);
    }
    if answer.refused(&values) {
        return None;
    }
    let Some(table) = records::table(&answer.spots) else {
        answer.unknown(&values);
        return None;
    };
    tabled(&table, columns, facts, findings)
}

/// How many lines stand above the values.
fn lines_above(text: &str) -> u32 {
    let above = text.len() - unwrapped(text).len();
    narrow(memchr::memchr_iter(b'\n', text.get(..above).unwrap_or("").as_bytes()).count())
}

/// The values of a JSON text, those of lists one by one, whether there were lists, and how many of these began before
/// each value and behind the last; `None` after a fault.
fn parsed(text: &str, findings: &mut Findings<'_>) -> Option<(Vec<Json>, bool, Vec<usize>)> {
    if text.len() > SIZE_LIMIT {
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error =
                diag::error("file-too-large", "expected at most 128 MiB of JSON, found more").at(place);
            error.hint("write the numbers as CSV, which takes less memory")
        });
        return None;
    }
    let (mut values, mut dropped, mut listed) = (Vec::new(), vec![0], false);
    let mut keep = |value: Json, dropped: &mut Vec<usize>| {
        values.push(value);
        dropped.push(0);
    };
    let drop = |dropped: &mut Vec<usize>| dropped.last_mut().into_iter().for_each(|count| *count += 1);
    for value in serde_json::Deserializer::from_str(unwrapped(text)).into_iter::<Json>() {
        match value {
            Ok(Json::Array(many)) => {
                listed = true;
                drop(&mut dropped);
                for value in many {
                    match value {
                        // Pages that were put into one list.
                        Json::Array(page) if page.first().is_none_or(Json::is_object) => {
                            drop(&mut dropped);
                            page.into_iter().for_each(|one| keep(one, &mut dropped));
                        }
                        one => keep(one, &mut dropped),
                    }
                }
            }
            Ok(one) => keep(one, &mut dropped),
            Err(error) => {
                // serde_json counts bytes.
                let line = unwrapped(text).split('\n').nth(error.line().saturating_sub(1));
                let before = line.and_then(|line| line.get(..error.column().saturating_sub(1)));
                let column = before.map_or(error.column(), |before| before.chars().count() + 1);
                let line = narrow(error.line()).saturating_add(lines_above(text));
                let place = Place::at(findings.file, line, narrow(column));
                findings.fault(|| unreadable(&error).at(place));
                return None;
            }
        }
    }
    if let Some(Key { line, column, key }) = repeated::key(text) {
        let place = Place::at(findings.file, line, column).in_field(&key);
        findings.fault(|| {
            let error =
                diag::error("repeated-key", format!("the key {} stands in one object twice", quoted(&key)));
            error.at(place).hint("remove one of them, or give it another name")
        });
        return None;
    }
    Some((values, listed, dropped))
}

/// Why a text is not read as JSON.
fn unreadable(error: &serde_json::Error) -> Diagnostic {
    let again = "download the file again";
    let (fault, hint) = match error.to_string() {
        _ if error.is_eof() => {
            (diag::error("broken-json", "expected JSON, found the end of the file"), again)
        }
        text if text.starts_with("recursion limit exceeded") => (
            diag::error("broken-json", "expected JSON of less than 128 levels, found more"),
            "write the numbers as CSV, with a column for the date and one for each subject",
        ),
        text if text.starts_with("number out of range") => (
            diag::error("broken-json", "expected a number, found one that no computer counts with"),
            "correct it",
        ),
        _ => (diag::error("broken-json", "expected JSON, found other text"), again),
    };
    fault.hint(hint)
}

/// Reads a list of objects that was rewritten as a table, whose lines are not those of the file.
fn tabled(
    table: &records::Written,
    columns: &Columns,
    facts: &mut Facts,
    findings: &mut Findings<'_>,
) -> Option<Builder> {
    if !table.deeper.is_empty() {
        let more = if table.deeper.len() > 8 { ", …" } else { "" };
        let names = listed(table.deeper.iter().take(8));
        findings.note(format!("Left out what lies deeper in the records: {names}{more}."));
    }
    if table.are_timed {
        findings.note("Took the first number of each point as milliseconds since 1970.");
    }
    let own = Columns { delimiter: None, header: None, ..columns.clone() };
    let mut builder = delimited::read(&table.text, (&own, None), facts, findings);
    findings.unplace(|line| table.spot(line));
    findings.rehint("missing-header", "name the columns in the first list, or make each row an object");
    if facts.format == format::CSV {
        facts.format = format::JSON;
    }
    (facts.delimiter, facts.header_line, facts.preamble_lines) = (None, None, 0);
    (facts.reading.delimiter, facts.reading.header) = (None, None);
    for o in builder.iter_mut().flat_map(|builder| &mut builder.observations) {
        o.line = table.spot(o.line.number).line.unwrap_or(1).into();
    }
    builder
}

/// Keeps the measures of these names, where any are named.
fn keep(mut builder: Builder, columns: &Columns, findings: &mut Findings<'_>) -> Option<Builder> {
    let names = &columns.values;
    if names.is_empty() {
        return Some(builder);
    }
    let all = std::mem::take(&mut builder.measures).into_names();
    for name in names.iter().filter(|name| !all.iter().any(|known| known.eq_ignore_ascii_case(name))) {
        let place = Place::file(findings.file);
        findings.fault(|| {
            let error = columns.unknown(name, place);
            error.hint(format!("the measures are {}", listed(&all)))
        });
    }
    let kept = |name: &String| names.iter().any(|wanted| wanted.eq_ignore_ascii_case(name));
    let index: Vec<Option<usize>> =
        all.iter().map(|name| kept(name).then(|| builder.measures.index(name))).collect();
    builder.observations.retain_mut(|o| match index.get(o.measure) {
        Some(Some(measure)) => {
            o.measure = *measure;
            true
        }
        _ => false,
    });
    Some(builder)
}

/// Leaves out the subjects, measures and groups of these names, where any are named.
fn leave_out(mut builder: Builder, columns: &Columns, findings: &mut Findings<'_>) -> Option<Builder> {
    if columns.leave_out.is_empty() {
        return Some(builder);
    }
    let [subjects, measures, groups] = [&mut builder.subjects, &mut builder.measures, &mut builder.groups]
        .map(|names| std::mem::take(names).into_names());
    let is_out = |name: &String| columns.leave_out.iter().any(|out| out.eq_ignore_ascii_case(name));
    let known = || subjects.iter().chain(&measures).chain(&groups);
    for name in columns.leave_out.iter().filter(|name| !known().any(|known| known.eq_ignore_ascii_case(name)))
    {
        let near = nearest(name, known().map(String::as_str));
        left_out::unmatched(name, near, columns, findings);
    }
    let kept = |names: &[String], known: &mut Names| -> Vec<Option<usize>> {
        names.iter().map(|name| (!is_out(name)).then(|| known.index(name))).collect()
    };
    let indices = (
        kept(&subjects, &mut builder.subjects),
        kept(&measures, &mut builder.measures),
        kept(&groups, &mut builder.groups),
    );
    let of = |indices: &[Option<usize>], index: usize| indices.get(index).copied().flatten();
    builder.observations.retain_mut(|o| {
        let group = o.group.map(|group| of(&indices.2, group));
        let (Some(subject), Some(measure), None | Some(Some(_))) =
            (of(&indices.0, o.subject), of(&indices.1, o.measure), group)
        else {
            return false;
        };
        (o.subject, o.measure, o.group) = (subject, measure, group.flatten());
        true
    });
    Some(builder)
}

/// Whether an answer has lists and nothing in any of them.
fn finds_nothing(answer: &Map<String, Json>) -> bool {
    let mut lists = answer.values().filter_map(Json::as_array).peekable();
    lists.peek().is_some() && lists.all(Vec::is_empty)
}

impl Answer<'_, '_, '_> {
    /// Tells of answers that hold nothing to draw, and why.
    fn refused(&mut self, values: &[Json]) -> bool {
        let place = Place::file(self.findings.file);
        let fault = if let Some(told) = records::refusal(values) {
            diag::error("refused-by-source", format!("expected data, found the answer {}", quoted(told)))
                .hint("ask the interface again, and keep the file when it has an answer")
        } else if let Some(fault) = values.first().and_then(formats::lacking) {
            fault
        } else {
            return false;
        };
        self.findings.fault(|| fault.at(place));
        true
    }

    fn unknown(&mut self, values: &[Json]) {
        let convert = "write the numbers as CSV, with a column for the date and one for each subject";
        let look = "look whether the query has found anything";
        let (keys, hint) = match values.first() {
            Some(Json::Object(object)) if object.is_empty() => ("an empty object".into(), look),
            Some(Json::Object(object)) if finds_nothing(object) => (listed(object.keys().take(8)), look),
            Some(Json::Object(object)) => (listed(object.keys().take(8)), convert),
            Some(Json::Array(_)) => ("lists".into(), convert),
            Some(_) => ("no object".into(), convert),
            None => ("an empty list".into(), look),
        };
        let place = Place::file(self.findings.file);
        self.findings.fault(|| {
            let told = format!("expected a list of objects, or an answer that popchart knows, found {keys}");
            let error = diag::error("unknown-json", told).at(place).hint(hint);
            let known = "`popchart help formats` lists the answers that it knows";
            if hint == convert { error.hint(known) } else { error }
        });
    }
}
