//! The catalogue: everything the program knows about questions, law and actions.
//!
//! These types are what remains once the content files have been read and checked as a whole;
//! nothing here can name an id that does not exist. Loading them is the job of `content`.

use std::collections::HashMap;

use jiff::civil::Date;
use serde::Serialize;

use super::condition::Condition;
use super::document::Document;
use super::validity::Validity;

/// Weight of a rule, from a criminal offence to a good habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Criminal offence, visible breach or strong harm to people.
    Critical,
    /// Breach regularly raised by the regulators.
    Obligation,
    /// Recommended by an authority, not required by a binding text.
    Recommendation,
    /// A good habit.
    GoodPractice,
}

impl Severity {
    /// Weight `g` of an item of this severity in the score.
    pub fn weight(self) -> u32 {
        match self {
            Self::Critical => 8,
            Self::Obligation => 4,
            Self::Recommendation => 2,
            Self::GoodPractice => 1,
        }
    }
}

/// How deep a question goes: `Essential` questions make a first diagnosis.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Depth {
    /// Asked in every assessment.
    Essential,
    /// Asked when the user wants the whole picture.
    Full,
}

/// Nature of a rule: what may be written « la loi impose », and what may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// A binding text.
    Law,
    /// Guidelines or recommendations of an authority (CNIL, EDPB).
    SoftLaw,
    /// A habit without text.
    GoodPractice,
}

/// Kind of answer a question expects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
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
#[derive(Debug, Clone)]
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
    /// Indices into [`Catalogue::questions`], in order.
    pub questions: Vec<usize>,
}

/// A question.
#[derive(Debug, Clone)]
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
    /// Whom to ask when one does not know: « votre prestataire web ».
    pub ask: String,
    /// The words to use when asking.
    pub ask_words: String,
}

/// An option of a choice or multi question.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
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
}

/// A field of a list question.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone)]
pub struct Fact {
    /// Stable id.
    pub id: String,
    /// What the fact says, in French, used in explanations.
    pub label: String,
    /// The condition itself.
    pub when: Condition,
}

/// A rule of law or doctrine.
#[derive(Debug, Clone)]
pub struct Obligation {
    /// Stable id, the one of the legal dossiers.
    pub id: String,
    /// The rule in plain words.
    pub title: String,
    /// Weight of the rule.
    pub severity: Severity,
    /// Nature of the rule.
    pub force: Force,
    /// References behind it.
    pub references: Vec<String>,
    /// Period during which it is in force.
    pub validity: Validity,
    /// Obligation that says the same thing under another id.
    pub same_as: Option<String>,
    /// Why nothing carries it, when it is left out on purpose.
    pub left_out: Option<String>,
    /// What is not established about it, shown as such.
    pub caution: Option<String>,
}

/// A dated legal source.
#[derive(Debug, Clone, Serialize)]
pub struct Reference {
    /// Stable id.
    pub id: String,
    /// Short title, as cited.
    pub title: String,
    /// Nature of the source.
    pub force: Force,
    /// Where to read it.
    pub url: Option<String>,
    /// Period during which this version applies.
    #[serde(flatten)]
    pub validity: Validity,
    /// Day it was last checked.
    pub checked_on: Date,
    /// Day by which it must be checked again.
    pub review_by: Date,
    /// Whether the text itself was read (`true`) or known through a secondary source.
    pub read: bool,
    /// What is not established about it.
    pub note: Option<String>,
}

/// Effort an action takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Effort {
    /// A quarter of an hour at most.
    XS,
    /// An hour at most.
    S,
    /// Half a day at most.
    M,
    /// Two days at most.
    L,
    /// Needs a provider.
    XL,
}

impl Effort {
    /// Divisor of the priority.
    pub fn cost(self) -> u32 {
        match self {
            Self::XS => 1,
            Self::S => 2,
            Self::M => 3,
            Self::L => 5,
            Self::XL => 8,
        }
    }

    /// What the user reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::XS => "15 minutes au plus",
            Self::S => "1 heure au plus",
            Self::M => "une demi-journée au plus",
            Self::L => "2 jours au plus",
            Self::XL => "avec un prestataire",
        }
    }
}

/// Who carries an action out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Owner {
    /// The business owner.
    Dirigeant,
    /// The web provider.
    PrestataireWeb,
    /// The accountant.
    Comptable,
    /// A lawyer.
    Avocat,
}

impl Owner {
    /// What the user reads.
    pub fn label(self) -> &'static str {
        match self {
            Self::Dirigeant => "dirigeant",
            Self::PrestataireWeb => "prestataire web",
            Self::Comptable => "comptable",
            Self::Avocat => "avocat",
        }
    }
}

/// What to do about one or several gaps.
#[derive(Debug, Clone)]
pub struct Action {
    /// Stable id.
    pub id: String,
    /// Former ids.
    pub aliases: Vec<String>,
    /// Imperative title.
    pub title: String,
    /// Whether it consists in stopping something.
    pub stop: bool,
    /// Effort without help.
    pub effort: Effort,
    /// Effort when the document that does it is generated.
    pub effort_with_document: Option<Effort>,
    /// Who carries it out.
    pub owner: Owner,
    /// A first step doable today.
    pub first_step: String,
    /// All the steps.
    pub steps: Vec<String>,
    /// What to keep as proof.
    pub proof: String,
    /// Documents that do it.
    pub documents: Vec<String>,
    /// Actions to do before this one.
    pub after: Vec<String>,
    /// Suggested delay, in days.
    pub due_days: u32,
    /// Obligations it serves.
    pub obligations: Vec<String>,
    /// References behind it.
    pub references: Vec<String>,
    /// Period during which it is proposed.
    pub validity: Validity,
    /// Condition under which it is proposed.
    pub when: Option<Condition>,
}

/// Something in the profile that makes gaps more serious.
#[derive(Debug, Clone)]
pub struct Exposure {
    /// Stable id.
    pub id: String,
    /// Condition on the answers.
    pub when: Condition,
    /// What it adds to 1.0, in thousandths.
    pub add: u16,
    /// The reason printed beside the figure.
    pub reason: String,
}

/// A row of the record of processing activities (GDPR, article 30).
#[derive(Debug, Clone, Serialize)]
pub struct ProcessingActivity {
    /// Stable id.
    pub id: String,
    /// Title of the row.
    pub title: String,
    /// What the data is used for, as a verb phrase: « répondre à votre demande ».
    pub purpose: String,
    /// Article 6 ground: `consent`, `contract`, `legal-obligation`, `legitimate-interest`, …
    pub legal_basis: LegalBasis,
    /// The interest pursued, when the ground is legitimate interest.
    pub legitimate_interest: Option<String>,
    /// Categories of data.
    pub data: Vec<String>,
    /// Persons concerned.
    pub persons: String,
    /// Categories of recipients.
    pub recipients: Vec<String>,
    /// Questions whose picked services are recipients too.
    pub recipients_from: Vec<String>,
    /// Where the data comes from when not from the person.
    pub source: Option<String>,
    /// Retention in active use.
    pub retention: String,
    /// What happens afterwards: archive or deletion.
    pub archive: String,
    /// Where the retention comes from.
    pub retention_source: String,
    /// Security measures.
    pub security: Vec<String>,
    /// Forms that collect the data: `contact`, `newsletter`, …
    pub forms: Vec<String>,
    /// Fields the person must fill in.
    pub mandatory: Vec<String>,
    /// What happens when a mandatory field is left out.
    pub consequence: Option<String>,
    /// Obligations it serves.
    pub obligations: Vec<String>,
    /// References behind it.
    pub references: Vec<String>,
    /// Period during which it is described so.
    #[serde(flatten)]
    pub validity: Validity,
    /// Condition under which the business does it.
    #[serde(skip)]
    pub when: Option<Condition>,
}

/// Ground of a processing activity (GDPR, article 6, 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LegalBasis {
    /// a. consent.
    Consent,
    /// b. contract or steps before a contract.
    Contract,
    /// c. legal obligation.
    LegalObligation,
    /// d. vital interests.
    VitalInterests,
    /// e. public interest.
    PublicInterest,
    /// f. legitimate interests.
    LegitimateInterest,
}

/// A third-party service or tracker.
#[derive(Debug, Clone, Serialize)]
pub struct Service {
    /// Stable id.
    pub id: String,
    /// Name users know.
    pub name: String,
    /// Legal publisher.
    pub publisher: String,
    /// Country, in words.
    pub country: String,
    /// Whether data may leave the European Economic Area; `None` when not established.
    pub transfer: Option<bool>,
    /// Category: `mesure-audience`, `publicite`, `video`, …
    pub category: String,
    /// Whether its trackers need consent.
    pub consent: Consent,
    /// Why.
    pub reason: String,
    /// What to do.
    pub remedy: String,
    /// Known cookies.
    pub cookies: Vec<String>,
    /// Domains called.
    pub domains: Vec<String>,
    /// Where the facts come from.
    pub source: String,
    /// Whether the essential facts were checked.
    pub verified: bool,
}

/// Whether a service needs the visitor's prior consent (LIL, article 82).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Prior consent.
    Required,
    /// Exempt under conditions.
    Conditional,
    /// Nothing is read or written on the device.
    None,
}

/// A verified sanction.
#[derive(Debug, Clone, Serialize)]
pub struct Decision {
    /// Stable id.
    pub id: String,
    /// Who was sanctioned, as published.
    pub who: String,
    /// Day of the decision.
    pub date: Date,
    /// Amount in euros, if any.
    pub amount: Option<u64>,
    /// What was sanctioned, in plain words.
    pub facts: String,
    /// What to learn from it.
    pub lesson: String,
    /// Obligations it illustrates.
    pub obligations: Vec<String>,
    /// Where it is published.
    pub source: String,
}

/// Two answers that cannot both be true.
#[derive(Debug, Clone)]
pub struct Contradiction {
    /// Stable id.
    pub id: String,
    /// Condition that reveals it.
    pub when: Condition,
    /// What the user reads.
    pub message: String,
    /// The questions to look at again.
    pub questions: Vec<String>,
}

/// The whole catalogue.
#[derive(Debug, Clone, Default)]
pub struct Catalogue {
    /// Version of the content, a date.
    pub version: String,
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
    /// Third-party services.
    pub services: Vec<Service>,
    /// Verified sanctions.
    pub decisions: Vec<Decision>,
    /// Cross-checks.
    pub contradictions: Vec<Contradiction>,
    /// Documents.
    pub documents: Vec<Document>,
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

    /// The service of this id.
    pub fn service(&self, id: &str) -> Option<&Service> {
        self.index.services.get(id).map(|&at| &self.services[at])
    }

    /// The document of this id.
    pub fn document(&self, id: &str) -> Option<&Document> {
        self.index.documents.get(id).map(|&at| &self.documents[at])
    }
}
