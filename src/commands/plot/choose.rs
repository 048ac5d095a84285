//! Which figure a dataset makes: the chart, who is shown, what must be left out.

use std::collections::BTreeMap;

use super::gather::{Gathered, Source};
use super::plain::Plain;
use super::words::{self, Note, Shown};
use super::{Job, prune, select};
use crate::data::{Aggregate, Columns, Completeness, Dataset, Reading, measure_words, narrow};
use crate::diag::{self, Place, Report, listed, quoted};
use crate::figure::{Ink, Kind, Unit};
use crate::kind;
use crate::spec::source::Places;
use crate::spec::template::{Piece, Template};
use crate::spec::{
    At, Combine, DatasetSpec, FigureSpec, FileSpec, LastPeriod, Measure, NamesFrom, PanelSpec, SubjectSpec,
};
use crate::text::Fonts;
use crate::time::period::Period;

/// Groups counted at more dates than this each are lines over time, at fewer the bars of their last date.
const GROUPED_DATES: usize = 6;

/// The key of the only dataset.
const DATA: &str = "data";

/// Most panels of facets.
const PANELS: usize = 6;

/// The kinds of charts that data alone decide on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Chart {
    Line,
    Bar,
    GroupedBar,
    Facets,
}

impl Chart {
    /// The kind that draws it; a line of two known values each is a slope.
    fn kind(self, data: &Dataset) -> &'static Kind {
        let name = match self {
            Chart::Line if is_slope(data) => "slope",
            Chart::Line => "line",
            Chart::Bar => "bar",
            Chart::GroupedBar => "grouped-bar",
            Chart::Facets => "facets",
        };
        let [first, ..] = kind::ALL;
        kind::find(name).unwrap_or(first).kind()
    }
}

/// Whether everybody has a number at both of two dates.
fn is_slope(data: &Dataset) -> bool {
    let valued = || data.observations.iter().filter(|o| o.value != Reading::Missing);
    let numbers = valued().all(|o| matches!(o.value, Reading::Number(_)));
    prune::dates(&data.observations).len() == 2 && numbers && valued().count() == 2 * prune::valued(data)
}

/// A resolved figure with its data.
pub(super) struct Chosen {
    pub(super) spec: FigureSpec,
    /// By the keys of `spec.datasets`.
    pub(super) datasets: BTreeMap<String, Dataset>,
    pub(super) warnings: Report,
}

/// What was decided on the way.
#[derive(Default)]
pub(super) struct Decided {
    notes: Vec<Note>,
    warnings: Report,
    last_period: Option<LastPeriod>,
}

/// Chooses the figure.
///
/// # Errors
/// When observations contradict each other, or nothing is left to draw.
pub(super) fn choose(job: &Job, key: &str, gathered: Gathered, fonts: &Fonts) -> Result<Chosen, Report> {
    let Gathered { mut data, sources, measure_named, anchored } = gathered;
    let mut decided = Decided::default();
    if prune::repeated(&data).is_some() {
        count_once(&mut data, &mut decided);
        refuse_repeated(&data)?;
    }
    note_aggregate(job, &data, &mut decided);
    let measure = measure_words(&data);
    if let Some(anchored) = anchored {
        anchored.in_words().into_iter().for_each(|sentence| decided.note(sentence));
    }
    part_dates(&mut data, &mut decided);
    part_measures(&mut data, measure_named, &mut decided);
    let measure = match (data.subjects.as_slice(), data.groups.len()) {
        // Its groups are all that is left to name.
        ([only], 2..) if !sources.iter().any(|source| source.name.starts_with(only.as_str())) => {
            format!("{measure} of {only}")
        }
        _ => measure,
    };
    part_groups(&mut data);
    let chart = chart(&data);
    judge_last_period(job, chart, &mut data, &mut decided)?;
    match chart {
        Chart::GroupedBar => select::groups(job, &mut data, &mut decided),
        Chart::Line => select::leave_out_single_values(&mut data, &mut decided),
        Chart::Bar | Chart::Facets => {}
    }
    if chart == Chart::Facets {
        decided.note("Each panel has a scale of its own");
    }
    data.facts.format.said.into_iter().for_each(|said| decided.note(said));
    let total = prune::valued(&data);
    let leaders = select::subjects(job, chart, &mut data, &mut decided);
    let total = total.max(data.subjects.len());
    if chart == Chart::Line && prune::has_gaps(&data, decided.last_period == Some(LastPeriod::Drop)) {
        decided.note("Lines break where values are missing");
    }
    let mut plain = Plain::new(fonts);
    let labels: Vec<String> = data.subjects.iter().map(|name| plain.name(name)).collect();
    data.groups.iter_mut().for_each(|name| *name = plain.name(name));
    data.measures.iter_mut().for_each(|measure| measure.name = plain.name(&measure.name));
    // What labels say may be the same of two subjects; keys tell them apart.
    data.subjects = (0..labels.len()).map(|index| format!("#{index}")).collect();
    let measure = plain.name(&measure);
    let shown = Shown { chart, data: &data, labels: &labels, leaders: &leaders, total, measure: &measure };
    let spec = resolve(job, key, &shown, &sources, &decided, &mut plain);
    decided.tell_escapes(&plain);
    let datasets = BTreeMap::from([(DATA.to_owned(), data)]);
    Ok(Chosen { spec, datasets, warnings: decided.warnings })
}

/// The figure with its words.
fn resolve(
    job: &Job,
    key: &str,
    shown: &Shown<'_>,
    sources: &[Source],
    decided: &Decided,
    plain: &mut Plain<'_>,
) -> FigureSpec {
    let place = Place::file(sources.first().map_or("", |source| source.name.as_str()));
    let names = shown.data.subjects.iter().cloned().enumerate().map(|(index, key)| (key, index)).collect();
    let title = job.title.as_ref().map_or_else(|| words::title(shown), |title| plain.text(title));
    let labels = shown.labels.iter().cloned().enumerate();
    FigureSpec {
        key: key.to_owned(),
        places: Places::default(),
        chart: shown.chart.kind(shown.data),
        unit: unit(shown.data, shown.measure),
        width: job.width,
        height: job.height,
        quantity: words::quantity(shown.chart, shown.measure),
        title: text(title),
        subtitle: words::subtitle(shown, plain),
        note: words::note(&decided.notes, &place, plain),
        source: Some(words::source(sources, plain)),
        declared: labels.map(|(i, label)| subject(i, label, shown.chart)).collect(),
        shown: Vec::new(),
        top: None,
        highlight: Vec::new(),
        panels: panels(shown.data, shown.chart, &place),
        datasets: vec![dataset(sources, names, &place)],
        groups: Vec::new(),
        combine: Combine::Never,
        each: None,
        from: None,
        to: None,
        transforms: Vec::new(),
        below_one: job.below_one,
        first_period: LastPeriod::Keep,
        last_period: decided.last_period.unwrap_or(LastPeriod::Keep),
        events: Vec::new(),
        claims: Vec::new(),
        place,
    }
}

/// A text without placeholders.
fn text(text: String) -> Template {
    Template { pieces: vec![Piece::Text(text)] }
}

fn subject(index: usize, label: String, chart: Chart) -> SubjectSpec {
    // Bars stand beside their names: a colour each would say nothing more.
    let one_colour = matches!(chart, Chart::Bar | Chart::Facets);
    let ink = Ink::Palette(if one_colour { 0 } else { index });
    SubjectSpec { key: format!("#{index}"), label, also: Vec::new(), ink, named: None }
}

fn panels(data: &Dataset, chart: Chart, place: &Place) -> Vec<PanelSpec> {
    let panel = |name: &String| {
        let (measure, title) = match chart {
            Chart::Facets => (Measure::Column(name.clone()), words::sentence_case(&name.replace('_', " "))),
            _ => (Measure::Only, String::new()),
        };
        PanelSpec {
            place: place.clone(),
            places: Places::default(),
            dataset: Some(0),
            measure,
            title: text(title),
            at: At::Latest,
            missing: None,
        }
    };
    data.measures.iter().map(|measure| panel(&measure.name)).collect()
}

fn dataset(sources: &[Source], names: Vec<(String, usize)>, place: &Place) -> DatasetSpec {
    let file = |source: &Source| FileSpec { path: source.name.clone(), name: None };
    DatasetSpec {
        key: DATA.to_owned(),
        place: place.clone(),
        places: Places::default(),
        files: sources.iter().map(file).collect(),
        pattern: None,
        names_from: NamesFrom::Column,
        anchor: None,
        below_one: 0.5,
        source: String::new(),
        url: None,
        licence: None,
        retrieved: None,
        note: None,
        columns: Columns::default(),
        aggregate: None,
        names,
    }
}

/// A row that stands twice with one value says nothing new.
fn count_once(data: &mut Dataset, decided: &mut Decided) {
    match prune::drop_same(data) {
        0 => {}
        1 => decided.note("One value stands in the data twice and counts once"),
        count => decided.note(format!("{count} values stand in the data more than once and count once")),
    }
}

/// Says how several values became one.
fn note_aggregate(job: &Job, data: &Dataset, decided: &mut Decided) {
    let Some(how) = job.aggregate else { return };
    let what = match how {
        Aggregate::Mean => "the mean",
        Aggregate::Sum => "the sum",
        Aggregate::Last => "the last",
    };
    decided.note(format!("Each value is {what} of those of its date and series"));
    if how == Aggregate::Sum && data.facts.format.is_scaled {
        let warning = diag::warning("sum-of-index", "a sum of search interest is on no scale");
        decided.warnings.push(warning.at(Place::file(data.file())).hint("use `--aggregate mean`"));
    }
}

/// Two values of one series and date contradict each other.
pub(super) fn refuse_repeated(data: &Dataset) -> Result<(), Report> {
    let Some((o, first)) = prune::repeated(data) else { return Ok(()) };
    let when = o.time.map(|time| format!(" at {time}")).unwrap_or_default();
    let name = data.series_name(o.subject, o.measure, o.group);
    let lines = first.and(o.line, &data.file_names());
    let message = format!("{} has two values{when}, on {lines}", quoted(&name));
    let hint = "remove one, make them one with `--aggregate mean`, or name the column that tells them apart with `group` in a manifest";
    Err(diag::error("two-values", message).at(data.place(o.line)).hint(hint).into())
}

/// Dates that only describe subjects, one each, are no axis.
fn part_dates(data: &mut Dataset, decided: &mut Decided) {
    let dates = prune::dates(&data.observations);
    if let ([_], true) = (dates.as_slice(), data.facts.span.is_some()) {
        data.observations.iter_mut().for_each(|o| o.time = None);
    }
    if let ([first, .., last], true) = (dates.as_slice(), prune::is_snapshot(data)) {
        let precision = select::precision(data);
        let words = |at| Period::around(at, precision).in_words();
        let note = format!("The values are of different dates, from {} to {}", words(*first), words(*last));
        decided.note(note);
        data.observations.iter_mut().for_each(|o| o.time = None);
    }
}

/// One axis has one measure; panels have one each.
fn part_measures(data: &mut Dataset, named: bool, decided: &mut Decided) {
    if data.measures.len() < 2 || named {
        return;
    }
    let all = listed(data.measure_names());
    if !data.groups.is_empty() || prune::dates(&data.observations).len() > 1 {
        let first = listed(data.measure_names().first());
        narrow::keep_measure(data, 0);
        let warning = diag::warning("left-out-measures", format!("drew {first} only, of the measures {all}"));
        decided
            .warnings
            .push(warning.at(Place::file(data.file())).hint("choose another one with `--measure`"));
    } else if data.measures.len() > PANELS {
        let count = data.measures.len();
        data.observations.retain(|o| o.measure < PANELS);
        data.measures.truncate(PANELS);
        decided.note(format!("The first {PANELS} of {count} measures are shown"));
    }
}

/// Groups over many dates are lines of their own; groups that most subjects lack are part of the subject's name.
fn part_groups(data: &mut Dataset) {
    if data.groups.is_empty() {
        return;
    }
    let (filled, all) = prune::filled(data);
    let valued = data.observations.iter().filter(|o| o.time.is_some() && o.value != Reading::Missing);
    if valued.count() > filled * GROUPED_DATES {
        return narrow::fold_groups(data);
    }
    let subjects = data.observations.iter().map(|o| o.subject);
    let single = subjects.clone().min() == subjects.max();
    let one_group =
        data.observations.iter().map(|o| o.group).min() == data.observations.iter().map(|o| o.group).max();
    if single || one_group || filled * 3 < all * 2 {
        narrow::fold_groups(data);
    }
}

fn chart(data: &Dataset) -> Chart {
    if !data.groups.is_empty() {
        Chart::GroupedBar
    } else if prune::dates(&data.observations).len() > 1 {
        Chart::Line
    } else if data.measures.len() > 1 {
        Chart::Facets
    } else {
        Chart::Bar
    }
}

/// What becomes of a last period that was still running.
fn judge_last_period(
    job: &Job,
    chart: Chart,
    data: &mut Dataset,
    decided: &mut Decided,
) -> Result<(), Report> {
    let dates = prune::dates(&data.observations);
    let Some(last) = dates.last().copied() else { return Ok(()) };
    let last_words = Period::around(last, select::precision(data)).in_words();
    // Of another series that goes on longer, nothing is known of this one.
    if data.facts.last != Some(last) {
        data.facts.last_period = Completeness::Whole;
    }
    // Who asks for it knows more than the file.
    if matches!(job.last_period, LastPeriod::Drop | LastPeriod::Dash)
        && data.facts.last_period == Completeness::Whole
    {
        data.facts.last_period = Completeness::Unsure;
    }
    let found = data.facts.last_period;
    let (certain, possible) = (found == Completeness::Partial, found == Completeness::Unsure);
    let drops = match job.last_period {
        LastPeriod::Judge => certain && dates.len() > 2,
        LastPeriod::Drop => certain || possible,
        LastPeriod::Keep | LastPeriod::Dash => false,
    };
    let left = dates.len() - usize::from(drops);
    if left == 0 || (left == 1 && chart == Chart::Line) {
        let message = format!("cannot leave out the last period, {last_words}: too little would remain");
        return Err(diag::error("too-little-left", message)
            .at(Place::file(data.file()))
            .hint("use `--last-period keep`")
            .into());
    }
    let was = if certain { "was" } else { "may have been" };
    let is_line = chart == Chart::Line;
    // A line that would vanish without its last period is drawn as what it is.
    let unsure = job.last_period == LastPeriod::Judge && certain && !drops;
    let dashes = is_line && (unsure || (job.last_period == LastPeriod::Dash && (certain || possible)));
    if drops && !is_line {
        data.observations.retain(|o| o.time != Some(last));
        decided.note(format!(
            "The last {}, {}, {was} incomplete and is left out",
            words::period(data.facts.step),
            last_words
        ));
    } else if (certain || possible) && !drops && !dashes {
        let was = if certain { "was incomplete" } else { "may have been incomplete" };
        decided.notes.push(Note::OfLastPeriod { step: data.facts.step, was });
    }
    decided.last_period = Some(match job.last_period {
        _ if drops => LastPeriod::Drop,
        _ if dashes => LastPeriod::Dash,
        _ => LastPeriod::Keep,
    });
    Ok(())
}

fn unit(data: &Dataset, measure: &str) -> Unit {
    let values = || {
        data.observations.iter().filter_map(|o| match o.value {
            Reading::Number(value) => Some(value),
            Reading::Below(_) | Reading::Missing => None,
        })
    };
    let words = measure.to_lowercase();
    let is_percent = ["percent", "per cent", "pct", "%"].iter().any(|word| words.contains(word));
    if data.facts.format.is_scaled {
        Unit::Index
    } else if (is_percent && data.measures.len() == 1 && values().all(|value| value <= 100.0))
        || data.facts.percent
    {
        Unit::Percent
    } else if values().all(|value| libm::trunc(value) == value) {
        Unit::Count
    } else {
        Unit::Number
    }
}

impl Decided {
    /// Adds a sentence without its stop.
    pub(super) fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(Note::Said(sentence.into()));
    }

    fn tell_escapes(&mut self, plain: &Plain<'_>) {
        if let Some(text) = &plain.escaped {
            let warning = diag::warning(
                "escaped-characters",
                format!("characters without a glyph are drawn as escapes, first in {}", quoted(text)),
            );
            self.warnings
                .push(warning.hint("describe the figure in a manifest, and give the subject a `label`"));
        }
    }
}
