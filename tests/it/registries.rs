//! What is one file and a line of a registry stays so: nobody else knows such a file's name, and files of one
//! registry do not know each other.

use std::collections::BTreeSet;

use crate::source::{absolute, module_of, names_in, sources, tokens};

#[test]
fn nobody_but_its_own_file_knows_what_a_format_is_called() {
    let sources = sources();
    let faults: Vec<String> =
        formats(&sources).flat_map(|(path, text)| name_faults(path, text, &sources)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The folders whose files are entries of a registry, and files in them that are not: what the entries share.
const REGISTRIES: &[(&str, &[&str])] = &[
    ("data/formats/", &["dated.rs", "signature.rs"]),
    ("frame/transform/", &["transformation.rs"]),
    ("claim/forms/", &["form.rs"]),
    ("kind/", &["chart.rs", "parts/"]),
    ("preset/", &["size.rs"]),
    ("export/", &["kind.rs", "markup.rs", "number.rs", "record.rs", "tests.rs"]),
];

#[test]
fn entries_of_a_registry_do_not_know_each_other() {
    let sources = sources();
    let mut faults = Vec::new();
    for (folder, shared) in REGISTRIES {
        let entries: Vec<_> = entries(&sources, folder, shared).collect();
        assert!(entries.len() > 1, "no entries in src/{folder}");
        faults
            .extend(entries.into_iter().flat_map(|(path, text)| sibling_faults(path, text, folder, shared)));
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn nobody_asks_which_entry_it_is() {
    let sources = sources();
    let mut faults = Vec::new();
    for (folder, shared) in REGISTRIES {
        for (path, text) in entries(&sources, folder, shared) {
            faults.extend(compared_faults(path, text, &sources));
        }
    }
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The files of a registry, without its own and what its entries share.
fn entries<'a>(
    sources: &'a [(String, String)],
    folder: &str,
    shared: &[&str],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let files = sources.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    files.filter(move |(path, _)| {
        path.strip_prefix(folder)
            .is_some_and(|name| name != "mod.rs" && !shared.iter().any(|s| name.starts_with(s)))
    })
}

/// Every place in another file that compares a name with this entry's: its `name`, its `key`.
fn compared_faults(path: &str, text: &str, sources: &[(String, String)]) -> Vec<String> {
    let named =
        text.split("name: \"").chain(text.split("fn key(&self) -> &'static str {\n        \"")).skip(1);
    let names: BTreeSet<&str> = named.filter_map(|rest| rest.split('"').next()).collect();
    let mut faults = Vec::new();
    for (other, text) in
        sources.iter().filter(|(other, _)| !is_part(other, path) && !other.ends_with("/tests.rs"))
    {
        let asks = |name: &&&str| {
            [format!("== \"{name}\""), format!("!= \"{name}\""), format!("\"{name}\" =>")]
                .iter()
                .any(|asked| text.contains(asked))
        };
        faults.extend(
            names.iter().filter(asks).map(|name| format!("src/{other}: asks whether it is `{name}`")),
        );
    }
    faults
}

/// The files of sources that popchart knows; what dates in JSON are of is nobody's.
fn formats(sources: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    let files = sources.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let other = ["data/formats/mod.rs", "data/formats/dated.rs", "data/formats/signature.rs"];
    files.filter(move |(path, _)| path.starts_with("data/formats/") && !other.contains(path))
}

/// Every file that names a format of this file's.
fn name_faults(path: &str, text: &str, sources: &[(String, String)]) -> Vec<String> {
    let names: Vec<&str> = text.split("name: \"").skip(1).filter_map(|rest| rest.split('"').next()).collect();
    let mut faults = Vec::new();
    if names.is_empty() && sources.iter().all(|(other, _)| other == path || !is_part(path, other)) {
        faults.push(format!("src/{path}: names no format"));
    }
    for (other, text) in sources.iter().filter(|(other, _)| !is_part(other, path)) {
        let named = names.iter().filter(|name| text.contains(&format!("\"{name}\"")));
        faults.extend(named.map(|name| format!("src/{other}: names the format `{name}`")));
    }
    faults
}

/// Whether a file is another one, or in its folder.
fn is_part(path: &str, of: &str) -> bool {
    path.strip_prefix(of.trim_end_matches(".rs")).is_some_and(|rest| rest.starts_with(['.', '/']))
}

/// Every import of another file of the same folder, but the folder's own.
fn sibling_faults(path: &str, text: &str, folder: &str, shared: &[&str]) -> Vec<String> {
    let file = module_of(path);
    let folder = module_of(folder.trim_end_matches('/'));
    let (names, _) = names_in(&tokens(text), &file);
    let is_module = |name: &str| name.starts_with(char::is_lowercase);
    let sibling = |target: &[String]| {
        let name = target.strip_prefix(folder.as_slice())?.first()?;
        let is_other = is_module(name)
            && Some(name) != file.get(folder.len())
            && target.len() > folder.len() + 1
            && !shared.iter().any(|shared| shared.trim_end_matches(".rs").trim_end_matches('/') == name);
        is_other.then(|| name.clone())
    };
    let mut faults: Vec<String> = names
        .iter()
        .filter_map(|name| Some((name.line, sibling(&absolute(name)?)?)))
        .map(|(line, name)| format!("src/{path}:{line}: imports its sibling `{name}`"))
        .collect();
    faults.dedup();
    faults
}

#[test]
fn a_format_that_is_named_elsewhere_is_caught() {
    let file = ("data/formats/a.rs".to_owned(), "const A: Format = Format { name: \"a-stats\" };".to_owned());
    let other = ("data/mod.rs".to_owned(), "if format == \"a-stats\" {}".to_owned());
    let all = [file.clone(), other];
    assert_eq!(name_faults(&file.0, &file.1, &all), ["src/data/mod.rs: names the format `a-stats`"]);
    assert_eq!(name_faults("data/formats/b.rs", "", &all), ["src/data/formats/b.rs: names no format"]);
    for (text, fault) in [
        ("use super::b::FORMAT;", Some("src/data/formats/a.rs:1: imports its sibling `b`")),
        ("use super::{Format, b::{self, C}};", Some("src/data/formats/a.rs:1: imports its sibling `b`")),
        ("fn f() { crate::data::formats::b::f() }", Some("src/data/formats/a.rs:1: imports its sibling `b`")),
        ("use super::{Format, NONE, columns}; use super::super::sheet::Sheet;", None),
        ("mod tests { use super::*; }", None),
    ] {
        let found = sibling_faults("data/formats/a.rs", text, "data/formats/", &["dated.rs"]);
        assert_eq!(found, fault.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{text}");
    }
}

#[test]
fn whoever_asks_which_entry_it_is_is_caught() {
    let file = ("kind/a.rs".to_owned(), "static KIND: Kind = Kind { name: \"pie\" };".to_owned());
    for (text, is_asked) in [
        ("if kind.name == \"pie\" {}", true),
        ("match name { \"pie\" => 1, _ => 2 }", true),
        ("let manifest = \"chart = pie\"; let words = [\"pie\"];", false),
    ] {
        let all = [file.clone(), ("tell/mod.rs".to_owned(), text.to_owned())];
        let found = compared_faults(&file.0, &file.1, &all);
        assert_eq!(
            found,
            if is_asked { vec!["src/tell/mod.rs: asks whether it is `pie`"] } else { vec![] },
            "{text}"
        );
    }
}
