//! The figures of a project held against the rules of pictures: each drawn at its sizes and in its themes, and nothing written.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::path::Path;

use super::files::{darks, theme};
use super::load;
use super::open::{self, is_wanted};
use super::prepare::{Ready, prepare};
use super::tools::{Tools, guarded};
use crate::diag::{self, Report};
use crate::kind;
use crate::lint::{self, Breach, Drawn, Level, Picture};
use crate::preset::Size;
use crate::spec::FigureSpec;

/// What a figure breaks.
pub(crate) struct Linted {
    /// Its key.
    pub(crate) figure: String,
    /// The rules with their levels and what breaks them, once each; `None` where it cannot be drawn.
    pub(crate) broken: Option<Vec<Broken>>,
}

/// A rule that a figure breaks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Broken {
    /// Its id.
    pub(crate) rule: &'static str,
    /// Its level.
    pub(crate) level: Level,
    /// What breaks it.
    pub(crate) found: String,
    /// What to do about it.
    pub(crate) remedy: &'static str,
}

/// Holds figures against the rules; all where none is named. What is broken is told as well.
///
/// # Errors
/// When the manifest cannot be read, or a figure is not in it.
pub(crate) fn lint(manifest: &Path, figures: &[String]) -> Result<(Vec<Linted>, Report), Report> {
    let tools = Tools::new()?;
    let mut project = open::open(manifest, load::manifest(manifest)?, figures)?;
    let mut report = std::mem::take(&mut project.report);
    let mut all = Vec::new();
    for spec in project.manifest.figures.iter().filter(|spec| is_wanted(figures, &spec.key)) {
        let pictures = || of_figure(spec, &project, &tools);
        let (broken, told) = guarded(&spec.key, pictures).unwrap_or_else(|fault| (None, fault));
        report.merge(told.of_figure(&spec.key));
        all.push(Linted { figure: spec.key.clone(), broken });
    }
    let unread = project.manifest.broken.iter().filter(|name| is_wanted(figures, name));
    all.extend(unread.map(|name| Linted { figure: name.clone(), broken: None }));
    Ok((all, report))
}

fn of_figure(spec: &FigureSpec, project: &open::Project, tools: &Tools) -> (Option<Vec<Broken>>, Report) {
    let (ready, told) = prepare(spec, Cow::Borrowed(&project.datasets));
    let Ok(ready) = ready else { return (None, told) };
    let (mut broken, mut report) = (BTreeSet::new(), Report::default());
    for &size in &spec.sizes {
        for &dark in darks(&project.manifest.output) {
            match of_picture(spec, &ready, size, dark, tools) {
                Ok(found) => broken.extend(found),
                Err(told) => {
                    // What has no room has none in any theme.
                    report.merge(told);
                    break;
                }
            }
        }
    }
    if report.has_errors() {
        return (None, report);
    }
    for (key, Broken { rule, found, remedy, .. }) in &broken {
        let told = diag::warning("broken-rule", format!("{rule}: {found}"));
        report.push(told.at(spec.places.of(key)).hint(*remedy));
    }
    (Some(broken.into_iter().map(|(_, broken)| broken).collect()), report)
}

/// What one picture breaks, with the keys that it is about.
fn of_picture(
    spec: &FigureSpec,
    ready: &Ready,
    size: Size,
    dark: bool,
    tools: &Tools,
) -> Result<Vec<(&'static str, Broken)>, Report> {
    let look = &ready.frame.look.at(size);
    let drawn_in = theme(dark);
    let (words, panels, fonts) = (&ready.words, ready.marks.as_slice(), &tools.fonts);
    let scene = &kind::draw(look, words, panels, &drawn_in, fonts)?;
    let theme = &drawn_in.of_figure(look);
    let drawn = Drawn { spec, frame: &ready.frame, words, panels, look, theme, scene, fonts };
    let picture = Picture::new(drawn);
    let told = |(rule, Breach { found, remedy, key }): (&lint::Rule, Breach)| {
        (key, Broken { rule: rule.id, level: rule.level, found, remedy })
    };
    Ok(lint::broken(&picture).into_iter().map(told).collect())
}
