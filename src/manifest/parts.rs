//! The tables that figures refer to: `[output]`, `[subjects]`, `[datasets]`.

use std::collections::BTreeMap;

use toml::de::DeValue;

use crate::data::Aggregate;
use crate::diag::{self, quoted};
use crate::export;
use crate::figure::Ink;
use crate::manifest::table::{Context, Reader, Table, Text};
use crate::manifest::{files, reading};
use crate::preset::{self, ARTICLE, Preset, Size};
use crate::spec::source::Span;
use crate::spec::{DatasetSpec, Glyphs, Output, SubjectSpec, ThemeChoice};

/// The most characters of a name in a figure.
pub(super) const LABEL: usize = 200;

const OUTPUT: [&str; 7] = ["dir", "formats", "theme", "size", "width", "scale", "missing_glyphs"];
const SUBJECT: [&str; 4] = ["label", "color", "color_dark", "also"];
const DATASET: [&str; 31] = [
    "path",
    "files",
    "names_from",
    "anchor",
    "below_one",
    "source",
    "url",
    "licence",
    "retrieved",
    "note",
    "date",
    "subject",
    "group",
    "values",
    "same",
    "only",
    "columns",
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
    "groups_are",
    "aggregate",
    "names",
];

const AGGREGATES: [(&str, Aggregate); 3] =
    [("mean", Aggregate::Mean), ("sum", Aggregate::Sum), ("last", Aggregate::Last)];
const GLYPHS: [(&str, Glyphs); 2] = [("refuse", Glyphs::Refuse), ("escape", Glyphs::Escape)];
const GROUPS_ARE: [(&str, bool); 2] = [("groups", false), ("subjects", true)];
const THEMES: [(&str, ThemeChoice); 3] =
    [("light", ThemeChoice::Light), ("dark", ThemeChoice::Dark), ("both", ThemeChoice::Both)];

/// Narrowest and widest figure, lowest and highest, in CSS px.
const WIDTHS: std::ops::RangeInclusive<u32> = 300..=2400;
const HEIGHTS: std::ops::RangeInclusive<u32> = 150..=2400;

pub(super) fn output(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Output {
    let mut output = Output::default();
    let start = top.key_span("output");
    let Some(table) = top.get("output").and_then(|value| reader.open(value, start, "`output`", &OUTPUT))
    else {
        return output;
    };
    if let Some(dir) = reader.string(&table, "dir") {
        output.dir = dir.value;
    }
    let formats: Vec<_> = export::choices().map(|export| (export.name, export)).collect();
    if let Some(named) = reader.words(&table, "formats", &formats) {
        output.formats = export::choices().filter(|export| named.contains(export)).collect();
    }
    output.theme = reader.word(&table, "theme", &THEMES).unwrap_or(output.theme);
    output.sizes = sizes(reader, &table, &output.sizes).unwrap_or(output.sizes);
    output.missing_glyphs = reader.word(&table, "missing_glyphs", &GLYPHS).unwrap_or(output.missing_glyphs);
    output.scale = reader.integer(&table, "scale", 1..=4).unwrap_or(output.scale);
    output
}

/// The sizes that a table asks for by their names or in px; `None` where it asks for none. `others` are those of figures
/// that do not: a height alone has the width that they have in an article.
pub(super) fn sizes(reader: &mut Reader<'_>, table: &Table<'_, '_>, others: &[Size]) -> Option<Vec<Size>> {
    let width = reader.integer(table, "width", WIDTHS);
    let height = reader.integer(table, "height", HEIGHTS);
    if !table.has("size") {
        let usual = others.iter().find(|size| *size.preset == ARTICLE).copied();
        let usual = usual.unwrap_or_else(|| ARTICLE.size());
        let size = Size { preset: &ARTICLE, width: width.unwrap_or(usual.width), height };
        return (width.is_some() || height.is_some()).then(|| vec![size]);
    }
    for key in ["width", "height"].into_iter().filter(|key| table.has(key)) {
        let message = format!("`{key}` stands beside `size`");
        let hint = format!("leave `{key}` out, or `size`: a size has its own width and height");
        reader.error_with_hint("two-keys", table.key_span(key), message, hint);
    }
    let words: Vec<(&str, &'static Preset)> = preset::ALL.map(|preset| (preset.name, preset)).to_vec();
    let presets = match table.get("size")?.get_ref() {
        DeValue::String(_) => vec![reader.word(table, "size", &words)?],
        DeValue::Array(_) => reader.words(table, "size", &words)?,
        _ => {
            reader.expected("size", "a word, or an array of words", table.get("size")?);
            return None;
        }
    };
    let mut sizes: Vec<Size> = Vec::new();
    for preset in presets {
        if sizes.contains(&preset.size()) {
            let message = format!("`size` names \"{}\" twice", preset.name);
            reader.error("named-twice", table.key_span("size"), message);
        } else {
            sizes.push(preset.size());
        }
    }
    if sizes.is_empty() {
        reader.error("empty-value", table.key_span("size"), "`size` names no size");
    }
    Some(sizes)
}

pub(super) fn subjects(reader: &mut Reader<'_>, top: &Table<'_, '_>) -> Vec<SubjectSpec> {
    let start = top.key_span("subjects");
    let Some(table) = top.get("subjects").and_then(|value| reader.open_free(value, start, "`subjects`"))
    else {
        return Vec::new();
    };
    let mut subjects: Vec<SubjectSpec> = Vec::new();
    let mut spellings: BTreeMap<String, String> = BTreeMap::new();
    for (key, start, value) in table.in_order() {
        let Some(table) = reader.open(value, start, format!("subject `{key}`"), &SUBJECT) else { continue };
        let label = reader.string(&table, "label").map_or_else(|| key.to_owned(), |label| label.value);
        if !table.has("label") {
            reader.is_within(LABEL, "a subject's key", key, start, "give it a `label`");
        }
        let also = reader.strings(&table, "also").unwrap_or_default();
        let light = reader.color(&table, "color");
        let dark = reader.color(&table, "color_dark");
        if dark.is_some() && !table.has("color") {
            let message = format!("missing `color` in subject `{key}`, which has a `color_dark`");
            reader.error("missing-key", table.key_span("color_dark"), message);
        }
        let ink = match light {
            Some(light) => Ink::Fixed { light, dark },
            None => next_ink(&subjects),
        };
        let also: Vec<String> = also.into_iter().map(|text| text.value).collect();
        for name in [key, &label].into_iter().chain(also.iter().map(String::as_str)) {
            let owner = spellings.entry(name.trim().to_lowercase()).or_insert_with(|| key.to_owned());
            if owner != key {
                let message = format!("{} names both subject `{owner}` and subject `{key}`", quoted(name));
                reader.error_with_hint("ambiguous-name", start, message, "leave the name to one of them");
            }
        }
        subjects.push(SubjectSpec { key: key.to_owned(), label, also, ink, named: None });
    }
    subjects
}

/// The datasets by key; `None` where one has errors.
pub(super) fn datasets<'k>(
    reader: &mut Reader<'k>,
    top: &Table<'k, '_>,
    subjects: &mut Vec<SubjectSpec>,
    has_fault: impl Fn(usize) -> bool,
) -> BTreeMap<String, Option<DatasetSpec>> {
    let start = top.key_span("datasets");
    let table = top.get("datasets").and_then(|value| reader.open_free(value, start, "`datasets`"));
    let mut datasets = BTreeMap::new();
    for (key, start, value) in table.iter().flat_map(Table::in_order) {
        let before = reader.faults();
        reader.enter(Some(Context::Dataset(key)));
        let spec = dataset(reader, key, start, value, subjects);
        reader.enter(None);
        let sound = reader.faults() == before && !has_fault(start.start);
        datasets.insert(key.to_owned(), spec.filter(|_| sound));
    }
    datasets
}

fn dataset(
    reader: &mut Reader<'_>,
    key: &str,
    start: Span,
    value: &super::table::Value<'_>,
    subjects: &mut Vec<SubjectSpec>,
) -> Option<DatasetSpec> {
    let table = reader.open(value, start, "", &DATASET)?;
    let files = files::read(reader, &table);
    let source = reader.required(&table, "source");
    let optional = |reader: &mut Reader<'_>, key: &str| reader.string(&table, key).map(|text| text.value);
    let (url, licence, note) =
        (optional(reader, "url"), optional(reader, "licence"), optional(reader, "note"));
    let retrieved = reader.period(&table, "retrieved");
    if !table.has("retrieved") {
        let warning = diag::warning("missing-retrieved", "missing `retrieved`, the date the data are of");
        let warning = warning.at(reader.place(start));
        reader.warn(warning.hint("add `retrieved = 2026-08-22`, or `retrieved = \"2026-08\"`"));
    }
    let mut columns = reading::read(reader, &table)?;
    let aggregate = reader.word(&table, "aggregate", &AGGREGATES);
    let groups_are_subjects = reader.word(&table, "groups_are", &GROUPS_ARE).unwrap_or(false);
    let names = names(reader, &table, subjects);
    let (place, places) = (reader.place(start), reader.places(&table, start));
    let (files, source) = (files?, source?.value);
    columns.several = files.named.len() > 1 || files.pattern.is_some();
    Some(DatasetSpec {
        key: key.to_owned(),
        place,
        places,
        files: files.named,
        pattern: files.pattern,
        names_from: files.names_from,
        anchor: files.anchor,
        below_one: files.below_one,
        source,
        url,
        licence,
        retrieved,
        note,
        columns,
        groups_are_subjects,
        aggregate,
        names,
    })
}

/// Spellings of this dataset alone, with whom they mean: elsewhere they may mean somebody else.
fn names(
    reader: &mut Reader<'_>,
    table: &Table<'_, '_>,
    subjects: &mut Vec<SubjectSpec>,
) -> Vec<(String, usize)> {
    let start = table.key_span("names");
    let Some(names) = table.get("names").and_then(|value| reader.open_free(value, start, "`names`")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (spelling, _, _) in names.in_order() {
        let Some(subject) = reader.string(&names, spelling) else { continue };
        found.push((spelling.to_owned(), whom(subjects, &subject)));
    }
    found
}

/// The index of a subject by key, label or another spelling. Who has no table is added to those that have: the
/// data then say whether there is such a subject.
pub(super) fn whom(subjects: &mut Vec<SubjectSpec>, text: &Text) -> usize {
    let wanted = text.value.trim().to_lowercase();
    subjects.iter().position(|subject| subject.is(&wanted)).unwrap_or_else(|| {
        let name = text.value.trim().to_owned();
        let named = Some(text.anchor.place());
        let ink = next_ink(subjects);
        subjects.push(SubjectSpec { key: name.clone(), label: name, also: Vec::new(), ink, named });
        subjects.len() - 1
    })
}

/// The first colour of the palette that nobody has.
fn next_ink(subjects: &[SubjectSpec]) -> Ink {
    Ink::Palette(subjects.iter().filter(|s| matches!(s.ink, Ink::Palette(_))).count())
}
