//! What a figure says of itself that nobody wrote: neutral words, made of facts.

use crate::data::Dataset;
use crate::data::UNNAMED_MEASURE;
use crate::figure::Kind;
use crate::frame::numerals::in_words;
use crate::frame::wording::list;
use crate::infer::sketch;
use crate::text::plain::Plain;
use crate::time::moment::Step;
use crate::time::period::Period;

/// So many subjects are named in a title.
const NAMED: usize = 4;

/// Characters of a source line at most.
const SOURCE: usize = 500;

/// Characters of two lines of a title.
const HEADLINE: usize = 100;

/// Characters of a name in a title that would be too long otherwise.
const SHORT: usize = 40;

/// What is shown.
pub(super) struct Shown<'s> {
    pub(super) chart: &'s Kind,
    pub(super) data: &'s Dataset,
    /// Who is shown, in order.
    pub(super) labels: &'s [String],
    /// Indices into `labels`, the highest latest value first.
    pub(super) leaders: &'s [usize],
    /// How many there are, shown or not.
    pub(super) total: usize,
    /// What is counted, in words.
    pub(super) measure: &'s str,
    /// Over how many steps lines are averaged.
    pub(super) average: Option<u32>,
}

/// A text as a template has it: a brace would begin a placeholder.
pub(super) fn braced(text: &str) -> String {
    text.replace('{', "{{").replace('}', "}}")
}

/// `Keras, PyTorch and TensorFlow: search interest`, or as the user has it.
pub(super) fn title(shown: &Shown<'_>, asked: Option<&str>) -> String {
    let title = match asked {
        Some(title) => title.to_owned(),
        None => {
            let whole = (1..=NAMED).rev().map(|named| of_shown(shown, (named, usize::MAX)));
            let counted = of_counted(shown).into_iter();
            let mut fitting = whole.chain(counted).filter(|title| title.chars().count() <= HEADLINE);
            fitting.next().unwrap_or_else(|| of_shown(shown, (NAMED, SHORT)))
        }
    };
    braced(&title)
}

/// What is counted, by what the column of names is called: `People by programme`.
fn of_counted(shown: &Shown<'_>) -> Option<String> {
    if shown.chart.has_panels || shown.measure == UNNAMED_MEASURE {
        return None;
    }
    let named = shown.data.facts.reading.subject.as_ref().filter(|name| !name.trim().is_empty());
    let by = named.map(|name| format!(" by {}", name.trim().replace('_', " "))).unwrap_or_default();
    Some(format!("{}{by}", sentence_case(shown.measure)))
}

/// What is shown, in so many names of so many characters at most.
fn of_shown(shown: &Shown<'_>, (named, most): (usize, usize)) -> String {
    let cut = |name: &str| {
        let short: String = name.chars().take(most).collect();
        if short.len() < name.len() { format!("{short}…") } else { short }
    };
    // A name that looks like several is set off from the others.
    let apart = |name: &String| match name.contains([',', ':']) || name.contains(" and ") {
        true if shown.labels.len() > 1 => format!("“{}”", cut(name)),
        _ => cut(name),
    };
    let leaders = shown.leaders.iter().filter_map(|index| shown.labels.get(*index)).map(apart);
    let names: Vec<String> = if shown.total <= named {
        leaders.collect()
    } else {
        let told = named.saturating_sub(1).max(1);
        let others = shown.total - told;
        let others = if others == 1 { "one other".to_owned() } else { format!("{others} others") };
        leaders.take(told).chain([in_words(&others, false)]).collect()
    };
    let names = list(&names);
    let measures: Vec<String> =
        shown.data.measures.iter().map(|measure| cut(&measure.name.replace('_', " "))).collect();
    match shown.measure {
        _ if shown.chart.has_panels && measures.len() <= NAMED => format!("{names}: {}", list(&measures)),
        _ if shown.chart.has_panels => format!("{names}: {} measures", measures.len()),
        UNNAMED_MEASURE => names,
        measure if names == measure => sentence_case(measure),
        measure => format!("{names}: {}", cut(measure)),
    }
}

/// Scale, place and step; the measure where the title does not say it, and the date where no axis does.
pub(super) fn subtitle(shown: &Shown<'_>, is_titled: bool, plain: &mut Plain<'_>) -> String {
    let facts = &shown.data.facts;
    let mut parts = Vec::new();
    if is_titled && !shown.chart.has_panels && shown.measure != UNNAMED_MEASURE {
        parts.push(shown.measure.to_owned());
    }
    if facts.format.is_scaled {
        parts.push("index from 0 to 100".into());
    }
    parts.extend(facts.region.as_ref().map(|region| plain.name(region)));
    parts.extend(facts.span.as_ref().map(|span| plain.name(&span_in_words(span))));
    let is_line = shown.chart.shows_span;
    let dates = sketch::dates(shown.data).len();
    if is_line && dates > 2 {
        parts.extend(
            shown
                .average
                .and_then(|window| averaged(window, facts.step?))
                .or_else(|| facts.step.and_then(every)),
        );
    }
    let mut said = braced(&sentence_case(&parts.join(", ")));
    if facts.is_by_age() {
        let by = if said.is_empty() { "By" } else { " by" };
        said.push_str(by);
        said.push_str(" the time since each series began");
        return said;
    }
    let is_dated = shown.data.observations.iter().any(|o| o.time.is_some());
    if !is_dated || (is_line && dates > 1) || (!is_line && facts.span.is_some()) {
        return said;
    }
    if !said.is_empty() {
        said.push_str(", ");
    }
    said.push_str("{date}");
    said
}

/// `September 2018 to March 2019`, or as the file has it.
fn span_in_words(span: &str) -> String {
    let ends = span.split_once(" - ").map(|(from, to)| (Period::parse(from), Period::parse(to)));
    match ends {
        Some((Some(from), Some(to))) => format!("{} to {}", from.in_words(), to.in_words()),
        _ => span.replace(" - ", " – "),
    }
}

/// `13-week average over weekly values`.
fn averaged(window: u32, step: Step) -> Option<String> {
    Some(format!("{window}-{} average over {}", step.name(), every(step)?))
}

/// `weekly values`.
fn every(step: Step) -> Option<String> {
    Some(match step {
        Step::Seconds(1) => "values every second".into(),
        Step::Seconds(seconds) => format!("values every {seconds} seconds"),
        Step::Minutes(1) => "values every minute".into(),
        Step::Minutes(minutes) => format!("values every {minutes} minutes"),
        Step::Hour => "hourly values".into(),
        Step::Day => "daily values".into(),
        Step::Week => "weekly values".into(),
        Step::Month => "monthly values".into(),
        Step::Quarter => "quarterly values".into(),
        Step::Half => "half-yearly values".into(),
        Step::Year => "yearly values".into(),
        Step::Irregular => return None,
    })
}

/// What is counted, for a screen reader.
pub(super) fn quantity(measure: &str) -> String {
    if measure == UNNAMED_MEASURE { "values".into() } else { measure.to_owned() }
}

/// `Google Trends, read from multiTimeline.csv`.
pub(super) fn source(read: &[Dataset]) -> String {
    let all: Vec<&str> = read.iter().map(Dataset::file).collect();
    let mut told: Vec<(Option<&str>, Vec<&str>)> = Vec::new();
    for data in read {
        let name = file_name(data.file());
        let is_shared = all.iter().filter(|file| file_name(file) == name).count() > 1;
        let name = if is_shared { data.file() } else { name };
        let counted_by = data.facts.format.publisher;
        match told.iter_mut().find(|(known, _)| known.is_some() && *known == counted_by) {
            Some((_, names)) => names.push(name),
            None => told.push((counted_by, vec![name])),
        }
    }
    let of = |(publisher, names): &(Option<&str>, Vec<&str>)| match publisher {
        Some(publisher) => format!("{publisher}, read from {}", list(names)),
        None => list(names),
    };
    let full = told.iter().map(of).collect::<Vec<_>>().join("; ");
    if full.chars().count() <= SOURCE {
        return full;
    }
    let mut publishers: Vec<String> = told.iter().filter_map(|(known, _)| known.map(str::to_owned)).collect();
    publishers.push(if read.len() == 1 { "1 file".into() } else { format!("{} files", read.len()) });
    publishers.join("; ")
}

/// A path without its folders.
pub(super) fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// With a capital at its start.
pub(super) fn sentence_case(text: &str) -> String {
    let mut chars = text.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", chars.as_str())
}
