//! Writes the documents of a dossier in a folder, whatever face asked for it.

use std::path::{Path, PathBuf};

use crate::documents::{self, DocumentError, Needed, Rendered};
use crate::exports::report::Report;
use crate::exports::{self, Format};
use crate::session::Session;
use crate::storage;
use crate::storage::generation::{Generation, Outcome};

/// Name of the folder of generated documents, inside the dossier.
pub const FOLDER: &str = "documents";

/// Why documents could not be written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// No such document.
    #[error(
        "le document « {0} » n'existe pas. « aplomb documents DOSSIER --liste » en donne la liste."
    )]
    Unknown(String),
    /// A template is wrong.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The document is a text, and a table was asked for.
    #[error("le document « {document} » n'est pas un tableau ; il n'existe pas en « {format} ».")]
    NotATable {
        /// Document id.
        document: String,
        /// Format asked for.
        format: &'static str,
    },
    /// A file could not be made.
    #[error(transparent)]
    File(#[from] exports::FileError),
    /// The disk refused.
    #[error(transparent)]
    Storage(#[from] storage::Error),
}

/// A file written, or left alone.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Document id.
    pub document: String,
    /// Where it stands.
    pub path: PathBuf,
    /// What became of it.
    pub outcome: Outcome,
}

/// Renders every document of the catalogue, or those asked for, in the order of the catalogue.
pub fn render(session: &Session, only: &[String]) -> Result<Vec<Rendered>, ExportError> {
    let catalogue = session.catalogue();
    if let Some(unknown) = only.iter().find(|id| catalogue.document(id).is_none()) {
        return Err(ExportError::Unknown(unknown.clone()));
    }
    catalogue
        .documents
        .iter()
        .filter(|document| only.is_empty() || only.contains(&document.id))
        .map(|document| {
            Ok(documents::render(
                catalogue,
                session.dossier(),
                session.date(),
                document,
            )?)
        })
        .collect()
}

/// The proof folder of a dossier, as one archive.
pub fn proof(session: &Session) -> Result<Vec<u8>, ExportError> {
    let view = session.view();
    let report = Report::new(&view, render(session, &[])?);
    let dossier = storage::format::write(session.dossier());
    Ok(exports::proof::archive(&report, &dossier)?)
}

/// Writes the documents needed, or those asked for, in each format.
pub fn write(
    session: &Session,
    formats: &[impl Into<Format> + Copy],
    only: &[String],
    folder: Option<&Path>,
) -> Result<Vec<Exported>, ExportError> {
    let rendered = render(session, only)?;
    let folder = folder.map_or_else(|| session.store().dir().join(FOLDER), Path::to_owned);
    let mut generation = Generation::open(folder);
    let mut exported = Vec::new();
    let view = session.view();
    for document in &rendered {
        if only.is_empty() && document.needed != Needed::Yes {
            continue;
        }
        for format in formats {
            let format: Format = (*format).into();
            let Some(file) = exports::file(&view, document, format)? else {
                if only.is_empty() {
                    continue;
                }
                return Err(ExportError::NotATable {
                    document: document.id.clone(),
                    format: format.word(),
                });
            };
            let outcome = generation.write(&file.name, &file.bytes)?;
            let path = generation.folder().join(&file.name);
            exported.push(Exported {
                document: document.id.clone(),
                path,
                outcome,
            });
        }
    }
    generation.finish()?;
    Ok(exported)
}
