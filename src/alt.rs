//! What a figure says to who does not see it: a short text for the page, a
//! longer one, and the plotted values as a table.
//!
//! Both texts say what is shown before what is to be seen in it, and tell no
//! more than the data do. The room must not know how a figure is drawn.

mod table;
mod trend;

use crate::figure::{BarGroup, EventKind, Marks, Series, Unit, Words};
use crate::figure::{Look, Panel, Point};
use crate::frame::roster::Candidate;
use crate::frame::wording::{list, number, numbers, times};
use crate::frame::{Frame, PanelFrame as PanelFacts};
use crate::moment::{Moment, Step};
use crate::spec::FigureSpec;
use crate::time::period::Period;

pub use table::table;
use trend::{Crossing, Trend, crossings, roughly, trend, values};

/// Characters of the short text at most.
const ALT_LIMIT: usize = 160;
/// Characters of the long one.
const DESC_LIMIT: usize = 600;
/// Bars up to this number are all told with their values.
const BARS_TOLD: usize = 8;

/// What is told of: a frame and its marks.
#[derive(Debug, Clone, Copy)]
struct Plotted<'p> {
    look: &'p Look,
    panels: &'p [Panel],
    facts: &'p [PanelFacts],
    roster: &'p [Candidate],
}

impl<'p> Plotted<'p> {
    /// A frame and the marks made of it.
    fn of(frame: &'p Frame, panels: &'p [Panel]) -> Self {
        Plotted { look: &frame.look, panels, facts: &frame.panels, roster: &frame.roster }
    }
}

/// How many values those lines have of which only the extremes are drawn.
#[must_use]
pub fn thinned(look: &Look, panels: &[Panel]) -> usize {
    let series = panels.iter().flat_map(|panel| match &panel.marks {
        Marks::Lines { series, .. } => series.as_slice(),
        Marks::Bars(_) => &[],
    });
    let dense = series.flat_map(|series| [&series.points, &series.raw]).filter(|line| look.thins(line));
    dense.flatten().filter(|point: &&Point| point.value.is_some()).count()
}

/// A figure in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Description {
    /// For the page that shows it: 160 characters at most.
    pub alt: String,
    /// For who wants to know more: 600 characters at most.
    pub desc: String,
}

/// Describes a figure: what it is made of, what its values are, how they go, and what is missing.
#[must_use]
pub fn describe(spec: &FigureSpec, frame: &Frame, marks: &[Panel], words: &Words) -> Description {
    let teller = Teller { spec, plotted: &Plotted::of(frame, marks) };
    Description { alt: teller.alt(words), desc: teller.desc(words) }
}

/// How much a sentence matters when there is no room for all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    Construction,
    Trend,
    Caveat,
    Statistic,
}

struct Teller<'t> {
    spec: &'t FigureSpec,
    plotted: &'t Plotted<'t>,
}

impl Teller<'_> {
    fn alt(&self, words: &Words) -> String {
        let construction = self.construction();
        let short = |subjects: &str| format!("{}{subjects}{}", self.kind_and_quantity(), self.span());
        let mut candidates = Vec::new();
        if let Some(finding) = self.main_finding() {
            candidates.push(format!("{construction}, where {finding}."));
            candidates.push(format!("{}, where {finding}.", short("")));
        }
        candidates.push(format!("{construction}."));
        candidates.push(format!("{}.", short("")));
        candidates.push(words.title.clone());
        let fitting = candidates.into_iter().find(|text| text.chars().count() <= ALT_LIMIT);
        fitting.unwrap_or_else(|| words.title.chars().take(ALT_LIMIT).collect())
    }

    fn desc(&self, words: &Words) -> String {
        let unit = if self.spec.unit == Unit::Index { ", an index" } else { "" };
        let mut sentences = vec![(Level::Construction, format!("{}{unit}.", self.construction()))];
        for (panel, facts) in self.plotted.panels.iter().zip(self.plotted.facts) {
            match &panel.marks {
                Marks::Lines { series, step } => self.tell_lines(series, *step, facts, &mut sentences),
                Marks::Bars(groups) => self.tell_bars(groups, &panel.title, &mut sentences),
            }
        }
        if !words.note.is_empty() {
            sentences.push((Level::Caveat, words.note.clone()));
        }
        let sentences = fitting(sentences);
        let text: Vec<String> = sentences.into_iter().map(|(_, text)| text).collect();
        text.join(" ").replace('\u{a0}', " ").chars().take(DESC_LIMIT).collect()
    }

    fn label(&self, subject: usize) -> &str {
        self.plotted.look.subjects.get(subject).map_or("", |subject| subject.label.as_str())
    }

    /// With U+2212, which screen readers do not skip.
    fn number(&self, value: f64) -> String {
        minus(&number(value, self.spec.unit))
    }

    fn kind_and_quantity(&self) -> String {
        let kind = self.spec.chart.noun;
        let measures: Vec<&str> = self.plotted.facts.iter().map(|facts| facts.measure.as_str()).collect();
        let quantity = self.spec.quantity.clone().unwrap_or_else(|| match measures.as_slice() {
            ["value"] => "values".into(),
            _ => list(&measures),
        });
        format!("{kind} of {quantity}")
    }

    /// `Line chart of stars for Keras and PyTorch, March 2015 to July 2026`.
    fn construction(&self) -> String {
        let labels: Vec<&str> =
            self.plotted.look.subjects.iter().map(|subject| subject.label.as_str()).collect();
        let groups = match self.plotted.panels.first().map(|panel| &panel.marks) {
            Some(Marks::Bars(groups)) if groups.len() > 1 => {
                let names: Vec<&str> = groups.iter().map(|group| group.label.as_str()).collect();
                format!(" in {}", list(&names))
            }
            _ => String::new(),
        };
        format!("{} for {}{groups}{}", self.kind_and_quantity(), list(&labels), self.span())
    }

    fn span(&self) -> String {
        let mut dates: Vec<Period> = self.plotted.facts.iter().filter_map(|facts| facts.shown).collect();
        dates.dedup();
        match (self.plotted.facts.first().and_then(|facts| facts.first), dates.as_slice()) {
            (Some(_), [last]) if self.plotted.look.by_age => format!(" by age, up to {}", last.in_words()),
            (Some(first), [last]) if first != *last => {
                let averages = match (self.spec.average, self.plotted.facts.first()) {
                    (window, Some(facts)) if window > 1 => {
                        format!(", {window}-{} averages", facts.step.name())
                    }
                    _ => String::new(),
                };
                format!(", {} to {}{averages}", first.in_words(), last.in_words())
            }
            (_, [date]) => format!(", {}", date.in_words()),
            _ => String::new(),
        }
    }

    fn main_finding(&self) -> Option<String> {
        let panels = self.plotted.panels;
        match (panels, self.plotted.facts.first()?) {
            ([panel], facts) => match &panel.marks {
                Marks::Lines { series, step } => self.main_of_lines(series, *step, facts),
                Marks::Bars(groups) => self.main_of_bars(groups),
            },
            _ => {
                let leader =
                    |groups: &[BarGroup]| Some(self.label(ranked(groups.first()?).first()?.0).to_owned());
                let mut leaders: Vec<(String, Vec<String>)> = Vec::new();
                for (panel, facts) in panels.iter().zip(self.plotted.facts) {
                    let Marks::Bars(groups) = &panel.marks else { continue };
                    let leader = leader(groups)?;
                    match leaders.iter_mut().find(|(name, _)| *name == leader) {
                        Some((_, measures)) => measures.push(facts.measure.clone()),
                        None => leaders.push((leader, vec![facts.measure.clone()])),
                    }
                }
                let told: Vec<String> = leaders
                    .iter()
                    .map(|(name, measures)| format!("{name} leads in {}", list(measures)))
                    .collect();
                Some(list(&told))
            }
        }
    }

    fn main_of_lines(&self, series: &[Series], step: Step, facts: &PanelFacts) -> Option<String> {
        if let Some(last) = crossings(series, range(series)).last() {
            return self.tell_crossing(series, *last, step, facts);
        }
        let last = |series: &Series| values(&series.points).last().copied();
        let end = series.iter().filter_map(last).map(|(at, _)| at).max()?;
        let mut ends: Vec<(usize, f64)> = series
            .iter()
            .filter_map(|series| Some((series.subject, last(series).filter(|(at, _)| *at == end)?.1)))
            .collect();
        ends.sort_by(|a, b| b.1.total_cmp(&a.1));
        match ends.as_slice() {
            [] => None,
            [only] => Some(format!("{} ends at {}", self.label(only.0), self.number(only.1))),
            [first, ..] => Some(format!("{} is highest at the end", self.label(first.0))),
        }
    }

    fn main_of_bars(&self, groups: &[BarGroup]) -> Option<String> {
        let leaders: Vec<usize> = groups.iter().filter_map(|group| Some(ranked(group).first()?.0)).collect();
        let first = *leaders.first()?;
        if groups.len() > 1 {
            let everywhere = leaders.iter().all(|leader| *leader == first);
            return everywhere.then(|| format!("{} leads in every group", self.label(first)));
        }
        let only = groups.first()?;
        match ranked(only).as_slice() {
            [(first, a), (second, b), ..] if *b > 0.0 && below(only, *second).is_none() => {
                let (first, second) = (self.label(*first), self.label(*second));
                Some(if a / b < 1.1 {
                    format!("{first} leads, closely followed by {second}")
                } else {
                    format!("{first} leads with {} the value of {second}", times(a / b))
                })
            }
            [(first, a), ..] => Some(format!("{} leads with {}", self.label(*first), self.number(*a))),
            [] => None,
        }
    }

    fn tell_crossing(
        &self,
        series: &[Series],
        crossing: Crossing,
        step: Step,
        facts: &PanelFacts,
    ) -> Option<String> {
        let label = |index: usize| Some(self.label(series.get(index)?.subject));
        let when = roughly(crossing.at, step, facts.precision);
        Some(format!("{} passes {} {when}", label(crossing.who)?, label(crossing.whom)?))
    }

    fn tell_lines(
        &self,
        series: &[Series],
        step: Step,
        facts: &PanelFacts,
        sentences: &mut Vec<(Level, String)>,
    ) {
        let range = range(series);
        let date = |at: Moment| facts.date(at).as_time();
        for series in series {
            let told = values(&series.points);
            let by_value = |a: &&trend::Value, b: &&trend::Value| a.1.total_cmp(&b.1);
            let (Some(first), Some(last)) = (told.first(), told.last()) else { continue };
            let (Some(low), Some(high)) = (told.iter().min_by(by_value), told.iter().max_by(by_value)) else {
                continue;
            };
            let label = self.label(series.subject);
            let at = |value: &trend::Value| format!("{} {}", self.number(value.1), date(value.0));
            let mut statistic = vec![at(first), at(last)];
            for (word, extreme) in [("lowest", low), ("highest", high)] {
                if extreme.1 != first.1 && extreme.1 != last.1 {
                    statistic.push(format!("{word} {}", at(extreme)));
                }
            }
            let statistic = format!("{label}: {}.", statistic.join(", "));
            if told.len() != 2 {
                sentences.push((Level::Statistic, statistic));
            }
            let (start, end) = (self.number(first.1), self.number(last.1));
            let goes = match trend(&told, range) {
                Trend::Flat => format!("stays near {end}"),
                // Of two values nobody knows how one became the other.
                Trend::RisesSteadily if told.len() == 2 => format!("rises from {start} to {end}"),
                Trend::FallsSteadily if told.len() == 2 => format!("falls from {start} to {end}"),
                Trend::RisesSteadily => format!("rises steadily from {start} to {end}"),
                Trend::FallsSteadily => format!("falls steadily from {start} to {end}"),
                Trend::Peaks(peak) => {
                    format!("peaks {} at {}, then falls to {end}", date(peak.0), self.number(peak.1))
                }
                Trend::Dips(low) => {
                    format!("falls to {} {}, then rises to {end}", self.number(low.1), date(low.0))
                }
                Trend::Rises => format!("rises from {start} to {end}, with ups and downs"),
                Trend::Falls => format!("falls from {start} to {end}, with ups and downs"),
                Trend::Fluctuates(low, high) => {
                    format!("fluctuates between {} and {}", self.number(low), self.number(high))
                }
            };
            sentences.push((Level::Trend, format!("{label} {goes}.")));
        }
        for crossing in crossings(series, range) {
            let told = self.tell_crossing(series, crossing, step, facts);
            sentences.extend(told.map(|text| (Level::Trend, format!("{text}."))));
        }
        sentences.extend(self.tell_thinning().map(|text| (Level::Construction, text)));
        sentences.extend(self.tell_gaps(series, facts).map(|text| (Level::Caveat, text)));
        for event in self.plotted.look.events.iter().filter(|event| event.kind == EventKind::MethodChanged) {
            let text = format!("The way of counting changes {}: {}.", date(event.at), event.label);
            sentences.push((Level::Caveat, text));
        }
    }

    /// That lines show only the extremes of their values.
    fn tell_thinning(&self) -> Option<String> {
        let count = f64::from(
            u32::try_from(thinned(self.plotted.look, self.plotted.panels)).ok().filter(|count| *count > 0)?,
        );
        let values = number(count, Unit::Count);
        Some(format!("Drawn from {values} values, thinned to the extremes of every 2 pixels."))
    }

    /// Between which dates values are missing.
    fn tell_gaps(&self, series: &[Series], facts: &PanelFacts) -> Option<String> {
        let mut gaps: Vec<(Moment, Moment)> = Vec::new();
        for series in series {
            let points = if series.raw.is_empty() { &series.points } else { &series.raw };
            let changed = |a: Moment, b: Moment| {
                let mut events = self.plotted.look.events.iter();
                events.any(|event| event.kind == EventKind::MethodChanged && a < event.at && event.at <= b)
            };
            let mut before: Option<(Moment, bool)> = None;
            for point in points {
                match (point.value, before) {
                    (None, Some((at, _))) => before = Some((at, true)),
                    (Some(_), Some((at, true)))
                        if !changed(at, point.at) || facts.step.is_gap(at, point.at) =>
                    {
                        gaps.push((at, point.at));
                        before = Some((point.at, false));
                    }
                    (Some(_), _) => before = Some((point.at, false)),
                    (None, None) => {}
                }
            }
        }
        gaps.sort_unstable();
        gaps.dedup();
        let date = |at: Moment| facts.date(at).in_words();
        let told: Vec<String> =
            gaps.iter().map(|(from, to)| format!("between {} and {}", date(*from), date(*to))).collect();
        (!told.is_empty()).then(|| format!("Values are missing {}.", list(&told)))
    }

    fn tell_bars(&self, groups: &[BarGroup], panel: &str, sentences: &mut Vec<(Level, String)>) {
        for group in groups {
            let ranked = ranked(group);
            let name = [panel, &group.label].into_iter().find(|name| !name.is_empty());
            let known = ranked.iter().filter(|(who, _)| below(group, *who).is_none());
            let values: Vec<f64> = known.map(|(_, value)| *value).collect();
            let mut numbers = numbers(&values, self.spec.unit).into_iter();
            let told: Vec<String> = ranked
                .iter()
                .map(|(who, _)| match below(group, *who) {
                    Some(bound) => format!("{} below {}", self.label(*who), self.number(bound)),
                    None => format!("{} {}", self.label(*who), minus(&numbers.next().unwrap_or_default())),
                })
                .collect();
            let start = name.map(|name| format!("{name}: ")).unwrap_or_default();
            match (told.as_slice(), told.len() <= BARS_TOLD) {
                ([], _) => {}
                (all, true) => sentences.push((Level::Trend, format!("{start}{}.", all.join(", ")))),
                (all, false) => {
                    let (first, last) = (all.first(), all.last());
                    let [first, last] = [first, last].map(|text| text.map_or("", String::as_str));
                    let from = if start.is_empty() { "From" } else { "from" };
                    let text = format!("{start}{from} {first} down to {last}.");
                    sentences.push((Level::Trend, text));
                    let most: Vec<&str> = all.iter().take(BARS_TOLD).map(String::as_str).collect();
                    sentences.push((Level::Statistic, format!("The first {BARS_TOLD} are {}.", list(&most))));
                }
            }
        }
        if let [only] = groups
            && let [(first, a), (second, b), ..] = ranked(only).as_slice()
            && *b > 0.0
            && a / b >= 1.1
            && below(only, *second).is_none()
            && panel.is_empty()
        {
            let (first, second) = (self.label(*first), self.label(*second));
            let text = format!("{first} has {} the value of {second}.", times(a / b));
            sentences.push((Level::Trend, text));
        }
    }
}

/// The sentences less those that have no room, the least first; noisy lines may have thousands.
fn fitting(mut sentences: Vec<(Level, String)>) -> Vec<(Level, String)> {
    let room = |text: &str| text.chars().count() + 1;
    for least in [Level::Statistic, Level::Caveat, Level::Trend, Level::Construction] {
        let mut length: usize = sentences.iter().map(|(_, text)| room(text)).sum();
        let mut count = sentences.len();
        let mut dropped = vec![false; count];
        // The last first. One subject's numbers without the others' would mislead: of those all or none.
        let from_last = sentences.iter().zip(&mut dropped).rev().filter(|((level, _), _)| *level == least);
        let all = least == Level::Statistic && length > DESC_LIMIT + 1;
        for ((_, text), dropped) in from_last {
            if count > 1 && (all || length > DESC_LIMIT + 1) {
                *dropped = true;
                count -= 1;
                length -= room(text);
            }
        }
        let mut dropped = dropped.into_iter();
        sentences.retain(|_| !dropped.next().unwrap_or(false));
    }
    sentences
}

/// A number with U+2212.
fn minus(number: &str) -> String {
    number.replace('-', "\u{2212}")
}

/// The bound of a subject of which only that is known.
fn below(group: &BarGroup, who: usize) -> Option<f64> {
    group.bars.iter().find(|bar| bar.subject == who).and_then(|bar| bar.below)
}

/// A group's subjects with a value, from the largest to the smallest.
fn ranked(group: &BarGroup) -> Vec<(usize, f64)> {
    let mut bars: Vec<(usize, f64)> =
        group.bars.iter().filter_map(|bar| Some((bar.subject, bar.value?))).collect();
    bars.sort_by(|a, b| b.1.total_cmp(&a.1));
    bars
}

/// How far the lines' values are apart at most.
fn range(series: &[Series]) -> f64 {
    let all = || series.iter().flat_map(|series| &series.points).filter_map(|point| point.value);
    let (low, high) = (all().min_by(f64::total_cmp), all().max_by(f64::total_cmp));
    high.unwrap_or(0.0) - low.unwrap_or(0.0)
}
