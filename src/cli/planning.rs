//! `plan`.

use std::fmt::Write as _;
use std::path::Path;

use super::args::PlanFormat;
use super::dossiers::plural;
use super::error::CliError;
use super::{Context, Reply, json};
use crate::domain::explain::day;
use crate::domain::plan::{FIRST_ACTIONS, Plan, PlannedAction};
use crate::domain::typography::french;
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
    let plan = session.plan();
    let name = &session.dossier().name;
    let format = if as_json { PlanFormat::Json } else { format };
    let text = match format {
        PlanFormat::Json => json::text(&json::plan(name, session.date(), &plan)),
        PlanFormat::Texte => text(name, &plan, session.date()),
        PlanFormat::Markdown => markdown(name, &plan, session.date()),
        PlanFormat::Csv => csv(&plan),
    };
    let Some(file) = file else {
        return Ok(Reply {
            text,
            notes,
            code: 0,
        });
    };
    if write_atomic(file, text.as_bytes(), Overwrite::Refuse)? == Written::Differs {
        Err(CliError::cannot_write(format!(
            "« {} » existe déjà et son contenu est différent ; il n'a pas été touché. Choisissez un autre nom, ou déplacez-le.",
            file.display()
        )))
    } else {
        notes.push(format!("Plan écrit dans {}", file.display()));
        Ok(Reply {
            text: String::new(),
            notes,
            code: 0,
        })
    }
}

fn text(name: &str, plan: &Plan<'_>, date: jiff::civil::Date) -> String {
    let count = plan.actions.len();
    let mut text = format!(
        "{name} — plan d'action au {} : {count} {}\n",
        day(date),
        plural(count, "action", "actions")
    );
    for (at, action) in plan.actions.iter().enumerate() {
        if at == FIRST_ACTIONS {
            text.push_str("\nEnsuite\n");
        }
        writeln!(
            text,
            "\n{:>2}. {}\n    +{} points · {} · {} · avant le {} · {}",
            at + 1,
            french(&action.title),
            action.gain.label(),
            action.effort.label(),
            action.owner,
            day(action.due),
            action.tracking.status.label(),
        )
        .unwrap_or_default();
        writeln!(text, "    Dès aujourd'hui : {}", french(&action.first_step)).unwrap_or_default();
    }
    text
}

fn markdown(name: &str, plan: &Plan<'_>, date: jiff::civil::Date) -> String {
    let escaped = crate::documents::escape::markdown(name);
    let mut text = format!("# Plan d'action — {escaped}\n\nAu {}.\n", day(date));
    for (at, action) in plan.actions.iter().enumerate() {
        writeln!(text, "\n## {}. {}\n", at + 1, french(&action.title)).unwrap_or_default();
        action_markdown(&mut text, action);
    }
    text
}

fn action_markdown(text: &mut String, action: &PlannedAction<'_>) {
    let rows = [
        ("Gain", format!("{} points", action.gain.label())),
        ("Temps", action.effort.label().to_owned()),
        ("Qui", crate::documents::escape::markdown(&action.owner)),
        ("Avant le", day(action.due)),
        ("État", action.tracking.status.label().to_owned()),
        ("Dès aujourd'hui", french(&action.first_step)),
        ("Preuve à garder", french(&action.proof)),
    ];
    for (label, value) in rows {
        writeln!(text, "- **{label} :** {value}").unwrap_or_default();
    }
    text.push('\n');
    for (at, step) in action.steps.iter().enumerate() {
        writeln!(text, "{}. {}", at + 1, french(step)).unwrap_or_default();
    }
    if let Some(note) = &action.tracking.note {
        writeln!(text, "\n> {}", crate::documents::escape::markdown(note)).unwrap_or_default();
    }
}

/// Semicolons, CRLF and a byte-order mark, as French spreadsheets expect.
fn csv(plan: &Plan<'_>) -> String {
    let mut text = String::from("\u{feff}");
    let header = [
        "Rang",
        "Action",
        "Sévérité",
        "Points",
        "Temps",
        "Qui",
        "Avant le",
        "État",
        "Première étape",
        "Preuve",
        "Note",
    ];
    csv_row(&mut text, &header.map(str::to_owned));
    for (at, action) in plan.actions.iter().enumerate() {
        csv_row(
            &mut text,
            &[
                (at + 1).to_string(),
                french(&action.title),
                severity(action).to_owned(),
                action.gain.label(),
                action.effort.label().to_owned(),
                action.owner.clone(),
                day(action.due),
                action.tracking.status.label().to_owned(),
                french(&action.first_step),
                action.proof.clone(),
                action.tracking.note.clone().unwrap_or_default(),
            ],
        );
    }
    text
}

fn severity(action: &PlannedAction<'_>) -> &'static str {
    use crate::domain::catalogue::Severity;
    match action.severity {
        Severity::Critical => "critique",
        Severity::Obligation => "obligation",
        Severity::Recommendation => "recommandation",
        Severity::GoodPractice => "bonne pratique",
    }
}

/// A cell that a spreadsheet could take for a formula is kept as text.
fn csv_row(text: &mut String, cells: &[String]) {
    let cells: Vec<String> = cells
        .iter()
        .map(|cell| {
            let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
            let guard = if formula { "'" } else { "" };
            format!("\"{guard}{}\"", cell.replace('"', "\"\""))
        })
        .collect();
    text.push_str(&cells.join(";"));
    text.push_str("\r\n");
}
