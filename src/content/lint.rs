//! Good order of the content, beyond what loading requires: every obligation carried, nothing
//! asked in vain, sources reviewed in time, economy kept.

use std::collections::HashSet;

use jiff::civil::Date;

use super::Authored;
use super::diagnostic::{Diagnostic, Gravity};
use super::loading::sink::{Definition, Entity};
use crate::domain::catalogue::{Catalogue, Depth, Force, Kind, Reference, Service, Severity};
use crate::domain::condition::Condition;

/// Largest number of questions, all depths together.
const MAX_QUESTIONS: usize = 110;
/// Largest number of essential questions.
const MAX_ESSENTIAL: usize = 55;

/// How many obligations there are, and what becomes of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Coverage {
    /// Carried by a question, an item, an action or a clause.
    pub carried: usize,
    /// Left out on purpose, with a reason.
    pub left_out: usize,
    /// Neither.
    pub missing: usize,
}

/// Counts what becomes of the obligations of a catalogue.
pub fn coverage(catalogue: &Catalogue) -> Coverage {
    let carried = carried(catalogue);
    let mut coverage = Coverage {
        carried: 0,
        left_out: 0,
        missing: 0,
    };
    for obligation in &catalogue.obligations {
        if carried.contains(obligation.id.as_str()) {
            coverage.carried += 1;
        } else if obligation.left_out.is_some() {
            coverage.left_out += 1;
        } else {
            coverage.missing += 1;
        }
    }
    coverage
}

pub(super) fn check(content: &Authored, today: Date) -> Vec<Diagnostic> {
    let mut lint = Lint {
        content,
        diagnostics: Vec::new(),
    };
    lint.obligations();
    lint.unused();
    lint.reviews(today);
    lint.economy();
    lint.private_passages();
    lint.diagnostics
}

/// Obligations carried by something, those carried under their twin id included.
fn carried(catalogue: &Catalogue) -> HashSet<&str> {
    let questions = catalogue.questions.iter().flat_map(|question| {
        let items = question.items.iter().flat_map(|item| &item.obligations);
        question.obligations.iter().chain(items)
    });
    let actions = catalogue
        .actions
        .iter()
        .flat_map(|action| &action.obligations);
    let documents = catalogue.documents.iter().flat_map(|document| {
        let elements = document
            .elements
            .iter()
            .flat_map(|element| &element.obligations);
        elements.chain(
            document
                .clauses
                .iter()
                .flat_map(|clause| &clause.obligations),
        )
    });
    let mut carried: HashSet<&str> = questions
        .chain(actions)
        .chain(documents)
        .map(String::as_str)
        .collect();
    for obligation in &catalogue.obligations {
        if let Some(twin) = &obligation.same_as
            && carried.contains(twin.as_str())
        {
            carried.insert(&obligation.id);
        }
    }
    carried
}

/// Obligations asked by a scored question or item.
fn asked(catalogue: &Catalogue) -> HashSet<&str> {
    let mut asked: HashSet<&str> = catalogue
        .questions
        .iter()
        .flat_map(|question| {
            let own = question.severity.is_some().then_some(&question.obligations);
            let items = question.items.iter().map(|item| &item.obligations);
            own.into_iter().chain(items).flatten()
        })
        .map(String::as_str)
        .collect();
    for obligation in &catalogue.obligations {
        if let Some(twin) = &obligation.same_as {
            if asked.contains(twin.as_str()) {
                asked.insert(&obligation.id);
            } else if asked.contains(obligation.id.as_str()) {
                asked.insert(twin);
            }
        }
    }
    asked
}

struct Lint<'c> {
    content: &'c Authored,
    diagnostics: Vec<Diagnostic>,
}

impl Lint<'_> {
    fn push(
        &mut self,
        gravity: Gravity,
        code: &'static str,
        entity: Entity,
        id: &str,
        message: String,
        help: &str,
    ) {
        let found = self
            .content
            .definitions
            .iter()
            .find(|d| d.entity == entity && d.id == id);
        let Some(Definition { place, .. }) = found else {
            return;
        };
        self.diagnostics.push(Diagnostic {
            gravity,
            code,
            file: place.file,
            span: place.span.clone(),
            message,
            help: help.to_owned(),
        });
    }

    fn obligations(&mut self) {
        let catalogue = &self.content.catalogue;
        let (carried, asked) = (carried(catalogue), asked(catalogue));
        for obligation in &catalogue.obligations {
            let id = obligation.id.as_str();
            if !carried.contains(id) && obligation.left_out.is_none() {
                self.push(
                    Gravity::Error,
                    "obligation-orpheline",
                    Entity::Obligation,
                    id,
                    format!("l'obligation « {id} » n'est portée par rien"),
                    "citez-la dans une question, une action ou une clause, ou dites pourquoi elle est laissée de côté (« left_out »)",
                );
            } else if obligation.severity == Severity::Critical
                && !asked.contains(id)
                && obligation.left_out.is_none()
            {
                self.push(
                    Gravity::Error,
                    "critique-non-demandee",
                    Entity::Obligation,
                    id,
                    format!(
                        "l'obligation critique « {id} » n'est demandée par aucune question notée"
                    ),
                    "citez-la sur une question ou un point noté",
                );
            }
            if obligation.references.is_empty() && obligation.force != Force::GoodPractice {
                self.push(
                    Gravity::Error,
                    "sans-reference",
                    Entity::Obligation,
                    id,
                    format!("l'obligation « {id} » ne cite aucune référence"),
                    "ajoutez « references = [\"…\"] »",
                );
            }
        }
    }

    fn unused(&mut self) {
        let catalogue = &self.content.catalogue;
        let mut triggered: HashSet<&str> = HashSet::new();
        for question in &catalogue.questions {
            let options = question.options.iter().flat_map(|option| &option.actions);
            let items = question.items.iter().flat_map(|item| &item.actions);
            triggered.extend(options.chain(items).map(String::as_str));
        }
        for action in &catalogue.actions {
            if !triggered.contains(action.id.as_str()) {
                self.push(
                    Gravity::Error,
                    "action-inutile",
                    Entity::Action,
                    &action.id,
                    format!(
                        "l'action « {} » n'est proposée par aucune réponse",
                        action.id
                    ),
                    "citez-la sur une option ou un point, ou retirez-la",
                );
            }
        }
        let (questions, facts) = used(catalogue);
        for question in &catalogue.questions {
            let scored = question.severity.is_some() || question.kind == Kind::Checklist;
            if !scored && !questions.contains(question.id.as_str()) {
                self.push(
                    Gravity::Error,
                    "question-inutile",
                    Entity::Question,
                    &question.id,
                    format!("rien n'utilise la réponse à « {} »", question.id),
                    "servez-vous-en dans une condition, un traitement ou une clause, ou retirez-la",
                );
            }
        }
        for fact in &catalogue.facts {
            if !facts.contains(fact.id.as_str()) && !cited_by_a_clause(catalogue, &fact.id) {
                self.push(
                    Gravity::Warning,
                    "condition-inutile",
                    Entity::Fact,
                    &fact.id,
                    format!("rien n'utilise la condition nommée « {} »", fact.id),
                    "retirez-la si elle ne sert plus",
                );
            }
        }
    }

    /// What is for the owner alone says so where it is read, and nothing that says so is pasted.
    fn private_passages(&mut self) {
        for document in &self.content.catalogue.documents {
            let mut follows = false;
            for clause in &document.clauses {
                let says = says_private(&clause.body);
                if says && !clause.private {
                    self.push(
                        Gravity::Error,
                        "prive-publie",
                        Entity::Document,
                        &document.id,
                        format!(
                            "la clause « {} » parle à l'entreprise seule, et se colle avec le reste",
                            clause.id
                        ),
                        "ajoutez « private = true », ou mettez ce passage dans une clause à part",
                    );
                } else if clause.private && !says && !follows {
                    self.push(
                        Gravity::Warning,
                        "prive-muet",
                        Entity::Document,
                        &document.id,
                        format!(
                            "la clause « {} » ne se colle pas, et ne le dit pas à qui la lit",
                            clause.id
                        ),
                        "écrivez « (ne pas publier) » dans son titre, ou commencez par « Pour vous : »",
                    );
                }
                follows = clause.private;
            }
        }
    }

    /// What was last read when, and when it is to be read again.
    fn reviews(&mut self, today: Date) {
        let catalogue = &self.content.catalogue;
        for reference in &catalogue.references {
            let Reference {
                id,
                checked_on,
                review_by,
                ..
            } = reference;
            self.review(Entity::Reference, id, *checked_on, *review_by, today);
        }
        for service in &catalogue.services {
            let Service {
                id,
                checked_on,
                review_by,
                ..
            } = service;
            self.review(Entity::Service, id, *checked_on, *review_by, today);
        }
    }

    fn review(&mut self, entity: Entity, id: &str, checked: Date, review: Date, today: Date) {
        // « la référence » or « le service ».
        let (what, of) = match entity {
            Entity::Service => ("le service", ""),
            _ => ("la référence", "e"),
        };
        if review < today {
            self.push(
                Gravity::Warning,
                "a-relire",
                entity,
                id,
                format!("{what} « {id} » devait être relu{of} avant le {review}"),
                "relisez la source, puis avancez « checked_on » et « review_by »",
            );
        }
        if review <= checked {
            self.push(
                Gravity::Error,
                "a-relire",
                entity,
                id,
                format!("{what} « {id} » doit être relu{of} avant d'avoir été lu{of}"),
                "« review_by » vient après « checked_on »",
            );
        }
    }

    fn economy(&mut self) {
        let questions = &self.content.catalogue.questions;
        let essential = questions
            .iter()
            .filter(|q| q.depth == Depth::Essential)
            .count();
        for (count, most, what) in [
            (questions.len(), MAX_QUESTIONS, "questions"),
            (essential, MAX_ESSENTIAL, "questions essentielles"),
        ] {
            if count > most
                && let Some(first) = questions.first()
            {
                self.push(
                    Gravity::Warning,
                    "economie",
                    Entity::Question,
                    &first.id,
                    format!("{count} {what} : c'est plus que les {most} prévues"),
                    "réunissez des faits voisins dans un même « checklist »",
                );
            }
        }
    }
}

/// Tells whether a passage says that it is for the owner alone.
fn says_private(body: &str) -> bool {
    body.lines().any(|line| {
        let words = line.trim_start_matches(['#', '-', '*', ' ']);
        let opens = |word: &str| words.starts_with(word);
        opens("Pour vous\u{a0}:")
            || opens("Conseil\u{a0}:")
            || opens("Pour vous (")
            || opens("Pour vous,")
            || words.ends_with("(ne pas publier)")
            || words.ends_with("(ne pas imprimer)")
    })
}

/// Tells whether the body of a clause asks for a named condition.
fn cited_by_a_clause(catalogue: &Catalogue, fact: &str) -> bool {
    let mut clauses = catalogue
        .documents
        .iter()
        .flat_map(|document| &document.clauses);
    clauses.any(|clause| cites(&clause.body, fact))
}

/// Tells whether the body of a clause names an id.
pub(super) fn cites(body: &str, id: &str) -> bool {
    body.contains(&format!("\"{id}\"")) || body.contains(&format!("'{id}'"))
}

/// Questions and named conditions something depends on.
fn used(catalogue: &Catalogue) -> (HashSet<&str>, HashSet<&str>) {
    let (mut questions, mut facts) = (HashSet::new(), HashSet::new());
    let mut cite = |condition: &Condition| -> (Vec<String>, Vec<String>) {
        let (mut q, mut f) = (Vec::new(), Vec::new());
        condition.for_each_question(&mut |id| q.push(id.to_owned()));
        condition.for_each_fact(&mut |id| f.push(id.to_owned()));
        (q, f)
    };
    let mut conditions: Vec<&Condition> = Vec::new();
    conditions.extend(
        catalogue
            .questionnaires
            .iter()
            .filter_map(|q| q.when.as_ref()),
    );
    for question in &catalogue.questions {
        conditions.extend(question.when.as_ref());
        conditions.extend(question.items.iter().filter_map(|item| item.when.as_ref()));
    }
    conditions.extend(catalogue.facts.iter().map(|fact| &fact.when));
    for action in &catalogue.actions {
        conditions.extend(action.when.as_ref());
        conditions.extend(action.every_step().filter_map(|step| step.when.as_ref()));
    }
    conditions.extend(catalogue.exposures.iter().map(|exposure| &exposure.when));
    conditions.extend(catalogue.contradictions.iter().map(|c| &c.when));
    conditions.extend(
        catalogue
            .processing_activities
            .iter()
            .filter_map(|a| a.when.as_ref()),
    );
    conditions.extend(catalogue.variants.iter().map(|variant| &variant.when));
    conditions.extend(catalogue.provisos.iter().filter_map(|p| p.when.as_ref()));
    for document in &catalogue.documents {
        conditions.extend(document.needed_when.as_ref());
        conditions.extend(document.elements.iter().filter_map(|e| e.when.as_ref()));
        conditions.extend(document.clauses.iter().filter_map(|c| c.when.as_ref()));
        for clause in &document.clauses {
            questions.extend(clause.needs.iter().map(String::as_str));
        }
    }
    for activity in &catalogue.processing_activities {
        questions.extend(activity.recipients_from.iter().map(String::as_str));
    }
    questions.extend(
        catalogue
            .provisos
            .iter()
            .filter_map(|p| p.question.as_deref()),
    );
    let cited: Vec<_> = conditions.into_iter().map(&mut cite).collect();
    for (q, f) in cited {
        questions.extend(
            q.iter()
                .filter_map(|id| catalogue.question(id))
                .map(|q| q.id.as_str()),
        );
        facts.extend(
            f.iter()
                .filter_map(|id| catalogue.fact(id))
                .map(|f| f.id.as_str()),
        );
    }
    (questions, facts)
}
