//! No files import each other, directly or by way of others: whoever reads a file can read what it stands on first.
//!
//! Rooms are held in their order by `architecture`; this looks inside of them. A name that a module hands on from a
//! file of its own leads to that file. There are no exceptions, and no list to put them in.

use std::collections::{BTreeMap, BTreeSet};

use crate::source::{Name, absolute, module_of, names_in, sources, tokens};

/// The files that a file imports, with a line where it does.
type Imports = BTreeMap<String, BTreeMap<String, usize>>;

/// What modules hand on: the path of a name, and where it is from.
type Handed = BTreeMap<Vec<String>, Vec<String>>;

#[test]
fn no_files_import_each_other() {
    let circles = circles(&imports(&sources()));
    assert!(circles.is_empty(), "\n{}\n", circles.join("\n"));
}

fn imports(sources: &[(String, String)]) -> Imports {
    let read: Vec<(&str, Vec<String>, Vec<Name>)> = sources
        .iter()
        .map(|(path, text)| {
            let file = module_of(path);
            let (names, _) = names_in(&tokens(text), &file);
            (path.as_str(), file, names)
        })
        .collect();
    let files: BTreeMap<&[String], &str> = read
        .iter()
        .map(|(path, file, _)| (file.as_slice(), *path))
        .filter(|(file, _)| !file.is_empty())
        .collect();
    let mut handed = Handed::new();
    for (_, file, names) in &read {
        for name in names.iter().filter(|name| name.is_use && name.module == *file) {
            // What a file declares itself may be named without `self::` in what it hands on.
            let target = absolute(name).or_else(|| {
                let child: Vec<String> = file.iter().chain(&name.segments).cloned().collect();
                files.contains_key(child.get(..=file.len())?).then_some(child)
            });
            if let (Some(target), Some(last)) = (target, name.segments.last()) {
                handed.insert(file.iter().chain([last]).cloned().collect(), target);
            }
        }
    }
    let mut imports = Imports::new();
    for (path, _, names) in &read {
        let to = imports.entry((*path).to_owned()).or_default();
        // The `super` of `pub(super)` imports nothing.
        for name in names.iter().filter(|name| name.segments.last().is_some_and(|last| last != "super")) {
            let Some(mut target) = absolute(name).or_else(|| child_of(name, &files)) else { continue };
            for _ in 0..4 {
                let Some(from) = (0..=target.len())
                    .rev()
                    .find_map(|length| Some((length, handed.get(&target[..length])?)))
                else {
                    break;
                };
                let rest = target.split_off(from.0);
                target = from.1.iter().cloned().chain(rest).collect();
            }
            let file = (1..=target.len()).rev().find_map(|length| files.get(&target[..length]));
            if let Some(file) = file.filter(|file| *file != path) {
                to.entry((*file).to_owned()).or_insert(name.line);
            }
        }
    }
    imports
}

/// The path of a name that starts with a module that its own file has.
fn child_of(name: &Name, files: &BTreeMap<&[String], &str>) -> Option<Vec<String>> {
    let child: Vec<String> = name.module.iter().chain(&name.segments).cloned().collect();
    (name.segments.len() > 1 && files.contains_key(child.get(..=name.module.len())?)).then_some(child)
}

/// Every import that is part of a circle.
fn circles(imports: &Imports) -> Vec<String> {
    let reached: BTreeMap<&str, BTreeSet<&str>> =
        imports.keys().map(|file| (file.as_str(), reached_from(file, imports))).collect();
    let mut circles = Vec::new();
    for (file, to) in imports {
        let back = to
            .iter()
            .filter(|(other, _)| reached.get(other.as_str()).is_some_and(|r| r.contains(file.as_str())));
        circles.extend(
            back.map(|(other, line)| {
                format!("src/{file}:{line}: imports src/{other}, which leads back to it")
            }),
        );
    }
    circles
}

/// All files that a file imports, directly or by way of others.
fn reached_from<'a>(file: &'a str, imports: &'a Imports) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut open = vec![file];
    while let Some(file) = open.pop() {
        let to = imports.get(file).into_iter().flat_map(BTreeMap::keys);
        open.extend(to.map(String::as_str).filter(|to| reached.insert(*to)));
    }
    reached
}

#[test]
fn a_circle_is_found_however_it_is_written() {
    let files = |all: &[(&str, &str)]| -> Vec<(String, String)> {
        all.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
    };
    let found = |all: &[(&str, &str)]| circles(&imports(&files(all)));
    let two = [
        "src/a/mod.rs:1: imports src/a/b.rs, which leads back to it",
        "src/a/b.rs:1: imports src/a/mod.rs, which leads back to it",
    ];
    for text in [
        "use super::T;",
        "use crate::a::T as U;",
        "fn f(t: super::T) {}",
        "mod tests { use super::super::T; }",
    ] {
        let mut circle = found(&[("a/mod.rs", "mod b; fn f() { b::g() }"), ("a/b.rs", text)]);
        circle.reverse();
        assert_eq!(circle, two, "{text}");
    }
    let three = [("a.rs", "use crate::b::X;"), ("b.rs", "use crate::c::Y;"), ("c.rs", "use crate::a::Z;")];
    assert_eq!(found(&three).len(), 3);
    // What is handed on leads to where it is from, and visibility to nowhere.
    let handed = [
        ("a/mod.rs", "mod b; mod c; pub use b::T;"),
        ("a/b.rs", "pub struct T;"),
        ("a/c.rs", "use super::T;"),
    ];
    assert_eq!(found(&handed), [""; 0]);
    assert_eq!(found(&[("a/mod.rs", "mod b; use b::T;"), ("a/b.rs", "pub(super) struct T;")]), [""; 0]);
}
