//! What the program is built from: that it may be used, that its notices are in `THIRD-PARTY.md`, and that
//! it is the same whichever command builds it. Asks cargo, with the versions of `Cargo.lock`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// Licences that ask for no more than their notice.
const ALLOWED: [&str; 10] = [
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "MIT",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// The systems that the program is made for.
const TARGETS: [&str; 5] = [
    "x86_64-unknown-linux-gnu",
    "aarch64-unknown-linux-gnu",
    "x86_64-apple-darwin",
    "aarch64-apple-darwin",
    "x86_64-pc-windows-msvc",
];

/// Crates under the MIT licence whose packages have a dead link in its place, with the line of its copyright
/// that their repository has.
const LINKED: [(&str, &str); 2] = [
    ("plotters", "Copyright (c) 2019 Hao Hou <haohou302@gmail.com>"),
    ("plotters-backend", "Copyright (c) 2019 Hao Hou <haohou302@gmail.com>"),
];

/// A crate in the program.
#[derive(Debug)]
struct Crate {
    name: String,
    version: String,
    licence: String,
    folder: PathBuf,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn cargo(arguments: &[&str]) -> String {
    let program = std::env::var("CARGO").unwrap_or_else(|_| "cargo".into());
    let output = Command::new(program).args(arguments).arg("--locked").current_dir(root()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// Every crate that the program is built from on one of its systems, by name and version.
fn crates() -> Vec<Crate> {
    let with = |first: &[&str], target: &'static str| -> String {
        let targets = TARGETS.iter().flat_map(|name| [target, name]);
        cargo(&first.iter().copied().chain(targets).collect::<Vec<_>>())
    };
    let tree = ["tree", "--edges", "normal", "--prefix", "none", "--format", "{p}", "--no-dedupe"];
    let tree = with(&tree, "--target");
    let used: BTreeSet<(&str, &str)> =
        tree.lines().filter_map(|line| line.split(" (").next()?.split_once(" v")).collect();
    let metadata = with(&["metadata", "--format-version", "1"], "--filter-platform");
    let metadata: Value = serde_json::from_str(&metadata).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let crates = metadata["packages"].as_array().unwrap().iter().map(|package| Crate {
        name: text(&package["name"]),
        version: text(&package["version"]),
        licence: text(&package["license"]).replace('/', " OR "),
        folder: Path::new(package["manifest_path"].as_str().unwrap()).parent().unwrap().to_owned(),
    });
    let is_used = |one: &Crate| one.name != "popchart" && used.contains(&(&one.name, &one.version));
    let mut crates: Vec<Crate> = crates.filter(is_used).collect();
    crates.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    assert_eq!(crates.len() + 1, used.len());
    crates
}

/// The parts of an SPDX expression that one word joins, outside brackets.
fn parts<'e>(expression: &'e str, word: &str) -> Vec<&'e str> {
    let (mut parts, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, c) in expression.char_indices() {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            ' ' if depth == 0 && expression[at..].starts_with(word) => {
                parts.push(&expression[start..at]);
                start = at + word.len();
            }
            _ => {}
        }
    }
    parts.push(&expression[start..]);
    parts
}

/// Whether an SPDX expression can be met with licences that are allowed.
fn is_allowed(expression: &str) -> bool {
    let inner = expression.strip_prefix('(').and_then(|inner| inner.strip_suffix(')'));
    let (either, all) = (parts(expression, " OR "), parts(expression, " AND "));
    match inner {
        _ if either.len() > 1 => either.into_iter().any(is_allowed),
        _ if all.len() > 1 => all.into_iter().all(is_allowed),
        Some(inner) => is_allowed(inner),
        None => ALLOWED.contains(&expression),
    }
}

/// The licence files of a crate: where it lets us choose, that of the MIT licence.
fn texts(of: &Crate) -> Vec<String> {
    if let Some((_, copyright)) = LINKED.iter().find(|(name, _)| *name == of.name) {
        let own = fs::read_to_string(root().join("LICENSE-MIT")).unwrap();
        let terms = own.find("Permission is hereby granted").unwrap();
        return vec![format!("MIT License\n\n{copyright}\n\n{}", own[terms..].trim_end())];
    }
    let entries = fs::read_dir(&of.folder).unwrap().map(|entry| entry.unwrap());
    let is_licence = |name: &String| {
        let name = name.to_lowercase();
        ["licen", "copying", "copyright", "notice", "unlicense"].iter().any(|start| name.starts_with(start))
    };
    let mut files: Vec<String> =
        entries.map(|entry| entry.file_name().into_string().unwrap()).filter(is_licence).collect();
    files.sort();
    let mit: Vec<String> = files.iter().filter(|name| name.to_lowercase().contains("mit")).cloned().collect();
    if parts(&of.licence, " OR ").contains(&"MIT") && !mit.is_empty() {
        files = mit;
    }
    let read = |name: &String| fs::read_to_string(of.folder.join(name)).unwrap().replace('\r', "");
    files.iter().map(read).map(|text| text.trim_matches('\n').trim_end().to_owned()).collect()
}

/// What `THIRD-PARTY.md` should say.
fn notices(crates: &[Crate]) -> String {
    let mut out = "# What popchart is built from\n\n\
        The program holds the crates below and the fonts Roboto, each under its licence. Where a crate lets its user choose,\n\
        popchart takes the MIT licence. The Rust standard library, which it holds too, is under MIT or Apache-2.0; the notices\n\
        of its parts come with the toolchain (`share/doc/rust/COPYRIGHT-library.html`).\n\n\
        `cargo test licences` makes this file anew and says when it is out of date.\n\n| crate | licence |\n| --- | --- |\n"
        .to_owned();
    for one in crates {
        let link = format!("https://crates.io/crates/{}/{}", one.name, one.version);
        let _ = writeln!(out, "| [{} {}]({link}) | {} |", one.name, one.version, one.licence);
    }
    let fonts = root().join("src/text/fonts");
    let roboto = fs::read_to_string(fonts.join("LICENSE")).unwrap();
    let mut found = vec![("Roboto".to_owned(), roboto.trim_matches('\n').trim_end().to_owned())];
    for one in crates {
        found.extend(texts(one).into_iter().map(|text| (format!("{} {}", one.name, one.version), text)));
    }
    // Texts that differ in their spaces alone are one.
    let mut owners: BTreeMap<Vec<&str>, usize> = BTreeMap::new();
    let mut sections: Vec<(Vec<&str>, &str)> = Vec::new();
    for (owner, text) in &found {
        let at = *owners.entry(text.split_whitespace().collect()).or_insert(sections.len());
        match sections.get_mut(at) {
            Some((names, _)) if names.last() == Some(&owner.as_str()) => {}
            Some((names, _)) => names.push(owner),
            None => sections.push((vec![owner], text)),
        }
    }
    for (names, text) in sections {
        let _ = write!(out, "\n## {}\n\n````text\n{text}\n````\n", names.join(", "));
    }
    out
}

#[test]
fn every_licence_asks_for_no_more_than_its_notice() {
    let crates = crates();
    assert!(crates.len() > 80, "{}", crates.len());
    let faults: Vec<&Crate> = crates.iter().filter(|one| !is_allowed(&one.licence)).collect();
    assert!(faults.is_empty(), "{faults:#?}");
    let bare: Vec<&Crate> =
        crates.iter().filter(|one| !texts(one).iter().any(|text| text.len() > 500)).collect();
    assert!(bare.is_empty(), "without the text of a licence: {bare:#?}");
}

#[test]
fn a_licence_that_asks_for_more_is_found() {
    for fine in ["MIT", "MIT OR GPL-3.0", "(MIT OR Apache-2.0) AND Unicode-3.0", "(MIT)"] {
        assert!(is_allowed(fine), "{fine}");
    }
    for refused in
        ["", "GPL-3.0-only", "MIT AND GPL-3.0", "(MIT OR Apache-2.0) AND MPL-2.0", "Apache-2.0 WITH X"]
    {
        assert!(!is_allowed(refused), "{refused}");
    }
}

#[test]
fn the_notices_are_those_of_the_versions_in_use() {
    let fresh = notices(&crates());
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("THIRD-PARTY.md");
    fs::write(&path, &fresh).unwrap();
    let committed = fs::read_to_string(root().join("THIRD-PARTY.md")).unwrap_or_default();
    assert!(
        committed == fresh,
        "THIRD-PARTY.md is out of date: look at what changed and `cp {} .`",
        path.display()
    );
}

/// Where tests need a crate with more features than the program does, `cargo test` would build another program.
#[test]
fn features_do_not_depend_on_the_command() {
    let tree = |edges: &str| -> BTreeSet<String> {
        let text =
            cargo(&["tree", "--prefix", "none", "--format", "{p} [{f}]", "--no-dedupe", "--edges", edges]);
        text.lines().map(str::to_owned).collect()
    };
    let (built, tested) = (tree("normal,build"), tree("normal,build,dev"));
    let name = |line: &String| line.split(" [").next().unwrap().to_owned();
    let names: BTreeSet<String> = built.iter().map(name).collect();
    let changed: Vec<&String> =
        tested.difference(&built).filter(|line| names.contains(&name(line))).collect();
    assert!(changed.is_empty(), "the tests' dependencies give these other features: {changed:#?}");
    assert!(tested.len() > built.len() && !names.is_empty());
}
