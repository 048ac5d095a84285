//! Files to one dataset, where they can share an axis.

use std::path::Path;

use super::{Job, choose};
use crate::data::{
    self, Anchor, Anchored, Columns, Dataset, Facts, JoinKeys, Joining, UNNAMED_MEASURE, narrow,
};
use crate::diag::{self, Place, Report, listed, nearest, quoted};
use crate::project::load;

/// A file that was read.
pub(super) struct Source {
    /// Its name without folders, or its path where two have one name.
    pub(super) name: String,
    /// How it was read.
    pub(super) facts: Facts,
}

/// What there is to draw.
pub(super) struct Gathered {
    /// The observations of all files.
    pub(super) data: Dataset,
    /// Where they come from, in order.
    pub(super) sources: Vec<Source>,
    /// Whether the user chose the measure.
    pub(super) measure_named: bool,
    /// How exports were put on one scale; `None` where nothing was rescaled.
    pub(super) anchored: Option<Anchored>,
}

/// What a user of `plot` changes to have files joined in another way.
const KEYS: JoinKeys =
    JoinKeys { anchor: "`--anchor`", measure: "`--measure`", apart: "plot each file alone" };

/// Reads files, and joins them where there are several. Warnings come along.
///
/// # Errors
/// Every file that cannot be read, or why they cannot be drawn on one axis.
pub(super) fn gather(job: &Job) -> Result<(Gathered, Report), Report> {
    let (mut read, mut warnings) = read(job)?;
    let names = names(&read);
    let sources: Vec<Source> =
        read.iter().zip(names).map(|(d, name)| Source { name, facts: d.facts.clone() }).collect();
    let term = job.anchor.as_deref();
    if read.len() > 1 {
        for data in &mut read {
            narrow::keep_measure(data, 0);
            narrow::fold_groups(data);
        }
        if term.is_some() {
            read.iter().try_for_each(choose::refuse_repeated)?;
        }
    }
    if read.is_empty() {
        return Err(diag::error("missing-file", "missing a file to plot").into());
    }
    let anchor = term.map(|term| Anchor { term, below_one: job.below_one });
    let whom = |name: &str| name.to_lowercase();
    let (mut data, told) = data::join(read, &Joining { anchor, whom: &whom, keys: KEYS })?;
    warnings.merge(told);
    let anchored = data.anchored.take();
    Ok((Gathered { data, sources, measure_named: job.measure.is_some(), anchored }, warnings))
}

/// Reads files, and leaves them with the measure that was chosen.
fn read(job: &Job) -> Result<(Vec<Dataset>, Report), Report> {
    let (mut read, mut warnings, mut errors) = (Vec::new(), Report::default(), Report::default());
    let mut inputs = load::Inputs::default();
    for path in &job.files {
        match inputs.dataset(path, &Columns::default(), job.aggregate) {
            Ok((dataset, told)) => {
                warnings.merge(told);
                read.push(dataset);
            }
            Err(told) => errors.merge(told),
        }
    }
    for dataset in &mut read {
        if let Some(name) = &job.measure {
            choose_measure(dataset, name, &mut errors);
        }
    }
    if errors.has_errors() { Err(errors) } else { Ok((read, warnings)) }
}

/// Leaves a dataset with one measure.
fn choose_measure(data: &mut Dataset, name: &str, errors: &mut Report) {
    let folded = |text: &str| text.trim().replace('_', " ").to_lowercase();
    match data.measures.iter().position(|known| folded(&known.name) == folded(name)) {
        Some(index) => narrow::keep_measure(data, index),
        None => {
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
    }
}

/// The files' names without folders, or their paths where two have one name.
fn names(read: &[Dataset]) -> Vec<String> {
    let short = |file: &str| Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned());
    let all: Vec<String> =
        read.iter().map(|d| short(d.file()).unwrap_or_else(|| d.file().to_owned())).collect();
    let twice = |name: &String| all.iter().filter(|other| *other == name).count() > 1;
    all.iter()
        .zip(read)
        .map(|(name, d)| if twice(name) { d.file().to_owned() } else { name.clone() })
        .collect()
}
