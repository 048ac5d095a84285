//! Files that popchart writes: a whole one or none, and none that did not change.
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

/// What became of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Replaced {
    /// It has new bytes.
    Written,
    /// It had these bytes already and was not touched.
    Same,
}

/// The bytes of a file; `None` where there is none.
///
/// # Errors
/// When there is something that cannot be read.
pub fn read(path: &Path) -> io::Result<Option<Vec<u8>>> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Makes a file hold these bytes. Its folder must exist. A symbolic link stays
/// one: the file that it leads to is replaced.
///
/// # Errors
/// When the file cannot be written; the old one is then as it was.
pub fn replace(path: &Path, bytes: &[u8]) -> io::Result<Replaced> {
    if read(path)?.is_some_and(|old| old == bytes) {
        return Ok(Replaced::Same);
    }
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = folder_of(&target);
    let mut builder = Builder::new();
    builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // Less what the user's umask takes away, as for any new file.
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    let mut temporary = builder.tempfile_in(folder)?;
    // Held until the rename: tells a living writer's file from a dead one's.
    let _ = temporary.as_file().try_lock();
    temporary.write_all(bytes)?;
    if let Ok(old) = fs::metadata(&target) {
        temporary.as_file().set_permissions(old.permissions())?;
    }
    // Not synced: bytes that were written outlive the process, however it ends. Only a loss of power
    // could lose them, and a lost artifact is drawn again; a sync of each would cost more than drawing.
    temporary.persist(&target).map_err(|error| error.error)?;
    Ok(Replaced::Written)
}

fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Removes temporary files that a killed run left in a folder; those that
/// another run is writing stay. What cannot be removed is left for the next run.
pub fn sweep(folder: &Path) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    let left_over = entries.filter_map(Result::ok).filter(|entry| {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1)
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

    #[test]
    fn only_new_bytes_are_written() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.svg");
        assert_eq!(replace(&path, b"one").unwrap(), Replaced::Written);
        let before = fs::metadata(&path).unwrap().modified().unwrap();
        assert_eq!(replace(&path, b"one").unwrap(), Replaced::Same);
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), before);
        assert_eq!(replace(&path, b"two").unwrap(), Replaced::Written);
        assert_eq!(read(&path).unwrap().unwrap(), b"two");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no temporary file is left");
    }

    #[test]
    fn a_missing_file_is_not_an_error_and_a_folder_is() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(&folder.path().join("none")).unwrap(), None);
        assert!(read(folder.path()).is_err() && replace(folder.path(), b"x").is_err());
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
    fn links_and_permissions_survive() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("real.svg"), folder.path().join("link.svg"));
        fs::write(&real, "old").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
        symlink("real.svg", &link).unwrap();
        assert_eq!(replace(&link, b"new").unwrap(), Replaced::Written);
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(read(&real).unwrap().unwrap(), b"new");
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    }
}
