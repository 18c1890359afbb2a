//! The content files: those embedded in the binary, and those of a folder laid over them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// Largest content file accepted, in bytes.
const MAX_FILE: u64 = 4 << 20;
/// Largest number of content files accepted.
const MAX_FILES: usize = 2_000;
/// Deepest folder accepted below `questionnaires/` or `templates/`.
const MAX_DEPTH: u8 = 8;

/// Text of one content file.
#[derive(Debug, Clone)]
enum Text {
    Embedded(&'static str),
    Read(String),
}

/// All content files, by path.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<(String, Text)>,
}

/// Why a content folder could not be read.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The folder holds neither questionnaires nor templates.
    #[error(
        "« {} » ne contient ni dossier « questionnaires » ni dossier « templates ». \
         Indiquez le dossier qui les contient.", .0.display()
    )]
    Empty(PathBuf),
    /// A file or folder could not be read.
    #[error("impossible de lire « {} » : {}. Vérifiez le chemin et les droits d'accès.", path.display(), said(source))]
    Read {
        /// What was read.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file is not UTF-8 text.
    #[error("« {} » n'est pas du texte UTF-8. Enregistrez-le en UTF-8.", .0.display())]
    NotText(PathBuf),
    /// A folder or a device stands where a file should.
    #[error("« {} » n'est pas un fichier. Vérifiez le chemin.", .0.display())]
    NotAFile(PathBuf),
    /// A bound was passed.
    #[error("« {} » dépasse les limites : 4 Mio par fichier, 2 000 fichiers, 8 niveaux de dossiers.", .0.display())]
    TooLarge(PathBuf),
}

impl Sources {
    /// Files embedded in the binary, as (path, text).
    pub fn from_embedded(files: &[(&str, &'static str)]) -> Self {
        let files = files
            .iter()
            .map(|&(path, text)| (path.to_owned(), Text::Embedded(text)));
        Self {
            files: files.collect(),
        }
    }

    /// These files, overlaid by those of `folder`: same path replaces, new path adds.
    pub fn overlaid(self, folder: &Path) -> Result<Self, SourceError> {
        let mut files: BTreeMap<String, Text> = self.files.into_iter().collect();
        let mut found = false;
        for part in ["questionnaires", "templates"] {
            let root = folder.join(part);
            if root.is_dir() {
                found = true;
                read_folder(&root, part, 0, &mut files)?;
            }
        }
        if !found {
            return Err(SourceError::Empty(folder.to_owned()));
        }
        Ok(Self {
            files: files.into_iter().collect(),
        })
    }

    /// Files given as (path, text), for tests and tools.
    pub fn from_texts(files: impl IntoIterator<Item = (String, String)>) -> Self {
        let files: BTreeMap<_, _> = files.into_iter().collect();
        Self {
            files: files
                .into_iter()
                .map(|(path, text)| (path, Text::Read(text)))
                .collect(),
        }
    }

    /// Number of files.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// Tells whether there is none.
    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// Path and text of a file.
    pub fn get(&self, file: usize) -> (&str, &str) {
        self.files.get(file).map_or(("", ""), |(path, text)| {
            let text = match text {
                Text::Embedded(text) => text,
                Text::Read(text) => text.as_str(),
            };
            (path.as_str(), text)
        })
    }
}

/// What the system says, in French.
fn said(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::NotFound => "il n'existe pas".to_owned(),
        io::ErrorKind::PermissionDenied => "l'accès est refusé".to_owned(),
        io::ErrorKind::NotADirectory => "un fichier tient lieu de dossier".to_owned(),
        _ => error.raw_os_error().map_or_else(
            || "le système signale une erreur".to_owned(),
            |number| format!("le système signale l'erreur {number}"),
        ),
    }
}

fn read_folder(
    folder: &Path,
    name: &str,
    depth: u8,
    files: &mut BTreeMap<String, Text>,
) -> Result<(), SourceError> {
    let failed = |source| SourceError::Read {
        path: folder.to_owned(),
        source,
    };
    if depth > MAX_DEPTH {
        return Err(SourceError::TooLarge(folder.to_owned()));
    }
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let Some(file_name) = path.file_name().and_then(|n| n.to_str()) else {
            return Err(SourceError::NotText(path));
        };
        let name = format!("{name}/{file_name}");
        if path.is_dir() {
            read_folder(&path, &name, depth + 1, files)?;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.insert(name, Text::Read(read_file(&path)?));
            if files.len() > MAX_FILES {
                return Err(SourceError::TooLarge(folder.to_owned()));
            }
        }
    }
    Ok(())
}

pub(crate) fn read_file(path: &Path) -> Result<String, SourceError> {
    let failed = |source| SourceError::Read {
        path: path.to_owned(),
        source,
    };
    let metadata = fs::metadata(path).map_err(failed)?;
    if !metadata.is_file() {
        return Err(SourceError::NotAFile(path.to_owned()));
    }
    if metadata.len() > MAX_FILE {
        return Err(SourceError::TooLarge(path.to_owned()));
    }
    String::from_utf8(fs::read(path).map_err(failed)?)
        .map_err(|_| SourceError::NotText(path.to_owned()))
}
