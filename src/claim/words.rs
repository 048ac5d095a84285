//! Titles, subtitles, notes and source lines: placeholders filled in, what
//! the data say themselves added, everything set as print does.

use crate::claim::values::{Slice, slices, subject};
use crate::diag::{self, Diagnostic, Place, Report, listed};
use crate::figure::Words;
use crate::frame::numerals::in_words;
use crate::frame::roster::Who;
use crate::frame::wording::{number, times, times_within, typeset};
use crate::frame::{Frame, PanelFrame, Row, Value, sentences};
use crate::spec::FigureSpec;
use crate::spec::grammar::{ClaimDate, ClaimGroup, Name, Scope};
use crate::spec::template::{Piece, Placeholder, Template};
use crate::time::period::Period;

/// The figure's words, with every value from the data filled in.
///
/// # Errors
/// Every placeholder whose value the data do not have, or not unambiguously, at its place in the manifest.
pub fn words(spec: &FigureSpec, frame: &Frame) -> Result<Words, Report> {
    let filler = Filler { spec, frame };
    let mut report = Report::default();
    let title = filler.fill_title(&spec.title, &mut report);
    let subtitle = filler.fill(&spec.subtitle, &mut report);
    let mut sentences = vec![filler.fill(&spec.note, &mut report)];
    if report.has_errors() {
        return Err(report.of_figure(&spec.key));
    }
    sentences.extend(what_the_data_say(frame));
    let sentences: Vec<String> = sentences.iter().filter_map(|text| sentence(text)).collect();
    Ok(Words {
        title: typeset(&title),
        subtitle: typeset(&with_stated(subtitle, frame)),
        note: if sentences.is_empty() {
            String::new()
        } else {
            typeset(&format!("Note: {}", sentences.join(" ")))
        },
        source: typeset(&source_line(spec, frame)),
    })
}

/// A subtitle that says what was done to the values, where it does not yet.
fn with_stated(subtitle: String, frame: &Frame) -> String {
    let stated = sentences::stated(frame, &subtitle);
    match (subtitle.trim().is_empty(), stated.is_empty()) {
        (_, true) => subtitle,
        (true, false) => {
            let mut rest = stated.chars();
            rest.next().map(|first| first.to_uppercase().chain(rest).collect()).unwrap_or_default()
        }
        (false, false) => format!("{subtitle}, {stated}"),
    }
}

/// A text with a stop at its end; `None` for an empty one.
fn sentence(text: &str) -> Option<String> {
    let text = text.trim();
    let ends = text.ends_with(['.', '!', '?', '…']);
    (!text.is_empty()).then(|| if ends { text.to_owned() } else { format!("{text}.") })
}

/// Warns of who is shown and has no value at a date at which a placeholder ranks: it may have led, for all that is
/// known. Where a figure shows that date alone, its note says so.
pub(super) fn unranked(spec: &FigureSpec, frame: &Frame) -> Report {
    let filler = Filler { spec, frame };
    let mut report = Report::default();
    for piece in [&spec.title, &spec.subtitle, &spec.note].into_iter().flat_map(|text| &text.pieces) {
        let Piece::Value(placeholder, place) = piece else { continue };
        let (Placeholder::Rank(_, scope) | Placeholder::Last(scope)) = &**placeholder else { continue };
        if !spec.chart.shows_span && scope.when == ClaimDate::Shown {
            continue;
        }
        let who = filler.who();
        for slice in filler.ranked_slices(scope).unwrap_or_default() {
            for at in slice.dates(spec, scope.when, &who) {
                let absent = who.iter().filter(|who| slice.row(at, **who).is_none());
                let absent: Vec<&str> = absent.map(|who| frame.label(*who)).collect();
                if absent.is_empty() {
                    continue;
                }
                let when = slice.at_words(at);
                let message = format!("a placeholder ranks without {}: no value{when}", listed(absent));
                let hint = match slice.common_dates(spec, &who).last() {
                    Some(Some(date)) => format!("rank at a date at which all have a value, as `at {date}`"),
                    _ => "take who has no value out of `subjects`".to_owned(),
                };
                report.push(diag::warning("unranked-subject", message).at(place.clone()).hint(hint));
            }
        }
    }
    report
}

struct Filler<'f> {
    spec: &'f FigureSpec,
    frame: &'f Frame,
}

/// A subject's place in a ranking.
enum Rank {
    At(usize),
    Last,
}

impl Filler<'_> {
    /// Values up to ten stand in words in a title.
    fn fill_title(&self, template: &Template, report: &mut Report) -> String {
        let mut text = String::new();
        for piece in &template.pieces {
            match piece {
                Piece::Value(what, place) => match self.value(what, place) {
                    Ok(value) if matches!(**what, Placeholder::Ratio(..) | Placeholder::Count) => {
                        text.push_str(&in_words(&value, text.is_empty()));
                    }
                    Ok(value) => text.push_str(&value),
                    Err(fault) => report.push(fault),
                },
                Piece::Text(words) => text.push_str(words),
            }
        }
        text
    }

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
            diag::error("unfilled-placeholder", format!("cannot fill in a placeholder: {why}"))
                .at(place.clone())
        };
        let at_place =
            |fault: Diagnostic| if fault.place.is_some() { fault } else { fault.at(place.clone()) };
        match placeholder {
            Placeholder::Rank(rank, scope) => self.ranked(&Rank::At(*rank), scope, &fail, &at_place),
            Placeholder::Last(scope) => self.ranked(&Rank::Last, scope, &fail, &at_place),
            Placeholder::Value(name, scope) => {
                Ok(match self.row_of(name, scope, &fail).map_err(at_place)?.value {
                    Value::Number(value) => number(value, self.frame.look.unit),
                    Value::Below(bound) => format!("below {}", number(bound, self.frame.look.unit)),
                    Value::Missing | Value::Word(_) => {
                        return Err(fail(format!("no value for {}", name.text)));
                    }
                })
            }
            Placeholder::Ratio(above, below, scope) => {
                let named = slices(self.spec, self.frame, &scope.group).map_err(at_place)?;
                let refusal = named.iter().find_map(|slice| slice.panel.basis.may_be_multiplied().err());
                if let Some(refusal) = refusal {
                    return Err(fail(refusal.reason.into()).hint("name both with `{value: NAME}`"));
                }
                let top = self.row_of(above, scope, &fail).map_err(at_place)?;
                let bottom = self.row_of(below, scope, &fail).map_err(at_place)?;
                let none = || fail(format!("no ratio of {} to {}", above.text, below.text));
                match (top.value, bottom.value) {
                    (Value::Number(most), Value::Number(least)) if most > 0.0 && least > 0.0 => {
                        let part =
                            |above: f64, below: f64| (above > 0.0 && below > 0.0).then(|| above / below);
                        let at_least = part(most - top.slack, least + bottom.slack);
                        let at_most = part(most + top.slack, least - bottom.slack);
                        times_within(most / least, at_least, at_most).ok_or_else(none)
                    }
                    (Value::Number(top), Value::Below(bound)) if top > bound => {
                        Ok(format!("more than {}", times(top / bound)))
                    }
                    _ => Err(none()),
                }
            }
            Placeholder::Date => self.one_date(|panel| panel.shown).map_err(fail),
            Placeholder::FirstDate => self.one_date(|panel| panel.first).map_err(fail),
            Placeholder::Count => Ok(self.frame.look.subjects.len().to_string()),
        }
    }

    /// The date that all panels share.
    fn one_date(&self, date: impl Fn(&PanelFrame) -> Option<Period>) -> Result<String, String> {
        let mut dates: Vec<Period> = self.frame.panels.iter().filter_map(date).collect();
        dates.dedup();
        match dates.as_slice() {
            [date] => Ok(date.in_words()),
            [] => Err("the figure shows no such date".into()),
            [first, second, ..] => Err(format!("its panels show several dates: {first}, {second}")),
        }
    }

    fn row_of(
        &self,
        name: &Name,
        scope: &Scope,
        fail: &impl Fn(String) -> Diagnostic,
    ) -> Result<&Row, Diagnostic> {
        let who = subject(self.frame, name)?;
        for slice in slices(self.spec, self.frame, &scope.group)? {
            if let [at] = slice.dates(self.spec, scope.when, &[who]).as_slice() {
                slice.comparable(self.spec, self.frame, &[*at], &[who]).map_err(fail)?;
                if let Some(row) = slice.row(*at, who) {
                    return Ok(row);
                }
            }
        }
        Err(fail(format!("no value for {}", name.text)))
    }

    /// Everybody who is shown.
    fn who(&self) -> Vec<Who> {
        let everybody = (0..self.frame.roster.len()).map(Who::at);
        everybody.filter(|who| self.frame.place(*who).is_some()).collect()
    }

    fn ranked_slices(&self, scope: &Scope) -> Result<Vec<Slice<'_>>, Diagnostic> {
        let several = self.frame.panels.len() > 1 || self.spec.chart.keeps_groups;
        let every = several && scope.group == ClaimGroup::Shown;
        slices(self.spec, self.frame, if every { &ClaimGroup::Every } else { &scope.group })
    }

    /// Who has that rank, in every group or panel alike.
    fn ranked(
        &self,
        rank: &Rank,
        scope: &Scope,
        fail: &impl Fn(String) -> Diagnostic,
        at_place: &impl Fn(Diagnostic) -> Diagnostic,
    ) -> Result<String, Diagnostic> {
        let who = self.who();
        let mut found: Vec<(Who, String)> = Vec::new();
        for slice in self.ranked_slices(scope).map_err(at_place)? {
            for at in slice.dates(self.spec, scope.when, &who) {
                slice.comparable(self.spec, self.frame, &[at], &who).map_err(fail)?;
                found.push((self.rank_at(&slice, at, &who, rank).map_err(fail)?, slice.label.clone()));
            }
        }
        let Some((first, place)) = found.first() else { return Err(fail("no values to rank".into())) };
        if let Some((other, elsewhere)) = found.iter().find(|(other, _)| other != first) {
            return Err(fail(format!(
                "it is {} in {place} and {} in {elsewhere}",
                self.frame.label(*first),
                self.frame.label(*other)
            )));
        }
        Ok(self.frame.label(*first).to_owned())
    }

    fn rank_at(
        &self,
        slice: &Slice<'_>,
        at: Option<Period>,
        who: &[Who],
        rank: &Rank,
    ) -> Result<Who, String> {
        let row = |who: &Who| {
            let row = slice.row(at, *who)?;
            Some((*who, row.value, slice.range(row)?))
        };
        let mut rows: Vec<(Who, Value, (f64, f64))> = who.iter().filter_map(row).collect();
        rows.sort_by(|(.., a), (.., b)| (b.0 + b.1).total_cmp(&(a.0 + a.1)));
        let index = match rank {
            Rank::At(index) => *index,
            Rank::Last => rows.len().saturating_sub(1),
        };
        let Some((found, value, (low, high))) = rows.get(index).copied() else {
            return Err(format!("there are only {} values to rank", rows.len()));
        };
        let alike = |other: &(Who, Value, (f64, f64))| match (value, other.1) {
            (Value::Number(a), Value::Number(b)) => a == b,
            // A bound may be on either side of what is below it.
            _ => low < other.2.1 && other.2.0 < high,
        };
        let tied: Vec<&str> =
            rows.iter().filter(|row| alike(row)).map(|(who, ..)| self.frame.label(*who)).collect();
        match value {
            Value::Number(value)
                if tied.len() > 1
                    && rows.iter().all(|row| matches!(row.1, Value::Number(_)) || !alike(row)) =>
            {
                Err(format!("{} are level at {}", listed(tied), number(value, self.frame.look.unit)))
            }
            _ if tied.len() > 1 => {
                Err(format!("{} cannot be ranked: one is only known to be below a bound", listed(tied)))
            }
            _ => Ok(found),
        }
    }
}

/// What a reader must know of the data, in a sentence each.
fn what_the_data_say(frame: &Frame) -> Vec<String> {
    let mut sentences: Vec<String> = Vec::new();
    for panel in frame.panels.iter().take(1) {
        sentences.extend(sentences::sentences(&frame.facts, panel, &frame.roster, frame.look.chart));
    }
    for panel in &frame.panels {
        sentences.extend(sentences::sentences(&panel.facts, panel, &frame.roster, frame.look.chart));
    }
    sentences.dedup();
    sentences
}

/// `Source: GitHub, 22 Aug 2026; PyPI, Apr 2026`.
fn source_line(spec: &FigureSpec, frame: &Frame) -> String {
    if let Some(source) = &spec.source {
        return format!("Source: {source}");
    }
    let mut sources: Vec<String> = Vec::new();
    // A score is made of all of them.
    let is_scored = frame.panels.iter().any(PanelFrame::is_scored);
    let is_used = |index: usize| is_scored || frame.panels.iter().any(|panel| panel.dataset == index);
    let mut order: Vec<usize> = frame.panels.iter().map(|panel| panel.dataset).collect();
    order.extend((0..spec.datasets.len()).filter(|index| is_used(*index)));
    for used in order.into_iter().filter_map(|index| spec.datasets.get(index)) {
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
