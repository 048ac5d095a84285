//! What the README files promise and a machine can hold: the commands that CI
//! runs, links that lead somewhere, and a source for every dataset.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|fault| panic!("failed to read {path}: {fault}"))
}

/// The lines of the first block of shell commands.
fn commands(text: &str) -> Vec<&str> {
    text.lines()
        .skip_while(|line| *line != "```sh")
        .skip(1)
        .take_while(|line| !line.starts_with("```"))
        .collect()
}

/// What stands in the round brackets of `[…](…)` and `![…](…)`, outside blocks of code and `code`.
fn links(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut in_block = false;
    for line in text.lines() {
        if line.starts_with("```") {
            in_block = !in_block;
        } else if !in_block {
            let prose: String = line.split('`').step_by(2).collect();
            let after = prose.split("](").skip(1);
            found.extend(after.filter_map(|rest| Some(rest.split_once(')')?.0.to_owned())));
        }
    }
    found
}

/// The links of a file that lead to no file, taken from the folder it lies in.
fn dead_links(folder: &Path, text: &str) -> Vec<String> {
    let is_local = |link: &String| !link.contains("://") && !link.starts_with('#');
    let exists = |link: &String| folder.join(link.split('#').next().unwrap_or_default()).exists();
    links(text).into_iter().filter(|link| is_local(link) && !exists(link)).collect()
}

#[test]
fn the_readme_opens_with_a_picture_and_the_two_commands() {
    let readme = read("README.md");
    assert!(readme.starts_with("!["), "the README does not open with a picture");
    assert_eq!(links(&readme)[0], "charts/github-stars.png");
    let bare: Vec<&str> =
        commands(&readme).iter().map(|line| line.split('#').next().unwrap().trim()).collect();
    assert_eq!(bare, ["cargo run --release -- render --force", "cargo test --release"]);
}

/// `.ci/run` takes its first commands from the README: its own words for that are run here.
#[test]
#[cfg(unix)]
fn ci_runs_the_commands_of_the_readme() {
    let script = read(".ci/run");
    let taken = script.lines().find(|line| line.starts_with("commands=")).unwrap();
    let run = script.find("done <<< \"$commands\"").unwrap();
    assert!(run < script.find("cargo fmt").unwrap(), "the commands of the README do not come first");
    let output = std::process::Command::new("bash")
        .args(["-c", &format!("{taken}; printf '%s' \"$commands\"")])
        .current_dir(root())
        .output()
        .unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), commands(&read("README.md")).join("\n"));
}

#[test]
fn links_of_the_readmes_lead_somewhere() {
    for path in ["README.md", "CONTRIBUTING.md", "datasets/README.md"] {
        let folder = root().join(path).parent().unwrap().to_owned();
        assert_eq!(dead_links(&folder, &read(path)), [""; 0], "{path}");
    }
}

#[test]
fn every_dataset_has_its_source() {
    let readme = read("datasets/README.md");
    let described: BTreeSet<&str> = readme.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let listed = |file: &str| readme.contains(&format!("\n| `{file}` | "));
    for entry in fs::read_dir(root().join("datasets")).unwrap() {
        let file = entry.unwrap().file_name().into_string().unwrap();
        if file != "README.md" {
            assert!(described.contains(file.as_str()), "datasets/README.md has no section on {file}");
            assert!(listed(&file), "datasets/README.md gives no licence for {file}");
        }
    }
    for file in described.iter().filter(|file| file.ends_with(".csv")) {
        assert!(
            root().join("datasets").join(file).is_file(),
            "datasets/README.md describes {file}, which is not there"
        );
    }
}

#[test]
fn a_dead_link_is_caught() {
    let text = "[a](Cargo.toml) ![b](no.png)\n`[c](code)` [d](https://example.org) [e](#here) [f](README.md#x)\n```sh\n[g](block)\n```\n[h](no/)\n";
    assert_eq!(links(text), ["Cargo.toml", "no.png", "https://example.org", "#here", "README.md#x", "no/"]);
    assert_eq!(dead_links(&root(), text), ["no.png", "no/"]);
    assert_eq!(commands("a\n```sh\nb\nc\n```\n```sh\nd\n```\n"), ["b", "c"]);
}

/// The manifest that the README shows is one that works, on the data it names.
#[test]
fn the_manifest_of_the_readme_draws() {
    use popchart::{claim, data, frame, manifest};

    let text = read("README.md");
    let shown = text.split_once("```toml\n").unwrap().1.split_once("```").unwrap().0;
    let (manifest, report) = manifest::load("README.md", shown);
    assert!(report.is_empty(), "{report}");
    let spec = manifest.figures.first().unwrap();
    let read = |dataset: &popchart::spec::DatasetSpec| {
        let bytes = fs::read(root().join(&dataset.files[0].path)).unwrap();
        (dataset.key.clone(), data::read(&dataset.files[0].path, &bytes, &dataset.columns).unwrap().0)
    };
    let plotted = frame::frame(spec, &spec.datasets.iter().map(read).collect()).unwrap();
    assert!(!claim::check(spec, &plotted).has_errors());
    let words = claim::words(spec, &plotted).unwrap();
    assert_eq!(words.title, "TensorFlow has the most stars; PyTorch has passed Keras");
}

#[test]
fn the_readme_says_of_each_key_of_a_reading_what_it_says() {
    let (_, report) = popchart::manifest::load("popchart.toml", "[datasets.d]\nfoo = 1\n");
    let hint = report.to_string();
    let known: Vec<&str> =
        hint.split("known keys are ").nth(1).unwrap().split('`').skip(1).step_by(2).collect();
    let section = read("README.md");
    let section =
        section.split("### How a file is read").nth(1).unwrap().split("###").next().unwrap().to_owned();
    let said = section.lines().filter(|line| line.starts_with("| `"));
    let said: BTreeSet<&str> =
        said.flat_map(|line| line.split('|').nth(1).unwrap().split('`').skip(1).step_by(2)).collect();
    let others = [
        "path",
        "files",
        "names_from",
        "anchor",
        "below_one",
        "source",
        "url",
        "licence",
        "retrieved",
        "note",
        "columns",
        "groups_are",
        "aggregate",
        "names",
    ];
    let known: BTreeSet<&str> = known.into_iter().filter(|key| !others.contains(key)).collect();
    assert_eq!(said, known);
}
