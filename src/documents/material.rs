//! What the clauses of documents may say of one dossier, written the French way.
//!
//! Only the questions, conditions and activities the clauses cite are prepared, as the domain sees
//! them: the answer to a question that does not apply is ignored.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Mutex, MutexGuard};

use super::activity;
use super::blank::{self, Blank};
use super::escape::clean;
use super::french;
use super::named;
use super::scan::Scan;
use super::vocabulary;
use crate::domain::answer::{Answer, Value};
use crate::domain::catalogue::{Consent, Field, Kind, Question, Service};
use crate::domain::condition::Condition;
use crate::domain::processing;
use crate::domain::typography;
use crate::domain::view::{Seen, View};

/// Row of a list, by name of field.
pub(super) type Row = BTreeMap<String, String>;

/// What is known of one question.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The value as a reader expects it; nothing when there is none.
    pub(super) text: Option<String>,
    /// Stable ids: option of a choice, options of a multi, services picked.
    pub(super) ids: Vec<String>,
    /// Entries of a list; nothing when there is no value.
    pub(super) entries: Option<Vec<BTreeMap<String, String>>>,
    /// Services picked, as rows.
    pub(super) services: Vec<Row>,
    /// Services that entries name: see [`named`].
    pub(super) named: Vec<String>,
    /// Fields of a list.
    pub(super) fields: Vec<Field>,
    /// Kind of the question.
    pub(super) kind: Option<Kind>,
    /// The question itself, to word a blank: see [`question_label`].
    pub(super) label: String,
    /// Tells whether the question was answered « sans objet », or is not asked.
    pub(super) is_irrelevant: bool,
    /// Tells whether it is not asked: no answer to it can fill a blank.
    pub(super) is_hidden: bool,
    /// The question to answer first, while it is not known whether this one is asked.
    pub(super) first: Option<String>,
}

/// A processing activity the business has.
#[derive(Debug)]
pub(super) struct Activity {
    /// Fields, by name.
    pub(super) row: Row,
    /// Forms that collect its data.
    pub(super) forms: Vec<String>,
    /// Stays in the record, off the privacy page.
    pub(super) is_internal: bool,
}

/// An activity that may or may not be there, and the question that tells.
#[derive(Debug)]
pub(super) struct Uncertain {
    /// Question that tells.
    pub(super) question: String,
    /// Its words.
    pub(super) label: String,
    /// Forms that would collect its data.
    pub(super) forms: Vec<String>,
}

/// Why a person fills a blank whose question is not asked.
const NOT_ASKED: &str =
    "la question ne se pose pas d’après vos réponses\u{202f}; écrivez-le dans le texte";

/// Everything the functions of the templates read.
#[derive(Debug)]
pub(super) struct Material {
    /// Questions cited.
    pub(super) questions: HashMap<String, Known>,
    /// Named conditions cited that certainly hold.
    pub(super) facts: BTreeSet<String>,
    /// Activities the business certainly has.
    pub(super) activities: Vec<Activity>,
    /// Activities the owner says do not take place, and why.
    pub(super) declined: Vec<Row>,
    /// Activities it may have.
    pub(super) uncertain: Vec<Uncertain>,
    /// Date of the document, in words.
    pub(super) date: String,
    blanks: Mutex<Vec<Blank>>,
}

impl Material {
    /// Prepares what these bodies cite.
    pub(super) fn new<'s>(view: &View<'_>, scans: impl IntoIterator<Item = &'s Scan>) -> Self {
        let catalogue = view.catalogue();
        let mut cited = BTreeSet::new();
        let mut facts = BTreeSet::new();
        let mut with_activities = false;
        for call in scans.into_iter().flat_map(|scan| &scan.calls) {
            cited.extend(
                ["q", "sinon", "sauf"]
                    .iter()
                    .filter_map(|name| Some(call.argument(name)?.0)),
            );
            cited.extend(vocabulary::hidden_questions(&call.name));
            facts.extend(call.argument("fait").map(|(id, _)| id));
            with_activities |= vocabulary::reads_activities(&call.name);
        }
        let questions = cited
            .into_iter()
            .filter_map(|id| {
                catalogue
                    .question(id)
                    .map(|q| (id.to_owned(), known(view, q)))
            })
            .collect();
        let holds = |id: &&str| {
            catalogue
                .fact(id)
                .is_some_and(|fact| fact.when.evaluate(view).is_true())
        };
        let mut material = Self {
            questions,
            facts: facts.into_iter().filter(holds).map(str::to_owned).collect(),
            activities: Vec::new(),
            declined: Vec::new(),
            uncertain: Vec::new(),
            date: french::date(view.date()),
            blanks: Mutex::default(),
        };
        if with_activities {
            material.gather(view);
        }
        material
    }

    fn gather(&mut self, view: &View<'_>) {
        for standing in processing::standing(view) {
            let forms = standing
                .model
                .map_or(&[][..], |model| &model.forms)
                .to_vec();
            if let Some(reason) = standing.declined() {
                let title = standing.title();
                let reason = clean(reason);
                self.declined
                    .push(row([("titre", title), ("raison", reason)]));
            } else if standing.truth.is_true() {
                let row = activity::row_of(&standing, view, self);
                self.activities.push(Activity {
                    row,
                    forms,
                    is_internal: standing.is_internal(),
                });
            } else {
                let when = standing.model.and_then(|model| model.when.as_ref());
                let question = when.and_then(|when| missing(view, when));
                self.uncertain.extend(question.map(|question| Uncertain {
                    question: question.id.clone(),
                    label: answer_label(question),
                    forms,
                }));
            }
        }
    }

    /// Stand-in of a blank.
    pub(super) fn blank(&self, question: &str, field: Option<&str>, label: &str) -> String {
        let field = field.map_or_else(
            || question.to_owned(),
            |field| format!("{question}.{field}"),
        );
        let known = self.questions.get(question);
        let first = known.and_then(|known| known.first.as_deref());
        let is_hidden = known.is_some_and(|known| known.is_hidden);
        self.give(Blank {
            field,
            question: first.unwrap_or(question).to_owned(),
            label: typography::french(label),
            by_hand: is_hidden.then(|| NOT_ASKED.to_owned()),
            part: None,
        })
    }

    /// Stand-in of a blank that no answer fills: the owner does, in the text, for this reason.
    pub(super) fn blank_by_hand(&self, question: &str, label: &str, reason: &str) -> String {
        let label = typography::french(label);
        self.give(Blank {
            field: format!("{question}:{label}"),
            question: question.to_owned(),
            label,
            by_hand: Some(typography::french(reason)),
            part: None,
        })
    }

    /// Stand-in of this blank.
    pub(super) fn give(&self, blank: Blank) -> String {
        // Nothing panics while the lock is held, so that it is never poisoned.
        let mut blanks = self.blanks();
        let at = blanks
            .iter()
            .position(|known| *known == blank)
            .unwrap_or_else(|| {
                blanks.push(blank);
                blanks.len() - 1
            });
        blank::stand_in(at)
    }

    /// Tells whether an activity these tags read may still appear, or that of a form is missing.
    pub(super) fn awaits(&self, scan: &Scan) -> bool {
        let calls = scan.calls.iter();
        let mut read = calls.filter(|call| vocabulary::reads_activities(&call.name));
        read.any(|call| {
            let form = call.argument("formulaire").map(|(form, _)| form);
            let is_wanted = |forms: &[String]| matches_form(forms, form);
            let mut known = self.activities.iter();
            let mut uncertain = self.uncertain.iter();
            uncertain.any(|activity| is_wanted(&activity.forms))
                || form.is_some() && !known.any(|activity| is_wanted(&activity.forms))
        })
    }

    /// Every blank given out so far. None can be given out while this is held.
    pub(super) fn blanks(&self) -> MutexGuard<'_, Vec<Blank>> {
        self.blanks
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Tells whether one of these forms is the wanted one, if any is.
pub(super) fn matches_form(forms: &[String], wanted: Option<&str>) -> bool {
    wanted.is_none_or(|form| forms.iter().any(|known| known == form))
}

/// The answer that decides whether something has to be said.
pub(super) fn answer_label(question: &Question) -> String {
    format!("la réponse à {}", typography::quoted(&question.text))
}

/// The words of a question, as a blank shows them: « quel est votre numéro SIREN ».
pub(super) fn question_label(text: &str) -> String {
    let text = typography::french(text);
    let mut chars = text.chars();
    let head: String = chars
        .next()
        .into_iter()
        .flat_map(char::to_lowercase)
        .collect();
    head + chars.as_str()
}

/// How far conditions are followed into one another.
const DEPTH: u8 = 8;

/// The first question a condition waits for, through the conditions of the questions it cites.
pub(super) fn missing<'c>(view: &View<'c>, when: &Condition) -> Option<&'c Question> {
    awaited(view, when, DEPTH)
}

fn awaited<'c>(view: &View<'c>, when: &Condition, depth: u8) -> Option<&'c Question> {
    let catalogue = view.catalogue();
    when.questions(catalogue).into_iter().find_map(|id| {
        let question = catalogue.question(id)?;
        match view.seen(id) {
            Seen::Hidden => None,
            Seen::Answer(Answer::Unknown) => Some(question),
            // A checklist may be answered in part.
            Seen::Answer(answer) => {
                matches!(answer, Answer::Value(Value::Ticks(_))).then_some(question)
            }
            Seen::Nothing if view.applies(question).is_true() => Some(question),
            Seen::Nothing => opening(view, question, depth.checked_sub(1)?),
        }
    })
}

/// The question to answer first, while it is not known whether this one is asked.
fn opening<'c>(view: &View<'c>, question: &Question, depth: u8) -> Option<&'c Question> {
    if view.applies(question).is_true() {
        return None;
    }
    let theme = view.catalogue().questionnaire(&question.questionnaire);
    let theme = theme.and_then(|theme| theme.when.as_ref());
    let mut conditions = theme.into_iter().chain(&question.when);
    conditions.find_map(|when| awaited(view, when, depth))
}

/// What is known of a question.
pub(super) fn known(view: &View<'_>, question: &Question) -> Known {
    let mut known = Known {
        fields: question.fields.clone(),
        kind: Some(question.kind),
        label: question.text.clone(),
        ..Known::default()
    };
    match view.seen(&question.id) {
        Seen::Answer(Answer::Value(value)) => fill(&mut known, view, question, value),
        Seen::Answer(Answer::NotApplicable { .. }) => known.is_irrelevant = true,
        Seen::Hidden => (known.is_irrelevant, known.is_hidden) = (true, true),
        Seen::Answer(Answer::Unknown | Answer::Later) => {}
        Seen::Nothing => known.first = opening(view, question, DEPTH).map(|first| first.id.clone()),
    }
    known.text = known.text.filter(|text| !text.is_empty());
    known
}

fn fill(known: &mut Known, view: &View<'_>, question: &Question, value: &Value) {
    match value {
        Value::Text(id) if question.kind == Kind::Choice => {
            known.text = Some(typography::french(french::option(question, id)));
            known.ids = vec![id.clone()];
        }
        Value::Text(text) => known.text = Some(clean(&french::simple(question.kind, text))),
        Value::Number(number) => known.text = Some(french::amount(*number)),
        Value::Set(ids) if question.kind == Kind::Catalogue => {
            let picked: Vec<&Service> = ids
                .iter()
                .filter_map(|id| view.catalogue().service(id))
                .collect();
            let names: Vec<_> = picked.iter().map(|service| service.name.clone()).collect();
            known.text = Some(french::list(&names));
            known.services = picked.iter().map(|service| service_row(service)).collect();
            known.ids.clone_from(ids);
        }
        Value::Set(ids) => {
            let labels: Vec<_> = ids
                .iter()
                .map(|id| typography::french(french::option(question, id)))
                .collect();
            known.text = Some(french::list(&labels));
            known.ids.clone_from(ids);
        }
        Value::Record(parts) => known.text = Some(clean(&french::address(parts))),
        Value::List(entries) => {
            let (entries, ids) = named::name(view, question, entries);
            known.entries = Some(entries);
            known.named = ids;
        }
        Value::Ticks(_) => {}
    }
}

fn service_row(service: &Service) -> Row {
    let accord = match service.consent {
        Consent::Required => "required",
        Consent::Conditional => "conditional",
        Consent::None => "none",
    };
    let abroad = match service.transfer {
        Some(true) => "oui",
        Some(false) => "non",
        None => "",
    };
    row([
        ("id", service.id.clone()),
        ("nom", service.name.clone()),
        ("editeur", service.publisher.clone()),
        ("pays", typography::french(&service.country)),
        ("categorie", service.category.clone()),
        ("raison", typography::french(&service.reason)),
        ("remede", typography::french(&service.remedy)),
        ("accord", accord.to_owned()),
        ("cookies", service.cookies.join(", ")),
        ("domaines", service.domains.join(", ")),
        ("hors_eee", abroad.to_owned()),
        ("releve", french::date(service.checked_on)),
        (
            "confirme",
            if service.verified { "oui" } else { "non" }.to_owned(),
        ),
    ])
}

/// A row from its fields.
pub(super) fn row<const N: usize>(fields: [(&str, String); N]) -> Row {
    fields
        .into_iter()
        .map(|(name, text)| (name.to_owned(), text))
        .collect()
}
