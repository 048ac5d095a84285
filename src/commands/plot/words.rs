//! What a plot says of itself: neutral words, made of facts.

use super::choose::Chart;
use super::gather::Source;
use super::plain::Plain;
use crate::data::Dataset;
use crate::data::UNNAMED_MEASURE;
use crate::diag::Place;
use crate::frame::wording::list;
use crate::moment::Step;
use crate::spec::template::{Piece, Placeholder, Template};
use crate::time::period::Period;

/// So many subjects are named in a title.
const NAMED: usize = 4;

/// Something a reader must know of the data; a sentence without its stop.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Note {
    /// The whole sentence.
    Said(String),
    /// What is so of the last date drawn, which the figure knows better.
    OfLastPeriod {
        /// The distance of dates.
        step: Option<Step>,
        /// `was incomplete`.
        was: &'static str,
    },
}

/// What is shown.
pub(super) struct Shown<'s> {
    pub(super) chart: Chart,
    /// The data, of which labels are not yet those drawn.
    pub(super) data: &'s Dataset,
    /// Who is shown, in order.
    pub(super) labels: &'s [String],
    /// Indices into `labels`, the highest latest value first.
    pub(super) leaders: &'s [usize],
    /// How many there are, shown or not.
    pub(super) total: usize,
    /// What is counted, in words.
    pub(super) measure: &'s str,
}

impl Shown<'_> {
    fn is_dated(&self) -> bool {
        self.data.observations.iter().any(|o| o.time.is_some())
    }
}

/// `Keras, PyTorch and TensorFlow: search interest`.
pub(super) fn title(shown: &Shown<'_>) -> String {
    // A name that looks like several is set off from the others.
    let apart = |name: &String| match name.contains([',', ':']) || name.contains(" and ") {
        true if shown.labels.len() > 1 => format!("“{name}”"),
        _ => name.clone(),
    };
    let leaders = shown.leaders.iter().filter_map(|index| shown.labels.get(*index)).map(apart);
    let names: Vec<String> = if shown.total <= NAMED {
        leaders.collect()
    } else {
        leaders.take(NAMED - 1).chain([format!("{} others", shown.total - (NAMED - 1))]).collect()
    };
    let names = list(&names);
    let measures: Vec<String> =
        shown.data.measures.iter().map(|measure| measure.name.replace('_', " ")).collect();
    match shown.chart {
        Chart::Facets if measures.len() <= NAMED => format!("{names}: {}", list(&measures)),
        Chart::Facets => format!("{names}: {} measures", measures.len()),
        _ if shown.measure == UNNAMED_MEASURE => names,
        _ => format!("{names}: {}", shown.measure),
    }
}

/// Measure, scale, place, step and period.
pub(super) fn subtitle(shown: &Shown<'_>, plain: &mut Plain<'_>) -> Template {
    let facts = &shown.data.facts;
    let mut parts = Vec::new();
    if shown.chart != Chart::Facets && shown.measure != UNNAMED_MEASURE {
        parts.push(shown.measure.to_owned());
    }
    if facts.format.is_scaled {
        parts.push("index from 0 to 100".into());
    }
    parts.extend(facts.region.as_ref().map(|region| plain.name(region)));
    parts.extend(facts.span.as_ref().map(|span| plain.name(&span_in_words(span))));
    let is_line = shown.chart == Chart::Line;
    if is_line && super::prune::dates(&shown.data.observations).len() > 2 {
        parts.extend(facts.step.and_then(every));
    }
    let mut said = sentence_case(&parts.join(", "));
    if facts.is_by_age() {
        said.push_str(" by the time since each series began");
        return Template { pieces: vec![Piece::Text(said)] };
    }
    let dated = shown.is_dated() && (is_line || facts.span.is_none());
    if dated && !said.is_empty() {
        said.push_str(", ");
    }
    let mut pieces = vec![Piece::Text(said)];
    let place = Place::file(shown.data.file());
    if is_line && super::prune::dates(&shown.data.observations).len() > 1 {
        pieces.push(Piece::Value(Box::new(Placeholder::FirstDate), place.clone()));
        pieces.push(Piece::Text(" to ".into()));
    }
    if dated {
        pieces.push(Piece::Value(Box::new(Placeholder::Date), place));
    }
    Template { pieces }
}

/// `September 2018 to March 2019`, or as the file has it.
fn span_in_words(span: &str) -> String {
    let ends = span.split_once(" - ").map(|(from, to)| (Period::parse(from), Period::parse(to)));
    match ends {
        Some((Some(from), Some(to))) => format!("{} to {}", from.in_words(), to.in_words()),
        _ => span.replace(" - ", " – "),
    }
}

/// `week`.
pub(super) fn period(step: Option<Step>) -> String {
    match step {
        None | Some(Step::Minutes(_) | Step::Irregular) => "period".into(),
        Some(step) => step.name(),
    }
}

/// `weekly values`.
fn every(step: Step) -> Option<String> {
    Some(match step {
        Step::Minutes(1) => "values every minute".into(),
        Step::Minutes(minutes) => format!("values every {minutes} minutes"),
        Step::Hour => "hourly values".into(),
        Step::Day => "daily values".into(),
        Step::Week => "weekly values".into(),
        Step::Month => "monthly values".into(),
        Step::Quarter => "quarterly values".into(),
        Step::Year => "yearly values".into(),
        Step::Irregular => return None,
    })
}

/// What is counted, for a screen reader; `None` where panels say it.
pub(super) fn quantity(chart: Chart, measure: &str) -> Option<String> {
    let words = if measure == UNNAMED_MEASURE { "values" } else { measure };
    (chart != Chart::Facets).then(|| words.to_owned())
}

/// Notes as sentences.
pub(super) fn note(notes: &[Note], place: &Place, plain: &mut Plain<'_>) -> Template {
    let mut pieces = Vec::new();
    for (i, note) in notes.iter().enumerate() {
        let start = if i > 0 { " " } else { "" };
        match note {
            Note::Said(text) => pieces.push(Piece::Text(format!("{start}{}.", plain.text(text)))),
            Note::OfLastPeriod { step, was } => pieces.extend([
                Piece::Text(format!("{start}The last {}, ", period(*step))),
                Piece::Value(Box::new(Placeholder::Date), place.clone()),
                Piece::Text(format!(", {was}.")),
            ]),
        }
    }
    Template { pieces }
}

/// `Google Trends, read from multiTimeline.csv`.
pub(super) fn source(sources: &[Source], plain: &mut Plain<'_>) -> String {
    let mut told: Vec<(Option<&str>, Vec<String>)> = Vec::new();
    for source in sources {
        let (counted_by, name) = (source.facts.format.publisher, plain.text(&source.name));
        match told.iter_mut().find(|(known, _)| known.is_some() && *known == counted_by) {
            Some((_, names)) => names.push(name),
            None => told.push((counted_by, vec![name])),
        }
    }
    let told = told.into_iter().map(|(publisher, names)| match publisher {
        Some(publisher) => format!("{publisher}, read from {}", list(&names)),
        None => list(&names),
    });
    told.collect::<Vec<_>>().join("; ")
}

/// With a capital at its start.
pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}
