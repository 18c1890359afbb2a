//! The report as Markdown, from which its plain text is made too.

use std::fmt::Write as _;

use super::account::{accounts, words};
use super::{COSTLIEST, METHOD, Report, note};
use crate::documents::Needed;
use crate::documents::escape::{clean, markdown as escape};
use crate::documents::french;
use crate::domain::explain::{day, gain, points};
use crate::domain::typography::french as typeset;
use crate::exports::wording::{severity, status};

/// A text, cleaned and escaped.
fn text(value: &str) -> String {
    escape(&clean(value))
}

/// A text of the catalogue, written the French way.
fn ours(value: &str) -> String {
    text(&typeset(value))
}

/// Writes the report.
pub fn markdown(report: &Report<'_, '_>) -> String {
    let head = format!(
        "# Bilan — {}\n\nAu {}, questionnaires en version {}.\n\n",
        text(&report.view.dossier().name),
        french::date(report.assessment.date),
        text(&report.view.catalogue().version),
    );
    let Sections {
        result,
        themes,
        rest,
    } = sections(report);
    head + &result + &themes + &rest
}

/// The report without its title, in the parts that drawings may stand between.
pub(super) struct Sections {
    /// The result in sentences.
    pub(super) result: String,
    /// The themes.
    pub(super) themes: String,
    /// All that follows.
    pub(super) rest: String,
}

pub(super) fn sections(report: &Report<'_, '_>) -> Sections {
    let mut rest = costs(report);
    plan(report, &mut rest);
    documents(report, &mut rest);
    account(report, &mut rest);
    rest.push_str("\n## Comment lire ce bilan\n");
    for sentence in METHOD {
        writeln!(rest, "\n{}", ours(sentence)).unwrap_or_default();
    }
    Sections {
        result: result(report),
        themes: themes(report),
        rest,
    }
}

fn result(report: &Report<'_, '_>) -> String {
    let mut out = "## Le résultat\n\n".to_owned();
    for sentence in report.sentences() {
        writeln!(out, "{}\n", text(&sentence)).unwrap_or_default();
    }
    for contradiction in report.contradictions() {
        writeln!(
            out,
            "- Deux réponses ne vont pas ensemble\u{a0}: {}",
            ours(&contradiction.message)
        )
        .unwrap_or_default();
    }
    out
}

fn themes(report: &Report<'_, '_>) -> String {
    let mut out =
        String::from("\n## Par thème\n\n| Thème | Note | Critères répondus |\n|---|---|---|\n");
    for theme in &report.assessment.themes {
        writeln!(
            out,
            "| {} | {} | {} sur {} |",
            ours(&theme.questionnaire.title),
            note(&theme.score),
            theme.score.answered,
            theme.score.applicable
        )
        .unwrap_or_default();
    }
    out
}

fn costs(report: &Report<'_, '_>) -> String {
    let mut out = String::from("\n## Ce qui coûte le plus\n\n");
    let losses = report.losses();
    if losses.is_empty() {
        out.push_str("Aucun point perdu parmi vos réponses.\n");
    }
    for finding in losses.iter().take(COSTLIEST) {
        writeln!(
            out,
            "- **{}**\u{a0}: {} ({}, {})",
            points(finding.loss),
            ours(&words(finding)),
            status(finding),
            severity(finding.severity)
        )
        .unwrap_or_default();
    }
    out
}

fn plan(report: &Report<'_, '_>, out: &mut String) {
    out.push_str("\n## Le plan d’action\n");
    if report.plan.actions.is_empty() {
        out.push_str("\nRien à faire d’après vos réponses.\n");
    }
    for (at, action) in report.plan.actions.iter().enumerate() {
        let rows = [
            ("Dès aujourd’hui", ours(&action.first_step)),
            ("Gain", gain(action.gain)),
            ("Temps", action.effort.label().to_owned()),
            ("Qui", text(&action.owner)),
            ("Avant le", day(action.due)),
            ("État", action.tracking.status.label().to_owned()),
            (
                "Motif",
                text(action.tracking.reason.as_deref().unwrap_or_default()),
            ),
            ("Preuve à garder", ours(&action.proof)),
            (
                "Note",
                text(action.tracking.note.as_deref().unwrap_or_default()),
            ),
        ];
        writeln!(out, "\n### {}. {}\n", at + 1, ours(&action.title)).unwrap_or_default();
        for (label, value) in rows.iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(out, "- **{label}\u{a0}:** {value}").unwrap_or_default();
        }
        out.push('\n');
        for (step, words) in (1..).zip(&action.steps) {
            let step: usize = step;
            writeln!(out, "{step}. {}", ours(words)).unwrap_or_default();
        }
    }
}

fn documents(report: &Report<'_, '_>, out: &mut String) {
    out.push_str("\n## Les documents\n\n| Document | État | Pourquoi |\n|---|---|---|\n");
    for wanted in [Needed::Yes, Needed::Undetermined, Needed::No] {
        for document in report.documents.iter().filter(|d| d.needed == wanted) {
            writeln!(
                out,
                "| {} | {} | {} |",
                ours(&document.title),
                Report::state(document),
                ours(&document.why)
            )
            .unwrap_or_default();
        }
    }
}

fn account(report: &Report<'_, '_>, out: &mut String) {
    out.push_str("\n## Le compte complet\n");
    for account in accounts(report) {
        writeln!(
            out,
            "\n### {}\u{a0}: {}\n\n| Critère | État | Importance | Perdu |\n|---|---|---|---|",
            ours(&account.theme.questionnaire.title),
            note(&account.theme.score)
        )
        .unwrap_or_default();
        for finding in account.findings {
            writeln!(
                out,
                "| {} | {} | {} | {} |",
                ours(&words(finding)),
                status(finding),
                severity(finding.severity),
                finding.loss.label()
            )
            .unwrap_or_default();
        }
    }
    if report.assessment.rounding.0 > 0 {
        writeln!(
            out,
            "\nArrondi vers le bas\u{a0}: {}.",
            points(report.assessment.rounding)
        )
        .unwrap_or_default();
    }
}
