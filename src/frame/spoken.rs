//! Values that are words: what cannot be done with them. It must not know which chart shows them.

use crate::diag::{self, Report};
use crate::frame::pick::Picked;
use crate::spec::{Combine, FigureSpec};

/// Refuses whatever makes one number of several, or an order, of words.
pub(super) fn refuse(spec: &FigureSpec, picked: &Picked, report: &mut Report) -> Option<()> {
    if picked.words.is_empty() {
        return Some(());
    }
    let asked = [
        ("combine", spec.combine != Combine::Never),
        ("each", spec.each.is_some()),
        ("top", spec.top.is_some()),
        ("unit", spec.unit.is_some()),
    ];
    let transforms = spec.transforms.iter().map(|transform| (transform.key, true));
    let faults = report.diagnostics.len();
    for (key, _) in asked.into_iter().chain(transforms).filter(|(_, is_asked)| *is_asked) {
        let message = format!("cannot use `{key}`: the values of {} are words", picked.file);
        let fault = diag::error("unsuitable-basis", message).at(spec.places.of(key));
        report.push(fault.hint(format!("leave `{key}` out")));
    }
    (report.diagnostics.len() == faults).then_some(())
}
