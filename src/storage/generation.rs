//! Generated files: a manual edit is merged or left alone, never overwritten in silence.
//!
//! [`Generation::foresee`] reads and decides, [`Generation::write`] does it. A hidden record keeps the
//! previous generation of the texts. A file that is no longer what was written was edited: what changed
//! between the two generations is merged into it; when that cannot be done, it stays as it is and the
//! new version goes beside it. Deleting that new version says that everything useful was taken from it.
//!
//! Order on disk: the record, with the state of each file before and after; the files; a mark in the
//! record. A power cut in between leaves states that fingerprints tell apart, and a file edited since
//! then is left alone: see `tests/storage_generation.rs`.

mod merge;
mod outcome;
mod record;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::civil::Date;

pub use merge::{Conflict, MAX_TEXT};
pub use outcome::{Outcome, Why};
pub use record::RECORD;

use super::disk::{
    Disk, RealDisk, ensure_dir, read_if_exists, remove_if_exists, write_then_rename,
};
use super::error::Error;
use super::output::safe_output_path;
use merge::Merged;
use record::{DONE, Entry, Hash, Proposed, Record, Version, hash};

/// The largest file compared with what was generated.
const MAX_FILE: u64 = 256 << 20;

/// How many names are tried for a new version written beside a file.
const MAX_BESIDE: usize = 99;

/// Whether a format is read line by line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nature {
    /// A text, which can be merged.
    Text,
    /// Anything else.
    Binary,
}

/// The ways a day is written in the texts.
pub type Forms = fn(Date) -> Vec<String>;

/// What writing a file does, or would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreseen {
    /// Name in the folder.
    pub name: String,
    /// Where it stands.
    pub path: PathBuf,
    /// What becomes of it.
    pub outcome: Outcome,
    /// Where the new version stands, when it goes beside an edited file.
    pub beside: Option<PathBuf>,
    /// A new version that waited beside the file, taken away because nothing in it is missing any more.
    pub withdrawn: Option<PathBuf>,
    /// Passages changed on both sides.
    pub conflicts: Vec<Conflict>,
    nature: Nature,
    before: Option<Vec<u8>>,
    /// What is written in place of the file.
    after: Option<Vec<u8>>,
    /// What is written beside it, and what stands there.
    aside: Option<(Vec<u8>, Option<Vec<u8>>)>,
    /// The new version, when it is not what is written in place.
    new: Option<Vec<u8>>,
    state: Entry,
    text: Option<(Hash, String)>,
}

impl Foreseen {
    /// What changes in the file, or from an edited file to the new version: a unified difference,
    /// none when nothing does or when it is not a text.
    pub fn difference(&self) -> Option<String> {
        let after = self.new.as_ref().or(self.after.as_ref())?;
        let before = self.before.as_ref()?;
        if self.nature == Nature::Binary || before.len().max(after.len()) > MAX_TEXT {
            return None;
        }
        let (before, after) = (
            std::str::from_utf8(before).ok()?,
            std::str::from_utf8(after).ok()?,
        );
        let text = merge::difference(before, after);
        (!text.is_empty()).then_some(text)
    }

    /// Tells whether something has to be written.
    fn is_work(&self) -> bool {
        self.after.is_some() || self.aside.is_some() || self.withdrawn.is_some()
    }
}

/// A folder of generated files.
#[derive(Debug)]
pub struct Generation {
    disk: Arc<dyn Disk>,
    folder: PathBuf,
    date: Date,
    forms: Forms,
    record: Record,
}

impl Generation {
    /// The generation of a day in a folder, which need not exist yet.
    pub fn open(folder: impl Into<PathBuf>, date: Date, forms: Forms) -> Self {
        Self::open_on(Arc::new(RealDisk), folder, date, forms)
    }

    /// [`Self::open`] on another disk.
    pub fn open_on(
        disk: Arc<dyn Disk>,
        folder: impl Into<PathBuf>,
        date: Date,
        forms: Forms,
    ) -> Self {
        let folder = folder.into();
        let record = Record::read(&*disk, &folder.join(RECORD));
        Self {
            disk,
            folder,
            date,
            forms,
            record,
        }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Tells what writing a file would do; writes nothing.
    pub fn foresee(&self, name: &str, new: Vec<u8>, nature: Nature) -> Result<Foreseen, Error> {
        let path = safe_output_path(&self.folder, name)?;
        let before = self.read(&path)?;
        let entry = self.record.entries.get(name).cloned().unwrap_or_default();
        let base = hash(&new);
        let is_kept = nature == Nature::Text && new.len() <= MAX_TEXT;
        let is_missing = is_kept && !self.record.texts.has(&base);
        let text = is_missing
            .then(|| String::from_utf8(new.clone()).ok())
            .flatten();
        let mut foreseen = Foreseen {
            name: name.to_owned(),
            path,
            outcome: Outcome::Created,
            beside: None,
            withdrawn: None,
            conflicts: Vec::new(),
            nature,
            before: None,
            after: None,
            aside: None,
            new: None,
            state: entry.clone(),
            text: text.map(|text| (base.clone(), text)),
        };
        let generated = Version {
            file: base.clone(),
            base: base.clone(),
            date: self.date,
        };
        let Some(before) = before else {
            foreseen.after = Some(new);
            foreseen.state.versions = vec![generated];
            return Ok(foreseen);
        };
        let is_protected = self
            .disk
            .is_protected(&foreseen.path)
            .map_err(|error| Error::read(&foreseen.path, error))?;
        let spare = is_protected.then(|| (new.clone(), base.clone()));
        let is_same = before == new;
        let file = if is_same { base.clone() } else { hash(&before) };
        let known = entry.versions.iter().find(|version| version.file == file);
        let is_generated = entry.versions.iter().any(|version| version.base == file);
        if is_same {
            foreseen.outcome = Outcome::Unchanged;
            // The day of an unchanged text is the day it was first written.
            let known = known.filter(|known| known.base == base).cloned();
            foreseen.state.versions = vec![known.unwrap_or(generated)];
            self.withdraw(&mut foreseen)?;
        } else if is_generated {
            foreseen.outcome = Outcome::Updated;
            foreseen.after = Some(new);
            foreseen
                .state
                .versions
                .retain(|version| version.base == file);
            for version in &mut foreseen.state.versions {
                version.file.clone_from(&file);
            }
            foreseen.state.versions.push(generated);
            self.withdraw(&mut foreseen)?;
        } else {
            let origin = known.or_else(|| entry.versions.last().filter(|_| !entry.is_unsure));
            self.edited(&mut foreseen, origin.cloned(), &before, &file, new, base)?;
        }
        if let Some((new, base)) = spare.filter(|_| foreseen.after.is_some()) {
            self.leave(&mut foreseen, entry, new, base)?;
        }
        // Nothing is done to a file that is the same: what it holds is of no more use.
        foreseen.before = (!is_same).then_some(before);
        Ok(foreseen)
    }

    /// Leaves a file that is marked as not to be written, and puts the new version beside it.
    fn leave(
        &self,
        foreseen: &mut Foreseen,
        known: Entry,
        new: Vec<u8>,
        base: Hash,
    ) -> Result<(), Error> {
        foreseen.outcome = Outcome::Kept(Why::Protected);
        foreseen.after = None;
        foreseen.withdrawn = None;
        foreseen.state = known;
        self.propose(foreseen, &new, base)?;
        foreseen.new = Some(new);
        Ok(())
    }

    /// Files that the program wrote for a document and that are still there, in the order of names.
    pub fn written_for(&self, document: &str) -> Vec<PathBuf> {
        let names = self.record.entries.keys();
        names
            .filter(|name| name.split('.').next() == Some(document))
            .filter_map(|name| safe_output_path(&self.folder, name).ok())
            .filter(|path| path.is_file())
            .collect()
    }

    /// Decides about a file edited by hand.
    fn edited(
        &self,
        foreseen: &mut Foreseen,
        origin: Option<Version>,
        before: &[u8],
        file: &Hash,
        new: Vec<u8>,
        base: Hash,
    ) -> Result<(), Error> {
        let version = |base: Hash, date| Version {
            file: file.clone(),
            base,
            date,
        };
        let mut origin = origin.map(|origin| version(origin.base, origin.date));
        if let Some(proposed) = &foreseen.state.proposed {
            let waits = self.read(&safe_output_path(&self.folder, &proposed.name)?)?;
            if waits.is_none() {
                origin = Some(version(proposed.base.clone(), proposed.date));
                foreseen.state.proposed = None;
            }
        }
        let merged = match &origin {
            None => Err(Why::NoBase),
            Some(origin) if origin.base == base => Err(Why::NothingNew),
            Some(_) if foreseen.nature == Nature::Binary => Err(Why::NotText),
            Some(origin) => match (
                std::str::from_utf8(before),
                self.record.texts.get(&origin.base),
            ) {
                (Ok(mine), Some(old)) if mine.len().max(new.len()) <= MAX_TEXT => {
                    let dated: Vec<_> = (self.forms)(origin.date)
                        .into_iter()
                        .zip((self.forms)(self.date))
                        .collect();
                    let new = String::from_utf8_lossy(&new);
                    Ok(merge::merge(old, mine, &new, &dated))
                }
                (Err(_), _) => Err(Why::NotText),
                _ => Err(Why::NoBase),
            },
        };
        foreseen.state.versions = origin.into_iter().collect();
        let why = match merged {
            Ok(Merged::Clean(text)) => {
                if text.as_bytes() == before {
                    foreseen.outcome = Outcome::Kept(Why::NothingNew);
                    foreseen.state.versions = vec![version(base, self.date)];
                } else {
                    foreseen.outcome = Outcome::Merged;
                    foreseen.state.versions.push(Version {
                        file: hash(text.as_bytes()),
                        base,
                        date: self.date,
                    });
                    foreseen.after = Some(text.into_bytes());
                }
                return self.withdraw(foreseen);
            }
            Ok(Merged::Conflicts(conflicts)) => {
                foreseen.conflicts = conflicts;
                Why::Conflict
            }
            Err(why) => why,
        };
        foreseen.outcome = Outcome::Kept(why);
        if why == Why::NothingNew {
            return Ok(());
        }
        self.propose(foreseen, &new, base)?;
        foreseen.new = Some(new);
        Ok(())
    }

    /// Chooses where the new version goes: over the last one proposed if nobody touched it, else under
    /// a name that is free.
    fn propose(&self, foreseen: &mut Foreseen, new: &[u8], base: Hash) -> Result<(), Error> {
        let known = foreseen.state.proposed.take();
        let known_name = known.iter().map(|proposed| proposed.name.clone());
        let names = known_name.chain((1..=MAX_BESIDE).map(|n| beside(&foreseen.name, n)));
        for name in names {
            let path = safe_output_path(&self.folder, &name)?;
            let there = self.read(&path)?;
            let is_free = match &there {
                None => true,
                Some(bytes) if bytes == new => true,
                Some(bytes) => known
                    .as_ref()
                    .is_some_and(|known| known.name == name && known.base == hash(bytes)),
            };
            if is_free {
                foreseen.beside = Some(path);
                foreseen.aside = (there.as_deref() != Some(new)).then(|| (new.to_vec(), there));
                foreseen.state.proposed = Some(Proposed {
                    name,
                    base,
                    date: self.date,
                });
                return Ok(());
            }
        }
        Err(Error::BadName {
            name: foreseen.name.clone(),
            why: "trop de nouvelles versions attendent à côté ; gardez la bonne et supprimez les autres",
        })
    }

    /// Takes away the new version that waited, if nobody touched it.
    fn withdraw(&self, foreseen: &mut Foreseen) -> Result<(), Error> {
        if let Some(proposed) = foreseen.state.proposed.take() {
            let path = safe_output_path(&self.folder, &proposed.name)?;
            let waits = self.read(&path)?;
            if waits.is_some_and(|bytes| hash(&bytes) == proposed.base) {
                foreseen.withdrawn = Some(path);
            }
        }
        Ok(())
    }

    /// Writes what was foreseen. A file that changed meanwhile is left alone.
    pub fn write(mut self, mut planned: Vec<Foreseen>) -> Result<Vec<Foreseen>, Error> {
        let before = self.record.entries.clone();
        for foreseen in &mut planned {
            let mut state = std::mem::take(&mut foreseen.state);
            state.is_settling = true;
            state.is_unsure = false;
            if !foreseen.is_work() && before.get(&foreseen.name) == Some(&settled(&state)) {
                state.is_settling = false;
            }
            self.record.entries.insert(foreseen.name.clone(), state);
            if let Some((hash, text)) = foreseen.text.take() {
                self.record.texts.insert(hash, text);
            }
        }
        self.record.forget();
        if self.record.is_as_read(&before) && !planned.iter().any(Foreseen::is_work) {
            return Ok(planned);
        }
        let path = self.folder.join(RECORD);
        let failed = |error| Error::write(&path, error);
        ensure_dir(&*self.disk, &self.folder).map_err(failed)?;
        let bytes = self.record.write().map_err(failed)?;
        self.put(&path, &bytes)?;
        self.disk.sync_dir(&self.folder).map_err(failed)?;
        let mut folders = BTreeSet::new();
        let mut is_whole = true;
        for foreseen in &mut planned {
            is_whole &= self.write_one(foreseen, &mut folders)?;
        }
        for folder in folders {
            self.disk
                .sync_dir(&folder)
                .map_err(|error| Error::write(&folder, error))?;
        }
        if is_whole {
            self.disk
                .append(&path, DONE)
                .and_then(|()| self.disk.sync_file(&path))
                .map_err(failed)?;
        }
        Ok(planned)
    }

    /// Writes one file, unless it changed since it was read.
    fn write_one(
        &self,
        foreseen: &mut Foreseen,
        folders: &mut BTreeSet<PathBuf>,
    ) -> Result<bool, Error> {
        if let Some(after) = &foreseen.after {
            if self.read(&foreseen.path)? != foreseen.before {
                foreseen.outcome = Outcome::Kept(Why::Moved);
                foreseen.withdrawn = None;
                return Ok(false);
            }
            // The folder itself is there already; sub-folders are looked at once.
            if let Some(parent) = foreseen.path.parent()
                && parent != self.folder
                && !folders.contains(parent)
            {
                ensure_dir(&*self.disk, parent).map_err(|error| Error::write(parent, error))?;
            }
            self.put(&foreseen.path, after)?;
            folders.extend(foreseen.path.parent().map(Path::to_owned));
        }
        if let (Some((bytes, there)), Some(path)) = (&foreseen.aside, &foreseen.beside) {
            if self.read(path)? != *there {
                foreseen.outcome = Outcome::Kept(Why::Moved);
                foreseen.beside = None;
                return Ok(false);
            }
            self.put(path, bytes)?;
            folders.extend(path.parent().map(Path::to_owned));
        }
        if let Some(path) = &foreseen.withdrawn {
            remove_if_exists(&*self.disk, path).map_err(|error| Error::write(path, error))?;
            folders.extend(path.parent().map(Path::to_owned));
        }
        Ok(true)
    }

    fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Error> {
        let mut temp = std::ffi::OsString::from(".");
        temp.push(path.file_name().unwrap_or_default());
        temp.push(".tmp");
        write_then_rename(&*self.disk, &path.with_file_name(temp), path, bytes)
            .map_err(|error| Error::write(path, error))
    }

    fn read(&self, path: &Path) -> Result<Option<Vec<u8>>, Error> {
        read_if_exists(&*self.disk, path, MAX_FILE).map_err(|error| Error::read(path, error))
    }
}

/// What a state is once it is known to be on disk.
fn settled(state: &Entry) -> Entry {
    Entry {
        versions: state.versions.last().cloned().into_iter().collect(),
        is_settling: false,
        ..state.clone()
    }
}

/// « page.fragment.html » → « page.nouveau.fragment.html ».
fn beside(name: &str, n: usize) -> String {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(f, n)| (f, n));
    let (stem, extension) = file.split_once('.').unwrap_or((file, ""));
    let slash = if folder.is_empty() { "" } else { "/" };
    let number = if n > 1 {
        format!("-{n}")
    } else {
        String::new()
    };
    let dot = if extension.is_empty() { "" } else { "." };
    format!("{folder}{slash}{stem}.nouveau{number}{dot}{extension}")
}

#[cfg(test)]
mod tests;
