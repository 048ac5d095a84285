//! A small project in a folder of its own, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

/// A manifest with every kind of file that is written.
pub(crate) const MANIFEST: &str = r##"
[output]
formats = ["svg", "png", "csv"]
theme = "both"

[subjects.keras]
label = "Keras"
color = "#D00000"

[subjects.torch]
label = "PyTorch"

[datasets.stars]
path = "data/stars.csv"
source = "GitHub"
retrieved = 2026-08-22

[datasets.jobs]
path = "data/jobs.csv"
source = "Indeed"
retrieved = 2026-08-22

[figures.stars]
dataset = "stars"
chart = "line"
title = "{leader} has the most stars"
subtitle = "Stars on GitHub"
claims = ["PyTorch > Keras"]

[figures.jobs]
dataset = "jobs"
chart = "bar"
title = "{leader} is asked for most"
subtitle = "Job listings"
claims = ["Keras > PyTorch"]
"##;

const STARS: &str = "date,framework,stars\n2020-01,Keras,10\n2020-01,PyTorch,4\n2020-02,Keras,12\n2020-02,PyTorch,9\n\
                     2020-03,Keras,13\n2020-03,PyTorch,20\n";
const JOBS: &str = "framework,listings\nKeras,250\nPyTorch,120\n";

pub(crate) struct Project {
    folder: TempDir,
}

impl Project {
    pub(crate) fn new() -> Project {
        let project = Project { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(project.path("data")).unwrap();
        project.write("popchart.toml", MANIFEST);
        project.write("data/stars.csv", STARS);
        project.write("data/jobs.csv", JOBS);
        project
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    /// Replaces a text that occurs in a file.
    pub(crate) fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from), "{from:?} is not in {name}");
        self.write(name, &text.replacen(from, to, 1));
    }

    /// The program, to be run in the project's folder.
    pub(crate) fn command(&self, words: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_popchart"));
        command.args(words.split_whitespace()).current_dir(self.folder.path());
        command
    }

    pub(crate) fn run(&self, words: &str) -> Ran {
        Ran::of(self.command(words).output().unwrap())
    }

    /// Every file of the output folder with its bytes.
    pub(crate) fn charts(&self) -> BTreeMap<String, Vec<u8>> {
        files(&self.path("charts"))
    }
}

/// Every file of a folder with its bytes.
pub(crate) fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let Ok(entries) = fs::read_dir(folder) else { return BTreeMap::new() };
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// What a run of the program came to.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Asserts that all went well and silently.
    #[track_caller]
    pub(crate) fn fine(self) -> String {
        assert_eq!((self.code, self.err.as_str()), (0, ""), "{}", self.out);
        self.out
    }
}
