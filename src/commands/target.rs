//! Where what `plot` makes goes: a picture, or the manifest that draws it.
//!
//! Nothing is read here but what stands in the way. It must not know what is drawn.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::shown;
use crate::diag::{self, Place, Report};
use crate::export::{self, Export};
use crate::manifest::figure_key;
use crate::project::{load, writable};

/// Where a figure, or its manifest, goes.
pub(super) struct Target {
    /// `None` is standard output.
    pub(super) path: Option<PathBuf>,
    /// What is written, where it is no manifest.
    pub(super) export: &'static Export,
    /// The figure's key.
    pub(super) key: String,
}

/// Where the figure goes, as far as that can be told without reading.
pub(super) fn of_figure(files: &[PathBuf], out: Option<&Path>, force: bool) -> Result<Target, Report> {
    let first = files.first().map(|path| stem(path)).unwrap_or_default();
    let svg = &export::svg::EXPORT;
    let Some(out) = out else {
        let path = PathBuf::from(format!("{first}.svg"));
        let target = Target { path: Some(path.clone()), export: svg, key: figure_key(&first) };
        let target = checked(files, target, force)?;
        if path.exists() && !force {
            let fault = diag::error("existing-file", format!("`{}` is there already", shown(&path)));
            return Err(fault.hint("replace it with `--force`, or name another file with `-o`").into());
        }
        return Ok(target);
    };
    if load::is_standard_stream(out) {
        return Ok(Target { path: None, export: svg, key: figure_key(&first) });
    }
    let ending = out.extension().and_then(OsStr::to_str).unwrap_or_default();
    let Some(export) = export::of_ending(ending).filter(|export| export.is_picture()) else {
        let endings: Vec<String> = export::pictures().map(|export| format!("`.{}`", export.name)).collect();
        let message =
            format!("expected a file that ends in {}, found `{}`", endings.join(" or "), shown(out));
        return Err(diag::error("unknown-ending", message).hint("the ending says what is written").into());
    };
    checked(files, Target { path: Some(out.to_owned()), export, key: figure_key(&stem(out)) }, force)
}

/// Tells of files that a manifest cannot name.
pub(super) fn namable(files: &[PathBuf]) -> Result<(), Report> {
    if files.iter().any(|file| load::is_standard_stream(file)) {
        let fault = diag::error("unnamable-data", "cannot name standard input in a manifest");
        return Err(fault.hint("save the data in a file, and name that").into());
    }
    if let Some(path) = files.iter().find(|path| path.to_str().is_none()) {
        let message = "cannot name a file in a manifest whose name is not Unicode";
        let fault = diag::error("unnamable-data", message);
        return Err(fault.at(Place::file(shown(path))).hint("give the file another name").into());
    }
    Ok(())
}

/// Where the manifest goes: to standard output, or to a new file of the current folder, which its paths start from.
pub(super) fn of_manifest(files: &[PathBuf], out: Option<&Path>) -> Result<Target, Report> {
    namable(files)?;
    let key = files.first().map(|path| figure_key(&stem(path))).unwrap_or_default();
    let path = out.filter(|out| !load::is_standard_stream(out));
    let Some(path) = path else { return Ok(Target { path: None, export: &export::svg::EXPORT, key }) };
    let is_here = path.parent().is_none_or(|folder| folder.as_os_str().is_empty() || folder == ".");
    if path.extension().is_none_or(|ending| ending != "toml") {
        let message = format!("expected a file that ends in `.toml`, found `{}`", shown(path));
        let hint = "leave `--manifest` out to draw the figure";
        return Err(diag::error("unknown-ending", message).hint(hint).into());
    }
    if !is_here {
        let message = format!("expected a file in the current folder, found `{}`", shown(path));
        let hint = "run `plot` in that folder: paths in a manifest are relative to it";
        return Err(diag::error("manifest-elsewhere", message).hint(hint).into());
    }
    is_new(path)?;
    Ok(Target { path: Some(path.to_owned()), export: &export::svg::EXPORT, key })
}

/// A manifest carries no sign of who wrote it, so that none is replaced.
pub(super) fn is_new(path: &Path) -> Result<(), Report> {
    if path.symlink_metadata().is_err() {
        return Ok(());
    }
    let fault = diag::error("existing-manifest", format!("`{}` is there already", shown(path)));
    Err(fault.hint("name another file with `-o`").into())
}

/// A target that is none of the data, and that may be written as far as can be told now.
fn checked(files: &[PathBuf], target: Target, force: bool) -> Result<Target, Report> {
    let Some(path) = &target.path else { return Ok(target) };
    let real = |path: &Path| std::fs::canonicalize(path).ok();
    let place = real(path);
    if let Some(file) = files.iter().find(|file| place.is_some() && real(file) == place) {
        let fault = diag::error("replaces-data", "cannot replace the data with their figure");
        return Err(fault.at(Place::file(shown(file))).hint("name another file with `-o`").into());
    }
    writable(path, target.export, force)?;
    Ok(target)
}

/// A file's name without folder and ending.
fn stem(path: &Path) -> String {
    if load::is_standard_stream(path) {
        return "stdin".into();
    }
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default()
}
