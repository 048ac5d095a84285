//! A typed reader of TOML tables that goes on after an error, so that a
//! manifest's faults are told all at once, each with its line and column.
//!
//! It must not know what the tables are about.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};
use toml::value::Datetime;

use crate::diag::{self, Diagnostic, Place, Report, listed, nearest, quoted, toml_key};
use crate::figure::Rgb;
use crate::spec::source::{Anchor, Places, Source, Span};
use crate::time::period::Period;

pub(super) type Value<'i> = Spanned<DeValue<'i>>;

/// Strings and keys of more characters than this are a mistake or an attack.
const MOST_CHARACTERS: usize = 2000;

/// A string of the manifest.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub(super) value: String,
    pub(super) anchor: Anchor,
}

/// A table with the name messages give it.
#[derive(Debug)]
pub(super) struct Table<'t, 'i> {
    /// ``subject `keras` ``; empty at the top of the file, and where the context says it.
    pub(super) what: String,
    /// Its key or, without one, what it is.
    pub(super) span: Span,
    entries: &'t DeTable<'i>,
}

impl<'t, 'i> Table<'t, 'i> {
    pub(super) fn get(&self, key: &str) -> Option<&'t Value<'i>> {
        self.entries.get(key)
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.entries.contains_key(key)
    }

    /// Where a key stands; where the table stands when it has not got the key.
    pub(super) fn key_span(&self, key: &str) -> Span {
        self.entries.get_key_value(key).map_or(self.span, |(key, _)| key.span().into())
    }

    /// ` in ` and what it is, where that is to be said.
    fn within(&self) -> String {
        if self.what.is_empty() { String::new() } else { format!(" in {}", self.what) }
    }

    /// All entries, in the order of the file.
    pub(super) fn in_order(&self) -> Vec<(&'t str, Span, &'t Value<'i>)> {
        let mut entries: Vec<_> = self
            .entries
            .iter()
            .map(|(key, value)| (key.get_ref().as_ref(), Span::from(key.span()), value))
            .collect();
        entries.sort_by_key(|(_, span, _)| span.start);
        entries
    }
}

/// What is being read, for those who are told of its faults.
#[derive(Debug, Clone, Copy)]
pub(super) enum Context<'k> {
    Figure(&'k str),
    Dataset(&'k str),
}

/// The manifest's text and what was found wrong with it so far.
#[derive(Debug)]
pub(super) struct Reader<'a> {
    source: Arc<Source>,
    context: Option<Context<'a>>,
    /// Lines that are not TOML: what else is wrong with them is not worth telling.
    broken_lines: BTreeSet<u32>,
    /// Places and messages of the errors in the report: a value that is read twice is told of once.
    told: BTreeSet<(Option<Box<Place>>, String)>,
    limits: &'a [(&'a str, usize)],
    pub(super) report: Report,
    faults: usize,
}

impl<'a> Reader<'a> {
    /// `limits` says how many characters the strings of some keys may have, others [`MOST_CHARACTERS`].
    pub(super) fn new(file: &str, text: &str, limits: &'a [(&'a str, usize)]) -> Self {
        let (broken_lines, told) = (BTreeSet::new(), BTreeSet::new());
        let source = Arc::new(Source::new(file, text));
        Reader { source, context: None, broken_lines, told, limits, report: Report::default(), faults: 0 }
    }

    /// How many errors were met, told or not: a table is sound when reading it adds none.
    pub(super) fn faults(&self) -> usize {
        self.faults
    }

    /// Says what is read from here on.
    pub(super) fn enter(&mut self, context: Option<Context<'a>>) {
        self.context = context;
    }

    fn in_context(&self, diagnostic: Diagnostic) -> Diagnostic {
        match self.context {
            Some(Context::Figure(key)) => diagnostic.of_figure(key),
            Some(Context::Dataset(key)) => diagnostic.of_dataset(key),
            None => diagnostic,
        }
    }

    pub(super) fn place(&self, span: impl Into<Span>) -> Place {
        self.source.place(span.into())
    }

    /// Where the values of a table stand, which is at `start` itself.
    pub(super) fn places(&self, table: &Table<'_, '_>, start: impl Into<Span>) -> Places {
        let mut places = Places::new(Arc::clone(&self.source), start.into());
        for (key, value) in table.entries {
            let elements = match value.get_ref() {
                DeValue::Array(items) => items.iter().map(|item| item.span().into()).collect(),
                DeValue::Table(entries) => keys_of(entries),
                _ => Vec::new(),
            };
            places.insert(key.get_ref(), value.span().into(), elements);
        }
        places
    }

    /// Tells of an error, unless its line is not TOML anyway.
    pub(super) fn push(&mut self, diagnostic: Diagnostic) {
        self.faults += 1;
        let diagnostic = self.in_context(diagnostic);
        let line = diagnostic.place.as_ref().and_then(|place| place.line);
        let is_broken = line.is_some_and(|line| self.broken_lines.contains(&line));
        if !is_broken && self.told.insert((diagnostic.place.clone(), diagnostic.message.clone())) {
            self.report.push(diagnostic);
        }
    }

    pub(super) fn merge(&mut self, report: Report) {
        report.diagnostics.into_iter().for_each(|diagnostic| self.push(diagnostic));
    }

    /// Tells of a warning.
    pub(super) fn warn(&mut self, warning: Diagnostic) {
        let warning = self.in_context(warning);
        self.report.push(warning);
    }

    pub(super) fn error(&mut self, code: &'static str, span: impl Into<Span>, message: impl Into<String>) {
        let place = self.place(span);
        self.push(diag::error(code, message).at(place));
    }

    pub(super) fn error_with_hint(
        &mut self,
        code: &'static str,
        span: impl Into<Span>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let place = self.place(span);
        self.push(diag::error(code, message).at(place).hint(hint));
    }

    /// Tells of a line that is not TOML, once a line.
    pub(super) fn not_toml(&mut self, span: Span, message: &str) {
        let line = self.source.line(span.start);
        if !self.broken_lines.contains(&line) {
            let fault = diag::error("not-toml", format!("failed to read TOML: {message}"));
            let unquoted = message.starts_with("invalid date, expected `-`");
            let hint = "TOML knows whole days only: write a month in quotes, such as \"2020-06\"";
            let fault = if unquoted { fault.hint(hint) } else { fault };
            self.push(fault.at(self.place(span)));
            self.broken_lines.insert(line);
        }
    }

    pub(super) fn top<'t, 'i>(&mut self, entries: &'t DeTable<'i>, known: &[&str]) -> Table<'t, 'i> {
        let table = Table { what: String::new(), span: (0..0).into(), entries };
        self.check_lengths(&table);
        self.check_keys(&table, known);
        table
    }

    /// Tells of a name that nothing declares.
    pub(super) fn unknown(&mut self, code: &'static str, what: &str, text: &Text, known: Vec<&str>) {
        let fault = diag::error(code, format!("unknown {what} {}", quoted(&text.value)));
        let fault = fault.at(text.anchor.place());
        let fault = match nearest(&text.value, known.iter().copied()) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None if known.is_empty() => {
                fault.hint(format!("declare it in a table `[{what}s.{}]`", toml_key(&text.value)))
            }
            None => fault.hint(format!("known {what}s are {}", listed(known))),
        };
        self.push(fault);
    }

    /// A value as a table, with every key known.
    pub(super) fn open<'t, 'i>(
        &mut self,
        value: &'t Value<'i>,
        span: Span,
        what: impl Into<String>,
        known: &[&str],
    ) -> Option<Table<'t, 'i>> {
        let table = self.open_free(value, span, what)?;
        self.check_keys(&table, known);
        Some(table)
    }

    /// A value as a table whose keys are the user's.
    pub(super) fn open_free<'t, 'i>(
        &mut self,
        value: &'t Value<'i>,
        span: Span,
        what: impl Into<String>,
    ) -> Option<Table<'t, 'i>> {
        let what = what.into();
        match value.get_ref() {
            DeValue::Table(entries) => {
                let table = Table { what, span, entries };
                self.check_lengths(&table);
                Some(table)
            }
            other => {
                let what = if what.is_empty() { what } else { what + ": " };
                let message = format!("{what}expected a table, found {}", article(other));
                self.error("not-a-table", value.span(), message);
                None
            }
        }
    }

    fn check_lengths(&mut self, table: &Table<'_, '_>) {
        let what =
            if table.what.is_empty() { "a key".to_owned() } else { format!("a key of {}", table.what) };
        for (key, span, _) in table.in_order() {
            self.is_within(MOST_CHARACTERS, &what, key, span, "shorten it");
        }
    }

    fn check_keys(&mut self, table: &Table<'_, '_>, known: &[&str]) {
        for (key, span, _) in table.in_order() {
            if known.contains(&key) || key.chars().count() > MOST_CHARACTERS {
                continue;
            }
            let takes = format!("known keys are {}", listed(known));
            let hint = match nearest(key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`? {takes}"),
                None => takes,
            };
            let message = format!("unknown key `{key}`{}", table.within());
            self.error_with_hint("unknown-key", span, message, hint);
        }
    }

    pub(super) fn expected(&mut self, key: &str, expected: &str, value: &Value<'_>) {
        let found = match value.get_ref() {
            DeValue::String(text) => quoted(text),
            DeValue::Integer(number) => number.to_string(),
            DeValue::Float(number) => number.to_string(),
            other => article(other).into(),
        };
        self.error("wrong-value", value.span(), format!("`{key}`: expected {expected}, found {found}"));
    }

    fn text_of(&mut self, key: &str, value: &Value<'_>) -> Option<Text> {
        let DeValue::String(text) = value.get_ref() else {
            self.expected(key, "a string", value);
            return None;
        };
        if text.trim().is_empty() {
            self.error("empty-value", value.span(), format!("`{key}` is empty"));
            return None;
        }
        let limit = self.limits.iter().find(|(of, _)| *of == key);
        let (most, hint) = match limit {
            Some((_, most)) => (*most, "shorten it, and say the rest in the text around the figure"),
            None => (MOST_CHARACTERS, "shorten it"),
        };
        let whole = Span::from(value.span());
        if !self.is_within(most, &format!("`{key}`"), text, whole, hint) {
            return None;
        }
        // The delimiters are one or three quotes, after which a line break may be skipped.
        let inside = self.source.get(whole).find(text.as_ref()).filter(|at| *at <= 4);
        let start = whole.start + inside.unwrap_or(0);
        let span = if inside.is_some() { Span { start, end: start + text.len() } } else { whole };
        let anchor = Anchor::new(Arc::clone(&self.source), span, inside.is_some());
        Some(Text { value: text.clone().into_owned(), anchor })
    }

    /// Whether a text has at most so many characters; tells of it where it has more.
    pub(super) fn is_within(&mut self, most: usize, what: &str, text: &str, span: Span, hint: &str) -> bool {
        // A character has a byte at least, so that most texts need no counting.
        let count = if text.len() > most { text.chars().count() } else { 0 };
        if count > most {
            let message = format!("{what}: expected at most {most} characters, found {count}");
            self.error_with_hint("too-long", span, message, hint);
        }
        count <= most
    }

    pub(super) fn string(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Text> {
        self.text_of(key, table.get(key)?)
    }

    pub(super) fn required(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Text> {
        self.require(table, key);
        self.string(table, key)
    }

    /// Tells of a key that a table has not got.
    pub(super) fn require(&mut self, table: &Table<'_, '_>, key: &str) {
        if !table.has(key) {
            self.error("missing-key", table.span, format!("missing `{key}`{}", table.within()));
        }
    }

    /// The elements of an array; of a single value, itself.
    pub(super) fn elements<'t, 'i>(&mut self, table: &Table<'t, 'i>, key: &str) -> Option<&'t [Value<'i>]> {
        let value = table.get(key)?;
        match value.get_ref() {
            DeValue::Array(items) => Some(items.as_ref()),
            _ => {
                self.expected(key, "an array", value);
                None
            }
        }
    }

    pub(super) fn strings(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Vec<Text>> {
        let items = self.elements(table, key)?;
        Some(items.iter().filter_map(|item| self.text_of(key, item)).collect())
    }

    fn choose<T: Copy>(&mut self, key: &str, text: &Text, choices: &[(&str, T)]) -> Option<T> {
        if let Some((_, choice)) = choices.iter().find(|(word, _)| *word == text.value) {
            return Some(*choice);
        }
        let words = || choices.iter().map(|(word, _)| *word);
        let expected: Vec<String> = words().map(|word| format!("\"{word}\"")).collect();
        let expected = expected.join(", ");
        let message = format!("unknown {key} {}", quoted(&text.value));
        let hint = match nearest(&text.value, words()) {
            Some(near) => format!("did you mean \"{near}\"? `{key}` is one of {expected}"),
            None => format!("`{key}` is one of {expected}"),
        };
        self.push(diag::error("unknown-word", message).at(text.anchor.place()).hint(hint));
        None
    }

    /// One of some words.
    pub(super) fn word<T: Copy>(
        &mut self,
        table: &Table<'_, '_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<T> {
        let text = self.string(table, key)?;
        self.choose(key, &text, choices)
    }

    /// One of the words of a key that a table has for each of several names.
    pub(super) fn word_of<T: Copy>(
        &mut self,
        table: &Table<'_, '_>,
        name: &str,
        (key, choices): (&str, &[(&str, T)]),
    ) -> Option<T> {
        let text = self.string(table, name)?;
        self.choose(key, &text, choices)
    }

    /// Some of some words.
    pub(super) fn words<T: Copy>(
        &mut self,
        table: &Table<'_, '_>,
        key: &str,
        choices: &[(&str, T)],
    ) -> Option<Vec<T>> {
        let texts = self.strings(table, key)?;
        Some(texts.iter().filter_map(|text| self.choose(key, text, choices)).collect())
    }

    pub(super) fn integer(
        &mut self,
        table: &Table<'_, '_>,
        key: &str,
        range: RangeInclusive<u32>,
    ) -> Option<u32> {
        let value = table.get(key)?;
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        let number = match value.get_ref() {
            DeValue::Integer(number) => u32::from_str_radix(number.as_str(), number.radix()).ok(),
            _ => None,
        };
        let number = number.filter(|number| range.contains(number));
        if number.is_none() {
            self.expected(key, &expected, value);
        }
        number
    }

    /// `true` or `false`.
    pub(super) fn switch(&mut self, table: &Table<'_, '_>, key: &str) -> Option<bool> {
        let value = table.get(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.expected(key, "`true` or `false`", value);
        }
        found
    }

    /// A number, whole or not.
    pub(super) fn number_in(&mut self, table: &Table<'_, '_>, key: &str, among: &[f64]) -> Option<f64> {
        let value = table.get(key)?;
        let number = match value.get_ref() {
            DeValue::Integer(number) => number.as_str().parse::<f64>().ok(),
            DeValue::Float(number) => number.as_str().parse::<f64>().ok(),
            _ => None,
        };
        let number = number.filter(|number| among.contains(number));
        if number.is_none() {
            let expected: Vec<String> = among.iter().map(f64::to_string).collect();
            self.expected(key, &expected.join(" or "), value);
        }
        number
    }

    /// A day, month or year: a TOML date, a string or a year as a number.
    pub(super) fn period(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Period> {
        let value = table.get(key)?;
        let period = match value.get_ref() {
            DeValue::Datetime(Datetime { date: Some(date), time: None, .. }) => {
                Period::parse(&date.to_string())
            }
            DeValue::Datetime(_) => None,
            DeValue::String(text) => Period::parse(text),
            DeValue::Integer(number) => Period::parse(number.as_str()),
            _ => None,
        };
        if period.is_none() {
            self.expected(key, "a date such as 2020-06-30, \"2020-06\" or \"2020\"", value);
        }
        period
    }

    pub(super) fn color(&mut self, table: &Table<'_, '_>, key: &str) -> Option<Rgb> {
        let value = table.get(key)?;
        let color = value.get_ref().as_str().and_then(rgb);
        if color.is_none() {
            self.expected(key, "a colour such as \"#E1781E\"", value);
        }
        color
    }
}

/// Where the keys of a table stand, in the order of the file.
fn keys_of(entries: &DeTable<'_>) -> Vec<Span> {
    let mut spans: Vec<Span> = entries.keys().map(|key| key.span().into()).collect();
    spans.sort_by_key(|span| span.start);
    spans
}

fn rgb(text: &str) -> Option<Rgb> {
    let digits =
        text.strip_prefix('#').filter(|hex| hex.len() == 6 && hex.bytes().all(|b| b.is_ascii_hexdigit()))?;
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some(Rgb(red, green, blue))
}

fn article(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a string",
        DeValue::Integer(_) => "a whole number",
        DeValue::Float(_) => "a number",
        DeValue::Boolean(true) => "true",
        DeValue::Boolean(false) => "false",
        DeValue::Datetime(_) => "a date or time",
        DeValue::Array(_) => "an array",
        DeValue::Table(_) => "a table",
    }
}
