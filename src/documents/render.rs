//! From a document, a dossier and a date to a text and the proof of what it says.

use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::blank::{self, Blank};
use super::engine::{Engine, Failure};
use super::material::{self, Material};
use super::rendered::{ClauseTrace, ElementState, Needed, Rendered};
use super::room;
use super::scan::{self, Scan};
use super::vocabulary;
use crate::domain::answer::Answer;
use crate::domain::catalogue::{Catalogue, Question};
use crate::domain::condition::{Condition, Truth};
use crate::domain::document::{Clause, Document, Level};
use crate::domain::dossier::Dossier;
use crate::domain::typography;
use crate::domain::view::{Seen, View};

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
    #[error(
        "la clause « {clause} » du document « {document} » donne un texte trop long ; raccourcissez les réponses qu'elle cite"
    )]
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
    render_seen(&View::new(catalogue, dossier, date), document)
}

/// Renders a document for a dossier already looked at.
pub fn render_seen(view: &View<'_>, document: &Document) -> Result<Rendered, DocumentError> {
    let chosen = Chosen::of(view, document)?;
    let press = Press::new(view, std::slice::from_ref(&chosen));
    press.print(&chosen)
}

/// Renders documents for a dossier already looked at: what they all say is prepared once.
pub fn render_all<'c>(
    view: &View<'_>,
    documents: impl IntoIterator<Item = &'c Document>,
) -> Result<Vec<Rendered>, DocumentError> {
    let chosen = documents
        .into_iter()
        .map(|document| Chosen::of(view, document))
        .collect::<Result<Vec<_>, _>>()?;
    let press = Press::new(view, &chosen);
    chosen.iter().map(|chosen| press.print(chosen)).collect()
}

/// The clauses of a document that are, or may have to be, there.
struct Chosen<'c> {
    document: &'c Document,
    clauses: Vec<(&'c Clause, Truth, Scan)>,
}

impl<'c> Chosen<'c> {
    fn of(view: &View<'_>, document: &'c Document) -> Result<Self, DocumentError> {
        let clauses = document
            .clauses
            .iter()
            .filter(|clause| clause.validity.contains(view.date()))
            .map(|clause| (clause, view.holds(clause.when.as_ref())))
            .filter(|(_, truth)| !truth.is_false());
        let clauses = clauses.map(|(clause, truth)| {
            let scan = scan::scan(&clause.body);
            match scan.faults.first() {
                Some(fault) => Err(template(document, clause, fault.message.clone())),
                None => Ok((clause, truth, scan)),
            }
        });
        Ok(Self {
            document,
            clauses: clauses.collect::<Result<_, _>>()?,
        })
    }
}

fn refused(document: &Document, clause: &Clause, failure: Failure) -> DocumentError {
    match failure {
        Failure::TooLong => DocumentError::TooLong {
            document: document.id.clone(),
            clause: clause.id.clone(),
        },
        Failure::Wrong(_, message) => template(document, clause, message),
    }
}

fn template(document: &Document, clause: &Clause, message: String) -> DocumentError {
    DocumentError::Template {
        document: document.id.clone(),
        clause: clause.id.clone(),
        message,
    }
}

/// What is ready to print the documents of one dossier.
struct Press<'v, 'a> {
    view: &'v View<'a>,
    material: Arc<Material>,
    engine: Engine,
}

impl<'v, 'a> Press<'v, 'a> {
    fn new(view: &'v View<'a>, chosen: &[Chosen<'_>]) -> Self {
        let clauses = chosen.iter().flat_map(|chosen| &chosen.clauses);
        let material = Arc::new(Material::new(view, clauses.map(|(_, _, scan)| scan)));
        let engine = Engine::new(&material);
        Self {
            view,
            material,
            engine,
        }
    }

    fn print(&self, chosen: &Chosen<'_>) -> Result<Rendered, DocumentError> {
        let document = chosen.document;
        let mut text = Text::default();
        for (clause, truth, scan) in &chosen.clauses {
            if truth.is_true() {
                let raw = self
                    .engine
                    .render(&clause.body)
                    .map_err(|failure| refused(document, clause, failure))?;
                let is_settled = self.is_settled(clause) && !self.material.awaits(scan);
                text.clause(clause, scan, &raw, &self.material, is_settled);
            } else {
                self.undetermined(document, clause, &mut text);
            }
        }
        Ok(self.conclude(document, text))
    }

    /// Tells whether every answer a clause states was given, or is not asked for.
    fn is_settled(&self, clause: &Clause) -> bool {
        clause.needs.iter().all(|id| match self.view.seen(id) {
            Seen::Answer(Answer::Value(_) | Answer::NotApplicable { .. }) | Seen::Hidden => true,
            Seen::Answer(Answer::Unknown | Answer::Later) | Seen::Nothing => false,
        })
    }

    fn missing(&self, when: Option<&Condition>) -> Option<&Question> {
        when.and_then(|when| material::missing(self.view, when))
    }

    /// Leaves a blank in place of a clause that may have to be there.
    fn undetermined(&self, document: &Document, clause: &Clause, text: &mut Text) {
        let known = &*self.material;
        let must = clause.covers.iter().any(|id| {
            let element = document.elements.iter().find(|element| element.id == *id);
            element.is_some_and(|element| {
                element.level == Level::Mandatory
                    && element.validity.contains(self.view.date())
                    && !self.view.holds(element.when.as_ref()).is_false()
            })
        });
        if let (true, Some(question)) = (must, self.missing(clause.when.as_ref())) {
            if !text
                .blanks
                .iter()
                .any(|blank| blank.question == question.id)
            {
                let label = material::answer_label(question);
                let stand_in = known.blank(&question.id, None, &label);
                let from = text.markdown.len();
                text.add(&stand_in, known);
                text.keep_back(clause, from);
            }
            text.waiting.extend(
                clause
                    .covers
                    .iter()
                    .map(|id| (id.clone(), question.id.clone())),
            );
        }
    }

    fn conclude(&self, document: &Document, text: Text) -> Rendered {
        let truth = if document.validity.contains(self.view.date()) {
            self.view.holds(document.needed_when.as_ref())
        } else {
            Truth::False
        };
        let needed = Needed::from(truth);
        let elements = self.elements(document, &text);
        let complete = elements
            .iter()
            .all(|element| element.covered || element.level == Level::Recommended);
        Rendered {
            id: document.id.clone(),
            title: typography::french(&document.title),
            family: document.family.clone(),
            needed,
            why: self.why(document, needed),
            ready: needed == Needed::Yes && text.blanks.is_empty() && complete,
            markdown: text.markdown,
            private: text.private,
            blanks: text.blanks,
            elements,
            clauses: text.clauses,
        }
    }

    fn elements(&self, document: &Document, text: &Text) -> Vec<ElementState> {
        let in_force = document
            .elements
            .iter()
            .filter(|e| e.validity.contains(self.view.date()));
        // Traces follow the order of the clauses they come from.
        let mut clauses = document.clauses.iter();
        let traces: Vec<_> = text
            .clauses
            .iter()
            .filter_map(|trace| Some((trace, clauses.find(|clause| clause.id == trace.id)?)))
            .collect();
        in_force
            .filter_map(|element| {
                let due = Needed::from(self.view.holds(element.when.as_ref()));
                if due == Needed::No {
                    return None;
                }
                let of_it = traces
                    .iter()
                    .filter(|(_, clause)| clause.covers.contains(&element.id))
                    .map(|(trace, _)| *trace);
                let told = || of_it.clone().filter(|trace| !trace.markdown.is_empty());
                let mut waiting = text
                    .waiting
                    .iter()
                    .filter(|(id, _)| *id == element.id)
                    .peekable();
                let whole = told().find(|trace| trace.says(&element.parts));
                let found = whole.or_else(|| told().next());
                // The answers leave nothing to say of it.
                if found.is_none() && waiting.peek().is_none() && of_it.clone().next().is_some() {
                    return None;
                }
                Some(ElementState {
                    id: element.id.clone(),
                    label: typography::french(&element.label),
                    level: element.level,
                    due,
                    covered: whole.is_some(),
                    clause: found.map(|trace| trace.id.clone()),
                    source: match (whole, found) {
                        (Some(trace), _) => trace.questions.clone(),
                        (None, Some(trace)) => {
                            distinct(trace.questions.iter().chain(&trace.awaits))
                        }
                        (None, None) if waiting.peek().is_some() => {
                            distinct(waiting.map(|(_, question)| question))
                        }
                        (None, None) => self.awaited(document, &element.id),
                    },
                    references: element.references.clone(),
                    obligations: element.obligations.clone(),
                })
            })
            .collect()
    }

    /// The questions an element that no clause says yet waits for.
    fn awaited(&self, document: &Document, element: &str) -> Vec<String> {
        let day = self.view.date();
        let mut clauses = document.clauses.iter();
        let is_its = |clause: &&Clause| {
            clause.validity.contains(day) && clause.covers.iter().any(|id| id == element)
        };
        let Some(clause) = clauses.find(is_its) else {
            return Vec::new();
        };
        match self.missing(clause.when.as_ref()) {
            Some(question) => vec![question.id.clone()],
            None if !clause.needs.is_empty() => clause.needs.clone(),
            // It says what activities there are, and some are not known yet.
            None => distinct(
                self.material
                    .uncertain
                    .iter()
                    .map(|activity| &activity.question),
            ),
        }
    }

    fn why(&self, document: &Document, needed: Needed) -> String {
        let reason = match needed {
            Needed::Yes => document.why_needed.clone(),
            Needed::No => document.why_not.clone(),
            Needed::Undetermined => {
                let missing = self.missing(document.needed_when.as_ref());
                match missing {
                    Some(question) => {
                        format!(
                            "On ne peut pas encore le dire. Répondez d'abord : {}",
                            question.text
                        )
                    }
                    None => "On ne peut pas encore le dire : il manque une réponse.".to_owned(),
                }
            }
        };
        typography::french(&reason)
    }
}

/// The same, each once.
fn distinct<'i>(ids: impl Iterator<Item = &'i String>) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for id in ids {
        if !out.contains(id) {
            out.push(id.clone());
        }
    }
    out
}

/// A text under construction.
#[derive(Default)]
struct Text {
    markdown: String,
    /// Where what is for the owner alone stands.
    private: Vec<Range<usize>>,
    blanks: Vec<Blank>,
    clauses: Vec<ClauseTrace>,
    /// Elements that wait for the answer to a question.
    waiting: Vec<(String, String)>,
}

impl Text {
    /// Adds a clause. One that gives nothing while its answers are known has nothing to say.
    fn clause(
        &mut self,
        clause: &Clause,
        scan: &Scan,
        raw: &str,
        known: &Material,
        is_settled: bool,
    ) {
        let (markdown, seen) = blank::resolve(&tidy(raw), &known.blanks());
        if markdown.is_empty() && !is_settled {
            return;
        }
        let from = self.markdown.len();
        if !markdown.is_empty() {
            self.push(&markdown);
            self.note(&seen, known);
        }
        let overflow = seen.is_empty().then(|| overflow(clause, &markdown, known));
        let overflow = overflow.flatten();
        let mut gaps: Vec<_> = {
            let blanks = known.blanks();
            let seen = seen.iter().filter_map(|at| blanks.get(*at));
            seen.map(|blank| blank.part).collect()
        };
        gaps.extend(overflow.iter().map(|_| None));
        if let Some(stand_in) = &overflow {
            self.add(stand_in, known);
        }
        self.keep_back(clause, from);
        let hidden = scan
            .calls
            .iter()
            .flat_map(|call| vocabulary::hidden_questions(&call.name));
        let hidden =
            hidden.filter(|id| known.questions.get(**id).is_some_and(|k| k.text.is_some()));
        let mut questions = clause.needs.clone();
        for id in hidden {
            if !questions.iter().any(|known| known == id) {
                questions.push((*id).to_owned());
            }
        }
        self.clauses.push(ClauseTrace {
            id: clause.id.clone(),
            markdown,
            private: clause.private,
            questions,
            obligations: clause.obligations.clone(),
            references: clause.references.clone(),
            complete: gaps.is_empty(),
            gaps,
            awaits: seen
                .iter()
                .filter_map(|at| Some(known.blanks().get(*at)?.question.clone()))
                .collect(),
        });
    }

    /// Keeps what was added since a place out of what is pasted, if the clause is for the owner alone.
    fn keep_back(&mut self, clause: &Clause, from: usize) {
        let end = self.markdown.len();
        if clause.private && from < end {
            self.private.push(from..end);
        }
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

    /// Adds a blank.
    fn add(&mut self, stand_in: &str, known: &Material) {
        let (words, seen) = blank::resolve(stand_in, &known.blanks());
        self.push(&words);
        self.note(&seen, known);
    }

    fn note(&mut self, seen: &[usize], material: &Material) {
        let known = material.blanks();
        for blank in seen.iter().filter_map(|at| known.get(*at)) {
            if !self.blanks.iter().any(|b| b.field == blank.field) {
                self.blanks.push(blank.clone());
            }
        }
    }
}

/// The blank of a text too long for its place, tied to the first answer it states.
fn overflow(clause: &Clause, markdown: &str, known: &Material) -> Option<String> {
    let words = room::overflow(clause.room?, markdown)?;
    Some(known.blank(clause.needs.first()?, None, &words))
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
