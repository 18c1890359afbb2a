//! `plan`.

use std::path::Path;

use super::args::PlanFormat;
use super::error::CliError;
use super::{Context, Reply, json};
use crate::export;
use crate::exports::{csv, ics, plan, sheet, xlsx};
use crate::storage::output::{Overwrite, Written, write_atomic};

/// The ordered plan, in a format, on stdout or in a file.
pub(super) fn plan(
    context: &Context,
    dossier: &str,
    format: PlanFormat,
    as_json: bool,
    file: Option<&Path>,
) -> Result<Reply, CliError> {
    let (session, mut notes) = context.open(dossier)?;
    let actions = session.plan();
    let date = session.date();
    let name = &session.dossier().name;
    let format = if as_json { PlanFormat::Json } else { format };
    let table = || sheet::plan(name, &actions, date);
    let bytes = match format {
        PlanFormat::Json => json::text(&json::plan(name, date, &actions)).into_bytes(),
        PlanFormat::Texte => plan::text(name, &actions, date).into_bytes(),
        PlanFormat::Markdown => plan::markdown(name, &actions, date).into_bytes(),
        PlanFormat::Csv => csv::write(&table()).into_bytes(),
        PlanFormat::Ics => {
            ics::calendar(&session.view(), &actions, &export::sorts(&session)?).into_bytes()
        }
        PlanFormat::Xlsx => {
            let table = table();
            xlsx::write(&table.title, std::slice::from_ref(&table), date)
                .map_err(|error| CliError::cannot_write(error.to_string()))?
        }
        PlanFormat::Pdf => {
            let branding = session.branding().map_err(CliError::from)?;
            notes.extend(session.branding_remarks());
            let written = plan::pdf(name, &actions, date, branding.as_ref())
                .map_err(|error| CliError::cannot_write(error.to_string()))?;
            notes.extend(written.lacking.told());
            written.bytes
        }
    };
    if let Some(file) = file {
        notes.push(put(file, &bytes, "Plan écrit")?);
        return Ok(Reply {
            text: String::new(),
            notes,
            code: 0,
        });
    }
    Ok(Reply {
        text: shown(bytes)?,
        notes,
        code: 0,
    })
}

/// What a terminal shows of a file; only texts.
pub(super) fn shown(bytes: Vec<u8>) -> Result<String, CliError> {
    String::from_utf8(bytes).map_err(|_| {
        CliError::bad_input(
            "ce format ne s'affiche pas dans un terminal : donnez un fichier avec -o.",
        )
    })
}

/// Writes a file that was asked for, never over another; tells where it is.
pub(super) fn put(file: &Path, bytes: &[u8], what: &str) -> Result<String, CliError> {
    if write_atomic(file, bytes, Overwrite::Refuse)? == Written::Differs {
        return Err(CliError::cannot_write(format!(
            "« {} » existe déjà et son contenu est différent ; il n'a pas été touché. Choisissez un autre nom, ou déplacez-le.",
            file.display()
        )));
    }
    Ok(format!("{what} dans {}", file.display()))
}
