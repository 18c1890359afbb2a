//! `documents`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::dossiers::plural;
use super::error::{BAD_INPUT, CANNOT_WRITE, CliError};
use super::target::put;
use super::{Context, Reply, json};
use crate::documents::why::why;
use crate::documents::{Needed, Rendered};
use crate::domain::typography::french;
use crate::domain::view::View;
use crate::export::{self, ExportError, Exported, Planned, Useless};
use crate::exports::Format;
use crate::storage::generation::{Foreseen, Outcome};

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
            ExportError::File(_) => Self::cannot_write(error.to_string()),
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
    let (session, mut notes) = context.open(dossier)?;
    let documents = export::render(&session, &request.only)?;
    let needed = documents
        .iter()
        .filter(|document| document.needed == Needed::Yes);
    notes.extend(needed.flat_map(export::unsaid));
    let view = session.view();
    let text = if as_json {
        json::text(&json!({
            "date": session.date(),
            "name": session.dossier().name,
            "documents": documents.iter().map(|document| row(&view, document)).collect::<Vec<_>>(),
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

fn row(view: &View<'_>, document: &Rendered) -> serde_json::Value {
    let mut row = json!(document);
    if let Some(template) = view.catalogue().document(&document.id) {
        row["paste"] = json!(french(&template.paste));
        for (at, trace) in document.clauses.iter().enumerate() {
            let why = why(view, template, trace);
            row["clauses"][at]["answers"] = json!(why.answers);
            row["clauses"][at]["rules"] = json!(why.rules);
            row["clauses"][at]["sources"] = json!(why.sources);
            row["clauses"][at]["because"] = json!(why.because);
        }
    }
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
            let question = match (question, blank.activity()) {
                _ if blank.by_hand.is_some() => blank.by_hand.clone().unwrap_or_default(),
                (Some(question), _) => question.text.clone(),
                (None, Some(field)) => format!("aplomb traitements DOSSIER {field}=\"…\""),
                (None, None) => blank.question.clone(),
            };
            writeln!(text, "    à compléter : {} — {question}", blank.label).unwrap_or_default();
        }
    }
    text
}

/// Writes the proof folder.
pub(super) fn proof(context: &Context, dossier: &str, file: &Path) -> Result<Reply, CliError> {
    let ending = file.extension().map(|e| e.to_string_lossy().to_lowercase());
    if ending.is_some_and(|ending| ending != "zip") {
        return Err(CliError::bad_input(format!(
            "« {} » : le dossier de preuves est une archive. Terminez son nom par .zip.",
            file.display()
        )));
    }
    let (session, mut notes) = context.open(dossier)?;
    notes.extend(session.branding_remarks());
    let (bytes, left) = export::proof(&session)?;
    notes.extend(left);
    notes.push(put(file, &bytes, "Dossier de preuves écrit")?);
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
    let (mut planned, notes) = plan(context, dossier, request)?;
    let failures = std::mem::take(&mut planned.failures);
    let useless = std::mem::take(&mut planned.useless);
    let exported = planned.write()?;
    let mut reply = told(&exported, &useless, notes, as_json, false);
    if !failures.is_empty() {
        reply.code = CANNOT_WRITE;
        reply
            .notes
            .extend(failures.iter().map(|failure| french(failure)));
        if !exported.is_empty() {
            reply.notes.push("Les autres fichiers sont écrits.".into());
        }
    }
    Ok(reply)
}

/// Shows what writing would do.
pub(super) fn preview(
    context: &Context,
    dossier: &str,
    request: &Request,
    as_json: bool,
) -> Result<Reply, CliError> {
    let (planned, notes) = plan(context, dossier, request)?;
    let Planned { files, useless, .. } = &planned;
    Ok(told(files, useless, notes, as_json, true))
}

fn plan(
    context: &Context,
    dossier: &str,
    request: &Request,
) -> Result<(Planned, Vec<String>), CliError> {
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
    let planned = export::foresee(&session, &formats, &request.only, request.folder.as_deref())?;
    notes.extend(planned.notes.iter().cloned());
    notes.extend(session.branding_remarks());
    Ok((planned, notes))
}

/// What became of each file, or what would.
fn told(
    files: &[Exported],
    useless: &[Useless],
    mut notes: Vec<String>,
    as_json: bool,
    is_preview: bool,
) -> Reply {
    if as_json {
        let rows: Vec<_> = files
            .iter()
            .map(|file| file_row(file, is_preview))
            .collect();
        return Reply {
            text: json::text(&json!({
                "files": rows,
                "useless": useless.iter().map(useless_row).collect::<Vec<_>>(),
                "written": !is_preview,
            })),
            notes,
            code: 0,
        };
    }
    let mut text = String::new();
    for Exported { file, .. } in files {
        writeln!(text, "{:<9} {}", file.outcome.label(), shown(&file.path)).unwrap_or_default();
        if let Some(sentence) = file.outcome.sentence() {
            writeln!(text, "          {}", french(sentence)).unwrap_or_default();
        }
        for (words, path) in [
            ("Nouvelle version à côté :", &file.beside),
            ("Devenu inutile, retiré :", &file.withdrawn),
        ] {
            if let Some(path) = path {
                writeln!(text, "          {} {}", french(words), shown(path)).unwrap_or_default();
            }
        }
        for conflict in &file.conflicts {
            text.push_str(&french("          Votre passage :\n"));
            text.push_str(&quoted(&conflict.yours));
            text.push_str(&french("          Nouveau passage :\n"));
            text.push_str(&quoted(&conflict.new));
        }
        if let Some(difference) = file.difference().filter(|_| is_preview) {
            let (old, new) = headings(file);
            writeln!(text, "\n--- {old}\n+++ {new}").unwrap_or_default();
            writeln!(text, "{difference}").unwrap_or_default();
        }
    }
    if files.is_empty() {
        notes.push(
            "Aucun document n'est nécessaire d'après vos réponses. « --liste » dit pourquoi."
                .into(),
        );
    }
    if files.iter().any(|file| file.file.beside.is_some()) {
        notes.push(french(
            "Un fichier « gardé » n'est pas touché. Reprenez dans le vôtre ce qui vous convient de la nouvelle version, puis supprimez-la : Aplomb saura que c'est réglé.",
        ));
    }
    if is_preview && !files.is_empty() {
        notes.push("Rien n'a été écrit.".into());
    }
    Reply {
        text,
        notes,
        code: 0,
    }
}

/// What the two sides of a difference are.
fn headings(file: &Foreseen) -> (&'static str, &'static str) {
    match file.outcome {
        Outcome::Kept(_) => (
            "votre fichier, qui reste tel quel",
            "la nouvelle version, écrite à côté",
        ),
        Outcome::Merged => ("votre fichier", "votre fichier, complété"),
        _ => ("le fichier actuel", "la nouvelle version"),
    }
}

/// The lines of a passage, set in.
fn quoted(passage: &str) -> String {
    if passage.is_empty() {
        return "          | (supprimé)\n".to_owned();
    }
    let lines = passage.lines();
    lines.map(|line| format!("          | {line}\n")).collect()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

fn useless_row(useless: &Useless) -> serde_json::Value {
    json!({
        "document": useless.document,
        "path": useless.path.display().to_string(),
        "why": useless.why,
    })
}

fn file_row(exported: &Exported, is_preview: bool) -> serde_json::Value {
    let file = &exported.file;
    let mut row = json!({
        "document": exported.document,
        "path": file.path.display().to_string(),
        "outcome": file.outcome.word(),
        "beside": file.beside.as_ref().map(|path| path.display().to_string()),
        "withdrawn": file.withdrawn.as_ref().map(|path| path.display().to_string()),
        "conflicts": file
            .conflicts
            .iter()
            .map(|conflict| json!({ "yours": conflict.yours, "new": conflict.new }))
            .collect::<Vec<_>>(),
    });
    if let Outcome::Kept(why) = file.outcome {
        row["why"] = json!(why.word());
    }
    if is_preview {
        row["difference"] = json!(file.difference());
    }
    row
}
