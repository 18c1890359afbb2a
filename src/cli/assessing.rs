//! `bilan`.

use std::path::Path;

use super::args::ReportFormat;
use super::error::{ANSWER_IS_NO, CliError};
use super::target::{self, put, shown};
use super::{Context, Reply, json};
use crate::documents::markdown::text::plain;
use crate::domain::assessment::{Assessment, Finding, Level, Score, Status, assess};
use crate::domain::catalogue::Decision;
use crate::domain::explain::{
    coverage_words, day, level_words, no_level_words, score_sentence, told_level, too_early,
};
use crate::domain::view::View;
use crate::export;
use crate::exports::report::{self, Report};

/// How many lessons an assessment tells.
const LESSONS: usize = 3;

/// Score, interval, level, findings and where the points go.
pub(super) fn assessment(
    context: &Context,
    dossier: &str,
    format: Option<ReportFormat>,
    required: Option<Level>,
    file: Option<&Path>,
) -> Result<Reply, CliError> {
    let file = target::file(file);
    let format = target::format(format, file)?;
    // A file without an ending takes the whole report, as a text.
    let format = format.or_else(|| file.map(|_| ReportFormat::Texte));
    let (session, mut notes) = context.open(dossier)?;
    let view = session.view();
    let assessment = assess(&view);
    let name = &session.dossier().name;
    let report = || -> Result<_, CliError> {
        Ok(Report::new(&view, export::render(&session, &[])?).branded(session.branding()?))
    };
    if matches!(format, Some(ReportFormat::Html | ReportFormat::Pdf)) {
        notes.extend(session.branding_remarks());
    }
    let mut bytes = match format {
        Some(ReportFormat::Json) => {
            json::text(&json::assessment(name, &view, &assessment)).into_bytes()
        }
        Some(ReportFormat::Html) => report::page(&report()?).into_bytes(),
        Some(ReportFormat::Pdf) => {
            let written = report::pdf(&report()?)
                .map_err(|error| CliError::cannot_write(error.to_string()))?;
            notes.extend(written.lacking.told());
            written.bytes
        }
        Some(ReportFormat::Markdown) => report::markdown(&report()?).into_bytes(),
        Some(ReportFormat::Texte) => plain(&report::markdown(&report()?)).into_bytes(),
        None => text(name, &view, &assessment).into_bytes(),
    };
    if let Some(file) = file {
        notes.push(put(file, &bytes, "Bilan écrit")?);
        bytes.clear();
    }
    let text = shown(bytes)?;
    let mut code = 0;
    if let Some(required) = required {
        let reached = assessment
            .score
            .level
            .is_some_and(|level| level <= required);
        if !reached || assessment.score.provisional {
            code = ANSWER_IS_NO;
            let why = match assessment.score.level {
                Some(_) if too_early(&assessment.score) => {
                    "moins de la moitié des points qui comptent ont une réponse".to_owned()
                }
                Some(level) if level > required => format!("le niveau est {}", level.letter()),
                Some(_) => "le bilan est encore provisoire".to_owned(),
                None => "il n'y a pas encore de niveau".to_owned(),
            };
            notes.push(format!("Niveau {} demandé : {why}.", required.letter()));
        }
    }
    Ok(Reply { text, notes, code })
}

fn text(name: &str, view: &View<'_>, assessment: &Assessment<'_>) -> String {
    let mut text = format!("{name} — bilan au {}\n\n", day(assessment.date));
    let out = &mut text;
    let mut line = |s: String| {
        out.push_str(&s);
        out.push('\n');
    };
    line(score_sentence(&assessment.score));
    if let Some(score) = assessment.score.score {
        line(format!(
            "{score} sur 100 d'après vos réponses ({}).",
            coverage_words(&assessment.score)
        ));
    }
    for theme in &assessment.themes {
        line(format!(
            "  {:<24} {}",
            theme.questionnaire.title,
            short(&theme.score)
        ));
    }
    let mut worst: Vec<_> = assessment
        .findings
        .iter()
        .filter(|f| f.loss.0 > 0)
        .collect();
    worst.sort_by_key(|finding| std::cmp::Reverse(finding.loss));
    if !worst.is_empty() {
        line("\nOù vont les points".to_owned());
        for finding in &worst {
            let sign = match finding.status {
                Status::Unknown => "à vérifier",
                _ if finding.planned => "écart planifié",
                Status::PartlyMet => "en partie",
                _ => "écart",
            };
            line(format!(
                "  -{:>5}  {sign} : {}",
                finding.loss.label(),
                finding.words()
            ));
        }
        if assessment.rounding.0 > 0 {
            line(format!(
                "  -{:>5}  arrondi vers le bas",
                assessment.rounding.label()
            ));
        }
    }
    let lessons = lessons(view, &worst);
    if !lessons.is_empty() {
        line("\nPour comprendre".to_owned());
        for decision in lessons {
            line(format!("  {}", decision.lesson));
            line(format!(
                "      {}, {} — {}",
                decision.who,
                decision.date.year(),
                decision.source
            ));
        }
    }
    for contradiction in json::contradictions(view) {
        line(format!(
            "\nDeux réponses ne vont pas ensemble : {}",
            contradiction.message
        ));
    }
    if let Some(projected) = assessment
        .projected
        .filter(|p| Some(*p) != assessment.score.score)
    {
        line(format!(
            "\nUne fois les actions en cours terminées : {projected} sur 100."
        ));
    }
    line(String::new());
    let score = &assessment.score;
    line(level_words(score).unwrap_or_else(|| format!("{}.", no_level_words(score))));
    if let (Some(_), Some(reason)) = (told_level(score), &score.cap_reason) {
        line(format!("  {reason}"));
    }
    text
}

/// What verified decisions teach about the costliest gaps, each once; without amounts.
fn lessons<'a>(view: &View<'a>, worst: &[&Finding<'a>]) -> Vec<&'a Decision> {
    let mut lessons: Vec<&Decision> = Vec::new();
    let gaps = worst.iter().filter(|f| f.status != Status::Unknown);
    for finding in gaps {
        let about = finding.obligations.iter().copied();
        let decisions = view.catalogue().decisions_about(about);
        let new = decisions
            .into_iter()
            .find(|d| !lessons.iter().any(|known| known.id == d.id));
        lessons.extend(new);
        if lessons.len() == LESSONS {
            break;
        }
    }
    lessons
}

fn short(score: &Score) -> String {
    match score.score {
        Some(points) => format!(
            "{points:>3} sur 100   {}/{} critères répondus",
            score.answered, score.applicable
        ),
        None => format!(
            "  – sur 100   {}/{} critères répondus",
            score.answered, score.applicable
        ),
    }
}
