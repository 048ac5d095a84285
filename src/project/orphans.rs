//! Files that popchart wrote and that no figure claims any more.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::files::is_stem;
use super::gallery;
use super::judge::touched;
use crate::artifact::{Found, look};
use crate::export::record::{Record, Touch, open};
use crate::export::{self, Export};

/// A file of no figure.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Orphan {
    /// Its name in the output folder.
    pub(super) name: String,
    /// Whether somebody has edited it since popchart wrote it.
    pub(super) edited: bool,
}

/// The orphans of a folder, by name. `claimed` has the names of the files that figures have, in lower case.
pub(super) fn orphans(out: &Path, claimed: &BTreeSet<String>) -> BTreeSet<Orphan> {
    let entries = fs::read_dir(out).into_iter().flatten().filter_map(Result::ok);
    let names = entries.filter_map(|entry| entry.file_name().into_string().ok());
    let mut found = BTreeSet::new();
    for name in names.filter(|name| !claimed.contains(&name.to_lowercase())) {
        // A file without a place for a record is not even read: it may be data of any size.
        let Some(slot) = export_of(&name).and_then(|export| export.slot.as_ref()) else { continue };
        let Ok(Found::File(bytes)) = look(&out.join(&name)) else { continue };
        let Some((record, touch)) = open(slot, &bytes) else { continue };
        found.extend(vouched(out, &record, claimed));
        if is_named_by_popchart(&name, &record.figure) {
            found.insert(Orphan { name, edited: touch == Touch::Hand });
        }
    }
    found
}

/// Whether a file of a figure, or the gallery, has the name that popchart gave it. Under another name it is a copy
/// that somebody made, and theirs.
fn is_named_by_popchart(name: &str, figure: &str) -> bool {
    if figure.is_empty() {
        return name.eq_ignore_ascii_case(gallery::NAME);
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem).to_lowercase();
    is_stem(&stem, &figure.to_lowercase())
}

/// Files for which a page vouches, as it is on disk, and that no figure claims.
pub(super) fn vouched(out: &Path, page: &Record, claimed: &BTreeSet<String>) -> Vec<Orphan> {
    let names: BTreeSet<&str> = page.vouched().map(|(name, _)| name).collect();
    let is_orphan = |name: &str| {
        // A record is text that anybody may have written: it names no file of another folder.
        Path::new(name).file_name().is_some_and(|last| last == name)
            && !claimed.contains(&name.to_lowercase())
            && export_of(name).is_some_and(|export| export.slot.is_none())
            && matches!(look(&out.join(name)), Ok(Found::File(bytes))
                if touched(&bytes, page, name).is_some_and(|touch| touch != Touch::Hand))
    };
    let orphans = names.into_iter().filter(|name| is_orphan(name));
    orphans.map(|name| Orphan { name: name.to_owned(), edited: false }).collect()
}

/// The kind of a file, by the ending of its name.
pub(super) fn export_of(name: &str) -> Option<&'static Export> {
    export::of_ending(Path::new(name).extension()?.to_str()?)
}
