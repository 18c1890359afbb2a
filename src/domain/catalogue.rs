//! The catalogue: everything the program knows about questions, law and actions.
//!
//! These types are what remains once the content files have been read and checked as a whole;
//! nothing here can name an id that does not exist. Loading them is the job of `content`.

mod action;
mod activity;
mod law;
mod question;

pub use action::{Action, Effort, Exposure, Owner, Step};
pub use activity::{Consent, LegalBasis, ProcessingActivity, Proviso, Service, Sorting, Variant};
pub use law::{Contradiction, Decision, Force, Obligation, Reference, Severity};
pub use question::{
    Choice, Depth, Fact, Field, Item, Kind, KnownServices, Question, Questionnaire,
};

use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet};

use super::document::Document;

/// The whole catalogue.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Catalogue {
    /// Version of the content, a date.
    pub version: String,
    /// Warning added to each text that names a menu of somebody else's software.
    pub menus: Option<String>,
    /// Themes in order.
    pub questionnaires: Vec<Questionnaire>,
    /// All questions, in the order they are asked.
    pub questions: Vec<Question>,
    /// Named conditions.
    pub facts: Vec<Fact>,
    /// Rules.
    pub obligations: Vec<Obligation>,
    /// Legal sources.
    pub references: Vec<Reference>,
    /// Actions.
    pub actions: Vec<Action>,
    /// What raises exposure.
    pub exposures: Vec<Exposure>,
    /// Rows of the record.
    pub processing_activities: Vec<ProcessingActivity>,
    /// Other words for them, where the answers call for these.
    pub variants: Vec<Variant>,
    /// What is said of them only where the answers bear it out.
    pub provisos: Vec<Proviso>,
    /// Third-party services.
    pub services: Vec<Service>,
    /// Verified sanctions.
    pub decisions: Vec<Decision>,
    /// Cross-checks.
    pub contradictions: Vec<Contradiction>,
    /// Documents.
    pub documents: Vec<Document>,
    #[serde(skip)]
    index: Index,
}

#[derive(Debug, Clone, Default)]
struct Index {
    questions: HashMap<String, usize>,
    facts: HashMap<String, usize>,
    obligations: HashMap<String, usize>,
    references: HashMap<String, usize>,
    actions: HashMap<String, usize>,
    services: HashMap<String, usize>,
    documents: HashMap<String, usize>,
}

fn index<T>(rows: &[T], id: impl Fn(&T) -> &str) -> HashMap<String, usize> {
    rows.iter()
        .enumerate()
        .map(|(at, row)| (id(row).to_owned(), at))
        .collect()
}

impl Catalogue {
    /// Rebuilds the look-up tables; call it once the lists are final.
    #[must_use]
    pub fn indexed(mut self) -> Self {
        let mut questions = index(&self.questions, |q| &q.id);
        for (at, question) in self.questions.iter().enumerate() {
            for alias in &question.aliases {
                questions.entry(alias.clone()).or_insert(at);
            }
        }
        let mut actions = index(&self.actions, |a| &a.id);
        for (at, action) in self.actions.iter().enumerate() {
            for alias in &action.aliases {
                actions.entry(alias.clone()).or_insert(at);
            }
        }
        self.index = Index {
            questions,
            facts: index(&self.facts, |f| &f.id),
            obligations: index(&self.obligations, |o| &o.id),
            references: index(&self.references, |r| &r.id),
            actions,
            services: index(&self.services, |s| &s.id),
            documents: index(&self.documents, |d| &d.id),
        };
        self
    }

    /// The question of this id, or of this former id.
    pub fn question(&self, id: &str) -> Option<&Question> {
        self.index.questions.get(id).map(|&at| &self.questions[at])
    }

    /// Rank of the question of this id, or of this former id.
    pub fn question_rank(&self, id: &str) -> Option<usize> {
        self.index.questions.get(id).copied()
    }

    /// The questionnaire of this id.
    pub fn questionnaire(&self, id: &str) -> Option<&Questionnaire> {
        self.questionnaires.iter().find(|q| q.id == id)
    }

    /// The named condition of this id.
    pub fn fact(&self, id: &str) -> Option<&Fact> {
        self.index.facts.get(id).map(|&at| &self.facts[at])
    }

    /// Rank of the named condition of this id.
    pub fn fact_rank(&self, id: &str) -> Option<usize> {
        self.index.facts.get(id).copied()
    }

    /// The references behind a question: its own, then those of its obligations, each once.
    pub fn references_of(&self, question: &Question) -> Vec<&Reference> {
        let obligations = question
            .obligations
            .iter()
            .filter_map(|id| self.obligation(id));
        let behind = obligations.flat_map(|obligation| &obligation.references);
        let mut references: Vec<&Reference> = Vec::new();
        for reference in question.references.iter().chain(behind) {
            if let Some(reference) = self.reference(reference)
                && !references.iter().any(|known| known.id == reference.id)
            {
                references.push(reference);
            }
        }
        references
    }

    /// The obligation of this id.
    pub fn obligation(&self, id: &str) -> Option<&Obligation> {
        self.index
            .obligations
            .get(id)
            .map(|&at| &self.obligations[at])
    }

    /// The reference of this id.
    pub fn reference(&self, id: &str) -> Option<&Reference> {
        self.index
            .references
            .get(id)
            .map(|&at| &self.references[at])
    }

    /// The action of this id, or of this former id.
    pub fn action(&self, id: &str) -> Option<&Action> {
        self.index.actions.get(id).map(|&at| &self.actions[at])
    }

    /// Verified decisions that illustrate a question through its obligations, or their twins.
    pub fn decisions_for(&self, question: &Question) -> Vec<&Decision> {
        let items = question.items.iter().flat_map(|item| &item.obligations);
        let rules = question.obligations.iter().chain(items);
        self.decisions_about(rules.map(String::as_str))
    }

    /// Verified decisions about rules: told to understand them, never to frighten, so the smallest
    /// amounts, those nearest to a small business, come first.
    pub fn decisions_about<'r>(&self, rules: impl Iterator<Item = &'r str>) -> Vec<&Decision> {
        let named: HashSet<&str> = rules.collect();
        let mut rules = named.clone();
        for obligation in &self.obligations {
            if let Some(twin) = &obligation.same_as {
                if named.contains(twin.as_str()) {
                    rules.insert(&obligation.id);
                } else if named.contains(obligation.id.as_str()) {
                    rules.insert(twin);
                }
            }
        }
        let mut decisions: Vec<&Decision> = self
            .decisions
            .iter()
            .filter(|d| d.obligations.iter().any(|id| rules.contains(id.as_str())))
            .collect();
        decisions.sort_by_key(|d| (d.amount.is_none(), d.amount, std::cmp::Reverse(d.date)));
        decisions
    }

    /// The service of this id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.index.services.get(id).map(|&at| &self.services[at])
    }

    /// The document of this id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.index.documents.get(id).map(|&at| &self.documents[at])
    }
}
