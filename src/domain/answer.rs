//! Answers and the four ways of not answering.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// A number with two decimals at most, kept in hundredths so that equality is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Amount(
    /// Hundredths.
    pub i64,
);

impl fmt::Display for Amount {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, cents) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match cents {
            0 => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{cents:02}"),
        }
    }
}

/// Yes, no or don't know: the answer to one item of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tick {
    /// Oui.
    Yes,
    /// Non.
    No,
    /// Je ne sais pas.
    Unknown,
}

impl Tick {
    /// Stable word used in files, JSON and commands.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => "oui",
            Self::No => "non",
            Self::Unknown => "nsp",
        }
    }

    /// What users read.
    pub fn said(self) -> &'static str {
        match self {
            Self::Unknown => "je ne sais pas",
            tick => tick.word(),
        }
    }
}

/// What was answered, whatever the kind of the question.
///
/// The shape depends on the kind: `Text` for a choice (option id), a text, a date (ISO), an e-mail…;
/// `Set` for a multi or a catalogue; `Ticks` for a checklist; `Record` for an address; `List` for a
/// list, each entry being a record of canonical texts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One text, in canonical form.
    Text(String),
    /// One number.
    Number(Amount),
    /// Several ids, in the order of the catalogue.
    Set(Vec<String>),
    /// Items of a checklist; an absent item is not answered yet.
    Ticks(BTreeMap<String, Tick>),
    /// Named parts, such as those of a postal address.
    Record(BTreeMap<String, String>),
    /// Entries of a repeatable group.
    List(Vec<BTreeMap<String, String>>),
}

/// An answer or a deliberate non-answer; a question never touched has none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// A value.
    Value(Value),
    /// « Je ne sais pas ».
    Unknown,
    /// « Sans objet », with the reason given.
    NotApplicable {
        /// The reason, required when the severity is an obligation or higher.
        reason: String,
    },
    /// « Plus tard ».
    Later,
}

impl Answer {
    /// The value, if this is one.
    pub fn value(&self) -> Option<&Value> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    /// The text of a textual value.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Value(Value::Text(text)) => Some(text),
            _ => None,
        }
    }
}
