//! The order of the pipeline, checked: a room of `src/` may import only rooms
//! that stand before it in [`ORDER`], and a crate is named only by its owners.
//!
//! It must not know what the rooms do. There are no exceptions, and no list to put them in.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::source::{Name, absolute, module_of, names_in, sources, tokens};

/// Every room of `src/`, a file or a folder, in the direction data flow.
const ORDER: &[&str] = &[
    "diag", "time", "data", "preset", "figure", "text", "canvas", "export", "spec", "frame", "claim", "tell",
    "scale", "theme", "layout", "chart", "kind", "lint", "manifest", "infer", "artifact", "project",
    "commands", "cli", "lib", "stdout", "main",
];

/// The floors of `data/`, each of which knows only those before it; what the room hands out stands above all.
const FLOORS: &[&str] =
    &["model", "cells", "bytes", "build", "rows", "shape", "formats", "read", "join", "mod.rs"];

/// The rooms that may name a crate; a crate that is not here belongs to everybody.
const OWNERS: &[(&str, &[&str])] = &[
    ("annotate_snippets", &["diag"]),
    ("calamine", &["data"]),
    ("chardetng", &["data"]),
    ("clap", &["cli", "main"]),
    ("ctor", &["stdout"]),
    ("fdeflate", &["export"]),
    ("harfrust", &["text"]),
    ("hashbrown", &["data"]),
    ("miniz_oxide", &["export"]),
    ("plotters", &["scale", "canvas", "chart", "kind"]),
    ("plotters_backend", &["canvas"]),
    ("png", &["export"]),
    ("quick_xml", &["data"]),
    ("rayon", &["data", "project"]),
    ("resvg", &["export"]),
    ("rustix", &["stdout"]),
    ("ruzstd", &["data"]),
    ("tempfile", &["artifact"]),
    ("toml", &["manifest"]),
    ("zip", &["data"]),
];

/// The rooms that read the frame, which is in place of the data from there on: what is drawn and what is said of it
/// cannot come from different numbers.
const READ_THE_FRAME: &[&str] = &["claim", "tell", "scale", "theme", "layout", "chart", "kind"];

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
fn floors_of_data_import_only_what_is_below_them() {
    let sources = sources();
    let files = sources.iter().filter(|(path, _)| path.starts_with("data/"));
    let faults: Vec<String> = files.flat_map(|(path, text)| floor_faults(path, text)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for_and_stays_small() {
    let faults: Vec<String> = sources().iter().flat_map(|(path, text)| shape_faults(path, text)).collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
}

#[test]
fn the_glossary_has_every_word_that_a_type_is_named_after() {
    let sources = sources();
    let glossary = sources.iter().find(|(path, _)| path == "lib.rs").map(|(_, text)| glossary(text)).unwrap();
    let named = sources.iter().flat_map(|(path, text)| types(text).map(move |name| (path, name)));
    let faults: Vec<String> = named
        .flat_map(|(path, name)| words_of(name).into_iter().map(move |word| (path, name, word)))
        .filter(|(_, _, word)| !glossary.contains(word) && !glossary.contains(&format!("{word}s")))
        .map(|(path, name, word)| {
            format!("src/{path}: `{name}`: the head of lib.rs does not say what {word} is")
        })
        .collect();
    assert!(faults.is_empty(), "\n{}\n", faults.join("\n"));
    assert_eq!(words_of("TimeAxis"), ["time", "axis"]);
}

/// The words in bold of the part `Words`.
fn glossary(text: &str) -> BTreeSet<String> {
    let part = text.split("//! # Words").nth(1).unwrap().split("//! # ").next().unwrap();
    let part = part.replace("\n//!", "").to_lowercase();
    let bold = part.split("**").skip(1).step_by(2);
    bold.flat_map(|words| {
        words.split_whitespace().map(|word| word.trim_end_matches('.').to_owned()).collect::<Vec<_>>()
    })
    .collect()
}

/// The types of a file that other rooms may name.
fn types(text: &str) -> impl Iterator<Item = &str> {
    let open = text.lines().filter_map(|line| line.strip_prefix("pub ").or(line.strip_prefix("pub(crate) ")));
    let typed = |line: &'_ str| {
        ["struct ", "enum ", "trait ", "type "].iter().find_map(|word| line.strip_prefix(*word).map(str::len))
    };
    open.filter_map(move |line| {
        let rest = &line[line.len() - typed(line)?..];
        Some(&rest[..rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len())])
    })
}

/// The words of a type's name.
fn words_of(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for c in name.chars() {
        if c.is_uppercase() {
            words.push(String::new());
        }
        words.last_mut().unwrap().extend(c.to_lowercase());
    }
    words
}

#[test]
fn every_owned_crate_is_a_dependency() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest: toml::Table = fs::read_to_string(root.join("Cargo.toml")).unwrap().parse().unwrap();
    let targets =
        manifest.get("target").and_then(toml::Value::as_table).into_iter().flat_map(toml::Table::values);
    let tables = targets.filter_map(|target| target.get("dependencies")).chain(manifest.get("dependencies"));
    let names = tables.filter_map(toml::Value::as_table).flat_map(toml::Table::keys);
    let known: BTreeSet<String> = names.map(|name| name.replace('-', "_")).collect();
    for (name, owners) in OWNERS {
        assert!(known.contains(*name), "`{name}` is no dependency");
        assert!(owners.iter().all(|owner| ORDER.contains(owner)), "an owner of `{name}` is no room");
    }
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

/// Every import of a file of `data/` that its floor may not make. A name that the room hands out (a type, a function)
/// stands above all floors.
fn floor_faults(path: &str, text: &str) -> Vec<String> {
    let floor = path.split('/').nth(1).unwrap_or(path);
    let Some(rank) = FLOORS.iter().position(|name| *name == floor) else {
        return vec![format!("src/{path}: `{floor}` is no floor of `data`")];
    };
    let (names, _) = names_in(&tokens(text), &module_of(path));
    let mut faults = Vec::new();
    for name in names.iter().filter(|name| name.segments.last().is_some_and(|last| last != "super")) {
        let Some(target) = absolute(name).filter(|target| target.first().is_some_and(|room| room == "data"))
        else {
            continue;
        };
        let other = target.get(1).map_or("*", String::as_str);
        let is_below = match FLOORS.iter().position(|floor| *floor == other) {
            Some(other) => other <= rank,
            None => floor == "mod.rs",
        };
        if !is_below {
            faults.push(format!("src/{path}:{}: `{floor}` imports `{other}`, which is above it", name.line));
        }
    }
    faults
}

/// Why a room may not name a path of this crate's.
fn room_fault(room: &str, rank: usize, name: &Name, target: &[String]) -> Option<String> {
    let head = target.first().map_or("*", String::as_str);
    if head == "*" || head == "self" {
        // A glob or an alias of the crate would hide every later import from this test.
        return (name.is_use).then(|| format!("`{room}` imports the whole crate"));
    }
    if head == "data" && READ_THE_FRAME.contains(&room) {
        return Some(format!("`{room}` imports `data`, past the frame"));
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

#[test]
fn a_floor_above_is_caught() {
    let found = |path: &str, text: &str| floor_faults(path, text).len();
    assert_eq!(found("data/rows/table.rs", "use crate::data::shape::plan::Roles;"), 1);
    assert_eq!(found("data/rows/table.rs", "use super::super::formats;"), 1);
    assert_eq!(found("data/rows/table.rs", "use crate::data::Dataset;"), 1);
    assert_eq!(found("data/cellar/table.rs", ""), 1);
    assert_eq!(found("data/rows/table.rs", "use crate::data::{model::line::Line, cells::cell};"), 0);
    assert_eq!(found("data/mod.rs", "pub use join::narrow;\nfn f() { read::whole::read() }"), 0);
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
fn whoever_reads_the_frame_reads_no_data() {
    for room in READ_THE_FRAME {
        let path = format!("{room}/mod.rs");
        let fault = [format!("`{room}` imports `data`, past the frame")];
        assert_eq!(found(&path, "use crate::data::Dataset;"), fault);
        assert_eq!(found(&path, "fn f(d: &crate::data::Observation) {}"), fault);
    }
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
            "fn f() { ::zip::ZipArchive::from_path(p) }",
            "`frame` names `zip`, which belongs to `data`",
        ),
        ("frame.rs", "use zip;", "`frame` names `zip`, which belongs to `data`"),
        ("frame.rs", "extern crate zip;", "`frame` names `zip`, which belongs to `data`"),
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
        ("frame/pick.rs", "use super::resample; use super::super::data::Value;"),
        (
            "frame.rs",
            "// use crate::layout;\n/* crate::layout /* nested */ crate::chart */\n/// [`crate::layout`]\nfn f() {}",
        ),
        (
            "frame.rs",
            "const S: &str = \"crate::layout \\\" zip::ZipArchive\"; const R: &str = r#\"crate::\"layout\"#;",
        ),
        ("frame.rs", "pub(crate) fn f(zip: &str) -> usize { zip.len() + self.png::<u8>() }"),
        ("frame.rs", "mod zip { pub fn read() {} }\nfn f() { zip::read() }"),
        ("data/mod.rs", "use zip::ZipArchive;"),
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
