//! The one driver of `render` and `check`: every figure prepared, drawn,
//! judged and, where that is asked for, written; then the gallery, then orphans.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use super::figure::{self, Made};
use super::gallery::{self, Section, gallery};
use super::job::{FileTold, Job, Mode, Run, State, Told};
use super::judge::{Expected, Verdict, judge, unreadable, unwritable};
use super::load;
use super::open::{self, Project, is_wanted};
use super::orphans::{Orphan, orphans};
use super::tools::{Tools, on_threads};
use crate::artifact::{self, Found, look, reason, shown};
use crate::diag::{self, Place, Report};
use crate::export::{Make, page};
use crate::manifest::Manifest;

/// Does a job.
///
/// # Errors
/// When nothing of it can be done.
pub(crate) fn run(job: &Job<'_>) -> Result<Told, Report> {
    let read = load::manifest(job.manifest)?;
    let jobs = job.jobs.or_else(|| is_little(&read.0, job).then_some(1));
    on_threads(jobs, || drive(job, read))?
}

/// Work that one thread has done before others are of use. One drawing counts 1: half a millisecond.
const LITTLE: u64 = 12;

/// What the pixels of a drawing count.
const PIXELS: u64 = 15;

/// Bytes of data that count as much as a drawing.
const BYTES: u64 = 64 * 1024;

/// Whether a job is done sooner, and for less, than threads are started for it.
fn is_little(manifest: &Manifest, job: &Job<'_>) -> bool {
    let has_pixels = manifest.output.formats.iter().any(|export| matches!(export.make, Make::Pixels(_)));
    let of_each = if has_pixels && matches!(job.mode, Mode::Render(_)) { PIXELS } else { 1 };
    let pictures: u64 = manifest.figures.iter().map(|spec| spec.sizes.len() as u64 * of_each).sum();
    let folder = job.manifest.parent().unwrap_or(Path::new(""));
    let data = manifest.datasets.values().flat_map(|spec| &spec.files);
    let bytes = data.filter_map(|file| Some(fs::metadata(folder.join(&file.path)).ok()?.len()));
    pictures < LITTLE && bytes.fold(0, u64::saturating_add) / BYTES < LITTLE
}

fn drive(job: &Job<'_>, read: (Manifest, Report)) -> Result<Told, Report> {
    let tools = Tools::new()?;
    let mut project = open::open(job.manifest, read, job.figures)?;
    let report = std::mem::take(&mut project.report);
    let mut told = Told { failed: report.has_errors(), report, ..Told::default() };
    let run = Run { job, project: &project, tools: &tools, claimed: claimed(&project) };
    let mut orphaned =
        if run.tells_orphans() { orphans(&project.out, &run.claimed) } else { BTreeSet::new() };
    if !orphaned.is_empty() {
        let others = open::claimed_beside(job.manifest, &project.out);
        orphaned.retain(|orphan| !others.contains(&orphan.name.to_lowercase()));
    }
    run.open_folder()?;
    let needed = |name: &str| run.writes_gallery() || is_wanted(job.figures, name);
    let specs: Vec<_> = project.manifest.figures.iter().filter(|spec| needed(&spec.key)).collect();
    let mut made: Vec<Made> = specs.par_iter().map(|spec| figure::make(spec, &run)).collect();
    made.extend(project.manifest.broken.iter().filter(|name| needed(name)).map(|name| Made::broken(name)));
    let mut sections = Vec::with_capacity(made.len());
    let (mut waits_for, mut of_figures) = (None, Vec::new());
    for figure in made {
        let is_ready = match job.mode {
            Mode::Check => figure.section.is_some() && figure.told.state < State::FalseClaim,
            Mode::Render(_) => figure.told.state.is_fine(),
        };
        if !is_ready && waits_for.is_none() {
            waits_for = Some((figure.told.figure.clone(), figure.told.state));
        }
        sections.extend(figure.section);
        of_figures.extend(figure.orphans);
        if is_wanted(job.figures, &figure.told.figure) {
            told.report.merge(figure.report.of_figure(&figure.told.figure));
            told.figures.push(figure.told);
        }
    }
    if run.writes_gallery() && !sections.is_empty() | waits_for.is_some() {
        run.gallery(waits_for.as_ref(), &sections, &mut told);
    }
    let can_prune =
        waits_for.is_none() && told.gallery.as_ref().is_none_or(|gallery| gallery.state.is_fine());
    run.orphans(orphaned.into_iter().chain(of_figures).collect(), can_prune, &mut told);
    Ok(told)
}

/// Names of all files that the figures of a project may have, in lower case.
fn claimed(project: &Project) -> BTreeSet<String> {
    let mut claimed: BTreeSet<String> = open::claimed_by(&project.manifest).collect();
    if !claimed.is_empty() {
        claimed.insert(gallery::NAME.to_lowercase());
    }
    claimed
}

impl Run<'_> {
    fn refuse_no_folder(&self) -> Result<(), Report> {
        let out = &self.project.out;
        let kind = match look(out) {
            _ if out.is_dir() => return Ok(()),
            Ok(Found::File(_)) => "a file",
            Ok(Found::Other(kind)) => kind,
            Ok(Found::Nothing) | Err(_) => return Ok(()),
        };
        let fault = diag::error("special-file", format!("expected a folder, found {kind}"));
        let fault = fault.at(Place::file(shown(out)));
        Err(fault.hint("remove it, or name another `dir` in `[output]`").into())
    }

    /// Makes the folder of artifacts, if any figure is going to be written, and cleans it of what dead runs left.
    ///
    /// # Errors
    /// When something else has its name, or it cannot be made.
    fn open_folder(&self) -> Result<(), Report> {
        self.refuse_no_folder()?;
        let is_readable = |key: &str| self.project.datasets.contains_key(key);
        let mut wanted =
            self.project.manifest.figures.iter().filter(|spec| is_wanted(self.job.figures, &spec.key));
        if self.render().is_some()
            && wanted.any(|spec| spec.datasets.iter().all(|used| is_readable(&used.key)))
        {
            fs::create_dir_all(&self.project.out).map_err(|error| unwritable(&self.project.out, &error))?;
            artifact::sweep(&self.project.out);
        }
        Ok(())
    }

    /// The gallery waits until every figure of it is drawn and written: it never has words beside an older
    /// picture, or shows one that does not exist.
    fn gallery(&self, waits_for: Option<&(String, State)>, sections: &[Section], told: &mut Told) {
        let path = self.project.out.join(gallery::NAME);
        if let Some((figure, state)) = waits_for {
            let why = match state {
                State::Refused => "was not written",
                State::Drifted | State::Missing => "is not up to date",
                _ => "has errors",
            };
            let message =
                format!("the gallery `{}` was left as it is, because figure `{figure}` {why}", shown(&path));
            if self.render().is_some() {
                told.report.push(diag::warning("gallery-left", message));
            }
            return;
        }
        let (bytes, record) = gallery(sections);
        let found = match look(&path) {
            Ok(found) => found,
            Err(error) => {
                told.failed = true;
                return told.report.merge(unreadable(&path, &error));
            }
        };
        let is_rewritten = |path: &str, hash: &str| self.project.is_rewritten(path, hash);
        let (export, bytes_now) = (&page::EXPORT, Some(bytes.as_slice()));
        let verdict = judge(
            &found,
            &Expected { export, record, bytes: bytes_now, page: None, is_rewritten: &is_rewritten },
        );
        let verdict = match (verdict, &found) {
            (Verdict::Drifted(_) | Verdict::Edited(_), Found::File(old)) if self.is_others(old) => {
                Verdict::Others
            }
            (verdict, _) => verdict,
        };
        let file = figure::settle(self, gallery::NAME, verdict, &mut told.report, |path| {
            artifact::write(path, &bytes)
        });
        told.failed |= matches!(file.state, State::Refused | State::Failed);
        told.gallery = Some(file);
    }

    /// Whether a gallery is that of another manifest: each of two that share a folder would replace the other's.
    fn is_others(&self, gallery: &[u8]) -> bool {
        let others = open::claimed_beside(self.job.manifest, &self.project.out);
        gallery::is_others(gallery, &self.claimed, &others)
    }

    /// Tells of files of no figure, and removes them where that is asked for: those that nobody edited, while
    /// no older gallery may still show them.
    fn orphans(&self, orphans: BTreeSet<Orphan>, can_prune: bool, told: &mut Told) {
        let render = self.render().unwrap_or_default();
        if render.prune && !can_prune && !orphans.is_empty() {
            let gallery = self.project.path_of(gallery::NAME);
            let message =
                format!("files of no figure were kept, because the gallery `{gallery}` may show them");
            told.report.push(diag::warning("orphans-kept", message));
        }
        for orphan in orphans {
            if self.project.is_data(&orphan.name) {
                continue;
            }
            let path = self.project.out.join(&orphan.name);
            let mut why = vec!["of no figure".to_owned()];
            why.extend(orphan.edited.then(|| "edited by hand".to_owned()));
            let mut state = State::Orphan;
            if render.prune && can_prune && (render.force || !orphan.edited) {
                match fs::remove_file(&path) {
                    Ok(()) => (state, why) = (State::Removed, Vec::new()),
                    Err(error) => {
                        let message = format!("failed to remove: {}", reason(&error));
                        told.report
                            .push(diag::error("unremovable-file", message).at(Place::file(shown(&path))));
                        told.failed = true;
                    }
                }
            }
            told.orphans.push(FileTold { path: shown(&path), state, why, kept: orphan.edited });
        }
    }
}
