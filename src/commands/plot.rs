//! `popchart plot`: one sensible figure straight from data files, without a manifest.
//!
//! What is drawn is decided from the data alone and written as a manifest, which then is drawn as any other; with
//! `--manifest` it is printed instead.

use std::borrow::Cow;
use std::path::PathBuf;

use super::{Exit, Outcome, shown, target};
use crate::artifact;
use crate::data::Dataset;
use crate::diag::{self, Diagnostic, Place, Report, Severity};
use crate::infer::{self, Asked, Names};
use crate::manifest::{self, TITLE};
use crate::preset::Size;
use crate::project::{Drawn, File, Ready, Tools, guarded, load, prepare, writable};
use crate::spec::Output;

/// The inferred manifest in messages, which are told of the data instead.
const INFERRED: &str = "the inferred manifest";

/// What to plot, and how.
#[derive(Debug, Clone, PartialEq)]
pub struct Job {
    /// The files, in order; `-` is standard input.
    pub files: Vec<PathBuf>,
    /// Where the figure goes: `.svg`, `.png`, or `-` for an SVG on standard output. `None` names it after
    /// the first file, in the current folder.
    pub out: Option<PathBuf>,
    /// Whether a file that is named after the data may be replaced.
    pub force: bool,
    /// Whether the manifest is printed, and nothing drawn.
    pub manifest: bool,
    /// What is to be drawn.
    pub asked: Asked,
}

/// Plots.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    let mut outcome = plot(job).unwrap_or_else(Outcome::failed);
    load::show_lines(&mut outcome.report, job.files.iter().cloned(), &job.asked.columns);
    outcome
}

fn plot(job: &Job) -> Result<Outcome, Report> {
    let letters = job.asked.title.as_ref().map_or(0, |title| title.chars().count());
    if letters > TITLE {
        let message = format!("`--title`: expected at most {TITLE} characters, found {letters}");
        return Err(diag::error("too-long", message)
            .hint("say the rest in the text around the figure")
            .into());
    }
    let target = if job.manifest {
        target::of_manifest(&job.files, job.out.as_deref())?
    } else {
        target::of_figure(&job.files, job.out.as_deref(), job.force)?
    };
    let tools = Tools::new()?;
    let (read, mut report) = read(job)?;
    let file = read.first().map(|data| data.file().to_owned()).unwrap_or_default();
    let paths = read.iter().map(|data| data.file().to_owned()).collect();
    let names = Names { key: target.key.clone(), paths };
    let of_data = |report: Report| told_of_data(report, &file);
    let (text, told) = infer::infer(&read, &names, &job.asked, &tools.fonts)?;
    report.merge(told);
    let (ready, output, size, told) = prepared(&text, read, &target.key).map_err(of_data)?;
    report.merge(of_data(told));
    let bytes = if job.manifest {
        text.into_bytes()
    } else {
        let picture = File { name: String::new(), export: target.export, size, dark: job.asked.dark };
        let drawn = guarded(&target.key, || {
            let files = std::slice::from_ref(&picture);
            Drawn::new(&target.key, ready, (&output, &[size]), files, &tools)?.bytes(&picture)
        });
        drawn?.map_err(of_data)?
    };
    let results = match &target.path {
        None => String::from_utf8_lossy(&bytes).into_owned(),
        Some(path) => {
            // Looked at again: the time that reading takes is enough to put something there.
            if job.manifest {
                target::is_new(path)?;
            } else {
                writable(path, target.export, job.force)?;
            }
            artifact::sweep(artifact::folder_of(path));
            artifact::write(path, &bytes).map_err(|error| {
                let message = format!("failed to write: {}", artifact::reason(&error));
                Report::from(diag::error("unwritable-file", message).at(Place::file(shown(path))))
            })?;
            format!("{}: written\n", shown(path))
        }
    };
    Ok(Outcome { results, report, exit: Exit::Done })
}

/// Reads the files. Warnings come along.
fn read(job: &Job) -> Result<(Vec<Dataset>, Report), Report> {
    let (mut read, mut warnings, mut errors) = (Vec::new(), Report::default(), Report::default());
    let mut inputs = load::Inputs::default();
    for path in &job.files {
        match inputs.dataset(path, &job.asked.columns, job.asked.aggregate) {
            Ok((dataset, told)) => {
                warnings.merge(told);
                read.push(dataset);
            }
            Err(told) => errors.merge(told),
        }
    }
    if errors.has_errors() { Err(errors) } else { Ok((read, warnings)) }
}

/// The figure of a manifest whose data were read. Only what stands in the way is told of the manifest: nobody wrote it.
fn prepared(text: &str, read: Vec<Dataset>, key: &str) -> Result<(Ready, Output, Size, Report), Report> {
    let (manifest, told) = manifest::load(INFERRED, text);
    let [spec] = manifest.figures.as_slice() else {
        let errors = told.diagnostics.into_iter().filter(|told| told.severity == Severity::Error);
        return Err(Report { diagnostics: errors.collect() });
    };
    let size = spec.size();
    let (datasets, mut report) = load::of_read(spec, read)?;
    let (ready, told) = guarded(key, || prepare(spec, Cow::Owned(datasets)))?;
    let Ok(ready) = ready else { return Err(told) };
    report.merge(told);
    Ok((ready, manifest.output, size, report))
}

/// What is to be told of a figure that nobody named, of a manifest that nobody wrote.
fn told_of_data(report: Report, file: &str) -> Report {
    let of_data = |mut told: Diagnostic| {
        (told.figure, told.dataset) = (None, None);
        if told.place.as_ref().is_some_and(|place| place.file == INFERRED) {
            told = told.at(Place::file(file));
        }
        told
    };
    Report { diagnostics: report.diagnostics.into_iter().map(of_data).collect() }
}
