//! `popchart plot`: one sensible figure straight from data files, without a manifest.
//!
//! What is drawn is decided from the data alone and resolved into the same
//! figure that a manifest gives, so that everything after it is shared.

mod choose;
mod gather;
mod plain;
mod prune;
mod select;
mod words;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::{Exit, Outcome, shown};
use crate::artifact;
use crate::data::Aggregate;
use crate::diag::{self, Place, Report};
use crate::export::{self, Export};
use crate::figure::{Emphasis, Ink};
use crate::manifest::TITLE;
use crate::project::{Drawn, File, Tools, guarded, load, prepare, writable};
use crate::spec::{LastPeriod, Output, ThemeChoice};

/// Colours of the palette; who comes after them is grey context.
const COLOURED: usize = 6;

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
    /// The title; `None` for one that says what is shown.
    pub title: Option<String>,
    /// Which measure of files that have several; `None` for the first.
    pub measure: Option<String>,
    /// How the values of one date and series become one, where there are several; `None` refuses them.
    pub aggregate: Option<Aggregate>,
    /// The term in all of several exports that puts them on one scale; `None` refuses them.
    pub anchor: Option<String>,
    /// What a value known to be below a bound counts for, as a part of the bound: 0.5 or 0.
    pub below_one: f64,
    /// What becomes of a last period that was, or may have been, still running. [`LastPeriod::Judge`] leaves
    /// out one that certainly was, and draws one that may have been, with a note.
    pub last_period: LastPeriod,
    /// Whether it is drawn on a dark background.
    pub dark: bool,
    /// Width in CSS px, 300 to 2400.
    pub width: u32,
    /// Height in CSS px; `None` lets the content decide.
    pub height: Option<u32>,
}

/// Where a figure goes.
struct Target {
    /// `None` is standard output.
    path: Option<PathBuf>,
    export: &'static Export,
    /// The name without folder and ending, which ids and the record start with.
    stem: String,
}

/// Plots.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    match plot(job) {
        Ok(outcome) => outcome,
        Err(report) => Outcome::failed(report),
    }
}

fn plot(job: &Job) -> Result<Outcome, Report> {
    let letters = job.title.as_ref().map_or(0, |title| title.chars().count());
    if letters > TITLE {
        let message = format!("`--title`: expected at most {TITLE} characters, found {letters}");
        return Err(diag::error("too-long", message)
            .hint("say the rest in the text around the figure")
            .into());
    }
    let target = target(job)?;
    let tools = Tools::new()?;
    let (gathered, mut report) = gather::gather(job)?;
    let chosen = choose::choose(job, &target.stem, gathered, &tools.fonts)?;
    report.merge(chosen.warnings);
    let datasets = chosen.datasets;
    let drawn = guarded(&target.stem, || {
        let (ready, told) = prepare(&chosen.spec, &datasets);
        let Ok(mut ready) = ready else { return Err(told) };
        report.merge(told);
        for subject in &mut ready.frame.look.subjects {
            if matches!(subject.ink, Ink::Palette(index) if index >= COLOURED) {
                subject.emphasis = Emphasis::Context;
            }
        }
        let theme = if job.dark { ThemeChoice::Dark } else { ThemeChoice::Light };
        let output = Output { theme, ..Output::default() };
        let file = File { name: String::new(), export: target.export, dark: job.dark };
        let drawn = Drawn::new(&target.stem, ready, &output, std::slice::from_ref(&file), &tools)?;
        drawn.bytes(&file)
    });
    let bytes = drawn??;
    let results = match &target.path {
        None => String::from_utf8_lossy(&bytes).into_owned(),
        Some(path) => {
            // Looked at again: the time that reading takes is enough to put something there.
            writable(path, target.export, job.force)?;
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

/// Where the figure goes, as far as that can be told without reading.
fn target(job: &Job) -> Result<Target, Report> {
    let first = job.files.first().map(|path| stem(path)).unwrap_or_default();
    let svg = &export::svg::EXPORT;
    let Some(out) = &job.out else {
        let path = PathBuf::from(format!("{first}.svg"));
        let target = checked(job, Target { path: Some(path.clone()), export: svg, stem: first })?;
        if path.exists() && !job.force {
            let fault = diag::error("existing-file", format!("`{}` is there already", shown(&path)));
            return Err(fault.hint("replace it with `--force`, or name another file with `-o`").into());
        }
        return Ok(target);
    };
    if load::is_standard_stream(out) {
        return Ok(Target { path: None, export: svg, stem: first });
    }
    let ending = out.extension().and_then(OsStr::to_str).unwrap_or_default();
    let Some(export) = export::of_ending(ending).filter(|export| export.is_picture()) else {
        let endings: Vec<String> = export::pictures().map(|export| format!("`.{}`", export.name)).collect();
        let message =
            format!("expected a file that ends in {}, found `{}`", endings.join(" or "), shown(out));
        return Err(diag::error("unknown-ending", message).hint("the ending says what is written").into());
    };
    checked(job, Target { path: Some(out.clone()), export, stem: stem(out) })
}

/// A target that is none of the data, and that may be written as far as can be told now.
fn checked(job: &Job, target: Target) -> Result<Target, Report> {
    let Some(path) = &target.path else { return Ok(target) };
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let place = real(path);
    if let Some(file) = job.files.iter().find(|file| place.is_some() && real(file) == place) {
        let fault = diag::error("replaces-data", "cannot replace the data with their figure");
        return Err(fault.at(Place::file(shown(file))).hint("name another file with `-o`").into());
    }
    writable(path, target.export, job.force)?;
    Ok(target)
}

/// A file's name without folder and ending.
fn stem(path: &Path) -> String {
    if load::is_standard_stream(path) {
        return "stdin".into();
    }
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
