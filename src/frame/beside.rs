//! What a figure marks beside its values: annotations at values that it draws, and times within those that it shows.
//!
//! Nothing is left out silently: what is not in the frame is an error at its own line. It must not know where
//! anything stands in the picture.

use crate::diag::{self, Diagnostic, Report, nearest, quoted};
use crate::figure::{Annotation, Extras, Shade};
use crate::frame::panel::PanelFrame;
use crate::frame::roster::{self, Candidate, Who};
use crate::frame::row::{Row, drawn_at};
use crate::frame::wording::typeset;
use crate::spec::{self, FigureSpec};

/// Marks all of it in a picture of a panel.
pub(super) fn mark(
    spec: &FigureSpec,
    panel: &PanelFrame,
    roster: &[Candidate],
    extras: &mut Extras,
    report: &mut Report,
) {
    extras.annotations = annotations(spec, panel, roster, report);
    extras.shaded = shaded(spec, panel, report);
}

/// The annotations, at the values that they speak of.
fn annotations(
    spec: &FigureSpec,
    panel: &PanelFrame,
    roster: &[Candidate],
    report: &mut Report,
) -> Vec<Annotation> {
    let mut found = Vec::new();
    for asked in &spec.annotations {
        match annotated(spec, asked, panel, roster) {
            Ok(annotation) => found.push(annotation),
            Err(fault) => report.push(fault.at(asked.place.clone())),
        }
    }
    found
}

fn annotated(
    spec: &FigureSpec,
    asked: &spec::Annotation,
    panel: &PanelFrame,
    roster: &[Candidate],
) -> Result<Annotation, Diagnostic> {
    let who = Who::at(asked.subject);
    let label = roster::label(roster, who);
    let subject = roster.get(who.place()).and_then(|candidate| candidate.shown);
    let Some(subject) = subject.filter(|_| panel.drawn.contains(&who)) else {
        let message = format!("an annotation speaks of {}, which is not drawn", quoted(label));
        let drawn = panel.drawn.iter().map(|who| roster::label(roster, *who));
        let fault = diag::error("annotation-outside", message);
        return Err(match nearest(label, drawn) {
            Some(near) => fault.hint(format!("did you mean `{near}`?")),
            None => fault.hint("name it in `subjects`, or take the annotation out"),
        });
    };
    let drawn = || panel.of(None, who).iter().filter(|row| row.is_known() && panel.is_within(row.at));
    let is_then = |row: &&Row| row.period.is_some_and(|period| period.meets(asked.at));
    let row = drawn().rfind(is_then);
    let value = row.and_then(|row| Some((row.at?, drawn_at(row.value, spec.below_one)?)));
    let Some((at, value)) = value else {
        let message = format!("an annotation speaks of {label} at {}, where it has no value", asked.at);
        let fault = diag::error("annotation-outside", message);
        let periods = || drawn().filter_map(|row| row.period);
        let before = periods().filter(|period| period.first() < asked.at.first()).max();
        let after = periods().filter(|period| period.first() >= asked.at.first()).min();
        return Err(match (before, after) {
            (Some(one), Some(other)) => fault.hint(format!("the nearest values are at {one} and {other}")),
            (Some(one), None) => fault.hint(format!("its last value is at {one}")),
            (None, Some(one)) => fault.hint(format!("its first value is at {one}")),
            (None, None) => fault.hint("take the annotation out"),
        });
    };
    Ok(Annotation { subject, at, value, text: typeset(&asked.text) })
}

/// The times with a ground of their own.
fn shaded(spec: &FigureSpec, panel: &PanelFrame, report: &mut Report) -> Vec<Shade> {
    let mut found = Vec::new();
    for asked in &spec.shaded {
        let (from, to) = (asked.from.first(), asked.to.end());
        let span = panel.first.zip(panel.shown);
        if let Some((first, last)) = span.filter(|(first, last)| last.end() <= from || to <= first.first()) {
            let message =
                format!("the shaded time {} to {} lies outside what is drawn", asked.from, asked.to);
            let fault = diag::error("shade-outside", message).at(asked.place.clone());
            report.push(fault.hint(format!("the figure goes from {first} to {last}")));
            continue;
        }
        found.push(Shade { from, to, text: typeset(&asked.text) });
    }
    found
}
