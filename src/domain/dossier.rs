//! A dossier: what one business answered, and every change it went through.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use super::answer::Answer;
use super::processing::ActivityEdit;

/// Progress of an action.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    /// À faire.
    #[default]
    Todo,
    /// En cours.
    Doing,
    /// Fait.
    Done,
    /// Écarté, with a reason.
    Dismissed,
}

impl Status {
    /// Stable word used in files and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Todo => "a-faire",
            Self::Doing => "en-cours",
            Self::Done => "fait",
            Self::Dismissed => "ecarte",
        }
    }

    /// The status of this word.
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Todo, Self::Doing, Self::Done, Self::Dismissed]
            .into_iter()
            .find(|status| status.word() == word)
    }

    /// What the user reads.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Todo => "à faire",
            Self::Doing => "en cours",
            Self::Done => "fait",
            Self::Dismissed => "écarté",
        }
    }
}

/// What the owner decided about an action.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Tracking {
    /// Progress.
    pub status: Status,
    /// Why it was dismissed, when it was.
    pub reason: Option<String>,
    /// Who does it, when different from the catalogue.
    pub owner: Option<String>,
    /// Day chosen, when different from the suggestion.
    pub due: Option<Date>,
    /// Free note.
    pub note: Option<String>,
}

impl Tracking {
    /// Tells whether it says nothing more than the default.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

/// One change of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A question was answered, or its answer erased.
    Answer {
        /// Question id.
        question: String,
        /// New answer; `None` erases it.
        answer: Option<Answer>,
    },
    /// A note was written beside a question, or erased.
    Note {
        /// Question id.
        question: String,
        /// New text; `None` erases it.
        text: Option<String>,
    },
    /// The owner decided something about an action.
    Action {
        /// Action id.
        action: String,
        /// New decision; `None` goes back to the default.
        tracking: Option<Tracking>,
    },
    /// The owner wrote something about a processing activity.
    Activity {
        /// Activity id.
        activity: String,
        /// What the owner says of it now; `None` goes back to the catalogue, or removes what the
        /// owner added.
        edit: Option<ActivityEdit>,
    },
    /// The dossier was renamed.
    Rename {
        /// New name.
        name: String,
    },
    /// The dossier was assessed with this catalogue version.
    Assessed {
        /// Catalogue version.
        version: String,
    },
}

/// A change and when it was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Local date and time.
    pub at: DateTime,
    /// The change.
    pub change: Change,
}

/// What the keys of the private notes of a workshop start with; no question has such an id.
pub const PRIVATE_NOTE: &str = "atelier:";

/// What the last assessment saw: enough to tell what a newer catalogue changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastAssessment {
    /// Day whose law applied.
    pub on: Date,
    /// Score, if there was one.
    pub score: Option<u32>,
    /// Questions that applied, by id.
    pub questions: Vec<String>,
}

/// Facts, answers, notes, action statuses and history of one business.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Dossier {
    /// Name of the business, as the user typed it.
    pub name: String,
    /// Day the dossier was created.
    pub created: Date,
    /// Catalogue version of the last assessment.
    pub assessed_with: Option<String>,
    /// What that assessment saw; it follows from the rest, and is no part of the history.
    pub last: Option<LastAssessment>,
    /// Answers by question id.
    pub answers: BTreeMap<String, Answer>,
    /// Notes by question id.
    pub notes: BTreeMap<String, String>,
    /// Decisions by action id.
    pub actions: BTreeMap<String, Tracking>,
    /// What the owner wrote about processing activities, by activity id.
    pub activities: BTreeMap<String, ActivityEdit>,
    /// Every change, oldest first.
    pub history: Vec<Entry>,
}

impl Dossier {
    /// An empty dossier.
    pub fn new(name: impl Into<String>, created: Date) -> Self {
        Self {
            name: name.into(),
            created,
            ..Self::default()
        }
    }

    /// Applies a change, records it, and returns the change that undoes it.
    pub fn apply(&mut self, at: DateTime, change: Change) -> Change {
        let inverse = self.perform(change.clone());
        self.history.push(Entry { at, change });
        inverse
    }

    /// Applies a change without recording it; returns the change that undoes it.
    pub fn perform(&mut self, change: Change) -> Change {
        match change {
            Change::Answer { question, answer } => {
                let before = set(&mut self.answers, &question, answer);
                Change::Answer {
                    question,
                    answer: before,
                }
            }
            Change::Note { question, text } => {
                let before = set(&mut self.notes, &question, text.filter(|t| !t.is_empty()));
                Change::Note {
                    question,
                    text: before,
                }
            }
            Change::Action { action, tracking } => {
                let tracking = tracking.filter(|t| !t.is_default());
                let before = set(&mut self.actions, &action, tracking);
                Change::Action {
                    action,
                    tracking: before,
                }
            }
            Change::Activity { activity, edit } => {
                let edit = edit.filter(|edit| !edit.is_empty());
                let before = set(&mut self.activities, &activity, edit);
                Change::Activity {
                    activity,
                    edit: before,
                }
            }
            Change::Rename { name } => Change::Rename {
                name: std::mem::replace(&mut self.name, name),
            },
            Change::Assessed { version } => {
                // An empty version undoes the first assessment.
                let version = Some(version).filter(|version| !version.is_empty());
                let before = std::mem::replace(&mut self.assessed_with, version);
                Change::Assessed {
                    version: before.unwrap_or_default(),
                }
            }
        }
    }

    /// The dossier as it may be given to somebody: without the private notes of a workshop, nor the
    /// moments when they were written.
    #[must_use]
    pub fn without_private_notes(mut self) -> Self {
        let is_private = |key: &str| key.starts_with(PRIVATE_NOTE);
        self.notes.retain(|key, _| !is_private(key));
        self.history.retain(
            |entry| !matches!(&entry.change, Change::Note { question, .. } if is_private(question)),
        );
        self
    }

    /// The answer to a question, if it was touched.
    pub fn answer(&self, question: &str) -> Option<&Answer> {
        self.answers.get(question)
    }
}

/// Inserts or removes, and returns what was there.
fn set<V>(map: &mut BTreeMap<String, V>, key: &str, value: Option<V>) -> Option<V> {
    match value {
        Some(value) => map.insert(key.to_owned(), value),
        None => map.remove(key),
    }
}
