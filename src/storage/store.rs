//! An open dossier whose every change is durable before it is acknowledged.
//!
//! A change is appended to the journal and synced, then applied in memory: when a call fails, memory
//! is what it was. After a failure nothing is added to a journal that cannot be trusted: the next
//! change goes through a whole new snapshot. Power cuts, damage and failing disks are covered by
//! `tests/storage_power_loss.rs`.

use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::DateTime;

use super::disk::{Disk, Guard, RealDisk, ensure_dir, remove_if_exists};
use super::error::{Error, shown};
use super::files::Files;
use super::fold::{Previous, fold};
use super::format::{self, State};
use super::journal::{self, JournalError};
use super::lock::{self, Access};
use super::recovery::{self, Reading, Recovered, Tail};
use crate::domain::dossier::{Change, Dossier, Entry, LastAssessment};

/// How many changes the journal takes before it is folded into the snapshot.
pub const FOLD_EVERY: usize = 64;

/// What opening a dossier revealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opening {
    /// What may be done with it.
    pub access: Access,
    /// Whether the snapshot is what the program wrote.
    pub state: State,
    /// What was found beside the snapshot, if anything.
    pub recovered: Option<Recovered>,
}

impl Opening {
    /// What the user should know, in French sentences; nothing when all is ordinary.
    pub fn messages(&self) -> Vec<String> {
        let access = self.access.explanation().map(|why| {
            if self.access.is_read_only() {
                format!("Ce dossier est ouvert en lecture seule : {why}")
            } else {
                why.to_owned()
            }
        });
        let state = (self.state == State::HandEdited).then(|| {
            "Le fichier dossier.toml a été modifié à la main ; il est accepté.".to_owned()
        });
        // Where another window is at work, its journal is under way: nothing ended badly.
        let ended = self.recovered.filter(|_| self.access != Access::Busy);
        let recovered = ended.map(|recovered| recovered.describe());
        [access, state, recovered].into_iter().flatten().collect()
    }
}

/// Something that happened while the dossier was open, and did not prevent a change.
#[derive(Debug)]
pub enum Notice {
    /// The snapshot could not be written; the changes are safe in the journal.
    FoldPostponed(Error),
    /// Somebody else changed the snapshot meanwhile; their version was kept here.
    ForeignSnapshot(PathBuf),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::FoldPostponed(error) => {
                write!(
                    f,
                    "{error} Vos réponses sont à l'abri dans dossier.journal."
                )
            }
            Self::ForeignSnapshot(path) => write!(
                f,
                "Le fichier dossier.toml a été modifié par un autre programme pendant que le dossier \
                 était ouvert. Cette autre version est gardée dans {} ; comparez-les.",
                shown(path)
            ),
        }
    }
}

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

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::domain::answer::{Answer, Value};
    use crate::domain::processing::ActivityEdit;

    fn at(n: i8) -> DateTime {
        date(2026, 1, 15).at(10, n, 0, 0)
    }

    fn answer(question: &str, text: &str) -> Change {
        let answer = Some(Answer::Value(Value::Text(text.to_owned())));
        Change::Answer {
            question: question.to_owned(),
            answer,
        }
    }

    fn created(dir: &Path) -> Store {
        Store::create(dir, Dossier::new("Bel Atelier", date(2026, 1, 15))).expect("creates")
    }

    #[test]
    fn what_was_applied_is_there_after_a_clean_close_and_after_a_crash() {
        let root = tempfile::tempdir().expect("a folder");
        let mut store = created(root.path());
        store.apply(answer("a", "1"), at(0)).expect("applies");
        let dossier = store.dossier().clone();
        drop(store);
        let store = Store::open(root.path()).expect("opens");
        assert_eq!(store.dossier(), &dossier);
        assert_eq!(store.opening().recovered.map(|r| r.replayed), Some(1));
        store.close().expect("closes");
        let store = Store::open(root.path()).expect("opens");
        assert_eq!(store.dossier(), &dossier);
        assert_eq!(store.opening().recovered, None);
        assert_eq!(store.opening().state, State::Clean);
        assert!(store.opening().messages().is_empty());
    }

    #[test]
    fn undo_and_redo_are_durable() {
        let root = tempfile::tempdir().expect("a folder");
        let mut store = created(root.path());
        store.apply(answer("a", "1"), at(0)).expect("applies");
        store.apply(answer("a", "2"), at(1)).expect("applies");
        let assessed = Change::Assessed {
            version: "2026.1".to_owned(),
        };
        store.apply(assessed, at(2)).expect("applies");
        assert_eq!(store.undo(at(3)).expect("undoes"), Some(answer("a", "1")));
        assert_eq!(
            store.dossier().answer("a").and_then(Answer::text),
            Some("1")
        );
        drop(store);
        let mut store = Store::open(root.path()).expect("opens");
        assert_eq!(
            store.dossier().answer("a").and_then(Answer::text),
            Some("1")
        );
        assert_eq!(
            store.undo(at(4)).expect("nothing to undo"),
            None,
            "of another session"
        );
        store.apply(answer("b", "1"), at(5)).expect("applies");
        store.undo(at(6)).expect("undoes");
        assert_eq!(store.dossier().answer("b"), None);
        store.redo(at(7)).expect("does again");
        assert_eq!(store.can_undo_redo(), (true, false));
        assert_eq!(
            store.dossier().answer("b").and_then(Answer::text),
            Some("1")
        );
        assert_eq!(
            store.dossier().history.len(),
            7,
            "everything is in the history"
        );
    }

    #[test]
    fn a_second_opener_reads_only_and_is_told() {
        let root = tempfile::tempdir().expect("a folder");
        let mut first = created(root.path());
        first.apply(answer("a", "1"), at(0)).expect("applies");
        let mut second = Store::open(root.path()).expect("opens");
        assert!(second.is_read_only());
        assert_eq!(second.dossier(), first.dossier());
        // What the first one did is under way: nothing ended badly.
        let [message] = &second.opening().messages()[..] else {
            panic!("{:?}", second.opening().messages());
        };
        assert!(message.contains("déjà ouvert"));
        let error = second.apply(answer("a", "2"), at(1)).expect_err("refused");
        assert!(matches!(error, Error::ReadOnly { .. }));
        second.close().expect("closes without writing");
        drop(first);
        assert!(!Store::open(root.path()).expect("opens").is_read_only());
    }

    #[test]
    fn the_journal_is_folded_and_the_previous_snapshot_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let files = Files::new(root.path());
        let mut store = created(root.path());
        for n in 0..FOLD_EVERY {
            assert_eq!(files.journal().exists(), n > 0);
            store
                .apply(answer(&format!("q.{n}"), "oui"), at(0))
                .expect("applies");
        }
        assert!(!files.journal().exists());
        let read = |path: &Path| {
            format::read(&std::fs::read(path).expect("a file"))
                .expect("a snapshot")
                .dossier
        };
        assert_eq!(read(&files.snapshot()).answers.len(), FOLD_EVERY);
        assert_eq!(read(&files.backup()).answers.len(), 0);
    }

    #[test]
    fn a_damaged_snapshot_is_restored_without_losing_a_change() {
        let root = tempfile::tempdir().expect("a folder");
        let files = Files::new(root.path());
        let mut store = created(root.path()).folding_every(4);
        for n in 0..10 {
            store
                .apply(answer(&format!("q.{n}"), "oui"), at(0))
                .expect("applies");
        }
        let dossier = store.dossier().clone();
        drop(store);
        let damage = b"# Dossier Aplomb\nformat = 1\nname = \"B";
        std::fs::write(files.snapshot(), damage).expect("writes");
        let error = Store::open(root.path()).expect_err("damaged");
        assert_eq!(error.backup().map(|backup| backup.answers), Some(10));
        assert!(
            error
                .to_string()
                .contains("10 réponses, dernier changement le 15/01/2026")
        );
        assert_eq!(
            std::fs::read(files.snapshot()).expect("a file"),
            damage,
            "untouched"
        );
        let store = Store::restore(root.path()).expect("restores");
        assert_eq!(store.dossier(), &dossier);
        drop(store);
        let kept = root.path().join("dossier.abime-1.toml");
        assert_eq!(std::fs::read(kept).expect("kept aside"), damage);
        let store = Store::open(root.path()).expect("opens");
        assert_eq!(
            (store.dossier(), store.opening().state),
            (&dossier, State::Clean)
        );
    }

    #[test]
    fn a_snapshot_changed_by_somebody_else_meanwhile_is_kept() {
        let root = tempfile::tempdir().expect("a folder");
        let files = Files::new(root.path());
        let mut store = created(root.path());
        store.apply(answer("a", "1"), at(0)).expect("applies");
        let theirs = format::write(&Dossier::new("Autre", date(2026, 2, 1)));
        std::fs::write(files.snapshot(), &theirs).expect("writes");
        store.checkpoint().expect("folds");
        let notices = store.take_notices();
        let [Notice::ForeignSnapshot(kept)] = &notices[..] else {
            panic!("{notices:?}")
        };
        assert_eq!(std::fs::read_to_string(kept).expect("kept"), theirs);
        assert!(notices[0].to_string().contains("dossier.externe-1.toml"));
    }

    #[test]
    fn a_journal_of_another_history_is_never_applied_and_never_lost() {
        let root = tempfile::tempdir().expect("a folder");
        let files = Files::new(root.path());
        let mut store = created(root.path());
        store.apply(answer("a", "ours"), at(0)).expect("applies");
        drop(store);
        let mut theirs = Dossier::new("Bel Atelier", date(2026, 1, 15));
        theirs.apply(at(1), answer("a", "theirs"));
        std::fs::write(files.snapshot(), format::write(&theirs)).expect("writes");
        let mut store = Store::open(root.path()).expect("opens");
        assert_eq!(store.dossier(), &theirs);
        assert_eq!(store.opening().recovered.map(|r| r.foreign), Some(1));
        store.apply(answer("b", "1"), at(2)).expect("applies");
        let dossier = store.dossier().clone();
        drop(store);
        assert!(root.path().join("dossier.ecarte-1.journal").exists());
        assert_eq!(Store::open(root.path()).expect("opens").dossier(), &dossier);
    }

    #[test]
    fn changes_are_replayed_on_top_of_a_hand_edit() {
        let root = tempfile::tempdir().expect("a folder");
        let files = Files::new(root.path());
        let mut store = created(root.path());
        store.apply(answer("a", "1"), at(0)).expect("applies");
        drop(store);
        let text = std::fs::read_to_string(files.snapshot()).expect("a file");
        let text = text.replace("Bel Atelier", "Bel Atelier SARL");
        std::fs::write(files.snapshot(), text).expect("writes");
        let store = Store::open(root.path()).expect("opens");
        assert_eq!(store.opening().state, State::HandEdited);
        assert_eq!(store.dossier().name, "Bel Atelier SARL");
        assert_eq!(
            store.dossier().answer("a").and_then(Answer::text),
            Some("1")
        );
    }

    #[test]
    fn renamed_ids_survive_with_a_journal_present() {
        let root = tempfile::tempdir().expect("a folder");
        let mut store = created(root.path());
        store.apply(answer("old", "1"), at(0)).expect("applies");
        let alias = |id: &str| (id == "old").then(|| "new".to_owned());
        assert_eq!(store.rename_ids(alias).expect("renames"), 2);
        let dossier = store.dossier().clone();
        drop(store);
        let store = Store::open(root.path()).expect("opens");
        assert_eq!(
            (store.dossier(), store.opening().recovered),
            (&dossier, None)
        );
        assert_eq!(
            store.dossier().answer("new").and_then(Answer::text),
            Some("1")
        );
    }

    #[test]
    fn a_newer_dossier_or_journal_is_refused_untouched() {
        let root = tempfile::tempdir().expect("a folder");
        let files = Files::new(root.path());
        drop(created(root.path()));
        std::fs::write(files.journal(), "APLOMB JOURNAL 9 9\n").expect("writes");
        assert!(matches!(
            Store::open(root.path()),
            Err(Error::Newer { found: 9, .. })
        ));
        let newer = "# Dossier Aplomb\nformat = 3\nfuture = true\n";
        std::fs::write(files.snapshot(), newer).expect("writes");
        let error = Store::open(root.path()).expect_err("refused");
        assert!(matches!(
            error,
            Error::Newer {
                found: 3,
                known: 2,
                ..
            }
        ));
        assert!(error.to_string().contains("Installez la dernière version"));
        assert_eq!(
            std::fs::read_to_string(files.snapshot()).expect("a file"),
            newer
        );
    }

    #[test]
    fn a_journal_of_the_version_before_is_read_and_never_added_to() {
        let root = tempfile::tempdir().expect("a folder");
        drop(created(root.path()));
        let files = Files::new(root.path());
        let entry = Entry {
            at: date(2026, 1, 15).at(10, 0, 0, 0),
            change: Change::Rename {
                name: "B".to_owned(),
            },
        };
        let mut old = b"APLOMB JOURNAL 1 1\n".to_vec();
        old.extend(journal::encode(1, &entry).expect("encodes"));
        std::fs::write(files.journal(), &old).expect("writes");
        let mut store = Store::open(root.path()).expect("opens");
        assert_eq!(store.dossier().name, "B");
        let change = Change::Activity {
            activity: "contact".to_owned(),
            edit: Some(ActivityEdit {
                note: Some("n".to_owned()),
                ..ActivityEdit::default()
            }),
        };
        store.apply(change.clone(), entry.at).expect("applies");
        store.apply(change, entry.at).expect("applies");
        drop(store);
        let new = std::fs::read(files.journal()).expect("a journal");
        assert!(new.starts_with(journal::HEADER));
        let store = Store::open(root.path()).expect("opens");
        assert_eq!(store.dossier().history.len(), 3);
        assert_eq!(store.dossier().activities.len(), 1);
    }

    #[test]
    fn opening_nothing_creates_nothing_and_creating_twice_is_refused() {
        let root = tempfile::tempdir().expect("a folder");
        let error = Store::open(root.path()).expect_err("nothing there");
        assert!(matches!(error, Error::Missing { backup: None, .. }));
        assert_eq!(std::fs::read_dir(root.path()).expect("a folder").count(), 0);
        drop(created(root.path()));
        let again = Store::create(root.path(), Dossier::new("B", date(2026, 1, 15)));
        assert!(matches!(again, Err(Error::AlreadyExists { .. })));
    }
}
