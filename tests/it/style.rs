//! The promise of style profiles: pictures that are drawn of the same data and
//! manifest change only together with [`STYLE_PROFILE`], so that a newer
//! popchart does not redraw anybody's figures unasked.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use popchart::export::record::open;
use popchart::export::svg;
use popchart::theme::STYLE_PROFILE;

/// A line for each golden: profile, file, SHA-256 of the drawing without its record.
const LIST: &str = "tests/goldens/style.txt";
const FOLDERS: [&str; 2] = ["charts", "tests/goldens/charts"];

/// The drawings as committed; that they are what is drawn, `goldens` holds.
fn drawings() -> BTreeMap<String, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = BTreeMap::new();
    for folder in FOLDERS {
        for entry in fs::read_dir(root.join(folder)).unwrap() {
            let name = format!("{folder}/{}", entry.unwrap().file_name().into_string().unwrap());
            if name.ends_with(".svg") {
                let (record, _) =
                    open(&svg::EXPORT.slot.unwrap(), &fs::read(root.join(&name)).unwrap()).unwrap();
                found.insert(name, record.artifact);
            }
        }
    }
    found
}

/// What is wrong with a list, and the list that would be right.
fn fault(list: &str, profile: u32, drawings: &BTreeMap<String, String>) -> Option<String> {
    let mut listed = BTreeMap::new();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let [of, name, hash] = line.split(' ').collect::<Vec<_>>()[..] else {
            return Some(format!("{line:?} is no profile, file and hash"));
        };
        listed.insert(name, (of.parse::<u32>().unwrap(), hash));
    }
    let changed: Vec<&str> = drawings
        .iter()
        .filter(|(name, hash)| {
            listed.get(name.as_str()).is_some_and(|(of, old)| *of == profile && old != hash)
        })
        .map(|(name, _)| name.as_str())
        .collect();
    if !changed.is_empty() {
        return Some(format!(
            "these pictures changed, and the style profile did not: {}\n\
             Either the change was not meant: undo it. Or their data or manifest changed, or a defect of theirs was\n\
             mended: say so in the commit, and replace their lines. Or the style changed: raise STYLE_PROFILE in\n\
             src/theme/mod.rs, name it in CHANGELOG.md, draw the goldens again, and replace the list.",
            changed.join(", ")
        ));
    }
    let right =
        drawings.iter().all(|(name, hash)| listed.get(name.as_str()) == Some(&(profile, hash.as_str())));
    (!right || listed.len() != drawings.len())
        .then(|| "the list is of another style profile, or of other pictures: replace it".to_owned())
}

#[test]
fn pictures_change_only_with_the_style_profile() {
    let drawings = drawings();
    let list = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(LIST)).unwrap_or_default();
    if let Some(fault) = fault(&list, STYLE_PROFILE, &drawings) {
        let right = drawings.iter().fold(String::new(), |mut right, (name, hash)| {
            let _ = writeln!(right, "{STYLE_PROFILE} {name} {hash}");
            right
        });
        panic!("{fault}\n{LIST} would be, below its comment:\n{right}");
    }
}

#[test]
fn a_list_can_be_wrong() {
    let drawings =
        BTreeMap::from([("a.svg".to_owned(), "12".to_owned()), ("b.svg".to_owned(), "34".to_owned())]);
    let fault = |list: &str, profile| fault(list, profile, &drawings);
    assert_eq!(fault("# Drawings\n1 a.svg 12\n1 b.svg 34\n", 1), None);
    let changed = fault("1 a.svg 13\n1 b.svg 34\n", 1).unwrap();
    assert!(
        changed.starts_with("these pictures changed, and the style profile did not: a.svg\n"),
        "{changed}"
    );
    let other = Some("the list is of another style profile, or of other pictures: replace it".to_owned());
    assert_eq!(fault("1 a.svg 12\n1 b.svg 34\n", 2), other, "a new profile needs a new list");
    assert_eq!(fault("1 a.svg 13\n1 b.svg 34\n", 2), other);
    assert_eq!(fault("1 a.svg 12\n", 1), other, "a new picture");
    assert_eq!(fault("1 a.svg 12\n1 b.svg 34\n1 c.svg 5\n", 1), other, "a picture that is gone");
    assert_eq!(fault("a.svg 12\n", 1).unwrap(), "\"a.svg 12\" is no profile, file and hash");
}
