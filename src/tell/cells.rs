//! A table of words in words: what is said of whom, criterion by criterion.
//!
//! It must not know how a table is drawn.

use crate::frame::roster::Who;
use crate::frame::{Frame, PanelFrame};
use crate::spec::FigureSpec;

/// A sentence for each group: `Speed: Keras “Slower”, TensorFlow “Fast”.`
pub(super) fn sentences(spec: &FigureSpec, frame: &Frame, panel: &PanelFrame) -> Vec<String> {
    let sentence = |group: Option<usize>| {
        let said = |who: &Who| {
            let said = panel.said(panel.row_shown(group, *who)?.value);
            (!said.is_empty()).then(|| format!("{} “{said}”", frame.label(*who)))
        };
        let said: Vec<String> = panel.drawn.iter().filter_map(said).collect();
        (!said.is_empty()).then(|| format!("{}: {}.", panel.group_label(group), said.join(", ")))
    };
    panel.groups_shown(spec).into_iter().filter_map(sentence).collect()
}
