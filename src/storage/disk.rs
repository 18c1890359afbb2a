//! The few disk operations storage needs, behind a trait so that tests can simulate a disk.
//!
//! Each method is one step of a protocol: none of them syncs on its own. The order in which
//! [`Store`](super::Store) calls them is what `tests/storage_power_loss` proves right.

use std::any::Any;
use std::fmt;
use std::io;
use std::path::Path;

mod real;

pub use real::RealDisk;

/// Keeps a lock until it is dropped.
pub type Guard = Box<dyn Any + Send + Sync>;

/// The answer to a request for a lock.
pub enum Locked {
    /// The lock is held as long as the guard lives.
    Held(Guard),
    /// Another program, or another window, holds it.
    Busy,
    /// This file system has no locks.
    Unsupported,
}

/// A disk, real or simulated.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Reads at most `limit` bytes of a regular file.
    fn read(&self, path: &Path, limit: u64) -> io::Result<Vec<u8>>;

    /// Tells whether something stands at this path, without following a symbolic link.
    fn exists(&self, path: &Path) -> io::Result<bool>;

    /// Creates one folder, private to the user.
    fn create_dir(&self, path: &Path) -> io::Result<()>;

    /// Creates a file that must not exist, private to the user, and writes it whole.
    fn create(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Adds bytes to the end of a file, created if absent; refuses a symbolic link.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;

    /// Cuts a file to this length.
    fn truncate(&self, path: &Path, length: u64) -> io::Result<()>;

    /// Waits until the content of a file is on the medium.
    fn sync_file(&self, path: &Path) -> io::Result<()>;

    /// Waits until the names in a folder are on the medium.
    fn sync_dir(&self, path: &Path) -> io::Result<()>;

    /// Renames a file, replacing the target at once.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove(&self, path: &Path) -> io::Result<()>;

    /// Tells whether the owner of a file marked it as not to be written. Nothing is where it is not.
    fn is_protected(&self, _path: &Path) -> io::Result<bool> {
        Ok(false)
    }

    /// Gives a file that replaces another the rights of the one it replaces, if there is one.
    fn keep_rights(&self, _replaced: &Path, _by: &Path) -> io::Result<()> {
        Ok(())
    }

    /// Tries to lock a file, created if absent.
    fn lock(&self, path: &Path) -> io::Result<Locked>;
}

/// Creates a folder and its missing parents, each durable.
pub(crate) fn ensure_dir(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    let parent = match path.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Path::new("."),
        Some(parent) => parent,
        None => return Ok(()),
    };
    if disk.exists(path)? {
        // It may have been created a moment ago, by an attempt that stopped before its sync.
        let _ = disk.sync_dir(parent);
        return Ok(());
    }
    ensure_dir(disk, parent)?;
    match disk.create_dir(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
        result => result?,
    }
    disk.sync_dir(parent)
}

/// Removes a file if it is there.
pub(crate) fn remove_if_exists(disk: &dyn Disk, path: &Path) -> io::Result<()> {
    match disk.remove(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        result => result,
    }
}

/// Reads a file if it is there.
pub(crate) fn read_if_exists(
    disk: &dyn Disk,
    path: &Path,
    limit: u64,
) -> io::Result<Option<Vec<u8>>> {
    match disk.read(path, limit) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// Writes a file under a temporary name, waits for it, then gives it its name. A file that is
/// replaced leaves its rights to the new one; a file marked as not to be written is not replaced.
///
/// The rename itself is durable once the caller has synced the folder. On failure the temporary file
/// is removed as far as possible and the target is untouched.
pub(crate) fn write_then_rename(
    disk: &dyn Disk,
    temp: &Path,
    target: &Path,
    bytes: &[u8],
) -> io::Result<()> {
    if disk.is_protected(target)? {
        return Err(protected());
    }
    remove_if_exists(disk, temp)?;
    let written = disk
        .create(temp, bytes)
        .and_then(|()| disk.keep_rights(target, temp))
        .and_then(|()| disk.sync_file(temp))
        .and_then(|()| disk.rename(temp, target));
    if written.is_err() {
        // Best effort: the first failure is the one to report.
        let _ = remove_if_exists(disk, temp);
    }
    written
}

/// What a file marked as not to be written answers.
fn protected() -> io::Error {
    io::Error::other(Protected)
}

/// The file is marked as not to be written.
#[derive(Debug, thiserror::Error)]
#[error("ce fichier est protégé en écriture")]
pub(crate) struct Protected;
