//! A project with everything known of its figures but their pictures: data
//! read, values picked, claims checked, words filled in.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{guarded, load, shown};
use crate::claim;
use crate::data::Dataset;
use crate::diag::{self, Place, Report, listed, nearest};
use crate::figure::{Panel, Words};
use crate::frame::{self, Frame};
use crate::kind;
use crate::manifest::Manifest;
use crate::output::Statement;
use crate::output::record::Record;
use crate::spec::{FigureSpec, Output};
use crate::tell::{self, Description};
use crate::theme::STYLE_PROFILE;

/// A project, read.
pub(super) struct Project {
    /// Where artifacts go and what they are.
    pub(super) output: Output,
    /// The folder of artifacts.
    pub(super) out: PathBuf,
    /// The figures in the order of the manifest, those with errors of their own in it last.
    pub(super) figures: Vec<Figure>,
    /// What there is to tell of manifest and data.
    pub(super) report: Report,
}

/// A figure of the project.
pub(super) struct Figure {
    /// Its key.
    pub(super) name: String,
    /// Whether the command is about it.
    pub(super) selected: bool,
    /// What there is to tell of it.
    pub(super) report: Report,
    /// What is known of it.
    pub(super) state: Result<Ready, Failure>,
}

/// Why a figure is not drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Failure {
    /// A claim does not hold; nothing else is wrong.
    FalseClaim,
    /// Its manifest or its data have errors.
    Broken,
}

/// A figure that only has to be drawn.
pub(super) struct Ready {
    /// Its values.
    pub(super) frame: Frame,
    /// Its marks.
    pub(super) marks: Vec<Panel>,
    /// Its words.
    pub(super) words: Words,
    /// Its words for who does not see it.
    pub(super) description: Description,
    /// Its values for its page; empty for a picture that gets none.
    pub(super) table: Vec<Vec<String>>,
    statement: Statement,
    record: Record,
}

impl Ready {
    /// What an artifact in some medium (a theme, a scale) is made from.
    pub(super) fn record(&self, medium: &str) -> Record {
        Record { shows: self.statement.fingerprint(medium), ..self.record.clone() }
    }
}

/// Reads a project. `wanted` names the figures that the command is about; all when it is empty.
///
/// # Errors
/// When the manifest cannot be read, or a wanted figure is not in it.
pub(super) fn open(manifest_path: &Path, wanted: &[String]) -> Result<Project, Report> {
    let (manifest, mut report) = load::manifest(manifest_path)?;
    let unknown = unknown_figures(&manifest, wanted);
    if unknown.has_errors() {
        report.merge(unknown);
        return Err(report);
    }
    let folder = manifest_path.parent().unwrap_or(Path::new("")).to_owned();
    let clashes = clashes(&manifest);
    let is_selected = |name: &str| wanted.is_empty() || wanted.iter().any(|w| w == name);
    let specs: Vec<&FigureSpec> = manifest.figures.iter().collect();
    let read = load::datasets(&specs, &folder);
    // Data of figures that nobody asked about are read for the gallery alone.
    let is_needed = |key: &str| {
        let selected = specs.iter().filter(|spec| is_selected(&spec.key));
        selected.flat_map(|spec| &spec.datasets).any(|dataset| dataset.key == key)
    };
    for (key, told) in read.reports {
        if is_needed(&key) {
            report.merge(told);
        }
    }
    let mut figures: Vec<Figure> = specs
        .par_iter()
        .map(|spec| {
            let (state, mut report) = match clashes.get(spec.key.as_str()) {
                Some(clash) => (Err(Failure::Broken), clash.clone()),
                None => match guarded(&spec.key, || prepare_with_page(spec, &read.datasets)) {
                    Ok(prepared) => prepared,
                    Err(fault) => (Err(Failure::Broken), fault),
                },
            };
            spec.datasets.iter().for_each(|dataset| load::show_lines(&mut report, dataset, &folder));
            Figure { name: spec.key.clone(), selected: is_selected(&spec.key), report, state }
        })
        .collect();
    figures.extend(manifest.broken.iter().map(|name| Figure {
        name: name.clone(),
        selected: is_selected(name),
        report: Report::default(),
        state: Err(Failure::Broken),
    }));
    Ok(Project { out: folder.join(&manifest.output.dir), output: manifest.output, figures, report })
}

fn unknown_figures(manifest: &Manifest, wanted: &[String]) -> Report {
    let known: Vec<&str> = manifest
        .figures
        .iter()
        .map(|f| f.key.as_str())
        .chain(manifest.broken.iter().map(String::as_str))
        .collect();
    let mut report = Report::default();
    for name in wanted.iter().filter(|name| !known.contains(&name.as_str())) {
        let diagnostic =
            diag::error("unknown-figure", format!("unknown figure `{name}`")).at(Place::file(&manifest.file));
        report.push(match nearest(name, known.iter().copied()) {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None if known.is_empty() => diagnostic,
            None => diagnostic.hint(format!("the figures are {}", listed(&known))),
        });
    }
    report
}

/// Figures that would overwrite another's file, or the gallery. Names are
/// compared without case, as some file systems do.
fn clashes(manifest: &Manifest) -> BTreeMap<&str, Report> {
    let mut owners: BTreeMap<String, &str> = BTreeMap::from([("readme.md".to_owned(), "")]);
    let mut clashes = BTreeMap::new();
    for spec in &manifest.figures {
        for file in super::drawing::files(&manifest.output, &spec.key) {
            let owner = owners.entry(file.name.to_lowercase()).or_insert(&spec.key);
            if *owner != spec.key {
                let other =
                    if owner.is_empty() { "the gallery".to_owned() } else { format!("figure `{owner}`") };
                let message = format!("its file `{}` would be that of {other} as well", file.name);
                let diagnostic = diag::error("same-file-name", message).of_figure(&*spec.key);
                let diagnostic = diagnostic.at(spec.place.clone()).hint("give it another name");
                clashes.entry(spec.key.as_str()).or_insert_with(|| Report::from(diagnostic));
            }
        }
    }
    clashes
}

/// Everything of a figure and its page but the picture, with what there is to tell.
fn prepare_with_page(
    spec: &FigureSpec,
    datasets: &BTreeMap<String, Dataset>,
) -> (Result<Ready, Failure>, Report) {
    let (mut state, report) = prepare(spec, datasets);
    if let Ok(ready) = &mut state {
        ready.table = tell::table(spec, &ready.frame);
    }
    (state, report)
}

/// Everything of a figure but its picture and page, with what there is to tell.
pub(super) fn prepare(
    spec: &FigureSpec,
    datasets: &BTreeMap<String, Dataset>,
) -> (Result<Ready, Failure>, Report) {
    if spec.datasets.iter().any(|used| !datasets.contains_key(&used.key)) {
        // What is wrong with the dataset has been told where it was read.
        return (Err(Failure::Broken), Report::default());
    }
    let mut frame = match frame::frame(spec, datasets) {
        Ok(frame) => frame,
        Err(errors) => return (Err(Failure::Broken), errors),
    };
    let mut report = std::mem::take(&mut frame.warnings);
    let claims = claim::check(spec, &frame);
    let holds = !claims.has_errors();
    report.merge(claims);
    let words = match claim::words(spec, &frame) {
        Ok(words) => words,
        Err(errors) => {
            report.merge(errors);
            return (Err(Failure::Broken), report);
        }
    };
    if !holds {
        return (Err(Failure::FalseClaim), report);
    }
    let marks = match kind::marks(spec, &frame) {
        Ok(marks) => marks,
        Err(errors) => {
            report.merge(errors);
            return (Err(Failure::Broken), report);
        }
    };
    let description = tell::describe(spec, &frame, &words);
    let thinned = tell::thinned(&frame);
    let record = record(spec, &frame, thinned, &words, datasets);
    let (alt, desc) = (&description.alt, &description.desc);
    let statement = Statement::of(&frame.look, &marks, &words, alt, desc);
    (Ok(Ready { frame, marks, words, description, table: Vec::new(), statement, record }), report)
}

fn record(
    spec: &FigureSpec,
    frame: &Frame,
    thinned: usize,
    words: &Words,
    datasets: &BTreeMap<String, Dataset>,
) -> Record {
    let read = spec.datasets.iter().filter_map(|used| Some((used, datasets.get(&used.key)?)));
    let files = read.flat_map(|(used, dataset)| used.files.iter().zip(&dataset.files));
    let hashes = files.map(|(named, read)| (named.path.clone(), read.sha256.clone()));
    let dates = frame
        .panels
        .first()
        .map(|facts| [facts.first, facts.shown].into_iter().flatten().map(|date| date.to_string()).collect());
    Record {
        figure: spec.key.clone(),
        style: STYLE_PROFILE,
        data: hashes.collect(),
        shows: String::new(),
        source: words.source.clone(),
        dates: dates.unwrap_or_default(),
        thinned: u64::try_from(thinned).ok().filter(|count| *count > 0),
        artifact: String::new(),
    }
}

impl Project {
    /// A file of the output folder, as results name it.
    pub(super) fn path_of(&self, name: &str) -> String {
        shown(&self.out.join(name))
    }
}
