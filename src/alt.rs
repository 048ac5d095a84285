//! What a figure says to who does not see it: a short text for the page, a
//! longer one, and the plotted values as a table.
//!
//! Both texts say what is shown before what is to be seen in it, and tell no
//! more than the data do. The room must not know how a figure is drawn.

mod bars;
mod crossings;
mod lines;
mod table;
mod trend;

use crate::data::Reading;
use crate::figure::{Bar, BarGroup, Chart, EventKind, Marks, Point, Series, Unit, Words};
use crate::manifest::FigureSpec;
use crate::manifest::period::Period;
use crate::moment::{Moment, Step};
use crate::series::wording::{list, number};
use crate::series::{PanelFacts, Plotted};

use crossings::{Crossing, Dating, crossings};
use lines::Line;
pub use table::table;

/// Characters of the short text at most.
const ALT_LIMIT: usize = 160;
/// Characters of the long one.
const DESC_LIMIT: usize = 600;
/// Characters of the names of subjects, from which on only their number is told.
const NAMES_LIMIT: usize = 300;

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
pub fn describe(spec: &FigureSpec, plotted: &Plotted, words: &Words) -> Description {
    let teller = Teller { spec, plotted };
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
    plotted: &'t Plotted,
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
        let text = fitting.unwrap_or_else(|| words.title.chars().take(ALT_LIMIT).collect());
        text.replace('\u{a0}', " ")
    }

    fn desc(&self, words: &Words) -> String {
        let unit = if self.spec.unit == Unit::Index { ", an index" } else { "" };
        let mut sentences = vec![(Level::Construction, format!("{}{unit}.", self.construction()))];
        for (panel, facts) in self.plotted.panels.iter().zip(&self.plotted.facts) {
            match &panel.marks {
                Marks::Lines { series, step } => self.tell_lines(series, *step, facts, &mut sentences),
                Marks::Bars(groups) => {
                    let groups: Vec<bars::Group<'_>> = groups.iter().map(|group| self.group(group)).collect();
                    let told = bars::sentences(&groups, &panel.title, self.spec.unit);
                    let level = |told: bars::Told| if told.is_all { Level::Trend } else { Level::Statistic };
                    sentences.extend(told.into_iter().map(|told| (level(told.clone()), told.text)));
                }
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

    /// Bars with their names, from the highest to the lowest, and those last that are only known to be low.
    fn group<'t>(&'t self, group: &'t BarGroup) -> bars::Group<'t> {
        let bars = group.bars.iter().map(|bar| (self.label(bar.subject), reading(bar))).collect();
        bars::Group::new(&group.label, bars)
    }

    /// Lines with their names and the values that they show.
    fn lines(&self, series: &[Series], facts: &PanelFacts) -> Vec<Line<'_>> {
        let line = |series: &Series| Line {
            label: self.label(series.subject),
            values: readings(self.plotted, facts, series, &series.points),
        };
        series.iter().map(line).collect()
    }

    fn kind_and_quantity(&self) -> String {
        let kind = match self.spec.chart {
            Chart::Line => "Line chart",
            Chart::Bar | Chart::GroupedBar => "Bar chart",
            Chart::Facets => "Bar charts",
        };
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
        let mut names = list(&labels);
        if names.chars().count() > NAMES_LIMIT {
            names = format!(
                "{} subjects",
                number(f64::from(u32::try_from(labels.len()).unwrap_or(0)), Unit::Count)
            );
        }
        let groups = match self.plotted.panels.first().map(|panel| &panel.marks) {
            Some(Marks::Bars(groups)) if groups.len() > 1 => {
                let names: Vec<&str> = groups.iter().map(|group| group.label.as_str()).collect();
                format!(" in {}", list(&names))
            }
            _ => String::new(),
        };
        format!("{} for {names}{groups}{}", self.kind_and_quantity(), self.span())
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
        match (self.plotted.panels.as_slice(), self.plotted.facts.first()?) {
            ([panel], facts) => match &panel.marks {
                Marks::Lines { series, step } => {
                    let lines = self.lines(series, facts);
                    match crossings_of(&lines, *step, facts).last() {
                        Some(crossing) => tell_crossing(&lines, crossing),
                        None => lines::main(&lines, self.spec.unit),
                    }
                }
                Marks::Bars(groups) => {
                    let groups: Vec<bars::Group<'_>> = groups.iter().map(|group| self.group(group)).collect();
                    bars::main(&groups, self.spec.unit)
                }
            },
            (panels, _) => {
                let mut leaders: Vec<(&str, Vec<String>)> = Vec::new();
                for (panel, facts) in panels.iter().zip(&self.plotted.facts) {
                    let Marks::Bars(groups) = &panel.marks else { continue };
                    // Who is level with another leads no more than that one.
                    let leading = groups.first().map(|group| self.group(group).leaders()).unwrap_or_default();
                    let [leader] = leading[..] else { continue };
                    match leaders.iter_mut().find(|(name, _)| *name == leader) {
                        Some((_, measures)) => measures.push(facts.measure.clone()),
                        None => leaders.push((leader, vec![facts.measure.clone()])),
                    }
                }
                let told =
                    leaders.iter().map(|(name, measures)| format!("{name} leads in {}", list(measures)));
                let told: Vec<String> = told.collect();
                (!told.is_empty()).then(|| list(&told))
            }
        }
    }

    fn tell_lines(
        &self,
        series: &[Series],
        step: Step,
        facts: &PanelFacts,
        sentences: &mut Vec<(Level, String)>,
    ) {
        let lines = self.lines(series, facts);
        let date = |at: Moment| facts.date(at);
        let teller = lines::Teller { range: lines::range(&lines), unit: self.spec.unit, date: &date };
        for line in &lines {
            if line.values.len() != 2 {
                sentences.extend(teller.statistic(line).map(|text| (Level::Statistic, text)));
            }
            sentences.extend(teller.sentence(line).map(|text| (Level::Trend, text)));
        }
        for crossing in crossings_of(&lines, step, facts) {
            let told = tell_crossing(&lines, &crossing);
            sentences.extend(told.map(|text| (Level::Trend, format!("{text}."))));
        }
        sentences.extend(self.tell_thinning().map(|text| (Level::Construction, text)));
        sentences.extend(self.tell_gaps(series, facts).map(|text| (Level::Caveat, text)));
        for event in self.plotted.look.events.iter().filter(|event| event.kind == EventKind::MethodChanged) {
            let when = facts.date(event.at).as_time();
            let text = format!("The way of counting changes {when}: {}.", event.label);
            sentences.push((Level::Caveat, text));
        }
    }

    /// That lines show only the extremes of their values.
    fn tell_thinning(&self) -> Option<String> {
        let count = f64::from(u32::try_from(self.plotted.thinned()).ok().filter(|count| *count > 0)?);
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

/// What a bar shows.
fn reading(bar: &Bar) -> Reading {
    match (bar.value, bar.below) {
        (Some(_), Some(bound)) => Reading::Below(bound),
        (Some(value), None) => Reading::Number(value),
        (None, _) => Reading::Missing,
    }
}

/// The values of a line, without its gaps. Of a value that is only known to be below a bound, the bound.
fn readings(
    plotted: &Plotted,
    facts: &PanelFacts,
    series: &Series,
    points: &[Point],
) -> Vec<(Moment, Reading)> {
    let who = plotted.roster.iter().position(|who| who.shown == Some(series.subject));
    let own = facts.picked.iter().filter(|row| series.bounded && Some(row.who) == who);
    let mut bounds: Vec<(Period, Option<f64>)> =
        own.filter_map(|row| Some((facts.date(row.at?), row.below))).collect();
    bounds.sort_by_key(|(date, _)| *date);
    // Of several values that became one, their mean or sum is drawn, not a bound.
    let bound = |at: Moment| {
        let date = facts.date(at);
        let first = bounds.partition_point(|(other, _)| *other < date);
        let after = bounds.partition_point(|(other, _)| *other <= date);
        match bounds.get(first..after) {
            Some([(_, bound)]) => *bound,
            _ => None,
        }
    };
    let is_average = !series.raw.is_empty() && std::ptr::eq(points, series.points.as_slice());
    let value = |point: &Point| {
        let bound = if is_average { None } else { bound(point.at) };
        Some((point.at, bound.map_or(Reading::Number(point.value?), Reading::Below)))
    };
    points.iter().filter_map(value).collect()
}

fn crossings_of(lines: &[Line<'_>], step: Step, facts: &PanelFacts) -> Vec<Crossing> {
    let values: Vec<&[(Moment, Reading)]> = lines.iter().map(|line| line.values.as_slice()).collect();
    crossings(&values, lines::range(lines), Dating { step, precision: facts.precision })
}

fn tell_crossing(lines: &[Line<'_>], crossing: &Crossing) -> Option<String> {
    let (who, whom) = (lines.get(crossing.who)?, lines.get(crossing.whom)?);
    Some(format!("{} passes {} {}", who.label, whom.label, crossing.when))
}
