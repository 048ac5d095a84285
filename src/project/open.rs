//! Opens a project: its manifest read, its data read, and whose file is whose.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use super::files::{files, files_of_broken};
use super::{gallery, load};
use crate::artifact::{place_of, shown};
use crate::data::Dataset;
use crate::diag::{self, Place, Report, listed, nearest};
use crate::export::record::{sha256, with_own_line_ends};
use crate::manifest::Manifest;
use crate::spec::FigureSpec;

/// Larger files of data are not read again to tell rewritten line ends from other changes, in bytes.
const MOST_REWRITTEN: u64 = 1 << 24;

/// A project, read.
pub(super) struct Project {
    /// Its manifest.
    pub(super) manifest: Manifest,
    /// The folder of the manifest.
    pub(super) folder: PathBuf,
    /// The folder of artifacts.
    pub(super) out: PathBuf,
    /// The data without errors, by their keys.
    pub(super) datasets: BTreeMap<String, Dataset>,
    /// Figures that may not be drawn because of their files' names, with the reason.
    pub(super) clashes: BTreeMap<String, Report>,
    /// Hashes of data files with either line end, as far as they were asked for.
    line_ends: Mutex<BTreeMap<String, Vec<String>>>,
    /// Where its data lie, to be told from what may be replaced.
    pub(super) data: BTreeSet<String>,
    /// Whether the manifest has no errors, so that all its figures are known.
    pub(super) is_sound: bool,
    /// What there is to tell of manifest and data.
    pub(super) report: Report,
}

/// Reads the project of a manifest. `wanted` names the figures that the command is about; all when it is empty.
///
/// # Errors
/// When a wanted figure is not in it.
pub(super) fn open(
    manifest_path: &Path,
    (manifest, mut report): (Manifest, Report),
    wanted: &[String],
) -> Result<Project, Report> {
    let is_sound = !report.has_errors();
    let unknown = unknown_figures(&manifest, wanted);
    if unknown.has_errors() {
        report.merge(unknown);
        return Err(report);
    }
    let folder = manifest_path.parent().unwrap_or(Path::new("")).to_owned();
    let out = folder.join(&manifest.output.dir);
    let specs: Vec<&FigureSpec> = manifest.figures.iter().collect();
    let read = load::datasets(&specs, &folder);
    // Data of figures that nobody asked about are read for the gallery alone.
    let selected = specs.iter().filter(|spec| is_wanted(wanted, &spec.key));
    let needed: BTreeSet<&str> =
        selected.flat_map(|spec| &spec.datasets).map(|dataset| dataset.key.as_str()).collect();
    for (key, told) in read.reports {
        if needed.contains(key.as_str()) {
            report.merge(told);
        }
    }
    let data_files =
        manifest.datasets.iter().flat_map(|(key, spec)| spec.files.iter().map(move |file| (key, file)));
    let paths: BTreeMap<String, &str> =
        data_files.map(|(key, file)| (place(&folder.join(&file.path)), key.as_str())).collect();
    let clashes = clashes(&manifest, &out, &paths);
    let data = paths.into_keys().collect();
    let (datasets, line_ends) = (read.datasets, Mutex::default());
    Ok(Project { folder, out, datasets, clashes, line_ends, data, is_sound, report, manifest })
}

/// Names of the files of figures that other manifests of the folder write to the same place, in lower case: they are
/// somebody's, also where a manifest has errors.
pub(super) fn claimed_beside(manifest_path: &Path, out: &Path) -> BTreeSet<String> {
    let folder = manifest_path.parent().unwrap_or(Path::new(""));
    let here = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let entries = fs::read_dir(here).into_iter().flatten().filter_map(Result::ok);
    let is_manifest = |path: &PathBuf| {
        path.extension().is_some_and(|ending| ending == "toml")
            && path.file_name() != manifest_path.file_name()
            && fs::metadata(path).is_ok_and(|file| file.is_file() && file.len() <= MOST_REWRITTEN)
    };
    let mut claimed = BTreeSet::new();
    for path in entries.map(|entry| folder.join(entry.file_name())).filter(is_manifest) {
        let Ok((other, _)) = load::manifest(&path) else { continue };
        if place(&folder.join(&other.output.dir)) != place(out) {
            continue;
        }
        claimed.extend(claimed_by(&other));
    }
    claimed
}

/// Names of all files that the figures of a manifest may have, in lower case.
pub(super) fn claimed_by(manifest: &Manifest) -> impl Iterator<Item = String> {
    let output = &manifest.output;
    let sound = manifest.figures.iter().flat_map(|spec| files(output, &spec.key, &spec.sizes));
    let broken = manifest.broken.iter().flat_map(|name| files_of_broken(output, name));
    sound.chain(broken).map(|file| file.name.to_lowercase())
}

/// Whether a command is about a figure.
pub(super) fn is_wanted(wanted: &[String], name: &str) -> bool {
    wanted.is_empty() || wanted.iter().any(|other| other == name)
}

/// A place on the disk, to be compared without case as some file systems do.
fn place(path: &Path) -> String {
    place_of(path).to_string_lossy().to_lowercase()
}

fn unknown_figures(manifest: &Manifest, wanted: &[String]) -> Report {
    let known: Vec<&str> = manifest
        .figures
        .iter()
        .map(|f| f.key.as_str())
        .chain(manifest.broken.iter().map(String::as_str))
        .collect();
    let mut report = Report::default();
    for name in wanted.iter().filter(|name| !known.contains(&name.as_str())) {
        let diagnostic =
            diag::error("unknown-figure", format!("unknown figure `{name}`")).at(Place::file(&manifest.file));
        report.push(match nearest(name, known.iter().copied()) {
            Some(near) => diagnostic.hint(format!("did you mean `{near}`?")),
            None if known.is_empty() => diagnostic,
            None => diagnostic.hint(format!("the figures are {}", listed(&known))),
        });
    }
    report
}

/// Figures that would replace data, another's file, or the gallery.
fn clashes(manifest: &Manifest, out: &Path, data: &BTreeMap<String, &str>) -> BTreeMap<String, Report> {
    let folder = place_of(out);
    let mut owners: BTreeMap<String, &str> = BTreeMap::from([(gallery::NAME.to_lowercase(), "")]);
    let mut clashes = BTreeMap::new();
    for spec in &manifest.figures {
        for file in files(&manifest.output, &spec.key, &spec.sizes) {
            let place = folder.join(&file.name).to_string_lossy().to_lowercase();
            let owner = owners.entry(file.name.to_lowercase()).or_insert(&spec.key);
            let diagnostic = if let Some(key) = data.get(&place) {
                let path = shown(&out.join(&file.name));
                let message = format!("it would replace its data: `{path}` is dataset `{key}`");
                diag::error("replaces-data", message)
                    .hint("give the figure another name, or the output another `dir`")
            } else if *owner != spec.key {
                let other =
                    if owner.is_empty() { "the gallery".to_owned() } else { format!("figure `{owner}`") };
                let message = format!("its file `{}` would be that of {other} as well", file.name);
                diag::error("same-file-name", message).hint("give it another name")
            } else {
                continue;
            };
            let report = || Report::from(diagnostic.of_figure(&*spec.key).at(spec.place.clone()));
            clashes.entry(spec.key.clone()).or_insert_with(report);
        }
    }
    clashes
}

impl Project {
    /// A file of the output folder, as results name it.
    pub(super) fn path_of(&self, name: &str) -> String {
        shown(&self.out.join(name))
    }

    /// Whether a file of data, named as in the manifest, has other line ends than it had when its hash was this,
    /// and no other change. A checkout does that. Each file is read once, if its hash has changed at all.
    pub(super) fn is_rewritten(&self, path: &str, hash: &str) -> bool {
        let mut known = self.line_ends.lock().unwrap_or_else(PoisonError::into_inner);
        let forms = known.entry(path.to_owned()).or_insert_with(|| {
            let path = self.folder.join(path);
            let is_small = |file: fs::Metadata| file.is_file() && file.len() <= MOST_REWRITTEN;
            let is_read = fs::metadata(&path).is_ok_and(is_small);
            let Some(bytes) = is_read.then(|| fs::read(&path).ok()).flatten() else { return Vec::new() };
            let own = with_own_line_ends(&bytes).unwrap_or(bytes);
            let other = own
                .iter()
                .flat_map(|byte| if *byte == b'\n' { &b"\r\n"[..] } else { std::slice::from_ref(byte) });
            vec![sha256(&own), sha256(&other.copied().collect::<Vec<u8>>())]
        });
        forms.iter().any(|form| form == hash)
    }

    /// Whether a file of the output folder is data of the project.
    pub(super) fn is_data(&self, name: &str) -> bool {
        self.data.contains(&place(&self.out.join(name)))
    }
}
