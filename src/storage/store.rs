//! An open dossier whose every change is durable before it is acknowledged.
//!
//! A change is appended to the journal and synced, then applied in memory: when a call fails, memory
//! is what it was. After a failure nothing is added to a journal that cannot be trusted: the next
//! change goes through a whole new snapshot. Power cuts, damage and failing disks are covered by
//! `tests/storage_power_loss`.

#[cfg(test)]
mod tests;
mod told;

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::DateTime;

use super::disk::{Disk, Guard, RealDisk, ensure_dir, remove_if_exists};
use super::error::Error;
use super::files::Files;
use super::fold::{Previous, fold};
use super::format::{self, State};
use super::journal::{self, JournalError};
use super::lock::{self, Access};
use super::recovery::{self, Reading, Tail};
use crate::domain::dossier::{Change, Dossier, Entry, LastAssessment};
pub use told::{Notice, Opening};

/// How many changes the journal takes before it is folded into the snapshot.
pub const FOLD_EVERY: usize = 64;

/// An open dossier.
#[derive(Debug)]
pub struct Store {
    disk: Arc<dyn Disk>,
    files: Files,
    dossier: Dossier,
    opening: Opening,
    _lock: Lock,
    previous: Previous,
    tail: Tail,
    /// Something that is no change was remembered: the snapshot lacks it.
    remembers: bool,
    /// The name of the journal was made durable in this session.
    journal_named: bool,
    fold_every: usize,
    undo: Vec<Change>,
    redo: Vec<Change>,
    notices: Vec<Notice>,
}

impl Store {
    /// Opens the dossier of this folder, read-only if somebody else holds it.
    pub fn open(dir: impl Into<PathBuf>) -> Result<Self, Error> {
        Self::open_on(Arc::new(RealDisk), dir)
    }

    /// Creates a dossier in this folder, created if absent.
    pub fn create(dir: impl Into<PathBuf>, dossier: Dossier) -> Result<Self, Error> {
        Self::create_on(Arc::new(RealDisk), dir, dossier)
    }

    /// Puts the last good version in place of a damaged or missing snapshot, which is kept aside.
    pub fn restore(dir: impl Into<PathBuf>) -> Result<Self, Error> {
        Self::restore_on(Arc::new(RealDisk), dir)
    }

    /// [`Self::open`] on another disk.
    pub fn open_on(disk: Arc<dyn Disk>, dir: impl Into<PathBuf>) -> Result<Self, Error> {
        let files = Files::new(dir);
        // Nothing is created, not even a lock, where there is no dossier.
        let snapshot = files.snapshot();
        if !disk
            .exists(&snapshot)
            .map_err(|error| Error::read(&snapshot, error))?
        {
            recovery::load(&*disk, &files, false)?;
        }
        let (access, guard) = take(&*disk, &files)?;
        let reading = recovery::load(&*disk, &files, guard.is_some())?;
        let mut store = Self::new(disk, files, access, guard, reading);
        if !access.is_read_only() {
            store.settle();
        }
        Ok(store)
    }

    /// [`Self::create`] on another disk.
    pub fn create_on(
        disk: Arc<dyn Disk>,
        dir: impl Into<PathBuf>,
        dossier: Dossier,
    ) -> Result<Self, Error> {
        let files = Files::new(dir);
        ensure_dir(&*disk, files.dir()).map_err(|error| Error::write(files.dir(), error))?;
        let (access, guard) = take(&*disk, &files)?;
        refuse_read_only(&files, access)?;
        for path in [files.snapshot(), files.backup(), files.journal()] {
            if disk
                .exists(&path)
                .map_err(|error| Error::read(&path, error))?
            {
                return Err(Error::AlreadyExists {
                    path: files.dir().to_owned(),
                });
            }
        }
        let tail = Tail::default();
        let reading = Reading {
            dossier,
            state: State::Clean,
            base: None,
            recovered: None,
            tail,
        };
        let mut store = Self::new(disk, files, access, guard, reading);
        store.previous = Previous::Absent;
        store.fold()?;
        Ok(store)
    }

    /// [`Self::restore`] on another disk.
    pub fn restore_on(disk: Arc<dyn Disk>, dir: impl Into<PathBuf>) -> Result<Self, Error> {
        let files = Files::new(dir);
        recovery::load_backup(&*disk, &files)?;
        let (access, guard) = take(&*disk, &files)?;
        refuse_read_only(&files, access)?;
        let reading = recovery::load_backup(&*disk, &files)?;
        let mut store = Self::new(disk, files, access, guard, reading);
        store.fold()?;
        Ok(store)
    }

    fn new(
        disk: Arc<dyn Disk>,
        files: Files,
        access: Access,
        guard: Option<Guard>,
        reading: Reading,
    ) -> Self {
        let Reading {
            dossier,
            state,
            base,
            recovered,
            tail,
        } = reading;
        Self {
            disk,
            files,
            dossier,
            opening: Opening {
                access,
                state,
                recovered,
            },
            _lock: Lock(guard),
            previous: base.map_or(Previous::Damaged, Previous::Known),
            tail,
            remembers: false,
            journal_named: false,
            fold_every: FOLD_EVERY,
            undo: Vec::new(),
            redo: Vec::new(),
            notices: Vec::new(),
        }
    }

    /// Removes what a crash left behind, and makes durable what was found.
    fn settle(&mut self) {
        // A stale temporary file is replaced at the next fold anyway.
        let _ = remove_if_exists(&*self.disk, &self.files.snapshot_temp());
        let _ = remove_if_exists(&*self.disk, &self.files.backup_temp());
        if self.tail.length > 0 {
            // A process killed before its sync left changes that are read but not yet durable.
            let synced = self
                .disk
                .sync_file(&self.files.journal())
                .and_then(|()| self.disk.sync_dir(self.files.dir()));
            self.tail.suspect |= synced.is_err();
        }
    }

    /// Folds the journal after this many changes instead of [`FOLD_EVERY`].
    #[must_use]
    pub fn folding_every(mut self, changes: usize) -> Self {
        self.fold_every = changes.max(1);
        self
    }

    /// The dossier as it stands, every change included.
    pub fn dossier(&self) -> &Dossier {
        &self.dossier
    }

    /// The folder of the dossier.
    pub fn dir(&self) -> &Path {
        self.files.dir()
    }

    /// What opening it revealed.
    pub fn opening(&self) -> &Opening {
        &self.opening
    }

    /// Tells whether changes are refused.
    pub fn is_read_only(&self) -> bool {
        self.opening.access.is_read_only()
    }

    /// What happened since the last call and did not prevent a change.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Applies a change; when this returns `Ok`, it is durable.
    ///
    /// On failure the dossier in memory is what it was, and the change can be tried again.
    pub fn apply(&mut self, change: Change, at: DateTime) -> Result<(), Error> {
        let is_undoable = !matches!(change, Change::Assessed { .. });
        let inverse = self.record(change, at)?;
        if is_undoable {
            self.undo.push(inverse);
            self.redo.clear();
        }
        Ok(())
    }

    /// Undoes the last change of this session, durably; returns the change that did it.
    pub fn undo(&mut self, at: DateTime) -> Result<Option<Change>, Error> {
        let Some(change) = self.undo.last().cloned() else {
            return Ok(None);
        };
        let inverse = self.record(change, at)?;
        self.redo.push(inverse);
        Ok(self.undo.pop())
    }

    /// Does again the last change undone, durably; returns it.
    pub fn redo(&mut self, at: DateTime) -> Result<Option<Change>, Error> {
        let Some(change) = self.redo.last().cloned() else {
            return Ok(None);
        };
        let inverse = self.record(change, at)?;
        self.undo.push(inverse);
        Ok(self.redo.pop())
    }

    /// Tells whether there is something to undo, and to do again.
    pub fn can_undo_redo(&self) -> (bool, bool) {
        (!self.undo.is_empty(), !self.redo.is_empty())
    }

    /// Gives renamed questions and actions their new id, durably; returns how many entries moved.
    pub fn rename_ids(&mut self, alias: impl Fn(&str) -> Option<String>) -> Result<usize, Error> {
        let mut candidate = self.dossier.clone();
        let moved = format::rename_ids(&mut candidate, alias);
        if moved == 0 {
            return Ok(0);
        }
        refuse_read_only(&self.files, self.opening.access)?;
        // The journal speaks of the old ids: fold it first, so that it never meets the new ones.
        self.fold()?;
        let before = std::mem::replace(&mut self.dossier, candidate);
        if let Err(error) = self.fold() {
            self.dossier = before;
            return Err(error);
        }
        self.undo.clear();
        self.redo.clear();
        Ok(moved)
    }

    /// Keeps what an assessment saw. It is written with the next snapshot, at closing at the latest:
    /// losing it loses no answer.
    pub fn remember(&mut self, last: LastAssessment) {
        self.remembers |= self.dossier.last.as_ref() != Some(&last);
        self.dossier.last = Some(last);
    }

    /// Folds the journal into the snapshot now.
    pub fn checkpoint(&mut self) -> Result<(), Error> {
        let is_folded = self.tail.pending == 0 && !self.tail.suspect && !self.remembers;
        if self.is_read_only() || is_folded {
            return Ok(());
        }
        self.fold()
    }

    /// Folds the journal and releases the lock.
    ///
    /// On failure nothing is lost: the journal keeps the changes for the next opening.
    pub fn close(mut self) -> Result<(), Error> {
        self.checkpoint()
    }

    /// Makes a change durable, then applies it; returns the change that undoes it.
    fn record(&mut self, change: Change, at: DateTime) -> Result<Change, Error> {
        refuse_read_only(&self.files, self.opening.access)?;
        let path = self.files.journal();
        let entry = Entry { at, change };
        let sequence = self.dossier.history.len() as u64 + 1;
        let record = journal::encode(sequence, &entry).map_err(|error| match error {
            JournalError::TooLarge(size) => Error::TooLarge {
                path: path.clone(),
                size: size as u64,
                limit: journal::MAX_PAYLOAD as u64,
            },
            JournalError::Newer(found) => Error::Newer {
                path: path.clone(),
                found,
                known: journal::VERSION,
            },
        })?;
        if self.tail.suspect {
            return self.record_by_folding(entry);
        }
        self.append(&path, &record)?;
        let inverse = self.dossier.apply(entry.at, entry.change);
        self.tail.pending += 1;
        if self.tail.pending.is_multiple_of(self.fold_every)
            && let Err(error) = self.fold()
        {
            self.notices.push(Notice::FoldPostponed(error));
        }
        Ok(inverse)
    }

    /// Makes a change durable through a new snapshot, when the journal cannot be trusted.
    fn record_by_folding(&mut self, entry: Entry) -> Result<Change, Error> {
        let mut candidate = self.dossier.clone();
        let inverse = candidate.apply(entry.at, entry.change);
        let before = std::mem::replace(&mut self.dossier, candidate);
        match self.fold() {
            Ok(()) => Ok(inverse),
            Err(error) => {
                self.dossier = before;
                Err(error)
            }
        }
    }

    /// Adds a record to the journal and waits for it.
    fn append(&mut self, path: &Path, record: &[u8]) -> Result<(), Error> {
        let failed = |error| Error::write(path, error);
        let mut bytes = Vec::with_capacity(journal::HEADER.len() + record.len());
        if self.tail.length == 0 {
            bytes.extend(journal::HEADER);
        }
        bytes.extend(record);
        if let Err(error) = self.disk.append(path, &bytes) {
            self.mend(path);
            return Err(failed(error));
        }
        let synced = self.disk.sync_file(path).and_then(|()| {
            if self.journal_named {
                Ok(())
            } else {
                self.disk.sync_dir(self.files.dir())
            }
        });
        if let Err(error) = synced {
            // After a failed sync the system may forget what it could not write: start afresh.
            self.mend(path);
            self.tail.suspect = true;
            return Err(failed(error));
        }
        self.journal_named = true;
        self.tail.length += bytes.len() as u64;
        Ok(())
    }

    /// Takes a record that failed out of the journal.
    fn mend(&mut self, path: &Path) {
        let cut = match self.disk.exists(path) {
            Ok(false) => Ok(()),
            _ => self
                .disk
                .truncate(path, self.tail.length)
                .and_then(|()| self.disk.sync_file(path)),
        };
        self.tail.suspect |= cut.is_err();
    }

    fn fold(&mut self) -> Result<(), Error> {
        let kept = fold(
            &*self.disk,
            &self.files,
            &self.dossier,
            &mut self.previous,
            &mut self.tail,
        )?;
        self.journal_named = false;
        self.remembers = false;
        self.notices.extend(kept.map(Notice::ForeignSnapshot));
        Ok(())
    }
}

/// The lock, held as long as the store lives.
struct Lock(Option<Guard>);

impl fmt::Debug for Lock {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.0.is_some() { "held" } else { "none" })
    }
}

fn take(disk: &dyn Disk, files: &Files) -> Result<(Access, Option<Guard>), Error> {
    lock::take(disk, files).map_err(|error| Error::write(&files.lock(), error))
}

fn refuse_read_only(files: &Files, access: Access) -> Result<(), Error> {
    if access.is_read_only() {
        Err(Error::ReadOnly {
            path: files.dir().to_owned(),
            reason: access.explanation().unwrap_or_default().to_owned(),
        })
    } else {
        Ok(())
    }
}
