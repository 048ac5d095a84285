//! `popchart render`: draws what is out of date.

use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::drawing::{self, File, Kind};
use super::project::{self, Failure, Figure, Project, Ready};
use super::{Exit, Outcome, Tools, gallery, guarded, load, on_threads, shown};
use crate::artifact::{self, Replaced};
use crate::diag::{self, Place, Report};
use crate::output::record::Record;

/// What to render, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest.
    pub manifest: PathBuf,
    /// Keys of figures; empty for all.
    pub figures: Vec<String>,
    /// Whether to draw what is up to date, too.
    pub force: bool,
    /// The only kind of picture to write, without pages, values and gallery.
    pub only: Option<Picture>,
    /// How many figures are drawn at a time; `None` for as many as there are cores.
    pub jobs: Option<usize>,
}

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// SVG.
    Svg,
    /// PNG.
    Png,
}

/// What became of a figure's files: a line of results each, and what there is to tell.
#[derive(Default)]
struct Rendered {
    lines: Vec<String>,
    report: Report,
    exit: Option<Exit>,
}

/// Renders. Figures are told of in the order of the manifest, whichever was ready first.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    match on_threads(job.jobs, || render(job)) {
        Ok(Ok(outcome)) => outcome,
        Ok(Err(report)) | Err(report) => Outcome::failed(report),
    }
}

fn render(job: &Job) -> Result<Outcome, Report> {
    let tools = Tools::new()?;
    let project = project::open(&job.manifest, &job.figures)?;
    if project.figures.iter().any(|figure| figure.selected && figure.state.is_ok()) {
        fs::create_dir_all(&project.out).map_err(|error| unwritable(&project.out, &error))?;
        artifact::sweep(&project.out);
    }
    let draw_all = || {
        let selected = project.figures.par_iter().filter(|figure| figure.selected);
        selected.map(|figure| figure_files(figure, &project, job, &tools)).collect()
    };
    let gallery = || job.only.is_none().then(|| gallery::bytes(&project));
    let (rendered, gallery): (Vec<Rendered>, _) = rayon::join(draw_all, gallery);
    let failed = |exit| if project.report.has_errors() { Exit::Failed } else { exit };
    let mut outcome =
        Outcome { results: String::new(), report: project.report.clone(), exit: failed(Exit::Done) };
    let gallery = gallery.map_or_else(Rendered::default, |made| gallery_file(&project, made));
    for figure in rendered.into_iter().chain([gallery]) {
        figure.lines.iter().for_each(|line| outcome.results += &format!("{line}\n"));
        outcome.report.merge(figure.report);
        outcome.exit = outcome.exit.max(figure.exit.unwrap_or(Exit::Done));
    }
    Ok(outcome)
}

fn figure_files(figure: &Figure, project: &Project, job: &Job, tools: &Tools) -> Rendered {
    let mut rendered = Rendered { report: figure.report.clone(), ..Rendered::default() };
    let ready = match &figure.state {
        Ok(ready) => ready,
        Err(Failure::FalseClaim) => {
            rendered.lines.push(format!("{}: not drawn, a claim does not hold", figure.name));
            rendered.exit = Some(Exit::No);
            return rendered;
        }
        Err(Failure::Broken) => {
            rendered.lines.push(format!("{}: not drawn", figure.name));
            rendered.exit = Some(Exit::Failed);
            return rendered;
        }
    };
    let wanted = |kind: Kind| match (job.only, kind) {
        (None, _) | (Some(Picture::Svg), Kind::Svg) | (Some(Picture::Png), Kind::Png) => true,
        (Some(_), _) => false,
    };
    let files: Vec<File> =
        drawing::files(&project.output, &figure.name).into_iter().filter(|file| wanted(file.kind)).collect();
    let is_stale = |file: &&File| job.force || !is_current(file, ready, project);
    let stale: Vec<File> = files.iter().filter(is_stale).cloned().collect();
    let drawn = guarded(&figure.name, || drawing::draw(&figure.name, ready, &project.output, &stale, tools));
    let drawn = match drawn.and_then(|drawn| drawn) {
        Ok(drawn) => drawn,
        Err(errors) => {
            rendered.report.merge(errors);
            rendered.lines.push(format!("{}: not drawn", figure.name));
            rendered.exit = Some(Exit::Failed);
            return rendered;
        }
    };
    rendered.report.merge(drawing::warnings(&figure.name, ready, &stale, &tools.fonts));
    for file in &files {
        let bytes = stale.iter().zip(&drawn).find(|(other, _)| *other == file).map(|(_, bytes)| bytes);
        rendered.keep(&project.out.join(&file.name), bytes.map(Vec::as_slice));
    }
    rendered
}

/// Whether a picture on disk is what would be drawn. Pages and values cost less to make than to judge.
fn is_current(file: &File, ready: &Ready, project: &Project) -> bool {
    matches!(file.kind, Kind::Svg | Kind::Png)
        && artifact::read(&project.out.join(&file.name))
            .is_ok_and(|bytes| bytes.is_some_and(|bytes| file.is_current(&bytes, ready, &project.output)))
}

/// Writes the gallery, last: when it changes, its pictures have.
fn gallery_file(project: &Project, made: Option<(Vec<u8>, Record)>) -> Rendered {
    let mut rendered = Rendered::default();
    let path = project.out.join(gallery::NAME);
    match made {
        Some((bytes, _)) => rendered.keep(&path, Some(&bytes)),
        None => {
            if let Some(figure) = project.figures.iter().find(|figure| figure.state.is_err()) {
                let message = format!(
                    "the gallery `{}` was left as it is, because figure `{}` has errors",
                    shown(&path),
                    figure.name
                );
                rendered.report.push(diag::warning("gallery-left", message));
            }
        }
    }
    rendered
}

impl Rendered {
    /// Makes a file hold these bytes; `None` when it is known to do so.
    fn keep(&mut self, path: &Path, bytes: Option<&[u8]>) {
        let replaced = bytes.map_or(Ok(Replaced::Same), |bytes| artifact::replace(path, bytes));
        match replaced {
            Ok(Replaced::Written) => self.lines.push(format!("{}: written", shown(path))),
            Ok(Replaced::Same) => self.lines.push(format!("{}: up to date", shown(path))),
            Err(error) => {
                self.report.merge(unwritable(path, &error));
                self.exit = Some(Exit::Failed);
            }
        }
    }
}

fn unwritable(path: &Path, error: &std::io::Error) -> Report {
    let message = format!("failed to write: {}", load::reason(error));
    diag::error("unwritable-file", message).at(Place::file(shown(path))).into()
}
