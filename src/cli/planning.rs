//! `plan`.

use std::path::Path;

use super::args::PlanFormat;
use super::error::CliError;
use super::target::{self, put, shown};
use super::{Context, Reply, json};
use crate::export;
use crate::exports::{csv, ics, plan, sheet, xlsx};

/// The ordered plan, in a format, on stdout or in a file.
pub(super) fn plan(
    context: &Context,
    dossier: &str,
    format: Option<PlanFormat>,
    file: Option<&Path>,
) -> Result<Reply, CliError> {
    let file = target::file(file);
    let format = target::format(format, file)?.unwrap_or(PlanFormat::Texte);
    let (session, mut notes) = context.open(dossier)?;
    let actions = session.plan();
    let date = session.date();
    let name = &session.dossier().name;
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
