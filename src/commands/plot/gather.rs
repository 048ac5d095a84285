//! Files to one dataset, where they can share an axis.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::super::{labels, load};
use super::prune;
use crate::data::{Aggregate, Columns, Dataset, Facts};
use crate::diag::{Diagnostic, Place, Report, listed, nearest, quoted};
use crate::moment::Step;

/// A file that was read.
pub(super) struct Source {
    /// Its name without folders, or its path where two have one name.
    pub(super) name: String,
    /// SHA-256 of its bytes.
    pub(super) sha256: String,
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
}

/// Reads files, and joins them where there are several. Warnings come along.
///
/// # Errors
/// Every file that cannot be read, or why they cannot be drawn on one axis.
pub(super) fn gather(
    files: &[PathBuf],
    measure: Option<&str>,
    aggregate: Option<Aggregate>,
) -> Result<(Gathered, Report), Report> {
    let (mut read, mut warnings, mut errors) = (Vec::new(), Report::default(), Report::default());
    let mut inputs = load::Inputs::default();
    for path in files {
        match inputs.dataset(path, &Columns::default(), aggregate) {
            Ok((dataset, told)) => {
                warnings.merge(told);
                read.push(dataset);
            }
            Err(told) => errors.merge(told),
        }
    }
    for dataset in &mut read {
        if let Some(name) = measure {
            choose_measure(dataset, name, &mut errors);
        }
    }
    if errors.has_errors() {
        return Err(errors);
    }
    let names = names(&read);
    let sources: Vec<Source> = read
        .iter()
        .zip(names)
        .map(|(d, name)| Source { name, sha256: d.sha256.clone(), facts: d.facts.clone() })
        .collect();
    let joined = match read.len() {
        0 | 1 => read.into_iter().next(),
        _ => {
            refuse_unlike(&read)?;
            join(read, &sources)
        }
    };
    let Some(data) = joined else { return Err(Diagnostic::error("missing a file to plot").into()) };
    Ok((Gathered { data, sources, measure_named: measure.is_some() }, warnings))
}

/// Leaves a dataset with one measure.
fn choose_measure(data: &mut Dataset, name: &str, errors: &mut Report) {
    let folded = |text: &str| text.trim().replace('_', " ").to_lowercase();
    match data.measures.iter().position(|known| folded(known) == folded(name)) {
        Some(index) => prune::keep_measure(data, index),
        None => {
            let fault = Diagnostic::error(format!("unknown measure {}", quoted(name)));
            let hint = match nearest(name, data.measures.iter().map(String::as_str)) {
                Some(near) => format!("did you mean `{near}`?"),
                None if data.measures == [labels::UNNAMED_MEASURE] => {
                    "the file names none: leave `--measure` out".into()
                }
                None => format!("it has {}", listed(&data.measures)),
            };
            errors.push(fault.at(Place::file(&data.file)).hint(hint));
        }
    }
}

/// The files' names without folders, or their paths where two have one name.
fn names(read: &[Dataset]) -> Vec<String> {
    let short = |file: &str| Path::new(file).file_name().map(|name| name.to_string_lossy().into_owned());
    let all: Vec<String> = read.iter().map(|d| short(&d.file).unwrap_or_else(|| d.file.clone())).collect();
    let twice = |name: &String| all.iter().filter(|other| *other == name).count() > 1;
    all.iter().zip(read).map(|(name, d)| if twice(name) { d.file.clone() } else { name.clone() }).collect()
}

/// Why several files cannot be drawn on one axis.
fn refuse_unlike(read: &[Dataset]) -> Result<(), Report> {
    let Some((first, others)) = read.split_first() else { return Ok(()) };
    let mut hashes: BTreeMap<&str, &str> = BTreeMap::new();
    for data in read {
        if let Some(same) = hashes.insert(&data.sha256, &data.file) {
            let fault = Diagnostic::error(format!("`{}` has the same bytes as `{same}`", data.file));
            return Err(fault.at(Place::file(&data.file)).hint("name each file once").into());
        }
    }
    let scaled: Vec<&Dataset> = read.iter().filter(|d| labels::is_scaled(&d.facts.format)).collect();
    if let [_, second, ..] = scaled.as_slice() {
        let fault = Diagnostic::error(
            "cannot draw two Google Trends exports on one axis: each is scaled to its own highest value, 100",
        );
        let hint = "export the terms in one comparison, or plot each file alone";
        return Err(fault.at(Place::file(&second.file)).hint(hint).into());
    }
    for other in others {
        let dated = |data: &Dataset| data.facts.first.is_some();
        if dated(first) != dated(other) {
            let (with, without) = if dated(first) { (first, other) } else { (other, first) };
            let fault = Diagnostic::error(format!(
                "cannot draw values with dates and values without on one axis: `{}` has dates, `{}` has none",
                with.file, without.file
            ));
            return Err(fault.at(Place::file(&other.file)).hint("plot each file alone").into());
        }
        let (one, two) = (measure_words(first), measure_words(other));
        let unnamed = |words: &str| words == labels::UNNAMED_MEASURE;
        if one != two && !((unnamed(&one) || unnamed(&two)) && scaled.is_empty()) {
            let message = format!("cannot draw {} and {} on one axis", quoted(&one), quoted(&two));
            let hint = "plot each file alone, or choose a measure that all have with `--measure`";
            return Err(Diagnostic::error(message).at(Place::file(&other.file)).hint(hint).into());
        }
    }
    Ok(())
}

/// What a file's first measure is called.
pub(super) fn measure_words(data: &Dataset) -> String {
    match data.measures.first() {
        _ if labels::is_scaled(&data.facts.format) => "search interest".into(),
        Some(name) => name.replace('_', " "),
        None => labels::UNNAMED_MEASURE.into(),
    }
}

/// The series of all files, of the first measure of each, as subjects of one dataset.
fn join(read: Vec<Dataset>, sources: &[Source]) -> Option<Dataset> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    let flat: Vec<Dataset> = read
        .into_iter()
        .map(|mut data| {
            prune::keep_measure(&mut data, 0);
            prune::fold_groups(&mut data);
            data.subjects.iter().for_each(|name| *known.entry(name.to_lowercase()).or_default() += 1);
            data
        })
        .collect();
    let facts = joined_facts(&flat);
    let measure = flat
        .iter()
        .map(|data| data.measures.first())
        .find(|name| name.is_some_and(|name| name != labels::UNNAMED_MEASURE));
    let measure = measure.flatten().cloned().unwrap_or_else(|| labels::UNNAMED_MEASURE.into());
    let mut flat = flat.into_iter().zip(sources);
    let (mut all, first) = flat.next()?;
    let apart = |data: &mut Dataset, source: &Source| {
        let stem = source.name.rsplit_once('.').map_or(source.name.as_str(), |(stem, _)| stem);
        for name in &mut data.subjects {
            if known.get(&name.to_lowercase()).is_some_and(|count| *count > 1) {
                *name = format!("{name} ({stem})");
            }
        }
    };
    apart(&mut all, first);
    for (mut data, source) in flat {
        apart(&mut data, source);
        let offset = all.subjects.len();
        all.subjects.append(&mut data.subjects);
        all.observations.extend(data.observations.into_iter().map(|mut o| {
            o.subject += offset;
            o
        }));
    }
    Some(Dataset { facts, measures: vec![measure], ..all })
}

/// What holds for all files: the coarsest step, and what is known of the files that go on longest.
fn joined_facts(read: &[Dataset]) -> Facts {
    let all = || read.iter().map(|data| &data.facts);
    let last = all().filter_map(|facts| facts.last.clone()).max();
    let at_end = || all().filter(|facts| facts.last == last).map(|facts| facts.partial_last.as_str());
    let partial = ["yes", "possible"].into_iter().find(|state| at_end().any(|found| found == *state));
    let step: Option<Step> = all().filter_map(|facts| facts.step).max();
    let format = all().map(|facts| facts.format.clone()).next().unwrap_or_default();
    Facts {
        format: if all().all(|facts| facts.format == format) { format } else { "csv".into() },
        step,
        first: all().filter_map(|facts| facts.first.clone()).min(),
        last,
        partial_last: partial.unwrap_or("no").into(),
        ..Facts::default()
    }
}
