//! What gives away the files of one source: its header, the keys of its answers, the columns that only it has. The
//! sources themselves are in `formats/`, a file each; what their numbers are is their [`Format`].

use serde_json::Value as Json;

use crate::data::model::columns::Columns;
use crate::data::model::findings::Findings;
use crate::data::model::format::{CSV, Format};
use crate::data::model::writing::ValueColumns;
use crate::data::rows::json::answer::Answer;
use crate::data::shape::sheet::{Holds, Sheet};
use crate::diag::Diagnostic;
use crate::time::moment::Moment;

/// How a source is recognised and read, as far as that is special to it.
pub(crate) struct Source {
    /// What its files are.
    pub(crate) format: &'static Format,
    /// The column in which periods that were still running are marked.
    pub(crate) flags: Option<&'static str>,
    /// The measure and the note of rows that are events, where the name of their dates gives them away.
    pub(crate) events: fn(&str) -> Option<(&'static str, &'static str)>,
    /// The table in a text that is neither a table nor JSON; `None` where the text is not of this format.
    pub(crate) rewrite: fn(&str) -> Option<Rewritten>,
    /// Whether each row is another subject, though some have one name.
    pub(crate) has_distinct_rows: fn(&Sheet<'_, '_>) -> bool,
    /// Reads an answer in JSON, the values of its lists one by one; whether it is of this format.
    pub(crate) answer: fn(&mut Answer<'_, '_, '_>, &[Json]) -> bool,
    /// Reads what lies within an answer that no format knows as a whole.
    pub(crate) within: fn(&mut Answer<'_, '_, '_>, &[Json]) -> bool,
    /// What an answer in JSON lacks to be of this format, and how to ask for it.
    pub(crate) lacking: fn(&Json) -> Option<Diagnostic>,
    /// Recognises a table by more than its header, and takes off its names what is no part of them.
    pub(crate) export: fn(&mut Sheet<'_, '_>, &mut Findings<'_>) -> Option<(&'static Format, Known)>,
    /// What its header gives away; `None` where the table is not of this format.
    pub(crate) recognise: fn(&Sheet<'_, '_>) -> Option<Known>,
}

/// A source of which nothing is known; others say what differs.
pub(crate) const UNKNOWN: Source = Source {
    format: CSV,
    flags: None,
    events: |_| None,
    rewrite: |_| None,
    has_distinct_rows: |_| false,
    answer: |_, _| false,
    within: |_, _| false,
    lacking: |_| None,
    export: |_, _| None,
    recognise: |_| None,
};

/// A table that stood in another text.
pub(crate) struct Rewritten {
    /// The table, with as many lines.
    pub(crate) table: String,
    /// What its numbers are.
    pub(crate) note: &'static str,
}

/// What is known of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Known {
    /// The columns' parts, as far as the user does not name them.
    pub(crate) columns: Columns,
    /// Whether each value column is a subject.
    pub(crate) wide: bool,
    /// What of it is a silent choice.
    pub(crate) note: Option<&'static str>,
    /// The region that all series share.
    pub(crate) region: Option<String>,
    /// The time that all values are of, where it has no dates.
    pub(crate) span: Option<String>,
    /// When it was made, where its name tells.
    pub(crate) made: Option<Moment>,
}

impl Known {
    /// The user's columns, and the known ones where the user names none.
    pub(crate) fn filled(&self, user: &Columns) -> Columns {
        let mut columns = user.clone();
        let known = self.columns.clone();
        columns.date = columns.date.or(known.date);
        let is_wide = columns.values_are == Some(ValueColumns::Subjects);
        if columns.subject.is_none() && columns.group.is_none() && !is_wide {
            (columns.subject, columns.group) = (known.subject, known.group);
        }
        if columns.values.is_empty() {
            columns.values = known.values;
            columns.only.extend(known.only);
        }
        columns
    }
}

/// Whether a table has all of these columns.
pub(crate) fn has_all(sheet: &Sheet<'_, '_>, titles: &[&str]) -> bool {
    titles.iter().all(|title| sheet.titled(title).is_some())
}

/// Whether a column of this title is there and holds more than one text.
pub(crate) fn splits(sheet: &Sheet<'_, '_>, title: &str) -> bool {
    let mut cells = sheet.titled(title).into_iter().flat_map(|column| sheet.sampled(column));
    cells.next().is_some_and(|first| cells.any(|cell| cell != first))
}

/// The columns of this subject and these values, of which the table may lack some.
pub(crate) fn columns(sheet: &Sheet<'_, '_>, subject: Option<&str>, values: &[&str]) -> Columns {
    let there = values.iter().filter(|title| sheet.titled(title).is_some());
    Columns {
        subject: subject.map(str::to_owned),
        values: there.map(|&title| title.to_owned()).collect(),
        ..Columns::default()
    }
}

/// The column of this title, where it holds yes and no.
pub(crate) fn flags(sheet: &Sheet<'_, '_>, title: &str) -> Option<usize> {
    sheet.titled(title).filter(|&column| sheet.held(column) == Holds::Flags)
}
