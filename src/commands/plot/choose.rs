//! Which figure a dataset makes: the chart, who is shown, what must be left out.

use super::anchor::Anchored;
use super::gather::{Gathered, Source, measure_words};
use super::plain::Plain;
use super::words::{self, Note, Shown};
use super::{Job, prune, select};
use crate::data::{Aggregate, Columns, Dataset, Reading};
use crate::diag::{Diagnostic, Place, Report, listed, quoted};
use crate::figure::{Chart, Ink, Unit};
use crate::manifest::period::Period;
use crate::manifest::source::Places;
use crate::manifest::template::{Piece, Template};
use crate::manifest::{At, Combine, DatasetSpec, FigureSpec, LastPeriod, Measure, PanelSpec, SubjectSpec};
use crate::text::Fonts;

/// Groups counted at more dates than this each are lines over time, at fewer the bars of their last date.
const GROUPED_DATES: usize = 6;

/// Most panels of facets.
const PANELS: usize = 6;

/// A resolved figure with its data.
pub(super) struct Chosen {
    pub(super) spec: FigureSpec,
    /// By the keys of `spec.datasets`; the first holds all that is drawn.
    pub(super) datasets: Vec<(String, Dataset)>,
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
        decided.note_anchor(&anchored, job.below_one);
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
    if data.facts.format == "tiobe-ranks" {
        decided.note("The numbers are ranks: 1 is the highest, and lower lines rank higher");
    }
    let total = prune::valued(&data);
    let leaders = select::subjects(job, chart, &mut data, &mut decided);
    let total = total.max(data.subjects.len());
    if chart == Chart::Line && prune::has_gaps(&data, decided.last_period == Some(LastPeriod::Drop)) {
        decided.note("Lines break where values are missing");
    }
    let mut plain = Plain::new(fonts);
    let labels: Vec<String> = data.subjects.iter().map(|name| plain.name(name)).collect();
    data.groups.iter_mut().for_each(|name| *name = plain.name(name));
    data.measures.iter_mut().for_each(|name| *name = plain.name(name));
    // What labels say may be the same of two subjects; keys tell them apart.
    data.subjects = (0..labels.len()).map(|index| format!("#{index}")).collect();
    let measure = plain.name(&measure);
    let shown = Shown { chart, data: &data, labels: &labels, leaders: &leaders, total, measure: &measure };
    let spec = resolve(job, key, &shown, &sources, &decided, &mut plain);
    decided.tell_escapes(&plain);
    // Every file stands in the figure's record, though the first dataset has the values of all.
    let named = spec.datasets.iter().zip(&sources).map(|(used, source)| (used.key.clone(), &source.sha256));
    let mut datasets: Vec<(String, Dataset)> = Vec::new();
    for (index, (key, sha256)) in named.enumerate() {
        let observations = if index == 0 { std::mem::take(&mut data.observations) } else { Vec::new() };
        let subjects = if index == 0 { data.subjects.clone() } else { Vec::new() };
        let sha256 = sha256.clone();
        datasets.push((key, Dataset { observations, subjects, sha256, ..data.clone() }));
    }
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
        chart: shown.chart,
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
        highlight: Vec::new(),
        panels: panels(shown.data, shown.chart, &place),
        datasets: datasets(sources, names, &place),
        groups: Vec::new(),
        combine: Combine::Never,
        each: None,
        from: None,
        to: None,
        average: 1,
        below_one: job.below_one,
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
    SubjectSpec { key: format!("#{index}"), label, also: Vec::new(), ink }
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
    data.measures.iter().map(panel).collect()
}

fn datasets(sources: &[Source], names: Vec<(String, usize)>, place: &Place) -> Vec<DatasetSpec> {
    let spec = |(index, source): (usize, &Source)| DatasetSpec {
        key: index.to_string(),
        place: place.clone(),
        places: Places::default(),
        path: source.name.clone(),
        source: String::new(),
        url: None,
        licence: None,
        retrieved: None,
        note: None,
        columns: Columns::default(),
        aggregate: None,
        names: if index == 0 { names.clone() } else { Vec::new() },
    };
    sources.iter().enumerate().map(spec).collect()
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
    if how == Aggregate::Sum && super::super::labels::is_scaled(&data.facts.format) {
        let warning = Diagnostic::warning("a sum of search interest is on no scale");
        decided.warnings.push(warning.at(Place::file(&data.file)).hint("use `--aggregate mean`"));
    }
}

/// Two values of one series and date contradict each other.
pub(super) fn refuse_repeated(data: &Dataset) -> Result<(), Report> {
    let Some((o, first)) = prune::repeated(data) else { return Ok(()) };
    let when = o.time.map(|time| format!(" at {time}")).unwrap_or_default();
    let name = prune::series_name(data, o);
    let message = format!("{} has two values{when}, on lines {first} and {}", quoted(&name), o.line);
    let place = Place { line: Some(o.line), ..Place::file(&data.file) };
    let hint = "remove one, make them one with `--aggregate mean`, or name the column that tells them apart with `group` in a manifest";
    Err(Diagnostic::error(message).at(place).hint(hint).into())
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
    let all = listed(&data.measures);
    if !data.groups.is_empty() || prune::dates(&data.observations).len() > 1 {
        let first = listed(data.measures.first());
        prune::keep_measure(data, 0);
        let warning = Diagnostic::warning(format!("drew {first} only, of the measures {all}"));
        decided
            .warnings
            .push(warning.at(Place::file(&data.file)).hint("choose another one with `--measure`"));
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
        return prune::fold_groups(data);
    }
    let subjects = data.observations.iter().map(|o| o.subject);
    let single = subjects.clone().min() == subjects.max();
    let one_group =
        data.observations.iter().map(|o| o.group).min() == data.observations.iter().map(|o| o.group).max();
    if single || one_group || filled * 3 < all * 2 {
        prune::fold_groups(data);
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
    if data.facts.last.as_deref() != Some(last.to_string().as_str()) {
        data.facts.partial_last = "no".into();
    }
    // Who asks for it knows more than the file.
    if matches!(job.last_period, LastPeriod::Drop | LastPeriod::Dash) && data.facts.partial_last == "no" {
        data.facts.partial_last = "possible".into();
    }
    let (certain, possible) = (data.facts.partial_last == "yes", data.facts.partial_last == "possible");
    let drops = match job.last_period {
        LastPeriod::Judge => certain && dates.len() > 2,
        LastPeriod::Drop => certain || possible,
        LastPeriod::Keep | LastPeriod::Dash => false,
    };
    let left = dates.len() - usize::from(drops);
    if left == 0 || (left == 1 && chart == Chart::Line) {
        let message = format!("cannot leave out the last period, {last_words}: too little would remain");
        return Err(Diagnostic::error(message)
            .at(Place::file(&data.file))
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
    if super::super::labels::is_scaled(&data.facts.format) {
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

    fn note_anchor(&mut self, anchored: &Anchored, below_one: f64) {
        let Anchored { term, exports, .. } = anchored;
        let all = if *exports == 2 { "both" } else { "all" };
        self.note(format!(
            "Search interest of {exports} exports was put on one scale by the term {term}, which stands in {all}"
        ));
        if anchored.below_one {
            self.note(format!("Values below 1 were taken as {below_one} before"));
        }
    }

    fn tell_escapes(&mut self, plain: &Plain<'_>) {
        if let Some(text) = &plain.escaped {
            let warning = Diagnostic::warning(format!(
                "characters without a glyph are drawn as escapes, first in {}",
                quoted(text)
            ));
            self.warnings
                .push(warning.hint("describe the figure in a manifest, and give the subject a `label`"));
        }
    }
}
