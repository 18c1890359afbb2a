//! « Pourquoi cette phrase » : the answers, the rules and the condition behind a clause, in words.

use serde::Serialize;

use super::rendered::ClauseTrace;
use crate::domain::catalogue::Force;
use crate::domain::document::Document;
use crate::domain::explain;
use crate::domain::typography::french;
use crate::domain::view::{Seen, View};

/// An answer behind a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AnswerBehind {
    /// Question id.
    pub question: String,
    /// The question.
    pub text: String,
    /// The answer, as shown.
    pub answer: String,
    /// Whether the clause states it, or is there because of it.
    pub stated: bool,
}

/// An obligation behind a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CitedObligation {
    /// Obligation id.
    pub id: String,
    /// The rule in plain words.
    pub title: String,
    /// Whether it is law, the doctrine of an authority, or a good practice.
    pub force: Force,
}

/// A reference behind a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CitedReference {
    /// Reference id.
    pub id: String,
    /// Its title, as cited.
    pub title: String,
    /// Where to read it.
    pub url: Option<String>,
}

/// Why a clause is there and says what it says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Why {
    /// The answers it states, then those that bring it.
    pub answers: Vec<AnswerBehind>,
    /// The obligations behind it.
    pub rules: Vec<CitedObligation>,
    /// The references behind it.
    pub sources: Vec<CitedReference>,
    /// Why it is there.
    pub because: String,
}

/// Explains a clause of a document rendered from this view.
pub fn why(view: &View<'_>, document: &Document, trace: &ClauseTrace) -> Why {
    let catalogue = view.catalogue();
    let behind = behind(view, document, trace).into_iter();
    let answers = behind.filter_map(|(id, stated)| {
        let question = catalogue.question(&id)?;
        let answer = match view.seen(&id) {
            Seen::Hidden => "la question ne se pose pas".to_owned(),
            _ => explain::said(view, question),
        };
        Some(AnswerBehind {
            question: question.id.clone(),
            text: french(&question.text),
            answer: french(&answer),
            stated,
        })
    });
    let rules = trace.obligations.iter().filter_map(|id| {
        let obligation = catalogue.obligation(id)?;
        Some(CitedObligation {
            id: obligation.id.clone(),
            title: french(&obligation.title),
            force: obligation.force,
        })
    });
    let sources = trace.references.iter().filter_map(|id| {
        let reference = catalogue.reference(id)?;
        Some(CitedReference {
            id: reference.id.clone(),
            title: french(&reference.title),
            url: reference.url.clone(),
        })
    });
    Why {
        answers: answers.collect(),
        rules: rules.collect(),
        sources: sources.collect(),
        because: french(&reason(view, document, &trace.id)),
    }
}

/// The questions behind a clause: those whose answers it states, then those whose answers bring it.
pub fn behind(view: &View<'_>, document: &Document, trace: &ClauseTrace) -> Vec<(String, bool)> {
    let own = document
        .clauses
        .iter()
        .find(|clause| clause.id == trace.id)
        .and_then(|clause| clause.when.as_ref());
    let condition = own.or(document.needed_when.as_ref());
    let bringing = condition.map_or_else(Vec::new, |when| explain::deciding(view, when));
    let stated = trace.questions.iter().cloned();
    let bringing = bringing
        .into_iter()
        .filter(|id| !trace.questions.contains(id))
        .filter(|id| matches!(view.seen(id), Seen::Answer(_)));
    stated
        .map(|id| (id, true))
        .chain(bringing.map(|id| (id, false)))
        .collect()
}

/// Why a clause is there: its own condition, or else that of the whole document.
pub fn reason(view: &View<'_>, document: &Document, clause: &str) -> String {
    let clause = document.clauses.iter().find(|known| known.id == clause);
    if let Some(when) = clause.and_then(|clause| clause.when.as_ref()) {
        return explain::because(view, when);
    }
    let always = "chaque fois que ce texte sert";
    match &document.needed_when {
        Some(when) if view.holds(Some(when)).is_true() => {
            format!("{always}, ici {}", explain::because(view, when))
        }
        _ => always.to_owned(),
    }
}
