//! Files to one dataset, where they can share an axis.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::labels;
use super::anchor::{self, Anchored};
use super::{Job, choose, prune};
use crate::data::{Columns, Dataset, Facts};
use crate::diag::{Diagnostic, Place, Report, listed, nearest, quoted};
use crate::moment::Step;
use crate::project::load;

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
    /// How exports were put on one scale; `None` where nothing was rescaled.
    pub(super) anchored: Option<Anchored>,
}

/// Reads files, and joins them where there are several. Warnings come along.
///
/// # Errors
/// Every file that cannot be read, or why they cannot be drawn on one axis.
pub(super) fn gather(job: &Job) -> Result<(Gathered, Report), Report> {
    let (read, mut warnings) = read(job)?;
    let names = names(&read);
    let sources: Vec<Source> = read
        .iter()
        .zip(names)
        .map(|(d, name)| Source { name, sha256: d.sha256.clone(), facts: d.facts.clone() })
        .collect();
    let (joined, anchored) = match (read.len(), &job.anchor) {
        (0 | 1, None) => (read.into_iter().next(), None),
        (_, None) => {
            refuse_same_bytes(&read)?;
            refuse_unlike(&read)?;
            (join(flat(read), &sources), None)
        }
        (_, Some(term)) => {
            refuse_same_bytes(&read)?;
            let mut flat = flat(read);
            flat.iter().try_for_each(choose::refuse_repeated)?;
            let anchored = anchor::put_on_one_scale(&mut flat, term, job.below_one)?;
            (join(flat, &sources), Some(anchored))
        }
    };
    let Some(mut data) = joined else { return Err(Diagnostic::error("missing a file to plot").into()) };
    if let (Some(anchored), Some(first)) = (&anchored, sources.first()) {
        data.facts.region.clone_from(&anchored.region);
        // Exports of different layouts are still exports.
        data.facts.format.clone_from(&first.facts.format);
        if anchored.region.is_none() {
            let told = "the exports do not say of which region they are, and were taken to be of one";
            let warning = Diagnostic::warning(told).at(Place::file(&data.file));
            warnings.push(warning.hint("look up that all were exported for the same region"));
        }
    }
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

/// One file named twice.
fn refuse_same_bytes(read: &[Dataset]) -> Result<(), Report> {
    let mut hashes: BTreeMap<&str, &str> = BTreeMap::new();
    for data in read {
        if let Some(same) = hashes.insert(&data.sha256, &data.file) {
            let fault = Diagnostic::error(format!("`{}` has the same bytes as `{same}`", data.file));
            return Err(fault.at(Place::file(&data.file)).hint("name each file once").into());
        }
    }
    Ok(())
}

/// Why several files cannot be drawn on one axis.
fn refuse_unlike(read: &[Dataset]) -> Result<(), Report> {
    let Some((first, others)) = read.split_first() else { return Ok(()) };
    let scaled: Vec<&Dataset> = read.iter().filter(|d| labels::is_scaled(&d.facts.format)).collect();
    if let [_, second, ..] = scaled.as_slice() {
        let fault = Diagnostic::error(
            "cannot draw two Google Trends exports on one axis: each is scaled to its own highest value, 100",
        );
        let fault = fault.at(Place::file(&second.file));
        let hint = "put the same term into both exports and name it with `--anchor`";
        return Err(fault.hint(hint).hint("or export the terms in one comparison").into());
    }
    if let Some(map) = others.iter().find(|d| labels::is_shared_out(&d.facts.format)) {
        let fault = Diagnostic::error("cannot draw shares of searches and another file on one axis");
        let fault = fault.at(Place::file(&map.file));
        return Err(fault.hint("plot each file alone, or export all terms in one comparison").into());
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
    let format = data.facts.format.as_str();
    match data.measures.first() {
        _ if format == "google-trends-now" => "search volume (at least)".into(),
        _ if labels::is_shared_out(format) => "percentage of searches for these terms".into(),
        // The subjects of a map of one term are its places.
        Some(term) if format == "google-trends-map" && term != labels::UNNAMED_MEASURE => {
            format!("search interest in {term}")
        }
        Some(name) if format == "google-trends-queries" => name.clone(),
        _ if labels::is_scaled(format) => "search interest".into(),
        Some(name) => name.replace('_', " "),
        None => labels::UNNAMED_MEASURE.into(),
    }
}

/// Files with the first measure of each, and its series as subjects.
fn flat(mut read: Vec<Dataset>) -> Vec<Dataset> {
    for data in &mut read {
        prune::keep_measure(data, 0);
        prune::fold_groups(data);
    }
    read
}

/// The subjects of all files as those of one dataset.
fn join(flat: Vec<Dataset>, sources: &[Source]) -> Option<Dataset> {
    let mut known: BTreeMap<String, usize> = BTreeMap::new();
    for name in flat.iter().flat_map(|data| &data.subjects) {
        *known.entry(name.to_lowercase()).or_default() += 1;
    }
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
