//! The table of one figure: read, checked for sense, every default filled in.

use std::collections::BTreeMap;

use crate::claim;
use crate::data::ValueColumns;
use crate::diag::{self, quoted};
use crate::figure::{Event, EventKind, Kind, Unit};
use crate::frame::transform;
use crate::kind;
use crate::manifest::name;
use crate::manifest::parts;
use crate::manifest::table::{Reader, Table, Value};
use crate::spec::grammar::Claim;
use crate::spec::source::Span;
use crate::spec::template::{Piece, Placeholder, Template};
use crate::spec::{
    At, Combine, DatasetSpec, FigureSpec, LastPeriod, Measure, Output, PanelSpec, SubjectSpec, Takes,
    Transform,
};
use crate::time::period::Precision;

const FIGURE: [&str; 28] = [
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
    "panels",
    "claims",
];
const PANEL: [&str; 5] = ["dataset", "measure", "title", "at", "missing"];
const EVENT: [&str; 3] = ["date", "label", "kind"];

const COMBINES: [(&str, Combine); 4] =
    [("sum", Combine::Sum), ("mean", Combine::Mean), ("last", Combine::Last), ("pooled", Combine::Pooled)];
const PERIODS: [(&str, Precision); 5] = [
    ("day", Precision::Day),
    ("week", Precision::Week),
    ("month", Precision::Month),
    ("quarter", Precision::Quarter),
    ("year", Precision::Year),
];
const LAST_PERIODS: [(&str, LastPeriod); 4] = [
    ("keep", LastPeriod::Keep),
    ("tell", LastPeriod::Tell),
    ("dash", LastPeriod::Dash),
    ("drop", LastPeriod::Drop),
];
const EVENT_KINDS: [(&str, EventKind); 2] =
    [("happened", EventKind::Happened), ("method-changed", EventKind::MethodChanged)];

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
    let unit = reader.word(&table, "unit", &Unit::WORDS);
    let subjects = declared.subjects.to_vec();
    let mut figure = Figure { reader, table: &table, declared, subjects, datasets: Vec::new(), sound: true };
    let panels = figure.panels(chart);
    let is_ratio = panels.iter().any(|panel| matches!(panel.measure, Measure::Ratio { .. }));
    let chart = chart.map(|kind| figure.check_keys_of(figure.variant(kind)));
    let (title, subtitle, note) = figure.words();
    let (events, marks): (Vec<Event>, Vec<Span>) = figure.events().into_iter().unzip();
    let mut places = figure.reader.places(&table, start);
    places.arrange("events", marks);
    // Read on without a kind, to tell what else is wrong.
    let [first, ..] = kind::ALL;
    let spec = FigureSpec {
        key: key.to_owned(),
        place: figure.reader.place(start),
        places,
        chart: chart.unwrap_or(first.kind()),
        unit,
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
        missing_glyphs: declared.output.missing_glyphs,
        panels,
        groups: figure.distinct("groups"),
        combine: figure.combine(is_ratio),
        each: figure.each(),
        from: figure.reader.period(&table, "from"),
        to: figure.to(),
        transforms: figure.transforms(),
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

struct Figure<'r, 'a, 't, 'i> {
    reader: &'r mut Reader<'a>,
    table: &'r Table<'t, 'i>,
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

    fn template(&mut self, table: &Table<'_, '_>, key: &str) -> Template {
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

    fn dataset(&mut self, table: &Table<'_, '_>) -> Option<usize> {
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

    fn measure(&mut self, table: &Table<'_, '_>) -> Measure {
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

    fn at(&mut self, table: &Table<'_, '_>) -> Option<At> {
        match word(table, "at") {
            Some("latest") => Some(At::Latest),
            Some("each") => Some(At::Each),
            _ => self.reader.period(table, "at").map(At::On),
        }
    }

    fn to(&mut self) -> Option<crate::time::period::Period> {
        if word(self.table, "to") == Some("latest") { None } else { self.reader.period(self.table, "to") }
    }

    fn panels(&mut self, chart: Option<&Kind>) -> Vec<PanelSpec> {
        let table = self.table;
        let dataset = self.dataset(table);
        let at = self.at(table).unwrap_or(At::Latest);
        if chart.is_none_or(|kind| !kind.has_panels) {
            self.reader.require(table, "dataset");
            let place = self.reader.place(table.span);
            let measure = self.measure(table);
            return vec![PanelSpec {
                place,
                places: self.reader.places(table, table.span),
                dataset,
                measure,
                title: Template::default(),
                at,
                missing: None,
            }];
        }
        if !table.has("panels") {
            let message = "missing `panels`";
            let hint =
                "add `panels = [{ measure = \"stars\", title = \"Stars\" }]`, with one table for each panel";
            self.reader.error_with_hint("missing-key", table.span, message, hint);
        }
        let items = self.reader.elements(table, "panels").unwrap_or_default();
        items.iter().filter_map(|item| self.panel(item, dataset, at)).collect()
    }

    fn panel(&mut self, item: &Value<'_>, dataset: Option<usize>, at: At) -> Option<PanelSpec> {
        let start = Span::from(item.span());
        let table = self.reader.open(item, start, "a panel", &PANEL)?;
        let missing = self.reader.string(&table, "missing").map(|text| text.value);
        let own = self.dataset(&table);
        let dataset = if table.has("dataset") { own } else { dataset.filter(|_| missing.is_none()) };
        if dataset.is_none() && missing.is_none() && !self.table.has("dataset") {
            self.reader.require(&table, "dataset");
        }
        self.reader.require(&table, "measure");
        let measure = self.measure(&table);
        self.reader.require(&table, "title");
        let title = self.template(&table, "title");
        for piece in &title.pieces {
            if let Piece::Value(placeholder, place) = piece
                && **placeholder != Placeholder::Date
            {
                let fault = diag::error(
                    "placeholder-in-panel",
                    "expected no placeholder but `{date}` in a panel's title",
                );
                self.reader.push(fault.at(place.clone()));
            }
        }
        let at = self.at(&table).unwrap_or(at);
        let mut places = self.reader.places(&table, start);
        places.complete(&self.reader.places(self.table, self.table.span));
        Some(PanelSpec { place: self.reader.place(start), places, dataset, measure, title, at, missing })
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
        let colored = self.reader.integer(self.table, "colored", 1..=999)?;
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

    fn transforms(&mut self) -> Vec<Transform> {
        let mut found = Vec::new();
        for transformation in transform::ALL {
            let key = transformation.key();
            let amount = match transformation.takes() {
                Takes::Steps(range) => {
                    let least = *range.start();
                    self.reader.integer(self.table, key, range).filter(|amount| *amount > least)
                }
                Takes::Switch => self.reader.switch(self.table, key).filter(|is_on| *is_on).map(|_| 1),
            };
            found.extend(amount.map(|amount| Transform { key, amount }));
        }
        found
    }

    /// The events in order of time, with where each stands.
    fn events(&mut self) -> Vec<(Event, Span)> {
        let mut events = Vec::new();
        for item in self.reader.elements(self.table, "events").unwrap_or_default() {
            let start = Span::from(item.span());
            let Some(table) = self.reader.open(item, start, "an event", &EVENT) else { continue };
            self.reader.require(&table, "date");
            let date = self.reader.period(&table, "date");
            let label = self.reader.required(&table, "label");
            let kind = self.reader.word(&table, "kind", &EVENT_KINDS).unwrap_or(EventKind::Happened);
            if let (Some(date), Some(label)) = (date, label) {
                events.push((Event { at: date.first(), label: label.value, kind }, start));
            }
        }
        events.sort_by_key(|(event, _)| event.at);
        events
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
