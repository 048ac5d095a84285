//! The page of all figures. It is made only when every figure is known, so
//! that no figure drops out of it because of an error.

use std::collections::{BTreeMap, BTreeSet};

use crate::export::page::{self, SLOT};
use crate::export::record::{Record, seal, sha256};
use crate::theme::STYLE_PROFILE;

/// Its name in the output folder.
pub(super) const NAME: &str = "README.md";

/// What the gallery has of a figure.
pub(super) struct Section {
    /// The figure's key.
    pub(super) name: String,
    /// Its part of the page.
    pub(super) text: String,
    /// What the figure's own page was made from.
    pub(super) record: Record,
}

/// The gallery's bytes and what it was made from.
pub(super) fn gallery(sections: &[Section]) -> (Vec<u8>, Record) {
    let mut data = BTreeMap::new();
    let mut shows = String::new();
    for Section { name, record, .. } in sections {
        // Its links depend on names and formats; the record of a page has the formats.
        shows += &format!("{name} {}\n", record.shows);
        data.extend(record.data.clone());
    }
    let record = Record {
        figure: String::new(),
        style: STYLE_PROFILE,
        data,
        shows: sha256(shows.as_bytes()),
        source: String::new(),
        dates: Vec::new(),
        thinned: None,
        drawing: None,
        beside: BTreeMap::new(),
        replacing: BTreeMap::new(),
        artifact: String::new(),
    };
    let page = page::gallery(sections.iter().map(|section| section.text.as_str()));
    (seal(&SLOT, page.as_bytes(), &record), record)
}

/// Whether a gallery shows files of others and none of one's own; all names in lower case.
pub(super) fn is_others(gallery: &[u8], own: &BTreeSet<String>, others: &BTreeSet<String>) -> bool {
    let text = String::from_utf8_lossy(gallery).to_lowercase();
    let shows =
        |name: &String| [format!("]({name})"), format!("\"{name}\"")].iter().any(|link| text.contains(link));
    others.difference(own).any(shows) && !own.iter().any(shows)
}
