//! `questions` and `classeur`.

use std::fmt::Write as _;

use serde_json::json;

use super::dossiers::plural;
use super::error::CliError;
use super::{Context, Reply, json};
use crate::domain::assessment::Level;
use crate::domain::catalogue::{Catalogue, Kind, Question};
use crate::domain::explain;
use crate::domain::view::View;
use crate::session::{Session, system_clock};

/// The catalogue, or what applies to a dossier and why not.
pub(super) fn questions(
    context: &Context,
    dossier: Option<&str>,
    as_json: bool,
) -> Result<Reply, CliError> {
    let Some(dossier) = dossier else {
        let content = context.content()?;
        let catalogue = &content.catalogue;
        return Ok(Reply::yes(if as_json {
            json::text(&json::questions(catalogue, None))
        } else {
            text(catalogue, None)
        }));
    };
    let (session, notes) = context.open(dossier)?;
    let view = session.view();
    let text = if as_json {
        json::text(&json::questions(session.catalogue(), Some(&view)))
    } else {
        text(session.catalogue(), Some(&view))
    };
    Ok(Reply {
        text,
        notes,
        code: 0,
    })
}

fn text(catalogue: &Catalogue, view: Option<&View<'_>>) -> String {
    let mut text = String::new();
    for questionnaire in &catalogue.questionnaires {
        writeln!(text, "\n{}", questionnaire.title.to_uppercase()).unwrap_or_default();
        for &at in &questionnaire.questions {
            let question = &catalogue.questions[at];
            question_lines(&mut text, question, view);
        }
    }
    text.trim_start().to_owned()
}

fn question_lines(text: &mut String, question: &Question, view: Option<&View<'_>>) {
    let hidden = view.and_then(|view| explain::why_hidden(view, question));
    let sign = match (view, &hidden) {
        (None, _) => ' ',
        (Some(_), Some(_)) => '-',
        (Some(view), None) if view.is_settled(question) => 'x',
        (Some(_), None) => 'o',
    };
    writeln!(text, "{sign} {}  {}", question.id, question.text).unwrap_or_default();
    if let Some(reason) = hidden {
        writeln!(text, "      non posée : {reason}").unwrap_or_default();
        return;
    }
    if let Some(view) = view {
        writeln!(text, "      {}", explain::said(view, question)).unwrap_or_default();
    } else {
        let list = |ids: Vec<&str>| ids.join(" · ");
        let values = match question.kind {
            Kind::Choice | Kind::Multi => {
                list(question.options.iter().map(|o| o.id.as_str()).collect())
            }
            Kind::Checklist => list(question.items.iter().map(|i| i.id.as_str()).collect()),
            Kind::List => list(question.fields.iter().map(|f| f.id.as_str()).collect()),
            _ => String::new(),
        };
        if !values.is_empty() {
            writeln!(text, "      {values}").unwrap_or_default();
        }
    }
}

/// The portfolio.
pub(super) fn portfolio(
    context: &Context,
    as_json: bool,
    assessed: bool,
) -> Result<Reply, CliError> {
    let workspace = context.workspace()?;
    let content = if assessed {
        Some(context.content()?)
    } else {
        None
    };
    let mut rows = Vec::new();
    let mut text = String::new();
    let mut notes = Vec::new();
    for summary in workspace.list()? {
        let mut row = json!({
            "slug": summary.slug,
            "name": summary.name,
            "path": summary.dir.display().to_string(),
            "created": summary.created,
            "assessed_with": summary.assessed_with,
            "fault": summary.problem,
        });
        write!(text, "{:<32} {}", summary.slug, summary.name).unwrap_or_default();
        if let Some(fault) = &summary.problem {
            notes.push(fault.clone());
        } else if let Some(content) = &content {
            let session =
                Session::open(content.clone(), &summary.dir, context.date(), system_clock)?;
            let score = session.assessment().score;
            row["score"] = json!(score.score);
            row["interval"] = json!([score.interval.0, score.interval.1]);
            row["coverage"] = json!(score.coverage());
            row["level"] = json!(score.level);
            row["provisional"] = json!(score.provisional);
            let (low, high) = score.interval;
            let letter = explain::told_level(&score).map_or('-', Level::letter);
            write!(text, "  {low} à {high} sur 100, niveau {letter}").unwrap_or_default();
        }
        text.push('\n');
        rows.push(row);
    }
    if as_json {
        let root = workspace.root().display().to_string();
        text = json::text(&json!({ "workspace": root, "dossiers": rows }));
    } else if rows.is_empty() {
        text = format!(
            "Aucun dossier dans {}.\nPour commencer : aplomb nouveau \"Nom de l'entreprise\"\n",
            workspace.root().display()
        );
    } else {
        let count = rows.len();
        writeln!(
            text,
            "\n{count} {} dans {}",
            plural(count, "dossier", "dossiers"),
            workspace.root().display()
        )
        .unwrap_or_default();
    }
    Ok(Reply {
        text,
        notes,
        code: 0,
    })
}
