//! What can go wrong, said to the user: what, where, what to do next.
//!
//! Messages are full French sentences without control characters, whatever the names involved.

use std::io;
use std::path::{Path, PathBuf};

use super::disk::Protected;
use super::recovery::Backup;

/// A failure of the storage layer.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The file cannot be trusted; it was left untouched.
    #[error(
        "Le fichier {} est abîmé, ligne {line}, colonne {column} : {what}. Il n'a pas été modifié. {}",
        shown(path), offer(backup.as_deref())
    )]
    Damaged {
        /// The file.
        path: PathBuf,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong, in French, without a final stop.
        what: String,
        /// The last good version, when there is one.
        backup: Option<Box<Backup>>,
    },
    /// The file was written by a newer program.
    #[error(
        "Le fichier {} a été écrit par une version plus récente d'Aplomb (format {found}, celle-ci \
         connaît le format {known}). Il n'a pas été modifié. Installez la dernière version d'Aplomb \
         pour l'ouvrir.",
        shown(path)
    )]
    Newer {
        /// The file.
        path: PathBuf,
        /// Its format.
        found: u64,
        /// The newest format this program reads.
        known: u64,
    },
    /// There is no dossier in this folder.
    #[error("Il n'y a pas de dossier dans {} : le fichier dossier.toml manque. {}",
        shown(path), backup.as_deref().map_or_else(
            || "Vérifiez le chemin, ou créez ce dossier avec « aplomb nouveau ».".to_owned(),
            |backup| offer(Some(backup))))]
    Missing {
        /// The folder.
        path: PathBuf,
        /// The last good version, when there is one.
        backup: Option<Box<Backup>>,
    },
    /// No dossier answers to this name.
    #[error("Aucun dossier ne correspond à « {} » dans {}. {}",
        clean(name), shown(workspace), closest.as_ref().map_or_else(
            || "Vérifiez le nom, ou donnez le chemin du dossier.".to_owned(),
            |closest| format!("Vouliez-vous dire « {} » ?", clean(closest))))]
    NotFound {
        /// What was asked.
        name: String,
        /// The folder searched.
        workspace: PathBuf,
        /// The closest slug.
        closest: Option<String>,
    },
    /// A dossier already stands there.
    #[error(
        "Un dossier existe déjà dans {}. Ouvrez-le, ou choisissez un autre nom.",
        shown(path)
    )]
    AlreadyExists {
        /// The folder.
        path: PathBuf,
    },
    /// The dossier was opened read-only.
    #[error(
        "Le dossier {} est ouvert en lecture seule : {reason} Rien n'a été enregistré.",
        shown(path)
    )]
    ReadOnly {
        /// The folder.
        path: PathBuf,
        /// Why and what to do, in a sentence.
        reason: String,
    },
    /// Reading failed.
    #[error("Impossible de lire {} : {} {}", shown(path), cause(source).0, cause(source).1)]
    Read {
        /// The file or folder.
        path: PathBuf,
        /// The failure reported by the system.
        source: io::Error,
    },
    /// Writing failed; what was recorded before is intact.
    #[error(
        "Impossible d'enregistrer dans {} : {} {} Ce qui était déjà enregistré est intact.",
        shown(path), cause(source).0, cause(source).1
    )]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// The failure reported by the system.
        source: io::Error,
    },
    /// A file or an answer is larger than any real one.
    #[error(
        "{} est trop volumineux : {size} octets, pour un maximum de {limit}. \
             Raccourcissez le texte, ou vérifiez qu'il s'agit du bon fichier.",
        shown(path)
    )]
    TooLarge {
        /// The file.
        path: PathBuf,
        /// Its size, or at least this.
        size: u64,
        /// The largest size accepted.
        limit: u64,
    },
    /// A file of the dossier is larger than any real one: it is not what it should be.
    #[error(
        "{} dépasse {} Mio : ce n'est pas un fichier d'Aplomb, ou il est abîmé. Il n'a pas été \
             modifié. Reprenez-le d'une sauvegarde.",
        shown(path), limit >> 20
    )]
    Swollen {
        /// The file.
        path: PathBuf,
        /// The largest size read.
        limit: u64,
    },
    /// Something else stands where a file should be written.
    #[error(
        "Impossible d'écrire {} : {why}. Rien n'y a été touché. Déplacez ce qui s'y trouve, ou choisissez un autre endroit.",
        shown(path)
    )]
    Occupied {
        /// What stands there.
        path: PathBuf,
        /// What it is, in French, without a final stop.
        why: &'static str,
    },
    /// A file name that would leave its folder, or that some system refuses.
    #[error(
        "Le nom de fichier « {} » est refusé : {why}. Choisissez un autre nom.",
        clean(name)
    )]
    BadName {
        /// The name.
        name: String,
        /// Why, in French, without a final stop.
        why: &'static str,
    },
    /// No folder to put the dossiers in.
    #[error(
        "Le dossier personnel de l'utilisateur est introuvable. \
             Indiquez où ranger les dossiers avec --classeur ou APLOMB_CLASSEUR."
    )]
    NoHome,
}

/// Families of failures, from which a face chooses its exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Wrong usage or bad input.
    Usage,
    /// Damaged file, or one that cannot be read.
    Damaged,
    /// Could not write.
    Write,
}

impl Error {
    /// The family of this failure.
    pub fn kind(&self) -> Kind {
        match self {
            Self::Damaged { .. }
            | Self::Newer { .. }
            | Self::Read { .. }
            | Self::Swollen { .. } => Kind::Damaged,
            Self::ReadOnly { .. } | Self::Write { .. } | Self::Occupied { .. } => Kind::Write,
            Self::Missing { .. }
            | Self::NotFound { .. }
            | Self::AlreadyExists { .. }
            | Self::TooLarge { .. }
            | Self::BadName { .. }
            | Self::NoHome => Kind::Usage,
        }
    }

    /// The last good version offered in place of a damaged or missing file.
    pub fn backup(&self) -> Option<&Backup> {
        match self {
            Self::Damaged { backup, .. } | Self::Missing { backup, .. } => backup.as_deref(),
            _ => None,
        }
    }

    pub(crate) fn read(path: &Path, source: io::Error) -> Self {
        Self::Read {
            path: path.to_owned(),
            source,
        }
    }

    pub(crate) fn write(path: &Path, source: io::Error) -> Self {
        Self::Write {
            path: culprit(path, &source).to_owned(),
            source,
        }
    }
}

/// The file at fault: when a path cannot be followed, the first step that is no folder.
fn culprit<'p>(path: &'p Path, source: &io::Error) -> &'p Path {
    if source.kind() != io::ErrorKind::NotADirectory {
        return path;
    }
    let first = path.ancestors().skip(1).find(|step| step.is_file());
    first.unwrap_or(path)
}

/// What to do about a damaged or missing file.
fn offer(backup: Option<&Backup>) -> String {
    match backup {
        Some(backup) => format!(
            "La dernière bonne version ({}) peut être rétablie ; le fichier actuel sera gardé à côté.",
            backup.describe()
        ),
        None => "Corrigez-le, ou reprenez-le d'une sauvegarde.".to_owned(),
    }
}

/// What the system says and what to do about it.
fn cause(error: &io::Error) -> (String, &'static str) {
    use io::ErrorKind as Kind;
    let is_protected = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<Protected>())
        .is_some();
    let (what, advice) = match error.kind() {
        _ if is_protected => (
            "ce fichier est protégé en écriture.",
            "Rendez-le modifiable, ou déplacez-le, puis réessayez.",
        ),
        Kind::StorageFull => (
            "le disque est plein.",
            "Libérez de la place, puis réessayez.",
        ),
        Kind::QuotaExceeded => (
            "votre quota d'espace est atteint.",
            "Libérez de la place, puis réessayez.",
        ),
        Kind::ReadOnlyFilesystem => (
            "ce disque est en lecture seule.",
            "Copiez le dossier sur un disque où vous pouvez écrire, ou indiquez-en un avec --classeur.",
        ),
        Kind::PermissionDenied => (
            "l'accès est refusé.",
            "Vérifiez vos droits sur ce dossier, ou qu'un autre programme ne le bloque pas, puis réessayez.",
        ),
        Kind::NotFound => ("il n'existe pas ou plus.", "Vérifiez le chemin."),
        Kind::NotADirectory => (
            "c'est un fichier, et il faut un dossier.",
            "Vérifiez le chemin.",
        ),
        Kind::IsADirectory | Kind::InvalidInput => {
            ("ce n'est pas un fichier ordinaire.", "Vérifiez le chemin.")
        }
        Kind::AlreadyExists => (
            "un autre fichier porte déjà ce nom.",
            "Déplacez-le, puis réessayez.",
        ),
        _ => {
            let number = error.raw_os_error();
            let what = match number {
                Some(5) => "le disque signale une erreur d'entrée-sortie (5).".to_owned(),
                Some(number) => format!("le système signale l'erreur {number}."),
                None => "le système signale une erreur.".to_owned(),
            };
            return (
                what,
                "Vérifiez le disque, puis réessayez ou enregistrez ailleurs.",
            );
        }
    };
    (what.to_owned(), advice)
}

/// A path between guillemets, safe to print.
pub(crate) fn shown(path: &Path) -> String {
    format!("« {} »", clean(&path.to_string_lossy()))
}

/// A text without anything a terminal could obey: control and bidirectional characters.
pub(crate) fn clean(text: &str) -> String {
    text.chars()
        .map(|c| if is_unsafe(c) { '\u{FFFD}' } else { c })
        .collect()
}

/// Tells whether a character can change what a terminal or an editor shows around it.
pub(crate) fn is_unsafe(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{061C}' | '\u{200B}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}'
            | '\u{2060}'..='\u{2069}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_say_what_where_and_what_next() {
        let path = Path::new("/classeur/bel-atelier/dossier.journal");
        let full = Error::write(path, io::Error::from(io::ErrorKind::StorageFull)).to_string();
        assert_eq!(
            full,
            "Impossible d'enregistrer dans « /classeur/bel-atelier/dossier.journal » : le disque est \
             plein. Libérez de la place, puis réessayez. Ce qui était déjà enregistré est intact."
        );
        let damaged = Error::Damaged {
            path: path.to_owned(),
            line: 3,
            column: 7,
            what: "guillemet manquant".to_owned(),
            backup: None,
        };
        assert_eq!(
            damaged.to_string(),
            "Le fichier « /classeur/bel-atelier/dossier.journal » est abîmé, ligne 3, colonne 7 : \
             guillemet manquant. Il n'a pas été modifié. Corrigez-le, ou reprenez-le d'une sauvegarde."
        );
    }

    #[test]
    fn hostile_paths_never_reach_the_terminal() {
        let path = Path::new("/tmp/\u{1b}]52;c;AAAA\u{7}\u{202e}x");
        let message = Error::read(path, io::Error::from_raw_os_error(5)).to_string();
        assert!(!message.chars().any(is_unsafe), "{message:?}");
    }
}
