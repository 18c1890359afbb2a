//! Documents as the catalogue describes them: elements to cover and clauses that cover them.
//!
//! Rendering them is the job of `documents`; this file only says what they are made of.

use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::validity::Validity;

/// Whether an element must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Level {
    /// Required by a text whenever its condition holds.
    Mandatory,
    /// Recommended.
    Recommended,
}

/// A text generated from answers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Document {
    /// Stable id, also the base of file names.
    pub id: String,
    /// Title, also the main heading.
    pub title: String,
    /// Family: `site`, `reseaux`, `droits`, `fidelite-prospection`, `interne`, `restitution`.
    pub family: String,
    /// Where it stands among the others, in the order one uses them; those that do not say come last.
    pub order: u32,
    /// Condition under which the business needs it; absent means always.
    pub needed_when: Option<Condition>,
    /// Why it is needed, in one sentence.
    pub why_needed: String,
    /// Why it is not, in one sentence.
    pub why_not: String,
    /// Where to paste it, in Markdown.
    pub paste: String,
    /// Period during which the document is proposed.
    pub validity: Validity,
    /// What the document has to say.
    pub elements: Vec<Element>,
    /// What it says, in order.
    pub clauses: Vec<Clause>,
}

/// Something a document has to say, from the element tables of the legal dossiers.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Element {
    /// Stable id within the document.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Whether it must be there.
    pub level: Level,
    /// Contents of the record it is made of, « basis » being the legal ground: a blank about another one
    /// leaves it covered.
    pub parts: Vec<String>,
    /// Condition under which it must be there.
    pub when: Option<Condition>,
    /// Obligations behind it.
    pub obligations: Vec<String>,
    /// References behind it.
    pub references: Vec<String>,
    /// Period during which it must be there.
    pub validity: Validity,
}

/// A place that takes few characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Room {
    /// A line: so many characters.
    Line(u16),
    /// An SMS, of which the text may take so many of the 160 signs, the rest being for the owner.
    Sms(u16),
}

/// A passage of a document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Clause {
    /// Stable id within the document.
    pub id: String,
    /// Tera template over Markdown.
    pub body: String,
    /// Whether it is for the owner alone: shown, never part of what is pasted.
    pub private: bool,
    /// The narrow place it has to fit in, if any.
    pub room: Option<Room>,
    /// Elements it covers when it is there and has no blank.
    pub covers: Vec<String>,
    /// Condition under which it is there.
    pub when: Option<Condition>,
    /// Questions whose answers it states; a missing one leaves a visible blank.
    pub needs: Vec<String>,
    /// Obligations behind it.
    pub obligations: Vec<String>,
    /// References behind it.
    pub references: Vec<String>,
    /// Period during which it is there.
    pub validity: Validity,
}
