//! « Pourquoi cette phrase » : the answers, the rules and the condition behind a clause, in words.

use serde::Serialize;

use super::rendered::ClauseTrace;
use crate::domain::catalogue::Force;
use crate::domain::document::Document;
use crate::domain::explain;
use crate::domain::typography::french;
use crate::domain::view::{Seen, View};

/// An answer a clause states.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatedAnswer {
    /// Question id.
    pub question: String,
    /// The question.
    pub text: String,
    /// The answer, as shown.
    pub answer: String,
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
    /// The answers it states.
    pub answers: Vec<StatedAnswer>,
    /// The obligations behind it.
    pub rules: Vec<CitedObligation>,
    /// The references behind it.
    pub sources: Vec<CitedReference>,
    /// Why its condition holds; none when it is always there.
    pub because: Option<String>,
}

/// Explains a clause of a document rendered from this view.
pub fn why(view: &View<'_>, document: &Document, trace: &ClauseTrace) -> Why {
    let catalogue = view.catalogue();
    let answers = trace.questions.iter().filter_map(|id| {
        let question = catalogue.question(id)?;
        let answer = match view.seen(id) {
            Seen::Hidden => "la question ne se pose pas".to_owned(),
            _ => explain::said(view, question),
        };
        Some(StatedAnswer {
            question: question.id.clone(),
            text: french(&question.text),
            answer: french(&answer),
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
    let clause = document.clauses.iter().find(|clause| clause.id == trace.id);
    let when = clause.and_then(|clause| clause.when.as_ref());
    Why {
        answers: answers.collect(),
        rules: rules.collect(),
        sources: sources.collect(),
        because: when
            .map(|when| french(&explain::because(view, when)))
            .filter(|reason| !reason.is_empty()),
    }
}
