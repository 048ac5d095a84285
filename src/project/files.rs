//! A figure's files: what they are called, what they were made from, and the
//! bytes they should have.

use std::collections::BTreeMap;

use super::prepare::Ready;
use super::tools::Tools;
use crate::diag::Report;
use crate::export::page::{Entry, Pictures};
use crate::export::record::{Record, seal, sha256};
use crate::export::svg::{Labels, svg};
use crate::export::{self, Drawing, Export, Make};
use crate::kind;
use crate::layout::plotted;
use crate::spec::{Output, ThemeChoice};
use crate::theme::{Theme, advice};

/// The language of the words that popchart itself adds to a figure.
const LANGUAGE: &str = "en";

/// A file of a figure.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct File {
    /// Its name in the output folder.
    pub(crate) name: String,
    /// What it is.
    pub(crate) export: &'static Export,
    /// Whether a picture is drawn on the dark theme.
    pub(crate) dark: bool,
}

/// A figure's files, pictures first.
pub(crate) fn files(output: &Output, name: &str) -> Vec<File> {
    let written = || export::ALL.iter().copied().filter(|e| e.always || output.formats.contains(e));
    let file = |stem: &str, export: &'static Export, dark| File {
        name: format!("{stem}.{}", export.name),
        export,
        dark,
    };
    let mut files = Vec::new();
    for (stem, dark) in variants(output, name) {
        files.extend(written().filter(|e| e.is_picture()).map(|e| file(&stem, e, dark)));
    }
    files.extend(written().filter(|e| !e.is_picture()).map(|e| file(name, e, false)));
    files
}

/// The stems of a figure's pictures, and whether they are dark.
fn variants(output: &Output, name: &str) -> Vec<(String, bool)> {
    match output.theme {
        ThemeChoice::Light => vec![(name.to_owned(), false)],
        ThemeChoice::Dark => vec![(name.to_owned(), true)],
        ThemeChoice::Both => vec![(name.to_owned(), false), (format!("{name}-dark"), true)],
    }
}

/// A figure with all that its files are made of: its drawings and its words.
pub(crate) struct Drawn<'a> {
    ready: Ready,
    output: &'a Output,
    tools: &'a Tools,
    /// What pages say of it.
    pub(super) entry: Entry,
    /// SVG text, and whether it is dark.
    drawings: Vec<(bool, String)>,
    /// What each of its files is made from: a hash of all that is shown, made once.
    records: Vec<(File, Record)>,
}

impl<'a> Drawn<'a> {
    /// Draws a figure once for each theme that its files show.
    ///
    /// # Errors
    /// When the figure cannot be drawn.
    pub(crate) fn new(
        name: &str,
        mut ready: Ready,
        output: &'a Output,
        files: &[File],
        tools: &'a Tools,
    ) -> Result<Self, Report> {
        let mut drawings = Vec::new();
        for (stem, dark) in variants(output, name) {
            if files.iter().any(|file| file.dark == dark && file.export.is_picture()) {
                let drawing = draw(&stem, &ready, dark, tools).map_err(|report| report.of_figure(name))?;
                drawings.push((dark, drawing));
            }
        }
        let entry = entry(name, &mut ready, output);
        let mut drawn = Drawn { ready, output, tools, entry, drawings, records: Vec::new() };
        let mut beside = BTreeMap::new();
        for file in files.iter().filter(|file| file.export.slot.is_none()) {
            beside.insert(file.name.clone(), sha256(&drawn.bytes(file)?));
        }
        drawn.records = files.iter().map(|file| (file.clone(), drawn.made_from(file, &beside))).collect();
        Ok(drawn)
    }

    fn drawing(&self, dark: bool) -> &str {
        self.drawings.iter().find(|(is, _)| *is == dark).map_or("", |(_, svg)| svg)
    }

    /// What one of the figure's files is made from.
    pub(super) fn record(&self, file: &File) -> Option<&Record> {
        self.records.iter().find(|(other, _)| other == file).map(|(_, record)| record)
    }

    fn made_from(&self, file: &File, beside: &BTreeMap<String, String>) -> Record {
        let theme = if file.dark { "dark" } else { "light" };
        let record = self.ready.record(&file.export.medium(theme, self.output.scale, &words(self.output)));
        match file.export.make {
            Make::Drawing(_) => record,
            Make::Pixels(_) => Record { drawing: Some(sha256(self.drawing(file.dark).as_bytes())), ..record },
            Make::Words(_) => Record { beside: beside.clone(), ..record },
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be made: a picture of too many pixels.
    pub(crate) fn bytes(&self, file: &File) -> Result<Vec<u8>, Report> {
        let svg = self.drawing(file.dark);
        let drawing = Drawing { svg, scale: self.output.scale, alt: &self.entry.alt };
        let body = match file.export.make {
            Make::Drawing(make) => make(&drawing),
            Make::Pixels(make) => self.tools.with_workspace(|memory| make(&drawing, memory))?.into(),
            Make::Words(make) => make(&self.entry).into(),
        };
        Ok(match (&file.export.slot, self.record(file)) {
            (Some(slot), Some(record)) => seal(slot, &body, record),
            _ => body.into_owned(),
        })
    }

    /// The bytes of a page while files are replaced for which it vouches: it does so for their old bytes, too.
    pub(super) fn page_replacing(&self, file: &File, replacing: BTreeMap<String, String>) -> Option<Vec<u8>> {
        let Make::Words(make) = file.export.make else { return None };
        let record = Record { replacing, ..self.record(file)?.clone() };
        Some(seal(file.export.slot.as_ref()?, &make(&self.entry), &record))
    }

    /// What is to be said of a figure's pictures: what has no room in them, and their colours.
    pub(super) fn picture_warnings(&self) -> Report {
        let mut report = Report::default();
        let Ready { frame, marks, words, .. } = &self.ready;
        if !self.drawings.is_empty() {
            let warnings = kind::warnings(&frame.look, words, marks, &self.tools.fonts);
            report.merge(warnings.of_figure(&self.entry.name));
        }
        let crossing: Vec<(usize, usize)> = marks.iter().flat_map(plotted::crossing).collect();
        for (dark, _) in &self.drawings {
            let warnings = advice::warnings(&frame.look, &theme(*dark));
            report.merge(warnings.of_figure(&self.entry.name));
            // What is dark is not printed.
            if !*dark {
                let warnings = advice::greys(&frame.look, &theme(*dark), &crossing);
                report.merge(warnings.of_figure(&self.entry.name));
            }
        }
        report
    }
}

/// Names what words depend on besides the figure: which pictures they show. Formats stand in it as records
/// have always had them.
fn words(output: &Output) -> String {
    let capital = |name: &str| name.chars().take(1).map(|c| c.to_ascii_uppercase()).collect::<String>();
    let formats = output.formats.iter().map(|e| capital(e.name) + e.name.get(1..).unwrap_or_default());
    let theme = match output.theme {
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
        ThemeChoice::Both => "both",
    };
    format!("words [{}] {theme}", formats.collect::<Vec<_>>().join(", "))
}

fn theme(dark: bool) -> Theme {
    if dark { Theme::dark() } else { Theme::light() }
}

fn draw(stem: &str, ready: &Ready, dark: bool, tools: &Tools) -> Result<String, Report> {
    let words = &ready.words;
    let scene = kind::draw(&ready.frame.look, words, &ready.marks, &theme(dark), &tools.fonts)?;
    let labels =
        Labels { name: stem, title: &ready.description.title, desc: &ready.description.desc, lang: LANGUAGE };
    Ok(svg(&scene, &labels, &tools.fonts, &tools.outlines))
}

/// The pictures that pages show; `None` where only values are written.
fn pictures(name: &str, output: &Output) -> Option<Pictures> {
    let ending = output.formats.iter().find(|export| export.is_picture())?.name;
    let dark = (output.theme == ThemeChoice::Both).then(|| format!("{name}-dark.{ending}"));
    Some(Pictures { plain: format!("{name}.{ending}"), dark })
}

/// What pages say of a figure. Its table, which may be large, moves there.
fn entry(name: &str, ready: &mut Ready, output: &Output) -> Entry {
    let note = ready.words.note.replace('\u{a0}', " ");
    let is_said = ready.description.desc.contains(&note);
    Entry {
        name: name.to_owned(),
        title: ready.description.title.clone(),
        alt: ready.description.alt.clone(),
        desc: ready.description.desc.clone(),
        note: if is_said { String::new() } else { note },
        source: ready.words.source.clone(),
        table: std::mem::take(&mut ready.table),
        pictures: pictures(name, output),
    }
}
