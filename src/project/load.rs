//! Reads a project's files: the manifest, and each data file once.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::pattern;
use crate::artifact::{reason, shown};
use crate::data::{self, Aggregate, Anchor, Columns, Dataset, JoinKeys, Joining};
use crate::diag::{self, Diagnostic, Place, Report, listed, nearest, quoted};
use crate::manifest::{self, Manifest};
use crate::spec::{DatasetSpec, FigureSpec, FileSpec, NamesFrom, SubjectSpec};

/// What a manifest says to have files joined in another way.
const KEYS: JoinKeys = JoinKeys { anchor: "`anchor`", measure: "`values`", apart: "make a dataset of each" };

/// Files of at most so many bytes are read again to show a line of them.
const READ_AGAIN: u64 = 64 << 20;

/// Reads the manifest. Its report comes along; a file that cannot be read is an error.
pub(crate) fn manifest(path: &Path) -> Result<(Manifest, Report), Report> {
    let file = shown(path);
    let bytes = fs::read(path).map_err(|error| {
        let diagnostic =
            diag::error("unreadable-manifest", format!("failed to read the manifest: {}", reason(&error)));
        let hint = "name another file with `--manifest`, or work in the folder that has `popchart.toml`";
        Report::from(diagnostic.at(Place::file(&file)).hint(hint))
    })?;
    let folder = path.parent().unwrap_or(Path::new(""));
    let text = std::str::from_utf8(&bytes).map_err(|error| {
        let before = bytes.get(..error.valid_up_to()).unwrap_or_default();
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        let place = Place { line: u32::try_from(line).ok(), ..Place::file(&file) };
        let diagnostic = diag::error("manifest-not-text", "the manifest is not UTF-8").at(place);
        Report::from(diagnostic.hint("save it as UTF-8"))
    })?;
    let (mut manifest, report) = manifest::load(&file, text.strip_prefix('\u{feff}').unwrap_or(text));
    pattern::find(&mut manifest, folder);
    Ok((manifest, report))
}

/// What was read of the data that figures need.
pub(crate) struct Read {
    /// The datasets without errors, by their keys.
    pub(crate) datasets: BTreeMap<String, Dataset>,
    /// Errors and warnings with the dataset's key, in the order of first use.
    pub(crate) reports: Vec<(String, Report)>,
}

/// Reads the datasets of figures, each file once even where several datasets share it, and joins the files of each.
pub(crate) fn datasets(figures: &[&FigureSpec], folder: &Path) -> Read {
    let mut specs: Vec<&DatasetSpec> = Vec::new();
    for spec in figures.iter().flat_map(|figure| &figure.datasets) {
        if !specs.iter().any(|other| other.key == spec.key) {
            specs.push(spec);
        }
    }
    let named =
        || specs.iter().flat_map(|spec| spec.files.iter().map(move |file| (*spec, file.path.as_str())));
    let paths: BTreeMap<&str, PathBuf> = named().map(|(_, path)| (path, folder.join(path))).collect();
    let whole = |name: &&str| named().any(|(spec, path)| path == *name && spec.aggregate.is_none());
    let files: BTreeMap<&str, io::Result<Vec<u8>>> = paths
        .par_iter()
        .filter(|(name, _)| whole(name))
        .map(|(name, path)| (*name, unchanged(path, || regular(path).and_then(within_limit))))
        .collect();
    let read_one = |spec: &DatasetSpec, file: &FileSpec| {
        let (mut data, told) = match (paths.get(file.path.as_str()), files.get(file.path.as_str())) {
            (Some(path), None) => grouped(spec, file, path),
            (Some(path), Some(_)) if spec.aggregate.is_some() => grouped(spec, file, path),
            (Some(path), Some(Ok(bytes))) => data::read(&shown(path), bytes, &spec.columns),
            (Some(path), Some(Err(error))) => Err(unreadable(spec, file, path, error)),
            (None, _) => Err(Report::default()),
        }?;
        named_by_manifest(spec, file, &mut data)?;
        Ok((data, told))
    };
    let everybody = figures.first().map(|figure| figure.declared.as_slice()).unwrap_or_default();
    let read: Vec<Result<(Dataset, Report), Report>> = specs
        .par_iter()
        .map(|spec| joined(spec, spec.files.par_iter().map(|file| read_one(spec, file)).collect(), everybody))
        .collect();
    let mut all = Read { datasets: BTreeMap::new(), reports: Vec::new() };
    for (spec, result) in specs.iter().zip(read) {
        let mut report = match result {
            Ok((dataset, warnings)) => {
                all.datasets.insert(spec.key.clone(), dataset);
                warnings
            }
            Err(errors) => errors,
        };
        show_lines_of(&mut report, spec, folder);
        all.reports.push((spec.key.clone(), report.of_dataset(&spec.key)));
    }
    all
}

/// Shows the lines of a dataset's files that a report speaks of and does not show yet.
pub(super) fn show_lines_of(report: &mut Report, spec: &DatasetSpec, folder: &Path) {
    show_lines(report, spec.files.iter().map(|file| folder.join(&file.path)), &spec.columns);
}

/// Shows the lines of files that a report speaks of and does not show yet.
pub(crate) fn show_lines(report: &mut Report, files: impl IntoIterator<Item = PathBuf>, columns: &Columns) {
    for path in files {
        let name = shown(&path);
        let is_short = || fs::metadata(&path).is_ok_and(|f| f.is_file() && f.len() <= READ_AGAIN);
        if !report.lines_to_show(&name).is_empty()
            && is_short()
            && let Ok(bytes) = fs::read(&path)
        {
            data::show(report, &name, &bytes, columns);
        }
    }
}

/// Calls a file's subject as the manifest has it.
fn named_by_manifest(spec: &DatasetSpec, file: &FileSpec, data: &mut Dataset) -> Result<(), Report> {
    let (name, hint) = match (&file.name, spec.names_from) {
        (Some(name), _) => (name.clone(), "make `files` an array, which leaves the subjects their names"),
        (None, NamesFrom::File) => (
            data::stem(&file.path).to_owned(),
            "leave `names_from` out, which leaves the subjects their names",
        ),
        (None, NamesFrom::Column) => return Ok(()),
    };
    data::rename(data, &name).map_err(|fault| fault.hint(hint).into())
}

/// The only dataset of a figure, whose files were read in its order.
pub(crate) fn of_read(
    figure: &FigureSpec,
    read: Vec<Dataset>,
) -> Result<(BTreeMap<String, Dataset>, Report), Report> {
    let Some(spec) = figure.datasets.first() else { return Err(Report::default()) };
    let read = read.into_iter().map(|data| Ok((data, Report::default()))).collect();
    let (data, warnings) = joined(spec, read, &figure.declared)?;
    Ok((BTreeMap::from([(spec.key.clone(), data)]), warnings))
}

/// The files of a dataset as one.
fn joined(
    spec: &DatasetSpec,
    read: Vec<Result<(Dataset, Report), Report>>,
    everybody: &[SubjectSpec],
) -> Result<(Dataset, Report), Report> {
    let (mut files, mut told) = (Vec::new(), Report::default());
    for result in read {
        match result {
            Ok((mut data, warnings)) => {
                if spec.groups_are_subjects {
                    data::narrow::fold_groups(&mut data);
                }
                files.push(data);
                told.merge(warnings);
            }
            Err(errors) => told.merge(errors),
        }
    }
    if let ([], Some((pattern, place))) = (spec.files.as_slice(), &spec.pattern) {
        let fault = diag::error("unmatched-pattern", format!("no file is like {}", quoted(pattern)));
        let hint = "the pattern is relative to the manifest's folder, and links are not followed";
        told.push(fault.at(place.clone()).hint(hint));
    }
    if told.has_errors() || files.len() < spec.files.len() {
        return Err(told);
    }
    let anchor = spec.anchor.as_deref().map(|term| Anchor { term, below_one: spec.below_one });
    let whom = |name: &str| match spec.whom(name, everybody) {
        Some(index) => format!("\0{index}"),
        None => name.trim().to_lowercase(),
    };
    match data::join(files, &Joining { anchor, whom: &whom, keys: KEYS }) {
        Ok((data, warnings)) => {
            told.merge(warnings);
            Ok((data, told))
        }
        Err(errors) => {
            told.merge(errors);
            Err(told)
        }
    }
}

/// Reads a dataset whose values are to become one for each date and series.
fn grouped(spec: &DatasetSpec, file: &FileSpec, path: &Path) -> Result<(Dataset, Report), Report> {
    let Some(how) = spec.aggregate else { return Err(Report::default()) };
    regular(path)
        .and_then(|_| unchanged(path, || data::read_file(path, &shown(path), &spec.columns, how)))
        .unwrap_or_else(|error| Err(unreadable(spec, file, path, &error)))
}

/// Opens a file of a manifest, which is read again and again: a FIFO would hang, and a device never end.
fn regular(path: &Path) -> io::Result<fs::File> {
    let kind = fs::metadata(path)?;
    if kind.is_file() || kind.is_dir() {
        return fs::File::open(path);
    }
    Err(io::Error::other("it is no regular file"))
}

/// Opens what is named on the command line, which may also be a pipe that a shell has opened: any other would hang.
fn handed(path: &Path) -> io::Result<fs::File> {
    let is_open = ["/dev/fd", "/dev/stdin", "/proc/self/fd"].iter().any(|open| path.starts_with(open));
    if is_open { fs::File::open(path) } else { regular(path) }
}

/// Reads a file. Of one that somebody writes at the same time nobody knows what was read.
fn unchanged<T>(path: &Path, read: impl FnOnce() -> io::Result<T>) -> io::Result<T> {
    of_one_length(|| fs::metadata(path).map(|file| file.len()), read)
}

fn of_one_length<T>(
    length: impl Fn() -> io::Result<u64>,
    read: impl FnOnce() -> io::Result<T>,
) -> io::Result<T> {
    let (before, read) = (length()?, read()?);
    if length()? == before {
        return Ok(read);
    }
    Err(io::Error::new(io::ErrorKind::InvalidData, "it was changed at the same time"))
}

/// Reads to the end, or as far as tells that it is too much.
fn within_limit(from: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    from.take(data::SIZE_LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Where a dataset names a file.
fn place_of_file(spec: &DatasetSpec, file: &FileSpec) -> Place {
    match spec.files.iter().position(|other| other == file) {
        Some(index) if spec.places.has("files") => spec.places.of_element("files", index),
        _ => spec.places.of("path"),
    }
}

fn unreadable(spec: &DatasetSpec, file: &FileSpec, path: &Path, error: &io::Error) -> Report {
    let message = format!("failed to read `{}`: {}", shown(path), reason(error));
    let mut diagnostic = diag::error("unreadable-file", message).at(place_of_file(spec, file));
    if error.kind() == io::ErrorKind::NotFound {
        diagnostic = diagnostic.hint(match near(path) {
            Some(name) => format!("did you mean {}?", listed([name])),
            None => "`path` is relative to the manifest's folder".to_owned(),
        });
    }
    diagnostic.into()
}

/// Names of the files in a folder, sorted: the order of a folder is not that of the next machine.
fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().filter_map(Result::ok);
    let mut names: Vec<String> =
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A file named on the command line, read.
pub(crate) struct Input {
    /// As messages name it.
    pub(crate) name: String,
    /// Its bytes.
    pub(crate) bytes: Vec<u8>,
}

/// Reads files named on the command line; `-` is standard input, which can be read once.
#[derive(Default)]
pub(crate) struct Inputs {
    consumed: bool,
}

impl Inputs {
    /// Reads one as a dataset; with `aggregate`, one value for each date and series.
    pub(crate) fn dataset(
        &mut self,
        path: &Path,
        columns: &Columns,
        aggregate: Option<Aggregate>,
    ) -> Result<(Dataset, Report), Report> {
        match aggregate {
            Some(how) if is_standard_stream(path) => {
                let input = self.read(path)?;
                data::read_grouped(&input.name, &input.bytes, columns, how)
            }
            Some(how) => handed(path)
                .and_then(|_| unchanged(path, || data::read_file(path, &shown(path), columns, how)))
                .unwrap_or_else(|error| Err(missing(path, &error))),
            None => {
                let input = self.read(path)?;
                data::read(&input.name, &input.bytes, columns)
            }
        }
    }

    /// Reads one.
    pub(crate) fn read(&mut self, path: &Path) -> Result<Input, Report> {
        let name = if is_standard_stream(path) { "standard input".to_owned() } else { shown(path) };
        let bytes;
        if !is_standard_stream(path) {
            let read = unchanged(path, || handed(path).and_then(within_limit));
            bytes = read.map_err(|error| missing(path, &error))?;
        } else if std::mem::replace(&mut self.consumed, true) {
            let fault = diag::error("second-standard-input", "cannot read standard input twice")
                .at(Place::file(&name));
            return Err(fault.hint("name `-` once").into());
        } else {
            bytes = within_limit(io::stdin().lock()).map_err(|error| failed(&name, &error))?;
        }
        Ok(Input { name, bytes })
    }
}

/// That a file cannot be read, with the name of one that may have been meant.
fn missing(path: &Path, error: &io::Error) -> Report {
    match error.kind() {
        io::ErrorKind::NotFound if path.is_symlink() => {
            let message = "failed to read: it is a link to a file that is not there";
            let annexed = fs::read_link(path).is_ok_and(|to| to.to_string_lossy().contains("annex/objects/"));
            let fault = diag::error("unreadable-file", message).at(Place::file(shown(path)));
            fault
                .hint(if annexed { "fetch the file with `git annex get`" } else { "name the file itself" })
                .into()
        }
        io::ErrorKind::NotFound if near(path).is_none() => {
            failed(&shown(path), error).hint("look whether the path is right").into()
        }
        io::ErrorKind::NotFound => like_a_file_there(path, failed(&shown(path), error)),
        io::ErrorKind::InvalidData => {
            failed(&shown(path), error).hint("try again when nobody writes it").into()
        }
        io::ErrorKind::Other => failed(&shown(path), error)
            .hint("name a file, or hand the data over on standard input, as `-`")
            .into(),
        io::ErrorKind::IsADirectory => failed(&shown(path), error).hint("name a file in it").into(),
        _ => failed(&shown(path), error).into(),
    }
}

fn failed(name: &str, error: &io::Error) -> Diagnostic {
    diag::error("unreadable-file", format!("failed to read: {}", reason(error))).at(Place::file(name))
}

/// Whether a path on the command line means standard input, or output.
pub(crate) fn is_standard_stream(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// A fault with the name of a file that may have been meant.
fn like_a_file_there(path: &Path, fault: Diagnostic) -> Report {
    near(path).map_or(fault.clone(), |name| fault.hint(format!("did you mean {}?", listed([name])))).into()
}

/// The file in the same folder whose name is nearest to that of a file that is not there.
fn near(path: &Path) -> Option<String> {
    let wanted = path.file_name()?.to_string_lossy().into_owned();
    let there = names_in(path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new(".")));
    nearest(&wanted, there.iter().map(String::as_str)).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_shrinks_or_grows_while_it_is_read_is_not_believed() {
        let length = std::cell::Cell::new(20);
        let reading = |after: u64| {
            let read = || {
                length.set(after);
                Ok(())
            };
            of_one_length(|| Ok(length.get()), read)
                .map_err(|error| missing(Path::new("f.csv"), &error).to_string())
        };
        let told = "error[unreadable-file]: failed to read: it was changed at the same time\n  --> f.csv\n\
                    hint: try again when nobody writes it\n";
        assert_eq!(reading(7), Err(told.to_owned()));
        assert_eq!(reading(30), Err(told.to_owned()));
        assert_eq!(reading(30), Ok(()));
    }
}
