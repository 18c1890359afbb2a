//! Tables for spreadsheets: what they hold, whatever the format.

use jiff::civil::Date;

use super::wording::severity;
use crate::documents::escape::clean;
use crate::documents::record::{Around, Record};
use crate::documents::sorting::Sort;
use crate::domain::assessment::Points;
use crate::domain::dossier::Status;
use crate::domain::explain::day;
use crate::domain::plan::Plan;
use crate::domain::typography::{capital, french};

/// A table.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name of the tab.
    pub name: &'static str,
    /// Title above the table.
    pub title: String,
    /// Line under the title.
    pub note: String,
    /// Columns.
    pub columns: Vec<Column>,
    /// Rows, as many cells each as there are columns.
    pub rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Head.
    pub label: &'static str,
    /// Width, in characters.
    pub width: u16,
    /// Values to choose from, if they are closed.
    pub choices: &'static [&'static str],
}

/// A cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text, never a formula.
    Text(String),
    /// A whole number.
    Count(u32),
    /// Points of score.
    Points(Points),
    /// A day.
    Day(Date),
}

impl Cell {
    /// A text someone typed, or of the catalogue.
    pub fn text(text: impl AsRef<str>) -> Self {
        Self::Text(clean(text.as_ref()))
    }

    /// What a reader sees.
    pub fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Count(count) => count.to_string(),
            Self::Points(points) => points.label(),
            Self::Day(date) => day(*date),
        }
    }
}

/// Labels of the states of an action, in order.
pub const STATES: &[&str] = &[
    Status::Todo.label(),
    Status::Doing.label(),
    Status::Done.label(),
    Status::Dismissed.label(),
];

const fn column(label: &'static str, width: u16) -> Column {
    Column {
        label,
        width,
        choices: &[],
    }
}

/// Rank of a row, from 1.
fn rank(at: usize) -> Cell {
    Cell::Count(u32::try_from(at + 1).unwrap_or(u32::MAX))
}

/// The plan, one action a row.
pub fn plan(name: &str, plan: &Plan<'_>, date: Date) -> Sheet {
    let rows = plan.actions.iter().enumerate().map(|(at, action)| {
        vec![
            rank(at),
            Cell::text(french(&action.title)),
            Cell::text(severity(action.severity)),
            Cell::Points(action.gain),
            Cell::text(action.effort.label()),
            Cell::text(&action.owner),
            Cell::Day(action.due),
            Cell::text(action.tracking.status.label()),
            Cell::text(french(&action.first_step)),
            Cell::text(french(&action.proof)),
            Cell::text(action.tracking.note.as_deref().unwrap_or_default()),
        ]
    });
    Sheet {
        name: "Plan d’action",
        title: format!("Plan d’action — {}", clean(name)),
        note: format!("Au {}", day(date)),
        columns: vec![
            column("Rang", 6),
            column("Action", 42),
            column("Sévérité", 15),
            column("Points", 8),
            column("Temps", 16),
            column("Qui", 16),
            column("Avant le", 12),
            Column {
                label: "État",
                width: 11,
                choices: STATES,
            },
            column("Première étape", 42),
            column("Preuve", 34),
            column("Note", 30),
        ],
        rows: rows.collect(),
    }
}

/// What stands in the record about transfers out of Europe: none, those of which tab, or a blank.
fn transfers(around: &Around) -> &'static str {
    match (around.no_transfer, around.transfers.is_empty()) {
        (true, _) => "Aucun, d’après un contrôle outil par outil",
        (false, true) => "[à compléter\u{a0}: pays et garantie, ou «\u{a0}aucun\u{a0}»]",
        (false, false) => {
            "[à compléter\u{a0}: lesquels des envois relevés à part, pays et garantie, ou «\u{a0}aucun\u{a0}»]"
        }
    }
}

/// The record of processing activities (GDPR, article 30), one activity a row.
pub fn record(name: &str, record: &Record, around: &Around, date: Date) -> Sheet {
    let rows = record.activities.iter().enumerate().map(|(at, activity)| {
        let texts = [
            &activity.title,
            &activity.purpose,
            &activity.ground,
            &activity.persons,
            &activity.data,
            &activity.recipients,
            transfers(around),
            &activity.retention,
            &activity.archive,
            &activity.security,
            &activity.origin,
            &activity.owners,
            &activity.note,
        ];
        let mut row = vec![rank(at)];
        row.extend(texts.map(Cell::text));
        row
    });
    Sheet {
        name: "Registre",
        title: format!("Registre des traitements — {}", clean(name)),
        note: format!(
            "Responsable\u{a0}: {}. Établi le {}.",
            around.identity.join("\u{a0}; "),
            day(date)
        ),
        columns: vec![
            column("N°", 5),
            column("Traitement", 26),
            column("Pourquoi", 28),
            column("Base légale", 26),
            column("Personnes concernées", 20),
            column("Données", 34),
            column("Destinataires", 28),
            column("Envois hors d’Europe, garanties", 20),
            column("Durée d’usage", 28),
            column("Ensuite", 28),
            column("Protection, à vérifier sur place", 34),
            column("Origine des données", 18),
            column("Écrit par l’entreprise", 16),
            column("Note", 20),
        ],
        rows: rows.collect(),
    }
}

/// The record with what stands around its table in each row, for the formats that hold rows alone.
pub fn record_rows(name: &str, record: &Record, around: &Around, date: Date) -> Sheet {
    let mut sheet = self::record(name, record, around, date);
    let added = [
        ("Responsable", &record.controller),
        ("Adresse", &record.address),
        ("Demandes sur les données", &record.contact),
        (
            "Coordonnées, délégué, responsables conjoints",
            &around.identity.join(" ; "),
        ),
        (
            "Envois hors d’Europe relevés, tous traitements",
            &around.transfers.join(" ; "),
        ),
    ];
    for (label, text) in added {
        sheet.columns.push(column(label, 24));
        for row in &mut sheet.rows {
            row.push(Cell::text(text));
        }
    }
    sheet
}

/// What leaves Europe, one line each, with room for the proof of its safeguard.
pub fn abroad(name: &str, around: &Around, date: Date) -> Sheet {
    let rows = around.transfers.iter().enumerate().map(|(at, transfer)| {
        let texts = [transfer, "", "", ""];
        let mut row = vec![rank(at)];
        row.extend(texts.map(Cell::text));
        row
    });
    Sheet {
        name: "Envois hors d’Europe",
        title: format!(
            "Envois hors de l’Espace économique européen — {}",
            clean(name)
        ),
        note: format!("Au {}", day(date)),
        columns: vec![
            column("N°", 5),
            column("Envoi relevé", 70),
            column("Traitements concernés", 30),
            column("Preuve de la garantie gardée à", 30),
            column("Vérifiée le", 14),
        ],
        rows: rows.collect(),
    }
}

/// How long each kind of data is to be kept, in the words of the document on durations, and room for the day it was last sorted out.
pub fn retention(name: &str, record: &Record, date: Date) -> Sheet {
    let rows = record.activities.iter().enumerate().map(|(at, activity)| {
        let texts = [
            activity.title.clone(),
            activity.data.clone(),
            capital(&activity.retention_due),
            capital(&activity.archive_due),
            capital(&activity.retention_source),
            String::new(),
        ];
        let mut row = vec![rank(at)];
        row.extend(texts.map(Cell::text));
        row
    });
    Sheet {
        name: "Durées",
        title: format!("Durées de conservation — {}", clean(name)),
        note: format!("Au {}", day(date)),
        columns: vec![
            column("N°", 5),
            column("Traitement", 30),
            column("Données", 40),
            column("Durée à tenir", 34),
            column("Ensuite", 34),
            column("D’où vient la durée", 34),
            column("Dernier tri fait le", 18),
        ],
        rows: rows.collect(),
    }
}

/// What to sort out each year, by month, with room for what was done.
pub fn sorting(name: &str, sorts: &[Sort], date: Date) -> Sheet {
    let rows = sorts.iter().map(|sort| {
        let texts = [
            &sort.when,
            &sort.what,
            &sort.place,
            &sort.duration,
            &sort.start,
            &sort.gesture,
            "",
            "",
            "",
        ];
        texts.map(Cell::text).to_vec()
    });
    Sheet {
        name: "Calendrier de tri",
        title: format!("Calendrier de tri — {}", clean(name)),
        note: format!(
            "Au {}. Un tri par an\u{a0}; le mois est une proposition.",
            day(date)
        ),
        columns: vec![
            column("Quand", 18),
            column("Quoi trier", 32),
            column("Où chercher", 28),
            column("Durée", 34),
            column("À partir de quand", 26),
            column("Geste", 40),
            column("Fait le", 12),
            column("Fiches effacées", 12),
            column("Par qui", 16),
        ],
        rows: rows.collect(),
    }
}
