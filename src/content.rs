//! Content: TOML files turned into a checked catalogue.
//!
//! Every `.toml` file below `questionnaires/` and `templates/` is read; any file may hold any
//! table. All faults are reported at once, each with its place, and a catalogue only comes out of
//! sources without an error: what follows can trust every id it meets.

mod embedded;
mod loading;
mod lost;

pub mod branding;
pub mod lint;
pub mod schema;

pub use loading::{diagnostic, source};

use std::path::{Path, PathBuf};

use self::diagnostic::{Diagnostic, Faults, Gravity};
use self::loading::sink::{Definition, Entity};
use self::source::{SourceError, Sources};
use crate::domain::catalogue::Catalogue;

/// Why content could not be loaded.
#[derive(Debug, thiserror::Error)]
pub enum ContentError {
    /// A file could not be read.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The content has faults.
    #[error("{} faute(s) dans le contenu :\n\n{}", .0.diagnostics.len(), .0)]
    Faults(Box<Faults>),
}

impl From<Box<Faults>> for ContentError {
    fn from(faults: Box<Faults>) -> Self {
        Self::Faults(faults)
    }
}

/// A catalogue in use.
#[derive(Debug, Clone)]
pub struct Content {
    /// The checked catalogue.
    pub catalogue: Catalogue,
    /// The `cabinet.toml` asked for, rather than the one of the dossier or of the workspace.
    pub cabinet: Option<PathBuf>,
}

/// A catalogue together with the files it comes from, for those who write content.
#[derive(Debug, Clone)]
pub struct Authored {
    /// The checked catalogue.
    pub catalogue: Catalogue,
    /// Its sources.
    pub sources: Sources,
    definitions: Vec<Definition>,
}

impl From<Authored> for Content {
    fn from(authored: Authored) -> Self {
        Self {
            catalogue: authored.catalogue,
            cabinet: None,
        }
    }
}

/// Loads the embedded catalogue, or the embedded content overlaid by a folder.
pub fn load(folder: Option<&Path>) -> Result<Content, ContentError> {
    let catalogue = match folder {
        None => embedded::catalogue(),
        Some(_) => author(folder)?.catalogue,
    };
    Ok(Content {
        catalogue,
        cabinet: None,
    })
}

/// Reads the embedded content from its sources, overlaid by a folder if one is given.
pub fn author(folder: Option<&Path>) -> Result<Authored, ContentError> {
    let mut sources = embedded::sources();
    if let Some(folder) = folder {
        sources = sources.overlaid(folder)?;
    }
    Ok(from_sources(sources)?)
}

/// Reads and checks a set of sources.
pub fn from_sources(sources: Sources) -> Result<Authored, Box<Faults>> {
    let loading::Loaded {
        catalogue,
        definitions,
    } = loading::read(&sources)?;
    Ok(Authored {
        catalogue,
        sources,
        definitions,
    })
}

impl Authored {
    /// Faults that do not prevent loading: what the law, the economy and good order ask for.
    pub fn lint(&self, today: jiff::civil::Date) -> Faults {
        let mut diagnostics = lint::check(self, today);
        diagnostic::sort(&mut diagnostics);
        Faults {
            sources: self.sources.clone(),
            diagnostics,
        }
    }
}

/// Mandatory elements that a catalogue lost or says no more, compared with the embedded one: (document id, message).
pub fn lost_elements(catalogue: &Catalogue) -> Vec<(String, String)> {
    lost::elements(&embedded::catalogue(), catalogue)
}

impl Authored {
    /// Warns of each mandatory element of the embedded documents that is missing here.
    pub fn lost_elements(&self) -> Vec<Diagnostic> {
        let lost = lost_elements(&self.catalogue).into_iter();
        lost.map(|(document, message)| {
            let help = "remettez cet élément et la clause qui le couvre, ou assurez-vous qu'il se lit ailleurs";
            let warning = Diagnostic {
                gravity: Gravity::Warning,
                code: "element-perdu",
                file: 0,
                span: 0..0,
                message: message.clone(),
                help: help.to_owned(),
            };
            self.document_fault(&document, message)
                .map_or(warning.clone(), |fault| Diagnostic {
                    file: fault.file,
                    span: fault.span,
                    ..warning
                })
        })
        .collect()
    }

    /// A fault of a document, placed at its definition.
    pub fn document_fault(&self, document: &str, message: String) -> Option<Diagnostic> {
        let found = self
            .definitions
            .iter()
            .find(|d| d.entity == Entity::Document && d.id == document)?;
        Some(Diagnostic {
            gravity: Gravity::Error,
            code: "clause",
            file: found.place.file,
            span: found.place.span.clone(),
            message,
            help: "corrigez la clause dans ce fichier".to_owned(),
        })
    }
}
