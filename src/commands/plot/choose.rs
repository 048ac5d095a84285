//! Which figure a dataset makes: the chart, who is shown, what must be left out.

use super::gather::{Gathered, measure_words};
use super::plain::Plain;
use super::words::{self, Note, Shown};
use super::{COLOURED, Job, prune};
use crate::data::{Columns, Dataset, Reading};
use crate::diag::{Diagnostic, Place, Report, listed, quoted};
use crate::figure::{Chart, Ink, Unit};
use crate::manifest::period::{Period, Precision};
use crate::manifest::template::{Piece, Template};
use crate::manifest::{At, Combine, DatasetSpec, FigureSpec, LastPeriod, Measure, PanelSpec, SubjectSpec};
use crate::moment::Moment;
use crate::text::Fonts;

/// Most lines of a figure; more cannot be told apart, named or not.
const LINES: usize = 30;

/// Most bars of a panel.
const BARS: usize = 20;

/// Most subjects and groups of grouped bars.
const GROUPED: (usize, usize) = (6, 8);

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
struct Decided {
    notes: Vec<Note>,
    warnings: Report,
    last_period: Option<LastPeriod>,
}

/// Chooses the figure.
///
/// # Errors
/// When observations contradict each other, or nothing is left to draw.
pub(super) fn choose(job: &Job, key: &str, gathered: Gathered, fonts: &Fonts) -> Result<Chosen, Report> {
    let Gathered { mut data, sources, measure_named } = gathered;
    refuse_repeated(&data)?;
    let measure = measure_words(&data);
    let mut decided = Decided::default();
    part_dates(&mut data, &mut decided);
    part_measures(&mut data, measure_named, &mut decided);
    part_groups(&mut data);
    let chart = chart(&data);
    judge_last_period(job, chart, &mut data, &mut decided)?;
    if chart == Chart::GroupedBar {
        choose_groups(job, &mut data, &mut decided);
    }
    let total = data.subjects.len();
    let leaders = choose_subjects(job, chart, &mut data, &mut decided);
    let mut plain = Plain::new(fonts);
    let labels: Vec<String> = data.subjects.iter().map(|name| plain.name(name)).collect();
    data.groups.iter_mut().for_each(|name| *name = plain.name(name));
    data.measures.iter_mut().for_each(|name| *name = plain.name(name));
    let measure = plain.name(&measure);
    data.subjects = (0..labels.len()).map(|index| format!("#{index}")).collect();
    let unit = unit(&data, &measure);
    let shown = Shown { chart, data: &data, labels: &labels, leaders: &leaders, total, measure: &measure };
    let title = match &job.title {
        Some(title) => plain.text(title),
        None => words::title(&shown),
    };
    let subtitle = words::subtitle(&shown, &mut plain);
    let source = words::source(&sources, &mut plain);
    let place = Place::file(sources.first().map_or("", |source| source.name.as_str()));
    let note = words::note(&decided.notes, &place, &mut plain);
    decided.tell_escapes(&plain);
    let names = data.subjects.iter().cloned().enumerate().map(|(index, key)| (key, index)).collect();
    let spec = FigureSpec {
        key: key.to_owned(),
        chart,
        unit,
        width: job.width,
        height: job.height,
        quantity: words::quantity(chart, &measure),
        title: text(title),
        subtitle,
        note,
        source: Some(source),
        declared: labels.into_iter().enumerate().map(|(i, label)| subject(i, label, chart)).collect(),
        shown: Vec::new(),
        highlight: Vec::new(),
        panels: panels(&data, chart, &place),
        datasets: datasets(&sources, names, &place),
        groups: Vec::new(),
        combine: Combine::Never,
        from: None,
        to: None,
        average: 1,
        below_one: job.below_one,
        last_period: decided.last_period.unwrap_or(LastPeriod::Keep),
        events: Vec::new(),
        claims: Vec::new(),
        place,
    };
    // Every file stands in the figure's record, though the first dataset has all of their values.
    let empty = Dataset { observations: Vec::new(), subjects: Vec::new(), ..data.clone() };
    let mut datasets: Vec<(String, Dataset)> = spec
        .datasets
        .iter()
        .zip(&sources)
        .map(|(used, source)| (used.key.clone(), Dataset { sha256: source.sha256.clone(), ..empty.clone() }))
        .collect();
    if let Some((_, first)) = datasets.first_mut() {
        data.sha256.clone_from(&first.sha256);
        *first = data;
    }
    Ok(Chosen { spec, datasets, warnings: decided.warnings })
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
            dataset: Some(0),
            measure,
            title: text(title),
            at: At::Latest,
            missing: None,
        }
    };
    data.measures.iter().map(panel).collect()
}

fn datasets(
    sources: &[super::gather::Source],
    names: Vec<(String, usize)>,
    place: &Place,
) -> Vec<DatasetSpec> {
    let spec = |(index, source): (usize, &super::gather::Source)| DatasetSpec {
        key: index.to_string(),
        place: place.clone(),
        path: source.name.clone(),
        source: String::new(),
        url: None,
        licence: None,
        retrieved: None,
        note: None,
        columns: Columns::default(),
        names: if index == 0 { names.clone() } else { Vec::new() },
    };
    sources.iter().enumerate().map(spec).collect()
}

fn refuse_repeated(data: &Dataset) -> Result<(), Report> {
    let Some((o, first)) = prune::repeated(data) else { return Ok(()) };
    let when = o.time.map(|time| format!(" at {time}")).unwrap_or_default();
    let name = prune::series_name(data, o);
    let message = format!("{} has two values{when}, on lines {first} and {}", quoted(&name), o.line);
    let place = Place { line: Some(o.line), ..Place::file(&data.file) };
    let hint = "remove one, or name the column that tells them apart with `group` or `same` in a manifest";
    Err(Diagnostic::error(message).at(place).hint(hint).into())
}

/// Dates that only describe subjects, one each, are no axis.
fn part_dates(data: &mut Dataset, decided: &mut Decided) {
    let dates = prune::dates(&data.observations);
    if let ([first, .., last], true) = (dates.as_slice(), prune::is_snapshot(data)) {
        let note = format!("The values are of different dates, from {} to {}", day(*first), day(*last));
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

/// Groups that most subjects lack are part of the subject's name.
fn part_groups(data: &mut Dataset) {
    let (filled, all) = prune::filled(data);
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
    // Of another series that goes on longer, nothing is known of this one.
    if data.facts.last.as_deref() != Some(last.to_string().as_str()) {
        data.facts.partial_last = "no".into();
    }
    let (certain, possible) = (data.facts.partial_last == "yes", data.facts.partial_last == "possible");
    let drops = match job.last_period {
        LastPeriod::Judge => certain && dates.len() > 2,
        LastPeriod::Drop => certain || possible,
        LastPeriod::Keep | LastPeriod::Dash => false,
    };
    let left = dates.len() - usize::from(drops);
    if left == 0 || (left == 1 && chart == Chart::Line) {
        let message = format!("cannot leave out the last period, {}: too little would remain", day(last));
        return Err(Diagnostic::error(message)
            .at(Place::file(&data.file))
            .hint("use `--last-period keep`")
            .into());
    }
    let was = if certain { "was" } else { "may have been" };
    let is_line = chart == Chart::Line;
    if drops && !is_line {
        data.observations.retain(|o| o.time != Some(last));
        decided.note(format!("The last period, {}, {was} incomplete and is left out", day(last)));
    } else if (certain || possible) && !drops && !(is_line && job.last_period == LastPeriod::Dash) {
        let was = if certain { "was incomplete" } else { "may have been incomplete" };
        decided.notes.push(Note::OfLastPeriod(was));
    }
    decided.last_period = Some(match job.last_period {
        _ if drops => LastPeriod::Drop,
        LastPeriod::Dash => LastPeriod::Dash,
        _ => LastPeriod::Keep,
    });
    Ok(())
}

/// Groups at the last date, or each at its own last date where only one has values there.
fn choose_groups(job: &Job, data: &mut Dataset, decided: &mut Decided) {
    let dates = prune::dates(&data.observations);
    let last = dates.last().copied();
    let valued = |o: &&crate::data::Observation| o.value != Reading::Missing;
    let ends: Vec<Option<Moment>> = (0..data.groups.len())
        .map(|group| {
            data.observations
                .iter()
                .filter(valued)
                .filter(|o| o.group == Some(group))
                .filter_map(|o| o.time)
                .max()
        })
        .collect();
    let at_last = ends.iter().filter(|end| **end == last).count();
    if at_last > 1 || dates.len() < 2 {
        data.observations.retain(|o| o.time == last);
        if dates.len() > 1 {
            decided.note(format!("The last of {} dates is shown", dates.len()));
        }
        let absent: Vec<&String> =
            data.groups.iter().zip(&ends).filter(|(_, end)| **end != last).map(|(name, _)| name).collect();
        if !absent.is_empty() {
            let names: Vec<&str> = absent.into_iter().map(String::as_str).collect();
            decided.note(format!(
                "No values of that date are known for {}",
                crate::series::wording::list(&names)
            ));
        }
    } else {
        let end = |group: Option<usize>| group.and_then(|group| ends.get(group).copied()).flatten();
        data.observations.retain_mut(|o| {
            let is_last = o.time.is_some() && o.time == end(o.group);
            o.time = None;
            is_last
        });
        for (name, end) in data.groups.iter_mut().zip(&ends) {
            *name = end.map_or(name.clone(), |end| format!("{name}, {}", month(end)));
        }
        decided.note("Each group is shown at its last date");
    }
    let mut present: Vec<usize> = data.observations.iter().filter_map(|o| o.group).collect();
    present.sort_unstable();
    present.dedup();
    if present.len() > GROUPED.1 {
        let order = prune::ranked(data, data.groups.len(), job.below_one, |o| o.group);
        decided.note(format!(
            "The {} groups with the highest values are shown, of {}",
            GROUPED.1,
            present.len()
        ));
        present = order.into_iter().take(GROUPED.1).collect();
    }
    prune::keep_groups(data, &present);
}

/// Keeps those who are shown, and gives their indices from the highest latest value to the lowest.
fn choose_subjects(job: &Job, chart: Chart, data: &mut Dataset, decided: &mut Decided) -> Vec<usize> {
    let order = prune::ranked(data, data.subjects.len(), job.below_one, |o| Some(o.subject));
    let (most, what) = match chart {
        Chart::Line => (LINES, "series with the highest latest values"),
        Chart::GroupedBar => (GROUPED.0, "subjects with the highest values"),
        Chart::Bar | Chart::Facets => (BARS, "with the highest values"),
    };
    let count = order.len();
    if count > most {
        decided.note(format!("The {most} {what} are shown, of {count}"));
    }
    let mut kept: Vec<usize> = order.iter().copied().take(most).collect();
    if kept.len() <= COLOURED && count <= most {
        kept.sort_unstable();
    }
    let place = |index: &usize| kept.iter().position(|other| other == index);
    let leaders = order.iter().filter_map(place).collect();
    prune::keep_subjects(data, &kept);
    leaders
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
    } else if is_percent && data.measures.len() == 1 && values().all(|value| value <= 100.0) {
        Unit::Percent
    } else if values().all(|value| libm::trunc(value) == value) {
        Unit::Count
    } else {
        Unit::Number
    }
}

fn day(at: Moment) -> String {
    let precision = if at.second_of_day() == 0 { Precision::Day } else { Precision::Minute };
    Period::around(at, precision).in_words()
}

fn month(at: Moment) -> String {
    Period::around(at, Precision::Month).in_words()
}

impl Decided {
    fn note(&mut self, sentence: impl Into<String>) {
        self.notes.push(Note::Said(sentence.into()));
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
