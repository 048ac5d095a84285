<<<<<<< HEAD
//! The project's own manifest and data, and figures drawn from small tables, for other tests.

use std::collections::BTreeMap;
use std::path::Path;

use popchart::data::{self, Dataset};
use popchart::manifest::{self, FigureSpec, Manifest};
use popchart::series::{self, Plotted};

/// The text of `popchart.toml`.
pub(crate) fn manifest_text() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("popchart.toml")).unwrap()
}

/// The manifest without its figures, with others in their place.
pub(crate) fn with_figures(figures: &str) -> String {
    let text = manifest_text();
    let (declarations, _) = text.split_once("[figures.").unwrap();
    format!("{declarations}{figures}")
}

/// A manifest that has no errors, and the datasets it names.
pub(crate) fn load(text: &str) -> (Manifest, BTreeMap<String, Dataset>) {
    let (manifest, report) = manifest::load("popchart.toml", text);
    assert!(!report.has_errors(), "{report}");
    let read = |spec: &manifest::DatasetSpec| {
        let bytes = std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(&spec.path)).unwrap();
        data::read(&spec.path, &bytes, &spec.columns).unwrap().0
    };
    let datasets = manifest.datasets.iter().map(|(key, spec)| (key.clone(), read(spec))).collect();
    (manifest, datasets)
}

/// A figure of one table: `columns` are lines of its dataset, `figure` lines of the figure.
pub(crate) fn figure(
    csv: &str,
    columns: &str,
    figure: &str,
) -> (FigureSpec, Result<Plotted, popchart::diag::Report>) {
    let text = format!(
        "[datasets.data]\npath = \"data.csv\"\nsource = \"Test\"\nretrieved = 2020-06-30\n{columns}\n\
         [figures.test]\ndataset = \"data\"\n{figure}\n"
    );
    let (mut manifest, report) = manifest::load("popchart.toml", &text);
    assert!(!report.has_errors(), "{report}");
    let spec = manifest.figures.remove(0);
    let dataset = data::read("data.csv", csv.as_bytes(), &spec.datasets[0].columns).unwrap().0;
    let plotted = series::plot(&spec, &BTreeMap::from([("data".to_owned(), dataset)]));
    (spec, plotted)
=======
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
>>>>>>> draw
}
