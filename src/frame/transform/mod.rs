//! Transformations of a panel's rows, one file a word, and their registry: adding one is a file and a line here.
//!
//! A transformation turns rows into rows, for every kind of chart and for claims alike, and leaves a fact that says
//! what it did. It must not know which rows are drawn before it judges them, or its siblings.

mod average;
mod cumulative;
mod growth;
mod index;
mod log;
mod per;
mod rank;
mod share;
mod since_start;
mod transformation;

use transformation::Asked;
pub(crate) use transformation::Transformation;

use crate::diag::Report;
use crate::figure::Look;
use crate::frame::panel::PanelFrame;
use crate::frame::pick::Picked;
use crate::frame::roster::Candidate;
use crate::frame::trim;
use crate::spec::FigureSpec;

/// Every transformation, in the order in which they are done.
pub(crate) static ALL: [&dyn Transformation; 9] = [
    &per::Per,
    &cumulative::Cumulative,
    &share::Share,
    &index::Index,
    &growth::Growth,
    &average::Average,
    &rank::Rank,
    &since_start::SinceStart,
    &log::Log,
];

/// Those that a figure asks for, in their order.
fn asked<'a>(
    spec: &'a FigureSpec,
    roster: &'a [Candidate],
) -> impl Iterator<Item = (&'static dyn Transformation, Asked<'a>)> {
    spec.transforms.iter().filter_map(move |transform| {
        let known = ALL.into_iter().find(|known| known.key() == transform.key)?;
        Some((known, Asked { spec, key: transform.key, given: transform.given, roster }))
    })
}

/// Does with single observations what a figure asks for.
pub(super) fn prepare(
    spec: &FigureSpec,
    picked: &mut Picked,
    roster: &[Candidate],
    report: &mut Report,
) -> Option<()> {
    asked(spec, roster).try_for_each(|(known, asked)| known.prepare(&asked, picked, report))
}

/// Does what a figure asks for, and leaves out the zeros before somebody's first value: at the end, for a sum may be made
/// of them, unless something would spread them; not where they are changes.
pub(super) fn apply(
    spec: &FigureSpec,
    frame: &mut PanelFrame,
    roster: &[Candidate],
    report: &mut Report,
) -> Option<()> {
    let mut is_trimmed = asked(spec, roster).any(|(known, _)| known.tells_changes());
    for (known, asked) in asked(spec, roster) {
        if known.smooths() && !is_trimmed {
            trim::zeros(spec, frame);
            is_trimmed = true;
        }
        known.apply(&asked, frame, report)?;
    }
    if !is_trimmed {
        trim::zeros(spec, frame);
    }
    Some(())
}

/// Judges what is drawn of a panel.
pub(super) fn judge(spec: &FigureSpec, frame: &mut PanelFrame, roster: &[Candidate], report: &mut Report) {
    asked(spec, roster).for_each(|(known, asked)| known.judge(&asked, frame, report));
}

/// Gives a picture what it has of transformations, and the unit of its values.
pub(super) fn shape(spec: &FigureSpec, look: &mut Look) {
    asked(spec, &[]).for_each(|(known, _)| known.shape(look));
}
