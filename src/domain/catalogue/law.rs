//! Rules, their sources, the sanctions that illustrate them, and cross-checks of answers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::domain::condition::Condition;
use crate::domain::validity::Validity;

/// Weight of a rule, from a criminal offence to a good habit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// Nature of a rule: what may be written « la loi impose », and what may not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Force {
    /// A binding text.
    Law,
    /// Guidelines or recommendations of an authority (CNIL, EDPB).
    SoftLaw,
    /// A habit without text.
    GoodPractice,
}

/// A rule of law or doctrine.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
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

/// A verified sanction.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Serialize, Deserialize)]
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
