//! Files that a dataset does not name but describes: `data/*.csv`.
//!
//! Only what lies below the manifest's folder is found, and no link is followed: a pattern says the same of a
//! project wherever it is checked out, and whatever else is on the machine.

use std::fs;
use std::path::Path;

use crate::manifest::Manifest;
use crate::spec::{DatasetSpec, FileSpec};

/// Finds the files of all patterns of a manifest, in the order of their names.
pub(super) fn find(manifest: &mut Manifest, folder: &Path) {
    let of_figures = manifest.figures.iter_mut().flat_map(|figure| &mut figure.datasets);
    manifest.datasets.values_mut().chain(of_figures).for_each(|spec| find_of(spec, folder));
}

fn find_of(spec: &mut DatasetSpec, folder: &Path) {
    if let Some((pattern, _)) = &spec.pattern {
        let parts: Vec<&str> = pattern.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
        let mut found = Vec::new();
        below(folder, "", &parts, &mut found);
        found.sort();
        spec.files = found.into_iter().map(|path| FileSpec { path, name: None }).collect();
    }
}

/// Adds the files below a folder that a pattern's parts lead to, by their paths from where it starts.
fn below(folder: &Path, before: &str, parts: &[&str], found: &mut Vec<String>) {
    let Some((part, rest)) = parts.split_first() else { return };
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    for entry in fs::read_dir(here).into_iter().flatten().filter_map(Result::ok) {
        let (Ok(name), Ok(kind)) = (entry.file_name().into_string(), entry.file_type()) else { continue };
        let is_hidden = name.starts_with('.') && !part.starts_with('.');
        if is_hidden || !is_like(&name, part) {
            continue;
        }
        if rest.is_empty() && kind.is_file() {
            found.push(format!("{before}{name}"));
        } else if !rest.is_empty() && kind.is_dir() {
            below(&folder.join(&name), &format!("{before}{name}/"), rest, found);
        }
    }
}

/// Whether a name is like a pattern, in which `*` is anything and `?` one character.
fn is_like(name: &str, pattern: &str) -> bool {
    let (name, pattern): (Vec<char>, Vec<char>) = (name.chars().collect(), pattern.chars().collect());
    let (mut at, mut place) = (0, 0);
    // Where the last `*` stands, and how far what it covers reaches.
    let mut star: Option<(usize, usize)> = None;
    while let Some(c) = name.get(at) {
        match pattern.get(place) {
            Some('*') => {
                star = Some((place, at));
                place += 1;
            }
            Some(expected) if *expected == '?' || expected == c => (at, place) = (at + 1, place + 1),
            _ => {
                let Some((last, covered)) = star else { return false };
                star = Some((last, covered + 1));
                (at, place) = (covered + 1, last + 1);
            }
        }
    }
    pattern.iter().skip(place).all(|c| *c == '*')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stars_and_question_marks_stand_for_what_they_do_in_a_shell() {
        let like =
            [("a.csv", "*.csv"), ("a.csv", "?.csv"), ("a.csv", "a.csv"), ("2019-a.b.csv", "20??-*.csv")];
        assert!(like.iter().all(|(name, pattern)| is_like(name, pattern)));
        assert!(is_like("abcabd", "*abd") && is_like("aaa", "a*a") && is_like("", "*"));
        let unlike =
            [("a.csv", "*.tsv"), ("ab.csv", "?.csv"), ("a.csv.gz", "*.csv"), ("a", "a?"), ("é", "??")];
        assert!(!unlike.iter().any(|(name, pattern)| is_like(name, pattern)));
        // A pattern that a naive matcher takes years for.
        assert!(!is_like(&"a".repeat(200), &("*a".repeat(60) + "b")));
    }
}
