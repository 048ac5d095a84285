//! `popchart help formats`: the files of which popchart knows what they count, and how one comes by them.

use serde::Serialize;

use super::{Exit, Format, Outcome};
use crate::data::{self, Completeness};
use crate::diag::Report;

/// Lines end before this column.
const WIDTH: usize = 80;
/// Where the text of a label begins.
const INDENT: usize = 11;

/// How to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    /// How results are written.
    pub format: Format,
}

/// The JSON document.
#[derive(Debug, Serialize)]
struct Found {
    formats: Vec<Listed>,
}

#[derive(Debug, Serialize)]
struct Listed {
    name: &'static str,
    publisher: Option<&'static str>,
    files: Vec<&'static str>,
    obtained: &'static str,
    numbers: &'static str,
    /// Whether its last period may still have been running where the file does not say so.
    may_be_running: bool,
}

/// Lists. Text fits into 80 columns.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    let listed = |format: &'static data::Format| Listed {
        name: format.name,
        publisher: format.publisher,
        files: format.files.split(", ").collect(),
        obtained: format.obtained,
        numbers: format.numbers,
        may_be_running: format.last_period != Completeness::Whole,
    };
    let found = Found { formats: data::known_formats().into_iter().map(listed).collect() };
    let results = match job.format {
        Format::Text => text(&found),
        // Strings and lists: there is nothing that JSON could refuse.
        Format::Json => serde_json::to_string_pretty(&found).unwrap_or_default() + "\n",
    };
    Outcome { results, report: Report::default(), exit: Exit::Done }
}

fn text(found: &Found) -> String {
    let mut text = String::from(
        "Files of which popchart knows what they count. Other tables and lists are read\n\
         all the same; what their numbers are is then told by their names and values.\n",
    );
    for format in &found.formats {
        let of = format.publisher.map(|publisher| format!(" of {publisher}")).unwrap_or_default();
        text += &format!("\n{}: {}{of}\n", format.name, format.files.join(", "));
        text += &labelled("from", format.obtained);
        text += &labelled("counts", format.numbers);
        if format.may_be_running {
            text += &labelled("note", "its last period may still be running");
        }
    }
    text
}

/// A label and its words, which go on below each other.
fn labelled(label: &str, words: &str) -> String {
    let mut lines = vec![format!("  {label:<width$}", width = INDENT - 2)];
    for word in words.split(' ') {
        let length = lines.last().map_or(0, |line| line.chars().count());
        let begun = length > INDENT;
        if begun && length + 1 + word.chars().count() >= WIDTH {
            lines.push(" ".repeat(INDENT));
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if line.chars().count() > INDENT { " " } else { "" });
            line.push_str(word);
        }
    }
    lines.join("\n") + "\n"
}
