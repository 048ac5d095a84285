//! From data files to the manifest that draws them: what `plot` draws, and what its `--manifest` prints.
//!
//! Everything that is decided here is written down, so that a figure that nobody described is drawn as one that
//! somebody did. The room reads data as they came and may make a copy smaller to look at it, but nothing of that
//! copy is drawn. It must not know files beyond their names, scales or pixels.

mod choose;
mod noise;
mod plan;
mod reading;
mod sketch;
mod text;
mod who;
mod words;
mod write;

use crate::data::{Dataset, UNNAMED_MEASURE};
use crate::diag::{self, Place, Report, listed, nearest, quoted};
use crate::text::Fonts;

use plan::measure;
pub use plan::{Asked, Names};

/// The manifest of a figure of these files, as they were read, with what should be told of the choice.
///
/// # Errors
/// When the files do not go together, lack the measure asked for, or nothing would be left to draw.
pub fn infer(
    read: &[Dataset],
    names: &Names,
    asked: &Asked,
    fonts: &Fonts,
) -> Result<(String, Report), Report> {
    let unknown = unknown_measure(read, asked);
    if unknown.has_errors() {
        return Err(unknown);
    }
    let (plan, told) = choose::choose(read, asked, fonts)?;
    Ok((write::manifest(&plan, names, asked), told))
}

/// A file as a dataset of a manifest of this key, with every key of its reading at what was found.
#[must_use]
pub fn dataset(key: &str, data: &Dataset) -> String {
    write::dataset(key, data.file(), &words::source(std::slice::from_ref(data)), &data.facts.reading)
}

/// Where the files lack the measure that is asked for.
fn unknown_measure(read: &[Dataset], asked: &Asked) -> Report {
    let mut errors = Report::default();
    let Some(name) = &asked.measure else { return errors };
    for data in read.iter().filter(|data| measure(data, name).is_none()) {
        let fault = diag::error("unknown-measure", format!("unknown measure {}", quoted(name)));
        let hint = match nearest(name, data.measure_names()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if data.measure_names() == [UNNAMED_MEASURE] => {
                "the file names none: leave `--measure` out".into()
            }
            None => format!("it has {}", listed(data.measure_names())),
        };
        errors.push(fault.at(Place::file(data.file())).hint(hint));
    }
    errors
}
