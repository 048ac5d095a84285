//! The table of one figure: read, checked for sense, every default filled in.

use std::collections::BTreeMap;

use crate::claim;
use crate::data::ValueColumns;
use crate::diag::{self, quoted};
use crate::figure::{COLORS, Digits, Event, Kind, Unit};
use crate::frame::transform;
use crate::kind;
use crate::manifest::additions::{self, PERIODS};
use crate::manifest::name;
use crate::manifest::parts;
use crate::manifest::table::{Reader, Table, Value};
use crate::spec::grammar::Claim;
use crate::spec::source::{Places, Span};
use crate::spec::template::Template;
use crate::spec::{At, Combine, DatasetSpec, FigureSpec, LastPeriod, Measure, Output, SubjectSpec};
use crate::time::period::Precision;

const FIGURE: [&str; 31] = [
    "dataset",
    "measure",
    "quantity",
    "unit",
    "chart",
    "title",
    "subtitle",
    "note",
    "source",
    "subjects",
    "top",
    "highlight",
    "colored",
    "digits",
    "from",
    "to",
    "at",
    "groups",
    "combine",
    "each",
    "below_one",
    "first_period",
    "last_period",
    "size",
    "width",
    "height",
    "events",
    "annotations",
    "shaded",
    "panels",
    "claims",
];

const COMBINES: [(&str, Combine); 4] =
    [("sum", Combine::Sum), ("mean", Combine::Mean), ("last", Combine::Last), ("pooled", Combine::Pooled)];
const LAST_PERIODS: [(&str, LastPeriod); 4] = [
    ("keep", LastPeriod::Keep),
    ("tell", LastPeriod::Tell),
    ("dash", LastPeriod::Dash),
    ("drop", LastPeriod::Drop),
];
const DIGITS: [(&str, Digits); 2] = [("short", Digits::Short), ("full", Digits::Full)];
/// Keys that mean something to those kinds alone that say so, with what to do instead.
const EXTRAS: [(&str, &str); 4] = [
    ("log", "use `chart = \"line\"`: what begins at zero has no length on a logarithmic scale"),
    ("since-start", "use `chart = \"line\"`, whose axis can be one of ages"),
    ("annotations", "use `chart = \"line\"`, or say it in the `note`"),
    ("shaded", "use `chart = \"line\"`, which has an axis of time"),
];

/// Words of a title beyond which a warning is given.
const TITLE_WORDS: usize = 12;

/// What the rest of the manifest declares.
pub(super) struct Declared<'a> {
    pub(super) output: &'a Output,
    pub(super) subjects: &'a [SubjectSpec],
    /// `None` where the dataset has errors.
    pub(super) datasets: &'a BTreeMap<String, Option<DatasetSpec>>,
}

pub(super) fn read(
    reader: &mut Reader<'_>,
    key: &str,
    start: Span,
    value: &Value<'_>,
    declared: &Declared<'_>,
) -> Option<FigureSpec> {
    let before = reader.faults();
    check_name(reader, key, start);
    let known: Vec<&str> = FIGURE.into_iter().chain(transform::ALL.map(|known| known.key())).collect();
    let table = reader.open(value, start, "", &known)?;
    if !table.has("chart") {
        reader.error_with_hint("missing-key", start, "missing `chart`", chart_hint());
    }
    let kinds: Vec<(&str, &'static Kind)> = kind::ALL.map(|chart| (chart.kind().name, chart.kind())).to_vec();
    let chart = reader.word(&table, "chart", &kinds);
    let subjects = declared.subjects.to_vec();
    let mut figure = Figure { reader, table: &table, declared, subjects, datasets: Vec::new(), sound: true };
    let panels = figure.panels(chart);
    let is_ratio = panels.iter().any(|panel| matches!(panel.measure, Measure::Ratio { .. }));
    let chart = chart.map(|kind| figure.check_keys_of(figure.variant(kind)));
    let (title, subtitle, note) = figure.words();
    let (events, places) = figure.events(start);
    // Read on without a kind, to tell what else is wrong.
    let [first, ..] = kind::ALL;
    let spec = FigureSpec {
        key: key.to_owned(),
        place: figure.reader.place(start),
        places,
        chart: chart.unwrap_or(first.kind()),
        unit: figure.reader.word(&table, "unit", &Unit::WORDS),
        sizes: parts::sizes(figure.reader, &table, &declared.output.sizes)
            .unwrap_or_else(|| declared.output.sizes.clone()),
        quantity: figure.reader.string(&table, "quantity").map(|text| text.value),
        title,
        subtitle,
        note,
        source: figure.reader.string(&table, "source").map(|text| text.value),
        shown: figure.subjects("subjects"),
        top: figure.top(),
        highlight: figure.highlight(),
        colored: figure.colored(),
        digits: figure.reader.word(&table, "digits", &DIGITS).unwrap_or_default(),
        missing_glyphs: declared.output.missing_glyphs,
        panels,
        groups: figure.distinct("groups"),
        combine: figure.combine(is_ratio),
        each: figure.each(),
        from: figure.reader.period(&table, "from"),
        to: figure.to(),
        transforms: additions::transforms(figure.reader, &table),
        annotations: additions::annotations(figure.reader, &table, &mut figure.subjects),
        shaded: additions::shaded(figure.reader, &table),
        below_one: figure.reader.number_in(&table, "below_one", &[0.5, 0.0]).unwrap_or(0.5),
        first_period: figure.reader.word(&table, "first_period", &LAST_PERIODS).unwrap_or(LastPeriod::Judge),
        last_period: figure.reader.word(&table, "last_period", &LAST_PERIODS).unwrap_or(LastPeriod::Judge),
        events,
        claims: figure.claims(),
        declared: figure.subjects,
        datasets: figure.datasets,
    };
    let sound = figure.sound;
    if let (Some(from), Some(to)) = (spec.from, spec.to)
        && from.first() >= to.end()
    {
        reader.error("to-before-from", table.key_span("to"), format!("`to` is before `from`: {to}, {from}"));
    }
    (sound && reader.faults() == before).then_some(spec)
}

fn chart_hint() -> String {
    format!("`chart` is one of {}", kind::ALL.map(|chart| format!("\"{}\"", chart.kind().name)).join(", "))
}

fn check_name(reader: &mut Reader<'_>, key: &str, start: Span) {
    if let Some((because, hint)) = name::unfit(key) {
        let message = format!("the key cannot name a file{because}");
        reader.error_with_hint("unusable-name", start, message, hint);
    }
}

pub(super) struct Figure<'r, 'a, 't, 'i> {
    pub(super) reader: &'r mut Reader<'a>,
    pub(super) table: &'r Table<'t, 'i>,
    declared: &'r Declared<'r>,
    /// Everybody who is declared, and then who this figure names without that.
    subjects: Vec<SubjectSpec>,
    datasets: Vec<DatasetSpec>,
    /// False when a dataset it needs has errors, which were told there.
    sound: bool,
}

impl Figure<'_, '_, '_, '_> {
    /// Keys that mean nothing in a chart of this kind.
    fn check_keys_of(&mut self, kind: &'static Kind) -> &'static Kind {
        let groups_alone = kind.keeps_groups && !self.table.has("each");
        let combine = [("combine", "it draws each group")];
        let combine = combine.iter().filter(|_| groups_alone);
        let colored = [("colored", "it chooses its colours itself: use `highlight`")];
        let colored = colored.iter().filter(|_| !kind.colors_tell);
        for (key, hint) in
            kind.refuses.iter().chain(combine).chain(colored).filter(|(key, _)| self.table.has(key))
        {
            let message = format!("cannot use `{key}` in a {} chart", kind.name);
            self.reader.error_with_hint("unusable-key", self.table.key_span(key), message, *hint);
        }
        let extras = kind::extras(kind);
        for (key, hint) in EXTRAS.iter().filter(|(key, _)| self.table.has(key) && !extras.contains(key)) {
            let message = format!("cannot use `{key}` in a {} chart", kind.name);
            self.reader.error_with_hint("unusable-key", self.table.key_span(key), message, *hint);
        }
        kind
    }

    /// The kind as it shows groups, where groups are named and nothing asks for a span of time.
    fn variant(&self, kind: &'static Kind) -> &'static Kind {
        let is_of_groups = |dataset: &DatasetSpec| {
            dataset.columns.group.is_some() || dataset.columns.values_are == Some(ValueColumns::Groups)
        };
        let has = |keys: &[&str]| keys.iter().any(|key| self.table.has(key));
        let in_groups = has(&["at", "groups"]) || self.datasets.iter().any(is_of_groups);
        let over_time = has(&["combine", "each", "from", "to"]);
        kind::find(kind.name).map_or(kind, |chart| chart.variant(in_groups && !over_time))
    }

    pub(super) fn template(&mut self, table: &Table<'_, '_>, key: &str) -> Template {
        let Some(text) = self.reader.string(table, key) else { return Template::default() };
        match Template::parse(&text.value, &text.anchor) {
            Ok(template) => template,
            Err(report) => {
                self.reader.merge(report);
                Template::default()
            }
        }
    }

    fn words(&mut self) -> (Template, Template, Template) {
        let table = self.table;
        self.reader.require(table, "title");
        let title = self.template(table, "title");
        let plain = title.plain();
        let mut warn = |code, message: &str, hint: &str| {
            let place = self.reader.place(table.key_span("title"));
            self.reader.warn(diag::warning(code, message).at(place).hint(hint));
        };
        if plain.trim_end().ends_with('.') {
            warn("title-with-stop", "the title ends with a stop", "a headline has none: leave it out");
        }
        let count = plain.split_whitespace().count();
        if count > TITLE_WORDS {
            let message = format!("the title has {count} words");
            warn("long-title", &message, "say it in 12 words or fewer, and leave the rest to the subtitle");
        }
        (title, self.template(table, "subtitle"), self.template(table, "note"))
    }

    pub(super) fn dataset(&mut self, table: &Table<'_, '_>) -> Option<usize> {
        let text = self.reader.string(table, "dataset")?;
        match self.declared.datasets.get(&text.value) {
            Some(Some(spec)) => {
                let known = self.datasets.iter().position(|other| other.key == spec.key);
                Some(known.unwrap_or_else(|| {
                    self.datasets.push(spec.clone());
                    self.datasets.len() - 1
                }))
            }
            Some(None) => {
                self.sound = false;
                None
            }
            None => {
                let known = || self.declared.datasets.keys().map(String::as_str);
                self.reader.unknown("unknown-dataset", "dataset", &text, known().collect());
                None
            }
        }
    }

    pub(super) fn measure(&mut self, table: &Table<'_, '_>) -> Measure {
        let Some(text) = self.reader.string(table, "measure") else { return Measure::Only };
        match text.value.split_once(" / ") {
            None => Measure::Column(text.value),
            Some((numerator, denominator)) => {
                let (numerator, denominator) = (numerator.trim().to_owned(), denominator.trim().to_owned());
                if numerator.is_empty() || denominator.is_empty() || denominator.contains(" / ") {
                    let message = "`measure`: expected a column or two columns with ` / ` between them";
                    self.reader.push(diag::error("broken-measure", message).at(text.anchor.place()));
                }
                Measure::Ratio { numerator, denominator }
            }
        }
    }

    pub(super) fn at(&mut self, table: &Table<'_, '_>) -> Option<At> {
        match word(table, "at") {
            Some("latest") => Some(At::Latest),
            Some("each") => Some(At::Each),
            _ => self.reader.period(table, "at").map(At::On),
        }
    }

    fn to(&mut self) -> Option<crate::time::period::Period> {
        if word(self.table, "to") == Some("latest") { None } else { self.reader.period(self.table, "to") }
    }

    /// Subjects by key, label or another spelling, declared or not.
    fn subjects(&mut self, key: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for text in self.reader.strings(self.table, key).unwrap_or_default() {
            let index = parts::whom(&mut self.subjects, &text);
            if found.contains(&index) {
                let message = format!("`{key}` names {} twice", quoted(&text.value));
                self.reader.push(diag::error("named-twice", message).at(text.anchor.place()));
            } else {
                found.push(index);
            }
        }
        found
    }

    fn top(&mut self) -> Option<usize> {
        let top = self.reader.integer(self.table, "top", 1..=999)?;
        if self.table.has("subjects") {
            let (message, hint) = ("`top` stands beside `subjects`", "keep the one that says who is shown");
            self.reader.error_with_hint("two-keys", self.table.key_span("top"), message, hint);
        }
        usize::try_from(top).ok()
    }

    fn highlight(&mut self) -> Vec<usize> {
        let faults = self.reader.faults();
        let shown = self.subjects("subjects");
        let highlight = self.subjects("highlight");
        if self.reader.faults() == faults && !shown.is_empty() {
            let places = self.reader.places(self.table, self.table.span);
            let strangers = (0..).zip(&highlight).filter(|(_, who)| !shown.contains(who));
            for (element, index) in strangers {
                let label = self.subjects.get(*index).map_or("", |subject| subject.label.as_str());
                let message = format!("`highlight` names {}, which `subjects` does not", quoted(label));
                let fault = diag::error("highlight-not-shown", message);
                self.reader.push(fault.at(places.of_element("highlight", element)));
            }
        }
        highlight
    }

    fn colored(&mut self) -> Option<usize> {
        let colored = self.reader.integer(self.table, "colored", 1..=COLORS as u32)?;
        if self.table.has("highlight") {
            let message = "`colored` stands beside `highlight`";
            let hint = "leave it out: who is not highlighted is grey";
            self.reader.error_with_hint("unusable-key", self.table.key_span("colored"), message, hint);
        }
        usize::try_from(colored).ok()
    }

    fn distinct(&mut self, key: &str) -> Vec<String> {
        let mut found: Vec<String> = Vec::new();
        for text in self.reader.strings(self.table, key).unwrap_or_default() {
            if found.contains(&text.value) {
                let message = format!("`{key}` names {} twice", quoted(&text.value));
                self.reader.push(diag::error("named-twice", message).at(text.anchor.place()));
            } else {
                found.push(text.value);
            }
        }
        found
    }

    fn combine(&mut self, is_ratio: bool) -> Combine {
        let combine = self.reader.word(self.table, "combine", &COMBINES).unwrap_or(Combine::Never);
        if combine == Combine::Pooled && !is_ratio {
            let message = "cannot pool a measure that is not a ratio";
            let hint = "write `measure = \"papers / all_papers\"`, or use \"sum\" or \"mean\"";
            self.reader.error_with_hint(
                "pooled-without-ratio",
                self.table.key_span("combine"),
                message,
                hint,
            );
        }
        combine
    }

    fn each(&mut self) -> Option<Precision> {
        let each = self.reader.word(self.table, "each", &PERIODS);
        if each.is_some() && !self.table.has("combine") {
            self.reader.error_with_hint(
                "needs-another-key",
                self.table.key_span("each"),
                "`each` needs `combine`",
                "set `combine` to \"sum\", \"mean\", \"last\" or \"pooled\"",
            );
        }
        if each.is_some() && word(self.table, "at") == Some("each") {
            let message = "`each` stands beside `at = \"each\"`";
            let hint = "leave one of them out: periods have their dates in common";
            self.reader.error_with_hint("unusable-key", self.table.key_span("each"), message, hint);
        }
        each
    }

    /// The events in order of time, and where all values stand.
    fn events(&mut self, start: Span) -> (Vec<Event>, Places) {
        let (events, marks) = additions::events(self.reader, self.table).into_iter().unzip();
        let mut places = self.reader.places(self.table, start);
        places.arrange("events", marks);
        (events, places)
    }

    fn claims(&mut self) -> Vec<Claim> {
        let mut found = Vec::new();
        for text in self.reader.strings(self.table, "claims").unwrap_or_default() {
            match claim::parse(&text.value, &text.anchor) {
                Ok(claim) => found.push(claim),
                Err(fault) => self.reader.push(fault),
            }
        }
        let empty = self.reader.elements(self.table, "claims").is_none_or(<[_]>::is_empty);
        if empty {
            let warning = diag::warning("missing-claims", "missing `claims`: nothing keeps the title true");
            let warning = warning.at(self.reader.place(self.table.span));
            self.reader.warn(warning.hint("add `claims = [\"A > B\"]` with what the title says"));
        }
        found
    }
}

/// What a key says, where that is a word.
fn word<'t>(table: &Table<'t, '_>, key: &str) -> Option<&'t str> {
    table.get(key)?.get_ref().as_str()
}
