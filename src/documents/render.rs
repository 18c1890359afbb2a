//! From a document, a dossier and a date to a text and the proof of what it says.

use std::sync::Arc;

use jiff::civil::Date;

use super::blank::{self, Blank};
use super::engine::{Engine, Failure};
use super::rendered::{ClauseTrace, ElementState, Needed, Rendered};
use super::scan::{self, Scan};
use super::typography;
use super::view::{self, View};
use super::vocabulary;
use crate::domain::answer::Answer;
use crate::domain::catalogue::Catalogue;
use crate::domain::condition::{Condition, Truth};
use crate::domain::document::{Clause, Document, Level};
use crate::domain::dossier::Dossier;

/// Why a document could not be rendered: always a fault of its template.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// A clause is wrong.
    #[error("la clause « {clause} » du document « {document} » est mal écrite : {message}")]
    Template {
        /// Document id.
        document: String,
        /// Clause id.
        clause: String,
        /// What is wrong.
        message: String,
    },
    /// A clause gives too long a text.
    #[error("la clause « {clause} » du document « {document} » donne un texte trop long ; raccourcissez les réponses qu'elle cite")]
    TooLong {
        /// Document id.
        document: String,
        /// Clause id.
        clause: String,
    },
}

/// Renders a document for a business on a day. Same input, same bytes; no input or output.
pub fn render(
    catalogue: &Catalogue,
    dossier: &Dossier,
    date: Date,
    document: &Document,
) -> Result<Rendered, DocumentError> {
    let context = Rendering { catalogue, dossier, date };
    let in_force = document.clauses.iter().filter(|clause| clause.validity.contains(date));
    let chosen: Vec<(&Clause, Truth)> = in_force
        .map(|clause| (clause, context.truth(clause.when.as_ref())))
        .filter(|(_, truth)| !truth.is_false())
        .collect();
    let scans: Vec<Scan> = chosen.iter().map(|(clause, _)| scan::scan(&clause.body)).collect();
    for ((clause, _), scan) in chosen.iter().zip(&scans) {
        if let Some(fault) = scan.faults.first() {
            return Err(template(document, clause, fault.message.clone()));
        }
    }
    let shared = Arc::new(View::new(catalogue, dossier, date, &scans));
    let engine = Engine::new(&shared);
    let mut text = Text::default();
    for ((clause, truth), scan) in chosen.iter().zip(&scans) {
        if truth.is_true() {
            let raw = engine.render(&typography::french(&clause.body)).map_err(|failure| {
                match failure {
                    Failure::TooLong => DocumentError::TooLong {
                        document: document.id.clone(),
                        clause: clause.id.clone(),
                    },
                    Failure::Wrong(_, message) => template(document, clause, message),
                }
            })?;
            text.clause(clause, scan, &raw, &shared, context.is_settled(clause));
        } else {
            context.undetermined(document, clause, &shared, &mut text);
        }
    }
    Ok(context.conclude(document, text))
}

fn template(document: &Document, clause: &Clause, message: String) -> DocumentError {
    DocumentError::Template { document: document.id.clone(), clause: clause.id.clone(), message }
}

struct Rendering<'a> {
    catalogue: &'a Catalogue,
    dossier: &'a Dossier,
    date: Date,
}

impl Rendering<'_> {
    fn truth(&self, when: Option<&Condition>) -> Truth {
        when.map_or(Truth::True, |when| when.evaluate(&crate::domain::view::View::new(self.catalogue, self.dossier, self.date)))
    }

    /// Tells whether every answer a clause states was given, or is not asked for.
    fn is_settled(&self, clause: &Clause) -> bool {
        clause.needs.iter().all(|id| match self.dossier.answer(id) {
            Some(Answer::Value(_) | Answer::NotApplicable { .. }) => true,
            Some(Answer::Unknown | Answer::Later) | None => self.catalogue.question(id).is_some_and(
                |question| !view::is_asked(question, self.catalogue, self.dossier, self.date),
            ),
        })
    }

    /// Leaves a blank in place of a clause that may have to be there.
    fn undetermined(&self, document: &Document, clause: &Clause, view: &View, text: &mut Text) {
        let must = clause.covers.iter().any(|id| {
            let element = document.elements.iter().find(|element| element.id == *id);
            element.is_some_and(|element| {
                element.level == Level::Mandatory
                    && element.validity.contains(self.date)
                    && !self.truth(element.when.as_ref()).is_false()
            })
        });
        let missing = clause
            .when
            .as_ref()
            .and_then(|when| view::missing(when, self.catalogue, self.dossier, self.date));
        if let (true, Some(question)) = (must, missing) {
            let known = text.blanks.iter().any(|blank| blank.question == question.id);
            if !known {
                let stand_in = view.blank(&question.id, None, &view::question_label(question));
                let (markdown, _) = blank::resolve(&stand_in, &view.blanks());
                text.push(&markdown);
                text.note(&stand_in, view);
            }
            text.waiting.extend(clause.covers.iter().map(|id| (id.clone(), question.id.clone())));
        }
    }

    fn conclude(&self, document: &Document, text: Text) -> Rendered {
        let truth = if document.validity.contains(self.date) {
            self.truth(document.needed_when.as_ref())
        } else {
            Truth::False
        };
        let needed = Needed::from(truth);
        let elements = self.elements(document, &text);
        let complete = elements.iter().all(|element| {
            element.covered || element.level == Level::Recommended
        });
        Rendered {
            id: document.id.clone(),
            title: typography::french(&document.title),
            family: document.family.clone(),
            needed,
            why: self.why(document, needed),
            ready: needed == Needed::Yes && text.blanks.is_empty() && complete,
            markdown: text.markdown,
            blanks: text.blanks,
            elements,
            clauses: text.clauses,
        }
    }

    fn elements(&self, document: &Document, text: &Text) -> Vec<ElementState> {
        let in_force = document.elements.iter().filter(|e| e.validity.contains(self.date));
        in_force
            .filter_map(|element| {
                let due = Needed::from(self.truth(element.when.as_ref()));
                if due == Needed::No {
                    return None;
                }
                let says = |trace: &&ClauseTrace| {
                    let clause = document.clauses.iter().find(|clause| clause.id == trace.id);
                    clause.is_some_and(|clause| clause.covers.contains(&element.id))
                };
                let whole = text.clauses.iter().filter(says).find(|trace| trace.complete);
                let found = whole.or_else(|| text.clauses.iter().find(says));
                let waiting = text.waiting.iter().filter(|(id, _)| *id == element.id);
                Some(ElementState {
                    id: element.id.clone(),
                    label: typography::french(&element.label),
                    level: element.level,
                    due,
                    covered: whole.is_some(),
                    clause: found.map(|trace| trace.id.clone()),
                    source: found.map_or_else(
                        || waiting.map(|(_, question)| question.clone()).collect(),
                        |trace| trace.questions.clone(),
                    ),
                    references: element.references.clone(),
                    obligations: element.obligations.clone(),
                })
            })
            .collect()
    }

    fn why(&self, document: &Document, needed: Needed) -> String {
        let reason = match needed {
            Needed::Yes => document.why_needed.clone(),
            Needed::No => document.why_not.clone(),
            Needed::Undetermined => {
                let missing = document
                    .needed_when
                    .as_ref()
                    .and_then(|when| view::missing(when, self.catalogue, self.dossier, self.date));
                match missing {
                    Some(question) => {
                        format!("On ne peut pas encore le dire. Répondez d'abord : {}", question.text)
                    }
                    None => "On ne peut pas encore le dire : il manque une réponse.".to_owned(),
                }
            }
        };
        typography::french(&reason)
    }
}

/// A text under construction.
#[derive(Default)]
struct Text {
    markdown: String,
    blanks: Vec<Blank>,
    clauses: Vec<ClauseTrace>,
    /// Elements that wait for the answer to a question.
    waiting: Vec<(String, String)>,
}

impl Text {
    /// Adds a clause. One that gives nothing while its answers are known has nothing to say.
    fn clause(&mut self, clause: &Clause, scan: &Scan, raw: &str, view: &View, is_settled: bool) {
        let (markdown, seen) = blank::resolve(&tidy(raw), &view.blanks());
        if markdown.is_empty() && !is_settled {
            return;
        }
        if !markdown.is_empty() {
            self.push(&markdown);
            self.note(raw, view);
        }
        let hidden = scan.calls.iter().flat_map(|call| vocabulary::hidden_questions(&call.name));
        let hidden = hidden.filter(|id| view.questions.get(**id).is_some_and(|k| k.text.is_some()));
        let mut questions = clause.needs.clone();
        for id in hidden {
            if !questions.iter().any(|known| known == id) {
                questions.push((*id).to_owned());
            }
        }
        self.clauses.push(ClauseTrace {
            id: clause.id.clone(),
            markdown,
            questions,
            obligations: clause.obligations.clone(),
            references: clause.references.clone(),
            complete: seen.is_empty(),
        });
    }

    fn push(&mut self, markdown: &str) {
        let last = self.markdown.lines().next_back().unwrap_or_default();
        let one_list = is_item(last) && is_item(markdown);
        if !self.markdown.is_empty() && !one_list {
            self.markdown.push('\n');
        }
        self.markdown.push_str(markdown);
        self.markdown.push('\n');
    }

    fn note(&mut self, raw: &str, view: &View) {
        let known = view.blanks();
        for at in blank::resolve(raw, &known).1 {
            if let Some(blank) = known.get(at)
                && !self.blanks.iter().any(|b| b.field == blank.field)
            {
                self.blanks.push(blank.clone());
            }
        }
    }
}

/// Tells whether a line is an item of a list: clauses that follow each other make one list.
fn is_item(line: &str) -> bool {
    line.starts_with("- ")
}

/// Removes what tags leave behind: runs of spaces, blanks at line ends, repeated empty lines.
fn tidy(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut empty = false;
    for line in raw.trim().lines() {
        let line = line.trim_end();
        if line.is_empty() {
            empty = true;
            continue;
        }
        if !out.is_empty() {
            out.push_str(if empty { "\n\n" } else { "\n" });
        }
        empty = false;
        let body = line.trim_start_matches(' ');
        out.push_str(&line[..line.len() - body.len()]);
        let mut space = false;
        for c in body.chars() {
            if c != ' ' || !space {
                out.push(c);
            }
            space = c == ' ';
        }
    }
    out
}
