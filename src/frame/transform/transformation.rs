//! What a transformation can do, and what several of them need. It must not know any.

use std::collections::BTreeSet;

use crate::data::Refusal;
use crate::diag::{self, Diagnostic, Report};
use crate::figure::Look;
use crate::frame::panel::PanelFrame;
use crate::frame::pick::Picked;
use crate::frame::roster::{self, Candidate, Who};
use crate::frame::wording::{list, list_some};
use crate::spec::{FigureSpec, Given, Takes};

/// Who is in a figure that asks for a transformation, and where to tell what is wrong.
pub(crate) struct Asked<'a> {
    /// The figure.
    pub(super) spec: &'a FigureSpec,
    /// Its key in the figure.
    pub(super) key: &'static str,
    /// What stands behind it.
    pub(super) given: Given,
    /// Everybody known.
    pub(super) roster: &'a [Candidate],
}

/// A transformation.
pub(crate) trait Transformation: Sync {
    /// Its key in a figure.
    fn key(&self) -> &'static str;

    /// What the key takes.
    fn takes(&self) -> Takes;

    /// Keys of a figure that make no sense beside it: which, why, and what to do instead.
    fn refuses(&self) -> &'static [(&'static str, &'static str, &'static str)] {
        &[]
    }

    /// What it makes of single observations, before any are combined. `None`, with errors, where that cannot be done
    /// truly.
    fn prepare(&self, _: &Asked<'_>, _: &mut Picked, _: &mut Report) -> Option<()> {
        Some(())
    }

    /// Whether it tells changes, of which zero says as much as any other value.
    fn tells_changes(&self) -> bool {
        false
    }

    /// Whether it would spread zeros before somebody's first value over those after it.
    fn smooths(&self) -> bool {
        false
    }

    /// Transforms a panel. `None`, with errors, where it cannot be done truly.
    fn apply(&self, _: &Asked<'_>, _: &mut PanelFrame, _: &mut Report) -> Option<()> {
        Some(())
    }

    /// Judges what is drawn of a panel.
    fn judge(&self, _: &Asked<'_>, _: &mut PanelFrame, _: &mut Report) {}

    /// What the picture has of it, and what its values then are.
    fn shape(&self, _: &mut Look) {}
}

impl Asked<'_> {
    pub(super) fn error(&self, code: &'static str, message: impl Into<String>) -> Diagnostic {
        diag::error(code, message).at(self.spec.places.of(self.key))
    }

    /// That what is counted is not such that it can be done: `cannot share ranks: …`.
    pub(super) fn refusal(&self, what: &str, refusal: Refusal) -> Diagnostic {
        let fault = diag::error("unsuitable-basis", format!("cannot {what}: {}", refusal.reason));
        fault.at(self.spec.places.of(self.key)).hint(refusal.instead)
    }

    pub(super) fn label(&self, who: Who) -> &str {
        roster::label(self.roster, who)
    }

    /// Who is compared: those whom the figure names, or else all that the data have.
    pub(super) fn members(&self, frame: &PanelFrame) -> BTreeSet<Who> {
        let known: BTreeSet<Who> = frame.rows.iter().map(|row| row.who).collect();
        let named: BTreeSet<Who> = self.spec.shown.iter().copied().map(Who::at).collect();
        if named.is_empty() { known } else { named.intersection(&known).copied().collect() }
    }

    /// Whether somebody may be drawn.
    pub(super) fn is_asked(&self, who: Who) -> bool {
        self.spec.shown.is_empty() || self.spec.shown.contains(&who.place())
    }

    /// `Keras, TensorFlow and PyTorch`, in the figure's order; of many `all 12 subjects`.
    pub(super) fn all_of(&self, members: &BTreeSet<Who>) -> String {
        const NAMED: usize = 4;
        if members.len() > NAMED {
            return format!("all {} subjects", members.len());
        }
        let place = |who: &Who| self.spec.shown.iter().position(|shown| *shown == who.place());
        let mut ordered: Vec<Who> = members.iter().copied().collect();
        ordered.sort_by_key(|who| (place(who), *who));
        list(&ordered.iter().map(|who| self.label(*who)).collect::<Vec<_>>())
    }

    /// Names as a message has them.
    pub(super) fn some(&self, who: impl IntoIterator<Item = Who>) -> String {
        list_some(&who.into_iter().map(|who| self.label(who)).collect::<Vec<_>>())
    }
}
