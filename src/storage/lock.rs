//! One writer per dossier: the lock, and what a dossier opened without it says.

use std::io;

use super::disk::{Disk, Guard, Locked};
use super::files::Files;

/// What may be done with an open dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Read and write, alone.
    Writable,
    /// Read and write, on a file system where nobody can tell whether someone else writes too.
    Unguarded,
    /// Another program or window holds the dossier.
    Busy,
    /// The folder cannot be written.
    Denied,
    /// The file of the dossier is marked as not to be written.
    Protected,
    /// The disk has no room left, even for the lock.
    Full,
}

impl Access {
    /// Tells whether changes are refused.
    pub fn is_read_only(self) -> bool {
        !matches!(self, Self::Writable | Self::Unguarded)
    }

    /// What the user should know, in a French sentence.
    pub fn explanation(self) -> Option<&'static str> {
        match self {
            Self::Writable => None,
            Self::Unguarded => Some(
                "Ce disque ne permet pas de réserver le dossier : vérifiez que personne d'autre ne \
                 le modifie en même temps.",
            ),
            Self::Busy => Some(
                "il est déjà ouvert dans une autre fenêtre ou par un autre programme. Fermez-le \
                 là-bas, puis rouvrez-le ici.",
            ),
            Self::Denied => Some(
                "vous n'avez pas le droit d'écrire dans ce dossier. Copiez-le ailleurs, ou demandez \
                 ce droit.",
            ),
            Self::Protected => Some(
                "son fichier dossier.toml est protégé en écriture. Rendez-le modifiable, ou copiez le \
                 dossier ailleurs.",
            ),
            Self::Full => Some("le disque est plein. Libérez de la place, puis rouvrez-le."),
        }
    }
}

/// Takes the lock of a dossier, or says why it is read-only.
pub(crate) fn take(disk: &dyn Disk, files: &Files) -> io::Result<(Access, Option<Guard>)> {
    use io::ErrorKind as Kind;
    if disk.is_protected(&files.snapshot())? {
        return Ok((Access::Protected, None));
    }
    match disk.lock(&files.lock()) {
        Ok(Locked::Held(guard)) => Ok((Access::Writable, Some(guard))),
        Ok(Locked::Busy) => Ok((Access::Busy, None)),
        Ok(Locked::Unsupported) => Ok((Access::Unguarded, None)),
        Err(error) => match error.kind() {
            Kind::PermissionDenied | Kind::ReadOnlyFilesystem => Ok((Access::Denied, None)),
            Kind::StorageFull | Kind::QuotaExceeded => Ok((Access::Full, None)),
            _ => Err(error),
        },
    }
}
