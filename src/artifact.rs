//! Files that popchart reads and writes back: what there is under a name, and whole files or none in its place.
//!
//! A file is written under a temporary name beside its place and renamed, so
//! that whoever reads it sees the old bytes or the new ones, even if popchart
//! is killed. The room must not know what the bytes are or how they were made.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use tempfile::Builder;

/// How temporary names start and end; a project may ignore `.popchart-*.tmp`.
const TEMPORARY: (&str, &str) = (".popchart-", ".tmp");

/// How often a file is written again whose temporary file another run's sweep took: between the making of
/// such a file and its lock it looks like a dead run's.
const ATTEMPTS: u32 = 100;

/// What there is under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing.
    Nothing,
    /// A regular file, with its bytes.
    File(Vec<u8>),
    /// Something that is never opened, in words: a link, a folder, a FIFO.
    Other(&'static str),
}

/// What there is under a name. Only regular files are opened, and links are not followed: a FIFO would
/// hang, and what a link leads to is not ours.
///
/// # Errors
/// When there is something that cannot be read.
pub fn look(path: &Path) -> io::Result<Found> {
    let kind = match fs::symlink_metadata(path) {
        Ok(found) => found.file_type(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Found::Nothing),
        Err(error) => return Err(error),
    };
    if kind.is_file() {
        return match fs::read(path) {
            Ok(bytes) => Ok(Found::File(bytes)),
            // Another run has just removed it.
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Found::Nothing),
            Err(error) => Err(error),
        };
    }
    Ok(Found::Other(if kind.is_symlink() {
        "a link"
    } else if kind.is_dir() {
        "a folder"
    } else {
        special(kind)
    }))
}

#[cfg(unix)]
fn special(kind: fs::FileType) -> &'static str {
    use std::os::unix::fs::FileTypeExt as _;
    if kind.is_fifo() {
        "a FIFO"
    } else if kind.is_socket() {
        "a socket"
    } else {
        "a device"
    }
}

#[cfg(not(unix))]
fn special(_: fs::FileType) -> &'static str {
    "no regular file"
}

/// Makes a name hold these bytes. Its folder must exist; a link under the name is replaced, not followed.
///
/// # Errors
/// When the file cannot be written; the old one is then as it was.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let old = fs::symlink_metadata(path).ok().filter(fs::Metadata::is_file);
    let mut attempt = 1;
    loop {
        match write_once(path, bytes, old.as_ref()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound && attempt < ATTEMPTS => attempt += 1,
            result => return result,
        }
    }
}

fn write_once(path: &Path, bytes: &[u8], old: Option<&fs::Metadata>) -> io::Result<()> {
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the user's umask takes away, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder_of(path))?;
    // Held until the rename: tells a living writer's file from a dead one's.
    let _ = temporary.as_file().try_lock();
    temporary.write_all(bytes)?;
    if let Some(old) = old {
        temporary.as_file().set_permissions(old.permissions())?;
    }
    // Not synced: bytes that were written outlive the process, however it ends. Only a loss of power
    // could lose them, and a lost artifact is drawn again; a sync of each would cost more than drawing.
    temporary.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// The folder that a path names a file of.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Where a path leads, whether or not there is something: two paths to one file have one place.
#[must_use]
pub fn place_of(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| {
        let folder = fs::canonicalize(folder_of(path)).unwrap_or_else(|_| folder_of(path).to_owned());
        path.file_name().map_or_else(|| path.to_owned(), |name| folder.join(name))
    })
}

/// A path as messages and results show it: with `/` on every system.
#[must_use]
pub fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

/// Why reading or writing failed, in words that are the same on every system.
#[must_use]
pub fn reason(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "no such file".into(),
        io::ErrorKind::PermissionDenied => "permission denied".into(),
        io::ErrorKind::IsADirectory => "it is a folder".into(),
        io::ErrorKind::StorageFull => "no space is left".into(),
        _ => error.to_string(),
    }
}

/// Removes temporary files that a killed run left in a folder; those that
/// another run is writing stay. What cannot be removed is left for the next run.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let left_over = entries.filter_map(Result::ok).filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        let is_file = || entry.file_type().is_ok_and(|kind| kind.is_file());
        name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) && is_file()
    });
    let stale: Vec<PathBuf> = left_over.map(|entry| entry.path()).collect();
    for path in stale {
        let dead = File::open(&path).is_ok_and(|file| file.try_lock().is_ok());
        if dead {
            let _ = fs::remove_file(&path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bytes(path: &Path) -> Vec<u8> {
        match look(path).unwrap() {
            Found::File(bytes) => bytes,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_file_is_replaced_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.svg");
        assert_eq!(look(&path).unwrap(), Found::Nothing);
        for text in ["one", "two"] {
            write(&path, text.as_bytes()).unwrap();
            assert_eq!(bytes(&path), text.as_bytes());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
        assert_eq!(look(folder.path()).unwrap(), Found::Other("a folder"));
        assert!(write(folder.path(), b"x").is_err());
        assert!(write(&folder.path().join("none/a.svg"), b"x").is_err());
    }

    /// A sweep may take a temporary file before its writer has locked it.
    #[test]
    fn what_another_run_swept_is_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|threads| {
            threads.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::Relaxed) {
                    for entry in fs::read_dir(folder.path()).unwrap().filter_map(Result::ok) {
                        if entry.file_name().to_string_lossy().ends_with(".tmp") {
                            let _ = fs::remove_file(entry.path());
                        }
                    }
                }
            });
            for round in 0..300 {
                let path = folder.path().join(format!("{}.svg", round % 7));
                let written = write(&path, round.to_string().as_bytes());
                assert_eq!(written.map_err(|error| error.to_string()), Ok(()), "round {round}");
            }
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
    }

    #[test]
    fn files_of_a_dead_run_are_swept_and_others_stay() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str| folder.path().join(name);
        for name in [".popchart-dead.tmp", ".popchart-alive.tmp", "mine.tmp", ".popchart-notes"] {
            fs::write(file(name), "x").unwrap();
        }
        let alive = File::open(file(".popchart-alive.tmp")).unwrap();
        alive.lock().unwrap();
        sweep(folder.path());
        let left = |name: &str| file(name).exists();
        assert!(!left(".popchart-dead.tmp"));
        assert!(left(".popchart-alive.tmp") && left("mine.tmp") && left(".popchart-notes"));
        drop(alive);
        sweep(folder.path());
        assert!(!left(".popchart-alive.tmp"));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed_and_permissions_survive() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.svg"), folder.path().join("link.svg"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.svg", &link).unwrap();
        assert_eq!(look(&link).unwrap(), Found::Other("a link"));
        write(&link, b"new").unwrap();
        assert!(!fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!((bytes(&real), bytes(&link)), (b"old".to_vec(), b"new".to_vec()));
        write(&real, b"new").unwrap();
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
