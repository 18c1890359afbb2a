//! A dossier seen through a catalogue on a given day: what applies, what is hidden, what was said.
//!
//! Hidden answers are kept in the dossier and ignored here: a condition that depends on a question
//! that does not apply, or is not in force on that day, is false whatever was once answered.

use std::cell::Cell;

use jiff::civil::Date;

use super::answer::{Answer, Tick, Value};
use super::catalogue::{Catalogue, Depth, Item, Kind, Question, Questionnaire};
use super::condition::{Condition, Truth};
use super::dossier::Dossier;

/// What a condition sees of an answer.
#[derive(Debug, Clone, Copy)]
pub enum Seen<'a> {
    /// The question does not apply: its answer is ignored.
    Hidden,
    /// Nothing was answered yet, or it is not known whether the question applies.
    Nothing,
    /// An answer, or a deliberate non-answer.
    Answer(&'a Answer),
}

/// A dossier, a catalogue and a day.
#[derive(Debug)]
pub struct View<'a> {
    catalogue: &'a Catalogue,
    dossier: &'a Dossier,
    date: Date,
    /// Whether each question applies, once computed.
    memo: Vec<Cell<Option<Truth>>>,
    /// Whether each named condition holds, once computed.
    facts: Vec<Cell<Option<Truth>>>,
}

impl<'a> View<'a> {
    /// Looks at a dossier on a day.
    pub fn new(catalogue: &'a Catalogue, dossier: &'a Dossier, date: Date) -> Self {
        Self {
            catalogue,
            dossier,
            date,
            memo: vec![Cell::new(None); catalogue.questions.len()],
            facts: vec![Cell::new(None); catalogue.facts.len()],
        }
    }

    /// The catalogue.
    pub fn catalogue(&self) -> &'a Catalogue {
        self.catalogue
    }

    /// The dossier.
    pub fn dossier(&self) -> &'a Dossier {
        self.dossier
    }

    /// The day.
    pub fn date(&self) -> Date {
        self.date
    }

    /// Tells whether a question applies: its theme, its condition and its dates, and for a checklist
    /// one item at least, since a list of nothing asks nothing.
    pub fn applies(&self, question: &Question) -> Truth {
        let Some(rank) = self.catalogue.question_rank(&question.id) else {
            return Truth::False;
        };
        if let Some(truth) = self.memo[rank].get() {
            return truth;
        }
        let truth = if question.validity.contains(self.date) {
            let theme = self.catalogue.questionnaire(&question.questionnaire);
            theme
                .map_or(Truth::True, |theme| self.theme_applies(theme))
                .and(self.holds(question.when.as_ref()))
                .and(self.has_something_to_ask(question))
        } else {
            Truth::False
        };
        self.memo[rank].set(Some(truth));
        truth
    }

    /// Tells whether a checklist has an item to tick; any other question asks something by itself.
    fn has_something_to_ask(&self, question: &Question) -> Truth {
        if question.kind != Kind::Checklist {
            return Truth::True;
        }
        let mut truth = Truth::False;
        for item in &question.items {
            truth = truth.or(self.item_applies(item));
            if truth.is_true() {
                break;
            }
        }
        truth
    }

    /// Tells whether a theme applies.
    pub fn theme_applies(&self, questionnaire: &Questionnaire) -> Truth {
        self.holds(questionnaire.when.as_ref())
    }

    /// Tells whether an item of a question applies, the question itself put aside.
    pub fn item_applies(&self, item: &Item) -> Truth {
        if item.validity.contains(self.date) {
            self.holds(item.when.as_ref())
        } else {
            Truth::False
        }
    }

    /// The same for an item known by its id; an unknown item does not apply.
    pub fn item_truth(&self, question: &str, item: &str) -> Truth {
        let question = self.catalogue.question(question);
        let item = question.and_then(|question| question.items.iter().find(|i| i.id == item));
        item.map_or(Truth::False, |item| self.item_applies(item))
    }

    /// Tells whether a named condition holds; an unknown name is never true.
    pub fn fact(&self, id: &str) -> Truth {
        let Some(rank) = self.catalogue.fact_rank(id) else {
            return Truth::Unknown;
        };
        if let Some(truth) = self.facts[rank].get() {
            return truth;
        }
        let truth = self.catalogue.facts[rank].when.evaluate(self);
        self.facts[rank].set(Some(truth));
        truth
    }

    /// Evaluates an optional condition; none is true.
    pub fn holds(&self, condition: Option<&Condition>) -> Truth {
        condition.map_or(Truth::True, |condition| condition.evaluate(self))
    }

    /// What a condition sees of the answer to a question.
    pub fn seen(&self, question: &str) -> Seen<'a> {
        let Some(question) = self.catalogue.question(question) else {
            return Seen::Hidden;
        };
        match self.applies(question) {
            Truth::False => Seen::Hidden,
            Truth::Unknown => Seen::Nothing,
            Truth::True => match self.recorded(question) {
                None | Some(Answer::Later) => Seen::Nothing,
                Some(answer) => Seen::Answer(answer),
            },
        }
    }

    /// The recorded answer of a question, under its id or a former one, hidden or not.
    pub fn recorded(&self, question: &Question) -> Option<&'a Answer> {
        self.dossier.answer(&question.id).or_else(|| {
            question
                .aliases
                .iter()
                .find_map(|alias| self.dossier.answer(alias))
        })
    }

    /// The value of an applicable question, if one was given.
    pub fn value(&self, question: &str) -> Option<&'a Value> {
        match self.seen(question) {
            Seen::Answer(answer) => answer.value(),
            Seen::Hidden | Seen::Nothing => None,
        }
    }

    /// Questions to ask, in order: those that certainly apply, down to a depth.
    pub fn asked(&self, depth: Depth) -> impl Iterator<Item = &'a Question> + '_ {
        self.catalogue
            .questions
            .iter()
            .filter(move |q| q.depth <= depth && self.applies(q).is_true())
    }

    /// Items of a checklist that certainly apply, in order.
    pub fn items<'q>(&'q self, question: &'q Question) -> impl Iterator<Item = &'q Item> + 'q {
        question
            .items
            .iter()
            .filter(|item| self.item_applies(item).is_true())
    }

    /// Tells whether a question needs nothing more: answered in full, or set aside for good.
    pub fn is_settled(&self, question: &Question) -> bool {
        match self.recorded(question) {
            None | Some(Answer::Later) => false,
            Some(Answer::Value(Value::Ticks(ticks))) => self
                .items(question)
                .all(|item| ticks.contains_key(&item.id)),
            Some(Answer::Value(_) | Answer::Unknown | Answer::NotApplicable { .. }) => true,
        }
    }

    /// Tells whether a question has an answer, be it in part; one put off has none.
    pub fn is_begun(&self, question: &Question) -> bool {
        !matches!(self.recorded(question), None | Some(Answer::Later))
    }

    /// The tick of an item, when its question was answered.
    pub fn tick(&self, question: &Question, item: &Item) -> Option<Tick> {
        match self.recorded(question)? {
            Answer::Value(Value::Ticks(ticks)) => ticks.get(&item.id).copied(),
            Answer::Unknown => Some(Tick::Unknown),
            _ => None,
        }
    }
}
