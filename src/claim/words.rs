//! Titles, subtitles, notes and source lines: placeholders filled in, what
//! the data say themselves added, everything set as print does.

use crate::claim::values::{Slice, slices, subject};
use crate::diag::{Diagnostic, Place, Report, listed};
use crate::figure::{Bar, BarGroup, Chart, Marks, Panel, Words};
use crate::manifest::FigureSpec;
use crate::manifest::claims::{ClaimGroup, Name, Scope};
use crate::manifest::period::Period;
use crate::manifest::template::{Piece, Placeholder, Template};
use crate::moment::{Moment, Step};
use crate::series::top::Top;
use crate::series::wording::{exact_number, list, number, times, typeset};
use crate::series::{PanelFacts, Plotted, Running};

/// The figure's words, with every value from the data filled in.
///
/// # Errors
/// Every placeholder whose value the data do not have, or not unambiguously, at its place in the manifest.
pub fn words(spec: &FigureSpec, plotted: &Plotted) -> Result<Words, Report> {
    let filler = Filler { spec, plotted };
    let mut report = Report::default();
    let title = filler.fill(&spec.title, &mut report);
    let subtitle = filler.fill(&spec.subtitle, &mut report);
    let mut sentences = vec![filler.fill(&spec.note, &mut report)];
    if report.has_errors() {
        return Err(report);
    }
    sentences.extend(what_the_data_say(spec, plotted));
    let sentences: Vec<String> = sentences.iter().filter_map(|text| sentence(text)).collect();
    Ok(Words {
        title: typeset(&title),
        subtitle: typeset(&subtitle),
        note: if sentences.is_empty() {
            String::new()
        } else {
            typeset(&format!("Note: {}", sentences.join(" ")))
        },
        source: typeset(&source_line(spec, plotted)),
    })
}

/// A text with a stop at its end; `None` for an empty one.
fn sentence(text: &str) -> Option<String> {
    let text = text.trim();
    let ends = text.ends_with(['.', '!', '?', '…']);
    (!text.is_empty()).then(|| if ends { text.to_owned() } else { format!("{text}.") })
}

struct Filler<'f> {
    spec: &'f FigureSpec,
    plotted: &'f Plotted,
}

/// A subject's place in a ranking.
enum Rank {
    At(usize),
    Last,
}

impl Filler<'_> {
    fn fill(&self, template: &Template, report: &mut Report) -> String {
        let mut text = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Text(words) => text.push_str(words),
                Piece::Value(placeholder, place) => match self.value(placeholder, place) {
                    Ok(value) => text.push_str(&value),
                    Err(fault) => report.push(fault),
                },
            }
        }
        text
    }

    fn value(&self, placeholder: &Placeholder, place: &Place) -> Result<String, Diagnostic> {
        let fail = |why: String| {
            Diagnostic::error(format!("figure `{}`: cannot fill in a placeholder: {why}", self.spec.key))
                .at(place.clone())
        };
        let at_place =
            |fault: Diagnostic| if fault.place.is_some() { fault } else { fault.at(place.clone()) };
        match placeholder {
            Placeholder::Rank(rank, scope) => self.ranked(&Rank::At(*rank), scope, &fail, &at_place),
            Placeholder::Last(scope) => self.ranked(&Rank::Last, scope, &fail, &at_place),
            Placeholder::Value(name, scope) => {
                let value = self.value_of(name, scope, &fail).map_err(at_place)?;
                Ok(number(value, self.spec.unit))
            }
            Placeholder::Ratio(above, below, scope) => {
                let top = self.value_of(above, scope, &fail).map_err(at_place)?;
                let bottom = self.value_of(below, scope, &fail).map_err(at_place)?;
                if bottom <= 0.0 || top <= 0.0 {
                    return Err(fail(format!("no ratio of {} to {}", above.text, below.text)));
                }
                Ok(times(top / bottom))
            }
            Placeholder::Date => self.one_date(|facts| facts.shown).map_err(fail),
            Placeholder::FirstDate => self.one_date(|facts| facts.first).map_err(fail),
            Placeholder::Count => Ok(self.plotted.look.subjects.len().to_string()),
        }
    }

    /// The date that all panels share.
    fn one_date(&self, date: impl Fn(&PanelFacts) -> Option<Period>) -> Result<String, String> {
        let mut dates: Vec<Period> = self.plotted.facts.iter().filter_map(date).collect();
        dates.dedup();
        match dates.as_slice() {
            [date] => Ok(date.in_words()),
            [] => Err("the figure shows no such date".into()),
            [first, second, ..] => Err(format!("its panels show several dates: {first}, {second}")),
        }
    }

    fn value_of(
        &self,
        name: &Name,
        scope: &Scope,
        fail: &impl Fn(String) -> Diagnostic,
    ) -> Result<f64, Diagnostic> {
        let who = subject(self.spec, self.plotted, name)?;
        for slice in slices(self.spec, self.plotted, &scope.group)? {
            if let [at] = slice.dates(self.spec, scope.when, &[who]).as_slice() {
                slice.comparable(self.plotted, &[*at], &[who]).map_err(fail)?;
                if let Some(value) = slice.value(*at, who) {
                    return Ok(value);
                }
            }
        }
        Err(fail(format!("no value for {}", name.text)))
    }

    /// Who has that rank, in every group or panel alike.
    fn ranked(
        &self,
        rank: &Rank,
        scope: &Scope,
        fail: &impl Fn(String) -> Diagnostic,
        at_place: &impl Fn(Diagnostic) -> Diagnostic,
    ) -> Result<String, Diagnostic> {
        let several = self.plotted.facts.len() > 1 || self.spec.chart == Chart::GroupedBar;
        let group =
            if several && scope.group == ClaimGroup::Shown { &ClaimGroup::Every } else { &scope.group };
        let who: Vec<usize> = (0..self.plotted.roster.len()).filter(|who| self.is_shown(*who)).collect();
        let mut found: Vec<(usize, String)> = Vec::new();
        for slice in slices(self.spec, self.plotted, group).map_err(at_place)? {
            for at in slice.dates(self.spec, scope.when, &who) {
                slice.comparable(self.plotted, &[at], &who).map_err(fail)?;
                found.push((self.rank_at(&slice, at, &who, rank).map_err(fail)?, slice.label.clone()));
            }
        }
        let Some((first, place)) = found.first() else { return Err(fail("no values to rank".into())) };
        if let Some((other, elsewhere)) = found.iter().find(|(other, _)| other != first) {
            return Err(fail(format!(
                "it is {} in {place} and {} in {elsewhere}",
                self.label(*first),
                self.label(*other)
            )));
        }
        Ok(self.label(*first).to_owned())
    }

    fn rank_at(
        &self,
        slice: &Slice<'_>,
        at: Option<Period>,
        who: &[usize],
        rank: &Rank,
    ) -> Result<usize, String> {
        let mut values: Vec<(usize, f64)> =
            who.iter().filter_map(|who| Some((*who, slice.value(at, *who)?))).collect();
        values.sort_by(|a, b| b.1.total_cmp(&a.1));
        let index = match rank {
            Rank::At(index) => *index,
            Rank::Last => values.len().saturating_sub(1),
        };
        let Some((found, value)) = values.get(index).copied() else {
            return Err(format!("there are only {} values to rank", values.len()));
        };
        let tied: Vec<&str> =
            values.iter().filter(|(_, other)| *other == value).map(|(who, _)| self.label(*who)).collect();
        if tied.len() > 1 {
            let value = exact_number(value, self.spec.unit);
            return Err(format!("{} are level at {value}", listed(tied)));
        }
        Ok(found)
    }

    fn is_shown(&self, who: usize) -> bool {
        self.plotted.roster.get(who).is_some_and(|who| who.shown.is_some())
    }

    fn label(&self, who: usize) -> &str {
        self.plotted.roster.get(who).map_or("", |who| who.label.as_str())
    }
}

/// What a reader must know of the data, in a sentence each.
fn what_the_data_say(spec: &FigureSpec, plotted: &Plotted) -> Vec<String> {
    let mut sentences = Vec::new();
    for left_out in &plotted.left_out {
        let why = left_out.why.trim().trim_end_matches('.');
        sentences.push(format!("No data on {} were found: {why}", left_out.measure));
    }
    for (panel, facts) in plotted.panels.iter().zip(&plotted.facts) {
        let new = facts.told.iter().filter(|told| !sentences.contains(told));
        let new: Vec<String> = new.cloned().collect();
        sentences.extend(new);
        sentences.extend(missing_bars(plotted, panel));
        if let Some(running) = facts.dropped {
            sentences.push(format!("{} and is left out", running_words(running, facts.step)));
        }
        if let (Some(running), true) = (facts.dashed, draws_partial(&panel.marks)) {
            sentences.push(format!("{} and is drawn hollow", running_words(running, facts.step)));
        }
        if spec.average > 1 {
            sentences.push(average_sentence(spec.average, facts.step));
        }
        if draws_below_one(plotted, facts) {
            sentences.push(format!("Values below 1 are drawn as {}", spec.below_one));
        }
    }
    sentences.extend(plotted.top.iter().filter_map(Top::in_words));
    sentences.dedup();
    sentences
}

/// `The last week, 19 January 2020, may have been incomplete`.
fn running_words(Running { period, certain }: Running, step: Step) -> String {
    let what = match step {
        Step::Minutes(_) | Step::Irregular => "period".into(),
        step => step.name(),
    };
    let was = if certain { "was" } else { "may have been" };
    format!("The last {what}, {}, {was} incomplete", period.in_words())
}

fn draws_partial(marks: &Marks) -> bool {
    match marks {
        Marks::Lines { series, .. } => series.iter().any(|series| series.partial),
        Marks::Bars(_) => false,
    }
}

fn missing_bars(plotted: &Plotted, panel: &Panel) -> Vec<String> {
    let Marks::Bars(groups) = &panel.marks else { return Vec::new() };
    let label = |bar: &Bar| plotted.look.subjects.get(bar.subject).map(|subject| subject.label.as_str());
    let told = |group: &BarGroup| {
        let missing: Vec<&str> = group.bars.iter().filter(|b| b.value.is_none()).filter_map(label).collect();
        let within = [&group.label, &panel.title].into_iter().find(|name| !name.is_empty());
        let within = within.map(|name| format!(" in {name}")).unwrap_or_default();
        (!missing.is_empty()).then(|| format!("No value is known for {}{within}", list(&missing)))
    };
    groups.iter().filter_map(told).collect()
}

fn average_sentence(window: usize, step: Step) -> String {
    let half = window / 2;
    let (unit, each) = match step {
        Step::Hour => ("hour", "hourly"),
        Step::Day => ("day", "daily"),
        Step::Week => ("week", "weekly"),
        Step::Month => ("month", "monthly"),
        Step::Quarter => ("quarter", "quarterly"),
        Step::Year => ("year", "yearly"),
        Step::Minutes(_) | Step::Irregular => ("value", "single"),
    };
    let units = if half == 1 { unit.to_owned() } else { format!("{unit}s") };
    format!(
        "The {window}-{unit} averages stop {half} {units} before each end; the faint lines are the {each} values"
    )
}

fn draws_below_one(plotted: &Plotted, facts: &PanelFacts) -> bool {
    let within = |at: Moment| match (facts.first, facts.shown) {
        (Some(first), Some(last)) => first.first() <= at && at < last.end(),
        (None, Some(shown)) => shown.contains(at),
        _ => true,
    };
    let shown = |who: usize| plotted.roster.get(who).is_some_and(|who| who.shown.is_some());
    let drawn = |at: Option<Moment>| at.is_none_or(within);
    facts.picked.iter().any(|row| row.below.is_some() && shown(row.who) && drawn(row.at))
}

/// `Source: GitHub, 22 Aug 2026; PyPI, Apr 2026`.
fn source_line(spec: &FigureSpec, plotted: &Plotted) -> String {
    if let Some(source) = &spec.source {
        return format!("Source: {source}");
    }
    let mut sources: Vec<String> = Vec::new();
    for used in plotted.facts.iter().filter_map(|facts| spec.datasets.get(facts.dataset)) {
        let source = match used.retrieved {
            Some(date) => format!("{}, {}", used.source, date.in_short()),
            None => used.source.clone(),
        };
        if !sources.contains(&source) {
            sources.push(source);
        }
    }
    format!("Source: {}", sources.join("; "))
}
