//! A figure's files: what they are called, what they were made from, and the
//! bytes they should have.

use super::Tools;
use super::project::Ready;
use crate::diag::Report;
use crate::kind;
use crate::output::page::{self, Entry, Pictures};
use crate::output::png::png;
use crate::output::record::{Container, Record, open, seal};
use crate::output::svg::{Labels, svg};
use crate::spec::{Format, Output, ThemeChoice};
use crate::text::Fonts;
use crate::theme::{Theme, vision};

/// The language of the words that popchart itself adds to a figure.
const LANGUAGE: &str = "en";

/// What a file of a figure is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// The picture as SVG.
    Svg,
    /// The picture as PNG.
    Png,
    /// The page with its words.
    Page,
    /// The plotted values.
    Csv,
}

/// A file of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct File {
    /// Its name in the output folder.
    pub(super) name: String,
    /// What it is.
    pub(super) kind: Kind,
    /// Whether a picture is drawn on the dark theme.
    pub(super) dark: bool,
}

impl File {
    /// How it holds its record.
    pub(super) fn container(&self) -> Container {
        match self.kind {
            Kind::Svg => Container::Svg,
            Kind::Png => Container::Png,
            Kind::Page => Container::Markdown,
            Kind::Csv => Container::Bare,
        }
    }

    /// What it is made from.
    pub(super) fn record(&self, ready: &Ready, output: &Output) -> Record {
        let theme = if self.dark { "dark" } else { "light" };
        match self.kind {
            Kind::Svg => ready.record(theme),
            Kind::Png => ready.record(&format!("{theme} {}", output.scale)),
            Kind::Page | Kind::Csv => {
                ready.record(&format!("words {:?} {}", output.formats, theme_name(output)))
            }
        }
    }

    /// Whether these bytes were made from the same, and nobody edited them since.
    pub(super) fn is_current(&self, bytes: &[u8], ready: &Ready, output: &Output) -> bool {
        open(self.container(), bytes).is_some_and(|(found, untouched)| {
            untouched && Record { artifact: String::new(), ..found } == self.record(ready, output)
        })
    }
}

fn theme_name(output: &Output) -> &'static str {
    match output.theme {
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
        ThemeChoice::Both => "both",
    }
}

/// The stems of a figure's pictures, and whether they are dark.
fn variants(output: &Output, name: &str) -> Vec<(String, bool)> {
    match output.theme {
        ThemeChoice::Light => vec![(name.to_owned(), false)],
        ThemeChoice::Dark => vec![(name.to_owned(), true)],
        ThemeChoice::Both => vec![(name.to_owned(), false), (format!("{name}-dark"), true)],
    }
}

/// A figure's files, pictures first.
pub(super) fn files(output: &Output, name: &str) -> Vec<File> {
    let mut files = Vec::new();
    for (stem, dark) in variants(output, name) {
        for (format, kind, ending) in [(Format::Svg, Kind::Svg, "svg"), (Format::Png, Kind::Png, "png")] {
            if output.formats.contains(&format) {
                files.push(File { name: format!("{stem}.{ending}"), kind, dark });
            }
        }
    }
    files.push(File { name: format!("{name}.md"), kind: Kind::Page, dark: false });
    if output.formats.contains(&Format::Csv) {
        files.push(File { name: format!("{name}.csv"), kind: Kind::Csv, dark: false });
    }
    files
}

/// The bytes of the given files of a figure, in their order. A picture is drawn once for all its files.
///
/// # Errors
/// When the figure cannot be drawn.
pub(super) fn draw(
    name: &str,
    ready: &Ready,
    output: &Output,
    files: &[File],
    tools: &Tools,
) -> Result<Vec<Vec<u8>>, Report> {
    let mut bytes = Vec::with_capacity(files.len());
    let mut pictures: Vec<(bool, String)> = Vec::new();
    for file in files {
        let body = match file.kind {
            Kind::Page => page::page(&entry(name, ready, output)).into_bytes(),
            Kind::Csv => page::csv(&ready.table).into_bytes(),
            Kind::Svg | Kind::Png => {
                let known = pictures.iter().find(|(dark, _)| *dark == file.dark);
                let text = match known {
                    Some((_, text)) => text.clone(),
                    None => picture(name, ready, output, file.dark, &tools.fonts)
                        .map_err(|report| report.of_figure(name))?,
                };
                if known.is_none() {
                    pictures.push((file.dark, text.clone()));
                }
                match file.kind {
                    #[expect(clippy::cast_precision_loss, reason = "a scale is a small number")]
                    Kind::Png => tools.with_workspace(|memory| {
                        png(&text, output.scale as f32, &ready.description.alt, memory)
                    })?,
                    _ => text.into_bytes(),
                }
            }
        };
        bytes.push(seal(file.container(), body, &file.record(ready, output)));
    }
    Ok(bytes)
}

fn picture(name: &str, ready: &Ready, output: &Output, dark: bool, fonts: &Fonts) -> Result<String, Report> {
    let theme = if dark { Theme::dark() } else { Theme::light() };
    let scene = kind::draw(&ready.frame.look, &ready.words, &ready.marks, &theme, fonts)?;
    let stem = variants(output, name).into_iter().find(|(_, is)| *is == dark).map(|(stem, _)| stem);
    let labels = Labels {
        name: stem.as_deref().unwrap_or(name),
        title: &ready.words.title,
        desc: &ready.description.desc,
        lang: LANGUAGE,
    };
    Ok(svg(&scene, &labels, fonts))
}

/// What is to be said of a figure's pictures: their colours, and what has no room in them.
pub(super) fn warnings(name: &str, ready: &Ready, files: &[File], fonts: &Fonts) -> Report {
    let mut report = Report::default();
    if files.iter().any(|file| matches!(file.kind, Kind::Svg | Kind::Png)) {
        let told = kind::warnings(&ready.frame.look, &ready.words, &ready.marks, fonts);
        report.merge(told.of_figure(name));
    }
    for (theme, dark) in [(Theme::light(), false), (Theme::dark(), true)] {
        if files.iter().any(|file| file.dark == dark && matches!(file.kind, Kind::Svg | Kind::Png)) {
            report.merge(vision::warnings(&ready.frame.look, &theme).of_figure(name));
        }
    }
    report
}

/// The pictures that pages show; `None` where only values are written.
fn pictures(name: &str, output: &Output) -> Option<Pictures> {
    let written = [(Format::Svg, "svg"), (Format::Png, "png")];
    let (_, ending) = written.into_iter().find(|(format, _)| output.formats.contains(format))?;
    let dark = (output.theme == ThemeChoice::Both).then(|| format!("{name}-dark.{ending}"));
    Some(Pictures { plain: format!("{name}.{ending}"), dark })
}

/// What pages say of a figure.
pub(super) fn entry(name: &str, ready: &Ready, output: &Output) -> Entry {
    Entry {
        name: name.to_owned(),
        title: ready.words.title.clone(),
        alt: ready.description.alt.clone(),
        desc: ready.description.desc.clone(),
        source: ready.words.source.clone(),
        table: ready.table.clone(),
        pictures: pictures(name, output),
    }
}
