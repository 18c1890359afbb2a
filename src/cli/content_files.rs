//! `verifier` and `schema`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::SchemaKind;
use super::dossiers::plural;
use super::error::{ANSWER_IS_NO, CliError};
use super::{Context, Reply, json};
use crate::content::diagnostic::{Diagnostic, Faults, Gravity};
use crate::content::{self, Authored, ContentError, lint};
use crate::documents::check;
use crate::domain::catalogue::Depth;
use crate::domain::review;
use crate::storage::{Store, files::SNAPSHOT};

/// Lints the content in use, or the folders and dossiers given.
pub(super) fn lint(context: &Context, paths: &[PathBuf], as_json: bool) -> Result<Reply, CliError> {
    let mut report = Report::default();
    if paths.is_empty() {
        report.content(context, context.global.contenu.as_deref())?;
    }
    for path in paths {
        if is_dossier(path) {
            report.dossier(context, path)?;
        } else if path.is_dir() {
            report.content(context, Some(path))?;
        } else if path.is_file() {
            report.branding(path)?;
        } else {
            return Err(CliError::bad_input(format!(
                "« {} » n'est ni un dossier de contenu, ni un fichier cabinet.toml, ni un dossier d'entreprise. Vérifiez le chemin.",
                path.display()
            )));
        }
    }
    let code = if report.errors > 0 { ANSWER_IS_NO } else { 0 };
    let text = if as_json {
        json::text(&json!({
            "errors": report.errors,
            "warnings": report.warnings,
            "diagnostics": report.rows,
        }))
    } else {
        writeln!(
            report.text,
            "{} {}, {} {}",
            report.errors,
            plural(report.errors, "erreur", "erreurs"),
            report.warnings,
            plural(report.warnings, "avertissement", "avertissements")
        )
        .unwrap_or_default();
        report.text
    };
    Ok(Reply {
        text,
        notes: Vec::new(),
        code,
    })
}

fn is_dossier(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name == SNAPSHOT) || path.join(SNAPSHOT).is_file()
}

#[derive(Default)]
struct Report {
    text: String,
    rows: Vec<serde_json::Value>,
    errors: usize,
    warnings: usize,
}

impl Report {
    fn content(&mut self, context: &Context, folder: Option<&Path>) -> Result<(), CliError> {
        match content::author(folder) {
            Ok(content) => {
                let mut faults = content.lint(context.date());
                faults.diagnostics.extend(clauses(&content));
                if folder.is_some() {
                    faults.diagnostics.extend(content.lost_elements());
                }
                self.faults(&faults);
                self.text.push_str(&summary(&content));
                Ok(())
            }
            Err(ContentError::Faults(faults)) => {
                self.faults(&faults);
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn branding(&mut self, path: &Path) -> Result<(), CliError> {
        match content::branding::read(path) {
            Ok(authored) => {
                self.faults(&authored.warnings);
                writeln!(
                    self.text,
                    "« {} » : identité lisible",
                    authored.branding.name
                )
                .unwrap_or_default();
                Ok(())
            }
            Err(ContentError::Faults(faults)) => {
                self.faults(&faults);
                Ok(())
            }
            Err(error) => Err(error.into()),
        }
    }

    fn faults(&mut self, faults: &Faults) {
        for diagnostic in &faults.diagnostics {
            match diagnostic.gravity {
                Gravity::Error => self.errors += 1,
                Gravity::Warning => self.warnings += 1,
            }
            let (line, column) = diagnostic.place(&faults.sources);
            self.rows.push(json!({
                "gravity": if diagnostic.gravity == Gravity::Error { "error" } else { "warning" },
                "code": diagnostic.code,
                "file": faults.sources.get(diagnostic.file).0,
                "line": line,
                "column": column,
                "message": diagnostic.message,
                "help": diagnostic.help,
            }));
            writeln!(self.text, "{}\n", diagnostic.render(&faults.sources)).unwrap_or_default();
        }
    }

    fn dossier(&mut self, context: &Context, path: &Path) -> Result<(), CliError> {
        let dir = if path.is_dir() {
            path
        } else {
            path.parent().unwrap_or(Path::new("."))
        };
        let store = Store::open(dir)?;
        let content = context.content()?;
        let dossier = store.dossier();
        let misfits = review::misfits(&content.catalogue, dossier);
        for misfit in &misfits {
            self.warnings += 1;
            self.rows.push(json!({
                "gravity": "warning",
                "code": "reponse-ignoree",
                "file": path.display().to_string(),
                "question": misfit.question,
                "ignored": !misfit.counts,
                "message": misfit.reason,
            }));
            writeln!(
                self.text,
                "attention : {} : la réponse à « {} » est {} : {}",
                path.display(),
                misfit.question,
                if misfit.counts {
                    "comprise"
                } else {
                    "gardée mais ignorée"
                },
                misfit.reason
            )
            .unwrap_or_default();
        }
        for message in store.opening().messages() {
            writeln!(self.text, "{message}").unwrap_or_default();
        }
        let count = dossier.answers.len();
        writeln!(
            self.text,
            "« {} » : {count} {}",
            dossier.name,
            plural(count, "réponse", "réponses")
        )
        .unwrap_or_default();
        Ok(())
    }
}

/// Faults of the clauses: their syntax, what they cite and what they cover.
fn clauses(content: &Authored) -> Vec<Diagnostic> {
    let catalogue = &content.catalogue;
    let problems = catalogue.documents.iter().flat_map(|document| {
        check::check(document, catalogue)
            .into_iter()
            .map(move |problem| (document, problem))
    });
    problems
        .filter_map(|(document, problem)| {
            let place = problem.clause.or(problem.element).unwrap_or_default();
            content.document_fault(&document.id, format!("« {place} » : {}", problem.message))
        })
        .collect()
}

fn summary(content: &Authored) -> String {
    let catalogue = &content.catalogue;
    let essential = catalogue
        .questions
        .iter()
        .filter(|q| q.depth == Depth::Essential)
        .count();
    let coverage = lint::coverage(catalogue);
    let total = catalogue.obligations.len();
    format!(
        "Contenu {} : {} questions dont {essential} essentielles, {} actions, {} documents, {} services.\n\
         Obligations : {} portées sur {total}, {} laissées de côté avec une raison, {} oubliées.\n",
        catalogue.version,
        catalogue.questions.len(),
        catalogue.actions.len(),
        catalogue.documents.len(),
        catalogue.services.len(),
        coverage.carried,
        coverage.left_out,
        coverage.missing,
    )
}

/// JSON Schema of a kind of file.
pub(super) fn schema(kind: SchemaKind) -> String {
    json::text(&match kind {
        SchemaKind::Questionnaire => content::schema::questionnaire(),
        SchemaKind::Document => content::schema::document(),
        SchemaKind::Dossier => content::schema::dossier(),
        SchemaKind::Cabinet => content::schema::branding(),
    })
}
