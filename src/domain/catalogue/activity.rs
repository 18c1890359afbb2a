//! Processing activities and third-party services.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::domain::condition::Condition;
use crate::domain::processing::Part;
use crate::domain::validity::Validity;

/// A row of the record of processing activities (GDPR, article 30).
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// How it is sorted out; nothing when its author left that to the owner.
    pub sorting: Option<Sorting>,
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
    pub validity: Validity,
    /// Condition under which the business does it.
    pub when: Option<Condition>,
}

/// How the data of an activity is sorted out, once it has been kept long enough.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Sorting {
    /// When: a month first, if it comes back every year.
    pub when: String,
    /// Where to look.
    pub place: String,
    /// What makes the duration start.
    pub start: String,
    /// What to do; the fate the activity gives its data when nothing is said.
    pub gesture: Option<String>,
    /// Whether the duration to hold is that of the archive.
    pub archived: bool,
}

/// Words that take the place of those of activities where the answers certainly call for them: a shop
/// that delivers nothing has no carrier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Variant {
    /// Activities it is about.
    pub activities: Vec<String>,
    /// What must certainly hold.
    pub when: Condition,
    /// Contents, as lists of items.
    pub texts: BTreeMap<Part, Vec<String>>,
    /// Where the retention comes from, when that differs too.
    pub retention_source: Option<String>,
}

/// Contents that are said only where answers bear them out, and are blanks otherwise: a duration
/// nobody keeps, an agreement nobody asked for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Proviso {
    /// Activities it is about.
    pub activities: Vec<String>,
    /// Contents that depend on it.
    pub parts: Vec<Part>,
    /// Whether the legal ground depends on it.
    pub basis: bool,
    /// What must certainly hold for them to be said; nothing when no answer can tell.
    pub when: Option<Condition>,
    /// Question whose answer is awaited; the record itself when none is asked.
    pub question: Option<String>,
    /// Words of the blank.
    pub blank: String,
}

/// Ground of a processing activity (GDPR, article 6, 1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
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

impl LegalBasis {
    /// Its key among the contents of the record.
    pub const KEY: &'static str = "basis";

    /// Every ground, in the order of the article.
    pub const ALL: [Self; 6] = [
        Self::Consent,
        Self::Contract,
        Self::LegalObligation,
        Self::VitalInterests,
        Self::PublicInterest,
        Self::LegitimateInterest,
    ];

    /// Stable word used in files, templates and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Contract => "contract",
            Self::LegalObligation => "legal-obligation",
            Self::VitalInterests => "vital-interests",
            Self::PublicInterest => "public-interest",
            Self::LegitimateInterest => "legitimate-interest",
        }
    }

    /// The ground of a word, or of what users read, accents and capitals aside.
    pub fn named(text: &str) -> Option<Self> {
        let fold = |text: &str| -> String {
            text.nfd()
                .filter(|c| !is_combining_mark(*c))
                .flat_map(char::to_lowercase)
                .map(|c| if c.is_alphanumeric() { c } else { ' ' })
                .collect()
        };
        let wanted = fold(text.trim());
        Self::ALL.into_iter().find(|basis| {
            [basis.word(), basis.label()]
                .iter()
                .any(|name| fold(name) == wanted)
        })
    }

    /// What users read.
    pub fn label(self) -> &'static str {
        match self {
            Self::Consent => "consentement",
            Self::Contract => "contrat",
            Self::LegalObligation => "obligation légale",
            Self::VitalInterests => "intérêts vitaux",
            Self::PublicInterest => "mission d'intérêt public",
            Self::LegitimateInterest => "intérêt légitime",
        }
    }
}

/// A third-party service or tracker.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// Day of the newest source it rests on.
    pub checked_on: Date,
    /// Day it should be read again.
    pub review_by: Date,
    /// Whether the essential facts were checked.
    pub verified: bool,
}

/// Whether a service needs the visitor's prior consent (LIL, article 82).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Consent {
    /// Prior consent.
    Required,
    /// Exempt under conditions.
    Conditional,
    /// Nothing is read or written on the device.
    None,
}
