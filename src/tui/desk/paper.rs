//! A document of the dossier, as the screens show it.

use std::ops::Range;

use crate::documents::{Blank, ClauseTrace, Needed, Rendered};
use crate::tui::text;

/// A document of the dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Whether the business needs it.
    pub needed: bool,
    /// Whether an answer is missing to tell.
    pub undecided: bool,
    /// Why, or why not.
    pub why: String,
    /// Whether it can be used as it is.
    pub ready: bool,
    /// What it cannot say yet.
    pub blanks: Vec<Blank>,
    /// How many of them stand in what is copied.
    pub copied_blanks: usize,
    /// Its text.
    pub markdown: String,
    /// Where what is for the owner alone stands in it.
    pub private: Vec<Range<usize>>,
    /// Its passages, with what supports each.
    pub clauses: Vec<ClauseTrace>,
}

impl Paper {
    /// « prêt », or how many blanks are left.
    pub fn state(&self) -> String {
        if self.ready {
            "prêt".to_owned()
        } else {
            text::count(self.blanks.len(), "blanc", "blancs")
        }
    }
}

impl From<Rendered> for Paper {
    fn from(rendered: Rendered) -> Self {
        let copied_blanks = rendered.published_blanks();
        let asked: Vec<String> = rendered.blanks.iter().map(|b| b.question.clone()).collect();
        let mut blanks = rendered.blanks;
        // What one question fills is read together.
        blanks.sort_by_key(|blank| {
            let first = asked.iter().position(|first| *first == blank.question);
            (first, blank.by_hand.is_some())
        });
        Self {
            needed: rendered.needed == Needed::Yes,
            undecided: rendered.needed == Needed::Undetermined,
            blanks,
            copied_blanks,
            id: rendered.id,
            title: rendered.title,
            why: rendered.why,
            ready: rendered.ready,
            markdown: rendered.markdown,
            private: rendered.private,
            clauses: rendered.clauses,
        }
    }
}
