//! The order of the pipeline, checked: a room of `src/` may import only rooms
//! that stand before it in [`ORDER`], and a crate is named only by its owners.
//!
//! The check reads Rust well enough to follow `use` groups, `super::` and
//! inline modules (test modules count like any other code); it must not know
//! what the rooms do. There are no exceptions, and no list to put them in.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every room of `src/`, a file or a folder, in the direction data flow.
const ORDER: &[&str] = &[
    "diag", "moment", "time", "data", "figure", "spec", "frame", "claim", "tell", "scale", "text", "canvas",
    "theme", "layout", "chart", "kind", "manifest", "output", "artifact", "commands", "cli", "lib", "main",
];

/// The rooms that may name a crate; a crate that is not here belongs to everybody.
const OWNERS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diag"]),
    ("clap", &["cli", "main"]),
    ("csv", &["data"]),
    ("harfrust", &["text"]),
    ("plotters", &["scale", "canvas", "chart", "kind"]),
    ("plotters_backend", &["canvas"]),
    ("png", &["output"]),
    ("rayon", &["data", "commands"]),
    ("resvg", &["output"]),
    ("ruzstd", &["data"]),
    ("tempfile", &["artifact"]),
    ("toml", &["manifest"]),
];

/// A source file has fewer lines than this; what grows past it is two things.
const FILE_LINES: usize = 500;

/// `main.rs` has fewer: it parses, runs, prints and exits.
const MAIN_LINES: usize = 40;

#[test]
fn rooms_import_only_what_comes_before_them() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| import_faults(path, text)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| shape_faults(path, text)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_owned_crate_is_a_dependency() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let known: BTreeSet<String> =
        manifest["dependencies"].as_table().unwrap().keys().map(|name| name.replace('-', "_")).collect();
    for (name, owners) in OWNERS {
        assert!(known.contains(*name), "`{name}` is no dependency");
        assert!(owners.iter().all(|owner| ORDER.contains(owner)), "an owner of `{name}` is no room");
    }
}

#[test]
fn nobody_but_its_own_file_knows_what_a_format_is_called() {
    let sources = sources();
    let faults: Vec<String> =
        formats(&sources).flat_map(|(path, text)| name_faults(path, text, &sources)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn formats_do_not_know_each_other() {
    let sources = sources();
    let faults: Vec<String> =
        formats(&sources).flat_map(|(path, text)| sibling_faults(path, text, "data/formats/")).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

/// The files of sources that popchart knows; what dates in JSON are of is nobody's.
fn formats(sources: &[(String, String)]) -> impl Iterator<Item = (&str, &str)> {
    let files = sources.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let other = ["data/formats/mod.rs", "data/formats/dated.rs"];
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
fn sibling_faults(path: &str, text: &str, folder: &str) -> Vec<String> {
    let file = module_of(path);
    let folder = module_of(folder.trim_end_matches('/'));
    let (names, _) = names_in(&tokens(text), &file);
    let is_module = |name: &str| name.starts_with(char::is_lowercase);
    let sibling = |target: &[String]| {
        let name = target.strip_prefix(folder.as_slice())?.first()?;
        let is_other =
            is_module(name) && Some(name) != file.get(folder.len()) && target.len() > folder.len() + 1;
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

/// Path below `src/`, with `/`, and text of every Rust file, in order.
pub(crate) fn sources() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut folders = vec![src.clone()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let below = path.strip_prefix(&src).unwrap().to_str().unwrap().replace('\\', "/");
                found.push((below, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty(), "no sources in {}", src.display());
    found.sort();
    found
}

/// What is wrong with a file's opening and its size.
fn shape_faults(path: &str, text: &str) -> Vec<String> {
    let limit = if path == "main.rs" { MAIN_LINES } else { FILE_LINES };
    let lines = text.lines().count();
    let mut faults = Vec::new();
    if !text.starts_with("//! ") {
        faults.push(format!("src/{path}:1: does not open with `//!`"));
    }
    if lines >= limit {
        faults.push(format!("src/{path}: {lines} lines, expected fewer than {limit}"));
    }
    faults
}

/// Every import of a file that its room may not make.
fn import_faults(path: &str, text: &str) -> Vec<String> {
    let file = module_of(path);
    let room = path.split('/').next().unwrap_or(path).trim_end_matches(".rs");
    let Some(rank) = ORDER.iter().position(|name| *name == room) else {
        return vec![format!("src/{path}: `{room}` is no room of the pipeline")];
    };
    let (names, modules) = names_in(&tokens(text), &file);
    let mut faults = Vec::new();
    for name in &names {
        let fault = match absolute(name) {
            Some(target) => room_fault(room, rank, name, &target),
            None => owner_fault(room, name, &modules),
        };
        faults.extend(fault.map(|fault| format!("src/{path}:{}: {fault}", name.line)));
    }
    faults.dedup(); // a group names a room more than once
    faults
}

/// Why a room may not name a path of this crate's.
fn room_fault(room: &str, rank: usize, name: &Name, target: &[String]) -> Option<String> {
    let head = target.first().map_or("*", String::as_str);
    if head == "*" || head == "self" {
        // A glob or an alias of the crate would hide every later import from this test.
        return (name.is_use).then(|| format!("`{room}` imports the whole crate"));
    }
    match ORDER.iter().position(|other| *other == head) {
        Some(other) if other <= rank => None,
        Some(_) => Some(format!("`{room}` imports `{head}`, which comes later")),
        None if room == "lib" || room == "main" => None,
        None => Some(format!("`{room}` imports `{head}`, which is no room of the pipeline")),
    }
}

/// Why a room may not name a crate.
fn owner_fault(room: &str, name: &Name, modules: &BTreeSet<Vec<String>>) -> Option<String> {
    let head = name.segments.first()?;
    let (_, owners) = OWNERS.iter().find(|(owned, _)| owned == head)?;
    let a_variable = name.segments.len() == 1 && !name.is_use;
    let child: Vec<String> = name.module.iter().chain([head]).cloned().collect();
    if owners.contains(&room) || a_variable || (!name.is_global && modules.contains(&child)) {
        return None;
    }
    let owners: Vec<String> = owners.iter().map(|owner| format!("`{owner}`")).collect();
    Some(format!("`{room}` names `{head}`, which belongs to {}", owners.join(", ")))
}

/// A path as the code has it.
#[derive(Debug)]
struct Name {
    line: usize,
    segments: Vec<String>,
    /// Starts with `::`.
    is_global: bool,
    /// Stands in a `use` or `extern crate` declaration.
    is_use: bool,
    /// The module it stands in.
    module: Vec<String>,
}

/// The path from the root of this crate, where the name leads there.
fn absolute(name: &Name) -> Option<Vec<String>> {
    let (head, rest) = name.segments.split_first()?;
    let mut target = match head.as_str() {
        "crate" | "popchart" => Vec::new(),
        "self" | "super" => name.module.clone(),
        _ => return None,
    };
    let climbs = name.segments.iter().skip_while(|s| *s == "self").take_while(|s| *s == "super").count();
    target.truncate(target.len().saturating_sub(climbs));
    target.extend(rest.iter().skip_while(|s| *s == "super").cloned());
    Some(target)
}

/// The module a file is.
fn module_of(path: &str) -> Vec<String> {
    let path = path.trim_end_matches(".rs").trim_end_matches("/mod");
    path.split('/').filter(|name| !matches!(*name, "lib" | "main")).map(str::to_owned).collect()
}

/// Every path in the code, and every module it declares.
fn names_in(tokens: &[Token], file: &[String]) -> (Vec<Name>, BTreeSet<Vec<String>>) {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let (mut names, mut modules) = (Vec::new(), BTreeSet::new());
    let mut module = file.to_vec();
    let (mut depth, mut opened, mut is_use, mut at) = (0, Vec::new(), false, 0);
    while at < tokens.len() {
        match text(at) {
            "{" => depth += 1,
            "}" => {
                depth -= 1;
                if opened.last() == Some(&depth) {
                    opened.pop();
                    module.pop();
                }
            }
            ";" => is_use = false,
            "use" if text(at + 1) != "<" => is_use = true,
            "extern" if text(at + 1) == "crate" => (is_use, at) = (true, at + 1),
            "mod" if is_word(text(at + 1)) => {
                at += 1;
                module.push(text(at).to_owned());
                modules.insert(module.clone());
                if text(at + 1) == "{" {
                    opened.push(depth);
                } else {
                    module.pop();
                }
            }
            "." if is_word(text(at + 1)) => at += 1,
            word if is_word(word) || (word == "::" && is_word(text(at + 1))) => {
                let is_global = word == "::";
                let start = at + usize::from(is_global);
                let mut found = Vec::new();
                at = read_path(tokens, start, &[], &mut found) - 1;
                names.extend(found.into_iter().map(|(line, segments)| Name {
                    line,
                    segments,
                    is_global,
                    is_use,
                    module: module.clone(),
                }));
            }
            _ => {}
        }
        at += 1;
    }
    (names, modules)
}

/// Reads a path and the groups in it, from its first word on; gives the place after it.
fn read_path(
    tokens: &[Token],
    mut at: usize,
    before: &[String],
    found: &mut Vec<(usize, Vec<String>)>,
) -> usize {
    let text = |at: usize| tokens.get(at).map_or("", |token| token.text.as_str());
    let line = tokens.get(at).map_or(0, |token| token.line);
    let mut segments = before.to_vec();
    loop {
        match text(at) {
            "{" => {
                while !matches!(text(at), "}" | "") {
                    at = read_path(tokens, at + 1, &segments, found);
                    while !matches!(text(at), "," | "}" | "") {
                        at += 1; // an alias
                    }
                }
                return at + 1;
            }
            word if is_word(word) || word == "*" => segments.push(word.to_owned()),
            _ => break,
        }
        at += 1;
        if text(at) != "::" {
            break;
        }
        at += 1;
    }
    if segments.len() > before.len() {
        found.push((line, segments));
    }
    at
}

/// A word or a mark of the code; comments, literals, numbers and lifetimes are none.
#[derive(Debug)]
struct Token {
    line: usize,
    text: String,
}

/// Whether a token is an identifier or a keyword.
fn is_word(token: &str) -> bool {
    token.starts_with(|c: char| c.is_alphabetic() || c == '_')
}

/// Takes code apart.
fn tokens(text: &str) -> Vec<Token> {
    let (mut found, mut rest, mut line) = (Vec::new(), text, 1);
    while !rest.is_empty() {
        let (length, is_code) = piece(rest);
        let (token, after) = rest.split_at(length);
        if is_code {
            found.push(Token { line, text: token.to_owned() });
        }
        line += token.matches('\n').count();
        rest = after;
    }
    found
}

/// Length in bytes of what the text starts with, and whether it is a token.
fn piece(text: &str) -> (usize, bool) {
    let first = text.chars().next().unwrap_or(' ');
    let word = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    let after = &text[word..];
    if text.starts_with("//") {
        return (text.find('\n').unwrap_or(text.len()), false);
    }
    if text.starts_with("/*") {
        return (comment(text), false);
    }
    if matches!(&text[..word], "r" | "br" | "cr") && after.trim_start_matches('#').starts_with('"') {
        let fence = after.len() - after.trim_start_matches('#').len();
        let close = format!("\"{}", "#".repeat(fence));
        let start = word + fence + 1;
        return (text[start..].find(&close).map_or(text.len(), |at| start + at + close.len()), false);
    }
    if &text[..word] == "r" && after.starts_with('#') {
        return (2, false); // a raw identifier: its name follows
    }
    match first {
        '"' => (quoted(text, '"'), false),
        '\'' => (character(text), false),
        _ if word > 0 => (word, is_word(text)),
        ':' if text.starts_with("::") => (2, true),
        _ => (first.len_utf8(), !first.is_whitespace()),
    }
}

/// Length of a block comment with those inside it.
fn comment(text: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    at
}

/// Length of a literal up to and with its closing quote.
fn quoted(text: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Length of a character literal or of a lifetime.
fn character(text: &str) -> usize {
    let mut chars = text.chars().skip(1);
    match (chars.next(), chars.next()) {
        (Some('\\'), _) | (Some(_), Some('\'')) => quoted(text, '\''),
        _ => 1,
    }
}

/// The faults of a file that holds this text, without their place.
fn found(path: &str, text: &str) -> Vec<String> {
    import_faults(path, text).iter().map(|fault| fault.split_once(": ").unwrap().1.to_owned()).collect()
}

#[test]
fn a_later_room_is_caught_however_it_is_written() {
    let layout = ["`frame` imports `layout`, which comes later"];
    for text in [
        "use crate::layout::Layout;",
        "use crate::{diag::Report, layout::{self, Layout}};",
        "use crate::{diag::{self, Report}, figure::{Point, Series as Line}, layout};",
        "use {crate::diag, crate::layout as l};",
        "fn f() -> crate::layout::Layout { todo!() }",
        "use super::layout::Layout;",
        "mod tests { use super::super::layout::Layout; }",
        "#[cfg(test)]\nmod tests {\n    mod deep { fn f() {} }\n    use super::{super::layout, *};\n}",
        "use popchart::layout::Layout;",
        "pub(in crate::layout) fn f() {}",
        "fn f(c: char) -> bool { c == '\"' } use crate::layout;",
        "fn f<'a>(c: &'a str) {} use crate::layout;",
        "const S: &str = r#\"\"\"#; use crate::layout;",
    ] {
        assert_eq!(found("frame.rs", text), layout, "{text}");
    }
    assert_eq!(found("frame/mod.rs", "use super::layout::Layout;"), layout);
    assert_eq!(found("frame/pick.rs", "use super::super::layout::Layout;"), layout);
    assert_eq!(found("frame/pick.rs", "use self::super::super::layout::Layout;"), layout);
}

#[test]
fn the_place_of_a_fault_is_its_line() {
    let text = "//! Picks.\n\n/* a\n comment */\nuse crate::{\n    diag::Report,\n    chart,\n};\n";
    assert_eq!(
        import_faults("frame.rs", text),
        ["src/frame.rs:7: `frame` imports `chart`, which comes later"]
    );
}

#[test]
fn what_would_hide_an_import_is_caught() {
    for text in
        ["use crate::*;", "use crate as c;", "use crate::{self as c};", "use super::*;", "use super as c;"]
    {
        assert_eq!(found("frame.rs", text), ["`frame` imports the whole crate"], "{text}");
    }
    assert_eq!(
        found("frame.rs", "use crate::run;"),
        ["`frame` imports `run`, which is no room of the pipeline"]
    );
    assert_eq!(found("utils/mod.rs", ""), ["`utils` is no room of the pipeline"]);
}

#[test]
fn a_crate_outside_its_room_is_caught() {
    for (path, text, fault) in [
        (
            "layout/mod.rs",
            "use plotters::prelude::*;",
            "`layout` names `plotters`, which belongs to `scale`, `canvas`, `chart`, `kind`",
        ),
        (
            "chart/bar.rs",
            "use plotters_backend::DrawingBackend;",
            "`chart` names `plotters_backend`, which belongs to `canvas`",
        ),
        (
            "frame.rs",
            "fn f() { ::csv::Reader::from_path(p) }",
            "`frame` names `csv`, which belongs to `data`",
        ),
        ("frame.rs", "use csv;", "`frame` names `csv`, which belongs to `data`"),
        ("frame.rs", "extern crate csv;", "`frame` names `csv`, which belongs to `data`"),
        (
            "commands/render.rs",
            "#[derive(clap::Args)] struct A;",
            "`commands` names `clap`, which belongs to `cli`, `main`",
        ),
        (
            "frame.rs",
            "mod tests { use {std::fs, toml::Table}; }",
            "`frame` names `toml`, which belongs to `manifest`",
        ),
    ] {
        assert_eq!(found(path, text), [fault], "{text}");
    }
}

#[test]
fn what_is_allowed_is_not_caught() {
    for (path, text) in [
        ("frame.rs", "use crate::diag::Report; use crate::figure::{Point, Series};"),
        ("frame.rs", "mod tests { use super::*; use crate::frame::pick; }"),
        ("frame/pick.rs", "use super::resample; use super::super::data::Reading;"),
        (
            "frame.rs",
            "// use crate::layout;\n/* crate::layout /* nested */ crate::chart */\n/// [`crate::layout`]\nfn f() {}",
        ),
        (
            "frame.rs",
            "const S: &str = \"crate::layout \\\" csv::Reader\"; const R: &str = r#\"crate::\"layout\"#;",
        ),
        ("frame.rs", "pub(crate) fn f(csv: &str) -> usize { csv.len() + self.png::<u8>() }"),
        ("frame.rs", "mod csv { pub fn read() {} }\nfn f() { csv::read() }"),
        ("data/mod.rs", "use csv::Reader;"),
        ("chart/line.rs", "use plotters::prelude::*; use crate::canvas::Role;"),
        ("main.rs", "use clap::Parser; use popchart::cli; fn main() { run() }"),
        ("lib.rs", "pub mod chart; pub use chart::line; pub use crate::main_part;"),
    ] {
        assert_eq!(found(path, text), [""; 0], "{text}");
    }
}

#[test]
fn a_file_without_a_purpose_or_too_long_is_caught() {
    assert_eq!(shape_faults("theme.rs", "use std::fmt;\n"), ["src/theme.rs:1: does not open with `//!`"]);
    let long = |lines: usize| format!("//! Long.\n{}", "\n".repeat(lines - 1));
    assert_eq!(shape_faults("theme.rs", &long(499)), [""; 0]);
    assert_eq!(shape_faults("theme.rs", &long(500)), ["src/theme.rs: 500 lines, expected fewer than 500"]);
    assert_eq!(shape_faults("main.rs", &long(40)), ["src/main.rs: 40 lines, expected fewer than 40"]);
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
        let found = sibling_faults("data/formats/a.rs", text, "data/formats/");
        assert_eq!(found, fault.map(str::to_owned).into_iter().collect::<Vec<_>>(), "{text}");
    }
}
