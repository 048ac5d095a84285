//! One figure's way through a run: prepared, drawn, judged, and written where
//! that is asked for. Nothing of it stays but what there is to tell.

use std::io;
use std::path::Path;

use super::files::{Drawn, File, files};
use super::gallery::Section;
use super::job::{FigureTold, FileTold, Render, Run, State};
use super::judge::{Expected, Verdict, judge, unreadable, unwritable};
use super::load;
use super::open::is_wanted;
use super::orphans::{Orphan, vouched};
use super::prepare::{Failure, Ready, prepare_with_page};
use super::tools::guarded;
use crate::artifact::{self, Found, look};
use crate::diag::Report;
use crate::export::record::{Record, open, sha256};
use crate::export::{self, Make, page};
use crate::preset::ARTICLE;
use crate::spec::FigureSpec;

/// The way out of the way of a file that is not popchart's.
const ELSEWHERE: &str = "name another `dir` in `[output]`";

/// What came of a figure.
pub(super) struct Made {
    pub(super) told: FigureTold,
    pub(super) report: Report,
    /// Its part of the gallery, where it could be drawn.
    pub(super) section: Option<Section>,
    /// Files that it has claimed once.
    pub(super) orphans: Vec<Orphan>,
}

/// A file with what it should be and how it stands.
struct Judged {
    file: File,
    /// The hash of what there is, where the page vouches for it.
    old: Option<String>,
    verdict: Verdict,
    /// The bytes that it should have, where they are made.
    bytes: Option<Vec<u8>>,
}

impl Made {
    /// A figure with errors in the manifest, which have been told.
    pub(super) fn broken(name: &str) -> Self {
        let told = FigureTold { figure: name.to_owned(), state: State::Failed, files: Vec::new() };
        Made { told, report: Report::default(), section: None, orphans: Vec::new() }
    }

    fn fail(mut self, errors: Report) -> Self {
        self.report.merge(errors);
        self.told.state = State::Failed;
        self
    }
}

/// Makes a figure.
pub(super) fn make(spec: &FigureSpec, run: &Run<'_>) -> Made {
    let (name, project) = (spec.key.as_str(), run.project);
    let mut made = Made::broken(name);
    let Some(ready) = prepared(spec, run, &mut made) else { return made };
    let render = run.render().filter(|_| is_wanted(run.job.figures, name));
    let only = render.and_then(|render| render.only);
    let output = &project.manifest.output;
    let mut files = files(output, name, &spec.sizes);
    files.retain(|file| only.is_none_or(|only| file.export == only));
    let drawn = guarded(name, || Drawn::new(name, ready, (output, &spec.sizes), &files, run.tools));
    let drawn = match drawn.and_then(|drawn| drawn) {
        Ok(drawn) => drawn,
        Err(errors) => return made.fail(placed(spec, errors)),
    };
    made.report.merge(placed(spec, drawn.picture_warnings()));
    let page = files.iter().find(|file| *file.export == page::EXPORT);
    let page_was = page.and_then(|page| page_on_disk(&run.project.out.join(&page.name)));
    if run.writes_gallery() {
        made.section = page.and_then(|page| drawn.record(page)).map(|record| Section {
            name: name.to_owned(),
            text: page::section(&drawn.entry),
            record: record.clone(),
        });
    }
    if run.tells_orphans() {
        made.orphans = once_claimed(run, &drawn, page_was.as_ref());
    }
    let force = render.is_some_and(|render| render.force);
    let judged = guarded(name, || judge_files(run, &drawn, files, page_was.as_ref(), force));
    let mut judged = match judged.and_then(|judged| judged) {
        Ok(judged) => judged,
        Err(errors) => return made.fail(errors),
    };
    if let Some(render) = render {
        let refusal = |judged: &Judged| {
            judged.verdict.refusal(&project.out.join(&judged.file.name), render.force, ELSEWHERE)
        };
        let refusals: Vec<_> = judged.iter().filter_map(refusal).collect();
        if !refusals.is_empty() {
            made.told.state = State::Refused;
            made.report.merge(Report { diagnostics: refusals });
            return made;
        }
        // All of a figure is made before any of it is written.
        let all_made = guarded(name, || judged.iter_mut().try_for_each(|judged| judged.finish(&drawn)));
        if let Err(errors) = all_made.and_then(|made| made) {
            return made.fail(errors);
        }
    }
    if render.is_some() && !vouch(run, &drawn, &judged, &mut made.report) {
        made.told.state = State::Failed;
        return made;
    }
    made.settle(run, render, judged);
    made
}

/// What drawing tells, which does not know where in the manifest the figure and its keys stand.
fn placed(spec: &FigureSpec, report: Report) -> Report {
    report.placed(|code| match code {
        "height-too-small" if spec.places.has("height") => spec.places.of("height"),
        "height-too-small" | "note-left-out" => spec.places.of("size"),
        "unnamed-events" => spec.places.of("events"),
        _ => spec.place.clone(),
    })
}

/// A figure's values and words; why there are none is told in `made`.
fn prepared(spec: &FigureSpec, run: &Run<'_>, made: &mut Made) -> Option<Ready> {
    if let Some(clash) = run.project.clashes.get(&spec.key) {
        made.report.merge(clash.clone());
        return None;
    }
    match guarded(&spec.key, || prepare_with_page(spec, &run.project.datasets)) {
        Ok((state, mut report)) => {
            spec.datasets.iter().for_each(|used| load::show_lines_of(&mut report, used, &run.project.folder));
            made.report = report;
            if let Err(Failure::FalseClaim) = &state {
                made.told.state = State::FalseClaim;
            }
            state.ok()
        }
        Err(fault) => {
            made.report.merge(fault);
            None
        }
    }
}

/// Judges files against the disk; those that are told by their record alone are made only where that is forced.
fn judge_files(
    run: &Run<'_>,
    drawn: &Drawn<'_>,
    files: Vec<File>,
    page_was: Option<&Record>,
    force: bool,
) -> Result<Vec<Judged>, Report> {
    let mut errors = Report::default();
    let mut all = Vec::with_capacity(files.len());
    for file in files {
        let path = run.project.out.join(&file.name);
        let found = match look(&path) {
            Ok(found) => found,
            Err(error) => {
                errors.merge(unreadable(&path, &error));
                continue;
            }
        };
        let Some(record) = drawn.record(&file).cloned() else { continue };
        let is_made = force || !matches!(file.export.make, Make::Pixels(_));
        let bytes = if is_made { Some(drawn.bytes(&file)?) } else { None };
        let verdict = judge(
            &found,
            &Expected {
                export: file.export,
                record,
                bytes: bytes.as_deref(),
                page: page_was.map(|page| (page, file.name.as_str())),
                is_rewritten: &|path, hash| run.project.is_rewritten(path, hash),
            },
        );
        let old = match &found {
            Found::File(old) if file.export.slot.is_none() => Some(sha256(old)),
            _ => None,
        };
        all.push(Judged { file, old, verdict, bytes });
    }
    if errors.has_errors() { Err(errors) } else { Ok(all) }
}

impl Judged {
    /// Makes the bytes that are going to be written.
    fn finish(&mut self, drawn: &Drawn<'_>) -> Result<(), Report> {
        if self.bytes.is_none() && self.verdict != Verdict::Same {
            self.bytes = Some(drawn.bytes(&self.file)?);
        }
        Ok(())
    }
}

impl Made {
    /// Tells how files stand, and writes those that are to be written, last the page.
    fn settle(&mut self, run: &Run<'_>, render: Option<Render>, judged: Vec<Judged>) {
        let mut in_order: Vec<(usize, Judged)> = judged.into_iter().enumerate().collect();
        in_order.sort_by_key(|(_, judged)| *judged.file.export == page::EXPORT);
        let mut files: Vec<(usize, FileTold)> = Vec::new();
        for (at, Judged { file, verdict, bytes, .. }) in in_order {
            let told = match (render, bytes) {
                (Some(_), Some(bytes)) => {
                    let write = |path: &Path| artifact::write(path, &bytes);
                    settle(run, &file.name, verdict, &mut self.report, write)
                }
                (Some(_), None) => told_of(run, &file.name, State::UpToDate, Vec::new()),
                (None, _) => told_only(run, &file.name, verdict, &mut self.report),
            };
            files.push((at, told));
        }
        files.sort_by_key(|(at, _)| *at);
        self.told.files = files.into_iter().map(|(_, told)| told).collect();
        self.told.state = self.told.files.iter().map(|file| file.state).max().unwrap_or(State::UpToDate);
    }
}

/// Lets the page vouch for the files without a record that are about to be written, before they are: for their
/// new bytes and for those that they have. A run that is killed then leaves none that is nobody's. Returns
/// whether that could be done.
fn vouch(run: &Run<'_>, drawn: &Drawn<'_>, judged: &[Judged], report: &mut Report) -> bool {
    let is_written = |judged: &&Judged| judged.file.export.slot.is_none() && judged.verdict != Verdict::Same;
    let page = judged.iter().find(|judged| *judged.file.export == page::EXPORT);
    let Some(page) = page.filter(|page| page.verdict != Verdict::Same) else { return true };
    if !judged.iter().any(|judged| is_written(&judged)) {
        return true;
    }
    let old = judged.iter().filter(is_written).filter_map(|j| Some((j.file.name.clone(), j.old.clone()?)));
    let Some(bytes) = drawn.page_replacing(&page.file, old.collect()) else { return true };
    let path = run.project.out.join(&page.file.name);
    artifact::write(&path, &bytes).map_err(|error| report.merge(unwritable(&path, &error))).is_ok()
}

/// Makes a file what it should be, or only tells how it stands, as the run has it.
pub(super) fn settle(
    run: &Run<'_>,
    name: &str,
    verdict: Verdict,
    report: &mut Report,
    write: impl FnOnce(&Path) -> io::Result<()>,
) -> FileTold {
    let path = run.project.out.join(name);
    let Some(render) = run.render() else { return told_only(run, name, verdict, report) };
    if let Some(refusal) = verdict.refusal(&path, render.force, ELSEWHERE) {
        report.push(refusal);
        return told_of(run, name, State::Refused, Vec::new());
    }
    if verdict == Verdict::Same {
        return told_of(run, name, State::UpToDate, Vec::new());
    }
    match write(&path) {
        Ok(()) => told_of(run, name, State::Written, Vec::new()),
        Err(error) => {
            report.merge(unwritable(&path, &error));
            told_of(run, name, State::Failed, Vec::new())
        }
    }
}

/// Tells how a file stands.
fn told_only(run: &Run<'_>, name: &str, verdict: Verdict, report: &mut Report) -> FileTold {
    let state = match verdict {
        Verdict::Same => State::UpToDate,
        Verdict::Missing => State::Missing,
        Verdict::Drifted(_) | Verdict::Edited(_) | Verdict::Foreign | Verdict::Others => State::Drifted,
        Verdict::Special(_) => State::Failed,
    };
    if state == State::Failed {
        report.diagnostics.extend(verdict.refusal(&run.project.out.join(name), true, ELSEWHERE));
    }
    let kept = verdict.refusal(&run.project.out.join(name), false, ELSEWHERE).is_some();
    FileTold { kept, ..told_of(run, name, state, verdict.why()) }
}

fn told_of(run: &Run<'_>, name: &str, state: State, why: Vec<String>) -> FileTold {
    FileTold { path: run.project.path_of(name), state, why, kept: false }
}

/// The record of a figure's page as it is on disk.
fn page_on_disk(path: &Path) -> Option<Record> {
    match look(path) {
        Ok(Found::File(bytes)) => open(&page::SLOT, &bytes).map(|(record, _)| record),
        _ => None,
    }
}

/// Files that the figure does not have any more and that carry no record: its page vouches for them, or they
/// have the bytes that they would have.
fn once_claimed(run: &Run<'_>, drawn: &Drawn<'_>, page_was: Option<&Record>) -> Vec<Orphan> {
    let mut found = page_was.map_or_else(Vec::new, |page| vouched(&run.project.out, page, &run.claimed));
    for export in export::ALL.iter().copied().filter(|export| export.slot.is_none()) {
        let name = format!("{}.{}", drawn.entry.name, export.name);
        let file = File { name, export, size: ARTICLE.size(), dark: false };
        if run.claimed.contains(&file.name.to_lowercase()) {
            continue;
        }
        if let Ok(Found::File(old)) = look(&run.project.out.join(&file.name))
            && drawn.bytes(&file).is_ok_and(|bytes| bytes == old)
        {
            found.push(Orphan { name: file.name, edited: false });
        }
    }
    found
}
