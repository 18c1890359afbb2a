//! The fixed names of the files of one dossier.

use std::path::{Path, PathBuf};

/// What the folder of a dossier holds, as people are told.
pub const HELD: &str = "dossier.toml contient vos réponses ; documents contient les textes ; preuves \
    est à vous, pour vos captures et courriers. Rien n'est envoyé nulle part. Copiez ce dossier pour \
    le sauvegarder.";

/// Name of the snapshot, the only file that matters.
pub const SNAPSHOT: &str = "dossier.toml";

/// Where each file of one dossier stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Files {
    dir: PathBuf,
}

impl Files {
    /// The files of the dossier in this folder.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// The folder of the dossier.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// The snapshot.
    pub fn snapshot(&self) -> PathBuf {
        self.dir.join(SNAPSHOT)
    }

    /// A snapshot being written; a stale one is removed under the lock.
    pub fn snapshot_temp(&self) -> PathBuf {
        self.dir.join("dossier.toml.tmp")
    }

    /// The previous snapshot.
    pub fn backup(&self) -> PathBuf {
        self.dir.join("dossier.toml.bak")
    }

    /// The previous snapshot being copied.
    pub fn backup_temp(&self) -> PathBuf {
        self.dir.join("dossier.toml.bak.tmp")
    }

    /// The changes made since the snapshot.
    pub fn journal(&self) -> PathBuf {
        self.dir.join("dossier.journal")
    }

    /// The changes between the previous snapshot and the snapshot.
    pub fn journal_backup(&self) -> PathBuf {
        self.dir.join("dossier.journal.bak")
    }

    /// The file that the program holding the dossier locks; always empty, never removed.
    pub fn lock(&self) -> PathBuf {
        self.dir.join(".dossier.lock")
    }

    /// Numbered candidates for a file set aside, such as `dossier.abime-2.toml`.
    pub(crate) fn aside(
        &self,
        why: &'static str,
        extension: &'static str,
    ) -> impl Iterator<Item = PathBuf> {
        let dir = self.dir.clone();
        (1_u32..).map(move |n| dir.join(format!("dossier.{why}-{n}.{extension}")))
    }
}
