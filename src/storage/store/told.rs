//! What opening a dossier, and working on it, have to tell its owner.

use std::fmt;
use std::path::PathBuf;

use crate::storage::error::{Error, shown};
use crate::storage::format::State;
use crate::storage::lock::Access;
use crate::storage::recovery::Recovered;

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
