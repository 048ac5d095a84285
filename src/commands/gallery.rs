//! The page of all figures. It is made only when every figure is known, so
//! that no figure drops out of it because of an error.

use std::collections::BTreeMap;

use super::drawing;
use super::project::{Project, Ready};
use crate::output::page::gallery;
use crate::output::record::{Container, Record, seal, sha256};
use crate::theme::STYLE_PROFILE;

/// Its name in the output folder.
pub(super) const NAME: &str = "README.md";

/// The gallery's bytes and what it was made from; `None` when a figure has errors, or there are none.
pub(super) fn bytes(project: &Project) -> Option<(Vec<u8>, Record)> {
    let figures: Vec<(&str, &Ready)> = project
        .figures
        .iter()
        .map(|figure| Some((figure.name.as_str(), figure.state.as_ref().ok()?)))
        .collect::<Option<_>>()?;
    if figures.is_empty() {
        return None;
    }
    let entries: Vec<_> =
        figures.iter().map(|(name, ready)| drawing::entry(name, ready, &project.output)).collect();
    let mut data = BTreeMap::new();
    let mut shows = String::new();
    for (_, ready) in &figures {
        let record = ready.record("words");
        shows += &record.shows;
        data.extend(record.data);
    }
    let record = Record {
        figure: String::new(),
        style: STYLE_PROFILE,
        data,
        shows: sha256(shows.as_bytes()),
        source: String::new(),
        dates: Vec::new(),
        thinned: None,
        artifact: String::new(),
    };
    Some((seal(Container::Markdown, gallery(&entries).into_bytes(), &record), record))
}
