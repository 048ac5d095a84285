//! `popchart check`: draws in memory, compares with what is on disk, and says
//! what differs and why. Writes nothing.

use std::path::PathBuf;

use rayon::prelude::*;
use serde::Serialize;

use super::project::{self, Failure, Figure, Project};
use super::{Exit, Format, Outcome, Tools, drawing, gallery, guarded, load, on_threads};
use crate::artifact;
use crate::diag::{self, Place, Report, listed};
use crate::output::record::{Container, Record, open};

/// What to check, and how to tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The manifest.
    pub manifest: PathBuf,
    /// Keys of figures; empty for all and the gallery.
    pub figures: Vec<String>,
    /// How results are written.
    pub format: Format,
    /// How many figures are drawn at a time; `None` for as many as there are cores.
    pub jobs: Option<usize>,
}

/// What the check found: the JSON document.
#[derive(Debug, Default, Serialize)]
struct Found {
    exit: u8,
    figures: Vec<FigureFound>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gallery: Option<FileFound>,
    diagnostics: Report,
}

#[derive(Debug, Serialize)]
struct FigureFound {
    figure: String,
    state: State,
    files: Vec<FileFound>,
}

/// How a figure or a file stands, from good to bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    UpToDate,
    Drifted,
    Missing,
    FalseClaim,
    Failed,
}

#[derive(Debug, Serialize)]
struct FileFound {
    path: String,
    state: State,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    why: Vec<String>,
}

/// Checks.
#[must_use]
pub fn run(job: &Job) -> Outcome {
    let found = match on_threads(job.jobs, || check(job)) {
        Ok(Ok(found)) => found,
        Ok(Err(report)) | Err(report) => {
            Found { exit: Exit::Failed as u8, diagnostics: report, ..Found::default() }
        }
    };
    let exit = match found.exit {
        0 => Exit::Done,
        1 => Exit::No,
        _ => Exit::Failed,
    };
    match job.format {
        Format::Text => Outcome { results: text(&found), report: found.diagnostics, exit },
        Format::Json => {
            // Strings, numbers and lists: there is nothing that JSON could refuse.
            let results = serde_json::to_string_pretty(&found).unwrap_or_default() + "\n";
            Outcome { results, report: Report::default(), exit }
        }
    }
}

fn check(job: &Job) -> Result<Found, Report> {
    let tools = Tools::new()?;
    let project = project::open(&job.manifest, &job.figures)?;
    let checked: Vec<(FigureFound, Report)> = project
        .figures
        .par_iter()
        .filter(|figure| figure.selected)
        .map(|figure| check_figure(figure, &project, &tools))
        .collect();
    let mut found = Found { diagnostics: project.report.clone(), ..Found::default() };
    for (figure, report) in checked {
        found.diagnostics.merge(report);
        found.figures.push(figure);
    }
    if job.figures.is_empty() {
        found.gallery = check_gallery(&project, &mut found.diagnostics);
    }
    let worst =
        found.figures.iter().map(|figure| figure.state).chain(found.gallery.iter().map(|g| g.state)).max();
    let exit = match worst {
        _ if project.report.has_errors() => Exit::Failed,
        None | Some(State::UpToDate) => Exit::Done,
        Some(State::Drifted | State::Missing | State::FalseClaim) => Exit::No,
        Some(State::Failed) => Exit::Failed,
    };
    found.exit = exit as u8;
    let files = found.figures.iter().flat_map(|figure| &figure.files).chain(&found.gallery);
    let drifted = files.filter(|file| matches!(file.state, State::Drifted | State::Missing)).count();
    if drifted > 0 {
        let files = if drifted == 1 { "1 file is".to_owned() } else { format!("{drifted} files are") };
        let diagnostic = diag::error("out-of-date", format!("{files} not what popchart would write"));
        found.diagnostics.push(diagnostic.hint("run `popchart render` and look at what changed"));
    }
    Ok(found)
}

fn check_figure(figure: &Figure, project: &Project, tools: &Tools) -> (FigureFound, Report) {
    let mut report = figure.report.clone();
    let mut found = FigureFound { figure: figure.name.clone(), state: State::UpToDate, files: Vec::new() };
    let ready = match &figure.state {
        Ok(ready) => ready,
        Err(failure) => {
            found.state = match failure {
                Failure::FalseClaim => State::FalseClaim,
                Failure::Broken => State::Failed,
            };
            return (found, report);
        }
    };
    let files = drawing::files(&project.output, &figure.name);
    let drawn = guarded(&figure.name, || drawing::draw(&figure.name, ready, &project.output, &files, tools));
    match drawn.and_then(|drawn| drawn) {
        Ok(drawn) => {
            report.merge(drawing::warnings(&figure.name, ready, &files, &tools.fonts));
            for (file, bytes) in files.iter().zip(&drawn) {
                let record = file.record(ready, &project.output);
                found.files.extend(compare(
                    project,
                    &file.name,
                    file.container(),
                    bytes,
                    &record,
                    &mut report,
                ));
            }
        }
        Err(errors) => report.merge(errors),
    }
    if report.has_errors() {
        found.state = State::Failed;
    } else {
        found.state = found.files.iter().map(|file| file.state).max().unwrap_or(State::UpToDate);
    }
    (found, report)
}

fn check_gallery(project: &Project, report: &mut Report) -> Option<FileFound> {
    let (bytes, record) = gallery::bytes(project)?;
    compare(project, gallery::NAME, Container::Markdown, &bytes, &record, report)
}

/// Compares a file with the bytes it should have; `None`, and an error, when it cannot be read.
fn compare(
    project: &Project,
    name: &str,
    container: Container,
    fresh: &[u8],
    record: &Record,
    report: &mut Report,
) -> Option<FileFound> {
    let path = project.path_of(name);
    let (state, why) = match artifact::read(&project.out.join(name)) {
        Ok(Some(old)) if old == fresh => (State::UpToDate, Vec::new()),
        Ok(Some(old)) => (State::Drifted, reasons(container, &old, record)),
        Ok(None) => (State::Missing, Vec::new()),
        Err(error) => {
            let message = format!("failed to read: {}", load::reason(&error));
            report.push(diag::error("unreadable-file", message).at(Place::file(path)));
            return None;
        }
    };
    Some(FileFound { path, state, why })
}

/// Why a file is not what it should be, as far as its record tells.
fn reasons(container: Container, old: &[u8], fresh: &Record) -> Vec<String> {
    if container == Container::Bare {
        return vec!["data or manifest changed, or edited by hand".to_owned()];
    }
    let Some((was, untouched)) = open(container, old) else {
        return vec!["it has no record of popchart's: edited by hand or made by something else".to_owned()];
    };
    let mut why = Vec::new();
    if !untouched {
        why.push("edited by hand".to_owned());
    }
    let changed: Vec<&String> = fresh
        .data
        .iter()
        .filter(|(path, hash)| was.data.get(*path).is_some_and(|old| old != *hash))
        .map(|(path, _)| path)
        .collect();
    let same_files = was.data.keys().eq(fresh.data.keys());
    if !changed.is_empty() {
        why.push(format!("data changed: {}", listed(changed)));
    } else if was.shows != fresh.shows
        || !same_files
        || (&was.figure, &was.source) != (&fresh.figure, &fresh.source)
    {
        why.push("manifest changed".to_owned());
    }
    if was.style != fresh.style {
        why.push(format!("popchart's style changed: {} was {}", fresh.style, was.style));
    }
    if why.is_empty() {
        why.push("popchart changed".to_owned());
    }
    why
}

fn text(found: &Found) -> String {
    let mut out = String::new();
    for figure in &found.figures {
        if figure.files.is_empty() {
            out += &match figure.state {
                State::FalseClaim => format!("{}: a claim does not hold\n", figure.figure),
                _ => format!("{}: could not be drawn\n", figure.figure),
            };
        }
        figure.files.iter().for_each(|file| out += &line(file));
    }
    found.gallery.iter().for_each(|file| out += &line(file));
    out
}

fn line(file: &FileFound) -> String {
    let state = match file.state {
        State::UpToDate => "up to date",
        State::Missing => "missing",
        _ => return format!("{}: {}\n", file.path, file.why.join("; ")),
    };
    format!("{}: {state}\n", file.path)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::output::record::seal;

    fn record(data: &[(&str, &str)], shows: &str, style: u32) -> Record {
        Record {
            figure: "stars".into(),
            style,
            data: data.iter().map(|(p, h)| ((*p).to_owned(), (*h).to_owned())).collect::<BTreeMap<_, _>>(),
            shows: shows.into(),
            source: String::new(),
            dates: Vec::new(),
            thinned: None,
            artifact: String::new(),
        }
    }

    #[test]
    fn every_cause_has_its_reason() {
        let old = record(&[("a.csv", "1"), ("b.csv", "2")], "x", 1);
        let page = seal(Container::Markdown, b"# Stars\n".to_vec(), &old);
        let why = |bytes: &[u8], fresh| reasons(Container::Markdown, bytes, &fresh).join("; ");
        assert_eq!(why(&page, record(&[("a.csv", "1"), ("b.csv", "9")], "y", 1)), "data changed: `b.csv`");
        assert_eq!(why(&page, record(&[("a.csv", "1"), ("b.csv", "2")], "y", 1)), "manifest changed");
        assert_eq!(why(&page, record(&[("a.csv", "1")], "x", 1)), "manifest changed");
        assert_eq!(
            why(&page, record(&[("a.csv", "1"), ("b.csv", "2")], "x", 2)),
            "popchart's style changed: 2 was 1"
        );
        assert_eq!(why(&page, old.clone()), "popchart changed");
        let edited = [b"! ".as_slice(), &page].concat();
        assert_eq!(why(&edited, old.clone()), "edited by hand");
        assert_eq!(
            why(b"# Stars\n", old),
            "it has no record of popchart's: edited by hand or made by something else"
        );
    }
}
