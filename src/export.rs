//! Writes the documents of a dossier in a folder, whatever face asked for it.

mod results;

use std::path::{Path, PathBuf};

use crate::content::ContentError;
use crate::documents::pasting;
use crate::documents::sorting::{self, Sort};
use crate::documents::{self, DocumentError, Needed, Rendered, french};
use crate::domain::document::Document;
use crate::domain::explain;
use crate::domain::typography::{french as french_text, quoted, sentence};
use crate::domain::view::View;
use crate::exports;
use crate::exports::FileError;
pub use crate::exports::Format;
use crate::exports::proof::Beside;
use crate::exports::report::Report;
use crate::session::Session;
use crate::storage;
use crate::storage::generation::{Foreseen, Generation, Nature};

pub use results::results;

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
    File(#[from] FileError),
    /// The identity of the practice is wrong.
    #[error(transparent)]
    Branding(#[from] ContentError),
    /// The disk refused.
    #[error(transparent)]
    Storage(#[from] storage::Error),
}

/// A file of a document, and what becomes of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    /// Document id.
    pub document: String,
    /// The file.
    pub file: Foreseen,
}

/// A file written before for a document that is not needed any more. It is left where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Useless {
    /// Document id.
    pub document: String,
    /// The file.
    pub path: PathBuf,
    /// Why it is not needed, in French.
    pub why: String,
}

impl Useless {
    /// What to do about it.
    pub fn sentence(&self) -> String {
        let name = self.path.file_name().unwrap_or_default();
        french_text(&format!(
            "{} n'est plus nécessaire. {} Supprimez-le si vous n'en voulez plus.",
            name.to_string_lossy(),
            self.why
        ))
    }
}

/// What writing documents would do; nothing is written until [`Planned::write`].
#[derive(Debug)]
pub struct Planned {
    generation: Generation,
    /// The files, in the order of the catalogue.
    pub files: Vec<Exported>,
    /// What to know of them: what a PDF could not show.
    pub notes: Vec<String>,
    /// Files written before for documents that are not needed any more.
    pub useless: Vec<Useless>,
    /// PDF files that could not be made, and why; the others are written all the same.
    pub failures: Vec<String>,
}

impl Planned {
    /// Writes the files.
    pub fn write(self) -> Result<Vec<Exported>, ExportError> {
        let (documents, files): (Vec<_>, Vec<_>) = self
            .files
            .into_iter()
            .map(|exported| (exported.document, exported.file))
            .unzip();
        let written = self.generation.write(files)?;
        Ok(documents
            .into_iter()
            .zip(written)
            .map(|(document, file)| Exported { document, file })
            .collect())
    }
}

/// What a person reads of a format.
pub fn format_words(format: Format) -> &'static str {
    match format.word() {
        "markdown" => "Texte à garder et à modifier (Markdown)",
        "html" => "Page à lire ou à imprimer, dans le navigateur (HTML)",
        "fragment" => "Code à coller dans l'éditeur de votre site (HTML)",
        "fragment-listes" => "Le même code, sans tableaux (HTML)",
        "texte" => "Texte simple, à coller partout",
        "docx" => "Document Word, à modifier dans le traitement de texte",
        "pdf" => "PDF, à envoyer ou à imprimer",
        "xlsx" => "Classeur Excel, pour les documents qui sont des tableaux",
        "csv" => "Tableau CSV, pour les documents qui sont des tableaux",
        other => other,
    }
}

/// The formats a document comes in, or all of them.
pub fn formats(document: Option<&str>) -> Vec<Format> {
    let is_table = document.is_none_or(exports::file::is_table);
    // One reads the guide, one does not paste it.
    let is_read = document == Some(pasting::DOCUMENT);
    Format::all()
        .filter(|format| is_table || !matches!(format, Format::Csv | Format::Xlsx))
        .filter(|format| !is_read || !format.is_pasted())
        .collect()
}

/// Renders every document of the catalogue, or those asked for, in the order of the catalogue.
pub fn render(session: &Session, only: &[String]) -> Result<Vec<Rendered>, ExportError> {
    rendered(session, only, |_, _| true)
}

fn rendered(
    session: &Session,
    only: &[String],
    wanted: impl Fn(&View<'_>, &Document) -> bool,
) -> Result<Vec<Rendered>, ExportError> {
    if let Some(unknown) = only
        .iter()
        .find(|id| session.catalogue().document(id).is_none())
    {
        return Err(ExportError::Unknown(unknown.clone()));
    }
    let view = session.view();
    let documents = session
        .catalogue()
        .documents
        .iter()
        .filter(|document| only.is_empty() || only.contains(&document.id))
        .filter(|document| wanted(&view, document));
    Ok(documents::render_all(&view, documents)?)
}

/// What the business has to sort out, by month.
pub fn sorts(session: &Session) -> Result<Vec<Sort>, ExportError> {
    match session.catalogue().document(sorting::DOCUMENT) {
        Some(document) => Ok(sorting::sorts(&documents::render_seen(
            &session.view(),
            document,
        )?)),
        None => Ok(Vec::new()),
    }
}

/// Name of the folder where the owner drops what proves something, inside the dossier.
pub const PIECES: &str = "preuves";

/// The texts in place and the pieces of a dossier, as the archive holds them.
fn beside(session: &Session) -> Beside {
    let mut beside = Beside::default();
    for (folder, inside) in [(FOLDER, exports::proof::IN_PLACE), (PIECES, PIECES)] {
        let kept = storage::kept::read(session.store().dir(), folder);
        for (name, bytes) in kept.files {
            if exports::proof::is_archive(&bytes) {
                let why = "c'est un dossier de preuves, à garder à part".to_owned();
                beside.left.push((name, why));
                continue;
            }
            let rest = name.strip_prefix(folder).unwrap_or(&name);
            beside.files.push((format!("{inside}{rest}"), bytes));
        }
        let left = kept.left.into_iter();
        beside
            .left
            .extend(left.map(|(name, why)| (name, why.to_owned())));
    }
    beside
}

/// The proof folder of a dossier, as one archive, and what it leaves out.
pub fn proof(session: &Session) -> Result<(Vec<u8>, Vec<String>), ExportError> {
    let view = session.view();
    let report = Report::new(&view, render(session, &[])?).branded(session.branding()?);
    let dossier = session.store().dossier().clone().without_private_notes();
    let dossier = storage::format::write(&dossier);
    let beside = beside(session);
    let left = beside.left.iter();
    let notes = left
        .map(|(name, why)| {
            french_text(&format!(
                "Laissé hors du dossier de preuves : {name} — {why}."
            ))
        })
        .collect();
    Ok((exports::proof::archive(&report, &dossier, beside)?, notes))
}

/// Tells whether the business certainly needs a document on the day.
fn is_needed(view: &View<'_>, document: &Document) -> bool {
    document.validity.contains(view.date()) && view.holds(document.needed_when.as_ref()).is_true()
}

/// Where the documents needed are to be pasted.
fn guide(view: &View<'_>) -> Option<Rendered> {
    let documents = view.catalogue().documents.iter();
    pasting::page(documents.filter(|document| is_needed(view, document)))
}

/// The ways documents write their day.
fn forms(date: jiff::civil::Date) -> Vec<String> {
    vec![french::date(date), explain::day(date), date.to_string()]
}

/// Tells what writing the documents needed, or those asked for, would do in each format.
pub fn foresee(
    session: &Session,
    formats: &[impl Into<Format> + Copy],
    only: &[String],
    folder: Option<&Path>,
) -> Result<Planned, ExportError> {
    let asked = !only.is_empty();
    let (guides, only): (Vec<_>, Vec<_>) =
        only.iter().cloned().partition(|id| id == pasting::DOCUMENT);
    let mut rendered = if asked && only.is_empty() {
        Vec::new()
    } else {
        rendered(session, &only, |view, document| {
            asked || is_needed(view, document)
        })?
    };
    if !asked || !guides.is_empty() {
        rendered.extend(guide(&session.view()));
    }
    let folder = folder.map_or_else(|| session.store().dir().join(FOLDER), Path::to_owned);
    let generation = Generation::open(folder, session.date(), forms);
    let branding = session.branding()?;
    let mut files = Vec::new();
    let (mut failures, mut refused) = (Vec::new(), Vec::new());
    let mut unsaid_elements = Vec::new();
    let mut lacking = exports::pdf::Lacking::default();
    let view = session.view();
    // Each text goes once its files are made, so that all of them are never held twice.
    for document in rendered {
        unsaid_elements.extend(unsaid(&document));
        for format in formats {
            let format: Format = (*format).into();
            // One reads it, one does not paste it.
            if document.id == pasting::DOCUMENT && format.is_pasted() {
                continue;
            }
            let made = match exports::made(&view, &document, format, branding.as_ref()) {
                Err(FileError::Pdf(error)) => {
                    failures.push(format!("{} : {error}", quoted(&document.title)));
                    continue;
                }
                made => made?,
            };
            let Some(exports::Made {
                file,
                lacking: missing,
            }) = made
            else {
                if only.is_empty() || document.id == pasting::DOCUMENT {
                    continue;
                }
                refused.push(ExportError::NotATable {
                    document: document.id.clone(),
                    format: format.word(),
                });
                continue;
            };
            lacking.join(missing);
            let nature = if format.is_text() {
                Nature::Text
            } else {
                Nature::Binary
            };
            files.push(Exported {
                document: document.id.clone(),
                file: generation.foresee(&file.name, file.bytes, nature)?,
            });
        }
    }
    let useless = if asked {
        Vec::new()
    } else {
        useless(&view, &generation)?
    };
    // What comes in none of its formats is refused; beside others, it is told.
    if files.is_empty() && !refused.is_empty() {
        return Err(refused.swap_remove(0));
    }
    let refused = refused.iter().map(|error| sentence(&error.to_string()));
    let mut notes: Vec<String> = refused.collect();
    notes.extend(unsaid_elements);
    notes.extend(lacking.told());
    notes.extend(useless.iter().map(Useless::sentence));
    Ok(Planned {
        generation,
        files,
        notes,
        useless,
        failures,
    })
}

/// Tells of the files written before in the folder of the dossier that are not needed any more.
pub fn leftovers(session: &Session) -> Result<Vec<String>, ExportError> {
    let folder = session.store().dir().join(FOLDER);
    let generation = Generation::open(folder, session.date(), forms);
    let useless = useless(&session.view(), &generation)?;
    Ok(useless.iter().map(Useless::sentence).collect())
}

/// What a document had to say and does not, one sentence each: its template lost the clause.
pub fn unsaid(document: &Rendered) -> Vec<String> {
    let told = document.unsaid().map(|element| {
        french_text(&format!(
            "« {} » ne dit pas l'élément obligatoire « {} » ({}) : son modèle n'a plus de clause pour lui.",
            document.title, element.label, element.id
        ))
    });
    told.collect()
}

/// Files written before for documents that are certainly not needed any more.
fn useless(view: &View<'_>, generation: &Generation) -> Result<Vec<Useless>, ExportError> {
    let mut useless = Vec::new();
    for document in &view.catalogue().documents {
        let paths = generation.written_for(&document.id);
        if paths.is_empty() || is_needed(view, document) {
            continue;
        }
        for rendered in documents::render_all(view, std::iter::once(document))? {
            if rendered.needed != Needed::No {
                continue;
            }
            useless.extend(paths.iter().map(|path| Useless {
                document: rendered.id.clone(),
                path: path.clone(),
                why: rendered.why.clone(),
            }));
        }
    }
    Ok(useless)
}

/// What became of files, in sentences: how many were written, then on a line of its own each one
/// edited by hand.
pub fn told(files: &[Exported]) -> String {
    use crate::storage::generation::Outcome;
    let count = |outcome: Outcome| files.iter().filter(|f| f.file.outcome == outcome).count();
    let created = count(Outcome::Created) + count(Outcome::Updated);
    let same = count(Outcome::Unchanged);
    let mut told = Vec::new();
    if created > 0 || same == 0 {
        told.push(match created {
            0 | 1 => format!("{created} fichier écrit"),
            n => format!("{n} fichiers écrits"),
        });
    }
    if same > 0 {
        told.push(format!("{same} déjà à jour"));
    }
    let edited = files.iter().filter(|f| f.file.outcome.sentence().is_some());
    let mut said = format!("{}.", told.join(", "));
    match edited.count() {
        0 | 1 => {}
        n => said.push_str(&format!(" {n} fichiers déjà là ne sont pas remplacés :")),
    }
    for Exported { file, .. } in files {
        let name = |path: &Path| {
            let name = path.file_name().unwrap_or_default();
            name.to_string_lossy().into_owned()
        };
        if let Some(sentence) = file.outcome.sentence() {
            said.push_str(&format!("\n{} : {sentence}", name(&file.path)));
        }
        if let Some(beside) = &file.beside {
            said.push_str(&format!(
                " La nouvelle version est à côté : {}.",
                name(beside)
            ));
        }
    }
    said
}
