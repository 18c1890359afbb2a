//! Questionnaires and questions.

use serde::{Deserialize, Serialize};

use super::law::Severity;
use crate::domain::condition::Condition;
use crate::domain::validity::Validity;

/// How deep a question goes: `Essential` questions make a first diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// Asked in every assessment.
    Essential,
    /// Asked when the user wants the whole picture.
    Full,
}

/// Kind of answer a question expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One option among several.
    Choice,
    /// Items answered one by one: yes, no, don't know.
    Checklist,
    /// Any number of options, unscored facts.
    Multi,
    /// Free text.
    Text,
    /// A non-negative number, two decimals at most.
    Number,
    /// A calendar date.
    Date,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A web address.
    Url,
    /// Nine-digit company number.
    Siren,
    /// Fourteen-digit establishment number.
    Siret,
    /// European VAT number.
    Vat,
    /// A postal address.
    PostalAddress,
    /// Third-party services picked from the catalogue.
    Catalogue,
    /// A repeatable group of fields.
    List,
}

/// A theme of questions.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Questionnaire {
    /// Stable id, prefix of the ids of its questions.
    pub id: String,
    /// Title shown to the user.
    pub title: String,
    /// One sentence on what the theme covers.
    pub summary: String,
    /// Position among the themes.
    pub order: u32,
    /// Condition under which the whole theme applies.
    pub when: Option<Condition>,
    /// Documents handed over when the theme is finished.
    pub hands_over: Vec<String>,
    /// Indices into [`super::Catalogue::questions`], in order.
    pub questions: Vec<usize>,
}

/// A question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Question {
    /// Stable id, `module.slug`.
    pub id: String,
    /// Former ids, still accepted in old dossiers.
    pub aliases: Vec<String>,
    /// Id of the questionnaire it belongs to.
    pub questionnaire: String,
    /// Kind of answer expected.
    pub kind: Kind,
    /// The question itself.
    pub text: String,
    /// One sentence on why it is asked.
    pub why: String,
    /// Markdown help on how to check for oneself.
    pub help: String,
    /// An example of answer or situation.
    pub example: String,
    /// Advice to the person who runs a workshop.
    pub tip: String,
    /// Weight of the question; absent on unscored facts and on checklists (items carry it).
    pub severity: Option<Severity>,
    /// Depth of the question.
    pub depth: Depth,
    /// Obligations the question carries.
    pub obligations: Vec<String>,
    /// References behind it, besides those of its obligations.
    pub references: Vec<String>,
    /// Period during which it is asked.
    pub validity: Validity,
    /// Condition under which it is asked.
    pub when: Option<Condition>,
    /// Options of a choice or a multi.
    pub options: Vec<Choice>,
    /// Items of a checklist.
    pub items: Vec<Item>,
    /// Fields of a list.
    pub fields: Vec<Field>,
    /// Largest number of entries of a list.
    pub max_entries: Option<usize>,
    /// Where the entries of a list may name services the catalogue knows.
    pub known_services: Option<KnownServices>,
    /// Whom to ask when one does not know: « votre prestataire web ».
    pub ask: String,
    /// The words to use when asking.
    pub ask_words: String,
}

impl Question {
    /// The item of this id.
    pub fn item(&self, id: &str) -> Option<&Item> {
        self.items.iter().find(|item| item.id == id)
    }
}

/// What tells that an entry of a list is a service picked in another question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct KnownServices {
    /// The question where services are picked.
    pub picked: String,
    /// The field that holds the name of a service, or of who publishes it.
    pub name: String,
    /// The field its country fills when it is empty.
    pub country: String,
    /// Countries of the European Economic Area, as people write them: no safeguard is asked for there.
    pub eea: Vec<String>,
}

/// An option of a choice or multi question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Choice {
    /// Stable id within the question.
    pub id: String,
    /// What the user reads.
    pub label: String,
    /// Conformity in thousandths (0 to 1000); absent on unscored facts.
    pub conformity: Option<u16>,
    /// Actions that close the gap this option reveals.
    pub actions: Vec<String>,
    /// Whether it excludes the other options of a multi (« aucun »).
    pub exclusive: bool,
    /// Period during which the option is offered.
    pub validity: Validity,
}

/// An item of a checklist.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Item {
    /// Stable id within the question.
    pub id: String,
    /// The fact to confirm.
    pub text: String,
    /// Weight of the item.
    pub severity: Severity,
    /// Whether the compliant answer is yes (`true`) or no.
    pub expected: bool,
    /// Obligations the item carries.
    pub obligations: Vec<String>,
    /// References behind it.
    pub references: Vec<String>,
    /// Actions that close the gap.
    pub actions: Vec<String>,
    /// Period during which it is asked.
    pub validity: Validity,
    /// Condition under which it is asked.
    pub when: Option<Condition>,
    /// Whom to ask, where it is not the one the question names; empty otherwise.
    pub ask: String,
    /// The words to use when asking; empty with `ask`.
    pub ask_words: String,
}

/// A field of a list question.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Field {
    /// Stable id within the question.
    pub id: String,
    /// What the user reads.
    pub label: String,
    /// Kind of value; never a checklist, a list, a multi or a catalogue.
    pub kind: Kind,
    /// Whether an entry without it is incomplete.
    pub required: bool,
    /// Options when the kind is a choice.
    pub options: Vec<Choice>,
}

/// A named condition shared by several files.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Fact {
    /// Stable id.
    pub id: String,
    /// What the fact says, in French, used in explanations.
    pub label: String,
    /// The condition itself.
    pub when: Condition,
}
