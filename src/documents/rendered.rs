//! What rendering gives: the text, and the proof of what it says.

use std::borrow::Cow;
use std::ops::Range;

use serde::Serialize;

use super::blank::{self, Blank};
use crate::domain::answer::Tick;
use crate::domain::condition::Truth;
use crate::domain::document::Level;

/// Yes, no, or an answer is missing to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Needed {
    /// Needed.
    Yes,
    /// Not needed.
    No,
    /// An answer is missing to tell.
    Undetermined,
}

impl From<Truth> for Needed {
    fn from(truth: Truth) -> Self {
        match truth {
            Truth::True => Self::Yes,
            Truth::False => Self::No,
            Truth::Unknown => Self::Undetermined,
        }
    }
}

impl Needed {
    /// Stable word, also shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Yes => Tick::Yes.word(),
            Self::No => Tick::No.word(),
            Self::Undetermined => "à déterminer",
        }
    }
}

/// A document generated for one business on one day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Rendered {
    /// Stable id, also the base of file names.
    pub id: String,
    /// Title, also the main heading.
    pub title: String,
    /// Family of the document.
    pub family: String,
    /// Whether the business needs it.
    pub needed: Needed,
    /// Why, in French.
    pub why: String,
    /// The text, headings starting at level 2.
    pub markdown: String,
    /// What the text cannot say yet, in order of appearance.
    pub blanks: Vec<Blank>,
    /// What the document has to say, and whether it does.
    pub elements: Vec<ElementState>,
    /// The passages, in order, with what supports each.
    pub clauses: Vec<ClauseTrace>,
    /// Needed, without a blank, and saying all it must.
    pub ready: bool,
    /// Where the passages for the owner alone stand in the text.
    #[serde(skip)]
    pub private: Vec<Range<usize>>,
}

impl Rendered {
    /// The text to paste: without what is for the owner alone.
    pub fn published(&self) -> Cow<'_, str> {
        published(&self.markdown, &self.private)
    }

    /// The mandatory elements certainly due that no passage says, not even by a blank: the template lacks them.
    pub fn unsaid(&self) -> impl Iterator<Item = &ElementState> {
        self.elements.iter().filter(|element| {
            element.level == Level::Mandatory
                && element.due == Needed::Yes
                && element.clause.is_none()
                && element.source.is_empty()
        })
    }

    /// How many of its blanks stand in the text to paste.
    pub fn published_blanks(&self) -> usize {
        let text = self.published();
        let stands = |blank: &&Blank| text.contains(&blank::written(&blank.label));
        self.blanks.iter().filter(stands).count()
    }
}

/// A text without its private passages, given in order.
pub fn published<'t>(markdown: &'t str, private: &[Range<usize>]) -> Cow<'t, str> {
    if private.is_empty() {
        return Cow::Borrowed(markdown);
    }
    let mut out = String::with_capacity(markdown.len());
    let mut from = 0;
    for passage in private {
        out.push_str(&markdown[from..passage.start]);
        from = passage.end;
    }
    out.push_str(&markdown[from..]);
    Cow::Owned(out.trim_start_matches('\n').to_owned())
}

/// Something a document has to say, and whether it does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ElementState {
    /// Stable id within the document.
    pub id: String,
    /// What it is.
    pub label: String,
    /// Whether it must be there.
    pub level: Level,
    /// Whether it is due for this business; never [`Needed::No`]: such elements are left out, and
    /// so are those the answers leave nothing to say of.
    pub due: Needed,
    /// Whether a clause that holds words and no blank says it.
    pub covered: bool,
    /// The clause that says it, even with a blank.
    pub clause: Option<String>,
    /// The questions whose answers it states; where it is not covered, those it waits for too.
    pub source: Vec<String>,
    /// Legal references behind it.
    pub references: Vec<String>,
    /// Obligations behind it.
    pub obligations: Vec<String>,
}

/// A passage of a document and what supports it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ClauseTrace {
    /// Stable id within the document.
    pub id: String,
    /// Its text.
    pub markdown: String,
    /// Whether it is for the owner alone, and left out of what is pasted.
    pub private: bool,
    /// Questions whose answers it states.
    pub questions: Vec<String>,
    /// Obligations behind it.
    pub obligations: Vec<String>,
    /// Legal references behind it.
    pub references: Vec<String>,
    /// Whether it holds no blank.
    pub complete: bool,
    /// What its blanks stand for: contents of the record, or nothing in particular.
    #[serde(skip)]
    pub gaps: Vec<Option<&'static str>>,
    /// Questions, or activities of the record, that fill its blanks.
    #[serde(skip)]
    pub awaits: Vec<String>,
}

impl ClauseTrace {
    /// Tells whether it says everything made of these contents of the record: its blanks, if any, are
    /// all about others.
    pub fn says(&self, parts: &[String]) -> bool {
        self.complete
            || !parts.is_empty()
                && self
                    .gaps
                    .iter()
                    .all(|gap| gap.is_some_and(|gap| !parts.iter().any(|part| part == gap)))
    }
}
