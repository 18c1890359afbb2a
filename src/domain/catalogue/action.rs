//! Actions, and what makes a gap more serious.

use serde::{Deserialize, Serialize};

use crate::domain::condition::Condition;
use crate::domain::validity::Validity;

/// Effort an action takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
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

/// Something to do, told unless the answers rule it out.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Step {
    /// What to do.
    pub say: String,
    /// What the answers must not deny.
    pub when: Option<Condition>,
}

impl Step {
    /// A step for everybody.
    pub fn always(say: String) -> Self {
        Self { say, when: None }
    }
}

/// What to do about one or several gaps.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
    /// First steps doable today: the first that suits the answers is proposed, the last suits everybody.
    pub first_step: Vec<Step>,
    /// All the steps.
    pub steps: Vec<Step>,
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

impl Action {
    /// All it may say to do, the first steps before the others.
    pub fn every_step(&self) -> impl Iterator<Item = &Step> {
        self.first_step.iter().chain(&self.steps)
    }
}

/// Something in the profile that makes gaps more serious.
#[derive(Debug, Clone, Serialize, Deserialize)]
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
