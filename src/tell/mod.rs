//! What a figure says to who does not see it: a short text for the page, a
//! longer one, and the plotted values as a table.
//!
//! Both texts say what is shown before what is to be seen in it, and tell no
//! more than the data do. The room must not know how a figure is drawn.

mod bars;
mod cells;
mod crossings;
mod lines;
mod table;
mod trend;

use crate::figure::{EventKind, Unit, Words};
use crate::frame::roster::Who;
use crate::frame::wording::{list, number};
use crate::frame::{Frame, PanelFrame, Row, Value, slice};
use crate::spec::FigureSpec;
use crate::time::moment::Moment;
use crate::time::period::Period;

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
    /// The title, with names as the data have them.
    pub title: String,
    /// For the page that shows it: 160 characters at most.
    pub alt: String,
    /// For who wants to know more: 600 characters at most.
    pub desc: String,
}

/// Describes a figure: what it is made of, what its values are, how they go, and what is missing.
#[must_use]
pub fn describe(spec: &FigureSpec, frame: &Frame, words: &Words) -> Description {
    let teller = Teller { spec, frame };
    Description { title: words.title.clone(), alt: teller.alt(words), desc: teller.desc(words) }
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
    frame: &'t Frame,
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
        if let [panel] = self.frame.panels.as_slice()
            && !panel.words.is_empty()
        {
            let names: Vec<&str> = self.frame.look.subjects.iter().map(|who| who.label.as_str()).collect();
            let count = panel.groups_shown(self.spec).len();
            candidates.push(short(&format!(" for {}, by {count} criteria.", list(&names))));
        }
        candidates.push(format!("{}.", short("")));
        candidates.push(words.title.clone());
        let fitting = candidates.into_iter().find(|text| text.chars().count() <= ALT_LIMIT);
        let text = fitting.unwrap_or_else(|| words.title.chars().take(ALT_LIMIT).collect());
        text.replace('\u{a0}', " ")
    }

    fn desc(&self, words: &Words) -> String {
        let unit = if self.frame.look.unit == Unit::Index { ", an index" } else { "" };
        let mut sentences = vec![(Level::Construction, format!("{}{unit}.", self.construction()))];
        for panel in &self.frame.panels {
            if self.spec.chart.shows_span {
                self.tell_lines(panel, &mut sentences);
                continue;
            }
            if !panel.words.is_empty() {
                let told = cells::sentences(self.spec, self.frame, panel);
                sentences.extend(told.into_iter().map(|text| (Level::Trend, text)));
                continue;
            }
            let told = bars::sentences(&self.groups(panel), &panel.title, self.frame.look.unit);
            let level = |told: &bars::Told| if told.is_all { Level::Trend } else { Level::Statistic };
            sentences.extend(told.into_iter().map(|told| (level(&told), told.text)));
        }
        if !words.note.is_empty() {
            sentences.push((Level::Caveat, words.note.clone()));
        }
        let sentences = fitting(sentences);
        let text: Vec<String> = sentences.into_iter().map(|(_, text)| text).collect();
        text.join(" ").replace('\u{a0}', " ").chars().take(DESC_LIMIT).collect()
    }

    /// Bars with their names, from the highest to the lowest, and those last that are only known to be low.
    fn groups<'t>(&'t self, panel: &'t PanelFrame) -> Vec<bars::Group<'t>> {
        let group = |group: Option<usize>| {
            let value = |who: Who| panel.row_shown(group, who).map_or(Value::Missing, |row| row.value);
            let bars = panel.drawn.iter().map(|who| (self.frame.label(*who), value(*who))).collect();
            bars::Group::new(panel.group_label(group), bars, panel.basis.may_be_multiplied().is_ok())
        };
        panel.groups_shown(self.spec).into_iter().map(group).collect()
    }

    /// Lines with their names and the values that they show, the greater the better.
    fn lines(&self, panel: &PanelFrame) -> Vec<Line<'_>> {
        let turned = self.frame.look.lower_is_better;
        let line = |who: &Who| {
            let rows = panel.of(None, *who).iter().filter(|row| row.is_known() && panel.is_within(row.at));
            Line {
                label: self.frame.label(*who),
                values: rows.filter_map(|row| Some((row.at?, lines::oriented(row.value, turned)))).collect(),
            }
        };
        panel.drawn.iter().map(line).filter(|line| !line.values.is_empty()).collect()
    }

    fn teller<'t>(&self, lines: &[Line<'_>], date: &'t dyn Fn(Moment) -> Period) -> lines::Teller<'t> {
        let lower_is_better = self.frame.look.lower_is_better;
        lines::Teller { range: lines::range(lines), unit: self.frame.look.unit, lower_is_better, date }
    }

    fn kind_and_quantity(&self) -> String {
        let kind = self.spec.chart.noun;
        let mut measures: Vec<&str> = Vec::new();
        for panel in &self.frame.panels {
            if !measures.contains(&panel.measure.as_str()) {
                measures.push(&panel.measure);
            }
        }
        let quantity = self.spec.quantity.clone().unwrap_or_else(|| match measures.as_slice() {
            ["value"] => "values".into(),
            _ => list(&measures),
        });
        format!("{kind} of {quantity}")
    }

    /// `Line chart of stars for Keras and PyTorch, March 2015 to July 2026`.
    fn construction(&self) -> String {
        let labels: Vec<&str> =
            self.frame.look.subjects.iter().map(|subject| subject.label.as_str()).collect();
        let mut names = list(&labels);
        if names.chars().count() > NAMES_LIMIT {
            names = format!(
                "{} subjects",
                number(f64::from(u32::try_from(labels.len()).unwrap_or(0)), Unit::Count)
            );
        }
        let groups = match self.frame.panels.as_slice() {
            [panel] if self.spec.chart.keeps_groups && panel.groups_shown(self.spec).len() > 1 => {
                let shown = panel.groups_shown(self.spec).into_iter();
                let names: Vec<&str> = shown.map(|group| panel.group_label(group)).collect();
                format!(" in {}", list(&names))
            }
            _ => String::new(),
        };
        format!("{} for {names}{groups}{}", self.kind_and_quantity(), self.span())
    }

    fn span(&self) -> String {
        let panels = &self.frame.panels;
        let mut dates: Vec<Period> = panels.iter().filter_map(|panel| panel.shown).collect();
        dates.dedup();
        match (panels.first().and_then(|panel| panel.first), dates.as_slice()) {
            (Some(_), [last]) if self.frame.look.by_age => format!(" by age, up to {}", last.in_words()),
            (Some(first), [last]) if first != *last => {
                let window = panels.first().and_then(|panel| Some((panel.average()?, panel.step.name())));
                let averages = window.map(|(window, step)| format!(", {window}-{step} averages"));
                let averages = averages.unwrap_or_default();
                format!(", {} to {}{averages}", first.in_words(), last.in_words())
            }
            (_, [date]) => format!(", {}", date.in_words()),
            _ => String::new(),
        }
    }

    fn main_finding(&self) -> Option<String> {
        match self.frame.panels.as_slice() {
            [panel] if self.spec.chart.shows_span => {
                let lines = self.lines(panel);
                let date = |at: Moment| panel.date(at);
                match self.crossings(&lines, panel).last() {
                    Some(crossing) => tell_crossing(&lines, crossing),
                    None => lines::main(&lines, self.teller(&lines, &date)),
                }
            }
            [panel] => bars::main(&self.groups(panel), self.frame.look.unit),
            panels => {
                let mut leaders: Vec<(String, Vec<&str>)> = Vec::new();
                let is_repeated = |panel: &PanelFrame| {
                    panels.iter().filter(|other| other.measure == panel.measure).count() > 1
                };
                for panel in panels {
                    // Who is level with another leads no more than that one.
                    let groups = self.groups(panel);
                    let leading = groups.first().map(bars::Group::leaders).unwrap_or_default();
                    let [leader] = leading[..] else { continue };
                    let place = if is_repeated(panel) { &panel.title } else { &panel.measure };
                    match leaders.iter_mut().find(|(name, _)| name == leader) {
                        Some((_, places)) => places.push(place),
                        None => leaders.push((leader.to_owned(), vec![place])),
                    }
                }
                let told = leaders.iter().map(|(name, places)| format!("{name} leads in {}", list(places)));
                let told: Vec<String> = told.collect();
                (!told.is_empty()).then(|| list(&told))
            }
        }
    }

    fn crossings(&self, lines: &[Line<'_>], panel: &PanelFrame) -> Vec<Crossing> {
        let values: Vec<&[(Moment, Value)]> = lines.iter().map(|line| line.values.as_slice()).collect();
        let dating = Dating { step: panel.step, precision: panel.precision };
        crossings(&values, lines::range(lines), dating)
    }

    fn tell_lines(&self, panel: &PanelFrame, sentences: &mut Vec<(Level, String)>) {
        let lines = self.lines(panel);
        let date = |at: Moment| panel.date(at);
        let teller = self.teller(&lines, &date);
        for line in &lines {
            let sentence = teller.sentence(line);
            // Where bounds hide how a line goes, the sentence says its ends as well.
            let statistic = teller.statistic(line).filter(|text| sentence.as_ref() != Some(text));
            if line.values.len() != 2 {
                sentences.extend(statistic.map(|text| (Level::Statistic, text)));
            }
            sentences.extend(sentence.map(|text| (Level::Trend, text)));
        }
        for crossing in self.crossings(&lines, panel) {
            let told = tell_crossing(&lines, &crossing);
            sentences.extend(told.map(|text| (Level::Trend, format!("{text}."))));
        }
        sentences.extend(self.tell_thinning().map(|text| (Level::Construction, text)));
        sentences.extend(self.tell_gaps(panel).map(|text| (Level::Caveat, text)));
        for event in self.frame.look.events.iter().filter(|event| event.kind == EventKind::MethodChanged) {
            let when = panel.date(event.at).as_time();
            let text = format!("The way of counting changes {when}: {}.", event.label);
            sentences.push((Level::Caveat, text));
        }
    }

    /// That lines show only the extremes of their values.
    fn tell_thinning(&self) -> Option<String> {
        let count = f64::from(u32::try_from(thinned(self.frame)).ok().filter(|count| *count > 0)?);
        let values = number(count, Unit::Count);
        Some(format!("Drawn from {values} values, thinned to the extremes of every 2 pixels."))
    }

    /// Between which dates values are missing.
    fn tell_gaps(&self, panel: &PanelFrame) -> Option<String> {
        let rows = if panel.raw.is_empty() { &panel.rows } else { &panel.raw };
        let mut gaps: Vec<(Moment, Moment)> = Vec::new();
        for who in &panel.drawn {
            let own = slice(rows, |row| (row.group, row.who).cmp(&(None, *who)));
            let mut before: Option<(Moment, bool)> = None;
            for row in own.iter().filter(|row| panel.is_within(row.at)) {
                let Some(at) = row.at else { continue };
                match (row.is_known(), before) {
                    (false, Some((last, _))) => before = Some((last, true)),
                    (false, None) => {}
                    (true, last) => {
                        let missing =
                            |(last, empty): &(Moment, bool)| *empty || panel.is_gap(*who, *last, at);
                        gaps.extend(last.filter(missing).map(|(last, _)| (last, at)));
                        before = Some((at, false));
                    }
                }
            }
        }
        gaps.sort_unstable();
        gaps.dedup();
        let date = |at: Moment| panel.date(at).in_words();
        let told: Vec<String> =
            gaps.iter().map(|(from, to)| format!("between {} and {}", date(*from), date(*to))).collect();
        (!told.is_empty()).then(|| format!("Values are missing {}.", list(&told)))
    }
}

/// How many values those lines have of which only the extremes are drawn.
#[must_use]
pub fn thinned(frame: &Frame) -> usize {
    let lines = frame.panels.iter().filter(|panel| panel.first.is_some()).flat_map(|panel| {
        let of = |rows: &[Row], who: Who| {
            let own = slice(rows, |row| (row.group, row.who).cmp(&(None, who)));
            own.iter().filter(|row| row.is_known() && panel.is_within(row.at)).count()
        };
        panel.drawn.iter().flat_map(move |who| [of(&panel.rows, *who), of(&panel.raw, *who)])
    });
    lines.filter(|count| frame.look.thins(*count)).sum()
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

fn tell_crossing(lines: &[Line<'_>], crossing: &Crossing) -> Option<String> {
    let (who, whom) = (lines.get(crossing.who)?, lines.get(crossing.whom)?);
    Some(format!("{} passes {} {}", who.label, whom.label, crossing.when))
}
