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
use crate::preset::{self, ARTICLE, Preset, Size};
use crate::spec::{Output, ThemeChoice};
use crate::tell::Description;
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
    /// The size of its picture; of words, the one that they show.
    pub(crate) size: Size,
    /// Whether a picture is drawn on the dark theme.
    pub(crate) dark: bool,
}

/// A figure's files, pictures first.
pub(crate) fn files(output: &Output, name: &str, sizes: &[Size]) -> Vec<File> {
    let written = || export::ALL.iter().copied().filter(|e| e.always || output.formats.contains(e));
    let mut files = Vec::new();
    for &size in sizes {
        for &dark in darks(output) {
            let stem = stem(output, name, size, dark);
            let of = |export: &'static Export| File {
                name: format!("{stem}.{}", export.name),
                export,
                size,
                dark,
            };
            files.extend(written().filter(|e| e.is_picture()).map(of));
        }
    }
    let size = sizes.first().copied().unwrap_or_else(|| ARTICLE.size());
    let of =
        |export: &'static Export| File { name: format!("{name}.{}", export.name), export, size, dark: false };
    files.extend(written().filter(|e| !e.is_picture()).map(of));
    files
}

/// The files that a figure may have whose sizes are not known, because it has errors.
pub(crate) fn files_of_broken(output: &Output, name: &str) -> Vec<File> {
    files(output, name, &preset::ALL.map(Preset::size))
}

/// Whether pictures are dark, for each theme.
pub(super) fn darks(output: &Output) -> &'static [bool] {
    match output.theme {
        ThemeChoice::Light => &[false],
        ThemeChoice::Dark => &[true],
        ThemeChoice::Both => &[false, true],
    }
}

/// The name of a figure's picture without its ending: it says nothing but what the picture is, so that it stays the
/// same when the figure gets other sizes besides.
fn stem(output: &Output, name: &str, size: Size, dark: bool) -> String {
    let theme = if dark && output.theme == ThemeChoice::Both { DARK } else { "" };
    format!("{name}{}{theme}", size.preset.suffix)
}

/// What follows a figure's name and size in the names of its dark pictures, where there are light ones, too.
const DARK: &str = "-dark";

/// Whether a stem is one that a figure's picture or page may have, both in lower case.
pub(super) fn is_stem(stem: &str, figure: &str) -> bool {
    let Some(rest) = stem.strip_prefix(figure) else { return false };
    let rest = rest.strip_suffix(DARK).unwrap_or(rest);
    preset::ALL.iter().any(|preset| preset.suffix == rest)
}

/// A figure with all that its files are made of: its drawings and its words.
pub(crate) struct Drawn<'a> {
    ready: Ready,
    output: &'a Output,
    sizes: &'a [Size],
    tools: &'a Tools,
    /// What pages say of it.
    pub(super) entry: Entry,
    /// SVG text, with its size and whether it is dark.
    drawings: Vec<(Size, bool, String)>,
    /// What each of its files is made from: a hash of all that is shown, made once.
    records: Vec<(File, Record)>,
}

impl<'a> Drawn<'a> {
    /// Draws a figure once for each size and theme that its files show.
    ///
    /// # Errors
    /// When the figure cannot be drawn.
    pub(crate) fn new(
        name: &str,
        mut ready: Ready,
        (output, sizes): (&'a Output, &'a [Size]),
        files: &[File],
        tools: &'a Tools,
    ) -> Result<Self, Report> {
        let mut drawings: Vec<(Size, bool, String)> = Vec::new();
        for File { size, dark, .. } in files.iter().filter(|file| file.export.is_picture()) {
            if drawings.iter().any(|(of, is, _)| (of, is) == (size, dark)) {
                continue;
            }
            let stem = stem(output, name, *size, *dark);
            let drawing =
                draw(&stem, &ready, *size, *dark, tools).map_err(|report| report.of_figure(name))?;
            drawings.push((*size, *dark, drawing));
        }
        let entry = entry(name, sizes, &mut ready, output);
        let mut drawn = Drawn { ready, output, sizes, tools, entry, drawings, records: Vec::new() };
        let mut beside = BTreeMap::new();
        for file in files.iter().filter(|file| file.export.slot.is_none()) {
            beside.insert(file.name.clone(), sha256(&drawn.bytes(file)?));
        }
        drawn.records = files.iter().map(|file| (file.clone(), drawn.made_from(file, &beside))).collect();
        Ok(drawn)
    }

    fn drawing(&self, file: &File) -> &str {
        let of_file = |(size, dark, _): &&(Size, bool, String)| (*size, *dark) == (file.size, file.dark);
        self.drawings.iter().find(of_file).map_or("", |(_, _, svg)| svg)
    }

    /// What one of the figure's files is made from.
    pub(super) fn record(&self, file: &File) -> Option<&Record> {
        self.records.iter().find(|(other, _)| other == file).map(|(_, record)| record)
    }

    fn made_from(&self, file: &File, beside: &BTreeMap<String, String>) -> Record {
        let theme = if file.dark { "dark" } else { "light" };
        let words = words(self.output, self.sizes);
        let medium = file.export.medium(theme, scale(self.output, file.size), &words);
        let record = self.ready.record(file.size, &medium);
        match file.export.make {
            Make::Drawing(_) => record,
            Make::Pixels(_) => Record { drawing: Some(sha256(self.drawing(file).as_bytes())), ..record },
            Make::Words(_) => Record { beside: beside.clone(), ..record },
        }
    }

    /// The bytes of a file.
    ///
    /// # Errors
    /// When it cannot be made: a picture of too many pixels.
    pub(crate) fn bytes(&self, file: &File) -> Result<Vec<u8>, Report> {
        let (svg, scale) = (self.drawing(file), scale(self.output, file.size));
        let drawing = Drawing { svg, scale, density: file.size.preset.density, alt: &self.entry.alt };
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
        for &size in self.sizes.iter().filter(|size| self.drawings.iter().any(|(of, ..)| of == *size)) {
            let warnings = kind::warnings(&frame.look.at(size), words, marks, &self.tools.fonts);
            report.merge(warnings.of_figure(&self.entry.name));
        }
        let crossing: Vec<(usize, usize)> = marks.iter().flat_map(plotted::crossing).collect();
        for dark in [false, true].into_iter().filter(|dark| self.drawings.iter().any(|(_, is, _)| is == dark))
        {
            let warnings = advice::warnings(&frame.look, &theme(dark));
            report.merge(warnings.of_figure(&self.entry.name));
            // What is dark is not printed.
            if !dark {
                let warnings = advice::greys(&frame.look, &theme(dark), &crossing);
                report.merge(warnings.of_figure(&self.entry.name));
            }
        }
        report
    }
}

/// Names what words depend on besides the figure: which pictures they show. Formats stand in it as records
/// have always had them.
fn words(output: &Output, sizes: &[Size]) -> String {
    let capital = |name: &str| name.chars().take(1).map(|c| c.to_ascii_uppercase()).collect::<String>();
    let formats = output.formats.iter().map(|e| capital(e.name) + e.name.get(1..).unwrap_or_default());
    let theme = match output.theme {
        ThemeChoice::Light => "light",
        ThemeChoice::Dark => "dark",
        ThemeChoice::Both => "both",
    };
    let sizes: String = sizes.iter().skip(1).map(|size| format!(" {}", size.preset.name)).collect();
    format!("words [{}] {theme}{sizes}", formats.collect::<Vec<_>>().join(", "))
}

pub(super) fn theme(dark: bool) -> Theme {
    if dark { Theme::dark() } else { Theme::light() }
}

/// Pixels of a PNG to one px.
fn scale(output: &Output, size: Size) -> u32 {
    size.preset.scale.unwrap_or(output.scale)
}

fn draw(stem: &str, ready: &Ready, size: Size, dark: bool, tools: &Tools) -> Result<String, Report> {
    let words = &ready.words;
    let scene = kind::draw(&ready.frame.look.at(size), words, &ready.marks, &theme(dark), &tools.fonts)?;
    let Description { title, desc, .. } = &ready.description;
    let labels = Labels { name: stem, title, desc, lang: LANGUAGE, density: size.preset.density };
    Ok(tools.with_outlines(|outlines| svg(&scene, &labels, &tools.fonts, outlines)))
}

/// The pictures of a figure, that which pages show first; none where only values are written.
fn pictures(name: &str, sizes: &[Size], output: &Output) -> Vec<Pictures> {
    let Some(ending) = output.formats.iter().find(|export| export.is_picture()).map(|export| export.name)
    else {
        return Vec::new();
    };
    let file = |size: Size, dark| format!("{}.{ending}", stem(output, name, size, dark));
    let dark = |size| (output.theme == ThemeChoice::Both).then(|| file(size, true));
    sizes.iter().map(|&size| Pictures { plain: file(size, false), dark: dark(size) }).collect()
}

/// What pages say of a figure. Its table, which may be large, moves there.
fn entry(name: &str, sizes: &[Size], ready: &mut Ready, output: &Output) -> Entry {
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
        pictures: pictures(name, sizes, output),
    }
}
