//! The assessment and the plan as files, beside the documents.

use super::{ExportError, Exported, FOLDER, Planned, forms, render, sorts};
use crate::exports::report::{self, Report};
use crate::exports::{FileError, ics, sheet, xlsx};
use crate::session::Session;
use crate::storage::generation::{Generation, Nature};

/// What these files are about, where files of documents bear the id of their document.
const RESULTS: &str = "resultats";

/// Tells what writing the report and the plan would do: the report as a page and as a PDF, the plan
/// as a workbook and as a calendar.
///
/// # Errors
///
/// When a file cannot be made, or the folder cannot be read.
pub fn results(session: &Session) -> Result<Planned, ExportError> {
    let (view, plan, date) = (session.view(), session.plan(), session.date());
    let report = Report::new(&view, render(session, &[])?).branded(session.branding()?);
    let pdf = report::pdf(&report).map_err(FileError::from)?;
    let table = sheet::plan(&session.dossier().name, &plan, date);
    let workbook = xlsx::write(&table.title, std::slice::from_ref(&table), date);
    let workbook = workbook.map_err(FileError::from)?;
    let calendar = ics::calendar(&view, &plan, &sorts(session)?);
    let generation = Generation::open(session.store().dir().join(FOLDER), date, forms);
    let made = [
        (
            "bilan.html",
            report::page(&report).into_bytes(),
            Nature::Text,
        ),
        ("bilan.pdf", pdf.bytes, Nature::Binary),
        ("plan.xlsx", workbook, Nature::Binary),
        ("plan.ics", calendar.into_bytes(), Nature::Text),
    ];
    let foreseen = made.into_iter().map(|(name, bytes, nature)| {
        Ok(Exported {
            document: RESULTS.to_owned(),
            file: generation.foresee(name, bytes, nature)?,
        })
    });
    Ok(Planned {
        files: foreseen.collect::<Result<_, ExportError>>()?,
        notes: [session.branding_remarks(), pdf.lacking.told()].concat(),
        useless: Vec::new(),
        failures: Vec::new(),
        generation,
    })
}
