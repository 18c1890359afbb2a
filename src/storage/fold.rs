//! Folding: a new snapshot takes the place of the old one and of its journal.
//!
//! Order, each step safe to be the last:
//!
//! 1. the old snapshot is copied: temporary file, sync, rename to `.bak`;
//! 2. the new snapshot is written: temporary file, sync, rename, sync of the folder;
//! 3. the journal is renamed to `.bak`: its changes are in the new snapshot, and together with the
//!    old snapshot they rebuild it. The folder is synced before a new journal takes the name.
//!
//! A snapshot on disk that is not the one this program read or wrote was changed by somebody else
//! meanwhile: it is kept aside under its own name, never lost.

use std::io;
use std::path::PathBuf;

use super::checksum::{Digest, sha256};
use super::disk::{Disk, read_if_exists, write_then_rename};
use super::error::Error;
use super::files::Files;
use super::format;
use super::recovery::Tail;
use crate::domain::dossier::Dossier;

/// What becomes of the snapshot that is replaced.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Previous {
    /// It is the one with this hash, and becomes the backup.
    Known(Digest),
    /// There should be none.
    Absent,
    /// It is damaged and is kept aside.
    Damaged,
}

/// Writes a snapshot; returns where a foreign or damaged one was kept.
///
/// `previous` is updated as soon as the new snapshot has its name, even if a later step fails.
pub(crate) fn fold(
    disk: &dyn Disk,
    files: &Files,
    dossier: &Dossier,
    previous: &mut Previous,
    tail: &mut Tail,
) -> Result<Option<PathBuf>, Error> {
    let path = files.snapshot();
    let text = format::write(dossier);
    if text.len() as u64 > format::MAX_BYTES {
        let size = text.len() as u64;
        return Err(Error::TooLarge {
            path,
            size,
            limit: format::MAX_BYTES,
        });
    }
    let failed = |error| Error::write(&path, error);
    let kept = keep(disk, files, *previous).map_err(failed)?;
    write_then_rename(disk, &files.snapshot_temp(), &path, text.as_bytes()).map_err(failed)?;
    *previous = Previous::Known(sha256(text.as_bytes()));
    disk.sync_dir(files.dir()).map_err(failed)?;
    if kept != Kept::Backup {
        // The backup must never be further behind than one journal.
        write_then_rename(disk, &files.backup_temp(), &files.backup(), text.as_bytes())
            .map_err(failed)?;
    }
    if move_journal(disk, files, tail.foreign).is_ok() {
        *tail = Tail::default();
    }
    Ok(match kept {
        Kept::Aside(path) => Some(path),
        Kept::Backup | Kept::Nothing => None,
    })
}

#[derive(Debug, PartialEq, Eq)]
enum Kept {
    Nothing,
    Backup,
    Aside(PathBuf),
}

/// Keeps the snapshot that is about to be replaced.
fn keep(disk: &dyn Disk, files: &Files, previous: Previous) -> io::Result<Kept> {
    let path = files.snapshot();
    let Some(bytes) = read_if_exists(disk, &path, format::MAX_BYTES + 1)? else {
        return Ok(Kept::Nothing);
    };
    if previous == Previous::Known(sha256(&bytes)) {
        write_then_rename(disk, &files.backup_temp(), &files.backup(), &bytes)?;
        return Ok(Kept::Backup);
    }
    let why = if previous == Previous::Damaged {
        "abime"
    } else {
        "externe"
    };
    let aside = free(disk, files, why, "toml")?;
    if bytes.len() as u64 > format::MAX_BYTES {
        disk.rename(&path, &aside)?;
    } else {
        disk.create(&aside, &bytes)?;
        disk.sync_file(&aside)?;
    }
    Ok(Kept::Aside(aside))
}

/// Puts a folded journal out of the way.
fn move_journal(disk: &dyn Disk, files: &Files, foreign: bool) -> io::Result<()> {
    let target = if foreign {
        free(disk, files, "ecarte", "journal")?
    } else {
        files.journal_backup()
    };
    match disk.rename(&files.journal(), &target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        result => result?,
    }
    // The snapshot is durable already: only the backup gains by this.
    let _ = disk.sync_dir(files.dir());
    Ok(())
}

/// A name nothing bears yet.
fn free(
    disk: &dyn Disk,
    files: &Files,
    why: &'static str,
    extension: &'static str,
) -> io::Result<PathBuf> {
    for path in files.aside(why, extension) {
        if !disk.exists(&path)? {
            return Ok(path);
        }
    }
    Err(io::Error::from(io::ErrorKind::AlreadyExists))
}
