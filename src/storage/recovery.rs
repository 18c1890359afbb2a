//! Reading a dossier back: snapshot, journal, and the last good version when the snapshot is damaged.
//!
//! Nothing here writes.

use std::path::{Path, PathBuf};

use jiff::civil::DateTime;

use super::checksum::{Digest, sha256};
use super::disk::{Disk, read_if_exists};
use super::error::{Error, clean};
use super::files::Files;
use super::format::{self, FormatError, Loaded, State};
use super::journal::{self, JournalError, Scan};
use crate::domain::dossier::Dossier;

/// What was found beside a snapshot when it was opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Recovered {
    /// Changes taken from the journal: the last session did not end properly.
    pub replayed: usize,
    /// Bytes at the end of the journal that make no whole change.
    pub lost_bytes: usize,
    /// Whole changes beyond a damaged one, which cannot be trusted.
    pub lost_records: usize,
    /// Changes that belong to another history of this dossier, and were not applied.
    pub foreign: usize,
    /// The snapshot was damaged or missing, and the last good version took its place.
    pub from_backup: bool,
}

impl Recovered {
    /// What the user should know, in French sentences.
    pub fn describe(&self) -> String {
        let mut sentences = Vec::new();
        if self.from_backup {
            sentences.push("La dernière bonne version a été rétablie.".to_owned());
        }
        match self.replayed {
            0 => {}
            1 => sentences.push(
                "La dernière session ne s'était pas bien terminée : 1 changement a été retrouvé."
                    .to_owned(),
            ),
            n => sentences.push(format!(
                "La dernière session ne s'était pas bien terminée : {n} changements ont été retrouvés."
            )),
        }
        if self.lost_records > 0 {
            sentences.push(format!(
                "Une partie du journal est abîmée : {} changement(s) au moins n'ont pas pu être relus. \
                 Vérifiez vos dernières réponses.",
                self.lost_records + 1
            ));
        } else if self.lost_bytes > 0 {
            sentences.push(
                "Un dernier changement, interrompu pendant son enregistrement, n'a pas été gardé. \
                 Vérifiez votre dernière réponse."
                    .to_owned(),
            );
        }
        if self.foreign > 0 {
            sentences.push(format!(
                "{} changement(s) de ce poste ne s'appliquent plus, car le dossier a été remplacé \
                 entre-temps. Ils seront gardés à côté ; vérifiez les réponses concernées.",
                self.foreign
            ));
        }
        sentences.join(" ")
    }
}

/// The last good version of a dossier, kept beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The file it comes from.
    pub path: PathBuf,
    /// Name of the business.
    pub name: String,
    /// How many questions it answers.
    pub answers: usize,
    /// When it was last changed.
    pub last_change: Option<DateTime>,
}

impl Backup {
    /// What is offered, in a few French words.
    pub fn describe(&self) -> String {
        let answers = match self.answers {
            0 | 1 => format!("{} réponse", self.answers),
            n => format!("{n} réponses"),
        };
        let when = self.last_change.map_or_else(String::new, |at| {
            let (day, month, year) = (at.day(), at.month(), at.year());
            format!(", dernier changement le {day:02}/{month:02}/{year}")
        });
        format!("« {} », {answers}{when}", clean(&self.name))
    }
}

/// Where the journal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Tail {
    /// Length of the journal.
    pub length: u64,
    /// Changes it holds that the snapshot lacks.
    pub pending: usize,
    /// Nothing may be added to it: the next change goes through a new snapshot.
    pub suspect: bool,
    /// It holds changes of another history, to be kept aside.
    pub foreign: bool,
}

/// A dossier read back.
pub(crate) struct Reading {
    pub dossier: Dossier,
    pub state: State,
    /// Hash of the snapshot file; `None` when it is damaged or missing.
    pub base: Option<Digest>,
    pub recovered: Option<Recovered>,
    pub tail: Tail,
}

/// Reads snapshot and journal.
///
/// Without the lock a writer may fold the journal between the two reads: try again until the snapshot
/// stands still.
pub(crate) fn load(disk: &dyn Disk, files: &Files, locked: bool) -> Result<Reading, Error> {
    const ATTEMPTS: usize = 5;
    let path = files.snapshot();
    let mut bytes = snapshot_bytes(disk, files)?;
    let mut journal = journal_bytes(disk, &files.journal())?;
    for _ in 1..ATTEMPTS {
        if locked {
            break;
        }
        let again = snapshot_bytes(disk, files)?;
        if again == bytes {
            break;
        }
        bytes = again;
        journal = journal_bytes(disk, &files.journal())?;
    }
    let Loaded { mut dossier, state } =
        format::read(&bytes).map_err(|error| placed(&path, error, || last_good(disk, files)))?;
    let mut recovered = Recovered::default();
    let tail = replay(
        &mut dossier,
        &mut recovered,
        journal.as_deref(),
        &files.journal(),
    )?;
    let recovered = (recovered != Recovered::default()).then_some(recovered);
    Ok(Reading {
        dossier,
        state,
        base: Some(sha256(&bytes)),
        recovered,
        tail,
    })
}

/// Reads the last good version and every change made since.
pub(crate) fn load_backup(disk: &dyn Disk, files: &Files) -> Result<Reading, Error> {
    let path = files.backup();
    let missing = || Error::Missing {
        path: files.dir().to_owned(),
        backup: None,
    };
    let bytes = bytes_of(disk, &path, format::MAX_BYTES)?.ok_or_else(missing)?;
    let Loaded { mut dossier, state } =
        format::read(&bytes).map_err(|error| placed(&path, error, || None))?;
    let mut recovered = Recovered {
        from_backup: true,
        ..Recovered::default()
    };
    let previous = files.journal_backup();
    let older = journal_bytes(disk, &previous)?;
    // What the older journal lacks shows as a gap before the newer one: say it once.
    let mut ignored = Recovered::default();
    replay(&mut dossier, &mut ignored, older.as_deref(), &previous)?;
    recovered.replayed += ignored.replayed;
    let path = files.journal();
    let journal = journal_bytes(disk, &path)?;
    let tail = replay(&mut dossier, &mut recovered, journal.as_deref(), &path)?;
    Ok(Reading {
        dossier,
        state,
        base: None,
        recovered: Some(recovered),
        tail,
    })
}

/// The last good version, if there is one.
fn last_good(disk: &dyn Disk, files: &Files) -> Option<Box<Backup>> {
    let Reading { dossier, .. } = load_backup(disk, files).ok()?;
    Some(Box::new(Backup {
        path: files.backup(),
        answers: dossier.answers.len(),
        last_change: dossier.history.last().map(|entry| entry.at),
        name: dossier.name,
    }))
}

/// Applies the changes of a journal that the dossier lacks.
fn replay(
    dossier: &mut Dossier,
    recovered: &mut Recovered,
    journal: Option<&[u8]>,
    path: &Path,
) -> Result<Tail, Error> {
    let Some(bytes) = journal else {
        return Ok(Tail::default());
    };
    let Scan {
        records,
        lost_bytes,
        lost_records,
        former,
        ..
    } = journal::scan(bytes).map_err(|error| match error {
        JournalError::Newer(found) => Error::Newer {
            path: path.to_owned(),
            found,
            known: journal::VERSION,
        },
        JournalError::TooLarge(size) => Error::TooLarge {
            path: path.to_owned(),
            size: size as u64,
            limit: journal::MAX_PAYLOAD as u64,
        },
    })?;
    let (total, last) = (records.len(), records.last().map(|record| record.sequence));
    let mut replayed = 0;
    let mut foreign = 0;
    for (index, record) in records.into_iter().enumerate() {
        let place = usize::try_from(record.sequence).unwrap_or(usize::MAX);
        match dossier.history.get(place.saturating_sub(1)) {
            Some(known) if *known == record.entry => {}
            None if place == dossier.history.len() + 1 => {
                dossier.apply(record.entry.at, record.entry.change);
                replayed += 1;
            }
            _ => {
                foreign = total - index;
                break;
            }
        }
    }
    recovered.replayed += replayed;
    recovered.lost_bytes += lost_bytes;
    recovered.lost_records += lost_records;
    recovered.foreign += foreign;
    let follows = last.is_none_or(|last| usize::try_from(last) == Ok(dossier.history.len()));
    Ok(Tail {
        length: bytes.len() as u64,
        pending: replayed,
        suspect: lost_bytes > 0 || foreign > 0 || !follows || former,
        foreign: foreign > 0 || lost_records > 0,
    })
}

fn snapshot_bytes(disk: &dyn Disk, files: &Files) -> Result<Vec<u8>, Error> {
    bytes_of(disk, &files.snapshot(), format::MAX_BYTES)?.ok_or_else(|| Error::Missing {
        path: files.dir().to_owned(),
        backup: last_good(disk, files),
    })
}

fn journal_bytes(disk: &dyn Disk, path: &Path) -> Result<Option<Vec<u8>>, Error> {
    bytes_of(disk, path, journal::MAX_BYTES)
}

fn bytes_of(disk: &dyn Disk, path: &Path, limit: u64) -> Result<Option<Vec<u8>>, Error> {
    let bytes = read_if_exists(disk, path, limit + 1).map_err(|error| Error::read(path, error))?;
    match bytes {
        Some(bytes) if bytes.len() as u64 > limit => Err(Error::Swollen {
            path: path.to_owned(),
            limit,
        }),
        bytes => Ok(bytes),
    }
}

/// A format error with its file, and what can take its place.
fn placed(path: &Path, error: FormatError, backup: impl FnOnce() -> Option<Box<Backup>>) -> Error {
    let path = path.to_owned();
    match error {
        FormatError::Newer(found) => Error::Newer {
            path,
            found,
            known: format::FORMAT,
        },
        FormatError::Damaged(fault) => Error::Damaged {
            path,
            line: fault.line,
            column: fault.column,
            what: fault.what,
            backup: backup(),
        },
    }
}
