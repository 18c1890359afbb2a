//! `documents`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::dossiers::plural;
use super::error::{BAD_INPUT, CliError};
use super::planning::put;
use super::{Context, Reply, json};
use crate::documents::{Needed, Rendered};
use crate::export::{self, ExportError};
use crate::exports::Format;
use crate::storage::generation::Outcome;

/// What is asked of `documents`.
pub(super) struct Request {
    pub(super) formats: Vec<String>,
    pub(super) folder: Option<PathBuf>,
    pub(super) only: Vec<String>,
}

impl From<ExportError> for CliError {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Storage(error) => error.into(),
            other => Self {
                code: BAD_INPUT,
                message: other.to_string(),
            },
        }
    }
}

/// What is ready, what is missing, and why.
pub(super) fn list(
    context: &Context,
    dossier: &str,
    request: &Request,
    as_json: bool,
) -> Result<Reply, CliError> {
    let (session, notes) = context.open(dossier)?;
    let documents = export::render(&session, &request.only)?;
    let text = if as_json {
        json::text(&json!({
            "date": session.date(),
            "name": session.dossier().name,
            "documents": documents.iter().map(row).collect::<Vec<_>>(),
        }))
    } else {
        documents.iter().map(|d| lines(d, &session)).collect()
    };
    Ok(Reply {
        text,
        notes,
        code: 0,
    })
}

fn row(document: &Rendered) -> serde_json::Value {
    let mut row = json!(document);
    // The contract wants a plain yes or no; null means that an answer is missing to tell.
    row["needed"] = match document.needed {
        Needed::Yes => json!(true),
        Needed::No => json!(false),
        Needed::Undetermined => json!(null),
    };
    row
}

fn lines(document: &Rendered, session: &crate::session::Session) -> String {
    let blanks = document.blanks.len();
    let state = match document.needed {
        Needed::No => "pas nécessaire".to_owned(),
        Needed::Undetermined => "à déterminer".to_owned(),
        Needed::Yes if document.ready => "prêt".to_owned(),
        Needed::Yes => format!("{blanks} {} à compléter", plural(blanks, "blanc", "blancs")),
    };
    let mut text = format!(
        "{}  {} — {state}\n    {}\n",
        document.id, document.title, document.why
    );
    if document.needed == Needed::Yes {
        for blank in &document.blanks {
            let question = session.catalogue().question(&blank.question);
            let question = question.map_or(blank.question.as_str(), |q| q.text.as_str());
            writeln!(text, "    à compléter : {} — {question}", blank.label).unwrap_or_default();
        }
    }
    text
}

/// Writes the proof folder.
pub(super) fn proof(context: &Context, dossier: &str, file: &Path) -> Result<Reply, CliError> {
    let (session, mut notes) = context.open(dossier)?;
    notes.push(put(
        file,
        &export::proof(&session)?,
        "Dossier de preuves écrit",
    )?);
    Ok(Reply {
        text: String::new(),
        notes,
        code: 0,
    })
}

/// Writes the documents.
pub(super) fn write(
    context: &Context,
    dossier: &str,
    request: &Request,
    as_json: bool,
) -> Result<Reply, CliError> {
    let formats: Vec<Format> = request
        .formats
        .iter()
        .map(|word| {
            Format::from_word(word).ok_or_else(|| {
                let known: Vec<_> = Format::all().map(Format::word).collect();
                CliError::bad_input(format!(
                    "le format « {word} » n'existe pas ; formats : {}",
                    known.join(", ")
                ))
            })
        })
        .collect::<Result<_, _>>()?;
    let (session, mut notes) = context.open(dossier)?;
    let exported = export::write(&session, &formats, &request.only, request.folder.as_deref())?;
    if as_json {
        let rows: Vec<_> = exported
            .iter()
            .map(|file| {
                json!({
                    "document": file.document,
                    "path": file.path.display().to_string(),
                    "outcome": word(file.outcome),
                })
            })
            .collect();
        return Ok(Reply {
            text: json::text(&json!({ "files": rows })),
            notes,
            code: 0,
        });
    }
    let mut text = String::new();
    for file in &exported {
        writeln!(text, "{:<9} {}", label(file.outcome), file.path.display()).unwrap_or_default();
    }
    if exported.is_empty() {
        notes.push(
            "Aucun document n'est nécessaire d'après vos réponses. « --liste » dit pourquoi."
                .into(),
        );
    }
    if exported.iter().any(|file| file.outcome == Outcome::Edited) {
        notes.push(
            "Les fichiers « gardé » ont été modifiés à la main : ils n'ont pas été touchés. Pour une version neuve, écrivez ailleurs avec -o, ou déplacez-les.".into(),
        );
    }
    Ok(Reply {
        text,
        notes,
        code: 0,
    })
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Created => "created",
        Outcome::Unchanged => "unchanged",
        Outcome::Updated => "updated",
        Outcome::Edited => "kept",
    }
}

fn label(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Created => "créé",
        Outcome::Unchanged => "identique",
        Outcome::Updated => "à jour",
        Outcome::Edited => "gardé",
    }
}
